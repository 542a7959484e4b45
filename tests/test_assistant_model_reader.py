"""A message read by a model: what is put before it, and what its line means in the shop."""

from decimal import Decimal

import pytest

from assistant.dialogue import Request, Session, Turn
from assistant.llm import ScriptedChat
from assistant.model_reader import Asked, list_name, read_by_model, state_line
from assistant.reading import Reading
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Span
from index.folder import Shop

TASKS = frozenset({"understand"})


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows, demo_shop.lexical)


def _session(*shown: str, history: tuple[str, ...] = (), **state: object) -> Session:
    """A session in which mice were sought, and these shown."""
    request = Request(kinds=("mouse",), query="mouse", **state)  # type: ignore[arg-type]
    return Session(history=history, turns=(Turn("a mouse", request, "", shown),))


def _read(line: str, message: str, shop: Shop, words: Vocabulary, session: Session | None = None) -> Reading:
    found = read_by_model(session or Session(), message, shop, words, ScriptedChat([line], tasks=TASKS))
    assert found is not None
    return found


def test_the_model_is_told_the_state_what_is_shown_and_what_is_owned(demo_shop: Shop) -> None:
    state = Constraints(price_max=Decimal(40), not_brands=("Norvik",), attributes={"color": ("Black",)})
    session = _session("mouse-001", "mouse-002", history=("notebook-001",), constraints=state)
    asked = Asked(session, "the second; in white", demo_shop)
    *_, last = asked.prompt
    shown = f"1 {list_name(demo_shop.products['mouse-001'])}; 2 {list_name(demo_shop.products['mouse-002'])}"
    assert last.content == (
        "now: find; want mouse; max 40; not Norvik; has black\n"
        f"shown: {shown}\n"
        f"owns: 1 {list_name(demo_shop.products['notebook-001'])}\n"
        "says: the second, in white"
    )


def test_what_a_message_may_speak_of_is_told_first_among_the_things_owned(demo_shop: Shop) -> None:
    session = Session(history=("printer-001", *[f"mouse-{n:03}" for n in range(1, 9)]))
    assert Asked(session, "ink for my printer", demo_shop).owned[0] == "printer-001"
    assert Asked(session, "something nice", demo_shop).owned[0] == "mouse-008"


def test_a_measure_in_force_is_told_as_it_is_said() -> None:
    session = _session(constraints=Constraints(attributes={"memory": Span(min=16)}))
    topic = session.topic
    assert topic is not None
    assert "has memory at least 16" in state_line(topic, session, None)  # type: ignore[arg-type]


def test_prices_brands_and_properties_are_read_out_of_their_words(demo_shop: Shop, words: Vocabulary) -> None:
    said = "a black mouse, a hundred at most, not norvik"
    demands = _read("find; want mouse; max a hundred; not norvik; has black", said, demo_shop, words).demands
    assert demands.price_max == Decimal(100)
    assert demands.not_brands == ("Norvik",)
    assert demands.attributes == {"color": ("Black",)}
    assert demands.kinds == ("mouse",)


def test_numbers_point_at_what_is_shown_and_owned(demo_shop: Shop, words: Vocabulary) -> None:
    session = _session("mouse-001", "mouse-002", history=("notebook-001",))
    assert _read("like; it 2", "more like the second", demo_shop, words, session).anchors == ("mouse-002",)
    found = _read("with; own 1", "what goes with my laptop", demo_shop, words, session)
    assert (found.act, found.anchors) == ("goes_with", ("notebook-001",))
    assert _read("compare; it 1, 2", "both", demo_shop, words, session).anchors == ("mouse-001", "mouse-002")


def test_going_on_needs_something_to_go_on_with(demo_shop: Shop, words: Vocabulary) -> None:
    assert not _read("more; max 30", "under 30", demo_shop, words).carries_on
    assert _read("more; max 30", "under 30", demo_shop, words, _session("mouse-001")).carries_on


def test_a_line_that_is_no_change_leaves_the_reading_to_the_rules(demo_shop: Shop, words: Vocabulary) -> None:
    chat = ScriptedChat(["Sure! Here is a mouse."], tasks=TASKS)
    assert read_by_model(Session(), "a mouse", demo_shop, words, chat) is None
    by_rules = understand(Session(), "a mouse under 30", demo_shop, words)
    assert understand(Session(), "a mouse under 30", demo_shop, words, chat) == by_rules


def test_a_model_that_was_not_taught_is_not_asked(demo_shop: Shop, words: Vocabulary) -> None:
    untaught = ScriptedChat(["thanks"])
    assert understand(Session(), "a mouse", demo_shop, words, untaught).act == "find"


def test_what_is_dropped_by_its_words_no_longer_holds(demo_shop: Shop, words: Vocabulary) -> None:
    held = Constraints(brands=("Keylab",), attributes={"color": ("Black",)})
    session = _session("mouse-001", constraints=held)
    chat = ScriptedChat(["more; drop black"], tasks=TASKS)
    assert understand(session, "it need not be black", demo_shop, words, chat).constraints == Constraints(
        brands=("Keylab",)
    )


def test_a_thing_owned_is_meant_only_where_the_message_has_a_word_for_it(demo_shop: Shop, words: Vocabulary) -> None:
    session = Session(history=("notebook-001",))
    assert _read("with; own 1", "what goes with my laptop", demo_shop, words, session).anchors == ("notebook-001",)
    assert _read("with; own 1", "something for my coffee machine", demo_shop, words, session).anchors == ()
