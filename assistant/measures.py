"""Read the measures of a message: "27 inch", "at least 16 GB RAM", "under 2 kg", as demands on attributes.

Knows the quantities of one shop; knows nothing of brands, values in words or prices.
"""

import re
from collections.abc import Sequence

from assistant.phrases import BARE, HINTS, LEAST, MEASURE
from assistant.vocabulary import Quantity, Vocabulary, to_unit
from index.catalog import AttributeDemand, Span, fold


def read_measures(text: str, words: Vocabulary, kinds: Sequence[str]) -> dict[str, AttributeDemand]:
    """Attributes demanded by a number and a unit ("27 inch", "at least 16 GB RAM")."""
    found: dict[str, AttributeDemand] = {}
    for match in MEASURE.finditer(text):
        measured = to_unit(float(match["n"].replace(",", ".")), match["u"])
        if not measured:
            continue
        number, unit = measured
        own = [quantity for quantity, having in words.quantities.get(unit, []) if not kinds or having & set(kinds)]
        near = _near(text, match)
        name = _attribute_for(own, number, near)
        compared = (match["cmp"] or "") + (match["after"] or "")
        if not name:
            bare = _bare_attribute(unit, near, kinds, words)
            if bare:
                low = number if not compared or LEAST.search(compared) else None
                found[bare] = Span(min=low, max=number if not compared or low is None else None)
            continue
        least = bool(LEAST.search(compared))
        fitting = [
            quantity
            for quantity in own
            if quantity.attribute == name
            and (
                (quantity.number >= number - 1e-6 if least else quantity.number <= number + 1e-6)
                if compared
                else abs(quantity.number - number) <= 0.02 * number
            )
        ]
        values = tuple(sorted({one.value for one in fitting}))
        same_unit = len({one.value.lstrip("0123456789. ") for one in own if one.attribute == name}) == 1
        if compared and same_unit:
            # All values are in one unit: scale the bound into it and say it as a range.
            one = next(quantity for quantity in own if quantity.attribute == name)
            scaled = number * float(re.match(r"[\d.]+", one.value)[0]) / one.number if one.number else number  # type: ignore[index]
            bound = round(scaled, 4)
            found[name] = Span(min=bound) if least else Span(max=bound)
        else:
            found[name] = values or (match[0].strip(),)
    return found


def _bare_attribute(unit: str, near: str, kinds: Sequence[str], words: Vocabulary) -> str:
    """The attribute of the kinds that holds such numbers without their unit: "display_diagonal: 15.6" for inches."""
    hinted = tuple(name for hint, name in HINTS.items() if re.search(rf"\b{hint}\b", near)) or BARE.get(unit, ())
    own = [name for name, having in words.bare.items() if kinds and having & set(kinds)]
    return next((name for part in hinted for name in own if part in name), "")


def _near(text: str, match: re.Match[str]) -> str:
    """The words by a measure that may say what is measured, up to the next number: those behind it, else before it."""
    behind = re.split(r"\d", text[match.end() : match.end() + 20])[0]
    before = re.split(r"[\d,;]", text[max(0, match.start() - 20) : match.start()])[-1]
    told = [part for part in (behind, before) if any(re.search(rf"\b{hint}\b", fold(part)) for hint in HINTS)]
    return fold(told[0]) if told else ""


def _attribute_for(own: Sequence[Quantity], number: float, near: str) -> str:
    hinted = [name for hint, name in HINTS.items() if re.search(rf"\b{hint}\b", near)]
    if hinted:
        named = [one.attribute for one in own if any(name in one.attribute for name in hinted)]
        if named:
            return named[0]
        # "1 TB SSD" is no memory where the records tell no storage.
        own = [one for one in own if not any(name in one.attribute for name in HINTS.values())]
    exact = [one.attribute for one in own if abs(one.number - number) <= 0.02 * number]
    return (exact or [one.attribute for one in own] or [""])[0]
