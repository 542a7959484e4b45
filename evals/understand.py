"""Who reads shoppers better: the rules, the language model untuned, the tuned one, or both together?

    python -m evals.understand --index STORE=DIR [--index STORE=DIR ...] --cases FILE [--part open|sealed|all]
                               [--model M] [--adapter DIR] [--readers rules,untuned,...] [--wrong FILE]
    python -m evals.understand --examples FILE.jsonl [--adapter DIR] [--limit N]

The first form replays conversations written by hand: each reader carries its own state on, and is told what the shop
showed. Exact: the whole state after the turn (`evals.states.differences`). The untuned model gets six examples in its
prompt and writes under the same grammar. The second form asks the tuned model for the changes of held-out templates.
Intervals are 95 % bootstrap over conversations.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from assistant.adapters import SHIPPED
from assistant.change import Change, grammar, parse, render
from assistant.dialogue import Request, Session, Turn
from assistant.llm import ChatModel, Message, generate, load_chat
from assistant.model_reader import CHANGE_TOKENS, read_by_model
from assistant.prompts import understand_prompt
from assistant.reading import Reading
from assistant.state import after
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from assistant.weights import ModelError
from evals.cases import CaseError
from evals.metrics import estimate
from evals.states import (
    StateCase,
    StateTurn,
    act_is_right,
    differences,
    items,
    number_or_negation_wrong,
    read_states,
    unknown_ids,
)
from index.feeds import clean
from index.folder import IndexFolderError, Shop, open_shop

READERS = ("rules", "untuned", "tuned", "both")

_SHOWN: Sequence[tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], Change]] = (
    (
        ("", (), (), "a quiet lamp under $30, not Ostrel"),
        Change(want=("lamp",), max="30", not_=("Ostrel",), soft=("quiet",)),
    ),
    (("find; want camera", (), (), "it has to be a Canon"), Change(act="more", brand=("Canon",))),
    (
        ("find; want desk; max 200", ("Brio oak desk", "Fennel desk"), (), "in white, and forget the budget"),
        Change(act="more", has=("white",), drop=("price",)),
    ),
    (("", (), ("Linden 40 printer",), "what goes with my printer?"), Change(act="with", own=1)),
    (
        ("find; want kettle", ("Dune kettle", "Sova kettle"), (), "more like the second one"),
        Change(act="like", it=(2,)),
    ),
    (("", (), (), "do you ship to Spain?"), Change(act="shop")),
)
"""What the untuned model is shown: made up for the prompt, in no case file."""


def six_examples() -> list[Message]:
    """The six questions and answers put before an untuned model."""
    found = []
    for (now, shown, owned, said), change in _SHOWN:
        found += [understand_prompt(now, shown, owned, said)[1], Message("assistant", render(change))]
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message read: what is wrong with the state, and how its demands compare."""

    case_id: str
    turn: int
    wrong: tuple[str, ...]
    act: bool
    hits: int
    read: int
    gold: int
    refers: bool
    seconds: float


Reader = Callable[[Session, str, Shop, Vocabulary], Request]


def readers(names: Sequence[str], tuned: ChatModel | None, untuned: ChatModel | None) -> dict[str, Reader]:
    """The readers of these names."""
    shots = six_examples()

    def alone(model: ChatModel, examples: Sequence[Message]) -> Reader:
        def read(session: Session, message: str, shop: Shop, words: Vocabulary) -> Request:
            text = clean(message)
            reading = read_by_model(session, text, shop, words, model, examples) or Reading(act="unclear")
            return after(reading, session, text, shop, words)

        return read

    found: dict[str, Reader] = {}
    if "rules" in names:
        found["rules"] = understand
    if "untuned" in names and untuned is not None:
        found["untuned"] = alone(untuned, shots)
    if "tuned" in names and tuned is not None:
        found["tuned"] = alone(tuned, ())
    if "both" in names and tuned is not None:
        found["both"] = lambda session, message, shop, words: understand(session, message, shop, words, tuned)
    return found


def replay(case: StateCase, shop: Shop, words: Vocabulary, read: Reader) -> list[Outcome]:
    """What a reader makes of a conversation, carrying its own state on."""
    session = Session(history=case.history)
    found = []
    for place, gold in enumerate(case.turns):
        start = time.perf_counter()
        got = read(session, gold.user, shop, words)
        seconds = time.perf_counter() - start
        right, told = items(gold.constraints, shop), items(got.constraints, shop)
        found.append(
            Outcome(
                case_id=case.case_id,
                turn=place,
                wrong=differences(gold, got, shop, session.topic),
                act=act_is_right(gold, got),
                hits=len(right & told),
                read=len(told),
                gold=len(right),
                refers=bool(gold.anchors),
                seconds=seconds,
            )
        )
        session = _after(session, gold, got)
    return found


def _after(session: Session, gold: StateTurn, got: Request) -> Session:
    turn = Turn(message=gold.user, request=got, text="", shown_ids=gold.shown)
    return replace(session, turns=(*session.turns, turn))


def f1(outcomes: Sequence[Outcome]) -> float:
    """2 · hits / (demands read + demands there are), over all turns; 1 when there are none of either."""
    total = sum(one.read + one.gold for one in outcomes)
    return 2 * sum(one.hits for one in outcomes) / total if total else 1.0


