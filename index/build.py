"""Build an index folder from feeds: read, embed what changed, write the manifest last.

    python -m index.build FEED [FEED ...] --out DIR [--interactions FILE] [--pictures DIR]
                          [--format NAME] [--map a=b,...] [--currency CODE]
                          [--interactions-format NAME] [--interactions-map a=b,...]
                          [--documents DIR] [--promotions FILE] [--drop interactions|documents|promotions]
                          [--prune] [--force] [--strict] [--dry-run]

A new generation is written beside the old one and the manifest switched over at the end, so a reader sees the
old state or the new one. On a folder that has an index the difference is applied: a product of the feed takes the
place of the one with its id, one that the feed lacks stays unless `--prune` is given. Interactions, documents and
promotions that are given take the place of those that stand; those that are not given stay, as does what
`finetune.history` learned, until `--drop` lets go of them. Texts that did not change are not embedded again; where only
prices, stock and the like changed, nothing but the products and their metadata in Chroma is written; where nothing did,
nothing is.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from index import steps
from index.catalog import Product
from index.difference import Changes, Renewal
from index.documents import Passage, read_documents
from index.embed import EMBEDDERS, PRECISIONS, Embedder, MiniLmEmbedder, Progress
from index.feeds import (
    INTERACTION_READERS,
    READERS,
    FeedError,
    Rejected,
    known_products,
    product_to_json,
    read_interactions,
    read_products,
    write_rows,
)
from index.folder import PICTURES, IndexFolderError, NewerFormatError, lock_folder, read_manifest
from index.interactions import Interaction
from index.parts import Say
from index.printed import SHRUNK, print_reasons, shortened, warn_of_loss
from index.promotions import Promotion, read_promotions
from index.read import parse_mapping
from index.rows import open_text
from index.shoppers import given_salt, kept_salt
from index.spread import SpreadEmbedder, made
from index.store import StoreError
from index.stored import OTHERS, Contents, Stored, unreadable

Row = TypeVar("Row", Interaction, Passage, Promotion)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Told:
    """How feeds are to be read: their formats, None for what their content says; the columns of tables by field; and
    the currency of amounts that name none.
    """

    format: str | None = None
    mapping: Mapping[str, str] | None = None
    currency: str = ""
    interactions_format: str | None = None
    interactions_mapping: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: product rows read and kept, interactions kept, how many products were embedded, passages of
    documents and promotions kept.

    `rejected` holds the rejected rows of all of them, and the rejected documents; `stays` names those of the last three
    that were not given and are as they were.
    """

    read: int
    kept: int
    rejected: tuple[Rejected, ...]
    interactions: int
    embedded: int
    passages: int = 0
    promotions: int = 0
    changes: Changes | None = None
    stays: tuple[str, ...] = ()


