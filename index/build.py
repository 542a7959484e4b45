"""Build an index folder from feeds: read, embed what changed, write the manifest last.

    python -m index.build FEED [FEED ...] --out DIR [--interactions FILE] [--pictures DIR]
                          [--documents DIR] [--promotions FILE]

A new generation is written beside the old one and the manifest switched over at the end, so a reader sees the
old state or the new one. Vectors of products and passages whose text did not change are taken from the old
generation.
"""

import argparse
import hashlib
import json
import secrets
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.catalog import Product
from index.companions import Companions
from index.derive import derive_kinds
from index.documents import Documents, Passage, embed_documents, read_documents
from index.embed import EMBEDDERS, Embedder, MiniLmEmbedder, Progress, Vectors, product_text
from index.feeds import (
    FeedError,
    Rejected,
    interaction_to_json,
    product_to_json,
    read_interactions,
    read_products,
    write_rows,
)
from index.folder import (
    BEHAVIOUR,
    CHROMA,
    COMPANIONS,
    FORMAT,
    INTERACTIONS,
    KINDS,
    LEXICAL,
    PICTURES,
    PRODUCTS,
    PROMOTIONS,
    VECTORS,
    IndexFolderError,
    Manifest,
    kinds_to_json,
    lock_folder,
    read_manifest,
)
from index.history import HISTORY, NextProduct, Traits, counted
from index.interactions import Behaviour, Interaction
from index.lexical import LexicalIndex
from index.promotions import Promotion, promotion_to_json, read_promotions
from index.store import ProductStore

Say = Callable[[str], None]
Row = TypeVar("Row", Interaction, Passage, Promotion)
HASHES = "hashes.json"


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
    say: Say = lambda _: None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build or renew the index folder `out`; FeedError or IndexFolderError say what stands in the way."""
    embedder = embedder or MiniLmEmbedder()
    if pictures and not pictures.is_dir():
        raise FeedError(f"{pictures}: no such folder, expected one of pictures")
    rows = list(read_products(feeds))
    products = [row for row in rows if isinstance(row, Product)]
    rejected = [row for row in rows if isinstance(row, Rejected)]
    events = _kept(read_interactions(interactions) if interactions else (), rejected)
    passages = _kept(read_documents(documents) if documents else (), rejected)
    offered = _kept(read_promotions(promotions) if promotions else (), rejected)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexFolderError(f"{out}: {error.strerror}; choose another folder with --out") from None
    with lock_folder(out):
        write_rows(out / "rejected.jsonl", (asdict(row) for row in rejected))
        if not products:
            raise FeedError(
                f"{', '.join(map(str, feeds))}: no product could be read; reasons are in {out / 'rejected.jsonl'}"
            )
        say(f"{len(products)} products, {len(events)} interactions; embedding what is new")
        texts = [product_text(product) for product in products]
        hashes = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        vectors, embedded = _vectors(out, embedder, texts, hashes, progress)
        told, _ = embed_documents(passages, _known_documents(out, embedder), embedder)
        kinds = derive_kinds(products, vectors)
        # What counts by kind (companions, histories) counts the derived ones as well.
        products = [replace(product, derived=kind) for product, kind in zip(products, kinds, strict=True)]
        # A name of its own: also the same input must not be written over the state in force.
        generation = f"g-{len(products)}-{len(events)}-{secrets.token_hex(6)}"
        inside = out / generation
        inside.mkdir()
        say("writing Chroma, BM25 and companions")
        _write(inside, products, events, hashes, vectors, _trained(out, embedder))
        told.save(inside)
        write_rows(inside / PROMOTIONS, map(promotion_to_json, offered))
        if pictures:
            shutil.copytree(pictures, out / PICTURES, dirs_exist_ok=True)
        Manifest(
            format=FORMAT,
            generation=generation,
            embedder=embedder.name,
            dimension=embedder.dimension,
            currency=_currency(products),
            products=len(products),
            interactions=len(events),
            fictional=fictional,
        ).write(out)
        for old in out.glob("g-*"):
            if old.name != generation:
                shutil.rmtree(old)
    counts = (len(events), embedded, len(passages), len(offered))
    return BuildReport(len(rows), len(products), tuple(rejected), *counts)


def _kept(rows: Iterable[Row | Rejected], rejected: list[Rejected]) -> list[Row]:
    """The rows that are kept; the others are added to `rejected`."""
    found: list[Row] = []
    for row in rows:
        if isinstance(row, Rejected):
            rejected.append(row)
        else:
            found.append(row)
    return found


def _vectors(
    out: Path, embedder: Embedder, texts: Sequence[str], hashes: Sequence[str], progress: Progress | None
) -> tuple[Vectors, int]:
    """The products' vectors, those of unchanged texts from the generation in force; and how many are new."""
    known = _known_vectors(out, embedder)
    new = [place for place, key in enumerate(hashes) if key not in known]
    fresh = embedder.embed([texts[place] for place in new], progress)
    vectors = np.zeros((len(texts), embedder.dimension), np.float32)
    for place, key in enumerate(hashes):
        if key in known:
            vectors[place] = known[key]
    vectors[new] = fresh
    return vectors, len(new)


