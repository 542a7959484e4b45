"""An index on a Chroma server: many readers beside a writer, a server that is killed, and back into files."""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chroma_server import Server, chroma_server

from index.build import build, main
from index.catalog import Constraints
from index.check import check
from index.embed import HashEmbedder
from index.folder import IndexFolderError, open_shop, read_manifest
from index.store import ProductStore, StoreError

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
READERS, BUILDS = 4, 4


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for these tests."""
    with chroma_server(tmp_path_factory.mktemp("server")) as started:
        yield started


def _title(n: int) -> str:
    """Words that few others have: among hundreds of nearly equal vectors Chroma's graph finds not every one."""
    letters = hashlib.sha256(str(n).encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[start : start + 5] for start in range(0, 20, 5))


def _write(path: Path, price: int, size: int = 300) -> Path:
    rows = (
        {"product_id": f"p{n}", "title": _title(n), "price": str(price), "currency": "EUR", "brand": f"b{n % 3}"}
        for n in range(size)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_an_index_on_a_server_is_the_same_and_stays_there(server: Server, tmp_path: Path) -> None:
    feed, out, local = _write(tmp_path / "feed.jsonl", 5), tmp_path / "out", tmp_path / "local"
    flags = ["--embedder", "hash-256"]
    assert main([str(feed), "--out", str(out), "--chroma", server.address, *flags]) == 0
    assert main([str(feed), "--out", str(local), *flags]) == 0
    shops = [open_shop(out), open_shop(local)]
    asked = Constraints(brands=("b1",))
    for row in range(0, 300, 30):
        vector = shops[0].vectors[row]
        found = [[name for name, _ in shop.store.nearest(vector.tolist(), asked, "EUR", 1)] for shop in shops]
        assert found[0] == found[1] and shops[0].nearest(vector, Constraints(), 1) == [row]
    for shop in shops:
        shop.close()
    assert not list((out / read_manifest(out).generation / "chroma").glob("*.sqlite3"))
    # A change is on the same server without being told again, and the old collection goes.
    old = json.loads(next(out.glob("g-*/chroma/server.json")).read_text())["collection"]
    assert main([str(_write(feed, 7)), "--out", str(out), *flags]) == 0
    assert ProductStore.is_remote(out / read_manifest(out).generation / "chroma")
    assert [one for one in check(out) if one.mend] == []
    import chromadb

    names = {one.name for one in chromadb.HttpClient("127.0.0.1", server.port).list_collections()}
    assert old not in names
    # And back into files.
    assert main([str(feed), "--out", str(out), "--chroma", "files", *flags]) == 0
    assert list((out / read_manifest(out).generation / "chroma").glob("*.sqlite3"))


READ = """
import sys, time
from pathlib import Path
from index.catalog import Constraints
from index.folder import open_shop
out, until, turns, states = Path(sys.argv[1]), float(sys.argv[2]), 0, set()
shop = open_shop(out)
print("open", flush=True)
while time.time() < until or len(states) < 2:
    if shop.is_stale():
        old, shop = shop, shop.renewed()
        old.close()
    prices = {str(one.price) for one in shop.rows}
    assert len(prices) == 1, prices
    price = prices.pop()
    row = turns * 7 % len(shop.rows)
    found = shop.store.nearest(shop.vectors[row].tolist(), Constraints(), "EUR", 5)
    assert len(found) == 5 and found[0][1] > 0.999, found
    minor = int(float(price) * 100)
    same = shop.store._collection.get(ids=[shop.rows[row].product_id], include=["metadatas"])["metadatas"][0]["price"]
    assert same == minor, (same, minor)
    states.add(price)
    turns += 1
    assert time.time() < until + 120
print(turns, len(states))
"""


def test_four_processes_read_while_one_writes(server: Server, tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    build([_write(feed, 5)], out, embedder=HashEmbedder(), chroma=server.address)
    until = time.time() + 15
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(out), str(until)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout and reader.stdout.readline() == "open\n"
    for price in range(6, 6 + BUILDS):
        report = build([_write(feed, price)], out, embedder=HashEmbedder())
        assert report.changes and report.changes.written == "metadata"
        time.sleep(0.5)
    for reader in readers:
        told, wrong = reader.communicate()
        assert reader.returncode == 0, wrong[-2000:]
        turns, states = map(int, told.split())
        assert turns > 10 and states >= 2, "each read before and after a change"
    build([_write(feed, 99)], out, embedder=HashEmbedder())
    assert len(list(out.glob("g-*"))) == 1, "what the readers let go is cleared away"


def test_a_killed_server_loses_nothing_and_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    build([_write(feed, 5)], out, embedder=HashEmbedder(), chroma=server.address)
    opened = open_shop(out)
    vector = np.asarray(opened.vectors[17])
    server.kill()
    # Without Chroma every product is compared.
    assert opened.nearest(vector, Constraints(), 1) == [17]
    with pytest.raises(StoreError):
        opened.store.nearest(vector.tolist(), Constraints(), "EUR", 1)
    with pytest.raises(IndexFolderError, match="its Chroma server does not give the products"):
        open_shop(out)
    with pytest.raises(IndexFolderError, match="cannot be written"):
        build([_write(feed, 6)], out, embedder=HashEmbedder())
    server.start()
    assert opened.store.count() == 300
    assert opened.store.nearest(vector.tolist(), Constraints(), "EUR", 1)[0][0] == "p17"
    assert str(opened.products["p0"].price) == "5.00"
    build([feed], out, embedder=HashEmbedder())
    assert opened.is_stale()
    opened.close()
    assert [one for one in check(out) if one.mend] == []


@pytest.mark.parametrize("address", ["here", "ftp://here", "http://", "http://here/api", "http://here:port"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = _write(tmp_path / "feed.jsonl", 5, 3)
    flags = ["--out", str(tmp_path / "out"), "--chroma", address, "--embedder", "hash-256"]
    assert main([str(feed), *flags]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("index.build: ")
