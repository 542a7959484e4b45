"""Put contents in force in an index folder by writing no more than the difference to what stands: `Renewal`.

Knows no feed and no command. The generation in force is only read; another one is written beside it, and the manifest
is switched over when that is whole.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.catalog import Product
from index.documents import Documents, Passage, embed_documents
from index.embed import Embedder, Progress, product_text
from index.feeds import FeedError, interaction_to_json, read_products, write_rows
from index.folder import CHROMA, FORMAT, PRODUCTS, PROMOTIONS, VECTORS, IndexFolderError, Manifest, read_manifest
from index.generation import Standing, State, clear, copy_generation
from index.history import HISTORY, NextProduct
from index.interactions import Interaction
from index.parts import (
    Known,
    Say,
    Texts,
    read_known,
    text_hash,
    write_hashes,
    write_products,
    write_rest,
    write_store,
    write_vectors,
)
from index.promotions import Promotion, promotion_to_json
from index.store import ProductStore

_FEW = 0.3
"""Up to this part of the products, changed ones are put into a copy of the old Chroma: more is quicker made anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the products of a folder that had an index changed: numbers of products, and how much was written.

    `written` is "nothing", "metadata" or "all".
    """

    new: int
    changed: int
    removed: int
    missing: int
    written: str

    def __str__(self) -> str:
        said = f"changes: {self.new} new, {self.changed} changed, {self.removed} removed; wrote {self.written}"
        return f"{said}; {self.missing} that the feed lacks stay, --prune removes them" if self.missing else said


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is to hold."""

    products: tuple[Product, ...]
    events: tuple[Interaction, ...]
    passages: tuple[Passage, ...]
    promotions: tuple[Promotion, ...]

    def others(self) -> Iterator[Mapping[str, Any]]:
        """Everything but the products, as rows."""
        yield from map(interaction_to_json, self.events)
        yield from map(asdict, self.passages)
        yield from map(promotion_to_json, self.promotions)


class Renewal:
    """One build of a folder that is locked.

    `chroma` is the address of a Chroma server, "" for files in the folder, None for what the folder has. With `anew`
    nothing but vectors is taken from the generation in force.
    """

    def __init__(
        self,
        before: "Stored",
        embedder: Embedder,
        fictional: bool,
        chroma: str | None,
        say: Say,
        progress: Progress | None,
        anew: bool = False,
    ) -> None:
        self._before, self._out = before, before.out
        self._embedder, self._fictional = embedder, fictional
        self._say, self._progress = say, progress
        standing = None if anew else before.standing
        there = _address_of(self._out)
        self._address = there if chroma is None else chroma
        same = standing and standing.manifest.embedder == embedder.name and there == self._address
        self._standing = standing if same else None

    def apply(self, contents: Contents) -> tuple[Changes | None, int]:
        """Put the contents in force; what changed, where there was an index before, and how much was embedded."""
        products, standing, before = contents.products, self._standing, self._before
        state = State.of(products, contents.others())
        known = set(before.ids)
        changed = before.changed(products, state)
        new = sum(one.product_id not in known for one in products)
        changes = Changes(new, len(changed), len(known) + new - len(products), 0, "all")
        if standing and state.same_as(standing.state):
            if standing.manifest.fictional != self._fictional:
                replace(standing.manifest, fictional=self._fictional).write(self._out)
            return replace(changes, written="nothing"), 0
        # What a killed build left takes room that this one may need.
        clear(self._out, but=_generation_of(self._out))
        # A name of its own: also the same input must not be written over the state in force.
        generation = f"g-{len(products)}-{len(contents.events)}-{secrets.token_hex(6)}"
        inside = self._out / generation
        inside.mkdir()
        embedded = 0
        if standing and state.same_but_light(standing.state):
            self._say(f"{len(products)} products, {len(changed)} with another price, stock or the like")
            self._write_light(inside, standing, changed, contents)
            changes = replace(changes, written="metadata")
        else:
            self._say(f"{len(products)} products, {len(contents.events)} interactions; embedding what is new")
            embedded = self._write_all(inside, changed, contents)
        state.write(inside)
        Manifest(
            format=FORMAT,
            generation=generation,
            embedder=self._embedder.name,
            dimension=self._embedder.dimension,
            currency=_currency(products),
            products=len(products),
            interactions=len(contents.events),
            fictional=self._fictional,
        ).write(self._out)
        clear(self._out, but=generation)
        return changes if known else None, embedded

    def _write_light(self, inside: Path, standing: Standing, changed: Set[str], contents: Contents) -> None:
        """Everything as it was but the products and their metadata."""
        products = contents.products
        copy_generation(standing.inside, inside, without=[PRODUCTS, *([CHROMA] if self._address else [])])
        write_products(inside, products)
        if self._address:
            # A server cannot copy a collection, and readers of the old one must not see the new prices.
            write_store(inside, self._address, products, np.load(inside / VECTORS), self._progress)
            return
        store = ProductStore.open(inside / CHROMA)
        try:
            old = self._before.products
            store.restate((old[one.product_id], one) for one in products if one.product_id in changed)
        finally:
            store.close()

    def _write_all(self, inside: Path, changed: Set[str], contents: Contents) -> int:
        """Every part anew, with the vectors of texts that did not change; how many were embedded."""
        products, embedder = contents.products, self._embedder
        texts = _texts(products)
        known = _known_vectors(self._out, embedder)
        store, stored = self._store(inside, changed, products, texts, known)
        try:
            vectors, embedded = write_vectors(store, products, texts, known, embedder, self._progress, stored)
        finally:
            store.close()
        told, _ = embed_documents(contents.passages, _known_documents(self._out, embedder), embedder)
        write_rest(inside, products, contents.events, vectors, _trained(self._out, embedder), self._say, self._progress)
        write_hashes(inside, texts)
        told.save(inside)
        write_rows(inside / PROMOTIONS, map(promotion_to_json, contents.promotions))
        return embedded

    def _store(
        self, inside: Path, changed: Set[str], products: Sequence[Product], texts: Texts, known: Known
    ) -> tuple[ProductStore, frozenset[str]]:
        """The store to write into, and the ids of the products that are in it as they are to be."""
        before = set(self._before.ids)
        unchanged = {
            one.product_id
            for one, key in zip(products, texts.hashes, strict=True)
            if key in known and one.product_id in before and one.product_id not in changed
        }
        if not self._standing or self._address or len(products) - len(unchanged) > _FEW * len(before):
            return ProductStore.create(inside / CHROMA, self._address, len(products)), frozenset()
        copy_generation(self._standing.inside / CHROMA, inside / CHROMA)
        store = ProductStore.open(inside / CHROMA)
        store.remove([name for name in self._before.ids if name not in unchanged])
        return store, frozenset(unchanged)


