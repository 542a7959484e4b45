"""BM25 over the products' words: `LexicalIndex`, and the one way text becomes terms.

Knows nothing of vectors or constraints beyond a mask of the rows that may be returned.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.catalog import Product

if TYPE_CHECKING:
    import bm25s

Scores = np.ndarray[tuple[int], np.dtype[np.float32]]
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

# A word of the title says more about what a product is than one of its description.
_FIELD_REPEATS = {"title": 3, "brand": 2, "category": 2, "rest": 1}
_PIECE = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_DIGITS_LETTERS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")


def terms(text: str) -> list[str]:
    """The stemmed words of a text, folded and without accents.

    A word of digits and letters ("16gb", "dv7") also gives its parts, so that "16 GB" and "16gb" meet, and a
    run joined by hyphens ("usb-c", "lc-1100") also gives the joined form.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    found: list[str] = []
    for chunk in plain.split():
        pieces = _PIECE.findall(chunk)
        for piece in pieces:
            found.append(_stem(piece))
            parts = _DIGITS_LETTERS.findall(piece)
            if len(parts) > 1:
                found.extend(_stem(part) for part in parts)
        if 1 < len(pieces) <= 3:
            found.append("".join(pieces))
    return found


@cache
def _stem(word: str) -> str:
    return word if any(char.isdigit() for char in word) else str(_stemmer().stemWord(word))


@cache
def _stemmer() -> "Stemmer.Stemmer":  # type: ignore[name-defined]  # noqa: F821
    import Stemmer

    return Stemmer.Stemmer("english")


def product_terms(product: Product) -> list[str]:
    """The terms of a product, those of its telling fields repeated (a simple BM25F)."""
    attributes = " ".join(value for values in product.attributes.values() for value in values)
    rest = f"{attributes} {product.mpn} {product.description}"
    return (
        terms(product.title) * _FIELD_REPEATS["title"]
        + terms(product.brand) * _FIELD_REPEATS["brand"]
        + terms(product.category) * _FIELD_REPEATS["category"]
        + terms(rest) * _FIELD_REPEATS["rest"]
    )


class LexicalIndex:
    """BM25 scores of every product for a query, in the order the products were given."""

    def __init__(self, model: "bm25s.BM25", size: int) -> None:
        self._model = model
        self.size = size

    @classmethod
    def build(cls, products: Sequence[Product]) -> "LexicalIndex":
        """An index over the products' terms."""
        import bm25s

        model = bm25s.BM25()
        model.index([product_terms(product) or [""] for product in products], show_progress=False)
        return cls(model, len(products))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Read an index of `size` products from a folder."""
        import bm25s

        return cls(bm25s.BM25.load(folder, show_progress=False), size)

    @property
    def vocabulary(self) -> Set[str]:
        """Every term that some product has."""
        known: Set[str] = self._model.vocab_dict.keys()
        return known

    def scores(self, query: str) -> Scores:
        """The BM25 score of every product, 0 where no term of the query occurs; shape (size,)."""
        known = [term for term in dict.fromkeys(terms(query)) if term in self._model.vocab_dict]
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._model.get_scores(known), np.float32)

    def rank(self, query: str, allowed: Mask, k: int) -> list[tuple[int, float]]:
        """The k best rows among the allowed ones with a score above 0, best first, ties by row."""
        scores = np.where(allowed, self.scores(query), 0.0)
        best = np.lexsort((np.arange(self.size), -scores))[:k]
        return [(int(row), float(scores[row])) for row in best if scores[row] > 0]
