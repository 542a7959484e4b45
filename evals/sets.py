"""The sets of cases that are measured, and what builds the indexes they run on: `SETS` and `INDEXES`.

A work folder holds `indexes/NAME` and `cases/`; what is whole there is used again. Knows data folders, case files and
how an index is built; nothing of rankings.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import evals
from evals.cases import Case, read_cases
from evals.leaks import refuse_leaks
from evals.make import case_key, make, part_of, write_cases
from index.build import build
from index.demo import INTERACTIONS as DEMO_INTERACTIONS
from index.demo import PICTURES as DEMO_PICTURES
from index.demo import PRODUCTS as DEMO_PRODUCTS
from index.embed import Embedder
from index.feeds import read_interactions
from index.folder import INTERACTIONS, MANIFEST, PRODUCTS, IndexFolderError, read_manifest
from index.interactions import Interaction

Say = Callable[[str], None]
_KNOWN = {"grocery": "grocery_early.jsonl.gz", "bundlerec": "bundlerec_known.jsonl.gz"}
"""The interactions that are made for an index, by its name."""

_OWN = Path(evals.__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Measured:
    """A set of cases: where it comes from and how it is to be read.

    `index` names the folder it runs on; `file` is relative to the data, the made cases or the files of this package
    (`made` and `own`). `primary` is the metric that the plots show. `split` says how the halves are made: by the
    "place" in the file, by the "hash" of the case id, by the hash of what is before its last part ("group", which is
    also drawn as one in the bootstrap), or not ("").
    `names` is False where the message says nothing of what is sought ("what goes with these?"), `ordered` False where
    the history is a set. `again` says whether a product of the history may be the answer, and
    `both` that message and history are also measured each alone. `depth` is the longest ranking.
    `totals` is True for a set that must not teach which signal to change: it is not measured without each of them.
    """

    title: str
    index: str
    file: str
    primary: str
    split: str = "hash"
    made: bool = False
    own: bool = False
    names: bool = True
    ordered: bool = True
    again: bool = False
    both: bool = False
    depth: int = 50
    totals: bool = False
    about: str = ""


SETS: Mapping[str, Measured] = {
    "icecat-search": Measured(
        "Icecat, search", "icecat", "icecat/cases_search.jsonl", "ndcg@10", split="place", depth=1000,
        about="Queries with the ratings of three people as gains; a product that nobody judged counts 0 in ndcg@10, "
        "and is left out of the ranking in ndcg@10.judged.",
    ),
    "icecat-goes-with": Measured(
        "Icecat, what goes with it", "icecat", "icecat/cases_goes_with.jsonl", "hr@10", split="place",
        about="A device, named or owned, and the accessories whose text names it.",
    ),
    "office-next": Measured(
        "Office, next purchase", "office", "office/cases_next.jsonl", "hr@10", again=True,
        about="History, no message, and the one product bought next.",
    ),
    "office-text": Measured(
        "Office, history and message", "office", "office_text.jsonl", "hr@10", made=True, again=True, both=True,
        about="The same histories with a message for the kind of what was bought next, or for its brand and kind, "
        "which at least five products answer; only the one bought counts.",
    ),
    "grocery-basket": Measured(
        "Grocery, next basket", "grocery", "grocery_basket.jsonl", "ndcg@10", made=True, again=True,
        about="Households of completejourney by what they bought before the last 14 days; everything in their first "
        "basket from then on counts. No message.",
    ),
    "grocery-text": Measured(
        "Grocery, history and message", "grocery", "grocery_text.jsonl", "hr@10", made=True, again=True, both=True,
        about="The same households asking for one kind of their basket by its name, which at least five products have; "
        "what they bought of that kind counts.",
    ),
    "bundlerec-items": Measured(
        "Bundles, one left out, no message", "bundlerec", "bundlerec_items.jsonl", "hr@10", split="group", made=True,
        ordered=False, about="Bundles that people made, each product left out once; the others are the history. The "
        "index knows the bundles of other shopping sessions only.",
    ),
    "bundlerec-asked": Measured(
        "Bundles, “what goes with these?”", "bundlerec", "bundlerec_asked.jsonl", "hr@10", split="group",
        made=True, names=False, ordered=False, about="The same with the message “what goes with these?”.",
    ),
    "demo-dev": Measured(
        "Demo store, development", "demo", "demo.jsonl", "ndcg@10", split="", own=True, again=True,
        about="Looked at during development, so its figures flatter.",
    ),
    "demo-heldout": Measured(
        "Demo store, held out", "demo", "heldout.jsonl", "ndcg@10", split="", own=True, again=True, totals=True,
        about="Never looked at case by case; totals only.",
    ),
}  # fmt: skip
"""Every set by the name that the command takes."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of a run, and what embeds products where it is not the usual model."""

    work: Path
    data: Path
    embedder: Embedder | None = None

    @property
    def cases(self) -> Path:
        """Where made cases lie."""
        return self.work / "cases"

    def index(self, name: str) -> Path:
        """The index folder of this name."""
        return self.work / "indexes" / name


def cases_of(one: Measured, place: Place, part: str) -> tuple[Case, ...]:
    """The cases of a part of a set, in the order of its file; all of them where a set has no halves."""
    folder = _OWN if one.own else place.cases if one.made else place.data
    cases = read_cases(folder / one.file)
    if part == "all" or not one.split:
        return cases
    if one.split == "place":
        return cases[0 if part == "dev" else 1 :: 2]
    return tuple(case for case in cases if part_of(case_key(case.case_id, one.split == "group")) == part)


