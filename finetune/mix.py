"""Learn how the parts of the history model are weighed against each other, from purchases held out by time.

A conditional logit: the weights under which what was bought next is likeliest among all products. Knows parts as
numbers only; needs numpy only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from index.counts import Rows
from index.history import LONGEST, PARTS, PRIOR, NextProduct
from index.interactions import Interaction, histories

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_PULL = 2.0
_LEAST_SPREAD = 0.3
"""A part that is rarely anything but 0 is pulled to its prior as if it varied this much."""
_NEGATIVES = 150
_NEAREST = 20
_STEPS = 20
_ALWAYS_LISTED = frozenset({"owned", "owned_last", "again", "brand", "kind", "kind_owned", "kind_again", "declared"})
"""Parts that are 0 or the same for many products: they name no few best ones."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a shopper bought next, as a row, after the rows of the history (oldest to newest)."""

    user_id: str
    history: Rows
    row: int


def targets_of(
    early: Sequence[Interaction], late: Sequence[Interaction], row_of: Mapping[str, int], most: int, seed: int
) -> tuple[Target, ...]:
    """Purchases of the later part after what their shopper bought before, at most `most`, in order of time.

    What was bought at the very same time is of the same basket and not known before.
    """
    running = {user: [row_of[one] for one in own if one in row_of] for user, own in histories(early).items()}
    basket: dict[str, tuple[datetime, int]] = {}
    found = []
    for row in sorted(late, key=lambda row: row.timestamp):
        if row.event != "purchase" or row.product_id not in row_of:
            continue
        own = running.setdefault(row.user_id, [])
        if basket.get(row.user_id, (None, 0))[0] != row.timestamp:
            basket[row.user_id] = (row.timestamp, len(own))
        before = own[: basket[row.user_id][1]]
        if before:
            found.append(Target(row.user_id, np.asarray(before[-LONGEST:], np.int64), row_of[row.product_id]))
        own.append(row_of[row.product_id])
    if len(found) > most:
        chosen = np.sort(np.random.default_rng(seed).choice(len(found), most, replace=False))
        found = [found[place] for place in chosen]
    return tuple(found)


def rank_of(scores: Floats, row: int) -> float:
    """The place of a row in a ranking of all rows, from 0; among equals the middle one."""
    own = scores[row]
    return float((scores > own).sum() + ((scores == own).sum() - 1) / 2)


def ndcg_of(ranks: Sequence[float]) -> float:
    """ndcg@10 with one relevant product a ranking: the mean of 1 / log2(rank + 2) for ranks below 10, else 0."""
    places = np.asarray(ranks, np.float64)
    return float(np.where(places < 10, 1 / np.log2(places + 2), 0).mean()) if len(places) else float("nan")


def hit_of(ranks: Sequence[float]) -> float:
    """hr@10: the share of ranks below 10."""
    return float((np.asarray(ranks) < 10).mean()) if len(ranks) else float("nan")


@dataclass(frozen=True, slots=True)
class Mixed:
    """Learned weights by part; the held-out scores of one half under the weights of the other."""

    weights: Mapping[str, float]
    hr10: float
    ndcg10: float
    targets: int


def learn_weights(model: NextProduct, targets: Sequence[Target], seed: int) -> Mixed:
    """The weights of the parts, learned on purchases that the model's counts and transformer have not seen."""
    names = [name for name in PARTS if name != "transformer" or model.transformer]
    prior = np.asarray([PRIOR[name] for name in names])
    if len(targets) < 2:
        return Mixed(dict(zip(names, prior.tolist(), strict=True)), float("nan"), float("nan"), len(targets))
    listed, offsets = _alternatives(model, targets, names, seed)
    middle = len(targets) // 2
    halves = (np.arange(len(targets)) < middle, np.arange(len(targets)) >= middle)
    ranks: list[float] = []
    for learn, test in (halves[::-1], halves):
        weights = _newton(listed[learn], offsets[learn], prior)
        for place in np.nonzero(test)[0].tolist():
            parts = model.parts(targets[place].history)
            total = np.sum([w * parts[name] for w, name in zip(weights, names, strict=True)], axis=0)
            ranks.append(rank_of(total, targets[place].row))
    weights = _newton(listed, offsets, prior)
    learned = {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)}
    return Mixed(learned, hit_of(ranks), ndcg_of(ranks), len(targets))


