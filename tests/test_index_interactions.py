"""Timestamps, histories, the cut by time, and what is counted of purchases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.interactions import Behaviour, Interaction, histories, parse_timestamp, split_by_time

START = datetime(2024, 1, 1, tzinfo=UTC)


def _bought(user: str, product: str, day: int, event: str = "purchase") -> Interaction:
    return Interaction(user, product, event, START + timedelta(days=day))


def test_timestamps_of_both_forms_are_one_moment() -> None:
    expected = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert parse_timestamp("2024-01-01T13:00:00+01:00") == expected
    assert parse_timestamp("2024-01-01T12:00:00Z") == expected
    assert parse_timestamp(expected.timestamp()) == expected


@pytest.mark.parametrize("value", ["2024-01-01T12:00:00", "yesterday", True, None, ["2024"]])
def test_what_is_no_moment_is_refused_by_value(value: object) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601|Invalid isoformat"):
        parse_timestamp(value)


def test_histories_are_oldest_to_newest_and_of_purchases() -> None:
    rows = [_bought("u", "b", 2), _bought("u", "a", 1), _bought("u", "c", 3, "view"), _bought("v", "c", 1, "cart")]
    assert histories(rows) == {"u": ("a", "b")}
    assert histories(rows, ("view", "cart")) == {"u": ("c",), "v": ("c",)}


def test_the_cut_leaves_a_fifth_for_later() -> None:
    rows = [_bought("u", str(day), day) for day in range(10)]
    early, late = split_by_time(reversed(rows))
    assert [row.product_id for row in early] == list("01234567")
    assert [row.product_id for row in late] == ["8", "9"]


def test_one_moment_is_never_cut_in_two() -> None:
    # Six rows, a third held out: the cut is the moment of row 6 * 2/3 = 4 (counted from 0), which is day 1; all four
    # of day 1 go to the later part.
    rows = [_bought("u", name, day) for name, day in zip("abcdef", [0, 1, 1, 1, 1, 2], strict=True)]
    early, late = split_by_time(rows, 1 / 3)
    assert ([row.product_id for row in early], len(late)) == (["a"], 5)
    assert split_by_time([_bought("u", name, 0) for name in "abc"])[0] == ()


def test_the_cut_of_little() -> None:
    assert split_by_time([]) == ((), ())
    one = _bought("u", "a", 0)
    assert split_by_time([one]) == ((), (one,))


@pytest.mark.parametrize("share", [0, 1, -0.1, 2])
def test_a_share_that_leaves_nothing_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=f"held_out is {share!r}, expected a share between 0 and 1"):
        split_by_time([], share)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=40), st.floats(0.05, 0.95))
def test_all_of_the_first_part_is_earlier_than_all_of_the_second(days: list[int], share: float) -> None:
    rows = [_bought("u", str(place), day) for place, day in enumerate(days)]
    early, late = split_by_time(rows, share)
    assert sorted(early + late, key=lambda row: int(row.product_id)) == rows
    assert all(one.timestamp < other.timestamp for one in early for other in late)


def test_behaviour_counts_purchases_of_known_products() -> None:
    rows = [
        *(_bought("u", name, day) for day, name in enumerate(["ink", "ink", "pc", "gone"])),
        *(_bought("v", name, day) for day, name in enumerate(["ink", "toner"])),
        _bought("w", "gone", 0),
        _bought("x", "pc", 0, "view"),
    ]
    counted = Behaviour.build(rows, {"ink", "toner", "pc", "lamp"})
    assert counted.histories == {"u": ("ink", "ink", "pc"), "v": ("ink", "toner")}
    assert counted.popularity == {"ink": 3, "pc": 1, "toner": 1}


def test_behaviour_is_read_as_it_was_written(interactions: tuple[Interaction, ...], tmp_path: Path) -> None:
    counted = Behaviour.build(interactions, {row.product_id for row in interactions})
    assert counted.histories["u5"] == ("p3", "i1", "i1", "i1")
    counted.save(tmp_path / "behaviour.json")
    assert Behaviour.load(tmp_path / "behaviour.json") == counted
