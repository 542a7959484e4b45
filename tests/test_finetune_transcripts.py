"""Rated rationales: read with clear errors; what was liked and holds becomes an example."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.dialogue import Evidence
from finetune.transcripts import TranscriptError, liked_examples, read_transcripts

_EVIDENCE = [
    ["name", "Norvik Swift 40 Wireless Mouse"],
    ["history", "often bought together with your Slate 14"],
    ["kind", "mouse"],
    ["brand", "Norvik"],
    ["attribute", "weight: 78 g"],
    ["attribute", "connection: Bluetooth"],
]
_ROW = {"evidence": _EVIDENCE, "sentence": " With a weight of 78 g, this mouse works. ", "liked": True}


def _file(folder: Path, *rows: Any) -> Path:
    path = folder / "rated.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_rows_are_read_in_their_order(tmp_path: Path) -> None:
    first, second = read_transcripts(_file(tmp_path, _ROW, "", {**_ROW, "liked": False}))
    assert first.evidence[0] == Evidence("name", "Norvik Swift 40 Wireless Mouse") and len(first.evidence) == 6
    assert first.sentence == "With a weight of 78 g, this mouse works."
    assert (first.liked, second.liked) == (True, False)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "expected an object"),
        ({}, "evidence is None, expected a list of [source, text]"),
        ({**_ROW, "evidence": []}, "evidence is []"),
        ({**_ROW, "evidence": [["kind"]]}, "evidence is [['kind']]"),
        ({**_ROW, "evidence": [["kind", 3]]}, "evidence is [['kind', 3]]"),
        ({**_ROW, "sentence": " "}, "sentence is ' ', expected a text"),
        ({**_ROW, "liked": "yes"}, "liked is 'yes', expected true or false"),
        ({key: value for key, value in _ROW.items() if key != "liked"}, "liked is None"),
    ],
)
def test_a_broken_row_names_its_line_and_what_was_expected(tmp_path: Path, row: Any, told: str) -> None:
    path = _file(tmp_path, _ROW, row)
    with pytest.raises(TranscriptError) as caught:
        read_transcripts(path)
    assert str(caught.value).startswith(f"{path}:2: ") and told in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"none\.jsonl cannot be read"):
        read_transcripts(tmp_path / "none.jsonl")


def test_only_what_was_liked_and_holds_is_learned(tmp_path: Path) -> None:
    rows = [
        _ROW,
        {**_ROW, "liked": False},
        {**_ROW, "sentence": "With a weight of 70 g, this mouse works."},
        {**_ROW, "sentence": "With the best weight, this mouse is amazing."},
    ]
    (example,) = liked_examples([_file(tmp_path, *rows)])
    assert example.answer == "With a weight of 78 g, this mouse works."
    assert (example.task, example.part, example.template) == ("explain", "train", "liked: rated.jsonl")


def test_the_prompt_gives_what_the_sentence_tells_and_no_more(tmp_path: Path) -> None:
    (example,) = liked_examples([_file(tmp_path, _ROW)])
    assert example.prompt[-1].content == "begin: With\nfacts: weight: 78 g; mouse"
    tied = {**_ROW, "sentence": "Often bought together with your Slate 14, this mouse has a Bluetooth connection."}
    (example,) = liked_examples([_file(tmp_path, tied)])
    facts = "often bought together with your Slate 14; mouse; connection: Bluetooth"
    assert example.prompt[-1].content == f"begin: Often bought together\nfacts: {facts}"
