"""One visitor of the page without a browser: the page's own requests, sent and read as its script sends and reads them.

Knows how the page is spoken to (Gradio's queue, the drawings of `assistant.app`) and what a drawing tells; nothing of
who visits or of what is asked.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from assistant.interface import texts_of

if TYPE_CHECKING:
    import httpx2

LONGEST_SECONDS = 180.0
"""Seconds after which an answer that has not come is an error."""

_ASKED = re.compile(r'<p class="asked">(?:<span[^>]*>[^<]*</span>)?(.*?)</p>', re.DOTALL)
_CHIPS = re.compile(r'<ul class="chips".*?</ul>', re.DOTALL)
_LABEL = re.compile(r'<p class="reason"><span class="label">(.*?)</span>')
_TAG = re.compile(r"<[^>]*>")


class PageError(Exception):
    """The page did not answer as it should."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one drawing of the page tells: the conversation's key, its messages, the chips of each answer; of the last
    answer whether it has products, is under way or in trouble; how many reasons are `written`, how many plain `facts`.
    """

    key: str
    messages: tuple[str, ...]
    chips: tuple[str, ...]
    products: bool
    answering: bool
    waiting: bool
    trouble: bool
    written: int
    facts: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One message and its answer: the seconds to the first products (None without products) and to the end, and the
    drawings on the way. `refused` is the sentence of a page that had no place.
    """

    message: str
    first: float | None = None
    whole: float = 0.0
    drawings: tuple[Drawing, ...] = field(default=(), repr=False)
    refused: str = ""


def drawing_of(drawn: Mapping[str, Any]) -> Drawing:
    """What the drawing sent to a browser tells."""
    talk, panel = str(drawn["talk"]), str(drawn["panel"])
    exchanges = talk.split('<div class="exchange')[1:]
    last = exchanges[-1] if exchanges else ""
    texts = texts_of(str(drawn["code"]))
    labels = [unescape(one) for one in _LABEL.findall(panel)]
    return Drawing(
        key=str(drawn["key"]),
        messages=tuple(_plain(one) for one in _ASKED.findall(talk)),
        chips=tuple(_plain(" ".join(_CHIPS.findall(one))) for one in exchanges),
        products='class="picks"' in last,
        answering='aria-busy="true"' in last,
        waiting='class="waiting-line"' in str(drawn["foot"]),
        trouble='class="trouble"' in last,
        written=labels.count(texts["card.why"]),
        facts=labels.count(texts["card.facts"]),
    )


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


