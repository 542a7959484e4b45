"""The same conversation in a terminal: a table of products whose rationales fill in, then what was understood.

Text of products and models loses its control characters before it is printed, and none of it is read as markup.
Knows neither models nor how products are found. Run by `python -m assistant --terminal`.
"""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cards import clean, missed_text, money, plain, rating_text, stock_text, understood_text
from assistant.chips import chips, without_chip
from assistant.commands import HELP as COMMANDS_HELP
from assistant.commands import obeyed, shown_at
from assistant.dialogue import Comparison, Event, Products, Reply
from assistant.openers import openers
from assistant.talk import Answer, Talk, latest_purchases
from assistant.weights import ModelError
from index.catalog import Product

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from assistant.assistant import Assistant
    from assistant.llm import Stop
    from index.folder import Shop

HELP = (
    "Say what you need, in your own words. Ctrl-C stops an answer.\n"
    f"{COMMANDS_HELP}\n"
    "/without N       take back the Nth of what was understood\n"
    "/swap 1          another product in that place of a set\n"
    "/shopper [ID]    shop as somebody, or see who there is\n"
    "/undo            take back the last message\n"
    "/clear           start over\n"
    "/quit            leave"
)
REDRAW_SECONDS = 0.1
PURCHASES_SHOWN = 5
SHOPPERS_SHOWN = 8
OPENERS_SHOWN = 3


