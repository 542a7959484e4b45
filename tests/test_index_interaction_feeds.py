"""Orders, analytics and research data as interactions; and that nothing personal of an order is kept."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index import shoppers
from index.build import Told, build
from index.catalog import Product
from index.embed import HashEmbedder
from index.feeds import (
    INTERACTION_READERS,
    FeedError,
    Rejected,
    interaction_from_json,
    interaction_to_json,
    known_products,
    read_interactions,
    read_products,
)
from index.interactions import Interaction
from index.read import main
from index.shoppers import SALT, kept_salt, known_shopper, shopper_id

FEEDS = Path(__file__).resolve().parent / "feeds"
SAMPLES: Mapping[str, tuple[str, ...]] = {
    "native": (),
    "shopify_orders": ("shopify_orders.csv",),
    "ga4": ("ga4.jsonl",),
    "recbole": ("recbole.inter",),
    "amazon_reviews": ("amazon_reviews.jsonl", "amazon_ratings.csv"),
    "table": ("events.csv",),
}
SAMPLED = [(name, sample) for name, samples in SAMPLES.items() for sample in samples]
CANARIES = ("canary", "555 01", "ring twice")
"""What the sample's orders hold of people, beside what names the shopper by a hash."""


def _salt() -> bytes:
    return b"a secret"


def _told(sample: str, format: str | None = None) -> tuple[list[Interaction], list[Rejected]]:
    rows = list(read_interactions(FEEDS / sample, format, salt=_salt))
    return [row for row in rows if isinstance(row, Interaction)], [row for row in rows if isinstance(row, Rejected)]


def test_every_format_of_interactions_has_a_sample() -> None:
    assert SAMPLES.keys() == INTERACTION_READERS.keys()


@pytest.mark.parametrize(("name", "sample"), SAMPLED)
def test_a_format_is_known_by_its_content_and_survives_the_native_one(name: str, sample: str, tmp_path: Path) -> None:
    kept, rejected = _told(sample, name)
    assert kept and rejected
    assert _told(sample) == (kept, rejected)
    for row in kept:
        assert interaction_from_json(json.loads(json.dumps(interaction_to_json(row)))) == row
    lines = (FEEDS / sample).read_text(encoding="utf-8").count("\n")
    assert all(row.file.endswith(sample) and 0 < row.line <= lines and row.expected for row in rejected)


def test_orders_are_purchases_of_hashed_shoppers() -> None:
    kept, rejected = _told("shopify_orders.csv")
    one, other = shopper_id("canary.mail@people.example", b"a secret"), shopper_id("order #1005", b"a secret")
    assert [(row.user_id, row.product_id, row.value) for row in kept] == [
        (one, "TW-J-B-S", 1.0),
        (one, "0012", 2.0),
        (one, "Tidewater tote", 1.0),
        (other, "TW-T", 1.0),
    ], "the cancelled order and the refunded one are none"
    assert kept[1].timestamp == datetime(2026, 3, 1, 9, 15, tzinfo=UTC)
    assert [(row.line, row.field) for row in rejected] == [(8, "Created at"), (9, "Lineitem quantity"), (10, "row")]
    assert not any(canary in str(row).lower() for row in rejected for canary in CANARIES)


def test_a_hash_needs_the_salt() -> None:
    assert shopper_id(" A@b.example ", b"x") == shopper_id("a@B.EXAMPLE", b"x") != shopper_id("a@b.example", b"y")
    assert "b.example" not in shopper_id("a@b.example", b"x")