def _alternatives(
    model: NextProduct, targets: Sequence[Target], names: Sequence[str], seed: int
) -> tuple[Floats, Floats]:
    """The parts of the product bought and of others for each target, and what is added to each log-odds.

    Shapes (targets, alternatives, parts) and (targets, alternatives). The first alternative is what was bought.
    The best of every part are taken whole; the rest is drawn blindly, each for the many that it stands for, so
    that the sum over alternatives estimates the sum over all products.
    """
    rng = np.random.default_rng(seed)
    near = min(_NEAREST, model.size)
    chosen: list[Floats] = []
    added: list[Floats] = []
    for target in targets:
        parts = model.parts(target.history)
        whole = {int(row) for row in target.history}
        for name in names:
            if name not in _ALWAYS_LISTED:
                whole.update(np.argpartition(-parts[name], near - 1)[:near].tolist())
        whole.discard(target.row)
        rows = np.asarray([target.row, *sorted(whole)])
        rest = np.setdiff1d(np.arange(model.size), rows)
        drawn = rng.choice(rest, min(_NEGATIVES, len(rest)), replace=False)
        stands_for = np.log(len(rest) / len(drawn)) if len(drawn) else 0.0
        rows = np.concatenate([rows, drawn]).astype(np.int64)
        chosen.append(np.stack([parts[name][rows] for name in names], axis=1).astype(np.float32))
        added.append(np.where(np.arange(len(rows)) < len(rows) - len(drawn), 0, stands_for).astype(np.float32))
    width = max(map(len, chosen))
    listed = np.zeros((len(targets), width, len(names)), np.float32)
    offsets = np.full((len(targets), width), -1e9, np.float32)
    for place, (one, extra) in enumerate(zip(chosen, added, strict=True)):
        listed[place, : len(one)], offsets[place, : len(one)] = one, extra
    return listed, offsets


def _newton(listed: Floats, offsets: Floats, prior: Floats) -> Floats:
    """The weights of largest likelihood with a Gaussian pull towards the prior, by Newton steps with halving."""
    scale = np.maximum(listed.reshape(-1, listed.shape[-1]).std(0), _LEAST_SPREAD).astype(np.float64)
    scaled = (listed / scale).astype(np.float32)
    centre = prior * scale
    weights = centre.copy()
    loss = _loss(scaled, offsets, weights, centre)
    for _ in range(_STEPS):
        shares = _shares(scaled, offsets, weights)
        mean = np.matmul(shares[:, None], scaled)[:, 0]
        gradient = (mean - scaled[:, 0]).sum(0, dtype=np.float64) + _PULL * (weights - centre)
        spread = (scaled * np.sqrt(shares)[:, :, None]).reshape(-1, len(weights))
        curve = (spread.T @ spread - mean.T @ mean).astype(np.float64) + _PULL * np.eye(len(weights))
        step = np.linalg.solve(curve, gradient)
        size = 1.0
        while (now := _loss(scaled, offsets, weights - size * step, centre)) > loss and size > 1e-3:
            size /= 2
        if now > loss:
            break
        weights, gained, loss = weights - size * step, loss - now, now
        if gained < 1e-2:
            break
    found: Floats = weights / scale
    return found


def _shares(scaled: Floats, offsets: Floats, weights: Floats) -> Floats:
    odds = scaled @ weights.astype(np.float32) + offsets
    shares = np.exp(odds - odds.max(1, keepdims=True))
    found: Floats = shares / shares.sum(1, keepdims=True)
    return found


def _loss(scaled: Floats, offsets: Floats, weights: Floats, centre: Floats) -> float:
    odds = scaled @ weights.astype(np.float32) + offsets
    top = odds.max(1)
    likely = odds[:, 0] - top - np.log(np.exp(odds - top[:, None]).sum(1))
    return float(-likely.sum(dtype=np.float64) + _PULL / 2 * ((weights - centre) ** 2).sum())
