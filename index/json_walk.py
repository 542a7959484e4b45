"""The objects of a JSON file with the line that each begins on: one a line, a list of them, or lists inside an object.

Knows no format.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from index.rows import FeedError, Rejected, json_row
from index.source import Source

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)
# Texts of a page may hold lines and tabs as they are.
_LAX = json.JSONDecoder(parse_float=Decimal, strict=False)


def json_objects(source: Source, lists: Sequence[str] = ()) -> Iterator[tuple[int, Mapping[str, Any]] | Rejected]:
    """Every object of a file: of each line, of a document that is a list, or of its `lists` where it is an object.

    A document without any of `lists` is one object. FeedError when a document cannot be parsed to its end.
    """
    if is_lines(source.head):
        for number, raw in source.lines():
            row = json_row(source.name, number, raw)
            if isinstance(row, Rejected):
                yield row
                continue
            inside = [key for key in lists if isinstance(row.get(key), list)]
            if not inside:
                yield number, row
            for key in inside:
                for one in row[key]:
                    yield (number, one) if isinstance(one, dict) else _no_object(source.name, number, one)
        return
    yield from json_document(source.name, source.text(), lists)


def json_document(
    name: str, text: str, lists: Sequence[str] = (), first_line: int = 1, *, lax: bool = False
) -> Iterator[tuple[int, Mapping[str, Any]] | Rejected]:
    """The objects of one JSON document, as `json_objects` gives them; `lax` allows for texts of more lines."""
    decoder = _LAX if lax else _DECODER
    start = _skip(text, 0)
    try:
        if text[start : start + 1] == "[":
            yield from _elements(name, text, start, first_line, decoder)
            return
        whole, end = decoder.raw_decode(text, start)
        if _skip(text, end) != len(text):
            raise ValueError("more than one document")
    except (ValueError, ArithmeticError, RecursionError, StopIteration) as error:
        raise FeedError(f"{name}: {str(error)[:200]}, expected one JSON document") from None
    if not isinstance(whole, dict):
        yield _no_object(name, first_line, whole)
        return
    inside = [key for key in lists if isinstance(whole.get(key), list)]
    if not inside:
        yield first_line + text.count("\n", 0, start), whole
    for key in inside:
        found = re.search(rf'"{re.escape(key)}"\s*:\s*\[', text)
        if found:
            yield from _elements(name, text, found.end() - 1, first_line, decoder)


def _elements(
    name: str, text: str, start: int, first_line: int, decoder: json.JSONDecoder
) -> Iterator[tuple[int, Mapping[str, Any]] | Rejected]:
    """The objects of the list that begins at a place."""
    line, counted = first_line, 0
    place = _skip(text, start + 1)
    while text[place : place + 1] != "]":
        line, counted = line + text.count("\n", counted, place), place
        try:
            one, place = decoder.raw_decode(text, place)
        except (ValueError, ArithmeticError, RecursionError, StopIteration) as error:
            raise FeedError(f"{name}:{line}: {str(error)[:200]}, expected a JSON value") from None
        yield (line, one) if isinstance(one, dict) else _no_object(name, line, one)
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            raise FeedError(f"{name}:{line}: the list ends without its bracket, expected a JSON list")


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def is_lines(head: bytes) -> bool:
    """True when the first line is an object by itself, or at least no beginning of a longer document."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    first = next((line for line in head.lstrip(b"\xef\xbb\xbf").splitlines() if line.strip()), b"").strip()
    if not first.startswith(b"{"):
        return not first.startswith(b"[")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # A line of the feed that is broken, or the first of a document: a document's ends early.
        return first.endswith(b"}") or len(first) > 200
    return True


def _no_object(name: str, line: int, value: object) -> Rejected:
    return Rejected(name, line, "line", repr(value)[:60], "one JSON object")
