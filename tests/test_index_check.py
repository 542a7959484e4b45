"""Looking an index over: what is wrong is told with the command that mends it, and that command mends it."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.build import main as build_main
from index.catalog import Constraints, Product
from index.check import Finding, check, main, rebuild, recall_of
from index.embed import HashEmbedder
from index.folder import IndexFolderError, open_shop, read_manifest
from index.lexical import LexicalIndex
from index.store import ProductStore


def _inside(folder: Path) -> Path:
    return folder / read_manifest(folder).generation


def _wrong(folder: Path) -> list[Finding]:
    return [one for one in check(folder) if one.mend]


def test_a_whole_index_has_nothing_wrong(own_folder: Path) -> None:
    found = check(own_folder)
    assert [one for one in found if one.mend] == []
    assert [one.part for one in found] == [
        "files", "products", "vectors", "texts", "Chroma", "recall", "BM25", "BM25", "interactions",
        "documents", "promotions", "history", "opens",
    ]  # fmt: skip
    [recall] = [one.text for one in found if one.part == "recall"]
    assert recall == "recall@10 1.0000 against exact search, 18 of its own vectors"


def test_an_open_index_is_looked_at_in_a_copy(own_folder: Path) -> None:
    opened = open_shop(own_folder)
    found = check(own_folder)
    assert [one for one in found if one.mend] == []
    assert "ok    opens: some process has it open" in map(str, found)
    assert opened.nearest(opened.vectors[3], Constraints(), 1) == [3]
    opened.close()


def test_nothing_is_wrong_after_changes_of_every_sort_nor_after_reading(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"product_id": f"p{n}", "title": f"Thing {n}", "price": "5", "currency": "EUR"} for n in range(40)
    ]
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    written = []
    changes: list[dict[str, str | None]] = [
        {},
        {"price": "7"},
        {"title": "Renamed"},
        {"price": None, "brand": "Corvid"},
    ]
    for change in changes:
        rows[3] |= change
        feed.write_text("".join(json.dumps(row) + "\n" for row in rows))
        report = build([feed], out, embedder=HashEmbedder())
        written.append(report.changes.written if report.changes else "")
        for _ in range(2):
            assert _wrong(out) == []
            opened = open_shop(out)
            assert len(opened.nearest(opened.vectors[0], Constraints(), 10)) == 10
            opened.close()
    assert written == ["", "metadata", "all", "all"]


def _changed(folder: Path, change: Callable[[ProductStore], None]) -> None:
    store = ProductStore.open(_inside(folder) / "chroma")
    change(store)
    store.close()


def _removed(store: ProductStore) -> None:
    store.remove(["m1", "m2"])


def _restated(store: ProductStore) -> None:
    store.restate([(Product("m1", "A"), Product("m1", "A", price=Decimal(1), currency="USD"))])


def _moved(store: ProductStore) -> None:
    store.remove(["m1"])
    store.add([Product("m1", "A")], np.eye(1, 256, dtype=np.float32))


def _foreign(store: ProductStore) -> None:
    store.add([Product("alien", "A")], np.eye(1, 256, dtype=np.float32))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_removed, "2 products are missing in Chroma"),
        (_restated, "1 have another price, brand or the like in Chroma than in the product store"),
        (_moved, "1 have another vector in Chroma than stored"),
        (_foreign, "1 are in Chroma and no products of the store"),
    ],
)
def test_chroma_that_differs_is_told_and_made_anew(
    change: Callable[[ProductStore], None], told: str, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _changed(own_folder, change)
    found = _wrong(own_folder)
    assert told in [one.text for one in found]
    assert {one.mend for one in found} == {f"python -m index.check {own_folder} --rebuild"}
    assert main([str(own_folder)]) == 1
    assert "things are wrong" in capsys.readouterr().out.splitlines()[-1]
    # The command that was told.
    before = np.load(_inside(own_folder) / "vectors.npy")
    assert main([str(own_folder), "--rebuild"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing is wrong"
    assert np.array_equal(np.load(_inside(own_folder) / "vectors.npy"), before)
    opened = open_shop(own_folder)
    assert (len(opened.rows), len(opened.interactions)) == (18, read_manifest(own_folder).interactions)
    opened.close()


@pytest.mark.parametrize(
    ("part", "mend"),
    [
        ("chroma/chroma.sqlite3", "--rebuild"),
        ("bm25/vocab.index.json", "--rebuild"),
        ("bm25/indices.csc.index.npy", "--rebuild"),
        ("companions.json", "--rebuild"),
        ("kinds.json", "--rebuild"),
        ("products.jsonl.gz", "index.build FEED"),
        ("vectors.npy", "index.build FEED"),
        ("hashes.json", "index.build FEED"),
        ("interactions.jsonl.gz", "index.build FEED"),
    ],
)
@pytest.mark.parametrize("damage", [b"", b"\x00 no such thing"])
def test_every_damaged_part_is_told_and_its_command_mends_it(
    part: str, mend: str, damage: bytes, own_folder: Path, feed_folder: Path
) -> None:
    (_inside(own_folder) / part).write_bytes(damage)
    found = _wrong(own_folder)
    assert found and mend in found[0].mend
    if mend == "--rebuild":
        rebuild(own_folder)
    else:
        if part != "interactions.jsonl.gz":
            with pytest.raises((IndexFolderError, ValueError, EOFError)):
                rebuild(own_folder)
        events = feed_folder / "interactions.jsonl"
        build([feed_folder / "products.jsonl"], own_folder, interactions=events, embedder=HashEmbedder())
    assert _wrong(own_folder) == []


def test_a_text_that_its_vector_is_not_of_is_told(own_folder: Path) -> None:
    path = _inside(own_folder) / "hashes.json"
    hashes = json.loads(path.read_text())
    path.write_text(json.dumps(["0" * 32, *hashes[1:]]))
    assert "1 products have another text than their vector was made of" in [one.text for one in _wrong(own_folder)]
    with pytest.raises(IndexFolderError, match=r"1 texts have no stored vector; mend with: python -m index\.build"):
        rebuild(own_folder)


def test_vectors_that_are_no_unit_vectors_are_told(own_folder: Path) -> None:
    path = _inside(own_folder) / "vectors.npy"
    vectors = np.load(path)
    vectors[2] *= 3
    np.save(path, vectors)
    told = [one.text for one in _wrong(own_folder) if one.part == "vectors"]
    assert len(told) == 1 and re.match(r"1 are no unit vectors, the first of \w+, length 3\.0000", told[0])


def test_an_index_of_an_earlier_version_is_looked_at_without_checksums(own_folder: Path) -> None:
    (_inside(own_folder) / "state.json").unlink()
    found = check(own_folder)
    assert [one for one in found if one.mend] == []
    assert "built by an earlier version" in found[0].text


def test_what_a_killed_build_left_is_told_and_cleared(own_folder: Path, feed_folder: Path) -> None:
    shutil.copytree(_inside(own_folder), own_folder / "g-half")
    [left] = [one for one in check(own_folder) if one.part == "leftovers"]
    assert left.text.startswith("1 other generations, 0 open in some process")
    rebuild(own_folder)
    assert [path.name for path in own_folder.glob("g-*")] == [read_manifest(own_folder).generation]


def test_no_index_is_one_sentence_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("index.check: ") and said.err.count("\n") == 1


def test_recall_counts_equally_near_ones_and_what_is_not_found(tmp_path: Path) -> None:
    products = [Product(f"p{n}", "t") for n in range(30)]
    vectors = np.zeros((30, 4), np.float32)
    vectors[np.arange(30), np.arange(30) % 2] = 1
    store = ProductStore.create(tmp_path / "store")
    store.add(products, vectors)
    assert recall_of(store, products, vectors, [0, 1]) == 1, "fifteen are equally near, any ten will do"
    store.remove([f"p{n}" for n in range(0, 16, 2)])
    # Seven of the fifteen that are nearest to row 0 are left; row 1 has all of its own.
    assert recall_of(store, products, vectors, [0, 1]) == pytest.approx((0.7 + 1) / 2)
    assert np.isnan(recall_of(store, products, vectors, []))
    store.close()


def test_chroma_is_not_written_to_by_looking(own_folder: Path) -> None:
    path = _inside(own_folder) / "chroma" / "chroma.sqlite3"
    check(own_folder)
    with sqlite3.connect(path) as before:
        rows = list(before.execute("select count(*) from embeddings"))
    check(own_folder)
    with sqlite3.connect(path) as after:
        assert list(after.execute("select count(*) from embeddings")) == rows == [(18,)]


def _truncate_vectors(inside: Path) -> None:
    path = inside / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-400])


def _swap_words(inside: Path) -> None:
    """BM25 of as many products of another shop."""
    products = [Product(f"x{n}", f"Other {n} of another shop") for n in range(18)]
    shutil.rmtree(inside / "bm25")
    LexicalIndex.build(products).save(inside / "bm25")


def _swap_word_file(inside: Path) -> None:
    _swap_words(inside)
    state = json.loads((inside / "state.json").read_text())
    (inside / "state.json").write_text(json.dumps(state | {"files": {}}))


def _delete_graph(inside: Path) -> None:
    [path] = inside.glob("chroma/*/data_level0.bin")
    path.unlink()


def _delete_chroma(inside: Path) -> None:
    shutil.rmtree(inside / "chroma")


@pytest.mark.parametrize(
    "damage",
    [_truncate_vectors, _swap_words, _swap_word_file, _delete_graph, _delete_chroma],
    ids=lambda one: one.__name__,
)
def test_the_command_that_is_told_is_the_one_that_mends(
    damage: Callable[[Path], None], own_folder: Path, feed_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(_inside(own_folder))
    assert main([str(own_folder)]) == 1
    told = [line.partition("mend with: ")[2] for line in capsys.readouterr().out.splitlines() if "mend with: " in line]
    command = told[0].replace("FEED", str(feed_folder / "products.jsonl")).split()
    # The first that is told, word for word, by the module that it names.
    module, arguments = command[2], command[3:]
    assert command[:2] == ["python", "-m"] and module in ("index.check", "index.build")
    assert (main if module == "index.check" else build_main)(arguments) == 0
    assert _wrong(own_folder) == []
    opened = open_shop(own_folder)
    # What the command was not given is there as before.
    assert (len(opened.rows), len(opened.interactions)) == (18, 23)
    opened.close()
