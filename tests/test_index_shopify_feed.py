"""Shopify's product CSV in both generations of headers."""

from decimal import Decimal
from pathlib import Path

import pytest

from index.catalog import Constraints, Product, Variant
from index.feeds import Rejected, read_products
from index.native_feed import product_to_json

FEEDS = Path(__file__).resolve().parent / "feeds"
HEADER = (
    "Handle,Title,Status,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Inventory Policy"
)


def _all(sample: str) -> dict[str, Product]:
    rows = read_products([FEEDS / sample], currency="USD")
    return {row.product_id: row for row in rows if isinstance(row, Product)}


def test_rows_of_a_handle_are_one_product() -> None:
    jacket = _all("shopify.csv")["tidewater-rain-jacket"]
    assert jacket.description == "Keeps you dry. Taped seams Two pockets"
    assert jacket.category == "Apparel & Accessories > Clothing > Outerwear > Jackets"
    assert (jacket.price, jacket.list_price, jacket.currency) == (Decimal("89.00"), Decimal("120.00"), "USD")
    assert jacket.attributes["tags"] == ("rain", "outdoor")
    assert (jacket.attributes["Color"], jacket.attributes["Size"]) == (("Blue", "Red"), ("S", "M"))
    blue_small, blue, red = jacket.variants
    assert blue_small == Variant("TW-J-B-S", gtin="4006381333931", options={"Color": "Blue", "Size": "S"})
    assert (blue.price, blue.availability) == (Decimal("95.00"), "out_of_stock")
    assert (red.price, red.list_price, red.availability) == (Decimal("79.00"), None, "backorder")


def test_the_variant_that_is_asked_for_is_filtered_and_shown() -> None:
    jacket = _all("shopify.csv")["tidewater-rain-jacket"]
    assert not Constraints(attributes={"color": ("red",)}, in_stock=True).matches(jacket)
    shown = Constraints(attributes={"color": ("red",)}).shown(jacket)
    assert (shown.price, shown.availability, shown.title) == (
        Decimal("79.00"), "backorder", "Tidewater rain jacket - Red / M",
    )  # fmt: skip


def test_a_single_variant_is_the_product_and_keeps_its_number() -> None:
    told = _all("shopify.csv")
    cap = told["tidewater-cap"]
    assert (cap.price, cap.availability, cap.variants) == (Decimal("15.50"), "in_stock", (Variant("0012"),))
    assert "Title" not in cap.attributes
    assert "tidewater-tote" not in told, "a draft is not for sale"


def test_headers_of_before_are_read() -> None:
    told = _all("shopify_legacy.csv")
    pot, cup = told["brindle-teapot"], told["brindle-cup"]
    assert (pot.description, pot.mpn, pot.availability) == ("Holds a litre & pours well.", "BT-900", "limited_stock")
    assert (cup.price, cup.availability) == (Decimal("8.00"), "in_stock"), "the small one is sold out"
    ids = [variant.variant_id for variant in cup.variants]
    assert ids == ["BR-2-S", "BR-2-L", "brindle-cup-huge"], "two have one number"


def test_what_cannot_be_read_of_what_is_optional_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    header = f"{HEADER},Variant Barcode,Variant Compare At Price,Variant Grams,Image Src,Image Position,Variant Image"
    row = "a,A,active,true,,,S1,5.00,,,,0306406152,ask,heavy,//cdn.example/a.jpg,first,javascript:x"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    left: list[Rejected] = []
    [product] = read_products([path], leave_out=left.append, currency="EUR")
    assert isinstance(product, Product) and (str(product.price), product.list_price) == ("5.00", None)
    assert {(one.line, one.field) for one in left} == {
        (2, "Barcode"), (2, "Compare-at price"), (2, "Weight value (grams)"), (2, "Product image URL"),
        (2, "Image position"), (2, "Variant image URL"),
    }  # fmt: skip


def test_rows_may_be_in_another_order_and_options_without_names(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = ["a,,,,,M,S2,7,,,", "a,A,active,true,,S,S1,5,,,", "b,B,active,true,Title,Default Title,,9,,,"]
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    first, second = (row for row in read_products([path]) if isinstance(row, Product))
    assert (first.title, str(first.price)) == ("A", "5.00")
    assert [dict(one.options) for one in first.variants] == [{"Option 1": "M"}, {"Option 1": "S"}]
    assert (second.product_id, second.variants, second.attributes) == ("b", (), {})


def test_a_metafield_of_the_merchants_own_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    more = "Supplier cost (product.metafields.custom.supplier_cost),Fabric (product.metafields.custom.fabric)"
    path.write_text(f"{HEADER},{more}\na,A,active,true,,,S1,5,,,,31.77,Wool\n", encoding="utf-8")
    [product] = read_products([path])
    assert isinstance(product, Product) and dict(product.attributes) == {"fabric": ("Wool",)}


@pytest.mark.parametrize("sample", ["shopify.csv", "shopify_legacy.csv"])
def test_what_an_item_costs_the_merchant_is_not_read(sample: str) -> None:
    raw = (FEEDS / sample).read_text(encoding="utf-8")
    told = str([product_to_json(product) for product in _all(sample).values()])
    for secret in ("31.77", "3.21", "7.77", "1.23"):
        assert secret not in told
    assert "31.77" in raw or "7.77" in raw


@pytest.mark.parametrize(
    ("cells", "availability"),
    [
        ("active,true,,,S1,5,shopify,9,deny", "in_stock"),
        ("active,true,,,S1,5,shopify,2,deny", "limited_stock"),
        ("active,true,,,S1,5,shopify,0,deny", "out_of_stock"),
        ("active,true,,,S1,5,shopify,-1,continue", "backorder"),
        ("active,true,,,S1,5,shopify,,deny", "unknown"),
        ("active,true,,,S1,5,shopify,,continue", "in_stock"),
        ("active,true,,,S1,5,,0,deny", "in_stock"),
    ],
)
def test_stock_is_what_quantity_tracker_and_policy_say(cells: str, availability: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADER}\na,A,{cells}\n", encoding="utf-8")
    [product] = read_products([path])
    assert isinstance(product, Product) and product.availability == availability


def test_a_bad_variant_is_rejected_and_its_product_kept(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = ["a,A,active,true,Size,S,S1,5,,,", "a,,,,,M,S2,,,,", "a,,,,,L,S3,7,shopify,many,", ",,,,,,,1,,,"]
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    found = list(read_products([path]))
    assert [(row.line, row.field) for row in found if isinstance(row, Rejected)] == [
        (5, "URL handle"), (3, "Price"), (4, "Inventory quantity"),
    ]  # fmt: skip
    [product] = [row for row in found if isinstance(row, Product)]
    assert [variant.variant_id for variant in product.variants] == ["S1"]


@pytest.mark.parametrize("cells", ["draft,true", "active,false"])
def test_what_the_store_does_not_show_is_left_out_and_told(cells: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADER}\na,A,{cells},,,S1,0.00,,,\nb,B,active,true,,,S2,5,,,\n", encoding="utf-8")
    left: list[Rejected] = []
    gone: list[str] = []
    [product] = read_products([path], leave_out=left.append, withdraw=gone.append)
    assert isinstance(product, Product) and product.product_id == "b"
    assert ([row.line for row in left], gone) == ([2], ["a"])
    assert "is left out" in left[0].expected


def test_what_is_archived_is_discontinued_whatever_its_stock(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADER}\na,A,archived,true,,,S1,5.00,,9,deny\n", encoding="utf-8")
    [product] = read_products([path])
    assert isinstance(product, Product) and product.availability == "discontinued"
