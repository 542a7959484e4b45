"""Learn how the signals of candidates are weighed: `python -m finetune.ranker --on INDEX CASES [--on ...] --out FILE`.

A conditional logit over the candidates of each case: the weights under which the relevant products are likeliest to be
picked, never far below those in force and pulled to them. Sets count the same however many cases they have. Cases are
development cases: what is reported must not be among them. Knows candidates as numbers; the assistant finds them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.rank import SIGNALS, WEIGHTS, situation
from index.feeds import FeedError
from index.folder import IndexFolderError

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_NAMES = tuple(SIGNALS)
_PULL = 0.2
"""Of the pull to the weights in force, against the mean loss of a list; weights of 1 differ by about a signal."""
_SHARPNESS = 8.0
"""The weights in force times this are log-odds; only their ratios matter to an order."""
_LEAST = 0.1
"""The share of a weight in force that it keeps: purchases tell little of a rating, and yet it settles a tie."""
_FOLDS = 5
_FEWEST = 50
_K = 10


@dataclass(frozen=True, slots=True)
class List:
    """The candidates of one case: signals of shape (candidates, signals), gains, and what share of the loss is its."""

    situation: str
    signals: Floats
    gains: Floats
    weight: float
    case: str


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of one situation, and ndcg@10 over its lists before and, each fold by the others, after."""

    weights: Mapping[str, float]
    before: float
    after: float
    lists: int


def read_lists(index: Path, cases: Path, k: int = 50) -> list[List]:
    """The lists of a case file's turns on an index; those whose candidates hold nothing relevant teach nothing.

    Where gains of 0 are stated, products were judged: then the judged ones alone make a second list.
    """
    assistant = Assistant.load(index, explain=False, k=k)
    try:
        found = [one for row in _rows(cases) for one in _lists_of(assistant, row)]
    finally:
        assistant.close()
    return [replace(one, weight=1 / max(len(found), 1)) for one in found]


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("turns"), list):
            raise ValueError(f"{path}:{number}: {line[:60]!r}, expected a case with its turns")
        yield row


def _lists_of(assistant: Assistant, row: Mapping[str, object]) -> Iterator[List]:
    case, user, turns = str(row["case_id"]), row.get("user_id"), row["turns"]
    assert isinstance(turns, list)
    history = assistant.session(str(user) if user else None, list(map(str, _listed(row.get("history"))))).history
    # Later turns depend on what was answered before: the first one alone is learned from.
    message, gains = str(turns[0]["user"]), turns[0].get("relevant") or {}
    judged = any(gain == 0 for gain in gains.values())
    # With a message, also as a stranger would be answered: the order must hold without a history.
    for own in dict.fromkeys((history, ())) if message else (history,):
        request, candidates = assistant.candidates(assistant.session(history=own), message)
        signals = np.array([[one.signals.get(name, 0.0) for name in _NAMES] for one in candidates]).reshape(
            -1, len(_NAMES)
        )
        gained = np.array([float(gains.get(one.product.product_id, 0)) for one in candidates])
        known = np.array([one.product.product_id in gains for one in candidates], np.bool_)
        for keep in (np.ones(len(candidates), np.bool_), known) if judged else (np.ones(len(candidates), np.bool_),):
            if (gained[keep] > 0).any() and (gained[keep] == 0).any():
                yield List(situation(request, candidates), signals[keep], gained[keep], 1.0, case)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def learn(lists: Sequence[List], prior: Mapping[str, float], keep: Set[str] = frozenset()) -> Learned:
    """Weights for lists of one situation; of few lists nothing is learned, and those in force stay."""
    if len(lists) < _FEWEST:
        return Learned(prior, float("nan"), float("nan"), len(lists))
    start = np.array([prior.get(name, 0.0) for name in _NAMES])
    folds = [sum(map(ord, one.case)) % _FOLDS for one in lists]
    after = np.full(len(lists), np.nan)
    for fold in set(folds):
        weights = _fitted([one for one, own in zip(lists, folds, strict=True) if own != fold], start, keep)
        for place, one in enumerate(lists):
            if folds[place] == fold:
                after[place] = _ndcg(one, weights)
    shares = np.array([one.weight for one in lists])
    before = np.array([_ndcg(one, start) for one in lists])
    weights = _fitted(lists, start, keep)
    return Learned(
        {name: round(float(weight), 4) for name, weight in zip(_NAMES, weights, strict=True) if weight > 5e-4},
        float(np.average(before, weights=shares)),
        float(np.average(after, weights=shares)),
        len(lists),
    )


def _fitted(lists: Sequence[List], start: Floats, keep: Set[str]) -> Floats:
    """The weights of least loss, scaled to the sum of those that they start from; `keep` stay at their share."""
    from scipy.optimize import minimize

    if not lists:
        return start
    total = sum(one.weight for one in lists)
    seen = np.any([one.signals.any(0) for one in lists], axis=0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros(len(weights))
        for one in lists:
            odds = one.signals @ weights
            odds -= odds.max()
            chances = np.exp(odds)
            chances /= chances.sum()
            share = one.gains / one.gains.sum()
            value -= one.weight * float(share @ np.log(chances + 1e-12))
            slope += one.weight * ((chances - share) @ one.signals)
        away = weights / _SHARPNESS - start
        return value / total + _PULL * float(away @ away), slope / total + 2 * _PULL * away / _SHARPNESS

    bounds = [
        (one * _SHARPNESS,) * 2 if name in keep else (_LEAST * one * _SHARPNESS, None)
        for name, one in zip(_NAMES, start, strict=True)
    ]
    found = minimize(loss, start * _SHARPNESS, jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Floats = np.where(seen, found.x / _SHARPNESS, start)
    # Only the ratios of what was learned are; the rest keeps its ratio to them.
    free = seen & np.array([name not in keep for name in _NAMES])
    weights[free] *= start[free].sum() / max(weights[free].sum(), 1e-9)
    return weights


def _ndcg(one: List, weights: Floats) -> float:
    """ndcg@10 of the list ordered by the weights."""
    discounts = 1 / np.log2(np.arange(min(_K, len(one.gains))) + 2)
    order = np.argsort(-(one.signals @ weights), kind="stable")[:_K]
    return float(one.gains[order] @ discounts / (np.sort(one.gains)[::-1][:_K] @ discounts))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m finetune.ranker", description="Learn the weights of the ranker.")
    parser.add_argument(
        "--on", nargs=2, type=Path, action="append", required=True, metavar=("INDEX", "CASES"),
        help="an index folder and development cases on it; may be given several times",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the weights go, as JSON")
    parser.add_argument(
        "--keep", nargs="*", choices=_NAMES, default=(), metavar="SIGNAL",
        help="weights that stay: where messages are made from kinds, they cannot tell what a kind is worth",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    try:
        lists = [one for index, cases in options.on for one in read_lists(index, cases)]
    except (OSError, ValueError, KeyError, FeedError, IndexFolderError) as error:
        sys.stderr.write(f"finetune.ranker: {error}\n")
        return 2
    keep = frozenset(options.keep)
    found = {
        name: learn([one for one in lists if one.situation == name], prior, keep) for name, prior in WEIGHTS.items()
    }
    options.out.write_text(json.dumps({name: one.weights for name, one in found.items()}, indent=1) + "\n")
    table = Table("situation", "lists", "ndcg@10 before", "after, by other folds", "weights")
    for name, one in found.items():
        shown = ", ".join(f"{signal} {weight:g}" for signal, weight in one.weights.items())
        table.add_row(name, str(one.lists), f"{one.before:.4f}", f"{one.after:.4f}", shown)
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
