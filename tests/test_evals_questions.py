"""Questions about the shop: their file, the threshold, and what counts as right."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.cases import CaseError
from evals.questions import QUESTIONS, Question, Tried, best_threshold, figures, main, read_questions
from index.build import build
from index.demo import DOCUMENTS
from index.documents import Passage, read_documents
from index.embed import HashEmbedder


def tried(passages: tuple[str, ...], found: tuple[str, ...], score: float) -> Tried:
    return Tried(Question(f"{passages}{found}{score}", "?", "choose", passages), found, score)


ROWS = (
    tried(("a#x",), ("a#x",), 0.8),
    tried(("a#x",), ("b#y", "a#x"), 0.6),
    tried(("a#x",), ("b#y",), 0.5),
    tried((), ("b#y",), 0.4),
    tried((), ("b#y",), 0.7),
)


def test_the_threshold_is_the_highest_of_those_that_most_are_right_with() -> None:
    # At 0.41 to 0.60: both found ones right, the wrong one is wrong anyhow, one of two refused: 3 of 5; at 0.8: 1 + 2.
    assert best_threshold(ROWS) == 0.8
    assert best_threshold(ROWS[:4]) == 0.6


def test_the_figures_count_what_they_say() -> None:
    found = {name: (value.mean, value.n) for name, value in figures(ROWS, 0.6).items()}
    assert found == {
        "right passage, refusals apart": (pytest.approx(2 / 3), 3),
        "answered from a right passage": (pytest.approx(2 / 3), 3),
        "refused rightly": (0.5, 2),
        "right in all": (pytest.approx(3 / 5), 5),
        "of the answers, right": (pytest.approx(2 / 3), 3),
    }


def test_our_questions_name_passages_of_the_demo_store_in_two_halves() -> None:
    questions = read_questions(QUESTIONS)
    known = {f"{one.file}#{one.anchor}" for one in read_documents(DOCUMENTS) if isinstance(one, Passage)}
    assert {name for one in questions for name in one.passages} <= known
    assert Counter((one.part, bool(one.passages)) for one in questions) == {
        ("choose", True): 24,
        ("choose", False): 24,
        ("report", True): 24,
        ("report", False): 24,
    }
    assert len({one.question for one in questions}) == len({one.question_id for one in questions}) == 96


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        json.dumps({"question_id": "q", "question": "?", "part": "other", "passages": []}), encoding="utf-8"
    )
    with pytest.raises(CaseError, match=r"questions.jsonl:1: .* is no question .*part is 'other'"):
        read_questions(path)


def test_the_command_prints_figures_and_refuses_another_shop(
    feed_folder: Path, shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build([feed_folder / "products.jsonl"], tmp_path / "index", documents=DOCUMENTS, embedder=HashEmbedder())
    assert main(["--index", str(tmp_path / "index"), "--wrong"]) == 0
    out = capsys.readouterr().out
    assert "threshold in force 0.47" in out
    assert "n 48" in out
    assert main(["--index", str(shop_folder)]) == 2
    assert "has no passage 'shipping.md#where-we-ship'" in capsys.readouterr().err
