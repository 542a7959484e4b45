"""The comparison of what comes next: its measure over the full ranking, its baselines, its command."""

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from evals import next_item
from evals.cases import Case, CaseTurn
from evals.next_item import compare, main, scorers_of, train_ids
from finetune.history import train
from finetune.network import Settings
from index.counts import Rows
from index.folder import open_shop, read_manifest
from index.interactions import Interaction
from index.lexical import Scores

IDS = tuple(f"p{n}" for n in range(12))


def _case(number: int, history: tuple[str, ...], relevant: dict[str, float] | None) -> Case:
    return Case(f"c{number}", (CaseTurn("", relevant),), history=history)


def _by_row(rows: Rows) -> Scores:
    return -np.arange(len(IDS), dtype=np.float32)


def test_scores_become_hr_and_ndcg_over_the_full_ranking() -> None:
    # Rank 1, rank 3 and rank 11; a case without a relevant product is not measured.
    cases = [_case(n, ("p0",), {f"p{row}": 1.0}) for n, row in enumerate((0, 2, 10))]
    cases += [_case(7, ("p0",), {}), _case(8, ("p0",), None)]
    (line,) = compare(cases, IDS, {"by row": _by_row}, seed=1)
    assert line.name == "by row"
    assert line.hr.n == line.ndcg.n == 3
    assert line.hr.mean == pytest.approx(2 / 3)
    assert line.ndcg.mean == pytest.approx((1 + 1 / np.log2(4)) / 3)
    assert line.hr.low <= line.hr.mean <= line.hr.high
    assert line.seconds >= 0


def test_products_of_the_history_stay_in_and_ties_go_to_the_earlier_row() -> None:
    cases = [_case(1, ("p3",), {"p3": 1.0})]
    (line,) = compare(cases, IDS, {"none": lambda rows: np.zeros(len(IDS), np.float32)}, seed=1)
    assert line.hr.mean == 1.0
    assert line.ndcg.mean == pytest.approx(1 / np.log2(5))


def test_histories_reach_the_scorer_as_rows_without_the_unknown() -> None:
    seen: list[list[int]] = []

    def scorer(rows: Rows) -> Scores:
        seen.append(rows.tolist())
        return np.zeros(len(IDS), np.float32)

    compare([_case(1, ("p3", "gone", "p1"), {"p0": 1.0}), _case(2, (), {"p0": 1.0})], IDS, {"x": scorer}, seed=1)
    assert seen == [[3, 1], []]


@pytest.mark.parametrize("kind", ["gru", "sasrec"])
def test_baselines_learn_what_follows_what(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_item, "_RATE", 1e-2)
    monkeypatch.setattr(next_item, "_DROPOUT", 0.0)
    rng = random.Random(1)
    rows = []
    for user in range(150):
        first = rng.randrange(12)
        for step in range(4):
            when = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=step, seconds=user)
            rows.append(Interaction(f"u{user}", IDS[(first + step) % 12], "purchase", when))
    rows.append(Interaction("u0", "gone", "purchase", datetime(2024, 2, 1, tzinfo=UTC)))
    scorer = train_ids(kind, rows, {name: row for row, name in enumerate(IDS)}, seed=3)
    assert [int(scorer(np.array([row])).argmax()) for row in range(12)] == [(row + 1) % 12 for row in range(12)]
    assert int(scorer(np.array([7, 8, 9])).argmax()) == 10
    assert scorer(np.zeros(0, np.int64)).tolist() == [0.0] * 12


def test_what_needs_no_training_is_scored_as_it_says(own_folder: Path) -> None:
    train(own_folder, Settings())
    shop = open_shop(own_folder)
    scorers = scorers_of(shop, shop.next_product)
    assert list(scorers) == [
        "popularity", "last product, BM25", "last product, MiniLM", "transitions", "item-kNN", "all",
    ]  # fmt: skip
    rows = np.array([shop.row_of["m1"], shop.row_of["p2"]])
    best = {name: shop.rows[int(scorer(rows).argmax())].product_id for name, scorer in scorers.items()}
    assert best["popularity"] == "m1"
    assert best["last product, BM25"] == best["last product, MiniLM"] == "p2"
    assert best["transitions"] == best["item-kNN"] == "t2"
    assert scorers["last product, BM25"](np.zeros(0, np.int64)).max() == 0
    shop.close()


def test_the_command_prints_the_table(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"case_id": "a", "history": ["n1"], "turns": [{"user": "", "relevant": {"m1": 1}}]},
        {"case_id": "b", "history": [], "turns": [{"user": "", "relevant": {"m1": 1}}]},
    ]
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    options = ["--index", str(own_folder), "--cases", str(cases)]
    monkeypatch.setenv("COLUMNS", "140")
    assert main(options) == 0
    printed = capsys.readouterr().out
    for name in ("popularity", "GRU, ids only", "SASRec, ids only", "transitions", "all", "hr@10", "ndcg@10"):
        assert name in printed
    assert main(["--index", str(own_folder), "--cases", str(tmp_path / "none.jsonl")]) == 2
    shutil.rmtree(own_folder / read_manifest(own_folder).generation / "chroma")
    assert main(options) == 2
