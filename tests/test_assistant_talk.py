"""A conversation as it is drawn: folded from events, without losing or inventing anything."""

from dataclasses import replace
from decimal import Decimal

from assistant.dialogue import Products, RationaleText, Recommendation, Reply, Request, Session, Turn
from assistant.talk import TROUBLE, Answer, Talk, latest_purchases
from index.catalog import Product
from index.documents import Passage

PRODUCTS = {pid: Product(pid, f"Thing {pid}", price=Decimal(9), currency="USD") for pid in "abc"}
REQUEST = Request(query="thing")
SHOWN = (Recommendation(PRODUCTS["a"]), Recommendation(PRODUCTS["b"]))
TOLD = tuple(replace(one, rationale="It is a thing.", written=True) for one in SHOWN)
BEFORE = Session()
LATER = replace(BEFORE, turns=(Turn("hello", REQUEST, "Two fit."),))
PASSAGE = Passage("Returns", "policy", (), "Within 30 days.", "returns.md", "")
REPLY = Reply("Two fit.", REQUEST, LATER, TOLD, nearest={"c": ("price_max",)}, passages=(PASSAGE,), quick=("More",))


def test_an_answer_grows_from_nothing_to_products_to_rationales_to_the_reply() -> None:
    answer = Answer("hello", BEFORE)
    assert not answer.over
    answer = answer.heard(Products("Two fit.", SHOWN, REQUEST))
    assert (answer.text, answer.request, answer.recommendations) == ("Two fit.", REQUEST, SHOWN)
    answer = answer.heard(RationaleText("a", "It")).heard(RationaleText("a", "It is")).heard(RationaleText("b", "A"))
    assert answer.rationales == {"a": "It is", "b": "A"}
    assert not answer.over
    answer = answer.heard(REPLY)
    assert answer.over
    assert answer.recommendations == TOLD
    assert (answer.nearest, answer.passages, answer.quick) == (REPLY.nearest, (PASSAGE,), ("More",))


def test_the_products_of_an_answer_are_those_shown_and_then_the_nearest_each_once() -> None:
    answer = Answer("hello", BEFORE).heard(replace(REPLY, nearest={"a": ("in_stock",), "c": ("price_max",)}))
    assert answer.products == ("a", "b", "c")
    assert Answer("hello", BEFORE).products == ()


def test_the_latest_answer_on_show_has_products_or_is_awaited() -> None:
    told = Answer("hello", BEFORE).heard(REPLY)
    words = Answer("thanks", LATER).heard(Reply("You are welcome.", Request(act="thanks"), LATER))
    assert Talk(LATER, (told, words)).latest == 0
    assert Talk(LATER, (told, words, Answer("and", LATER))).latest == 2
    assert Talk(LATER, (words,)).latest is None
    assert Talk(BEFORE).latest is None


def test_an_answer_that_broke_off_says_so_and_leaves_the_session() -> None:
    answer = Answer("hello", BEFORE).heard(Products("Two fit.", SHOWN, REQUEST))
    talk = Talk(BEFORE, (answer,)).settled()
    assert talk.session == BEFORE
    assert talk.answers[-1].trouble == TROUBLE
    assert talk.answers[-1].over
    assert talk.settled() == talk
    whole = Talk(LATER, (answer.heard(REPLY),))
    assert whole.settled() == whole


def test_undo_goes_back_to_the_session_before() -> None:
    talk = Talk(LATER, (Answer("hello", BEFORE).heard(REPLY),))
    assert talk.undone() == Talk(BEFORE)
    assert talk.undone().undone() == Talk(BEFORE)


def test_the_latest_purchases_are_the_newest_each_once() -> None:
    history = ("a", "b", "gone", "a", "c")
    assert [product.product_id for product in latest_purchases(history, PRODUCTS, 2)] == ["c", "a"]
    assert latest_purchases((), PRODUCTS, 2) == ()
