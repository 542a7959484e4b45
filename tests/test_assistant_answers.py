"""The assistant's own sentences: true of what is shown, and of what is missing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answers import answer_text, nearest_text, no_products_text
from assistant.dialogue import Recommendation, Request
from index.catalog import Constraints
from index.folder import Shop


def _shown(shop: Shop, *ids: str, **signals: float) -> tuple[Recommendation, ...]:
    return tuple(Recommendation(shop.products[one], signals=signals) for one in ids)


@pytest.mark.parametrize(
    ("asked", "ids", "text"),
    [
        (Request(query="mouse", kinds=("mouse",)), ("m1", "m3"), "2 products that fit:"),
        (Request(query="mouse", kinds=("mouse",)), ("m1",), "One product that fits:"),
        (
            Request(act="goes_with", anchor_ids=("n1",)),
            ("d1", "d2"),
            "2 products to go with the Corvid Slate 14 notebook:",
        ),
        (Request(act="goes_with", anchor_ids=("n1",)), ("d1",), "One product to go with the Corvid Slate 14 notebook:"),
        (Request(act="goes_with", anchor_text="notebook"), ("d1", "d2"), "2 products that go with it:"),
        (Request(act="goes_with", anchor_text="notebook"), ("d1",), "One product that goes with it:"),
        (
            Request(act="more_like", anchor_ids=("m1",)),
            ("m2", "m3"),
            "2 products like the Pebble quiet wireless mouse:",
        ),
        (Request(), ("m1", "n1"), "Bought most in this shop:"),
    ],
)
def test_openings(shop: Shop, asked: Request, ids: tuple[str, ...], text: str) -> None:
    assert answer_text(asked, _shown(shop, *ids), shop) == text


def test_the_history_is_named_where_it_counted(shop: Shop) -> None:
    shown = _shown(shop, "d1", history=0.8)
    assert answer_text(Request(), shown, shop) == "From what you bought and what others like:"


def test_doubts_come_first(shop: Shop) -> None:
    asked = Request(query="mouse", doubts=("I doubt it.", "And that."))
    assert answer_text(asked, _shown(shop, "m1"), shop) == "I doubt it. And that. One product that fits:"


@pytest.mark.parametrize(
    ("act", "word"),
    [("thanks", "welcome"), ("chat", "AI"), ("unclear", "could not read")],
)
def test_no_products(shop: Shop, act: str, word: str) -> None:
    text = no_products_text(Request(act=act), shop)
    assert word in text
    assert text.endswith((".", '"'))


def test_what_blocks_is_named_and_how_far_off_the_nearest_are(shop: Shop) -> None:
    asked = Request(query="mouse", kinds=("mouse",), constraints=Constraints(price_max=Decimal(20), in_stock=True))
    text = nearest_text(asked, {"m1": ("price_max",), "m3": ("in_stock",)}, shop)
    assert text == (
        "Nothing here satisfies all of that. I found none at that price or below and in stock. "
        "The nearest, which does not match: Pebble quiet wireless mouse ($4.90 over your limit)."
    )


@pytest.mark.parametrize(
    ("constraints", "product_id", "misses", "said"),
    [
        (Constraints(price_min=Decimal(30)), "m1", ("price_min",), "$5.10 under your minimum"),
        (Constraints(price_max=Decimal(30)), "m2", ("price_max",), "price not stated"),
        (Constraints(brands=("Tern",)), "m1", ("brands",), "by Pebble"),
        (Constraints(not_brands=("Tern",)), "d3", ("not_brands",), "brand not stated"),
        (Constraints(attributes={"screen_size": ("15 in",)}), "n1", ("attributes",), "another screen size"),
        (Constraints(not_categories=("Mice",)), "m1", ("not_categories",), "something you ruled out"),
        (Constraints(in_stock=True), "i2", ("in_stock",), "preorder"),
    ],
)
def test_every_miss_in_words(
    shop: Shop, constraints: Constraints, product_id: str, misses: tuple[str, ...], said: str
) -> None:
    assert misses == constraints.misses(shop.products[product_id])
    assert f"({said})" in nearest_text(Request(query="x", constraints=constraints), {product_id: misses}, shop)


def test_nothing_near(shop: Shop) -> None:
    asked = Request(query="x", constraints=Constraints(price_max=Decimal(1)))
    assert nearest_text(asked, {}, shop) == "Nothing here satisfies all of that."
    assert nearest_text(Request(query="x"), {}, shop) == "I found nothing for that in this shop."


def test_what_the_shop_does_not_know(shop: Shop) -> None:
    asked = Request(query="xylophone", unknown="xylophone", doubts=('Nothing in this shop is called "xylophone".',))
    assert nearest_text(asked, {"m1": ()}, shop) == (
        'Nothing in this shop is called "xylophone". '
        "The nearest in meaning, which are something else: Pebble quiet wireless mouse."
    )


def test_nothing_fits_the_anchor(shop: Shop) -> None:
    asked = Request(act="goes_with", query="toner", anchor_ids=("n1",))
    assert nearest_text(asked, {}, shop) == "I found no toner that fits the Corvid Slate 14 notebook."
    asked = replace(asked, query="")
    assert nearest_text(asked, {}, shop) == "I found nothing that fits the Corvid Slate 14 notebook."
