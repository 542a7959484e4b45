"""Building, keeping and checking an index whose products are on a Chroma server: the tests of the one in files, again.

Also what is only true of a server: a copied folder lets the other's products be, and a server that was emptied.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import test_index_build
import test_index_check
import test_index_keep
from chroma_server import Server, chroma_server

from index.build import BuildReport, build, main
from index.check import check, rebuild
from index.check import main as check_main
from index.embed import HashEmbedder
from index.folder import IndexFolderError, open_shop, read_manifest
from index.store import ProductStore

pytestmark = pytest.mark.slow
MODULES = (test_index_build, test_index_keep, test_index_check)
# About files of Chroma's own, or about files that subprocesses build.
LEFT_OUT = {
    "test_nothing_is_written_when_nothing_changed",
    "test_few_changes_go_into_a_copy_of_chroma_that_equals_one_made_anew",
    "test_chroma_is_not_written_to_by_looking",
    "test_an_open_index_is_looked_at_in_a_copy",
    "test_every_damaged_part_is_told_and_its_command_mends_it",
    "test_the_command_that_is_told_is_the_one_that_mends",
    "test_recall_counts_equally_near_ones_and_what_is_not_found",
    "test_a_second_builder_is_refused",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for these tests."""
    with chroma_server(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(autouse=True)
def built_on_the_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every index that these tests build is on the server."""

    def on_the_server(feeds: Any, out: Path, **more: Any) -> BuildReport:
        return build(feeds, out, **{"chroma": server.address} | more)

    def by_command(arguments: list[str]) -> int:
        return main([*arguments, "--chroma", server.address])

    for module in MODULES:
        monkeypatch.setattr(module, "build", on_the_server)
    monkeypatch.setattr(test_index_build, "main", by_command)
    monkeypatch.setattr(test_index_keep, "main", by_command)


@pytest.fixture
def own_folder(server: Server, feed_folder: Path, tmp_path: Path) -> Path:
    """The index of the small shop, on the server."""
    out = tmp_path / "own"
    build(
        [feed_folder / "products.jsonl"],
        out,
        interactions=feed_folder / "interactions.jsonl",
        embedder=HashEmbedder(),
        chroma=server.address,
    )
    return out


feed, six, given = test_index_build.feed, test_index_keep.six, test_index_keep.given
globals().update({
    f"{name}_{module.__name__.rpartition('_')[2]}": test
    for module in MODULES
    for name, test in vars(module).items()
    if name.startswith("test_") and name not in LEFT_OUT
})  # fmt: skip


def _collections(server: Server) -> set[str]:
    import chromadb

    return {one.name for one in chromadb.HttpClient("127.0.0.1", server.port).list_collections()}


def test_they_are_on_the_server(own_folder: Path) -> None:
    chroma = own_folder / read_manifest(own_folder).generation / "chroma"
    assert [path.name for path in chroma.iterdir()] == ["server.json"]


def test_a_copied_folder_lets_the_others_products_be(
    own_folder: Path, feed_folder: Path, tmp_path: Path, server: Server
) -> None:
    copied = Path(shutil.copytree(own_folder, tmp_path / "copied"))
    rows = [json.loads(line) for line in (feed_folder / "products.jsonl").read_text().splitlines()]
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps(row | {"price": "3"}) + "\n" for row in rows))
    before = _collections(server)
    build([feed], copied)
    assert _collections(server) > before
    for folder, price in ((own_folder, "899.00"), (copied, "3.00")):
        opened = open_shop(folder)
        assert str(opened.products["n1"].price) == price
        opened.close()
        assert [one for one in check(folder) if one.mend] == []
    # What is its own goes with the next build.
    own = json.loads(next(copied.glob("g-*/chroma/server.json")).read_text())["collection"]
    build([feed_folder / "products.jsonl"], copied)
    assert own not in _collections(server) and before <= _collections(server)


def test_what_a_server_lost_is_told_and_made_anew(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ProductStore.drop(own_folder / read_manifest(own_folder).generation / "chroma")
    with pytest.raises(IndexFolderError, match="its Chroma server does not give the products"):
        open_shop(own_folder)
    assert check_main([str(own_folder)]) == 1
    assert f"mend with: python -m index.check {own_folder} --rebuild" in capsys.readouterr().out
    assert check_main([str(own_folder), "--rebuild"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing is wrong"


def test_a_dead_server_is_left_for_files_and_cleared_when_it_is_back(
    own_folder: Path, feed_folder: Path, server: Server
) -> None:
    before, feeds = _collections(server), [feed_folder / "products.jsonl"]
    server.kill()
    try:
        build(feeds, own_folder, chroma="")
        opened = open_shop(own_folder)
        assert (opened.store.count(), len(opened.interactions)) == (18, 23)
        opened.close()
        assert [one for one in check(own_folder) if one.mend] == []
        build(feeds, own_folder, drop=["interactions"])
    finally:
        server.start()
    assert _collections(server) == before
    build([feed_folder / "products.jsonl"], own_folder, interactions=feed_folder / "interactions.jsonl")
    assert len(before - _collections(server)) == 1 and len(list(own_folder.glob("g-*"))) == 1


def test_an_unreadable_address_is_told_and_mended(own_folder: Path, server: Server) -> None:
    (own_folder / read_manifest(own_folder).generation / "chroma" / "server.json").write_text("")
    wrong = [one for one in check(own_folder) if one.mend]
    assert wrong and wrong[0].mend == f"python -m index.check {own_folder} --rebuild"
    said: list[str] = []
    rebuild(own_folder, said.append)
    assert said[0].startswith("which Chroma server has the products cannot be read: they go into files")
    assert [one for one in check(own_folder) if one.mend] == []


def test_a_server_that_does_not_answer_is_no_damage_of_the_folder(
    own_folder: Path, feed_folder: Path, server: Server
) -> None:
    server.kill()
    try:
        manifest = (own_folder / "manifest.json").read_bytes()
        with pytest.raises(IndexFolderError, match=r"does not give the products .*start it with: chroma run"):
            open_shop(own_folder)
        wrong = [one for one in check(own_folder) if one.mend]
        assert {one.part for one in wrong} == {"Chroma", "opens"}
        assert {one.mend for one in wrong} == {f"chroma run --host 127.0.0.1 --port {server.port}"}
        with pytest.raises(IndexFolderError, match="start it with: chroma run"):
            build([feed_folder / "products.jsonl"], own_folder, drop=["interactions"])
        assert check_main([str(own_folder), "--rebuild"]) == 2
        assert (own_folder / "manifest.json").read_bytes() == manifest
        assert len(list(own_folder.glob("g-*"))) == 1
    finally:
        server.start()
    assert [one for one in check(own_folder) if one.mend] == []
