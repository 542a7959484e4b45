"""ACP and UCP catalogues: minor units, what each requires, and variants."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Product, Variant
from index.feeds import Rejected, read_products

FEEDS = Path(__file__).resolve().parent / "feeds"
EUR = {"amount": 500, "currency": "EUR"}
ACP: dict[str, Any] = {"id": "a", "title": "A", "variants": [{"id": "a-1", "title": "A", "price": EUR}]}
UCP: dict[str, Any] = {
    "id": "a", "title": "A", "description": {"plain": "It is."}, "price_range": {"min": EUR, "max": EUR},
    "variants": [{"id": "a-1", "title": "A", "description": {"plain": "It is."}, "price": EUR}],
}  # fmt: skip


def _one(folder: Path, row: dict[str, Any], format: str) -> Product | Rejected:
    path = folder / "products.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    [found] = read_products([path], format)
    return found


def test_acp_prices_are_minor_units_of_their_currency() -> None:
    kettle, tea, bin_ = (row for row in read_products([FEEDS / "acp.jsonl"]) if isinstance(row, Product))
    assert (kettle.price, kettle.list_price, kettle.availability) == (
        Decimal("19.99"), Decimal("24.99"), "limited_stock",
    )  # fmt: skip
    assert (kettle.category, kettle.description, kettle.condition) == ("Kitchen > Kettles", "Boils fast", "new")
    assert kettle.image_url == "https://osprey.example/k.jpg", "a video is no picture"
    assert (kettle.variants[1].price, kettle.variants[1].availability) == (Decimal("29.99"), "out_of_stock")
    assert (str(tea.price), tea.title, tea.availability, tea.variants) == ("1200", "Osprey tea", "in_stock", ())
    assert (str(bin_.price), bin_.availability) == ("12.500", "unknown"), "stock that is not stated is not assumed"


def test_ucp_answers_of_a_search_are_read() -> None:
    chair, stool = (row for row in read_products([FEEDS / "ucp.json"]) if isinstance(row, Product))
    assert (chair.rating, chair.rating_count) == (4.28, 12)
    assert [dict(one.options) for one in chair.variants] == [{"Finish": "Natural"}, {"Finish": "Black"}]
    assert chair.variants[1].availability == "out_of_stock"
    assert stool.variants == (Variant("u2-1"),)


def test_a_folder_of_acp_has_metadata_beside_its_products(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text('{"id": "feed", "target_country": "DE"}')
    (tmp_path / "products.jsonl").write_bytes((FEEDS / "acp.jsonl").read_bytes())
    assert sum(isinstance(row, Product) for row in read_products([tmp_path])) == 3


@pytest.mark.parametrize("field", ["id", "variants"])
def test_what_acp_requires_is_required(field: str, tmp_path: Path) -> None:
    bad = _one(tmp_path, {**ACP, field: None}, "acp")
    assert isinstance(bad, Rejected) and bad.field == field
    assert isinstance(_one(tmp_path, {key: value for key, value in ACP.items() if key != "title"}, "acp"), Product)


@pytest.mark.parametrize("field", UCP)
def test_what_ucp_requires_is_required(field: str, tmp_path: Path) -> None:
    bad = _one(tmp_path, {**UCP, field: None}, "ucp")
    assert isinstance(bad, Rejected) and bad.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price": {"amount": "500", "currency": "EUR"}}, "variants.price.amount"),
        ({"price": {"amount": -1, "currency": "EUR"}}, "variants.price.amount"),
        ({"price": {"amount": 1, "currency": "Euro"}}, "variants.price.currency"),
        ({"price": 5}, "variants.price"),
        ({"availability": {"status": "perhaps"}}, "availability.status"),
        ({"availability": "in_stock"}, "availability"),
        ({"title": None}, "variants.title"),
        ({"variant_options": ["red"]}, "variants.options"),
    ],
)
def test_a_bad_variant_rejects_its_product(change: dict[str, Any], field: str, tmp_path: Path) -> None:
    row = {**ACP, "variants": [{**ACP["variants"][0], **change}]}
    bad = _one(tmp_path, row, "acp")
    assert isinstance(bad, Rejected) and bad.field == field


def test_a_flag_that_says_no_wins(tmp_path: Path) -> None:
    for flag, status, found in (
        (False, "in_stock", "out_of_stock"),
        (True, "preorder", "preorder"),
        (None, None, "unknown"),
    ):
        row = {**ACP, "variants": [{**ACP["variants"][0], "availability": {"available": flag, "status": status}}]}
        told = _one(tmp_path, row, "acp")
        assert isinstance(told, Product) and told.availability == found


def test_a_bad_variant_is_rejected_and_the_others_are_kept(tmp_path: Path) -> None:
    good = ACP["variants"][0]
    others = [{**good, "id": "a-2", "price": None}, {**good, "id": "a-3", "price": {"amount": 5, "currency": "USD"}},
              good, {**good, "id": "a-5", "title": ""}, {**good, "id": "a-6"}]  # fmt: skip
    path = tmp_path / "products.jsonl"
    path.write_text(json.dumps({**ACP, "variants": [good, *others]}) + "\n", encoding="utf-8")
    rows = list(read_products([path]))
    assert [(row.line, row.field) for row in rows if isinstance(row, Rejected)] == [
        (1, "variants.price"), (1, "variants.price"), (1, "variants.id"), (1, "variants.title"),
    ]  # fmt: skip
    [product] = (row for row in rows if isinstance(row, Product))
    assert [one.variant_id for one in product.variants] == ["a-1", "a-6"]


def test_what_cannot_be_read_of_what_is_optional_is_left_out_and_told(tmp_path: Path) -> None:
    bad = {
        "url": "javascript:alert(1)",
        "barcodes": [{"type": "ean", "value": "1"}],
        "condition": ["odd"],
        "list_price": {"amount": "x", "currency": "EUR"},
        "media": [{"type": "image", "url": "ftp://x"}],
    }
    path = tmp_path / "products.jsonl"
    row = {**ACP, "variants": [{**ACP["variants"][0], **bad}], "rating": {"value": 9}, "tags": "one"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    left: list[Rejected] = []
    [product] = read_products([path], leave_out=left.append)
    assert isinstance(product, Product) and product.price == 5
    assert {one.field for one in left} == {
        "variants.url", "variants.barcodes", "variants.condition", "variants.list_price.amount", "media.url",
        "rating.scale_max", "tags",
    }  # fmt: skip


def test_markdown_is_read_as_text(tmp_path: Path) -> None:
    lines = (
        "# Quiet",
        "",
        "* **Warm** and _soft_, 5*3 snake_case_name",
        "* See [more](javascript:alert(1))",
        "<b>New</b>",
    )
    text = "\n".join(lines)
    told = _one(tmp_path, {**ACP, "description": {"markdown": text}}, "acp")
    assert isinstance(told, Product)
    assert told.description == "Quiet Warm and soft, 5*3 snake_case_name See more New"
