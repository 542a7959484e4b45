"""A price said offhand, as one does where a price is talked of: "ok 180 then", "could it be done for 450?".

A message is one when a number is all that it tells. Knows nothing of other ways to name a price.
"""

import re
from decimal import Decimal
from math import log

from index.catalog import Constraints, Span, attribute_number

_LEAD = (
    r"(?:oh dear|oh|not (?:so|too) \w+|until|till|ok(?:ay)?|hm+|well|al(?:l )?right|fine|then|so|sorry|no|yes|let us say|let['’]?s say|lets say|make (?:it|that)|say|could it be(?: done)?|can it be(?: done)?"
    r"|could you do it|can (?:we|you) do it|what about|how about|maybe|go|up to|go up to|raise (?:it|that) to|i (?:can|could) (?:go|stretch)(?: up)? to|for|under|below|in|the|a|my|limit|budget|max(?:imum|imal)?"
    r"|is|of|it must cost|it (?:should|may|can) cost|not (?:more|over|above) than|not over|at most|total|and)"
)
_TAIL = r"(?:then|max(?:imum)?|tops|each|in (?:total|all)|is (?:my|the) (?:limit|max(?:imum)?|budget)|at (?:the )?most|instead|please|pls|is ok(?:ay)?|is fine|too|for (?:all of it|everything|the set|the lot|both)|all together|altogether|apiece|a piece|per piece|again|not a (?:cent|penny|dollar) more)"
_NUMBER = r"(?:(?P<sign>[$€£]) ?)?(?P<n>\d{1,6}(?:[.,]\d{1,2})?|a)(?P<k>k)? ?(?P<unit>dollars?|bucks?|euros?|eur|usd|€|\$|pounds?|cents?|ct)?"
_OFFHAND = re.compile(rf"^\W*(?:{_LEAD}\W+)*{_NUMBER}\W*(?:{_TAIL}\W*)*$", re.IGNORECASE)
_BOUNDS = re.compile(
    r"\b(?:limit|budget|max\w*|tops|most|under|below|over|above|more than|could it|can (?:it|we|you)|could you|cost)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:for (?:all of it|everything|the set|the lot|both)|in (?:total|all)|all ?together|total)\b", re.IGNORECASE
)


def offhand_limit(text: str, held: Constraints, *, bundle: bool = False) -> Decimal | None:
    """The most that something may cost by a message that tells a number and no more; None where no price is meant.

    A bare number is a price where one is in force, and where the words bound it or name money.
    """
    found = _OFFHAND.match(text)
    if not found:
        return None
    unit = (found["unit"] or "").lower()
    if found["n"].lower() == "a" and not unit:
        return None
    money = bool(unit or found["sign"])
    if not (money or held.price_max is not None or (bundle and _ALL.search(text)) or _says_limit(text, held)):
        return None
    number = Decimal(1) if found["n"].lower() == "a" else Decimal(found["n"].replace(",", "."))
    if not money and not found["k"] and _nearer_a_measure(float(number), held):
        return None
    return number / 100 if unit in ("cent", "cents", "ct") else number * 1000 if found["k"] else number


def _nearer_a_measure(number: float, held: Constraints) -> bool:
    """True when a bare number is nearer one that an attribute in force has than the price: "32 then" after 64 GB."""
    demands = held.attributes.values()
    known = [one for demand in demands if isinstance(demand, Span) for one in (demand.min, demand.max) if one]
    known += [one for demand in demands if not isinstance(demand, Span) and (one := attribute_number(demand))]
    limit = float(held.price_max) if held.price_max else None
    away = [abs(log(number / one)) for one in known if one > 0 and number > 0]
    return bool(away) and (limit is None or number <= 0 or min(away) < abs(log(number / limit)))


def _says_limit(text: str, held: Constraints) -> bool:
    # "make it 32" is about what has numbers: the screen, the memory.
    return _BOUNDS.search(text) is not None and not held.attributes
