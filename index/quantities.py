"""Numbers with a unit as one word: `24"`, "24-inch" and "61 cm" are all "610mm", "1TB" and "1000 GB" are "1000gb".

Knows the units that shops write and nothing of products or queries.
"""

import re
from collections.abc import Iterator, Mapping

# Unit as written: the unit that stands for its measure, and how many of that one it is.
_UNITS: Mapping[str, tuple[str, float]] = {
    **dict.fromkeys(("inches", "inch", "in", "zoll", '"', "”", "″", "′′", "''"), ("mm", 25.4)),
    **dict.fromkeys(("mm", "millimeter", "millimetre"), ("mm", 1.0)),
    **dict.fromkeys(("cm", "centimeter", "centimetre"), ("mm", 10.0)),
    **dict.fromkeys(("m", "meter", "metre", "meters", "metres"), ("mm", 1000.0)),
    **dict.fromkeys(("ft", "foot", "feet"), ("mm", 304.8)),
    **dict.fromkeys(("tb", "terabyte", "terabytes"), ("gb", 1000.0)),
    **dict.fromkeys(("gb", "gigabyte", "gigabytes"), ("gb", 1.0)),
    **dict.fromkeys(("mb", "megabyte", "megabytes"), ("gb", 0.001)),
    **dict.fromkeys(("ghz",), ("mhz", 1000.0)),
    **dict.fromkeys(("mhz",), ("mhz", 1.0)),
    **dict.fromkeys(("kw",), ("w", 1000.0)),
    **dict.fromkeys(("w", "watt", "watts"), ("w", 1.0)),
    **dict.fromkeys(("v", "volt", "volts"), ("v", 1.0)),
    **dict.fromkeys(("mah",), ("mah", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("g", 1000.0)),
    **dict.fromkeys(("g", "gram", "grams"), ("g", 1.0)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), ("g", 453.6)),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("g", 28.35)),
    **dict.fromkeys(("l", "liter", "litre", "liters", "litres"), ("ml", 1000.0)),
    **dict.fromkeys(("cl",), ("ml", 10.0)),
    **dict.fromkeys(("ml",), ("ml", 1.0)),
    **dict.fromkeys(("mp", "megapixel", "megapixels"), ("mp", 1.0)),
    **dict.fromkeys(("dpi",), ("dpi", 1.0)),
    **dict.fromkeys(("ppm",), ("ppm", 1.0)),
}
_LONGEST_FIRST = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
# "2 in 1" is no length, and the "m" of "5310mx" no unit.
_QUANTITY = re.compile(
    rf"(?<![\w.,-])(\d{{1,6}}(?:[.,]\d{{1,3}})?)[ -]?({_LONGEST_FIRST})(?![\w″”\"])(?!(?<=in)[ -]?\d)"
)


def quantities(folded: str) -> Iterator[str]:
    """Every quantity of a folded text in the unit of its measure, without a space: "610mm".

    Lengths from 10 mm up are whole millimetres, so that makers' rounded conversions meet: 24 in is 609.6 mm and
    61 cm is 610 mm. 1024 of a unit of memory are 1000 of it, as people use them.
    """
    for number, written in _QUANTITY.findall(folded):
        unit, factor = _UNITS[written]
        # A comma before three digits parts thousands, any other one is a decimal point.
        amount = float(re.sub(r",(?=\d{3}$)", "", number).replace(",", "."))
        if unit == "gb" and amount and amount % 1024 == 0:
            amount *= 1000 / 1024
        amount *= factor
        yield f"{round(amount, 0 if unit == 'mm' and amount >= 10 else 4):.10g}{unit}"
