"""Makes case files from data: `python -m evals.make --data DIR --out DIR [--grocery INDEX] [--seed N] [--part PART]`.

Held-out purchases with a message that several products answer, next baskets, and bundles with one product left out;
beside them the interactions that an index may know. Everything is chosen by hashes of ids and the seed, so the same
data give the same files. Sets of one source share their case ids, and so fall into the same half. Knows files and
ids; nothing of the assistant or of what it finds easy. Data that are not there are left out with a line saying so.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from evals.cases import open_text, read_cases
from evals.leaks import LeakError, refuse_leaks
from evals.report import products_of
from index.catalog import Product, fold
from index.feeds import FeedError, interaction_to_json, read_interactions, read_products, write_rows
from index.folder import INTERACTIONS, IndexFolderError, read_manifest
from index.interactions import Interaction, histories
from index.lexical import terms

Row = dict[str, Any]
Say = Callable[[str], None]

PARTS = ("dev", "final", "all")
FEWEST = 5
"""A message that fewer products answer names its answer."""

HELD_OUT_DAYS = 14
"""The last days of the grocery data, of which the indexed interactions know nothing."""

MOST_HOUSEHOLDS = 600
_NEAR = 4
"""Bundles this near in the file that share a product come from one shopping session."""

_HEAD_ENDS = re.compile(r"(?<![\w-])(?:for|with|w/|in|of)(?![\w-])|[,;:(/|–\[]| - ", re.IGNORECASE)
_WORD = re.compile(r"(?<!\S)[a-z][a-z'-]+(?!\S)")
_NO_KIND = frozenset({
    "pack", "set", "count", "color", "colors", "black", "white", "blue", "red", "green", "assorted", "size", "large",
    "small", "inch", "value", "premium", "sided", "point", "mm",
})  # fmt: skip
"""Words that a kind neither ends nor, of two, begins with."""


@dataclass(frozen=True, slots=True)
class Made:
    """Files to write by name: rows of cases, or of the interactions that an index may know."""

    cases: Mapping[str, Sequence[Row]]
    interactions: Mapping[str, Sequence[Row]]
    note: str = ""


def part_of(key: str) -> str:
    """ "dev" or "final", by the hash of a case id, or of what its cases share."""
    return "dev" if _hash(key) % 2 == 0 else "final"


def case_key(case_id: str, grouped: bool) -> str:
    """What cases that are not independent share: the id without its last part."""
    return case_id.rsplit("-", 1)[0] if grouped else case_id


def _hash(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256("|".join(map(str, parts)).encode()).digest()[:8], "big")


def _case(case_id: str, message: str, relevant: Iterable[str], **more: object) -> Row:
    turn = {"user": message, "relevant": dict.fromkeys(sorted(relevant), 1.0)}
    return {"case_id": case_id, "user_id": None, "history": [], **more, "turns": [turn]}


def make_office(folder: Path, seed: int) -> Made:
    """For each next item, the same history with a message for its kind, or its brand and kind."""
    products = {
        row.product_id: row for row in read_products([folder / "products.jsonl.gz"]) if isinstance(row, Product)
    }
    words = _Words(products.values())
    rows, left_out = [], 0
    for case in read_cases(folder / "cases_next.jsonl"):
        [target] = case.turns[0].relevant or {}
        message = words.message(products[target], _hash(seed, case.case_id))
        if message:
            rows.append(_case(case.case_id, message, [target], history=list(case.history)))
        else:
            left_out += 1
    return Made({"office_text": rows}, {}, f"{left_out} left out: no message that {FEWEST} products answer")


class _Words:
    """The words that titles call products by, and how many products each message would fit."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._terms = {product.product_id: frozenset(terms(product.title)) for product in products}
        self._having: Counter[str] = Counter(term for own in self._terms.values() for term in own)
        heads = [_head(product) for product in products]
        self._nouns = Counter(terms(words[-1])[0] for words in heads if words and terms(words[-1]))
        self._brands: dict[str, list[str]] = defaultdict(list)
        for product in products:
            self._brands[fold(product.brand)].append(product.product_id)

    def message(self, product: Product, number: int) -> str:
        """A kind in one or two words, for every third product after its brand; "" where too few products fit."""
        words = _head(product)
        for end in range(len(words), 0, -1):
            noun = terms(words[end - 1])
            if not noun or self._nouns[noun[0]] < FEWEST or words[end - 1] in _NO_KIND:
                continue
            if number % 3 == 0 and product.brand and self._fitting(noun, fold(product.brand)) >= FEWEST:
                return f"{product.brand} {words[end - 1]}"
            both = " ".join(words[max(end - 2, 0) : end])
            if both.split()[0] not in _NO_KIND and len(terms(both)) == 2 and self._fitting(terms(both)) >= FEWEST:
                return both
            return words[end - 1]
        return ""

    def _fitting(self, wanted: Sequence[str], brand: str | None = None) -> int:
        among = self._terms if brand is None else self._brands[brand]
        return sum(self._terms[name].issuperset(wanted) for name in among)


