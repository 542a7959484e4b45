"""Learning the ranker's weights: they go to the signal that tells, never vanish, and few cases change nothing."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from assistant.rank import SIGNALS, WEIGHTS
from finetune.ranker import List, learn, main, read_lists

NAMES = tuple(SIGNALS)
PRIOR = {"words": 0.5, "meaning": 0.5, "price": 0.3}


def _lists(count: int, telling: str, misleading: str, seed: int = 1) -> list[List]:
    """Lists of ten candidates: the relevant one has the most of one signal and the least of another."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        signals = np.zeros((10, len(NAMES)))
        signals[:, NAMES.index(telling)] = np.sort(rng.random(10))
        signals[:, NAMES.index(misleading)] = np.sort(rng.random(10))[::-1]
        gains = np.zeros(10)
        gains[-1] = 1
        found.append(List("find", signals, gains, 1.0, str(number)))
    return found


def test_weights_go_to_the_signal_that_tells_and_never_vanish() -> None:
    learned = learn(_lists(80, "meaning", "words"), PRIOR)
    assert learned.weights["meaning"] > 2 * PRIOR["meaning"] * 0.9
    assert learned.weights["words"] < 0.15
    assert learned.weights["words"] > 0
    assert learned.after > learned.before
    assert learned.lists == 80


def test_a_signal_that_was_never_seen_keeps_its_weight() -> None:
    assert learn(_lists(80, "meaning", "words"), PRIOR).weights["price"] == PRIOR["price"]


def test_a_weight_that_is_kept_stays() -> None:
    assert learn(_lists(80, "meaning", "words"), PRIOR, frozenset({"words"})).weights["words"] == PRIOR["words"]


def test_few_lists_change_nothing() -> None:
    learned = learn(_lists(10, "meaning", "words"), PRIOR)
    assert learned.weights == PRIOR
    assert math.isnan(learned.before) and math.isnan(learned.after)


def test_lists_are_read_with_and_without_the_history_and_of_the_judged_alone(shop_folder: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"case_id": "a", "history": ["p3"], "turns": [{"user": "toner", "relevant": {"t1": 1}}]},
        {"case_id": "b", "turns": [{"user": "printer", "relevant": {"p1": 2, "p2": 0}}]},
        {"case_id": "c", "turns": [{"user": "thanks", "relevant": {"p1": 1}}]},
    ]
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    lists = read_lists(shop_folder, cases)
    assert [(one.case, bool(one.signals[:, NAMES.index("history")].any())) for one in lists] == [
        ("a", True),
        ("a", False),
        ("b", False),
        ("b", False),
    ]
    assert sorted(len(one.gains) for one in lists[2:])[0] == 2
    assert sum(one.weight for one in lists) == pytest.approx(1)


def test_the_command_writes_weights_for_every_situation(
    shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = tmp_path / "cases.jsonl"
    row = {"case_id": "a", "turns": [{"user": "toner", "relevant": {"t1": 1}}]}
    cases.write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = tmp_path / "weights.json"
    assert main(["--on", str(shop_folder), str(cases), "--out", str(out)]) == 0
    assert json.loads(out.read_text()) == WEIGHTS
    cases.write_text("[]\n", encoding="utf-8")
    assert main(["--on", str(shop_folder), str(cases), "--out", str(out)]) == 2
    assert "cases.jsonl:1" in capsys.readouterr().err
