"""Are questions about the shop answered from the right passage, and those that its documents do not answer refused?

    python -m evals.questions --index DIR [--questions FILE] [--part choose|report] [--wrong]

The index must have been built with the documents that the questions are about. A row has `question_id`, `question`,
`part` and `passages`: the passages ("returns.md#exchanging") that answer it, none where no document does. The
threshold is chosen on one part ("choose"): the one that most questions are right with, the highest of equals. The
figures are those of the other.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.house import THRESHOLD, find_passages
from evals.cases import CaseError
from evals.metrics import Estimate, estimate
from index.folder import IndexFolderError, Shop, open_shop

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
PARTS = ("choose", "report")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a shop and the passages that answer it; none where it has to be refused."""

    question_id: str
    question: str
    part: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A question, the one or two passages found for it, and the score of the best."""

    question: Question
    found: tuple[str, ...]
    score: float

    @property
    def has_right(self) -> bool:
        """True when one of the passages found is one that answers it."""
        return not set(self.found).isdisjoint(self.question.passages)

    def right(self, threshold: float) -> bool:
        """True when it is answered from a right passage, or rightly refused."""
        if not self.question.passages:
            return self.score < threshold
        return self.score >= threshold and self.has_right


def read_questions(path: Path) -> list[Question]:
    """The questions of a file; CaseError names the file and the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(f"{path}: {error.strerror}") from None
    found: list[Question] = []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            question = Question(row["question_id"], row["question"], row["part"], tuple(row["passages"]))
            texts = (question.question_id, question.question, *question.passages)
            if question.part not in PARTS or not all(isinstance(part, str) and part for part in texts):
                raise ValueError(f"part is {question.part!r}")
        except (ValueError, TypeError, KeyError) as error:
            raise CaseError(
                f"{path}:{number}: {line[:80]!r} is no question ({error}), expected question_id, question, "
                f"part ({' or '.join(PARTS)}) and passages"
            ) from None
        found.append(question)
    return found


def try_out(questions: Sequence[Question], shop: Shop) -> list[Tried]:
    """The best passage for every question; CaseError for a passage that the shop does not have."""
    known = {f"{passage.file}#{passage.anchor}" for passage in shop.documents.passages}
    found = []
    for question in questions:
        for name in question.passages:
            if name not in known:
                raise CaseError(
                    f"{question.question_id}: {shop.folder} has no passage {name!r}; build it with --documents"
                )
        best = find_passages(question.question, shop)
        names = tuple(f"{one.passage.file}#{one.passage.anchor}" for one in best)
        found.append(Tried(question, names, best[0].score if best else 0.0))
    return found


def best_threshold(tried: Sequence[Tried]) -> float:
    """The threshold in steps of a hundredth that most questions are right with, the highest of equals."""
    return max((step / 100 for step in range(101)), key=lambda one: (sum(own.right(one) for own in tried), one))


def figures(tried: Sequence[Tried], threshold: float) -> Mapping[str, Estimate]:
    """What is right at a threshold: answered questions, refused ones, both together; and of what was answered."""
    own = [(one, one.score >= threshold) for one in tried]
    answerable = [(one, answered) for one, answered in own if one.question.passages]
    values: Mapping[str, list[tuple[str, float]]] = {
        "right passage, refusals apart": [_value(one, one.has_right) for one, _ in answerable],
        "answered from a right passage": [_value(one, one.right(threshold)) for one, _ in answerable],
        "refused rightly": [_value(one, not answered) for one, answered in own if not one.question.passages],
        "right in all": [_value(one, one.right(threshold)) for one, _ in own],
        "of the answers, right": [_value(one, one.right(threshold)) for one, answered in own if answered],
    }
    return {name: estimate(rows) for name, rows in values.items()}


def _value(one: Tried, right: bool) -> tuple[str, float]:
    return one.question.question_id, float(right)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.questions", description="Questions about the shop.")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="an index with documents")
    parser.add_argument(
        "--questions", type=Path, default=QUESTIONS, metavar="FILE", help="the demo store's unless told"
    )
    parser.add_argument("--part", choices=PARTS, default="report", help="the questions to measure (report)")
    parser.add_argument("--wrong", action="store_true", help="print the questions of the part that went wrong")
    given = parser.parse_args(arguments)
    try:
        questions = read_questions(given.questions)
        shop = open_shop(given.index)
        try:
            tried = try_out(questions, shop)
        finally:
            shop.close()
    except (CaseError, IndexFolderError) as error:
        print(f"evals.questions: {error}", file=sys.stderr)
        return 2
    chosen = best_threshold([one for one in tried if one.question.part == "choose"])
    print(f"threshold in force {THRESHOLD:.2f}, best on the questions to choose with {chosen:.2f}")
    own = [one for one in tried if one.question.part == given.part]
    for name, value in figures(own, THRESHOLD).items():
        print(f"{name:32} {value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]  n {value.n}")
    for one in own if given.wrong else ():
        if not one.right(THRESHOLD):
            right = ", ".join(one.question.passages) or "to refuse"
            print(f"  {one.score:.2f} {one.question.question} -> {', '.join(one.found)}; right: {right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
