"""Read product and interaction feeds of any known format, recognised by their content.

Knows nothing of the index. A row that cannot be read becomes a `Rejected` with its file, line, field, value
and what was expected; the rows around it are kept. A file that cannot be read at all raises `FeedError`.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from index.agent_feeds import read_acp, read_ucp
from index.amazon_feed import read_amazon
from index.catalog import Product, attribute_key
from index.google_feed import column_key, read_google
from index.interaction_feeds import NAMES as EVENT_NAMES
from index.interaction_feeds import (
    read_amazon_reviews,
    read_events_table,
    read_ga4,
    read_orders,
    read_recbole,
)
from index.interactions import Interaction
from index.json_walk import is_lines
from index.left_out import Tally
from index.money import CURRENCIES
from index.native_feed import (
    interaction_from_json,
    interaction_to_json,
    product_from_json,
    product_to_json,
    read_native,
    read_native_interactions,
)
from index.openai_feed import read_openai
from index.rows import (
    MAX_TEXT,
    BadValueError,
    FeedError,
    Rejected,
    clean,
    json_rows,
    kept_texts,
    list_field,
    money_field,
    number_field,
    rejected_row,
    required_field,
    text_field,
    write_rows,
)
from index.schema_org import read_schema_org
from index.shopify_feed import read_shopify
from index.shoppers import given_salt
from index.source import PARQUET, Done, Found, Reading, Source, delimiter_of, find_files, header_of, open_source
from index.table_feed import NAMES as PRODUCT_NAMES
from index.table_feed import read_table, table_columns

__all__ = [
    "INTERACTION_READERS",
    "MAX_TEXT",
    "READERS",
    "BadValueError",
    "FeedError",
    "Rejected",
    "clean",
    "format_of",
    "interaction_from_json",
    "interaction_to_json",
    "json_rows",
    "kept_texts",
    "known_products",
    "list_field",
    "money_field",
    "number_field",
    "product_from_json",
    "product_to_json",
    "read_interactions",
    "read_products",
    "reasons",
    "rejected_row",
    "required_field",
    "text_field",
    "write_rows",
]


class UnknownFormatError(FeedError):
    """A file that is no feed of what is asked for."""


Say = Callable[[str], None]
_Row = TypeVar("_Row", Found, Done)

READERS: Mapping[str, Callable[[Source, Reading], Iterator[Found]]] = {
    "native": read_native,
    "google": read_google,
    "shopify": read_shopify,
    "openai": read_openai,
    "acp": read_acp,
    "ucp": read_ucp,
    "schema_org": read_schema_org,
    "amazon": read_amazon,
    "table": read_table,
}
"""Product feed formats by name: from an opened file to each product with its line, or why there is none."""

INTERACTION_READERS: Mapping[str, Callable[[Source, Reading], Iterator[Done]]] = {
    "native": read_native_interactions,
    "shopify_orders": read_orders,
    "ga4": read_ga4,
    "recbole": read_recbole,
    "amazon_reviews": read_amazon_reviews,
    "table": read_events_table,
}
"""Formats of interactions by name."""


def read_products(
    feeds: Iterable[Path],
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    currency: str = "",
    say: Say = lambda _: None,
    leave_out: Callable[[Rejected], None] = lambda _: None,
) -> Iterator[Product | Rejected]:
    """Every row of the product feeds in order, kept or rejected; a second product of an id is rejected.

    A feed is a file, a folder of them, a glob, or "-" for standard input. `format` is one of READERS, None for what
    the content says, a table where there is a mapping; `mapping` names the columns of a table by field; `currency` is
    that of amounts without one; `say` is told of columns guessed and, by file and reason, of what of kept rows was
    left out, `leave_out` of each such value.
    """
    if currency and currency not in CURRENCIES:
        raise FeedError(f"--currency {currency}: no currency of ISO 4217, expected one such as USD")
    left = Tally(leave_out)
    told = Reading(mapping or {}, currency, say=say, leave_out=left)
    seen: dict[str, str] = {}
    priced: Counter[str] = Counter()
    named = set(feeds := list(feeds))
    for source in _opened(feeds, say):
        try:
            _refuse_interactions(source)
            known = format or format_of(source)
        except UnknownFormatError as error:
            if source.name == "standard input" or Path(source.name) in named:
                raise
            # One of a folder, it does not take the others along.
            why = str(error).removeprefix(f"{source.name}: ")
            what, _, expected = why.partition(", expected ")
            yield Rejected(source.name, 1, "file", what, expected)
            continue
        if mapping and known != "table" and not format and _is_table(source):
            known = "table"
        elif mapping and known != "table":
            say(f"{source.name}: --map is of tables and was not used, this is {known}")
        reader, short, rows = READERS[known], Path(source.name).name, 0
        for row in _guarded(source, reader(source, told)):
            rows += 1
            if isinstance(row, Rejected):
                yield row
                continue
            line, product = row
            try:
                # As the native feed would hold it: texts cut, nothing kept of what was nothing but markup.
                product = product if reader is read_native else product_from_json(product_to_json(product))
            except BadValueError as bad:
                yield rejected_row(source.name, line, bad)
                continue
            name = product.product_id
            if name in seen:
                again = BadValueError("product_id", name, f"an id not seen before ({seen[name]})")
                yield rejected_row(source.name, line, again)
                continue
            seen[name] = f"{short}:{line}"
            if product.price is not None:
                priced[product.currency] += 1
            yield product
        left.report(source.name, say)
        if not rows and not left.any:
            say(f"{source.name}: no product in it, read as {known}")
    _say_currencies(priced, say)


def _say_currencies(priced: Mapping[str, int], say: Say) -> None:
    if set(priced) - {""} and len(priced) > 1:
        counted = ", ".join(f"{many} in {code or 'none'}" for code, many in priced.items())
        say(f"prices in more than one currency ({counted}): limits compare the amounts as they stand")
    elif priced and not set(priced) - {""}:
        say("prices name no currency; name it with --currency CODE")


def read_interactions(
    feeds: Path | Iterable[Path],
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    salt: Callable[[], bytes] = given_salt,
    say: Say = lambda _: None,
    leave_out: Callable[[Rejected], None] = lambda _: None,
) -> Iterator[Interaction | Rejected]:
    """Every interaction of the files in order, kept or rejected.

    `format` is one of INTERACTION_READERS, None for what the content says; `salt` gives what e-mail addresses are
    hashed with, asked for once and only where there is one; `say` and `leave_out` as `read_products` has them.
    """
    left = Tally(leave_out)
    told = Reading(mapping or {}, salt=cache(salt), say=say, leave_out=left)
    for source in _opened([feeds] if isinstance(feeds, Path) else feeds, say):
        known = format or interactions_format_of(source)
        if mapping and known != "table" and not format and _is_table(source):
            known = "table"
        elif mapping and known != "table":
            say(f"{source.name}: --map is of tables and was not used, this is {known}")
        rows = 0
        for row in _guarded(source, INTERACTION_READERS[known](source, told)):
            rows += 1
            yield row if isinstance(row, Rejected) else row[1]
        left.report(source.name, say)
        if not rows and not left.any:
            say(f"{source.name}: no interaction in it, read as {known}")


def known_products(interactions: Iterable[Interaction], products: Iterable[Product]) -> Iterator[Interaction]:
    """The interactions with the products' own ids, where what they name is a variant, a sku or a title of one."""
    own: dict[str, str] = {}
    listed = list(products)
    for product in listed:
        for name in (product.title, *(variant.title for variant in product.variants)):
            own.setdefault(name, product.product_id)
    for product in listed:
        for variant in product.variants:
            own[variant.variant_id] = product.product_id
            # Orders name a line "Linen shirt - Red / M".
            own.setdefault(f"{product.title} - {' / '.join(variant.options.values())}", product.product_id)
    own |= {product.product_id: product.product_id for product in listed}
    for row in interactions:
        known = own.get(row.product_id, row.product_id)
        if known == row.product_id:
            yield row
        else:
            yield Interaction(row.user_id, known, row.event, row.timestamp, row.value)


