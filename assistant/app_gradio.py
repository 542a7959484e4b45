"""The page in Gradio: what is on it, what happens when something is pressed, and the application around it.

Knows of the page only that it can be drawn, asked and told; all drawing goes through one component, whose script
(`page.js`) brings it into the page.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.app import FullError, Page, UnderWay
from assistant.deeds import Asked
from assistant.interface import languages, texts_of
from assistant.visit import Visit
from assistant.web import Policy

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

SCRIPT = Path(__file__).with_name("page.js")
GLANCE_SECONDS = 0.2
"""How often a waiting visitor's place in the line is looked at."""

_ROOT = '<div class="root"></div>'
# What the browser tells when it opens the page: the language chosen here before, and what a link points to.
_HELLO = """() => {
  const asked = new URLSearchParams(location.search);
  const hello = {key: asked.get('talk') ?? '', turn: asked.get('turn') ?? ''};
  try {
    hello.language = localStorage.getItem('shop.language') ?? '';
    const kept = localStorage.getItem(`shop.talk.${hello.key}`);
    hello.talk = kept ? JSON.parse(kept).talk : '';
  } catch { /* no storage, or a broken one: as if nothing was kept */ }
  return JSON.stringify(hello);
}"""


def blocks(page: Page) -> "gr.Blocks":
    """The Gradio page."""
    import gradio as gr

    with gr.Blocks(title="Shop assistant", fill_width=True, analytics_enabled=False) as on:
        _wire(page, on)
    # A line of our own says who is before whom, so Gradio's own never has to.
    on.queue(max_size=None, default_concurrency_limit=None, api_open=False)
    return cast("gr.Blocks", on)


def application(page: Page) -> "FastAPI":
    """The page as a web application; the index folder's pictures are the only files served beside it."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Policy, image_hosts=page.image_hosts)
    pictures = page.shop.folder / "pictures"
    if pictures.is_dir():
        app.mount("/pictures", StaticFiles(directory=pictures))
    # Gradio's named fonts would be fetched from another host.
    fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
    gr.mount_gradio_app(
        app,
        blocks(page),
        path="",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1mb",
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        i18n=gr.I18n(**{code: dict(texts_of(code)) for code in languages()}),
        theme=gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"]),
        css_paths=[Path(__file__).with_name("theme.css")],
    )
    return app


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of the page is written to or listened to."""

    state: Any
    hello: Any
    box: Any
    send: Any
    halt: Any
    wire: Any


def _parts(page: Page) -> _Parts:
    import gradio as gr

    i18n = gr.I18n(**{code: dict(texts_of(code)) for code in languages()})
    state, hello = gr.State(page.begin(None)), gr.Textbox(visible=False)
    gr.HTML(html_template=_ROOT, elem_id="head", apply_default_css=False, js_on_load=None)
    with gr.Row(elem_id="layout"):
        with gr.Column(elem_id="main", min_width=0):
            gr.HTML(html_template=_ROOT, elem_id="talk", apply_default_css=False, js_on_load=None)
            gr.HTML(html_template=_ROOT, elem_id="foot", apply_default_css=False, js_on_load=None)
            with gr.Row(elem_id="ask"):
                box = gr.Textbox(
                    label=i18n("ask.label"),
                    show_label=False,
                    container=False,
                    placeholder=i18n("ask.placeholder"),
                    lines=1,
                    max_lines=5,
                    max_length=4000,
                    elem_id="box",
                    autofocus=True,
                )
                send = gr.Button(i18n("ask.send"), elem_id="send", variant="primary", min_width=0)
                halt = gr.Button(i18n("ask.stop"), elem_id="stop", variant="stop", min_width=0, visible=False)
        with gr.Column(elem_id="side", min_width=0):
            gr.HTML(html_template=_ROOT, elem_id="panel", apply_default_css=False, js_on_load=None)
    # Last, so that the places it draws into are there when its script runs.
    wire = gr.HTML(
        {"n": -1},
        html_template="<span hidden></span>",
        elem_id="wire",
        apply_default_css=False,
        js_on_load=SCRIPT.read_text("utf-8"),
    )
    return _Parts(state, hello, box, send, halt, wire)