class PageVisitor:
    """A page opened at an address by a browser of its own, `name`."""

    def __init__(self, client: "httpx2.AsyncClient", name: str) -> None:
        self._client = client
        self._name = name
        self._prefix = ""
        self._acts: Mapping[str, Mapping[str, Any]] = {}
        self._wire = -1
        self._pulse: asyncio.Task[None] | None = None

    async def open(self) -> Drawing:
        """Opens the page as a new visitor. PageError, as all of these."""
        answer = await self._client.get("/config")
        config = answer.json()
        self._prefix = str(config["api_prefix"])
        self._acts = {one["api_name"]: one for one in config["dependencies"]}
        self._wire = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "wire")
        # The server forgets who is gone by this connection.
        self._pulse = asyncio.create_task(self._beat())
        return drawing_of(await self._run("opened", ["{}"]))

    async def leave(self) -> None:
        """Closes the page."""
        if self._pulse is not None:
            self._pulse.cancel()
            await asyncio.gather(self._pulse, return_exceptions=True)

    async def press(self, act: str, **told: object) -> Drawing:
        """Presses a button that asks nothing of the assistant, such as "new"."""
        return drawing_of(await self._run("did", [None], {"act": act, **told}))

    async def ask(self, message: str) -> Answered:
        """Sends a message and reads the whole answer."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                return await self._ask(message, begun)
        except TimeoutError as error:
            raise PageError(f"no answer to {message!r} within {LONGEST_SECONDS:g} s") from error

    async def _ask(self, message: str, begun: float) -> Answered:
        try:
            drawings = [drawing_of(await self._run("take", [message, None]))]
        except RefusedError as refusal:
            return Answered(message, whole=time.perf_counter() - begun, refused=refusal.sentence)
        first = None
        async for drawn in self._streamed("answered"):
            drawings.append(drawing_of(drawn))
            if first is None and drawings[-1].products:
                first = time.perf_counter() - begun
        drawings.append(drawing_of(await self._run("settle", [None])))
        if first is None and drawings[-1].products:
            first = time.perf_counter() - begun
        return Answered(message, first, time.perf_counter() - begun, tuple(drawings))

    def _body(self, act: str, data: Sequence[object], told: object = None) -> dict[str, object]:
        number = self._acts[act]["id"]
        return {"data": data, "event_data": told, "fn_index": number, "session_hash": self._name}

    async def _run(self, act: str, data: Sequence[object], told: object = None) -> Mapping[str, Any]:
        """The drawing that an act outside the queue answers with."""
        answer = await self._client.post(f"{self._prefix}/run/{act}", json=self._body(act, data, told))
        if answer.status_code != 200:
            try:
                sentence = answer.json().get("error")
            except ValueError:
                sentence = None
            if sentence:
                raise RefusedError(str(sentence))
            raise PageError(f"{act}: HTTP {answer.status_code} {answer.text[:200]!r}")
        return self._drawn(act, answer.json()["data"])

    def _drawn(self, act: str, data: Sequence[Any]) -> Mapping[str, Any]:
        drawn = data[self._acts[act]["outputs"].index(self._wire)]
        if not isinstance(drawn, Mapping):
            raise PageError(f"{act}: the drawing is {drawn!r}, expected an object")
        return drawn

    async def _streamed(self, act: str) -> AsyncIterator[Mapping[str, Any]]:
        """The drawings of a queued act as they come."""
        joined = await self._client.post(f"{self._prefix}/queue/join", json=self._body(act, [None]))
        if joined.status_code != 200:
            raise PageError(f"{act}: HTTP {joined.status_code} {joined.text[:200]!r}")
        data: Any = None
        address = f"{self._prefix}/queue/data"
        async with self._client.stream("GET", address, params={"session_hash": self._name}) as lines:
            async for line in lines.aiter_lines():
                if not line.startswith("data:"):
                    continue
                told = json.loads(line.removeprefix("data:"))
                if told["msg"] in ("process_completed", "unexpected_error") and not told.get("success"):
                    raise PageError(f"{act}: {told.get('output') or told.get('message')!r}")
                if told["msg"] == "process_completed":
                    return
                if told["msg"] == "process_generating":
                    new = told["output"]["data"]
                    # The first drawing comes whole, then what differs from the one before.
                    data = new if data is None else [changed(old, edits) for old, edits in zip(data, new, strict=True)]
                    yield self._drawn(act, data)

    async def _beat(self) -> None:
        async with self._client.stream("GET", f"{self._prefix}/heartbeat/{self._name}", timeout=None) as beats:
            async for _ in beats.aiter_lines():
                pass


class RefusedError(PageError):
    """The page has no place for the message and says so in a `sentence`."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def changed(value: Any, edits: Sequence[Sequence[Any]]) -> Any:
    """A JSON value after edits (action, path, new value), the value itself left as it was. ValueError for no edit."""
    for action, path, new in edits:
        value = _edited(value, action, path, new)
    return value


def _edited(value: Any, action: str, path: Sequence[Any], new: Any) -> Any:
    if not path:
        if action == "replace":
            return new
        if action == "append":
            return value + new
        raise ValueError(f"edit {action!r}, expected replace or append")
    here, rest = path[0], path[1:]
    copy = list(value) if isinstance(value, list) else dict(value)
    if rest or action in ("replace", "append"):
        copy[here] = _edited(value[here], action, rest, new)
    elif action == "add":
        if isinstance(copy, list):
            copy.insert(int(here), new)
        else:
            copy[here] = new
    elif action == "delete":
        del copy[here]
    else:
        raise ValueError(f"edit {action!r}, expected replace, append, add or delete")
    return copy
