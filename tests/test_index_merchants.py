"""Feeds from their files to the products that a shopper finds; and the files that merchants hand over beside them."""

import gzip
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from index.build import Told, build
from index.build import main as build_main
from index.catalog import Constraints, Product
from index.embed import HashEmbedder
from index.feeds import INTERACTION_READERS, READERS, FeedError, Rejected, read_interactions, read_products
from index.folder import open_shop
from index.read import main as read_main

FEEDS = Path(__file__).resolve().parent / "feeds"
FOUND: tuple[tuple[str, str, str, str, str, str | None], ...] = (
    # format, sample, words, the most that it may cost, what is found, the variant that is meant where one is
    ("native", "native.jsonl", "desk lamp", "40", "lamp-1", None),
    ("google", "google_rss.xml", "linen shirt", "40", "MP-1", "Marrow linen shirt - Sand - S"),
    ("google", "google_atom.xml", "hand towel", "13", "A-1", None),
    ("google", "google.tsv", "monitor", "200", "T-1", None),
    ("google", "google.csv", "keyboard", "25", "K", "Orrin keyboard, black"),
    ("shopify", "shopify.csv", "rain jacket", "80", "tidewater-rain-jacket", "Tidewater rain jacket - Red / M"),
    ("shopify", "shopify_legacy.csv", "cup", "7", "brindle-cup", "Brindle cup - Small"),
    ("openai", "openai.jsonl", "trail shoe", "100", "o1", "Fenwick trail shoe - 9"),
    ("openai", "openai.csv", "mug", "12", "p1", "Fenwick mug blue"),
    ("acp", "acp.jsonl", "kettle", "20", "a1", "Osprey kettle 1 l"),
    ("ucp", "ucp.json", "chair", "150", "u1", None),
    ("schema_org", "schema_org.json", "coat", "150", "WC", "Wrenfield coat navy S"),
    ("schema_org", "schema_org.html", "bowl", "23", "https://hollis.example/bowl", None),
    ("amazon", "amazon.jsonl", "gel pens", "13", "B0AA000001", None),
    ("table", "table.csv", "shelf", "50", "W-1", None),
)
"""Of every sample a product to be found by words under a limit that it just keeps."""


@pytest.mark.parametrize(("format", "sample", "words", "most", "name", "variant"), FOUND)
def test_a_product_of_every_sample_is_found_by_words_within_its_price(
    format: str, sample: str, words: str, most: str, name: str, variant: str | None, tmp_path: Path
) -> None:
    zipped = tmp_path / f"{sample}.gz"
    zipped.write_bytes(gzip.compress((FEEDS / sample).read_bytes()))
    build([zipped], tmp_path / "index", embedder=HashEmbedder(), told=Told(currency="USD"))
    shop = open_shop(tmp_path / "index", HashEmbedder())
    try:
        limits = Constraints(price_max=Decimal(most))
        ranked = shop.lexical.rank(words, shop.allowed(limits), 5)
        assert shop.rows[ranked[0][0]].product_id == name
        shown = limits.shown(shop.products[name])
        assert shown.price is not None and Decimal(most) - 1 <= shown.price <= Decimal(most)
        assert variant is None or shown.title == variant
        dearer = shop.lexical.rank(words, shop.allowed(Constraints(price_max=shown.price - Decimal("0.01"))), 5)
        assert name not in {shop.rows[row].product_id for row, _ in dearer}
    finally:
        shop.close()


def test_every_format_is_found() -> None:
    assert {format for format, *_ in FOUND} == READERS.keys()
    assert {sample for _, sample, *_ in FOUND} >= {
        path.name for path in FEEDS.iterdir() if path.suffix in (".xml", ".json", ".html", ".tsv")
    }


