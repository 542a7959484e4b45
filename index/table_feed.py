"""Any table of products, CSV, TSV or Parquet: columns by a mapping, or guessed from their names.

Columns that no field takes become attributes, except those that are a merchant's secret (costs, margins,
suppliers) or a shopper's; they are never stored.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from index.catalog import Product, attribute_key
from index.confidential import is_fact, is_secret, names_person
from index.left_out import Place
from index.money import EXPECTED, Money, currency_code, read_money
from index.normalise import availability, category, number, plain_text, stated
from index.rows import BadValueError, FeedError, Rejected, clean, rejected_row
from index.source import PARQUET, Found, Reading, Source, header_of, parquet_rows, table_rows
from index.stock_words import counts_stock

NAMES: Mapping[str, Sequence[str]] = {
    "product_id": ("product_id", "id", "sku", "item_id", "product_code", "item_number", "article_number", "asin",
                   "code", "handle", "product_number", "item_code", "articlenumber", "artikelnummer", "artikel_nr",
                   "artikelnr", "artnr", "référence", "reference", "referencia", "codice", "código", "uniq_id"),
    "title": ("title", "name", "product_name", "product_title", "item_name", "productname", "item", "bezeichnung",
              "artikelbezeichnung", "produktname", "nombre", "nom", "nome", "titel", "titre", "título", "titolo",
              "product"),
    "description": ("description", "product_description", "long_description", "body", "details", "text",
                    "short_description", "about_product", "beschreibung", "artikelbeschreibung", "descripción",
                    "descrizione"),
    "brand": ("brand", "brand_name", "manufacturer", "vendor", "maker", "marke", "marca", "hersteller", "marque",
              "fabricant", "fabricante", "produttore"),
    "category": ("category", "categories", "product_type", "product_category", "category_path", "department",
                 "category_name", "type", "kategorie", "warengruppe", "catégorie", "categorie", "categoría",
                 "categoria"),
    "price": ("price", "sale_price", "selling_price", "unit_price", "current_price", "amount", "price_usd",
              "discounted_price", "final_price", "retail_price", "preis", "verkaufspreis", "precio",
              "prix", "prezzo"),
    "currency": ("currency", "currency_code", "price_currency", "waehrung", "währung"),
    "availability": ("availability", "stock_status", "in_stock", "stock", "quantity", "qty", "inventory",
                     "inventory_quantity", "stock_quantity", "available", "is_available", "verfügbarkeit",
                     "verfuegbarkeit", "lieferstatus", "disponibilité", "disponibilidad", "disponibilità",
                     "lagerbestand", "bestand", "giacenza", "existencias"),
    "image_url": ("image_url", "image", "image_link", "picture", "img_url", "thumbnail", "main_image", "img", "bild",
                  "bild_url", "bildlink", "imagen", "immagine"),
    "url": ("url", "link", "product_url", "product_link", "page_url"),
    "rating": ("rating", "average_rating", "stars", "avg_rating", "review_score"),
    "rating_count": ("rating_count", "review_count", "reviews_count", "number_of_reviews", "num_reviews", "ratings",
                     "rating_number"),
    "list_price": ("list_price", "regular_price", "compare_at_price", "original_price", "msrp", "rrp", "actual_price",
                   "was_price", "price_before", "uvp"),
    "gtin": ("gtin", "ean", "upc", "barcode", "gtin13", "ean13", "isbn13", "isbn"),
    "mpn": ("mpn", "part_number", "manufacturer_part_number", "model_number"),
    "condition": ("condition", "item_condition"),
    "compatible_with": ("compatible_with", "fits", "compatibility", "works_with"),
    "reviews": ("reviews", "review_text", "review_body"),
}  # fmt: skip
"""The names of columns that a field is guessed by, best first."""

_LONGEST_ATTRIBUTE = 300
_OF_SHOPPERS = ("user_id", "event", "timestamp", "value", "status")


def read_table(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a table and every rejected row; FeedError when no column can be the id or the title."""
    columns = table_columns(source)
    mapping = columns_of(source.name, columns, NAMES, reading.mapping, ("product_id", "title"))
    reading.say(f"{source.name}: --map {mapping_text(mapping)}")
    secret = [name for name in dict.fromkeys(columns) if is_secret(name) and name not in mapping.values()]
    if secret:
        reading.say(f"{source.name}: not kept, the shop's own business or a person's: {', '.join(secret)}")
    taken = {*mapping.values(), *secret}
    others = [name for name in dict.fromkeys(columns) if name and name not in taken and is_fact(name)]
    for row in cells_of(source):
        if isinstance(row, Rejected):
            yield row
            continue
        line, cells = row
        try:
            yield line, _product(cells, mapping, others, reading.currency, reading.at(source, line))
        except BadValueError as bad:
            yield rejected_row(source.name, line, bad)


