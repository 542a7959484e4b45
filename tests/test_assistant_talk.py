"""A conversation as it is drawn: folded from events, without losing or inventing anything."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.dialogue import Products, RationaleText, Recommendation, Reply, Request, Session, Turn
from assistant.talk import GREETING, MESSAGE_DRAWN, TROUBLE, Answer, Talk, answer_html, latest_purchases, talk_html
from index.catalog import Constraints, Product

PRODUCTS = {
    pid: Product(pid, f"Thing {pid}", price=Decimal(9), currency="USD", availability="in_stock") for pid in "abc"
}
REQUEST = Request(query="thing", constraints=Constraints(price_max=Decimal(10)), doubts=("I read ten as dollars.",))
SHOWN = (Recommendation(PRODUCTS["a"]), Recommendation(PRODUCTS["b"]))
BEFORE = Session()


def replied(answer: Answer, **changes: object) -> Answer:
    whole = Reply(
        text="Two fit.",
        request=REQUEST,
        session=replace(BEFORE, turns=(Turn("hello", REQUEST, "Two fit."),)),
        recommendations=(
            Recommendation(PRODUCTS["a"], rationale="It is a thing.", written=True),
            Recommendation(PRODUCTS["b"], rationale="Thing, $9.", written=False),
        ),
    )
    return answer.heard(replace(whole, **changes))  # type: ignore[arg-type]


def drawn(answer: Answer) -> str:
    return answer_html(answer, PRODUCTS, Path("nowhere"), "USD")


def test_an_answer_grows_from_waiting_to_products_to_rationales_to_the_reply() -> None:
    answer = Answer("hello", BEFORE)
    assert "Looking through the shop" in drawn(answer)
    assert 'aria-busy="true"' in drawn(answer)

    answer = answer.heard(Products("Two fit.", SHOWN, REQUEST))
    assert drawn(answer).count('class="card"') == 2
    assert drawn(answer).count("being written") == 2

    answer = answer.heard(RationaleText("a", "It is"))
    assert "It is" in drawn(answer)
    assert drawn(answer).count("being written") == 1

    answer = replied(answer)
    assert "It is a thing." in drawn(answer)
    assert "being written" not in drawn(answer)
    assert ">Facts<" in drawn(answer)
    assert 'aria-busy="false"' in drawn(answer)
    assert "price up to $10" in drawn(answer)
    assert "I read ten as dollars." in drawn(answer)


def test_a_doubt_that_the_answer_voices_is_not_said_twice() -> None:
    html = drawn(replied(Answer("hello", BEFORE), text="I read ten as dollars. Two fit."))
    assert html.count("I read ten as dollars.") == 1


def test_the_nearest_are_drawn_with_what_they_miss() -> None:
    html = drawn(replied(Answer("hello", BEFORE), recommendations=(), nearest={"c": ("price_max",), "gone": ()}))
    assert html.count('class="card"') == 1
    assert "Thing c" in html
    assert "Over your price" in html


def test_a_nearest_that_is_shown_already_is_drawn_once() -> None:
    html = drawn(replied(Answer("hello", BEFORE), nearest={"a": ("in_stock",)}))
    assert html.count("Thing a</h3>") == 1
    assert "Not in stock" in html


def test_a_stopped_answer_keeps_what_was_said() -> None:
    answer = Answer("hello", BEFORE).heard(Products("Two fit.", SHOWN, REQUEST)).heard(RationaleText("a", "It is"))
    stopped = replace(replied(answer, recommendations=SHOWN), stopped=True)
    assert "It is" in drawn(stopped)
    assert "Stopped." in drawn(stopped)
    assert "being written" not in drawn(stopped)


def test_an_answer_that_broke_off_says_so_and_leaves_the_session() -> None:
    answer = Answer("hello", BEFORE).heard(Products("Two fit.", SHOWN, REQUEST))
    talk = Talk(BEFORE, (answer,)).settled()
    assert talk.session == BEFORE
    assert TROUBLE in talk_html(talk, PRODUCTS, Path("nowhere"), "USD")
    assert talk.settled() == talk
    whole = Talk(BEFORE, (replied(answer),))
    assert whole.settled() == whole


def test_undo_goes_back_to_the_session_before() -> None:
    later = replace(BEFORE, turns=(Turn("hello", REQUEST, "Two fit."),))
    talk = Talk(later, (replied(Answer("hello", BEFORE)),))
    assert talk.undone() == Talk(BEFORE)
    assert talk.undone().undone() == Talk(BEFORE)


def test_an_empty_conversation_greets() -> None:
    assert talk_html(Talk(BEFORE), PRODUCTS, Path("nowhere"), "USD") == GREETING


def test_messages_are_drawn_as_text_and_long_ones_cut() -> None:
    hostile = "<img src=x onerror=alert(1)> ![x](http://evil.example)\x1b[2J\u202e"
    html = talk_html(Talk(BEFORE, (Answer(hostile, BEFORE),)), PRODUCTS, Path("nowhere"), "USD")
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; ![x](http://evil.example)</p>" in html
    long = talk_html(Talk(BEFORE, (Answer("y" * 20_000, BEFORE),)), PRODUCTS, Path("nowhere"), "USD")
    assert long.count("y") < MESSAGE_DRAWN + 200
    assert "(20,000 characters)" in long
    assert "(no message)" in talk_html(Talk(BEFORE, (Answer(" ", BEFORE),)), PRODUCTS, Path("nowhere"), "USD")


def test_the_latest_purchases_are_the_newest_each_once() -> None:
    history = ("a", "b", "gone", "a", "c")
    assert [product.product_id for product in latest_purchases(history, PRODUCTS, 2)] == ["c", "a"]
    assert latest_purchases((), PRODUCTS, 2) == ()
