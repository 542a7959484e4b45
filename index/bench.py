"""Measure building and searching an index: `python -m index.bench [--quick]`.

    python -m index.bench [--feed FEED [FEED ...]] [--quick]
        [--sample N] [--rebuild N] [--products N [N ...]] [--rounds N] [--work DIR] [--plot FILE] [--json FILE]

Prints a table: `index.build` against the plain way (`SentenceTransformer.encode` in float32 with its defaults, then
`collection.add`), on the same products and cores, in turns; rebuilding an unchanged catalogue; and at growing sizes,
by `perturbed` copies of the feed, what an index costs and how well it finds. Without a feed, copies of the demo store
are measured, which needs nothing that is not installed. Timings are of this machine at this moment: quote them with the
machine.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from index.bench_scale import K, Looked, look, write_feed
from index.build import BuildReport, build, shown_progress
from index.catalog import Product
from index.demo import PRODUCTS
from index.embed import MiniLmEmbedder, Vectors, product_text
from index.feeds import FeedError, read_products
from index.folder import VECTORS, IndexFolderError, read_manifest
from index.machine import processor
from index.perturb import perturbed
from index.store import plain_store

Row = tuple[str, str, str]
_WHOLE = {"sample": 2000, "rebuild": 20_000, "products": [10_000, 30_000, 100_000], "rounds": 3, "builds": 3}
_QUICK = {"sample": 500, "rebuild": 1000, "products": [2000], "rounds": 1, "builds": 1}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m index.bench",
        description="Measure building and searching, on copies of the demo store unless feeds are given. All of it "
        "takes about half an hour on two cores, --quick two minutes.",
    )
    parser.add_argument(
        "--feed", nargs="+", type=Path, default=[PRODUCTS], metavar="FEED", help="products to begin with (the demo's)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small numbers where none are given: 500, 1000, 2000 products, one round"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="products that are built both ways (2000)")
    parser.add_argument("--rebuild", type=int, metavar="N", help="products that are rebuilt (20000)")
    parser.add_argument("--products", nargs="*", type=int, metavar="N", help="sizes, growing (10000 30000 100000)")
    parser.add_argument("--rounds", type=int, metavar="N", help="of which the median is told (3)")
    parser.add_argument("--builds", type=int, metavar="N", help="builds of what is rebuilt (3)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where the indexes are made and kept")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="a PNG of how memory, disk and time grow")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every figure, one object a line")
    given = parser.parse_args(arguments)
    for name, number in (_QUICK if given.quick else _WHOLE).items():
        if getattr(given, name) is None:
            setattr(given, name, number)
    if given.rounds < 1 or given.builds < 1:
        parser.error("--rounds and --builds are at least 1")
    if given.plot and not find_spec("matplotlib"):
        parser.error("--plot needs matplotlib: pip install 'shop-assistant[evals]'")
    try:
        rows = read_products(given.feed)
        products = [row for row in rows if isinstance(row, Product)]
        if not products:
            raise FeedError(f"{', '.join(map(str, given.feed))}: no product could be read")
        with _place(given.work) as work:
            _measure(products, work, given)
    except (FeedError, IndexFolderError, OSError, subprocess.CalledProcessError) as error:
        print(f"index.bench: {error}", file=sys.stderr)
        return 2
    return 0


def _measure(products: Sequence[Product], work: Path, given: argparse.Namespace) -> None:
    cores = len(os.sched_getaffinity(0))
    print(f"{processor()}, {cores} cores; medians of {given.rounds}; {len(products)} products given\n")
    print("| what | measured | aim |\n| --- | --- | --- |", flush=True)
    kept: list[dict[str, Any]] = []
    for rows, figures in _parts(products, work, given):
        for row in rows:
            print(f"| {' | '.join(row)} |", flush=True)
        kept.append(figures)
        if given.json:
            given.json.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
    grown = [one for one in kept if one["part"] == "size"]
    if given.plot and grown:
        _draw(grown, given.plot)


def _parts(
    products: Sequence[Product], work: Path, given: argparse.Namespace
) -> Iterator[tuple[Sequence[Row], dict[str, Any]]]:
    if given.sample:
        yield _building(list(perturbed(products, given.sample)), work, given.rounds)
    if given.rebuild:
        yield _rebuilding(list(perturbed(products, given.rebuild)), work, given.rounds, given.builds)
    for size in sorted(given.products):
        yield _sized(list(perturbed(products, size)), work)


def _building(products: Sequence[Product], work: Path, rounds: int) -> tuple[Sequence[Row], dict[str, Any]]:
    """`index.build` and the plain way in turns; how near their vectors are."""
    feed = write_feed(work / "sample.jsonl.gz", products)
    ours, plain = MiniLmEmbedder("fastest"), MiniLmEmbedder().load()
    texts = [product_text(product) for product in products]
    ours.embed(texts[:512])
    plain.encode(texts[:64])
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    exact: Any = None
    # One bar for all: what is measured is not to be slowed down by another.
    for turn in _shown(range(rounds)):
        started = time.perf_counter()
        exact = plain.encode(texts)
        plain_store(work / f"plain-{turn}", products, exact)
        times["plain"].append(time.perf_counter() - started)
        started = time.perf_counter()
        build([feed], work / f"sample-{turn}", embedder=ours)
        times["ours"].append(time.perf_counter() - started)
    inside = work / "sample-0" / read_manifest(work / "sample-0").generation
    recall = neighbours_kept(exact / np.linalg.norm(exact, axis=1, keepdims=True), np.load(inside / VECTORS))
    for turn in range(rounds):
        shutil.rmtree(work / f"plain-{turn}")
        shutil.rmtree(work / f"sample-{turn}")
    speed = {name: len(products) / statistics.median(own) for name, own in times.items()}
    ratio = speed["ours"] / speed["plain"]
    each = ", ".join(f"{one / other:.1f}" for one, other in zip(times["plain"], times["ours"], strict=True))
    rows = [
        (f"building {len(products):,}, the plain way", f"{speed['plain']:.0f} products/s", ""),
        (f"building {len(products):,}, index.build ({ours.precision})", f"{speed['ours']:.0f} products/s", ""),
        ("index.build against the plain way", f"{ratio:.1f}x (rounds {each})", "3x"),
        (f"recall@{K} of the float32 neighbours", f"{recall:.4f}", "0.98"),
    ]
    return rows, {"part": "building", "seconds": times, "recall": recall, "products": len(products)}


def _shown(rounds: Sequence[int]) -> Iterator[int]:
    with shown_progress("rounds") as progress:
        for place in rounds:
            if progress:
                progress(place, len(rounds))
            yield place


def neighbours_kept(exact: Vectors, other: Vectors) -> float:
    """The share of the ten nearest other rows by `exact` that are among the ten nearest by `other`, 0 to 1."""
    kept: list[float] = []
    for start in range(0, len(exact), 1000):
        ten: list[Any] = []
        for vectors in (exact, other):
            near = vectors[start : start + 1000] @ vectors.T
            near[np.arange(len(near)), np.arange(start, start + len(near))] = -1
            ten.append(np.argpartition(-near, K, axis=1)[:, :K])
        kept += [len(set(one) & set(two)) / K for one, two in zip(ten[0].tolist(), ten[1].tolist(), strict=True)]
    return float(np.mean(kept))


def _rebuilding(
    products: Sequence[Product], work: Path, rounds: int, builds: int
) -> tuple[Sequence[Row], dict[str, Any]]:
    feed, out = write_feed(work / "rebuild.jsonl.gz", products), work / "rebuild"
    embedder = MiniLmEmbedder("fastest")
    embedder.embed([product_text(product) for product in products[:512]])
    fresh: list[float] = []
    for _ in range(builds):
        shutil.rmtree(out, ignore_errors=True)
        fresh.append(_timed(lambda: _build(feed, out, embedder)))
    again = [_timed(lambda: _build(feed, out, embedder)) for _ in range(rounds)]
    changed = [product if place % 100 else _repriced(product) for place, product in enumerate(products)]
    light: list[float] = []
    for turn in range(rounds):
        write_feed(feed, changed if turn % 2 == 0 else products)
        light.append(_timed(lambda: _build(feed, out, embedder)))
    shutil.rmtree(out)
    middle = [statistics.median(own) for own in (fresh, again, light)]
    rows = [
        (f"building {len(products):,} (n {builds})", f"{middle[0]:.0f} s", ""),
        ("the same, nothing changed", f"{middle[1]:.2f} s, {middle[0] / middle[1]:.0f}x as fast", "40x"),
        ("the same, 1 % with another price", f"{middle[2]:.2f} s, {middle[0] / middle[2]:.0f}x as fast", ""),
    ]
    return rows, {"part": "rebuilding", "fresh": fresh, "again": again, "light": light, "products": len(products)}


def _repriced(product: Product) -> Product:
    return replace(product, price=None if product.price is None else product.price + 1)


def _sized(products: Sequence[Product], work: Path) -> tuple[Sequence[Row], dict[str, Any]]:
    """The index grown to a size, by a build on what it had before."""
    feed, out = write_feed(work / "grown.jsonl.gz", products), work / "grown"
    reports: list[BuildReport] = []
    seconds = _timed(lambda: reports.append(_build(feed, out, MiniLmEmbedder("fastest"))))
    found = look(out)
    size = f"{len(products):,}"
    disk = sum(found.disk.values())
    told = [
        (f"{size}: build ({reports[0].embedded:,} embedded, the others known)", f"{seconds:.0f} s", "finishes"),
        (f"{size}: price, brand and category, by vectors", f"p50 {found.median:.1f}, p95 {found.p95:.1f} ms", "60 ms"),
        (f"{size}: the same with embedding the query and BM25", f"p95 {found.whole_p95:.1f} ms", "60 ms"),
        (
            f"{size}: recall@{K} without a filter",
            f"{found.recall:.4f} (Chroma's own: {found.chroma_recall:.4f})",
            "0.98",
        ),
        *(
            (
                f"{size}: filter keeps {one.share:.1%}",
                f"recall@{K} {one.recall:.4f}, p95 {one.milliseconds:.1f} ms "
                f"(Chroma's own: {one.chroma_recall:.4f}, {one.chroma_milliseconds:.0f} ms)",
                "0.98",
            )
            for one in found.filtered
        ),
        (f"{size}: memory", _memory(found), ""),
        (f"{size}: disk", f"{disk:.0f} MB ({_disk(found)})", ""),
        (f"{size}: opening", f"{found.open_seconds:.1f} s", ""),
    ]
    return told, {"part": "size", "build_seconds": seconds, "embedded": reports[0].embedded, **asdict(found)}


def _memory(found: Looked) -> str:
    return f"{found.memory:.0f} MB once open, {found.memory_after:.0f} MB after the queries"


def _disk(found: Looked) -> str:
    return ", ".join(f"{name} {size:.0f}" for name, size in list(found.disk.items())[:4])


def _build(feed: Path, out: Path, embedder: MiniLmEmbedder) -> BuildReport:
    with shown_progress() as progress:
        return build([feed], out, embedder=embedder, prune=True, force=True, progress=progress)


def _timed(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


@contextmanager
def _place(work: Path | None) -> Iterator[Path]:
    if work is None:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)
        return
    work.mkdir(parents=True, exist_ok=True)
    yield work


def _draw(grown: Sequence[dict[str, Any]], path: Path) -> None:
    """How memory, disk and the time of a query grow with the products."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3), layout="constrained")
    sizes = [one["products"] for one in grown]
    for axes, title, lines in zip(
        figure.subplots(1, 3),
        ("memory and disk, MB", "a query, ms (p95)", "opening, s"),
        (
            {"memory": "memory_after", "disk": "disk"},
            {"vectors": "p95", "with words and embedding": "whole_p95"},
            {"opening": "open_seconds"},
        ),
        strict=True,
    ):
        for name, key in lines.items():
            values = [sum(one[key].values()) if isinstance(one[key], dict) else one[key] for one in grown]
            axes.plot(sizes, values, "o-", label=name)
        axes.set(title=title, xlabel="products", ylim=(0, None))
        axes.legend()
    figure.savefig(path, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    sys.exit(main())
