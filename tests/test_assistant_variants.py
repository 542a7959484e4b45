"""A product with variants: the one shown or spoken of is the one whose price, stock and place in the cart are meant."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from variant_shop import build_variant_shop

from assistant import Assistant
from assistant.cart import add, cart_of
from assistant.compare import compare
from assistant.dialogue import CartLine, Reply, Request, Session, Turn
from assistant.said import said
from assistant.stored import session_from_json, session_to_json
from assistant.variants import (
    absent_option,
    candidates,
    chosen,
    dimensions_text,
    form_of,
    forms_of,
    named_options,
    nearest_form,
    options_text,
    variant_id_of,
)
from index.catalog import Constraints, Product, forms
from index.embed import HashEmbedder
from index.folder import Shop


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = build_variant_shop(tmp_path_factory.mktemp("variants"))
    opened = Assistant.load(folder, explain=False, rules_only=True, embedder=HashEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def shop(assistant: Assistant) -> Shop:
    return assistant.shop


@pytest.fixture
def jacket(shop: Shop) -> Product:
    return shop.products["jacket"]


class _Shopper:
    """Speaks with the assistant, and remembers what it said last."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.session = assistant.session()

    def says(self, message: str) -> Reply:
        reply = self._assistant.reply(self.session, message)
        self.session = reply.session
        return reply

    @property
    def cart(self) -> list[tuple[str, str, int]]:
        return [(one.product_id, one.variant_id, one.quantity) for one in self.session.cart]


@pytest.fixture
def shopper(assistant: Assistant) -> _Shopper:
    return _Shopper(assistant)


# --- what words mean


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("do you have it in blue?", {"color": "Blue"}),
        ("the RED one in M please", {"color": "Red", "size": "M"}),
        ("is it there in size l?", {"size": "L"}),
        ("a medium, blue", {"size": "M", "color": "Blue"}),
        ("is it the small one?", {"size": "S"}),
        ("it's nice and I'm sure", {}),
        ("do they ship it?", {}),
        ("in green", {}),
    ],
)
def test_options_are_named_by_their_values(text: str, named: dict[str, str], jacket: Product) -> None:
    assert named_options(text, jacket) == named


def test_numbers_are_sizes_only_where_they_can_be(shop: Shop) -> None:
    shoe, parka = shop.products["shoe"], shop.products["parka"]
    assert named_options("do you have it in 42?", shoe) == {"size": "42"}
    assert named_options("under $42", shoe) == {}
    assert named_options("42 people liked it", shoe) == {}
    assert named_options("in blue", parka) == {"color": "Navy Blue"}


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("do you have it in green?", "green"),
        ("is it available in size XXL?", "XXL"),
        ("in blue?", ""),
        ("is it made in china?", ""),
        ("is it in stock?", ""),
    ],
)
def test_a_color_or_size_that_no_variant_has(text: str, absent: str, jacket: Product) -> None:
    assert absent_option(text, jacket) == absent


def test_options_are_said_with_the_color_last(jacket: Product) -> None:
    assert options_text({"color": "Blue", "size": "M"}) == "size M, blue"
    assert dimensions_text(jacket) == "color Blue, Red; size S, M, L"


def test_every_variant_has_its_form_and_none_is_the_product_itself(shop: Shop) -> None:
    for product in shop.rows:
        assert [one.product for one in forms_of(product)] == [*forms(product)] * bool(product.variants)
        assert all(variant_id_of(product, one.product) == one.variant.variant_id for one in forms_of(product))
        assert form_of(product, "gone") is product
        assert variant_id_of(product, product) == ""


def test_the_nearest_form_misses_least(jacket: Product) -> None:
    wished = Constraints(attributes={"color": ("Blue",), "size": ("M",)})
    assert nearest_form(jacket, wished).price == Decimal("95.00")
    assert nearest_form(jacket, Constraints(price_max=Decimal(80))).price == Decimal("79.00")


# --- what is meant


def _turn(message: str, act: str, **request: object) -> Turn:
    shown = ("jacket",) if act == "find" else ()
    about = () if act == "find" else ("jacket",)
    return Turn(message, Request(act=act, anchor_ids=about, **request), "", shown)  # type: ignore[arg-type]


def test_the_variant_shown_is_meant_until_another_is_spoken_of(jacket: Product) -> None:
    red = _turn("a red jacket", "find", constraints=Constraints(attributes={"color": ("Red",)}))
    shown = Session(turns=(red,))
    assert chosen(jacket, shown) == "j-rm"
    asked = Session(turns=(red, _turn("is it there in blue?", "question")))
    assert chosen(jacket, asked) == "j-bm"
    # Red is not to be had in S: who asks for S means another color.
    assert chosen(jacket, shown, "and in size S?") == "j-bs"
    again = Session(turns=(*asked.turns, _turn("jackets", "find")))
    assert chosen(jacket, again) == ""
    assert len(candidates(jacket, again)) == 4
    assert [one.variant.variant_id for one in candidates(jacket, again, "in red")] == ["j-rm", "j-rl"]


# --- a conversation


def test_price_and_stock_are_those_of_the_variant_shown(shopper: _Shopper) -> None:
    reply = shopper.says("a red jacket")
    assert [(one.product.product_id, one.product.price) for one in reply.recommendations] == [("jacket", Decimal(79))]
    assert shopper.says("how much is it?").text == "The Tidewater rain jacket in size M, red: $79.00, in stock."
    assert shopper.says("is it available in blue?").text == (
        "The Tidewater rain jacket in size M, blue: $95.00, out of stock."
    )