def test_nothing_personal_reaches_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(SALT, raising=False)
    orders, out = FEEDS / "shopify_orders.csv", tmp_path / "index"
    report = build(
        [FEEDS / "shopify.csv"], out, interactions=orders, embedder=HashEmbedder(), told=Told(currency="USD")
    )
    assert report.interactions == 4
    stored = [
        row for row in read_interactions(next(out.glob("g-*/interactions.jsonl*"))) if isinstance(row, Interaction)
    ]
    assert [row.product_id for row in stored] == [
        "tidewater-rain-jacket", "tidewater-cap", "Tidewater tote", "TW-T",
    ]  # fmt: skip
    assert main([str(orders), "--interactions", "--rejected", str(tmp_path / "bad.jsonl")]) == 0
    said = capsys.readouterr()
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(everything) > 5
    for canary in CANARIES:
        assert canary not in (said.out + said.err).lower().replace(str(orders).lower(), "")
        for path in everything:
            assert canary.encode() not in path.read_bytes().lower(), path
    assert b"31.77" not in b"".join(path.read_bytes() for path in everything), "what an item costs the merchant"
    assert (out / "salt").stat().st_mode & 0o077 == 0
    assert kept_salt(out) == kept_salt(out)


def test_a_salt_is_made_only_where_there_is_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SALT, raising=False)
    for sample in ("events.csv", "ga4.jsonl"):
        list(read_interactions(FEEDS / sample, salt=lambda: kept_salt(tmp_path)))
    assert not (tmp_path / "salt").exists()
    (tmp_path / "log.csv").write_text("user,item,time\nme@people.example,a,2026-01-01\n", encoding="utf-8")
    [row] = read_interactions(tmp_path / "log.csv", salt=lambda: kept_salt(tmp_path))
    assert isinstance(row, Interaction) and row.user_id.startswith("s-") and "@" not in row.user_id
    assert (tmp_path / "salt").exists()


def test_a_variant_an_order_names_is_its_product() -> None:
    products = [row for row in read_products([FEEDS / "shopify.csv"], currency="USD") if isinstance(row, Product)]
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    names = ["TW-J-R-M", "Tidewater rain jacket - Blue / S", "tidewater-cap", "0012", "Tidewater cap", "gone"]
    found = known_products([Interaction("u", name, "purchase", moment) for name in names], products)
    jacket = "tidewater-rain-jacket"
    assert [row.product_id for row in found] == [
        jacket,
        jacket,
        "tidewater-cap",
        "tidewater-cap",
        "tidewater-cap",
        "gone",
    ]


def test_a_purchase_is_counted_once_by_its_transaction() -> None:
    kept, _ = _told("ga4.jsonl")
    assert [(row.event, row.product_id, row.value) for row in kept] == [
        ("view", "p1", None), ("cart", "p1", 2.0), ("purchase", "p1", 2.0), ("purchase", "Bowl", None),
        ("purchase", "p3", 1.0),
    ]  # fmt: skip


def test_times_are_read_in_every_unit(tmp_path: Path) -> None:
    moment = datetime(2020, 5, 5, 14, 8, 48, tzinfo=UTC)
    in_words = ("2020-05-05T14:08:48", "2020-05-05 16:08:48+02:00", "2020-05-05 14:08:48 UTC")
    for written in ("1588687728", "1588687728000", "1588687728000000", *in_words):
        path = tmp_path / "log.csv"
        path.write_text(f"user_id,item_id,timestamp\nu,i,{written}\n", encoding="utf-8")
        assert [row.timestamp for row in read_interactions(path) if isinstance(row, Interaction)] == [moment]


def test_a_column_that_is_needed_and_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,what,when\nu,i,0\n", encoding="utf-8")
    with pytest.raises(
        FeedError, match="no column for user_id among who, what, when; name it with --map user_id=COLUMN"
    ):
        list(read_interactions(path))
    mapping = {"user_id": "who", "product_id": "what", "timestamp": "when"}
    [row] = read_interactions(path, mapping=mapping)
    assert row == Interaction("u", "i", "purchase", datetime(1970, 1, 1, tzinfo=UTC))


