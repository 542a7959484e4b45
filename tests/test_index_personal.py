"""Nothing personal of orders, analytics and tables reaches the disk, the screen or a message, in any way of reading.

Every value of a person is a canary here: a word that must not be found anywhere afterwards.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import main as build_main
from index.catalog import Product
from index.confidential import is_secret
from index.feeds import READERS, FeedError, Rejected, read_products
from index.read import main as read_main
from index.shoppers import SALT

FEEDS = Path(__file__).resolve().parent / "feeds"
ORDER = [
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price",
    "Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Name",
    "Billing Street", "Billing Address1", "Billing Address2", "Billing Company", "Billing City", "Billing Zip",
    "Billing Province", "Billing Country", "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Address1",
    "Shipping Address2", "Shipping Company", "Shipping City", "Shipping Zip", "Shipping Province",
    "Shipping Country", "Shipping Phone", "Notes", "Note Attributes", "Cancelled at", "Payment Method",
    "Payment Reference", "Refunded Amount", "Vendor", "Outstanding Balance", "Employee", "Location", "Device ID",
    "Id", "Tags", "Risk Level", "Source", "Lineitem discount", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name",
    "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value", "Tax 5 Name", "Tax 5 Value", "Phone",
    "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID",
    "Payment Terms Name", "Next Payment Due At", "Payment References",
]  # fmt: skip
"""The whole header of Shopify's orders export."""

NEEDED = {
    "Name": "#1001", "Created at": "2026-03-01 10:15:00 +0100", "Lineitem quantity": "1", "Lineitem sku": "TW-J-B-S",
    "Lineitem name": "Tidewater rain jacket", "Total": "89.00", "Refunded Amount": "0.00", "Cancelled at": "",
    "Id": "9", "Currency": "USD",
}  # fmt: skip


