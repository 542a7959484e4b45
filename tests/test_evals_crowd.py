"""Many shoppers at once: what they say, how a mixed-up reply is known, and a small crowd on the real page."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import httpx2
import pytest

from assistant.app import VISITORS_AT_ONCE, Page
from assistant.app_gradio import application
from assistant.assistant import Assistant
from assistant.deeds import Asked
from assistant.interface import texts_of
from assistant.llm import ScriptedChat
from evals.crowd import JOURNEYS, Said, Tally, amount, bears_amount, count, main, mixed_up, script, table
from evals.journey_file import Journey, JourneyTurn, read_journeys
from evals.page_visitor import Answered, Drawing, PageError, PageVisitor, RefusedError, changed, drawing_of
from index.catalog import Constraints
from index.folder import Shop

T = TypeVar("T")


def drawing(*messages: str, key: str = "k1", chips: str = "", products: bool = True, facts: int = 0) -> Drawing:
    filled = ("",) * (len(messages) - 1) + (chips,) if messages else ()
    return Drawing(
        key=key,
        messages=messages,
        chips=filled,
        products=products,
        answering=False,
        waiting=False,
        trouble=False,
        written=0,
        facts=facts,
    )


def test_every_shopper_goes_through_all_journeys_in_an_order_of_their_own() -> None:
    journeys = [Journey(f"j{n}", "demo", "open", (JourneyTurn(f"m{n}", "question"),) * 2) for n in range(5)]
    said = list(islice(script(journeys, 1, Random(1)), 10))
    other = list(islice(script(journeys, 2, Random(2)), 10))
    assert sorted(one.message for one in said) == sorted(f"m{n}" for n in range(5) for _ in "ab")
    assert [one.begins for one in said] == [True, False] * 5
    assert [one.message for one in said] != [one.message for one in other]
    assert said == list(islice(script(journeys, 1, Random(1)), 10))


def test_an_amount_is_added_where_it_contradicts_nothing() -> None:
    capped = Constraints(price_max=Decimal(40))
    assert bears_amount(JourneyTurn("a mouse", "find"))
    for other in (
        JourneyTurn("a mouse under $40", "find", constraints=capped),
        JourneyTurn("a home office", "find", bundle=True),
        JourneyTurn("does it have usb-c", "question"),
        JourneyTurn("", "find"),
    ):
        assert not bears_amount(other)
    journey = Journey("j", "demo", "open", (JourneyTurn("a quiet mouse!", "find"),))
    assert next(script([journey], 7, Random(1))) == Said("a quiet mouse, under $2,007.37", True, True)
    marked = [bears_amount(turn) for one in read_journeys(JOURNEYS, "open") for turn in one.turns]
    assert sum(marked) > 20


def test_what_belongs_to_another_shopper_is_recognised() -> None:
    own = f"a mouse, under {amount(3)}"
    told = [own]
    assert not mixed_up(drawing(own, chips=f"price up to {amount(3)}"), 3, "k1", told)
    assert "k2" in mixed_up(drawing(own, key="k2"), 3, "k1", told)
    assert "messages" in mixed_up(drawing(own, "another"), 3, "k1", told)
    assert "messages" in mixed_up(drawing(), 3, "k1", told)
    assert "$2,004.37" in mixed_up(drawing(own, chips=f"price up to {amount(4)}"), 3, "k1", told)


def test_answers_are_counted_and_told() -> None:
    tally = Tally()
    own = f"a mouse, under {amount(0)}"
    shown = drawing(own, chips=f"price up to {amount(0)}", facts=4)
    count(tally, Answered(own, 1.0, 2.0, (shown,)), Said(own, True, True), 0, "k1", [own])
    asked = drawing(own, "does it fit", products=False)
    count(tally, Answered("does it fit", None, 4.0, (asked,)), Said("does it fit", False, False), 0, "k1", [own, "x"])
    unread = drawing(own)
    count(tally, Answered(own, 3.0, 3.0, (unread,)), Said(own, True, True), 0, "k1", [own])
    assert (tally.turns, len(tally.mixed), tally.unread, tally.replies_with_facts, tally.facts) == (3, 1, 1, 1, 4)
    assert tally.first == [1.0, 3.0]
    text = "\n".join(table(tally, 2, 5, 12))
    assert "2.00 median, 2.90 p95, 3.00 at most, n = 2" in text
    assert "1 of 2 with products" in text
    assert "none" in "\n".join(table(Tally(), 2, 5, 12))


def test_a_drawing_grows_by_edits() -> None:
    before = {"talk": "a", "links": ["x"], "more": {"gone": 1}}
    edits: list[list[Any]] = [
        ["append", ["talk"], "b"],
        ["add", ["links", 1], "y"],
        ["delete", ["more", "gone"], None],
        ["add", ["n"], 2],
        ["replace", ["links", 0], "z"],
    ]
    assert changed(before, edits) == {"talk": "ab", "links": ["z", "y"], "more": {}, "n": 2}
    assert before == {"talk": "a", "links": ["x"], "more": {"gone": 1}}
    assert changed("a", [["append", [], "b"]]) == "ab"
    assert changed("a", [["replace", [], 3]]) == 3
    with pytest.raises(ValueError, match="turn"):
        changed({"a": 1}, [["turn", ["a"], 3]])


DRAWN = {
    "key": "k1",
    "code": "en",
    "talk": '<div class="talk"><div class="exchange" id="turn-0"><p class="asked"><span class="unseen">You said:</span>'
    ' a &lt;b&gt; mouse</p><div class="answer" aria-busy="false"><ol class="picks"></ol><ul class="chips"><li>price up'
    ' to $2,001.37</li></ul></div></div><div class="exchange active"><p class="asked">more</p><div class="answer" '
    'aria-busy="true"><p class="looking">Looking</p></div></div></div>',
    "panel": '<p class="reason"><span class="label">Why it fits</span> x</p>',
    "foot": '<p class="waiting-line" role="status">you are next</p>',
}


def test_a_drawing_tells_messages_chips_and_the_state_of_the_last_answer() -> None:
    found = drawing_of(DRAWN)
    assert found.messages == ("a <b> mouse", "more")
    assert found.chips == ("price up to $2,001.37", "")
    assert (found.products, found.answering, found.waiting, found.trouble) == (False, True, True, False)


def _apart(done: Callable[[], T]) -> T:
    """What `done` gives in a thread of its own: an open browser leaves a running event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


