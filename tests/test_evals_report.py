"""Two runs compared case by case: the arithmetic of the paired bootstrap, and the command."""

import json
from pathlib import Path

import pytest

from evals import report
from evals.cases import CaseTurn
from evals.metrics import Answered, paired
from evals.report import compare


def _answer(case_id: str, *ids: str) -> Answered:
    return Answered(case_id, CaseTurn("x", {"p1": 1.0}), ids)


def test_a_difference_is_first_minus_second_with_its_cases_counted() -> None:
    first = [_answer("a", "p1"), _answer("b", "p2", "p1"), _answer("c", "p3"), _answer("d", "p1")]
    second = [_answer("a", "p3"), _answer("b", "p1"), _answer("c", "p3"), _answer("d", "p2", "p1")]
    one = compare(first, second)["mrr"]
    assert one.difference.mean == pytest.approx((1 - 0.5 + 0 + 0.5) / 4)
    assert (one.better, one.worse, one.equal, one.difference.n) == (2, 1, 1, 4)
    assert one.difference.low < 0 < one.difference.high
    assert one.above + one.below <= 1
    assert compare(second, first)["mrr"].difference.mean == -one.difference.mean


def test_pairs_see_a_small_gain_that_intervals_of_two_means_do_not() -> None:
    # Each case gains .01 while cases range from 0 to 1: unpaired, that gain drowns.
    values = [(f"c{n}", 0.01) for n in range(50)]
    one = paired(values)
    assert one.difference.low == pytest.approx(0.01)
    assert (one.above, one.below) == (1.0, 0.0)


def test_equal_runs_and_single_cases() -> None:
    same = paired([("a", 0.0), ("b", 0.0)])
    assert (same.better, same.worse, same.equal, same.above, same.below) == (0, 0, 2, 0.0, 0.0)
    alone = paired([("a", 0.5), ("a", -0.25)])
    assert alone.better == 1
    assert alone.above != alone.above
    assert paired([]).difference.n == 0


def test_only_turns_that_both_measure_are_compared() -> None:
    first = [_answer("a", "p1"), Answered("b", CaseTurn("thanks", {}), ())]
    second = [_answer("a", "p1"), Answered("b", CaseTurn("thanks", {}), ("p1",))]
    found = compare(first, second)
    assert found["hr@10"].difference.n == 1
    assert found["empty_rate"].difference.mean == 1.0
    assert found["written_rate"].difference.n == 0


def test_the_command_compares_two_runs(
    tmp_path: Path, shop_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    cases = tmp_path / "cases.jsonl"
    rows = [{"case_id": name, "turns": [{"user": "a mouse", "relevant": {"m1": 1}}]} for name in "abc"]
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for name, ids in (("good", ["m1"]), ("poor", ["n1", "m1"])):
        text = "".join(json.dumps({"case_id": one, "turn": 0, "product_ids": ids}) + "\n" for one in "abc")
        (tmp_path / name).write_text(text, encoding="utf-8")
    rest = ["--cases", str(cases), "--index", str(shop_folder)]
    assert report.main([str(tmp_path / "good"), str(tmp_path / "poor"), *rest]) == 0
    printed = capsys.readouterr().out
    [line] = [line for line in printed.splitlines() if " mrr " in line]
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == [
        "mrr", "+0.5000", "+0.500 - +0.500", "3", "0", "0", "100.0%", "0.0%", "3",
    ]  # fmt: skip
    assert "not measurable in both: " in printed
    assert report.main([str(tmp_path / "good"), *rest]) == 0
    assert "mean" in capsys.readouterr().out
    assert report.main([str(tmp_path / "good"), str(tmp_path / "none"), *rest]) == 2
