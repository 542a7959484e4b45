"""What each part adds, on every set: `python -m evals.ablate --work DIR [--data DIR] [--out DIR] [--only SET ...]`.

Builds the indexes and makes the cases that are missing in the work folder, refuses a set whose answers its index
holds, orders the same candidates by every ranker, and writes the tables and plots. The results of a set are kept in
the work folder under a fingerprint of its index, its cases and the code, so a run that was cut short goes on. A set
whose data are missing is left out with a line saying so.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.weights import ModelError
from evals.cases import Case, CaseError
from evals.leaks import LeakError
from evals.make import PARTS
from evals.metrics import Estimate, Paired
from evals.next_item import Line as NextLine
from evals.next_item import measured
from evals.page import write_page
from evals.replays import Line, Result, lines_of, replay_set
from evals.sets import SETS, Measured, Place, build_indexes, cases_of, check_leaks
from index.feeds import FeedError
from index.folder import IndexFolderError, open_shop, read_manifest
from index.machine import processor
from index.progress import progress_bar

Say = Callable[[str], None]
_ROOT = Path(__file__).resolve().parent.parent


def measure_set(name: str, one: Measured, cases: Sequence[Case], folder: Path, seed: int = 7) -> Result:
    """Every order on the cases of a set, on the index in `folder`."""
    started = time.perf_counter()
    assistant = Assistant.load(folder, rules_only=True, explain=False, k=one.depth)
    try:
        with progress_bar(name) as progress:
            done = iter(range(1, len(cases) + 1))
            found = replay_set(assistant, one, cases, lambda: progress(next(done), len(cases)))
        lines = lines_of(found, one, seed)
        products = len(assistant.shop.rows)
    finally:
        assistant.close()
    return Result(name, len(cases), found.turns, products, round(time.perf_counter() - started, 1), lines)


def fingerprint(one: Measured, cases: Sequence[Case], folder: Path, part: str) -> str:
    """What a result depends on: the generation with its history model, the cases, and the code of the turn."""
    generation = read_manifest(folder).generation
    digest = hashlib.sha256(f"{generation} {part} {one!r} {cases!r}".encode())
    for path in sorted((folder / generation).glob("history*")):
        digest.update(path.read_bytes() if path.is_file() else b"")
    for room in ("assistant", "index", "evals"):
        for path in sorted((_ROOT / room).glob("*.*")):
            if path.suffix in (".py", ".json", ".npz") and path.name not in (
                "page.py",
                "ablate.py",
                "bench.py",
                "run.py",
            ):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def result_from_json(row: Mapping[str, Any]) -> Result:
    """A result as it is kept in the work folder, by `dataclasses.asdict`."""
    lines = tuple(
        Line(
            line["name"],
            {metric: Estimate(**mean) for metric, mean in line["means"].items()},
            {
                metric: Paired(**{**other, "difference": Estimate(**other["difference"])})
                for metric, other in line["against"].items()
            },
        )
        for line in row["lines"]
    )
    return Result(**{**row, "lines": lines})


def ablate(place: Place, names: Sequence[str], part: str, say: Say, history: bool = True) -> tuple[Result, ...]:
    """The results of the sets, those that are kept and still hold, and those measured now."""
    missing = build_indexes(list(dict.fromkeys(SETS[name].index for name in names)), place, say, history)
    kept = place.work / "results"
    kept.mkdir(parents=True, exist_ok=True)
    found = []
    for name in names:
        one = SETS[name]
        if one.index in missing:
            say(f"{name}: left out, {missing[one.index]}")
            continue
        try:
            cases = cases_of(one, place, part)
        except FileNotFoundError as error:
            say(f"{name}: left out, {error.filename} is not there")
            continue
        folder = place.index(one.index)
        mark, path = fingerprint(one, cases, folder, part), kept / f"{name}.{part}.json"
        row = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if row.get("fingerprint") == mark:
            found.append(result_from_json(row["result"]))
            say(f"{name}: kept from before")
            continue
        check_leaks(name, one, cases, place)
        result = measure_set(name, one, cases, folder)
        path.write_text(json.dumps({"fingerprint": mark, "result": asdict(result)}), encoding="utf-8")
        say(f"{name}: {result.cases} cases in {result.seconds:.0f} s")
        found.append(result)
    return tuple(found)


def next_item(place: Place, part: str, say: Say, seed: int = 7) -> tuple[NextLine, ...]:
    """The history model of the office index beside its baselines; empty where there is no such index."""
    folder, one = place.index("office"), SETS["office-next"]
    try:
        read_manifest(folder)
        cases = cases_of(one, place, part)
    except (IndexFolderError, FileNotFoundError):
        return ()
    mark, path = fingerprint(one, cases, folder, part), place.work / "results" / f"next-item.{part}.json"
    row = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if row.get("fingerprint") != mark:
        shop = open_shop(folder)
        try:
            lines = measured(shop, cases, seed, say)
        finally:
            shop.close()
        row = {"fingerprint": mark, "lines": [asdict(line) for line in lines]}
        path.write_text(json.dumps(row), encoding="utf-8")
    return tuple(
        NextLine(line["name"], Estimate(**line["hr"]), Estimate(**line["ndcg"]), line["seconds"])
        for line in row["lines"]
    )


def machine() -> str:
    """The processor, its cores and the memory of this machine, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.ablate", description="What each part adds, on every set.")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="indexes, made cases and kept results")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), metavar="DIR", help="the data sets")
    parser.add_argument("--out", type=Path, default=Path("docs"), metavar="DIR", help="where the page and plots go")
    parser.add_argument("--only", nargs="+", choices=sorted(SETS), metavar="SET", help=f"some of {', '.join(SETS)}")
    parser.add_argument("--part", choices=PARTS, default="final", help="which half of the sets that have halves")
    parser.add_argument("--no-history", action="store_true", help="train no history model where an index has none")
    options = parser.parse_args(arguments)
    names = [name for name in SETS if not options.only or name in options.only]
    place = Place(options.work, options.data)
    try:
        results = ablate(place, names, options.part, _say, not options.no_history)
    except (OSError, ValueError, CaseError, FeedError, IndexFolderError, LeakError, ModelError) as error:
        _say(f"evals.ablate: {error}")
        return 2
    if not results:
        _say("evals.ablate: no set could be measured")
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    compared = next_item(place, options.part, _say) if "office-next" in names else ()
    write_page(results, options.out, options.part, machine(), compared)
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
