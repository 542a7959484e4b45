"""The index folder: its manifest, its lock, and the shop that is opened from it.

A folder holds `manifest.json`, written last, and the generation folder that the manifest names; its existence means
that the generation is whole. A generation in Chroma's own files belongs to the one process that has it open, because
Chroma's local client is not safe across processes; one on a Chroma server is open to many. A build writes another
generation beside it, so a shop can be open meanwhile: `Shop.is_stale` then says so, `Shop.renewed` opens the new.
"""

import json
import secrets
import shutil
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from filelock import FileLock, Timeout

from index.catalog import Constraints, Kind, Product, constraints_to_json
from index.companions import Companions
from index.documents import Documents
from index.embed import EMBEDDERS, Embedder, Vectors
from index.feeds import FeedError, Rejected, read_interactions, read_products
from index.history import HISTORY, NextProduct
from index.interactions import Behaviour, Interaction
from index.lexical import LexicalIndex, Mask, Scores
from index.masks import Masks
from index.names import DeclaredNames
from index.promotions import Promotion, read_promotions
from index.store import ProductStore, StoreError

FORMAT = 2
MANIFEST = "manifest.json"
PRODUCTS, INTERACTIONS, VECTORS = "products.jsonl.gz", "interactions.jsonl.gz", "vectors.npy"
KINDS, PROMOTIONS = "kinds.json", "promotions.jsonl"
COMPANIONS, BEHAVIOUR, LEXICAL, CHROMA, PICTURES = "companions.json", "behaviour.json", "bm25", "chroma", "pictures"
OPEN = ".open"
ROOM = 1 << 20
"""A disk with less free is called full: Chroma writes a little even when it opens."""
_TRIES = 5
_EXACT = 1000
"""Up to so many rows all are compared: of a small shop whose products differ by a number only, 600 of them, Chroma's
graph gave .89 to 1.0 of the ten nearest, another share with every build."""
_FEW = 0.1
"""Below this part of all rows it is quicker to gather their vectors than to multiply with every one."""


class IndexFolderError(Exception):
    """An index folder that cannot be used; the message names the command that mends it."""


