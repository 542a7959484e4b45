"""A feed's file: found by name, folder, glob or "-" for standard input, opened unzipped, and read as lines or tables.

Knows no format. Nothing is ever fetched: an address is no name of a file.
"""

import csv
import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from index.catalog import Product
from index.interactions import Interaction
from index.rows import FeedError, Rejected, clean, open_text

HEAD = 1 << 16
"""So many bytes of a file tell its format."""

STDIN = Path("-")
_SUFFIXES = {".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab", ".txt", ".xml", ".rss", ".atom", ".html", ".htm",
             ".parquet", ".inter", ".gz"}  # fmt: skip
_LONGEST_CELL = 1 << 24
PARQUET = b"PAR1"

Found = tuple[int, Product] | Rejected
Done = tuple[int, Interaction] | Rejected


@dataclass(frozen=True, slots=True)
class Source:
    """One opened file: its name, its bytes (unzipped, seekable) and how they begin."""

    name: str
    stream: IO[bytes]
    head: bytes

    def text(self) -> str:
        """The whole file as text; FeedError where it is not UTF-8 (or UTF-16 with its mark)."""
        try:
            return self.stream.read().decode(_encoding(self.head))
        except UnicodeDecodeError as error:
            raise FeedError(f"{self.name}: no UTF-8 at byte {error.start}, expected text in UTF-8") from None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told beside the file: the columns by field, the currency where the format states none, the
    secret that shoppers are hashed with, the moment that dated prices are held against, and who is told of what was
    guessed.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    salt: Callable[[], bytes] = bytes
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    say: Callable[[str], None] = lambda _: None


def find_files(names: Iterable[Path]) -> Iterator[Path]:
    """The files that names, folders and globs stand for, in order; FeedError for a name that stands for none."""
    for name in names:
        if name == STDIN or name.is_file():
            yield name
        elif name.is_dir():
            inside = sorted(path for path in name.rglob("*") if _is_feed(path.relative_to(name)) and path.is_file())
            if not inside:
                raise FeedError(f"{name}: no feed in this folder, expected files such as products.csv or feed.xml")
            yield from inside
        elif any(char in str(name) for char in "*?["):
            # A pattern is relative to the root that it names, or to where we are.
            root = Path(name.anchor) if name.anchor else Path()
            matching = [path for path in sorted(root.glob(str(name.relative_to(name.anchor)))) if path.is_file()]
            if not matching:
                raise FeedError(f"{name}: no file matches, expected a readable feed file")
            yield from matching
        else:
            yield name


def open_source(path: Path) -> Source:
    """A file, or standard input, opened at its beginning; FeedError when it cannot be."""
    if path == STDIN:
        # Kept in memory: orders on standard input must not reach the disk.
        data = sys.stdin.buffer.read()
        stream: IO[bytes] = io.BytesIO(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    else:
        stream = open_text(path)
    try:
        head = stream.read(HEAD)
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return Source("standard input" if path == STDIN else str(path), stream, head)


def delimiter_of(head: bytes) -> str:
    """What separates the cells of a table whose file begins like this: of tab, comma, semicolon and "|" the most
    frequent one of the first line; "" without any.
    """
    lines = head.decode(_encoding(head), "replace").lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    return max("\t,;|", key=first.count) if any(char in first for char in "\t,;|") else ""


def header_of(head: bytes) -> list[str]:
    """The names in the first row of a table whose file begins like this."""
    text = io.StringIO(head.decode(_encoding(head), "replace").lstrip("\ufeff"), newline="")
    try:
        row = next((row for row in csv.reader(text, delimiter=delimiter_of(head) or ",") if any(row)), [])
    except csv.Error:
        return []
    return [clean(name) for name in row]


def table_rows(source: Source) -> Iterator[tuple[int, dict[str, str]] | Rejected]:
    """Every row of a delimited file as its cells by column, with the line that it begins on.

    Lines, quotes and marks are those of RFC 4180 with any delimiter. Of columns of one name the first stated cell
    counts. A cell that is missing at the end of a row is empty; a row with more cells than columns is rejected.
    """
    csv.field_size_limit(_LONGEST_CELL)
    # Bytes that are no UTF-8 become lone surrogates, which tell the row that holds them.
    text = io.TextIOWrapper(_kept_open(source), _encoding(source.head), "surrogateescape", newline="")
    reader = csv.reader(text, delimiter=delimiter_of(source.head) or ",")
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [clean(name) for name in cells]
                continue
            if any("\udc80" <= char <= "\udcff" for cell in cells for char in cell):
                yield Rejected(source.name, start, "row", repr(cells)[:60], "text in UTF-8")
                continue
            if any(cell.strip() for cell in cells[len(columns) :]):
                yield Rejected(source.name, start, "row", f"{len(cells)} cells", f"{len(columns)}, as the header has")
                continue
            row: dict[str, str] = {}
            for name, cell in zip(columns, cells, strict=False):
                row[name] = row.get(name) or cell
            yield start, row
    except csv.Error as error:
        raise FeedError(f"{source.name}:{line}: {error}, expected rows of delimited cells") from None
    except UnicodeError as error:
        raise FeedError(f"{source.name}:{line}: {error}, expected text in UTF-8") from None


def parquet_rows(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every row of a Parquet file with its number; FeedError when it cannot be read."""
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        for batch in parquet.ParquetFile(source.stream).iter_batches(batch_size=4096):
            for row in batch.to_pylist():
                number += 1
                yield number, {clean(str(name)): value for name, value in row.items()}
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise FeedError(f"{source.name}: {str(error)[:200]}, expected a Parquet file") from None


def _kept_open(source: Source) -> io.BufferedReader:
    return source.stream if isinstance(source.stream, io.BufferedReader) else io.BufferedReader(_Raw(source.stream))


class _Raw(io.RawIOBase):
    """A stream of bytes as what `io.BufferedReader` reads from."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _is_feed(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    # An ACP feed's metadata.json names no product.
    return not hidden and path.suffix.lower() in _SUFFIXES and path.name != "metadata.json"
