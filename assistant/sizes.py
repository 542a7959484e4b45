"""The size that a message asks for, where what is sought comes in sizes: "boots in 42", "gloves, size 9", "25 m hose".

Read off the options of the products of a kind, as their shop writes them: "9 / L" is a 9 and an L, "39-42" fits a 41.
Knows nothing of who read the message.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.dialogue import PRODUCT_ACTS, Session
from assistant.reading import Reading
from assistant.titled import titled
from index.catalog import Product, attribute_key, fold
from index.folder import Shop
from index.kinds import kind_key_of

_TOKEN = r"x{0,4}s|m|x{0,5}l|\d{1,3}(?:[.,]5)?"
_NO_SIZE = (
    r"(?![\w'’]|\s*(?:-|%|[€$£]|(?:days?|weeks?|hours?|h|minutes?|months?|years?|inch(?:es)?|cm|mm|m|pieces?|packs?|pcs|kg|g|l"
    r"|ml|x|of|or (?:more|less)|euros?|dollars?|pounds?|usd|eur|gbp|people|persons?|stores?)\b))"
)
_CUED = re.compile(
    rf"\bsizes? (?:is |of |number |no\.? |eu |uk |us )?(?P<size>{_TOKEN})(?!\w)"
    rf"|\bin (?:an? |the |my )?(?:eu |uk |us )?(?P<within>{_TOKEN}){_NO_SIZE}"
    rf"|\bin [^\W\d]{{3,}},? (?:and )?(?:size )?(?P<beside>\d{{2}}){_NO_SIZE}"
    r"|\b(?P<waist>\d{2})(?:[\"”″]| ?-?inch)? waist\b|\bwaist (?:of |size )?(?P<behind>\d{2})\b"
    rf"|(?:^|,)\s*(?:and |or )?(?P<last>{_TOKEN})\W*$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|then|what about|how about)\W+)*(?:the|an?) [\w .,x×/-]{1,24} ones?\W*$", re.IGNORECASE
)
"""What was shown in another size: "the 50 m one"."""
_NOT = re.compile(r"\b(?:not|no|except|never|without)(?: in| the| a)*\W*$", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\s*[-–/]\s*(\d{1,3})")
_WIDEST = 6
"""Sizes that one range of them covers at most."""
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£]|dollars?|euros?|pounds?|usd|eur|gbp)(?!\w)", re.IGNORECASE)
_JOINED = re.compile(r"(?<=\d)\s*([x×])\s*(?=\d)|(?<=\d)\s+(?=[a-z]{1,2}\b)")
_UNIT = re.compile(r"(?<=\d)[a-z]{1,3}$")


def sized(reading: Reading, session: Session, text: str, shop: Shop) -> tuple[Reading, list[str]]:
    """The reading with the size that the text asks for, and what is to be told where nothing sought comes in it."""
    topic = session.topic
    other = topic is not None and len(session.shown) > 1 and _OTHER.match(text) is not None
    kinds = reading.demands.kinds or (topic.kinds if topic is not None and (reading.carries_on or other) else ())
    if not (other or reading.act in PRODUCT_ACTS):
        return reading, []
    said = _MONEY.sub(" , ", text)
    asked = _asked(said)
    # "The Harbor Tee in XXL": a name says what is sought where no kind does.
    named = titled(text, shop) if asked and not kinds else ()
    offered = _offered([shop.products[one] for one in named] or _of_kinds(frozenset(kinds), shop))
    if not offered:
        return reading, []
    found = {name: own for name, values in offered.items() if (own := _meant(said, asked, values))}
    if found:
        name = max(found, key=lambda one: len(offered[one]))
        if other and topic is not None and reading.act not in PRODUCT_ACTS - {"more_like"}:
            reading = replace(reading, act=topic.act, anchors=(), carries_on=True)
        held = {**reading.demands.attributes, name: found[name]}
        return replace(reading, demands=replace(reading.demands, attributes=held)), []
    plain = [size for size, cued in asked if cued]
    if not plain or reading.act not in PRODUCT_ACTS or any(name in reading.demands.attributes for name in offered):
        return reading, []
    return reading, [f"Nothing of what you look for comes in size {plain[0].upper()} here, so I could not apply it."]


def _of_kinds(kinds: frozenset[str], shop: Shop) -> Iterator[Product]:
    return (one for one in shop.rows if one.variants and kind_key_of(one) in kinds) if kinds else iter(())


def _offered(products: Iterable[Product]) -> Mapping[str, tuple[str, ...]]:
    """The sizes of the variants of these products, by the name of the option that tells them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for product in products:
        for variant in product.variants:
            for name, value in variant.options.items():
                if "size" in (key := attribute_key(name)) or key in ("waist", "length"):
                    found[key][value] = None
    return {name: tuple(values) for name, values in found.items()}


def _asked(text: str) -> list[tuple[str, bool]]:
    """The sizes that a text asks for as it says them, and whether it calls them sizes in so many words."""
    found: list[tuple[str, bool]] = []
    for match in _CUED.finditer(text):
        if _NOT.search(text[: match.start()]):
            continue
        if waist := match["waist"] or match["behind"]:
            found += [(f"w{waist}", False), (waist, True)]
        else:
            size = match["size"] or match["within"] or match["beside"] or match["last"]
            found.append((fold(size).replace(",", "."), match["size"] is not None))
    return found


def _meant(text: str, asked: Sequence[tuple[str, bool]], values: Sequence[str]) -> tuple[str, ...]:
    for size, _ in asked:
        exact = tuple(one for one in values if fold(one) == size)
        if own := exact or tuple(one for one in values if size in _parts(one)):
            return own
    said = f" {_JOINED.sub(lambda match: match[1] or '', fold(text))} "
    return tuple(
        one
        for one in values
        if any(re.search(rf"(?<![\w.,]){re.escape(key)}(?![\w.]\w|\w)", said) for key in _keys(one))
    )


def _parts(value: str) -> frozenset[str]:
    """What a size is called by: its parts, and every whole number in the range that it tells."""
    told = fold(value)
    parts = set(re.split(r"[\s/(),;]+", told))
    whole = _RANGE.fullmatch(told)
    if whole and 0 < int(whole[2]) - int(whole[1]) <= _WIDEST:
        parts |= {str(one) for one in range(int(whole[1]), int(whole[2]) + 1)}
    return frozenset(parts)


def _keys(value: str) -> Iterator[str]:
    """How a size with a measure is written in a message: "25m", "5x60mm", "5x60"."""
    head = _JOINED.sub(lambda match: match[1] or "", fold(value).split(",")[0].strip())
    if not re.match(r"\d", head) or not re.search(r"[a-z]", head):
        return
    yield head
    if "x" in head:
        yield _UNIT.sub("", head)
