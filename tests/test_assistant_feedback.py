"""Ratings are written as training reads them, whole rows only, and say nothing of who rated."""

import json
import threading
from pathlib import Path

import pytest

from assistant.dialogue import Evidence, Recommendation
from assistant.feedback import Feedback
from finetune.transcripts import read_transcripts
from index.catalog import Product

MOUSE = Recommendation(
    Product("m1", "Mouse"), "This mouse is red.", True, (Evidence("kind", "mouse"), Evidence("attribute", "color: red"))
)


def test_a_rating_is_a_row_that_training_reads(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    feedback = Feedback(path)
    assert feedback.rated(MOUSE, True)
    assert feedback.rated(MOUSE, False)
    rows = read_transcripts(path)
    assert [one.liked for one in rows] == [True, False]
    assert rows[0].sentence == "This mouse is red."
    assert rows[0].evidence == MOUSE.evidence
    assert set(json.loads(path.read_text("utf-8").splitlines()[0])) == {"evidence", "sentence", "liked"}


def test_what_has_no_rationale_or_no_evidence_teaches_nothing(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "feedback.jsonl")
    assert not feedback.rated(Recommendation(Product("m1", "Mouse"), " ", evidence=MOUSE.evidence), True)
    assert not feedback.rated(Recommendation(Product("m1", "Mouse"), "It is red."), True)
    assert read_transcripts(tmp_path / "feedback.jsonl") == ()


def test_rows_of_several_visitors_do_not_run_into_each_other(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "feedback.jsonl")
    threads = [threading.Thread(target=lambda: [feedback.rated(MOUSE, True) for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_transcripts(tmp_path / "feedback.jsonl")) == 400


def test_a_file_that_cannot_be_written_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        Feedback(tmp_path)
