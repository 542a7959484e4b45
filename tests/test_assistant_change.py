"""The line that tells what a message changes: written, read back, and refused where it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.change import ACTS, LONGEST, SORTS, Change, parse, plain_message, render

_TEXT = st.from_regex(r"[a-z0-9$€.'-]{1,8}( [a-z0-9.'-]{1,6}){0,2}", fullmatch=True)
_TEXTS = st.lists(_TEXT, max_size=3).map(tuple)
_CHANGES = st.builds(
    Change,
    act=st.sampled_from(ACTS),
    it=st.lists(st.integers(0, 5), max_size=2).map(tuple),
    own=st.none() | st.integers(1, 5),
    named=st.just("") | _TEXT,
    want=_TEXTS,
    no=_TEXTS,
    min=st.just("") | _TEXT,
    max=st.just("") | _TEXT,
    near=st.just("") | _TEXT,
    brand=_TEXTS,
    not_=_TEXTS,
    has=_TEXTS,
    hasnt=_TEXTS,
    soft=_TEXTS,
    stock=st.booleans(),
    sort=st.sampled_from(("", *SORTS)),
    count=st.just("") | _TEXT,
    set=st.booleans(),
    drop=_TEXTS,
)


def test_a_change_is_written_in_the_order_of_its_fields() -> None:
    change = Change(want=("mouse",), max="40", not_=("Norvik", "Taluma"), soft=("quiet",), stock=True, count="three")
    assert render(change) == "find; want mouse; max 40; not Norvik, Taluma; soft quiet; stock; count three"


@given(_CHANGES)
def test_what_is_written_is_read_back(change: Change) -> None:
    assert parse(render(change)) == change


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("buy; want mouse", "act is 'buy'"),
        ("find; color black", "'color black'"),
        ("find; want mouse; want desk", "'want desk'"),
        ("find; want", "'want'"),
        ("find; stock yes", "'stock yes'"),
        ("with; it second", "'it second'"),
        ("", "act is ''"),
    ],
)
def test_a_line_that_is_no_change_is_refused_by_name(line: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse(line)


def test_the_order_of_the_fields_does_not_matter_to_the_reader() -> None:
    assert parse("find; max 40; want mouse") == parse("find; want mouse; max 40")


def test_a_message_is_read_on_one_line_without_the_parting_sign_and_not_endlessly() -> None:
    assert plain_message(" a mouse;\n quiet ") == "a mouse, quiet"
    assert len(plain_message("mouse " * 500)) == LONGEST
