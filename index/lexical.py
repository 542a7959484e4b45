"""BM25 over the products' words: `LexicalIndex`, and the one way text becomes terms.

Spellings of one thing meet: plurals, accents, hyphens, quantities, model numbers, compounds ("hard drive",
"harddrive") and slips. Knows nothing of vectors or constraints beyond a mask of the rows that may be returned.
"""

import itertools
import json
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.catalog import Product
from index.embed import Progress, plain_words
from index.quantities import quantities
from index.spelling import RARE, Spelling, counted_words

if TYPE_CHECKING:
    import bm25s

Scores = np.ndarray[tuple[int], np.dtype[np.float32]]
Rows = np.ndarray[tuple[int], np.dtype[np.integer]]
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

# A word of the title says more about what a product is than one of its description.
_SIMILAR_AT_ONCE = 256
_READ_AT_ONCE = 1000
_FIELD_REPEATS = {"title": 3, "brand": 2, "category": 2, "rest": 1}
_PIECE = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_DIGITS_LETTERS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_IRREGULAR = {
    "mice": "mouse", "shelves": "shelf", "knives": "knife", "children": "child", "women": "woman", "men": "man",
    "feet": "foot", "teeth": "tooth",
}  # fmt: skip
_AFFIX = 4
"""Letters at most that stand apart from the number of their model: "MX 5000", but not "LaserJet 4015"."""
_NO_AFFIX = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "x"])
_PREFIX = 3
"""Signs at least of the beginning of a model number ("dv7") that finds the longer ones."""
_LONGER = 0.6
"""What a model number counts of which only the beginning was asked for."""
_MOST_LONGER = 200
_REWRITTEN = 0.5
"""What a spelling counts beside the one that was typed."""
_PART = 3
"""Letters at least of each of the two words that a compound is made of."""
_SPELLINGS = "words.json"


def terms(text: str) -> list[str]:
    """The stemmed words of a text, folded and without accents.

    A word of digits and letters ("16gb", "dv7") also gives its parts, so that "16 GB" and "16gb" meet, a run
    joined by hyphens ("usb-c", "lc-1100") also the joined form, and so do neighbours that make a model number
    ("MX 5000", "dv7 1211ea"). A quantity is given in the unit of its measure too: "24 inch" gives "610mm".
    """
    plain = _plain(text)
    found = list(quantities(plain))
    before = ""
    for chunk in plain.split():
        pieces = _PIECE.findall(chunk)
        for piece in pieces:
            found.append(_stem(piece))
            parts = _DIGITS_LETTERS.findall(piece)
            if len(parts) > 1:
                found.extend(_stem(part) for part in parts)
        if 1 < len(pieces) <= 3:
            found.append("".join(pieces))
        if len(pieces) == 1 and before and _makes_model(before, pieces[0]):
            found.append(before + pieces[0])
        before = pieces[0] if len(pieces) == 1 else ""
    return found


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _makes_model(one: str, other: str) -> bool:
    """True for neighbours that may be one model number: a short affix or number beside something with digits."""
    if not any(map(str.isdigit, other)):
        return False
    if one.isalpha():
        return len(one) <= _AFFIX and one not in _NO_AFFIX
    return any(map(str.isalpha, one + other))


@cache
def _stem(word: str) -> str:
    return word if any(char.isdigit() for char in word) else str(_stemmer().stemWord(_IRREGULAR.get(word, word)))


@cache
def _stemmer() -> "Stemmer.Stemmer":  # type: ignore[name-defined]  # noqa: F821
    import Stemmer

    return Stemmer.Stemmer("english")