def table_columns(source: Source) -> list[str]:
    """The columns of a table."""
    if not source.head.startswith(PARQUET):
        return header_of(source.head)
    import pyarrow
    from pyarrow import parquet

    try:
        return [clean(str(name)) for name in parquet.ParquetFile(source.stream).schema_arrow.names]
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise FeedError(f"{source.name}: {str(error)[:200]}, expected a Parquet file") from None


def cells_of(source: Source) -> Iterator[tuple[int, Mapping[str, Any]] | Rejected]:
    """Every row of a delimited or Parquet table."""
    if source.head.startswith(PARQUET):
        source.stream.seek(0)
        yield from parquet_rows(source)
    else:
        yield from table_rows(source)


def columns_of(
    name: str,
    columns: Sequence[str],
    names: Mapping[str, Sequence[str]],
    given: Mapping[str, str],
    needed: Iterable[str],
    flag: str = "--map",
) -> dict[str, str]:
    """The column of each field: as given by `flag`, else as guessed; FeedError for a column that is not there."""
    keyed = {attribute_key(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    for field, column in given.items():
        if field not in names:
            other = "; a column of --interactions is named by --interactions-map" if field in _OF_SHOPPERS else ""
            raise FeedError(f"{flag} {field}={column}: no such field, expected one of {', '.join(names)}{other}")
        if attribute_key(column) not in keyed:
            raise FeedError(f"{name}: no column {column!r} for {field}, the columns are {', '.join(columns)}")
        mapping[field] = keyed[attribute_key(column)]
    for field, guesses in names.items():
        free = (keyed[guess] for guess in guesses if guess in keyed and keyed[guess] not in mapping.values())
        column = next(free, "")
        if field not in mapping and column:
            mapping[field] = column
    if any(names_person(column) or re.fullmatch(r"[+\d][\d\s().:/-]{2,}", column) for column in columns):
        # What stands there may be a person's: it is not told.
        raise FeedError(
            f"{name}: the first row names no columns, expected a header such as {', '.join(list(names)[:3])}"
        )
    for field in needed:
        if field not in mapping:
            told = ", ".join(columns)[:300]
            raise FeedError(f"{name}: no column for {field} among {told}; name it with {flag} {field}=COLUMN")
    return {field: mapping[field] for field in names if field in mapping}


def mapping_text(mapping: Mapping[str, str]) -> str:
    """A mapping as `--map` takes it."""
    return ",".join(f"{field}={column}" for field, column in mapping.items())


def _product(
    cells: Mapping[str, Any], mapping: Mapping[str, str], others: Sequence[str], default: str, place: Place
) -> Product:
    row = {field: cells.get(column) for field, column in mapping.items()}
    told = {field: _told(value) for field, value in row.items() if field != "description"}
    for field in ("product_id", "title"):
        if not told[field]:
            raise BadValueError(mapping[field], row[field], f"a value, the product's {field}")
    said = told.get("currency", "")
    currency = currency_code(said, field=mapping["currency"]) if said else default
    price, before = (
        _money(row[field], told.get(field, ""), currency, mapping.get(field, ""), place) if field in row else None
        for field in ("price", "list_price")
    )
    for field, amount in (("price", price), ("list_price", before)):
        if said and amount and amount.currency != currency:
            raise BadValueError(
                mapping[field], row[field], f"an amount in {currency}, which {mapping['currency']} says"
            )
    if price and before and before.currency and price.currency and before.currency != price.currency:
        raise BadValueError(mapping["list_price"], row["list_price"], f"an amount in {price.currency}")
    reduced = price is not None and before is not None and before.amount > price.amount
    rating, counted = told.get("rating", ""), told.get("rating_count", "")
    count = place.kept(lambda: number(counted, 0, 1e12, field=mapping.get("rating_count", "")), None)
    attributes = _others(cells, others, place)
    stock = told.get("availability", "")
    found = price or before
    return Product(
        product_id=told["product_id"],
        title=plain_text(told["title"]),
        description=place.long_text(_text(row.get("description")), mapping.get("description", "")),
        brand=plain_text(told.get("brand", "")),
        category=category(_path(row.get("category"))),
        price=price.amount if price else None,
        list_price=before.amount if before and reduced else None,
        currency=found.currency if found else currency,
        availability=place.kept(
            lambda: availability(stock, field=(column := mapping.get("availability", "")), counted=_counts(column)),
            "unknown",
        ),
        image_url=place.picture(told.get("image_url", ""), mapping.get("image_url", "")),
        url=place.url(told.get("url", ""), mapping.get("url", "")),
        rating=place.kept(lambda: number(rating, 0, 5, field=mapping.get("rating", "")), None),
        rating_count=None if count is None else int(count),
        gtin=place.gtin([told.get("gtin", "")], mapping.get("gtin", "")),
        mpn=told.get("mpn", ""),
        condition=place.condition(told.get("condition", ""), mapping.get("condition", "")),
        attributes=attributes,
        compatible_with=_values(row["compatible_with"], split=True) if row.get("compatible_with") else (),
        reviews=_values(row["reviews"]) if row.get("reviews") else (),
    )


def _money(value: Any, told: str, currency: str, column: str, place: Place) -> Money | None:
    """The amount of a cell; None where it states none, as "on request" does."""
    if not told:
        return None
    if isinstance(value, str) and not any(char.isdecimal() for char in told):
        place.leave_out(column, value, f"{EXPECTED}; the product is kept without a price")
        return None
    return read_money(_amount(value), currency, field=column)


def _others(cells: Mapping[str, Any], others: Sequence[str], place: Place) -> dict[str, tuple[str, ...]]:
    """The attributes that the other columns are; what holds an e-mail address is none."""
    found: dict[str, tuple[str, ...]] = {}
    for name in others:
        values = _values(cells.get(name))
        kept = tuple(value for value in values if not names_person(value))
        if kept != values:
            place.leave_out(name, "(withheld: an address)", "no e-mail address")
        if kept:
            found[name] = kept
    return found


@lru_cache(maxsize=64)
def _counts(column: str) -> bool:
    return counts_stock(attribute_key(column))


def _told(value: Any) -> str:
    """A cell as text, "" where it states nothing."""
    if isinstance(value, str):
        return stated(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _told(value[0]) if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        # A column with gaps makes whole numbers floats: an id of 17 is not "17.0".
        value = int(value)
    if isinstance(value, Decimal):
        value = f"{value:f}"
    return stated(value)


def _text(value: Any) -> str:
    # Not cut yet, so that what is cut can be told.
    return value if isinstance(value, str) and stated(value) else _told(value)


def _amount(value: Any) -> Any:
    return value if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else _told(value)


def _path(value: Any) -> str:
    listed = value if isinstance(value, list) else [value]
    return " > ".join(filter(None, map(_told, listed)))


def _values(value: Any, split: bool = False) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if split and isinstance(value, str):
        listed = re.split(r"[;|,]", value)
    texts = (plain_text(_told(one)) for one in listed if not isinstance(one, dict))
    return tuple(text[:_LONGEST_ATTRIBUTE] for text in dict.fromkeys(filter(None, texts)))