def build(
    feeds: Sequence[Path],
    out: Path,
    *,
    interactions: Path | None = None,
    pictures: Path | None = None,
    documents: Path | None = None,
    promotions: Path | None = None,
    drop: Collection[str] = (),
    embedder: Embedder | None = None,
    fictional: bool | None = None,
    prune: bool = False,
    force: bool = False,
    chroma: str | None = None,
    told: Told | None = None,
    say: Say = lambda _: None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build or renew the index folder `out`; FeedError or IndexFolderError say what stands in the way.

    Products that a feed lacks stay, unless `prune`; a feed of less than half as many products as the index has is
    refused, unless `force`; so is a prune of more than half. Interactions, documents and promotions that are None stay
    as they stand, unless `drop` names them; so do the embedder and whether the shop is `fictional`. `chroma` is the
    address of a Chroma server, "" for files in the folder, None for what the folder has. `told` is how the feeds are to
    be read.
    """
    embedder = embedder or made(embedder_of(out), "fastest")
    if pictures and not pictures.is_dir():
        raise FeedError(f"{pictures}: no such folder, expected one of pictures")
    _refuse_newer(out, force)
    given = Given(tuple(feeds), interactions, documents, promotions, frozenset(drop))
    found = _read(given, out, told or Told(), say, progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexFolderError(f"{out}: {error.strerror}; choose another folder with --out") from None
    with lock_folder(out):
        write_rows(out / "rejected.jsonl", (asdict(row) for row in found.rejected))
        if not found.products:
            raise FeedError(
                f"{', '.join(map(str, feeds))}: no product could be read; reasons are in {out / 'rejected.jsonl'}"
            )
        if lost := unreadable(out):
            say(f"nothing of what stands is kept: {lost}")
        before = Stored(out)
        if not force:
            _refuse_shrunk(before, found, prune)
        products, missing = before.merged(found.products, prune, found.withdrawn)
        contents = found.contents(products)
        own = (contents.events, contents.passages, contents.promotions)
        counts = {
            name: before.count(name) if rows is None else len(rows) for name, rows in zip(OTHERS, own, strict=True)
        }
        try:
            changes, embedded = Renewal(before, embedder, fictional, chroma, say, progress).apply(contents)
        except StoreError as error:
            raise IndexFolderError(f"{out} cannot be written: {error}") from None
        if pictures:
            shutil.copytree(pictures, out / PICTURES, dirs_exist_ok=True)
    stays = tuple(name for name, rows in zip(OTHERS, own, strict=True) if rows is None and counts[name])
    changes = replace(changes, missing=missing) if changes else None
    return BuildReport(
        read=found.rows,
        kept=len(found.products),
        rejected=tuple(found.rejected),
        interactions=counts["interactions"],
        embedded=embedded,
        passages=counts["documents"],
        promotions=counts["promotions"],
        changes=changes,
        stays=stays,
    )


def embedder_of(out: Path) -> str:
    """The name of the embedder that an index was made with; MiniLM's where there is none, or one that is unknown."""
    try:
        name = read_manifest(out).embedder
    except IndexFolderError:
        return MiniLmEmbedder.name
    return name if name in EMBEDDERS else MiniLmEmbedder.name


def _refuse_newer(out: Path, force: bool) -> None:
    try:
        if out.is_dir() and not force:
            read_manifest(out)
    except NewerFormatError as error:
        raise IndexFolderError(f"{error}, or write over it with --force") from None
    except IndexFolderError:
        # There is none, or one that is built anew.
        return


def _refuse_shrunk(before: Stored, found: "_Found", prune: bool) -> None:
    """IndexFolderError where more than half of what stands would go, or all of what shoppers did and the like."""
    known, read = before.ids, {one.product_id for one in found.products}
    if len(read) < SHRUNK * len(known):
        raise IndexFolderError(
            f"{before.out} has {len(known)} products and the feed {len(read)}, less than half; if that is right, "
            f"add --force"
        )
    if prune and (gone := sum(name not in read for name in known)) > SHRUNK * len(known):
        raise IndexFolderError(
            f"{before.out} has {len(known)} products and the feed lacks {gone} of them, which --prune removes; if that "
            f"is right, add --force"
        )
    for name in found.empty:
        if before.count(name):
            raise IndexFolderError(
                f"{before.out} has {before.count(name)} {name} and of those given none could be read (reasons are in "
                f"{before.out / 'rejected.jsonl'}); to let go of them, give --drop {name}"
            )


@dataclass(frozen=True, slots=True)
class Given:
    """What a build is given: feeds of products, and what belongs to them; None stays unless `drop` names it."""

    feeds: tuple[Path, ...]
    interactions: Path | None
    documents: Path | None
    promotions: Path | None
    drop: frozenset[str]


@dataclass(slots=True)
class _Found:
    """What was read; `empty` names of OTHERS those of which every row was rejected, `withdrawn` the
    ids of what a feed says is not to be shown.
    """

    rows: int
    products: list[Product]
    rejected: list[Rejected]
    events: list[Interaction] | None = None
    passages: list[Passage] | None = None
    promotions: list[Promotion] | None = None
    empty: list[str] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)

    def contents(self, products: tuple[Product, ...]) -> Contents:
        """What an index of these products is to hold."""
        return Contents(
            products,
            None if self.events is None else tuple(known_products(self.events, products)),
            None if self.passages is None else tuple(self.passages),
            None if self.promotions is None else tuple(self.promotions),
        )


