"""Who is answered when: a line of visitors before a few places, served in the order they came.

Finding products comes before writing reasons: `Considerate` is a stop that lets somebody's writing pause while others
wait for their first products. Knows neither messages nor models.
"""

import threading
import time
from collections import OrderedDict

from assistant.llm import Stop

_LONGEST_PAUSE = 4.0
"""Seconds that one answer's writing gives way in all: a full shop should not keep a reason from ever being written."""
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


class Considerate(Stop):
    """A stop whose looks, between two tokens, wait while the line of those without products yet is not empty."""

    def __init__(self, first: Line) -> None:
        super().__init__()
        self._first = first
        self._patience = _LONGEST_PAUSE
        self._writes = False

    def writing(self) -> None:
        """From now on the answer has its products, and its writing gives way to others'."""
        self._writes = True

    @property
    def set_already(self) -> bool:
        """As `is_set`, at once."""
        return super().is_set()

    def is_set(self, row: int | None = None) -> bool:
        """As Stop says, after giving way."""
        while self._writes and row is None and self._patience > 0 and self._first.busy and not super().is_set():
            time.sleep(_GLANCE)
            self._patience -= _GLANCE
        return super().is_set(row)
