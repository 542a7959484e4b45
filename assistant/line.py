"""Who is answered when: a line of visitors before a few places, served in the order they came.

Finding products comes before writing reasons: `Considerate` is a stop by which somebody's writing gives way to others
who wait for their first products. Knows neither messages nor models.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from assistant.llm import Stop

PATIENCE = 3.0
"""Seconds that one answer's writing gives way in all: a reason is worth no longer a wait than it takes to write."""
_GLANCE = 0.02


class Line:
    """`places` visitors are served at once, the others wait; thread-safe."""

    def __init__(self, places: int, longest: int) -> None:
        """At most `longest` visitors are in the line, those who are served among them."""
        self._places = places
        self._longest = longest
        self._visitors: OrderedDict[object, None] = OrderedDict()
        self._lock = threading.Lock()

    def join(self, visitor: object) -> bool:
        """Takes the last place of the line; False when the line is full."""
        with self._lock:
            if visitor not in self._visitors and len(self._visitors) >= self._longest:
                return False
            self._visitors.setdefault(visitor, None)
            return True

    def before(self, visitor: object) -> int:
        """How many wait before the visitor's turn comes; 0 when it has come, or when they are not in the line."""
        with self._lock:
            place = next((n for n, one in enumerate(self._visitors) if one == visitor), 0)
            return max(0, place - self._places + 1)

    def leave(self, visitor: object) -> None:
        """Lets the next one have the place."""
        with self._lock:
            self._visitors.pop(visitor, None)

    @property
    def busy(self) -> bool:
        """True while anybody is in the line."""
        return bool(self._visitors)

    @property
    def crowded(self) -> bool:
        """True while somebody in the line waits for a place."""
        return len(self._visitors) > self._places


class Considerate(Stop):
    """A stop that gives way: between two tokens it waits while anybody in the line has no products yet.

    It does so for `patience` seconds in all, and not at all where the line is longer than its places: then it ends the
    writing, and what is not finished is told by plain facts. `pause` is how it waits.
    """

    def __init__(
        self, first: Line, *, patience: float = PATIENCE, pause: Callable[[float], object] = time.sleep
    ) -> None:
        super().__init__()
        self._first = first
        self._patience = patience
        self._pause = pause
        self._writes = False
        self._hurried = False

    def writing(self) -> None:
        """From now on the answer has its products, and its writing gives way to others'."""
        self._writes = True
        if self._first.crowded:
            self._patience = 0.0

    @property
    def set_already(self) -> bool:
        """True when it was set by hand, not when it gave way for too long."""
        return super().is_set()

    def spend(self, seconds: float) -> bool:
        """Takes a time to wait out of the patience; False when there is none left, or when it is set."""
        if self.set_already:
            return False
        if self._patience <= 0:
            self._hurried = True
            return False
        self._patience -= seconds
        return True

    def is_set(self, row: int | None = None) -> bool:
        """As Stop says, after giving way."""
        while row is None and self._writes and not self._hurried and self._first.busy and self.spend(_GLANCE):
            self._pause(_GLANCE)
        return self._hurried or super().is_set(row)
