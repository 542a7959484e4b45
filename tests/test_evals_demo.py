"""The cases on the demo store agree with its feed: ids, constraints, and what is said not to exist."""

from pathlib import Path

import pytest

import evals
from evals.cases import Case, CaseTurn, read_cases
from index.catalog import Constraints, Product
from index.demo import INTERACTIONS, PRODUCTS
from index.feeds import read_interactions, read_products
from index.interactions import Interaction

CASES = read_cases(Path(evals.__file__).parent / "data" / "demo.jsonl")
TURNS = [pytest.param(turn, id=f"{case.case_id}-{number}") for case in CASES for number, turn in enumerate(case.turns)]


@pytest.fixture(scope="module")
def products() -> dict[str, Product]:
    return {row.product_id: row for row in read_products([PRODUCTS]) if isinstance(row, Product)}


@pytest.mark.parametrize("turn", TURNS)
def test_good_answers_exist_and_satisfy_the_constraints(turn: CaseTurn, products: dict[str, Product]) -> None:
    assert turn.relevant is not None
    constraints = turn.constraints or Constraints()
    misses = {name: constraints.misses(products[name]) for name in turn.relevant}
    assert {name: keys for name, keys in misses.items() if keys} == {}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.case_id) for case in CASES if case.history])
def test_what_the_shopper_owns_is_in_the_shop(case: Case, products: dict[str, Product]) -> None:
    assert set(case.history) <= set(products)


def test_stored_shoppers_are_in_the_interactions() -> None:
    known = {row.user_id for row in read_interactions(INTERACTIONS) if isinstance(row, Interaction)}
    stored = {case.user_id for case in CASES if case.user_id}
    assert stored
    assert stored <= known


@pytest.mark.parametrize(
    ("case_id", "kind"),
    [
        ("impossible-laptop-200", "Notebooks"),
        ("impossible-kestrane-console", "Game Consoles"),
        ("turns-impossible-then-relaxed", "Notebooks"),
    ],
)
def test_what_is_called_impossible_is(case_id: str, kind: str, products: dict[str, Product]) -> None:
    [turn] = [case.turns[0] for case in CASES if case.case_id == case_id]
    assert turn.constraints
    assert not [one for one in products.values() if one.kind == kind and turn.constraints.matches(one)]
    assert [one for one in products.values() if one.kind == kind]


def test_the_set_covers_what_shoppers_do() -> None:
    assert len(CASES) >= 40
    assert sum(len(case.turns) > 1 for case in CASES) >= 5
    assert sum(not turn.user for case in CASES for turn in case.turns) >= 5
    assert sum(turn.relevant == {} for case in CASES for turn in case.turns) >= 8
    assert sum(bool(turn.constraints) for case in CASES for turn in case.turns) >= 20