def table(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """The figures of all readers, one line each."""
    lines = [
        "| reader | exact state | constraint F1 | number or refusal wrong | act | references | median s | p95 s | n |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, found in outcomes.items():
        refer = [one for one in found if one.refers]
        cells = [
            name,
            _rate(found, lambda one: not one.wrong),
            _f1_interval(found),
            _rate(found, lambda one: number_or_negation_wrong(one.wrong)),
            _rate(found, lambda one: one.act),
            _rate(refer, lambda one: "anchors" not in one.wrong),
            f"{median(one.seconds for one in found):.2f}",
            f"{quantiles([one.seconds for one in found], n=20)[-1]:.2f}",
            str(len(found)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _rate(found: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> str:
    one = estimate((each.case_id, float(holds(each))) for each in found)
    return f"{one.mean:.3f} [{one.low:.3f}, {one.high:.3f}]"


def _f1_interval(found: Sequence[Outcome]) -> str:
    cases: dict[str, list[Outcome]] = {}
    for one in found:
        cases.setdefault(one.case_id, []).append(one)
    groups, rng = list(cases.values()), random.Random(0)
    drawn = sorted(f1([one for group in rng.choices(groups, k=len(groups)) for one in group]) for _ in range(1000))
    return f"{f1(found):.3f} [{drawn[25]:.3f}, {drawn[974]:.3f}]"


def heldout(model: ChatModel, path: Path, limit: int) -> str:
    """How many changes of held-out templates the model writes exactly; a field's order does not count."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["task"] == "understand" and row["part"] == "heldout"][:limit]
    exact = []
    for row in rows:
        prompt = [Message(role, content) for role, content in row["prompt"]]
        message = prompt[-1].content.rpartition("says: ")[2]
        numbers = range(6)
        line = generate(model, [prompt], max_tokens=CHANGE_TOKENS, grammars=[grammar(message, numbers, 5)])[0]
        try:
            exact.append((row["template"], float(parse(line) == parse(row["answer"]))))
        except ValueError:
            exact.append((row["template"], 0.0))
    found = estimate(exact)
    return f"held-out templates: exact change {found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]  n {found.n}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    given = _parser().parse_args(arguments)
    names = tuple(given.readers.split(","))
    if set(names) - set(READERS) or bool(given.cases) == bool(given.examples):
        print(f"evals.understand: expected readers of {', '.join(READERS)}, and cases or examples", file=sys.stderr)
        return 2
    try:
        tuned = load_chat(given.model, given.adapter) if given.examples or {"tuned", "both"} & set(names) else None
        if given.examples:
            assert tuned is not None
            print(heldout(tuned, given.examples, given.limit))
            return 0
        untuned = load_chat(given.model, None) if "untuned" in names else None
        cases = [one for one in read_states(given.cases) if given.part in ("all", one.part)]
        outcomes, wrong = _run(cases, dict(one.split("=", 1) for one in given.index), readers(names, tuned, untuned))
    except (CaseError, IndexFolderError, ModelError) as error:
        print(f"evals.understand: {error}", file=sys.stderr)
        return 2
    print(table(outcomes))
    if given.wrong:
        given.wrong.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in wrong), "utf-8")
    return 0


def _run(
    cases: Sequence[StateCase], folders: Mapping[str, str], who: Mapping[str, Reader]
) -> tuple[dict[str, list[Outcome]], list[dict[str, object]]]:
    outcomes: dict[str, list[Outcome]] = {name: [] for name in who}
    wrong: list[dict[str, object]] = []
    for store, folder in folders.items():
        shop = open_shop(Path(folder))
        words = Vocabulary(shop.rows, shop.lexical, shop.embedder.embed, shop.popularity)
        for case in (one for one in cases if one.store == store):
            if missing := unknown_ids(case, shop):
                raise CaseError(f"{case.case_id}: {', '.join(missing)} not in {folder}, expected the case's own store")
            for name, read in who.items():
                found = replay(case, shop, words, read)
                outcomes[name] += found
                wrong += [
                    {"reader": name, "case_id": one.case_id, "turn": one.turn, "user": case.turns[one.turn].user}
                    | {"wrong": list(one.wrong)}
                    for one in found
                    if one.wrong and case.part == "open"  # what is sealed is not looked at
                ]
        shop.close()
    return outcomes, wrong


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.understand", description="Who reads shoppers better.")
    parser.add_argument("--index", action="append", default=[], metavar="STORE=DIR", help="a store's index folder")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="conversations with their states")
    parser.add_argument("--part", default="open", choices=("open", "sealed", "all"), help="which conversations (open)")
    parser.add_argument("--examples", type=Path, metavar="FILE", help="training examples: the held-out ones are asked")
    parser.add_argument("--limit", type=int, default=600, metavar="N", help="examples asked at most (600)")
    parser.add_argument("--model", metavar="M", help="a language model; without it, the default one")
    parser.add_argument("--adapter", type=Path, default=SHIPPED, metavar="DIR", help="an adapter; the shipped one")
    parser.add_argument("--readers", default=",".join(READERS), metavar="NAMES", help="who reads (all four)")
    parser.add_argument("--wrong", type=Path, metavar="FILE", help="where to write what was read wrongly (open part)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
