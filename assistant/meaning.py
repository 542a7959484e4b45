"""Kinds of product by what a word means: "wristwatch" for smartwatches, "toilet paper" for toilet tissue.

Knows names and an embedder, nothing of messages.
"""

import threading
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.embed import Vectors

_LEAST = 0.62
"""Cosine from which a kind is meant: "drone" is .46 from the nearest of a shop without any, "wristwatch" .80 from
"smartwatch" (MiniLM, over three shops' kinds; docs/decisions.md)."""
_SURE = 0.75
"""Cosine from which two names are of one thing, whatever words they have: "toilet paper" and "toilet tissue" .77."""
_BESIDE = 0.02
"""How far below the best another kind is meant as well."""


class KindsByMeaning:
    """Finds a shop's kinds for words that its catalogue does not have; the names are embedded when first asked."""

    def __init__(self, names: Mapping[str, str], embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._keys = tuple(names)
        self._names = tuple(names.values())
        self._embed = embed
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()

    def of(self, text: str, *, surely: bool = False) -> tuple[str, ...]:
        """The keys of the kinds nearest in meaning; () when none is near, or `surely` near."""
        if not text.strip() or not self._keys:
            return ()
        with self._lock:
            if self._vectors is None:
                self._vectors = self._embed(self._names)
        near = self._vectors @ self._embed([text])[0]
        best = float(near.max())
        if best < (_SURE if surely else _LEAST):
            return ()
        return tuple(self._keys[place] for place in np.flatnonzero(near >= best - _BESIDE))
