"""OpenAI's product feed: JSON lines or a table, one row a purchasable item, rows of one group_id being variants.

Held to the revision of November 2026 with its nine required fields; the flags, seller addresses and countries that
the revisions of summer 2026 required beside them are optional. Older names of fields are read. A row that its flag
keeps out of search is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from index.catalog import Product
from index.confidential import is_fact
from index.joining import Form, join_forms
from index.json_walk import json_objects
from index.left_out import Place
from index.money import Money, read_money
from index.normalise import availability, category, number, plain_text, stated, truth, web_url
from index.rows import BadValueError, Rejected, rejected_row
from index.source import Found, Reading, Source, table_rows

REVISION = "OpenAI product feed of November 2026"
AVAILABILITIES = ("in_stock", "out_of_stock", "pre_order", "backorder", "unknown")
_REQUIRED = (
    "item_id", "title", "description", "url", "brand", "seller_name", "image_url", "availability", "price",
)  # fmt: skip
_ALIASES = {
    "enable_search": ("is_eligible_search",),
    "item_id": ("id", "sku"), "group_id": ("item_group_id",), "url": ("link",), "image_url": ("image_link",),
    "star_rating": ("product_review_rating",), "review_count": ("product_review_count",),
    "additional_image_urls": ("additional_image_urls", "additional_image_link"),
}  # fmt: skip
"""Names of older revisions by the name that wins."""

_FACTS = ("material", "color", "size", "gender", "age_group", "size_system", "length", "width", "height", "weight")
_APART = ("material", "color", "size", "gender", "age_group")
"""What variants of a group may differ in where they do not say."""

_LEGACY = re.compile(r"custom_variant(\d+)_(category|option)", re.IGNORECASE)

Row = Mapping[str, Any]
_EMPTY: Row = {}


def read_openai(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a feed and every rejected row, whose reason names the revision."""
    lines = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    rows = json_objects(source, ["products", "items"]) if lines else table_rows(source)
    yield from join_forms(source.name, _forms(source, rows, reading))


def _forms(source: Source, rows: Iterator[tuple[int, Any] | Rejected], reading: Reading) -> Iterator[Form | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        line, given = row
        values = {key.strip().lower(): value for key, value in given.items()}
        for field, older in _ALIASES.items():
            values[field] = next((values[key] for key in (field, *older) if _stated(values.get(key))), None)
        place = reading.at(source, line)
        if truth(values["enable_search"]) is False:
            place.leave_out("is_eligible_search", values["enable_search"], "true of a product that is to be found")
            continue
        try:
            yield _form(place, values, reading.currency)
        except BadValueError as bad:
            told = BadValueError(bad.field, bad.value, f"{bad.expected} ({REVISION})")
            yield rejected_row(source.name, line, told)


def _form(place: Place, row: Row, currency: str) -> Form:
    for field in _REQUIRED:
        if not _stated(row.get(field)):
            raise BadValueError(field, row.get(field), "a value, which this format requires")
    varies = truth(row.get("listing_has_variations"))
    group = _text(row, "group_id") if varies is not False else ""
    # The options of a listing that does not say that it varies are to be ignored.
    options = place.kept(lambda: _options(row), {}) if group and varies else {}
    item = _text(row, "item_id")
    if group and group == item:
        raise BadValueError("group_id", group, "another id than the item's")
    return Form(place.line, _product(place, row, item, currency), group, options or None, apart=_APART)


def _product(place: Place, row: Row, item: str, currency: str) -> Product:
    price = _price(row, "price", currency)
    if not price.amount:
        raise BadValueError("price", row["price"], 'an amount above 0 such as "79.99 USD"')
    sale = _sale(place, row, price)
    stock = _text(row, "availability")
    if stock.casefold() not in AVAILABILITIES:
        raise BadValueError("availability", stock, f"one of {', '.join(AVAILABILITIES)}")
    count = place.kept(lambda: number(row.get("review_count"), 0, 1e12, field="review_count"), None)
    category_told = row.get("product_category")
    return Product(
        product_id=item,
        title=plain_text(_text(row, "title")),
        description=place.long_text(_text(row, "description")),
        brand=plain_text(_text(row, "brand")),
        category=category(
            category_told if not isinstance(category_told, list) else " > ".join(map(str, category_told))
        ),
        price=sale.amount if sale else price.amount,
        list_price=price.amount if sale else None,
        currency=price.currency,
        availability=availability(stock),
        image_url=web_url(_text(row, "image_url"), field="image_url"),
        url=web_url(_text(row, "url"), field="url"),
        gtin=place.gtin([row.get("gtin")]),
        mpn=stated(row.get("mpn")),
        condition=place.condition(row.get("condition")),
        rating=place.kept(lambda: number(row.get("star_rating"), 0, 5, field="star_rating"), None),
        rating_count=None if count is None else int(count),
        attributes=_attributes(place, row),
    )


def _price(row: Row, field: str, currency: str = "") -> Money:
    price = read_money(row[field], currency, field=field, point=True)
    if not price.currency:
        raise BadValueError(field, row[field], 'an amount with its currency such as "79.99 USD"')
    return price


def _sale(place: Place, row: Row, price: Money) -> Money | None:
    """The reduced price, None where there is none that is one."""
    if not _stated(row.get("sale_price")):
        return None
    sale = place.kept(lambda: _price(row, "sale_price", price.currency), None)
    if sale and (sale.currency != price.currency or not 0 < sale.amount < price.amount):
        place.leave_out("sale_price", row["sale_price"], f"an amount in {price.currency} above 0 and below the price")
        return None
    return sale


def _attributes(place: Place, row: Row) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    size = place.kept(lambda: _object(row, "dimensions"), _EMPTY)
    units = {"weight": stated(row.get("item_weight_unit"))}
    units |= dict.fromkeys(("length", "width", "height"), stated(row.get("dimensions_unit")))
    for name in _FACTS:
        value = plain_text(stated(row.get(name)))
        if size and name in ("length", "width", "height"):
            value = f"{stated(size.get(name))} {stated(size.get('unit'))}".strip() if stated(size.get(name)) else ""
        elif value and units.get(name):
            value = f"{value} {units[name]}"
        if value:
            found[name] = (value,)
    return found


def _options(row: Row) -> dict[str, str]:
    given = _object(row, "variant_dict")
    if not given:
        legacy: dict[str, dict[str, Any]] = {}
        for key, value in row.items():
            found = _LEGACY.fullmatch(key)
            if found:
                legacy.setdefault(found[1], {})[found[2].lower()] = value
        given = {str(one.get("category")): one.get("option") for one in legacy.values() if stated(one.get("category"))}
    named = {plain_text(str(name)): stated(value) for name, value in given.items() if stated(name) and stated(value)}
    return {name: value for name, value in named.items() if name and is_fact(name)}


def _object(row: Row, field: str) -> Mapping[str, Any]:
    """An object of a row, which a table writes as JSON in a cell; {} where none is stated."""
    value = row.get(field)
    if not _stated(value):
        return {}
    if isinstance(value, str):
        try:
            value = json.loads(value, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError):
            value = None
    if not isinstance(value, dict):
        raise BadValueError(field, row[field], "a JSON object")
    return value


def _text(row: Row, field: str) -> str:
    value = row.get(field)
    if _stated(value) and (isinstance(value, bool) or not isinstance(value, str | int | Decimal)):
        raise BadValueError(field, value, "a string")
    return stated(str(value)) if value is not None else ""


def _stated(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(stated(value)))
