"""Building an index folder: counts, what is embedded again, and what stands when a build fails."""

import gc
import json
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.build import BuildReport, build, main
from index.catalog import Constraints
from index.difference import Changes
from index.embed import HashEmbedder, Progress, Vectors
from index.feeds import FeedError, Rejected
from index.folder import IndexFolderError, lock_folder, open_shop, read_manifest

ROOT = Path(__file__).resolve().parent.parent


class CountingEmbedder(HashEmbedder):
    """Remembers the texts it was given, and fails when told to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.fails = False

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        if self.fails:
            raise RuntimeError("out of memory")
        self.texts += texts
        return super().embed(texts, progress)


def _row(number: int, **fields: Any) -> dict[str, Any]:
    return {"product_id": f"p{number}", "title": f"Thing {number}", "price": "5", "currency": "EUR"} | fields


def _write(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def _titles(folder: Path) -> dict[str, str]:
    opened = open_shop(folder)
    found = {name: product.title for name, product in opened.products.items()}
    opened.close()
    return found


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return _write(tmp_path / "feed.jsonl", *map(_row, range(4)))


def test_the_report_counts_and_the_rejected_rows_are_written(tmp_path: Path) -> None:
    feed = _write(tmp_path / "feed.jsonl", _row(0), "{", _row(1, price="-1"), _row(0), _row(2, currency="USD"))
    bought = {"user_id": "u", "product_id": "p0", "event": "purchase", "timestamp": 0}
    events = _write(tmp_path / "events.jsonl", bought, bought | {"event": "stolen"})
    report = build([feed], tmp_path / "out", interactions=events, embedder=HashEmbedder())
    assert (report.read, report.kept, report.interactions, report.embedded) == (5, 2, 1, 2)
    assert [(row.file, row.line, row.field) for row in report.rejected] == [
        (str(feed), 2, "line"),
        (str(feed), 3, "price"),
        (str(feed), 4, "product_id"),
        (str(events), 2, "event"),
    ]
    written = [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()]
    assert [Rejected(**row) for row in written] == list(report.rejected)
    assert written[1] | {"file": ""} == {
        "file": "",
        "line": 3,
        "field": "price",
        "value": "'-1'",
        "expected": 'a decimal from 0 up such as "899.00"',
    }
    opened = open_shop(tmp_path / "out")
    assert (list(opened.products), opened.currency, opened.histories) == (["p0", "p2"], "EUR", {"u": ("p0",)})
    opened.close()


def test_several_feeds_make_one_shop(feed: Path, tmp_path: Path) -> None:
    more = _write(tmp_path / "more.jsonl", _row(3, title="Again"), _row(4))
    report = build([feed, more], tmp_path / "out", embedder=HashEmbedder())
    assert (report.read, report.kept) == (6, 5)
    assert _titles(tmp_path / "out") == {f"p{n}": f"Thing {n}" for n in range(5)}


def test_only_what_changed_is_embedded_again(feed: Path, tmp_path: Path) -> None:
    out, embedder = tmp_path / "out", CountingEmbedder()
    assert build([feed], out, embedder=embedder).embedded == 4
    first = open_shop(out)
    old = {name: first.vectors[row].tolist() for name, row in first.row_of.items()}
    first.close()
    embedder.texts.clear()
    # One is gone, one has another title, one only another price, one is new; and the order is another.
    _write(feed, _row(9), _row(3), _row(1, price="7"), _row(0, title="Renamed"))
    report = build([feed], out, embedder=embedder, prune=True)
    assert (report.kept, report.embedded) == (4, 2)
    assert report.changes == Changes(new=1, changed=2, removed=1, missing=0, written="all")
    assert embedder.texts == ["Renamed", "Thing 9"]
    opened = open_shop(out)
    assert list(opened.products) == ["p0", "p1", "p3", "p9"], "known ones first, in the order they had"
    assert str(opened.products["p1"].price) == "7.00"
    for name in ("p1", "p3"):
        assert opened.vectors[opened.row_of[name]].tolist() == old[name]
        assert opened.store.nearest(old[name], Constraints(), "EUR", 1)[0][0] == name
    opened.close()
    assert build([feed], out, embedder=embedder).embedded == 0


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def test_nothing_is_written_when_nothing_changed(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build([feed], out, embedder=HashEmbedder()).changes is None
    before = _files(out)
    _write(feed, *map(_row, reversed(range(4))))
    report = build([feed], out, embedder=HashEmbedder())
    assert report.changes == Changes(0, 0, 0, 0, "nothing")
    assert _files(out) == before
    assert build([feed], out, embedder=HashEmbedder(), fictional=True).changes == report.changes
    assert read_manifest(out).fictional


def test_another_price_or_stock_touches_metadata_only(feed: Path, tmp_path: Path) -> None:
    out, embedder = tmp_path / "out", CountingEmbedder()
    build([feed], out, embedder=embedder)
    inside = out / read_manifest(out).generation
    kept = {name: (inside / name).stat().st_ino for name in ("vectors.npy", "companions.json", "hashes.json")}
    embedder.fails = True
    _write(feed, _row(0, price="99"), _row(1, availability="in_stock"), _row(2, price=None), _row(3))
    report = build([feed], out, embedder=embedder)
    assert report.changes == Changes(0, 3, 0, 0, "metadata")
    after = out / read_manifest(out).generation
    assert after != inside and not inside.exists()
    assert {name: (after / name).stat().st_ino for name in kept} == kept, "linked, not written again"
    opened = open_shop(out)
    for asked in (
        Constraints(price_max=Decimal(5)),
        Constraints(price_min=Decimal(6)),
        Constraints(in_stock=True),
        Constraints(price_min=Decimal(0)),
    ):
        found = {name for name, _ in opened.store.nearest(opened.vectors[0].tolist(), asked, "EUR", 9)}
        assert found == {one.product_id for one in opened.rows if asked.matches(one)}
    assert opened.products["p2"].price is None
    opened.close()


def test_a_product_that_the_feed_lacks_stays_until_it_is_pruned(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([feed], out, embedder=HashEmbedder())
    _write(feed, _row(1), _row(2, title="Renamed"))
    report = build([feed], out, embedder=HashEmbedder())
    assert report.changes == Changes(new=0, changed=1, removed=0, missing=2, written="all")
    assert _titles(out) == {"p0": "Thing 0", "p1": "Thing 1", "p2": "Renamed", "p3": "Thing 3"}
    # What was taken over from the index is the same as what stands in it.
    again = build([feed], out, embedder=HashEmbedder())
    assert again.changes == Changes(new=0, changed=0, removed=0, missing=2, written="nothing")
    report = build([feed], out, embedder=HashEmbedder(), prune=True)
    assert report.changes == Changes(new=0, changed=0, removed=2, missing=0, written="all")
    opened = open_shop(out)
    assert sorted(name for name, _, _ in opened.store.stored()) == ["p1", "p2"] == sorted(opened.products)
    opened.close()


def test_a_feed_of_less_than_half_is_refused_unless_forced(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([feed], out, embedder=HashEmbedder())
    _write(feed, _row(7))
    for prune in (False, True):
        with pytest.raises(IndexFolderError, match=r"has 4 products and the feed 1, less than half; .*add --force"):
            build([feed], out, embedder=HashEmbedder(), prune=prune)
    assert len(_titles(out)) == 4
    build([feed], out, embedder=HashEmbedder(), prune=True, force=True)
    assert _titles(out) == {"p7": "Thing 7"}


def test_few_changes_go_into_a_copy_of_chroma_that_equals_one_made_anew(tmp_path: Path) -> None:
    rows = [_row(n, title=f"Thing {n} of {n % 7}", attributes={"colour": f"c{n % 3}"}) for n in range(40)]
    feed, out, anew = _write(tmp_path / "feed.jsonl", *rows), tmp_path / "out", tmp_path / "anew"
    build([feed], out, embedder=HashEmbedder())
    rows[3] |= {"title": "Renamed"}
    rows[5] |= {"attributes": {"size": "9"}}
    _write(feed, *rows[:10], *rows[12:], _row(99))
    report = build([feed], out, embedder=HashEmbedder(), prune=True)
    assert report.changes == Changes(new=1, changed=2, removed=2, missing=0, written="all")
    build([feed], anew, embedder=HashEmbedder())
    stored: list[dict[str, Any]] = []
    for folder in (out, anew):
        opened = open_shop(folder)
        stored.append({name: (vector.tolist(), values) for name, vector, values in opened.store.stored()})
        assert opened.store.count() == 39
        opened.close()
    assert stored[0] == stored[1]


def test_another_embedder_takes_over_no_vector(feed: Path, tmp_path: Path) -> None:
    class Other(CountingEmbedder):
        name = "other"

    build([feed], tmp_path / "out", embedder=HashEmbedder())
    assert build([feed], tmp_path / "out", embedder=Other()).embedded == 4
    assert read_manifest(tmp_path / "out").embedder == "other"


def test_a_build_that_fails_leaves_the_old_state(feed: Path, tmp_path: Path) -> None:
    out, embedder = tmp_path / "out", CountingEmbedder()
    build([feed], out, embedder=embedder)
    manifest = (out / "manifest.json").read_bytes()
    _write(feed, _row(7))
    embedder.fails = True
    with pytest.raises(RuntimeError):
        build([feed], out, embedder=embedder, force=True)
    assert (out / "manifest.json").read_bytes() == manifest
    assert _titles(out) == {f"p{n}": f"Thing {n}" for n in range(4)}
    embedder.fails = False
    build([feed], out, embedder=embedder, prune=True, force=True)
    assert _titles(out) == {"p7": "Thing 7"}


def test_the_manifest_comes_last(feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build([feed], out, embedder=HashEmbedder())
    _write(feed, *map(_row, range(7, 11)))
    with monkeypatch.context() as patched, pytest.raises(OSError, match="disk full"):
        # The last write before the manifest: everything else of the new generation is there by then.
        patched.setattr("index.store.ProductStore.add", _no_space)
        build([feed], out, embedder=HashEmbedder())
    assert len(list(out.glob("g-*"))) == 1, "the half-written generation takes no room"
    assert _titles(out) == {f"p{n}": f"Thing {n}" for n in range(4)}
    build([feed], out, embedder=HashEmbedder())
    assert [path.name for path in out.glob("g-*")] == [read_manifest(out).generation]


def _no_space(*_: object) -> None:
    raise OSError("disk full")


def test_a_first_build_that_fails_leaves_no_index(feed: Path, tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    embedder.fails = True
    with pytest.raises(RuntimeError):
        build([feed], tmp_path / "out", embedder=embedder)
    with pytest.raises(IndexFolderError, match=r"has no manifest\.json.*build did not finish"):
        open_shop(tmp_path / "out")


def test_a_damaged_old_state_is_built_anew(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, text in (("vectors.npy", b"\x00"), ("hashes.json", b"[]"), ("hashes.json", b"{")):
        build([feed], out, embedder=HashEmbedder())
        (out / read_manifest(out).generation / name).write_bytes(text)
        assert build([feed], out, embedder=HashEmbedder()).embedded == 4
    assert len(_titles(out)) == 4


def test_pictures_are_copied(feed: Path, tmp_path: Path) -> None:
    (tmp_path / "drawn").mkdir()
    (tmp_path / "drawn" / "mouse.svg").write_text("<svg/>")
    build([feed], tmp_path / "out", embedder=HashEmbedder(), pictures=tmp_path / "drawn", fictional=True)
    assert (tmp_path / "out" / "pictures" / "mouse.svg").read_text() == "<svg/>"
    assert read_manifest(tmp_path / "out").fictional


def test_a_feed_without_any_product_makes_no_index(tmp_path: Path) -> None:
    feed = _write(tmp_path / "feed.jsonl", "{", "")
    with pytest.raises(FeedError, match=r"feed\.jsonl: no product could be read; reasons are in .*rejected\.jsonl"):
        build([feed], tmp_path / "out", embedder=HashEmbedder())
    assert len((tmp_path / "out" / "rejected.jsonl").read_text().splitlines()) == 1
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_the_folder_is_free_after_a_build(feed: Path, tmp_path: Path) -> None:
    report = build([feed], tmp_path / "out", embedder=HashEmbedder())
    assert isinstance(report, BuildReport)
    held = lock_folder(tmp_path / "out")
    with pytest.raises(IndexFolderError, match="is in use by another process"):
        build([feed], tmp_path / "out", embedder=HashEmbedder())
    held.release()
    assert build([feed], tmp_path / "out", embedder=HashEmbedder()).embedded == 0


# The command


def _main(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([*map(str, arguments), "--embedder", "hash-256"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_prints_what_was_read_kept_and_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = _write(tmp_path / "feed.jsonl", _row(0), _row(1, price="x"), _row(2, price="y"), "[]")
    events = _write(tmp_path / "events.jsonl", {"user_id": "u"})
    out = tmp_path / "out"
    code, printed, _ = _main(capsys, feed, "--out", out, "--interactions", events)
    assert code == 0
    lines = printed.splitlines()
    assert lines[:3] == [
        "read 4, kept 1, rejected 3 (embedded 1)",
        "interactions 0, passages 0, promotions 0, rejected 1",
        "less than half was kept: 3 of 4 rows are missing from the shop, for these reasons:",
    ]
    assert lines[3] == '  2 x price: expected a decimal such as "899.00"'
    assert f"  {feed}:2: price is 'x', expected a decimal such as \"899.00\"" in lines
    assert lines[-1] == f"  all of them in {out / 'rejected.jsonl'}"


def test_nothing_rejected_is_not_spoken_of(feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _main(capsys, feed, "--out", tmp_path / "out")[:2] == (
        0,
        "read 4, kept 4, rejected 0 (embedded 4)\ninteractions 0, passages 0, promotions 0, rejected 0\n",
    )
    assert (tmp_path / "out" / "rejected.jsonl").read_text() == ""


def test_what_stands_in_the_way_is_one_sentence_and_exit_code_2(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--out", tmp_path / "out")
    (tmp_path / "locked" / ".lock").mkdir(parents=True)
    ways: list[tuple[tuple[str | Path, ...], str]] = [
        ((tmp_path / "none.jsonl", *out), "none.jsonl: No such file or directory, expected a readable feed file"),
        ((feed, *out, "--interactions", tmp_path / "none"), "none: No such file or directory"),
        ((feed, *out, "--pictures", tmp_path / "none"), "none: no such folder, expected one of pictures"),
        ((feed, "--out", feed), "feed.jsonl: File exists; choose another folder with --out"),
        ((feed, "--out", feed / "in"), "feed.jsonl/in: Not a directory; choose another folder with --out"),
        ((feed, "--out", tmp_path / "locked"), "locked cannot be locked (Is a directory)"),
        ((_write(tmp_path / "bad.jsonl", "[]"), *out), "bad.jsonl: no product could be read"),
    ]
    for arguments, expected in ways:
        code, printed, said = _main(capsys, *arguments)
        assert (code, printed) == (2, "")
        assert said.startswith("index.build: ") and said.count("\n") == 1
        assert expected in said


def test_a_full_disk_is_one_sentence(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.ProductStore.add", _no_space)
    code, printed, said = _main(capsys, feed, "--out", tmp_path / "out")
    assert (code, printed, said.splitlines()[-1]) == (2, "", "index.build: disk full")


def test_a_second_builder_is_refused(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "index.build", str(feed), "--out", str(out), "--embedder", "hash-256"]
    out.mkdir()
    held = lock_folder(out)
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"index.build: {out} is in use by another process; stop that one")
    held.release()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "read 4, kept 4, rejected 0 (embedded 4)")
    assert len(_titles(out)) == 4


def test_a_build_beside_an_open_shop_is_picked_up_when_it_is_done(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([feed], out, embedder=HashEmbedder())
    opened = open_shop(out)
    old = out / opened.manifest.generation
    _write(feed, *(_row(n, price="8") for n in range(3)), _row(4, title="New"))
    command = [sys.executable, "-m", "index.build", str(feed), "--out", str(out), "--embedder", "hash-256", "--prune"]
    assert not opened.is_stale()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("in use")) == (0, 0)
    assert "changes: 1 new, 3 changed, 1 removed; wrote all" in done.stdout
    assert opened.is_stale() and old.is_dir()
    # The old state answers on, with its own products.
    near = opened.vectors[opened.row_of["p3"]]
    assert opened.nearest(near, Constraints(), 1) == [3]
    assert str(opened.products["p0"].price) == "5.00"
    renewed = opened.renewed()
    assert not renewed.is_stale()
    assert [str(one.price) for one in renewed.rows[:3]] == ["8.00"] * 3 and "p3" not in renewed.products
    del opened
    gc.collect()
    # Nothing has the old one any more: the next build clears it away.
    _write(feed, *(_row(n, price="9") for n in range(3)))
    build([feed], out, embedder=HashEmbedder())
    assert not old.exists()
    assert renewed.is_stale()
    renewed.close()


# Nothing is written before everything was looked at.


def test_strict_refuses_before_anything_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, out = _write(tmp_path / "feed.jsonl", _row(0), _row(1, price="x")), tmp_path / "out"
    code, printed, _ = _main(capsys, feed, "--out", out, "--strict")
    assert code == 1 and not out.exists()
    assert printed.startswith("read 2, kept 1, rejected 1; nothing was written\n")
    assert f"{feed}:2: price is 'x'" in printed
    _write(feed, _row(0))
    assert _main(capsys, feed, "--out", out, "--strict")[0] == 0
    assert _titles(out) == {"p0": "Thing 0"}


def test_a_dry_run_shows_ten_products_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, out = _write(tmp_path / "feed.jsonl", *map(_row, range(12)), "{"), tmp_path / "out"
    code, printed, _ = _main(capsys, feed, "--out", out, "--dry-run")
    shown = [json.loads(line) for line in printed.splitlines()[:10]]
    assert [row["product_id"] for row in shown] == [f"p{n}" for n in range(10)]
    assert shown[0]["price"] == "5.00"
    assert (code, out.exists()) == (0, False)
    assert "read 13, kept 12, rejected 1; nothing was written" in printed
    assert _main(capsys, feed, "--out", out, "--dry-run", "--strict")[0] == 1


def test_a_dry_run_shows_two_of_many_variants_and_repeats_its_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    variants = [{"variant_id": f"v{n}", "options": {"Size": str(n)}} for n in range(30)]
    row = {**_row(0), "variants": variants, "description": "long " * 500}
    row.pop("currency", None)
    code, printed, _ = _main(capsys, _write(tmp_path / "feed.jsonl", row), "--out", tmp_path / "out", "--dry-run")
    shown = json.loads(printed.splitlines()[0])
    assert (code, shown["variants"][2]) == (0, "and 28 more")
    assert len(printed) < 1500
    assert "prices name no currency; name it with --currency CODE" in printed


def test_what_a_shop_no_longer_publishes_leaves_the_index(tmp_path: Path) -> None:
    feed, out = tmp_path / "products.csv", tmp_path / "out"
    rows = "Handle,Title,Status,Variant Price\n" + "".join(f"lamp-{n},Lamp {n},{{}},9\n" for n in range(3))
    feed.write_text(rows.format("active", "active", "active"), encoding="utf-8")
    build([feed], out, embedder=HashEmbedder())
    feed.write_text(rows.format("active", "draft", "active"), encoding="utf-8")
    build([feed], out, embedder=HashEmbedder())
    assert set(_titles(out)) == {"lamp-0", "lamp-2"}


def test_what_a_killed_build_left_goes_with_the_next_also_where_nothing_changed(tmp_path: Path) -> None:
    feed, out = _write(tmp_path / "feed.jsonl", _row(0)), tmp_path / "out"
    build([feed], out, embedder=HashEmbedder())
    (out / "g-1-0-killed").mkdir()
    build([feed], out, embedder=HashEmbedder())
    assert len(list(out.glob("g-*"))) == 1
