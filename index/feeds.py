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


class _BadValueError(ValueError):
    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(field, value, expected)
        self.field, self.value, self.expected = field, value, expected


def read_products(paths: Iterable[Path]) -> Iterator[Product | Rejected]:
    """Every row of the product feeds in order, kept or rejected; a second row of an id is rejected."""
    seen: dict[str, str] = {}
    for path in paths:
        for line, row in _json_rows(path):
            if isinstance(row, Rejected):
                yield row
                continue
            try:
                product = product_from_json(row)
            except _BadValueError as bad:
                yield _rejected(path, line, bad)
                continue
            if product.product_id in seen:
                first = seen[product.product_id]
                yield _rejected(
                    path,
                    line,
                    _BadValueError("product_id", product.product_id, f"an id not seen before ({first})"),
                )
                continue
            seen[product.product_id] = f"{path.name}:{line}"
            yield product


def read_interactions(path: Path) -> Iterator[Interaction | Rejected]:
    """Every row of an interactions file in order, kept or rejected."""
    for line, row in _json_rows(path):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield interaction_from_json(row)
        except _BadValueError as bad:
            yield _rejected(path, line, bad)


def product_from_json(row: Mapping[str, Any]) -> Product:
    """A product from a native row; a ValueError carries the field, its value and what was expected."""
    currency = _text(row, "currency").upper()
    return Product(
        product_id=_required(row, "product_id"),
        title=_required(row, "title"),
        description=_text(row, "description"),
        brand=_text(row, "brand"),
        category=" > ".join(part.strip() for part in _text(row, "category").split(">") if part.strip()),
        price=_money(row, "price", currency),
        currency=currency,
        availability=_availability(row) or "unknown",
        image_url=_text(row, "image_url"),
        url=_text(row, "url"),
        rating=_number(row, "rating", 0, 5),
        rating_count=_count(row, "rating_count"),
        list_price=_money(row, "list_price", currency),
        gtin=_text(row, "gtin"),
        mpn=_text(row, "mpn"),
        condition=_text(row, "condition"),
        variants=tuple(_variant(part, currency) for part in _list(row, "variants")),
        attributes=_attributes(row),
        compatible_with=_texts(_list(row, "compatible_with")),
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
    event = _required(row, "event")
    if event not in EVENTS:
        raise _BadValueError("event", event, f"one of {', '.join(EVENTS)}")
    try:
        given = row.get("timestamp")
        stamp = parse_timestamp(float(given) if isinstance(given, Decimal) else given)
    except (ValueError, OverflowError, OSError):
        expected = "ISO 8601 with an offset or seconds since the epoch"
        raise _BadValueError("timestamp", row.get("timestamp"), expected) from None
    return Interaction(
        user_id=_required(row, "user_id"),
        product_id=_required(row, "product_id"),
        event=event,
        timestamp=stamp,
        value=_number(row, "value", float("-inf"), float("inf")),
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


def _json_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Rejected]]:
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


def _rejected(path: Path, line: int, bad: _BadValueError) -> Rejected:
    return Rejected(str(path), line, bad.field, repr(bad.value)[:200], bad.expected)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise _BadValueError(name, value, "a string")


def _required(row: Mapping[str, Any], name: str) -> str:
    text = _text(row, name)
    if not text:
        raise _BadValueError(name, row.get(name), "a string that is not empty")
    return text


def _money(row: Mapping[str, Any], name: str, currency: str) -> Decimal | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise _BadValueError(name, value, 'a decimal such as "899.00"') from None
    if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount < 10**12:
        raise _BadValueError(name, value, 'a decimal from 0 up such as "899.00"')
    # Whole minor units: a price is what can be paid.
    return Decimal(to_minor(amount, currency)).scaleb(-minor_digits(currency))


def _number(row: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise _BadValueError(name, value, "a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or not low <= number <= high:
        wanted = f"a number from {low:g} to {high:g}" if math.isfinite(high) else "a finite number"
        raise _BadValueError(name, str(value), wanted)
    return number


def _count(row: Mapping[str, Any], name: str) -> int | None:
    number = _number(row, name, 0, 1e12)
    return None if number is None else int(number)


def _availability(row: Mapping[str, Any]) -> str:
    value = _text(row, "availability")
    if value and value not in AVAILABILITIES:
        raise _BadValueError("availability", value, f"one of {', '.join(AVAILABILITIES)}")
    return value


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise _BadValueError(name, value, "a list")
    return value


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(filter(None, (clean(str(value)) for value in values if value is not None)))


def _attributes(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    value = row.get("attributes")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _BadValueError("attributes", value, "an object of name -> string or list of strings")
    found = {}
    for name, given in value.items():
        listed = given if isinstance(given, list) else [given]
        values = _texts(listed)
        if values and clean(name):
            found[clean(name)] = values
    return found


def _variant(row: Any, currency: str) -> Variant:
    if not isinstance(row, dict):
        raise _BadValueError("variants", row, "a list of objects with variant_id")
    options = row.get("options") or {}
    if not isinstance(options, dict):
        raise _BadValueError("variants.options", options, "an object of name -> value")
    return Variant(
        variant_id=_required(row, "variant_id"),
        title=_text(row, "title"),
        price=_money(row, "price", currency),
        list_price=_money(row, "list_price", currency),
        availability=_availability(row),
        image_url=_text(row, "image_url"),
        url=_text(row, "url"),
        gtin=_text(row, "gtin"),
        options={clean(str(name)): clean(str(value)) for name, value in options.items()},
    )


def _variant_to_json(variant: Variant) -> dict[str, Any]:
    row = {name: value for name, value in asdict(variant).items() if value not in ("", None, {})}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


READERS: Mapping[str, Callable[[Iterable[Path]], Iterator[Product | Rejected]]] = {"native": read_products}
"""Product feed formats by name."""
