"""A feed's file: found by name, folder, glob or "-" for standard input, opened unzipped, and read as lines or tables.

Knows no format. Nothing is ever fetched: an address is no name of a file.
"""

import codecs
import csv
import gzip
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from index.catalog import Product
from index.interactions import Interaction
from index.left_out import Place
from index.rows import FeedError, Rejected, clean, open_text

HEAD = 1 << 16
"""So many bytes of a file tell its format."""

STDIN = Path("-")
_SUFFIXES = {".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab", ".txt", ".xml", ".rss", ".atom", ".html", ".htm",
             ".parquet", ".inter", ".gz"}  # fmt: skip
_LONGEST_CELL = 1 << 24
_LONGEST_LINE = 1 << 26
_LONGEST_DOCUMENT = 1 << 29
_EUROPEAN = "cp1252"
PARQUET = b"PAR1"
_OTHERS = {
    b"PK\x03\x04": "a zip archive or a workbook, expected it unpacked, or its sheet saved as CSV",
    b"BZh": "packed by bzip2, expected it unpacked or packed by gzip",
    b"\xfd7zXZ": "packed by xz, expected it unpacked or packed by gzip",
    b"\x28\xb5\x2f\xfd": "packed by zstd, expected it unpacked or packed by gzip",
    b"\xd0\xcf\x11\xe0": "an old workbook, expected its sheet saved as CSV",
    b"%PDF": "a PDF, expected a feed file",
}
"""How files begin that are no feeds, and what they are."""

Found = tuple[int, Product] | Rejected
Done = tuple[int, Interaction] | Rejected


