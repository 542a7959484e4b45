"""Words before a thing that no record, or not every record, bears out: they are said."""

from decimal import Decimal

import pytest

from assistant.answers import answer_text
from assistant.dialogue import Recommendation, Request
from assistant.unsaid import states, unsaid_text
from index.catalog import Constraints, Product
from index.folder import Shop


def _coat(product_id: str, title: str, description: str) -> Product:
    return Product(product_id, title, brand="Tolm", category="Coats", price=Decimal("90"), description=description)


RAIN = _coat("r", "Gale rain coat", "Waterproof, with taped seams.")
WIND = _coat("w", "Brisk wind coat", "Keeps the wind out; it is not fully waterproof.")
PLAIN = _coat("p", "Town coat", "A coat of wool.")
ASKED = Request(query="waterproof coat", kinds=("coat",))


@pytest.mark.parametrize(
    ("product", "word", "stated"),
    [
        (RAIN, "waterproof", True),
        (WIND, "waterproof", False),
        (PLAIN, "waterproof", False),
        (PLAIN, "wool", True),
    ],
)
def test_a_record_states_a_word_unless_it_denies_it(product: Product, word: str, stated: bool) -> None:
    assert states(product, word) is stated


def test_what_only_some_of_them_state_is_told_with_their_names() -> None:
    assert unsaid_text(ASKED, [WIND, RAIN, PLAIN]) == 'Of these only the Gale rain coat says "waterproof".'
    assert unsaid_text(ASKED, [RAIN]) == ""


def test_what_none_of_them_states_was_not_applied() -> None:
    assert unsaid_text(ASKED, [WIND, PLAIN]) == 'None of these says "waterproof": I could not apply it.'
    assert unsaid_text(ASKED, [WIND]) == 'Its record does not say "waterproof": I could not apply it.'


@pytest.mark.parametrize(
    "asked",
    [
        Request(query="coat", kinds=("coat",)),
        Request(query="warm coat", kinds=("coat",)),
        Request(query="promotions coat", kinds=("coat",)),
        Request(query="sodas coat", kinds=("coat",)),
        Request(query="comfortable coat", kinds=("coat",)),
        Request(query="blue coat", kinds=("coat",), constraints=Constraints(attributes={"color": ("Blue",)})),
        Request(query="waterproof coat", kinds=("coat",), language="de"),
        Request(query="waterproof coat", kinds=("coat",), gift=True),
        Request(query="waterproof"),
    ],
)
def test_nothing_is_told_of_taste_of_demands_and_of_what_is_no_kind(asked: Request) -> None:
    assert unsaid_text(asked, [PLAIN]) == ""


def test_what_only_tells_the_purpose_behind_the_thing_is_no_such_word() -> None:
    assert unsaid_text(Request(query="coat walks winter", kinds=("coat",)), [PLAIN]) == ""
    assert "washable" in unsaid_text(Request(query="coat washable", kinds=("coat",)), [PLAIN])


def test_it_stands_in_the_answer(shop: Shop) -> None:
    shown = (Recommendation(shop.products["m1"]), Recommendation(shop.products["m2"]))
    asked = Request(query="ergonomic mouse", kinds=("mouse",))
    assert answer_text(asked, shown, shop).startswith('None of these says "ergonomic"')
    assert "fit" in answer_text(asked, shown, shop)


def test_nothing_was_bought_most_where_nobody_bought_or_something_is_demanded(shop: Shop) -> None:
    shown = (Recommendation(shop.products["m1"]), Recommendation(shop.products["m2"]))
    limited = Request(constraints=Constraints(price_max=Decimal("50")))
    assert answer_text(limited, shown, shop) == "2 products from this shop that fit:"
    assert answer_text(Request(gift=True), shown, shop) == "2 products from this shop:"
    assert answer_text(Request(query="mousse", unknown="mousse"), shown, shop).startswith("What comes nearest")
