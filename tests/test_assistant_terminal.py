"""The conversation in a terminal, over a scripted assistant: same answers, no control characters, Ctrl-C stops."""

import io
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.dialogue import Event, Products, RationaleText, Recommendation, Reply, Request, Session, Turn
from assistant.llm import Stop
from assistant.terminal import Terminal
from assistant.weights import ModelError
from index.catalog import Constraints, Product

MOUSE = Product(
    "m1",
    "Hush\x1b[2J 2 [red]x[/red] \x1b]0;title\x07",
    brand="Larken",
    category="Mice",
    price=Decimal("29.90"),
    list_price=Decimal(40),
    currency="USD",
    availability="in_stock",
    rating=4.3,
    rating_count=12,
)


class ScriptedAssistant:
    """Recommends the mouse, and may be interrupted or break while it writes."""

    today = date(2026, 11, 24)

    def __init__(self) -> None:
        self.shop = SimpleNamespace(
            products={"m1": MOUSE},
            currency="USD",
            histories={"u1": ("m1",)},
            manifest=SimpleNamespace(fictional=True),
            promotions=(),
        )
        self.interrupted = False
        self.broken: Exception | None = None

    def shoppers(self, count: int) -> list[str]:
        return ["u1"]

    def session(self, user_id: str | None = None, history: tuple[str, ...] = ()) -> Session:
        return Session(user_id, self.shop.histories.get(user_id, history))

    def stream(self, session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        assert stop is not None
        request = Request(query=message, constraints=Constraints(price_max=Decimal(30)))
        yield Products("This fits.", (Recommendation(MOUSE),), request)
        words = ""
        for word in ("It", "is", "quiet,\x1b[31m", "[see](http://evil.example)."):
            if stop.is_set():
                break
            words = f"{words} {word}".strip()
            yield RationaleText("m1", words)
            if self.interrupted:
                os.kill(os.getpid(), signal.SIGINT)
        if self.broken is not None:
            raise self.broken
        turns = (*session.turns, Turn(message, request, "This fits.", ("m1",)))
        told = (Recommendation(MOUSE, rationale=words, written=True),)
        yield Reply("This fits.", request, replace(session, turns=turns), told)

    def again(self, session: Session, request: Request, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        assert request.constraints.price_max is None
        yield from self.stream(session, message, stop)

    def swap(self, session: Session, product_id: str, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        yield from self.stream(session, f"{message}: {product_id}", stop)


class Desk:
    """A terminal with what it printed."""

    def __init__(self, lines: str = "") -> None:
        self.assistant = ScriptedAssistant()
        self.out = io.StringIO()
        self.console = Console(file=self.out, width=100, force_terminal=False)
        self.lines = iter(lines.splitlines())
        self.terminal = Terminal(cast(Assistant, self.assistant), self.console)

    def run(self, monkeypatch: pytest.MonkeyPatch) -> str:
        def typed(prompt: object = "", **kwargs: object) -> str:
            try:
                return next(self.lines)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(self.console, "input", typed)
        self.terminal.run()
        return self.out.getvalue()


def test_an_answer_is_a_table_with_rationale_and_what_was_understood() -> None:
    desk = Desk()
    talk = desk.terminal.answer("a quiet mouse under $30")
    printed = desk.out.getvalue()
    for words in ("This fits.", "Hush 2 [red]x[/red]", "Larken", "$29.90", "was $40.00", "In stock", "4.3 (12)",
                  "It is quiet, see.", "Understood: price up to $30"):  # fmt: skip
        assert words in printed
    assert [turn.message for turn in talk.session.turns] == ["a quiet mouse under $30"]


def test_no_control_character_reaches_the_terminal() -> None:
    desk = Desk()
    desk.terminal.answer("hello \x1b[2J")
    printed = desk.out.getvalue()
    assert all(char.isprintable() or char == "\n" for char in printed)
    assert "evil.example" not in printed


def test_ctrl_c_stops_the_answer_and_keeps_what_was_said() -> None:
    desk = Desk()
    desk.assistant.interrupted = True
    before = signal.getsignal(signal.SIGINT)
    talk = desk.terminal.answer("hello")
    assert signal.getsignal(signal.SIGINT) is before
    assert talk.answers[-1].stopped
    assert "It" in desk.out.getvalue()
    assert "quiet" not in desk.out.getvalue()
    assert "Stopped." in desk.out.getvalue()


def test_a_model_that_fails_is_a_sentence_and_leaves_the_session() -> None:
    desk = Desk()
    desk.assistant.broken = ModelError("The model cannot be reached.")
    talk = desk.terminal.answer("hello")
    assert talk.session.turns == ()
    assert "The model cannot be reached." in desk.out.getvalue()


def test_a_whole_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "a mouse\n/undo\n/undo\n/shopper\n/shopper u1\n/shopper nobody\n/clear\n/what\n\n/quit\nnever read"
    printed = Desk(lines).run(monkeypatch)
    for words in ("talking to an AI", "made up", "This fits.", "Taken back: a mouse", "nothing to take back",
                  "Shoppers: u1", "Shopping as u1", "no shopper nobody", "A new conversation", "/quit"):  # fmt: skip
        assert words in printed
    assert "never read" not in printed
    assert printed.count("This fits.") == 2  # the empty message is answered too


def test_the_end_of_the_input_ends_the_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "talking to an AI" in Desk("").run(monkeypatch)


def test_the_page_s_acts_are_commands_here(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "/without 1\na mouse\n/without\n/without 9\n/without 1\n/swap 1\n/cart add 1\n/memory\n/dance"
    printed = Desk(lines).run(monkeypatch)
    assert "Nothing is in force." in printed
    assert "In force: 1 price up to $30" in printed
    assert printed.count("This fits.") == 2
    assert "No set is shown that has such a place." in printed
    assert "Say which by its number, 1 to 1." not in printed
    assert "In your cart: 1 ×" in printed
    assert "Nothing is known of you" in printed
    assert printed.count("/compare 1 2") == 3  # at the door, for /without alone and for what is no command
