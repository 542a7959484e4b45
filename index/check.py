"""Look an index folder over: `python -m index.check DIR [--rebuild]`.

Opens every part of the generation in force, compares product store, vectors, Chroma and BM25 with each other, measures
Chroma's recall against exact search on 200 of the index's own vectors, and says what is wrong with the command that
mends it. Works beside a running assistant: what that one has open is looked at in a copy. `--rebuild` makes Chroma,
BM25 and everything else that is derived anew from the stored products and vectors, without embedding. Writes nothing
else, and embeds nothing.
"""

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.build import shown_progress
from index.catalog import Constraints, Product
from index.difference import Renewal
from index.documents import PASSAGE_VECTORS, PASSAGES, Documents
from index.embed import Progress, Vectors, product_text
from index.feeds import FeedError, Rejected, read_products
from index.folder import (
    CHROMA,
    INTERACTIONS,
    LEXICAL,
    PRODUCTS,
    PROMOTIONS,
    VECTORS,
    IndexFolderError,
    Manifest,
    is_open,
    lock_folder,
    open_shop,
    read_manifest,
)
from index.generation import STATE, State, copy_generation, damaged
from index.history import HISTORY, NextProduct
from index.lexical import LexicalIndex, product_terms
from index.parts import HASHES, Say, text_hash
from index.steps import told
from index.store import ProductStore, StoreAwayError, StoreError, metadata
from index.stored import Contents, Stored