def build_indexes(names: Sequence[str], place: Place, say: Say, history: bool = True) -> dict[str, str]:
    """Builds the indexes that are not whole yet, with the cases made beside them; why one is missing, by its name."""
    missing: dict[str, str] = {}
    if {"grocery", "bundlerec", "office"} & set(names):
        missing |= _make_cases("grocery" in names, place, say)
    for name in names:
        if name in missing:
            continue
        folder = place.index(name)
        if not _whole(folder) or _outdated(name, place):
            reason = _SOURCES[name](place, say)
            if reason:
                missing[name] = reason
                continue
        if history:
            _learn_history(name, place, say)
    return missing


def check_leaks(name: str, one: Measured, cases: Sequence[Case], place: Place) -> None:
    """LeakError when the index of a set holds the answers of its cases."""
    folder = place.index(one.index)
    stored = folder / read_manifest(folder).generation / INTERACTIONS
    if stored.exists():
        rows = (row for row in read_interactions(stored) if isinstance(row, Interaction))
        refuse_leaks(name, cases, rows, one.ordered)


def _whole(folder: Path) -> bool:
    with suppress(IndexFolderError):
        read_manifest(folder)
        return True
    return False


def _outdated(name: str, place: Place) -> bool:
    """True when the interactions that an index is built from were made anew since."""
    known = place.cases / _KNOWN.get(name, "none")
    return known.exists() and known.stat().st_mtime > (place.index(name) / MANIFEST).stat().st_mtime


def _make_cases(grocery: bool, place: Place, say: Say) -> dict[str, str]:
    """Makes the case files, unless the same data made them before, and the grocery shop where it is wanted."""
    place.cases.mkdir(parents=True, exist_ok=True)
    whole, note = place.index("grocery_whole"), place.cases / "made.txt"
    missing: dict[str, str] = {}
    if grocery and not _whole(whole):
        missing = _run("index.grocery", ["--out", str(whole)], say, "grocery")
    source = whole if _whole(whole) and not missing else None
    parts = [Path(evals.__file__).with_name("make.py").read_text(encoding="utf-8")]
    parts += [read_manifest(source).generation] if source else []
    for folder in ("office", "bundlerec_electronic"):
        for path in sorted((place.data / folder).glob("*.jsonl*")):
            parts.append(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    if not note.exists() or note.read_text(encoding="utf-8") != mark:
        made = make(place.data, place.cases, source, say=say)
        write_cases(place.cases, made, "all")
        note.write_text(mark, encoding="utf-8")
    return missing


def _run(module: str, arguments: Sequence[str], say: Say, name: str) -> dict[str, str]:
    """Runs one of the commands of this project; {name: reason} when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    say(f"{name}: python -m {module} {' '.join(arguments)}")
    done = subprocess.run(command, check=False, stdout=sys.stderr)
    return {} if done.returncode == 0 else {name: f"python -m {module} ended with {done.returncode}"}


def _learn_history(name: str, place: Place, say: Say) -> None:
    """Trains the history model of an index once; an index without purchases has nothing to learn from."""
    manifest, note = read_manifest(place.index(name)), place.work / "learned.json"
    learned = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    if not manifest.interactions or learned.get(name) == manifest.generation:
        return
    failed = _run("finetune.history", ["--index", str(place.index(name))], say, name)
    if failed:
        say(f"{name}: measured without a trained history model, {failed[name]}")
    else:
        note.write_text(json.dumps(learned | {name: manifest.generation}), encoding="utf-8")


def _feed(folder: str, interactions: str | None = None) -> Callable[[Place, Say], str]:
    def source(place: Place, say: Say) -> str:
        feed = place.data / folder / "products.jsonl.gz"
        if not feed.exists():
            return f"{feed} is not there"
        bought = place.data / folder / interactions if interactions else None
        _build(folder, feed, place.index(folder), place, say, bought)
        return ""

    return source


def _bundlerec(place: Place, say: Say) -> str:
    feed = place.data / "bundlerec_electronic" / "products.jsonl.gz"
    if not feed.exists():
        return f"{feed} is not there"
    _build("bundlerec", feed, place.index("bundlerec"), place, say, place.cases / _KNOWN["bundlerec"])
    return ""


def _grocery(place: Place, say: Say) -> str:
    """The grocery shop before the cut: from a copy of the whole, so that nothing is embedded twice.

    What was learned from the whole is left behind: it knows what came after the cut.
    """
    whole, folder, new = (place.index(name) for name in ("grocery_whole", "grocery", "grocery.new"))
    inside = whole / read_manifest(whole).generation
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(whole, new, ignore=shutil.ignore_patterns("feed", "chroma", "bm25", "history*", ".lock"))
    _build("grocery", inside / PRODUCTS, new, place, say, place.cases / _KNOWN["grocery"])
    # Moved when it is whole: a copy that was cut short still is the shop that knows everything.
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return ""


def _demo(place: Place, say: Say) -> str:
    _build("demo", DEMO_PRODUCTS, place.index("demo"), place, say, DEMO_INTERACTIONS, DEMO_PICTURES)
    return ""


def _build(
    name: str,
    feed: Path,
    folder: Path,
    place: Place,
    say: Say,
    interactions: Path | None = None,
    pictures: Path | None = None,
) -> None:
    say(f"{name}: building the index")
    # Of what a copied folder has besides, nothing is to be known.
    drop = ["documents", "promotions", *([] if interactions else ["interactions"])]
    build(
        [feed],
        folder,
        interactions=interactions,
        pictures=pictures,
        drop=drop,
        embedder=place.embedder,
        prune=True,
        force=True,
    )


_SOURCES: Mapping[str, Callable[[Place, Say], str]] = {
    "icecat": _feed("icecat"),
    "office": _feed("office", "interactions.jsonl.gz"),
    "grocery": _grocery,
    "bundlerec": _bundlerec,
    "demo": _demo,
}
"""What builds each index, and says what is missing or ""."""
