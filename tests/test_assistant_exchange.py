"""The conversation as it is drawn: what was said, links to the products, chips, quotations, what to say next."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from page_shop import PRODUCTS, Read, scene

from assistant.dialogue import Comparison, ComparisonRow, Products, Recommendation, Reply, Request, Session, Turn
from assistant.exchange import conversation_html
from assistant.talk import MESSAGE_DRAWN, TROUBLE, Answer, Talk
from index.catalog import Constraints
from index.documents import Passage

REQUEST = Request(
    query="mouse",
    constraints=Constraints(price_max=Decimal(40), not_brands=("Ostra",)),
    doubts=("I read forty as dollars.",),
)
SHOWN = (Recommendation(PRODUCTS["a"]), Recommendation(PRODUCTS["b"]))
RETURNS = Passage("Returns", "policy", ("Change of mind",), "Within 30 days.\nUnopened.", "returns.md", "change")
GUIDE = Passage("Choosing a mouse", "guide", (), "Small hands, small mouse.", "mouse.md", "")
BEFORE = Session()
REPLY = Reply(
    text="Two fit.",
    request=REQUEST,
    session=replace(BEFORE, turns=(Turn("a mouse", REQUEST, "Two fit.", ("a", "b")),)),
    recommendations=SHOWN,
    passages=(RETURNS,),
    guides=(GUIDE,),
    quick=("Show me cheaper ones",),
)
ANSWER = Answer("a mouse", BEFORE).heard(REPLY)


def drawn(*answers: Answer, active: int | None = None, language: str = "en") -> str:
    return conversation_html(Talk(BEFORE, answers), scene(language), active=active)


def test_an_empty_conversation_greets_in_the_visitors_language() -> None:
    assert "What are you looking for?" in drawn()
    assert "您在找什么？" in drawn(language="zh")


def test_an_answer_grows_from_waiting_to_products_to_the_reply() -> None:
    young = Answer("a mouse", BEFORE)
    assert "Looking through the shop" in drawn(young)
    assert 'aria-busy="true"' in drawn(young)
    found = young.heard(Products("Two fit.", SHOWN, REQUEST))
    read = Read(drawn(found))
    assert read.acts() == ["show-answer", "show-answer"]
    assert 'aria-busy="true"' in drawn(found)
    assert 'aria-busy="false"' in drawn(found.heard(REPLY))


def test_products_chips_quotations_and_quick_replies_are_there() -> None:
    html = drawn(ANSWER)
    read = Read(html)
    assert [one["data-product"] for one in read.buttons if one["data-act"] == "show-answer"] == ["a", "b"]
    assert [(one["data-key"], one["aria-label"]) for one in read.buttons if one["data-act"] == "chip"] == [
        ("price_max", "Without “price up to $40”"),
        ("not_brands:Ostra", "Without “not Ostra”"),
    ]
    assert read.button("quick")["data-key"] == "Show me cheaper ones"
    assert "<blockquote><p>Within 30 days.</p><p>Unopened.</p></blockquote>" in html
    assert "From “Returns”, Change of mind" in html
    assert "Choosing a mouse" in html
    assert "I read forty as dollars." in html
    assert read.button("copy-link")["data-turn"] == "0"


def test_only_the_last_answer_is_changed_or_gone_on_from() -> None:
    first, second = drawn(ANSWER, ANSWER, active=0).split('id="turn-1"')
    assert "price up to $40" in first
    assert 'data-act="chip"' not in first
    assert 'data-act="quick"' not in first
    assert 'data-act="chip"' in second
    assert 'class="exchange active"' in first


def test_a_doubt_that_the_answer_voices_is_not_said_twice() -> None:
    html = drawn(replace(ANSWER, text="I read forty as dollars. Two fit."))
    assert html.count("I read forty as dollars.") == 1


def test_a_comparison_leads_to_its_table() -> None:
    table = Comparison(("a", "b"), (ComparisonRow("price", ("$1", "$2")),), ("a is cheaper", "b is not"))
    read = Read(drawn(replace(ANSWER, comparison=table)))
    assert read.button("view")["data-key"] == "compare"


def test_stopped_and_broken_answers_say_so() -> None:
    assert "Stopped." in drawn(replace(ANSWER, stopped=True))
    broken = Talk(BEFORE, (Answer("a mouse", BEFORE),)).settled().answers
    html = drawn(*broken)
    assert TROUBLE in html
    assert 'role="alert"' in html


def test_links_to_products_that_the_shop_no_longer_has_are_left_out() -> None:
    html = drawn(replace(ANSWER, recommendations=(), nearest={"gone": ("price_max",), "b": ("price_max",)}))
    assert Read(html).acts().count("show-answer") == 1


def test_messages_are_drawn_as_text_and_long_ones_cut() -> None:
    html = drawn(Answer("y" * 20_000, BEFORE))
    assert html.count("y") < MESSAGE_DRAWN + 300
    assert "(20,000 characters)" in html
    assert "(no message)" in drawn(Answer(" ", BEFORE))


@given(st.text())
def test_no_text_whatever_becomes_markup(text: str) -> None:
    passage = replace(RETURNS, document=text, headings=(text,), text=text)
    request = replace(REQUEST, constraints=Constraints(brands=(text,)), doubts=(text,))
    answer = replace(
        ANSWER, message=text, text=text, request=request, passages=(passage,), guides=(passage,), quick=(text,),
        trouble=text,
    )  # fmt: skip
    read = Read(drawn(answer))
    assert set(read.tags) <= {*Read(drawn(replace(ANSWER, trouble="x"))).tags, "blockquote", "figure", "figcaption"}
    assert {name for name in read.attributes if name.startswith("on")} == set()
