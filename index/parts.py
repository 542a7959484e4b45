"""Write the parts of a generation: products, vectors, Chroma, BM25, companions, histories.

Chroma is written while the vectors come in. Knows nothing of feeds, nor which generation is in force.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.catalog import Product
from index.companions import Companions
from index.derive import derive_kinds
from index.embed import Embedder, Progress, Vectors
from index.feeds import interaction_to_json, product_to_json, write_rows
from index.folder import (
    BEHAVIOUR,
    CHROMA,
    COMPANIONS,
    INTERACTIONS,
    KINDS,
    LEXICAL,
    PRODUCTS,
    PROMOTIONS,
    VECTORS,
    kinds_to_json,
)
from index.history import HISTORY, NextProduct, Traits, counted
from index.interactions import Behaviour, Interaction
from index.lexical import LexicalIndex
from index.promotions import Promotion, promotion_to_json
from index.store import ProductStore

HASHES = "hashes.json"
_CHUNK = 1024
_WAITING = 2

Say = Callable[[str], None]
Known = Mapping[str, Any]
"""Vectors by the hash of the text that they are of."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that stand for the products, in order, and the hash of each."""

    texts: tuple[str, ...]
    hashes: tuple[str, ...]


def text_hash(text: str) -> str:
    """By which the vector of a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def write_vectors(
    store: ProductStore,
    products: Sequence[Product],
    texts: Texts,
    known: Known,
    embedder: Embedder,
    progress: Progress | None = None,
    stored: frozenset[str] = frozenset(),
) -> tuple[Vectors, int]:
    """Embed the texts whose vectors are not known, and write what the store does not have while the rest is embedded.

    Gives the vectors, shape (len(products), dimension), and how many are new. `stored` are the ids of the products
    that the store has already, with the vectors known.
    """
    vectors = np.zeros((len(products), embedder.dimension), np.float32)
    old = [place for place, key in enumerate(texts.hashes) if key in known]
    for place in old:
        vectors[place] = known[texts.hashes[place]]
    new = [place for place, key in enumerate(texts.hashes) if key not in known]
    with ThreadPoolExecutor(1) as writer:
        waiting: list[tuple[int, Future[None]]] = []
        written = 0

        def wait() -> None:
            nonlocal written
            size, one = waiting.pop(0)
            one.result()
            written += size

        def write(places: Sequence[int]) -> None:
            while len(waiting) >= _WAITING:
                wait()
            chosen = [products[place] for place in places]
            waiting.append((len(places), writer.submit(store.add, chosen, vectors[list(places)])))

        lacking = [place for place in old if products[place].product_id not in stored]
        for places in _chunks(lacking):
            write(places)
            if progress:
                progress(written, len(lacking) + len(new))
        # Texts of like length stand together, so that little is padded; the longest first, so that a batch that
        # needs too much memory fails at once.
        for done, places in _counted(_chunks(sorted(new, key=lambda place: -len(texts.texts[place])))):
            vectors[places] = embedder.embed(
                [texts.texts[place] for place in places], _shifted(progress, done, len(new))
            )
            write(places)
        # Chroma is slower than what is quick at embedding: its part of the last ones takes seconds.
        while waiting:
            wait()
            if progress:
                progress(written, len(lacking) + len(new))
    return vectors, len(new)


def write_rest(
    inside: Path,
    products: Sequence[Product],
    events: Sequence[Interaction],
    vectors: Vectors,
    before: NextProduct | None,
    say: Say = lambda _: None,
    progress: Progress | None = None,
) -> None:
    """Write everything of products and interactions but Chroma and the texts' hashes into a generation."""
    say("deriving kinds")
    kinds = derive_kinds(products, vectors, progress)
    # What counts by kind (companions, histories) counts the derived ones as well.
    products = [replace(product, derived=kind) for product, kind in zip(products, kinds, strict=True)]
    write_products(inside, products)
    write_rows(inside / INTERACTIONS, map(interaction_to_json, events))
    np.save(inside / VECTORS, vectors)
    (inside / KINDS).write_text(kinds_to_json(products), encoding="utf-8")
    say("writing BM25")
    lexical = LexicalIndex.build(products, progress)
    lexical.save(inside / LEXICAL)
    say("writing companions and histories")
    companions = Companions.build(products, events, progress)
    companions.save(inside / COMPANIONS)
    next_product(products, events, vectors, lexical, companions, before, progress).save(inside / HISTORY, {})
    Behaviour.build(events, {product.product_id for product in products}).save(inside / BEHAVIOUR)


def write_products(inside: Path, products: Sequence[Product]) -> None:
    """Write the products of a generation."""
    write_rows(inside / PRODUCTS, map(product_to_json, products))


def write_promotions(inside: Path, promotions: Sequence[Promotion]) -> None:
    """Write what comes off the prices of a generation."""
    write_rows(inside / PROMOTIONS, map(promotion_to_json, promotions))


def write_hashes(inside: Path, texts: Texts) -> None:
    """Write which text each vector of a generation is of."""
    (inside / HASHES).write_text(json.dumps(texts.hashes), encoding="utf-8")


def read_known(inside: Path) -> dict[str, Any]:
    """The vectors of a generation by the hash of their text; OSError or ValueError when a file of them is damaged."""
    hashes = json.loads((inside / HASHES).read_text(encoding="utf-8"))
    return dict(zip(hashes, np.load(inside / VECTORS), strict=True))


def next_product(
    products: Sequence[Product],
    events: Sequence[Interaction],
    vectors: Vectors,
    lexical: LexicalIndex,
    companions: Companions,
    before: NextProduct | None,
    progress: Progress | None = None,
) -> NextProduct:
    """What is counted anew, with the weights and the transformer of the generation before."""
    row_of = {product.product_id: row for row, product in enumerate(products)}
    bought = {row_of[row.product_id] for row in events if row.event == "purchase" and row.product_id in row_of}
    traits = Traits.build(products, vectors, lexical, companions.declared, bought, progress)
    counts = counted(events, row_of, traits.kinds)
    if before is None:
        return NextProduct(row_of, traits, counts)
    transformer = before.transformer.moved(before.row_of, row_of) if before.transformer else None
    return NextProduct(row_of, traits, counts, transformer, before.weights, before.counted)


def write_store(
    inside: Path, address: str, products: Sequence[Product], vectors: Vectors, progress: Progress | None = None
) -> None:
    """Make a generation's Chroma, on the server at `address` where one is given, of products with known vectors."""
    store = ProductStore.create(inside / CHROMA, address, len(products))
    try:
        for done, places in _counted(_chunks(range(len(products)))):
            store.add([products[place] for place in places], vectors[list(places)])
            if progress:
                progress(done + len(places), len(products))
    finally:
        store.close()


def _chunks(places: Sequence[int]) -> Iterator[Sequence[int]]:
    return (places[start : start + _CHUNK] for start in range(0, len(places), _CHUNK))


def _counted(chunks: Iterator[Sequence[int]]) -> Iterator[tuple[int, Sequence[int]]]:
    done = 0
    for places in chunks:
        yield done, places
        done += len(places)


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return (lambda done, _: progress(before + done, total)) if progress else None
