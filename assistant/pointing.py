"""Which of the products shown a message points at: "the second one", "that Lenovo", "the cheaper one", "both".

Looks at what was shown last and what was spoken of; never guesses: of several that could be meant it names them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue import Session
from assistant.phrases import ASKS, CHATTER, COMPARES, IN_OTHER, NUMBERS, ORDINALS
from assistant.records import IN_GENERAL, OPINION
from assistant.tokens import WORD
from assistant.variants import absent_option, named_options
from assistant.vocabulary import Vocabulary
from index.catalog import Product, fold
from index.folder import Shop
from index.kinds import kind_key_of, singular

_ORDINAL_WORDS = "|".join(ORDINALS)
_FIRST_OF = re.compile(
    r"\b(?:the |your |these |those )?(?P<end>first|top|last) (?P<n>two|three|four|2|3|4)\b", re.IGNORECASE
)
_PLACE = re.compile(
    rf"\b(?:(?:the|that|this|your|and|or|vs|versus|to|with|than|of|add|take|put|buy|remove|order|grab|ok|okay|yes|only) |^|, )(?P<word>{_ORDINAL_WORDS})\b(?! (?:time|thing|of all|minute))"
    r"|(?:\b(?:number|no\.?|nr\.?|option|product|item) ?|#)(?P<digit>[1-9])\b",
    re.IGNORECASE,
)
_BARE_PLACES = re.compile(
    r"\b(?P<one>[1-9]) (?:and|or|vs\.?|versus|with|to|against|,) ?(?P<two>[1-9])\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:both|all (?:of them|of these|of those|two|three|four|2|3|4)|(?:any|which|each|none|some|either) (?:one )?of"
    r" (?:them|these|those|the (?:two|three|four))|these (?:two|three|four)|those (?:two|three|four)|the two|them all"
    r"|which one|everything|the (?:whole )?lot|it all|the whole set)\b",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"\b(?P<word>cheap(?:er|est)|least expensive|less expensive|pric(?:ier|iest)|dearer|dearest|(?:more|most) expensive"
    r"|(?:better|best|higher|highest)[- ]rated)(?P<noun> (?:one|of (?:the )?(?:two|three|four|them|these|those))\b)"
    r"|\bthe (?P<bare>cheapest|dearest|most expensive|least expensive|(?:best|highest)[- ]rated)(?=\W*(?:please|then)?\W*$)",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    # "A laptop that is quiet" describes no laptop shown.
    r"\b(?!that (?:is|are|was|has|have|had|can|will|would|could|does|do|works?|fits?|goes|comes|looks|holds|runs|i|we|you)\b)"
    r"(?P<which>that|this|the)\s+(?P<words>(?:[\w'’&+-]+\s*){1,6})",
    re.IGNORECASE,
)
_OF_KIND = re.compile(
    rf"(?<!with )(?<!for )(?<!on )(?<!fit )(?<!fits )\b(?:(?:the|that|this|those|these)(?: (?:{_ORDINAL_WORDS}|other|cheaper|cheapest))?|(?:{_ORDINAL_WORDS})) (?P<words>[\w-]+(?: [\w-]+){{0,2}})",
    re.IGNORECASE,
)
"""A kind behind what points; "with the laptop" is what something else goes with."""
_PRONOUN = re.compile(
    # "a laptop that is quiet" points at nothing.
    r"(?:^\W*|\b(?:is|was|does|has|can|will|would|could|about|like|with|than|of|for|do|take|compare|and|or|to|add|put|buy"
    r"|remove|get|want|love|same as|how (?:big|heavy|long|wide|loud|old) is)\s+)(?:it|this|that)(?: one)?\b"
    r"|\b(?:it|its|it['’]s|this one|that one)\b|\b(?:the|in the|exactly the) same\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*(?:is|was|does|has|can|will|would|could) (?:it|this one|that one)\b(?!.*\b(?:the|that|this) \w)",
    re.IGNORECASE,
)
"""What "it" is asked about: "is it wireless?" does not point at the one with "wireless" in its name."""
_PLURAL = re.compile(r"\b(?:them|these|those|they)\b", re.IGNORECASE)
_OF_SHOWN = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay)\W+)?(?:do|does|is|are|has|have|can|will|did)\b (?:any|one|some|none|all|each|either|both|which)"
    r"(?: one)? of (?:them|these|those)\b|^\W*which (?:one )?of (?:them|these|those|the (?:two|three|four))\b (?:has|have|is|are|can|comes?|does|do)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:better|best|\w+er|\w+est|more|most|prefer|recommend|choose|pick)\b", re.IGNORECASE)
_HOW = re.compile(
    rf"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*(?:how|what|which)\b(?! else)[^.;!?]{{0,30}}?\b(?:is|are|does|do|has|have|can|will)"
    rf" (?:it|this|that|they|these|those|the (?:{_ORDINAL_WORDS})(?: one)?)\b",
    re.IGNORECASE,
)
_FIELD_OF = re.compile(
    rf"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*what(?:['’]s| is| are| was) the (?:[\w-]+ ){{1,4}}(?:of|on|for) (?:it|this|that|them|these|those|the (?:{_ORDINAL_WORDS})(?: one)?)\W*$",
    re.IGNORECASE,
)
"""One thing of what was shown is asked: "what is the width of the first one?"."""
_COMPARE_THEM = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|and|now|can you|could you)\W+)*compare\b|\bdifferences? between (?:the|them|these|those|both)\b",
    re.IGNORECASE,
)
OPENS_QUESTION = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*(?:(?:what|which|how|when|where|why|who)\b(?! about)|(?:does|do|has|have|can|is|are|will) (?:the|that|this)\b)",
    re.IGNORECASE,
)
"""A message that asks something of what it points at."""
_HEADLESS = frozenset({"one", "ones", "thing", "model", "version"})


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a message points at: `ids` where that is clear, else the `options` among which nothing decides. `beyond` is
    a place that was never shown ("the fifth"), `maker` one of which nothing was ("that Lenovo"), None and "" where
    neither is; `named` is False where only a pronoun points.
    """

    ids: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    beyond: int | None = None
    maker: str = ""
    named: bool = True