def _table(folder: Path, *rows: dict[str, str], header: list[str] | None = None, name: str = "orders.csv") -> Path:
    text = io.StringIO(newline="")
    written = csv.writer(text)
    columns = header or list(rows[0])
    written.writerow(columns)
    written.writerows([row.get(column, "") for column in columns] for row in rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _orders(folder: Path) -> Path:
    """Orders whose every column that is not needed holds a canary, good ones and broken ones in all ways."""
    canaries = {name: f"Canary{place}" for place, name in enumerate(ORDER) if name not in NEEDED}
    whole = {**canaries, **NEEDED, "Email": "Canary.Mail@people.example"}
    broken = [
        {**whole, "Name": f"#200{place}", name: value}
        for place, (name, value) in enumerate(
            [("Created at", "Canary Street 5"), ("Lineitem quantity", "+1 555 CANARY"), ("Refunded Amount", "Canary A"),
             ("Total", "canary.mail@people.example"), ("Lineitem sku", "canary@people.example"),
             ("Email", "Canary Name")]
        )
    ]  # fmt: skip
    path = _table(folder, whole, *broken, header=ORDER)
    shifted = ",".join(["#3001", *(f"Canary{place}" for place in range(len(ORDER) + 3))])
    with path.open("ab") as file:
        file.write(f"{shifted}\n".encode() + b'#3002,"Canary \xe9 quote,Canary\n' + shifted.encode() + b"\n")
    return path


def _ga4(folder: Path) -> Path:
    people = {"user_properties": {"mail": {"value": "canary@people.example"}, "name": {"value": "Canary"}}}
    item = {"item_id": "tidewater-cap", "affiliation": "Canary", "quantity": 1}
    event = {"name": "purchase", "params": {"transaction_id": "T", "items": [item], "engraving": "For Canary"}}
    good = {"client_id": "c.1", "timestamp_micros": 1767225600000000, "events": [event], **people}
    rows: list[object] = [
        good,
        {**good, "client_id": "canary@people.example"},
        {**good, "client_id": "+1 555 canary"},
        {**good, "client_id": {"mail": "canary@people.example"}},
        {**good, "timestamp_micros": "Canary"},
        {**good, "events": "Canary"},
        {**good, "events": ["Canary"]},
        {**good, "events": [{"name": "Canary bought", "params": {}}]},
        {**good, "events": [{"name": "purchase", "params": {"items": "Canary"}}]},
        {**good, "events": [{"name": "purchase", "params": {"items": [{"note": "Canary"}]}}]},
        {**good, "events": [{"name": "purchase", "params": {"items": [{"item_id": "x", "quantity": "Canary A"}]}}]},
        {"event_name": "purchase", "event_timestamp": 1767225600000000, "user_id": "Canary Name", "items": [item],
         "user_properties": [{"key": "mail", "value": {"string_value": "canary@people.example"}}]},
        ["Canary"],
    ]  # fmt: skip
    path = folder / "ga4.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"client_id": "canary", "events"\n')
    return path


def _log(folder: Path) -> Path:
    good = {"user_id": "7", "sku": "0012", "event": "view", "time": "2026-01-01", "qty": "1", "Customer": "Canary",
            "E-Mail": "canary@people.example", "Street": "Canary 1", "Comment": "Canary"}  # fmt: skip
    rows = [good, *({**good, key: "Canary Name"} for key in ("user_id", "event", "time", "qty"))]
    rows += [{**good, "user_id": "canary@people.example"}, {**good, "sku": ""}]
    return _table(folder, *rows, name="log.csv")


def _native(folder: Path) -> Path:
    good = {"user_id": "u", "product_id": "0012", "event": "view", "timestamp": 0, "note": "Canary"}
    rows = [good, {**good, "user_id": "canary@people.example"}, {**good, "event": "Canary came"},
            {**good, "timestamp": "Canary"}, {**good, "product_id": None}, {**good, "value": "Canary A"}]  # fmt: skip
    path = folder / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"user_id": "canary@people.example", "prod\n')
    return path


def _recbole(folder: Path) -> Path:
    path = folder / "x.inter"
    rows = ["canary@people.example\t0012\t4\t0\tCanary", "1\t0012\tCanary A\t0\tCanary", "1\t0012\t4\tCanary\tCanary"]
    header = "user_id:token\titem_id:token\trating:float\ttimestamp:float\tname:token"
    path.write_text("\n".join([header, *rows, "1\t0012\t4\t0\tx\tCanary"]) + "\n", encoding="utf-8")
    return path


def _reviews(folder: Path) -> Path:
    good = {
        "rating": 5,
        "title": "Canary",
        "text": "Canary",
        "parent_asin": "0012",
        "user_id": "AE",
        "timestamp": 10**12,
    }
    rows = [good, {**good, "user_id": "canary@people.example"}, {**good, "rating": "Canary A"},
            {**good, "rating": None}, {**good, "timestamp": "Canary"}]  # fmt: skip
    path = folder / "reviews.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


EVENTS = {make.__name__.strip("_"): make for make in (_orders, _ga4, _log, _native, _recbole, _reviews)}


def _leaks(folder: Path, said: str, feed: Path) -> Iterator[str]:
    if "canary" in said.lower():
        yield said[max(0, said.lower().index("canary") - 200) :][:400]
    for path in folder.rglob("*"):
        if path.is_file() and path != feed and b"canary" in path.read_bytes().lower():
            yield f"{path}: {path.read_bytes()[:2000]!r}"


@pytest.mark.parametrize("name", EVENTS)
def test_nothing_of_a_person_is_seen_or_stored(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SALT, raising=False)
    given, made = tmp_path / "given", tmp_path / "made"
    given.mkdir()
    made.mkdir()
    feed = EVENTS[name](given)
    assert "canary" in feed.read_text(encoding="utf-8", errors="replace").lower()
    command = [str(FEEDS / "shopify.csv"), "--currency", "USD", "--embedder", "hash-256", "--out", str(made / "index")]
    command += ["--interactions", str(feed)]
    assert build_main([*command, "--dry-run"]) == 0
    assert build_main([*command, "--strict"]) == 1
    assert build_main(command) == 0
    assert (made / "index" / "rejected.jsonl").stat().st_size
    files = ["--rejected", str(made / "bad.jsonl"), "--left-out", str(made / "left.jsonl")]
    assert read_main([str(feed), "--interactions", *files]) == 0
    assert (made / "bad.jsonl").stat().st_size
    said = capsys.readouterr()
    assert said.out.count('"user_id": ') >= 1, "what is good is kept"
    assert list(_leaks(made, said.out + said.err, feed)) == []


@pytest.mark.parametrize("name", EVENTS)
def test_what_is_about_shoppers_is_no_feed_of_products(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = EVENTS[name](tmp_path)
    out, bad = tmp_path / "out" / "index", tmp_path / "bad.jsonl"
    read_main([str(feed), "--rejected", str(bad)])
    build_main([str(feed), "--out", str(out), "--embedder", "hash-256"])
    build_main([str(feed), "--out", str(out), "--embedder", "hash-256", "--dry-run"])
    said = capsys.readouterr()
    if name in ("orders", "ga4", "recbole", "reviews"):
        assert f"{feed}: interactions (" in said.err and "expected products" in said.err
        assert list(_leaks(tmp_path, said.out + said.err, feed)) == []
    assert "canary@people.example" not in said.out


def test_no_format_of_products_stores_an_order(tmp_path: Path) -> None:
    feed = _orders(tmp_path)
    for format in READERS:
        try:
            rows = list(read_products([feed], format))
        except FeedError as error:
            assert "anary" not in str(error), format
            continue
        assert not any("canary" in str(row).lower() for row in rows), format


def test_a_header_that_is_missing_is_not_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.csv"
    path.write_text("canary@people.example,0012,2026-01-01\ncanary@people.example,0013,2026-01-01\n", encoding="utf-8")
    assert read_main([str(path), "--interactions"]) == 2
    assert read_main([str(path)]) == 2
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err
    assert said.err.count("the first row names no columns") == 2


@pytest.mark.parametrize(
    "name", [one for one in ORDER if one.startswith(("Billing", "Shipping ", "Phone", "Email", "Note"))]
)
def test_a_column_of_a_person_is_known_in_any_table(name: str) -> None:
    assert is_secret(name) or name == "Shipping Method"


def test_a_log_of_shoppers_beside_a_feed_is_not_read_as_products(tmp_path: Path) -> None:
    log = _log(tmp_path)
    (tmp_path / "t.csv").write_text("sku,name\n0012,Cap\n", encoding="utf-8")
    bad, cap = read_products([tmp_path])
    assert isinstance(bad, Rejected) and (bad.file, bad.value) == (str(log), "interactions (table)")
    assert isinstance(cap, Product)
