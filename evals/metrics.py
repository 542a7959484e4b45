"""Numbers for one answer, and their mean with an interval over many: `METRICS`.

Knows rankings, gains and constraints; nothing of files, models or how an answer came about. The formulas of
`recall_at`, `ndcg_at`, `reciprocal_rank` and `hit_at` are those of trec_eval, which the tests hold them to.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evals.cases import CaseTurn
from index.catalog import Product, fold
from index.kinds import head_kind

NAN = float("nan")
FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Answered:
    """One turn of a case beside what the assistant made of it.

    `products` are the records of the index. `written` and `grounded` speak of the shown rationales by product
    id: written by the language model rather than put together from facts; every claim in the evidence.
    `act` and `anchor_ids` are as the assistant understood the message.
    """

    case_id: str
    expected: CaseTurn
    product_ids: tuple[str, ...] = ()
    products: Mapping[str, Product] = field(default_factory=dict)
    written: Mapping[str, bool] = field(default_factory=dict)
    grounded: Mapping[str, bool] = field(default_factory=dict)
    act: str = ""
    anchor_ids: tuple[str, ...] = ()
    failed: bool = False


Metric = Callable[[Answered], Sequence[float]]
"""The values that one turn adds to a mean: one, several, or none when it does not have the thing measured."""


def recall_at(ranking: Sequence[str], gains: Mapping[str, float], k: int) -> float:
    """Relevant products among the first k / relevant products; 0..1, NaN when no gain is above 0."""
    relevant = _relevant(gains)
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else NAN


def ndcg_at(ranking: Sequence[str], gains: Mapping[str, float], k: int) -> float:
    """DCG of the first k / DCG of the best possible k; 0..1, NaN when no gain is above 0.

    DCG = sum over ranks r = 1..k of gain / log2(r + 1), the gain itself and not 2^gain - 1 (Järvelin and
    Kekäläinen 2002, as in trec_eval). Unjudged products count 0.
    """
    ideal = _dcg(sorted(gains.values(), reverse=True)[:k])
    return _dcg([gains.get(name, 0.0) for name in ranking[:k]]) / ideal if ideal else NAN


def reciprocal_rank(ranking: Sequence[str], gains: Mapping[str, float]) -> float:
    """1 / rank of the first relevant product; 0 without one, at most 1, NaN when no gain is above 0."""
    relevant = _relevant(gains)
    ranks = (rank for rank, name in enumerate(ranking, start=1) if name in relevant)
    return 1 / next(ranks, math.inf) if relevant else NAN


def hit_at(ranking: Sequence[str], gains: Mapping[str, float], k: int) -> float:
    """1 when one of the first k is relevant, else 0; NaN when no gain is above 0."""
    relevant = _relevant(gains)
    return float(not relevant.isdisjoint(ranking[:k])) if relevant else NAN


def judged_only(ranking: Sequence[str], gains: Mapping[str, float]) -> list[str]:
    """The ranking without the products that nobody judged."""
    return [name for name in ranking if name in gains]


def _relevant(gains: Mapping[str, float]) -> set[str]:
    return {name for name, gain in gains.items() if gain > 0}


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _over_gains(formula: Callable[[Sequence[str], Mapping[str, float]], float]) -> Metric:
    def metric(turn: Answered) -> Sequence[float]:
        # A product named twice must not earn its gain twice.
        value = formula(tuple(dict.fromkeys(turn.product_ids)), turn.expected.relevant or {})
        return () if math.isnan(value) else (value,)

    return metric


def constraint_rate(turn: Answered) -> Sequence[float]:
    """1 when every product of the whole ranking satisfies the constraints of the case, else 0.

    Not measurable without constraints in the case or without products in the answer. A product that is not
    in the index satisfies nothing.
    """
    constraints = turn.expected.constraints
    if not constraints or not turn.product_ids:
        return ()
    records = [turn.products.get(name) for name in turn.product_ids]
    return (float(all(record is not None and constraints.matches(record) for record in records)),)


def empty_rate(turn: Answered) -> Sequence[float]:
    """1 when no product was given, else 0, on turns of which the case says that no product is a good answer.

    Those are the turns whose `relevant` is there and empty. A failed turn counts 0: a crash is not tact.
    """
    if turn.expected.relevant is None or turn.expected.relevant:
        return ()
    return (float(not turn.product_ids and not turn.failed),)


def grounded_rate(turn: Answered) -> Sequence[float]:
    """For each shown rationale 1 when the checker finds every claim in the evidence, else 0."""
    return tuple(float(value) for value in turn.grounded.values())


def written_rate(turn: Answered) -> Sequence[float]:
    """For each shown rationale 1 when the language model wrote it, 0 when facts stand in its place."""
    return tuple(float(value) for value in turn.written.values())


def same_kind_rate(turn: Answered) -> Sequence[float]:
    """The share of the first ten products of the same kind as what they should go with; 0..1, lower is better.

    Measured where the assistant understood "goes with" and knew the product meant, so its n says how often
    it did. Two products are of one kind when category or title names the same; an unknown kind is another.
    """
    anchors = {kind for name in turn.anchor_ids if name in turn.products for kind in _kinds(turn.products[name])}
    first = [_kinds(turn.products[name]) for name in turn.product_ids[:10] if name in turn.products]
    if turn.act != "goes_with" or not anchors or not first:
        return ()
    return (sum(not anchors.isdisjoint(kinds) for kinds in first) / len(first),)


def _kinds(product: Product) -> set[str]:
    return {fold(product.kind), head_kind(product.title)} - {""}


METRICS: Mapping[str, Metric] = {
    "ndcg@10": _over_gains(lambda ranking, gains: ndcg_at(ranking, gains, 10)),
    "ndcg@10.judged": _over_gains(lambda ranking, gains: ndcg_at(judged_only(ranking, gains), gains, 10)),
    "recall@10": _over_gains(lambda ranking, gains: recall_at(ranking, gains, 10)),
    "recall@50": _over_gains(lambda ranking, gains: recall_at(ranking, gains, 50)),
    "mrr": _over_gains(reciprocal_rank),
    "hr@1": _over_gains(lambda ranking, gains: hit_at(ranking, gains, 1)),
    "hr@10": _over_gains(lambda ranking, gains: hit_at(ranking, gains, 10)),
    "constraint_rate": constraint_rate,
    "empty_rate": empty_rate,
    "same_kind@10": same_kind_rate,
    "grounded_rate": grounded_rate,
    "written_rate": written_rate,
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` values from `cases` cases and the bounds of its 95 % interval; NaN: not measurable."""

    mean: float
    low: float
    high: float
    n: int
    cases: int