class Stored:
    """What an index folder has of products before a build, none where it has none that can be read.

    `standing` is the generation in force where it is whole: then the products themselves are read only when asked for.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.standing = Standing.read(out)

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """The products by id, in order."""
        try:
            inside = self.out / read_manifest(self.out).generation
            return {row.product_id: row for row in read_products([inside / PRODUCTS]) if isinstance(row, Product)}
        except (IndexFolderError, FeedError, OSError, EOFError):
            return {}

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the products, in order."""
        return self.standing.state.ids if self.standing else tuple(self.products)

    def changed(self, products: Sequence[Product], state: State) -> frozenset[str]:
        """The ids of the products that are stored otherwise; `state` is that of `products`."""
        if not self.standing:
            old = self.products
            return frozenset(one.product_id for one in products if old.get(one.product_id, one) != one)
        rows = dict(zip(self.standing.state.ids, self.standing.state.rows, strict=True))
        return frozenset(name for name, row in zip(state.ids, state.rows, strict=True) if rows.get(name, row) != row)

    def merged(self, read: Sequence[Product], prune: bool) -> tuple[tuple[Product, ...], int]:
        """The products that the index is to have, the known ones in the order they had; how many are not in the feed.

        With `prune` none of the latter are among them.
        """
        fresh, known = {product.product_id: product for product in read}, set(self.ids)
        missing = [] if prune else [name for name in self.ids if name not in fresh]
        kept = fresh | {name: self.products[name] for name in missing}
        found = [kept[name] for name in self.ids if name in kept]
        return (*found, *(one for one in read if one.product_id not in known)), len(missing)


def _generation_of(out: Path) -> str:
    """The generation in force, also one that is damaged: its vectors may be of use; "" for none."""
    try:
        return read_manifest(out).generation
    except IndexFolderError:
        return ""


def _address_of(out: Path) -> str:
    """The Chroma server that has the products of the generation in force, "" for files, or where none can be read."""
    try:
        return ProductStore.address_of(out / _generation_of(out) / CHROMA)
    except (OSError, ValueError):
        return ""


def _texts(products: Sequence[Product]) -> Texts:
    texts = tuple(product_text(product) for product in products)
    return Texts(texts, tuple(map(text_hash, texts)))


def _known_vectors(out: Path, embedder: Embedder) -> dict[str, Any]:
    try:
        manifest = read_manifest(out)
        return read_known(out / manifest.generation) if manifest.embedder == embedder.name else {}
    except (IndexFolderError, OSError, EOFError, ValueError):
        # Nothing usable to start from: everything is embedded anew.
        return {}


def _known_documents(out: Path, embedder: Embedder) -> Documents | None:
    """The passages of the generation in force when their vectors are of this embedder."""
    try:
        manifest = read_manifest(out)
        same = manifest.embedder == embedder.name
        return Documents.load(out / manifest.generation, embedder.dimension) if same else None
    except (IndexFolderError, OSError, EOFError, ValueError):
        return None


def _trained(out: Path, embedder: Embedder) -> NextProduct | None:
    """The model of what comes next of the generation in force when it was trained on vectors like these."""
    try:
        manifest = read_manifest(out)
        inside = out / manifest.generation
        products = [row for row in read_products([inside / PRODUCTS]) if isinstance(row, Product)]
        row_of = {product.product_id: row for row, product in enumerate(products)}
        found = NextProduct.load(inside / HISTORY, row_of, np.load(inside / VECTORS))
    except (IndexFolderError, FeedError, OSError, EOFError, ValueError):
        return None
    return found if found.trained and manifest.embedder == embedder.name else None


def _currency(products: Iterable[Product]) -> str:
    counted = Counter(product.currency for product in products if product.currency)
    return counted.most_common(1)[0][0] if counted else ""
