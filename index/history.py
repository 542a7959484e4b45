"""What a shopper picks next: `NextProduct`, made of what is counted from purchases, texts, and a causal transformer.

Reads the folder `history` of a generation; `python -m finetune.history` writes it. A new generation starts without
one. Knows purchases as sequences of rows and nothing of how weights are learned; needs numpy only.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from index.catalog import fold
from index.embed import Vectors
from index.feeds import Rejected, read_products
from index.folder import PRODUCTS, VECTORS, IndexFolderError, read_manifest
from index.lexical import Scores

HISTORY, CARD, ARRAYS = "history", "card.json", "model.npz"
FORMAT = 1
LONGEST = 50
"""How many of a shopper's last products are looked at."""

PARTS: Mapping[str, str] = {
    "transformer": "what a causal transformer over the sequence expects (its logit)",
    "follows": "what followed the last products, counted by distance; backwards counts less",
    "neighbours": "bought by the same shoppers (cosine of the products' shoppers)",
    "text_last": "cosine of the text to the last product's",
    "text": "cosine of the text to the last products', the older the less",
    "words_last": "BM25 for the last product's title, as a share of that product's own",
    "words": "the same for the last products, the older the less",
    "brand": "of the brands bought, the older the less",
    "popular": "how often it was bought (log)",
    "recent": "how often it was bought lately (log)",
    "owned": "bought before",
    "owned_last": "bought last",
    "again": "bought before, times the share of its buyers who bought it again",
}
"""Every part with its meaning; `NextProduct.logits` is their weighted sum."""

