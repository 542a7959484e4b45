"""Measure the language model's part of a turn, with and without what makes it quick: `python -m evals.bench --model`.

The messages are those of the open conversations of a store, first turns, each read in every mode in turn, so that a
busy moment falls on all of them; the rationales are five a turn, of cases. Medians and p95, with the machine.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from unittest.mock import patch

from assistant import decoding
from assistant.adapters import SHIPPED
from assistant.assistant import Assistant
from assistant.constrain import Guide
from assistant.decoding import cores
from assistant.dialogue import Session
from assistant.llm import ChatModel, generate, load_chat
from assistant.model_reader import CHANGE_TOKENS, Asked
from evals.cases import read_cases
from evals.explain import SHOW, asked_turns, written_by
from evals.states import read_states
from index.feeds import clean
from index.folder import Shop
from index.machine import processor

_DATA = Path(__file__).parent / "data"
_NONE = 10**9


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """Decoding without some of what quickens it; the answers are the same."""
    with ExitStack() as stack:
        if "guesses" in names:
            stack.enter_context(patch.object(decoding, "GUESSES", 0))
        if "forced" in names:
            stack.enter_context(patch.object(Guide, "forced", lambda guide: []))
        if "prefix" in names:
            stack.enter_context(patch.object(decoding, "SHORTEST_PREFIX", _NONE))
        yield


MODES = {
    "as it is": (),
    "without guesses from the prompt": ("guesses",),
    "without jumps over forced tokens": ("forced",),
    "without kept prefixes": ("prefix",),
    "without all three": ("guesses", "forced", "prefix"),
}


def measure_model(index: Path, limit: int) -> None:
    """Prints the seconds of reading a message and of writing five rationales."""
    begun = time.perf_counter()
    model = load_chat(None, None)
    plain = time.perf_counter() - begun
    if SHIPPED.is_dir():
        load_chat(None)  # makes the merged weights, once
        begun = time.perf_counter()
        model = load_chat(None)
        print(f"loading: {plain:.2f} s without an adapter, {time.perf_counter() - begun:.2f} s with the shipped one")
    assistant = Assistant.load(index, adapter=None, rules_only=True, explain=False, show=SHOW)
    try:
        print(f"{model.name}, {processor()}, {cores()} cores")
        _print_reading(model, assistant.shop, limit)
        _print_writing(model, assistant, limit)
    finally:
        assistant.close()


def _print_reading(model: ChatModel, shop: Shop, limit: int) -> None:
    opened = [case for case in read_states(_DATA / "understand.jsonl") if case.part == "open"]
    own = [case for case in opened if set(case.history) <= shop.products.keys()][:limit]
    asked = [Asked(Session(history=case.history), clean(case.turns[0].user), shop) for case in own]
    seconds: dict[str, list[float]] = {mode: [] for mode in MODES}
    written: dict[str, list[str]] = {mode: [] for mode in MODES}
    for one in asked:
        for mode, names in MODES.items():
            with _without(*names):
                begun = time.perf_counter()
                written[mode] += generate(model, [one.prompt], max_tokens=CHANGE_TOKENS, grammars=[one.grammar])
                seconds[mode].append(time.perf_counter() - begun)
    for mode, found in seconds.items():
        same = sum(one == other for one, other in zip(written[mode], written["as it is"], strict=True))
        print(f"reading, {mode:34} {_told(found)}  same answers {same} of {len(found)}")


def _print_writing(model: ChatModel, assistant: Assistant, limit: int) -> None:
    cases = read_cases(_DATA / "demo.jsonl")[:limit]
    turns = [turn for turn in asked_turns(assistant, cases) if len(turn.shown) == SHOW]
    print(f"five rationales {'':27} {_told([written_by(model, turn).seconds for turn in turns])}")


def _told(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return f"n {len(seconds)}: too few to tell"
    return f"{median(seconds):.2f} s median, {quantiles(seconds, n=20)[-1]:.2f} s p95, n {len(seconds)}"