def reasons(rejected: Iterable[Rejected]) -> list[tuple[str, int]]:
    """How many rows were rejected for each reason, the most frequent first."""
    return Counter(f"{row.field}: expected {row.expected}" for row in rejected).most_common()


def format_of(source: Source) -> str:
    """The product format that a file's content tells; what cannot be told is "native"."""
    if source.head.startswith(PARQUET):
        return "amazon" if {"parent_asin", "title"} <= set(table_columns(source)) else "table"
    text = _head_text(source)
    if text.startswith("<"):
        page = re.match(r"<!doctype html|<html", text, re.IGNORECASE) or "application/ld+json" in text
        return "schema_org" if page else "google"
    rows = _head_objects(source, text)
    if rows is not None:
        return _json_format(text, rows)
    keys = {column_key(name).partition("(")[0] for name in header_of(source.head)}
    if keys & {"handle", "url_handle"} and "title" in keys:
        return "shopify"
    if keys & {"item_id", "seller_name"} and "title" in keys and keys & {"seller_name", "is_eligible_search"}:
        return "openai"
    if {"id", "title", "link"} <= keys and keys & {"image_link", "availability"}:
        return "google"
    return _table_or_nothing(source, text)


def _refuse_interactions(source: Source) -> None:
    """FeedError for what tells of shoppers: as products, whatever format is asked for, it would be stored and shown."""
    events = _marked_interactions(source)
    if events:
        raise UnknownFormatError(
            f"{source.name}: interactions ({events}), expected products; convert them by --interactions, or build "
            f"with them by --interactions FILE"
        )


