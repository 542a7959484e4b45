"""Prices said offhand."""

from decimal import Decimal

import pytest

from assistant.offhand import offhand_limit
from index.catalog import Constraints, Span

PRICED = Constraints(price_max=Decimal(50))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("ok 180 then", "180"),
        ("3 bucks each tops", "3"),
        ("not more than a dollar", "1"),
        ("under 50 cents?", "0.5"),
        ("it must cost maximal 400 dollar", "400"),
        ("could it be done for 450?", "450"),
        ("make it 1.5k", "1500"),
    ],
)
def test_a_number_alone_is_the_new_limit(text: str, limit: str) -> None:
    assert offhand_limit(text, PRICED) == Decimal(limit)


@pytest.mark.parametrize("text", ["ok then", "about 20 inch", "the second one", "two of them", "16 gb", "a"])
def test_other_messages_tell_no_limit(text: str) -> None:
    assert offhand_limit(text, PRICED) is None


def test_a_bare_number_needs_a_price_in_force_or_words_that_bound_it() -> None:
    assert offhand_limit("ok 180 then", Constraints()) is None
    assert offhand_limit("300 is my limit", Constraints()) == 300
    assert offhand_limit("3 dollars", Constraints()) == 3


@pytest.mark.parametrize("demand", [("64 GB",), Span(64, None)])
def test_a_bare_number_near_a_measure_in_force_is_no_price(demand: tuple[str, ...] | Span) -> None:
    held = Constraints(price_max=Decimal(1200), attributes={"memory": demand})
    assert offhand_limit("how about 32 then", held) is None
    assert offhand_limit("ok 1100 then", held) == 1100
