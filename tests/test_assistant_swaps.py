"""Messages that want another thing in the place of one of a set."""

import pytest

from assistant.dialogue import Request, Session, Turn
from assistant.swaps import swapped_out
from assistant.vocabulary import Vocabulary
from index.folder import Shop
from index.kinds import kind_key_of


@pytest.fixture
def of_two_kinds(shop: Shop) -> tuple[str, str]:
    """Two products of different kinds."""
    first = shop.rows[0]
    other = next(one for one in shop.rows if kind_key_of(one) != kind_key_of(first))
    return first.product_id, other.product_id


def session_of(shown: tuple[str, str], *, bundle: bool = True) -> Session:
    request = Request(query="office", bundle=bundle)
    return Session(turns=(Turn("a set", request, "A set of 2:", shown),))


def test_the_thing_of_the_set_that_is_named_is_exchanged(shop: Shop, of_two_kinds: tuple[str, str]) -> None:
    words = Vocabulary(shop.rows)
    for one in of_two_kinds:
        kind = kind_key_of(shop.products[one])
        for text in (f"can I have a different {kind}", f"the {kind} is too wide", f"swap the {kind} please"):
            assert swapped_out(text, session_of(of_two_kinds), shop, words) == one


def test_what_is_of_no_set_or_named_with_a_number_is_not(shop: Shop, of_two_kinds: tuple[str, str]) -> None:
    words = Vocabulary(shop.rows)
    kind = kind_key_of(shop.products[of_two_kinds[0]])
    assert swapped_out(f"a different {kind}", session_of(of_two_kinds, bundle=False), shop, words) == ""
    assert swapped_out(f"a {kind} please", session_of(of_two_kinds), shop, words) == ""
    assert swapped_out(f"another {kind} under 20", session_of(of_two_kinds), shop, words) == ""
    assert swapped_out("something different", session_of(of_two_kinds), shop, words) == ""
