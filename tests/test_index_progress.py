"""The bar tells number, rate and time left on a terminal, and is nothing elsewhere."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import shown_progress

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