def test_what_analytics_tell_besides_is_counted_and_a_bad_item_takes_no_other_along(tmp_path: Path) -> None:
    items = [{"item_id": "a"}, {"item_id": "(not set)"}, {"item_id": "(not set)", "item_name": "b"},
             {"item_id": "c", "quantity": "two"}]  # fmt: skip
    row = {"client_id": "c.1", "timestamp_micros": 10**15, "events": [
        {"name": "purchase", "params": {"transaction_id": "(not set)", "items": items}}, {"name": "begin_checkout"},
        {"name": "refund"},
    ]}  # fmt: skip
    path = tmp_path / "ga4.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(row) + "\n", encoding="utf-8")
    said: list[str] = []
    rows = list(read_interactions(path, say=said.append))
    assert [one.product_id for one in rows if isinstance(one, Interaction)] == ["a", "b"] * 2
    assert [(one.line, one.field, one.value) for one in rows if isinstance(one, Rejected)] == [
        (1, "items.item_id", "None"), (1, "items.quantity", "'two'"),
        (2, "items.item_id", "None"), (2, "items.quantity", "'two'"),
    ]  # fmt: skip
    assert len(said) == 1 and "left out 4 x event, expected one of view_item, select_item" in said[0]


@pytest.mark.parametrize(
    ("name", "field", "hashed"),
    [("7", "user_id", False), ("GA1.2.3-4", "client_id", False), ("jo", "user_id", False),
     ("a@b.example", "user", True), ("+1 555 0100", "visitor", True), ("Jo Doe", "user_id", True),
     ("jo", "email", True), ("jo", "full_name", True)],
)  # fmt: skip
def test_an_id_that_names_a_person_is_hashed(name: str, field: str, hashed: bool) -> None:
    found = known_shopper(name, field, _salt)
    assert found == (shopper_id(name, _salt()) if hashed else name)


def test_german_orders_are_guessed_and_cancelled_ones_are_no_purchases(tmp_path: Path) -> None:
    path = tmp_path / "bestellungen.csv"
    path.write_text(
        "Bestellnummer;Bestelldatum;Kundennummer;Artikelnummer;Menge;Status\n"
        "B1;03.01.2026 17:05;K053;A1;2;versendet\nB2;14.03.2026;K017;A2;1;storniert\n"
        "B3;31.12.2025;K017;A3;1;teilweise erstattet\n",
        encoding="utf-8",
    )
    told: list[str] = []
    found = [row for row in read_interactions(path, say=told.append) if isinstance(row, Interaction)]
    assert [(row.user_id, row.product_id, row.value) for row in found] == [("K053", "A1", 2.0), ("K017", "A3", 1.0)]
    assert found[0].timestamp == datetime(2026, 1, 3, 17, 5, tzinfo=UTC)
    assert any("left out 1 x Status" in one and "'storniert'" in one for one in told)


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("05/03/2026", "14/03/2026"), datetime(2026, 3, 5, tzinfo=UTC)),
        (("05/03/2026", "03/14/2026"), datetime(2026, 5, 3, tzinfo=UTC)),
        (("05/03/2026", "06/03/2026"), None),
        (("14/03/2026", "03/14/2026"), None),
    ],
)
def test_days_with_strokes_are_read_where_the_table_leaves_no_doubt(
    days: tuple[str, ...], first: datetime | None, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    rows = "".join(f"u,i,{day} 00:00\n" for day in days)
    path.write_text(f"user_id,item_id,date\n{rows}", encoding="utf-8")
    found = list(read_interactions(path))
    if first is None:
        assert all(isinstance(row, Rejected) and "day or" in row.expected for row in found) and len(found) == 2
    else:
        assert next(row.timestamp for row in found if isinstance(row, Interaction)) == first and len(found) == 2


def test_the_option_that_names_columns_is_the_one_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,what,when\nu,i,0\n", encoding="utf-8")
    with pytest.raises(FeedError, match="name it with --interactions-map user_id=COLUMN"):
        list(read_interactions(path, flag="--interactions-map"))


def test_the_id_of_an_address_is_found_by_the_salt_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SHOP_SALT", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("Ada@people.example\n\nK053\n"))
    assert shoppers.main([str(tmp_path)]) == 2 and "keeps no salt" in capsys.readouterr().err
    assert shoppers.shopper_of(tmp_path, "ada@people.example") == "ada@people.example"
    salt = shoppers.kept_salt(tmp_path)
    assert shoppers.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [shoppers.shopper_id("ada@people.example", salt), "K053"]
