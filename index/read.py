"""Convert feeds to the native format on standard output.

python -m index.read FEED [FEED ...] [--format NAME] [--interactions] [--rejected FILE]
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from index.catalog import Product
from index.feeds import (
    READERS,
    FeedError,
    Rejected,
    interaction_to_json,
    product_to_json,
    read_interactions,
    write_rows,
)
from index.interactions import Interaction


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error when a file cannot be read or written."""
    parser = argparse.ArgumentParser(prog="python -m index.read", description="Convert feeds to native rows.")
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FEED")
    parser.add_argument("--format", choices=sorted(READERS), default="native")
    parser.add_argument("--interactions", action="store_true", help="the files hold interactions, not products")
    parser.add_argument("--rejected", type=Path, metavar="FILE", help="where the rejected rows go")
    given = parser.parse_args(arguments)
    rows: Iterable[Product | Interaction | Rejected]
    if given.interactions:
        rows = chain.from_iterable(read_interactions(path) for path in given.feeds)
    else:
        rows = READERS[given.format](given.feeds)
    rejected: list[Rejected] = []
    try:
        for row in rows:
            if isinstance(row, Rejected):
                rejected.append(row)
            else:
                native = product_to_json(row) if isinstance(row, Product) else interaction_to_json(row)
                print(json.dumps(native, ensure_ascii=False))
        if given.rejected:
            write_rows(given.rejected, map(asdict, rejected))
    except (FeedError, OSError) as error:
        print(f"index.read: {error}", file=sys.stderr)
        return 2
    for bad in rejected:
        print(bad, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
