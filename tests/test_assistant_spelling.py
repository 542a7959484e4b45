"""Messages in the shop's spelling: slips, compounds, and what is never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import Session
from assistant.spelling import Respelled, respelled
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.folder import Shop


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows, demo_shop.lexical)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a keybord under 40", "a keyboard under 40"),
        ("wireles hedphones", "wireless headphones"),
        ("a head set, please", "a headset, please"),
        ("Keybords?", "keyboards?"),
        ("a moniter and a printr", "a monitor and a printer"),
    ],
)
def test_slips_are_put_right(demo_shop: Shop, words: Vocabulary, typed: str, read: str) -> None:
    assert respelled(typed, demo_shop.lexical, words).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "a keyboard under 40",
        "not Fooblex, not Xaomi",
        'the "keybord" edition',
        "the “hedphones” one",
        "KEYBORD",
        "model keybord-500 or keybord5",
        "see keybord.com",
        "Norvik and Corvessa mice",
        "I don't wanna pay anythin",
        "",
        "🙂 ?!",
    ],
)
def test_what_stays(demo_shop: Shop, words: Vocabulary, typed: str) -> None:
    assert respelled(typed, demo_shop.lexical, words) == Respelled(typed)


def test_the_shopper_is_told_in_one_sentence(demo_shop: Shop, words: Vocabulary) -> None:
    request = understand(Session(), "a moniter and a printr under 300", demo_shop, words)
    assert request.doubts == ("I read “moniter” as “monitor” and “printr” as “printer”.",)
    assert set(request.kinds) == {"monitor", "printer"}


def test_a_compound_is_no_slip(demo_shop: Shop, words: Vocabulary) -> None:
    request = understand(Session(), "head set", demo_shop, words)
    assert request.kinds == ("headset",)
    assert request.doubts == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read(demo_shop: Shop, words: Vocabulary, text: str) -> None:
    found = respelled(text, demo_shop.lexical, words)
    assert bool(found.slips) == bool(found.doubt)
    assert found.slips or len(found.text) >= len(text) - text.count(" ") - text.count("-")
