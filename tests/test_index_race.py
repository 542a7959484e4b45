"""Whoever opens an index while it is built anew sees one state, whole; processes open it in a loop to try."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build
from index.embed import HashEmbedder

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
PROCESSES, OPENINGS, BUILDS, SIZE = 4, 20, 6, 200

OPEN = """
import sys, time
from pathlib import Path
from index.embed import HashEmbedder
from index.folder import IndexFolderError, open_shop
out, openings, embedder = Path(sys.argv[1]), int(sys.argv[2]), HashEmbedder()
states, opened, end = set(), 0, time.time() + 240
print("started", flush=True)
while opened < openings:
    assert time.time() < end, (opened, states)
    try:
        shop = open_shop(out, embedder)
    except IndexFolderError as error:
        # In files of Chroma's own it belongs to one process.
        assert "is in use by another process" in str(error), error
        time.sleep(0.01)
        continue
    opened += 1
    [price] = {int(one.price) for one in shop.rows}
    sizes = {len(shop.rows), shop.store.count(), len(shop.vectors), shop.lexical.size}
    assert sizes == {SIZE + price}, (price, sizes)
    row = opened % len(shop.rows)
    stored = shop.store._collection.get(ids=[shop.rows[row].product_id], include=["metadatas"])["metadatas"][0]
    assert stored["price"] == 100 * price, stored
    states.add(price)
    shop.close()
print(len(states))
"""


def _write(path: Path, price: int) -> Path:
    # In odd versions other texts and one product more, in even ones other prices too.
    rows = (
        {"product_id": f"p{n}", "title": f"Thing {n} {'odd' * (price % 2)}", "price": str(price), "currency": "EUR"}
        for n in range(SIZE + price)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_four_processes_open_it_beside_builds(chroma: str, tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    build([_write(feed, 1)], out, embedder=HashEmbedder(), chroma=chroma)
    code = OPEN.replace("SIZE", str(SIZE))
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(out), str(OPENINGS)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for one in opening:
        assert one.stdout and one.stdout.readline() == "started\n"
    for price in range(2, 2 + BUILDS):
        build([_write(feed, price)], out)
    seen = []
    for one in opening:
        told, wrong = one.communicate()
        assert one.returncode == 0, wrong[-2000:]
        seen.append(int(told))
    assert max(seen) > 1, "nobody saw a change"
    build([_write(feed, 2 + BUILDS)], out)
    assert len(list(out.glob("g-*"))) == 1, "what nobody reads is cleared away"
