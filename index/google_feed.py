"""Google Merchant Center product data: RSS 2.0 or Atom with the `g:` namespace, or a table of the same names.

Required are id and title; description, link, image_link, availability and price are told where they are missing. Rows
of one item_group_id are the variants of one product. What is for bidding, for delivery or for the merchant alone (cost
of goods, custom labels) is not read. What is paused everywhere or expired is no longer sold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from index.catalog import Product
from index.confidential import is_fact
from index.joining import Form, join_forms
from index.left_out import Place
from index.money import EXPECTED, Money, read_money
from index.normalise import availability, category, number, plain_text, stated, web_url
from index.rows import BadValueError, FeedError, Rejected, rejected_row
from index.source import Found, Reading, Source, table_cells

AVAILABILITIES = ("in_stock", "out_of_stock", "preorder", "backorder")
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ATOM = "http://www.w3.org/2005/Atom"
_ITEMS = frozenset(["item", "entry"])
_RICH = ("title", "description", "summary", "content")
_FACTS = (
    "color", "size", "size_system", "size_type", "material", "pattern", "gender", "age_group", "adult", "multipack",
    "is_bundle", "product_length", "product_width", "product_height", "product_weight", "energy_efficiency_class",
    "unit_pricing_measure", "unit_pricing_base_measure", "product_highlight", "warranty",
)  # fmt: skip
"""What becomes an attribute under its own name; `product_detail` brings its names along."""

_LISTED = ("color", "material")
"""What the specification lists with "/" between."""

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
    rows = _xml_items(source) if source.head.lstrip(_MARKS).startswith((b"<", b"<\0", b"\0<")) else _table_items(source)
    yield from join_forms(source.name, _forms(source, rows, reading))


def _forms(
    source: Source, rows: Iterator[tuple[int, Values] | Rejected], reading: Reading
) -> Iterator[Form | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        line, values = row
        try:
            product = _product(values, reading, reading.at(source, line))
        except BadValueError as bad:
            yield rejected_row(source.name, line, bad)
            continue
        group = stated(_one(values, "item_group_id"))
        title = plain_text(_one(values, "item_group_title")) if group else ""
        yield Form(line, product, group, _options(values) if group else None, title, apart=_APART)


def _options(row: Values) -> dict[str, str] | None:
    """The options that a variant names itself; None where it does not."""
    for name in ("variant_option", "variant_options"):
        pairs = [*zip(row.get(f"{name}.name", ()), row.get(f"{name}.value", ()), strict=False)]
        pairs += [
            (key, value)
            for cell in row.get(name, ())
            for key, mark, value in (one.partition(":") for one in cell.split(","))
            if mark
        ]
        found = {plain_text(key): plain_text(value) for key, value in pairs if stated(key) and stated(value)}
        if found:
            return found
    return None


def _product(row: Values, reading: Reading, place: Place) -> Product:
    told = _asked(row, "price", place)
    if told and not any(char.isdecimal() for char in told):
        # Such as "on request".
        place.leave_out("price", told, f"{EXPECTED}; the product is kept without a price")
        told = ""
    price = read_money(told, reading.currency, field="price", point=True) if told else None
    if price and not price.currency:
        expected = 'an amount with its currency such as "15.00 USD", or --currency'
        raise BadValueError("price", _one(row, "price"), expected)
    sale = _sale(row, price, reading.now, place) if price else None
    stock = availability(_asked(row, "availability", place), known=AVAILABILITIES)
    if _ended(row, reading.now, place):
        stock = "discontinued"
    rating = next(filter(None, (_one(row, name) for name in ("product_rating", "rating"))), "")
    path = category(_one(row, "product_type"), _one(row, "google_product_category"))
    if not path and _one(row, "google_product_category"):
        expected = "a path of words such as Clothing > Shirts (numbers of the taxonomy are not looked up)"
        place.leave_out("google_product_category", _one(row, "google_product_category"), expected)
    shown = sale or price
    return Product(
        product_id=_required(row, "id"),
        title=_title(row),
        description=place.long_text(_text(row, "description") or _asked(row, "description", place)),
        brand=stated(plain_text(_one(row, "brand"))),
        category=path,
        price=shown.amount if shown else None,
        list_price=price.amount if price and sale else None,
        currency=price.currency if price else reading.currency,
        availability=stock,
        image_url=web_url(_asked(row, "image_link", place), field="image_link"),
        url=web_url(_asked(row, "link", place), field="link"),
        gtin=place.gtin(row.get("gtin", ())),
        mpn=stated(_one(row, "mpn")),
        condition=place.condition(_one(row, "condition")),
        rating=place.kept(lambda: number(rating, 0, 5, field="rating"), None),
        attributes=_attributes(row),
    )


def _ended(row: Values, now: datetime, place: Place) -> bool:
    """True for what is paused everywhere or has expired."""
    if _one(row, "pause").casefold() == "all":
        return True
    text = _one(row, "expiration_date")
    expires = place.kept(lambda: _moment(text, "expiration_date", time.max), None) if text else None
    return expires is not None and expires < now


def _sale(row: Values, price: Money, now: datetime, place: Place) -> Money | None:
    """The reduced price that is in force now, None where there is none."""
    text = stated(_one(row, "sale_price"))
    if not text:
        return None
    sale = place.kept(lambda: read_money(text, price.currency, field="sale_price", point=True), None)
    if sale is None:
        return None
    if sale.currency != price.currency or not sale.amount < price.amount:
        place.leave_out("sale_price", text, f"an amount in {price.currency} below the price")
        return None
    dates = stated(_one(row, "sale_price_effective_date"))
    if not dates:
        return sale
    start, mark, end = dates.partition("/")
    field = "sale_price_effective_date"
    if not mark:
        place.leave_out(field, dates, "start/end in ISO 8601")
        return None
    bounds = place.kept(lambda: (_moment(start, field, time.min), _moment(end, field, time.max)), None)
    return sale if bounds and bounds[0] <= now <= bounds[1] else None


def _moment(text: str, field: str, of_day: time) -> datetime:
    """A time of ISO 8601, UTC where it has no offset; of a day alone its first or last moment, as asked."""
    bare = text.strip()
    try:
        found = datetime.fromisoformat(bare)
    except ValueError:
        raise BadValueError(field, text, "a time in ISO 8601, start/end where there are two") from None
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", bare):
        found = datetime.combine(found.date(), of_day)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _attributes(row: Values) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in _FACTS:
        if name not in row:
            continue
        parts = [part for value in row.get(name, ()) for part in (value.split("/") if name in _LISTED else [value])]
        values = tuple(dict.fromkeys(filter(None, (stated(plain_text(part)) for part in parts))))
        if values:
            found[name] = values
    names, told = row.get("product_detail.attribute_name", ()), row.get("product_detail.attribute_value", ())
    pairs = list(zip(names, told, strict=False))
    for detail in ",".join(row.get("product_detail", ())).split(","):
        # section:attribute:value, where the value may have colons of its own.
        parts = detail.split(":", 2)
        pairs += [(parts[1], parts[2])] if len(parts) == 3 else []
    codes = zip(row.get("certification.certification_name", ()), row.get("certification.certification_code", ()),
                strict=False)  # fmt: skip
    pairs += [("certification", f"{name} {code}") for name, code in codes]
    pairs += [("certification", part.partition(":")[2].replace(":", " ")) for part in row.get("certification", ())]
    for name, value in pairs:
        key, text = stated(plain_text(name)), stated(plain_text(value))
        if key and text and is_fact(key):
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), text)))
    return found


def _text(row: Values, name: str) -> str:
    """The title or description, the one written by a model where only that is given."""
    written = _one(row, f"structured_{name}.content")
    if not written:
        # In a table: trained_algorithmic_media:"the text".
        written = _one(row, f"structured_{name}").partition(":")[2].strip().strip('"')
    return plain_text(_one(row, name)) or plain_text(written)


def _title(row: Values) -> str:
    text = _text(row, "title")
    if not text:
        raise BadValueError("title", _one(row, "title"), "a title, which this format requires")
    return text


def _one(row: Values, name: str) -> str:
    for value in row.get(name, ()):
        if value.strip():
            return value
    return ""


def _required(row: Values, name: str) -> str:
    text = stated(_one(row, name))
    if not text:
        raise BadValueError(name, _one(row, name), "a value, which this format requires")
    return text


def _asked(row: Values, name: str, place: Place) -> str:
    """What the format requires and a shop can do without: "" where it is not stated, which is told."""
    text = stated(_one(row, name))
    if not text:
        place.leave_out(name, _one(row, name), "a value, which this format requires; the product is kept without")
    return text


@lru_cache(maxsize=1024)
def column_key(name: str) -> str:
    """The form in which column names are compared: "g:image link" is "image_link"."""
    return name.strip().lower().removeprefix("g:").replace(" ", "_")


def _table_items(source: Source) -> Iterator[tuple[int, Values] | Rejected]:
    for row in table_cells(source):
        if isinstance(row, Rejected):
            yield row
            continue
        line, cells = row
        found: dict[str, list[str]] = {}
        for column, cell in cells:
            if not cell.strip():
                continue
            # "product_detail(attribute_name:attribute_value)" names what its cells hold.
            name, bracket, inside = column_key(column).partition("(")
            parts = inside.rstrip(") ").split(":") if bracket else []
            if not parts:
                found.setdefault(name, []).append(cell)
                continue
            for one in [cell] if name.startswith("structured_") else cell.split(","):
                for part, value in zip(parts, one.split(":", len(parts) - 1), strict=False):
                    found.setdefault(f"{name}.{part.strip()}", []).append(value.strip().strip('"'))
        yield line, found


def _xml_items(source: Source) -> Iterator[tuple[int, Values]]:
    """Every item or entry with the line that it begins on; FeedError for XML that is broken or plays with entities."""
    from xml.sax import SAXException
    from xml.sax.handler import ContentHandler

    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import create_parser

    waiting: list[_Item] = []
    # By prefix, and not by namespace: some feeds do not declare theirs.
    own = {"g"}

    class Handler(ContentHandler):
        def __init__(self) -> None:
            super().__init__()
            self.item: _Item | None = None
            self.path: list[str] = []
            self.texts: list[list[str]] = []

        def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
            for key, space in attrs.items():
                if key.startswith("xmlns:") and ("base.google.com" in space or space == _ATOM):
                    own.add(key.removeprefix("xmlns:"))
            prefix, mark, bare = name.rpartition(":")
            if self.item is None:
                if bare in _ITEMS:
                    self.item = _Item(parser.getLineNumber() or 1)
                return
            # What other namespaces state under Google's names is something else.
            self.path.append(bare if not mark or prefix in own else name)
            # Atom's own link states the address as an attribute.
            is_page = bare == "link" and attrs.get("rel", "alternate") == "alternate"
            self.texts.append([attrs.get("href", "") if is_page else ""])

        def characters(self, content: str) -> None:
            if self.texts:
                self.texts[-1].append(content)

        def endElement(self, name: str) -> None:  # noqa: N802
            if self.item is None:
                return
            if not self.path:
                waiting.append(self.item)
                self.item = None
                return
            value = "".join(self.texts.pop()).strip()
            if len(self.path) > 1 and self.path[0] in _RICH:
                # Markup that was not escaped belongs to the text around it.
                self.texts[-1].append(f" {value} ")
            elif value:
                self.item.values.setdefault(".".join(self.path), []).append(value)
            self.path.pop()

    parser: Any = create_parser()
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
