"""What a shopper reads of a product, in words; and what of other people's text may be shown."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cards import (
    STOCK,
    clean,
    constraints_text,
    missed_text,
    money,
    picture_path,
    plain,
    rating_text,
    stock_text,
    understood_text,
    web_address,
)
from assistant.dialogue import Request
from index.catalog import AVAILABILITIES, Constraints, Product, Span

MOUSE = Product(
    "m1",
    "Larken Hush 2",
    brand="Larken",
    category="Computers > Mice",
    price=Decimal("29.90"),
    currency="USD",
    availability="in_stock",
    image_url="pictures/mouse.svg",
    rating=4.3,
    rating_count=1270,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pictures" / "sub").mkdir(parents=True)
    for name in ("mouse.svg", "sub/dock.png", "notes.txt"):
        (tmp_path / "pictures" / name).write_text("<svg/>")
    (tmp_path / "secret.svg").write_text("<svg/>")
    (tmp_path / "pictures" / "out.svg").symlink_to(tmp_path / "secret.svg")
    return tmp_path


def test_pictures_come_from_the_pictures_folder_alone(folder: Path) -> None:
    assert picture_path(folder, "pictures/mouse.svg") == (folder / "pictures/mouse.svg").resolve()
    assert picture_path(folder, "pictures/sub/dock.png") is not None
    for elsewhere in (
        "pictures/../secret.svg", "pictures/out.svg", "pictures/notes.txt", "pictures/none.svg", "secret.svg",
        "pictures", "pictures/", "pictures/sub", "/etc/hostname", str(folder / "pictures/mouse.svg"),
        "https://evil.example/pictures/mouse.svg", "//evil.example/x.svg", "pictures\\mouse.svg", "pictures/a\0.svg",
        "",
    ):  # fmt: skip
        assert picture_path(folder, elsewhere) is None, elsewhere


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("see [the shop](http://evil.example/a) now", "see the shop now"),
        ("![secret](http://evil.example/?d=1) quiet", "quiet"),
        ("a [![x](http://a.b/c)](http://d.e/f) b", "a b"),
        ("[ref][1] kept\n[1]: http://evil.example", "ref kept"),
        ("go to https://evil.example/x now", "go to now"),
        ("www.evil.example is down", "is down"),
        ("<b>bold</b> <img src=http://evil.example/x>text", "bold text"),
        ("<<b>img src=x onerror=alert(1)>y", "y"),
        ("\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07", "red link"),
        ("3 < 4 and 5 > 2, 2.4 GHz [sic]", "3 < 4 and 5 > 2, 2.4 GHz [sic]"),
        ("plain", "plain"),
    ],
)
def test_links_images_and_tags_leave_a_models_text(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text())
def test_plain_leaves_nothing_more_to_strip(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_clean_drops_control_and_hidden_characters_and_keeps_letters() -> None:
    assert clean("a\x00b\x07c\x1b[2Jd\x9b31me\u202ef\u200bg\U000e0041h") == "abcdefgh"
    kept = "Ünï 漢字 한국 عربي \N{FAMILY}\u200d\N{WOMAN}\n\ttab"
    assert clean(kept) == kept
    assert clean("\ud800x") == "x"


def test_clean_is_quick_on_a_hostile_text() -> None:
    assert clean("\x9d" * 20_000) == ""
    assert "x" in clean("\x1b]x" * 20_000)


def test_money() -> None:
    assert money(Decimal("1299"), "USD") == "$1,299.00"
    assert money(Decimal("80"), "USD", short=True) == "$80"
    assert money(Decimal("79.5"), "EUR", short=True) == "€79.50"
    assert money(Decimal("1500"), "JPY") == "¥1,500"
    assert money(Decimal("12.5"), "CHF") == "CHF 12.50"
    assert money(Decimal("12.5"), "") == "12.50"


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        (Constraints(), ""),
        (
            Constraints(price_max=Decimal(80), not_brands=("Logitech",), in_stock=True),
            "price up to $80 · not Logitech · in stock",
        ),
        (Constraints(price_min=Decimal(20), price_max=Decimal("49.99")), "price from $20 · price up to $49.99"),
        (Constraints(price_min=Decimal(20)), "price from $20"),
        (Constraints(brands=("Larken", "Ostra"), categories=("Mice",)), "Larken or Ostra · Mice"),
        (Constraints(not_categories=("Cables",)), "not Cables"),
        (Constraints(attributes={"screen_size": Span(13, 15)}), "screen size 13 to 15"),
        (
            Constraints(attributes={"memory": Span(16, None), "weight": Span(None, 1.5)}),
            "memory at least 16 · weight at most 1.5",
        ),
        (Constraints(attributes={"ports": Span(4, 4)}), "ports 4"),
        (Constraints(attributes={"color": ("black", "grey")}), "color black or grey"),
        (Constraints(not_attributes={"color": ("red",)}), "not color red"),
        (Constraints(exclude_ids=("a",)), "one left out"),
        (Constraints(exclude_ids=("a", "b")), "2 left out"),
    ],
)  # fmt: skip
def test_constraints_in_words(constraints: Constraints, words: str) -> None:
    assert constraints_text(constraints, "USD") == words


def test_every_constraint_is_put_in_words_and_can_be_missed() -> None:
    whole = Constraints(
        price_min=Decimal(1), price_max=Decimal(2), brands=("a",), not_brands=("b",), categories=("c",),
        not_categories=("d",), attributes={"e": ("f",)}, not_attributes={"g": ("h",)}, in_stock=True,
        exclude_ids=("i",),
    )  # fmt: skip
    assert len(constraints_text(whole, "USD").split(" · ")) == 10
    other = Product("i", "x", price=Decimal(3))
    for key in whole.misses(other):
        assert missed_text([key]), key


def test_what_was_understood_names_anchor_kinds_wishes_and_constraints() -> None:
    request = Request(
        act="goes_with",
        kinds=("Mice",),
        anchor_ids=("n1",),
        preferences=("quiet",),
        around=Decimal(40),
        order="cheapest",
        constraints=Constraints(in_stock=True),
    )
    products = {"n1": Product("n1", "Fjord 14")}
    words = "goes with Fjord 14 · Mice · quiet · around $40 · cheapest first · in stock"
    assert understood_text(request, products, "USD") == words
    assert understood_text(Request(act="thanks"), products, "USD") == ""
    named = Request(act="goes_with", anchor_text="my old dock")
    assert understood_text(named, products, "USD") == "goes with my old dock"


@pytest.mark.parametrize("url", ["https://shop.example/p/1", "http://shop.example/?a=1&b=2"])
def test_a_web_address_is_kept(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//evil.example", "http://", "ftp://a.b/c",
     "https://a.b\\@evil.example", " https://a.b", "http://[::1", "mailto:a@b.c", "/etc/passwd", ""],
)  # fmt: skip
def test_no_other_address_is_one(url: str) -> None:
    assert web_address(url) == ""


def test_a_product_of_which_nothing_is_stated_has_words_too() -> None:
    assert stock_text(Product("p", "Thing")) == "Stock not stated"
    assert rating_text(Product("p", "Thing")) == ""
    assert rating_text(Product("p", "Thing", reviews=("Good.", "Bad."))) == "written reviews: 2"
    assert (
        rating_text(Product("p", "Thing", rating=4.25, rating_count=9, reviews=("x",))) == "4.2 (9), written reviews: 1"
    )
    assert {stock_text(Product("p", "x", availability=name)) for name in AVAILABILITIES} == set(STOCK.values())


def test_a_price_that_is_near_is_told_once() -> None:
    asked = Request(query="mouse", preferences=("around 50",), around=Decimal("50"))
    assert understood_text(asked, {}, "USD") == "around $50"
