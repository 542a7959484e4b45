"""Google Merchant Center product data: RSS 2.0 or Atom with the `g:` namespace, or a table of the same names.

Required are id, title, description, link, image_link, availability and price; rows of one item_group_id are the
variants of one product. What is for bidding or for the merchant alone (cost of goods, custom labels) is not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from index.catalog import Product
from index.joining import Form, join_forms
from index.money import Money, read_money
from index.normalise import availability, category, condition, gtin, number, plain_text, stated, web_url
from index.rows import BadValueError, FeedError, Rejected, rejected_row
from index.source import Found, Reading, Source, table_rows

AVAILABILITIES = ("in_stock", "out_of_stock", "preorder", "backorder")
_NAMESPACE = "http://base.google.com/ns/1.0"
_ITEMS = frozenset(["item", "entry"])
_FACTS = (
    "color", "size", "size_system", "size_type", "material", "pattern", "gender", "age_group", "adult", "multipack",
    "is_bundle", "product_length", "product_width", "product_height", "product_weight", "energy_efficiency_class",
    "unit_pricing_measure", "unit_pricing_base_measure", "availability_date", "product_highlight",
)  # fmt: skip
"""What becomes an attribute under its own name; `product_detail` brings its names along."""

_APART = ("color", "size", "size_system", "size_type", "material", "pattern", "gender", "age_group")
"""What variants of a group may differ in, as the specification has it."""

Values = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class _Item:
    """An item of an XML feed while it is read: its values by name, those of nested elements as name.part."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)


