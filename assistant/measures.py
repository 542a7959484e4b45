"""Read the measures of a message: "27 inch", "at least 16 GB RAM", "7 USB ports or more", as demands on attributes.

Knows the quantities of one shop; knows nothing of brands, values in words or prices.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.tokens import WORD
from assistant.units import Quantity, to_unit
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, Span, fold
from index.kinds import singular

_UNIT = (
    r"inch(?:es)?|in|\"|″|”|zoll|cm|mm|[gtm]b|gigs?|watts?|w(?!/)|kilos?|kg|grams?|g|lbs?|pounds?|oz|ounces?"
    r"|sq(?:uare)? ?met(?:er|re)s?|sqm|m2|m²|met(?:er|re)s?|m|ft|feet|foot|hours?|hrs?|h|mah|millilit(?:er|re)s?|ml|lit(?:er|re)s?|l"
    r"|g?hz|mp|megapixels?|dpi|lm|lumens?|mbps|ppm|ct|count|packs?|pk|pcs|pieces?|kva|va"
)
_LEAST_WORDS = (
    r"at (?:the )?(?:very )?least|min(?:imum)?(?: of)?|more than|over|above|from|starting (?:at|from)|no(?:t)? (?:less|smaller|shorter|under|below)(?: than)?"
    r"|(?:bigger|larger|heavier|longer|wider|taller|higher|faster|stronger|brighter)(?: \w+)? than|>=?|≥"
)
_MOST_WORDS = (
    r"under|below|less than|up to|at (?:the )?(?:very )?most|max(?:imum)?(?: of)?|no more than|not (?:over|above|more than)|within|<=?|≤"
    r"|no(?:t)? (?:bigger|larger|heavier|longer|wider|taller|higher)(?: than)?|(?:smaller|lighter|shorter|narrower|slimmer|thinner)(?: \w+)? than"
)
_MORE_BEHIND = (
    r"\+|or (?:more|larger|bigger|above|longer|up|better|higher|faster|brighter|wider)|and (?:up|above|more|over|bigger|larger)"
    r"|at (?:the )?(?:very )?least|min(?:imum)?\b|(?:on|up)wards|plus\b"
)
_LESS_BEHIND = r"or (?:less|smaller|lighter|shorter|under|below|fewer)|and (?:under|below|smaller)|max(?:imum)?\b|at (?:the )?(?:very )?most|tops\b"
_BEFORE = rf"(?:(?P<most>{_MOST_WORDS})|(?P<least>{_LEAST_WORDS}))?(?:\s+(?:about|around|the|a))?\s*"
_BEHIND = rf"(?P<behind>[\s,]*(?:of (?:\w+ ){{1,2}}|(?!or|and|at|max|min|on)[a-z]+ )?(?:(?P<more>{_MORE_BEHIND})|(?P<less>{_LESS_BEHIND}))(?!\s*[$€£]?\d))?"
_NUMBER = r"(?<![\d.,])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9}+(?:[.,]\d{1,9}+)?)"
_MEASURE = re.compile(rf"(?<!\w){_BEFORE}{_NUMBER}(?:\s|-)?(?P<u>{_UNIT})(?![\w]){_BEHIND}", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?<!\w){_BEFORE}{_NUMBER}(?:\s?x)?\s+(?P<words>[a-z][\w-]*(?: (?!or\b|and\b|at\b|max|min)[a-z][\w-]*)?){_BEHIND}",
    re.IGNORECASE,
)

BARE: Mapping[str, tuple[str, ...]] = {
    "in": ("diagonal", "screen_size"),
    "gb": ("memory", "storage", "capacity"),
    "w": ("power",),
    "kg": ("weight",),
    "l": ("capacity", "volume"),
    "hz": ("refresh",),
    "m": ("length",),
    "mah": ("capacity",),
    "ppm": ("speed",),
    "dpi": ("resolution",),
}
"""What an attribute is called whose values are bare numbers in a unit."""
_HINTS: Mapping[str, tuple[str, ...]] = {
    "ram": ("memory",), "memory": ("memory",), "storage": ("storage",), "disk": ("storage",), "ssd": ("storage",),
    "screen": ("screen_size", "diagonal"), "display": ("screen_size", "diagonal"), "diagonal": ("screen_size", "diagonal"),
    "wide": ("width",), "width": ("width",), "deep": ("depth",), "depth": ("depth",), "high": ("height",),
    "tall": ("height",), "height": ("height",), "long": ("length",), "length": ("length",), "cable": ("cable_length", "length"),
    "cord": ("cable_length", "cord"), "thick": ("thickness",), "battery": ("battery",), "weight": ("weight",), "load": ("load",),
    "heavy": ("weight",), "range": ("range",), "coverage": ("coverage",), "lasts": ("battery",), "brightness": ("brightness",),
}  # fmt: skip
_SOCKETS = frozenset({"port", "socket", "outlet", "slot", "connector", "jack"})
"""Words that say the same of a number of places to plug something in."""


def read_measures(text: str, words: Vocabulary, kinds: Sequence[str]) -> dict[str, AttributeDemand]:
    """Attributes demanded by a number and a unit ("27 inch"), or by a number of things ("3 monitors")."""
    found: dict[str, AttributeDemand] = {}
    for match in _MEASURE.finditer(text):
        measured = to_unit(_number(match), match["u"])
        if not measured:
            continue
        number, unit = measured
        own = [quantity for quantity, having in words.quantities.get(unit, []) if not kinds or having & set(kinds)]
        near = _near(text, match)
        if _of_another(text, match, words, kinds) and not _hinted(near):
            # A sleeve for a 14 inch laptop is one that fits it.
            own = [quantity for quantity in own if _FITS.search(quantity.attribute)]
            if not own:
                continue
        name = _attribute_for(own, number, near)
        if name:
            found[name] = _demand([one for one in own if one.attribute == name], number, match, _mixed(name, words))
        elif bare := _bare_attribute(unit, near, kinds, words):
            found[bare] = _span(number, match)
    for name, span in _counted(text, words, kinds):
        found.setdefault(name, span)
    return found


def _of_another(text: str, match: re.Match[str], words: Vocabulary, kinds: Sequence[str]) -> bool:
    """True for a measure of what the thing is for: "a bag for a 14 inch laptop", "for a 120 sqm flat", and for a number
    that is a part of the kind's name.
    """
    if any(match["n"] in kind.split() for kind in kinds):
        return True
    behind = re.match(r"\s+((?:[\w-]+ ?){1,3})", text[match.end() :])
    tokens = WORD.findall(behind[1]) if behind else []
    named = {
        kind
        for size in (1, 2, 3)
        for kind in words.kinds(tokens[:size])
        if len(tokens) >= size and tokens[0].lower() not in _NO_HEADS
    }
    if named:
        return bool(kinds) and not named & set(kinds)
    told = r"\b(?<!looking )(?<!searching )(?<!search )(?<!asking )for (?:(?:a|an|my|our|the|his|her|their) )?(?P<of>(?:[\w-]+ ){0,2})$"
    before = re.search(told, text[: match.start("n")], re.IGNORECASE)
    if not before:
        return False
    heads = WORD.findall(before["of"])
    if any(set(words.kinds(heads[start:])) & set(kinds) for start in range(len(heads))):
        return False
    return bool(heads) or bool(tokens and tokens[0].lower() not in _NO_HEADS)


_FITS = re.compile(r"fit|for_|compatib|max|room|up_to|device|support")
_NO_HEADS = frozenset(
    {
        "or",
        "and",
        "at",
        "max",
        "min",
        "please",
        "pls",
        "with",
        "for",
        "under",
        "in",
        "is",
        "one",
        "only",
        "of",
        "ram",
        "wide",
    }
)


def _number(match: re.Match[str]) -> float:
    digits = re.sub(r",(?=\d{3}(?:\D|$))", "", match["n"])
    return float(digits.replace(",", "."))


def _span(number: float, match: re.Match[str]) -> Span:
    """The range that a number stands for with the words around it; the number itself where there are none."""
    if match["least"] or match["more"]:
        return Span(min=number)
    return Span(max=number) if match["most"] or match["less"] else Span(min=number, max=number)


def _mixed(name: str, words: Vocabulary) -> bool:
    """True for an attribute that is told in several measures: a size in ounces, pieces or rolls."""
    return sum(any(one.attribute == name for one, _ in own) for own in words.quantities.values()) > 1


def _demand(own: Sequence[Quantity], number: float, match: re.Match[str], mixed: bool) -> AttributeDemand:
    """The demand on an attribute: a range where the kind's values are in one unit, else the values themselves."""
    span = _span(number, match)
    # "8 pack" and "4 ct" count alike: their numbers are the amount.
    as_written = all((digits := re.match(r"[\d.]+", one.value)) and float(digits[0]) == one.number for one in own)
    one_unit = as_written or len({one.value.lstrip("0123456789. ") for one in own}) == 1
    exact = span.min == span.max
    if one_unit and (mixed or not exact):
        # Said in the unit of the values: 144 in hertz, 1.5 kg in grams.
        one = next((one for one in own if one.number), own[0])
        digits = re.match(r"[\d.]+", one.value)
        factor = float(digits[0]) / one.number if digits and one.number else 1.0
        return Span(
            min=None if span.min is None else round(span.min * factor, 4),
            max=None if span.max is None else round(span.max * factor, 4),
        )
    if exact:
        near = [one for one in own if abs(one.number - number) <= 1e-6 * number] or [
            one for one in own if abs(one.number - number) <= 0.02 * number
        ]
    else:
        near = [one for one in own if span.covers(one.number) or abs(one.number - number) <= 1e-6 * number]
    return tuple(sorted({one.value for one in near})) or (match["n"] + " " + match["u"],)