def _known_vectors(out: Path, embedder: Embedder) -> dict[str, Any]:
    try:
        manifest = read_manifest(out)
        if manifest.embedder != embedder.name:
            return {}
        inside = out / manifest.generation
        hashes = json.loads((inside / HASHES).read_text(encoding="utf-8"))
        return dict(zip(hashes, np.load(inside / VECTORS), strict=True))
    except (IndexFolderError, OSError, ValueError):
        # Nothing usable to start from: everything is embedded anew.
        return {}


def _known_documents(out: Path, embedder: Embedder) -> Documents | None:
    """The passages of the generation in force when their vectors are of this embedder."""
    try:
        manifest = read_manifest(out)
        same = manifest.embedder == embedder.name
        return Documents.load(out / manifest.generation, embedder.dimension) if same else None
    except (IndexFolderError, OSError, ValueError):
        return None


def _trained(out: Path, embedder: Embedder) -> NextProduct | None:
    """The model of what comes next of the generation in force when it was trained on vectors like these."""
    try:
        manifest = read_manifest(out)
        inside = out / manifest.generation
        products = [row for row in read_products([inside / PRODUCTS]) if isinstance(row, Product)]
        row_of = {product.product_id: row for row, product in enumerate(products)}
        found = NextProduct.load(inside / HISTORY, row_of, np.load(inside / VECTORS))
    except (IndexFolderError, FeedError, OSError, ValueError):
        return None
    return found if found.trained and manifest.embedder == embedder.name else None


def _write(
    inside: Path,
    products: Sequence[Product],
    events: Sequence[Interaction],
    hashes: Sequence[str],
    vectors: Vectors,
    before: NextProduct | None,
) -> None:
    write_rows(inside / PRODUCTS, map(product_to_json, products))
    write_rows(inside / INTERACTIONS, map(interaction_to_json, events))
    (inside / HASHES).write_text(json.dumps(hashes), encoding="utf-8")
    np.save(inside / VECTORS, vectors)
    (inside / KINDS).write_text(kinds_to_json(products), encoding="utf-8")
    lexical = LexicalIndex.build(products)
    lexical.save(inside / LEXICAL)
    companions = Companions.build(products, events)
    companions.save(inside / COMPANIONS)
    _next_product(products, events, vectors, lexical, companions, before).save(inside / HISTORY, {})
    Behaviour.build(events, {product.product_id for product in products}).save(inside / BEHAVIOUR)
    store = ProductStore.create(inside / CHROMA)
    store.add(products, vectors)
    store.close()


def _next_product(
    products: Sequence[Product],
    events: Sequence[Interaction],
    vectors: Vectors,
    lexical: LexicalIndex,
    companions: Companions,
    before: NextProduct | None,
) -> NextProduct:
    """What is counted anew, with the weights and the transformer of the generation before."""
    row_of = {product.product_id: row for row, product in enumerate(products)}
    bought = {row_of[row.product_id] for row in events if row.event == "purchase" and row.product_id in row_of}
    traits = Traits.build(products, vectors, lexical, companions.declared, bought)
    counts = counted(events, row_of, traits.kinds)
    if before is None:
        return NextProduct(row_of, traits, counts)
    transformer = before.transformer.moved(before.row_of, row_of) if before.transformer else None
    return NextProduct(row_of, traits, counts, transformer, before.weights, before.counted)


def _currency(products: Iterable[Product]) -> str:
    counted = Counter(product.currency for product in products if product.currency)
    return counted.most_common(1)[0][0] if counted else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m index.build", description="Build an index folder from feeds.")
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FEED", help="products.jsonl or products.jsonl.gz")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the index folder")
    parser.add_argument("--interactions", type=Path, metavar="FILE", help="what shoppers did")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="pictures that image_url names as pictures/...")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the store's own documents, Markdown files")
    parser.add_argument("--promotions", type=Path, metavar="FILE", help="what the store takes off its prices")
    parser.add_argument("--embedder", choices=sorted(EMBEDDERS), default=MiniLmEmbedder.name)
    given = parser.parse_args(arguments)
    try:
        with _progress() as progress:
            report = build(
                given.feeds,
                given.out,
                interactions=given.interactions,
                pictures=given.pictures,
                documents=given.documents,
                promotions=given.promotions,
                embedder=EMBEDDERS[given.embedder](),
                say=lambda text: print(text, file=sys.stderr),
                progress=progress,
            )
    except (FeedError, IndexFolderError, OSError) as error:
        print(f"index.build: {error}", file=sys.stderr)
        return 2
    print_report(report, given.out)
    return 0


def print_report(report: BuildReport, out: Path) -> None:
    """Print rows read, kept and rejected, the rejected ones by reason."""
    rejected = report.read - report.kept
    print(f"read {report.read}, kept {report.kept}, rejected {rejected} (embedded {report.embedded})")
    others = f"interactions {report.interactions}, passages {report.passages}, promotions {report.promotions}"
    print(f"{others}, rejected {len(report.rejected) - rejected}")
    reasons = Counter(f"{row.field}: expected {row.expected}" for row in report.rejected)
    for reason, count in reasons.most_common(10):
        print(f"  {count} x {reason}")
    for row in report.rejected[:5]:
        print(f"  {row}")
    if report.rejected:
        print(f"  all of them in {out / 'rejected.jsonl'}")


def _progress() -> AbstractContextManager[Progress | None]:
    if not sys.stderr.isatty():
        return nullcontext()
    from index.progress import progress_bar

    return progress_bar("embedding")


if __name__ == "__main__":
    sys.exit(main())
