"""What a build prints of its rows: the products of a dry run, the reasons of rejected rows, and that most were lost.

Knows nothing of index folders.
"""

from collections.abc import Sequence
from typing import Any

from index.feeds import reasons
from index.rows import Rejected

SHRUNK = 0.5
"""A feed, or what is kept of one, is suspiciously small below this share."""

_LONGEST = 300


def shortened(row: dict[str, Any]) -> dict[str, Any]:
    """A native row to look at: of long texts the beginning, of many variants the first two and how many more."""
    short = {
        name: f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
        for name, value in row.items()
    }
    variants = row.get("variants", ())
    if len(variants) > 3:
        short["variants"] = [*variants[:2], f"and {len(variants) - 2} more"]
    return short


def warn_of_loss(read: int, kept: int) -> None:
    """Print that most rows were lost, where they were."""
    if kept < SHRUNK * read:
        print(f"less than half was kept: {read - kept} of {read} rows are missing from the shop, for these reasons:")


def print_reasons(rejected: Sequence[Rejected]) -> None:
    """Print the reasons of rejected rows, the most frequent first, and the first rows."""
    for reason, count in reasons(rejected)[:10]:
        print(f"  {count} x {reason}")
    for row in rejected[:5]:
        print(f"  {row}")
