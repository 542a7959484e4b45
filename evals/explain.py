"""What rationales are worth: the tuned and the untuned model on the same turns, the checker on labelled sentences.

    python -m evals.explain --index DIR --cases FILE [--model M] [--adapter DIR | --no-adapter] [--limit N]
                            [--side-by-side FILE]
    python -m evals.explain --labels FILE

A claim is a clause, as the checker cuts sentences, with at least one word that claims something. Claims before the
check are those of the first sentence that the model wrote, which is all of it that could be shown; a claim is supported
when the checker finds nothing unsupported in it. So these figures are the checker's own; what the checker is worth is
what `--labels` prints. An opening is the first three words. A need is what the evidence says that the shopper asked
for, named, or bought; it is named where the rationale speaks to the shopper ("you", "your") or tells that statement
whole.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.adapters import SHIPPED
from assistant.assistant import Assistant
from assistant.dialogue import TIES, Evidence, RationaleText, Recommendation
from assistant.explain import short_name, write_rationales
from assistant.ground import claims, unsupported
from assistant.llm import ChatModel, Prompt, Stop, load_chat
from assistant.sentences import first_sentence
from assistant.weights import ModelError
from evals.cases import Case, CaseError, read_cases
from evals.metrics import Estimate, estimate
from index.catalog import fold
from index.folder import IndexFolderError

SHOW = 5
ANSWERS = 30
"""How many answers stand side by side."""
_DISTINCT = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn: the message, and the products that were shown with their evidence."""

    case_id: str
    message: str
    shown: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A turn's rationales as one model wrote them, and as they were shown after the check, in `seconds`."""

    asked: Asked
    texts: tuple[str, ...]
    shown: tuple[Recommendation, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, its evidence, and whether a person finds all of it supported."""

    evidence: tuple[Evidence, ...]
    sentence: str
    supported: bool


Measure = Callable[[Written], Iterator[float]]


class Recorded:
    """A model that keeps what it wrote last, row by row."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.texts: list[str] = []

    @property
    def name(self) -> str:
        """The model's own name."""
        return self._model.name

    @property
    def tasks(self) -> frozenset[str]:
        """The model's own tasks."""
        return self._model.tasks

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,
        stop: Stop | None = None,
        grammars: Sequence[str] | None = None,
    ) -> Iterator[tuple[int, str]]:
        """As ChatModel says."""
        self.texts = [""] * len(prompts)
        for row, text in self._model.stream(prompts, max_tokens=max_tokens, stop=stop, grammars=grammars):
            self.texts[row] += text
            yield row, text


def asked_turns(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Asked]:
    """Every turn of the cases that shows products."""
    for case in cases:
        session = assistant.session(case.user_id, case.history)
        for turn in case.turns:
            reply = assistant.reply(session, turn.user)
            session = reply.session
            if reply.recommendations:
                yield Asked(case.case_id, turn.user, reply.recommendations[:SHOW])


def written_by(model: ChatModel, asked: Asked) -> Written:
    """The turn's rationales by one model."""
    recorded = Recorded(model)
    start = time.perf_counter()
    *_, last = write_rationales(recorded, asked.shown, Stop())
    assert not isinstance(last, RationaleText)
    return Written(asked, tuple(recorded.texts), last, time.perf_counter() - start)


# --- measures


def supported_before(turn: Written) -> Iterator[float]:
    """1 for a claim that the evidence supports, else 0, as the model wrote it."""
    for text, one in zip(turn.texts, turn.shown, strict=True):
        for claim in claims(first_sentence(text)[0]):
            yield float(not unsupported(claim, one.evidence))


def supported_after(turn: Written) -> Iterator[float]:
    """The same of what was shown, where the model wrote it."""
    for one in turn.shown:
        if one.written:
            yield from (float(not unsupported(claim, one.evidence)) for claim in claims(one.rationale))


def replaced(turn: Written) -> Iterator[float]:
    """1 for a rationale that gave way to plain facts, else 0."""
    yield from (float(not one.written) for one in turn.shown)


def openings_differ(turn: Written) -> Iterator[float]:
    """1 when at least four of five rationales begin differently, else 0; not measured with fewer than five."""
    if len(turn.shown) == SHOW:
        openings = {tuple(fold(one.rationale).split()[:3]) for one in turn.shown}
        yield float(len(openings) >= _DISTINCT)


def need_named(turn: Written) -> Iterator[float]:
    """1 when the rationale names the shopper's need or history, else 0, where the evidence holds one."""
    for one in turn.shown:
        needs = [fold(own.text) for own in one.evidence if own.source in TIES | {"asked"}]
        told = fold(one.rationale)
        if needs:
            yield float(bool(re.search(r"\byour?\b", told)) or any(need in told for need in needs))


def words(turn: Written) -> Iterator[float]:
    """The words of each rationale that the model wrote."""
    yield from (float(len(one.rationale.split())) for one in turn.shown if one.written)


def seconds(turn: Written) -> Iterator[float]:
    """The time that all rationales of the turn took."""
    yield turn.seconds


