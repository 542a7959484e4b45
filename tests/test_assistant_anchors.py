"""What a message is about: pointed at, owned, shown, named, or nothing."""

import pytest

from assistant.anchors import find_anchor
from assistant.dialogue import Request, Session, Turn
from assistant.vocabulary import Vocabulary
from index.folder import Shop

OWNED = ("phone-003", "printer-001", "notebook-001", "mouse-001")
SHOWN = ("monitor-001", "monitor-002", "monitor-006")


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


def _session(history: tuple[str, ...] = (), shown: tuple[str, ...] = (), about: tuple[str, ...] = ()) -> Session:
    turns = (Turn("before", Request(anchor_ids=about), "", shown),) if shown or about else ()
    return Session(history=history, turns=turns)


@pytest.mark.parametrize(
    ("message", "anchor"),
    [
        ("what goes with this laptop?", "notebook-001"),
        ("what goes with my laptop?", "notebook-001"),
        ("what goes with my Notebook", "notebook-001"),
        ("toner for my printer", "printer-001"),
        ("a case for my phone", "phone-003"),
        ("I need a case for my new phone", "phone-003"),
        ("a charger for this laptop, please", "notebook-001"),
        ("the cheapest charger that works with our notebook", "notebook-001"),
        ("something for my laptop", "notebook-001"),
        ("accessories for my mouse", "mouse-001"),
        ("what goes with it?", "mouse-001"),
        ("a phone like my phone", "phone-003"),
    ],
)
def test_owned(demo_shop: Shop, words: Vocabulary, message: str, anchor: str) -> None:
    assert find_anchor(_session(OWNED), message, demo_shop, words)[0] == (anchor,)


@pytest.mark.parametrize(
    ("message", "anchor"),
    [
        ("what goes with the first one?", "monitor-001"),
        ("an arm for the second one", "monitor-002"),
        ("more like the 2nd", "monitor-002"),
        ("the third option in black", "monitor-006"),
        ("something cheaper than the last one", "monitor-006"),
        ("what goes with this monitor?", "monitor-001"),
        ("what goes with it?", "monitor-001"),
        ("what goes with my laptop?", "notebook-001"),
    ],
)
def test_shown(demo_shop: Shop, words: Vocabulary, message: str, anchor: str) -> None:
    assert find_anchor(_session(OWNED, SHOWN), message, demo_shop, words)[0] == (anchor,)


def test_what_was_spoken_of_comes_before_what_was_shown(demo_shop: Shop, words: Vocabulary) -> None:
    session = _session(OWNED, ("laptop-charger-001",), about=("notebook-003",))
    for message in ("a sleeve for it", "does this laptop need anything? what goes with it?"):
        assert find_anchor(session, message, demo_shop, words)[0] == ("notebook-003",)


def test_the_last_one_owned_is_meant(demo_shop: Shop, words: Vocabulary) -> None:
    session = _session(("notebook-003", "notebook-001"))
    assert find_anchor(session, "a charger for my laptop", demo_shop, words)[0] == ("notebook-001",)


@pytest.mark.parametrize(
    ("message", "anchor"),
    [
        ("what goes with the Norvik Tern 150?", "notebook-001"),
        ("what goes with the norvik tern 150 notebook", "notebook-001"),
        ("a charger for my Pellwin Note 340", "notebook-003"),
        ("toner for Inkmoor Bureau 400", "printer-001"),
        ("I bought a Kaldrum Forge Pro, what should I get with it?", "console-001"),
        ("something like the Ostrell Lookout 100", "monitor-006"),
        ("a case for the Taluma Lumen phone", "phone-005"),
    ],
)
def test_named(demo_shop: Shop, words: Vocabulary, message: str, anchor: str) -> None:
    found, named, rest = find_anchor(_session(OWNED, SHOWN), message, demo_shop, words)
    assert found == (anchor,)
    assert named
    assert named not in rest


@pytest.mark.parametrize(
    "message",
    [
        "a quiet mouse under $40",
        "a laptop with 16 GB memory",
        "this time a laptop",
        "my budget is 300",
        "first of all, a mouse",
        "I want a Norvik laptop",
        "a phone case",
        "a game console, please",
        "",
        "hello",
    ],
)
def test_nothing(demo_shop: Shop, words: Vocabulary, message: str) -> None:
    assert find_anchor(_session(OWNED, SHOWN), message, demo_shop, words) == ((), "", message)


def test_the_anchor_is_no_part_of_what_is_sought(demo_shop: Shop, words: Vocabulary) -> None:
    *_, rest = find_anchor(_session(OWNED), "a blue case for my phone under 20", demo_shop, words)
    assert "phone" not in rest
    assert "blue case" in rest
    assert "under 20" in rest


def test_an_ordinal_beyond_what_was_shown_points_at_nothing(demo_shop: Shop, words: Vocabulary) -> None:
    assert find_anchor(_session((), SHOWN), "more like the fifth one", demo_shop, words)[0] == ()
    assert find_anchor(_session(), "more like the second one", demo_shop, words)[0] == ()


def test_a_kind_that_nobody_owns_is_named_without_a_product(demo_shop: Shop, words: Vocabulary) -> None:
    for message in ("what goes with a laptop?", "what goes with this laptop?", "accessories for laptops"):
        found, named, _ = find_anchor(_session(), message, demo_shop, words)
        assert found == ()
        assert "laptop" in named


def test_a_product_that_left_the_shop_is_no_anchor(demo_shop: Shop, words: Vocabulary) -> None:
    assert find_anchor(_session(("gone-1",)), "what goes with my laptop?", demo_shop, words)[0] == ()


def test_a_device_that_the_shop_does_not_carry(shop: Shop) -> None:
    found, named, _ = find_anchor(Session(), "toner for the LaserJet P4015tn", shop, Vocabulary(shop.rows))
    assert found == ("p2",)
    found, named, _ = find_anchor(Session(), "what works with a LaserJet P4015x?", shop, Vocabulary(shop.rows))
    assert found == ()
    assert "P4015x" in named
