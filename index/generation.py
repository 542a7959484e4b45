"""What a build needs to know of the generation in force: which rows changed since, whether its files are whole.

Every generation holds `state.json`: digests of its rows and of what it was made of, checksums of its files. A folder
without one (from an earlier version) is built as if every row had changed. Knows no feed and embeds nothing.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from index.catalog import Product
from index.folder import CHROMA, OPEN, IndexFolderError, Manifest, is_open, read_manifest
from index.history import HISTORY
from index.store import ProductStore, StoreAwayError, StoreError

STATE = "state.json"
_SQLITE, _SQLITE_BEGINS = "chroma.sqlite3", b"SQLite format 3\x00"
_CHANGING = frozenset({HISTORY, _SQLITE, STATE})
"""Files that change after the build: trained anew, or written to when they are opened. Their size is not checked."""

LIGHT = frozenset({
    "price", "list_price", "currency", "availability", "image_url", "url", "rating", "rating_count", "condition",
    "gtin", "variants",
})  # fmt: skip
"""What of a product nothing but its own row and its metadata depend on: no text, no words, no kind, no companion."""


_EVERY = [item.name for item in fields(Product) if item.compare]
_LASTING = [name for name in _EVERY if name not in LIGHT]


@dataclass(frozen=True, slots=True)
class State:
    """Digests of a generation, one a product in `rows` and `lasting`, and the checksum of every file.

    `rows` change with anything of a product, `lasting` with anything but LIGHT; `inputs` are of everything else, by
    what it is.
    """

    ids: tuple[str, ...]
    rows: tuple[str, ...]
    lasting: tuple[str, ...]
    inputs: Mapping[str, str]
    files: Mapping[str, int]

    @classmethod
    def of(cls, products: Sequence[Product], inputs: Mapping[str, str]) -> "State":
        """The state of products and of everything else that the generation is made of; no files yet."""
        return cls(
            tuple(product.product_id for product in products),
            tuple(map(_digest_of(_EVERY), products)),
            tuple(map(_digest_of(_LASTING), products)),
            inputs,
            {},
        )

    def same_as(self, other: "State") -> bool:
        """True when everything that a build is given is the same."""
        return (self.ids, self.rows, self.inputs) == (other.ids, other.rows, other.inputs)

    def same_but_light(self, other: "State") -> bool:
        """True when no more than LIGHT fields of some rows differ, and what nothing else is made of."""
        bought = [state.inputs["interactions"] for state in (self, other)]
        return (self.ids, self.lasting, bought[0]) == (other.ids, other.lasting, bought[1])

    def write(self, inside: Path) -> None:
        """Store the state in a generation, with the checksums of the files that are there."""
        row = asdict(self) | {"files": checksums(inside)}
        (inside / STATE).write_text(json.dumps(row), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Standing:
    """The generation in force, whole, and what a build knows of it."""

    inside: Path
    manifest: Manifest
    state: State

    @classmethod
    def read(cls, folder: Path) -> "Standing | None":
        """The generation in force; None when there is none, or a file of it is damaged."""
        with suppress(IndexFolderError, OSError, ValueError, TypeError, KeyError):
            manifest = read_manifest(folder)
            inside = folder / manifest.generation
            row = json.loads((inside / STATE).read_text(encoding="utf-8"))
            ids, rows, lasting = (tuple(row[name]) for name in ("ids", "rows", "lasting"))
            state = State(ids, rows, lasting, dict(row["inputs"]), row["files"])
            whole = len(state.ids) == len(state.rows) == len(state.lasting) == manifest.products
            if whole and not damaged(inside, state):
                return cls(inside, manifest, state)
        return None


def damaged(inside: Path, state: State) -> list[str]:
    """The files of a generation that are missing or not as they were written."""
    found = checksums(inside)
    wrong = [name for name, wanted in state.files.items() if found.get(name) != wanted]
    store = inside / CHROMA / _SQLITE
    if not ProductStore.is_remote(inside / CHROMA) and not _is_sqlite(store):
        wrong.append(f"{CHROMA}/{_SQLITE}")
    if not (inside / HISTORY).is_file():
        wrong.append(HISTORY)
    return sorted(wrong)


def checksums(inside: Path) -> dict[str, int]:
    """The checksum of every file of a generation that stays as it was written, by its name inside."""
    found: dict[str, int] = {}
    for path in sorted(inside.rglob("*")):
        if path.is_file() and path.name not in _CHANGING and not path.name.startswith(OPEN):
            found[path.relative_to(inside).as_posix()] = checksum(path)
    return found


def copy_generation(old: Path, new: Path, without: Iterable[str] = ()) -> None:
    """Copy a generation whose products a reader may have open; what is never written to again is linked.

    `without` names files and folders at its top that are left out.
    """
    left = {*without, STATE}
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old)
        if path.is_dir() or name.parts[0] in left or path.name.startswith(OPEN) or path.name.startswith(f"{_SQLITE}-"):
            continue
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        if path.name == _SQLITE:
            # A reader may just be opening it.
            try:
                with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(new / name)) as copied:
                    source.backup(copied)
            except sqlite3.Error as error:
                raise OSError(f"{path} cannot be copied: {error}") from None
        elif name.parts[0] == CHROMA or path.name in _CHANGING:
            shutil.copyfile(path, new / name)
        else:
            _link(path, new / name)


def clear(folder: Path, but: str) -> None:
    """Remove every generation but one, those that some process has open, and those of a server that does not answer:
    they wait for a later build. StoreError as from `ProductStore.drop`.
    """
    for old in folder.glob("g-*"):
        if old.name == but or is_open(old):
            continue
        try:
            ProductStore.drop(old / CHROMA)
        except StoreAwayError:
            continue
        except ValueError:
            # Damaged: which server it was is not known any more.
            pass
        shutil.rmtree(old)


def remove_half(inside: Path) -> None:
    """Remove a generation that could not be written: it takes room that whoever opens the one in force may need."""
    with suppress(StoreError, OSError, ValueError):
        ProductStore.drop(inside / CHROMA)
    shutil.rmtree(inside, ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        # A file system without links.
        shutil.copyfile(old, new)


def _is_sqlite(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_SQLITE_BEGINS)) == _SQLITE_BEGINS
    return False


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    total = 0
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            total = zlib.crc32(part, total)
    return total


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """A digest of rows in their order."""
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode())
    return found.hexdigest()


def _digest_of(names: Sequence[str]) -> Callable[[Product], str]:
    """A digest of these fields, in the form in which a product that was stored and read again has them too."""
    values = attrgetter(*names)
    return lambda product: hashlib.blake2b(repr(values(product)).encode(), digest_size=16).hexdigest()
