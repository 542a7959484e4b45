"""The comparison and the cart as they are drawn: a table that is read out in order, sums that are those of the cart."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from page_shop import PRODUCTS, TENTH, TODAY, Read, scene

from assistant.cart import MOST, Cart, CartRow, add, cart_of
from assistant.compare import compare
from assistant.dialogue import Comparison, ComparisonRow, Request, Session, Turn
from assistant.panels import cart_html, comparison_html

SESSION = Session(turns=(Turn("all", Request(), "", tuple(PRODUCTS)),))


def test_a_comparison_is_a_table_with_headers_for_columns_and_rows() -> None:
    found = compare(("a", "b", "c"), scene().shop)
    assert found is not None
    html = comparison_html(found, scene())
    read = Read(html)
    assert read.attributes["scope"].count("col") == 4
    assert read.attributes["scope"].count("row") == len(found.rows) + 1
    for row in found.rows:
        assert f'<th scope="row">{row.label}</th>' in html
    for words in ("$29.90", "$45.00", "82 g", *found.notes):
        assert words in read.text
    assert "not stated" in read.text
    assert [one["data-product"] for one in read.buttons if one["data-act"] == "uncompare"] == ["a", "b", "c"]
    assert [one["data-product"] for one in read.buttons if one["data-act"] == "cart-add"] == ["a", "b", "c"]
    assert "uncompare" not in Read(comparison_html(found, scene(), removable=False)).acts()


def test_no_comparison_says_how_to_come_by_one() -> None:
    assert "Nothing to compare yet" in comparison_html(None, scene())
    assert "还没有可比较的商品" in comparison_html(None, scene("zh"))


def test_the_cart_shows_quantities_offers_and_the_sums_of_the_cart() -> None:
    cart = cart_of(add(add(SESSION, "a", 2), "b"), scene().shop, TODAY)
    read = Read(cart_html(cart, scene()))
    text = " ".join(read.text.split())
    assert cart.total == Decimal("98.82")
    assert cart.saved == Decimal("5.98")
    assert "Total$98.82" in text
    assert "You save$5.98" in text
    assert TENTH.reduction_text() in text
    assert "This is a list: the shop takes the order" in text
    assert read.acts("a") == ["cart-less", "cart-more", "cart-remove"]
    assert "disabled" not in read.button("cart-less", "a")
    assert "disabled" in read.button("cart-less", "b")
    assert read.button("cart-more", "b")["aria-label"] == "One more of Larken Hush b"


def test_a_full_row_takes_no_more_and_a_price_not_stated_is_not_in_the_total() -> None:
    cart = cart_of(add(add(SESSION, "a", MOST), "c"), scene().shop, TODAY)
    read = Read(cart_html(cart, scene()))
    assert "disabled" in read.button("cart-more", "a")
    assert "Price not stated" in read.text
    assert "not in the total" in read.text


def test_an_empty_cart_says_how_to_fill_it() -> None:
    html = cart_html(Cart((), Decimal(0), Decimal(0), "USD"), scene())
    assert "Your cart is empty" in html
    assert "Total" not in html


@given(st.text())
def test_no_text_whatever_becomes_markup(text: str) -> None:
    here = scene()
    odd = replace(PRODUCTS["a"], title=text)
    table = Comparison(("a", "b"), (ComparisonRow(text, (text, text)),), (text, text))
    html = cart_html(Cart((CartRow(odd, 1, Decimal(1), Decimal(1)),), Decimal(1), Decimal(0), "USD"), here)
    plain = cart_html(cart_of(add(SESSION, "a"), here.shop, TODAY), here)
    assert set(Read(html).tags) <= set(Read(plain).tags)
    whole = compare(("a", "b"), here.shop)
    assert set(Read(comparison_html(table, here)).tags) <= set(Read(comparison_html(whole, here)).tags)