def asks_of_shown(text: str) -> bool:
    """True for a question about all that was shown, "do any of them have Bluetooth?", or about what buyers say."""
    if OPINION.search(text):
        return True
    return _OF_SHOWN.search(text) is not None and not _COMPARED.search(text)


def asks_for_variant(text: str, session: Session, shop: Shop) -> bool:
    """True for a question after another color or size of one product shown that has variants: "got it in blue?"."""
    if not IN_OTHER.search(text):
        return False
    shown = [one for one in session.shown if one in shop.products]
    found = (_by_place(text, shown) or _by_pronoun(text, shown, session, shop, None)).ids if shown else ()
    product = shop.products[found[0]] if len(found) == 1 else None
    return product is not None and bool(named_options(text, product) or absent_option(text, product))


def asked_of_shown(text: str) -> str:
    """The act of a message that plainly is about what was shown: "compare", "question"; "" for any other."""
    if _COMPARE_THEM.search(text):
        return "compare"
    if _HOW.search(text) or _FIELD_OF.search(text):
        return "question"
    plain = (ASKS.search(text) and not COMPARES.search(text)) or IN_GENERAL.search(text)
    return "question" if plain else ""


def point(text: str, session: Session, shop: Shop, words: Vocabulary, among: Sequence[str] | None = None) -> Pointing:
    """What a message points at among the products shown last, or among those given."""
    shown = [one for one in (looked_at(text, session, shop, words) if among is None else among) if one in shop.products]
    if not shown:
        return Pointing()
    return (
        _by_place(text, shown)
        or _by_extreme(text, _spoken_of(session, shown), shop)
        or (None if _SUBJECT.search(text) else _named(text, shown, shop, words))
        or (Pointing(tuple(shown)) if _ALL.search(text) else None)
        or _by_pronoun(text, shown, session, shop, among)
    )


def _spoken_of(session: Session, shown: Sequence[str]) -> Sequence[str]:
    """Those of what is shown that were just compared or asked about together; all where there are no two."""
    last = session.turns[-1] if session.turns else None
    if last is None or last.shown_ids:
        return shown
    spoken = [one for one in last.request.anchor_ids if one in shown]
    return spoken if len(spoken) > 1 else shown


def looked_at(text: str, session: Session, shop: Shop, words: Vocabulary) -> Sequence[str]:
    """The products among which a message points: those shown last, or those shown before of a kind that it names and
    none of the last is: "put the first laptop into my cart" after mice were looked at.
    """
    named: set[str] = set()
    parts = {
        part
        for one in session.shown
        if one in shop.products
        for name in shop.products[one].attributes
        for part in _terms(name.replace("_", " "))
    }
    for found in _OF_KIND.finditer(text):
        tokens = WORD.findall(found["words"])
        # "Is the screen bright?" is about a part of what is shown, though a shop may sell screens.
        if tokens and not _terms(tokens[0]) & parts:
            sizes = range(len(tokens), 0, -1)
            named |= next((set(kinds) for size in sizes if (kinds := words.kinds(tokens[:size]))), set())
    if not named or _of_kinds(session.shown, named, shop):
        return session.shown
    earlier = (turn.shown_ids for turn in reversed(session.turns) if turn.shown_ids)
    return next((ids for ids in earlier if _of_kinds(ids, named, shop)), session.shown)


def _of_kinds(ids: Sequence[str], kinds: set[str], shop: Shop) -> bool:
    return any(kind_key_of(shop.products[one]) in kinds for one in ids if one in shop.products)


def _by_place(text: str, shown: Sequence[str]) -> Pointing | None:
    run = _FIRST_OF.search(text)
    if run:
        count = int(run["n"]) if run["n"].isdecimal() else NUMBERS[run["n"].lower()]
        return Pointing(tuple(shown[-count:] if run["end"].lower() == "last" else shown[:count]))
    places = [
        ORDINALS[found["word"].lower()] if found["word"] else int(found["digit"]) - 1 for found in _PLACE.finditer(text)
    ]
    pair = _BARE_PLACES.search(text)
    if not places and pair:
        places = [int(pair["one"]) - 1, int(pair["two"]) - 1]
    if not places:
        return None
    if any(place >= len(shown) for place in places):
        return Pointing(beyond=max(places) + 1)
    return Pointing(tuple(dict.fromkeys(shown[place] for place in places)))


