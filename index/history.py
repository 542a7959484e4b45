"""What a shopper picks next: `NextProduct`, made of what is counted from purchases, texts, and a causal transformer.

Lies in the file `history.npz` of a generation. `index.build` stores what can be counted, under weights that were
learned elsewhere; `python -m finetune.history` adds the transformer and weights learned from the shop's own
purchases. Knows purchases as sequences of rows and nothing of how weights are learned; needs numpy only.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.catalog import Product, fold
from index.companions import Scored
from index.counts import Counts, Links, Rows
from index.embed import Vectors
from index.interactions import Interaction, histories
from index.kinds import kind_key_of
from index.lexical import LexicalIndex, Scores
from index.steps import Progress, told
from index.transformer import LATEST, Transformer

HISTORY, _CARD = "history.npz", "card"
FORMAT = 2
LONGEST = 2000
"""How many of a shopper's last products are counted at all; LATEST of them are looked at one by one."""

PARTS: Mapping[str, str] = {
    "transformer": "what a causal transformer over the sequence expects (its logit)",
    "follows": "what followed the last products, counted by distance; backwards counts less",
    "neighbours": "bought by the same shoppers (cosine of the products' shoppers)",
    "text_last": "cosine of the text to the last product's",
    "text": "cosine of the text to the last products', the older the less",
    "words_last": "BM25 for the last product's title, as a share of that product's own",
    "words": "the same for the last products, the older the less",
    "brand": "of the brands bought, the older the less",
    "kind": "of a kind that followed the kinds bought (log lift), the older the less",
    "kind_owned": "of a kind bought",
    "kind_again": "of a kind bought, times the share of its buyers who bought the kind again",
    "declared": "declared to work with a product bought",
    "popular": "how often it was bought (log)",
    "recent": "how often it was bought lately (log)",
    "owned": "bought before",
    "owned_last": "bought last",
    "again": "bought before, times the share of its buyers who bought it again",
    "often": "how often this shopper bought it (log)",
    "lately": "the same, each purchase counting less the more came after it (log)",
}
"""Every part with its meaning; `NextProduct.logits` is their weighted sum."""

PRIOR: Mapping[str, float] = {
    "transformer": 0.2, "follows": 0.25, "neighbours": 0.4, "text_last": 1.2, "text": 0.8, "words_last": 1.0,
    "words": 0.7, "brand": 0.2, "kind": 0.4, "kind_owned": -0.8, "kind_again": 1.0, "declared": 1.3, "popular": 0.5,
    "recent": 0.15, "owned": -3.0, "owned_last": 0.0, "again": 3.0, "often": 1.5, "lately": 1.5,
}  # fmt: skip
"""The weights of a shop that has not learned its own, and what those learned are drawn to: rounded between those
learned on earlier purchases of three shops, of office goods, groceries and electronics (docs/decisions.md).
"""

_FADE = {"follows": 0.5, "neighbours": 0.9, "text": 0.7, "words": 0.7, "brand": 0.8, "kind": 0.8, "lately": 0.98}
"""By which factor a product of the history counts less than the one bought after it."""
_WORDS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of products without looking at purchases; arrays have one entry a product.

    `brands` and `kinds` are numbers, -1 where none is known; `words` and `declared` link products.
    """

    vectors: Vectors
    brands: Rows
    kinds: Rows
    words: Links
    declared: Links

    @classmethod
    def build(
        cls,
        products: Sequence[Product],
        vectors: Vectors,
        lexical: LexicalIndex,
        declared: Mapping[str, Scored],
        bought: set[int],
        progress: Progress | None = None,
    ) -> "Traits":
        """The traits of a shop's products; words are linked for the rows of `bought` only.

        A history holds no others unless they are bought later on.
        """
        row_of = {product.product_id: row for row, product in enumerate(products)}
        pairs = [(row_of[one], row_of[other], score) for one, own in declared.items() for other, score in own]
        table = np.asarray(pairs, np.float64).reshape(-1, 3)
        return cls(
            vectors,
            numbered([fold(product.brand) for product in products]),
            numbered([kind_key_of(product) for product in products]),
            _words(lexical, products, bought, progress),
            Links.build(
                table[:, 0].astype(np.int64),
                table[:, 1].astype(np.int64),
                table[:, 2].astype(np.float32),
                len(products),
            ),
        )


def numbered(names: Sequence[str]) -> Rows:
    """A number for each name, -1 for ""; shape (number of names,)."""
    number = {name: place for place, name in enumerate(sorted(set(names) - {""}))}
    return np.asarray([number.get(name, -1) for name in names], np.int64)


def _words(lexical: LexicalIndex, products: Sequence[Product], bought: set[int], progress: Progress | None) -> Links:
    """BM25 of the other products for a product's title, as a share of its own score."""
    origins, ends, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    order = sorted(bought)
    similar = lexical.similar([products[row].title for row in order], _WORDS_KEPT)
    for row, (rows, scores) in told(zip(order, similar, strict=True), progress, len(order)):
        own = scores[rows == row]
        origins.append(np.full(len(rows), row))
        ends.append(rows.astype(np.int64))
        weights.append(scores / max(float(own.max(initial=0)), float(scores.max(initial=0)) / 2, 1e-6))
    return Links.build(np.concatenate(origins), np.concatenate(ends), np.concatenate(weights), len(products))