def test_a_parquet_table_is_found_as_well(tmp_path: Path) -> None:
    columns = {"sku": ["a", "b"], "name": ["Oak lamp", "Oak desk"], "price": [19.5, 200.0], "cost_price": [3.77, 9.77]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")
    build([tmp_path / "t.parquet"], tmp_path / "index", embedder=HashEmbedder(), told=Told(currency="EUR"))
    shop = open_shop(tmp_path / "index", HashEmbedder())
    ranked = shop.lexical.rank("oak", shop.allowed(Constraints(price_max=Decimal(20))), 5)
    assert [shop.rows[row].product_id for row, _ in ranked] == ["a"]
    shop.close()
    assert not any(b"3.77" in path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file())


EVENTS = (
    "events.csv",
    "ga4.jsonl",
    "recbole.inter",
    "amazon_ratings.csv",
    "amazon_reviews.jsonl",
    "shopify_orders.csv",
)


@pytest.mark.parametrize("sample", sorted(path.name for path in FEEDS.iterdir()))
def test_a_sample_is_read_the_same_zipped_and_with_marks_of_windows(sample: str, tmp_path: Path) -> None:
    def rows(path: Path) -> list[str]:
        found = read_interactions([path], salt=lambda: b"salt") if sample in EVENTS else read_products([path])
        return [str(row).replace(str(path), sample) for row in found]

    data = (FEEDS / sample).read_bytes()
    expected = rows(FEEDS / sample)
    for name, changed in (("z.gz", gzip.compress(data)), ("w", b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))):
        path = tmp_path / f"{name}{Path(sample).suffix}"
        path.write_bytes(changed)
        assert rows(path) == expected, name