class Terminal:
    """A conversation on a rich console; `run` reads messages until the shopper leaves."""

    def __init__(self, assistant: "Assistant", console: "Console", *, user_id: str | None = None) -> None:
        self._assistant = assistant
        self._console = console
        self._talk = Talk(assistant.session(user_id=user_id))

    @property
    def _shop(self) -> "Shop":
        return self._assistant.shop

    def run(self) -> None:
        """Greets, then reads and answers until /quit, the end of the input or Ctrl-C at the prompt."""
        self._greet()
        while True:
            try:
                line = self._console.input("\n› ", markup=False)
            except (EOFError, KeyboardInterrupt):
                self._say("")
                return
            if line.strip() == "/quit":
                return
            if line.strip().startswith("/"):
                self._obey(line.split())
            else:
                self.answer(line)

    def answer(self, message: str) -> Talk:
        """Answers one message, drawing as it goes; Ctrl-C stops the answer and keeps what was said."""
        session = self._talk.session
        return self._answered(message, lambda stop: self._assistant.stream(session, message, stop=stop))

    def _answered(self, message: str, events: Callable[["Stop"], Iterator[Event]]) -> Talk:
        from rich.live import Live

        from assistant.llm import Stop

        stop = Stop()
        answer = Answer(message, self._talk.session)
        session = self._talk.session
        drawn = 0.0
        with _interrupt_sets(stop):
            try:
                with Live(console=self._console, auto_refresh=False, transient=True) as live:
                    live.update(self._drawing(answer), refresh=True)
                    for event in events(stop):
                        answer = answer.heard(event)
                        if isinstance(event, Reply):
                            session = event.session
                            answer = replace(answer, stopped=stop.is_set())
                        elif isinstance(event, Products) or time.monotonic() - drawn > REDRAW_SECONDS:
                            drawn = time.monotonic()
                            live.update(self._drawing(answer), refresh=True)
            except ModelError as error:
                answer = replace(answer, trouble=str(error))
        # The live drawing is cut off at the height of the screen; the finished answer is printed whole.
        self._console.print(self._drawing(answer))
        self._talk = Talk(session, (*self._talk.answers, answer))
        return self._talk

    def _greet(self) -> None:
        self._say("Shop assistant. You are talking to an AI, which can be wrong.")
        if self._shop.manifest.fictional:
            self._say("This demo shop, its brands, products, prices and shoppers are made up.")
        self._say(HELP)
        self._introduce()

    def _introduce(self) -> None:
        history = self._talk.session.history
        bought = latest_purchases(history, self._shop.products, PURCHASES_SHOWN)
        if bought:
            self._say(f"\nShopping as {clean(self._talk.session.user_id or 'a visitor')}, who bought:")
            for product in bought:
                self._say(f"  {clean(product.title)}")
        offered = openers(self._shop.products, history, self._shop.currency)[:OPENERS_SHOWN]
        if offered:
            self._say("\nFor example: " + "  ·  ".join(offered))

    def _obey(self, words: Sequence[str]) -> None:
        match words:
            case ["/shopper"]:
                self._say("Shoppers: " + ", ".join(clean(name) for name in self._known_shoppers()))
                self._say("/shopper ID shops as one of them, /shopper new as a new visitor.")
            case ["/shopper", "new"]:
                self._begin(None)
            case ["/shopper", user_id] if user_id in self._shop.histories:
                self._begin(user_id)
            case ["/shopper", user_id]:
                self._say(f"There is no shopper {clean(user_id)}; /shopper lists some.")
            case ["/clear"]:
                self._begin(self._talk.session.user_id)
            case ["/undo"] if self._talk.answers:
                self._say(f"Taken back: {clean(self._talk.answers[-1].message)}")
                self._talk = self._talk.undone()
            case ["/undo"]:
                self._say("There is nothing to take back.")
            case ["/without", number]:
                self._without(number)
            case ["/swap", number]:
                self._swap(number)
            case _:
                self._act(words)

    def _act(self, words: Sequence[str]) -> None:
        outcome = obeyed(self._talk.session, words, self._shop, self._assistant.today)
        if outcome is None:
            self._say(HELP)
            return
        self._talk = replace(self._talk, session=outcome.session)
        if outcome.comparison is not None:
            self._console.print(self._side_by_side(outcome.comparison))
        self._say(outcome.text)

    def _without(self, number: str) -> None:
        topic, session = self._talk.session.topic, self._talk.session
        held = chips(topic, self._shop) if topic is not None else ()
        if topic is None or not number.isdecimal() or not 1 <= int(number) <= len(held):
            listed = "  ".join(f"{place} {clean(one.text)}" for place, one in enumerate(held, start=1))
            self._say(f"In force: {listed}" if listed else "Nothing is in force.")
            return
        chip = held[int(number) - 1]
        message, request = f"Without: {chip.text}", without_chip(topic, chip.key)
        self._answered(message, lambda stop: self._assistant.again(session, request, stop=stop, message=message))

    def _swap(self, number: str) -> None:
        session = self._talk.session
        named = shown_at(session, [number])
        product = self._shop.products.get(named[0]) if named else None
        if product is None or session.topic is None or not session.topic.bundle:
            self._say("No set is shown that has such a place.")
            return
        message = f"Another one instead of {clean(product.title)}"
        self._answered(message, lambda stop: self._assistant.swap(session, named[0], stop=stop, message=message))

    def _known_shoppers(self) -> Sequence[str]:
        return list(self._assistant.shoppers(SHOPPERS_SHOWN))

    def _begin(self, user_id: str | None) -> None:
        self._talk = Talk(self._assistant.session(user_id=user_id))
        self._say("A new conversation.")
        self._introduce()

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False)

    def _drawing(self, answer: Answer) -> "RenderableType":
        from rich.console import Group
        from rich.text import Text

        if answer.request is None and not answer.trouble:
            return Text("Looking through the shop …", style="dim")
        parts: list[RenderableType] = [Text(plain(answer.text))] if answer.text else []
        if answer.recommendations or answer.nearest:
            parts.append(self._table(answer))
        if answer.comparison is not None:
            parts.append(self._side_by_side(answer.comparison))
        for passage in answer.passages:
            source = " · ".join(clean(one) for one in (passage.document, passage.heading) if one)
            parts.append(Text(f"“{clean(passage.text)}”\n  {source}", style="italic"))
        if answer.request is not None:
            doubts = [doubt for doubt in answer.request.doubts if doubt not in answer.text]
            parts.extend(Text(plain(doubt), style="yellow") for doubt in doubts)
            understood = understood_text(answer.request, self._shop.products, self._shop.currency)
            if understood:
                parts.append(Text(f"Understood: {understood}", style="dim"))
        parts.extend(self._further(answer))
        if answer.stopped:
            parts.append(Text("Stopped. What was said so far is kept.", style="dim"))
        if answer.trouble:
            parts.append(Text(plain(answer.trouble), style="red"))
        return Group(*parts)

    def _further(self, answer: Answer) -> Iterator["RenderableType"]:
        """What may be read and said next."""
        from rich.text import Text

        for guide in answer.guides:
            yield Text(f"Worth reading: {clean(guide.document)}", style="dim")
        if answer.quick:
            yield Text(f"Say next: {'  ·  '.join(map(clean, answer.quick))}", style="dim")

    def _side_by_side(self, found: Comparison) -> "RenderableType":
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
        table.add_column("")
        for one in found.product_ids:
            product = self._shop.products.get(one)
            table.add_column(Text(clean(product.title if product else one)), overflow="fold")
        for row in found.rows:
            table.add_row(Text(clean(row.label), style="dim"), *(Text(clean(value)) for value in row.values))
        return table

    def _table(self, answer: Answer) -> "RenderableType":
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False, expand=False)
        table.add_column("", justify="right", style="dim")
        table.add_column("Product", overflow="fold", ratio=1)
        table.add_column("Price", justify="right")
        table.add_column("Stock")
        table.add_column("Rating")
        offers = {one.product.product_id: one.offers for one in answer.recommendations}
        for place, (product, rationale, missed) in enumerate(self._rows(answer), start=1):
            name = Text(clean(product.title), style="bold")
            if product.brand:
                name.append(f"  {clean(product.brand)}", style="not bold dim")
            if missed:
                name.append(f"\n{missed_text(missed).capitalize()}", style="not bold yellow")
            for offer in offers.get(product.product_id, ()):
                name.append(f"\n{clean(offer.text)}", style="not bold green")
            if rationale:
                name.append(f"\n{plain(rationale)}", style="not bold")
            table.add_row(str(place), name, _price(product), stock_text(product), rating_text(product))
        return table

    def _rows(self, answer: Answer) -> Iterator[tuple[Product, str, Sequence[str]]]:
        carded = set()
        for shown in answer.recommendations:
            pid = shown.product.product_id
            carded.add(pid)
            waiting = "" if answer.over else "…"
            rationale = shown.rationale or answer.rationales.get(pid) or waiting
            yield shown.product, rationale, answer.nearest.get(pid, ())
        for pid, missed in answer.nearest.items():
            if pid in self._shop.products and pid not in carded:
                yield self._shop.products[pid], "", missed


def _price(product: Product) -> str:
    if product.price is None:
        return "not stated"
    now = money(product.price, product.currency)
    if product.list_price is None or product.list_price <= product.price:
        return now
    return f"{now}\nwas {money(product.list_price, product.currency)}"


@contextmanager
def _interrupt_sets(stop: "Stop") -> Iterator[None]:
    """Within the block Ctrl-C sets the stop; a second one interrupts as usual."""

    def interrupted(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
