"""The line before the shop: who is served, who waits for how many, and writing that gives way."""

import threading
import time

import pytest

from assistant.line import Considerate, Line


def test_visitors_are_served_in_the_order_they_came() -> None:
    line = Line(2, 4)
    assert [line.join(name) for name in "abcde"] == [True, True, True, True, False]
    assert line.join("a")  # who is in the line already keeps the place
    assert [line.before(name) for name in "abcd"] == [0, 0, 1, 2]
    line.leave("a")
    assert [line.before(name) for name in "bcd"] == [0, 0, 1]
    assert line.join("e")
    assert line.before("e") == 2
    line.leave("nobody")
    for name in "bcde":
        line.leave(name)
    assert not line.busy


def test_writing_gives_way_while_somebody_waits_for_products() -> None:
    line = Line(1, 4)
    stop = Considerate(line)
    line.join("other")
    assert not stop.is_set()  # no products yet, so there is nothing to give way with
    stop.writing()
    threading.Timer(0.15, line.leave, ["other"]).start()
    began = time.monotonic()
    assert not stop.is_set()
    assert 0.1 < time.monotonic() - began < 3


def test_a_set_stop_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(1, 4)
    line.join("other")
    stop = Considerate(line)
    stop.writing()
    stop.set()
    began = time.monotonic()
    assert stop.is_set()
    assert stop.set_already
    assert time.monotonic() - began < 0.1


def test_giving_way_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.line._LONGEST_PAUSE", 0.1)
    line = Line(1, 4)
    line.join("other")
    stop = Considerate(line)
    stop.writing()
    began = time.monotonic()
    for _ in range(5):
        assert not stop.is_set()
    assert time.monotonic() - began < 1
