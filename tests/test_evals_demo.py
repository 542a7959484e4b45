"""Both sets of cases on the demo store agree with its feed: ids, constraints, and what is said not to exist."""

from pathlib import Path

import pytest

import evals
from evals.cases import Case, CaseTurn, read_cases
from index.catalog import Constraints, Product, fold
from index.demo import INTERACTIONS, PRODUCTS
from index.feeds import read_interactions, read_products
from index.interactions import Interaction

DATA = Path(evals.__file__).parent / "data"
SETS = {name: read_cases(DATA / f"{name}.jsonl") for name in ("demo", "heldout")}
CASES = [(name, case) for name, cases in SETS.items() for case in cases]
TURNS = [
    pytest.param(turn, id=f"{name}-{case.case_id}-{number}")
    for name, case in CASES
    for number, turn in enumerate(case.turns)
]


@pytest.fixture(scope="module")
def products() -> dict[str, Product]:
    return {row.product_id: row for row in read_products([PRODUCTS]) if isinstance(row, Product)}


@pytest.mark.parametrize("turn", TURNS)
def test_good_answers_exist_and_satisfy_the_constraints(turn: CaseTurn, products: dict[str, Product]) -> None:
    assert turn.relevant is not None
    constraints = turn.constraints or Constraints()
    misses = {name: constraints.misses(products[name]) for name in turn.relevant}
    assert {name: keys for name, keys in misses.items() if keys} == {}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{name}-{case.case_id}") for name, case in CASES if case.history]
)
def test_what_the_shopper_owns_is_in_the_shop(case: Case, products: dict[str, Product]) -> None:
    assert set(case.history) <= set(products)


@pytest.mark.parametrize("name", SETS)
def test_stored_shoppers_are_in_the_interactions(name: str) -> None:
    known = {row.user_id for row in read_interactions(INTERACTIONS) if isinstance(row, Interaction)}
    stored = {case.user_id for case in SETS[name] if case.user_id}
    assert stored
    assert stored <= known


@pytest.mark.parametrize(
    ("name", "case_id", "kind"),
    [
        ("demo", "impossible-laptop-200", "Notebooks"),
        ("demo", "impossible-kestrane-console", "Game Consoles"),
        ("demo", "turns-impossible-then-relaxed", "Notebooks"),
        ("heldout", "never-tablet-100", "Tablets"),
        ("heldout", "never-printer-fjellbord", "Printers"),
        ("heldout", "never-laptop-900g", "Notebooks"),
        ("heldout", "never-kettle-3l", "Kettles"),
        ("heldout", "talk-oled", "Monitors"),
    ],
)
def test_what_is_called_impossible_is(name: str, case_id: str, kind: str, products: dict[str, Product]) -> None:
    [turn] = [case.turns[0] for case in SETS[name] if case.case_id == case_id]
    assert turn.constraints
    assert not [one for one in products.values() if one.kind == kind and turn.constraints.matches(one)]
    assert [one for one in products.values() if one.kind == kind]


@pytest.mark.parametrize("name", SETS)
def test_the_set_covers_what_shoppers_do(name: str) -> None:
    cases = SETS[name]
    assert len(cases) >= 40
    assert sum(len(case.turns) > 1 for case in cases) >= 5
    assert sum(not turn.user for case in cases for turn in case.turns) >= 5
    assert sum(turn.relevant == {} for case in cases for turn in case.turns) >= 8
    assert sum(bool(turn.constraints) for case in cases for turn in case.turns) >= 20


def test_no_message_of_the_held_out_set_was_developed_on() -> None:
    messages = {name: {fold(turn.user) for case in cases for turn in case.turns} for name, cases in SETS.items()}
    assert messages["demo"] & messages["heldout"] == {""}


def test_the_held_out_set_asks_for_many_kinds(products: dict[str, Product]) -> None:
    turns = [turn for case in SETS["heldout"] for turn in case.turns]
    assert len({products[name].kind for turn in turns for name in turn.relevant or {}}) >= 35
