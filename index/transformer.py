"""A causal transformer over product vectors, run for one sequence with numpy.

Knows nothing of how it is trained; the same network in torch is `finetune/network.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from index.counts import Rows
from index.embed import Vectors
from index.lexical import Scores

LATEST = 50
"""How many of the last products it looks at."""

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


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

    def arrays(self) -> Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
        """The weights by name, as `of_arrays` reads them."""
        blocks = {f"block.{name}": value for name, value in self.blocks.items()}
        return {"projection": self.projection, "residual": self.residual, **blocks}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Any], layers: int, heads: int) -> "Transformer":
        """The transformer of what `arrays` gave; KeyError for a missing one."""
        blocks = {name.removeprefix("block."): value for name, value in arrays.items() if name.startswith("block.")}
        return cls(arrays["projection"], arrays["residual"], blocks, layers, heads)

    def moved(self, old: Mapping[str, int], new: Mapping[str, int]) -> "Transformer":
        """The same for another set of products, by id to row: one that is new is known by its text alone."""
        residual = np.zeros((len(new), self.residual.shape[1]), np.float32)
        kept = [name for name in new if name in old]
        residual[[new[name] for name in kept]] = self.residual[[old[name] for name in kept]]
        return replace(self, residual=residual)

    def products(self, vectors: Vectors) -> Matrix:
        """The product vectors; shape (size, dim)."""
        found: Matrix = np.asarray(vectors) @ self.projection + self.residual
        return found

    def state(self, table: Matrix, rows: Rows) -> Scores:
        """What the sequence of rows expects, to be multiplied with product vectors; shape (dim,)."""
        rows = rows[-LATEST:]
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
