"""Metrics against arithmetic done by hand and against trec_eval through ir-measures."""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures.measures import Measure

from evals.cases import CaseTurn
from evals.metrics import (
    METRICS,
    Answered,
    constraint_rate,
    empty_rate,
    estimate,
    hit_at,
    judged_only,
    measure,
    ndcg_at,
    recall_at,
    reciprocal_rank,
    same_kind_rate,
)
from index.catalog import Constraints, Product

IDS = [f"p{number}" for number in range(30)]


def by_trec_eval(measure: Measure, ranking: Sequence[str], gains: Mapping[str, int]) -> float:
    run = {"q": {name: float(len(ranking) - place) for place, name in enumerate(ranking)}}
    return float(ir_measures.calc_aggregate([measure], {"q": dict(gains)}, run)[measure])


@pytest.mark.parametrize("k", [1, 3, 10, 50])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ndcg_at, lambda k: ir_measures.nDCG @ k),
        (recall_at, lambda k: ir_measures.R @ k),
        (hit_at, lambda k: ir_measures.Success @ k),
        (lambda ranking, gains, k: reciprocal_rank(ranking[:k], gains), lambda k: ir_measures.RR @ k),
    ],
    ids=["ndcg", "recall", "hr", "mrr"],
)
@given(
    ranking=st.lists(st.sampled_from(IDS), unique=True, min_size=1),
    gains=st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=1),
)
def test_formulas_agree_with_trec_eval(
    ours: Callable[[Sequence[str], Mapping[str, float], int], float],
    theirs: Callable[[int], Measure],
    k: int,
    ranking: list[str],
    gains: dict[str, int],
) -> None:
    value = ours(ranking, {name: float(gain) for name, gain in gains.items()}, k)
    if any(gains.values()):
        assert value == pytest.approx(by_trec_eval(theirs(k), ranking, gains), abs=1e-9)
    else:
        assert math.isnan(value)


@given(
    ranking=st.lists(st.sampled_from(IDS), unique=True, min_size=1),
    gains=st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=1),
)
def test_judged_ndcg_is_the_ndcg_of_the_judged_part(ranking: list[str], gains: dict[str, int]) -> None:
    judged = [name for name in ranking if name in gains]
    turn = Answered("c", CaseTurn("", {name: float(gain) for name, gain in gains.items()}), tuple(ranking))
    values = METRICS["ndcg@10.judged"](turn)
    if not any(gains.values()):
        assert values == ()
    elif judged:
        assert values == pytest.approx([by_trec_eval(ir_measures.nDCG @ 10, judged, gains)], abs=1e-9)
    else:
        assert values == (0.0,)


def test_ndcg_by_hand() -> None:
    gains = {"a": 3.0, "b": 1.0, "c": 0.0}
    # DCG of b, x, a: 1/log2(2) + 0/log2(3) + 3/log2(4) = 1 + 0 + 1.5 = 2.5
    # best, a, b, c: 3/log2(2) + 1/log2(3) + 0 = 3 + 0.63093 = 3.63093
    assert ndcg_at(["b", "x", "a"], gains, 10) == pytest.approx(2.5 / 3.6309297535714573)
    # judged only drops x: 1/log2(2) + 3/log2(3) = 1 + 1.89279 = 2.89279
    assert judged_only(["b", "x", "a"], gains) == ["b", "a"]
    # of the first one: 1 / 3
    assert ndcg_at(["b", "x", "a"], gains, 1) == pytest.approx(1 / 3)


def test_gains_below_one_count_as_they_are() -> None:
    gains, halved = {"a": 2.0, "b": 1.0}, {"a": 1.0, "b": 0.5}
    assert ndcg_at(["b", "a"], halved, 10) == pytest.approx(ndcg_at(["b", "a"], gains, 10))
    assert recall_at(["b"], halved, 10) == 0.5


def test_recall_hit_and_reciprocal_rank_by_hand() -> None:
    gains = {"a": 1.0, "b": 0.5, "c": 0.0}
    ranking = ["x", "c", "b", "a"]
    assert recall_at(ranking, gains, 3) == 1 / 2  # b of a and b; c has gain 0
    assert hit_at(ranking, gains, 2) == 0.0
    assert hit_at(ranking, gains, 3) == 1.0
    assert reciprocal_rank(ranking, gains) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], gains) == 0.0


@pytest.mark.parametrize("gains", [{}, {"a": 0.0}])
def test_without_a_relevant_product_nothing_is_measured(gains: Mapping[str, float]) -> None:
    values = [ndcg_at(["a"], gains, 10), recall_at(["a"], gains, 10), hit_at(["a"], gains, 10)]
    assert all(math.isnan(value) for value in [*values, reciprocal_rank(["a"], gains)])


def test_a_product_named_twice_earns_once() -> None:
    turn = Answered("c", CaseTurn("", {"a": 1.0}), ("a", "a", "a"))
    assert METRICS["ndcg@10"](turn) == (1.0,)