def _wire(page: Page, on: Any) -> None:
    import gradio as gr
    from anyio import to_thread

    parts = _parts(page)
    state, wire, box, send, halt = parts.state, parts.wire, parts.box, parts.send, parts.halt
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    swift: dict[str, Any] = {**quiet, "queue": False}
    composer = [box, send, halt]

    def worded(language: str) -> list[Any]:
        texts = texts_of(language)
        return [
            gr.update(label=texts["ask.label"], placeholder=texts["ask.placeholder"]),
            gr.update(value=texts["ask.send"]),
            gr.update(value=texts["ask.stop"]),
        ]

    # Gradio finds event and request by their annotations, so these are no methods.
    def opened(told: str, request: gr.Request) -> list[Any]:
        visit, place = page.opened(_told(told), request.headers.get("accept-language", ""))
        drawn = page.drawing(visit, more={"goto": place})
        return [visit, drawn, *worded(visit.language)]

    def did(visit: Visit, event: gr.EventData, request: gr.Request) -> list[Any]:
        before = visit.language
        visit, more = page.did(visit, _sent(event), str(request.session_hash))
        words = worded(visit.language) if visit.language != before else [gr.skip()] * 3
        return [visit, page.drawing(visit, more=more), *words]

    def claimed(visit: Visit, asked: Asked, request: gr.Request) -> list[Any]:
        try:
            visit = page.claim(visit, asked, str(request.session_hash))
        except FullError as full:
            # A refused message stays in its box, as the error keeps it from being cleared.
            raise gr.Error(texts_of(visit.language)[full.key], title="", print_exception=False) from full
        return [visit, page.drawing(visit, keep=False), gr.update(visible=False), gr.update(visible=True)]

    def take(message: str, visit: Visit, request: gr.Request) -> list[Any]:
        return [*claimed(visit, Asked(message), request), ""]

    def take_pressed(visit: Visit, event: gr.EventData, request: gr.Request) -> list[Any]:
        visit, asked = page.asked_by(visit, _sent(event))
        if asked is None:
            raise gr.Error("", visible=False, print_exception=False)
        return claimed(visit, asked, request)

    async def answered(visit: Visit, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        entry = page.entry(str(request.session_hash))
        if entry is None:
            return
        async for drawn in _answered(page, entry, to_thread.run_sync):
            yield drawn

    def settle(visit: Visit, request: gr.Request) -> list[Any]:
        calm = page.settled(visit, str(request.session_hash))
        busy = page.entry(str(request.session_hash)) is not None
        return [calm, page.drawing(calm), gr.update(visible=not busy), gr.update(visible=busy)]

    def stop(request: gr.Request) -> None:
        page.stop(str(request.session_hash))

    def leave(request: gr.Request) -> None:
        page.release(str(request.session_hash))

    def answer_after(taken: Any) -> None:
        written = taken.success(answered, state, wire, concurrency_limit=None, **quiet)
        # `then` is not run after a failure (Gradio 6.31), and the controls must come back.
        for ended in (written.then, written.failure):
            ended(settle, state, [state, wire, send, halt], **swift)

    on.load(opened, parts.hello, [state, wire, *composer], js=_HELLO, **swift)
    wire.click(did, state, [state, wire, *composer], trigger_mode="multiple", **swift)
    answer_after(gr.on([box.submit, send.click], take, [box, state], [state, wire, send, halt, box], **swift))
    answer_after(wire.submit(take_pressed, state, [state, wire, send, halt], **swift))
    halt.click(stop, None, None, **swift)
    on.unload(leave)


async def _answered(page: Page, entry: UnderWay, in_thread: Any) -> AsyncIterator[dict[str, Any]]:
    """The drawings of an answer as it comes; first those of the line before it."""
    growing = page.answer(entry)
    try:
        told = None
        while (before := page.finding.before(entry)) and not entry.stop.set_already:
            if before != told:
                told = before
                yield page.drawing(entry.visit, keep=False, waiting=before)
            await asyncio.sleep(GLANCE_SECONDS)
        while (visit := await in_thread(next, growing, None)) is not None and not entry.gone:
            yield page.drawing(visit, keep=False)
            if entry.told and page.writing.join(entry):
                while page.writing.before(entry) and entry.stop.spend(GLANCE_SECONDS):
                    await asyncio.sleep(GLANCE_SECONDS)
    finally:
        page.end(entry)


def _told(text: str) -> Mapping[str, Any]:
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _sent(event: Any) -> Mapping[str, Any]:
    data = getattr(event, "_data", None)
    return data if isinstance(data, dict) else {}
