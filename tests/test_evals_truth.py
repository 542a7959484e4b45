"""What a program finds untrue in a reply: each check passes what the store bears out and tells what it does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.compare import compare
from assistant.dialogue import CartLine, Comparison, ComparisonRow, Recommendation, Reply, Request, Session
from evals.facts import Turn
from evals.store_words import StoreWords, amounts
from evals.truth import untrue
from index.catalog import Constraints, Variant
from index.documents import Passage
from index.folder import Shop
from index.promotions import Coverage, Offer, Promotion, offers_for

DAY = date(2026, 11, 24)
RETURNS = Passage(
    document="Returns",
    kind="policy",
    headings=("Change of mind",),
    text="You may send a thing back within 30 days. Parcels below $25 cost $4.90 to return.",
    file="returns.md",
    anchor="change-of-mind",
)
MICE_WEEK = Promotion(
    promotion_id="mice",
    title="Mouse week",
    percent=Decimal(10),
    ends=date(2026, 11, 30),
    covered=Coverage(categories=("Mice",)),
)
CODED = Promotion(
    promotion_id="dock",
    title="Dock days",
    percent=Decimal(20),
    code="DOCK20",
    covered=Coverage(product_ids=frozenset({"d1"})),
)


def answered(shop: Shop, text: str, request: Request | None = None, ids: Sequence[str] = (), **more: Any) -> Reply:
    """A reply that shows these products in their order; an unknown one is only in the ranking."""
    shown = tuple(Recommendation(shop.products[one]) for one in ids if one in shop.products)
    return Reply(text, request or Request(), Session(), shown, tuple(ids), **more)


@pytest.fixture
def store(shop: Shop) -> StoreWords:
    return StoreWords(shop.products, (RETURNS,), (MICE_WEEK, CODED), "USD", DAY)


def told(store: StoreWords, reply: Reply, message: str = "a mouse", before: Session | None = None) -> tuple[str, ...]:
    return untrue(Turn(message, before or Session(), reply), store)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$1,299.00 and 12,50 € or CHF 40", ("1299.00", "12.50", "40")),
        ("under 50 dollars.", ("50",)),
        ("1.299,00 €", ("1299.00",)),
        ("USB 3 with 15.6 in", ()),
        ("2 × Pebble, $49.80.", ("49.80",)),
    ],
)
def test_amounts_are_read(text: str, found: tuple[str, ...]) -> None:
    assert amounts(text, "USD") == tuple(map(Decimal, found))


def test_a_store_without_a_currency_writes_bare_amounts() -> None:
    text = "Watch 3.53 cm (50.95 over your limit), rated 4.25 of 5, 1.20 kg, USB 2.0; together 1,028.95."
    assert amounts(text, "") == (Decimal("50.95"), Decimal("1028.95"))
    assert amounts(text, "USD") == ()


@pytest.mark.parametrize(
    "text",
    [
        "2 products that fit:",
        "The Pebble quiet wireless mouse is black.",
        "Compared with the Corvid Slate 14 notebook it is small.",
        "I know nothing by Zenvar Ultra here.",  # the shopper's own words
        "I am an AI that looks through this shop.",
        "From “Returns”, Change of mind: it is said.",
        "Mouse week until 30 November, 10 % off.",
    ],
)
def test_names_of_the_store_and_of_the_shopper_are_true(text: str, shop: Shop, store: StoreWords) -> None:
    found = told(store, answered(shop, text, ids=("m1",)), "have you got a zenvar ultra?")
    assert not [one for one in found if one.startswith("name")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Pebble Thunder 9 mouse is black.", "Pebble Thunder 9"),
        ("2 products like the Zenvar:", "Zenvar"),
        ("Corvid Slate 15 is the lightest.", "Corvid Slate 15"),
        ("It goes with the Veda FS.", "Veda FS"),  # a part of a name of something that was not shown
        ("It goes with the LaserJet P9999.", "LaserJet P9999"),
    ],
)
def test_names_that_nobody_sells_are_told(text: str, name: str, shop: Shop, store: StoreWords) -> None:
    found = told(store, answered(shop, text, ids=("m1",)))
    assert any(one.startswith("name: ") and one.endswith(name) for one in found)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("The Pebble quiet wireless mouse costs $24.90.", True),
        ("The Pebble quiet wireless mouse costs $59.00.", False),  # that is the trackball's
        ("They cost $24.90 and $59.00.", True),
        ("They cost $24.90 and $61.00.", False),
        ("A set of 2, $83.90 in all:", True),
        ("A set of 2, $83.00 in all:", False),
        ("The Juniper trackball mouse was $79.00.", True),
        ("The Juniper trackball mouse is $22.41 with the offer.", False),
        ("The Pebble quiet wireless mouse is $22.41 with the offer.", True),
        ("The Juniper trackball mouse ($19.00 over your limit).", True),
        ("The Juniper trackball mouse ($15.00 over your limit).", False),
        ("You said $40.", True),
        ("You said $400.", False),
        ("The Juniper trackball mouse costs $34.10 more.", True),
        ("Parcels below $25 cost something.", True),
        ('Ask for instance: "a quiet mouse under $35".', True),
        ('The 15" one is $35, the 17" one is dearer.', False),
    ],
)
def test_an_amount_is_a_price_a_total_a_difference_or_was_said(
    text: str, true: bool, shop: Shop, store: StoreWords
) -> None:
    request = Request(constraints=Constraints(price_max=Decimal(40)))
    found = told(store, answered(shop, text, request, ("m1", "m4")), "a mouse under 40")
    assert (not [one for one in found if one.startswith("amount")]) is true


def test_a_limit_that_nobody_named_is_told(shop: Shop, store: StoreWords) -> None:
    request = Request(constraints=Constraints(price_max=Decimal(45)))
    assert told(store, answered(shop, "Nothing within $45.", request), "a mouse under 40")
    under = Request(constraints=Constraints(price_max=Decimal("58.99")))
    before = Session(history=("m4",))
    assert not told(store, answered(shop, "Nothing within $58.99.", under), "cheaper than mine", before)


def test_the_cart_is_added_up(shop: Shop, store: StoreWords) -> None:
    def reply(text: str) -> Reply:
        cart = Session(cart=(CartLine("m1", 2), CartLine("d1", 1)))
        return replace(answered(shop, text, Request(act="cart", anchor_ids=("m1",))), session=cart)

    lines = "In your cart: 2 × Pebble quiet wireless mouse, $44.82; 1 × Tern docking station 90 W, $189.00."
    assert not told(store, reply(f"{lines} Together $233.82, $4.98 saved by offers."))
    assert told(store, reply(f"{lines} Together $230.00."))
    assert told(store, reply(lines.replace("$44.82", "$44.00")))


def test_a_warranty_that_the_record_states_is_no_policy(shop: Shop) -> None:
    own = replace(shop.products["m1"], attributes={"warranty": ("2 years",), "color": ("black",)})
    words = StoreWords({**shop.products, "m1": own}, (), (), "USD", DAY)
    reply = answered(shop, "One product that fits:", ids=("m1",))
    right = replace(reply.recommendations[0], rationale="Color black, warranty 2 years.")
    assert not told(words, replace(reply, recommendations=(right,)))
    noted = replace(right, rationale="For whom the longest warranty (2 years) counts most.")
    assert not told(words, replace(reply, recommendations=(noted,)))
    noted = replace(right, rationale="For whom the longest warranty (9 years) counts most.")
    assert told(words, replace(reply, recommendations=(noted,)))
    wrong = replace(right, rationale="Color black, warranty 5 years.")
    assert told(words, replace(reply, recommendations=(wrong,))) == ("policy: warranty 5 years.",)


def test_a_rationale_speaks_of_its_own_product(shop: Shop, store: StoreWords) -> None:
    own = answered(shop, "2 products that fit:", ids=("m1", "m4"))
    first, second = own.recommendations
    right = (replace(first, rationale="The cheapest, at $24.90."), second)
    wrong = (first, replace(second, rationale="The cheapest, at $24.90."))
    assert not told(store, replace(own, recommendations=right))
    assert told(store, replace(own, recommendations=wrong))


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("From “Returns”, Change of mind: “You may send a thing back within 30 days.”", True),
        ("From “Returns”, Change of mind: “You may send a thing back within 60 days.”", False),
        ("From “Lending”, Change of mind: “You may send a thing back within 30 days.”", False),
        ("From “Returns”, Damage: “You may send a thing back within 30 days.”", False),
        ("I do not know. What comes nearest: From “Returns”, Change of mind: “Parcels below $25 cost $4.90”", True),
        ("I do not know: the store's documents do not say.", True),
        ("You may send a thing back within 30 days.", True),
        ("We ship to Norway for free.", False),
        ("Mouse week: 10 % off until 30 November.", False),
    ],
)
def test_a_policy_is_in_the_documents_word_for_word(text: str, true: bool, shop: Shop, store: StoreWords) -> None:
    found = told(store, answered(shop, text, Request(act="shop_question")), "can I return it?")
    assert (not [one for one in found if one.startswith("policy")]) is true


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("“Mouse week”: 10 % off until 30 November, on Mice.", True),
        ("“Mouse week”: 15 % off until 30 November, on Mice.", False),
        ("“Mouse week”: 10 % off until 3 December, on Mice.", False),
        ("“Mouse week”: 10 % off until 30 November, on Mice and Toner.", False),
        ("“Mouse week”: 10 % off until 30 November, on everything.", False),
        ("“Dock days”: 20 % off with code DOCK20, on the Tern docking station 90 W.", True),
        ("“Mouse week”: 10 % off until 30 November, on Mice. And 1 more promotion running.", True),
        ("“Mouse week”: 10 % off until 30 November, on Mice. And 2 more promotions running.", False),
        ("The Pebble quiet wireless mouse: 10 % off until 30 November: $22.41.", True),
        ("The Pebble quiet wireless mouse: 10 % off until 30 November: $20.41.", False),
        ("The Tern mini dock: 10 % off until 30 November.", False),
        ("No promotion covers the Tern mini dock today.", True),
        ("No promotion covers the Pebble quiet wireless mouse today.", False),
        ("No promotion on toner runs today.", True),
        ("No promotion on mice runs today.", False),
        ("No promotion runs today.", False),
    ],
)
def test_what_is_said_of_promotions_is_read_off_them(text: str, true: bool, shop: Shop, store: StoreWords) -> None:
    asked = Request(act="shop_question", anchor_ids=("m1", "d2"))
    assert (not told(store, answered(shop, text, asked), "any deals?")) is true


def test_a_reply_in_another_language_quotes_the_documents(shop: Shop, store: StoreWords) -> None:
    asked = Request(act="shop_question", language="es")
    right = "De «Returns», Change of mind: «You may send a thing back within 30 days.»"
    assert not told(store, answered(shop, right, asked), "¿puedo devolverlo?")
    assert told(store, answered(shop, right.replace("30", "60"), asked), "¿puedo devolverlo?")
    assert told(store, answered(shop, "Puede devolverlo en 60 días.", asked), "¿puedo devolverlo?")
    assert not told(store, answered(shop, "No lo sé: los documentos no lo dicen.", asked), "¿puedo devolverlo?")


def test_a_policy_that_slips_into_another_answer_is_told(shop: Shop, store: StoreWords) -> None:
    assert told(store, answered(shop, "One product that fits: free shipping within two days.", ids=("m1",)))
    assert not told(store, answered(shop, "One product that fits:", ids=("m1",)))
    assert not told(store, answered(shop, "I read “discont” as “discount”. One product that fits:", ids=("m1",)))
    asked = Request(act="question", anchor_ids=("m1",))
    assert not told(store, answered(shop, "The description says: “Clicks that nobody hears.”", asked))
    assert told(store, answered(shop, "The description says: “Clicks that all hear.”", asked))
    assert not told(store, answered(shop, "Say “use my history again” to bring it back.", Request(act="memory")))


def test_passages_and_offers_are_the_stores_own(shop: Shop, store: StoreWords) -> None:
    assert not told(store, answered(shop, "", passages=(RETURNS,)))
    assert told(store, answered(shop, "", passages=(replace(RETURNS, text="Never."),)))
    mouse = shop.products["m1"]
    own = offers_for(mouse, store.promotions, DAY, "USD")
    assert own
    shown = answered(shop, "", ids=("m1",)).recommendations[0]
    assert not told(store, replace(answered(shop, ""), recommendations=(replace(shown, offers=own),)))
    other = (Offer(CODED, Decimal(20), "20 % off with code DOCK20: $20.00"),)
    assert told(store, replace(answered(shop, ""), recommendations=(replace(shown, offers=other),)))


def test_the_cells_of_a_comparison_are_the_records(shop: Shop, store: StoreWords) -> None:
    table = compare(("m1", "m4"), shop)
    assert table is not None
    request = Request(act="compare", anchor_ids=("m1", "m4"))
    assert told(store, answered(shop, "", request, comparison=table)) == ()
    wrong = Comparison(table.product_ids, (ComparisonRow("color", ("red", "grey")),), table.notes)
    assert told(store, answered(shop, "", request, comparison=wrong)) == ("cell: color 'red' of m1",)
    swapped = ComparisonRow("price", ("$59.00", "$24.90"))
    assert len(told(store, answered(shop, "", request, comparison=replace(table, rows=(swapped,))))) == 2


def test_quick_replies_are_read_as_well(shop: Shop, store: StoreWords) -> None:
    assert not told(store, answered(shop, "", quick=("Compare the first two", "Not Pebble", "Any discounts?")))
    assert told(store, answered(shop, "", quick=("Not Zenvar",)))


# --- what buyers wrote, and variants


def test_what_a_buyer_is_said_to_write_stands_in_a_review(shop: Shop) -> None:
    reviewed = replace(shop.products["m1"], reviews=("Wonderfully quiet, even at night. Shipped from Oslo.",))
    store = StoreWords({**shop.products, "m1": reviewed}, (RETURNS,), (), "USD", DAY)

    def rationale(text: str) -> tuple[str, ...]:
        reply = Reply("One fits.", Request(), Session(), (Recommendation(reviewed, rationale=text),), ("m1",))
        return told(store, reply)

    assert rationale("Weight 85 g. One buyer writes: “Wonderfully quiet, even at night.”") == ()
    assert rationale("Weight 85 g. Against it, one buyer writes: “Shipped from Oslo.”") == ()
    assert rationale("Weight 85 g. One buyer writes: “Wonderfully quiet, even by day.”") != ()
    table = compare(("m1", "d1"), cast(Shop, SimpleNamespace(products=store.products, currency="USD")))
    assert table is not None
    assert {row.label: row.values[0] for row in table.rows}["rating"] == "4.8 (900), written reviews: 1"
    assert told(store, answered(shop, "", Request(act="compare"), comparison=table)) == ()
    fewer = replace(reviewed, reviews=(), rating=None)
    wrong = StoreWords({**store.products, "m1": fewer}, (RETURNS,), (), "USD", DAY)
    assert any("rating" in one for one in told(wrong, answered(shop, "", Request(act="compare"), comparison=table)))


def test_the_cells_of_a_variant_are_its_own(shop: Shop) -> None:
    variants = (
        Variant("r", price=Decimal(20), options={"color": "Red", "size": "M"}),
        Variant("b", price=Decimal(22), availability="out_of_stock", options={"color": "Blue", "size": "L"}),
    )
    product = replace(shop.products["m1"], variants=variants)
    store = StoreWords({**shop.products, "m1": product}, (RETURNS,), (), "USD", DAY)

    def cell(label: str, value: str) -> tuple[str, ...]:
        table = Comparison(("m1", "d1"), (ComparisonRow(label, (value, "–")),), ("", ""))
        found = told(store, answered(shop, "", Request(act="compare"), comparison=table))
        return tuple(one for one in found if "of m1" in one)

    assert [cell("price", "$22.00"), cell("variant", "size L, blue"), cell("color", "Blue")] == [(), (), ()]
    assert all([cell("price", "$23.00"), cell("variant", "size XL, blue"), cell("color", "green")])
