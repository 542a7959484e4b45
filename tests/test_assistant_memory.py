"""Memory: what is believed is true of the records, and what is taken back counts no longer."""

from copy import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import RECENT, Memory, Request, Session, Turn
from assistant.memory import (
    beliefs,
    dislike,
    favourite_sizes,
    forget,
    like,
    recall,
    unrated,
    usual_price,
    with_history,
)
from index.folder import Shop

_OWNER = Session(history=("n1", "m3", "n2", "m1"))


def _changed(shop: Shop, **fields: object) -> Shop:
    """The shop with other fields, for what only reads them."""
    other = copy(shop)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _keys(session: Session, shop: Shop) -> list[str]:
    return [one.key for one in beliefs(session, shop)]


def test_beliefs_are_read_off_the_purchases_newest_first(shop: Shop) -> None:
    found = beliefs(_OWNER, shop)
    assert [one.key for one in found] == ["owns:m1", "owns:n2", "owns:m3", "owns:n1", "brand:Corvid", "price"]
    assert found[0].text == "You bought the Pebble quiet wireless mouse"
    assert found[4].text == "You often buy Corvid (3 things)"
    # The median of 24.90, 1299, 12 and 899.
    assert found[5].text == "You usually pay about $461.95"
    assert [one.kind for one in found] == ["owns"] * 4 + ["brand", "price"]


def test_nothing_is_believed_of_a_stranger(shop: Shop) -> None:
    assert beliefs(Session(), shop) == ()
    assert beliefs(Session(history=("no such product",)), shop) == ()


@pytest.mark.parametrize("key", ["owns:m1", "brand:Corvid", "price"])
def test_what_is_forgotten_comes_back_when_recalled(shop: Shop, key: str) -> None:
    gone = forget(_OWNER, key, shop)
    assert key not in _keys(gone, shop)
    assert _keys(recall(gone, key, shop), shop) == _keys(_OWNER, shop)


def test_a_forgotten_purchase_counts_no_longer(shop: Shop) -> None:
    gone = forget(_OWNER, "owns:m1", shop)
    assert gone.remembered == gone.recent == ("n1", "m3", "n2")
    assert gone.history == _OWNER.history


def test_a_brand_forgotten_takes_its_purchases_along(shop: Shop) -> None:
    assert forget(_OWNER, "brand:Corvid", shop).remembered == ("m1",)


def test_a_price_forgotten_is_usual_no_longer(shop: Shop) -> None:
    assert usual_price(_OWNER, shop) == pytest.approx(461.95)
    assert usual_price(forget(_OWNER, "price", shop), shop) is None
    assert usual_price(Session(history=("n1", "m1")), shop) is None


def test_sizes_are_those_of_what_is_worn(shop: Shop) -> None:
    shirt = replace(shop.products["m1"], attributes={"size": ("M",)})
    pad = replace(shop.products["m3"], attributes={"size": ("large",)})
    several = replace(shop.products["m1"], attributes={"size": ("S", "M", "L")})
    worn = _changed(shop, products={**shop.products, "m1": shirt, "m3": pad})
    assert favourite_sizes(_OWNER, worn) == {"m"}
    assert favourite_sizes(forget(_OWNER, "size:m", worn), worn) == frozenset()
    assert favourite_sizes(with_history(_OWNER, False), worn) == frozenset()
    # Which of several was bought is on no record.
    assert favourite_sizes(_OWNER, _changed(shop, products={**shop.products, "m1": several})) == frozenset()


def test_the_history_is_left_out_and_taken_back(shop: Shop) -> None:
    off = with_history(_OWNER, False)
    assert (off.remembered, off.recent, beliefs(off, shop)) == ((), (), ())
    assert with_history(off, True) == _OWNER


def test_of_a_long_history_the_last_speak() -> None:
    history = tuple(f"p{n}" for n in range(RECENT + 5))
    assert Session(history=history).recent == history[-RECENT:]


def test_a_gift_is_answered_without_the_purchases() -> None:
    assert _OWNER.spoken_for(Request(gift=True)).remembered == ()
    assert _OWNER.spoken_for(Request()) is _OWNER


def test_likes_and_dislikes_exclude_each_other(shop: Shop) -> None:
    session = dislike(like(Session(), "m1"), "m1")
    assert session.memory == Memory(disliked=("m1",))
    assert like(session, "m1").memory == Memory(liked=("m1",))
    assert [one.text for one in beliefs(session, shop)] == ["You do not want the Pebble quiet wireless mouse"]
    assert forget(session, "disliked:m1", shop).memory == Memory()


@given(st.lists(st.tuples(st.sampled_from([like, dislike, unrated]), st.sampled_from(["m1", "m2", "m3"]))))
def test_a_product_is_liked_or_not_wanted_once_or_neither(steps: list[tuple[object, str]]) -> None:
    session, last = Session(), dict[str, object]()
    for step, one in steps:
        assert callable(step)
        session, last[one] = step(session, one), step
    both = (*session.memory.liked, *session.memory.disliked)
    assert len(both) == len(set(both))
    assert set(session.memory.liked) == {one for one, step in last.items() if step is like}
    assert set(session.memory.disliked) == {one for one, step in last.items() if step is dislike}


def test_seen_is_what_any_turn_showed() -> None:
    turns = (
        Turn("a", Request(), "", ("m1", "m2")),
        Turn("b", Request(act="thanks"), ""),
        Turn("c", Request(), "", ("d1",)),
    )
    assert Session(turns=turns).seen == {"m1", "m2", "d1"}
    assert Session(turns=turns).shown == ("d1",)