def test_a_folder_of_many_formats_is_one_shop_and_tells_what_it_did_not_read(tmp_path: Path) -> None:
    samples = ("google_rss.xml", "shopify.csv", "openai.jsonl", "acp.jsonl", "ucp.json", "schema_org.html")
    for sample in samples:
        shutil.copy(FEEDS / sample, tmp_path / sample)
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "README.txt").write_text("What is here", encoding="utf-8")
    shutil.copy(FEEDS / "shopify_orders.csv", tmp_path / "orders.csv")
    said: list[str] = []
    rows = list(read_products([tmp_path], currency="USD", say=said.append))
    alone = [row for sample in samples for row in read_products([FEEDS / sample], currency="USD")]
    kept = [row for row in rows if isinstance(row, Product)]
    assert sorted(row.product_id for row in kept) == sorted(row.product_id for row in alone if isinstance(row, Product))
    others = [row for row in rows if isinstance(row, Rejected) and row.field == "file"]
    assert {Path(row.file).name: row.value.partition(" ")[0] for row in others} == {
        "README.txt": "of", "orders.csv": "interactions",
    }  # fmt: skip
    assert any("not read, no feeds by their names: list.xlsx" in line for line in said)
    assert any("prices in more than one currency" in line for line in said)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04rest", "a zip archive or a workbook"),
        (b"BZh91AY", "packed by bzip2"),
        (b"%PDF-1.7", "a PDF"),
        (b"Tea\nCup\n", "of no format that is known, expected JSON, XML"),
        (b"1234567,Tea,5\n1234568,Cup,6\n", "the first row names no columns, expected a header"),
    ],
)
def test_what_is_no_feed_is_one_sentence(
    content: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    assert read_main([str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(f"index.read: {path}: {told}") and said.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"id,title\n", b'<?xml version="1.0"?><rss><channel/></rss>'])
def test_a_feed_without_a_product_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    said: list[str] = []
    assert list(read_products([path], say=said.append)) == []
    assert f"{path}: no product in it, read as" in said[-1]


def test_a_line_beyond_all_bounds_is_rejected_and_the_next_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.source._LONGEST_LINE", 1000)
    rows = [json.dumps({"product_id": f"p{place}", "title": "T" * size}) for place, size in enumerate((5, 5000, 5))]
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    first, bad, last = read_products([path])
    assert isinstance(first, Product) and isinstance(last, Product) and last.product_id == "p2"
    assert isinstance(bad, Rejected) and (bad.line, bad.value) == (2, "longer than 64 MiB")
    monkeypatch.setattr("index.source._LONGEST_DOCUMENT", 50)
    with pytest.raises(FeedError, match="expected one object a line"):
        list(read_products([FEEDS / "ucp.json"]))


def test_native_rows_may_be_one_document_or_utf_16(tmp_path: Path) -> None:
    rows = [{"product_id": "a", "title": "Thé"}, {"product_id": "b"}, {"product_id": "c", "title": "Té"}]
    path = tmp_path / "feed.json"
    for text in (json.dumps(rows, indent=2), json.dumps({"products": rows}), "\n".join(map(json.dumps, rows))):
        for encoding in ("utf-8", "utf-16"):
            path.write_text(text, encoding=encoding)
            if encoding == "utf-16" and text.startswith(("[", '{"products')):
                continue
            found = list(read_products([path]))
            assert [row.product_id for row in found if isinstance(row, Product)] == ["a", "c"]


def test_a_mapping_makes_a_delimited_file_a_table_and_is_told_of_where_it_is_no_use(tmp_path: Path) -> None:
    said: list[str] = []
    mapping = {"product_id": "item_group_id", "title": "brand"}
    row, *_ = read_products([FEEDS / "google.csv"], mapping=mapping, say=said.append)
    assert isinstance(row, Product) and (row.product_id, row.title) == ("K", "Orrin")
    list(read_products([FEEDS / "google_rss.xml"], mapping=mapping, say=said.append))
    assert f"{FEEDS / 'google_rss.xml'}: --map is of tables and was not used, this is google" in said


def test_two_currencies_of_one_row_contradict(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "sku,name,price,was_price,currency\na,A,$5,,EUR\nb,B,5,6 USD,EUR\nc,C,5 EUR,6,EUR\n", encoding="utf-8"
    )
    one, two, kept = read_products([path])
    assert isinstance(one, Rejected) and (one.field, one.expected) == ("price", "an amount in EUR, which currency says")
    assert isinstance(two, Rejected) and two.field == "was_price"
    assert isinstance(kept, Product) and (str(kept.price), str(kept.list_price)) == ("5.00", "6.00")


def test_what_was_left_out_is_told_in_full_and_is_no_rejection(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "sku,name,ean,rating,url,image,help\n"
        "a,A,4006381333932,good,javascript:alert(1),data:x,write to me@people.example\n"
        "b,B,123,4.5,https://a.example/,b.jpg,\n",
        encoding="utf-8",
    )
    left = tmp_path / "left.jsonl"
    assert read_main([str(path), "--left-out", str(left), "--strict"]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["product_id"] for line in said.out.splitlines()] == ["a", "b"]
    rows = [json.loads(line) for line in left.read_text(encoding="utf-8").splitlines()]
    assert {(row["line"], row["field"]) for row in rows} == {
        (2, "ean"), (2, "rating"), (2, "url"), (2, "image"), (2, "help"), (3, "ean"),
    }  # fmt: skip
    assert f"{path}: left out 2 x ean, expected 8, 12, 13 or 14 digits" in said.err
    assert "people.example" not in said.out + said.err + left.read_text(encoding="utf-8")
    assert build_main([str(path), "--out", str(tmp_path / "index"), "--dry-run", "--strict"]) == 0
    said = capsys.readouterr()
    assert "left out 2 x ean" in said.err and "read 2, kept 2, rejected 0; nothing was written" in said.out
    assert not (tmp_path / "index").exists()


def test_a_dry_run_shows_ten_products_as_they_would_be_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{place},Lamp {place},{place}" for place in range(12)]
    path.write_text("\n".join(["sku,name,price", *rows, "x,,5"]) + "\n", encoding="utf-8")
    command = [str(path), "--out", str(tmp_path / "index"), "--currency", "eur", "--dry-run"]
    assert build_main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [json.loads(line) for line in lines if line.startswith("{")]
    assert [row["product_id"] for row in shown] == [str(place) for place in range(10)]
    assert shown[3] == {
        "product_id": "3",
        "title": "Lamp 3",
        "price": "3.00",
        "currency": "EUR",
        "availability": "unknown",
    }
    assert "read 13, kept 12, rejected 1; nothing was written" in lines
    assert build_main([*command, "--strict"]) == 1
    assert build_main([*command[:-1], "--strict"]) == 1
    assert not (tmp_path / "index").exists()


def test_every_format_can_be_asked_for_whatever_a_file_holds(tmp_path: Path) -> None:
    for format in READERS:
        for sample in FEEDS.iterdir():
            try:
                list(read_products([sample], format))
            except FeedError as error:
                assert str(sample) in str(error)
    for format in INTERACTION_READERS:
        for sample in FEEDS.iterdir():
            try:
                list(read_interactions([sample], format))
            except FeedError as error:
                assert str(sample) in str(error)
