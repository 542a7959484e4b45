"""Another product in a set, a chip taken away, likes and dislikes: answers that change without a message."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.bundle import swapped
from assistant.chips import chips, without_chip
from assistant.dialogue import Candidate, Event, Memory, Reply, Request, Session
from assistant.memory import dislike, like
from index.catalog import Constraints, Product
from index.folder import Shop

KINDS = {"desk": "Furniture > Desks", "chair": "Furniture > Chairs", "lamp": "Furniture > Lamps"}


def _one(name: str, price: int | None, score: float) -> Candidate:
    amount = None if price is None else Decimal(price)
    kind = KINDS[name.partition("-")[0]]
    return Candidate(Product(name, name, price=amount, currency="USD", category=kind), score=score)


RANKED = [
    _one("desk-a", 200, 0.9), _one("chair-a", 150, 0.8), _one("desk-b", 260, 0.7), _one("desk-c", 180, 0.6),
    _one("lamp-a", 40, 0.5), _one("desk-d", None, 0.4), _one("desk-e", 100, 0.3),
]  # fmt: skip
SHOWN = ("desk-a", "chair-a", "lamp-a")
WITHIN = Request(bundle=True, constraints=Constraints(price_max=Decimal(400)))


def _swapped(
    product_id: str, request: Request = WITHIN, seen: tuple[str, ...] = SHOWN, clashing: str = ""
) -> tuple[str, ...]:
    found = swapped(RANKED, SHOWN, product_id, request, seen, lambda _, other: other == clashing)
    return tuple(one.product.product_id for one in found)


def test_another_of_the_kind_takes_the_place_within_the_budget() -> None:
    # 400 less 150 and 40 leaves 210: desk-b costs too much, desk-d states no price.
    assert _swapped("desk-a") == ("desk-c", "chair-a", "lamp-a")


def test_without_a_budget_the_best_other_is_taken() -> None:
    assert _swapped("desk-a", Request(bundle=True))[0] == "desk-b"


def test_what_was_not_seen_before_comes_first() -> None:
    assert _swapped("desk-a", seen=(*SHOWN, "desk-c"))[0] == "desk-e"
    assert _swapped("desk-a", seen=(*SHOWN, "desk-c", "desk-e"))[0] == "desk-c"


def test_what_is_not_made_for_the_others_is_not_taken() -> None:
    assert _swapped("desk-a", clashing="desk-c")[0] == "desk-e"


def test_where_there_is_no_other_the_set_stays() -> None:
    assert _swapped("chair-a") == SHOWN
    assert _swapped("no such product") == SHOWN


@pytest.fixture(scope="module")
def assistant(shop: Shop) -> Assistant:
    return Assistant(shop, None, today=lambda: date(2026, 11, 20))


def _last(events: Iterator[Event]) -> Reply:
    *_, last = events
    assert isinstance(last, Reply)
    return last


def test_a_set_is_swapped_and_keeps_its_budget(assistant: Assistant, shop: Shop) -> None:
    reply = assistant.reply(assistant.session(), "a set of a mouse and a notebook under 1000 in total")
    shown = reply.session.shown
    assert len(shown) == 2
    gone = next(one for one in shown if one.startswith("m"))
    after = _last(assistant.swap(reply.session, gone))
    now = after.session.shown
    assert gone not in now
    assert [one for one in now if not one.startswith("m")] == [one for one in shown if one != gone]
    assert sum(shop.products[one].price or 0 for one in now) <= 1000
    assert after.request.constraints == reply.request.constraints


def test_what_is_in_no_set_cannot_be_swapped(assistant: Assistant) -> None:
    mice = assistant.reply(assistant.session(), "a mouse").session
    with pytest.raises(ValueError, match="'m1' is in no set shown last"):
        list(assistant.swap(mice, "m1"))
    with pytest.raises(ValueError, match="in no set shown last"):
        list(assistant.swap(Session(), "m1"))


def test_a_chip_taken_away_changes_the_answer(assistant: Assistant, shop: Shop) -> None:
    reply = assistant.reply(assistant.session(), "a mouse under 20")
    assert reply.session.shown == ("m3",)
    (chip,) = chips(reply.request, shop)
    after = _last(assistant.again(reply.session, without_chip(reply.request, chip.key)))
    assert set(after.session.shown) == {"m1", "m2", "m3", "m4"}
    assert after.session.constraints == Constraints()
    assert len(after.session.turns) == len(reply.session.turns) + 1


def test_dislikes_are_in_no_answer(assistant: Assistant) -> None:
    session = assistant.session(history=["m1"])
    for one in ("m3", "n1"):
        session = dislike(session, one)
    for message in (
        "a mouse",
        "the cheapest mouse",
        "a notebook",
        "something like the Corvid Slate 14 notebook",
        "",
        "a mouse under 20",
    ):
        reply = assistant.reply(session, message)
        assert {"m3", "n1"}.isdisjoint(reply.product_ids)
        assert {"m3", "n1"}.isdisjoint(reply.nearest)


def test_what_is_liked_comes_before_its_equals(assistant: Assistant) -> None:
    plain = assistant.reply(assistant.session(), "a mouse")
    liked = assistant.reply(like(assistant.session(), "m4"), "a mouse")
    assert all("taste" not in one.signals for one in plain.recommendations)
    taste = {one.product.product_id: one.signals["taste"] for one in liked.recommendations}
    assert max(taste, key=lambda one: taste[one]) == "m4"
    assert set(liked.product_ids) == set(plain.product_ids)
    assert all(0 <= value <= 1 for value in taste.values())


def test_taste_without_the_products_known_changes_nothing(assistant: Assistant) -> None:
    strange = Session(memory=Memory(liked=("sold out long ago",)))
    assert assistant.reply(strange, "a mouse").product_ids == assistant.reply(Session(), "a mouse").product_ids


def test_today_decides_about_offers(shop: Shop) -> None:
    assert Assistant(shop, None, today=lambda: date(2027, 1, 2)).today == date(2027, 1, 2)
