"""Every order over the same candidates: `replay_set` measures all rankers, and plain baselines, on a set of cases.

Understanding and retrieval are done once a turn through the assistant's own parts; each ranker then orders what was
found. Several turns are replayed with the default order between them. The baselines order the whole shop by
themselves. Knows the assistant and metrics; nothing of files.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.assistant import Assistant
from assistant.dialogue import Candidate, Request, Session
from assistant.pipeline import misses_kind
from assistant.rank import RANKERS, SIGNALS, Ranker
from evals.cases import Case, CaseTurn
from evals.make import case_key
from evals.metrics import METRICS, Answered, Estimate, Paired, estimate, paired
from evals.sets import Measured
from index.folder import Shop
from index.lexical import Scores

MEASURED = ("ndcg@10", "ndcg@10.judged", "recall@10", "recall@50", "mrr", "hr@1", "hr@10", "same_kind@10")
ALL = "all"
MESSAGE_ONLY, HISTORY_ONLY = "all, message only", "all, history only"
BASELINES = ("popularity", "BM25", "MiniLM", "repeat purchases", "item-kNN")
_LATEST = 5
"""How many products of a history without order stand for it in the baselines."""

_ALONE = {"fusion": ("words", "meaning"), "history": ("history",), "companions": ("companion",)}
_NAMES = {"fusion": "fusion of words and meaning", "history": "history signal", "companions": "companion signal"}
_MINUS = "all but "

Values = dict[str, dict[str, float]]
"""Measured values by metric and turn; a turn is its case id, a blank and its number."""


@dataclass(slots=True)
class Replayed:
    """What each order got, and which signals were seen at all."""

    values: dict[str, Values] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    signals: set[str] = field(default_factory=set)
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One order: its means by metric, and how they differ from the order of all signals (itself minus all)."""

    name: str
    means: Mapping[str, Estimate]
    against: Mapping[str, Paired]


@dataclass(frozen=True, slots=True)
class Result:
    """The lines of a set, with its numbers of cases and of measured turns, products and seconds."""

    name: str
    cases: int
    turns: int
    products: int
    seconds: float
    lines: tuple[Line, ...]


def replay_set(assistant: Assistant, one: Measured, cases: Sequence[Case], tick: Callable[[], None]) -> Replayed:
    """Every turn that says what a good answer is, under every order; `tick` is called after each case."""
    found = Replayed()
    for case in cases:
        for turn, number, request, rankings, seen in _turns(assistant, one, case):
            if not turn.relevant:
                continue
            found.turns += 1
            found.signals |= seen
            for name, ids in rankings.items():
                answer = Answered(
                    case.case_id,
                    turn,
                    ids,
                    assistant.shop.products,
                    act=request.act,
                    anchor_ids=request.anchor_ids,
                )
                for metric in MEASURED:
                    for value in METRICS[metric](answer):
                        found.values[name][metric][f"{case.case_id} {number}"] = value
        tick()
    return found


def lines_of(found: Replayed, one: Measured, seed: int = 7) -> tuple[Line, ...]:
    """A line an order: the baselines, what a signal gets alone, all signals, and all but each that was seen."""

    def grouped(values: Mapping[str, float]) -> Iterator[tuple[str, float]]:
        return ((case_key(turn.rsplit(" ", 1)[0], one.split == "group"), value) for turn, value in values.items())

    lines, whole = [], found.values[ALL]
    for name in [*BASELINES, *_shown(found.signals, one.totals), MESSAGE_ONLY, HISTORY_ONLY]:
        own = found.values.get(name)
        if not own:
            continue
        means, against = {}, {}
        for metric, values in own.items():
            means[metric] = estimate(grouped(values), seed=seed)
            both = {turn: value - whole[metric][turn] for turn, value in values.items() if turn in whole[metric]}
            against[metric] = paired(grouped(both), seed=seed)
        lines.append(Line(name, means, against))
    return tuple(lines)


def _shown(seen: set[str], totals: bool) -> list[str]:
    alone = [_NAMES[name] for name, signals in _ALONE.items() if seen.intersection(signals)]
    return [*alone, ALL, *(f"{_MINUS}{name}" for name in SIGNALS if name in seen and not totals)]