MEASURES: Mapping[str, Measure] = {
    "claims supported before the check": supported_before,
    "claims supported after the check": supported_after,
    "replaced by plain facts": replaced,
    "four of five openings differ": openings_differ,
    "need or history named": need_named,
    "words a rationale": words,
    "seconds a turn": seconds,
}


def measured(turns: Sequence[Written]) -> dict[str, Estimate]:
    """Every measure over all turns, with its 95 % interval."""
    return {
        name: estimate((turn.asked.case_id, value) for turn in turns for value in measure(turn))
        for name, measure in MEASURES.items()
    }


def side_by_side(columns: Mapping[str, Sequence[Written]]) -> str:
    """A page of answers with what each model wrote, in Markdown; plain facts are marked."""
    models = ", ".join(columns)
    lines = ["# Answers side by side", "", f"Made by `python -m evals.explain`, models: {models}.", ""]
    lines += ["A rationale that the check held back is replaced by plain facts, which are marked (facts)."]
    for number, row in enumerate(islice(zip(*columns.values(), strict=True), ANSWERS), start=1):
        asked = row[0].asked
        lines += ["", f"## {number}. {_cell(asked.message) or '(no message: from the history)'}", ""]
        lines += [f"| product | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
        for place, one in enumerate(asked.shown):
            cells = [_cell(short_name(one.product))]
            cells += [
                _cell(turn.shown[place].rationale + ("" if turn.shown[place].written else " (facts)")) for turn in row
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


# --- the checker itself


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Sentences labelled by hand; CaseError names file, line and value."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            evidence = tuple(Evidence(str(source), str(text)) for source, text in row["evidence"])
            if not isinstance(row["supported"], bool) or not isinstance(row["sentence"], str):
                raise ValueError(f"row is {row!r}")
            found.append(Labelled(evidence, row["sentence"], row["supported"]))
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(
                f"{path}:{number}: {error}, expected evidence as [source, text] pairs, sentence, supported"
            ) from error
    return tuple(found)


def checked(labelled: Sequence[Labelled]) -> dict[str, Estimate]:
    """Precision and recall of "unsupported", and the share of supported sentences that are held back."""
    held = [bool(unsupported(one.sentence, one.evidence)) for one in labelled]
    rows = list(enumerate(zip(labelled, held, strict=True)))
    return {
        "precision of unsupported": estimate((str(i), float(not one.supported)) for i, (one, bad) in rows if bad),
        "recall of unsupported": estimate((str(i), float(bad)) for i, (one, bad) in rows if not one.supported),
        "supported, yet held back": estimate((str(i), float(bad)) for i, (one, bad) in rows if one.supported),
    }


def _print(title: str, figures: Mapping[str, Estimate]) -> None:
    print(title)
    for name, found in figures.items():
        print(f"  {name:36} {found.mean:7.3f}  [{found.low:.3f}, {found.high:.3f}]  n {found.n}")


def _models(given: argparse.Namespace) -> Iterator[ChatModel]:
    """The tuned model where there is an adapter, then the model as it came."""
    if not given.no_adapter:
        tuned = load_chat(given.model, given.adapter)
        if "explain" in tuned.tasks:
            yield tuned
    yield load_chat(given.model, None)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.explain", description="What the rationales are worth.")
    parser.add_argument("--labels", type=Path, metavar="FILE", help="labelled sentences: measure the checker alone")
    parser.add_argument("--index", type=Path, metavar="DIR")
    parser.add_argument("--cases", type=Path, metavar="FILE")
    parser.add_argument("--model", metavar="M", help="a language model; without it, the default one")
    tuned = parser.add_mutually_exclusive_group()
    tuned.add_argument("--adapter", type=Path, default=SHIPPED, metavar="DIR", help="an adapter; else the shipped one")
    tuned.add_argument("--no-adapter", action="store_true", help="the language model as it came, alone")
    parser.add_argument("--limit", type=int, metavar="N", help="so many turns at most")
    parser.add_argument("--side-by-side", type=Path, metavar="FILE", help=f"write {ANSWERS} answers of all models here")
    given = parser.parse_args(arguments)
    if not given.labels and not (given.index and given.cases):
        parser.error("expected --labels, or --index and --cases")
    try:
        if given.labels:
            labelled = read_labelled(given.labels)
            _print(f"the checker on {len(labelled)} sentences", checked(labelled))
            return 0
        return _compared(given)
    except (CaseError, IndexFolderError, ModelError, OSError) as error:
        print(f"evals.explain: {error}", file=sys.stderr)
        return 2


def _compared(given: argparse.Namespace) -> int:
    cases = read_cases(given.cases)
    assistant = Assistant.load(given.index, adapter=None, explain=False, show=SHOW)
    try:
        turns = list(islice(asked_turns(assistant, cases), given.limit))
    finally:
        assistant.close()
    columns: dict[str, list[Written]] = {}
    for model in _models(given):
        columns[model.name] = [written_by(model, turn) for turn in turns]
        _print(f"{model.name}, {len(turns)} turns", measured(columns[model.name]))
    if given.side_by_side:
        given.side_by_side.write_text(side_by_side(columns), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
