"""What an index folder has before a build, and what it is to hold after one: `Stored`, `Contents`.

What a build is not given anew stays: shoppers' interactions, the store's documents, its promotions, and what
`finetune.history` learned. Knows no feed and writes nothing.
"""

import json
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.catalog import Product
from index.documents import PASSAGES, Documents, Passage, read_passages
from index.embed import Embedder
from index.feeds import (
    FeedError,
    Rejected,
    interaction_to_json,
    known_products,
    read_interactions,
    read_products,
)
from index.folder import (
    CHROMA,
    INTERACTIONS,
    MANIFEST,
    PRODUCTS,
    PROMOTIONS,
    IndexFolderError,
    Manifest,
    read_manifest,
)
from index.generation import STATE, Standing, State, checksum, digest
from index.history import HISTORY, NextProduct, read_card
from index.interactions import Interaction
from index.parts import read_known
from index.promotions import Promotion, promotion_to_json, read_promotions
from index.store import ProductStore

Row = TypeVar("Row", Interaction, Passage, Promotion)

OTHERS = ("interactions", "documents", "promotions")
"""What an index holds besides products, by the flag of `index.build` that gives it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is to hold; None for what is to stay as it stands."""

    products: tuple[Product, ...]
    events: tuple[Interaction, ...] | None = None
    passages: tuple[Passage, ...] | None = None
    promotions: tuple[Promotion, ...] | None = None

    def digests(self) -> dict[str, str]:
        """A digest of each of OTHERS that is given."""
        rows: Mapping[str, Iterable[Mapping[str, Any]] | None] = {
            "interactions": None if self.events is None else map(interaction_to_json, self.events),
            "documents": None if self.passages is None else map(asdict, self.passages),
            "promotions": None if self.promotions is None else map(promotion_to_json, self.promotions),
        }
        return {name: digest(own) for name, own in rows.items() if own is not None}


