"""Variants on the page: the card tells its own and lists the others; the cart's lines are of one variant each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_shop import TODAY, Read, product, scene

from assistant.cart import Cart, add, cart_of
from assistant.choices import MOST_LISTED, variants_html
from assistant.compare import compare
from assistant.deeds import Deed, done
from assistant.dialogue import CartLine, Recommendation, Request, Session, Turn
from assistant.drawing import Scene
from assistant.exchange import exchange_html
from assistant.panels import cart_html, comparison_html
from assistant.shelf import card_html, products_html
from assistant.talk import Answer, Talk
from assistant.visit import Visit
from index.catalog import Constraints, Product, Variant, forms

SHIRT = product(
    "shirt",
    title="Larken linen shirt",
    price=Decimal("30.00"),
    attributes={"color": ("Blue", "Red"), "size": ("M", "L")},
    variants=(
        Variant("bm", price=Decimal("30.00"), options={"color": "Blue", "size": "M"}),
        Variant("bl", price=Decimal("34.00"), availability="out_of_stock", options={"color": "Blue", "size": "L"}),
        Variant("rl", price=Decimal("32.00"), options={"color": "Red", "size": "L"}),
    ),
)
PRODUCTS = {"shirt": SHIRT, "a": product("a")}
RED = Request(kinds=("shirt",), constraints=Constraints(attributes={"color": ("Red",)}))
SESSION = Session(turns=(Turn("a red shirt", RED, "One fits.", ("shirt", "a")),))


def _scene(language: str = "en") -> Scene:
    return scene(language, products=PRODUCTS)


def _card(shown: Product, session: Session = SESSION) -> Read:
    return Read(card_html(shown, "", session, _scene(), 0))


def _text(read: Read) -> str:
    return " ".join(read.text.split())


def _did(session: Session, act: str, product_id: str = "shirt", key: str = "") -> Session:
    shop = _scene().shop
    return done(Visit(Talk(session), "k"), Deed(act, product_id, key), shop).session


def test_a_card_of_a_variant_tells_which_with_its_own_price_and_lists_all() -> None:
    read = _card(forms(SHIRT)[2])
    text = _text(read)
    assert "Larken linen shirt" in text
    assert "in size L, red" in text
    assert "from" not in text
    assert "3 variants: color, size" in text
    for words in ("size M, blueIn stock$30.00", "size L, blueOut of stock$34.00", "size L, redIn stock$32.00"):
        assert words in text, words
    taking = [one.get("data-key", "") for one in read.buttons if one["data-act"] == "cart-add"]
    assert taking == ["bm", "bl", "rl", "rl"]
    assert read.attributes["aria-current"] == ["true"]
    assert read.buttons[1]["aria-label"].startswith("Add to cart: Larken linen shirt")


def test_a_card_of_a_product_with_all_variants_says_from_which_price() -> None:
    read = _card(SHIRT)
    assert "from $30.00" in _text(read)
    assert "aria-current" not in read.attributes
    assert [one.get("data-key", "") for one in read.buttons if one["data-act"] == "cart-add"] == ["bm", "bl", "rl", ""]
    same = replace(SHIRT, variants=(replace(SHIRT.variants[0], price=None),))
    assert "from" not in _text(_card(same))


def test_a_product_without_variants_has_none_of_that() -> None:
    read = _card(PRODUCTS["a"])
    assert "variant" not in " ".join(read.attributes["class"])
    assert "data-key" not in read.button("cart-add", "a")


def test_a_kept_answer_shows_the_variant_that_met_its_request() -> None:
    # What is kept is the product's id: it comes back as the whole product.
    answer = Answer("a red shirt", Session(), "One fits.", RED, (Recommendation(SHIRT, rationale="Red."),), done=True)
    read = Read(products_html(answer, SESSION, _scene()))
    assert "in size L, red" in _text(read)
    assert "$32.00" in _text(read)
    assert "$32.00" in Read(exchange_html(answer, 0, _scene(), last=True)).text


def test_of_very_many_variants_the_rest_is_counted() -> None:
    many = replace(SHIRT, variants=tuple(Variant(str(n), options={"size": str(n)}) for n in range(MOST_LISTED + 5)))
    read = Read(variants_html(many, "", _scene()))
    assert len(read.buttons) == MOST_LISTED
    assert "and 5 more" in read.text


def test_a_button_of_a_variant_puts_that_one_into_the_cart() -> None:
    session = _did(_did(_did(SESSION, "cart-add", key="bm"), "cart-add", key="rl"), "cart-more", key="rl")
    assert session.cart == (CartLine("shirt", 1, "bm"), CartLine("shirt", 2, "rl"))
    assert _did(session, "cart-less", key="rl").cart == (CartLine("shirt", 1, "bm"), CartLine("shirt", 1, "rl"))
    assert _did(session, "cart-remove", key="bm").cart == (CartLine("shirt", 2, "rl"),)
    # No such variant, and no such line.
    assert _did(session, "cart-add", key="green") == session
    assert _did(session, "cart-remove", key="") == session
    assert _did(session, "cart-add", "a", key="bm") == session


def test_a_line_without_a_variant_lets_one_be_chosen() -> None:
    session = _did(SESSION, "cart-add")
    read = Read(cart_html(cart_of(session, _scene().shop, TODAY), _scene()))
    assert "Choose a variant" in read.text
    assert [one["data-key"] for one in read.buttons if one["data-act"] == "cart-choose"] == ["bm", "bl", "rl"]
    chosen = _did(session, "cart-choose", key="rl")
    assert chosen.cart == (CartLine("shirt", 1, "rl"),)
    read = Read(cart_html(cart_of(chosen, _scene().shop, TODAY), _scene()))
    assert "Choose a variant" not in read.text
    assert "in size L, red" in read.text
    assert "$32.00 each" in read.text
    assert read.button("cart-more", "shirt")["data-key"] == "rl"
    assert _did(chosen, "cart-choose", key="bm") == chosen


def test_a_comparison_puts_the_variant_that_it_compares_into_the_cart() -> None:
    shop = _scene().shop
    table = compare(("shirt", "a"), shop, SESSION)
    read = Read(comparison_html(table, _scene(), variants={"shirt": "rl", "a": ""}))
    assert "size L, red" in read.text
    assert "$32.00" in read.text
    assert read.button("cart-add", "shirt")["data-key"] == "rl"
    assert "data-key" not in read.button("cart-add", "a")


@pytest.mark.parametrize("language", ["en", "zh"])
@given(text=st.text(min_size=1))
def test_no_option_whatever_becomes_markup(language: str, text: str) -> None:
    odd = replace(SHIRT, variants=(Variant(text, title=text, options={text: text}), *SHIRT.variants))
    here = scene(language, products={"shirt": odd})
    session = add(SESSION, "shirt")
    plain = Read(card_html(SHIRT, "", session, _scene(language), 0) + cart_html(_cart(session, _scene(language)), here))
    read = Read(card_html(forms(odd)[0], "", session, here, 0) + cart_html(_cart(session, here), here))
    assert set(read.tags) <= set(plain.tags)


def _cart(session: Session, here: Scene) -> Cart:
    return cart_of(session, here.shop, date(2026, 11, 24))