def interactions_format_of(source: Source) -> str:
    """The format of interactions that a file's content tells; what cannot be told is "native"."""
    if source.head.startswith(PARQUET):
        return "table"
    text = _head_text(source)
    found = _marked_interactions(source)
    if found or _head_objects(source, text) is not None:
        return found or "native"
    return _table_or_nothing(source, text)


def _marked_interactions(source: Source) -> str:
    """The format of interactions that a file's names of columns or fields are known by, "" for any other file."""
    if source.head.startswith(PARQUET):
        return ""
    text = _head_text(source)
    rows = _head_objects(source, text)
    if rows is not None:
        keys = set().union(*rows) if rows else set(re.findall(r'"(\w+)"\s*:', text))
        if keys & {"events", "event_name"} and keys & {"client_id", "user_id", "user_pseudo_id"}:
            return "ga4"
        if {"user_id", "product_id", "event"} <= keys and "title" not in keys:
            return "native"
        reviews = {"rating", "user_id"} <= keys and keys & {"asin", "parent_asin"} and "event" not in keys
        return "amazon_reviews" if reviews else ""
    if text.startswith("<"):
        return ""
    columns = header_of(source.head)
    keys = {name.lower() for name in columns}
    if "lineitem quantity" in keys:
        return "shopify_orders"
    if any(re.fullmatch(r"user_id:(?:token|float)(?:_seq)?", name) for name in columns):
        return "recbole"
    if {"user_id", "parent_asin", "rating", "timestamp"} <= keys:
        return "amazon_reviews"
    named = {attribute_key(name) for name in columns}
    of_shoppers = all(named & set(EVENT_NAMES[field]) for field in ("user_id", "product_id", "timestamp"))
    return "table" if of_shoppers and not named & set(PRODUCT_NAMES["title"]) else ""


def _table_or_nothing(source: Source, text: str) -> str:
    if text and not delimiter_of(source.head):
        # Nothing of it is shown: it may be a person's.
        expected = "JSON, XML, HTML, Parquet or a table with a header; a format can be named by --format"
        raise UnknownFormatError(f"{source.name}: of no format that is known, expected {expected}")
    return "table" if text else "native"


def _json_format(text: str, rows: list[Mapping[str, object]]) -> str:
    # Of a document that is longer than the head only the names can be told.
    keys = set().union(*rows) if rows else set(re.findall(r'"([@\w]+)"\s*:', text))
    if keys & {"@context", "@graph", "@type"}:
        return "schema_org"
    if "parent_asin" in keys:
        return "amazon"
    if "product_id" in keys and "title" in keys and not keys & {"item_id"}:
        return "native"
    if keys & {"item_id", "seller_name"}:
        return "openai"
    inner = set(re.findall(r'"([@\w]+)"\s*:', text))
    if "product_id" in inner and keys == {"products"} and not inner & {"price_range", "id"}:
        return "native"
    if "products" in keys or "variants" in keys:
        return "ucp" if "price_range" in inner else "acp"
    return "openai" if {"id", "image_url", "availability"} <= keys else "native"


def _head_text(source: Source) -> str:
    encoding = "utf-16" if source.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return source.head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _head_objects(source: Source, text: str) -> list[Mapping[str, object]] | None:
    """The objects of the first lines of JSON; [] for a document over many lines, None for what is no JSON."""
    found: list[Mapping[str, object]] = []
    for line in text.splitlines()[:20] if is_lines(source.head) else [text]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            found.append(row)
        elif isinstance(row, list):
            found += [one for one in row if isinstance(one, dict)]
    return found if found or text.startswith(("{", "[")) else None


def _is_table(source: Source) -> bool:
    if source.head.startswith(PARQUET):
        return True
    text = _head_text(source)
    return not text.startswith(("<", "{", "[")) and bool(delimiter_of(source.head))


def _opened(feeds: Iterable[Path], say: Say) -> Iterator[Source]:
    for path in find_files(feeds, say):
        try:
            source = open_source(path, say)
        except (EOFError, OSError, zlib.error) as error:
            raise FeedError(f"{path}: broken after its last readable line ({error})") from None
        with source.stream:
            yield source


def _guarded(source: Source, rows: Iterator[_Row]) -> Iterator[_Row]:
    """The rows of a file; FeedError where its bytes end before they should."""
    try:
        yield from rows
    except (EOFError, OSError, zlib.error) as error:
        raise FeedError(f"{source.name}: broken after its last readable line ({error})") from None