class Stored:
    """What an index folder has before a build, nothing where it has none that can be read.

    `standing` is the generation in force where it is whole: then rows are read only when they are asked for.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.manifest = _manifest_of(out)
        self.standing = Standing.read(out)

    @staticmethod
    def generation(out: Path) -> str:
        """The generation that is in force now, "" where no manifest can be read."""
        manifest = _manifest_of(out)
        return manifest.generation if manifest else ""

    @property
    def inside(self) -> Path:
        """The folder of the generation in force; one that is not there where no manifest can be read."""
        return self.out / (self.manifest.generation if self.manifest else "g-none")

    @property
    def address(self) -> str:
        """The Chroma server that has the products, "" for files, or where that cannot be read."""
        try:
            return ProductStore.address_of(self.inside / CHROMA)
        except (OSError, ValueError):
            return ""

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """The products by id, in order."""
        try:
            found = read_products([self.inside / PRODUCTS])
            return {row.product_id: row for row in found if isinstance(row, Product)}
        except (FeedError, OSError, EOFError):
            return {}

    @cached_property
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

    def merged(
        self, read: Sequence[Product], prune: bool, withdrawn: Collection[str] = ()
    ) -> tuple[tuple[Product, ...], int]:
        """The products that the index is to have, the known ones in the order they had; how many are not in the feed.

        With `prune` none of the latter are among them, and never one of the `withdrawn`.
        """
        fresh, known = {product.product_id: product for product in read}, set(self.ids)
        missing = [] if prune else [name for name in self.ids if name not in fresh and name not in withdrawn]
        kept = fresh | {name: self.products[name] for name in missing}
        found = [kept[name] for name in self.ids if name in kept]
        return (*found, *(one for one in read if one.product_id not in known)), len(missing)

    # What is kept where a build is not given it anew

    def digests(self, contents: Contents) -> Mapping[str, str]:
        """A digest of each of OTHERS as it will be: of what is given, else of what stands."""
        told = self.standing.state.inputs if self.standing else {}
        missing = [name for name in OTHERS if name not in told]
        return {**told, **(self.whole(contents).digests() if missing else contents.digests())}

    def whole(self, contents: Contents) -> Contents:
        """The contents with what stands in the place of what is not given.

        IndexFolderError when that cannot be read: what shoppers did is not let go of without a word.
        """
        events, passages, promotions = contents.events, contents.passages, contents.promotions
        return replace(
            contents,
            # A product that is new may be what a stored interaction names a variant of.
            events=tuple(known_products(self.events, contents.products)) if events is None else events,
            passages=self.passages if passages is None else passages,
            promotions=self.promotions if promotions is None else promotions,
        )

    @cached_property
    def events(self) -> tuple[Interaction, ...]:
        """The stored interactions; IndexFolderError when they cannot be read, as of the other two."""
        return self._rows(INTERACTIONS, "interactions", read_interactions)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the store's documents."""
        return self._rows(PASSAGES, "documents", read_passages)

    @cached_property
    def promotions(self) -> tuple[Promotion, ...]:
        """The stored promotions."""
        return self._rows(PROMOTIONS, "promotions", read_promotions)

    def _rows(self, file: str, name: str, read: Callable[[Path], Iterable[Row | Rejected]]) -> tuple[Row, ...]:
        path = self.inside / file
        try:
            written = _files_of(self.inside).get(file)
            if not path.exists() and written is None:
                return ()
            # An emptied file reads as one without rows.
            if written not in (None, checksum(path)):
                raise ValueError("it is not as it was written")
            found: list[Row] = []
            for row in read(path):
                if isinstance(row, Rejected):
                    raise ValueError(str(row))
                found.append(row)
            return tuple(found)
        except (FeedError, OSError, EOFError, ValueError, TypeError) as error:
            raise IndexFolderError(
                f"{path} cannot be read ({error}); give them anew with --{name}, or let them go with --drop {name}"
            ) from None

    def count(self, name: str) -> int:
        """How many interactions, passages or promotions there are; as far as can be read."""
        if name == "interactions":
            return self.manifest.interactions if self.manifest else 0
        with suppress(IndexFolderError):
            return len(self.passages if name == "documents" else self.promotions)
        return 0

    # What is of use of the generation in force, also of one that is damaged

    def known_vectors(self, embedder: Embedder) -> dict[str, Any]:
        """Vectors by the hash of their text, none where they are of another embedder."""
        if not self._is_of(embedder):
            return {}
        try:
            return read_known(self.inside)
        except (OSError, EOFError, ValueError):
            # Nothing usable to start from: everything is embedded anew.
            return {}

    def known_documents(self, embedder: Embedder) -> Documents | None:
        """The passages with their vectors, None where those are of another embedder."""
        try:
            return Documents.load(self.inside, embedder.dimension) if self._is_of(embedder) else None
        except (OSError, EOFError, ValueError):
            return None

    def trained(self, embedder: Embedder) -> NextProduct | None:
        """What `finetune.history` learned; None where it learned nothing, on vectors of another embedder, or where it
        cannot be read.
        """
        if not self._is_of(embedder):
            return None
        with suppress(OSError, EOFError, ValueError, TypeError, KeyError, zipfile.BadZipFile):
            row_of = {name: row for row, name in enumerate(self._ids_of_history())}
            # What was learned is of rows, not of their vectors: those may be damaged.
            found = NextProduct.load(self.inside / HISTORY, row_of, np.zeros((len(row_of), embedder.dimension), "f4"))
            return found if found.trained else None
        return None

    def was_trained(self) -> bool:
        """True when `finetune.history` learned something, or when that cannot be told."""
        path = self.inside / HISTORY
        try:
            return path.exists() and read_card(path)["weights"] is not None
        except (OSError, EOFError, ValueError, TypeError, KeyError, zipfile.BadZipFile):
            return True

    def _ids_of_history(self) -> Sequence[str]:
        with suppress(OSError, ValueError, KeyError):
            ids = json.loads((self.inside / STATE).read_text(encoding="utf-8"))["ids"]
            if isinstance(ids, list):
                return ids
        return tuple(self.products)

    def _is_of(self, embedder: Embedder) -> bool:
        return self.manifest is not None and self.manifest.embedder == embedder.name


def unreadable(out: Path) -> str:
    """Why nothing of a folder can be kept although it has a manifest, "" where it can."""
    if not (out / MANIFEST).exists():
        return ""
    try:
        read_manifest(out)
    except IndexFolderError as error:
        return str(error)
    return ""


def _manifest_of(out: Path) -> Manifest | None:
    try:
        return read_manifest(out)
    except IndexFolderError:
        return None


def _files_of(inside: Path) -> Mapping[str, int]:
    """The files that a generation is known to have had, with their checksums."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return dict(json.loads((inside / STATE).read_text(encoding="utf-8"))["files"])
    return {}
