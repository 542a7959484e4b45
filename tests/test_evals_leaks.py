"""A planted leak is seen: later purchases, a stored sequence that goes on, a bundle that holds a case whole."""

from datetime import UTC, datetime, timedelta

import pytest

from evals.cases import Case, CaseTurn
from evals.leaks import LeakError, find_leaks, refuse_leaks
from index.interactions import Interaction

START = datetime(2024, 1, 1, tzinfo=UTC)
CUT = START + timedelta(days=30)


def _bought(user: str, *ids: str, first_day: int = 0) -> list[Interaction]:
    return [
        Interaction(user, one, "purchase", START + timedelta(days=first_day + n), None) for n, one in enumerate(ids)
    ]


def _case(*history: str, target: str = "x", user: str | None = None, cut: datetime | None = None) -> Case:
    return Case("c1", (CaseTurn("", {target: 1.0}),), user, history, cut)


def test_nothing_is_found_where_nothing_leaks() -> None:
    rows = _bought("u1", "a", "b", "c", "d") + _bought("u2", "x", "a")
    assert find_leaks([_case("a", "b", "c"), _case(user="u1", cut=CUT)], rows) == []


def test_a_purchase_from_the_cut_on_is_a_leak_whoever_made_it() -> None:
    rows = _bought("u1", "a", "b")
    assert find_leaks([_case(user="u1", cut=CUT)], [*rows, *_bought("u2", "q", first_day=29)]) == []
    [leak] = find_leaks([_case(user="u1", cut=CUT)], [*rows, *_bought("u2", "q", first_day=30)])
    assert (leak.user_id, leak.product_id) == ("u2", "q")
    planted = _bought("u2", "q", first_day=31) + _bought("u1", "r", "x", first_day=40)
    [leak] = find_leaks([_case(user="u1", cut=CUT)], [*rows, *planted])
    assert (leak.user_id, leak.product_id) == ("u1", "x")


def test_a_stored_sequence_that_goes_on_to_the_answer_is_a_leak() -> None:
    [leak] = find_leaks([_case("a", "b", "c")], _bought("u1", "z", "a", "b", "c", "x", "y"))
    assert (leak.case_id, leak.user_id, leak.product_id) == ("c1", "u1", "x")
    # The same products in another order, or with one between, are another shopper's.
    assert find_leaks([_case("a", "b", "c")], _bought("u1", "x", "a", "b", "c")) == []
    assert find_leaks([_case("a", "b", "c")], _bought("u1", "a", "b", "c", "d", "x")) == []
    # Two products in a row prove nothing.
    assert find_leaks([_case("a", "b")], _bought("u1", "a", "b", "x")) == []


def test_a_bundle_leaks_in_any_order() -> None:
    rows = _bought("b1", "x", "c", "q", "a", "b")
    assert find_leaks([_case("a", "b", "c")], rows) == []
    assert len(find_leaks([_case("a", "b", "c")], rows, ordered=False)) == 1
    assert find_leaks([_case("a", "b", "e")], rows, ordered=False) == []


def test_a_leaking_set_is_refused_with_what_leaks() -> None:
    with pytest.raises(LeakError, match=r"office: the index holds the answers of 1 of 1 cases: case c1: .*'u1'.*'x'"):
        refuse_leaks("office", [_case("a", "b", "c")], _bought("u1", "a", "b", "c", "x"))
    refuse_leaks("office", [_case("a", "b", "c")], _bought("u1", "a", "b", "c"))
