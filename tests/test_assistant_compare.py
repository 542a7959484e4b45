"""Comparisons: every cell is a field of a record, and whom a product is for is read off the cells."""

from copy import copy
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assistant.cards import money, rating_text, stock_text
from assistant.compare import MOST, ROWS, UNSTATED, compare, comparison_text
from assistant.dialogue import Comparison
from index.catalog import Product
from index.folder import Shop


def _told(table: Comparison | None) -> Comparison:
    assert table is not None
    return table


def _changed(shop: Shop, **fields: object) -> Shop:
    """The shop with other fields, for what only reads them."""
    other = copy(shop)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _fields(product: Product, currency: str) -> set[str]:
    own = {", ".join(values) for values in product.attributes.values()} | {product.brand, rating_text(product)}
    price = money(product.price, product.currency or currency) if product.price is not None else UNSTATED
    return own | {price, stock_text(product), UNSTATED}


def test_every_cell_is_a_field_of_its_record(shop: Shop) -> None:
    for first, second in combinations(shop.products, 2):
        table = _told(compare([first, second], shop))
        assert len(table.rows) <= ROWS
        for row in table.rows:
            for one, value in zip(table.product_ids, row.values, strict=True):
                own = {" ".join(text.split()) for text in _fields(shop.products[one], shop.currency)}
                assert value in own, (row.label, value)


def test_what_is_equal_is_left_out_but_the_price(shop: Shop) -> None:
    table = _told(compare(["m1", "m4"], shop))
    assert [row.label for row in table.rows] == ["price", "brand", "rating", "color", "weight"]
    assert table.rows[0].values == ("$24.90", "$59.00")
    assert all(len(set(row.values)) > 1 for row in table.rows[1:])


def test_two_to_four_products_are_compared(shop: Shop) -> None:
    assert compare(["m1"], shop) is None
    assert compare(["m1", "m1", "unknown"], shop) is None
    assert _told(compare(["m1", "n1", "n2", "n3", "d1", "d2"], shop)).product_ids == ("m1", "n1", "n2", "n3")
    assert MOST == 4


def test_notes_say_whom_each_is_for(shop: Shop) -> None:
    lighter = replace(shop.products["m1"], product_id="l", price=Decimal("20.00"), attributes={"weight": ("60 g",)})
    heavier = replace(shop.products["m4"], product_id="h", rating=4.9, attributes={"weight": ("90 g",)})
    own = _changed(shop, products={"l": lighter, "h": heavier})
    light, heavy = _told(compare(["l", "h"], own)).notes
    assert "the lowest price ($20.00)" in light
    assert "the lightest (60 g)" in light
    assert "the best rating (4.9)" in heavy
    assert "lightest" not in heavy


def test_numbers_of_different_units_are_put_in_no_order(shop: Shop) -> None:
    one = replace(shop.products["m1"], product_id="g", attributes={"weight": ("800 g",)})
    two = replace(shop.products["m1"], product_id="k", attributes={"weight": ("1.2 kg",)})
    table = _told(compare(["g", "k"], _changed(shop, products={"g": one, "k": two})))
    assert not any("lightest" in note for note in table.notes)


def test_nobody_leads_with_what_others_do_not_state(shop: Shop) -> None:
    one = replace(shop.products["m1"], product_id="a", attributes={"weight": ("60 g",)})
    two = replace(shop.products["m1"], product_id="b", attributes={"color": ("red",)})
    table = _told(compare(["a", "b"], _changed(shop, products={"a": one, "b": two})))
    assert not any("lightest" in note for note in table.notes)


def test_no_price_is_the_lowest_of_equal_ones(shop: Shop) -> None:
    one, two = (replace(shop.products["m1"], product_id=name) for name in "ab")
    assert not any(
        "lowest price" in note for note in _told(compare("ab", _changed(shop, products={"a": one, "b": two}))).notes
    )


def test_the_text_has_a_note_a_line(shop: Shop) -> None:
    table = _told(compare(["m1", "m4", "n1"], shop))
    head, *notes = comparison_text(table, shop).split("\n")
    assert head.startswith("Pebble quiet wireless mouse, Juniper trackball mouse and Corvid Slate 14 notebook")
    assert tuple(notes) == table.notes
