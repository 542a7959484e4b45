"""Quantities: the ways to write one meet, and what is none is left alone."""

import pytest

from index.quantities import quantities


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (('24"', "24 inch", "24-inch", "24in", "61 cm", "61.0cm", "24''", "24″"), ["610mm"]),
        (("35.8 cm", '14.1"'), ["358mm"]),
        (("1tb", "1 tb", "1000 gb", "1,000 gb", "1024 gb", "1 terabyte"), ["1000gb"]),
        (("512 mb",), ["0.512gb"]),
        (("2048mb", "2 gb"), ["2gb"]),
        (("2.53 ghz", "2530mhz"), ["2530mhz"]),
        (("1,5 m", "150 cm", "1.5m"), ["1500mm"]),
        (("0.5 mm",), ["0.5mm"]),
        (("2 kg", "2000 g"), ["2000g"]),
        (("2 in 1", "3-in-1", "m8000x", "p4015n", "24 monitors", "in 24 hours", ""), []),
    ],
)
def test_ways_to_write_a_quantity(texts: tuple[str, ...], expected: list[str]) -> None:
    assert [list(quantities(text)) for text in texts] == [expected] * len(texts)


def test_every_quantity_of_a_text_in_order() -> None:
    assert list(quantities('35.8 cm (14.1") notebook, 500gb, 6mb/8gb')) == ["358mm", "358mm", "500gb", "0.006gb", "8gb"]
