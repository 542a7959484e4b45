"""Chips: one for everything in force, and each takes away what it names and nothing else."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chips import chips, without_chip
from assistant.dialogue import Request
from assistant.interface import texts_of
from index.catalog import Constraints, Span
from index.folder import Shop

_NAMES = st.lists(st.sampled_from(["Corvid", "Juniper", "Pebble", "Halden: ink", "Tern"]), unique=True, max_size=3).map(
    tuple
)
_DEMANDS: Any = st.dictionaries(
    st.sampled_from(["color", "screen_size", "ports", "a:b"]),
    st.one_of(
        st.lists(st.sampled_from(["black", "red", "USB-C"]), unique=True, min_size=1, max_size=2).map(tuple),
        st.builds(Span, min=st.floats(1, 9), max=st.floats(10, 20)),
    ),
    max_size=3,
)
_PRICES = st.one_of(st.none(), st.decimals(1, 500, places=2))
_HELD = st.builds(
    Constraints,
    price_min=_PRICES, price_max=_PRICES, brands=_NAMES, not_brands=_NAMES, categories=_NAMES, not_categories=_NAMES,
    attributes=_DEMANDS, not_attributes=_DEMANDS, in_stock=st.booleans(),
    exclude_ids=st.lists(st.sampled_from(["m1", "m2"]), unique=True).map(tuple),
)  # fmt: skip
_REQUESTS = st.builds(
    Request,
    query=st.just("quiet black mouse"),
    constraints=_HELD,
    order=st.sampled_from(["", "cheapest", "newest"]),
    around=st.one_of(st.none(), st.just(Decimal(300))),
    gift=st.booleans(),
    bundle=st.booleans(),
)


@given(_REQUESTS)
def test_every_chip_takes_away_itself_alone(shop: Shop, request_: Request) -> None:
    before = chips(request_, shop)
    keys = [one.key for one in before]
    assert len(set(keys)) == len(keys)
    for chip in before:
        after = chips(without_chip(request_, chip.key), shop)
        assert after == tuple(one for one in before if one != chip)


@given(_REQUESTS)
def test_without_all_chips_nothing_is_in_force(shop: Shop, request_: Request) -> None:
    bare = request_
    for chip in chips(request_, shop):
        bare = without_chip(bare, chip.key)
    assert (bare.constraints, bare.order, bare.around, bare.gift) == (Constraints(), "", None, False)


def test_chips_are_worded_for_the_shopper(shop: Shop) -> None:
    held = Constraints(price_max=Decimal(80), not_brands=("Pebble",), attributes={"color": ("black",)}, in_stock=True)
    request = Request(constraints=held, around=Decimal(60), order="cheapest", gift=True)
    assert [one.text for one in chips(request, shop)] == [
        "price up to $80", "not Pebble", "color black", "in stock", "around $60", "cheapest first",
        "a gift: your purchases left out",
    ]  # fmt: skip


def test_the_price_of_a_set_is_that_of_all_of_it(shop: Shop) -> None:
    request = Request(constraints=Constraints(price_max=Decimal(600)), bundle=True)
    assert [one.text for one in chips(request, shop)] == ["price up to $600 in all"]


def test_the_words_of_what_is_taken_away_are_no_longer_looked_for() -> None:
    request = Request(
        query="black Pebble mouse", constraints=Constraints(brands=("Pebble",), attributes={"color": ("black",)})
    )
    assert without_chip(request, "brands:Pebble").query == "black mouse"
    assert without_chip(request, "attributes:color").query == "Pebble mouse"


def test_a_refusal_taken_away_leaves_the_words() -> None:
    request = Request(query="black mouse", constraints=Constraints(not_attributes={"color": ("black",)}))
    assert without_chip(request, "not_attributes:color").query == "black mouse"


@pytest.mark.parametrize("key", ["", "colour", "brand:Pebble"])
def test_a_key_of_no_chip_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="expected the key of one in force"):
        without_chip(Request(), key)


def test_chips_speak_the_language_of_the_page() -> None:
    shop = cast(Shop, SimpleNamespace(currency="USD"))
    held = Constraints(
        price_max=Decimal(80), not_brands=("Norvik",), attributes={"color": ("red", "blue"), "weight": Span(None, 2.0)}
    )
    request = Request(constraints=held, order="cheapest", gift=True)
    said = [one.text for one in chips(request, shop, texts_of("zh"))]
    assert said == [
        "不超过 $80",
        "不要 Norvik",
        "color red或blue",
        "weight 最多 2",
        "价格从低到高",
        "送礼：不考虑您的购买记录",
    ]
    assert [one.key for one in chips(request, shop, texts_of("zh"))] == [one.key for one in chips(request, shop)]
