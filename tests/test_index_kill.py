"""A build that is killed at any moment leaves an index that opens and is the old one or the new one, whole."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from index.build import build
from index.check import check
from index.embed import HashEmbedder
from index.folder import Shop, open_shop

ROOT = Path(__file__).resolve().parent.parent
MOMENTS = 20


def _rows(version: int) -> list[dict[str, Any]]:
    return [
        {
            "product_id": f"p{n}",
            "title": f"Thing {n} of version {version if n % 3 == 0 else 0}",
            "price": str(5 + version),
            "currency": "EUR",
            "attributes": {"colour": f"c{n % 5}"},
        }
        for n in range(version % 2, 1500 + version % 2)
    ]


def _write(path: Path, version: int) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in _rows(version)), encoding="utf-8")
    return path


def _state(shop: Shop) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """What a reader sees: titles and prices by id, and what Chroma holds, in order."""
    told = {one.product_id: (one.title, str(one.price)) for one in shop.rows}
    return told, sorted(name for name, _, _ in shop.store.stored())


def _expected(version: int) -> tuple[dict[str, tuple[str, str]], list[str]]:
    told = {row["product_id"]: (row["title"], f"{row['price']}.00") for row in _rows(version)}
    return told, sorted(told)


@pytest.mark.slow
def test_killed_at_many_moments_an_index_is_the_old_or_the_new_one(tmp_path: Path, chroma: str) -> None:
    moments = MOMENTS // 2 if chroma else MOMENTS
    feed, out, rng = tmp_path / "feed.jsonl", tmp_path / "out", random.Random(20261124)
    command = [sys.executable, "-m", "index.build", str(feed), "--out", str(out), "--embedder", "hash-256", "--prune"]
    build([_write(feed, 0)], out, embedder=HashEmbedder(), chroma=chroma)
    started = time.perf_counter()
    _write(feed, 1)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    whole, old, seen = time.perf_counter() - started, 1, []
    for new in range(2, moments + 2):
        _write(feed, new)
        # In even parts of the time that a build takes, somewhere in each: also while it starts and when it is done.
        moment = whole * (new - 2 + rng.random()) / moments * 1.1
        building = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        building.kill()
        building.wait()
        opened = open_shop(out, HashEmbedder())
        found = _state(opened)
        opened.close()
        assert found in (_expected(old), _expected(new)), f"killed after {moment:.2f} of {whole:.2f} s"
        seen.append("new" if found == _expected(new) else "old")
        old = new if seen[-1] == "new" else old
    # Killed before the first write and after the last alike: otherwise it tried nothing.
    assert "old" in seen
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert [one for one in check(out) if one.mend or one.part == "leftovers"] == []
    if chroma:
        # What the killed ones began on the server is gone from it.
        import chromadb

        port = int(chroma.rpartition(":")[2])
        assert len(chromadb.HttpClient("127.0.0.1", port).list_collections()) == 1


@pytest.mark.slow
def test_a_first_build_that_is_killed_can_be_done_again(tmp_path: Path) -> None:
    feed, out = _write(tmp_path / "feed.jsonl", 0), tmp_path / "out"
    command = [sys.executable, "-m", "index.build", str(feed), "--out", str(out), "--embedder", "hash-256"]
    building = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(out.glob("g-*/chroma")):
        assert building.poll() is None, "the build was done before it could be killed"
        time.sleep(0.005)
    building.kill()
    building.wait()
    assert not (out / "manifest.json").exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    opened = open_shop(out, HashEmbedder())
    assert _state(opened) == _expected(0)
    opened.close()
    assert len(list(out.glob("g-*"))) == 1
