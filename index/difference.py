"""Put contents in force in an index folder by writing no more than the difference to what stands: `Renewal`.

Knows no feed and no command. The generation in force is only read; another one is written beside it, and the manifest
is switched over when that is whole.
"""

import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.catalog import Product
from index.documents import PASSAGE_VECTORS, PASSAGES, Passage, embed_documents
from index.embed import Embedder, Progress, product_text
from index.folder import CHROMA, FORMAT, PRODUCTS, PROMOTIONS, ROOM, VECTORS, IndexFolderError, Manifest
from index.generation import Standing, State, clear, copy_generation, remove_half
from index.parts import (
    Known,
    Say,
    Texts,
    text_hash,
    write_hashes,
    write_products,
    write_promotions,
    write_rest,
    write_store,
    write_vectors,
)
from index.store import ProductStore, StoreError
from index.stored import Contents, Stored

_LONE = ("documents", "promotions")
"""What nothing else in a generation is made of."""

_FILES = {"metadata": [PRODUCTS], "documents": [PASSAGES, PASSAGE_VECTORS], "promotions": [PROMOTIONS]}

_FEW = 0.3
"""Up to this part of the products, changed ones are put into a copy of the old Chroma: more is quicker made anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the products of a folder that had an index changed: numbers of products, and how much was written.

    `written` is "nothing", "all", or what was: "metadata", "documents", "promotions".
    """

    new: int
    changed: int
    removed: int
    missing: int
    written: str

    def __str__(self) -> str:
        said = f"changes: {self.new} new, {self.changed} changed, {self.removed} removed; wrote {self.written}"
        return f"{said}; {self.missing} that the feed lacks stay, --prune removes them" if self.missing else said


