"""One order out of every signal of the candidates: `RANKERS`.

Ranking never sees the language model's prose. Each candidate keeps its signals, so that "why is this first?"
has a true answer.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.dialogue import Candidate, Request
from index.catalog import released
from index.kinds import kind_key_of
from index.lexical import terms

SIGNALS: Mapping[str, str] = {
    "words": "words of your message in it (BM25)",
    "synonym": "the shop's own word for what you asked for in it",
    "meaning": "meaning close to your message (MiniLM)",
    "kind": "the kind of product you asked for",
    "companion": "goes with the product you named",
    "history": "fits what you bought before",
    "fits_owned": "made to work with something you own",
    "likeness": "like the product you named",
    "taste": "near what you like, far from what you do not want",
    "price": "near the price you named",
    "rating": "rated well by shoppers",
    "popularity": "bought often",
    "freshness": "newer than most",
}
"""Every signal with what it means to the shopper; all are in 0..1, higher is better."""

WEIGHTS: Mapping[str, Mapping[str, float]] = json.loads((Path(__file__).parent / "ranking.json").read_text("utf-8"))
"""What each signal counts, by situation; `python -m finetune.ranker` learns them (docs/decisions.md)."""

TASTE = 1.0
"""What the signal "taste" counts in every situation: no data tell of likes and dislikes, so it is set, not learned.

Enough to put what is near a liked product before an equal, too little to bring in another kind of thing.
"""

_OF_SOME = ("rating", "price", "freshness")
"""What is not known of every product: one without it counts as the mean of those with it."""
_UNAVAILABLE = {"out_of_stock": 0.25, "discontinued": 0.6, "preorder": 0.05, "backorder": 0.05}
_NEAR_TOP = 0.6
"""Where no kind is named, "cheapest" means among the products scored at least this share of the best."""

_NEAR_WORDS = 0.75
"""And of a kind with further words ("cheapest laser printer"), those with this share of the best words score."""

Ranker = Callable[[Sequence[Candidate], Request], list[Candidate]]


def situation(request: Request, candidates: Sequence[Candidate]) -> str:
    """Which weights a request is ranked by: a name of `WEIGHTS`."""
    if request.act == "goes_with" and request.query:
        return "goes_with_query"
    asks = request.act != "find" or request.query or request.kinds
    if asks:
        return request.act
    return "history" if any("history" in one.signals for one in candidates) else "stranger"


def rank_joined(
    candidates: Sequence[Candidate], request: Request, signals: frozenset[str] = frozenset(SIGNALS)
) -> list[Candidate]:
    """By the weighted sum of the signals; then by price, rating or age where the message asks for that order."""
    learned = {**WEIGHTS[situation(request, candidates)], "taste": TASTE}
    weights = {name: weight for name, weight in learned.items() if name in signals}
    typical = {name: weights.get(name, 0.0) * _mean(name, candidates) for name in _OF_SOME}

    def score(one: Candidate) -> float:
        told = sum(weights.get(name, 0.0) * value for name, value in one.signals.items())
        untold = sum(value for name, value in typical.items() if name not in one.signals)
        return told + untold - _UNAVAILABLE.get(one.product.availability, 0.0)

    scored = [replace(one, score=score(one)) for one in candidates]
    ranked = sorted(scored, key=lambda one: (-one.score, one.product.product_id))
    if request.act == "goes_with" and not request.kinds and not request.query:
        ranked = _by_turns(ranked)
    return _ordered(ranked, request)


def _mean(name: str, candidates: Sequence[Candidate]) -> float:
    known = [one.signals[name] for one in candidates if name in one.signals]
    # Summed in one order, so that the score does not depend on the order of the candidates.
    return sum(sorted(known)) / len(known) if known else 0.0


def _by_signal(name: str) -> Ranker:
    def ranker(candidates: Sequence[Candidate], request: Request) -> list[Candidate]:
        scored = [replace(one, score=one.signals.get(name, 0.0)) for one in candidates]
        return sorted(scored, key=lambda one: (-one.score, one.product.product_id))

    ranker.__doc__ = f"By the signal {name!r} alone: a baseline."
    return ranker


def _by_turns(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Companions of one source (declared, together, kind) take turns by kind: an outfit, not ten cables."""
    found: list[Candidate] = []
    for source in ("declared", "together", "fit", "kind", ""):
        groups: dict[str, list[Candidate]] = defaultdict(list)
        for one in ranked:
            if one.source == source:
                groups[kind_key_of(one.product)].append(one)
        while any(groups.values()):
            for group in groups.values():
                if group:
                    found.append(group.pop(0))
    return found


def _ordered(ranked: list[Candidate], request: Request) -> list[Candidate]:
    if not request.order or not ranked:
        return ranked
    asked = _asked(ranked, request)
    sort_keys: Mapping[str, Callable[[Candidate], tuple[bool, float]]] = {
        "cheapest": lambda one: (one.product.price is None, float(one.product.price or 0)),
        "dearest": lambda one: (one.product.price is None, -float(one.product.price or 0)),
        "best_rated": lambda one: (one.product.rating is None, -one.signals.get("rating", 0.0)),
        "newest": lambda one: (not released(one.product), -released(one.product)),
    }
    key = sort_keys[request.order]
    first = sorted(asked, key=lambda one: (*key(one), one.product.product_id))
    chosen = {one.product.product_id for one in first}
    return first + [one for one in ranked if one.product.product_id not in chosen]


def _asked(ranked: Sequence[Candidate], request: Request) -> list[Candidate]:
    """The candidates among which an order is meant: those of the kind that have the message's other words too."""
    if not request.kinds:
        return [one for one in ranked if one.score >= _NEAR_TOP * ranked[0].score]
    kind = [one for one in ranked if one.signals.get("kind", 0.0) > 0]
    further = set(terms(request.query)) - {term for name in request.kinds for term in terms(name)}
    return with_words(kind, _NEAR_WORDS) if further else kind


def with_words(candidates: Sequence[Candidate], share: float) -> list[Candidate]:
    """Those with at least this share of the best words score; all where none has any."""
    most = max((one.signals.get("words", 0.0) for one in candidates), default=0.0)
    return [one for one in candidates if one.signals.get("words", 0.0) >= share * most]


def _joined_of(*names: str) -> Ranker:
    return partial(rank_joined, signals=frozenset(names))


RANKERS: Mapping[str, Ranker] = {
    "joined": rank_joined,
    "fusion": _joined_of("words", "meaning"),
    "bm25": _by_signal("words"),
    "minilm": _by_signal("meaning"),
    "popularity": _by_signal("popularity"),
    "history": _by_signal("history"),
    "companions": _by_signal("companion"),
    **{f"no_{left_out}": _joined_of(*(SIGNALS.keys() - {left_out})) for left_out in SIGNALS},
}
"""Orders by name: the joined one, the baselines that it is measured against, and it without each of its signals."""
