"""The cart: only what was shown, sums that are exact, offers that need nothing but the day."""

from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cart import MOST, add, cart_of, remove, set_quantity
from assistant.dialogue import CartLine, Request, Session, Turn
from index.folder import Shop
from index.promotions import Coverage, Promotion

_DAY = date(2026, 11, 20)


def _session(*shown: str) -> Session:
    return Session(turns=(Turn("mice", Request(), "", shown),))


def _sale(name: str, **more: object) -> Promotion:
    made = Promotion(name, name, percent=Decimal(10), covered=Coverage(categories=("Mice",)))
    return replace(made, **more)  # type: ignore[arg-type]


def _changed(shop: Shop, **fields: object) -> Shop:
    """The shop with other fields, for what only reads them."""
    other = copy(shop)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


@pytest.fixture
def on_sale(shop: Shop) -> Shop:
    return _changed(
        shop,
        promotions=(
            _sale("ten"),
            _sale("coded", percent=Decimal(50), code="HALF"),
            _sale("spend", percent=None, amount=Decimal(5), currency="USD", min_spend=Decimal(20)),
            _sale("over", percent=Decimal(60), ends=date(2026, 11, 19)),
            _sale("pairs", percent=None, buy=2, get=1, covered=Coverage(product_ids=frozenset({"m4"}))),
        ),
    )


def test_what_was_never_shown_gets_into_no_cart() -> None:
    with pytest.raises(ValueError, match="'d1' was not shown in this session"):
        add(_session("m1"), "d1")
    with pytest.raises(ValueError, match="'m1' was not shown"):
        set_quantity(Session(), "m1", 1)


def test_what_was_shown_in_any_turn_may_be_taken() -> None:
    session = replace(_session("m1"), turns=(*_session("m1").turns, *_session("d1").turns))
    assert add(add(session, "m1"), "d1", 2).cart == (CartLine("m1", 1), CartLine("d1", 2))


def test_a_session_is_left_as_it_was() -> None:
    session = _session("m1")
    assert add(session, "m1").cart == (CartLine("m1", 1),)
    assert session.cart == ()


@pytest.mark.parametrize("quantity", [0, -1, MOST + 1])
def test_a_quantity_has_its_bounds(quantity: int) -> None:
    with pytest.raises(ValueError, match=f"quantity is {quantity}, expected 1 to 99"):
        set_quantity(_session("m1"), "m1", quantity)


def test_adding_stops_at_the_most_that_a_cart_holds() -> None:
    assert add(add(_session("m1"), "m1", 90), "m1", 90).quantity("m1") == MOST


@given(st.lists(st.tuples(st.sampled_from(["m1", "m2", "m3"]), st.integers(0, 5)), max_size=8))
def test_a_cart_holds_what_was_last_said_of_each_product(steps: list[tuple[str, int]]) -> None:
    session, held = _session("m1", "m2", "m3"), dict[str, int]()
    for one, quantity in steps:
        if quantity:
            session, held[one] = set_quantity(session, one, quantity), quantity
        else:
            session = remove(session, one)
            held.pop(one, None)
    assert {line.product_id: line.quantity for line in session.cart} == held
    assert len(session.cart) == len(held)


def test_the_best_offer_that_needs_nothing_is_counted(on_sale: Shop) -> None:
    cart = cart_of(add(_session("m1"), "m1", 3), on_sale, _DAY)
    (row,) = cart.rows
    # 24.90 less 10 % is 22.41; neither the code, nor a condition, nor what is over counts.
    assert (row.unit, row.total) == (Decimal("24.90"), Decimal("67.23"))
    assert (cart.total, cart.saved) == (Decimal("67.23"), Decimal("7.47"))
    assert row.offer is not None
    assert row.offer.promotion.promotion_id == "ten"


def test_an_offer_for_several_pieces_counts_when_they_are_there(on_sale: Shop) -> None:
    session = _session("m4")
    # m4 costs 59.00: ten per cent off of two is 11.80; of three, the third free is better.
    assert cart_of(add(session, "m4", 2), on_sale, _DAY).total == Decimal("106.20")
    assert cart_of(add(session, "m4", 3), on_sale, _DAY).total == Decimal("118.00")
    assert cart_of(add(session, "m4", 4), on_sale, _DAY).total == Decimal("177.00")


def test_the_day_decides(on_sale: Shop) -> None:
    before = cart_of(add(_session("m1"), "m1"), on_sale, date(2026, 11, 19))
    assert before.total == Decimal("9.96")  # sixty per cent off 24.90 is 14.94


def test_a_row_without_a_price_is_not_in_the_total(on_sale: Shop) -> None:
    cart = cart_of(add(add(_session("m2", "d1"), "m2", 2), "d1"), on_sale, _DAY)
    assert [(row.unit, row.total) for row in cart.rows] == [(None, None), (Decimal("189.00"), Decimal("189.00"))]
    assert (cart.total, cart.saved, cart.currency) == (Decimal("189.00"), Decimal(0), "USD")


@given(st.dictionaries(st.sampled_from(["m1", "m3", "m4", "d1", "n3"]), st.integers(1, 9), max_size=5))
def test_the_total_is_what_the_rows_cost(shop: Shop, quantities: dict[str, int]) -> None:
    session = _session(*quantities)
    for one, quantity in quantities.items():
        session = add(session, one, quantity)
    cart = cart_of(session, _changed(shop, promotions=(_sale("ten"),)), _DAY)
    full = sum(((shop.products[one].price or 0) * quantity for one, quantity in quantities.items()), Decimal(0))
    assert cart.total == sum((row.total or 0 for row in cart.rows), Decimal(0))
    assert cart.total + cart.saved == full


def test_a_product_that_the_shop_lost_is_left_out(shop: Shop) -> None:
    session = replace(_session("gone"), cart=(CartLine("gone", 2),))
    assert cart_of(session, shop, _DAY).rows == ()
