"""Transcripts: rationales that shoppers were shown, with their evidence and whether they were liked.

    {"evidence": [["kind", "mouse"], ["attribute", "color: red"]], "sentence": "This mouse is red.", "liked": true}

Does not know how a model learns from them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dialogue import Evidence
from assistant.ground import unsupported
from assistant.plan import Plan, plan_of
from assistant.prompts import tuned_rationale_prompt

if TYPE_CHECKING:
    from finetune.examples import Example


class TranscriptError(ValueError):
    """A row that is no rated rationale; the message names file, line, value and what was expected."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A rationale that was shown, what it was written from, and whether the shopper liked it."""

    evidence: tuple[Evidence, ...]
    sentence: str
    liked: bool


def read_transcripts(path: Path) -> tuple[Rated, ...]:
    """The rated rationales of a `.jsonl` file; TranscriptError at the first row that is none."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(f"{path} cannot be read ({error}): expected a file of rated rationales") from error
    return tuple(_rated(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip())


def _rated(line: str, where: str) -> Rated:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise TranscriptError(f"{where}: {line[:60]!r} is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise TranscriptError(f"{where}: {line[:60]!r}, expected an object")
    evidence, sentence, liked = (row.get(name) for name in ("evidence", "sentence", "liked"))
    if not isinstance(evidence, list) or not evidence or not all(_is_statement(one) for one in evidence):
        raise TranscriptError(f"{where}: evidence is {str(evidence)[:60]}, expected a list of [source, text]")
    if not isinstance(sentence, str) or not sentence.strip():
        raise TranscriptError(f"{where}: sentence is {sentence!r}, expected a text")
    if not isinstance(liked, bool):
        raise TranscriptError(f"{where}: liked is {liked!r}, expected true or false")
    return Rated(tuple(Evidence(source, text) for source, text in evidence), sentence.strip(), liked)


def _is_statement(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) and part for part in one)


def liked_examples(paths: Sequence[Path]) -> list["Example"]:
    """What was liked and is supported by its evidence, as examples of the explain task."""
    from finetune.examples import Example

    found = []
    for path in paths:
        for one in read_transcripts(path):
            if one.liked and not unsupported(one.sentence, one.evidence):
                prompt = tuned_rationale_prompt(_plan(one))
                found.append(Example("explain", "train", f"liked: {path.name}", tuple(prompt), one.sentence))
    return found


def _plan(one: Rated) -> Plan:
    """The plan that the sentence carries out: it tells the statements without which the sentence is not supported."""
    plan = plan_of(one.evidence, one.sentence)
    told = one.evidence
    for statement in one.evidence:
        rest = tuple(other for other in told if other != statement)
        if rest and not unsupported(one.sentence, rest):
            told = rest
    return Plan(tuple(sorted(told, key=lambda other: other != plan.told[0])), plan.begin)