def test_another_color_is_asked_for(shopper: _Shopper) -> None:
    shopper.says("jackets")
    place = shopper.session.shown.index("jacket")
    first = ("first", "second", "third")[place]
    assert shopper.says(f"do you have the {first} one in blue?").text == (
        "The Tidewater rain jacket in blue comes in several variants. "
        "Size S, blue: $89.00, in stock; size M, blue: $95.00, out of stock."
    )
    assert shopper.says("do you have it in green?").text == (
        "The Tidewater rain jacket does not come in green, but in color Blue, Red; size S, M, L."
    )
    assert shopper.says("is it available in red, size S?").text.startswith(
        "There is no Tidewater rain jacket in size S, red. Size S, blue: $89.00, in stock;"
    )
    assert shopper.says("what colors does it come in?").text.startswith(
        "The Tidewater rain jacket comes in color Blue, Red; size S, M, L. Size S, blue: $89.00, in stock;"
    )


def test_the_cart_keeps_the_variant(shopper: _Shopper) -> None:
    shopper.says("a red jacket")
    reply = shopper.says("put it into my cart")
    assert reply.text.startswith("Tidewater rain jacket (size M, red) is in your cart.")
    assert shopper.cart == [("jacket", "j-rm", 1)]
    shopper.says("is it available in blue, size S?")
    reply = shopper.says("add it to my cart")
    assert "1 × Tidewater rain jacket (size S, blue), $89.00. Together $168.00." in reply.text
    shopper.says("make it 2")
    assert shopper.cart == [("jacket", "j-rm", 1), ("jacket", "j-bs", 2)]
    shopper.says("remove the red one from my cart")
    assert shopper.cart == [("jacket", "j-bs", 2)]


def test_a_variant_that_was_not_chosen_is_asked_for_and_takes_the_place_of_the_line(shopper: _Shopper) -> None:
    shopper.says("running shoes")
    reply = shopper.says("add it to my cart")
    assert reply.text.endswith("Of the Ardent trail shoe no variant is chosen yet (size 41, 42, 43): say which.")
    assert shopper.cart == [("shoe", "", 1)]
    reply = shopper.says("add it in size 43 to my cart")
    assert "no variant" not in reply.text
    assert [one[:2] for one in shopper.cart] == [("shoe", "s43")]


def test_what_is_compared_is_the_variant_shown(shopper: _Shopper, shop: Shop) -> None:
    shopper.says("a red jacket")
    table = compare(("jacket", "shell"), shop, shopper.session)
    assert table is not None
    cells = {row.label: row.values for row in table.rows}
    assert cells["variant"] == ("size M, red", "–")
    assert cells["color"] == ("Red", "Green")
    assert "variant" not in {row.label for row in compare(("jacket", "shell"), shop).rows}  # type: ignore[union-attr]


def test_what_buyers_wrote_stands_beside_a_variant(shopper: _Shopper) -> None:
    reply = shopper.says("a red waterproof jacket")
    assert reply.recommendations[0].rationale.endswith(
        "One buyer writes: “Kept me dry all day, excellent in the rain.”"
    )


# --- the cart


def test_lines_of_two_variants_are_added_up_apart(assistant: Assistant, shop: Shop) -> None:
    session = Session(turns=(_turn("jackets", "find"),))
    session = add(add(session, "jacket", 2, "j-bs"), "jacket", 1, "j-rm")
    cart = cart_of(session, shop, assistant.today)
    assert [(row.words, row.unit, row.total) for row in cart.rows] == [
        ("size S, blue", Decimal("89.00"), Decimal("178.00")),
        ("size M, red", Decimal("79.00"), Decimal("79.00")),
    ]
    assert cart.total == Decimal("257.00")
    assert session.quantity("jacket") == 3


def test_a_chosen_variant_takes_over_what_lay_there_without_one(shop: Shop) -> None:
    session = Session(turns=(_turn("jackets", "find"),))
    session = add(add(add(session, "jacket", 2), "jacket", 1, "j-bs"), "jacket", 4)
    assert session.cart == (CartLine("jacket", 3, "j-bs"), CartLine("jacket", 4))
    assert add(session, "jacket", 1, "j-bs").cart == (CartLine("jacket", 8, "j-bs"),)


def test_a_variant_that_is_gone_leaves_the_product(assistant: Assistant, shop: Shop) -> None:
    session = Session(turns=(_turn("jackets", "find"),), cart=(CartLine("jacket", 1, "gone"),))
    (row,) = cart_of(session, shop, assistant.today).rows
    assert (row.unit, row.words, bool(row.product.variants)) == (Decimal("79.00"), "", True)


def test_a_kept_cart_comes_back_with_its_variants_and_an_older_one_without(shop: Shop) -> None:
    session = Session(cart=(CartLine("jacket", 2, "j-bs"), CartLine("shell")))
    row = session_to_json(session)
    assert session_from_json(row, shop.products).cart == session.cart
    for line in row["cart"]:
        del line["variant_id"]
    assert session_from_json(row, shop.products).cart == (CartLine("jacket", 2), CartLine("shell"))


def test_one_product_is_no_comparison_but_may_be_asked_about(assistant: Assistant, shop: Shop) -> None:
    # A model reads "how much is it?" of a single product as a comparison.
    session = Session(turns=(_turn("a red jacket", "find", constraints=Constraints(attributes={"color": ("Red",)})),))
    asked = Request(act="compare", query="how much is it?", anchor_ids=("jacket",))
    assert said(asked, session, shop, assistant.today).text == (
        "The Tidewater rain jacket in size M, red: $79.00, in stock."
    )
    bare = Request(act="compare", query="compare the first", anchor_ids=("jacket",))
    assert said(bare, session, shop, assistant.today).text.startswith("Which ones shall I compare?")
