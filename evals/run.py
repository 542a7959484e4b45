"""Replays cases: `python -m evals.run --index DIR --cases FILE --out FILE [--k N] [--no-explain]`.

Writes one row a turn, in the order of the cases, and prints the summary. Knows the assistant by its public
door only; what the numbers mean is in `evals.metrics`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import Progress

from assistant import Assistant
from assistant.dialogue import Evidence, Reply, Session
from assistant.ground import unsupported
from assistant.rank import RANKERS
from assistant.weights import ModelError
from evals.cases import Case, CaseError, read_cases
from evals.metrics import measure
from evals.report import beside_cases, print_summary, products_of
from index.catalog import constraints_to_json
from index.feeds import FeedError
from index.folder import IndexFolderError
from index.store import StoreError

FAILURES = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    MemoryError,
    ModelError,
    FeedError,
    StoreError,
)
"""What a turn may raise without ending the run: the row says so and the next turn goes on."""

Unsupported = Callable[[str, Sequence[Evidence]], Sequence[str]]
"""The claims of a text that its evidence does not hold: `assistant.ground.unsupported`."""


class Answers(Protocol):
    """The door of the assistant, as far as the evals need it."""

    def session(self, user_id: str | None = None, history: Sequence[str] = ()) -> Session:
        """A new conversation of a stored or a described shopper."""
        ...

    def reply(self, session: Session, message: str) -> Reply:
        """The answer to a message, with the session to go on with."""
        ...


def replay(
    assistant: Answers, cases: Sequence[Case], check: Unsupported, k: int = 50, explain: bool = True
) -> Iterator[dict[str, Any]]:
    """One row a turn, in the order of the cases; a turn that raises one of FAILURES has its "error"."""
    for case in cases:
        try:
            session = _session(assistant, case)
        except FAILURES as error:
            for number in range(len(case.turns)):
                yield failed_row(case, number, error)
            continue
        for number, turn in enumerate(case.turns):
            try:
                reply = assistant.reply(session, turn.user)
                row = row_of(case, number, reply, check, k, explain)
            except FAILURES as error:
                yield failed_row(case, number, error)
            else:
                session = reply.session
                yield row


def _session(assistant: Answers, case: Case) -> Session:
    if case.history or case.user_id is None:
        return assistant.session(history=case.history)
    return assistant.session(user_id=case.user_id)


def failed_row(case: Case, number: int, error: BaseException) -> dict[str, Any]:
    """The row of a turn that raised an error."""
    return {
        "case_id": case.case_id,
        "turn": number,
        "product_ids": [],
        "text": "",
        "rationales": {},
        "request": {"query": "", "constraints": {}},
        "seconds": {},
        "error": f"{type(error).__name__}: {error}",
    }


def row_of(case: Case, number: int, reply: Reply, check: Unsupported, k: int, explain: bool = True) -> dict[str, Any]:
    """The row of one answered turn; `grounded` and `written` are by the id of the product shown."""
    explained = [shown for shown in reply.recommendations if shown.rationale and explain]
    request = reply.request
    row: dict[str, Any] = {
        "case_id": case.case_id,
        "turn": number,
        "product_ids": list(reply.product_ids[:k]),
        "text": reply.text,
        "rationales": {shown.product.product_id: shown.rationale for shown in explained},
        "written": {shown.product.product_id: shown.written for shown in explained},
        "grounded": {shown.product.product_id: not check(shown.rationale, shown.evidence) for shown in explained},
        "request": {
            "act": request.act,
            "query": request.query,
            "kinds": list(request.kinds),
            "anchor_ids": list(request.anchor_ids),
            "constraints": constraints_to_json(request.constraints),
        },
        "seconds": {stage: round(value, 6) for stage, value in reply.seconds.items()},
    }
    if reply.nearest:
        row["nearest"] = list(reply.nearest)
        row["misses"] = {name: list(keys) for name, keys in reply.nearest.items()}
    return row


def write_rows(rows: Iterator[dict[str, Any]], out: Path, total: int, console: Console) -> tuple[dict[str, Any], ...]:
    """Writes each row as it comes, so that a run cut short keeps what it has; returns them all."""
    kept = []
    out.parent.mkdir(parents=True, exist_ok=True)
    with (
        out.open("w", encoding="utf-8") as file,
        Progress(console=console, disable=not console.is_terminal, transient=True) as progress,
    ):
        task = progress.add_task("turns", total=total)
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            kept.append(row)
            progress.advance(task)
    return tuple(kept)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when every turn has its row, 2 for input that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.run", description="Replay cases and measure.")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index folder")
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="cases.jsonl or .jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the rows go")
    parser.add_argument("--k", type=int, default=50, metavar="N", help="longest ranking (50 unless told)")
    parser.add_argument("--show", type=int, default=4, metavar="N", help="rationales a turn (4 unless told)")
    parser.add_argument("--no-explain", action="store_true", help="leave the rationales out")
    parser.add_argument("--ranker", choices=sorted(RANKERS), help="what orders the products")
    parser.add_argument("--model", metavar="M", help="another language model, as for python -m assistant")
    tuned = parser.add_mutually_exclusive_group()
    tuned.add_argument("--adapter", type=Path, metavar="DIR", help="an adapter; without it, the shipped one")
    tuned.add_argument("--no-adapter", action="store_true", help="the language model as it came")
    parser.add_argument("--rules-only", action="store_true", help="no language model reads the messages")
    options = parser.parse_args(arguments)
    if options.k < 1 or options.show < 1:
        sys.stderr.write("evals.run: --k and --show are at least 1\n")
        return 2
    given = {name: getattr(options, name) for name in ("ranker", "model", "adapter") if getattr(options, name)}
    given |= {"adapter": None} if options.no_adapter else {}
    explain = not options.no_explain
    try:
        cases, products = read_cases(options.cases), products_of(options.index)
        assistant = Assistant.load(
            options.index,
            rules_only=options.rules_only,
            explain=explain,
            k=options.k,
            show=options.show,
            say=_say,
            **given,
        )
    except (OSError, CaseError, FeedError, IndexFolderError, ModelError) as error:
        _say(f"evals.run: {error}")
        return 2
    total = sum(len(case.turns) for case in cases)
    replayed = replay(assistant, cases, unsupported, options.k, explain)
    try:
        rows = write_rows(replayed, options.out, total, Console(stderr=True))
    finally:
        assistant.close()
    title = f"{options.cases.name}: {len(cases)} cases, {total} turns"
    print_summary(Console(), title, measure(beside_cases(rows, cases, products)), rows)
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
