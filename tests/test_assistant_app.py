"""The page over a scripted assistant: streaming, stop, the line, kept conversations, and no cross-talk of visitors."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.app import FullError, Page
from assistant.app_gradio import application, blocks
from assistant.assistant import Assistant
from assistant.deeds import Asked
from assistant.dialogue import (
    CartLine,
    Event,
    Evidence,
    Products,
    RationaleText,
    Recommendation,
    Reply,
    Request,
    Session,
    Turn,
)
from assistant.feedback import Feedback
from assistant.interface import texts_of
from assistant.llm import Stop
from assistant.stored import Shelf
from assistant.talk import Talk
from assistant.visit import Visit
from assistant.weights import ModelError
from finetune.transcripts import read_transcripts
from index.catalog import Product

HOSTILE = "<img src=x onerror=alert(1)>"


def product(pid: str, kind: str) -> Product:
    return Product(pid, f"{pid} {HOSTILE}", category=kind, price=Decimal(9), currency="USD", availability="in_stock")


class ScriptedAssistant:
    """Answers every message with two products, a rationale word by word, until it is stopped."""

    today = date(2026, 11, 24)

    def __init__(self, folder: Path, *, fictional: bool = True) -> None:
        self.shop = SimpleNamespace(
            products={"n1": product("n1", "Notebooks"), "m1": product("m1", "Mice")},
            folder=folder,
            currency="USD",
            histories={"u1": ("n1", "m1")},
            manifest=SimpleNamespace(fictional=fictional),
            promotions=(),
            documents=(),
        )
        self.broken: Exception | None = None

    def shoppers(self, count: int) -> list[str]:
        return ["u1"][:count]

    def session(self, user_id: str | None = None, history: tuple[str, ...] = ()) -> Session:
        return Session(user_id, self.shop.histories.get(user_id, history))

    def stream(self, session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        request = Request(query=message)
        shown = tuple(
            Recommendation(one, evidence=(Evidence("kind", one.kind),)) for one in self.shop.products.values()
        )
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
def page(scripted: ScriptedAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr("assistant.app.REDRAW_SECONDS", 0.0)
    return page_over(scripted, tmp_path)


def page_over(scripted: ScriptedAssistant, folder: Path, **more: Any) -> Page:
    shelf = Shelf(folder / "talks")
    return Page(cast(Assistant, scripted), shelf=shelf, **more)


def asking(page: Page, visit: Visit, message: str, visitor: str) -> Iterator[Visit]:
    """The visit as the answer to a message grows."""
    yield page.claim(visit, Asked(message), visitor)
    entry = page.entry(visitor)
    assert entry is not None
    yield from page.answer(entry)


def answered(page: Page, visit: Visit, message: str, visitor: str = "v1") -> Visit:
    """The visit after the whole answer to a message."""
    last = list(asking(page, visit, message, visitor))[-1]
    return page.settled(last, visitor)


def press(page: Page, visit: Visit, act: str, visitor: str = "v1", **sent: Any) -> Visit:
    return page.did(visit, {"act": act, **sent}, visitor)[0]


def html(page: Page, visit: Visit) -> str:
    drawn = page.drawing(visit)
    return "".join(drawn[name] for name in ("head", "talk", "foot", "panel"))


def test_an_answer_is_drawn_products_first_and_ends_with_the_next_session(page: Page) -> None:
    visits = list(asking(page, page.begin(None), "hello", "v1"))
    assert "Looking" in html(page, visits[0])
    assert html(page, visits[1]).count('<li class="card') == 2
    assert html(page, visits[1]).count("being written") == 2
    assert [one.session.turns for one in visits[:-1]] == [()] * (len(visits) - 1)
    assert [turn.message for turn in visits[-1].session.turns] == ["hello"]
    assert "It is quiet." in html(page, visits[-1])
    assert not visits[-1].talk.answers[-1].stopped
    assert "<img" not in html(page, visits[-1])


def test_stop_ends_ones_own_answer_and_keeps_what_was_said(page: Page) -> None:
    mine, other = (asking(page, page.begin(None), "hello", visitor) for visitor in ("mine", "other"))
    for growing in (mine, other):
        for _ in range(3):
            visit = next(growing)
        assert "It" in html(page, visit)
    page.stop("mine")
    ended, finished = list(mine)[-1], list(other)[-1]
    assert ended.talk.answers[-1].stopped
    assert "quiet." not in html(page, ended)
    assert len(ended.session.turns) == 1
    assert not finished.talk.answers[-1].stopped
    assert "It is quiet." in html(page, finished)
    page.release("mine")
    page.stop("mine")  # nothing is running any more: no error


def test_a_visitor_who_leaves_stops_the_writing_and_frees_the_place(page: Page) -> None:
    growing = cast(Any, asking(page, page.begin(None), "hello", "v1"))
    next(growing), next(growing)
    entry = page.entry("v1")
    assert entry is not None
    assert not entry.stop.set_already
    page.release("v1")
    assert entry.stop.set_already
    assert entry.gone
    assert not page.finding.busy
    assert page.entry("v1") is None


def test_a_visitor_gets_one_answer_at_a_time(page: Page) -> None:
    visit = page.begin(None)
    page.claim(visit, Asked("hello"), "mine")
    with pytest.raises(FullError, match=r"busy\.one"):
        page.claim(visit, Asked("again"), "mine")
    page.claim(visit, Asked("hello"), "other")


def test_a_full_shop_says_so_and_who_waits_is_told_how_many_are_before(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = page.begin(None)
    for number in range(24):
        page.claim(visit, Asked("hello"), f"v{number}")
    with pytest.raises(FullError, match=r"busy\.full"):
        page.claim(visit, Asked("hello"), "late")
    assert page.entry("late") is None
    last = page.entry("v23")
    assert last is not None
    assert page.finding.before(last) == 22
    assert "22 before you" in page.drawing(last.visit, waiting=22)["foot"]
    assert "you are next" in page.drawing(last.visit, waiting=1)["foot"]
    page.release("v0")
    assert page.finding.before(last) == 21
    page.claim(visit, Asked("hello"), "late")


def test_the_next_one_is_served_as_soon_as_products_are_told(page: Page) -> None:
    visit = page.begin(None)
    growing = [asking(page, visit, "hello", f"v{number}") for number in range(3)]
    for one in growing:
        next(one)
    third = page.entry("v2")
    assert third is not None
    assert page.finding.before(third) == 1
    next(growing[0])  # its products stand, its reasons are still to be written
    assert page.finding.before(third) == 0


def test_an_answer_whose_reasons_give_way_to_a_crowd_is_whole_and_not_called_stopped(page: Page) -> None:
    visit = page.begin(None)
    growing = asking(page, visit, "hello", "mine")
    next(growing)
    for number in range(3):
        page.claim(visit, Asked("hello"), f"v{number}")
    *_, last = growing
    assert last.talk.answers[-1].done
    assert not last.talk.answers[-1].stopped
    assert "quiet." not in html(page, last)  # nothing was written, and nobody waited for it
    assert [turn.message for turn in last.session.turns] == ["hello"]


def test_a_model_that_fails_is_a_sentence_in_the_answer(page: Page, scripted: ScriptedAssistant) -> None:
    scripted.broken = ModelError("The model at http://host cannot be reached.")
    begun = page.begin(None)
    visit = answered(page, begun, "hello")
    assert visit.session == begun.session
    assert "cannot be reached" in html(page, visit)
    assert page.entry("v1") is None


def test_an_answer_that_breaks_off_says_so(page: Page) -> None:
    visit = page.claim(page.begin(None), Asked("hello"), "v1")
    entry = page.entry("v1")
    assert entry is not None
    page.end(entry)
    calm = page.settled(visit, "v1")
    assert calm.talk.answers[-1].trouble
    assert page.claim(calm, Asked("again"), "v1")


def test_visitors_do_not_share_anything(page: Page) -> None:
    one = answered(page, page.begin("u1"), "for one", "v1")
    two = answered(page, page.begin(None), "for two", "v2")
    assert "for one" not in html(page, two)
    assert one.session.user_id == "u1"
    assert two.session.user_id is None
    assert page.begin(None).talk == Talk(Session())
    assert page.begin(None).key != page.begin(None).key


def test_what_is_pressed_while_an_answer_is_written_is_kept(page: Page) -> None:
    begun = page.begin(None)
    growing = asking(page, begun, "hello", "v1")
    next(growing), next(growing)
    pressed = press(page, begun, "cart-add", product="m1", serial="7")
    assert pressed.session.cart == (CartLine("m1"),)
    assert press(page, begun, "like", product="n1").session.memory.liked == ("n1",)
    list(growing)
    calm = page.settled(begun, "v1")
    assert calm.session.cart == (CartLine("m1"),)
    assert calm.session.memory.liked == ("n1",)
    assert len(calm.session.turns) == 1
    assert calm.ack == 7


def test_a_new_conversation_ends_what_is_still_written_for_the_old_one(page: Page) -> None:
    begun = page.begin(None)
    growing = asking(page, begun, "hello", "v1")
    next(growing), next(growing)
    entry = page.entry("v1")
    fresh = press(page, begun, "new")
    assert entry is not None
    assert entry.gone
    assert fresh.talk.answers == ()
    second = page.claim(fresh, Asked("other"), "v1")
    assert page.settled(begun, "v1") == second  # the old turn's end leaves the new one alone
    assert page.entry("v1") is not None


def test_a_shoppers_conversations_are_kept_listed_opened_and_deleted(page: Page) -> None:
    visit = answered(page, page.begin("u1"), "a mouse")
    visit = press(page, visit, "cart-add", product="m1")
    new = press(page, visit, "new")
    assert (new.session.user_id, new.talk.answers) == ("u1", ())
    listed = press(page, new, "view", key="talks")
    assert [(one.key, one.title) for one in listed.listed] == [(visit.key, "a mouse")]
    assert "a mouse" in html(page, listed)
    back = press(page, listed, "open", key=visit.key)
    assert back.key == visit.key
    assert back.session == visit.session
    assert back.session.cart == (CartLine("m1"),)
    assert "It is quiet." in html(page, back)
    gone = press(page, press(page, back, "view", key="talks"), "delete", key=visit.key)
    assert gone.listed == ()
    assert gone.talk.answers == ()
    assert "not kept here" in press(page, gone, "open", key=visit.key).notice


def test_export_gives_the_kept_text(page: Page) -> None:
    one, two = (answered(page, page.begin("u1"), message) for message in ("first", "second"))
    _, more = page.did(one, {"act": "export", "key": one.key}, "v1")
    assert json.loads(more["download"]["text"])["id"] == one.key
    assert more["download"]["name"].endswith(".json")
    _, more = page.did(two, {"act": "export-all"}, "v1")
    assert {row["id"] for row in json.loads(more["download"]["text"])} == {one.key, two.key}
    assert page.did(page.begin(None), {"act": "export", "key": one.key}, "v1")[1] == {}


def test_a_new_visitors_conversation_is_kept_by_the_browser(page: Page, tmp_path: Path) -> None:
    visit = answered(page, page.begin(None), "a mouse")
    kept = page.drawing(visit)["keep"]
    assert (kept["key"], kept["title"], kept["turns"]) == (visit.key, "a mouse", 1)
    assert not list(tmp_path.glob("talks/**/*.json"))
    assert "keep" not in page.drawing(answered(page, page.begin("u1"), "a mouse"))
    back = press(page, page.begin(None), "open", key=visit.key, talk=kept["talk"])
    assert back.talk == visit.talk
    listed = press(page, back, "view", key="talks", listed=[{**kept, "talk": ""}, "nonsense", {"key": 4}])
    assert [(one.key, one.title) for one in listed.listed] == [(visit.key, "a mouse")]


def test_a_browsers_text_cannot_open_a_shoppers_history(page: Page) -> None:
    visit = answered(page, page.begin("u1"), "a mouse")
    stranger = page.begin(None)
    assert "not kept here" in press(page, stranger, "open", key=visit.key).notice
    forged = page.drawing(answered(page, page.begin(None), "hi"))["keep"]["talk"]
    opened = press(
        page, stranger, "open", key="x", talk=forged.replace('"session": {', '"session": {"user_id": "u1", ')
    )
    assert opened.session.user_id is None


def test_a_broken_conversation_is_refused_in_a_sentence(page: Page) -> None:
    visit = answered(page, page.begin(None), "a mouse")
    after = press(page, visit, "open", key="x", talk="{")
    assert "could not be opened" in after.notice
    assert after.talk == visit.talk
    assert "could not be opened" in html(page, after)


def test_a_link_opens_a_reply_for_its_owner_only(page: Page, scripted: ScriptedAssistant, tmp_path: Path) -> None:
    visit = answered(page, answered(page, page.begin(None), "a mouse"), "another")
    drawn = page.drawing(visit)
    assert drawn["links"] == [f"?talk={visit.key}&turn=0", f"?talk={visit.key}&turn=1"]
    opened, place = page.opened({"key": visit.key, "turn": "0", "talk": drawn["keep"]["talk"]})
    assert (opened.talk, opened.place, place) == (visit.talk, 0, 0)
    elsewhere, place = page.opened({"key": visit.key, "turn": "0"})
    assert (elsewhere.talk.answers, place) == ((), None)
    assert "not kept here" in elsewhere.notice
    own = page_over(scripted, tmp_path, user_id="u1")
    mine = answered(own, own.begin("u1"), "a mouse")
    assert own.opened({"key": mine.key, "turn": "9"})[0].talk == mine.talk
    assert page.opened({"key": mine.key})[0].talk.answers == ()


def test_the_language_is_what_was_chosen_or_what_the_browser_reads(page: Page) -> None:
    assert page.opened({}, "zh-CN,zh;q=0.9")[0].language == "zh"
    assert page.opened({"language": "en"}, "zh-CN")[0].language == "en"
    visit = press(page, page.begin(None), "language", key="zh")
    drawn = page.drawing(visit)
    assert drawn["code"] == "zh-CN"
    assert texts_of("zh")["head.notice"] in drawn["head"]


def test_ratings_become_feedback_with_the_rationale_that_was_shown(scripted: ScriptedAssistant, tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    page = page_over(scripted, tmp_path, feedback=Feedback(path))
    visit = answered(page, page.begin("u1"), "a mouse")
    visit = press(page, visit, "like", product="n1")
    visit = press(page, visit, "like", product="n1")  # once is enough
    visit = press(page, visit, "dislike", product="m1")  # no rationale stood on it
    press(page, visit, "dislike", product="n1")
    rows = read_transcripts(path)
    assert [(one.sentence, one.liked) for one in rows] == [("It is quiet.", True), ("It is quiet.", False)]
    assert "u1" not in path.read_text("utf-8")


def test_the_picker_offers_shoppers_by_what_they_bought(
    page: Page, scripted: ScriptedAssistant, tmp_path: Path
) -> None:
    assert page.shoppers() == [("New visitor", ""), ("Mice, Notebooks (u1)", "u1")]
    assert ("u9", "u9") in page_over(scripted, tmp_path, user_id="u9").shoppers()
    real = ScriptedAssistant(tmp_path, fictional=False)
    assert page_over(real, tmp_path, user_id="u9").shoppers() == [("u9", "u9")]
    picked = press(page, page.begin(None), "user", key="u1")
    assert picked.session.history == ("n1", "m1")
    assert press(page, picked, "user", key="nobody") == picked
    assert press(page, picked, "user", key="").session.user_id is None


def test_openers_are_offered_until_the_conversation_begins(page: Page) -> None:
    begun = page.begin("u1")
    assert "What goes with my notebook?" in page.openers(begun)
    after = answered(page, begun, "hello")
    assert page.openers(after) == ()
    foot = page.drawing(after)["foot"]
    assert 'data-act="retry"' in foot
    assert 'data-act="undo"' in foot


def test_a_try_again_takes_the_answers_place(page: Page) -> None:
    visit = answered(page, page.begin(None), "hello")
    before, asked = page.asked_by(visit, {"act": "retry"})
    assert asked == Asked("hello")
    assert before.talk.answers == ()
    assert page.asked_by(visit, {"act": "quick", "key": "more"}) == (visit, Asked("more"))


def test_the_head_says_ai_and_whether_the_shop_is_made_up(page: Page, tmp_path: Path) -> None:
    head = page.drawing(page.begin(None))["head"]
    assert "talking to an AI" in head
    assert "made up" in head
    real = page_over(ScriptedAssistant(tmp_path, fictional=False), tmp_path)
    assert "made up" not in real.drawing(real.begin(None))["head"]


def test_every_view_is_drawn_and_escaped(page: Page) -> None:
    visit = answered(page, page.begin("u1"), f"hello {HOSTILE}")
    for product_id in ("n1", "m1"):
        visit = press(page, press(page, visit, "cart-add", product=product_id), "compare", product=product_id)
    for view in ("products", "compare", "cart", "memory", "talks", "about"):
        drawn = html(page, press(page, visit, "view", key=view))
        assert f'data-view="{view}"' in drawn
        assert "<img src=x" not in drawn


def test_no_handler_is_public_and_nothing_points_to_another_host(page: Page) -> None:
    config = blocks(page).get_config_file()
    assert config["dependencies"]
    assert {one["api_visibility"] for one in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False
    assert "http" not in json.dumps(config["components"], default=str)


def test_the_application_serves_the_page_and_only_pictures(page: Page, scripted: ScriptedAssistant) -> None:
    from starlette.testclient import TestClient

    folder = scripted.shop.folder
    (folder / "pictures" / "mouse.svg").write_text("<svg/>")
    (folder / "secret.svg").write_text("secret")
    with TestClient(application(page)) as client:
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
