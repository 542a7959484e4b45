"""Questions after how much of a thing is needed: "how many tins do I need for 40 m2?".

Nothing is reckoned: what records state by the unit that is asked about is told. Knows one question and records.
"""

import re
from collections.abc import Sequence

from assistant.explain import short_name
from index.catalog import Product, fold

_ASKED = re.compile(
    r"^\W*(?:(?:and|so|hi|hello|hey|ok(?:ay)?)\W+)*how (?:many|much)(?: [\w'’-]+){0,5} (?:do|would|will|should|does)"
    r" (?:i|we|one|you)(?: \w+)? need\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\d\s*(?P<unit>[^\W\d_]+[²³23]?)", re.IGNORECASE)
_RATE = re.compile(r"\d[^;,]*(?:/| per )", re.IGNORECASE)
_MOST = 4


def asks_amount(text: str) -> bool:
    """True for a question after how much or how many of something are needed."""
    return _ASKED.search(text) is not None


def amount_text(question: str, products: Sequence[Product]) -> str:
    """What the records of the products state by the units of the question, without reckoning with it."""
    units = {_plain(found["unit"]) for found in _UNIT.finditer(question)}
    told = []
    for product in products[:_MOST]:
        rates = [
            f"{name.replace('_', ' ')} {value}"
            for name, values in product.attributes.items()
            for value in values
            if _RATE.search(value) and any(unit in _plain(value) for unit in units)
        ]
        if rates:
            told.append(f"the {short_name(product)}: {', '.join(rates)}")
    if told:
        return f"I do not work out how many you need, but the records state it of {'; of '.join(told)}."
    return "I cannot tell how many you need: the records do not state how far one goes."


def _plain(text: str) -> str:
    return fold(text).replace("²", "2").replace("³", "3").replace("sqm", "m2")