def _counted(text: str, words: Vocabulary, kinds: Sequence[str]) -> Iterator[tuple[str, Span]]:
    """Numbers of things that the kinds sought are described by: "7 usb-a ports or more", "3 monitors"."""
    own = [name for name, having in words.bare.items() if having & set(kinds)]
    for match in _COUNTED.finditer(text):
        said = {singular(word) for word in re.split(r"[\s-]+", fold(match["words"]))}
        named = [(name, {singular(word) for word in name.split("_")}) for name in own]
        fitting = [
            name
            for name, parts in named
            if parts <= said or (parts & _SOCKETS and said & _SOCKETS and parts - _SOCKETS and parts - _SOCKETS <= said)
        ]
        if fitting:
            yield max(fitting, key=len), _span(_number(match), match)


def _bare_attribute(unit: str, near: str, kinds: Sequence[str], words: Vocabulary) -> str:
    """The attribute of the kinds that holds such numbers without their unit: "display_diagonal: 15.6" for inches."""
    hinted = _hinted(near) or BARE.get(unit, ())
    own = [name for name, having in words.bare.items() if kinds and having & set(kinds)]
    return next((name for part in hinted for name in own if part in name), "")


def _hinted(near: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for hint, names in _HINTS.items() if re.search(rf"\b{hint}\b", near) for name in names)
    )


