"""What is left out of a row that is kept: optional fields that could not be read.

Knows no format. An id, a title, a price, a currency and an availability are no such fields: a row that states one of
them wrongly is rejected.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from index.normalise import condition, gtin, plain_text, stated, web_url
from index.rows import MAX_TEXT, BadValueError, Rejected, clean, rejected_row

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a file, and who is told of what is left out of it."""

    file: str
    line: int
    tell: Callable[[Rejected], None] = lambda _: None

    def leave_out(self, field: str, value: object, expected: str) -> None:
        """Tell that a field's value is not kept, and what was expected."""
        self.tell(rejected_row(self.file, self.line, BadValueError(field, value, expected)))

    def kept(self, read: Callable[[], T], otherwise: U) -> T | U:
        """What is read, or something else where it cannot be, which is told."""
        try:
            return read()
        except BadValueError as bad:
            self.leave_out(bad.field, bad.value, bad.expected)
            return otherwise

    def gtin(self, values: Iterable[Any], field: str = "gtin") -> str:
        """The first GTIN among the values."""
        told = [value for value in values if stated(value)]
        found = next(filter(None, map(gtin, told)), "")
        if told and not found:
            self.leave_out(field, told[0], "8, 12, 13 or 14 digits, the last their check digit, of no restricted range")
        return found

    def condition(self, value: Any, field: str = "condition") -> str:
        """The condition that a value spells."""
        found = condition(value)
        if not found and stated(value):
            self.leave_out(field, value, "new, refurbished or used")
        return found

    def url(self, value: object, field: str = "url") -> str:
        """An absolute http(s) address."""
        return self.kept(lambda: web_url(value, field=field), "")

    def picture(self, value: object, field: str = "image_url") -> str:
        """An address of a picture: http(s), or the name of a file."""
        text = clean(str(value or ""))
        if re.match(r"[a-z][a-z0-9+.-]*:|//", text, re.IGNORECASE):
            return self.url(text, field)
        return text

    def long_text(self, value: str, field: str = "description") -> str:
        """Rich text as plain text, which is cut where it is longer than any that is kept."""
        if len(value) > MAX_TEXT:
            self.leave_out(field, f"{len(value)} characters", f"at most {MAX_TEXT}, the rest was cut off")
        return plain_text(value)


class Tally:
    """Counts what is left out of a file by field and expectation; called for each, it passes it on."""

    def __init__(self, passed_on: Callable[[Rejected], None] = lambda _: None) -> None:
        self._passed_on = passed_on
        self._first: dict[tuple[str, str], Rejected] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self.any = False

    def __call__(self, left: Rejected) -> None:
        """Count one."""
        key = left.field, left.expected
        self._counts[key] += 1
        self.any = True
        self._first.setdefault(key, left)
        self._passed_on(left)

    def report(self, file: str, say: Callable[[str], None]) -> None:
        """Tell of a file, or of a folder of them, what was left out, a line a reason, and begin anew."""
        for (field, expected), count in self._counts.most_common():
            first = self._first[field, expected]
            where = f"line {first.line}" if first.file == file else f"{first.file}:{first.line}"
            say(f"{file}: left out {count} x {field}, expected {expected}; {where} has {first.value}")
        self._counts.clear()
        self._first.clear()
