"""The terminal's commands: each changes the session as the page's button does, and says what it did."""

import pytest
from page_shop import TODAY, scene

from assistant.commands import COMMANDS, HELP, Outcome, obeyed
from assistant.dialogue import Request, Session, Turn
from assistant.memory import beliefs

SHOP = scene().shop
SESSION = Session(
    user_id="u", history=("desk", "a", "b"), turns=(Turn("all", Request(query="mouse"), "", ("a", "b", "c")),)
)


def do(line: str, session: Session = SESSION) -> Outcome:
    outcome = obeyed(session, line.split(), SHOP, TODAY)
    assert outcome is not None
    return outcome


def test_the_cart_is_filled_shown_and_emptied() -> None:
    assert do("/cart").text == "Your cart is empty."
    filled = do("/cart add 1 2")
    assert [line.product_id for line in filled.session.cart] == ["a", "b"]
    assert "$71.91" in filled.text
    assert do("/cart", filled.session).text == filled.text
    assert [line.product_id for line in do("/cart remove 1", filled.session).session.cart] == ["b"]


@pytest.mark.parametrize(
    "line", ["/cart add 4", "/cart add 0", "/cart add x", "/cart add", "/cart buy 1", "/like", "/like 9"]
)
def test_a_number_that_means_nothing_changes_nothing(line: str) -> None:
    outcome = do(line)
    assert outcome.session == SESSION
    assert "1 to 3" in outcome.text
    assert "No products are shown yet." in do(line, Session()).text


def test_a_comparison_has_its_table_and_notes() -> None:
    outcome = do("/compare 1 2")
    assert outcome.comparison is not None
    assert outcome.comparison.product_ids == ("a", "b")
    assert outcome.text == "\n".join(outcome.comparison.notes)
    assert do("/compare 1 1").comparison is None


def test_ratings_are_given_and_taken_back() -> None:
    liked = do("/like 2")
    assert liked.session.memory.liked == ("b",)
    assert do("/dislike 2", liked.session).session.memory.disliked == ("b",)
    assert do("/unrate 2", liked.session).session.memory.liked == ()


def test_what_is_remembered_is_forgotten_by_its_number_and_comes_back() -> None:
    known = beliefs(SESSION, SHOP)
    assert [line.split("  ", 1)[1] for line in do("/memory").text.splitlines()] == [one.text for one in known]
    gone = do("/forget 1")
    assert gone.session.memory.forgotten == (known[0].key,)
    assert known[0].text in gone.text
    assert "Forgotten" in do("/memory", gone.session).text
    assert do("/recall 1", gone.session).session.memory.forgotten == ()
    assert do("/forget 99").session == SESSION
    assert do("/recall 1").text == "Nothing is forgotten."
    assert do("/forget 1", Session()).text == "Nothing to forget."


def test_history_is_left_out_and_counts_again() -> None:
    off = do("/history off")
    assert off.session.memory.history_off
    assert "/history on" in do("/memory", off.session).text
    assert not do("/history on", off.session).session.memory.history_off
    assert do("/history maybe").session == SESSION


def test_every_command_is_in_the_help_and_others_are_none() -> None:
    assert all(name in HELP for name in COMMANDS)
    assert obeyed(SESSION, ["/dance"], SHOP, TODAY) is None
    assert obeyed(SESSION, [], SHOP, TODAY) is None
