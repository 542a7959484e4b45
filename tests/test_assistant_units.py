"""Numbers with units: what is made one, and what is none."""

import pytest

from assistant.units import quantity_of, to_unit


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (27.0, "inch", (27.0, "in")),
        (27.0, "inches", (27.0, "in")),
        (15.6, '"', (15.6, "in")),
        (2.0, "TB", (2000.0, "gb")),
        (512.0, "GB", (512.0, "gb")),
        (500.0, "MB", (0.5, "gb")),
        (800.0, "g", (0.8, "kg")),
        (65.0, "watts", (65.0, "w")),
        (2.54, "cm", (1.0, "in")),
        (10.0, "hours", (10.0, "h")),
        (10.0, "feet", (3.048, "m")),
    ],
)
def test_units_are_made_one(number: float, unit: str, expected: tuple[float, str]) -> None:
    measured = to_unit(number, unit)
    assert measured is not None
    assert measured[1] == expected[1]
    assert measured[0] == pytest.approx(expected[0])


@pytest.mark.parametrize("unit", ["", "ports", "stars", "x", "€", "dollars"])
def test_what_is_no_unit(unit: str) -> None:
    assert to_unit(3.0, unit) is None


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [("27 in", 27.0, "in"), ("1 TB SSD", 1000.0, "gb"), ("1.5 kg", 1.5, "kg"), ("3000 dpi", 3000.0, "dpi")],
)
def test_quantities(value: str, number: float, unit: str) -> None:
    quantity = quantity_of("any", value)
    assert quantity is not None
    assert (quantity.number, quantity.unit, quantity.value) == (number, unit, value)


@pytest.mark.parametrize("value", ["8-core", "1920x1200", "USB-C", "3 of 12", "", "in", "4 sizes"])
def test_what_is_no_quantity(value: str) -> None:
    assert quantity_of("any", value) is None