class NewerFormatError(IndexFolderError):
    """An index folder that a later version of this program made."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder says of itself: its format, generation, embedder, currency and counts."""

    format: int
    generation: str
    embedder: str
    dimension: int
    currency: str
    products: int
    interactions: int
    fictional: bool = False

    def write(self, folder: Path) -> None:
        """Put the manifest in place at once: a reader sees the old one or the new one."""
        beside = folder / f"{MANIFEST}.new"
        beside.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        beside.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; IndexFolderError when it is missing, broken or of another format."""
    again = f"build it again with: python -m index.build FEED --out {folder}"
    if not folder.is_dir():
        raise IndexFolderError(f"{folder} is no folder; make an index with: python -m index.build FEED --out {folder}")
    try:
        row = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _refuse_newer(folder, row)
        manifest = Manifest(**row)
        for item in fields(Manifest):
            if not isinstance(getattr(manifest, item.name), cast(type, item.type)):
                raise TypeError(f"{item.name} is {getattr(manifest, item.name)!r}")
    except FileNotFoundError:
        raise IndexFolderError(
            f"{folder} has no {MANIFEST}: it is no index, or its build did not finish; {again}"
        ) from None
    except (OSError, ValueError, TypeError) as error:
        names = ", ".join(item.name for item in fields(Manifest))
        raise IndexFolderError(f"{folder / MANIFEST} is broken ({error}; expected {names}); {again}") from None
    if manifest.format != FORMAT:
        raise IndexFolderError(f"{folder} has index format {manifest.format}, this program reads {FORMAT}; {again}")
    return manifest


def _refuse_newer(folder: Path, row: Any) -> None:
    # Before its fields are looked at: it may have others.
    made = row.get("format") if isinstance(row, dict) else None
    if isinstance(made, int) and made > FORMAT:
        raise NewerFormatError(
            f"{folder} has index format {made}, this program reads {FORMAT}: a newer version made it; use that one, "
            f"or build another folder with: python -m index.build FEED --out OTHER_FOLDER"
        )


def lock_folder(folder: Path) -> FileLock:
    """The right to change a folder, held until released; IndexFolderError when another process has it."""
    return _locked(folder, folder / ".lock")


def lock_generation(folder: Path, generation: str, shared: bool = False) -> FileLock:
    """The right to have a generation open, held until released; IndexFolderError when another process has it.

    With `shared` any number may hold it: none has it alone.
    """
    own = f"-{secrets.token_hex(8)}" if shared else ""
    return _locked(folder, folder / generation / f"{OPEN}{own}")


def is_open(inside: Path) -> bool:
    """True when some process has a generation open."""
    for path in inside.glob(f"{OPEN}*"):
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            # What cannot be locked cannot be held either.
            continue
        lock.release()
    return False


def _locked(folder: Path, path: Path) -> FileLock:
    # Not bound to the thread that took it: the last turn of an old state may end in any.
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexFolderError(
            f"{folder} is in use by another process; stop that one, or build a copy with: "
            f"python -m index.build FEED --out OTHER_FOLDER"
        ) from None
    except OSError as error:
        raise IndexFolderError(
            f"{folder} cannot be locked ({error.strerror}); make it writable, or build a copy with: "
            f"python -m index.build FEED --out OTHER_FOLDER"
        ) from None
    return lock


class Shop:
    """An opened index folder: products by id, their vectors, words, companions, and what shoppers did.

    `documents` are the passages of the store's documents, `promotions` what it takes off its prices at any time.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        products: Sequence[Product],
        embedder: Embedder,
        store: ProductStore,
        lexical: LexicalIndex,
        companions: Companions,
        behaviour: Behaviour,
        next_product: NextProduct,
        documents: Documents,
        promotions: Sequence[Promotion],
        lock: FileLock | None,
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.rows = tuple(products)
        self.products: Mapping[str, Product] = {product.product_id: product for product in products}
        self.row_of = next_product.row_of
        self.embedder = embedder
        self.store = store
        self.lexical = lexical
        self.companions = companions
        self.histories = behaviour.histories
        self.popularity = behaviour.popularity
        self.next_product = next_product
        self.documents = documents
        self.promotions = tuple(promotions)
        self._let_go = weakref.finalize(self, _let_go, store, lock)
        self._masks = Masks(self.rows)
        self._mask = lru_cache(maxsize=64)(self._mask_of)

    @property
    def currency(self) -> str:
        """The currency of the shop's prices, ISO 4217, or "" when the feed states none."""
        return self.manifest.currency

    @property
    def vectors(self) -> Vectors:
        """The products' unit vectors in the order of `rows`, mapped from the folder."""
        return self.next_product.traits.vectors

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """Every stored interaction."""
        path = self.folder / self.manifest.generation / INTERACTIONS
        if not path.exists():
            return ()
        return tuple(row for row in read_interactions(path) if isinstance(row, Interaction))

    @cached_property
    def declared_names(self) -> DeclaredNames:
        """What the products declare to work with, by the names their makers write."""
        return DeclaredNames(self.rows)

    def allowed(self, constraints: Constraints) -> Mask:
        """Which rows satisfy the constraints; shape (number of products,)."""
        if not constraints:
            return np.ones(len(self.rows), np.bool_)
        return self._mask(_Key(constraints))

    def nearest(self, vector: Scores, constraints: Constraints, k: int) -> list[int]:
        """The rows of the k products nearest to a unit vector that satisfy the constraints, in no order.

        Chroma is asked where a large shop is to be searched without a condition: under one its search takes ten times
        as long (0.1 s among 20,000 products), so then every product that satisfies it is compared, in memory; and so is
        every product of a small shop, and of any when Chroma does not answer.
        """
        if not constraints and len(self.rows) > _EXACT:
            with suppress(StoreError):
                found = self.store.nearest(vector.tolist(), constraints, self.currency, k)
                return [self.row_of[name] for name, _ in found]
        rows = np.flatnonzero(self.allowed(constraints))
        if len(rows) > k:
            near = self.vectors[rows] @ vector if len(rows) < _FEW * len(self.rows) else (self.vectors @ vector)[rows]
            rows = rows[np.argpartition(-near, k - 1)[:k]]
        return [int(row) for row in rows]

    def _mask_of(self, key: "_Key") -> Mask:
        return self._masks.of(key.constraints)

    def is_stale(self) -> bool:
        """True when a build has put another state in force since this one was opened (one small file is read)."""
        try:
            return read_manifest(self.folder).generation != self.manifest.generation
        except IndexFolderError:
            # What is open goes on; whoever opens the folder next is told.
            return False

    def renewed(self) -> "Shop":
        """The state in force, opened beside this one, with the same embedder; IndexFolderError as from `open_shop`.

        This shop stays open until it is closed, or until nothing refers to it any more.
        """
        return open_shop(self.folder, self.embedder)

    def close(self) -> None:
        """Let the folder go for other processes."""
        self._let_go()


def _let_go(store: ProductStore, lock: FileLock | None) -> None:
    store.close()
    if lock:
        lock.release()


class _Key:
    """Constraints as a dictionary key: they hold mappings, which have no hash."""

    def __init__(self, constraints: Constraints) -> None:
        self.constraints = constraints
        self._text = json.dumps(constraints_to_json(constraints), sort_keys=True)

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._text == other._text


