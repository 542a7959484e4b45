"""Convert feeds to the native format on standard output.

python -m index.read FEED [FEED ...] [--format NAME] [--map a=b,...] [--currency CODE] [--interactions]
                     [--rejected FILE] [--left-out FILE] [--strict]

A rejected row is not printed. What of a printed row was left out, optional fields that could not be read, is told on
standard error by file and reason, and in full in `--left-out FILE`; it is no rejection.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from index.catalog import Product
from index.feeds import (
    INTERACTION_READERS,
    READERS,
    FeedError,
    Rejected,
    interaction_to_json,
    product_to_json,
    read_interactions,
    read_products,
    reasons,
    write_rows,
)
from index.interactions import Interaction


def parse_mapping(text: str) -> Mapping[str, str]:
    """The columns by field that `--map title=name,price=amount` gives; argparse's error where it gives none."""
    found = {}
    for part in text.split(","):
        field, equals, column = part.partition("=")
        if not (equals and field.strip() and column.strip()):
            raise argparse.ArgumentTypeError(f"{part!r}, expected field=column, as in title=name,price=amount")
        found[field.strip()] = column.strip()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, with `--strict` 1 where a row was rejected, or 2 with one sentence on standard error when a file
    cannot be read or written.
    """
    parser = argparse.ArgumentParser(prog="python -m index.read", description="Convert feeds to native rows.")
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FEED", help="a file, a folder, a glob, or - for stdin")
    formats = sorted({*READERS, *INTERACTION_READERS})
    parser.add_argument("--format", choices=formats, help="the files' format; without it what their content says")
    parser.add_argument("--map", type=parse_mapping, metavar="A=B,...", help="columns of a table: title=name,price=fee")
    parser.add_argument("--currency", type=str.upper, default="", metavar="CODE", help="of amounts that name none")
    parser.add_argument("--interactions", action="store_true", help="the files hold interactions, not products")
    parser.add_argument("--rejected", type=Path, metavar="FILE", help="where the rejected rows go")
    parser.add_argument("--left-out", type=Path, metavar="FILE", help="where goes what was left out of kept rows")
    parser.add_argument("--strict", action="store_true", help="end with 1 where a row was rejected")
    given = parser.parse_args(arguments)
    known = INTERACTION_READERS if given.interactions else READERS
    if given.format and given.format not in known:
        parser.error(f"argument --format: {given.format!r}, expected one of {', '.join(sorted(known))}")
    rows: Iterable[Product | Interaction | Rejected]
    left: list[Rejected] = []
    if given.interactions:
        rows = read_interactions(given.feeds, given.format, given.map, say=_say, leave_out=left.append)
    else:
        rows = read_products(given.feeds, given.format, given.map, given.currency, _say, left.append)
    rejected: list[Rejected] = []
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Native rows are UTF-8 whatever the terminal's.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        for row in rows:
            if isinstance(row, Rejected):
                rejected.append(row)
            else:
                native = product_to_json(row) if isinstance(row, Product) else interaction_to_json(row)
                print(json.dumps(native, ensure_ascii=False))
        sys.stdout.flush()
        for path, found in ((given.rejected, rejected), (given.left_out, left)):
            if path:
                write_rows(path, map(asdict, found))
    except BrokenPipeError:
        # Whoever reads has enough; nothing more is to be flushed on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (FeedError, OSError) as error:
        print(f"index.read: {error}", file=sys.stderr)
        return 2
    for bad in rejected:
        print(bad, file=sys.stderr)
    if len(rejected) > 1:
        for reason, count in reasons(rejected):
            print(f"  {count} x {reason}", file=sys.stderr)
    return 1 if given.strict and rejected else 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