def _visitor(answer: httpx2.Response) -> PageVisitor:
    config = {
        "api_prefix": "/x",
        "dependencies": [{"api_name": name, "id": n, "outputs": [7]} for n, name in enumerate(("opened", "take"))],
        "components": [{"id": 7, "props": {"elem_id": "wire"}}],
    }

    def told(request: httpx2.Request) -> httpx2.Response:
        match request.url.path:
            case "/config":
                return httpx2.Response(200, json=config)
            case "/x/run/opened":
                return httpx2.Response(200, json={"data": [DRAWN]})
            case "/x/run/take":
                assert json.loads(request.content)["session_hash"] == "me"
                return answer
        return httpx2.Response(404)

    client = httpx2.AsyncClient(base_url="http://page", transport=httpx2.MockTransport(told))
    return PageVisitor(client, "me")


def _asked(visitor: PageVisitor) -> Answered:
    async def ask() -> Answered:
        assert (await visitor.open()).key == "k1"
        try:
            return await visitor.ask("hello")
        finally:
            await visitor.leave()

    return _apart(lambda: asyncio.run(ask()))


def test_a_full_shop_is_a_refusal_and_anything_else_an_error() -> None:
    full = _asked(_visitor(httpx2.Response(500, json={"error": "The shop is full."})))
    assert full.refused == "The shop is full."
    assert full.first is None
    with pytest.raises(PageError, match="HTTP 502") as broken:
        _asked(_visitor(httpx2.Response(502, text="bad gateway")))
    assert not isinstance(broken.value, RefusedError)
    with pytest.raises(PageError, match="the drawing is None"):
        _asked(_visitor(httpx2.Response(200, json={"data": [None]})))


def test_a_real_page_beyond_its_limit_refuses_in_plain_words(shop: Shop) -> None:
    page = Page(Assistant(shop, ScriptedChat(["It is good."]), rules_only=True))
    for n in range(VISITORS_AT_ONCE):
        page.claim(page.begin(None), Asked("a mouse"), f"v{n}")
    transport = httpx2.ASGITransport(app=application(page))
    visitor = PageVisitor(httpx2.AsyncClient(base_url="http://page", transport=transport), "late")

    async def ask() -> Answered:
        await visitor.open()
        return await visitor.ask("a mouse")

    refused = _apart(lambda: asyncio.run(ask()))
    assert refused.refused == texts_of("en")["busy.full"]
    assert not refused.drawings  # nothing of the page changes, the message in its box neither
    assert page.entry("late") is None
    page.release("v0")
    page.claim(page.begin(None), Asked("a mouse"), "late")


def test_a_small_crowd_shops_without_errors_and_apart(
    own_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    turns = [{"user": "a mouse", "act": "find", "kinds": [["mice"]]}, {"user": "thanks", "act": "thanks"}]
    file = tmp_path / "trips.jsonl"
    file.write_text(json.dumps({"case_id": "t1", "store": "demo", "part": "open", "turns": turns}), encoding="utf-8")
    options = ["--index", str(own_folder), "--journeys", str(file), "--rules-only", "--model", "scripted:It is good."]
    assert _apart(lambda: main([*options, "--shoppers", "4", "--minutes", "0.1", "--think", "0.4"])) == 0
    told = capfd.readouterr().out
    rows = {line[:40].strip(): line[40:].strip() for line in told.splitlines()}
    assert int(rows["turns"]) >= 4  # on a busy machine no more than one each
    assert rows["errors"] == rows["mixed-up replies"] == rows["errors written by the server"] == "0"
    assert "n = " in rows["first products, seconds"]
    assert float(rows["memory of the server, GB at most"]) > 0.05


def test_a_page_that_does_not_open_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _apart(lambda: main(["--index", str(tmp_path / "none"), "--shoppers", "1"])) == 2
    assert str(tmp_path / "none") in capfd.readouterr().err
    assert _apart(lambda: main(["--journeys", str(tmp_path / "none.jsonl")])) == 2
