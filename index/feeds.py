"""Read product and interaction feeds of any known format, by its reader.

Knows nothing of the index. A row that cannot be read becomes a `Rejected` with its file, line, field, value
and what was expected; the rows around it are kept. A file that cannot be read at all raises `FeedError`.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from index.agent_feeds import read_acp, read_ucp
from index.amazon_feed import read_amazon
from index.catalog import Product
from index.google_feed import read_google
from index.interaction_feeds import (
    read_amazon_reviews,
    read_events_table,
    read_ga4,
    read_orders,
    read_recbole,
)
from index.interactions import Interaction
from index.left_out import Tally
from index.money import CURRENCIES
from index.native_feed import (
    as_native,
    interaction_from_json,
    interaction_to_json,
    product_from_json,
    product_to_json,
    read_native,
    read_native_interactions,
)
from index.openai_feed import read_openai
from index.recognise import UnknownFormatError, format_of, interactions_format_of, is_table, refuse_interactions
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
from index.source import Done, Found, Reading, Source, find_files, open_source
from index.table_feed import read_table

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
    withdraw: Callable[[str], None] = lambda _: None,
) -> Iterator[Product | Rejected]:
    """Every row of the product feeds in order, kept or rejected; a second product of an id is rejected.

    A feed is a file, a folder of them, a glob, or "-" for standard input. `format` is one of READERS, None for what
    the content says, a table where there is a mapping; `mapping` names the columns of a table by field; `currency` is
    that of amounts without one; `say` is told of columns guessed and, by file and reason, of what of kept rows was
    left out, `leave_out` of each such value, and `withdraw` of the id of what a feed says is not to be shown.
    """
    if currency and currency not in CURRENCIES:
        raise FeedError(f"--currency {currency}: no currency of ISO 4217, expected one such as USD")
    left = Tally(leave_out)
    told = Reading(mapping or {}, currency, say=say, leave_out=left, withdraw=withdraw)
    seen: dict[str, str] = {}
    priced: Counter[str] = Counter()
    feeds = list(feeds)
    named = [str(one) for one in feeds]
    for source in _opened(feeds, say):
        try:
            refuse_interactions(source)
            known = format or format_of(source)
        except UnknownFormatError as error:
            if source.name == "standard input" or source.name in named:
                raise
            # One of a folder, it does not take the others along.
            why = str(error).removeprefix(f"{source.name}: ")
            what, _, expected = why.partition(", expected ")
            yield Rejected(source.name, 1, "file", what, expected)
            continue
        if mapping and known != "table" and not format and is_table(source):
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
                product = product if reader is read_native else as_native(product)
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
        if source.name in named or source.name == "standard input":
            left.report(source.name, say)
        if not rows and not left.any:
            say(f"{source.name}: no product in it, read as {known}")
        left.any = False
    left.report(", ".join(one for one in named if not Path(one).is_file()), say)
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
    flag: str = "--map",
) -> Iterator[Interaction | Rejected]:
    """Every interaction of the files in order, kept or rejected.

    `format` is one of INTERACTION_READERS, None for what the content says; `salt` gives what e-mail addresses are
    hashed with, asked for once and only where there is one; `say` and `leave_out` as `read_products` has them; `flag`
    is the option that gave the mapping, for messages.
    """
    left = Tally(leave_out)
    told = Reading(mapping or {}, salt=cache(salt), say=say, leave_out=left, flag=flag)
    for source in _opened([feeds] if isinstance(feeds, Path) else feeds, say):
        known = format or interactions_format_of(source)
        if mapping and known != "table" and not format and is_table(source):
            known = "table"
        elif mapping and known != "table":
            say(f"{source.name}: {flag} is of tables and was not used, this is {known}")
        rows = 0
        for row in _guarded(source, INTERACTION_READERS[known](source, told)):
            rows += 1
            yield row if isinstance(row, Rejected) else row[1]
        left.report(source.name, say)
        if not rows and not left.any:
            say(f"{source.name}: no interaction in it, read as {known}")
        left.any = False


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
