"""How well whole shopping trips go: state, references, misses, and whether every reply is true.

    python -m evals.journeys --index [STORE=]DIR [--index STORE=DIR ...] --journeys FILE [FILE ...]
                             [--part open|sealed|all] [--out FILE] [--faults N] [--rules-only] [--explain]

Replays each journey through the assistant, one reply a turn; what a message refers to is resolved against the products
that the run itself showed last. Prints the figures by store and together, with 95 % bootstrap intervals over journeys,
and the most frequent faults of the open part. `--out` writes the rows of `evals.run` with a "verdict" each. What is
sealed is counted only: none of its faults is printed, and no text of it is written.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.dialogue import Reply, Request, Session
from assistant.ground import unsupported
from assistant.weights import ModelError
from evals.cases import Case, CaseError, CaseTurn
from evals.facts import Turn
from evals.journey_file import Bounds, Expected, Journey, expect, read_journeys, unknown_ids
from evals.report import seconds_by_stage
from evals.run import FAILURES, Answers, failed_row, row_of, write_rows
from evals.store_words import StoreWords
from evals.truth import untrue
from evals.verdicts import Verdict, failure, faults, judge, measured
from index.feeds import FeedError
from index.folder import IndexFolderError, Shop

STAGES = ("first_products", "total")
_SHOWN_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn of a replayed journey: its row, its verdict, and what was right."""

    journey: Journey
    right: Expected
    verdict: Verdict
    row: Mapping[str, Any]


def replay(
    assistant: Answers, journeys: Sequence[Journey], shop: Shop, store: StoreWords, explain: bool = False
) -> Iterator[Judged]:
    """Every turn of the journeys answered and judged, in order; one that raises a FAILURE of `evals.run` counts."""
    for journey in journeys:
        session: Session | None = None
        trouble: BaseException | None = None
        try:
            session = _opened(assistant, journey)
        except FAILURES as error:
            trouble = error
        bounds: Bounds = {}
        shown: tuple[str, ...] = ()
        case = Case(journey.case_id, tuple(CaseTurn(turn.user) for turn in journey.turns), journey.user_id)
        for number, turn in enumerate(journey.turns):
            right, bounds = expect(turn, shown, shop.products, shop.currency, bounds)
            try:
                if session is None:
                    raise RuntimeError(f"the session did not open: {trouble!r}")
                reply = assistant.reply(session, turn.user)
                row = row_of(case, number, reply, unsupported, 50, explain)
                row["request"] |= _asked(reply.request)
                wrong = untrue(Turn(turn.user, session, reply), store)
                verdict = judge(journey.case_id, number, right, reply, shop, session.topic, wrong)
            except FAILURES as error:
                verdict = failure(journey.case_id, number, right, shop)
                row = failed_row(case, number, error)
            else:
                session, shown = reply.session, _shown(reply) or shown
            yield Judged(journey, right, verdict, {**row, "verdict": _told(verdict, right)})


def _opened(assistant: Answers, journey: Journey) -> Session:
    if journey.history or journey.user_id is None:
        return assistant.session(history=journey.history)
    return assistant.session(user_id=journey.user_id)


def _shown(reply: Reply) -> tuple[str, ...]:
    """The products that a shopper sees with a reply, in their order."""
    return tuple(one.product.product_id for one in reply.recommendations) or tuple(reply.nearest)


def _asked(request: Request) -> dict[str, Any]:
    """What a results row does not tell of a request: order, number, set, present, deed and what is asked about."""
    told = {name: getattr(request, name) for name in ("order", "count", "bundle", "gift", "deed", "options", "unknown")}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value}


def _told(verdict: Verdict, right: Expected) -> dict[str, Any]:
    told = {
        "act": verdict.act,
        "state": list(verdict.wrong),
        "violates": verdict.violates,
        "reference": verdict.referred,
        "miss_admitted": verdict.admitted,
        "match_denied": verdict.denied,
        "untrue": None if verdict.untrue is None else list(verdict.untrue),
        "anchors": None if right.anchors is None else list(right.anchors),
    }
    return {name: value for name, value in told.items() if value is not None}