def _read(given: Given, out: Path | None, told: Told, say: Say, progress: Progress | None = None) -> _Found:
    """Everything that is given. The salt of shoppers' hashes is kept in `out`, or lasts for this run."""
    unknown = given.drop - set(OTHERS)
    if unknown:
        raise ValueError(f"drop is {', '.join(sorted(unknown))}, expected of {', '.join(OTHERS)}")
    for name, path in zip(OTHERS, (given.interactions, given.documents, given.promotions), strict=True):
        if path and name in given.drop:
            raise ValueError(f"{name} are both given and dropped, expected one of --{name} and --drop {name}")
    withdrawn: set[str] = set()
    read_rows = read_products(given.feeds, told.format, told.mapping, told.currency, say, withdraw=withdrawn.add)
    rows = list(steps.told(read_rows, progress, _lines(given.feeds) if progress else 0))
    found = _Found(
        len(rows),
        [row for row in rows if isinstance(row, Product)],
        [row for row in rows if isinstance(row, Rejected)],
        withdrawn=withdrawn,
    )

    def read(name: str, path: Path | None, reader: Callable[[Path], Iterable[Row | Rejected]]) -> list[Row] | None:
        if path is None:
            return [] if name in given.drop else None
        bad = len(found.rejected)
        kept = _kept(steps.told(reader(path), progress, _lines([path]) if progress else 0), found.rejected)
        if not kept and len(found.rejected) > bad:
            found.empty.append(name)
        return kept

    salt = partial(kept_salt, out) if out else given_salt
    found.events = read(
        "interactions",
        given.interactions,
        lambda path: read_interactions(
            path, told.interactions_format, told.interactions_mapping, salt, say, flag="--interactions-map"
        ),
    )
    found.passages = read("documents", given.documents, read_documents)
    found.promotions = read("promotions", given.promotions, read_promotions)
    return found


def _lines(feeds: Iterable[Path]) -> int:
    """About how many rows there are to read, 0 where that cannot be told without reading them."""
    found = 0
    for path in feeds:
        name = path.name.removesuffix(".gz")
        if not path.is_file() or not name.endswith((".jsonl", ".csv", ".tsv", ".inter")):
            return 0
        with suppress(OSError, EOFError), open_text(path) as stream:
            while part := stream.read(1 << 20):
                found += part.count(b"\n")
    return found


def _kept(rows: Iterable[Row | Rejected], rejected: list[Rejected]) -> list[Row]:
    """The rows that are kept; the others are added to `rejected`."""
    found: list[Row] = []
    for row in rows:
        if isinstance(row, Rejected):
            rejected.append(row)
        else:
            found.append(row)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m index.build",
        description="Build an index folder from feeds, or apply what changed to one that stands. Interactions, "
        "documents and promotions that are not given stay as they are, and so does what was learned from them; an "
        "empty file or folder, or --drop, lets go of them.",
    )
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FEED", help="a file, a folder, a glob, or - for stdin")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the index folder")
    parser.add_argument("--interactions", type=Path, metavar="FILE", help="what shoppers did (as it stands)")
    parser.add_argument("--format", choices=sorted(READERS), help="the feeds'; without it what their content says")
    parser.add_argument("--map", type=parse_mapping, metavar="A=B,...", help="columns of a table: title=name,price=fee")
    parser.add_argument("--currency", type=str.upper, default="", metavar="CODE", help="of amounts that name none")
    parser.add_argument("--interactions-format", choices=sorted(INTERACTION_READERS), help="that of --interactions")
    parser.add_argument("--interactions-map", type=parse_mapping, metavar="A=B,...", help="columns of --interactions")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="pictures that image_url names as pictures/...")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the store's own Markdown files (as they stand)")
    parser.add_argument("--promotions", type=Path, metavar="FILE", help="what comes off its prices (as they stand)")
    parser.add_argument(
        "--drop",
        action="append",
        choices=OTHERS,
        default=[],
        help="let go of what stands and is not given (repeatable)",
    )
    parser.add_argument("--embedder", choices=sorted(EMBEDDERS), help=f"that of DIR, else {MiniLmEmbedder.name}")
    parser.add_argument(
        "--precision", choices=PRECISIONS, default="fastest", help="of MiniLM (bfloat16 where the processor has it)"
    )
    parser.add_argument("--ray", metavar="ADDRESS", help='embed on a Ray cluster; "local" for workers on this machine')
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="how many of them (2)")
    parser.add_argument("--prune", action="store_true", help="remove the products that the feed lacks")
    parser.add_argument("--force", action="store_true", help="take a feed, or a prune, that lost more than half")
    parser.add_argument("--strict", action="store_true", help="write nothing and end with 1 when a row is rejected")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, show ten products as they would be")
    parser.add_argument(
        "--chroma", metavar="URL", help='a Chroma server, http://host:port; "files" for files in DIR (as it was)'
    )
    given = parser.parse_args(arguments)
    try:
        if given.strict or given.dry_run:
            code = _look(given)
            if code or given.dry_run:
                return code
        with shown_progress() as progress:
            report = build(
                given.feeds,
                given.out,
                interactions=given.interactions,
                pictures=given.pictures,
                documents=given.documents,
                promotions=given.promotions,
                drop=given.drop,
                embedder=_embedder(given),
                prune=given.prune,
                force=given.force,
                chroma="" if given.chroma == "files" else given.chroma,
                told=_told(given),
                say=_say,
                progress=progress,
            )
    except (FeedError, IndexFolderError, OSError, ValueError) as error:
        print(f"index.build: {error}", file=sys.stderr)
        return 2
    print_report(report, given.out)
    return 0


