"""Training examples as rows of a file: JSON lines, one example each.

Knows the row format; does not know how examples are made or learned.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.llm import Message
from finetune.examples import Example

PARTS = ("train", "heldout")


class ExamplesError(Exception):
    """A row that is no example, or a file without one; the message names the place."""


def read_examples(paths: Sequence[Path]) -> tuple[Example, ...]:
    """The examples of all files, in their order. Raises ExamplesError with file and line."""
    found = []
    for path in paths:
        try:
            lines = path.read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ExamplesError(f"{path} cannot be read ({error}): expected a file of examples") from error
        found += [_example(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise ExamplesError(f"no example in {', '.join(map(str, paths))}, expected at least one row")
    return tuple(found)


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    """Writes the examples as rows; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    with beside.open("w", encoding="utf-8") as file:
        file.writelines(f"{_row(example)}\n" for example in examples)
    beside.replace(path)


def examples_sha256(examples: Iterable[Example]) -> str:
    """The hash of the examples' rows, in their order."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{_row(example)}\n".encode())
    return digest.hexdigest()


def _row(example: Example) -> str:
    prompt = [[message.role, message.content] for message in example.prompt]
    row = {"task": example.task, "part": example.part, "template": example.template, "prompt": prompt}
    return json.dumps(row | {"answer": example.answer}, ensure_ascii=False)


def _example(line: str, where: str) -> Example:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ExamplesError(f"{where}: {line[:60]!r} is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise ExamplesError(f"{where}: {line[:60]!r}, expected an object")
    for name in ("task", "part", "template", "answer"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise ExamplesError(f"{where}: {name} is {row.get(name)!r}, expected a text")
    if row["part"] not in PARTS:
        raise ExamplesError(f"{where}: part is {row['part']!r}, expected one of {', '.join(PARTS)}")
    prompt = row.get("prompt")
    if not isinstance(prompt, list) or not prompt or not all(_is_message(one) for one in prompt):
        raise ExamplesError(f"{where}: prompt is {str(prompt)[:60]}, expected a list of [role, content]")
    messages = tuple(Message(role, content) for role, content in prompt)
    return Example(row["task"], row["part"], row["template"], messages, row["answer"])


def _is_message(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
