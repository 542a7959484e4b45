"""The journeys that are replayed: read without a fault, true to the demo store's feed, and a third of them sealed."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

import evals
from assistant.dialogue import ACTS
from evals.journey_file import Journey, JourneyTurn, read_journeys, unknown_ids
from index.catalog import Product, fold
from index.demo import PRODUCTS
from index.feeds import read_products
from index.kinds import kind_key_of

FILES = sorted((Path(evals.__file__).parent / "data" / "journeys").glob("*.jsonl"))
DEMO = read_journeys(FILES[0].with_name("demo.jsonl"))
NOT_IN_THE_FILES = {"unclear"}
TURNS = [pytest.param(turn, id=f"{one.case_id}-{number}") for one in DEMO for number, turn in enumerate(one.turns)]

Wares = dict[str, list[Product]]


@pytest.fixture(scope="module")
def products() -> dict[str, Product]:
    return {row.product_id: row for row in read_products([PRODUCTS]) if isinstance(row, Product)}


@pytest.fixture(scope="module")
def wares(products: dict[str, Product]) -> Wares:
    found: Wares = defaultdict(list)
    for product in products.values():
        found[fold(kind_key_of(product))].append(product)
    return dict(found)


def _turns(journeys: Iterable[Journey], holds: Callable[[JourneyTurn], bool] = lambda turn: True) -> int:
    return sum(holds(turn) for one in journeys for turn in one.turns)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_journey_is_read_and_is_of_its_store(file: Path) -> None:
    journeys = read_journeys(file)
    assert {one.store for one in journeys} == {file.stem}
    assert all(3 <= len(one.turns) <= 8 for one in journeys)
    assert _turns(journeys) > 4 * len(journeys)
    assert all(turn.user.strip() == turn.user != "" for one in journeys for turn in one.turns)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_at_least_a_third_is_sealed(file: Path) -> None:
    parts = Counter(one.part for one in read_journeys(file))
    assert 3 * parts["sealed"] >= parts.total() and parts["open"] >= parts["sealed"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_anchors_say_the_same_as_the_reference(file: Path) -> None:
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        for turn in row["turns"]:
            named = turn.get("reference") or {}
            ids = named.get("ids", [named["id"]] if "id" in named else [])
            assert set(turn.get("anchors", ())) >= set(ids), (row["case_id"], turn["user"])


def test_demo_is_large_and_says_every_act() -> None:
    assert len(DEMO) >= 30 and _turns(DEMO) >= 130
    assert {turn.act for one in DEMO for turn in one.turns} == set(ACTS) - NOT_IN_THE_FILES


@pytest.mark.parametrize("part", ["open", "sealed"])
def test_every_sort_of_turn_stands_in_both_parts(part: str) -> None:
    journeys = [one for one in DEMO if one.part == part]
    sorts: dict[str, tuple[int, Callable[[JourneyTurn], bool]]] = {
        "miss": (4, lambda turn: turn.miss),
        "not carried": (3, lambda turn: turn.not_carried),
        "a place": (15, lambda turn: turn.reference is not None and bool(turn.reference.places)),
        "named or owned": (5, lambda turn: turn.reference is not None and bool(turn.reference.ids)),
        "the only one that": (1, lambda turn: turn.reference is not None and turn.reference.where is not None),
        "cheaper than": (2, lambda turn: turn.below is not None),
        "compare": (2, lambda turn: turn.act == "compare"),
        "question": (5, lambda turn: turn.act == "question"),
        "shop question": (5, lambda turn: turn.act == "shop_question"),
        "goes with": (8, lambda turn: turn.act == "goes_with"),
        "more like": (2, lambda turn: turn.act == "more_like"),
        "cart": (7, lambda turn: turn.act == "cart"),
        "memory": (2, lambda turn: turn.act == "memory"),
        "clarify": (1, lambda turn: turn.act == "clarify"),
        "unsafe": (1, lambda turn: turn.act == "unsafe"),
        "gift": (3, lambda turn: turn.gift),
        "bundle": (3, lambda turn: turn.bundle and turn.budget_for_all),
        "order": (2, lambda turn: bool(turn.order)),
        "count": (2, lambda turn: turn.count is not None),
        "refused maker": (5, lambda turn: bool(turn.constraints.not_brands)),
        "refused property": (2, lambda turn: bool(turn.constraints.not_attributes)),
    }
    found = {name: _turns(journeys, holds) for name, (_, holds) in sorts.items()}
    assert {name: count for name, count in found.items() if count < sorts[name][0]} == {}


def test_what_demo_names_is_in_the_store(products: dict[str, Product], wares: Wares) -> None:
    brands = {fold(product.brand) for product in products.values()}
    for one in DEMO:
        assert unknown_ids(one, products) == (), one.case_id
        for turn in one.turns:
            assert {name for names in turn.kinds for name in names} <= wares.keys(), (one.case_id, turn.user)
            held = turn.constraints
            assert {fold(name) for name in (*held.brands, *held.not_brands)} <= brands, (one.case_id, turn.user)


@pytest.mark.parametrize("turn", TURNS)
def test_a_miss_is_one_and_everything_else_is_to_be_had(turn: JourneyTurn, wares: Wares) -> None:
    if not turn.wants_products:
        assert not (turn.miss or turn.not_carried or turn.kinds)
        return
    if turn.not_carried:
        assert turn.kinds == ()
        return
    fitting = [[one for name in names for one in wares[name] if turn.constraints.matches(one)] for names in turn.kinds]
    assert fitting
    assert turn.miss is (not all(fitting))


@pytest.mark.parametrize(
    "turn", [one for one in TURNS if isinstance(one.values[0], JourneyTurn) and one.values[0].bundle]
)
def test_a_set_can_be_had_for_its_budget(turn: JourneyTurn, wares: Wares) -> None:
    least = [
        min(one.price for name in names for one in wares[name] if one.price is not None and _fits(one, turn))
        for names in turn.kinds
    ]
    assert turn.budget_for_all and turn.constraints.price_max is not None
    assert sum(least, Decimal()) <= turn.constraints.price_max


def _fits(product: Product, turn: JourneyTurn) -> bool:
    return turn.constraints.without("price_max").matches(product)


@pytest.mark.parametrize(
    "turn", [one for one in TURNS if isinstance(one.values[0], JourneyTurn) and one.values[0].wants_products]
)
def test_every_property_demanded_is_one_of_the_things_sought(turn: JourneyTurn, wares: Wares) -> None:
    sought = [one for names in turn.kinds for name in names for one in wares[name]]
    for name in (*turn.constraints.attributes, *turn.constraints.not_attributes):
        assert any(name in one.attributes for one in sought), name
