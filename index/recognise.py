"""Which format a file has, by its content: products, or what shoppers did.

Knows the names of columns and fields that tell formats apart, and none of their readers.
"""

import json
import re
from collections.abc import Mapping

from index.catalog import attribute_key
from index.google_feed import column_key
from index.interaction_feeds import NAMES as EVENT_NAMES
from index.json_walk import is_lines
from index.rows import FeedError
from index.source import PARQUET, Source, delimiter_of, header_of
from index.table_feed import NAMES as PRODUCT_NAMES
from index.table_feed import table_columns


class UnknownFormatError(FeedError):
    """A file that is no feed of what is asked for."""


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


def refuse_interactions(source: Source) -> None:
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


def is_table(source: Source) -> bool:
    """True for a delimited file or a Parquet one, of whatever format."""
    if source.head.startswith(PARQUET):
        return True
    text = _head_text(source)
    return not text.startswith(("<", "{", "[")) and bool(delimiter_of(source.head))
