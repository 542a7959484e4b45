"""The measures of rationales on turns made by hand, and the checker's own on labelled sentences."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.dialogue import Evidence, Recommendation
from assistant.explain import plain_facts
from assistant.llm import ScriptedChat
from evals.cases import CaseError
from evals.explain import (
    MEASURES,
    Asked,
    Labelled,
    Written,
    checked,
    main,
    measured,
    need_named,
    openings_differ,
    read_labelled,
    replaced,
    seconds,
    side_by_side,
    supported_after,
    supported_before,
    words,
    written_by,
)
from index.catalog import Product
from index.folder import Shop

LABELS = Path(__file__).resolve().parent.parent / "evals" / "data" / "claims.jsonl"
EVIDENCE = (
    Evidence("name", "Pebble 300 mouse"),
    Evidence("asked", "you asked for wireless"),
    Evidence("kind", "mouse"),
    Evidence("attribute", "weight: 85 g"),
)


def _turn(texts: Sequence[str], evidence: tuple[Evidence, ...] = EVIDENCE) -> Written:
    shown = tuple(Recommendation(Product(f"m{place}", "Pebble 300"), evidence=evidence) for place in range(len(texts)))
    return written_by(ScriptedChat(texts), Asked("c1", "a wireless mouse", shown))


def test_claims_are_counted_before_and_after_the_check() -> None:
    turn = _turn(["This mouse weighs 85 g, and it is red. It is the best.", "It sings, and it weighs 58 g."])
    assert list(supported_before(turn)) == [1.0, 0.0, 0.0, 0.0]
    assert list(supported_after(turn)) == [1.0]
    assert list(replaced(turn)) == [0.0, 1.0]
    assert turn.shown[1].rationale == plain_facts(EVIDENCE)


def test_openings_are_the_first_three_words_of_five() -> None:
    same = "This mouse weighs 85 g."
    others = ["It weighs 85 g.", "Wireless, it weighs 85 g.", "With 85 g, it suits.", "The mouse weighs 85 g."]
    assert list(openings_differ(_turn([same, *others]))) == [1.0]
    assert list(openings_differ(_turn([same, same, *others[:3]]))) == [1.0]
    assert list(openings_differ(_turn([same, same, same, *others[:2]]))) == [0.0]
    assert list(openings_differ(_turn(others))) == []


def test_a_need_is_named_where_there_is_one() -> None:
    turn = _turn(["You asked for wireless, and it weighs 85 g.", "This mouse weighs 85 g."])
    assert list(need_named(turn)) == [1.0, 0.0]
    assert list(need_named(_turn(["This mouse weighs 85 g."], EVIDENCE[2:]))) == []
    kind = (Evidence("companion", "of a kind that goes with a notebook"), *EVIDENCE[2:])
    assert list(need_named(_turn(["Of a kind that goes with a notebook, it weighs 85 g."], kind))) == [1.0]


def test_words_and_seconds() -> None:
    turn = _turn(["This mouse weighs 85 g.", "It sings."])
    assert list(words(turn)) == [5.0]
    assert [value > 0 for value in seconds(turn)] == [True]
    assert set(measured([turn])) == set(MEASURES)
    assert measured([turn])["replaced by plain facts"].mean == 0.5


def test_answers_stand_side_by_side() -> None:
    tuned, untuned = _turn(["You asked for wireless, and it weighs 85 g."]), _turn(["It sings."])
    page = side_by_side({"tuned": [tuned], "untuned": [untuned]})
    assert "## 1. a wireless mouse" in page
    assert "| product | tuned | untuned |" in page
    assert "| You asked for wireless, and it weighs 85 g. |" in page
    assert page.count("(facts)") == 2  # once in the head of the page


def test_the_checker_is_measured() -> None:
    rows = [
        Labelled(EVIDENCE, "This mouse weighs 85 g.", True),
        Labelled(EVIDENCE, "Its weight: eighty-five grams.", True),  # held back
        Labelled(EVIDENCE, "It sings.", False),
        Labelled(EVIDENCE, "You asked for a wireless mouse.", False),  # let through
    ]
    found = checked(rows)
    assert {name: round(one.mean, 2) for name, one in found.items()} == {
        "precision of unsupported": 0.5,
        "recall of unsupported": 0.5,
        "supported, yet held back": 0.5,
    }


def test_the_labelled_sentences_are_many_and_mixed() -> None:
    rows = read_labelled(LABELS)
    assert len(rows) >= 150
    assert len({(one.sentence, one.evidence) for one in rows}) == len(rows)
    assert 0.4 < sum(one.supported for one in rows) / len(rows) < 0.6
    assert {own.source for one in rows for own in one.evidence} >= {"asked", "compared", "against", "history"}


@pytest.mark.parametrize("row", ["{", '{"evidence": [["kind"]], "sentence": "x", "supported": true}', "{}", '{"x": 1}'])
def test_a_row_without_a_label_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(row + "\n", "utf-8")
    with pytest.raises(CaseError, match=r"claims\.jsonl:1: "):
        read_labelled(path)
    assert main(["--labels", str(path)]) == 2


def test_the_command_measures_the_checker(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--labels", str(LABELS)]) == 0
    told = capsys.readouterr().out
    assert "recall of unsupported" in told
    assert "[" in told


def test_the_command_measures_a_model(
    shop: Shop, own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = tmp_path / "cases.jsonl"
    row = {"case_id": "c1", "user_id": None, "history": ["n1"], "turns": [{"user": "wireless mouse"}]}
    cases.write_text(json.dumps(row) + "\n", "utf-8")
    page = tmp_path / "answers.md"
    given = ["--index", str(own_folder), "--cases", str(cases), "--model", "scripted:It weighs 85 g.", "--no-adapter"]
    assert main([*given, "--side-by-side", str(page)]) == 0
    told = capsys.readouterr().out
    assert "scripted, 1 turns" in told
    assert "claims supported before the check" in told
    assert "wireless mouse" in page.read_text("utf-8")
    assert main(["--index", str(tmp_path / "none"), "--cases", str(cases)]) == 2
    assert "evals.explain: " in capsys.readouterr().err
