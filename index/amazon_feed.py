"""Item metadata of Amazon Reviews 2023, one JSON object a line or a Parquet table.

`parent_asin` is the product's id. Prices are in US dollars, a text that may be a range or "None"; `details` is an
object or the JSON of one. Availability is not stated.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from index.catalog import Product
from index.json_walk import json_objects
from index.left_out import Place
from index.money import read_money
from index.normalise import category, number, plain_text, stated
from index.rows import BadValueError, Rejected, kept_texts, list_field, rejected_row, required_field
from index.source import PARQUET, Found, Reading, Source, parquet_rows

_CURRENCY = "USD"
_UNPRICED = ("", "\u2014", "\u2013")
_PICTURES = ("hi_res", "large", "thumb")


def read_amazon(source: Source, reading: Reading) -> Iterator[Found]:
    """Every item of a file and every rejected row."""
    for row in parquet_rows(source) if source.head.startswith(PARQUET) else json_objects(source):
        if isinstance(row, Rejected):
            yield row
            continue
        line, given = row
        try:
            yield line, _product(given, reading.at(source, line))
        except BadValueError as bad:
            yield rejected_row(source.name, line, bad)


def _product(row: Mapping[str, Any], place: Place) -> Product:
    details = place.kept(lambda: _details(row), {})
    text = stated(row.get("price")) if not isinstance(row.get("price"), Decimal) else str(row["price"])
    # "from 12.99": there are forms that cost more, as in a range. What was crawled besides is no price.
    price = (
        place.kept(lambda: read_money(text.removeprefix("from "), _CURRENCY), None) if text not in _UNPRICED else None
    )
    if price and price.currency != _CURRENCY:
        place.leave_out("price", text, f"an amount in {_CURRENCY}")
        price = None
    count = place.kept(lambda: number(_plain(row.get("rating_number")), 0, 1e12, field="rating_number"), None)
    attributes = {name: value for name, value in details.items() if name.casefold() not in ("brand", "manufacturer")}
    features = kept_texts(list_field(row, "features"))
    if features:
        attributes["features"] = tuple(filter(None, map(plain_text, features)))
    for name in ("subtitle", "author"):
        told = plain_text(_author(row.get(name)))
        if told:
            attributes[name] = (told,)
    brand = details.get("Brand") or details.get("Manufacturer") or ()
    return Product(
        product_id=required_field(row, "parent_asin"),
        title=plain_text(required_field(row, "title")),
        description=place.long_text(" ".join(kept_texts(list_field(row, "description")))),
        brand=stated(brand[0]) if brand else plain_text(stated(row.get("store"))),
        category=category(" > ".join(kept_texts(list_field(row, "categories"))), row.get("main_category")),
        price=price.amount if price else None,
        currency=_CURRENCY if price else "",
        image_url=place.picture(_picture(row.get("images")), "images"),
        rating=place.kept(lambda: number(_plain(row.get("average_rating")), 0, 5, field="average_rating"), None),
        rating_count=None if count is None else int(count),
        attributes=attributes,
    )


def _details(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    given = row.get("details")
    if isinstance(given, str):
        try:
            given = json.loads(given) if given.strip() else {}
        except (ValueError, RecursionError):
            raise BadValueError("details", given, "an object, or the JSON of one") from None
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadValueError("details", given, "an object, or the JSON of one")
    found = {}
    for name, value in given.items():
        listed = value if isinstance(value, list) else [value]
        values = tuple(
            filter(None, (stated(plain_text(str(one))) for one in listed if isinstance(one, str | int | Decimal)))
        )
        if values and stated(name):
            found[stated(name)] = values
    return found


def _picture(images: Any) -> str:
    """The largest main picture; the list of objects may be an object of lists."""
    if isinstance(images, dict):
        columns = {key: value for key, value in images.items() if isinstance(value, list)}
        longest = max(map(len, columns.values()), default=0)
        images = [{key: (value[at : at + 1] or [None])[0] for key, value in columns.items()} for at in range(longest)]
    listed = [one for one in images if isinstance(one, dict)] if isinstance(images, list) else []
    listed.sort(key=lambda one: one.get("variant") != "MAIN")
    return next((stated(one[key]) for one in listed for key in _PICTURES if stated(one.get(key))), "")


def _author(value: Any) -> str:
    return stated(value.get("name")) if isinstance(value, dict) else stated(value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