def _orders() -> Mapping[str, Ranker]:
    """The rankers by the names of the tables; those of one signal of words are baselines over the whole shop."""
    found = {ALL: RANKERS["joined"]}
    found |= {_NAMES[name]: RANKERS[name] for name in _ALONE}
    return found | {f"{_MINUS}{name}": RANKERS[f"no_{name}"] for name in SIGNALS}


def _turns(
    assistant: Assistant, one: Measured, case: Case
) -> Iterator[tuple[CaseTurn, int, Request, dict[str, tuple[str, ...]], set[str]]]:
    """Each turn with its number, what was understood, the ids by order, and the signals of the candidates."""
    orders = _orders()
    session = assistant.session(None if case.history else case.user_id, case.history)
    for number, turn in enumerate(case.turns):
        request, candidates = _answerable(assistant, session, turn.user)
        rankings = {name: _ordered(order, candidates, request, one.depth) for name, order in orders.items()}
        rankings |= _baselines(assistant.shop, one, session, turn.user, request)
        if one.both:
            rankings[MESSAGE_ONLY] = _alone(assistant, Session(), turn.user, one.depth)
            rankings[HISTORY_ONLY] = _alone(assistant, session, "", one.depth)
        yield turn, number, request, rankings, {name for candidate in candidates for name in candidate.signals}
        if number + 1 < len(case.turns):
            session = assistant.reply(session, turn.user).session


def _answerable(assistant: Assistant, session: Session, message: str) -> tuple[Request, list[Candidate]]:
    """The candidates of a turn; none where the assistant names what comes near instead of answering."""
    request, candidates = assistant.candidates(session, message)
    return request, [] if misses_kind(candidates, request) else candidates


def _alone(assistant: Assistant, session: Session, message: str, depth: int) -> tuple[str, ...]:
    request, candidates = _answerable(assistant, session, message)
    return _ordered(RANKERS["joined"], candidates, request, depth)


def _ordered(order: Ranker, candidates: Sequence[Candidate], request: Request, depth: int) -> tuple[str, ...]:
    """The ids in an order; a turn without candidates, such as a word of thanks, is not for a ranker to see."""
    ranked = order(candidates, request) if candidates else []
    return tuple(one.product.product_id for one in ranked[:depth])


def _baselines(
    shop: Shop, one: Measured, session: Session, message: str, request: Request
) -> dict[str, tuple[str, ...]]:
    """The whole shop by one score, within the constraints: purchases, words, meaning, and what the history repeats.

    Repeat purchases are how often the shopper bought a product, the more popular one first where that is equal;
    item-kNN is the cosine of two products' shoppers, summed over the last products. The text is the message, or the
    last product's where there is none; where the history is a set, all of its products'. What a set says cannot be
    the answer is left out, which favours the baselines.
    """
    allowed = shop.allowed(request.constraints).copy()
    own = [shop.row_of[name] for name in session.history if name in shop.row_of]
    if not one.again:
        allowed[own] = False
    popular = np.array([shop.popularity.get(row.product_id, 0) for row in shop.rows], np.float32)
    if not popular.any():
        popular = np.array([row.rating_count or 0 for row in shop.rows], np.float32)
    found = {"popularity": popular}
    if one.again and own:
        times = np.bincount(own, minlength=len(shop.rows)).astype(np.float32)
        found["repeat purchases"] = times + popular / (popular.max() + 1)
        found["item-kNN"] = shop.next_product.parts(np.asarray(own, np.int64))["neighbours"]
    texts = [shop.rows[row] for row in (own[-1:] if one.ordered else own[-_LATEST:])]
    if message and one.names:
        found["BM25"] = shop.lexical.scores(message)
        found["MiniLM"] = np.asarray(shop.vectors) @ shop.embedder.embed([message])[0]
    elif texts:
        found["BM25"] = shop.lexical.scores(" ".join(product.title for product in texts))
        vectors = np.asarray(shop.vectors)
        found["MiniLM"] = vectors @ vectors[[shop.row_of[product.product_id] for product in texts]].mean(axis=0)
    return {name: _best(shop, np.where(allowed, scores, -np.inf), one.depth) for name, scores in found.items()}


def _best(shop: Shop, scores: Scores, depth: int) -> tuple[str, ...]:
    order = np.lexsort((np.arange(len(scores)), -scores))[:depth]
    return tuple(shop.rows[row].product_id for row in order if np.isfinite(scores[row]))
