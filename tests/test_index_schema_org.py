"""schema.org JSON-LD in files and pages."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Product
from index.feeds import Rejected, read_products

FEEDS = Path(__file__).resolve().parent / "feeds"


def _read(folder: Path, document: object, name: str = "page.json") -> list[Product | Rejected]:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return list(read_products([path], "schema_org"))


def test_a_group_joins_its_variants_wherever_they_stand() -> None:
    rows = list(read_products([FEEDS / "schema_org.json"]))
    coat, scarf = (row for row in rows if isinstance(row, Product))
    assert (coat.product_id, coat.title, coat.brand, coat.category) == (
        "WC", "Wrenfield coat", "Wrenfield", "Clothing > Coats",
    )  # fmt: skip
    assert (coat.price, coat.list_price, coat.availability) == (Decimal("150.00"), Decimal("200.00"), "in_stock")
    assert (coat.rating, coat.rating_count, coat.reviews) == (4.2, 17, ("Warm, but it runs large.",))
    assert [(one.variant_id, dict(one.options)) for one in coat.variants] == [
        ("WC-S", {"color": "Navy", "size": "S"}), ("WC-M", {"color": "Navy", "size": "M"}),
    ]  # fmt: skip
    assert (scarf.price, scarf.gtin, scarf.compatible_with) == (Decimal("19.50"), "4006381333931", ("Wrenfield coat",))
    assert scarf.attributes == {"weight": ("0.2 kg",), "Length": ("180 cm",)}
    assert "A Shopper" not in str(rows), "who wrote a review is not kept"


def test_a_page_has_scripts_one_of_which_may_be_broken(tmp_path: Path) -> None:
    mug, bowl = read_products([FEEDS / "schema_org.html"])
    assert isinstance(mug, Product) and isinstance(bowl, Product)
    assert (mug.product_id, mug.title, mug.availability) == ("HM-1", "Hollis mug & lid", "limited_stock")
    assert (bowl.product_id, bowl.price, bowl.availability) == (
        "https://hollis.example/bowl", Decimal("22.50"), "out_of_stock",
    )  # fmt: skip
    page = (FEEDS / "schema_org.html").read_text(encoding="utf-8")
    bad, still = _read(tmp_path, page.replace("[{", "[{{", 1), "broken.html")
    assert isinstance(bad, Rejected) and (bad.line, bad.field) == (4, "script")
    assert isinstance(still, Product) and still.title == "Hollis bowl"


def test_a_page_without_json_ld_is_rejected_and_takes_no_other_along(tmp_path: Path) -> None:
    microdata = '<!doctype html><div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Mug</b></div>'
    (tmp_path / "about.html").write_text("<html><body>Nothing</body></html>", encoding="utf-8")
    (tmp_path / "micro.html").write_text(microdata, encoding="utf-8")
    (tmp_path / "mug.html").write_bytes((FEEDS / "schema_org.html").read_bytes())
    about, micro, *products = read_products([tmp_path])
    assert isinstance(about, Rejected) and isinstance(micro, Rejected) and len(products) == 2
    assert (about.line, about.field, about.value) == (1, "page", "a page without JSON-LD")
    assert micro.value == "a page without JSON-LD, its microdata is not read"


def test_a_page_of_broken_sections_is_read_around_them(tmp_path: Path) -> None:
    script = '<script type="application/ld+json">{"@type": "Product", "name": "Mug", "sku": "m"}</script>'
    (tmp_path / "odd.html").write_text(f"<html><![CDATAscript x><![if IE]>{script}<![", encoding="utf-8")
    [row] = read_products([tmp_path / "odd.html"])
    assert isinstance(row, Product) and row.title == "Mug"


def test_an_old_page_is_read_in_its_code_page(tmp_path: Path) -> None:
    script = '<script type="application/ld+json">{"@type": "Product", "name": "Café – noir", "sku": "c"}</script>'
    (tmp_path / "old.html").write_bytes(f"<html>{script}</html>".encode("cp1252"))
    [row] = read_products([tmp_path / "old.html"])
    assert isinstance(row, Product) and row.title == "Café – noir"


def test_what_cannot_be_read_of_what_is_optional_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    offer = {"price": "5", "itemCondition": "odd", "url": "javascript:x",
             "priceSpecification": {"priceType": "ListPrice", "price": "much"}}  # fmt: skip
    more = {"gtin13": "123", "aggregateRating": {"ratingValue": "good"}, "image": "javascript:x", "offers": offer,
            "itemCondition": "worn", "sku": "s"}  # fmt: skip
    path.write_text(json.dumps(_product(**more)), encoding="utf-8")
    left: list[Rejected] = []
    [row] = read_products([path], "schema_org", currency="EUR", leave_out=left.append)
    assert isinstance(row, Product) and (str(row.price), row.currency) == ("5.00", "EUR")
    assert {one.field for one in left} == {
        "gtin", "aggregateRating.ratingValue", "image", "offers.itemCondition", "offers.url", "itemCondition",
        "offers.priceSpecification.price",
    }  # fmt: skip


def test_a_variant_in_another_currency_is_rejected_and_the_others_are_kept(tmp_path: Path) -> None:
    def variant(sku: str, code: str) -> dict[str, Any]:
        return {"@type": "Product", "name": sku, "sku": sku, "offers": {"price": "5", "priceCurrency": code}}

    members = [variant("a", "EUR"), variant("b", "USD"), variant("c", "EUR")]
    group = {"@type": "ProductGroup", "name": "G", "productGroupID": "g", "hasVariant": members}
    bad, row = _read(tmp_path, group)
    assert isinstance(bad, Rejected) and isinstance(row, Product)
    assert (bad.field, [one.variant_id for one in row.variants]) == ("offers", ["a", "c"])


def _product(**more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "Product", "name": "A Thing", **more}


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"sku": "s", "mpn": "m"}, "s"),
        ({"mpn": "m", "@id": "#x"}, "#x"),
        ({"mpn": "m", "gtin": "g"}, "g"),
        ({"mpn": "m", "url": "u"}, "m"),
        ({"url": "https://a.example/"}, "https://a.example/"),
        ({}, "a-thing"),
    ],
)
def test_an_id_is_the_first_stated_of_its_fallbacks(more: dict[str, Any], name: str, tmp_path: Path) -> None:
    [row] = _read(tmp_path, _product(**more))
    assert isinstance(row, Product) and row.product_id == name


@pytest.mark.parametrize(
    ("offers", "price", "availability"),
    [
        ({"price": "5", "priceCurrency": "USD", "availability": "InStock"}, "5.00", "in_stock"),
        ({"price": 5.5, "priceCurrency": "usd", "availability": "http://schema.org/SoldOut"}, "5.50", "out_of_stock"),
        ([{"price": "3", "priceCurrency": "USD", "availability": "SoldOut"},
          {"price": "9", "priceCurrency": "USD", "availability": "InStock"},
          {"price": "7", "priceCurrency": "USD", "availability": "InStock"}], "7.00", "in_stock"),
        ({"@type": "AggregateOffer", "priceCurrency": "USD", "lowPrice": "2", "highPrice": "4"}, "2.00", "unknown"),
        ({"@type": "AggregateOffer", "offers": [{"price": "4", "priceCurrency": "USD", "availability": "PreOrder"}]},
         "4.00", "preorder"),
        ({"@type": "AggregateOffer", "lowPrice": "2", "priceCurrency": "USD", "offers": [
            {"price": "2", "priceCurrency": "USD", "availability": "SoldOut"},
            {"price": "4", "priceCurrency": "USD", "availability": "InStock"}]}, "4.00", "in_stock"),
        ({"@type": "AggregateOffer", "lowPrice": "2", "priceCurrency": "USD", "offers": [{"url": "x"}]},
         "2.00", "unknown"),
        ({"availability": "InStock"}, None, "in_stock"),
        (None, None, "unknown"),
    ],
)  # fmt: skip
def test_the_offer_is_the_cheapest_to_be_had(offers: Any, price: str | None, availability: str, tmp_path: Path) -> None:
    [row] = _read(tmp_path, _product(offers=offers))
    assert isinstance(row, Product)
    assert (row.price, row.availability) == (None if price is None else Decimal(price), availability)


@pytest.mark.parametrize(
    ("rating", "stars"),
    [
        ({"ratingValue": "4.5", "reviewCount": 3}, 4.5),
        ({"ratingValue": 80, "bestRating": 100, "worstRating": 0}, 4.2),
        ({"ratingValue": 9, "bestRating": 10}, 4.5556),
        ({}, None),
    ],
)
def test_stars_are_out_of_five(rating: dict[str, Any], stars: float | None, tmp_path: Path) -> None:
    [row] = _read(tmp_path, _product(aggregateRating=rating))
    assert isinstance(row, Product) and row.rating == stars


def test_lists_and_nesting_are_followed_and_circles_end(tmp_path: Path) -> None:
    ring = {"@type": "ProductGroup", "@id": "#g", "name": "G", "productGroupID": "g", "hasVariant": [{"@id": "#g"}]}
    rows = _read(tmp_path, [ring, {"@type": "ItemList", "itemListElement": [{"item": _product(sku="in")}]}])
    assert [row.product_id for row in rows if isinstance(row, Product)][-1] == "in"
    deep: Any = _product(sku="deep")
    for _ in range(200):
        deep = {"@graph": [deep]}
    assert _read(tmp_path, {"@context": "x", **deep}) == []


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", ""), ("<!--", "-->"), ("<!--//--><![CDATA[//><!--\n", "\n//--><!]]>"), ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/;"), ("<![CDATA[", "]]>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("listed", [False, True])
def test_marks_around_the_data_of_a_page_are_passed_over(
    before: str, behind: str, listed: bool, tmp_path: Path
) -> None:
    data = json.dumps([_product(sku="s")] if listed else _product(sku="s"))
    script = f'<script type="application/ld+json">{before}{data}{behind}</script>'
    [row] = _read(tmp_path, f"<!doctype html><html>{script}</html>", "page.html")
    assert isinstance(row, Product) and row.product_id == "s"


def test_a_text_of_a_page_may_hold_lines_and_tabs(tmp_path: Path) -> None:
    data = json.dumps(_product(sku="s", description="One LINE two")).replace(" LINE ", "\n\t")
    [row] = _read(tmp_path, f'<!doctype html><script type="application/ld+json">{data}</script>', "page.html")
    assert isinstance(row, Product) and row.description == "One two"


def test_what_pages_of_a_folder_leave_out_is_told_once(tmp_path: Path) -> None:
    for sku in ("a", "b", "c"):
        (tmp_path / f"{sku}.json").write_text(json.dumps(_product(sku=sku, gtin13="123")), encoding="utf-8")
    said: list[str] = []
    assert len(list(read_products([tmp_path], say=said.append))) == 3
    [line] = [one for one in said if "gtin" in one]
    assert line.startswith(f"{tmp_path}: left out 3 x gtin") and "a.json:1 has '123'" in line
