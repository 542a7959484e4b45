"""Build an index folder from feeds: read, embed what changed, write the manifest last.

    python -m index.build FEED [FEED ...] --out DIR [--interactions FILE] [--pictures DIR]
                          [--format NAME] [--map a=b,...] [--currency CODE]
                          [--interactions-format NAME] [--interactions-map a=b,...]
                          [--documents DIR] [--promotions FILE] [--prune] [--force] [--strict] [--dry-run]

A new generation is written beside the old one and the manifest switched over at the end, so a reader sees the
old state or the new one. On a folder that has an index the difference is applied: a product of the feed takes the
place of the one with its id, one that the feed lacks stays unless `--prune` is given. Texts that did not change are
not embedded again; where only prices, stock and the like changed, nothing but the products and their metadata in
Chroma is written; where nothing did, nothing is.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from index.catalog import Product
from index.difference import Changes, Contents, Renewal, Stored
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
    reasons,
    write_rows,
)
from index.folder import PICTURES, IndexFolderError, lock_folder
from index.interactions import Interaction
from index.parts import Say
from index.promotions import Promotion, read_promotions
from index.read import parse_mapping
from index.shoppers import given_salt, kept_salt
from index.spread import SpreadEmbedder, made
from index.store import StoreError

Row = TypeVar("Row", Interaction, Passage, Promotion)
_SHRUNK = 0.5
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

    `rejected` holds the rejected rows of all of them, and the rejected documents.
    """

    read: int
    kept: int
    rejected: tuple[Rejected, ...]
    interactions: int
    embedded: int
    passages: int = 0
    promotions: int = 0
    changes: Changes | None = None


