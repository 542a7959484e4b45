"""A set of products of different kinds that go together, within a total budget.

Pure: it chooses among candidates that satisfy the constraints already. Knows nothing of the shop or of words.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.dialogue import Candidate

MOST = 5
"""Kinds that a bundle has at most, when nobody says how many."""
_OF_KIND = 6
"""Candidates of a kind that are tried."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Products of different kinds, the strongest first, and what they cost together."""

    candidates: tuple[Candidate, ...] = ()
    total: Decimal = Decimal(0)

    @property
    def score(self) -> float:
        """The sum of the products' scores."""
        return sum(one.score for one in self.candidates)


def bundle(
    candidates: Sequence[Candidate],
    kinds: Mapping[str, str],
    budget: Decimal | None = None,
    *,
    wanted: Collection[str] = (),
    most: int = MOST,
    currency: str = "",
) -> Bundle:
    """One product of each kind, in all at most `budget`, of the largest summed score.

    `kinds` maps product ids to kind keys; a product without a kind is left out, and with a budget one without a price
    or in another currency. `wanted` kinds come first: as many of them as the budget allows, before the score counts. A
    bundle has two products or more, else it is empty. Exact among the best few candidates of each of the best kinds.
    """
    groups = _groups(candidates, kinds, budget, wanted, most, currency)
    chosen = sorted(
        _best_set(groups, budget, wanted, most, kinds), key=lambda one: (-one.score, one.product.product_id)
    )
    return Bundle(tuple(chosen), sum((one.product.price or Decimal(0) for one in chosen), Decimal(0)))


def _groups(
    candidates: Sequence[Candidate],
    kinds: Mapping[str, str],
    budget: Decimal | None,
    wanted: Collection[str],
    most: int,
    currency: str,
) -> list[list[Candidate]]:
    """The candidates worth trying by kind: for each the best few, none that another beats in score and price."""
    by_kind: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: (-one.score, _price(one), one.product.product_id)):
        kind = kinds.get(one.product.product_id, "")
        foreign = bool(currency and one.product.currency and one.product.currency != currency)
        if not kind or (budget is not None and (one.product.price is None or foreign or one.product.price > budget)):
            continue
        group = by_kind[kind]
        # Sorted by score, a later one is worth trying only where it is cheaper than all before it.
        if not group or (budget is not None and _price(one) < _price(group[-1])):
            group.append(one)
    best = sorted(by_kind.items(), key=lambda pair: (pair[0] not in wanted, -pair[1][0].score, pair[0]))
    taken = [group for _, group in best[: max(2 * most, len(set(wanted) & by_kind.keys()))]]
    # Of many, the cheapest stays: it is what makes room for the others.
    return [group if len(group) <= _OF_KIND else [*group[: _OF_KIND - 1], group[-1]] for group in taken]


def _best_set(
    groups: Sequence[Sequence[Candidate]],
    budget: Decimal | None,
    wanted: Collection[str],
    most: int,
    kinds: Mapping[str, str],
) -> tuple[Candidate, ...]:
    """The best set with at most one of each group, by going through the groups and keeping the sets that none beats.

    Of the sets with equally many products and wanted kinds, one that costs no less than another and scores no more can
    be dropped: whatever is added to it can be added to the other.
    """
    kept = [_Set()]
    for group in groups:
        is_wanted = kinds[group[0].product.product_id] in wanted
        longer = [one.with_product(extra, is_wanted) for one in kept if one.count < most for extra in group]
        by_size: dict[tuple[int, int], list[_Set]] = defaultdict(list)
        for one in sorted((*kept, *longer), key=lambda one: (one.total, -one.score)):
            alike = by_size[one.count, one.wanted]
            within = budget is None or one.total <= budget
            if within and (not alike or one.score > alike[-1].score + 1e-9):
                alike.append(one)
        kept = [one for alike in by_size.values() for one in alike]
    best = max(
        (one for one in kept if one.count > 1), key=lambda one: (one.wanted, one.score, -one.total), default=_Set()
    )
    return best.members


@dataclass(frozen=True, slots=True)
class _Set:
    members: tuple[Candidate, ...] = ()
    total: Decimal = Decimal(0)
    score: float = 0.0
    wanted: int = 0

    @property
    def count(self) -> int:
        return len(self.members)

    def with_product(self, extra: Candidate, is_wanted: bool) -> "_Set":
        price = extra.product.price or Decimal(0)
        return _Set((*self.members, extra), self.total + price, self.score + extra.score, self.wanted + is_wanted)


def _price(one: Candidate) -> Decimal:
    return one.product.price if one.product.price is not None else Decimal("Infinity")
