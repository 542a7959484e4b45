"""References in their sessions: resolved, asked about once, looked for when never shown."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from assistant import Assistant
from assistant.dialogue import CartLine, Request, Session
from assistant.said import ASK_WHICH
from index.folder import Shop


@pytest.fixture(scope="module")
def assistant(shop: Shop) -> Assistant:
    return Assistant(shop, None, today=lambda: date(2026, 11, 20))


class Trip:
    """A conversation with the whole assistant, by rules alone."""

    def __init__(self, assistant: Assistant, *history: str) -> None:
        self._assistant = assistant
        self.session = assistant.session(history=history)
        self.text = ""
        self.quick: tuple[str, ...] = ()

    def say(self, message: str) -> Request:
        reply = self._assistant.reply(self.session, message)
        self.session, self.text, self.quick = reply.session, reply.text, reply.quick
        return reply.request

    @property
    def cart(self) -> dict[str, int]:
        return {line.product_id: line.quantity for line in self.session.cart}


@pytest.fixture
def trip(assistant: Assistant) -> Callable[..., Trip]:
    return lambda *history: Trip(assistant, *history)


@pytest.fixture
def mice(trip: Callable[..., Trip]) -> Trip:
    found = trip()
    found.say("a mouse")
    assert set(found.session.shown) == {"m1", "m2", "m3", "m4"}
    return found


def test_what_is_not_clear_is_asked_with_the_choices(mice: Trip) -> None:
    request = mice.say("how heavy is it?")
    assert (request.act, request.options) == ("clarify", mice.session.shown)
    assert mice.text == ASK_WHICH
    assert "Juniper trackball mouse" in mice.quick


def test_the_answer_to_the_question_is_taken(mice: Trip) -> None:
    mice.say("put it in my cart")
    request = mice.say("the Juniper trackball mouse")
    assert (request.act, request.deed, mice.cart) == ("cart", "add", {"m4": 1})


def test_nothing_is_asked_twice_in_a_row(mice: Trip) -> None:
    acts = [mice.say("how heavy is it?").act for _ in range(6)]
    assert "clarify" in acts
    assert ("clarify", "clarify") not in pairwise(acts)


def test_after_a_question_of_ours_something_else_may_be_sought(mice: Trip) -> None:
    mice.say("how heavy is it?")
    assert mice.say("a printer").kinds == ("printer",)


def test_what_was_never_shown_is_looked_for_and_said(mice: Trip) -> None:
    request = mice.say("is that Halden wireless?")
    assert request.act == "find"
    assert request.constraints.brands == ("Halden",)
    assert "I have not shown anything by Halden yet" in mice.text


def test_a_place_that_was_never_shown_is_said(mice: Trip) -> None:
    assert mice.say("put the fifth one in my cart").anchor_ids == ()
    assert "I have shown 4, so there is no number 5." in mice.text
    assert mice.cart == {}


def test_before_anything_is_shown_the_cart_stays_empty(trip: Callable[..., Trip]) -> None:
    new = trip()
    for message in (
        "put it in my cart",
        "add the Corvid wired mouse to my cart",
        "I'll take the first one",
        "add everything to my cart",
    ):
        new.say(message)
        assert new.cart == {}


def test_pieces_are_added_set_and_taken_back(mice: Trip) -> None:
    mice.say("the Juniper trackball in my cart please")
    mice.say("put two of the first in my cart")
    first = mice.session.shown[0]
    assert mice.cart[first] >= 2
    mice.say("make it three")
    assert mice.cart[first] == 3
    mice.say("one more")
    assert mice.cart[first] == 4
    mice.say("I don't want it after all")
    assert first not in mice.cart


def test_one_of_several_pieces_is_taken_out(mice: Trip) -> None:
    mice.say("add 3 of the first to my cart")
    mice.say("take one of them out of my cart")
    assert list(mice.cart.values()) == [2]
    mice.say("remove it")
    assert mice.cart == {}


def test_a_removal_without_a_cart_is_about_the_search(mice: Trip) -> None:
    mice.say("put the first in my cart")
    held = mice.cart
    assert mice.say("remove the price limit").act == "find"
    assert mice.cart == held


def test_a_thing_of_an_earlier_search_is_put_into_the_cart(trip: Callable[..., Trip]) -> None:
    shopper = trip()
    shopper.say("a printer")
    printers = shopper.session.shown
    shopper.say("a mouse")
    shopper.say("put the second printer in my cart")
    assert shopper.cart == {printers[1]: 1}


def test_a_kind_of_which_several_were_shown_is_asked_about(mice: Trip) -> None:
    assert mice.say("put the mouse in my cart").act == "clarify"


def test_everything_shown_may_be_taken(mice: Trip) -> None:
    mice.say("add everything to my cart")
    assert mice.cart == dict.fromkeys(("m1", "m2", "m3", "m4"), 1)
    mice.say("empty my cart")
    assert mice.cart == {}


def test_what_is_not_wanted_is_not_shown_again(mice: Trip) -> None:
    first = mice.session.shown[0]
    mice.say("I don't like the first one")
    assert mice.session.memory.disliked == (first,)
    for message in ("show me others", "a mouse", "the cheapest mouse", "something like the second one", ""):
        mice.say(message)
        assert first not in mice.session.shown


def test_a_like_is_noted(mice: Trip) -> None:
    first = mice.session.shown[0]
    assert mice.say("I like the first one").deed == "like"
    assert mice.session.memory.liked == (first,)


def test_a_wish_is_no_like(mice: Trip) -> None:
    assert mice.say("I like the colour red").act == "find"
    assert mice.session.memory.liked == ()


def test_a_purchase_is_forgotten_by_its_kind(trip: Callable[..., Trip]) -> None:
    owner = trip("n1", "p1")
    owner.say("forget that I bought the printer")
    assert owner.session.remembered == ("n1",)
    assert "Halden LaserJet P4014 printer" in owner.text


def test_what_is_not_owned_is_no_purchase_to_forget(trip: Callable[..., Trip]) -> None:
    owner = trip("n1")
    assert owner.say("I lost my mouse").act != "memory"
    assert owner.session.remembered == ("n1",)
    owner.say("forget that I bought the printer")
    assert "nothing like that" in owner.text


def test_all_that_is_known_is_forgotten(trip: Callable[..., Trip]) -> None:
    owner = trip("n1", "m1")
    owner.say("a mouse")
    owner.say("I like the first one")
    owner.say("forget everything you know about me")
    assert not owner.session.remembered
    assert not owner.session.memory.liked
    owner.say("use my history again")
    assert owner.session.remembered == ("n1", "m1")


def test_a_gift_is_for_this_topic(trip: Callable[..., Trip]) -> None:
    owner = trip("n1", "m1")
    owner.say("a mouse under 60")
    request = owner.say("it's a gift for my mum")
    assert (request.gift, request.kinds) == (True, ("mouse",))
    cheaper = owner.say("it's a gift, under 20")
    assert cheaper.gift
    assert cheaper.constraints.price_max == 20
    assert not owner.say("a printer").gift


def test_going_back_restores_what_was_sought(trip: Callable[..., Trip]) -> None:
    shopper = trip()
    before = shopper.say("a notebook under 1000")
    shopper.say("a mouse under 30")
    assert shopper.say("back to the notebooks").constraints == before.constraints
    assert shopper.say("go back").constraints.price_max == 30
    narrowed = shopper.say("back to the notebooks, only in stock")
    assert narrowed.constraints.price_max == 1000
    assert narrowed.constraints.in_stock
    assert shopper.say("back to the first search").kinds == before.kinds


def test_a_product_is_compared_with_the_one_spoken_of(mice: Trip) -> None:
    shown = mice.session.shown
    mice.say("does the first one have Bluetooth?")
    request = mice.say("compare it with the third")
    assert request.act == "compare"
    assert request.anchor_ids == (shown[0], shown[2])


def test_the_cheaper_of_two_compared_is_one_of_them(mice: Trip) -> None:
    shown = mice.session.shown
    prices = {"m1": 24.9, "m3": 12.0, "m4": 59.0}
    first, second = (one for one in shown if one in ("m1", "m4"))
    mice.say(
        f"compare the {['first', 'second', 'third', 'fourth'][shown.index(first)]} and number {shown.index(second) + 1}"
    )
    mice.say("put the cheaper one in my cart")
    assert mice.cart == {min((first, second), key=lambda one: prices[one]): 1}


def test_a_question_about_all_is_answered_for_all(mice: Trip) -> None:
    mice.say("do any of them have Bluetooth?")
    assert mice.text.count("The record of the") == 4


def test_errands_leave_the_constraints_in_force(mice: Trip) -> None:
    held = mice.say("a mouse under 60, not Corvid").constraints
    for message in (
        "put the first in my cart",
        "what's in my cart?",
        "I like the first one",
        "what do you know about me?",
    ):
        assert mice.say(message).constraints == held


def test_the_cart_holds_only_what_was_shown(mice: Trip) -> None:
    for message in (
        "put the Tern mini dock in my cart",
        "add n1 to my cart",
        "add a printer to my basket",
        "add both to my cart",
    ):
        mice.say(message)
    assert set(mice.cart) <= set(mice.session.seen)
    assert CartLine("d2", 1) not in mice.session.cart


def test_a_session_without_a_shop_is_plain() -> None:
    assert Session().quantity("m1") == 0
