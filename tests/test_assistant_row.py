"""One answer as tokens: what it writes, what follows by force, and what is guessed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.row import Row, repeating

END = frozenset({9})


class OneWay:
    """A guide along a fixed way; where a pair stands in it, its second token is forced by the first."""

    def __init__(self, *steps: Sequence[int]) -> None:
        self._way = [token for step in steps for token in step]
        self._forced = [place > 0 for step in steps for place in range(len(step))]
        self._at = 0

    @property
    def done(self) -> bool:
        return self._at == len(self._way)

    def allowed(self) -> Sequence[int]:
        return self._way[self._at : self._at + 1]

    def valid(self, tokens: Sequence[int]) -> int:
        left = self._way[self._at :]
        return next((place for place, one in enumerate(tokens) if left[place : place + 1] != [one]), len(tokens))

    def take(self, token: int) -> None:
        assert token == self._way[self._at]
        self._at += 1

    def forced(self) -> list[int]:
        found = []
        while not self.done and self._forced[self._at]:
            found.append(self._way[self._at])
            self._at += 1
        return found


def test_a_row_writes_what_is_forced_and_ends_where_its_guide_does() -> None:
    row = Row([1], OneWay([2, 3, 4], [5], [6, 7]), 20)
    assert row.go_on(2, END) == [2, 3, 4]
    assert row.unread == [2, 3, 4]
    assert row.open
    assert row.go_on(5, END) == [5]
    assert row.go_on(6, END) == [6, 7]
    assert row.written == [2, 3, 4, 5, 6, 7]
    assert not row.open


@pytest.mark.parametrize("token", [None, 9])
def test_a_row_ends_at_an_end_token_and_where_nothing_may_follow(token: int | None) -> None:
    row = Row([1], None, 20)
    row.go_on(2, END)
    assert row.go_on(token, END) == []
    assert row.written == [2]
    assert not row.open


def test_an_end_among_forced_tokens_is_not_written() -> None:
    row = Row([1], OneWay([2, 3, 9]), 20)
    assert row.go_on(2, END) == [2, 3]
    assert not row.open


def test_a_row_is_never_longer_than_it_may_be() -> None:
    row = Row([1], OneWay([2, 3, 4, 5]), 3)
    assert row.go_on(2, END) == [2, 3, 4]
    assert not row.open
    plain = Row([1], None, 2)
    plain.go_on(2, END)
    assert plain.open
    plain.go_on(3, END)
    assert not plain.open


def test_guesses_are_what_followed_the_last_token_before() -> None:
    row = Row([5, 6, 7, 8, 5, 1, 2], None, 20)
    row.go_on(5, END)
    assert row.guess(3) == [1, 2, 5], "after the later of the two, and on into the answer"
    assert row.guess(1) == [1]
    row.go_on(3, END)
    assert row.guess(3) == [], "never seen before"


def test_guesses_keep_to_the_guide_and_to_the_length() -> None:
    row = Row([5, 6, 7, 8], OneWay([5], [6], [7], [1]), 20)
    row.go_on(5, END)
    assert row.guess(6) == [6, 7]
    short = Row([5, 6, 7, 8], None, 3)
    short.go_on(5, END)
    assert short.guess(6) == [6], "the third token needs no reading ahead: nothing comes after it"


@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_a_guess_is_found_in_prompt_or_answer_behind_the_last_token(prompt: list[int], answer: list[int]) -> None:
    row = Row(prompt, None, 100)
    for token in answer:
        row.go_on(token, END)
    guess = row.guess(4)
    tokens = [*prompt, *answer]
    places = [place for place in range(len(tokens) - 1) if tokens[place] == tokens[-1]]
    assert bool(guess) == bool(places)
    if places:
        assert guess == tokens[places[-1] + 1 :][:4]


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 4))
def test_repeating_names_exactly_the_tokens_that_repeat_a_phrase(tokens: list[int], size: int) -> None:
    phrases = {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}
    for token in range(4):
        new = tuple([*tokens, token][-size:])
        assert (token in repeating(tokens, size)) == (len(new) == size and new in phrases)


def test_repeating_bans_nothing_when_switched_off() -> None:
    assert repeating([1, 1, 1, 1], 0) == []
