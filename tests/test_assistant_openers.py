"""First messages fit the shop and the shopper."""

from dataclasses import replace
from decimal import Decimal

from assistant.openers import goes_with, openers, singular_kind
from index.catalog import Product


def product(pid: str, kind: str, price: int, brand: str = "Larken", title: str = "") -> Product:
    return Product(
        pid,
        title or f"{brand} {pid}",
        brand=brand,
        category=f"Shop > {kind}",
        price=Decimal(price),
        currency="USD",
        availability="in_stock",
    )


SHOP = {
    one.product_id: one
    for one in (
        product("n1", "Notebooks", 900, title="Larken Fjord 14, 16 GB"),
        product("n2", "Notebooks", 700, title="Larken Slate 13, 8 GB"),
        *(product(f"m{number}", "Mice", 20 + number, "Ostra") for number in range(9)),
        product("c1", "Coffee Machines", 200),
    )
}


def test_a_new_visitor_is_offered_what_the_shop_sells() -> None:
    offered = openers(SHOP, (), "USD")
    assert offered[0] in ("What goes with the Larken Fjord 14?", "What goes with the Larken Slate 13?")
    assert "A quiet mouse under $25, not Ostra" in offered
    assert "Something for my coffee machine" in offered
    assert not any("headset" in text for text in offered)


def test_a_shopper_is_offered_companions_of_what_they_own() -> None:
    offered = openers(SHOP, ("m1", "n2", "gone"), "USD")
    assert offered[:2] == ("What goes with my notebook?", "What goes with my mouse?")
    assert "Something for my coffee machine" not in offered
    assert "Something for my coffee machine" in openers(SHOP, ("c1",), "USD")


def test_a_shop_of_other_things_gets_messages_of_its_own() -> None:
    shop = {f"t{n}": product(f"t{n}", "Teas", 4 + n) for n in range(6)}
    assert openers(shop, (), "USD") == ("Tea under $7, in stock",)
    assert openers({}, (), "USD") == ()
    assert openers({"x": Product("x", "Untitled")}, (), "") == ()


def test_an_ambiguous_short_name_is_given_in_full() -> None:
    twin = product("n3", "Notebooks", 950, title="Larken Fjord 14, 32 GB")
    shop = {"n1": replace(SHOP["n1"], rating=5.0), "n3": twin}
    assert openers(shop, (), "USD")[0] == "What goes with the Larken Fjord 14, 16 GB?"


def test_kinds_are_named_as_one_says_them_of_one_thing() -> None:
    assert singular_kind(SHOP["c1"]) == "coffee machine"
    assert singular_kind(SHOP["m1"]) == "mouse"
    assert goes_with(SHOP["m1"]) == "What goes with the Ostra m1?"
