"""Moments out of what tables of shoppers' deeds write: ISO 8601, epochs, and days as people write them.

A date with points has the day first, as 14.03.2026. One with strokes may begin with the day or the month: which one,
the other rows of its table tell, or it is not read.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from index.rows import BadValueError

_WRITTEN = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?Uhr)?)?")
_STROKES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?!\d|/)")
EXPECTED = "ISO 8601, or seconds, milli- or microseconds since the epoch"
_DOUBTFUL = "a time in ISO 8601; whether its day or its month comes first, no row of the table tells"


def has_strokes(text: str) -> bool:
    """True for a text in which days are written with strokes."""
    return bool(_STROKES.search(text))


def day_first(lines: Iterable[str]) -> bool | None:
    """Whether days come before months where lines write both with strokes; None where none tells, or they disagree."""
    found = set()
    for line in lines:
        for first, second in _STROKES.findall(line):
            if (int(first) > 12) != (int(second) > 12):
                found.add(int(first) > 12)
    return found.pop() if len(found) == 1 else None


def read_moment(value: object, text: str, field: str, days_first: bool | None = None) -> datetime:
    """A time of a value and its text, UTC where it has no offset; BadValueError names `field`."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        if re.fullmatch(r"\d+(?:\.\d+)?(?:[eE][+]?\d{1,2})?", text):
            seconds = float(text)
            for limit in (1e14, 1e11):
                if seconds >= limit:
                    return datetime.fromtimestamp(seconds / (1e6 if limit == 1e14 else 1e3), UTC)
            return datetime.fromtimestamp(seconds, UTC)
        if parts := _WRITTEN.fullmatch(text):
            return _of_day(parts, field, value, days_first)
        stamp = datetime.fromisoformat(text.removesuffix(" UTC"))
        return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError) as error:
        if isinstance(error, BadValueError):
            raise
        raise BadValueError(field, value, EXPECTED) from None


def _of_day(parts: re.Match[str], field: str, value: object, days_first: bool | None) -> datetime:
    first, mark, second, year, hour, minute, whole = parts.groups(default="0")
    if mark == "." or days_first or first == second:
        day, month = int(first), int(second)
    elif days_first is None:
        raise BadValueError(field, value, _DOUBTFUL)
    else:
        day, month = int(second), int(first)
    return datetime(int(year), month, day, int(hour), int(minute), int(whole), tzinfo=UTC)
