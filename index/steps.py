"""Tell how far a loop has come: `told`. Knows nothing of what it is about, nor of bars."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""Is told how much is done and how much there is, 0 for what is not known."""

Row = TypeVar("Row")
_STEP = 200


def told(rows: Iterable[Row], progress: Progress | None, total: int) -> Iterator[Row]:
    """The rows as they come; `progress` is told of every two-hundredth, and of the last."""
    if progress is None:
        yield from rows
        return
    done = 0
    for row in rows:
        yield row
        done += 1
        if done % _STEP == 0:
            progress(done, total)
    if done % _STEP or total != done:
        progress(done, total or done)