@dataclass(frozen=True, slots=True)
class Source:
    """One opened file: its name, its bytes (unzipped, seekable) and how they begin."""

    name: str
    stream: IO[bytes]
    head: bytes
    say: Callable[[str], None] = lambda _: None

    def text(self, european: bool = False) -> str:
        """The whole file as text; FeedError where it is not UTF-8 (or UTF-16 with its mark).

        `european` takes what is no UTF-8 for Windows-1252, as old pages are.
        """
        data = self.stream.read(_LONGEST_DOCUMENT + 1)
        if len(data) > _LONGEST_DOCUMENT:
            most = _LONGEST_DOCUMENT >> 20
            raise FeedError(f"{self.name}: one document of more than {most} MiB, expected one object a line (JSONL)")
        try:
            return data.decode(_encoding(self.head))
        except UnicodeDecodeError as error:
            if european:
                self.say(f"{self.name}: no UTF-8, read as Windows-1252")
                return data.decode(_EUROPEAN, "replace")
            raise FeedError(f"{self.name}: no UTF-8 at byte {error.start}, expected text in UTF-8") from None

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Every line that is not blank with its number, in UTF-8; None for one that is too long to be held."""
        stream: IO[bytes] = self.stream
        if _encoding(self.head) == "utf-16":
            stream = io.BytesIO(self.text().encode())
        number = 0
        while raw := stream.readline(_LONGEST_LINE):
            number += 1
            if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
                while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
            elif raw.strip():
                yield number, raw


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told beside the file: the columns by field, the currency where the format states none, the
    secret that shoppers are hashed with, the moment that dated prices are held against, who is told of what was
    guessed, and who of what was left out of a row that is kept; `flag` is the option that gives the mapping;
    `withdraw` is told the id of a product that the feed says is not to be shown.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    salt: Callable[[], bytes] = bytes
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    say: Callable[[str], None] = lambda _: None
    leave_out: Callable[[Rejected], None] = lambda _: None
    flag: str = "--map"
    withdraw: Callable[[str], None] = lambda _: None

    def at(self, source: Source, line: int) -> Place:
        """Where a row stands, to tell what is left out of it."""
        return Place(source.name, line, self.leave_out)


def find_files(names: Iterable[Path], say: Callable[[str], None] = lambda _: None) -> Iterator[Path]:
    """The files that names, folders and globs stand for, in order; FeedError for a name that stands for none.

    `say` is told of the files of a folder that are no feeds by their names.
    """
    for name in names:
        if name == STDIN or name.is_file():
            yield name
        elif name.is_dir():
            files = sorted(path for path in name.rglob("*") if path.is_file() and not _hidden(path.relative_to(name)))
            inside = [path for path in files if _is_feed(path)]
            if not inside:
                raise FeedError(f"{name}: no feed in this folder, expected files such as products.csv or feed.xml")
            others = [str(path.relative_to(name)) for path in files if not _is_feed(path)]
            if others:
                more = f" and {len(others) - 5} more" if len(others) > 5 else ""
                say(f"{name}: not read, no feeds by their names: {', '.join(others[:5])}{more}")
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


def open_source(path: Path, say: Callable[[str], None] = lambda _: None) -> Source:
    """A file, or standard input, opened at its beginning; FeedError when it cannot be."""
    name = "standard input" if path == STDIN else str(path)
    if path == STDIN:
        # Kept in memory: orders on standard input must not reach the disk.
        data = sys.stdin.buffer.read()
        stream: IO[bytes] = io.BytesIO(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    else:
        stream = open_text(path)
    try:
        head = stream.read(HEAD)
        for mark, told in _OTHERS.items():
            if head.startswith(mark):
                raise FeedError(f"{name}: {told}")
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return Source(name, stream, head, say)


def delimiter_of(head: bytes) -> str:
    """What separates the cells of a table whose file begins like this: what its first line says by "sep=", else of
    tab, comma, semicolon and "|" the most frequent one outside of quotes; "" without any.
    """
    lines = _decoded(head).splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith(_REMARK)), "")
    stated = _SEPARATOR.fullmatch(first)
    if stated:
        return stated[1]
    bare = re.sub(r'"[^"]*"', "", first)
    return max("\t,;|", key=bare.count) if any(char in bare for char in "\t,;|") else ""


def header_of(head: bytes) -> list[str]:
    """The names in the first row of a table whose file begins like this."""
    text = io.StringIO(_decoded(head), newline="")
    try:
        rows = csv.reader(text, delimiter=delimiter_of(head) or ",")
        row = next((row for row in rows if any(row) and not _is_before_header(row)), [])
    except csv.Error:
        return []
    return [clean(name) for name in row]


def table_rows(source: Source) -> Iterator[tuple[int, dict[str, str]] | Rejected]:
    """Every row of a delimited file as its cells by column, with the line that it begins on.

    As `table_cells` gives them; of columns of one name the first stated cell counts.
    """
    for row in table_cells(source):
        if isinstance(row, Rejected):
            yield row
            continue
        found: dict[str, str] = {}
        for name, cell in row[1]:
            found[name] = found.get(name) or cell
        yield row[0], found


def table_cells(source: Source) -> Iterator[tuple[int, list[tuple[str, str]]] | Rejected]:
    """Every row of a delimited file as pairs of column and cell, with the line that it begins on.

    Lines, quotes and marks are those of RFC 4180 with any delimiter; a quote that is never closed does not swallow
    the rows after it. A cell that is missing at the end of a row is empty; a row with more cells than columns is
    rejected.
    """
    csv.field_size_limit(_LONGEST_CELL)
    # Bytes that are of no character become lone surrogates, which tell the row that holds them.
    text = io.TextIOWrapper(_kept_open(source), _table_encoding(source), "surrogateescape", newline="")
    rows = _Rows(text, delimiter_of(source.head) or ",")
    columns: list[str] = []
    try:
        for line, cells in rows.read():
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [] if _is_before_header(cells) else [clean(name) for name in cells]
                rows.width = len(columns)
                continue
            if any(not cell.isascii() and _BROKEN.search(cell) for cell in cells):
                yield Rejected(source.name, line, "row", repr(cells)[:60], "text in UTF-8")
                continue
            if any(cell.strip() for cell in cells[len(columns) :]):
                yield Rejected(source.name, line, "row", f"{len(cells)} cells", f"{len(columns)}, as the header has")
                continue
            yield line, list(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise FeedError(f"{source.name}:{rows.line}: {error}, expected rows of delimited cells") from None
    except UnicodeError as error:
        raise FeedError(f"{source.name}:{rows.line}: {error}, expected text in UTF-8") from None


_BROKEN = re.compile("[\udc80-\udcff]")
_SEPARATOR = re.compile(r'"?sep=([\t,;|])"?\s*', re.IGNORECASE)
_REMARK = "# "


def _is_before_header(cells: list[str]) -> bool:
    """True for the row by which a workbook says what separates the others, and for the remarks of a template."""
    return cells[0].lower() == "sep=" or cells[0].startswith(_REMARK) or bool(_SEPARATOR.fullmatch(cells[0]))


class _Rows:
    """Lines as rows of cells with the line that each begins on; `width` is how many cells a row has, once known."""

    def __init__(self, text: Iterable[str], delimiter: str) -> None:
        self.width = 0
        self.line = 1
        self._delimiter = delimiter
        self._lines = iter(text)
        self._waiting: list[str] = []
        self._taken: list[str] = []

    def read(self) -> Iterator[tuple[int, list[str]]]:
        """Every row to the end."""
        reader = csv.reader(self, delimiter=self._delimiter, strict=True)
        while True:
            self._taken = []
            try:
                cells = next(reader, None)
            except csv.Error as error:
                if "field limit" in str(error) and not (len(self._taken) > 1 and self._swallowed()):
                    raise
                cells = self._again()
            else:
                if cells is not None and len(self._taken) > 1 and len(cells) != self.width and self._swallowed():
                    cells = self._first_alone()
            if cells is None:
                return
            yield self.line, cells
            self.line += len(self._taken)

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> str:
        """The next line; unlike a generator it goes on where lines were given back after the last."""
        line = self._waiting.pop() if self._waiting else next(self._lines)
        self._taken.append(line)
        return line

    def _again(self) -> list[str]:
        """The row of the lines taken, whose quotes do not keep the rules."""
        if not (len(self._taken) > 1 and self._swallowed()):
            self._waiting += reversed(self._taken)
            self._taken = []
            cells = next(csv.reader(self, delimiter=self._delimiter), [])
            if not (len(self._taken) > 1 and len(cells) != self.width and self._swallowed()):
                return cells
        return self._first_alone()

    def _swallowed(self) -> bool:
        """True when the second line taken is a whole row by itself: the first did not close its quote."""
        try:
            cells = next(csv.reader([self._taken[1]], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            # Of quotes that do not keep the rules either.
            cells = self._marks_kept(self._taken[1])
        return self.width > 1 and len(cells) == self.width

    def _first_alone(self) -> list[str]:
        """The row of the first line taken, its quotes being no more than marks; the others are read again."""
        self._waiting += reversed(self._taken[1:])
        del self._taken[1:]
        return self._marks_kept(self._taken[0])

    def _marks_kept(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self._delimiter, quoting=csv.QUOTE_NONE), [])


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


def _decoded(head: bytes) -> str:
    text = head.decode(_encoding(head), "surrogateescape" if _encoding(head) != "utf-16" else "replace")
    return (head.decode(_EUROPEAN, "replace") if _is_european(text) else text).lstrip("\ufeff")


def _table_encoding(source: Source) -> str:
    """UTF-8 or what a file's mark says, but Windows-1252 where the first letters beyond ASCII are no UTF-8."""
    own = _encoding(source.head)
    if own == "utf-16":
        return own
    decoder = codecs.getincrementaldecoder(own)("surrogateescape")
    found = own
    while data := source.stream.read(HEAD):
        text = decoder.decode(data)
        if _is_european(text):
            found = _EUROPEAN
            source.say(f"{source.name}: no UTF-8, read as Windows-1252")
        if not text.isascii():
            break
    source.stream.seek(0)
    return found


def _is_european(text: str) -> bool:
    """True when of the letters beyond ASCII most are no UTF-8, which stand as lone surrogates."""
    if text.isascii():
        return False
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    return broken > sum(char > "\x7f" for char in text) - broken


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_feed(path: Path) -> bool:
    # An ACP feed's metadata.json names no product.
    return path.suffix.lower() in _SUFFIXES and path.name != "metadata.json"
