"""What shoppers did: `Interaction`, and the one cut between training and held-out time.

Knows nothing of products beyond their ids.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

EVENTS = ("view", "cart", "purchase", "rating")


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing a shopper did with a product; `timestamp` has a time zone, `value` is a quantity or stars."""

    user_id: str
    product_id: str
    event: str
    timestamp: datetime
    value: float | None = None


def parse_timestamp(value: object) -> datetime:
    """A time from ISO 8601 with an offset, or from seconds since the epoch; ValueError otherwise."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        stamp = datetime.fromisoformat(value)
        if stamp.tzinfo is not None:
            return stamp
    raise ValueError(f"{value!r}, expected ISO 8601 with an offset or seconds since the epoch")


def histories(
    interactions: Iterable[Interaction], events: Sequence[str] = ("purchase",)
) -> Mapping[str, tuple[str, ...]]:
    """Each shopper's product ids, oldest to newest, of the given events."""
    rows = defaultdict(list)
    for row in interactions:
        if row.event in events:
            rows[row.user_id].append(row)
    return {
        user_id: tuple(row.product_id for row in sorted(own, key=lambda row: row.timestamp))
        for user_id, own in rows.items()
    }


def split_by_time(
    interactions: Iterable[Interaction], held_out: float = 0.2
) -> tuple[tuple[Interaction, ...], tuple[Interaction, ...]]:
    """The interactions before and from one moment on, so that about `held_out` of them come after it.

    Interactions of the very moment of the cut all fall into the second part: none of the first part is as
    late as any of the second.
    """
    if not 0 < held_out < 1:
        raise ValueError(f"held_out is {held_out!r}, expected a share between 0 and 1")
    rows = sorted(interactions, key=lambda row: row.timestamp)
    if not rows:
        return (), ()
    cut = rows[min(int(len(rows) * (1 - held_out)), len(rows) - 1)].timestamp
    early = tuple(row for row in rows if row.timestamp < cut)
    late = tuple(row for row in rows if row.timestamp >= cut)
    return early, late
