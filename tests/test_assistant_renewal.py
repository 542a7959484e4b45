"""A build puts another state in force while the assistant runs: later turns see it, the one under way does not."""

import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Page
from assistant.assistant import Assistant
from assistant.cart import add
from assistant.dialogue import Reply
from assistant.llm import Stop
from assistant.talk import Answer, Talk
from assistant.visit import Visit
from index.build import build
from index.embed import HashEmbedder
from index.folder import MANIFEST, is_open, open_shop

COLOURS = ("Red", "Blue", "Quiet", "Large")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _build(tmp_path / "shop", 20, 4)
    return tmp_path / "shop"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def assistant(folder: Path, said: list[str]) -> Iterator[Assistant]:
    opened = Assistant(open_shop(folder, HashEmbedder()), None, say=said.append)
    yield opened
    opened.close()


def _build(folder: Path, price: int, count: int) -> None:
    feed = folder.parent / "feed.jsonl"
    shared = {"price": str(price), "currency": "EUR", "category": "Mice", "availability": "in_stock"}
    rows = [{"product_id": f"p{n}", "title": f"{colour} mouse", **shared} for n, colour in enumerate(COLOURS[:count])]
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build([feed], folder, embedder=HashEmbedder(), prune=True, force=True)


def _prices(reply: Reply) -> set[str]:
    return {f"{one.product.price:.0f}" for one in reply.recommendations}


def _newest(assistant: Assistant, before: object) -> None:
    """Waits until the assistant has opened another state; a turn waits for one only so long."""
    end = time.monotonic() + 60
    while assistant.shop is before and time.monotonic() < end:
        time.sleep(0.01)
    assert assistant.shop is not before


def test_the_turn_after_a_build_is_answered_from_what_was_built(
    assistant: Assistant, folder: Path, said: list[str]
) -> None:
    before = assistant.shop
    first = assistant.reply(assistant.session(), "a mouse under 30")
    assert _prices(first) == {"20"}
    _build(folder, 25, 4)
    assistant.reply(first.session, "hello")
    _newest(assistant, before)
    assert _prices(assistant.reply(first.session, "a mouse under 30")) == {"25"}
    assert said == [f"{folder} was built anew: 4 products"]


def test_a_turn_under_way_ends_on_the_state_it_began_with(assistant: Assistant, folder: Path) -> None:
    before = assistant.shop
    inside = folder / before.manifest.generation
    stream = assistant.stream(assistant.session(), "a mouse under 30")
    next(stream)
    _build(folder, 40, 4)
    assistant.reply(assistant.session(), "hello")
    _newest(assistant, before)
    assert not assistant.reply(assistant.session(), "a mouse under 30").recommendations
    *_, last = stream
    assert isinstance(last, Reply)
    assert _prices(last) == {"20"}
    assert is_open(inside)
    del stream, before
    gc.collect()
    assert not is_open(inside)


def test_a_session_goes_on_without_the_products_that_are_gone(assistant: Assistant, folder: Path) -> None:
    first = assistant.reply(assistant.session(history=["p3", "p0"]), "a mouse")
    assert "p3" in first.session.seen
    session = add(add(first.session, "p3"), "p0", 2)
    before = assistant.shop
    _build(folder, 20, 2)
    assistant.reply(session, "hello")
    _newest(assistant, before)
    for message in ("is it quiet?", "compare them", "what goes with the first one?", "what is in my cart?", "mice"):
        reply = assistant.reply(session, message)
        session = reply.session
        assert {"p2", "p3"}.isdisjoint(reply.product_ids)
        assert {"p2", "p3"}.isdisjoint(session.seen)
    assert session.history == ("p0",)
    assert [(line.product_id, line.quantity) for line in session.cart] == [("p0", 2)]


def test_the_page_draws_a_conversation_that_is_older_than_the_shop(assistant: Assistant, folder: Path) -> None:
    page = Page(assistant)
    visit = page.begin(None)
    for message in ("a mouse", "compare the first two", "add the first one to my cart"):
        answer = Answer(message, visit.session)
        for event in assistant.stream(visit.session, message, Stop()):
            answer = answer.heard(event)
        assert isinstance(event, Reply)
        visit = Visit(Talk(event.session, (*visit.talk.answers, answer)), visit.key)
    visit, _ = page.did(visit, {"act": "cart-add", "product": visit.session.shown[0]}, "v")
    before = assistant.shop
    _build(folder, 31, 1)
    assistant.reply(assistant.session(), "hello")
    _newest(assistant, before)
    for view in ("products", "compare", "cart", "memory", "about"):
        seen, _ = page.did(visit, {"act": "view", "key": view}, "v")
        assert page.drawing(seen)["view"] == view
    for act in ("cart-add", "like", "dislike", "tick", "ask", "swap"):
        for product_id in ("p0", "p3"):
            after, _ = page.did(visit, {"act": act, "product": product_id}, "v")
            page.asked_by(after, {"act": act, "product": product_id})
            page.drawing(after)


def test_a_state_that_cannot_be_opened_leaves_the_one_that_is(
    assistant: Assistant, folder: Path, said: list[str]
) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**manifest, "generation": "gone"}), encoding="utf-8")
    for _ in range(2):
        assert _prices(assistant.reply(assistant.session(), "a mouse")) == {"20"}
    assert len(said) == 1
    assert said[0].startswith("answers come from the state that is open: ")
