"""The chat page: draws what the assistant answers and decides nothing.

A visitor's conversation is a frozen `Talk` in the page's session state; visitors share nothing but the table
in which a stop button finds its own answer's `Stop`. Knows neither models nor how products are found.
Run by `python -m assistant`.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.cards import clean, purchases_html
from assistant.dialogue import Products, Reply
from assistant.openers import goes_with, openers
from assistant.talk import Answer, Talk, latest_purchases, talk_html
from assistant.web import Policy
from assistant.weights import ModelError

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from assistant.assistant import Assistant
    from assistant.llm import Stop

NEW_VISITOR = "New visitor"
SHOPPERS_SHOWN = 8
PURCHASES_SHOWN = 4
OPENERS_SHOWN = 4
REDRAW_SECONDS = 0.1
"""The shortest time between two drawings of an answer being written: each one travels to the browser."""
TURNS_AT_ONCE = 2
QUEUE_SIZE = 64

# A new question is brought to the top of what is seen and held there while its answer grows, until the reader
# scrolls; a card's button asks about its product.
_TALK_JS = """
const pane = element.closest('#talk');
pane.tabIndex = 0;
let asked = 0, held = null;
for (const gesture of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
  document.addEventListener(gesture, () => { held = null; }, {passive: true});
new MutationObserver(() => {
  const exchanges = element.querySelectorAll('.exchange');
  if (exchanges.length !== asked) held = exchanges.length > asked ? exchanges[exchanges.length - 1] : null;
  asked = exchanges.length;
  if (held && held.isConnected) held.scrollIntoView({block: 'start'});
}).observe(element, {childList: true, subtree: true, characterData: true});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-product]');
  if (button) trigger('click', {product: button.dataset.product});
});
"""


class Page:
    """The page over one assistant, opened for a new visitor or for the shopper `user_id`."""

    def __init__(self, assistant: "Assistant", *, user_id: str | None = None) -> None:
        self._assistant = assistant
        self._products = assistant.shop.products
        self._folder = assistant.shop.folder
        self._currency = assistant.shop.currency
        self._user_id = user_id
        self._stops: dict[str, Stop] = {}

    # what is drawn

    def drawn(self, talk: Talk) -> str:
        """The conversation as HTML."""
        return talk_html(talk, self._products, self._folder, self._currency)

    def notice(self) -> str:
        """The line over the conversation: that this is an AI, and where prices come from."""
        prices = "Prices and stock are as the catalogue had them when the shop was last indexed."
        if self._assistant.shop.manifest.fictional:
            prices = "This demo shop, its brands, products, prices and shoppers are made up."
        return f"You are talking to an AI, which can be wrong. {prices}"

    def shoppers(self) -> list[tuple[str, str]]:
        """The choices of the shopper picker: what is read, and the user id ("" is a new visitor)."""
        listed = list(self._assistant.shoppers(SHOPPERS_SHOWN))
        if self._user_id is not None and self._user_id not in listed:
            listed.insert(0, self._user_id)
        return [(NEW_VISITOR, ""), *((self._shopper_label(user_id), user_id) for user_id in listed)]

    def _shopper_label(self, user_id: str) -> str:
        history = self._assistant.shop.histories.get(user_id, ())
        bought = latest_purchases(history, self._products, len(history))
        kinds = list(dict.fromkeys(clean(product.kind) for product in bought if product.kind))
        return f"{', '.join(kinds[:2])} ({clean(user_id)})" if kinds else clean(user_id)

    def purchases(self, talk: Talk) -> str:
        """The panel of what the shopper bought before."""
        history = talk.session.history
        if not history:
            return '<p class="nobody">Pick a shopper to see how past purchases change the answers.</p>'
        latest = latest_purchases(history, self._products, PURCHASES_SHOWN)
        return purchases_html(latest, self._folder, len(set(history) & set(self._products)))

    def openers(self, talk: Talk) -> tuple[str, ...]:
        """First messages to offer in this conversation; none once it has begun."""
        if talk.answers:
            return ()
        return openers(self._products, talk.session.history, self._currency)[:OPENERS_SHOWN]

    # what a visitor does

    def claim(self, visitor: str) -> bool:
        """Takes the visitor's one place for an answer; False when an answer to them is under way."""
        from assistant.llm import Stop

        if visitor in self._stops:
            return False
        self._stops[visitor] = Stop()
        return True

    def release(self, visitor: str) -> None:
        """Stops what is still written for the visitor and gives their place back."""
        self.stop(visitor)
        self._stops.pop(visitor, None)

    def ask(self, message: str, talk: Talk, visitor: str) -> Iterator[Talk]:
        """The conversation as the answer to `message` grows; the last one holds the session to go on with."""
        from assistant.llm import Stop

        stop = self._stops.setdefault(visitor, Stop())
        answer = Answer(message, talk.session)
        yield replace(talk, answers=(*talk.answers, answer))
        drawn = 0.0
        try:
            for event in self._assistant.stream(talk.session, message, stop=stop):
                answer = answer.heard(event)
                if isinstance(event, Reply):
                    answer = replace(answer, stopped=stop.is_set())
                    yield Talk(event.session, (*talk.answers, answer))
                elif isinstance(event, Products) or time.monotonic() - drawn > REDRAW_SECONDS:
                    drawn = time.monotonic()
                    yield replace(talk, answers=(*talk.answers, answer))
        except ModelError as error:
            yield replace(talk, answers=(*talk.answers, replace(answer, trouble=str(error))))
        finally:
            # Also when the visitor left: nobody reads on, so nothing should be written on.
            stop.set()

    def stop(self, visitor: str) -> None:
        """Stops the answer that this visitor is getting, if any."""
        stop = self._stops.get(visitor)
        if stop is not None:
            stop.set()

    def begin(self, user_id: str | None) -> Talk:
        """A new conversation of a shopper, or of a new visitor."""
        return Talk(self._assistant.session(user_id=user_id))

    def question_about(self, product_id: object) -> str:
        """What a card's button asks; "" for what is no product of the shop."""
        product = self._products.get(product_id) if isinstance(product_id, str) else None
        return goes_with(product) if product else ""

    # the page in Gradio

    def blocks(self) -> "gr.Blocks":
        """The Gradio page: what is on it, then what happens when something is pressed."""
        import gradio as gr

        with gr.Blocks(title="Shop assistant", fill_width=True, analytics_enabled=False) as page:
            self._wire(page, self._parts())
        page.queue(max_size=QUEUE_SIZE, api_open=False)
        return cast("gr.Blocks", page)

    def _parts(self) -> "_Parts":
        import gradio as gr

        first = self.begin(self._user_id)
        state, pending = gr.State(first), gr.State("")
        head = f"<header><h1>Shop assistant</h1><p>{escape(self.notice())}</p></header>"
        gr.HTML(head, elem_id="head", apply_default_css=False)
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="side", min_width=0):
                picker = gr.Dropdown(
                    self.shoppers(),
                    value=self._user_id or "",
                    label="Shopping as",
                    elem_id="shopper",
                    filterable=False,
                )
                bought = gr.HTML(self.purchases(first), elem_id="bought", apply_default_css=False)
            with gr.Column(elem_id="main", min_width=0):
                log = gr.HTML(self.drawn(first), elem_id="talk", apply_default_css=False, js_on_load=_TALK_JS)
                with gr.Row(elem_id="again", visible=False) as again:
                    retry, undo, clear = (gr.Button(text, min_width=0) for text in ("Try again", "Undo", "Clear"))
                texts = self.openers(first)
                with gr.Row(elem_id="openers", visible=bool(texts)) as opener_row:
                    offers = tuple(
                        gr.Button(text, visible=bool(text), min_width=0) for text in _padded(texts, OPENERS_SHOWN)
                    )
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        label="Your message",
                        show_label=False,
                        container=False,
                        placeholder="Say what you need …",
                        lines=1,
                        max_lines=5,
                        elem_id="box",
                        autofocus=True,
                    )
                    send = gr.Button("Send", elem_id="send", variant="primary", min_width=0)
                    halt = gr.Button("Stop", elem_id="stop", variant="stop", min_width=0, visible=False)
        controls = (send, halt, picker, again, opener_row, *offers)
        return _Parts(state, pending, picker, bought, log, retry, undo, clear, offers, box, send, halt, controls)

    def _wire(self, page: Any, on: "_Parts") -> None:
        import gradio as gr

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        swift: dict[str, Any] = {**quiet, "queue": False}
        turn: dict[str, Any] = {"concurrency_limit": TURNS_AT_ONCE, "concurrency_id": "turn", **quiet}
        controls = list(on.controls)

        def answered(message: str, talk: Talk, request: gr.Request) -> Iterator[tuple[str, Talk]]:
            for grown in self.ask(message, talk, str(request.session_hash)):
                yield self.drawn(grown), grown

        def claim(request: gr.Request) -> None:
            # A refused message stays in its box, as the error keeps `take` from clearing it.
            if not self.claim(str(request.session_hash)):
                raise gr.Error("One answer at a time: wait for it, or press Stop.", print_exception=False)

        # Gradio finds event and request by their annotations, so these are no methods.
        def take(message: str, request: gr.Request) -> tuple[str, str]:
            claim(request)
            return message, ""

        def take_last(talk: Talk, request: gr.Request) -> tuple[str, Talk]:
            claim(request)
            return (talk.answers[-1].message if talk.answers else ""), talk.undone()

        def take_product(event: gr.EventData, request: gr.Request) -> str:
            claim(request)
            return self.question_about(getattr(event, "product", None))

        def settle(talk: Talk, request: gr.Request) -> list[Any]:
            self.release(str(request.session_hash))
            calm = talk.settled()
            return [self.drawn(calm), calm, *self._idle(calm)]

        def halt(request: gr.Request) -> None:
            self.stop(str(request.session_hash))

        def leave(request: gr.Request) -> None:
            self.release(str(request.session_hash))

        def answer_after(taken: Any) -> None:
            shown = taken.success(self._busy, None, controls, **swift)
            written = shown.then(answered, [on.pending, on.state], [on.log, on.state], **turn)
            # `then` is not run after a failure (Gradio 6.31), and the controls must come back.
            for ended in (written.then, written.failure):
                ended(settle, on.state, [on.log, on.state, *controls], **swift)

        answer_after(gr.on([on.box.submit, on.send.click], take, on.box, [on.pending, on.box], **swift))
        for offer in on.offers:
            answer_after(offer.click(take, offer, [on.pending, on.box], **swift))
        answer_after(on.retry.click(take_last, on.state, [on.pending, on.state], **swift))
        answer_after(on.log.click(take_product, None, on.pending, **swift))
        page.unload(leave)
        on.halt.click(halt, None, None, **swift)
        on.undo.click(self._take_back, on.state, [on.box, on.log, on.state, *controls], **swift)
        for begun in (on.clear.click, on.picker.input):
            begun(self._begin_again, on.picker, [on.log, on.state, on.bought, *controls], **swift)

    def _busy(self) -> list[Any]:
        """The controls while an answer is written."""
        import gradio as gr

        hidden = gr.update(visible=False)
        return [hidden, gr.update(visible=True), gr.update(interactive=False), *[hidden] * (2 + OPENERS_SHOWN)]

    def _idle(self, talk: Talk) -> list[Any]:
        """The controls while the page waits for the visitor."""
        import gradio as gr

        texts = self.openers(talk)
        return [
            gr.update(visible=True),
            gr.update(visible=False),
            gr.update(interactive=True),
            gr.update(visible=bool(talk.answers)),
            gr.update(visible=bool(texts)),
            *(gr.update(value=text, visible=bool(text)) for text in _padded(texts, OPENERS_SHOWN)),
        ]

    def _take_back(self, talk: Talk) -> list[Any]:
        left = talk.undone()
        message = talk.answers[-1].message if talk.answers else ""
        return [message, self.drawn(left), left, *self._idle(left)]

    def _begin_again(self, user_id: str) -> list[Any]:
        new = self.begin(user_id or None)
        return [self.drawn(new), new, self.purchases(new), *self._idle(new)]

    def application(self) -> "FastAPI":
        """The page as a web application; the index folder's pictures are the only files served beside it."""
        import gradio as gr
        from fastapi import FastAPI
        from fastapi.staticfiles import StaticFiles

        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_middleware(Policy)
        pictures = self._folder / "pictures"
        if pictures.is_dir():
            app.mount("/pictures", StaticFiles(directory=pictures))
        # Gradio's named fonts would be fetched from another host.
        fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
        gr.mount_gradio_app(
            app,
            self.blocks(),
            path="",
            footer_links=[],
            run_history=False,
            show_error=False,
            max_file_size="1mb",
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            theme=gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"]),
            css_paths=[Path(__file__).with_name("theme.css")],
        )
        return app


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is on the page; `controls` are those that change while an answer is written."""

    state: Any
    pending: Any
    picker: Any
    bought: Any
    log: Any
    retry: Any
    undo: Any
    clear: Any
    offers: tuple[Any, ...]
    box: Any
    send: Any
    halt: Any
    controls: tuple[Any, ...]


def _padded(texts: Sequence[str], count: int) -> list[str]:
    return [*texts[:count], *[""] * (count - len(texts))]