def counted(purchases: Sequence[Interaction], row_of: Mapping[str, int], kinds: Rows) -> Counts:
    """What the purchases of the shop's products count; other interactions are passed over."""
    own = [row for row in purchases if row.event == "purchase" and row.product_id in row_of]
    sequences = [[row_of[one] for one in ids] for ids in histories(own).values()]
    newest = [row_of[row.product_id] for row in sorted(own, key=lambda row: row.timestamp)]
    return Counts.build(sequences, newest, kinds)


class NextProduct:
    """Scores every product of the shop as the next one of a shopper.

    `weights` join all parts, those of PRIOR where none were learned; `counted` are those learned without the
    transformer, to measure what it adds.
    """

    def __init__(
        self,
        row_of: Mapping[str, int],
        traits: Traits,
        counts: Counts,
        transformer: Transformer | None = None,
        weights: Mapping[str, float] | None = None,
        counted: Mapping[str, float] | None = None,
    ) -> None:
        self.row_of = row_of
        self.traits = traits
        self.counts = counts
        self.transformer = transformer
        self.trained = weights is not None
        self.weights = PRIOR if weights is None else weights
        self.counted = self.weights if counted is None else counted
        self.size = len(traits.vectors)
        self._brands, self._kinds = _Numbers(traits.brands), _Numbers(traits.kinds)
        self._table = transformer.products(traits.vectors) if transformer else None
        self._scores = lru_cache(maxsize=256)(self._scores_of)

    def known(self, history: Sequence[str]) -> Rows:
        """The rows of the last products of a history, oldest to newest, without those the shop lacks."""
        return np.asarray([self.row_of[one] for one in history if one in self.row_of][-LONGEST:], np.int64)

    def parts(self, every: Rows) -> Mapping[str, Scores]:
        """The score of every product by part, for the rows of a history; each of shape (size,).

        An empty history leaves all but `popular` and `recent` at 0.
        """
        found = self._parts_but_texts(every)
        if len(every):
            near = self._near(every[-LATEST:])
            found["text_last"], found["text"] = np.ascontiguousarray((self.traits.vectors @ near.T).T)
        return found

    def _near(self, rows: Rows) -> Vectors:
        """The vectors that `text_last` and `text` compare with; shape (2, dimension)."""
        share = np.power(np.float32(_FADE["text"]), np.arange(len(rows))[::-1]).astype(np.float32)
        vectors = self.traits.vectors[rows]
        return np.stack([vectors[-1], share @ vectors])

    def _parts_but_texts(self, every: Rows) -> dict[str, Scores]:
        found = {name: np.zeros(self.size, np.float32) for name in PARTS}
        found["popular"], found["recent"] = self.counts.popular, self.counts.recent
        if not len(every):
            return found
        rows, traits, counts = every[-LATEST:], self.traits, self.counts
        age = np.arange(len(rows))[::-1]
        share = {name: np.power(np.float32(fade), age).astype(np.float32) for name, fade in _FADE.items()}
        if self.transformer is not None and self._table is not None:
            found["transformer"] = self._table @ self.transformer.state(self._table, rows)
        found["follows"] = np.log1p(2 * counts.follows.spread(rows, share["follows"]))
        found["neighbours"] = np.log1p(20 * counts.neighbours.spread(rows, share["neighbours"]))
        found["words_last"] = traits.words.spread(rows[-1:], np.ones(1, np.float32))
        found["words"] = traits.words.spread(rows, share["words"])
        found["brand"] = self._brands.of_products(self._brands.sums(rows, share["brand"]))
        faded = self._kinds.sums(rows, share["kind"])
        bought = np.nonzero(faded)[0]
        found["kind"] = self._kinds.of_products(counts.kind_follows.spread(bought, faded[bought]))
        owned = (faded > 0).astype(np.float32)
        found["kind_owned"] = self._kinds.of_products(owned)
        found["kind_again"] = self._kinds.of_products(owned * counts.kind_again)
        found["declared"] = np.minimum(traits.declared.spread(rows, np.ones(len(rows), np.float32)), 1)
        found["owned_last"][rows[-1]] = 1
        bought, times = np.unique(every, return_counts=True)
        found["owned"][bought] = 1
        found["again"][bought] = counts.again[bought]
        found["often"][bought] = np.log1p(times)
        fading = np.power(np.float32(_FADE["lately"]), np.arange(len(every))[::-1])
        found["lately"] += np.log1p(np.bincount(every, fading, self.size)).astype(np.float32)
        return found

    def logits(self, rows: Rows, counted: bool = False) -> Scores:
        """The log-odds of every product as the next one, up to a constant; shape (size,)."""
        weights = self.counted if counted else self.weights
        parts = self._parts_but_texts(rows)
        total = np.zeros(self.size, np.float32)
        for name, weight in weights.items():
            total += np.float32(weight) * parts[name]
        if len(rows):
            # Both texts in one product with the vectors: that is most of the time of a large shop.
            texts = np.asarray([weights.get(name, 0.0) for name in ("text_last", "text")], np.float32)
            total += self.traits.vectors @ (texts @ self._near(rows[-LATEST:]))
        return total

    def scores(self, history: Sequence[str]) -> Scores:
        """How likely each product is the next one, 0..1; shape (size,), in the order of the shop's rows.

        max(0, 1 + log p / (2 log size)) with p the softmax of the logits: 1 for what is certain, 1/2 for what is as
        likely as any product, and linear in the log-odds between, so that unlikely products still differ.
        """
        return self._scores(tuple(self.known(history).tolist()))

    def _scores_of(self, rows: tuple[int, ...]) -> Scores:
        if self.size < 2:
            return np.ones(self.size, np.float32)
        logits = self.logits(np.asarray(rows, np.int64))
        logits = logits - logits.max()
        likely = logits - np.log(np.exp(logits).sum())
        found: Scores = np.clip(1 + likely / (2 * np.log(self.size)), 0, 1).astype(np.float32)
        return found

    def save(self, path: Path, card: Mapping[str, object]) -> None:
        """Put the model in place as one file at once, with what `card` tells of it; vectors and ids stay outside."""
        arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
        for record in (self.traits, self.counts):
            for item in fields(record):
                value = getattr(record, item.name)
                if isinstance(value, Links):
                    arrays |= {f"{item.name}.{own.name}": getattr(value, own.name) for own in fields(Links)}
                elif item.name != "vectors":
                    arrays[item.name] = value
        shape = {}
        if self.transformer:
            arrays |= self.transformer.arrays()
            shape = {"layers": self.transformer.layers, "heads": self.transformer.heads}
        learned = {"weights": self.weights, "counted": self.counted} if self.trained else {}
        row = {"format": FORMAT, "products": self.size, "weights": None, "counted": None, **learned}
        arrays[_CARD] = np.asarray(json.dumps(row | {"transformer": shape, **card}))
        beside = path.with_suffix(".new.npz")
        np.savez(beside, **arrays)  # type: ignore[arg-type]
        beside.replace(path)

    @classmethod
    def load(cls, path: Path, row_of: Mapping[str, int], vectors: Vectors) -> "NextProduct":
        """The model stored in a file for products and their vectors; ValueError or OSError when it is damaged."""
        try:
            arrays, card = _stored(path)
            if card["format"] != FORMAT:
                raise ValueError(f"format is {card['format']}, this program reads {FORMAT}")
            if not len(row_of) == card["products"] == len(arrays["popular"]) == len(vectors):
                raise ValueError(f"{card['products']} products in it, {len(row_of)} in the index")
            for name in ("weights", "counted"):
                if card[name] is not None and not (isinstance(card[name], dict) and set(card[name]) <= set(PARTS)):
                    raise ValueError(f"{name} is {card[name]!r}, expected numbers of the parts {', '.join(PARTS)}")
            if not isinstance(card["transformer"], dict):
                raise ValueError(f"transformer is {card['transformer']!r}, expected its layers and heads")
            transformer = Transformer.of_arrays(arrays, **card["transformer"]) if card["transformer"] else None
        except (KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path.name}: {error}") from None
        traits = Traits(vectors, **_fields(Traits, arrays))
        return cls(row_of, traits, Counts(**_fields(Counts, arrays)), transformer, card["weights"], card["counted"])


