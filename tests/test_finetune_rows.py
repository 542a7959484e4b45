"""Examples as rows of a file: what is written is read again, and what is no example is told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.llm import Message
from finetune.examples import Example
from finetune.rows import ExamplesError, examples_sha256, read_examples, write_examples

PROMPT = (Message("system", "Read the shopper."), Message("user", "says: a quiet mouse\u2028under 40"))
EXAMPLES = (
    Example("understand", "train", "t1", PROMPT, "find; want mouse; soft quiet"),
    Example("explain", "heldout", "t2", PROMPT[1:], "Für leise Büros \x85gemacht."),
)
ROW: dict[str, Any] = {"task": "explain", "part": "train", "template": "t", "prompt": [["user", "x"]], "answer": "y"}


def test_what_is_written_is_read_again_whatever_characters_end_a_line_elsewhere(tmp_path: Path) -> None:
    write_examples(tmp_path / "new" / "a.jsonl", EXAMPLES[:1])
    write_examples(tmp_path / "b.jsonl", EXAMPLES[1:])
    read = read_examples([tmp_path / "new" / "a.jsonl", tmp_path / "b.jsonl"])
    assert read == EXAMPLES
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.jsonl"]


def test_the_hash_is_of_the_rows_and_their_order() -> None:
    assert examples_sha256(EXAMPLES) == examples_sha256(list(EXAMPLES))
    assert len({examples_sha256(EXAMPLES), examples_sha256(EXAMPLES[::-1]), examples_sha256(EXAMPLES[:1])}) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "expected an object"),
        (json.dumps(ROW | {"answer": " "}), "answer is ' ', expected a text"),
        (json.dumps(ROW | {"task": 3}), "task is 3, expected a text"),
        (json.dumps(ROW | {"part": "test"}), "part is 'test', expected one of train, heldout"),
        (json.dumps(ROW | {"prompt": []}), "expected a list of"),
        (json.dumps(ROW | {"prompt": [["user"]]}), "expected a list of"),
        (json.dumps(ROW | {"prompt": "user"}), "expected a list of"),
    ],
)
def test_a_row_that_is_no_example_is_told_with_file_and_line(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n\n{line}\n", "utf-8")
    with pytest.raises(ExamplesError) as error:
        read_examples([path])
    assert f"{path}:3" in str(error.value)
    assert said in str(error.value)


def test_files_without_an_example_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(ExamplesError, match="no example in"):
        read_examples([tmp_path / "empty.jsonl"])
    with pytest.raises(ExamplesError, match="cannot be read"):
        read_examples([tmp_path / "nowhere.jsonl"])
