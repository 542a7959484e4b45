"""Transcripts: rationales that shoppers were shown, with their evidence and whether they were liked.

    {"evidence": [["kind", "mouse"], ["attribute", "weight: 78 g"]], "sentence": "This mouse weighs 78 g.", "liked": true}

Does not know how a model learns from them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dialogue import Evidence
from assistant.ground import unsupported

if TYPE_CHECKING:
    from finetune.examples import Example

_BEGIN = 2
"""Words of a liked sentence that the prompt gives as its beginning."""


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
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            evidence = tuple(Evidence(str(source), str(text)) for source, text in row["evidence"])
            sentence, liked = row["sentence"], row["liked"]
            if not (evidence and isinstance(sentence, str) and sentence.strip() and isinstance(liked, bool)):
                raise ValueError(f"row is {row!r}")
        except (ValueError, KeyError, TypeError) as error:
            raise TranscriptError(
                f"{path}:{number}: {error}, expected evidence as [source, text] pairs, a sentence, and liked true or false"
            ) from error
        found.append(Rated(evidence, sentence.strip(), liked))
    return tuple(found)


def liked_examples(paths: Sequence[Path]) -> list["Example"]:
    """What was liked and is supported by its evidence, as examples of the explain task."""
    from assistant.plan import Plan, plans
    from assistant.prompts import tuned_rationale_prompt
    from finetune.examples import Example

    found = []
    for path in paths:
        for one in read_transcripts(path):
            plan = plans([one.evidence])[0]
            if one.liked and plan is not None and not unsupported(one.sentence, one.evidence):
                prompt = tuned_rationale_prompt(Plan(plan.told, " ".join(one.sentence.split()[:_BEGIN])))
                found.append(Example("explain", "train", f"liked: {path.name}", tuple(prompt), one.sentence))
    return found
