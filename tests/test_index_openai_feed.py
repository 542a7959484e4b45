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
    mug, flask = (row for row in read_products([FEEDS / "openai.csv"]) if isinstance(row, Product))
    assert [dict(variant.options) for variant in mug.variants] == [{"Color": "Red"}, {"Color": "Blue"}]
    assert flask.variants == (), "its options are of no group and are not looked at"


@pytest.mark.parametrize(
    "change",
    [
        *({field: None} for field in ROW),
        {"price": "5.00"}, {"price": "0 USD"}, {"price": "-1 USD"}, {"price": 5},
        {"availability": "preorder"}, {"availability": "In stock"}, {"availability": ""},
        {"url": "https://me:secret@a.example/"}, {"url": "a.example"}, {"title": "n/a"}, {"title": ["A"]},
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


def test_rows_of_one_group_join_unless_they_say_that_they_do_not_vary(tmp_path: Path) -> None:
    red, blue = ROW | {"group_id": "g", "color": "red"}, ROW | {"item_id": "b", "group_id": "g", "color": "blue"}
    [joined] = _read(tmp_path, red, blue | {"variant_dict": {"Ignored": "y"}})
    assert isinstance(joined, Product) and joined.product_id == "g"
    assert [dict(one.options) for one in joined.variants] == [{"color": "red"}, {"color": "blue"}]
    rows = _read(tmp_path, *({**row, "listing_has_variations": False} for row in (red, blue)))
    assert [row.product_id for row in rows if isinstance(row, Product)] == ["a", "b"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"star_rating": "6"}, "star_rating"), ({"dimensions": "3 x 4"}, "dimensions"), ({"gtin": 123}, "gtin"),
        ({"review_count": "some"}, "review_count"), ({"condition": "mint"}, "condition"),
        ({"sale_price": "9 USD"}, "sale_price"), ({"sale_price": "4 EUR"}, "sale_price"),
        ({"sale_price": "cheap"}, "sale_price"),
        ({"group_id": "g", "listing_has_variations": "true", "variant_dict": "{broken"}, "variant_dict"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_what_is_optional_is_left_out_and_told(
    change: dict[str, Any], field: str, tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(json.dumps(ROW | change) + "\n", encoding="utf-8")
    left: list[Rejected] = []
    [row] = read_products([path], leave_out=left.append)
    assert isinstance(row, Product) and (row.price, row.list_price) == (Decimal(5), None)
    assert [(one.line, one.field) for one in left] == [(1, field)]


def test_what_is_not_to_be_found_is_left_out_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "feed.jsonl"
    hidden = [ROW | {"is_eligible_search": False}, ROW | {"enable_search": "false", "is_eligible_search": "true"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in hidden), encoding="utf-8")
    assert list(read_products([path], say=said.append)) == []
    assert len(said) == 1 and "left out 2 x is_eligible_search, expected true" in said[0]
