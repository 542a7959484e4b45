"""The page over a scripted assistant: streaming, stop, undo, shoppers, and no cross-talk between visitors."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.app import NEW_VISITOR, Page
from assistant.assistant import Assistant
from assistant.dialogue import Event, Products, RationaleText, Recommendation, Reply, Request, Session, Turn
from assistant.llm import Stop
from assistant.talk import Talk
from assistant.weights import ModelError
from index.catalog import Product

HOSTILE = "<img src=x onerror=alert(1)>"


def product(pid: str, kind: str) -> Product:
    return Product(pid, f"{pid} {HOSTILE}", category=kind, price=Decimal(9), currency="USD", availability="in_stock")


class ScriptedAssistant:
    """Answers every message with two products, a rationale word by word, until it is stopped."""

    def __init__(self, folder: Path, *, fictional: bool = True) -> None:
        self.shop = SimpleNamespace(
            products={"n1": product("n1", "Notebooks"), "m1": product("m1", "Mice")},
            folder=folder,
            currency="USD",
            histories={"u1": ("n1", "m1", "gone")},
            manifest=SimpleNamespace(fictional=fictional),
        )
        self.broken: Exception | None = None

    def shoppers(self, count: int) -> list[str]:
        return ["u1"][:count]

    def session(self, user_id: str | None = None, history: tuple[str, ...] = ()) -> Session:
        return Session(user_id, self.shop.histories.get(user_id, history))

    def stream(self, session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        request = Request(query=message)
        shown = tuple(Recommendation(one) for one in self.shop.products.values())
        yield Products("Two fit.", shown, request)
        words = ""
        for word in ("It", "is", "quiet."):
            if stop is not None and stop.is_set():
                break
            words = f"{words} {word}".strip()
            yield RationaleText("n1", words)
        if self.broken is not None:
            raise self.broken
        turn = Turn(message, request, "Two fit.", ("n1", "m1"))
        told = (replace(shown[0], rationale=words, written=True), shown[1])
        yield Reply("Two fit.", request, replace(session, turns=(*session.turns, turn)), told)


@pytest.fixture
def scripted(tmp_path: Path) -> ScriptedAssistant:
    (tmp_path / "pictures").mkdir()
    return ScriptedAssistant(tmp_path)


@pytest.fixture
def page(scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr("assistant.app.REDRAW_SECONDS", 0.0)
    return Page(cast(Assistant, scripted))


def test_an_answer_is_drawn_products_first_and_ends_with_the_next_session(page: Page) -> None:
    drawn = list(page.ask("hello", page.begin(None), "v1"))
    assert "Looking through" in page.drawn(drawn[0])
    assert page.drawn(drawn[1]).count('class="card"') == 2
    assert page.drawn(drawn[1]).count("being written") == 2
    assert [talk.session.turns for talk in drawn[:-1]] == [()] * (len(drawn) - 1)
    assert [turn.message for turn in drawn[-1].session.turns] == ["hello"]
    assert "It is quiet." in page.drawn(drawn[-1])
    assert not drawn[-1].answers[-1].stopped
    assert "<img" not in page.drawn(drawn[-1])


def test_stop_ends_ones_own_answer_and_keeps_what_was_said(page: Page) -> None:
    mine, other = (page.ask("hello", page.begin(None), visitor) for visitor in ("mine", "other"))
    for growing in (mine, other):
        for _ in range(3):
            talk = next(growing)
        assert "It" in page.drawn(talk)
    page.stop("mine")
    ended, finished = list(mine)[-1], list(other)[-1]
    assert ended.answers[-1].stopped
    assert "quiet" not in page.drawn(ended)
    assert "It" in page.drawn(ended)
    assert len(ended.session.turns) == 1
    assert not finished.answers[-1].stopped
    assert "It is quiet." in page.drawn(finished)
    page.release("mine")
    page.stop("mine")  # nothing is running any more: no error


def test_a_visitor_who_leaves_stops_the_writing(page: Page, scripted: ScriptedAssistant) -> None:
    stops: list[Stop] = []
    stream = scripted.stream

    def watched(session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        assert stop is not None
        stops.append(stop)
        return stream(session, message, stop)

    scripted.stream = watched  # type: ignore[method-assign]
    growing = cast(Any, page.ask("hello", page.begin(None), "v1"))
    next(growing), next(growing)
    assert not stops[0].is_set()
    growing.close()
    assert stops[0].is_set()


def test_a_visitor_gets_one_answer_at_a_time(page: Page) -> None:
    assert page.claim("mine")
    assert not page.claim("mine")
    assert page.claim("other")
    growing = page.ask("hello", page.begin(None), "mine")
    next(growing)
    assert not page.claim("mine")
    page.release("mine")
    assert list(growing)[-1].answers[-1].stopped
    assert page.claim("mine")


def test_a_model_that_fails_is_a_sentence_in_the_answer(page: Page, scripted: ScriptedAssistant) -> None:
    scripted.broken = ModelError("The model at http://host cannot be reached.")
    begun = page.begin(None)
    talk = list(page.ask("hello", begun, "v1"))[-1]
    assert talk.session == begun.session
    assert talk.settled() == talk
    assert "cannot be reached" in page.drawn(talk)


def test_visitors_do_not_share_anything(page: Page) -> None:
    one = list(page.ask("for one", page.begin("u1"), "v1"))[-1]
    two = list(page.ask("for two", page.begin(None), "v2"))[-1]
    assert "for one" not in page.drawn(two)
    assert one.session.user_id == "u1"
    assert two.session.user_id is None
    assert page.begin(None) == Talk(Session())


def test_the_picker_offers_shoppers_by_what_they_bought(page: Page, scripted: ScriptedAssistant) -> None:
    assert page.shoppers() == [(NEW_VISITOR, ""), ("Mice, Notebooks (u1)", "u1")]
    chosen = Page(cast(Assistant, scripted), user_id="u9")
    assert ("u9", "u9") in chosen.shoppers()


def test_past_purchases_are_shown_newest_first(page: Page) -> None:
    html = page.purchases(page.begin("u1"))
    assert html.index("m1") < html.index("n1")
    assert "<img" not in html
    assert "Pick a shopper" in page.purchases(page.begin(None))


def test_openers_are_offered_until_the_conversation_begins(page: Page) -> None:
    begun = page.begin("u1")
    assert "What goes with my notebook?" in page.openers(begun)
    assert page.openers(list(page.ask("hello", begun, "v1"))[-1]) == ()


def test_a_card_asks_about_its_own_product_only(page: Page) -> None:
    assert page.question_about("m1").startswith("What goes with the m1")
    for nonsense in ("gone", "", None, 7, ["m1"]):
        assert page.question_about(nonsense) == ""


def test_the_notice_says_ai_and_whether_the_shop_is_made_up(page: Page, tmp_path: Path) -> None:
    assert "talking to an AI" in page.notice()
    assert "made up" in page.notice()
    real = Page(cast(Assistant, ScriptedAssistant(tmp_path, fictional=False)))
    assert "talking to an AI" in real.notice()
    assert "made up" not in real.notice()


def test_no_handler_is_public_and_nothing_points_to_another_host(page: Page) -> None:
    config = page.blocks().get_config_file()
    assert config["dependencies"]
    assert {one["api_visibility"] for one in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False
    assert "http" not in json.dumps(config["components"], default=str)


def test_the_application_serves_the_page_and_only_pictures(page: Page, scripted: ScriptedAssistant) -> None:
    from starlette.testclient import TestClient

    folder = scripted.shop.folder
    (folder / "pictures" / "mouse.svg").write_text("<svg/>")
    (folder / "secret.svg").write_text("secret")
    with TestClient(page.application()) as client:
        assert client.get("/").status_code == 200
        assert "content-security-policy" in client.get("/").headers
        assert client.get("/pictures/mouse.svg").text == "<svg/>"
        for path in (
            "/pictures/../secret.svg",
            "/pictures/%2e%2e/secret.svg",
            "/pictures/..%2fsecret.svg",
            "/pictures/",
            f"/gradio_api/file={folder / 'secret.svg'}",
        ):
            answer = client.get(path)
            assert answer.status_code in (403, 404), path
            assert "secret" not in answer.text.replace("secret.svg", "")