def _near(text: str, match: re.Match[str]) -> str:
    """The words by a measure that may say what is measured, up to the next number: those behind it, else before it."""
    behind = re.split(r"\d", text[match.end("u") : match.end("u") + 20])[0]
    before = re.split(r"[\d,;]", text[max(0, match.start() - 20) : match.start()])[-1]
    told = [part for part in (behind, before) if _hinted(fold(part))]
    return fold(told[0]) if told else ""


def _attribute_for(own: Sequence[Quantity], number: float, near: str) -> str:
    hinted = _hinted(near)
    named = [one.attribute for name in hinted for one in own if name in one.attribute]
    if named:
        return named[0]
    if "memory" in hinted or "storage" in hinted:
        # "1 TB SSD" is no memory where the records tell no storage.
        own = [one for one in own if not any(name in one.attribute for name in ("memory", "storage"))]
    exact = [one.attribute for one in own if abs(one.number - number) <= 0.02 * number]
    return (exact or [one.attribute for one in own] or [""])[0]


def state_unit(name: str, demand: AttributeDemand, words: Vocabulary, kinds: Sequence[str]) -> tuple[float, str] | None:
    """The number and the unit, as one writes it, of a measure that is in force; None for no measure."""
    if isinstance(demand, Span):
        number = demand.min if demand.min is not None else demand.max
        assert number is not None
    else:
        digits = re.match(r"\d+(?:\.\d+)?", demand[0]) if demand else None
        if not digits:
            return None
        number = float(digits[0])
    for own in words.quantities.values():
        for quantity, having in own:
            if quantity.attribute == name and having & set(kinds):
                return number, quantity.value.lstrip("0123456789. ").split(" ")[0]
    unit = next((unit for unit, names in BARE.items() if any(part in name for part in names)), "")
    return (number, unit) if unit and name in words.bare else None
