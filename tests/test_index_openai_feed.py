"""OpenAI's product feed: the rules of its fields."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Product
from index.feeds import Rejected, read_products
from index.openai_feed import REVISION

FEEDS = Path(__file__).resolve().parent / "feeds"
ROW: dict[str, Any] = {
    "item_id": "a", "title": "A", "description": "It is.", "url": "https://a.example/", "brand": "A",
    "seller_name": "Shop", "image_url": "https://a.example/a.jpg", "availability": "in_stock", "price": "5.00 USD",
}  # fmt: skip


def _read(folder: Path, *rows: dict[str, Any]) -> list[Product | Rejected]:
    path = folder / "feed.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return list(read_products([path]))


def test_variants_join_under_their_group() -> None:
    shoe, sock = (row for row in read_products([FEEDS / "openai.jsonl"]) if isinstance(row, Product))
    assert (shoe.product_id, shoe.price, shoe.list_price) == ("o1", Decimal("99.00"), Decimal("120.00"))
    assert (shoe.rating, shoe.rating_count) == (4.4, 31)
    assert shoe.attributes["Size"] == ("9", "10") and shoe.attributes["weight"] == ("320 g",)
    assert [variant.availability for variant in shoe.variants] == ["", "preorder"]
    assert (sock.product_id, sock.price, sock.list_price) == ("o2", Decimal("12.00"), None), "15 is no reduction of 12"
    [mug] = (row for row in read_products([FEEDS / "openai.csv"]) if isinstance(row, Product))
    assert [dict(variant.options) for variant in mug.variants] == [{"Color": "Red"}, {"Color": "Blue"}]


@pytest.mark.parametrize(
    "change",
    [
        *({field: None} for field in ROW),
        {"price": "5.00"}, {"price": "0 USD"}, {"price": "-1 USD"}, {"price": 5},
        {"availability": "preorder"}, {"availability": "In stock"}, {"availability": ""},
        {"url": "https://me:secret@a.example/"}, {"url": "a.example"}, {"title": "n/a"}, {"title": ["A"]},
        {"star_rating": "6"}, {"dimensions": "3 x 4"},
        {"group_id": "a", "listing_has_variations": True, "variant_dict": {"Size": "S"}},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_rules_refuse_is_rejected_and_the_revision_named(change: dict[str, Any], tmp_path: Path) -> None:
    [row] = _read(tmp_path, ROW | change)
    assert isinstance(row, Rejected), row
    assert REVISION in row.expected


def test_older_names_are_read_and_the_newer_wins(tmp_path: Path) -> None:
    old = {key: value for key, value in ROW.items() if key not in ("item_id", "url", "image_url")}
    rows = _read(
        tmp_path,
        old | {"id": "b", "link": "https://b.example/", "image_link": "https://b.example/b.jpg"},
        ROW | {"id": "c"},
        ROW | {"item_id": "d1", "item_group_id": "d", "listing_has_variations": "true",
               "Custom_variant1_category": "Finish", "Custom_variant1_option": "Matt"},
    )  # fmt: skip
    assert [row.product_id for row in rows if isinstance(row, Product)] == ["b", "a", "d"]
    assert isinstance(rows[2], Product) and rows[2].variants[0].options == {"Finish": "Matt"}


def test_without_what_makes_variants_a_row_stands_alone(tmp_path: Path) -> None:
    rows = _read(tmp_path, ROW | {"group_id": "g"}, ROW | {"item_id": "b", "group_id": "g", "variant_dict": {"x": "y"}})
    assert [row.product_id for row in rows if isinstance(row, Product)] == ["a", "b"]