def read_card(path: Path) -> Mapping[str, Any]:
    """What a stored model tells of itself: its weights, and of its training where there was one."""
    return _stored(path)[1]


def _stored(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    with np.load(path) as stored:
        arrays = dict(stored)
    return arrays, json.loads(str(arrays.pop(_CARD)))


def _fields(record: type, arrays: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for item in fields(record):
        if item.name in arrays:
            found[item.name] = arrays[item.name]
        elif item.name != "vectors":
            found[item.name] = Links(*(arrays[f"{item.name}.{own.name}"] for own in fields(Links)))  # type: ignore[arg-type]
    return found


class _Numbers:
    """Sums by number (of a brand, of a kind) for rows, and back to products; -1 takes no part."""

    def __init__(self, numbers: Rows) -> None:
        self._numbers = numbers
        # The last place is for products without a number, and stays 0.
        self._size = int(numbers.max(initial=-1)) + 1

    def sums(self, rows: Rows, weights: Scores) -> Scores:
        """The weights of the rows by their numbers."""
        own = self._numbers[rows]
        return np.bincount(own[own >= 0], weights[own >= 0], self._size).astype(np.float32)

    def of_products(self, values: Scores) -> Scores:
        """Each product's value by its number, 0 for those without one."""
        found: Scores = np.append(values, np.float32(0))[self._numbers]
        return found
