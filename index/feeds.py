"""Read product and interaction feeds, one reader a format, and write the native ones.

Knows nothing of the index. A row that cannot be read becomes a `Rejected` with its file, line, field, value
and what was expected; the rows around it are kept. A file that cannot be read at all raises `FeedError`.
"""

import gzip
import json
import math
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any, cast

from index.catalog import AVAILABILITIES, Product, Variant, minor_digits, to_minor
from index.interactions import EVENTS, Interaction, parse_timestamp

MAX_TEXT = 20_000
"""Characters of one field that are kept; more is no description but a mistake or an attack."""


class FeedError(Exception):
    """A feed that cannot be read at all; the message names the file and what was expected."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not kept, and why."""

    file: str
    line: int
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field} is {self.value}, expected {self.expected}"


class BadValueError(ValueError):
    """A field of a row that cannot be read: its name, its value and what was expected."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(field, value, expected)
        self.field, self.value, self.expected = field, value, expected


def read_products(paths: Iterable[Path]) -> Iterator[Product | Rejected]:
    """Every row of the product feeds in order, kept or rejected; a second row of an id is rejected."""
    seen: dict[str, str] = {}
    for path in paths:
        for line, row in json_rows(path):
            if isinstance(row, Rejected):
                yield row
                continue
            try:
                product = product_from_json(row)
            except BadValueError as bad:
                yield rejected_row(path, line, bad)
                continue
            if product.product_id in seen:
                first = seen[product.product_id]
                yield rejected_row(
                    path,
                    line,
                    BadValueError("product_id", product.product_id, f"an id not seen before ({first})"),
                )
                continue
            seen[product.product_id] = f"{path.name}:{line}"
            yield product


def read_interactions(path: Path) -> Iterator[Interaction | Rejected]:
    """Every row of an interactions file in order, kept or rejected."""
    for line, row in json_rows(path):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield interaction_from_json(row)
        except BadValueError as bad:
            yield rejected_row(path, line, bad)


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
    )


def product_to_json(product: Product) -> dict[str, Any]:
    """The native row of a product, without what is not stated or what the index derived."""
    product = replace(product, derived=None)
    row = {name: value for name, value in asdict(product).items() if value not in ("", None, (), {})}
    for name in ("price", "list_price"):
        if name in row:
            row[name] = str(row[name])
    if product.attributes:
        row["attributes"] = {
            name: values[0] if len(values) == 1 else list(values) for name, values in product.attributes.items()
        }
    if product.compatible_with:
        row["compatible_with"] = list(product.compatible_with)
    if product.variants:
        row["variants"] = [_variant_to_json(variant) for variant in product.variants]
    return row


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


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, gzipped when the name ends in .gz; the same rows give the same bytes."""
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data, 6, mtime=0) if path.suffix == ".gz" else data)


def clean(text: str) -> str:
    """Text as it may be stored and shown: NFKC, no control, zero-width or bidirectional characters.

    Cleaning clean text changes nothing: ids must not change between a feed and the index.
    """
    # Removed before normalizing: what stood around a zero-width character may then compose.
    kept = "".join(char for char in text[:MAX_TEXT] if char in "\n\t\r" or not _unprintable(char))
    return " ".join(unicodedata.normalize("NFKC", kept).split())[:MAX_TEXT].rstrip()


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def open_text(path: Path) -> IO[bytes]:
    """A file opened for reading bytes, unzipped when it is gzipped; FeedError when it cannot be opened."""
    try:
        with path.open("rb") as peek:
            gzipped = peek.read(2) == b"\x1f\x8b"
        return cast(IO[bytes], gzip.open(path)) if gzipped else path.open("rb")
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror or error}, expected a readable feed file") from None


def json_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Rejected]]:
    """Every line of a file that is not blank, with its number: the object it holds, or why it holds none."""
    with open_text(path) as lines:
        try:
            for number, raw in enumerate(lines, 1):
                if not raw.strip():
                    continue
                yield number, _json_row(path, number, raw)
        except (EOFError, OSError, zlib.error) as error:
            raise FeedError(f"{path}: broken after its last readable line ({error})") from None


def _json_row(path: Path, number: int, raw: bytes) -> Mapping[str, Any] | Rejected:
    try:
        row = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        shown = raw[:60].decode("utf-8", "replace").strip()
        why = "it holds a number beyond all bounds" if isinstance(error, ArithmeticError) else error
        return Rejected(str(path), number, "line", repr(shown), f"one JSON object ({why})")
    if not isinstance(row, dict):
        return Rejected(str(path), number, "line", repr(row)[:60], "one JSON object")
    return row


def rejected_row(path: Path, line: int, bad: BadValueError) -> Rejected:
    """What is kept of a row with a value that cannot be read."""
    return Rejected(str(path), line, bad.field, repr(bad.value)[:200], bad.expected)


def text_field(row: Mapping[str, Any], name: str) -> str:
    """A text of a row, cleaned; "" when it is not stated."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise BadValueError(name, value, "a string")


def required_field(row: Mapping[str, Any], name: str) -> str:
    """A text of a row that must be stated."""
    text = text_field(row, name)
    if not text:
        raise BadValueError(name, row.get(name), "a string that is not empty")
    return text


def money_field(row: Mapping[str, Any], name: str, currency: str) -> Decimal | None:
    """An amount of a row in whole minor units of the currency; None when it is not stated."""
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise BadValueError(name, value, 'a decimal such as "899.00"') from None
    if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount < 10**12:
        raise BadValueError(name, value, 'a decimal from 0 up such as "899.00"')
    # Whole minor units: a price is what can be paid.
    return Decimal(to_minor(amount, currency)).scaleb(-minor_digits(currency))


def number_field(row: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    """A number of a row within bounds, which are inclusive; None when it is not stated."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise BadValueError(name, value, "a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or not low <= number <= high:
        wanted = f"a number from {low:g} to {high:g}" if math.isfinite(high) else "a finite number"
        raise BadValueError(name, str(value), wanted)
    return number


def _count(row: Mapping[str, Any], name: str) -> int | None:
    number = number_field(row, name, 0, 1e12)
    return None if number is None else int(number)


def _availability(row: Mapping[str, Any]) -> str:
    value = text_field(row, "availability")
    if value and value not in AVAILABILITIES:
        raise BadValueError("availability", value, f"one of {', '.join(AVAILABILITIES)}")
    return value


def list_field(row: Mapping[str, Any], name: str) -> list[Any]:
    """A list of a row, one text being a list of one; empty when it is not stated."""
    value = row.get(name)
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise BadValueError(name, value, "a list")
    return value


def kept_texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The values as cleaned texts, without those that are empty."""
    return tuple(filter(None, (clean(str(value)) for value in values if value is not None)))


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
    row = {name: value for name, value in asdict(variant).items() if value not in ("", None, {})}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


READERS: Mapping[str, Callable[[Iterable[Path]], Iterator[Product | Rejected]]] = {"native": read_products}
"""Product feed formats by name."""
