"""Measure what a shopper waits for, on the real page with the real models in a real browser.

    python -m evals.bench [--index DIR] [--rounds N]
    python -m evals.bench --turns [--products N | --index DIR] [--cases FILE]
    python -m evals.bench --model [--index DIR] [--limit N]

The first starts the page, asks the questions below in Chromium, and prints: seconds until the page is usable, from
enter to the first cards and to the finished answer (median and p95), and the memory of the running shop. With no
`--index`, the demo store. Needs the extra `test` (Playwright) and a Chromium on the PATH. Timings are of this
machine at this moment: quote them with the machine.

The second asks without a page and tells the time of each stage of a turn: `evals.bench_turn`. The third tells the
language model's part, with and without what makes it quick: `evals.bench_model`.
"""

import argparse
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np

from evals.cases import CaseError
from index.folder import IndexFolderError

QUESTIONS = (
    "a quiet mouse under $40",
    "what goes with this laptop?",
    "27 inch monitor under 300",
    "noise canceling headphones, not black",
    "something for my coffee machine",
    "the cheapest laser printer",
    "a bag for a 14 inch laptop",
    "usb-c charger with at least 65 W",
)
_OPEN_AT = re.compile(r"open at (http://\S+/)")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_WAIT_MS = 180_000


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure the page as a shopper has it.")
    parser.add_argument("--index", type=Path, metavar="DIR", help="an index folder; without it, the demo store")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each question is asked")
    parser.add_argument("--turns", action="store_true", help="measure the stages of a turn instead of the page")
    parser.add_argument("--products", type=int, default=20_000, metavar="N", help="how large a shop --turns makes")
    parser.add_argument(
        "--cases", type=Path, metavar="FILE", help="whose messages --turns asks (evals/data/demo.jsonl)"
    )
    parser.add_argument("--model", action="store_true", help="measure the language model's part of a turn")
    parser.add_argument("--limit", type=int, default=30, metavar="N", help="messages and turns of --model (30)")
    given = parser.parse_args(arguments)
    if given.model:
        return _model(given.index, given.limit)
    if given.turns:
        return _stages(given.index, given.products, given.cases)
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    command = [sys.executable, "-m", "assistant", "--port", "0"]
    command += ["--index", str(given.index)] if given.index else []
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            address = _address(process.stdout)
            if address is None:
                print("evals.bench: the page did not open; python -m assistant says why", file=sys.stderr)
                return 2
            _measure(address, browser, given.rounds, started, process.pid)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
    return 0


def _model(index: Path | None, limit: int) -> int:
    from assistant.__main__ import demo_index
    from assistant.weights import ModelError
    from evals.bench_model import measure_model

    try:
        measure_model(index or demo_index(), limit)
    except (OSError, CaseError, IndexFolderError, ModelError) as error:
        print(f"evals.bench: {error}", file=sys.stderr)
        return 2
    return 0


def _stages(index: Path | None, products: int, cases: Path | None) -> int:
    from evals.bench_turn import CASES, measure_turns, print_turns

    if products < 1:
        print(f"evals.bench: --products is {products}, expected at least 1", file=sys.stderr)
        return 2
    try:
        turns = measure_turns(index, products, cases or CASES, lambda line: print(line, file=sys.stderr))
    except (OSError, CaseError, IndexFolderError) as error:
        print(f"evals.bench: {error}", file=sys.stderr)
        return 2
    print_turns(turns, str(index) if index else f"the demo store repeated to {products:,} products")
    return 0


def _address(output: IO[str]) -> str | None:
    """The page's address, once the process prints it; what it prints later is read and dropped."""
    for line in output:
        found = _OPEN_AT.search(line)
        if found:
            threading.Thread(target=lambda: [None for _ in output], daemon=True).start()
            return found[1]
    return None


def _measure(address: str, browser: str | None, rounds: int, started: float, pid: int) -> None:
    from playwright.sync_api import sync_playwright

    first: list[float] = []
    whole: list[float] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(_FLAGS))
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.wait_for_selector("#box textarea")
        usable = time.perf_counter() - started
        for place, question in enumerate(QUESTIONS * rounds, 1):
            page.fill("#box textarea", question)
            begun = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_selector(f".exchange:nth-of-type({place}) .card", timeout=_WAIT_MS)
            first.append(time.perf_counter() - begun)
            page.wait_for_selector("#send:visible", timeout=_WAIT_MS)
            whole.append(time.perf_counter() - begun)
        chromium.close()
    print(f"{len(first)} questions, {_cores()} cores")
    print(f"page usable after start   {usable:6.1f} s")
    for name, seconds in (("first cards after enter", first), ("whole answer", whole)):
        print(f"{name:25} {np.median(seconds):6.2f} s median, {np.percentile(seconds, 95):.2f} s p95")
    print(f"memory of the shop        {_resident(pid):6.2f} GB resident")


def _cores() -> int:
    from assistant.decoding import cores

    return cores()


def _resident(pid: int) -> float:
    """GB of memory that a process holds at most so far (Linux; NaN elsewhere)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1e6 if found else float("nan")


if __name__ == "__main__":
    sys.exit(main())
