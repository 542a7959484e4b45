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

    assert prices(1) == [10, 10, 10]
    assert prices(2) == [8, 10, 10], "a date that cannot be read takes no reduction, and no product, along"
    assert prices(3) == [10, 10, 10]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ("<g:sale_price>cheap</g:sale_price>", "sale_price"),
        ("<g:sale_price>12 EUR</g:sale_price>", "sale_price"),
        ("<g:sale_price>8 USD</g:sale_price>", "sale_price"),
        ("<g:sale_price>8 EUR</g:sale_price><g:sale_price_effective_date>soon</g:sale_price_effective_date>",
         "sale_price_effective_date"),
        ("<g:gtin>4006381333932</g:gtin>", "gtin"),
        ("<g:condition>mint</g:condition>", "condition"),
        ("<g:rating>many</g:rating>", "rating"),
        ("<g:google_product_category>212</g:google_product_category>", "google_product_category"),
        ("<g:expiration_date>never</g:expiration_date>", "expiration_date"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_what_is_optional_is_left_out_and_told(more: str, field: str, tmp_path: Path) -> None:
    said: list[str] = []
    left: list[Rejected] = []
    [row] = read_products([_feed(tmp_path, more)], say=said.append, leave_out=left.append)
    assert isinstance(row, Product) and (row.price, row.list_price) == (Decimal(10), None)
    assert [(one.line, one.field) for one in left] == [(1, field)]
    assert len(said) == 1 and f"left out 1 x {field}, expected" in said[0]


@pytest.mark.parametrize(
    ("dates", "price"),
    [
        ("2026-02-01/2026-02-10", 8), ("2026-02-01/2026-02-09", 10), ("2026-02-10T00:00/2026-02-10T23:00", 8),
        ("2026-02-10T13:00:00Z/2026-03-01T00:00:00Z", 10), ("2026-02-01T00:00:00-0800 / 2026-02-28T23:59:00-0800", 8),
    ],
)  # fmt: skip
def test_dates_of_a_reduction_may_lack_time_and_offset(dates: str, price: int, tmp_path: Path) -> None:
    field = "g:sale_price_effective_date"
    feed = _feed(tmp_path, f"<g:sale_price>8 EUR</g:sale_price><{field}>{dates}</{field}>")
    [row] = read_google(open_source(feed), Reading(now=datetime(2026, 2, 10, 12, tzinfo=UTC)))
    assert not isinstance(row, Rejected) and row[1].price == price


def test_what_is_paused_or_has_expired_is_not_sold(tmp_path: Path) -> None:
    feed = _feed(tmp_path, "<g:pause>all</g:pause>", "<g:pause>ads</g:pause>",
                 "<g:expiration_date>2020-01-01</g:expiration_date>")  # fmt: skip
    found = [row.availability for row in read_products([feed]) if isinstance(row, Product)]
    assert found == ["discontinued", "in_stock", "discontinued"]


def test_namespaces_are_written_in_many_ways_and_markup_is_not_always_escaped(tmp_path: Path) -> None:
    text = _feed(tmp_path, "<g:shipping><g:price>5 EUR</g:price></g:shipping>").read_text()
    for space in ('xmlns:g="https://base.google.com/ns/1.0/"', "", 'xmlns="urn:any"'):
        path = tmp_path / "other.xml"
        path.write_text(text.replace('xmlns:g="http://base.google.com/ns/1.0"', space))
        [row] = read_products([path])
        assert isinstance(row, Product) and row.price == 10
    bare = text.replace("<g:", "<").replace("</g:", "</").replace("It is.", "It <b>really <i>is</i></b> good")
    path.write_text(bare, encoding="utf-16")
    [row] = read_products([path])
    assert isinstance(row, Product) and row.description == "It really is good"
    path.write_text(text.replace("g:", "goog:").replace("xmlns:g=", "xmlns:goog="))
    [row] = read_products([path])
    assert isinstance(row, Product) and row.price == 10
    other = text.replace("xmlns:g=", 'xmlns:x="urn:x" xmlns:g=').replace("<g:id>", "<x:price>1</x:price><g:id>")
    path.write_text(other)
    [row] = read_products([path])
    assert isinstance(row, Product) and row.price == 10


def test_a_table_has_sub_attributes_and_columns_of_one_name(tmp_path: Path) -> None:
    names = ("id", "title", "description", "link", "image link", "additional_image_link", "additional_image_link",
             "availability", "price", "shipping(country:price)", "product_detail(attribute_name:attribute_value)",
             "product_highlight", "product_highlight", "color", "g:item_group_id", "item_group_title",
             "variant_option(name:value)")  # fmt: skip
    rows = (
        ("a-1", "Lamp S", "It is.", "https://a.example/", "https://a.example/1.jpg", "https://a.example/2.jpg", "",
         "in_stock", "1.299,00 EUR", "US:5.00 EUR", "Ratio:16:9,Feet:Oak", "Warm", "Dim", "Red/Blue", "a", "Lamp",
         "Height:S"),
        ("a-2", "Lamp L", "It is.", "https://a.example/", "https://a.example/1.jpg", "", "https://a.example/3.jpg",
         "in_stock", "1,499.00 EUR", "", "", "", "", "Red", "a", "Lamp", "Height:L"),
    )  # fmt: skip
    path = tmp_path / "feed.tsv"
    path.write_text("\n".join("\t".join(row) for row in (names, *rows)) + "\n", encoding="utf-8")
    [lamp] = read_products([path])
    assert isinstance(lamp, Product)
    assert (lamp.title, lamp.price, lamp.currency) == ("Lamp", Decimal("1299.00"), "EUR")
    assert lamp.attributes == {
        "color": ("Red", "Blue"), "product_highlight": ("Warm", "Dim"), "Ratio": ("16:9",), "Feet": ("Oak",),
        "Height": ("S", "L"),
    }  # fmt: skip
    assert [(one.variant_id, dict(one.options)) for one in lamp.variants] == [
        ("a-1", {"Height": "S"}), ("a-2", {"Height": "L"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("price", "currency", "amount"),
    [("1.299,00 EUR", "EUR", "1299.00"), ("JPY 1200", "JPY", "1200"), ("KWD 1.234", "KWD", "1.234"),
     ("1.234 USD", "USD", "1.23"), ("1,234 USD", "USD", "1234.00"), ("12,99 EUR", "EUR", "12.99"),
     ("10-20 USD", "USD", "10.00"), ("15", "GBP", "15.00")],
)  # fmt: skip
def test_prices_are_read_as_the_specification_or_the_merchant_writes_them(
    price: str, currency: str, amount: str, tmp_path: Path
) -> None:
    path = _feed(tmp_path, "")
    path.write_text(path.read_text().replace("10.00 EUR", price))
    [row] = read_products([path], currency="GBP")
    assert isinstance(row, Product) and (str(row.price), row.currency) == (amount, currency)
    assert row.attributes == {}


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


def test_what_is_required_and_missing_is_told_and_its_product_kept(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    space = 'xmlns:g="http://base.google.com/ns/1.0"'
    items = ("<item><g:id>a</g:id><g:title>A saw</g:title><g:availability_date>2026-12-20</g:availability_date></item>"
             "<item><g:id>b</g:id></item>")  # fmt: skip
    path.write_text(f'<rss version="2.0" {space}><channel>{items}</channel></rss>')
    left: list[Rejected] = []
    bad, saw = read_products([path], leave_out=left.append)
    assert isinstance(saw, Product) and isinstance(bad, Rejected) and bad.field == "title"
    assert (saw.price, saw.availability, saw.description, saw.attributes) == (None, "unknown", "", {})
    fields = {row.field for row in left if row.line == 1}
    assert fields == {"price", "availability", "description", "link", "image_link"}


def test_a_price_on_request_is_none_and_stock_is_no_detail(tmp_path: Path) -> None:
    path = _feed(tmp_path, "<g:product_detail><g:attribute_name>Stock level</g:attribute_name>"
                 "<g:attribute_value>7</g:attribute_value></g:product_detail>"
                 "<g:product_detail><g:attribute_name>Quantity per pack</g:attribute_name>"
                 "<g:attribute_value>8</g:attribute_value></g:product_detail>")  # fmt: skip
    path.write_text(path.read_text().replace("10.00 EUR", "POA"))
    said: list[str] = []
    [row] = read_products([path], say=said.append)
    assert isinstance(row, Product) and (row.price, row.attributes) == (None, {"Quantity per pack": ("8",)})
    assert "left out 1 x price" in said[0] and "'POA'" in said[0]
