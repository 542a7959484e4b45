"""A bundle: one product a kind, never over the budget, and of the largest score that the budget allows."""

import time
from decimal import Decimal
from itertools import product as combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bundle import Bundle, bundle
from assistant.dialogue import Candidate
from index.catalog import Product


def _one(name: str, price: str | None, score: float, currency: str = "USD") -> Candidate:
    amount = None if price is None else Decimal(price)
    return Candidate(Product(name, name, price=amount, currency=currency), score=score)


CANDIDATES = [
    _one("desk-a", "300.00", 0.9), _one("desk-b", "180.00", 0.7),
    _one("chair-a", "250.00", 0.8), _one("chair-b", "120.00", 0.75),
    _one("lamp-a", "60.00", 0.5), _one("lamp-b", "20.00", 0.4), _one("lamp-c", "90.00", 0.3),
    _one("vase-a", None, 0.9),
]  # fmt: skip


def _kinds(candidates: list[Candidate]) -> dict[str, str]:
    return {one.product.product_id: one.product.product_id.split("-")[0] for one in candidates}


def _names(found: Bundle) -> list[str]:
    return [one.product.product_id for one in found.candidates]


def test_the_best_set_that_the_budget_allows() -> None:
    kinds = _kinds(CANDIDATES)
    # 300 + 120 + 20 = 440 scores 2.05; desk-a with chair-b and lamp-a is 480 and scores 2.15.
    found = bundle(CANDIDATES, kinds, Decimal(480))
    assert _names(found) == ["desk-a", "chair-b", "lamp-a"]
    assert found.total == Decimal("480.00")
    assert found.score == pytest.approx(2.15)
    assert _names(bundle(CANDIDATES, kinds, Decimal("479.99"))) == ["desk-a", "chair-b", "lamp-b"]
    assert _names(bundle(CANDIDATES, kinds, Decimal(320))) == ["chair-b", "desk-b", "lamp-b"]


def test_less_money_buys_less_and_too_little_no_bundle() -> None:
    kinds = _kinds(CANDIDATES)
    assert _names(bundle(CANDIDATES, kinds, Decimal(210))) == ["chair-b", "lamp-a"]
    assert bundle(CANDIDATES, kinds, Decimal(100)) == Bundle()
    assert bundle([], {}, Decimal(100)) == Bundle()


def test_wanted_kinds_come_first() -> None:
    kinds = _kinds(CANDIDATES)
    # Desk and lamp score less together than desk and chair.
    assert _names(bundle(CANDIDATES, kinds, Decimal(300), most=2)) == ["chair-b", "desk-b"]
    assert _names(bundle(CANDIDATES, kinds, Decimal(300), most=2, wanted=("desk", "lamp"))) == ["desk-b", "lamp-a"]


def test_without_a_budget_the_best_of_each_kind_priced_or_not() -> None:
    found = bundle(CANDIDATES, _kinds(CANDIDATES), most=3)
    assert _names(found) == ["desk-a", "vase-a", "chair-a"]
    assert found.total == Decimal("550.00")


def test_no_price_another_currency_and_no_kind_have_no_place_in_a_budget() -> None:
    odd = [_one("a-1", "5.00", 1.0, "EUR"), _one("b-1", None, 1.0), _one("c-1", "5.00", 0.1), _one("d-1", "5.00", 0.1)]
    kinds = _kinds(odd) | {"d-1": ""}
    assert bundle(odd, kinds, Decimal(20), currency="USD") == Bundle()
    kinds["d-1"] = "d"
    assert _names(bundle(odd, kinds, Decimal(20), currency="USD")) == ["c-1", "d-1"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 60), st.integers(0, 20)), min_size=1, max_size=9),
    st.integers(1, 150),
    st.integers(2, 4),
)
def test_no_other_set_is_better(rows: list[tuple[int, int, int]], money: int, most: int) -> None:
    candidates = [_one(f"{kind}-{place}", str(price), score / 10) for place, (kind, price, score) in enumerate(rows)]
    kinds = _kinds(candidates)
    found = bundle(candidates, kinds, Decimal(money), most=most)
    best = 0.0
    for picks in combinations((False, True), repeat=len(candidates)):
        chosen = [one for one, picked in zip(candidates, picks, strict=True) if picked]
        own = [kinds[one.product.product_id] for one in chosen]
        total = sum((one.product.price or Decimal(0) for one in chosen), Decimal(0))
        if 2 <= len(chosen) <= most and len(set(own)) == len(own) and total <= money:
            best = max(best, sum(one.score for one in chosen))
    assert found.score == pytest.approx(best)
    assert found.total <= money
    assert len({kinds[one.product.product_id] for one in found.candidates}) == len(found.candidates)


def test_three_hundred_candidates_take_a_few_milliseconds() -> None:
    many = [_one(f"k{n % 30}-{n}", f"{5 + (n * 37) % 211}.99", (n * 7919 % 101) / 100) for n in range(300)]
    start = time.perf_counter()
    found = bundle(many, _kinds(many), Decimal(200))
    assert time.perf_counter() - start < 0.2, "about 10 ms on an idle core"
    assert len(found.candidates) >= 3
    assert found.total <= 200