def best_rows(scores: Scores, k: int) -> Rows:
    """The rows of the k best scores above 0, in no order."""
    best = np.argpartition(-scores, k - 1)[:k] if len(scores) > k else np.arange(len(scores))
    return best[scores[best] > 0]


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

    def __init__(self, model: "bm25s.BM25", size: int, counts: Mapping[str, int]) -> None:
        """`counts` are the words as the products spell them, each with the number of products that have it."""
        self._model = model
        self.size = size
        self._counts = counts
        self._spelling = Spelling(counts, size, plain_words)
        self._models = sorted(term for term in model.vocab_dict if _is_model(term))

    @classmethod
    def build(cls, products: Sequence[Product], progress: Progress | None = None) -> "LexicalIndex":
        """An index over the products' terms; `progress` is told the products read and their number."""
        import bm25s

        found: list[list[str]] = []
        for start in range(0, len(products), _READ_AT_ONCE):
            found += [product_terms(product) or [""] for product in products[start : start + _READ_AT_ONCE]]
            if progress:
                progress(len(found), len(products))
        model = bm25s.BM25()
        model.index(found, show_progress=False)
        return cls(model, len(products), counted_words([_plain(_spelled(product)) for product in products]))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._model.save(folder, show_progress=False)
        (folder / _SPELLINGS).write_text(json.dumps(self._counts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Read an index of `size` products from a folder; OSError or ValueError when it is not whole."""
        import bm25s

        counts = json.loads((folder / _SPELLINGS).read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(folder, show_progress=False), size, counts)

    @property
    def vocabulary(self) -> Set[str]:
        """Every term that some product has."""
        known: Set[str] = self._model.vocab_dict.keys()
        return known

    @property
    def documents(self) -> int:
        """The number of products that the stored scores are of."""
        return int(self._model.scores["num_docs"])

    def terms_of(self, row: int, asked: Set[str]) -> set[str]:
        """Those of the terms asked for that a product is found by."""
        return {term for term in asked if row in self._rows(term)}

    def corrected(self, query: str) -> str:
        """The query in the shop's spelling: slips put right, compounds written as most products write them.

        "logitec keybord" gives "logitech keyboard", "head set" "headset". A word that the shop has stays, and so
        does what is near nothing.
        """
        words: list[str] = []
        for word in query.split():
            plain = _plain(word)
            if words and self._is_compound(_plain(words[-1]), plain):
                words[-1] = _plain(words[-1]) + plain
            else:
                words.append(self._put_right(word, plain))
        return " ".join(words)

    def _put_right(self, word: str, plain: str) -> str:
        known = len(self._rows(_stem(plain)))
        if known > RARE:
            return word
        right = ("" if known else self._split(plain)) or self._spelling.corrected(plain)
        return word if right == plain else right

    def _is_compound(self, one: str, other: str) -> bool:
        """True when more products have the two words as one than have both."""
        if not (one.isalpha() and other.isalpha()):
            return False
        return len(self._rows(_stem(one + other))) > self._together(one, other)

    def _split(self, word: str) -> str:
        """The two words of a compound, where more products have both than have it; "" for no such."""
        if len(word) < 2 * _PART or not word.isalpha():
            return ""
        most, found = len(self._rows(_stem(word))), ""
        for place in range(_PART, len(word) - _PART + 1):
            one, other = word[:place], word[place:]
            together = self._together(one, other, most)
            if together > most:
                most, found = together, f"{one} {other}"
        return found

    def _together(self, one: str, other: str, least: int = 0) -> int:
        """The number of products that have both words; `least` when it is clear that it is not above that."""
        first, second = self._rows(_stem(one)), self._rows(_stem(other))
        if min(len(first), len(second)) <= least:
            return least
        return len(np.intersect1d(first, second, assume_unique=True))

    def _posting(self, term: str) -> tuple[Rows, Scores]:
        """The rows that have a term and what it adds to the score of each."""
        place = self._model.vocab_dict.get(term)
        if place is None:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        start, stop = self._model.scores["indptr"][place : place + 2]
        return self._model.scores["indices"][start:stop], self._model.scores["data"][start:stop]

    def _rows(self, term: str) -> Rows:
        return self._posting(term)[0]

    def _idf(self, rows: int) -> float:
        """Lucene's inverse document frequency, as in the index's scores: ln(1 + (N - n + 1/2) / (n + 1/2))."""
        return math.log(1 + (self.size - rows + 0.5) / (rows + 0.5))

    def _longer(self, term: str) -> list[str]:
        """The model numbers that begin with one."""
        if not _is_model(term) or len(term) < _PREFIX:
            return []
        start = bisect_left(self._models, term)
        stop = min(bisect_left(self._models, term + "\uffff"), start + _MOST_LONGER)
        return [found for found in self._models[start:stop] if found != term]

    def scores(self, query: str) -> Scores:
        """The BM25 score of every product, 0 where no term of the query occurs; shape (size,)."""
        total = np.zeros(self.size, np.float32)
        spelled = self.corrected(query)
        for term in dict.fromkeys(terms(spelled)):
            rows, impacts = self._with_longer(term)
            total[rows] += impacts
        words = _plain(spelled).split()
        for word in words:
            if parts := self._split(word).split():
                # Most products write the word as two: they are found too, behind those that write it as asked.
                self._add(total, _stem(word), self._worth(*parts) - self._idf(len(self._rows(_stem(word)))))
                for part in parts:
                    self._add(total, _stem(part), _REWRITTEN * self._idf(len(self._rows(_stem(part)))))
        for one, other in itertools.pairwise(words):
            if one.isalpha() and other.isalpha():
                # Few products write the two as one word.
                self._add(total, _stem(one + other), _REWRITTEN * self._worth(one, other))
        return total

    def similar(self, texts: Sequence[str], kept: int) -> Iterator[tuple[Rows, Scores]]:
        """For each text at most `kept` rows with their BM25 score, by its terms as they are; in no order."""
        from scipy.sparse import csc_matrix, csr_matrix

        stored = self._model.scores
        size = len(stored["indptr"]) - 1
        impacts = csc_matrix((stored["data"], stored["indices"], stored["indptr"]), (self.size, size)).T.tocsr()
        for start in range(0, len(texts), _SIMILAR_AT_ONCE):
            places = [
                sorted({place for term in terms(text) if (place := self._model.vocab_dict.get(term, size)) < size})
                for text in texts[start : start + _SIMILAR_AT_ONCE]
            ]
            ends = np.cumsum([0, *map(len, places)])
            columns = np.asarray([place for own in places for place in own], np.int64)
            found = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(places), size)) @ impacts
            for one in range(len(places)):
                own = slice(found.indptr[one], found.indptr[one + 1])
                rows, scores = found.indices[own], found.data[own]
                best = best_rows(scores, kept)
                yield rows[best], scores[best]

    def _worth(self, one: str, other: str) -> float:
        """What the two words are worth in a product that has both."""
        return self._idf(len(self._rows(_stem(one)))) + self._idf(len(self._rows(_stem(other))))

    def _add(self, total: Scores, term: str, worth: float) -> None:
        """Add a term to the scores with a worth in the place of its inverse document frequency."""
        rows, impacts = self._posting(term)
        total[rows] += impacts * (worth / self._idf(len(rows)))

    def _with_longer(self, term: str) -> tuple[Rows, Scores]:
        """The rows that have a term, or a model number that begins with it, and what that adds to their scores."""
        rows, impacts = self._posting(term)
        longer = [self._posting(other) for other in self._longer(term)]
        if not longer:
            return rows, impacts
        # Rare as each of them is, what was asked for is as common as all of them.
        common = self._idf(len(rows) + sum(len(others) for others, _ in longer))
        best = np.zeros(self.size, np.float32)
        best[rows] = impacts
        for others, values in longer:
            best[others] = np.maximum(best[others], values * (_LONGER * common / self._idf(len(others))))
        found = np.flatnonzero(best)
        return found, best[found]

    def rank(self, query: str, allowed: Mask, k: int) -> list[tuple[int, float]]:
        """The k best rows among the allowed ones with a score above 0, best first, ties by row."""
        scores = np.where(allowed, self.scores(query), 0.0)
        best = np.lexsort((np.arange(self.size), -scores))[:k]
        return [(int(row), float(scores[row])) for row in best if scores[row] > 0]


def _is_model(term: str) -> bool:
    return any(map(str.isdigit, term)) and any(map(str.isalpha, term))


def _spelled(product: Product) -> str:
    attributes = " ".join(value for values in product.attributes.values() for value in values)
    return f"{product.title} {product.brand} {product.category} {attributes} {product.description}"