PRODUCTS = {
    "cheap": Product("cheap", "Mouse", price=Decimal(20), category="Computers > Mice"),
    "dear": Product("dear", "Mouse", price=Decimal(90), category="Computers > Mice"),
    "unpriced": Product("unpriced", "USB dock", category="Computers > Docks"),
}
UNDER_40 = CaseTurn("a mouse under 40", constraints=Constraints(price_max=Decimal(40)))


@pytest.mark.parametrize(
    ("ids", "values"),
    [
        (("cheap",), (1.0,)),
        (("cheap", "dear"), (0.0,)),  # one product that does not satisfy spoils the turn
        (("unpriced",), (0.0,)),  # an unknown price does not satisfy a price bound
        (("gone",), (0.0,)),
        ((), ()),  # no products: not measured
    ],
)
def test_constraint_rate(ids: tuple[str, ...], values: tuple[float, ...]) -> None:
    assert constraint_rate(Answered("c", UNDER_40, ids, PRODUCTS)) == values


def test_constraint_rate_needs_constraints_in_the_case() -> None:
    assert constraint_rate(Answered("c", CaseTurn("a mouse"), ("dear",), PRODUCTS)) == ()


@pytest.mark.parametrize(
    ("relevant", "ids", "failed", "values"),
    [
        ({}, (), False, (1.0,)),
        ({}, ("cheap",), False, (0.0,)),
        ({}, (), True, (0.0,)),
        (None, (), False, ()),
        ({"cheap": 1.0}, (), False, ()),
    ],
)
def test_empty_rate(
    relevant: Mapping[str, float] | None, ids: tuple[str, ...], failed: bool, values: tuple[float, ...]
) -> None:
    assert empty_rate(Answered("c", CaseTurn("thanks", relevant), ids, failed=failed)) == values


def test_same_kind_rate_counts_look_alikes_of_the_anchor() -> None:
    turn = Answered(
        "c",
        CaseTurn("what goes with it?"),
        ("dear", "unpriced"),
        PRODUCTS,
        act="goes_with",
        anchor_ids=("cheap",),
    )
    assert same_kind_rate(turn) == (0.5,)  # the other mouse is of the same kind, the dock is not


@pytest.mark.parametrize(("act", "anchors"), [("find", ("cheap",)), ("goes_with", ()), ("goes_with", ("gone",))])
def test_same_kind_rate_needs_a_known_anchor(act: str, anchors: tuple[str, ...]) -> None:
    turn = Answered("c", CaseTurn(""), ("dear",), PRODUCTS, act=act, anchor_ids=anchors)
    assert same_kind_rate(turn) == ()


def test_rationales_are_counted_one_by_one() -> None:
    turns = [
        Answered("a", CaseTurn(""), written={"x": True, "y": False}, grounded={"x": True, "y": True}),
        Answered("b", CaseTurn(""), written={"x": False}, grounded={"x": False}),
        Answered("c", CaseTurn("")),
    ]
    found = measure(turns)
    assert found["written_rate"].mean == pytest.approx(1 / 3)
    assert found["grounded_rate"].mean == pytest.approx(2 / 3)
    assert (found["written_rate"].n, found["written_rate"].cases) == (3, 2)


def test_no_values_give_nan() -> None:
    found = estimate([])
    assert math.isnan(found.mean)
    assert math.isnan(found.low)
    assert (found.n, found.cases) == (0, 0)


def test_one_case_has_a_mean_and_no_interval() -> None:
    found = estimate([("a", 1.0), ("a", 0.0)])
    assert (found.mean, found.n, found.cases) == (0.5, 2, 1)
    assert math.isnan(found.low)


def test_the_interval_is_the_same_every_time_and_holds_the_mean() -> None:
    values = [(f"c{number}", float(number % 2)) for number in range(100)]
    found = estimate(values)
    assert found == estimate(values)
    # A share of 0.5 of 100 has a standard error of sqrt(0.5 * 0.5 / 100) = 0.05, so about 0.40 to 0.60.
    assert (found.low, found.high) == pytest.approx((0.40, 0.60), abs=0.021)


def test_turns_of_one_case_are_drawn_together() -> None:
    apart = estimate([(f"c{number}", float(number < 50)) for number in range(100)])
    together = estimate([(f"c{number // 10}", float(number < 50)) for number in range(100)])
    # Ten cases of ten equal turns know as little as ten turns: sqrt(0.25 / 10) = 0.158 against 0.05.
    assert together.high - together.low > 2.5 * (apart.high - apart.low)
    assert together.mean == apart.mean


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_of_the_table_stays_in_range_and_is_silent_on_nothing(name: str) -> None:
    metric = METRICS[name]
    assert metric(Answered("c", CaseTurn("hello"))) == ()
    turn = Answered(
        "c",
        CaseTurn("a mouse", {"cheap": 1.0}, Constraints(price_max=Decimal(40))),
        ("dear", "cheap"),
        PRODUCTS,
        written={"dear": True},
        grounded={"dear": False},
        act="goes_with",
        anchor_ids=("unpriced",),
    )
    assert all(0 <= value <= 1 for value in metric(turn))