SAMPLE, K = 200, 10
RECALL = 0.8
"""Chroma's recall@10 below which its graph is called broken; of texts that are nearly the same a whole one had .89."""
_BUILD, _REBUILD = "python -m index.build FEED --out {}", "python -m index.check {} --rebuild"
_ANEW = {
    INTERACTIONS: "python -m index.build FEED --interactions FILE --out {}",
    PASSAGES: "python -m index.build FEED --documents DIR --out {}",
    PASSAGE_VECTORS: _BUILD,
    PROMOTIONS: "python -m index.build FEED --promotions FILE --out {}",
    PRODUCTS: _BUILD,
    VECTORS: _BUILD,
    HASHES: _BUILD,
}
"""What mends a file that is not derived from others; of a damaged one nothing else is a copy."""
_TIGHT = 1e-3
_BROKEN = (FeedError, StoreError, IndexFolderError, OSError, EOFError, ValueError, TypeError, KeyError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what was found, and the command that mends it, "" where nothing is wrong."""

    part: str
    text: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{'wrong' if self.mend else 'ok':5} {self.part}: {self.text}" + (
            f"; mend with: {self.mend}" if self.mend else ""
        )


def check(folder: Path, progress: Progress | None = None) -> list[Finding]:
    """Everything that was looked at; IndexFolderError when there is no manifest to start from."""
    while True:
        manifest = read_manifest(folder)
        found = list(_Check(folder, manifest, progress).findings())
        # A build that ended meanwhile cleared away what was looked at.
        if read_manifest(folder).generation == manifest.generation:
            return found


class _Check:
    """One look at one generation; each part is looked at even when one before it is broken."""

    def __init__(self, folder: Path, manifest: Manifest, progress: Progress | None) -> None:
        self._folder, self._manifest, self._progress = folder, manifest, progress
        self._inside = folder / manifest.generation
        self._products: list[Product] = []
        self._vectors: Vectors | None = None
        self._rows: list[int] = []
        self._away = ""
        self._stored = Stored(folder)
        self._builds = {mend.format(folder) for mend in _ANEW.values()}

    def findings(self) -> Iterator[Finding]:
        """The findings in the order of what depends on what."""
        if not self._inside.is_dir():
            yield self._wrong("manifest", f"names {self._manifest.generation}, which is not there", _BUILD)
            return
        parts: Sequence[tuple[str, str, Callable[[], Iterator[Finding]]]] = (
            ("files", _BUILD, self._files),
            ("products", _BUILD, self._read_products),
            ("vectors", _BUILD, self._read_vectors),
            ("texts", _BUILD, self._texts),
            ("Chroma", _REBUILD, self._chroma),
            ("BM25", _REBUILD, self._words),
            ("interactions", _ANEW[INTERACTIONS], self._interactions),
            ("documents", _ANEW[PASSAGES], self._documents),
            ("promotions", _ANEW[PROMOTIONS], self._promotions),
            ("history", _REBUILD, self._history),
            ("opens", _REBUILD, self._opens),
            ("leftovers", "", self._leftovers),
        )
        whole = True
        for name, mend, look in parts:
            needed = name in ("texts", "Chroma", "BM25", "history") and (not self._products or self._vectors is None)
            if needed:
                yield Finding(name, "not compared: products or vectors could not be read", _BUILD.format(self._folder))
                continue
            try:
                found = list(look())
            except StoreAwayError as error:
                self._away = error.mend
                found = [Finding(name, str(error), error.mend)]
            except _BROKEN as error:
                # Derived parts are made anew from products and vectors, and only where those are whole.
                found = [self._wrong(name, str(error), mend if whole else _BUILD)]
            whole = whole and not any(one.mend in self._builds for one in found)
            yield from found

    def _wrong(self, part: str, text: str, mend: str) -> Finding:
        return Finding(part, text, mend.format(self._folder))

    def _files(self) -> Iterator[Finding]:
        path = self._inside / STATE
        if not path.is_file():
            yield Finding("files", f"no {STATE}: built by an earlier version, checksums are not compared")
            return
        row = json.loads(path.read_text(encoding="utf-8"))
        state = State((), (), (), {}, row["files"])
        changed = damaged(self._inside, state)
        for name in changed:
            yield self._wrong("files", f"{name} is not as it was written", _ANEW.get(name, _REBUILD))
        if not changed:
            yield Finding("files", f"{len(state.files)} are as they were written")

    def _read_products(self) -> Iterator[Finding]:
        rows = list(told(read_products([self._inside / PRODUCTS]), self._progress, self._manifest.products))
        self._products = [row for row in rows if isinstance(row, Product)]
        bad = [row for row in rows if isinstance(row, Rejected)]
        if bad:
            yield self._wrong("products", str(bad[0]), _BUILD)
        yield from self._same("products", len(self._products), self._manifest.products, "stored", _BUILD)

    def _same(self, part: str, found: int, expected: int, what: str, mend: str) -> Iterator[Finding]:
        if found == expected:
            yield Finding(part, f"{found} {what}")
        else:
            yield self._wrong(part, f"{found} {what}, expected {expected}", mend)

    def _read_vectors(self) -> Iterator[Finding]:
        vectors: Vectors = np.load(self._inside / VECTORS, mmap_mode="r")
        expected = (self._manifest.products, self._manifest.dimension)
        if vectors.shape != expected:
            yield self._wrong("vectors", f"shape {vectors.shape}, expected {expected}", _BUILD)
            return
        self._vectors = vectors
        lengths = np.linalg.norm(vectors, axis=1)
        off = np.flatnonzero(~(np.abs(lengths - 1) < _TIGHT))
        if len(off):
            name = self._products[off[0]].product_id if off[0] < len(self._products) else f"row {off[0]}"
            text = f"{len(off)} are no unit vectors, the first of {name}, length {lengths[off[0]]:.4f}"
            yield self._wrong("vectors", text, _BUILD)
        else:
            yield Finding("vectors", f"{len(vectors)} unit vectors of {expected[1]} numbers")
        chosen = random.Random(0).sample(range(len(vectors)), min(SAMPLE, len(vectors)))
        self._rows = sorted(chosen)

    def _texts(self) -> Iterator[Finding]:
        hashes = json.loads((self._inside / HASHES).read_text(encoding="utf-8"))
        now = [text_hash(product_text(product)) for product in self._products]
        other = sum(one != stored for one, stored in zip(now, hashes, strict=False)) + abs(len(now) - len(hashes))
        if other:
            text = f"{other} products have another text than their vector was made of"
            yield self._wrong("texts", text, _BUILD)
        else:
            yield Finding("texts", "every vector is of its product's text")

    def _chroma(self) -> Iterator[Finding]:
        assert self._vectors is not None
        with _store(self._inside) as store:
            yield from self._same("Chroma", store.count(), len(self._products), "products", _REBUILD)
            row_of = {product.product_id: row for row, product in enumerate(self._products)}
            vectors, seen, foreign, moved, restated = self._vectors, set[str](), 0, 0, 0
            for name, vector, values in told(store.stored(), self._progress, len(vectors)):
                seen.add(name)
                row = row_of.get(name)
                if row is None:
                    foreign += 1
                    continue
                moved += not np.allclose(vector, vectors[row], atol=1e-4)
                restated += _plain(values) != _plain(metadata(self._products[row]))
            for number, what in (
                (len(row_of.keys() - seen), "products are missing in Chroma"),
                (foreign, "are in Chroma and no products of the store"),
                (moved, "have another vector in Chroma than stored"),
                (restated, "have another price, brand or the like in Chroma than in the product store"),
            ):
                if number:
                    yield self._wrong("Chroma", f"{number} {what}", _REBUILD)
            recall = recall_of(store, self._products, vectors, self._rows, self._progress)
            text = f"recall@{K} {recall:.4f} against exact search, {len(self._rows)} of its own vectors"
            yield Finding("recall", text, "" if recall >= RECALL else _REBUILD.format(self._folder))

    def _words(self) -> Iterator[Finding]:
        lexical = LexicalIndex.load(self._inside / LEXICAL, len(self._products))
        yield from self._same("BM25", lexical.documents, len(self._products), "products", _REBUILD)
        lost = 0
        for row in self._rows:
            wanted = set(product_terms(self._products[row]))
            lost += lexical.terms_of(row, wanted) != wanted
        if lost:
            text = f"{lost} of {len(self._rows)} products are not found by all of their words"
            yield self._wrong("BM25", text, _REBUILD)
        else:
            yield Finding("BM25", f"{len(self._rows)} of its products are found by all of their words")

    def _interactions(self) -> Iterator[Finding]:
        rows, mend = self._stored.events, _ANEW[INTERACTIONS]
        yield from self._same("interactions", len(rows), self._manifest.interactions, "stored", mend)

    def _documents(self) -> Iterator[Finding]:
        passages = self._stored.passages
        try:
            Documents.load(self._inside, self._manifest.dimension)
        except (OSError, EOFError, ValueError) as error:
            yield self._wrong("documents", str(error), _BUILD)
        else:
            yield Finding("documents", f"{len(passages)} passages")

    def _promotions(self) -> Iterator[Finding]:
        yield Finding("promotions", f"{len(self._stored.promotions)} stored")

    def _history(self) -> Iterator[Finding]:
        row_of = {product.product_id: row for row, product in enumerate(self._products)}
        vectors = np.zeros((len(row_of), self._manifest.dimension), np.float32)
        try:
            found = NextProduct.load(self._inside / HISTORY, row_of, vectors)
        except (OSError, ValueError) as error:
            text = f"{error}; what finetune.history learned is lost, if it did: learn it again after the mending"
            yield self._wrong("history", text, _REBUILD)
        else:
            yield Finding("history", "learned by finetune.history" if found.trained else "counted, nothing learned")

    def _opens(self) -> Iterator[Finding]:
        if self._away:
            yield Finding("opens", "not tried: the Chroma server does not answer", self._away)
            return
        if is_open(self._inside):
            yield Finding("opens", "some process has it open")
            return
        if not os.access(self._inside, os.W_OK):
            yield Finding("opens", "it cannot be written to, which opening needs", f"chmod -R u+w {self._folder}")
            return
        open_shop(self._folder).close()
        yield Finding("opens", "as the assistant opens it")

    def _leftovers(self) -> Iterator[Finding]:
        others = [path for path in self._folder.glob("g-*") if path != self._inside]
        if others:
            used = sum(map(is_open, others))
            text = f"{len(others)} other generations, {used} open in some process; the next build clears the others"
            yield Finding("leftovers", text)


def recall_of(
    store: ProductStore,
    products: Sequence[Product],
    vectors: Vectors,
    rows: Sequence[int],
    progress: Progress | None = None,
) -> float:
    """The share of the exact ten nearest of each row's vector that the store's ten are as near as, 0 to 1.

    By nearness and not by name: of equally near products either may be taken. NaN for no rows.
    """
    row_of = {product.product_id: row for row, product in enumerate(products)}
    k = min(K, len(products))
    shares: list[float] = []
    for row in told(rows, progress, len(rows)):
        near = vectors @ vectors[row]
        least = np.partition(-near, k - 1)[k - 1]
        found = [
            row_of[name] for name, _ in store.nearest(vectors[row].tolist(), Constraints(), "", k) if name in row_of
        ]
        shares.append(sum(one >= 0 and float(near[one]) >= -least - 1e-5 for one in found) / k)
    return float(np.mean(shares)) if shares else float("nan")


@contextmanager
def _store(inside: Path) -> Iterator[ProductStore]:
    """The store of a generation; a copy of it where some process has the files open, or they cannot be written."""
    if ProductStore.is_remote(inside / CHROMA) or not (is_open(inside) or not os.access(inside, os.W_OK)):
        store = ProductStore.open(inside / CHROMA)
        try:
            yield store
        finally:
            store.close()
        return
    with tempfile.TemporaryDirectory() as copied:
        copy_generation(inside / CHROMA, Path(copied) / CHROMA)
        store = ProductStore.open(Path(copied) / CHROMA)
        try:
            yield store
        finally:
            store.close()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    # Chroma gives numbers back in its own types.
    return {key: sorted(value) if isinstance(value, list) else value for key, value in values.items()}


class _NoEmbedder:
    """Stands for the embedder of an index whose every vector is known: embeds nothing."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.name, self.dimension = manifest.embedder, manifest.dimension
        self._folder = folder

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Nothing of nothing; IndexFolderError for any text."""
        if texts:
            raise IndexFolderError(
                f"{self._folder}: {len(texts)} texts have no stored vector; mend with: {_BUILD.format(self._folder)}"
            )
        return np.zeros((0, self.dimension), np.float32)


def rebuild(folder: Path, say: Say = lambda _: None, progress: Progress | None = None) -> int:
    """Make everything anew that is derived from the stored products and vectors; how many products there are.

    The folder must be locked. IndexFolderError when products or vectors are not whole: then only a build from the
    feed helps.
    """
    manifest = read_manifest(folder)
    before = Stored(folder)
    products = before.products
    if len(products) != manifest.products:
        raise IndexFolderError(
            f"{folder}: {len(products)} products can be read, expected {manifest.products}; "
            f"mend with: {_BUILD.format(folder)}"
        )
    contents = Contents(tuple(products.values()))
    renewal = Renewal(before, _NoEmbedder(folder, manifest), None, None, say, progress, anew=True)
    renewal.apply(contents)
    return len(products)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0, 1 when something is wrong, 2 with one sentence on standard error when it cannot be looked at."""
    parser = argparse.ArgumentParser(prog="python -m index.check", description="Look an index folder over.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the index folder")
    parser.add_argument("--rebuild", action="store_true", help="make Chroma and BM25 anew from what is stored")
    given = parser.parse_args(arguments)
    try:
        if given.rebuild:
            with lock_folder(given.folder), shown_progress() as progress:
                rebuild(given.folder, lambda text: print(text, file=sys.stderr), progress)
        with shown_progress() as progress:
            found = check(given.folder, progress)
    except (IndexFolderError, FeedError, StoreError, OSError, EOFError, ValueError) as error:
        print(f"index.check: {error}", file=sys.stderr)
        return 2
    for one in found:
        print(one)
    wrong = [one for one in found if one.mend]
    print(f"{len(wrong)} things are wrong" if wrong else "nothing is wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
