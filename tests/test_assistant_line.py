"""The line before the shop: who is served, who waits for how many, and writing that gives way."""

from collections.abc import Callable

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


def considerate(
    line: Line, patience: float, meanwhile: Callable[[], object] = lambda: None
) -> tuple[Considerate, list[float]]:
    """A stop whose answer has its products, and its pauses, in each of which something happens."""
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        meanwhile()

    stop = Considerate(line, patience=patience, pause=pause)
    stop.writing()
    return stop, pauses


def test_writing_waits_while_somebody_has_no_products_yet() -> None:
    line = Line(1, 4)
    stop, pauses = considerate(line, 1.0, lambda: line.leave("other") if len(pauses) == 3 else None)
    assert not stop.is_set()
    assert not pauses  # alone, nobody notices anything
    line.join("other")
    assert not stop.is_set()
    assert len(pauses) == 3
    assert not stop.is_set()
    assert len(pauses) == 3


def test_who_has_no_products_gives_no_way() -> None:
    line = Line(1, 4)
    line.join("other")
    stop = Considerate(line, pause=lambda seconds: pytest.fail("waited"))
    assert not stop.is_set()


def test_after_its_patience_the_writing_ends_unfinished_but_is_not_stopped_by_hand() -> None:
    line = Line(1, 4)
    line.join("other")
    stop, pauses = considerate(line, 0.1)
    assert stop.is_set()
    assert 0.1 <= sum(pauses) < 0.15
    assert not stop.set_already
    line.leave("other")
    assert stop.is_set()  # what was given up is not begun again
    assert stop.is_set(0)
    assert len(pauses) == round(sum(pauses) / pauses[0])


def test_where_others_wait_for_a_place_the_reasons_are_not_begun() -> None:
    line = Line(1, 4)
    for name in "ab":
        line.join(name)
    assert line.crowded
    stop, pauses = considerate(line, 5.0)
    assert stop.is_set()
    assert not pauses
    line.leave("a")
    assert line.busy
    assert not line.crowded


def test_waiting_for_a_place_to_write_takes_from_the_same_patience() -> None:
    line = Line(1, 4)
    stop, _ = considerate(line, 0.5)
    assert [stop.spend(0.2) for _ in range(4)] == [True, True, True, False]
    assert stop.is_set()
    assert not stop.set_already


def test_a_stop_set_by_hand_does_not_wait() -> None:
    line = Line(1, 4)
    line.join("other")
    stop, pauses = considerate(line, 5.0)
    stop.set_row(1)
    assert stop.is_set(1)
    assert not stop.is_set(0)
    stop.set()
    assert stop.is_set()
    assert stop.set_already
    assert not stop.spend(0.1)
    assert not pauses
