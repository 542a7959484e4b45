"""What an index costs and how well it finds, at several sizes: the part of `index.bench` that grows.

Each index is looked at in a process of its own, so that its memory is its own.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from index.build import shown_progress
from index.catalog import Constraints, Product
from index.folder import Shop, open_shop
from index.steps import told

K, QUERIES = 10, 200
SHARES = (0.5, 0.1, 0.01, 0.001)


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter that keeps a share of the products: recall@10 and time of the shop and of Chroma alone (ms, p95)."""

    share: float
    recall: float
    milliseconds: float
    chroma_recall: float
    chroma_milliseconds: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What one index costs: seconds to open, memory after opening and after the queries, disk by part (MB), and
    milliseconds a query under price, brand and category constraints, by vectors and with words and the embedding.
    """

    products: int
    open_seconds: float
    memory: float
    memory_after: float
    disk: dict[str, float]
    median: float
    p95: float
    whole_p95: float
    recall: float
    chroma_recall: float
    filtered: tuple[Filtered, ...]


def look(folder: Path, seed: int = 0) -> Looked:
    """Open an index in another process and measure it."""
    done = subprocess.run(
        [sys.executable, "-m", "index.bench_scale", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    row = json.loads(done.stdout)
    return Looked(**row | {"filtered": tuple(Filtered(**one) for one in row["filtered"])})


def _look(folder: Path, seed: int) -> Looked:
    started = time.perf_counter()
    shop = open_shop(folder)
    opened = time.perf_counter() - started
    memory = _memory()
    rng = random.Random(seed)
    asked = _constrained(shop, rng)
    text = "a quiet one for travel"
    shop.embedder.embed([text])
    _retrieve(shop, text, asked[0])  # what is read once for all queries
    vectors, whole = [], []
    for constraints in asked[1:]:
        text = shop.rows[rng.randrange(len(shop.rows))].title
        started = time.perf_counter()
        vector = shop.embedder.embed([text])[0]
        between = time.perf_counter()
        shop.nearest(vector, constraints, K)
        after = time.perf_counter()
        vectors.append(after - between)
        shop.lexical.rank(text, shop.allowed(constraints), 50)
        whole.append(time.perf_counter() - started)
    rows = rng.sample(range(len(shop.rows)), min(QUERIES, len(shop.rows)))
    recalls: dict[str, list[float]] = {"shop": [], "Chroma": []}
    with shown_progress("queries") as progress:
        for row in told(rows, progress, len(rows)):
            vector = shop.vectors[row]
            near = shop.store.nearest(vector.tolist(), Constraints(), shop.currency, K)
            recalls["Chroma"].append(_share(shop, row, [shop.row_of[name] for name, _ in near]))
            recalls["shop"].append(_share(shop, row, shop.nearest(vector, Constraints(), K)))
    found = Looked(
        products=len(shop.rows),
        open_seconds=opened,
        memory=memory,
        memory_after=_memory(),
        disk=_disk(folder / shop.manifest.generation),
        median=1000 * float(np.median(vectors)),
        p95=1000 * float(np.percentile(vectors, 95)),
        whole_p95=1000 * float(np.percentile(whole, 95)),
        recall=float(np.mean(recalls["shop"])),
        chroma_recall=float(np.mean(recalls["Chroma"])),
        filtered=tuple(_filtered(shop, share, rng) for share in SHARES),
    )
    shop.close()
    return found


def _retrieve(shop: Shop, text: str, constraints: Constraints) -> None:
    shop.nearest(shop.embedder.embed([text])[0], constraints, K)
    shop.lexical.rank(text, shop.allowed(constraints), 50)


def _constrained(shop: Shop, rng: random.Random) -> list[Constraints]:
    """Price, brand and category of products of the shop, all different: none is answered from memory."""
    whole = [one for one in shop.rows if one.price is not None and one.brand and one.category]
    chosen = [rng.choice(whole) for _ in range(QUERIES + 1)]
    return [
        Constraints(price_max=one.price * Decimal("1.5") + place, brands=(one.brand,), categories=(one.category,))
        for place, one in enumerate(chosen)
        if one.price is not None
    ]


def _filtered(shop: Shop, share: float, rng: random.Random) -> Filtered:
    """Price bands that keep about a share of the products."""
    prices = sorted(one.price for one in shop.rows if one.price is not None)
    width = min(len(prices) - 1, max(K, round(share * len(shop.rows))))
    ours, chroma, times, chroma_times = [], [], [], []
    for _ in range(QUERIES // 4):
        start = rng.randrange(max(1, len(prices) - width))
        band = Constraints(price_min=prices[start], price_max=prices[start + width])
        row = rng.randrange(len(shop.rows))
        vector = np.asarray(shop.vectors[row])
        started = time.perf_counter()
        found = shop.nearest(vector, band, K)
        between = time.perf_counter()
        other = [shop.row_of[name] for name, _ in shop.store.nearest(vector.tolist(), band, shop.currency, K)]
        chroma_times.append(time.perf_counter() - between)
        times.append(between - started)
        ours.append(_share(shop, row, found, band))
        chroma.append(_share(shop, row, other, band))
    p95 = [1000 * float(np.percentile(own, 95)) for own in (times, chroma_times)]
    return Filtered(share, float(np.mean(ours)), p95[0], float(np.mean(chroma)), p95[1])


def _share(shop: Shop, row: int, found: Sequence[int], constraints: Constraints | None = None) -> float:
    """The share of the exact ten nearest that the found ones are as near as; each must satisfy the constraints."""
    near = np.asarray(shop.vectors @ shop.vectors[row])
    # By the definition itself, not by the masks that are measured.
    allowed = np.fromiter((not constraints or constraints.matches(one) for one in shop.rows), np.bool_, len(shop.rows))
    if not all(allowed[one] for one in found):
        raise AssertionError("a product that does not satisfy the constraints was found")
    k = min(K, int(allowed.sum()))
    least = np.partition(near[allowed], len(near[allowed]) - k)[len(near[allowed]) - k]
    return sum(bool(near[one] >= least - 1e-5) for one in found) / k


def _memory() -> float:
    """The resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _disk(inside: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for path in inside.rglob("*"):
        if path.is_file():
            part = path.relative_to(inside).parts[0]
            found[part] = found.get(part, 0.0) + path.stat().st_size / 1e6
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def write_feed(path: Path, products: Sequence[Product]) -> Path:
    """Write products as a feed."""
    from index.feeds import product_to_json, write_rows

    write_rows(path, map(product_to_json, products))
    return path


if __name__ == "__main__":
    json.dump(asdict(_look(Path(sys.argv[1]), int(sys.argv[2]))), sys.stdout)
