"""A set of products of different kinds that go together, within a total budget.

It chooses among candidates that satisfy the constraints already. Knows nothing of words or of the shop.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from assistant.dialogue import Candidate, Request
from index.companions import Companions
from index.kinds import kind_key_of

MOST = 5
"""Kinds that a bundle has at most, when nobody says how many."""
_OF_KIND = 6
"""Candidates of a kind that are tried."""
_LOOKED_AT = 150
"""The best candidates among which a bundle without named kinds is sought."""
_FAR_BEHIND = 0.25
"""What scores less than this share of the best belongs to no set; only asked where no kinds are named."""
_CLASHES = 10
"""How often what is not made for the bundle's stronger products is taken out, and the bundle made anew."""


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


def bundle_first(
    ranked: Sequence[Candidate],
    request: Request,
    kinds: Mapping[str, str],
    companions: Companions,
    clash: Callable[[str, str], bool],
    currency: str = "",
) -> tuple[list[Candidate], Bundle]:
    """The ranking with the bundle that a request asks for at its head, and that bundle; empty when none is affordable.

    Named kinds make the bundle; with an anchor, what has a tie to it. Else a kind counts by its best candidate and by
    how strongly it goes with the other kinds found, so that a set belongs together. `clash` says of two product ids
    that one is not made for the other: of such two the weaker one makes room.
    """
    named = set(request.kinds)
    if len(named) > 1:
        pool = [one for one in ranked if kinds.get(one.product.product_id, "") in named]
    elif request.act == "goes_with":
        pool = [one for one in ranked[:_LOOKED_AT] if one.source] or list(ranked[:_LOOKED_AT])
    else:
        pool = _coherent(ranked[:_LOOKED_AT], kinds, companions)
    most = len(named) if len(named) > 1 else request.count or MOST
    limit = request.constraints.price_max
    found = bundle(pool, kinds, limit, wanted=named, most=most, currency=currency)
    for _ in range(_CLASHES):
        ids = [one.product.product_id for one in found.candidates]
        stronger = next((first for first, second in combinations(ids, 2) if clash(first, second)), None)
        if stronger is None:
            break
        pool = [
            one for one in pool if one.product.product_id == stronger or not clash(stronger, one.product.product_id)
        ]
        found = bundle(pool, kinds, limit, wanted=named, most=most, currency=currency)
    own = {one.product.product_id: one for one in ranked}
    # The bundle's products keep the score and signals that they were ranked by.
    head = [own[one.product.product_id] for one in found.candidates]
    chosen = {one.product.product_id for one in head}
    return [*head, *(one for one in ranked if one.product.product_id not in chosen)], Bundle(tuple(head), found.total)


def _coherent(ranked: Sequence[Candidate], kinds: Mapping[str, str], companions: Companions) -> list[Candidate]:
    """The candidates of kinds that go with each other, with their scores scaled by how strongly they do.

    The pull of a kind is the sum over the other kinds of their best score times how strongly the two go together.

    All of them, where nothing is known to go with anything.
    """
    if not ranked:
        return []
    low, high = min(one.score for one in ranked), max(one.score for one in ranked)
    scaled = [replace(one, score=(one.score - low) / (high - low) if high > low else 1.0) for one in ranked]
    weight: dict[str, float] = {}
    for one in scaled:
        kind = kinds.get(one.product.product_id, "")
        weight[kind] = max(one.score, weight.get(kind, 0.0))
    weight.pop("", None)
    drawn: dict[str, float] = defaultdict(float)
    for kind, own in weight.items():
        for other, tie in companions.kinds_with(kind).items():
            if other in weight:
                drawn[other] += own * tie
                drawn[kind] += weight[other] * tie
    most = max(drawn.values(), default=0.0)
    if not most:
        return scaled
    joined = {kind: pull / most for kind, pull in drawn.items()}
    found = [replace(one, score=one.score * joined.get(kinds.get(one.product.product_id, ""), 0.0)) for one in scaled]
    best = max(one.score for one in found)
    return [one for one in found if one.score > _FAR_BEHIND * best]


def swapped(
    ranked: Sequence[Candidate],
    shown: Sequence[str],
    product_id: str,
    request: Request,
    seen: Collection[str],
    clash: Callable[[str, str], bool],
) -> list[Candidate]:
    """The set shown with the best other product of the same kind in one place, within what the set may cost.

    What was not seen before comes first; where nothing else fits, the set stays as it was.
    """
    own = {one.product.product_id: one for one in ranked}
    members = [own[one] for one in shown if one in own]
    gone = own.get(product_id)
    if gone is None:
        return members
    others = [one for one in members if one is not gone]
    limit = request.constraints.price_max
    left = None if limit is None else limit - sum((one.product.price or Decimal(0) for one in others), Decimal(0))
    kind = kind_key_of(gone.product)
    fitting = [
        one
        for one in ranked
        if kind_key_of(one.product) == kind
        and one.product.product_id not in shown
        and (left is None or _price(one) <= left)
        and not any(clash(other.product.product_id, one.product.product_id) for other in others)
    ]
    fresh = [one for one in fitting if one.product.product_id not in seen]
    new = next(iter(fresh or fitting), gone)
    return [new if one is gone else one for one in members]
