"""What a part is for: the thing is found by the part named, owned or shown; other questions stay as they were."""

import re
from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.dialogue import Reply
from assistant.phrases import REVERSE
from assistant.retrieve import Retriever
from index.folder import Shop
from index.kinds import kind_key_of

TONER, CHARGER, CONTROLLER, SLEEVE = "toner-001", "laptop-charger-002", "controller-001", "laptop-sleeve-001"


@pytest.fixture(scope="module")
def assistant(demo_shop: Shop) -> Iterator[Assistant]:
    yield Assistant(demo_shop, None)


def _name(shop: Shop, product_id: str) -> str:
    return shop.products[product_id].title.split(",")[0]


def _is_answered(shop: Shop, reply: Reply, part: str, kind: str) -> None:
    """The products shown are of the kind, and each is declared to work with the part."""
    declared = {other for other, _ in shop.companions.declared[part]}
    shown = [one.product for one in reply.recommendations]
    assert reply.request.act == "goes_with"
    assert reply.request.anchor_ids == (part,)
    assert shown
    assert {kind_key_of(product) for product in shown} == {kind}
    assert {product.product_id for product in shown} <= declared


@pytest.mark.parametrize(
    ("question", "part", "kind"),
    [
        ("which printer takes the {}?", TONER, "printer"),
        ("what printer does the {} fit?", TONER, "printer"),
        ("what can I use the {} in?", TONER, "printer"),
        ("which printers can I use the {} in?", TONER, "printer"),
        ("what is the {} for?", TONER, "printer"),
        ("which printers work with the {}?", TONER, "printer"),
        ("which laptops does the {} charge?", CHARGER, "notebook"),
        ("what console is the {} made for?", CONTROLLER, "game console"),
        ("which console uses the {}?", CONTROLLER, "game console"),
        ("which laptop does the {} fit?", SLEEVE, "notebook"),
    ],
)
def test_the_part_named_in_the_text(assistant: Assistant, question: str, part: str, kind: str) -> None:
    message = question.format(_name(assistant.shop, part))
    reply = assistant.reply(assistant.session(), message)
    # Two sleeves of one maker may have one name but for their size: what fits the one that was found counts.
    [found] = reply.request.anchor_ids
    assert _name(assistant.shop, found) == _name(assistant.shop, part)
    _is_answered(assistant.shop, reply, found, kind)


@pytest.mark.parametrize(
    ("question", "part", "kind"),
    [
        ("which printer takes this cartridge?", TONER, "printer"),
        ("which printers does this fit?", TONER, "printer"),
        ("what can I use this toner in?", TONER, "printer"),
        ("what is my toner for?", TONER, "printer"),
        ("what does this work with?", TONER, "printer"),
        ("which laptop can I charge with this charger?", CHARGER, "notebook"),
        ("which notebooks support this charger?", CHARGER, "notebook"),
        ("what console is this controller for?", CONTROLLER, "game console"),
    ],
)
def test_the_part_that_is_owned(assistant: Assistant, question: str, part: str, kind: str) -> None:
    _is_answered(assistant.shop, assistant.reply(assistant.session(history=[part]), question), part, kind)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("which printer takes the second one?", 1),
        ("which printer does the first one fit?", 0),
        ("what is the second one for?", 1),
    ],
)
def test_the_part_that_was_shown(assistant: Assistant, question: str, place: int) -> None:
    before = assistant.reply(assistant.session(), "a black toner cartridge")
    part = before.recommendations[place].product.product_id
    assert kind_key_of(assistant.shop.products[part]).startswith("toner")
    _is_answered(assistant.shop, assistant.reply(before.session, question), part, "printer")


@pytest.mark.parametrize("question", ["what printer is it for?", "what can I use it in?"])
def test_of_several_parts_shown_it_is_asked_which(assistant: Assistant, question: str) -> None:
    before = assistant.reply(assistant.session(), "a black toner cartridge")
    asked = assistant.reply(before.session, question)
    assert asked.request.act == "clarify"
    part = asked.request.options[0]
    _is_answered(assistant.shop, assistant.reply(asked.session, "the first one"), part, "printer")


def test_a_price_limit_holds_the_other_way_round_too(assistant: Assistant) -> None:
    reply = assistant.reply(assistant.session(history=[TONER]), "which printer under $300 takes this cartridge?")
    assert reply.request.act == "goes_with"
    assert reply.request.anchor_ids == (TONER,)
    for one in reply.recommendations:
        assert one.product.price is not None
        assert one.product.price <= 300


@pytest.mark.parametrize(
    "question",
    [
        "what is the best laptop for gaming?",
        "which phone takes the best photos?",
        "what do I need to print photos?",
        "which laptop has the longest battery life?",
        "what is the cheapest printer you have?",
        "which printer uses little ink?",
        "any laptop that supports two screens",
    ],
)
def test_other_questions_are_not_turned_round(assistant: Assistant, question: str) -> None:
    reply = assistant.reply(assistant.session(), question)
    assert reply.request.act == "find"
    assert reply.request.anchor_ids == ()


def test_long_messages_are_read_in_time() -> None:
    # No repetition in the pattern is nested in another: a hostile message costs no more than its length squared.
    assert not re.search(REVERSE, "which " * 400 + "printer")
    assert not re.search(REVERSE, "what is the " + "very " * 400 + "printer")


def test_what_is_made_for_something_owned_is_told_from_what_is_made_for_others(demo_shop: Shop) -> None:
    owned = next(
        one for one in demo_shop.rows if one.kind == "Smartphones" and demo_shop.companions.declared.get(one.product_id)
    )
    cases = [row for row, one in enumerate(demo_shop.rows) if one.kind == "Phone Cases"]
    finder = Retriever(demo_shop).companion_finder
    found = finder.fits_owned([owned.product_id, "gone"], cases)
    declared = {other for other, _ in demo_shop.companions.declared[owned.product_id]}
    for row, value in zip(cases, found.tolist(), strict=True):
        name = demo_shop.rows[row].product_id
        carried = demo_shop.companions.declared.get(name, ())
        # What it is made for may be a phone that this shop does not carry.
        assert value == (1 if name in declared else 0 if carried else 0.5)
    assert {0.0, 1.0} <= set(found.tolist())
    assert finder.fits_owned([owned.product_id], [demo_shop.row_of[TONER]]).tolist() == [0.5]
    assert set(finder.fits_owned([], cases).tolist()) == {0.5}