def _embedder(given: argparse.Namespace) -> Embedder:
    name = given.embedder or embedder_of(given.out)
    if given.ray is None:
        return made(name, given.precision)
    address = "" if given.ray == "local" else given.ray
    return SpreadEmbedder(name, given.workers, address, given.precision)


def _told(given: argparse.Namespace) -> Told:
    return Told(given.format, given.map, given.currency, given.interactions_format, given.interactions_map)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _look(given: argparse.Namespace) -> int:
    """Read without writing: print what is rejected and, for a dry run, ten products; 1 when `--strict` refuses."""
    advices: list[str] = []

    def say(text: str) -> None:
        _say(text)
        # Of the prices of all feeds; it would be lost above the rows.
        advices.extend([text] if text.startswith("prices ") else [])

    with shown_progress() as progress:
        found = _read(_given(given), None, _told(given), say, progress)
    if given.dry_run:
        for product in found.products[:_SHOWN]:
            print(json.dumps(shortened(product_to_json(product)), ensure_ascii=False))
    if given.dry_run or found.rejected:
        kept = len(found.products)
        print(f"read {found.rows}, kept {kept}, rejected {found.rows - kept}; nothing was written")
        own = (("interactions", found.events), ("passages", found.passages), ("promotions", found.promotions))
        print(", ".join(f"{name} {len(rows or ())}" for name, rows in own))
        for advice in advices:
            print(advice)
        warn_of_loss(found.rows, kept)
        print_reasons(found.rejected)
    return 1 if given.strict and found.rejected else 0


def _given(given: argparse.Namespace) -> Given:
    return Given(tuple(given.feeds), given.interactions, given.documents, given.promotions, frozenset(given.drop))


def print_report(report: BuildReport, out: Path) -> None:
    """Print rows read, kept and rejected, the rejected ones by reason."""
    rejected = report.read - report.kept
    print(f"read {report.read}, kept {report.kept}, rejected {rejected} (embedded {report.embedded})")
    names = dict(zip(OTHERS, ("interactions", "passages", "promotions"), strict=True))
    told = [
        f"{said} {getattr(report, said)}{' (as before)' if name in report.stays else ''}"
        for name, said in names.items()
    ]
    print(f"{', '.join(told)}, rejected {len(report.rejected) - rejected}")
    if report.changes:
        print(report.changes)
    warn_of_loss(report.read, report.kept)
    print_reasons(report.rejected)
    if report.rejected:
        print(f"  all of them in {out / 'rejected.jsonl'}")


def shown_progress(label: str = "products") -> AbstractContextManager[Progress | None]:
    """A progress bar on standard error, nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from index.progress import progress_bar

    return progress_bar(label)


if __name__ == "__main__":
    sys.exit(main())
