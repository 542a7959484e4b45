"""Quick replies: only what would change the answer, and each is read back as what it says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.dialogue import Recommendation, Request, Session
from assistant.quick import MOST, next_steps
from index.catalog import Constraints
from index.folder import Shop


def _shown(shop: Shop, *ids: str) -> list[Recommendation]:
    return [Recommendation(shop.products[one]) for one in ids]


def test_nothing_is_offered_where_nothing_was_shown(shop: Shop) -> None:
    assert next_steps(Request(), [], Session(), shop) == ()


def test_what_would_change_the_answer_is_offered(shop: Shop) -> None:
    steps = next_steps(Request(), _shown(shop, "m1", "m2", "m3", "m4"), Session(), shop)
    assert steps == ("Show me cheaper ones", "Only what is in stock", "Compare the first two", "Not Pebble")
    assert len(steps) == MOST


@pytest.mark.parametrize(
    ("request_", "not_offered"),
    [
        (Request(order="cheapest"), "Show me cheaper ones"),
        (Request(constraints=Constraints(in_stock=True)), "Only what is in stock"),
        (Request(bundle=True), "Compare the first two"),
        (Request(constraints=Constraints(brands=("Pebble",))), "Not Pebble"),
        (Request(act="goes_with"), "What goes with the first one?"),
    ],
)
def test_what_is_so_already_is_not_offered(shop: Shop, request_: Request, not_offered: str) -> None:
    assert not_offered not in next_steps(request_, _shown(shop, "m1", "m2"), Session(), shop)


def test_the_usual_price_is_offered_where_the_products_cost_far_more(shop: Shop) -> None:
    owner = Session(history=("m1", "m3", "m4"))
    shown = _shown(shop, "n1", "n2")
    assert next_steps(Request(), shown, owner, shop)[0] == "Around $25, what I usually pay"
    for request in (Request(gift=True), Request(constraints=Constraints(price_max=Decimal(2000)))):
        assert not next_steps(request, shown, owner, shop)[0].startswith("Around")


def test_a_tapped_reply_does_what_it_says(shop: Shop) -> None:
    assistant = Assistant(shop, None, today=lambda: date(2026, 11, 20))
    before = assistant.reply(assistant.session(), "a mouse").session
    assert assistant.reply(before, "Compare the first two").request.anchor_ids == before.shown[:2]
    assert assistant.reply(before, "Compare the first two").comparison is not None
    assert assistant.reply(before, "Only what is in stock").request.constraints.in_stock
    assert assistant.reply(before, "Not Pebble").request.constraints.not_brands == ("Pebble",)
    assert assistant.reply(before, "What goes with the first one?").request.anchor_ids == before.shown[:1]
    cheaper = assistant.reply(before, "Show me cheaper ones")
    first = shop.products[before.shown[0]].price
    assert first is not None
    assert all(one.product.price is not None and one.product.price < first for one in cheaper.recommendations)
    # A reply with other products leaves what was shown before in its session as it was.
    assert before == replace(before)