def read_google(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a feed and every rejected row."""
    rows = _xml_items(source) if source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _table_items(source)
    yield from join_forms(source.name, _forms(source.name, rows, reading.now))


def _forms(name: str, rows: Iterator[tuple[int, Values] | Rejected], now: datetime) -> Iterator[Form | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        line, values = row
        try:
            yield Form(line, _product(values, now), stated(_one(values, "item_group_id")), apart=_APART)
        except BadValueError as bad:
            yield rejected_row(name, line, bad)


def _product(row: Values, now: datetime) -> Product:
    price = read_money(_required(row, "price"), field="price", point=True)
    if not price.currency:
        raise BadValueError("price", _one(row, "price"), 'an amount with its currency such as "15.00 USD"')
    sale = _sale(row, price, now)
    given = _required(row, "availability")
    stock = availability(given, known=AVAILABILITIES)
    rating = _one(row, "product_rating") or _one(row, "rating")
    return Product(
        product_id=_required(row, "id"),
        title=_text(row, "title"),
        description=_text(row, "description"),
        brand=stated(plain_text(_one(row, "brand"))),
        category=category(_one(row, "product_type"), _one(row, "google_product_category")),
        price=sale.amount if sale else price.amount,
        list_price=price.amount if sale else None,
        currency=price.currency,
        availability=stock,
        image_url=web_url(_required(row, "image_link"), field="image_link"),
        url=web_url(_required(row, "link"), field="link"),
        gtin=next(filter(None, map(gtin, row.get("gtin", ()))), ""),
        mpn=stated(_one(row, "mpn")),
        condition=condition(_one(row, "condition")),
        rating=number(rating, 0, 5, field="rating"),
        attributes=_attributes(row),
    )


def _sale(row: Values, price: Money, now: datetime) -> Money | None:
    """The reduced price that is in force now, None where there is none."""
    text = _one(row, "sale_price")
    if not text:
        return None
    sale = read_money(text, price.currency, field="sale_price", point=True)
    if sale.currency != price.currency or not sale.amount < price.amount:
        return None
    dates = _one(row, "sale_price_effective_date")
    if not dates:
        return sale
    try:
        start, end = (datetime.fromisoformat(part.strip()) for part in dates.split("/"))
        return sale if start <= now <= end else None
    except (ValueError, TypeError):
        expected = "start/end in ISO 8601 with an offset"
        raise BadValueError("sale_price_effective_date", dates, expected) from None


def _attributes(row: Values) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in _FACTS:
        values = tuple(filter(None, (stated(plain_text(value)) for value in row.get(name, ()))))
        if values:
            found[name] = values
    names, told = row.get("product_detail.attribute_name", ()), row.get("product_detail.attribute_value", ())
    pairs = list(zip(names, told, strict=False))
    for detail in ",".join(row.get("product_detail", ())).split(","):
        # section:attribute:value, where the value may have colons of its own.
        parts = detail.split(":", 2)
        pairs += [(parts[1], parts[2])] if len(parts) == 3 else []
    for name, value in pairs:
        key, text = stated(plain_text(name)), stated(plain_text(value))
        if key and text:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), text)))
    return found


def _text(row: Values, name: str) -> str:
    """The title or description, the one written by a model where only that is given."""
    written = _one(row, f"structured_{name}.content")
    if not written:
        # In a table: trained_algorithmic_media:"the text".
        written = _one(row, f"structured_{name}").partition(":")[2].strip().strip('"')
    text = plain_text(_one(row, name)) or plain_text(written)
    if not text:
        raise BadValueError(name, _one(row, name), f"a {name}, which this format requires")
    return text


def _one(row: Values, name: str) -> str:
    return next((value for value in row.get(name, ()) if value.strip()), "")


def _required(row: Values, name: str) -> str:
    text = stated(_one(row, name))
    if not text:
        raise BadValueError(name, _one(row, name), "a value, which this format requires")
    return text


def column_key(name: str) -> str:
    """The form in which column names are compared: "g:image link" is "image_link"."""
    return name.strip().lower().removeprefix("g:").replace(" ", "_")


def _table_items(source: Source) -> Iterator[tuple[int, Values] | Rejected]:
    for row in table_rows(source):
        if isinstance(row, Rejected):
            yield row
        else:
            line, cells = row
            yield line, {column_key(name): [cell] for name, cell in cells.items() if cell.strip()}


def _xml_items(source: Source) -> Iterator[tuple[int, Values]]:
    """Every item or entry with the line that it begins on; FeedError for XML that is broken or plays with entities."""
    from xml.sax import SAXException
    from xml.sax.handler import ContentHandler, feature_namespaces

    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import create_parser

    waiting: list[_Item] = []

    class Handler(ContentHandler):
        def __init__(self) -> None:
            super().__init__()
            self.item: _Item | None = None
            self.path: list[str] = []
            self.text: list[str] = []

        def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802
            if self.item is None:
                if name[1] in _ITEMS:
                    self.item = _Item(parser.getLineNumber() or 1)
                return
            # Atom's own link states the address as an attribute; the feed's own names go before g: ones of others.
            self.path.append(name[1] if name[0] in (None, "", _NAMESPACE) or _plain(name[0]) else f"other:{name[1]}")
            self.text = [attrs.get((None, "href"), "")] if name[1] == "link" and (None, "href") in attrs else []

        def characters(self, content: str) -> None:
            self.text.append(content)

        def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
            if self.item is None:
                return
            if not self.path:
                waiting.append(self.item)
                self.item = None
                return
            value = "".join(self.text).strip()
            if value:
                self.item.values.setdefault(".".join(self.path), []).append(value)
            self.path.pop()
            self.text = []

    parser: Any = create_parser()
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(Handler())
    try:
        while data := source.stream.read(1 << 16):
            parser.feed(data)
            yield from ((item.line, item.values) for item in waiting)
            waiting.clear()
        parser.close()
        yield from ((item.line, item.values) for item in waiting)
    except DefusedXmlException as error:
        raise FeedError(f"{source.name}: {error}, expected XML without entities of its own") from None
    except (SAXException, ValueError, LookupError) as error:
        line = parser.getLineNumber() or 1
        raise FeedError(f"{source.name}:{line}: {str(error)[:200]}, expected well-formed XML") from None


def _plain(namespace: str) -> bool:
    return namespace == "http://www.w3.org/2005/Atom"