def _without_texts(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the sealed part: figures and ids, nothing to read."""
    bare = {**row, "text": "", "rationales": {}}
    bare["verdict"] = {**row["verdict"], "state": [], "untrue": []}
    bare["verdict"] |= {"state_exact": not row["verdict"]["state"], "true": not row["verdict"].get("untrue")}
    return bare


def print_figures(console: Console, by_store: Mapping[str, Sequence[Judged]]) -> None:
    """Prints one table a store, and one of all together when there are several."""
    groups = dict(by_store)
    if len(groups) > 1:
        groups["all stores"] = [one for own in by_store.values() for one in own]
    for name, judged in groups.items():
        journeys = {one.journey.case_id for one in judged}
        title = f"{name}: {len(journeys)} journeys, {len(judged)} turns"
        table = Table("measure", title=title, title_justify="left")
        for column in ("share", "95 % interval", "n", "journeys"):
            table.add_column(column, justify="right")
        for measure, found in measured(one.verdict for one in judged).items():
            interval = f"{found.low:.3f} - {found.high:.3f}" if found.cases > 1 else "-"
            share = f"{found.mean:.3f}" if found.n else "-"
            table.add_row(measure, share, interval, str(found.n), str(found.cases))
        console.print(table)
        times = seconds_by_stage([one.row for one in judged])
        told = [f"{stage} {times[stage][0]:.3f} / {times[stage][1]:.3f}" for stage in STAGES if stage in times]
        console.print(f"seconds, median / p95: {', '.join(told)}\n", highlight=False)


def print_faults(console: Console, judged: Sequence[Judged], examples: int) -> None:
    """Prints the classes of faults of the open part, the most frequent first, each with some examples."""
    open_ones = {(one.verdict.case_id, one.verdict.turn): one for one in judged if one.journey.part == "open"}
    for name, found in faults([one.verdict for one in open_ones.values()]).items():
        console.print(f"{name}: {len(found)}", highlight=False)
        for verdict in found[:examples]:
            one = open_ones[verdict.case_id, verdict.turn]
            asked = one.row["request"]
            got = {key: value for key, value in asked.items() if value and key != "query"}
            console.print(
                f"  {verdict.case_id} turn {verdict.turn}: {one.right.turn.user!r}\n    got {got}",
                highlight=False, markup=False, soft_wrap=True,
            )  # fmt: skip
            said = verdict.untrue if name == "untrue" and verdict.untrue else ()
            for text in said or ((one.row.get("error") or one.row["text"])[:200],):
                console.print(f"    {text}", highlight=False, markup=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when every turn has its verdict, 2 for input that cannot be read."""
    options = _parser().parse_args(arguments)
    console = Console()
    try:
        journeys = [one for path in options.journeys for one in read_journeys(path, options.part)]
        folders = _folders(options.index, journeys)
        by_store = {
            store: _run(store, folder, [one for one in journeys if one.store == store], options)
            for store, folder in folders.items()
        }
    except (OSError, CaseError, FeedError, IndexFolderError, ModelError) as error:
        _say(f"evals.journeys: {error}")
        return 2
    print_figures(console, by_store)
    judged = [one for own in by_store.values() for one in own]
    print_faults(console, judged, options.faults)
    if options.out:
        rows = (one.row if one.journey.part == "open" else _without_texts(one.row) for one in judged)
        write_rows(iter(dict(row) for row in rows), options.out, len(judged), Console(stderr=True))
    return 0


def _folders(given: Sequence[str], journeys: Sequence[Journey]) -> dict[str, Path]:
    """The index folder of each store; a folder without a store's name is for the only store of the journeys."""
    stores = list(dict.fromkeys(one.store for one in journeys))
    found: dict[str, Path] = {}
    for one in given:
        name, named, folder = one.partition("=")
        if not named and len(stores) != 1:
            raise CaseError(f"--index {one}: journeys of {', '.join(stores)}, expected STORE=DIR")
        found[name if named else stores[0]] = Path(folder if named else one)
    if missing := [store for store in stores if store not in found]:
        raise CaseError(f"no --index for {', '.join(missing)}, expected STORE=DIR for each store of the journeys")
    return {store: found[store] for store in stores}


def _run(store: str, folder: Path, journeys: Sequence[Journey], options: argparse.Namespace) -> list[Judged]:
    given = {name: getattr(options, name) for name in ("model", "adapter") if getattr(options, name)}
    given |= {"adapter": None} if options.no_adapter else {}
    assistant = Assistant.load(
        folder, rules_only=options.rules_only, explain=options.explain, show=options.show, say=_say, **given
    )
    try:
        shop = assistant.shop
        for one in journeys:
            if strange := unknown_ids(one, shop.products):
                raise CaseError(f"{one.case_id}: {', '.join(strange)} not in {folder}, expected products of {store}")
        words = StoreWords(shop.products, shop.documents.passages, shop.promotions, shop.currency, assistant.today)
        return list(replay(assistant, journeys, shop, words, options.explain))
    finally:
        assistant.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals.journeys", description="Replay shopping trips and judge them."
    )
    parser.add_argument("--index", action="append", required=True, metavar="[STORE=]DIR", help="a store's index folder")
    parser.add_argument("--journeys", type=Path, nargs="+", required=True, metavar="FILE", help="journeys to replay")
    parser.add_argument("--part", default="open", choices=("open", "sealed", "all"), help="which journeys (open)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the rows with their verdicts go")
    parser.add_argument("--faults", type=int, default=_SHOWN_FAULTS, metavar="N", help="examples a class of faults (3)")
    parser.add_argument("--show", type=int, default=4, metavar="N", help="products shown a turn (4 unless told)")
    parser.add_argument("--explain", action="store_true", help="with rationales, which are read as well")
    parser.add_argument("--rules-only", action="store_true", help="no language model reads the messages")
    parser.add_argument("--model", metavar="M", help="another language model, as for python -m assistant")
    tuned = parser.add_mutually_exclusive_group()
    tuned.add_argument("--adapter", type=Path, metavar="DIR", help="an adapter; without it, the shipped one")
    tuned.add_argument("--no-adapter", action="store_true", help="the language model as it came")
    return parser


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
