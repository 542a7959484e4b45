"""What a visitor can do by pressing: every act on a real shop, and acts about nothing change nothing."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.deeds import ACTS, TURNS, Asked, Deed, asked_by, deed_of, done
from assistant.dialogue import CartLine, Products, Recommendation, Reply, Request, Session, Turn
from assistant.talk import Talk
from assistant.visit import Visit, joined
from index.catalog import Constraints
from index.folder import Shop

REQUEST = Request(query="mouse", constraints=Constraints(price_max=Decimal(60), not_brands=("Corvid",)))


@pytest.fixture
def visit(shop: Shop) -> Visit:
    """A shopper who bought a notebook and a dock and was shown three mice."""
    return shown(Visit(Talk(Session("u1", ("n1", "d1"))), "k1"), shop, "m1", "m2", "m4")


def shown(visit: Visit, shop: Shop, *ids: str, request: Request = REQUEST) -> Visit:
    """The visit after an answer with these products."""
    told = tuple(Recommendation(shop.products[one], "It fits.") for one in ids)
    asked = visit.asked("a mouse")
    turn = Turn("a mouse", request, "These fit.", ids)
    after = replace(asked.session, turns=(*asked.session.turns, turn))
    return asked.heard(Products("These fit.", told, request)).heard(Reply("These fit.", request, after, told))


def after(visit: Visit, shop: Shop, *acts: Deed) -> Visit:
    for one in acts:
        visit = done(visit, one, shop)
    return visit


def test_likes_and_dislikes_are_remembered_and_taken_back(visit: Visit, shop: Shop) -> None:
    liked = after(visit, shop, Deed("like", "m1"), Deed("dislike", "m2"))
    assert (liked.session.memory.liked, liked.session.memory.disliked) == (("m1",), ("m2",))
    assert liked.said == "say.disliked"
    back = after(liked, shop, Deed("unlike", "m1"), Deed("undislike", "m2"))
    assert (back.session.memory.liked, back.session.memory.disliked) == ((), ())
    assert back.session.turns == visit.session.turns


def test_the_cart_takes_what_was_shown_and_counts(visit: Visit, shop: Shop) -> None:
    filled = after(visit, shop, Deed("cart-add", "m1"), Deed("cart-add", "m1"), Deed("cart-add", "m4"))
    assert filled.session.cart == (CartLine("m1", 2), CartLine("m4", 1))
    more = after(filled, shop, Deed("cart-more", "m4"), Deed("cart-less", "m1"), Deed("cart-less", "m1"))
    assert more.session.cart == (CartLine("m1", 1), CartLine("m4", 2))
    assert after(more, shop, Deed("cart-remove", "m1")).session.cart == (CartLine("m4", 2),)
    assert after(more, shop, Deed("cart-empty")).session.cart == ()
    assert after(visit, shop, Deed("cart-add", "p1")).session.cart == ()  # in the shop, never shown here


def test_two_to_four_products_are_ticked_to_compare(visit: Visit, shop: Shop) -> None:
    ids = ("m1", "m2", "m3", "m4", "n1")
    ticked = after(visit, shop, *(Deed("compare", one) for one in ids))
    assert ticked.ticked == ids[:4]
    assert ticked.notice == "Four products can be compared at most."
    fewer = after(ticked, shop, Deed("uncompare", "m2"), Deed("compare", "m1"))
    assert fewer.ticked == ("m1", "m3", "m4")
    assert fewer.notice == ""


def test_beliefs_are_forgotten_and_recalled(visit: Visit, shop: Shop) -> None:
    forgot = after(visit, shop, Deed("forget", key="owns:n1"))
    assert forgot.session.recent == ("d1",)
    assert after(forgot, shop, Deed("recall", key="owns:n1")).session.recent == ("n1", "d1")
    off = after(visit, shop, Deed("history-off"))
    assert off.session.recent == ()
    assert after(off, shop, Deed("history-on")).session.recent == ("n1", "d1")


def test_views_languages_and_earlier_answers_are_opened(visit: Visit, shop: Shop) -> None:
    two = shown(visit, shop, "n1")
    assert two.place == 1
    earlier = after(two, shop, Deed("view", key="cart"), Deed("show-answer", turn=0))
    assert (earlier.place, earlier.view) == (0, "products")
    assert after(earlier, shop, Deed("show-answer", key="latest")).place == 1
    assert after(two, shop, Deed("language", key="zh")).language == "zh"
    assert after(two, shop, Deed("undo")).talk.answers == visit.talk.answers
    assert after(two, shop, Deed("undo"), Deed("undo"), Deed("undo")).session.turns == ()


def test_undoing_an_answer_keeps_what_was_liked_and_put_into_the_cart(visit: Visit, shop: Shop) -> None:
    left = after(visit, shop, Deed("like", "m1"), Deed("cart-add", "m1"), Deed("undo"))
    assert left.session.memory.liked == ("m1",)
    assert left.session.cart == (CartLine("m1", 1),)
    assert left.session.turns == ()


@pytest.mark.parametrize("act", sorted(ACTS))
def test_acts_about_nothing_change_nothing(visit: Visit, shop: Shop, act: str) -> None:
    unmoved = {"history-off", "history-on", "cart-empty", "undo"}
    for deed in (Deed(act), Deed(act, "gone", "gone", 99), Deed(act, "'; --", "owns:gone")):
        changed = done(visit, deed, shop)
        if act not in unmoved:
            assert changed == visit, deed


def test_acts_that_are_none_change_nothing(visit: Visit, shop: Shop) -> None:
    for act in ("", "explode", "__class__", "quick"):
        assert done(visit, Deed(act, "m1"), shop) is visit
    for act in ("", "like", "explode"):
        assert asked_by(visit, Deed(act, "m1"), shop) is None


@pytest.mark.parametrize("act", sorted(TURNS))
def test_nothing_is_asked_about_what_is_not_there(visit: Visit, shop: Shop, act: str) -> None:
    empty = Visit(Talk(Session()), "k1")
    for deed in (Deed(act), Deed(act, "gone", " ", 99)):
        assert asked_by(empty, deed, shop) is None


def test_a_message_by_a_tap_and_a_question_about_a_product(visit: Visit, shop: Shop) -> None:
    assert asked_by(visit, Deed("quick", key="Show me cheaper ones"), shop) == Asked("Show me cheaper ones")
    about = asked_by(visit, Deed("ask", "m1"), shop)
    assert about is not None
    assert about.message.startswith("What goes with the Pebble")


def test_a_chip_takes_one_constraint_away_and_leaves_the_others(visit: Visit, shop: Shop) -> None:
    asked = asked_by(visit, Deed("chip", key="price_max", turn=0), shop)
    assert asked is not None
    assert asked.request is not None
    assert asked.request.constraints == Constraints(not_brands=("Corvid",))
    assert asked.message == "Without: price up to $60"
    assert asked_by(visit, Deed("chip", key="price_min", turn=0), shop) is None


def test_a_try_again_asks_the_same(visit: Visit, shop: Shop) -> None:
    assert asked_by(visit, Deed("retry"), shop) == Asked("a mouse")


def test_a_swap_needs_a_set_that_is_shown(visit: Visit, shop: Shop) -> None:
    assert asked_by(visit, Deed("swap", "m1"), shop) is None
    together = shown(visit, shop, "m1", "n1", request=replace(REQUEST, bundle=True))
    asked = asked_by(together, Deed("swap", "m1"), shop)
    assert asked is not None
    assert asked.swap == "m1"
    assert asked_by(together, Deed("swap", "m4"), shop) is None


def test_what_the_browser_sent_is_taken_as_text_only() -> None:
    sent = {"act": "like", "product": ["m1"], "key": {"a": 1}, "turn": "2", "more": 1}
    assert deed_of(sent) == Deed("like", turn=2)
    assert deed_of({"act": 4, "turn": "-1"}) == Deed("")
    assert deed_of({"act": "quick", "key": "x" * 9000}).key == "x" * 4000
    assert deed_of({"act": "x", "turn": "9" * 400}).turn is None


def test_what_is_done_while_an_answer_is_written_is_kept(visit: Visit, shop: Shop) -> None:
    asked = visit.asked("a notebook")
    told = (Recommendation(shop.products["n3"]),)
    growing = asked.heard(Products("One fits.", told, REQUEST))
    pressed = after(growing, shop, Deed("like", "m1"), Deed("cart-add", "n3"), Deed("cart-add", "m4"))
    assert pressed.session.turns == visit.session.turns
    reply = Reply(
        "One fits.", REQUEST, replace(visit.session, turns=(*visit.session.turns, *visit.session.turns)), told
    )
    ended = pressed.heard(reply)
    assert len(ended.session.turns) == 2
    assert ended.session.memory.liked == ("m1",)
    assert ended.session.cart == (CartLine("n3", 1), CartLine("m4", 1))


def test_what_an_answer_did_to_the_cart_stays() -> None:
    before = Session()
    then = Session(cart=(CartLine("a"),))
    assert joined(before, before, then).cart == then.cart
    assert joined(before, Session(cart=(CartLine("b"),)), then).cart == (CartLine("b"),)


def test_a_chip_of_a_real_answer_reranks_without_a_message(shop: Shop) -> None:
    assistant = Assistant(shop, None, rules_only=True, explain=False)
    visit = Visit(Talk(assistant.session()), "k1").asked("a mouse under $30")
    for event in assistant.stream(visit.session, "a mouse under $30"):
        visit = visit.heard(event)
    assert "m4" not in visit.session.shown
    asked = asked_by(visit, Deed("chip", key="price_max", turn=0), shop)
    assert asked is not None
    assert asked.request is not None
    again = visit.asked(asked.message)
    for event in _events(assistant, again, asked.request):
        again = again.heard(event)
    assert "m4" in again.session.shown
    assert again.session.constraints.price_max is None
    retried = asked_by(again, Deed("retry"), shop)
    assert retried is not None
    assert retried.request == again.session.turns[-1].request


def _events(assistant: Assistant, visit: Visit, request: Request) -> Iterator[Products | Reply]:
    for event in assistant.again(visit.session, request):
        assert isinstance(event, (Products, Reply))
        yield event
