"""Messages of nothing but ordering, and the near ones that are none."""

import pytest

from assistant.ordering import Order, read_order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("the last one goes in too", Order("add")),
        ("add 1st x2", Order("add", 2)),
        ("3 of the first", Order("add", 3)),
        ("both in the cart", Order("add")),
        ("I take the first", Order("add")),
        ("Four of the first one into my cart please", Order("add", 4)),
        ("the first one, two times please", Order("add", 2)),
        ("Wonderful, put everything in my cart", Order("add")),
        ("the first it is, add it", Order("add")),
        ("wait no remove the third", Order("remove")),
        ("remove it again, my wife already bought some", Order("remove")),
        ("and the sum?", Order("show")),
        ("What does that come to?", Order("show")),
    ],
)
def test_what_only_orders_is_an_order(text: str, order: Order) -> None:
    assert read_order(text, shopping=True) == order


@pytest.mark.parametrize(
    "text",
    [
        "the second one",
        "add a keyboard to the search",
        "I'll take anything under 50",
        "the first one in black",
        "compare the first two",
        "show me both",
        "go back to the first one",
        "what goes with it?",
        "the three cheapest",
        "no",
        "yes please",
        "how much is it",
        "alright i could go up to 1300",
        "let's go up to 15",
    ],
)
def test_any_other_word_makes_it_none(text: str) -> None:
    assert read_order(text, shopping=True) is None


@pytest.mark.parametrize("text", ["what's the total?", "and the sum?"])
def test_there_is_no_total_of_nothing(text: str) -> None:
    assert read_order(text, shopping=False) is None
