"""What a message points at: by place, price, name, maker, kind and pronoun; several are named, never guessed."""

from dataclasses import replace

import pytest

from assistant.dialogue import Request, Session, Turn
from assistant.pointing import Pointing, asked_of_shown, asks_of_shown, point
from assistant.vocabulary import Vocabulary
from index.folder import Shop

MICE = ("m1", "m2", "m3", "m4")
"""Pebble black 24.90, Pebble red without a price, Corvid black 12.00, Juniper grey 59.00."""


@pytest.fixture(scope="module")
def words(shop: Shop) -> Vocabulary:
    return Vocabulary(shop.rows)


def _session(*shown: tuple[str, ...], spoken: tuple[str, ...] = ()) -> Session:
    turns = [Turn("", Request(), "", ids) for ids in shown]
    if spoken:
        turns.append(Turn("", Request(act="question", anchor_ids=spoken), ""))
    return Session(turns=tuple(turns))


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("the second one", ("m2",)), ("how heavy is the 3rd?", ("m3",)), ("number 4 please", ("m4",)),
        ("the last one", ("m4",)),
        ("compare the first two", ("m1", "m2")), ("compare the last three", ("m2", "m3", "m4")),
        ("compare 1 and 3", ("m1", "m3")), ("the first vs the fourth", ("m1", "m4")), ("#2", ("m2",)),
        ("is the cheaper one any good?", ("m3",)), ("I'll take the cheapest", ("m3",)),
        ("the most expensive one", ("m4",)), ("the best rated one", ("m1",)),
        ("compare the travel one with the trackball", ("m2", "m4")), ("the red one", ("m2",)), ("that Juniper",
        ("m4",)),
        ("all of them", MICE), ("do any of them have Bluetooth?", MICE), ("that grey mouse", ("m4",)),
    ],
)  # fmt: skip
def test_what_is_meant_is_found(shop: Shop, words: Vocabulary, message: str, ids: tuple[str, ...]) -> None:
    found = point(message, _session(MICE), shop, words)
    assert (found.ids, found.options, found.beyond) == (ids, (), None)


@pytest.mark.parametrize(
    ("message", "options"),
    [("the black one", ("m1", "m3")), ("that Pebble", ("m1", "m2")), ("how heavy is it?", MICE),
     ("is this one loud?", MICE)],
)  # fmt: skip
def test_of_several_none_is_guessed(shop: Shop, words: Vocabulary, message: str, options: tuple[str, ...]) -> None:
    found = point(message, _session(MICE), shop, words)
    assert (found.ids, found.options) == ((), options)


@pytest.mark.parametrize("message", ["the fifth one", "number 7", "compare the first and the fifth"])
def test_a_place_that_was_never_shown_is_told(shop: Shop, words: Vocabulary, message: str) -> None:
    found = point(message, _session(MICE), shop, words)
    assert found.ids == ()
    assert found.beyond in (5, 7)


def test_a_maker_of_which_nothing_was_shown_is_named(shop: Shop, words: Vocabulary) -> None:
    assert point("how heavy is that Halden?", _session(MICE), shop, words) == Pointing(maker="Halden")


@pytest.mark.parametrize(
    "message", ["a laptop that is fast", "anything under 50", "show me more", "the first time I buy one"]
)
def test_what_points_at_nothing(shop: Shop, words: Vocabulary, message: str) -> None:
    assert point(message, _session(MICE), shop, words) == Pointing()


def test_before_anything_was_shown_nothing_is_meant(shop: Shop, words: Vocabulary) -> None:
    assert point("the second one", Session(), shop, words) == Pointing()


def test_it_is_what_was_spoken_of_last(shop: Shop, words: Vocabulary) -> None:
    assert point("is it wireless?", _session(MICE, spoken=("m4",)), shop, words).ids == ("m4",)
    fresh = replace(
        _session(MICE, spoken=("m4",)), turns=(*_session(MICE, spoken=("m4",)).turns, Turn("", Request(), "", MICE))
    )
    assert point("is it wireless?", fresh, shop, words).options == MICE


def test_it_is_the_only_one_shown(shop: Shop, words: Vocabulary) -> None:
    assert point("is it wireless?", _session(("m4",)), shop, words).ids == ("m4",)


def test_among_what_is_given_nothing_else_is_meant(shop: Shop, words: Vocabulary) -> None:
    session = _session(MICE, spoken=("m1", "m2"))
    assert point("one of them", session, shop, words, among=("m3",)).ids == ("m3",)
    assert point("take it out", session, shop, words, among=("m3", "m4")).options == ("m3", "m4")


@pytest.mark.parametrize(
    ("message", "ids"),
    [("put the first notebook in my cart", ("n1",)), ("that second notebook", ("n2",)), ("the first one", ("m1",)),
     ("does the second work with the notebook?", ("m2",)), ("the second mouse", ("m2",))],
)  # fmt: skip
def test_a_kind_shown_before_is_pointed_at_by_its_name(
    shop: Shop, words: Vocabulary, message: str, ids: tuple[str, ...]
) -> None:
    assert point(message, _session(("n1", "n2"), MICE), shop, words).ids == ids


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("compare the first two", "compare"), ("what's the difference between the two?", "compare"),
        ("tell me more about the second one", "question"), ("does it have Bluetooth?", "question"),
        ("give me the specs of the first", "question"), ("is it cheaper?", ""), ("which one is better?", ""),
        ("a mouse with Bluetooth", ""), ("something like the first", ""),
    ],
)  # fmt: skip
def test_what_is_plainly_asked_of_the_products_shown(message: str, act: str) -> None:
    assert asked_of_shown(message) == act


@pytest.mark.parametrize(
    ("message", "asks"),
    [("do any of them have Bluetooth?", True), ("which of these is wireless?", True), ("which of these is better?",
     False),
     ("do you have any of those in red?", False)],
)  # fmt: skip
def test_questions_about_all_that_was_shown(message: str, asks: bool) -> None:
    assert asks_of_shown(message) is asks