_GAPS, _DECAY, _BACKWARDS = 12, 0.7, 0.3
_TOGETHER_GAPS = 30
_KEPT = 200
_RECENT_SHARE = 0.2
_AGAIN_PRIOR = 10.0
_FADE = {"follows": 0.5, "neighbours": 0.9, "text": 0.7, "words": 0.7, "brand": 0.8}
"""By which factor a product of the history counts less than the one bought after it."""

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Links:
    """Weighted links from rows to rows: those of row r are at `starts[r]:starts[r + 1]`."""

    starts: Rows
    columns: Rows
    weights: Scores

    @classmethod
    def build(cls, origins: Rows, ends: Rows, weights: Scores, size: int, kept: int = _KEPT) -> "Links":
        """Sum the weights of equal pairs and keep the `kept` strongest links of each row."""
        pairs, place = np.unique(origins.astype(np.int64) * size + ends, return_inverse=True)
        summed = np.bincount(place, weights, len(pairs))
        rows, columns = pairs // max(size, 1), pairs % max(size, 1)
        order = np.lexsort((columns, -summed, rows))
        rows, columns, summed = rows[order], columns[order], summed[order]
        first = np.searchsorted(rows, np.arange(size + 1))
        keep = np.arange(len(rows)) - first[rows] < kept
        return cls(
            np.searchsorted(rows[keep], np.arange(size + 1)).astype(np.int64),
            columns[keep],
            summed[keep].astype(np.float32),
        )

    def spread(self, rows: Rows, shares: Scores) -> Scores:
        """What reaches each row from the given ones, every link times its origin's share; shape (size,)."""
        found = np.zeros(len(self.starts) - 1, np.float32)
        for row, share in zip(rows, shares, strict=True):
            own = slice(self.starts[row], self.starts[row + 1])
            found[self.columns[own]] += share * self.weights[own]
        return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted from purchases; every array has one entry a product but for the links."""

    follows: Links
    neighbours: Links
    popular: Scores
    recent: Scores
    again: Scores

    @classmethod
    def build(cls, sequences: Sequence[Sequence[int]], newest: Sequence[int], size: int) -> "Counts":
        """Count sequences of rows, each oldest to newest; `newest` are all bought rows, oldest to newest."""
        lengths = [len(own) for own in sequences]
        rows = np.fromiter((row for own in sequences for row in own), np.int64, sum(lengths))
        users = np.repeat(np.arange(len(lengths)), lengths)
        counts = np.bincount(rows, minlength=size)
        lately = np.asarray(newest[len(newest) - int(len(newest) * _RECENT_SHARE) :], np.int64)
        first = np.sort(np.unique(users * max(size, 1) + rows, return_index=True)[1])
        buyers = np.bincount(rows[first], minlength=size)
        times = np.unique(users * max(size, 1) + rows, return_counts=True)
        repeated = np.bincount((times[0] % max(size, 1))[times[1] > 1], minlength=size)
        mean = repeated.sum() / max(buyers.sum(), 1)
        return cls(
            follows=_follows(rows, users, size),
            neighbours=_neighbours(rows[first], users[first], buyers, size),
            popular=np.log1p(counts).astype(np.float32),
            recent=np.log1p(np.bincount(lately, minlength=size)).astype(np.float32),
            again=((repeated + _AGAIN_PRIOR * mean) / (buyers + _AGAIN_PRIOR)).astype(np.float32),
        )


def _follows(rows: Rows, users: Rows, size: int) -> Links:
    origins, ends, weights = [], [], []
    for gap in range(1, _GAPS + 1):
        before, after = rows[:-gap], rows[gap:]
        pair = (users[:-gap] == users[gap:]) & (before != after)
        for one, other, weight in ((before, after, 1.0), (after, before, _BACKWARDS)):
            origins.append(one[pair])
            ends.append(other[pair])
            weights.append(np.full(int(pair.sum()), weight * _DECAY ** (gap - 1), np.float32))
    return Links.build(np.concatenate(origins), np.concatenate(ends), np.concatenate(weights), size)


def _neighbours(rows: Rows, users: Rows, buyers: Rows, size: int) -> Links:
    """Shoppers of both / sqrt((shoppers of one + 1) * (shoppers of the other + 1)), of near purchases."""
    origins, ends = [], []
    for gap in range(1, _TOGETHER_GAPS + 1):
        pair = users[:-gap] == users[gap:]
        before, after = rows[:-gap][pair], rows[gap:][pair]
        origins += [before, after]
        ends += [after, before]
    one, other = np.concatenate(origins), np.concatenate(ends)
    weights = 1 / np.sqrt((buyers[one] + 1.0) * (buyers[other] + 1.0))
    return Links.build(one, other, weights.astype(np.float32), size)


@dataclass(frozen=True, slots=True)
class Transformer:
    """A causal transformer over product vectors, pre-norm, run for one sequence.

    `projection` (text dimension, dim) and `residual` (size, dim) make the product vectors: text times projection,
    plus what was learned of the product itself, 0 for one that nobody bought. `blocks` are the weights by name.
    """

    projection: Matrix
    residual: Matrix
    blocks: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]
    layers: int
    heads: int

    def products(self, vectors: Vectors) -> Matrix:
        """The product vectors; shape (size, dim)."""
        found: Matrix = np.asarray(vectors) @ self.projection + self.residual
        return found

    def state(self, table: Matrix, rows: Rows) -> Scores:
        """What the sequence of rows expects, to be multiplied with product vectors; shape (dim,)."""
        rows = rows[-LONGEST:]
        weights = self.blocks
        x: Matrix = table[rows] * np.sqrt(np.float32(table.shape[1]))
        for layer in range(self.layers):
            x = x + self._attention(_normed(x, weights, f"{layer}.norm1"), f"{layer}.attention")
            inner = _linear(_normed(x, weights, f"{layer}.norm2"), weights, f"{layer}.inner")
            x = x + _linear(np.maximum(inner, 0), weights, f"{layer}.outer")
        last: Scores = _normed(x, weights, "norm")[-1]
        return last

    def _attention(self, x: Matrix, name: str) -> Matrix:
        length, dim = x.shape
        mixed = _linear(x, self.blocks, f"{name}.in").reshape(length, 3, self.heads, dim // self.heads)
        query, key, value = mixed.transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(dim // self.heads))
        # Attention knows the order by a bias for each distance, so that what came last always means the same.
        distance = np.arange(length)[:, None] - np.arange(length)
        scores = scores + self.blocks[f"{name}.distance"][:, np.clip(distance, 0, None)]
        scores = np.where(np.tril(np.ones((length, length), np.bool_)), scores, -np.inf)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        joined = (shares / shares.sum(-1, keepdims=True)) @ value
        return _linear(joined.transpose(1, 0, 2).reshape(length, dim), self.blocks, f"{name}.out")


def _linear(x: Matrix, weights: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]], name: str) -> Matrix:
    found: Matrix = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def _normed(x: Matrix, weights: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]], name: str) -> Matrix:
    spread = np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    found: Matrix = (x - x.mean(-1, keepdims=True)) / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return found


class NextProduct:
    """Scores every product of the shop as the next one of a shopper.

    `weights` join all parts; `counted` are those learned without the transformer, to measure what it adds.
    """

    def __init__(
        self,
        row_of: Mapping[str, int],
        vectors: Vectors,
        brands: Rows,
        words: Links,
        counts: Counts,
        transformer: Transformer | None,
        weights: Mapping[str, float],
        counted: Mapping[str, float] | None = None,
    ) -> None:
        self.row_of = row_of
        self.vectors = vectors
        self.brands = brands
        self.words = words
        self.counts = counts
        self.transformer = transformer
        self.weights = weights
        self.counted = weights if counted is None else counted
        self.size = len(vectors)
        self._places = int(brands.max(initial=-1)) + 2
        self._table = transformer.products(vectors) if transformer else None

    def known(self, history: Sequence[str]) -> Rows:
        """The rows of the last products of a history, oldest to newest, without those the shop lacks."""
        return np.asarray([self.row_of[one] for one in history if one in self.row_of][-LONGEST:], np.int64)

    def parts(self, rows: Rows) -> Mapping[str, Scores]:
        """The score of every product by part, for the rows of a history; each of shape (size,).

        An empty history leaves all but `popular` and `recent` at 0.
        """
        found = {name: np.zeros(self.size, np.float32) for name in PARTS}
        found["popular"], found["recent"] = self.counts.popular, self.counts.recent
        if not len(rows):
            return found
        age = np.arange(len(rows))[::-1]
        share = {name: np.power(np.float32(fade), age).astype(np.float32) for name, fade in _FADE.items()}
        if self.transformer is not None and self._table is not None:
            found["transformer"] = self._table @ self.transformer.state(self._table, rows)
        found["follows"] = np.log1p(2 * self.counts.follows.spread(rows, share["follows"]))
        found["neighbours"] = np.log1p(20 * self.counts.neighbours.spread(rows, share["neighbours"]))
        near = np.stack([self.vectors[rows[-1]], share["text"] @ self.vectors[rows]])
        found["text_last"], found["text"] = np.ascontiguousarray((self.vectors @ near.T).T)
        found["words_last"] = self.words.spread(rows[-1:], np.ones(1, np.float32))
        found["words"] = self.words.spread(rows, share["words"])
        # The last place is for products without a brand, which are of no brand bought.
        bought = np.bincount(self.brands[rows] % self._places, share["brand"], self._places)
        bought[-1] = 0
        found["brand"] = bought[self.brands].astype(np.float32)
        found["owned"][rows] = 1
        found["owned_last"][rows[-1]] = 1
        found["again"][rows] = self.counts.again[rows]
        return found

    def logits(self, rows: Rows, counted: bool = False) -> Scores:
        """The log-odds of every product as the next one, up to a constant; shape (size,)."""
        parts = self.parts(rows)
        total = np.zeros(self.size, np.float32)
        for name, weight in (self.counted if counted else self.weights).items():
            total += np.float32(weight) * parts[name]
        return total

    def scores(self, history: Sequence[str]) -> Scores:
        """How likely each product is the next one, 0..1; shape (size,), in the order of the shop's rows.

        max(0, 1 + log p / log size) with p the softmax of the logits: 0 for what is no likelier than a product
        picked blindly, 1 for what is certain, and in between linear in the log-odds.
        """
        if self.size < 2:
            return np.ones(self.size, np.float32)
        logits = self.logits(self.known(history))
        logits = logits - logits.max()
        likely = logits - np.log(np.exp(logits).sum())
        found: Scores = np.clip(1 + likely / np.log(self.size), 0, 1).astype(np.float32)
        return found

    def save(self, folder: Path, card: Mapping[str, object]) -> None:
        """Write the model into a new folder, `card.json` last; vectors and ids stay with the index."""
        folder.mkdir(parents=True)
        arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {"brands": self.brands}
        links = {"words": self.words, "follows": self.counts.follows, "neighbours": self.counts.neighbours}
        for name, link in links.items():
            arrays |= {f"{name}.{item.name}": getattr(link, item.name) for item in fields(Links)}
        arrays |= {name: getattr(self.counts, name) for name in ("popular", "recent", "again")}
        shape = {}
        if self.transformer:
            arrays |= {"projection": self.transformer.projection, "residual": self.transformer.residual}
            arrays |= {f"block.{name}": value for name, value in self.transformer.blocks.items()}
            shape = {"layers": self.transformer.layers, "heads": self.transformer.heads}
        np.savez(folder / ARRAYS, **arrays)  # type: ignore[arg-type]
        row = {"format": FORMAT, "products": self.size, "weights": self.weights, "counted": self.counted}
        row |= {"transformer": shape, **card}
        (folder / CARD).write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "NextProduct | None":
        """The model stored in an index folder, None when there is none; IndexFolderError when it is damaged."""
        inside = folder / read_manifest(folder).generation
        path = inside / HISTORY / CARD
        if not path.exists():
            return None
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
            if card["format"] != FORMAT:
                raise ValueError(f"format {card['format']}, this program reads {FORMAT}")
            with np.load(path.with_name(ARRAYS)) as stored:
                arrays = dict(stored)
            row_of, vectors = _rows(inside)
            if not len(row_of) == card["products"] == len(arrays["popular"]) == len(vectors):
                raise ValueError(f"{card['products']} products in {CARD}, {len(row_of)} in the index")
            return cls._from(arrays, card, row_of, vectors)
        except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise IndexFolderError(
                f"{path.parent} is damaged ({error}); train it again with: python -m finetune.history --index {folder}"
            ) from None

    @classmethod
    def _from(
        cls,
        arrays: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
        card: Mapping[str, object],
        row_of: Mapping[str, int],
        vectors: Vectors,
    ) -> "NextProduct":
        links = {
            name: Links(*(arrays[f"{name}.{item.name}"] for item in fields(Links)))  # type: ignore[arg-type]
            for name in ("words", "follows", "neighbours")
        }
        singles = {name: arrays[name] for name in ("popular", "recent", "again")}
        counts = Counts(links["follows"], links["neighbours"], **singles)  # type: ignore[arg-type]
        shape, weights, counted = card["transformer"], card["weights"], card["counted"]
        for one in (weights, counted):
            if not isinstance(one, dict) or not set(one) <= set(PARTS):
                raise ValueError(f"weights are {one!r}, expected numbers of the parts {', '.join(PARTS)}")
        if not isinstance(shape, dict):
            raise ValueError(f"transformer is {shape!r}, expected its layers and heads")
        blocks = {name.removeprefix("block."): value for name, value in arrays.items() if name.startswith("block.")}
        transformer = None
        if shape:
            transformer = Transformer(arrays["projection"], arrays["residual"], blocks, **shape)  # type: ignore[arg-type]
        return cls(row_of, vectors, arrays["brands"], links["words"], counts, transformer, weights, counted)  # type: ignore[arg-type]


def _rows(inside: Path) -> tuple[Mapping[str, int], Vectors]:
    found = (row for row in read_products([inside / PRODUCTS]) if not isinstance(row, Rejected))
    row_of = {product.product_id: row for row, product in enumerate(found)}
    vectors: Vectors = np.load(inside / VECTORS)
    return row_of, vectors


def brand_numbers(brands: Sequence[str]) -> Rows:
    """A number for each brand name, the same for names that are one when folded; -1 where none is stated."""
    folded = [fold(brand) for brand in brands]
    number = {name: place for place, name in enumerate(sorted(set(folded) - {""}))}
    return np.asarray([number.get(name, -1) for name in folded], np.int64)