def _head(product: Product) -> list[str]:
    """The words of a title before its first comma, number or "for", without the brand."""
    brand = set(fold(product.brand).split())
    found = _WORD.findall(_HEAD_ENDS.split(product.title, maxsplit=1)[0].lower())
    return [word for word in found if word not in brand and len(word) > 2]


def make_grocery(index: Path, seed: int) -> Made:
    """The first basket of each household in the last days: all of it without a message, and one kind by its name.

    `index` is a folder made by `python -m index.grocery`. Only a sample of households that bought before is kept.
    """
    products = products_of(index)
    stored = index / read_manifest(index).generation / INTERACTIONS
    rows = [row for row in read_interactions(stored) if isinstance(row, Interaction)]
    last = max(row.timestamp for row in rows)
    cut = last.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=HELD_OUT_DAYS - 1)
    early = [row for row in rows if row.timestamp < cut]
    kinds: dict[str, list[str]] = defaultdict(list)
    for product in products.values():
        kinds[product.category].append(product.product_id)
    known = histories(early)
    baskets = _first_baskets((row for row in rows if row.timestamp >= cut), known)
    chosen = sorted(baskets, key=lambda user: _hash(seed, user))[:MOST_HOUSEHOLDS]
    basket_cases, text_cases = [], []
    for user in sorted(chosen):
        shared = {"user_id": user, "cut": cut.isoformat()}
        basket_cases.append(_case(user, "", baskets[user], **shared))
        asked = _asked_kind(baskets[user], products, kinds, _hash(seed, "kind", user))
        if asked:
            same = [name for name in baskets[user] if products[name].category == asked]
            message = re.split(r"[,:(]", products[same[0]].kind)[0].strip().lower()
            text_cases.append(_case(user, message, same, **shared))
    return Made(
        {"grocery_basket": basket_cases, "grocery_text": text_cases},
        {"grocery_early": [interaction_to_json(row) for row in early]},
        f"{len(baskets)} households with a basket from {cut:%d %B %Y} on, {len(chosen)} of them kept",
    )


