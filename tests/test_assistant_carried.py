"""What a message says of the demands in force: lets them go, allows more, takes back, or gives a measure a number."""

from decimal import Decimal

import pytest

from assistant.carried import let_go, taken_back, widened, with_units
from assistant.demands import Demands
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Span
from index.folder import Shop

HELD = Constraints(
    price_max=Decimal(400),
    attributes={"screen_size": Span(min=27, max=27), "color": ("Black",), "weather_sealing": ("Yes",)},
    not_attributes={"material": ("glass",)},
)


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("drop the sealing, keep the budget", ("sealing",)),
        ("forget the 27, anything goes there", ("screen size",)),
        ("color doesn't matter", ("color",)),
        ("it need not be black", ("black",)),
        ("glass is fine", ("glass",)),
        ("glass is fine but not black", ()),
        ("drop protection matters to me", ()),
        ("forget the weather, it rains", ("weather",)),
        ("I always forget things", ()),
    ],
)
def test_words_that_speak_of_a_demand_let_it_go(words: Vocabulary, message: str, gone: tuple[str, ...]) -> None:
    assert let_go(message, HELD, ("monitor",), words).words == gone


def test_a_number_that_is_the_price_lets_the_price_go(words: Vocabulary) -> None:
    found = let_go("forget the 400, what else is there", HELD, ("monitor",), words)
    assert (found.keys, found.words) == (frozenset({"price"}), ())
    assert "400" not in found.rest


def test_all_may_be_let_go(words: Vocabulary) -> None:
    assert {"price", "attributes"} <= let_go("anything goes again", HELD, ("monitor",), words).keys
    assert not let_go("anything goes again", Constraints(), (), words).keys


def test_a_thing_of_a_set_or_the_thing_itself_is_given_up(words: Vocabulary) -> None:
    one = let_go("drop the mouse", Constraints(), ("mouse", "keyboard"), words)
    assert (one.kinds, one.other) == (("mouse",), False)
    other = let_go("forget the mouse, a keyboard will do", Constraints(), ("mouse",), words)
    assert (other.kinds, other.other) == ((), True)
    assert "mouse" not in other.rest


@pytest.mark.parametrize(
    ("message", "colors"),
    [("or red", ("Black", "Red")), ("red is fine too", ("Black", "Red")), ("red", ("Red",)), ("red too", ("Red",))],
)
def test_what_is_also_allowed_stands_beside_what_holds(message: str, colors: tuple[str, ...]) -> None:
    assert widened(Demands(attributes={"color": ("Red",)}), HELD, message).attributes["color"] == colors


def test_a_refusal_of_what_is_in_force_beside_another_wish_takes_it_back() -> None:
    both = Demands(attributes={"color": ("Green",)}, not_attributes={"color": ("Black",)})
    assert taken_back(both, HELD).not_attributes == {}
    alone = Demands(not_attributes={"color": ("Black",)})
    assert taken_back(alone, HELD).not_attributes == {"color": ("Black",)}


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("make it 32", "make it 32 in"),
        ("make it 350", "make it 350"),  # nearer the price than the inches
        ("bigger than 30", "bigger than 30 in"),
        ("from 24 up is ok", "from 24 in up is ok"),
        ("30 or more", "30 in or more"),
        ("make it $32", "make it $32"),
        ("bigger than 30 cm", "bigger than 30 cm"),
        ("128 or more, gb i mean", "128 gb or more, gb i mean"),
        ("just 2", "just 2"),
    ],
)
def test_a_bare_number_has_the_unit_of_what_is_in_force(words: Vocabulary, message: str, read: str) -> None:
    assert with_units(message, HELD, ("monitor",), words) == read
