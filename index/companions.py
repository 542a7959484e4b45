"""What goes with what: declared compatibility, bought together, kind goes with kind.

Built once from products and interactions and stored in the index folder. Knows nothing of a message.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from index.catalog import Product
from index.interactions import Interaction
from index.kinds import kind_key_of
from index.names import DeclaredNames, own_names
from index.steps import Progress, told

Scored = tuple[tuple[str, float], ...]

_TOGETHER = timedelta(days=120)
"""Purchases of one shopper within this time count as bought together."""
_LATER_THAN = 30
"""At most this many of a shopper's neighbouring purchases are paired with one: long histories say less."""
_SHRINK = 5.0
_KEPT = 60
"""How many companions of a product, and kinds of a kind, are kept."""


@dataclass(frozen=True, slots=True)
class Companion:
    """One product that goes with another: how surely (0..1), and by which source."""

    product_id: str
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Companions:
    """Companions of products by id, declared or bought together, and the kinds that go with a kind."""

    declared: Mapping[str, Scored]
    together: Mapping[str, Scored]
    kinds: Mapping[str, Scored]

    @classmethod
    def build(
        cls, products: Sequence[Product], interactions: Iterable[Interaction], progress: Progress | None = None
    ) -> "Companions":
        """Learn what goes with what from declarations and from the purchases."""
        declared = _declared(products, progress)
        kinds = {product.product_id: kind_key_of(product) for product in products}
        pairs, counts, baskets = _pairs(interactions, kinds, progress)
        return cls(
            declared={key: tuple(sorted(found.items(), key=lambda one: -one[1])) for key, found in declared.items()},
            together=_together(pairs, counts, baskets),
            kinds=_kind_pairs(declared, pairs, kinds),
        )

    def of(self, product_id: str) -> list[Companion]:
        """The companions of a product, declared ones first, then those bought together by strength."""
        found: dict[str, Companion] = {}
        for other, score in self.declared.get(product_id, ()):
            found[other] = Companion(other, score, "declared")
        for other, score in self.together.get(product_id, ()):
            found.setdefault(other, Companion(other, 0.9 * score, "together"))
        return list(found.values())

    def kinds_with(self, kind: str) -> Mapping[str, float]:
        """The kinds that go with a kind, by kind key, with their strength in 0..1."""
        return dict(self.kinds.get(kind, ()))

    def save(self, path: Path) -> None:
        """Write everything as one JSON file."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Companions":
        """Read what `save` wrote."""
        row = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            declared={key: _scored(pairs) for key, pairs in row["declared"].items()},
            together={key: _scored(pairs) for key, pairs in row["together"].items()},
            kinds={key: _scored(pairs) for key, pairs in row["kinds"].items()},
        )


def _scored(pairs: Iterable[Sequence[object]]) -> Scored:
    return tuple((str(name), float(str(score))) for name, score in pairs)


def _declared(products: Sequence[Product], progress: Progress | None) -> dict[str, dict[str, float]]:
    """Declared compatibility in both directions: an accessory and what it works with have each other."""
    by_id = {product.product_id: product for product in products}
    declared = DeclaredNames(products)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for product in told(products, progress, len(products)):
        for name in product.compatible_with:
            if name in by_id and name != product.product_id:
                found[name][product.product_id] = found[product.product_id][name] = 1.0
        carried = declared.find(own_names(product))
        # Two accessories of one device may both carry its name in the title; they do not work with each other.
        if product.product_id in carried:
            continue
        for other, strength in carried.items():
            if other != product.product_id:
                found[product.product_id].setdefault(other, strength)
                found[other].setdefault(product.product_id, strength)
    return found


def _pairs(
    interactions: Iterable[Interaction], kinds: Mapping[str, str], progress: Progress | None
) -> tuple[Counter[tuple[str, str]], Counter[str], int]:
    """How many shoppers bought two products near each other, each product, and how many shoppers there are."""
    by_user: dict[str, list[Interaction]] = defaultdict(list)
    for row in interactions:
        if row.event == "purchase" and row.product_id in kinds:
            by_user[row.user_id].append(row)
    pairs: Counter[tuple[str, str]] = Counter()
    counts: Counter[str] = Counter()
    for rows in told(by_user.values(), progress, len(by_user)):
        rows.sort(key=lambda row: row.timestamp)
        counts.update({row.product_id for row in rows})
        own: set[tuple[str, str]] = set()
        for place, row in enumerate(rows):
            for later in rows[place + 1 : place + 1 + _LATER_THAN]:
                if later.timestamp - row.timestamp > _TOGETHER:
                    break
                if later.product_id != row.product_id:
                    own.add((min(row.product_id, later.product_id), max(row.product_id, later.product_id)))
        pairs.update(own)
    return pairs, counts, len(by_user)


def _together(pairs: Mapping[tuple[str, str], int], counts: Mapping[str, int], baskets: int) -> dict[str, Scored]:
    """Companions by lift with shrinkage, scaled into 0..1.

    score = n_ab / (n_ab + 5) * log2(1 + lift) / log2(1 + largest lift), lift = n_ab * N / (n_a * n_b): a pair
    seen once or twice is held back, and so is one of two products that everybody buys.
    """
    raw: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (one, other), n in pairs.items():
        if n < 2:
            continue
        score = n / (n + _SHRINK) * math.log2(1 + n * baskets / (counts[one] * counts[other]))
        raw[one].append((other, score))
        raw[other].append((one, score))
    top = max((score for scores in raw.values() for _, score in scores), default=1.0)
    return {key: _best(scores, top) for key, scores in raw.items()}


def _kind_pairs(
    declared: Mapping[str, Mapping[str, float]], pairs: Mapping[tuple[str, str], int], kinds: Mapping[str, str]
) -> dict[str, Scored]:
    """Which kinds go with a kind: by declarations and purchases, as lift over how common each kind is."""
    weights: Counter[tuple[str, str]] = Counter()
    for one, others in declared.items():
        reached = Counter(kinds[other] for other in others)
        for kind, n in reached.items():
            weights[kinds[one], kind] += min(n, 5)
    for (one, other), n in pairs.items():
        weights[kinds[one], kinds[other]] += n
        weights[kinds[other], kinds[one]] += n
    totals: Counter[str] = Counter()
    for (one, _), n in weights.items():
        totals[one] += n
    everything = sum(totals.values())
    raw: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (one, other), n in weights.items():
        if not one or not other or one == other:
            continue
        lift = n * everything / (totals[one] * totals[other])
        if lift > 1:
            raw[one].append((other, n / (n + 20) * math.log2(1 + lift)))
    return {one: _best(scores, max(score for _, score in scores)) for one, scores in raw.items()}


def _best(scores: Iterable[tuple[str, float]], top: float) -> Scored:
    """The strongest of the scores, as shares of `top`."""
    kept = sorted(scores, key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    return tuple((name, round(score / top, 4)) for name, score in kept)
