"""What is remembered, which conversations are kept, and about the page: each with a way to take it back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from page_shop import PRODUCTS, Read, product, scene

from assistant.account import about_html, conversations_html, memory_html
from assistant.dialogue import Request, Session, Turn
from assistant.memory import beliefs, dislike, forget, like, recall, with_history
from assistant.stored import Listed

SHOPPER = Session(user_id="u", history=("desk", "a", "b", "b", "a"))
KEPT = (
    Listed("k1", "a quiet mouse", "2026-11-24T16:00:00+00:00", 3),
    Listed("k2", "a desk", "2026-11-23T09:12:00+00:00", 1),
)


def test_every_belief_is_listed_and_can_be_forgotten() -> None:
    session = dislike(like(SHOPPER, "a"), "b")
    known = beliefs(session, scene().shop)
    read = Read(memory_html(session, scene()))
    assert {one.kind for one in known} == {"owns", "brand", "price", "liked", "disliked"}
    assert [one["data-key"] for one in read.buttons if one["data-act"] == "forget"] == [one.key for one in known]
    for words in ("Oaken Desk", "You often buy Larken", "You usually pay about $45.00", "Not interested: "):
        assert words in read.text
    assert read.acts().count("history-off") == 1


def test_what_is_forgotten_can_be_remembered_again() -> None:
    session = forget(forget(SHOPPER, "owns:desk", scene().shop), "price", scene().shop)
    read = Read(memory_html(session, scene()))
    assert [one["data-key"] for one in read.buttons if one["data-act"] == "recall"] == ["owns:desk", "price"]
    assert "The price you usually pay" in read.text
    back = recall(session, "owns:desk", scene().shop)
    assert [one["data-key"] for one in Read(memory_html(back, scene())).buttons if one["data-act"] == "recall"] == [
        "price"
    ]


def test_history_that_is_off_and_a_gift_are_said_with_the_way_back() -> None:
    off = Read(memory_html(with_history(SHOPPER, False), scene()))
    assert "Your purchases are left out." in off.text
    assert off.acts().count("history-on") == 1
    gift = replace(SHOPPER, turns=(Turn("a gift", Request(query="mouse", gift=True), ""),))
    assert Read(memory_html(gift, scene())).button("chip")["data-key"] == "gift"


def test_a_new_visitor_reads_that_nothing_is_known() -> None:
    html = memory_html(Session(), scene())
    assert "I know nothing of you" in html
    assert "data-act" not in html


def test_conversations_can_be_opened_exported_and_deleted() -> None:
    html = conversations_html(KEPT, scene(), here="k1", in_browser=True)
    read = Read(html)
    assert read.acts() == [
        "new", "open", "export", "delete", "open", "export", "delete", "export-all", "delete-all",
    ]  # fmt: skip
    assert "Kept in this browser only." in html
    assert html.index("open now") < html.index("a desk")
    assert html.count("open now") == 1
    assert "3 answers" in html
    assert '<time datetime="2026-11-24T16:00:00+00:00">2026-11-24 16:00</time>' in html
    none = Read(conversations_html((), scene(), in_browser=False))
    assert none.acts() == ["new"]
    assert "No conversations are kept yet" in none.text
    assert "on the shop’s computer" in none.text


def test_a_date_that_is_none_is_left_out() -> None:
    html = conversations_html([replace(KEPT[0], changed="yesterday")], scene(), in_browser=True)
    assert "<time" not in html


def test_about_says_what_is_stored_where_and_how_it_is_deleted() -> None:
    browser, server = about_html(scene(), in_browser=True), about_html(scene(), in_browser=False)
    for words in ("You are talking to an AI", "made up", "Apache License 2.0"):
        assert words in browser
    assert "kept in this browser and nowhere else" in browser
    assert "kept on the shop’s computer" in server
    assert "img.example" in about_html(scene(hosts=frozenset({"img.example"})), in_browser=True)


@given(st.text())
def test_no_text_whatever_becomes_markup(text: str) -> None:
    html = conversations_html([Listed(text, text, text, 2)], scene(), in_browser=True)
    assert set(Read(html).tags) <= set(Read(conversations_html(KEPT, scene(), here="k1", in_browser=True)).tags)
    odd = scene(products={**PRODUCTS, "a": product("a", title=text, brand=text)})
    assert set(Read(memory_html(SHOPPER, odd)).tags) <= set(Read(memory_html(SHOPPER, scene())).tags)
