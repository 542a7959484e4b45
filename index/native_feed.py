"""The native format: products and interactions from rows of JSON, and back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from decimal import Decimal
from typing import Any

from index.catalog import AVAILABILITIES, Product, Variant, minor_digits
from index.interactions import EVENTS, Interaction, parse_timestamp
from index.json_walk import json_objects
from index.rows import (
    BadValueError,
    Rejected,
    clean,
    json_row,
    kept_texts,
    list_field,
    money_field,
    number_field,
    rejected_row,
    required_field,
    text_field,
)
from index.shoppers import PRIVATE, known_shopper, withheld
from index.source import Done, Found, Reading, Source

_TEXTS = tuple(field.name for field in fields(Product) if field.default == "" or field.name in ("product_id", "title"))
_VARIANT_FIELDS = tuple(field.name for field in fields(Variant))
_FIELDS = tuple(field.name for field in fields(Product) if field.name != "derived")


def read_native(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a native feed with its line, and every rejected row."""
    for line, row in _rows(source):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield line, product_from_json(row)
        except BadValueError as bad:
            yield rejected_row(source.name, line, bad)


def read_native_interactions(source: Source, reading: Reading) -> Iterator[Done]:
    """Every interaction of a native file with its line, and every rejected row; a shopper named by an address becomes
    a hash.
    """
    for line, row in _rows(source):
        if isinstance(row, Rejected):
            yield Rejected(row.file, row.line, row.field, PRIVATE, row.expected.partition(" (")[0])
            continue
        try:
            done = interaction_from_json(row)
            yield line, replace(done, user_id=known_shopper(done.user_id, "user_id", reading.salt))
        except BadValueError as bad:
            yield rejected_row(source.name, line, withheld(bad))