def _by_extreme(text: str, shown: Sequence[str], shop: Shop) -> Pointing | None:
    found = _EXTREME.search(text)
    if not found:
        return None
    word = (found["word"] or found["bare"]).lower()
    products = [shop.products[one] for one in shown]
    if "rated" in word:
        rated = [one for one in products if one.rating is not None]
        best = max(rated, key=lambda one: one.rating or 0.0, default=None)
    else:
        priced = [one for one in products if one.price is not None]
        low = word.startswith(("cheap", "least", "less"))
        best = (min if low else max)(priced, key=lambda one: one.price or 0, default=None)
    return Pointing((best.product_id,)) if best else None


def _named(text: str, shown: Sequence[str], shop: Shop, words: Vocabulary) -> Pointing | None:
    return (
        _by_maker(text, shown, shop, words)
        or _by_name(text, shown, shop, words)
        or _by_description(text, shown, shop, words)
    )


def _by_maker(text: str, shown: Sequence[str], shop: Shop, words: Vocabulary) -> Pointing | None:
    """The maker behind "that" or "this" of which nothing was shown: "is that Lenovo quiet?"."""
    for found in _DESCRIBED.finditer(text):
        brand = words.brand([token[0] for token in WORD.finditer(found["words"])][:1], cued=False)
        if brand and found["which"].lower() != "the" and all(shop.products[one].brand != brand for one in shown):
            return Pointing(maker=brand)
    return None


def _by_name(text: str, shown: Sequence[str], shop: Shop, words: Vocabulary) -> Pointing | None:
    """By words of a title that no other product shown has: "compare the Swift with the Keylab"."""
    said = _terms(text)
    own = {one: _terms(_head(shop.products[one])) for one in shown}
    telling = {
        one: {
            word
            for word in held
            if sum(word in other for other in own.values()) == 1 and word not in CHATTER and not word.isdecimal()
        }
        - _kind_words(shop.products[one])
        for one, held in own.items()
    }
    brands = {one: _terms(shop.products[one].brand) for one in shown}
    named = tuple(one for one in shown if (telling[one] - brands[one]) & said)
    made = tuple(one for one in shown if brands[one] and brands[one] <= said)
    if named:
        # A maker beside a name belongs to it; a maker alone names another product.
        further = tuple(one for one in made if not any(brands[one] == brands[other] for other in named))
        return Pointing(tuple(one for one in shown if one in named or one in further))
    return None


def _by_description(text: str, shown: Sequence[str], shop: Shop, words: Vocabulary) -> Pointing | None:
    """By a maker, a kind, a colour or other words behind "that", "this" or "the": "that Lenovo", "the black one"."""
    for found in _DESCRIBED.finditer(text):
        demonstrative = found["which"].lower() != "the"
        tokens = [token[0] for token in WORD.finditer(found["words"])]
        for size in range(min(len(tokens), 4), 0, -1):
            part = tokens[:size]
            held = {singular(fold(word)) for word in part} - _HEADLESS - CHATTER
            headed = part[-1].lower() in _HEADLESS
            brand = words.brand(part, cued=False)
            if not held or not (demonstrative or headed or brand):
                continue
            meant = tuple(one for one in shown if held <= _description(shop.products[one], words))
            if len(meant) == 1:
                return Pointing(meant)
            if len(meant) > 1 and len(meant) < len(shown):
                return Pointing(options=meant)
            if len(meant) > 1 and (headed or brand or demonstrative):
                return Pointing(options=meant)
    return None


def _by_pronoun(text: str, shown: Sequence[str], session: Session, shop: Shop, among: Sequence[str] | None) -> Pointing:
    last = session.turns[-1].request.anchor_ids if session.turns else ()
    spoken = tuple(one for one in last if one in shop.products and (among is None or one in among))
    fresh = bool(session.turns) and bool(session.turns[-1].shown_ids)
    if _PLURAL.search(text):
        return Pointing(spoken if len(spoken) > 1 and not fresh else tuple(shown), named=False)
    # "What are the reviews like?" needs no "of it".
    if not _PRONOUN.search(text) and not OPINION.search(text):
        return Pointing()
    if len(spoken) == 1 and not fresh:
        return Pointing(spoken, named=False)
    if len(shown) == 1:
        return Pointing(tuple(shown), named=False)
    return Pointing(options=tuple(shown), named=False)


def _description(product: Product, words: Vocabulary) -> set[str]:
    values = " ".join(value for values in product.attributes.values() for value in values)
    said = _terms(f"{product.brand} {product.title} {values}")
    return said | _kind_words(product)


def _kind_words(product: Product) -> set[str]:
    return _terms(f"{kind_key_of(product)} {product.kind}")


def _head(product: Product) -> str:
    return re.split(r"[,;(|]| - ", product.title, maxsplit=1)[0]


def _terms(text: str) -> set[str]:
    return {singular(fold(word)) for word in WORD.findall(text)}
