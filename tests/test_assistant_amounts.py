"""How much is needed is not reckoned: what the records state is told."""

from decimal import Decimal

import pytest

from assistant.amounts import amount_text, asks_amount
from assistant.answers import no_products_text
from assistant.dialogue import Request, Session, Turn
from index.catalog import Product
from index.folder import Shop

PAINT = Product("p", "Hale wood paint", price=Decimal("20"), attributes={"Coverage": ("12 m2/l",), "Size": ("2.5 l",)})


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how many tins do I need for 40 m2?", True),
        ("and how much paint would we need for 40 m²?", True),
        ("how much is it?", False),
        ("I need paint for 40 m2", False),
    ],
)
def test_which_questions_ask_for_an_amount(text: str, asked: bool) -> None:
    assert asks_amount(text) is asked


def test_what_is_stated_by_the_unit_asked_about_is_told() -> None:
    text = amount_text("how many tins do I need for 40 m²?", [PAINT])
    assert (
        text
        == "I do not work out how many you need, but the records state it of the Hale wood paint: Coverage 12 m2/l."
    )
    assert "do not state" in amount_text("how many tins do I need for 3 rooms?", [PAINT])


def test_what_was_shown_is_meant_where_nothing_is_named(shop: Shop) -> None:
    question = Request(act="question", query="how many do I need for 40 m2?")
    session = Session(turns=(Turn("a mouse", Request(), "", ("m1",)),))
    assert no_products_text(question, shop, session).startswith("I cannot tell how many you need")
