"""Price bounds as shoppers write them, and numbers that are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.prices import read_prices

# message -> (low, high, around)
READ: list[tuple[str, int | str | None, int | str | None, int | str | None]] = [
    ("a mouse under $80", None, 80, None),
    ("a mouse under 80", None, 80, None),
    ("I don't wanna pay more than 65", None, 65, None),
    ("it must not cost more than 140", None, 140, None),
    ("not more than seven euros", None, 7, None),
    ("without going over 35", None, 35, None),
    ("the most I can spend is 85", None, 85, None),
    ("sub-300 laptops", None, 300, None),
    ("sub $20", None, 20, None),
    ("a hundred and twenty tops", None, 120, None),
    ("under thirty-five dollars", None, 35, None),
    ("in the 30-60 range", 30, 60, None),
    ("between forty and sixty", 40, 60, None),
    ("70ish", None, None, 70),
    ("price: 120 - 180", 120, 180, None),
    ("budget 80 to 110", 80, 110, None),
    ("90-ish dollars", None, None, 90),
    ("$45 or so", None, None, 45),
    ("a mouse below 80 dollars", None, 80, None),
    ("less than 25 euros", None, 25, None),
    ("cheaper than £40", None, 40, None),
    ("up to 60 quid", None, 60, None),
    ("at most 120", None, 120, None),
    ("no more than 45 bucks", None, 45, None),
    ("not more than $45", None, 45, None),
    ("nothing over 100", None, 100, None),
    ("not over 100 please", None, 100, None),
    ("nothing above 70 usd", None, 70, None),
    ("max 200", None, 200, None),
    ("200 max", None, 200, None),
    ("maximum price of 150", None, 150, None),
    ("$200 or less", None, 200, None),
    ("50 tops", None, 50, None),
    ("my budget is 300", None, 300, None),
    ("budget: $1,500", None, 1500, None),
    ("a 300 dollar budget", None, 300, None),
    ("I have 40 euros", None, 40, None),
    ("I've only got $35", None, 35, None),
    ("I can spend up to 90", None, 90, None),
    ("I don't want to spend more than 90", None, 90, None),
    ("can't go over 250", None, 250, None),
    ("within 75 dollars", None, 75, None),
    ("<= 99", None, 99, None),
    ("not exceeding €49.90", None, "49.90", None),
    ("unter 22,90 euro? under 22,90 euro", None, "22.90", None),
    ("a phone for $400", None, 400, None),
    ("under two hundred", None, 200, None),
    ("under a hundred bucks", None, 100, None),
    ("less than fifty dollars", None, 50, None),
    ("under 1k", None, 1000, None),
    ("under 1.5k", None, 1500, None),
    ("under 1.299,00 EUR", None, 1299, None),
    ("laptops under $1,299.00", None, 1299, None),
    ("make it 60", None, 60, None),
    ("raise the budget to 120", None, 120, None),
    ("over $500", 500, None, None),
    ("at least 30 dollars", 30, None, None),
    ("more than 20", 20, None, None),
    ("not under 30", 30, None, None),
    ("no less than $30", 30, None, None),
    ("nothing below 50", 50, None, None),
    ("$100 or more", 100, None, None),
    ("100 and up", 100, None, None),
    ("starting from 250", 250, None, None),
    ("minimum 80 eur", 80, None, None),
    ("between 20 and 40 euros", 20, 40, None),
    ("between 40 and 20", 20, 40, None),
    ("$20-$40", 20, 40, None),
    ("20 to 40 dollars", 20, 40, None),
    ("from 100 to 200", 100, 200, None),
    ("1-2k euros", 1000, 2000, None),
    ("between fifty and eighty dollars", 50, 80, None),
    ("over 50 but under 90", 50, 90, None),
    ("at least $50, at most $90", 50, 90, None),
    ("around 300", None, None, 300),
    ("about $45", None, None, 45),
    ("roughly 200 euros", None, None, 200),
    ("a $25 mouse", None, None, 25),
    ("something like 25 dollars", None, None, 25),
    ("a mouse, 1,299 USD", None, None, 1299),
    ("USD 60 at most", None, 60, None),
    ("under US$60", None, 60, None),
    ("≤ 60 €", None, 60, None),
    ("under 60€", None, 60, None),
    ("under 100 headphones", None, 100, None),
    ("at least 6 buttons for under 50", None, 50, None),
    ("max 80 this time", None, 80, None),
]

NO_PRICE = [
    "a 27 inch monitor",
    "a monitor over 27 inches",
    "at least 16 GB RAM",
    "at least 16GB of memory",
    "under 2 kg",
    "a charger with more than 65 W",
    "more than 65 watts",
    "a 2 m cable",
    "above 144 Hz",
    "up to 10 people",
    "a game for ages 12+",
    "over 12+",
    "at least 4 stars",
    "between 13 and 15 inches",
    "from 13 to 14 inch",
    "a pack of 12, at least 12 pieces",
    "less than 30 ppm",
    "battery over 10 hours",
    "less than 3 years old",
    'under 24"',
    "a laptop",
    "",
    "3 mice",
    "top 5",
    "Slate 14",
    "LaserJet P4014",
    "the number 7",
    "at least two monitors",
    "over 5000 mAh",
    "a 100-pack",
    "I have 2 monitors",
    "we have 3 kids",
    "a mouse with at least 6 buttons",
    "at least 3 HDMI sockets",
    "more than 2 usb-c ports",
    "up to 4 monitors",
    "a tray for over 150 sheets",
]


@pytest.mark.parametrize(("message", "low", "high", "around"), READ, ids=[row[0] for row in READ])
def test_price(message: str, low: int | str | None, high: int | str | None, around: int | str | None) -> None:
    prices = read_prices(message)
    expected = tuple(None if bound is None else Decimal(bound) for bound in (low, high, around))
    assert (prices.low, prices.high, prices.around) == expected


@pytest.mark.parametrize("message", NO_PRICE)
def test_no_price(message: str) -> None:
    prices = read_prices(message)
    assert (prices.low, prices.high, prices.around) == (None, None, None)


def test_the_rest_keeps_the_words_and_loses_the_price() -> None:
    rest = read_prices("a quiet mouse under $40, not Logitech").rest
    assert "40" not in rest
    assert rest.split()[:3] == ["a", "quiet", "mouse"]
    assert "not Logitech" in rest


def test_a_price_beside_a_measure() -> None:
    prices = read_prices("a 27 inch monitor under 300 dollars with at least 144 Hz")
    assert prices.high == 300
    assert prices.low is None
    assert "27 inch" in prices.rest
    assert "144 Hz" in prices.rest


def test_a_later_bound_replaces_an_earlier_one() -> None:
    assert read_prices("under 50, no wait, under 80").high == 80


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    prices = read_prices(text)
    for bound in (prices.low, prices.high, prices.around):
        assert bound is None or bound >= 0


@given(st.integers(1, 99_999), st.sampled_from(["under ${}", "at most {} euros", "{} dollars or less", "max {}"]))
def test_any_amount_bounds(amount: int, pattern: str) -> None:
    assert read_prices(pattern.format(amount)).high == amount
    assert read_prices(pattern.format(f"{amount:,}")).high == amount