def _rows(source: Source) -> Iterator[tuple[int, Mapping[str, Any] | Rejected]]:
    """Every row with its line: of lines, or of a document that is a list of objects or has one under "products"."""
    if not re.match(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"products"\s*:\s*)?\[\s*\{', source.head):
        yield from ((line, json_row(source.name, line, raw)) for line, raw in source.lines())
        return
    for row in json_objects(source, ["products"]):
        yield (row.line, row) if isinstance(row, Rejected) else row


def product_from_json(row: Mapping[str, Any]) -> Product:
    """A product from a native row; a ValueError carries the field, its value and what was expected."""
    currency = text_field(row, "currency").upper()
    return Product(
        product_id=required_field(row, "product_id"),
        title=required_field(row, "title"),
        description=text_field(row, "description"),
        brand=text_field(row, "brand"),
        category=" > ".join(part.strip() for part in text_field(row, "category").split(">") if part.strip()),
        price=money_field(row, "price", currency),
        currency=currency,
        availability=_availability(row) or "unknown",
        image_url=text_field(row, "image_url"),
        url=text_field(row, "url"),
        rating=number_field(row, "rating", 0, 5),
        rating_count=_count(row, "rating_count"),
        list_price=money_field(row, "list_price", currency),
        gtin=text_field(row, "gtin"),
        mpn=text_field(row, "mpn"),
        condition=text_field(row, "condition"),
        variants=tuple(_variant(part, currency) for part in list_field(row, "variants")),
        attributes=_attributes(row),
        compatible_with=kept_texts(list_field(row, "compatible_with")),
        reviews=kept_texts(list_field(row, "reviews")),
    )


def product_to_json(product: Product) -> dict[str, Any]:
    """The native row of a product, without what is not stated or what the index derived."""
    stated = ((name, getattr(product, name)) for name in _FIELDS)
    row: dict[str, Any] = {name: value for name, value in stated if value not in ("", None, (), {})}
    for name in ("price", "list_price"):
        if name in row:
            row[name] = str(row[name])
    if product.attributes:
        row["attributes"] = {
            name: values[0] if len(values) == 1 else list(values) for name, values in product.attributes.items()
        }
    for name in ("compatible_with", "reviews"):
        if name in row:
            row[name] = list(row[name])
    if product.variants:
        row["variants"] = [_variant_to_json(variant) for variant in product.variants]
    return row


def as_native(product: Product) -> Product:
    """The product as the native feed would hold it, texts cleaned and cut; BadValueError where nothing is left of what
    it needs.
    """
    return product if _is_native(product) else product_from_json(product_to_json(product))


def _is_native(product: Product) -> bool:
    """True for a product that the native feed would hold as it is, False where that takes more than a look to tell."""
    texts = [getattr(product, name) for name in _TEXTS]
    if product.variants or product.compatible_with or product.reviews or not (product.product_id and product.title):
        return False
    for name, values in product.attributes.items():
        if not (name and values and all(values)):
            return False
        texts += [name, *values]
    digits = -minor_digits(product.currency)
    amounts = (product.price, product.list_price)
    return (
        all(clean(text) == text for text in texts)
        and all(amount is None or amount.as_tuple().exponent == digits for amount in amounts)
        and product.category == " > ".join(product.category_path)
    )


def interaction_from_json(row: Mapping[str, Any]) -> Interaction:
    """An interaction from a native row; a ValueError carries the field, its value and what was expected."""
    event = required_field(row, "event")
    if event not in EVENTS:
        raise BadValueError("event", event, f"one of {', '.join(EVENTS)}")
    try:
        given = row.get("timestamp")
        stamp = parse_timestamp(float(given) if isinstance(given, Decimal) else given)
    except (ValueError, OverflowError, OSError):
        expected = "ISO 8601 with an offset or seconds since the epoch"
        raise BadValueError("timestamp", row.get("timestamp"), expected) from None
    return Interaction(
        user_id=required_field(row, "user_id"),
        product_id=required_field(row, "product_id"),
        event=event,
        timestamp=stamp,
        value=number_field(row, "value", float("-inf"), float("inf")),
    )


def interaction_to_json(interaction: Interaction) -> dict[str, Any]:
    """The native row of an interaction."""
    row = asdict(interaction) | {"timestamp": interaction.timestamp.isoformat()}
    return {name: value for name, value in row.items() if value is not None}


def _count(row: Mapping[str, Any], name: str) -> int | None:
    number = number_field(row, name, 0, 1e12)
    return None if number is None else int(number)


def _availability(row: Mapping[str, Any]) -> str:
    value = text_field(row, "availability")
    if value and value not in AVAILABILITIES:
        raise BadValueError("availability", value, f"one of {', '.join(AVAILABILITIES)}")
    return value


def _attributes(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    value = row.get("attributes")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadValueError("attributes", value, "an object of name -> string or list of strings")
    found = {}
    for name, given in value.items():
        listed = given if isinstance(given, list) else [given]
        values = kept_texts(listed)
        if values and clean(name):
            found[clean(name)] = values
    return found


def _variant(row: Any, currency: str) -> Variant:
    if not isinstance(row, dict):
        raise BadValueError("variants", row, "a list of objects with variant_id")
    options = row.get("options") or {}
    if not isinstance(options, dict):
        raise BadValueError("variants.options", options, "an object of name -> value")
    return Variant(
        variant_id=required_field(row, "variant_id"),
        title=text_field(row, "title"),
        price=money_field(row, "price", currency),
        list_price=money_field(row, "list_price", currency),
        availability=_availability(row),
        image_url=text_field(row, "image_url"),
        url=text_field(row, "url"),
        gtin=text_field(row, "gtin"),
        options={clean(str(name)): clean(str(value)) for name, value in options.items()},
    )


def _variant_to_json(variant: Variant) -> dict[str, Any]:
    stated = ((name, getattr(variant, name)) for name in _VARIANT_FIELDS)
    row = {name: value for name, value in stated if value not in ("", None, {})}
    if variant.options:
        row["options"] = dict(variant.options)
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}
