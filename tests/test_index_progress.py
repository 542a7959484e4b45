"""The bar tells number, rate and time left on a terminal, and is nothing elsewhere."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build, shown_progress
from index.check import check, rebuild
from index.embed import HashEmbedder
from index.steps import told

ROOT = Path(__file__).resolve().parent.parent
WORK = """
import time
from index.progress import progress_bar
with progress_bar("products") as tell:
    for done in range(0, 31, 10):
        tell(done, 30)
        time.sleep(0.15)
    for done in range(0, 501, 100):
        tell(done, 500)
        time.sleep(0.15)
"""


def test_a_terminal_is_told_number_rate_and_time_left() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", WORK]
    told = b""
    with subprocess.Popen(
        command, cwd=ROOT, stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    ) as one:
        os.close(theirs)
        while True:
            try:
                told += os.read(ours, 4096)
            except OSError:
                # What a terminal without anybody at the other end gives on Linux.
                break
        assert one.wait() == 0
    text = told.decode()
    assert "products" in text and "/s" in text and "0:00:0" in text
    assert "/500" in text, "a second piece of work begins anew"


def test_elsewhere_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as progress:
        assert progress is None
    assert capsys.readouterr().err == ""


def test_every_long_part_of_a_build_and_of_a_look_tells_how_far_it_is(tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    rows = [{"product_id": f"p{n}", "title": f"Thing {n}", "price": "5", "currency": "EUR"} for n in range(450)]
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bought = [{"user_id": f"u{n}", "product_id": f"p{n}", "event": "purchase", "timestamp": n * 60} for n in range(450)]
    events = tmp_path / "events.jsonl"
    events.write_text("".join(json.dumps(row) + "\n" for row in bought))
    seen: list[tuple[str, int, int]] = []
    at = "reading"

    def tell(done: int, total: int) -> None:
        assert done <= total
        seen.append((at, done, total))

    def say(text: str) -> None:
        nonlocal at
        at = text

    build([feed], out, interactions=events, embedder=HashEmbedder(), say=say, progress=tell)
    ends = [(part, done) for part, done, total in seen if done == total]
    # The feed and the interactions are read; the texts embedded and written to Chroma; titles read for kinds, their
    # neighbours asked; words; declarations, shoppers, and titles like those that were bought.
    assert [part for part, _ in ends if part == "reading"] == ["reading"] * 2
    for part, times in (("deriving kinds", 2), ("writing BM25", 1), ("writing companions and histories", 3)):
        assert [done for name, done in ends if name == part] == [450] * times, part
    assert sum(part.endswith("embedding what is new") for part, _ in ends) >= 2
    assert len(seen) > len(ends), "and between"
    seen.clear()
    assert [one for one in check(out, tell) if one.mend] == []
    assert [done for _, done, total in seen if done == total] == [450, 450, 200]
    seen.clear()
    rebuild(out, progress=tell)
    assert (450, 450) in [(done, total) for _, done, total in seen]


def test_how_much_there_is_may_not_be_known() -> None:
    seen: list[tuple[int, int]] = []
    assert list(told(range(401), lambda done, total: seen.append((done, total)), 0)) == list(range(401))
    assert seen == [(200, 0), (400, 0), (401, 401)]
    assert list(told(range(3), None, 3)) == [0, 1, 2]
