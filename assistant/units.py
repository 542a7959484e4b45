"""Numbers with a unit, made comparable: "27 inches" is 27.0 in, "1 TB" is 1000.0 gb; and those of a catalogue.

Knows records and units. Knows nothing of messages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from index.catalog import Product, attribute_key, fold
from index.kinds import kind_key_of

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)\s*([a-zA-Z\"%°/]{1,8}|m2|m²)(?: [A-Za-z]+)?$")
UNMEASURED = frozenset(
    {"model", "model_name", "model_number", "mpn", "sku", "gtin", "name", "title", "series", "product_name"}
)
"""Attributes that name a product; a number with a unit in one of them ("8GB Kit") measures nothing."""
_MEASURED_SHARE = 0.5
"""The share, of a kind's products with an attribute, that give a number with a unit, from which it is a measure."""
_STATED_SHARE = 0.25
"""The share of a kind's products that state a measure from which it may be demanded: the others would be lost."""
_UNITS = {
    **dict.fromkeys(("in", "inch", "inches", '"', "zoll", "″", "”"), ("in", 1.0)),
    "cm": ("in", 1 / 2.54),
    **dict.fromkeys(("gb", "gig", "gigs"), ("gb", 1.0)),
    "tb": ("gb", 1000.0),
    "mb": ("gb", 0.001),
    **dict.fromkeys(("w", "watt", "watts"), ("w", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos"), ("kg", 1.0)),
    **dict.fromkeys(("g", "gram", "grams"), ("kg", 0.001)),
    **dict.fromkeys(("lb", "lbs", "pound"), ("kg", 0.4536)),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), ("m", 1.0)),
    **dict.fromkeys(("ft", "foot", "feet"), ("m", 0.3048)),
    "mm": ("mm", 1.0),
    **dict.fromkeys(("h", "hour", "hours", "hrs", "hr"), ("h", 1.0)),
    **dict.fromkeys(("mah",), ("mah", 1.0)),
    **dict.fromkeys(("l", "liter", "liters", "litre", "litres"), ("l", 1.0)),
    **dict.fromkeys(("hz",), ("hz", 1.0)),
    **dict.fromkeys(("ghz",), ("ghz", 1.0)),
    **dict.fromkeys(("mp", "megapixel", "megapixels"), ("mp", 1.0)),
    **dict.fromkeys(("dpi",), ("dpi", 1.0)),
    **dict.fromkeys(("lm", "lumen", "lumens"), ("lm", 1.0)),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("oz", 1.0)),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitre", "millilitres"), ("l", 0.001)),
    **dict.fromkeys(("ct", "count", "pack", "packs", "pk", "pcs", "piece", "pieces"), ("ct", 1.0)),
    **dict.fromkeys(("m2", "m²", "sqm", "sq meter", "sq meters", "square meters", "square metres"), ("m2", 1.0)),
    **dict.fromkeys(("va",), ("va", 1.0)),
    "kva": ("va", 1000.0),
    **dict.fromkeys(("mbps", "mb/s"), ("mbps", 1.0)),
    **dict.fromkeys(("ppm",), ("ppm", 1.0)),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An attribute value that is a number with a unit: "27 in" is 27.0 and "in", "1 TB SSD" 1000.0 and "gb"."""

    attribute: str
    value: str
    number: float
    unit: str


def to_unit(number: float, unit: str) -> tuple[float, str] | None:
    """A number in the canonical unit of its measure: (1, "TB") gives (1000.0, "gb"); None for no unit we know."""
    known = _UNITS.get(fold(unit))
    return (number * known[1], known[0]) if known else None


def quantity_of(attribute: str, value: str) -> Quantity | None:
    """The value as a quantity in canonical units, or None when it is none."""
    parts = _QUANTITY.match(value.strip())
    measured = to_unit(float(parts[1]), parts[2]) if parts else None
    return Quantity(attribute, value, *measured) if measured else None


def bare_numbers(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """The attributes whose values are numbers without a unit ("15.6"), with the kinds of which most state one."""
    size: Counter[str] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    for product in products:
        key = kind_key_of(product)
        size[key] += 1
        for name, values in product.attributes.items():
            if any(_NUMBER.fullmatch(value.strip()) for value in values):
                stated[attribute_key(name), key] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for (name, key), count in stated.items():
        if count >= _STATED_SHARE * size[key] and name not in UNMEASURED:
            found[name].add(key)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def quantities_by_unit(products: Iterable[Product]) -> dict[str, list[tuple[Quantity, frozenset[str]]]]:
    """Every quantity of the catalogue by its canonical unit, with the kinds that have it, commonest first."""
    counted: Counter[Quantity] = Counter()
    kinds: dict[Quantity, set[str]] = defaultdict(set)
    size: Counter[str] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    measured: Counter[tuple[str, str]] = Counter()
    for product in products:
        key = kind_key_of(product)
        size[key] += 1
        for name, values in product.attributes.items():
            attribute = attribute_key(name)
            if attribute in UNMEASURED:
                continue
            stated[attribute, key] += 1
            found = [quantity for value in values if (quantity := quantity_of(attribute, value))]
            measured[attribute, key] += bool(found)
            counted.update(found)
            for quantity in found:
                kinds[quantity].add(key)
    by_unit: dict[str, list[tuple[Quantity, frozenset[str]]]] = defaultdict(list)
    for quantity, _ in counted.most_common():
        # "3.5 mm" among "Bluetooth" and "USB" is no length: a number demands only what measures the kind.
        having = frozenset(
            key
            for key in kinds[quantity]
            if measured[quantity.attribute, key] >= _MEASURED_SHARE * stated[quantity.attribute, key]
            and stated[quantity.attribute, key] >= _STATED_SHARE * size[key]
        )
        if having:
            by_unit[quantity.unit].append((quantity, having))
    return dict(by_unit)