class Renewal:
    """One build of a folder that is locked.

    `chroma` is the address of a Chroma server, "" for files in the folder, None for what the folder has; `fictional`
    is None for what it was. With `anew` nothing that is derived is taken from the generation in force.
    """

    def __init__(
        self,
        before: Stored,
        embedder: Embedder,
        fictional: bool | None,
        chroma: str | None,
        say: Say,
        progress: Progress | None,
        anew: bool = False,
    ) -> None:
        self._before, self._out = before, before.out
        was = bool(before.manifest and before.manifest.fictional)
        self._embedder, self._fictional = embedder, was if fictional is None else fictional
        self._say, self._progress = say, progress
        standing = None if anew else before.standing
        there = before.address
        if chroma is None and not there and ProductStore.is_remote(before.inside / CHROMA):
            say("which Chroma server has the products cannot be read: they go into files, unless --chroma names one")
        self._address = there if chroma is None else chroma
        same = standing and standing.manifest.embedder == embedder.name and there == self._address
        self._standing = standing if same else None

    def apply(self, contents: Contents) -> tuple[Changes | None, int]:
        """Put the contents in force; what changed, where there was an index before, and how much was embedded."""
        products, standing, before = contents.products, self._standing, self._before
        state = State.of(products, before.digests(contents))
        known = set(before.ids)
        changed = before.changed(products, state)
        new = sum(one.product_id not in known for one in products)
        changes = Changes(new, len(changed), len(known) + new - len(products), 0, "all")
        if standing and state.same_as(standing.state):
            if standing.manifest.fictional != self._fictional:
                replace(standing.manifest, fictional=self._fictional).write(self._out)
            clear(self._out, but=before.inside.name)
            return replace(changes, written="nothing"), 0
        light = standing is not None and state.same_but_light(standing.state)
        if not light:
            contents = before.whole(contents)
            state = replace(state, inputs=contents.digests())
        events = before.count("interactions") if contents.events is None else len(contents.events)
        # What a killed build left takes room that this one may need.
        clear(self._out, but=before.inside.name)
        # A name of its own: also the same input must not be written over the state in force.
        generation = f"g-{len(products)}-{events}-{secrets.token_hex(6)}"
        inside = self._out / generation
        inside.mkdir()
        try:
            embedded, written = self._written(inside, changed, contents, state, events, light)
        except BaseException as error:
            full = shutil.disk_usage(self._out).free < ROOM
            # An interrupt may come just after the switch.
            if Stored.generation(self._out) != generation:
                remove_half(inside)
            if full and isinstance(error, OSError | StoreError):
                raise IndexFolderError(
                    f"{self._out} cannot be written: its disk is full ({error}); what stands is as it was"
                ) from None
            raise
        clear(self._out, but=generation)
        return replace(changes, written=written) if known else None, embedded

    def _written(
        self, inside: Path, changed: Set[str], contents: Contents, state: State, events: int, light: bool
    ) -> tuple[int, str]:
        """Write the generation and put it in force; how much was embedded, and what was written."""
        products, standing = contents.products, self._standing
        embedded, written = 0, "all"
        if standing and light:
            self._say(f"{len(products)} products, {len(changed)} with another price, stock or the like")
            written = self._write_light(inside, standing, changed, contents, state)
        else:
            self._say(f"{len(products)} products, {events} interactions; embedding what is new")
            embedded = self._write_all(inside, changed, contents)
        state.write(inside)
        Manifest(
            format=FORMAT,
            generation=inside.name,
            embedder=self._embedder.name,
            dimension=self._embedder.dimension,
            currency=_currency(products),
            products=len(products),
            interactions=events,
            fictional=self._fictional,
        ).write(self._out)
        return embedded, written

    def _write_light(
        self, inside: Path, standing: Standing, changed: Set[str], contents: Contents, state: State
    ) -> str:
        """Everything as it was but the products and their metadata, documents and promotions; which of them changed."""
        products = contents.products
        written = ["metadata"] if changed else []
        written += [name for name in _LONE if state.inputs[name] != standing.state.inputs[name]]
        left = [path for name in written for path in _FILES[name]]
        copy_generation(standing.inside, inside, without=[*left, *([CHROMA] if self._address else [])])
        if "documents" in written:
            self._write_documents(inside, contents.passages or ())
        if "promotions" in written:
            write_promotions(inside, contents.promotions or ())
        if changed:
            write_products(inside, products)
        if self._address:
            # A server cannot copy a collection, and readers of the old one must not see the new prices.
            write_store(inside, self._address, products, np.load(inside / VECTORS), self._progress)
        elif changed:
            self._restate(inside, changed, products)
        return ", ".join(written)

    def _restate(self, inside: Path, changed: Set[str], products: Sequence[Product]) -> None:
        store = ProductStore.open(inside / CHROMA)
        try:
            old = self._before.products
            pairs = ((old[one.product_id], one) for one in products if one.product_id in changed)
            store.restate(pairs, self._progress)
        finally:
            store.close()

    def _write_all(self, inside: Path, changed: Set[str], contents: Contents) -> int:
        """Every part anew, with the vectors of texts that did not change; how many were embedded."""
        products, embedder, before = contents.products, self._embedder, self._before
        texts = _texts(products)
        known = before.known_vectors(embedder)
        store, stored = self._store(inside, changed, products, texts, known)
        try:
            vectors, embedded = write_vectors(store, products, texts, known, embedder, self._progress, stored)
        finally:
            store.close()
        self._write_documents(inside, contents.passages or ())
        trained = before.trained(embedder)
        if trained is None and before.was_trained():
            self._say(
                "what finetune.history learned is of other vectors, or damaged, and was left out; "
                f"learn it again with: python -m finetune.history --index {self._out}"
            )
        write_rest(inside, products, contents.events or (), vectors, trained, self._say, self._progress)
        write_hashes(inside, texts)
        write_promotions(inside, contents.promotions or ())
        return embedded

    def _write_documents(self, inside: Path, passages: Sequence[Passage]) -> None:
        embedder = self._embedder
        embed_documents(passages, self._before.known_documents(embedder), embedder)[0].save(inside)

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


def _texts(products: Sequence[Product]) -> Texts:
    texts = tuple(product_text(product) for product in products)
    return Texts(texts, tuple(map(text_hash, texts)))


def _currency(products: Iterable[Product]) -> str:
    counted = Counter(product.currency for product in products if product.currency)
    return counted.most_common(1)[0][0] if counted else ""