def build(
    feeds: Sequence[Path],
    out: Path,
    *,
    interactions: Path | None = None,
    pictures: Path | None = None,
    documents: Path | None = None,
    promotions: Path | None = None,
    embedder: Embedder | None = None,
    fictional: bool = False,
    prune: bool = False,
    force: bool = False,
    chroma: str | None = None,
    told: Told | None = None,
    say: Say = lambda _: None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build or renew the index folder `out`; FeedError or IndexFolderError say what stands in the way.

    Products that a feed lacks stay, unless `prune`; a feed of less than half as many products as the index has is
    refused, unless `force`. `chroma` is the address of a Chroma server, "" for files in the folder, None for what the
    folder has. `told` is how the feeds are to be read.
    """
    embedder = embedder or MiniLmEmbedder("fastest")
    if pictures and not pictures.is_dir():
        raise FeedError(f"{pictures}: no such folder, expected one of pictures")
    rows, events, rejected = _read(feeds, interactions, out, told or Told(), say)
    read = [row for row in rows if isinstance(row, Product)]
    passages = _kept(read_documents(documents) if documents else (), rejected)
    offered = _kept(read_promotions(promotions) if promotions else (), rejected)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexFolderError(f"{out}: {error.strerror}; choose another folder with --out") from None
    with lock_folder(out):
        write_rows(out / "rejected.jsonl", (asdict(row) for row in rejected))
        if not read:
            raise FeedError(
                f"{', '.join(map(str, feeds))}: no product could be read; reasons are in {out / 'rejected.jsonl'}"
            )
        before = Stored(out)
        if len(read) < _SHRUNK * len(before.ids) and not force:
            raise IndexFolderError(
                f"{out} has {len(before.ids)} products and the feed {len(read)}, less than half; if that is right, "
                f"add --force"
            )
        products, missing = before.merged(read, prune)
        contents = Contents(products, tuple(events), tuple(passages), tuple(offered))
        try:
            changes, embedded = Renewal(before, embedder, fictional, chroma, say, progress).apply(contents)
        except StoreError as error:
            raise IndexFolderError(f"{out} cannot be written: {error}") from None
        if pictures:
            shutil.copytree(pictures, out / PICTURES, dirs_exist_ok=True)
    counts = (len(events), embedded, len(passages), len(offered))
    changes = replace(changes, missing=missing) if changes else None
    return BuildReport(len(rows), len(read), tuple(rejected), *counts, changes)


def _read(
    feeds: Sequence[Path], interactions: Path | None, out: Path | None, told: Told, say: Say
) -> tuple[list[Product | Rejected], list[Interaction], list[Rejected]]:
    """The rows of the feeds, the interactions by the products' own ids, and what was rejected of both.

    The salt of shoppers' hashes is kept in `out`, or lasts for this run.
    """
    rows = list(read_products(feeds, told.format, told.mapping, told.currency, say))
    rejected = [row for row in rows if isinstance(row, Rejected)]
    if not interactions:
        return rows, [], rejected
    salt = partial(kept_salt, out) if out else given_salt
    found = read_interactions(interactions, told.interactions_format, told.interactions_mapping, salt, say)
    events = _kept(found, rejected)
    return rows, list(known_products(events, (row for row in rows if isinstance(row, Product)))), rejected


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
    parser = argparse.ArgumentParser(prog="python -m index.build", description="Build an index folder from feeds.")
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FEED", help="a file, a folder, a glob, or - for stdin")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the index folder")
    parser.add_argument("--interactions", type=Path, metavar="FILE", help="what shoppers did")
    parser.add_argument("--format", choices=sorted(READERS), help="the feeds'; without it what their content says")
    parser.add_argument("--map", type=parse_mapping, metavar="A=B,...", help="columns of a table: title=name,price=fee")
    parser.add_argument("--currency", type=str.upper, default="", metavar="CODE", help="of amounts that name none")
    parser.add_argument("--interactions-format", choices=sorted(INTERACTION_READERS), help="that of --interactions")
    parser.add_argument("--interactions-map", type=parse_mapping, metavar="A=B,...", help="columns of --interactions")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="pictures that image_url names as pictures/...")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the store's own documents, Markdown files")
    parser.add_argument("--promotions", type=Path, metavar="FILE", help="what the store takes off its prices")
    parser.add_argument("--embedder", choices=sorted(EMBEDDERS), default=MiniLmEmbedder.name)
    parser.add_argument(
        "--precision", choices=PRECISIONS, default="fastest", help="of MiniLM (bfloat16 where the processor has it)"
    )
    parser.add_argument("--ray", metavar="ADDRESS", help='embed on a Ray cluster; "local" for workers on this machine')
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="how many of them (2)")
    parser.add_argument("--prune", action="store_true", help="remove the products that the feed lacks")
    parser.add_argument("--force", action="store_true", help="take a feed that shrank by more than half")
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
    if given.ray is None:
        return made(given.embedder, given.precision)
    address = "" if given.ray == "local" else given.ray
    return SpreadEmbedder(given.embedder, given.workers, address, given.precision)


def _told(given: argparse.Namespace) -> Told:
    return Told(given.format, given.map, given.currency, given.interactions_format, given.interactions_map)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _look(given: argparse.Namespace) -> int:
    """Read without writing: print what is rejected and, for a dry run, ten products; 1 when `--strict` refuses."""
    rows, events, rejected = _read(given.feeds, given.interactions, None, _told(given), _say)
    products = [row for row in rows if isinstance(row, Product)]
    passages = _kept(read_documents(given.documents) if given.documents else (), rejected)
    offered = _kept(read_promotions(given.promotions) if given.promotions else (), rejected)
    if given.dry_run:
        for product in products[:_SHOWN]:
            print(json.dumps(product_to_json(product), ensure_ascii=False))
    if given.dry_run or rejected:
        print(f"read {len(rows)}, kept {len(products)}, rejected {len(rows) - len(products)}; nothing was written")
        print(f"interactions {len(events)}, passages {len(passages)}, promotions {len(offered)}")
        _print_reasons(rejected)
    return 1 if given.strict and rejected else 0


def print_report(report: BuildReport, out: Path) -> None:
    """Print rows read, kept and rejected, the rejected ones by reason."""
    rejected = report.read - report.kept
    print(f"read {report.read}, kept {report.kept}, rejected {rejected} (embedded {report.embedded})")
    others = f"interactions {report.interactions}, passages {report.passages}, promotions {report.promotions}"
    print(f"{others}, rejected {len(report.rejected) - rejected}")
    if report.changes:
        print(report.changes)
    _print_reasons(report.rejected)
    if report.rejected:
        print(f"  all of them in {out / 'rejected.jsonl'}")


def _print_reasons(rejected: Sequence[Rejected]) -> None:
    for reason, count in reasons(rejected)[:10]:
        print(f"  {count} x {reason}")
    for row in rejected[:5]:
        print(f"  {row}")


def shown_progress() -> AbstractContextManager[Progress | None]:
    """A progress bar on standard error, nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from index.progress import progress_bar

    return progress_bar("products")


if __name__ == "__main__":
    sys.exit(main())