def open_shop(folder: Path, embedder: Embedder | None = None) -> Shop:
    """Open the generation in force and hold its lock; `embedder`, when given, must be the one it was made with."""
    for last in [False] * _TRIES + [True]:
        manifest = read_manifest(folder)
        fitting = _embedder_of(folder, manifest, embedder)
        inside = folder / manifest.generation
        try:
            if not inside.is_dir():
                raise FileNotFoundError(f"there is no folder {manifest.generation}")
            lock = lock_generation(folder, manifest.generation, ProductStore.is_remote(inside / CHROMA))
            try:
                # A build may have replaced and cleared it away meanwhile.
                if last or read_manifest(folder).generation == manifest.generation:
                    return _open_generation(folder, manifest, fitting, lock)
                lock.release()
            except BaseException:
                lock.release()
                raise
        except (FeedError, StoreError, OSError, EOFError, ValueError, TypeError, KeyError) as error:
            if last or read_manifest(folder).generation == manifest.generation:
                if isinstance(error, StoreError) and ProductStore.is_remote(inside / CHROMA):
                    raise IndexFolderError(
                        f"{folder}: its Chroma server does not give the products ({error})"
                    ) from None
                if shutil.disk_usage(folder).free < ROOM:
                    raise IndexFolderError(
                        f"{folder} cannot be opened: its disk is full ({error}); make room and try again"
                    ) from None
                raise IndexFolderError(
                    f"{folder} is damaged ({error}); build it again with: python -m index.build FEED --out {folder}"
                ) from None
    raise AssertionError("the last try opens or raises")


def _embedder_of(folder: Path, manifest: Manifest, embedder: Embedder | None) -> Embedder:
    """The embedder of an index, or the one given, where it is the same."""
    if embedder is None:
        if manifest.embedder not in EMBEDDERS:
            raise IndexFolderError(
                f"{folder} was made with the embedder {manifest.embedder!r}, known are {', '.join(EMBEDDERS)}; "
                f"build it again with: python -m index.build FEED --out {folder}"
            )
        embedder = EMBEDDERS[manifest.embedder]()
    if (embedder.name, embedder.dimension) != (manifest.embedder, manifest.dimension):
        raise IndexFolderError(
            f"{folder} was made with the embedder {manifest.embedder!r} ({manifest.dimension} numbers a product), "
            f"not {embedder.name!r} ({embedder.dimension}); "
            f"build it again with: python -m index.build FEED --out {folder} --embedder {embedder.name}"
        )
    return embedder


def kinds_to_json(products: Sequence[Product]) -> str:
    """The derived kinds of products, in order: a list of [name, source, certainty]."""
    kinds = [product.derived or Kind() for product in products]
    return json.dumps([[kind.name, kind.source, kind.certainty] for kind in kinds], ensure_ascii=False)


def _with_kinds(products: Sequence[Product], text: str) -> list[Product]:
    """The products with the kinds that `kinds_to_json` wrote; ValueError or TypeError when it is not of them."""
    rows = json.loads(text)
    if not isinstance(rows, list) or len(rows) != len(products):
        raise ValueError(f"{KINDS}: expected a list of {len(products)} kinds, one a product")
    found: list[Product] = []
    for place, (product, row) in enumerate(zip(products, rows, strict=True)):
        if not (isinstance(row, list) and [type(part) for part in row] == [str, str, float]):
            raise ValueError(f"{KINDS}: entry {place} is {row!r}, expected [name, source, certainty]")
        found.append(replace(product, derived=Kind(*row)))
    return found


def _open_generation(folder: Path, manifest: Manifest, embedder: Embedder, lock: FileLock) -> Shop:
    inside = folder / manifest.generation
    rows = [row for row in read_products([inside / PRODUCTS]) if not isinstance(row, Rejected)]
    # A folder from before kinds were derived has no such file: its kinds are read from the titles alone.
    kinds = inside / KINDS
    products = _with_kinds(rows, kinds.read_text(encoding="utf-8")) if kinds.exists() else rows
    store = ProductStore.open(inside / CHROMA)
    if not len(products) == store.count() == manifest.products:
        raise ValueError(
            f"{len(products)} products, {store.count()} in Chroma, {manifest.products} in the manifest: "
            "expected the same number"
        )
    vectors: Vectors = np.load(inside / VECTORS, mmap_mode="r")
    if vectors.shape != (len(products), manifest.dimension):
        raise ValueError(f"vectors of shape {vectors.shape}, expected {(len(products), manifest.dimension)}")
    row_of = {product.product_id: row for row, product in enumerate(products)}
    return Shop(
        folder=folder,
        manifest=manifest,
        products=products,
        embedder=embedder,
        store=store,
        lexical=LexicalIndex.load(inside / LEXICAL, len(products)),
        companions=Companions.load(inside / COMPANIONS),
        behaviour=Behaviour.load(inside / BEHAVIOUR),
        next_product=NextProduct.load(inside / HISTORY, row_of, vectors),
        documents=Documents.load(inside, manifest.dimension),
        promotions=_promotions(inside / PROMOTIONS),
        lock=lock,
    )


def _promotions(path: Path) -> list[Promotion]:
    """The promotions of a generation, none where it has no file of them; ValueError for a row that is none."""
    rows = list(read_promotions(path)) if path.exists() else []
    for row in rows:
        if isinstance(row, Rejected):
            raise ValueError(str(row))
    return [row for row in rows if isinstance(row, Promotion)]
