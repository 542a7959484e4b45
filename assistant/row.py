"""One answer on its way, as tokens: what may follow, what must, and what probably does.

Knows no tensors and no text.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol


class Guide(Protocol):
    """What says, along a row, which tokens may follow."""

    @property
    def done(self) -> bool: ...

    def allowed(self) -> Sequence[int]: ...

    def valid(self, tokens: Sequence[int]) -> int: ...

    def take(self, token: int) -> None: ...

    def forced(self) -> list[int]: ...


class Row:
    """What is `written`, what of it the model has not yet read, and whether the row goes on (`open`)."""

    def __init__(self, prompt: Sequence[int], guide: Guide | None, max_tokens: int) -> None:
        self.guide = guide
        self.written: list[int] = []
        self.unread: list[int] = []
        self.open = True
        self._prompt = list(prompt)
        self._max_tokens = max_tokens

    def go_on(self, token: int | None, ends: frozenset[int]) -> list[int]:
        """Writes a token and those that must follow it, and returns them; None or an end token ends the row."""
        new = [] if token is None else [token]
        if token is not None and self.guide is not None:
            self.guide.take(token)
            new += self.guide.forced()
        new = list(takewhile(lambda one: one not in ends, new))[: self._max_tokens - len(self.written)]
        self.written += new
        self.unread += new
        full = len(self.written) == self._max_tokens
        self.open = bool(new) and not full and not (self.guide is not None and self.guide.done)
        return new

    def guess(self, longest: int) -> list[int]:
        """At most so many tokens that may come next, because they came after the same token in prompt or answer."""
        tokens = self._prompt + self.written
        room = min(longest, self._max_tokens - len(self.written) - 1)
        last = next((place for place in range(len(tokens) - 2, -1, -1) if tokens[place] == tokens[-1]), None)
        if last is None or room < 1:
            return []
        found = tokens[last + 1 :][:room]
        return found if self.guide is None else found[: self.guide.valid(found)]


def repeating(written: Sequence[int], size: int) -> list[int]:
    """The tokens that would write a phrase of `size` tokens a second time; none for size 0."""
    if not 0 < size <= len(written):
        return []
    tail = list(written[len(written) - size + 1 :])
    return [written[i + size - 1] for i in range(len(written) - size + 1) if list(written[i : i + size - 1]) == tail]
