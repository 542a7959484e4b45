"""What shoppers did: `Interaction`, what a shop knows from them, and the one cut between training and held-out time.

Knows nothing of products beyond their ids.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the purchases say, counted once when the index is built.

    `histories` are product ids by shopper, oldest to newest; `popularity` is purchases by product.
    """

    histories: Mapping[str, tuple[str, ...]]
    popularity: Mapping[str, int]

    @classmethod
    def build(cls, interactions: Iterable[Interaction], product_ids: Set[str]) -> "Behaviour":
        """Count the purchases of these products."""
        bought = {
            user: tuple(one for one in own if one in product_ids) for user, own in histories(interactions).items()
        }
        own = {user: ids for user, ids in bought.items() if ids}
        return cls(
            histories=own,
            popularity=Counter(one for ids in own.values() for one in ids),
        )

    def save(self, path: Path) -> None:
        """Write everything as one JSON file."""
        path.write_text(json.dumps({"histories": self.histories, "popularity": self.popularity}), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Behaviour":
        """Read what `save` wrote."""
        row = json.loads(path.read_text(encoding="utf-8"))
        return cls(**row | {"histories": {user: tuple(ids) for user, ids in row["histories"].items()}})