def _first_baskets(late: Iterable[Interaction], known: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What each known household bought on its first day, by household."""
    days: dict[str, datetime] = {}
    found: dict[str, list[str]] = {}
    for row in sorted(late, key=lambda row: row.timestamp):
        if row.event != "purchase" or len(known.get(row.user_id, ())) < FEWEST:
            continue
        if days.setdefault(row.user_id, row.timestamp).date() == row.timestamp.date():
            found.setdefault(row.user_id, []).append(row.product_id)
    return found


def _asked_kind(
    basket: Sequence[str], products: Mapping[str, Product], kinds: Mapping[str, Sequence[str]], number: int
) -> str:
    """The category of one product of the basket, of those with several products; "" without one."""
    found = sorted({products[name].category for name in basket if len(kinds[products[name].category]) >= FEWEST})
    return found[number % len(found)] if found else ""


def make_bundles(folder: Path, seed: int) -> Made:
    """Bundles of four fifths of the sessions as purchases; of the others, each product left out once.

    Bundles of one session repeat each other, so a session as a whole is held out or known.
    """
    bundles = [json.loads(line) for line in open_text(folder / "bundles.jsonl") if line.strip()]
    sessions = _sessions([bundle["product_ids"] for bundle in bundles])
    items, asked, known = [], [], []
    for place, (bundle, session) in enumerate(zip(bundles, sessions, strict=True)):
        name, own = f"bundle{bundle['bundle_id']}", list(dict.fromkeys(bundle["product_ids"]))
        if _hash(seed, bundles[session]["bundle_id"]) % 5:
            stamp = place * 3600
            known += [
                {"user_id": name, "product_id": one, "event": "purchase", "timestamp": stamp + step}
                for step, one in enumerate(own)
            ]
            continue
        for one in own if len(own) > 1 else ():
            rest = [other for other in own if other != one]
            items.append(_case(f"{name}-{one}", "", [one], history=rest))
            asked.append(_case(f"{name}-{one}", "what goes with these?", [one], history=rest))
    held_out = len({case_key(case["case_id"], True) for case in items})
    return Made(
        {"bundlerec_items": items, "bundlerec_asked": asked},
        {"bundlerec_known": known},
        f"{len(bundles)} bundles of {len(set(sessions))} sessions, {held_out} bundles held out",
    )


def _sessions(bundles: Sequence[Sequence[str]]) -> list[int]:
    """For each bundle the place of the first one of its session."""
    first = list(range(len(bundles)))
    for place, own in enumerate(bundles):
        near = range(max(place - _NEAR, 0), place)
        joined = {first[other] for other in near if not set(own).isdisjoint(bundles[other])}
        if joined:
            first = [min(joined) if one in joined or one == place else one for one in first]
    return first


def copy_icecat(folder: Path, seed: int) -> Made:
    """The cases that come with icecat as they are, so that their halves lie beside those made here."""
    del seed
    files = {"icecat_search": "cases_search.jsonl", "icecat_goes_with": "cases_goes_with.jsonl"}
    read = {name: [json.loads(line) for line in open_text(folder / file)] for name, file in files.items()}
    return Made(read, {}, "as they come; the halves go by place in the file")


def make(data: Path, out: Path, grocery: Path | None, seed: int = 7, say: Say = lambda _: None) -> dict[str, list[Row]]:
    """Writes every file that the data are there for, and returns the cases by file name without its ending."""
    sources: Mapping[str, tuple[Path | None, Callable[[Path, int], Made]]] = {
        "office": (data / "office", make_office),
        "grocery": (grocery, make_grocery),
        "bundlerec": (data / "bundlerec_electronic", make_bundles),
        "icecat": (data / "icecat", copy_icecat),
    }
    found = {}
    for name, (source, maker) in sources.items():
        if source is None or not source.is_dir():
            say(f"{name}: left out, {source or 'no index folder of the grocery shop was given (--grocery)'} is missing")
            continue
        made = maker(source, seed)
        for file, rows in made.interactions.items():
            write_rows(out / f"{file}.jsonl.gz", rows)
        for file, rows in made.cases.items():
            found[file] = list(rows)
            say(f"{file}: {len(rows)} cases")
        say(f"{name}: {made.note}")
    return found


def write_cases(out: Path, made: Mapping[str, Sequence[Row]], part: str) -> None:
    """Writes the cases of a part, one file a set; "all" writes every case."""
    for file, rows in made.items():
        grouped = file.startswith("bundlerec")
        if part == "all":
            kept = list(rows)
        elif file.startswith("icecat"):
            kept = list(rows[0 if part == "dev" else 1 :: 2])
        else:
            kept = [row for row in rows if part_of(case_key(row["case_id"], grouped)) == part]
        write_rows(out / f"{file}.jsonl", kept)


def _known_rows(out: Path) -> Iterator[tuple[str, Path, bool]]:
    yield "grocery_basket", out / "grocery_early.jsonl.gz", True
    yield "grocery_text", out / "grocery_early.jsonl.gz", True
    yield "bundlerec_items", out / "bundlerec_known.jsonl.gz", False


def check(out: Path, made: Iterable[str]) -> None:
    """LeakError when the written interactions hold an answer of the written cases."""
    for file, known, ordered in _known_rows(out):
        if file in made:
            rows = (row for row in read_interactions(known) if isinstance(row, Interaction))
            refuse_leaks(file, read_cases(out / f"{file}.jsonl"), rows, ordered)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.make", description="Make case files from data.")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with office and other data")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files go")
    parser.add_argument("--grocery", type=Path, metavar="INDEX", help="what python -m index.grocery made")
    parser.add_argument("--seed", type=int, default=7, metavar="N")
    parser.add_argument(
        "--part", choices=PARTS, default="all", help="half of the cases, by the hash of their id, icecat by place"
    )
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        made = make(options.data, options.out, options.grocery, options.seed, print)
        write_cases(options.out, made, options.part)
        check(options.out, made)
    except (OSError, ValueError, FeedError, IndexFolderError, LeakError) as error:
        sys.stderr.write(f"evals.make: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
