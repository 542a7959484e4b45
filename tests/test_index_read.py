"""The command that converts feeds: native rows on standard output and nothing else there."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.read import main

ROOT = Path(__file__).resolve().parent.parent


def _feed(folder: Path, *lines: str) -> Path:
    path = folder / "feed.jsonl"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


GOOD = '{"product_id": "p1", "title": " Tea \\u200b 茶", "price": 3, "currency": "eur", "brand": null}'
BAD = '{"product_id": "p2", "title": "Tea", "price": "-3"}'
NATIVE = {"product_id": "p1", "title": "Tea 茶", "price": "3.00", "currency": "EUR", "availability": "unknown"}


def test_products_are_printed_as_native_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = _feed(tmp_path, GOOD, BAD)
    assert main([str(feed), "--rejected", str(tmp_path / "bad.jsonl")]) == 0
    said = capsys.readouterr()
    assert [json.loads(line) for line in said.out.splitlines()] == [NATIVE]
    assert "茶" in said.out
    reason = {"field": "price", "value": "'-3'", "expected": 'a decimal from 0 up such as "899.00"'}
    assert json.loads((tmp_path / "bad.jsonl").read_text()) == {"file": str(feed), "line": 2} | reason
    assert said.err == f"{feed}:2: price is '-3', expected a decimal from 0 up such as \"899.00\"\n"


def test_native_rows_are_read_as_they_were_printed(
    feed_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(feed_folder / "products.jsonl")]) == 0
    once = capsys.readouterr().out
    assert main([str(_feed(tmp_path, *once.splitlines()))]) == 0
    assert capsys.readouterr().out == once
    assert len(once.splitlines()) == 18


def test_interactions_are_printed_as_native_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = '{"user_id": "u", "product_id": "p", "event": "view", "timestamp": 0}'
    feed = _feed(tmp_path, row, row.replace("view", "look"))
    assert main([str(feed), str(feed), "--interactions", "--rejected", str(tmp_path / "bad.jsonl")]) == 0
    native = {"user_id": "u", "product_id": "p", "event": "view", "timestamp": "1970-01-01T00:00:00+00:00"}
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [native, native]
    assert len((tmp_path / "bad.jsonl").read_text().splitlines()) == 2


def test_a_file_that_cannot_be_read_or_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    said = capsys.readouterr()
    expected = f"index.read: {tmp_path / 'none.jsonl'}: No such file or directory, expected a readable feed file\n"
    assert (said.out, said.err) == ("", expected)
    assert main([str(_feed(tmp_path, GOOD)), "--rejected", str(tmp_path / "none" / "bad.jsonl")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("index.read: ") and said.err.count("\n") == 1
    assert "No such file or directory" in said.err


def test_an_unknown_format_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["feed.xml", "--format", "hieroglyphs"])
    assert ended.value.code == 2
    assert "native" in capsys.readouterr().err


def test_the_command_as_a_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "index.read", str(_feed(tmp_path, GOOD, BAD))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == [NATIVE]


def test_every_format_is_converted_by_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feeds = [ROOT / "tests" / "feeds" / name for name in ("google_rss.xml", "shopify.csv", "openai.jsonl")]
    assert main([*map(str, feeds), "--currency", "usd"]) == 0
    said = capsys.readouterr()
    ids = [json.loads(line)["product_id"] for line in said.out.splitlines()]
    assert ids == ["MP-1", "MP-2", "MP-3", "tidewater-rain-jacket", "tidewater-cap", "o1", "o2"]
    assert "1 x availability: expected one of in_stock, out_of_stock, preorder, backorder" in said.err


def test_a_folder_and_a_glob_stand_for_their_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    for place, folder in enumerate((tmp_path, inside)):
        (folder / f"feed-{place}.csv").write_text(f"id,title\np{place},Tea\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("# no feed\n", encoding="utf-8")
    (tmp_path / ".hidden.csv").write_text("id,title\nh,Hidden\n", encoding="utf-8")
    for given in (str(tmp_path), str(tmp_path / "**" / "*.csv")):
        assert main([given]) == 0
        ids = {json.loads(line)["product_id"] for line in capsys.readouterr().out.splitlines()}
        assert ids - {"h"} == {"p0", "p1"}


@pytest.mark.parametrize("zipped", [False, True])
def test_standard_input_is_a_feed_too(zipped: bool) -> None:
    data = (ROOT / "tests" / "feeds" / "google.csv").read_bytes()
    command = [sys.executable, "-m", "index.read", "-"]
    given = gzip.compress(data) if zipped else data
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=False)
    assert done.returncode == 0
    assert [json.loads(line)["product_id"] for line in done.stdout.splitlines()] == ["K"]
    assert b"standard input:5: title is ''" in done.stderr


def test_strict_ends_with_1_where_a_row_was_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(_feed(tmp_path, GOOD)), "--strict"]) == 0
    assert main([str(_feed(tmp_path, GOOD, BAD)), "--strict"]) == 1
    assert main([str(_feed(tmp_path, GOOD, BAD))]) == 0


def test_a_mapping_is_given_as_field_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("no,label,fee\n1,Tea,3\n", encoding="utf-8")
    assert main([str(path), "--map", "product_id=no, title=label,price=fee", "--currency", "EUR"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "product_id": "1", "title": "Tea", "price": "3.00", "currency": "EUR", "availability": "unknown",
    }  # fmt: skip
    assert said.err == f"{path}: --map product_id=no,title=label,price=fee\n"
    for wrong in ("title", "title=", "=a"):
        with pytest.raises(SystemExit):
            main([str(path), "--map", wrong])
        assert "expected field=column" in capsys.readouterr().err
    assert main([str(path)]) == 2
    assert "name it with --map product_id=COLUMN" in capsys.readouterr().err


def test_a_format_of_interactions_is_none_of_products(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["feed.csv", "--format", "recbole"])
    assert "expected one of acp, amazon" in capsys.readouterr().err
