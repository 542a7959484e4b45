"""What goes with an anchor: declared, together, fitting, by kind; never of its own kind, never what misfits."""

from decimal import Decimal

import numpy as np
import pytest

from assistant.companion import CompanionFinder, Companionship
from assistant.dialogue import Request
from index.catalog import Constraints
from index.folder import Shop
from index.kinds import kind_key_of

BREADTH = 200


def _finder(shop: Shop) -> CompanionFinder:
    counts = [shop.popularity.get(product.product_id, 0) for product in shop.rows]
    return CompanionFinder(shop, [kind_key_of(product) for product in shop.rows], np.asarray(counts, np.float32))


@pytest.fixture(scope="module")
def finder(demo_shop: Shop) -> CompanionFinder:
    return _finder(demo_shop)


def _find(shop: Shop, finder: CompanionFinder, request: Request) -> Companionship:
    return finder.find(request, shop.allowed(request.constraints), BREADTH)


def _ids(shop: Shop, found: Companionship) -> set[str]:
    return {shop.rows[row].product_id for row in found.rows}


def _kinds(shop: Shop, found: Companionship) -> set[str]:
    return {kind_key_of(shop.rows[row]) for row in found.rows}


@pytest.mark.parametrize("anchor", ["notebook-001", "printer-001", "console-002", "phone-008", "tablet-005"])
def test_declared_ones_are_all_there_and_none_of_the_anchor_s_kind(
    demo_shop: Shop, finder: CompanionFinder, anchor: str
) -> None:
    found = _find(demo_shop, finder, Request(act="goes_with", anchor_ids=(anchor,)))
    declared = {one for one, _ in demo_shop.companions.declared[anchor]}
    assert declared <= _ids(demo_shop, found)
    assert kind_key_of(demo_shop.products[anchor]) not in _kinds(demo_shop, found)
    assert all(found.companions[one].source == "declared" for one in declared)


def test_the_same_request_finds_the_same_again(demo_shop: Shop, finder: CompanionFinder) -> None:
    request = Request(act="goes_with", anchor_ids=("notebook-001",))
    before = list(demo_shop.companions.of("notebook-001"))
    assert _find(demo_shop, finder, request) == _find(demo_shop, finder, request)
    assert demo_shop.companions.of("notebook-001") == before


@pytest.mark.parametrize("anchor", ["toner-001", "laptop-charger-002", "controller-001"])
def test_the_other_way_round_finds_what_the_part_is_for(demo_shop: Shop, finder: CompanionFinder, anchor: str) -> None:
    declared = {one for one, _ in demo_shop.companions.declared[anchor]}
    kinds = {kind_key_of(demo_shop.products[one]) for one in declared}
    found = _find(demo_shop, finder, Request(act="goes_with", kinds=tuple(kinds), anchor_ids=(anchor,)))
    assert declared
    assert declared == _ids(demo_shop, found), "all that it is declared for, and no other of their kind"


def test_what_does_not_fit_by_its_record_is_left_out(demo_shop: Shop, finder: CompanionFinder) -> None:
    found = _find(demo_shop, finder, Request(act="goes_with", kinds=("laptop sleeve",), anchor_ids=("notebook-001",)))
    size = demo_shop.products["notebook-001"].attributes["screen_size"][0]
    sleeves = [demo_shop.products[one] for one in _ids(demo_shop, found)]
    assert sleeves
    assert all(
        any(abs(_inches(v) - _inches(size)) < 0.6 for v in one.attributes["fits_screen_size"]) for one in sleeves
    )
    told = finder.fit(sleeves[0].product_id, ["notebook-001"])
    assert told is not None
    assert told.score > 0
    assert "fits screen size" in told.reason


def _inches(value: str) -> float:
    return float(value.split(maxsplit=1)[0])


def test_what_is_declared_for_another_kind_goes_with_the_anchor_where_the_records_fit(shop: Shop) -> None:
    # Both docks declare notebooks; neither speaks of printers, and no record ties them to one.
    found = _find(shop, _finder(shop), Request(act="goes_with", kinds=("docking station",), anchor_ids=("p1",)))
    assert not {"d1", "d2"} & _ids(shop, found)


def test_every_row_satisfies_the_constraints(demo_shop: Shop, finder: CompanionFinder) -> None:
    constraints = Constraints(price_max=Decimal(40), in_stock=True)
    found = _find(
        demo_shop,
        finder,
        Request(act="goes_with", query="charger", anchor_ids=("notebook-001",), constraints=constraints),
    )
    assert found.rows
    assert all(constraints.matches(demo_shop.rows[row]) for row in found.rows)


def test_a_device_that_only_declarations_name(shop: Shop) -> None:
    found = _find(shop, _finder(shop), Request(act="goes_with", anchor_text="LaserJet P4015x"))
    assert found.companions["t1"].source == "declared"
    assert "t2" not in _ids(shop, found)


def test_of_no_anchor_nothing_is_known(shop: Shop) -> None:
    finder = _finder(shop)
    assert finder.anchor_kinds(Request(act="goes_with")) == frozenset()
    assert _find(shop, finder, Request(act="goes_with")) == Companionship(frozenset(), {})
    assert finder.fit("m1", ()) is None