def estimate(values: Iterable[tuple[str, float]], resamples: int = 2000, seed: int = 7) -> Estimate:
    """The mean of the values, each with its case id, and its percentile bootstrap interval.

    The mean is NaN without values, the interval NaN with fewer than two cases.
    """
    sums, counts = _by_case(values)
    n = int(counts.sum())
    if not n:
        return Estimate(NAN, NAN, NAN, 0, 0)
    mean = float(sums.sum() / n)
    if len(sums) < 2:
        return Estimate(mean, NAN, NAN, n, len(sums))
    low, high = np.percentile(_resampled(sums, counts, resamples, seed), [2.5, 97.5])
    return Estimate(mean, float(low), float(high), n, len(sums))


@dataclass(frozen=True, slots=True)
class Paired:
    """How two answers to the same turns differ: `difference` is the mean of first minus second.

    `better`, `worse` and `equal` count the cases by the sum of their differences. `above` and `below` are the shares of
    the resamples whose mean difference is above and below 0; NaN with fewer than two cases.
    """

    difference: Estimate
    better: int
    worse: int
    equal: int
    above: float
    below: float


def paired(differences: Iterable[tuple[str, float]], resamples: int = 2000, seed: int = 7) -> Paired:
    """The paired bootstrap over cases (Efron and Tibshirani 1993) of the differences, each with its case id."""
    own = list(differences)
    sums, counts = _by_case(own)
    better, worse = int((sums > _SAME).sum()), int((sums < -_SAME).sum())
    above = below = NAN
    if len(sums) > 1:
        means = _resampled(sums, counts, resamples, seed)
        above, below = float((means > _SAME).mean()), float((means < -_SAME).mean())
    return Paired(estimate(own, resamples, seed), better, worse, len(sums) - better - worse, above, below)


_DRAWN_AT_ONCE = 1_000_000
_SAME = 1e-12
"""Differences that are no larger come from rounding."""


def _by_case(values: Iterable[tuple[str, float]]) -> tuple[FloatArray, FloatArray]:
    """Sum and number of the values of each case."""
    by_case: dict[str, list[float]] = {}
    for case_id, value in values:
        by_case.setdefault(case_id, []).append(value)
    sums = np.array([sum(own) for own in by_case.values()], dtype=np.float64)
    return sums, np.array([len(own) for own in by_case.values()], dtype=np.float64)


def _resampled(sums: FloatArray, counts: FloatArray, resamples: int, seed: int) -> FloatArray:
    """The means of the resamples; shape (resamples,).

    Whole cases are drawn, not values, since turns of one conversation are not independent: every resample
    draws as many cases as there are and takes the mean over all their values.
    """
    rng = np.random.default_rng(seed)
    means = np.empty(resamples)
    step = max(1, _DRAWN_AT_ONCE // len(sums))
    for start in range(0, resamples, step):
        drawn = rng.integers(0, len(sums), (min(step, resamples - start), len(sums)))
        means[start : start + step] = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return means


def measure(turns: Sequence[Answered]) -> dict[str, Estimate]:
    """Every metric of the table over all turns."""
    return {
        name: estimate((turn.case_id, value) for turn in turns for value in metric(turn))
        for name, metric in METRICS.items()
    }
