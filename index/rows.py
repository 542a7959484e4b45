"""Rows of a feed: what is kept of a rejected one, how a field is read, and how text is cleaned.

Knows no format. A field that cannot be read raises `BadValueError`; a file that cannot be read at all `FeedError`.
"""

import gzip
import json
import math
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, cast

from index.catalog import minor_digits, to_minor

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


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, gzipped when the name ends in .gz; the same rows give the same bytes."""
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data, 6, mtime=0) if path.suffix == ".gz" else data)


def clean(text: str) -> str:
    """Text as it may be stored and shown: NFKC, no control, zero-width or bidirectional characters.

    Cleaning clean text changes nothing: ids must not change between a feed and the index.
    """
    return _cleaned_short(text) if len(text) < 100 else _cleaned(text)


def _cleaned(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text[:MAX_TEXT].split())
    # Removed before normalizing: what stood around a zero-width character may then compose.
    kept = text[:MAX_TEXT].translate(_KEPT)
    return " ".join(unicodedata.normalize("NFKC", kept).split())[:MAX_TEXT].rstrip()


# A value is cleaned on every step from its feed to the native row, and many rows have the same.
_cleaned_short = lru_cache(maxsize=1 << 14)(_cleaned)


class _Kept(dict[int, int | None]):
    """For `str.translate`: each character as it is, None for one that is not kept; filled as they are met."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        unprintable = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
        self[code] = None if unprintable and char not in "\n\t\r" else code
        return self[code]


_KEPT = _Kept()


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
                yield number, json_row(str(path), number, raw)
        except (EOFError, OSError, zlib.error) as error:
            raise FeedError(f"{path}: broken after its last readable line ({error})") from None


def json_row(name: str, number: int, raw: bytes | None) -> Mapping[str, Any] | Rejected:
    """The object that a line of a file holds, or why it holds none; None is a line too long to be held."""
    if raw is None:
        return Rejected(name, number, "line", "longer than 64 MiB", "one JSON object of a product")
    try:
        row = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        shown = raw[:60].decode("utf-8", "replace").strip()
        why = "it holds a number beyond all bounds" if isinstance(error, ArithmeticError) else error
        return Rejected(name, number, "line", repr(shown), f"one JSON object ({why})")
    if not isinstance(row, dict):
        return Rejected(name, number, "line", repr(row)[:60], "one JSON object")
    return row


def rejected_row(path: Path | str, line: int, bad: BadValueError) -> Rejected:
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
