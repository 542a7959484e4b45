"""Google Merchant feeds: what each attribute becomes, variants, and XML that plays tricks."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from index.catalog import Product, Variant
from index.feeds import FeedError, Rejected, read_products
from index.google_feed import read_google
from index.source import Reading, open_source

FEEDS = Path(__file__).resolve().parent / "feeds"
ITEM = """<item><g:id>{id}</g:id><g:title>A thing</g:title><g:description>It is.</g:description>
<g:link>https://shop.example/a</g:link><g:image_link>https://shop.example/a.jpg</g:image_link>
<g:availability>in_stock</g:availability><g:price>10.00 EUR</g:price>{more}</item>"""


def _feed(folder: Path, *more: str, before: str = "") -> Path:
    items = "".join(ITEM.format(id=f"i{place}", more=one) for place, one in enumerate(more))
    path = folder / "feed.xml"
    space = 'xmlns:g="http://base.google.com/ns/1.0"'
    path.write_text(f'<?xml version="1.0"?>{before}<rss version="2.0" {space}><channel>{items}</channel></rss>')
    return path


def _all(sample: str) -> dict[str, Product]:
    return {row.product_id: row for row in read_products([FEEDS / sample]) if isinstance(row, Product)}


def test_rows_of_one_group_are_the_variants_of_a_product() -> None:
    shirt = _all("google_rss.xml")["MP-1"]
    assert shirt.title == "Marrow linen shirt - Sand"
    assert shirt.description == "Washed linen. Cool in summer."
    assert (shirt.price, shirt.list_price, shirt.currency) == (Decimal("39.00"), Decimal("49.00"), "EUR")
    assert (shirt.brand, shirt.category, shirt.condition) == ("Marrow", "Clothing > Shirts", "new")
    assert shirt.availability == "in_stock"
    assert shirt.attributes == {
        "color": ("Sand",), "material": ("Linen",), "Washing": ("30 degrees",), "size": ("S", "M"),
    }  # fmt: skip
    small, medium = shirt.variants
    title = "Marrow linen shirt - Sand - S"
    assert small == Variant("MP-1-S", title=title, gtin="4006381333931", options={"size": "S"})
    assert (medium.price, medium.list_price, medium.availability) == (Decimal("49.00"), None, "out_of_stock")
    assert medium.gtin == "", "its check digit is wrong"
    assert "11.11" not in str(shirt), "what a thing costs the merchant is nobody's"


def test_a_reduced_price_counts_while_it_is_in_force(tmp_path: Path) -> None:
    assert _all("google_rss.xml")["MP-2"].price == Decimal("1299.00")
    start, later = "2026-02-01T00:00+0100", "<g:sale_price>12 EUR</g:sale_price>"
    dated = "<g:sale_price>8 EUR</g:sale_price><{0}>{1}/{2}</{0}>"
    ends = (dated.format("g:sale_price_effective_date", start, end) for end in ("2026-02-28T23:59+0100", "soon"))
    feed = _feed(tmp_path, *ends, later)

    def prices(month: int) -> list[Decimal | None]:
        told = Reading(now=datetime(2026, month, 10, tzinfo=UTC))
        return [row[1].price for row in read_google(open_source(feed), told) if not isinstance(row, Rejected)]

    assert prices(1) == [10, 10]
    assert prices(2) == [8, 10]
    assert prices(3) == [10, 10]


def test_atom_has_its_address_in_an_attribute_and_titles_by_a_model() -> None:
    told = _all("google_atom.xml")
    assert told["A-1"].url == "https://marrow.example/hand-towel"
    assert (told["A-1"].title, told["A-1"].description) == ("Pine hand towel", "Soft & thick")
    assert told["A-1"].availability == "backorder"
    assert told["A-2"].title == "Pine robe, long"


def test_a_table_has_old_names_details_and_marks() -> None:
    told = _all("google.tsv")
    assert told["T-1"].title == 'Orrin 24" monitor'
    assert told["T-1"].attributes == {"Panel": ("IPS",), "Refresh rate": ("75 Hz",)}
    assert told["T-1"].gtin == "036000291452"
    [keyboard] = _all("google.csv").values()
    assert (keyboard.title, keyboard.description) == ("Orrin keyboard", "Quiet and flat")
    assert (keyboard.price, keyboard.url) == (Decimal("24.90"), "https://orrin.example/k2")


@pytest.mark.parametrize(
    "lines",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    ],
    ids=["bomb", "file", "address"],
)
def test_entities_are_refused(lines: str, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"feed\.xml: .*expected XML without entities"):
        list(read_products([_feed(tmp_path, "", before=lines)]))


def test_broken_xml_is_told_with_its_line(tmp_path: Path) -> None:
    path = _feed(tmp_path, "", "")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FeedError, match=r"feed\.xml:\d+: .*expected well-formed XML"):
        list(read_products([path]))


def test_an_address_in_a_feed_is_kept_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.create_connection", refused)
    for sample in FEEDS.iterdir():
        if sample.suffix not in (".inter",):
            try:
                rows = list(read_products([sample]))
            except FeedError:
                continue
            assert rows
