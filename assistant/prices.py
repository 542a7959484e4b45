"""Read price bounds out of a message: "under $80", "between 20 and 40 euros", "200 max", "around 300".

Knows nothing of products. Without a currency a number is a price only behind a comparing word and before no unit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_SIGN = r"(?:us\$|[$€£¥]|usd|eur|gbp)"
_WORD = r"(?:dollars?|bucks?|usd|eur(?:os?)?|gbp|pounds?|quid|[$€£¥])"
_UNIT = (
    r"(?:in|inch|inches|\"|cm|mm|m|ft|gb|tb|mb|w(?!/)|watts?|kg|g|lbs?|h|hrs?|hours?|mah|l|hz|ghz|mp|dpi|lm|mbps|ppm|%|x|k?pcs|"
    r"pieces?|packs?|stars?|years?|months?|days?|weeks?|people|persons?|am|pm|o'clock|count|ct|oz|ounces?|ml|k?va|sheets?|rolls?|bottles?|cans?|boxes|servings?|megapixels?|lumens?|ports?|meters?|metres?|°)"
)


def _amount(name: str) -> str:
    return (
        rf"(?P<{name}s>{_SIGN})?\s?(?<!\d)(?<!\d[.,])(?P<{name}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{1,2}})?"
        rf"|\d{{1,9}}+(?:[.,]\d{{1,2}})?)(?!\d|[.,]\d)"
        rf"(?P<{name}k>\s?k\b)?(?!\s?-?{_UNIT}(?![a-z])|\+)(?:\s?(?P<{name}w>{_WORD})(?![a-z]))?"
    )


_A, _B = _amount("a"), _amount("b")
_LOOSE = r"(?:\s+(?:about|around|roughly|like|just|say|the|a))*\s*"
_MAX_BEFORE = (
    r"(?:under|below|less than|cheaper than|lower than|up to|upto|at most|no more than|not more than|nothing over|"
    r"not over|not above|nothing above|no(?:t)? higher than|max(?:imum)?(?: price)?(?: of| is)?|within|not exceeding|<=?|≤|"
    r"(?:my )?budget(?:'s| is| of|:)?|(?:i(?:'ve)?|we) (?:only )?(?:have|got)(?: only)?|spend(?:ing)?(?: up to| more than)?|"
    r"make (?:it|that)|(?:raise|increase|up|lower|drop|change|set) (?:it|that|(?:the|my) (?:budget|limit|price))(?: up| down)? to|"
    r"(?:can't|cannot|can not|won't) (?:go|pay|spend)(?: over| above| more than)?|(?:limit|ceiling|cap)(?: is| of| at)?|capped at|"
    r"stay under|sub[- ]?(?=[\d$€£])|(?:the )?most i (?:can|could|want to|will|would) (?:pay|spend|do)(?: is|:)?|"
    # "it shouldn't cost more than": no word of sense may stand between, "don't show me mice over" bounds all the same.
    r"(?:[a-z]+n['’]?t|not|never|nothing|cannot|without)\s+(?:(?:want|wanna|wish|like|to|pay|paying|spend|spending|costs?|costing|be|"
    r"go|going|looking|willing|able|it|get|anything|ever|priced|that['’]?s|is|for)\s+){0,5}(?:more than|over|above|beyond|past|exceed(?:ing)?))"
)
_MIN_BEFORE = (
    r"(?:over|above|more than|at least|min(?:imum)?(?: price)?(?: of| is)?|starting (?:at|from)|upwards of|>=?|≥|"
    r"north of|not (?:under|below|less than)|no less than|nothing (?:under|below))"
)
_PATTERNS = {
    "range": re.compile(
        rf"(?:(?:between|from|in the range of|priced|(?:costs?|costing|budget|price(?: range)?)(?: is| of)?:?)\s+)?{_A}\s?(?:-|–|—|to|and)\s?{_B}(?!\w)(?P<range>\s(?:price )?range\b)?",
        re.IGNORECASE,
    ),
    "bound": re.compile(rf"(?<!\w)(?:(?P<max>{_MAX_BEFORE})|(?P<min>{_MIN_BEFORE})){_LOOSE}{_A}", re.IGNORECASE),
    "max_after": re.compile(
        rf"{_A}\s*(?:or (?:less|under|below|cheaper)|max\b|maximum|tops\b|at most|budget|limit|(?:in )?total\b)", re.I
    ),
    "min_after": re.compile(
        rf"{_A}\s*(?:or (?:more|above|over|up)|and (?:up|above|over)|minimum|upwards)", re.IGNORECASE
    ),
    "around": re.compile(
        rf"(?<!\w)(?:around|about|roughly|approx(?:imately)?\.?|~|circa|close to){_LOOSE}{_A}", re.IGNORECASE
    ),
    "ish": re.compile(rf"{_A}(?:\s?-?ish\b|\s(?:or so|give or take|or thereabouts)\b)", re.IGNORECASE),
    "for": re.compile(rf"(?<!\w)for{_LOOSE}{_A}", re.IGNORECASE),
}

_FEW = 20
"""A number up to this may count things also behind "up to" or "I have": "up to 4 monitors"."""
_THINGS = re.compile(
    r"\s+(?:(?:usb|hdmi|displayport|ethernet|m\.2)\S*\s+)?(?!this|pls|plus|unless|always|perhaps|less)[a-z]{2,}[^\W\ds]s\b",
    re.I,
)

_TENS = {
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_FEW_WORDS = _ONES | {"ten": 10, "eleven": 11, "twelve": 12}
_TENS_WORDS = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(one for one in _ONES if one != 'a')})(?![a-z]))?"
_NUMBER_WORDS = re.compile(
    rf"\b(?:(?:(?:(?:{'|'.join(_ONES)}) )?(?:hundred|thousand|grand)(?: and {_TENS_WORDS}| {_TENS_WORDS})?)|{_TENS_WORDS})\b(?!-)"
    rf"|\b(?:{'|'.join(one for one in _FEW_WORDS if one != 'a')})(?= (?!\W){_WORD}\b)",
    re.IGNORECASE,
)
"""Small numbers only before a currency: "five bucks", but not "a two-port hub"."""


def _digits(words: str) -> str:
    """ "two hundred and fifty" as "250"."""
    total, last = 0, 0
    for word in re.split(r"[- ]", words.lower()):
        if word in ("hundred", "thousand", "grand"):
            total, last = total + (last or 1) * (100 if word == "hundred" else 1000), 0
        elif word != "and":
            last += _TENS.get(word) or _FEW_WORDS[word]
    return str(total + last)


@dataclass(frozen=True, slots=True)
class Prices:
    """The price bounds of a message, what it says of a price without bounding it, and the message without them."""

    low: Decimal | None = None
    high: Decimal | None = None
    around: Decimal | None = None
    rest: str = ""


def read_prices(message: str) -> Prices:
    """The bounds that a message sets; a later phrase replaces an earlier one of its sort."""
    low: Decimal | None = None
    high: Decimal | None = None
    around: Decimal | None = None
    text = _NUMBER_WORDS.sub(lambda found: _digits(found[0]), message)
    taken = []
    for found in _PATTERNS["range"].finditer(text):
        between = re.match(r"(?:between|from|in the range|pric|cost|budget)", found[0], re.IGNORECASE)
        if re.search(r"\b(?:difference|compare|diff\w*)(?: is| in \w+)? *$", text[: found.start()], re.IGNORECASE):
            continue  # "the difference between 1 and 3"
        if not (between or found["range"] or _money(found, "a") or _money(found, "b")):
            continue
        one, other = _value(found, "a"), _value(found, "b")
        if found["bk"] and not found["ak"] and one < 1000:
            one *= 1000
        low, high = min(one, other), max(one, other)
        taken.append(found)
    text = _blank(text, taken)
    for name in ("bound", "max_after", "min_after", "around", "ish", "for"):
        taken = [found for found in _PATTERNS[name].finditer(text) if _is_price(name, found, text)]
        for found in taken:
            value = _value(found, "a")
            if name in ("max_after", "for") or (name == "bound" and found["max"]):
                high = value
            elif name in ("around", "ish"):
                around = value
            else:
                low = value
        text = _blank(text, taken)
    if low is None and high is None and around is None:
        bare = [found for found in re.finditer(_A, text, re.IGNORECASE) if _money(found, "a")]
        if len(bare) == 1:
            around = _value(bare[0], "a")
            text = _blank(text, bare)
    return Prices(low, high, around, text)


def _is_price(name: str, found: re.Match[str], text: str) -> bool:
    """False for a number that no sign or word makes an amount: "for 2", or that counts things: "at least 6 buttons"."""
    if _money(found, "a") or name not in ("bound", "for"):
        return True
    counts = name == "bound" and (found["min"] or _value(found, "a") <= _FEW) and _THINGS.match(text, found.end())
    return name == "bound" and not counts


def _money(found: re.Match[str], name: str) -> bool:
    return bool(found[f"{name}s"] or found[f"{name}w"])


def _value(found: re.Match[str], name: str) -> Decimal:
    digits = found[name]
    # "1,299.00" groups by commas, "1.299,00" by points; "22,90" writes the cents behind a comma.
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    return Decimal(digits) * (1000 if found[f"{name}k"] else 1)


def _blank(text: str, taken: Sequence[re.Match[str]]) -> str:
    # From the back, so that blanking one leaves the places of the others.
    for found in reversed(taken):
        text = text[: found.start()] + " , " + text[found.end() :]
    return text
