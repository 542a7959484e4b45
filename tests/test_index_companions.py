"""What goes with what: declarations in both directions, purchases near each other, kinds with kinds."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.catalog import Product
from index.companions import Companion, Companions
from index.interactions import Interaction

START = datetime(2024, 1, 1, tzinfo=UTC)


def _bought(user: str, product: str, day: int = 0, event: str = "purchase") -> Interaction:
    return Interaction(user, product, event, START + timedelta(days=day))


@pytest.fixture(scope="module")
def learned(products: tuple[Product, ...], interactions: tuple[Interaction, ...]) -> Companions:
    return Companions.build(products, interactions)


def _declared(companions: Companions, product_id: str) -> dict[str, float]:
    return {one.product_id: one.score for one in companions.of(product_id) if one.source == "declared"}


def test_ids_declared_by_an_accessory_go_both_ways(learned: Companions) -> None:
    assert _declared(learned, "d1") == {"n1": 1.0, "n2": 1.0}
    assert _declared(learned, "n1") == {"d1": 1.0, "d2": 1.0}
    assert _declared(learned, "n3") == {"d2": 1.0}


def test_names_as_makers_write_them_go_both_ways(learned: Companions) -> None:
    # t1 declares "LaserJet P4015", the base of P4015tn; t2 declares "P4015tn" itself, which p1 is not.
    assert _declared(learned, "p2") == {"t2": 1.0, "t1": 0.9}
    assert [one.product_id for one in learned.of("p2")] == ["t2", "t1"], "the surer one first"
    assert _declared(learned, "p1") == {"t1": 1.0}
    assert _declared(learned, "t1") == {"p1": 1.0, "p2": 0.9}
    assert _declared(learned, "p3") == {"i1": 1.0}, "FS-2000D and FS 2000D are one name"


def test_two_accessories_of_one_device_are_no_companions() -> None:
    toner = Product("a", "LaserJet P4014 toner", compatible_with=("LaserJet P4014",))
    fuser = Product("b", "LaserJet P4014 fuser", compatible_with=("LaserJet P4014",))
    printer = Product("c", "LaserJet P4014 printer")
    found = Companions.build([toner, fuser, printer], [])
    assert _declared(found, "a") == _declared(found, "b") == {"c": 1.0}
    assert _declared(found, "c") == {"a": 1.0, "b": 1.0}


def test_a_product_does_not_go_with_itself_or_with_what_the_shop_lacks() -> None:
    odd = Product("a", "LaserJet P4014 printer", compatible_with=("a", "gone", "LaserJet P4014"))
    assert Companions.build([odd], [_bought("u", "a"), _bought("u", "a", 1), _bought("u", "gone", 1)]).of("a") == []
    assert Companions.build([], []).of("nothing") == []


def test_bought_together_is_lift_with_shrinkage() -> None:
    products = [Product(name, f"Thing {name}") for name in "abcd"]
    pairs = {"u1": "ab", "u2": "ab", "u3": "ab", "u4": "ac", "u5": "ac", "u6": "d", "u7": "d", "u8": "cd"}
    rows = [_bought(user, name, day) for user, names in pairs.items() for day, name in enumerate(names)]
    found = Companions.build(products, rows)
    # 8 shoppers; a was bought by 5, b by 3, c by 3. a and b: n = 3, lift 3 * 8 / (5 * 3) = 1.6; a and c: n = 2,
    # lift 2 * 8 / (5 * 3) = 1.0667. c and d were bought together by one shopper only: nothing follows from that.
    with_b = 3 / (3 + 5) * math.log2(1 + 1.6)  # 0.5169
    with_c = 2 / (2 + 5) * math.log2(1 + 16 / 15)  # 0.2992
    assert found.together == {
        "a": (("b", 1.0), ("c", round(with_c / with_b, 4))),
        "b": (("a", 1.0),),
        "c": (("a", round(with_c / with_b, 4)),),
    }
    assert round(with_c / with_b, 2) == 0.58
    assert found.of("a")[0] == Companion("b", 0.9, "together")


def test_what_is_bought_long_after_or_only_looked_at_is_not_together() -> None:
    products = [Product(name, f"Thing {name}") for name in "abc"]
    rows = [
        row
        for user in ("u1", "u2", "u3")
        for row in (_bought(user, "a"), _bought(user, "b", 121), _bought(user, "c", 1, "view"))
    ]
    assert Companions.build(products, rows).together == {}
    near = [_bought(user, name, day) for user in ("u1", "u2") for name, day in (("a", 0), ("b", 120))]
    assert set(Companions.build(products, near).together) == {"a", "b"}


def test_declared_comes_first_and_each_product_once(learned: Companions) -> None:
    # Three shoppers bought n1 or n2 with d1 or m1; d1 is declared for n1 and so is not said to be bought with it.
    found = learned.of("n1")
    assert [one.source for one in found] == sorted(one.source for one in found)
    assert len({one.product_id for one in found}) == len(found)
    assert ("m1", "together") in {(one.product_id, one.source) for one in found}


def test_kinds_go_with_kinds(learned: Companions) -> None:
    assert max(learned.kinds_with("notebook").items(), key=lambda pair: pair[1]) == ("docking station", 1.0)
    assert set(learned.kinds_with("printer")) == {"toner", "ink"}
    assert all(0 < score <= 1 for kind in learned.kinds for score in learned.kinds_with(kind).values())
    assert "notebook" not in learned.kinds_with("notebook")
    assert learned.kinds_with("garden gnome") == {}


def test_companions_are_read_as_they_were_written(learned: Companions, tmp_path: Path) -> None:
    learned.save(tmp_path / "companions.json")
    assert Companions.load(tmp_path / "companions.json") == learned
