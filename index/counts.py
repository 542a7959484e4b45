"""What is counted from purchases: what follows what, what the same shoppers buy, what is popular, what is bought again.

Knows shoppers as sequences of rows, and of a product no more than the number of its kind; needs numpy only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.lexical import Scores

_GAPS, _DECAY, _BACKWARDS = 12, 0.7, 0.3
_TOGETHER_GAPS = 30
_KEPT = 200
_RECENT_SHARE = 0.2
_AGAIN_PRIOR = 10.0
_KIND_GAPS, _KIND_PRIOR, _KINDS_KEPT = 5, 20.0, 400

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Links:
    """Weighted links from rows to rows: those of row r are at `starts[r]:starts[r + 1]`."""

    starts: Rows
    columns: Rows
    weights: Scores

    @classmethod
    def build(cls, origins: Rows, ends: Rows, weights: Scores, size: int, kept: int = _KEPT) -> "Links":
        """Sum the weights of equal pairs and keep the `kept` strongest links of each row."""
        pairs, place = np.unique(origins.astype(np.int64) * size + ends, return_inverse=True)
        summed = np.bincount(place, weights, len(pairs))
        rows, columns = pairs // max(size, 1), pairs % max(size, 1)
        order = np.lexsort((columns, -summed, rows))
        rows, columns, summed = rows[order], columns[order], summed[order]
        first = np.searchsorted(rows, np.arange(size + 1))
        keep = np.arange(len(rows)) - first[rows] < kept
        return cls(
            np.searchsorted(rows[keep], np.arange(size + 1)).astype(np.int64),
            columns[keep],
            summed[keep].astype(np.float32),
        )

    def spread(self, rows: Rows, shares: Scores) -> Scores:
        """What reaches each row from the given ones, every link times its origin's share; shape (size,)."""
        found = np.zeros(len(self.starts) - 1, np.float32)
        for row, share in zip(rows, shares, strict=True):
            own = slice(self.starts[row], self.starts[row + 1])
            found[self.columns[own]] += share * self.weights[own]
        return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted from purchases; every array has one entry a product but for the links."""

    follows: Links
    neighbours: Links
    popular: Scores
    recent: Scores
    again: Scores
    kind_follows: Links
    kind_again: Scores

    @classmethod
    def build(cls, sequences: Sequence[Sequence[int]], newest: Sequence[int], kinds: Rows) -> "Counts":
        """Count sequences of rows, each oldest to newest; `newest` are all bought rows, oldest to newest.

        `kinds` has the number of each product's kind, -1 where none is known; shape (number of products,).
        """
        size, of_kinds = len(kinds), int(kinds.max(initial=-1)) + 1
        lengths = [len(own) for own in sequences]
        rows = np.fromiter((row for own in sequences for row in own), np.int64, sum(lengths))
        users = np.repeat(np.arange(len(lengths)), lengths)
        counts = np.bincount(rows, minlength=size)
        lately = np.asarray(newest[len(newest) - int(len(newest) * _RECENT_SHARE) :], np.int64)
        first = np.sort(np.unique(users * max(size, 1) + rows, return_index=True)[1])
        buyers = np.bincount(rows[first], minlength=size)
        known = kinds[rows] >= 0
        kinds_bought, kind_users = kinds[rows][known], users[known]
        return cls(
            follows=_follows(rows, users, size),
            neighbours=_neighbours(rows[first], users[first], buyers, size),
            popular=np.log1p(counts).astype(np.float32),
            recent=np.log1p(np.bincount(lately, minlength=size)).astype(np.float32),
            again=_again(rows, users, size),
            kind_follows=_kind_follows(kinds_bought, kind_users, of_kinds),
            kind_again=_again(kinds_bought, kind_users, of_kinds),
        )


def _follows(rows: Rows, users: Rows, size: int) -> Links:
    origins, ends, weights = [], [], []
    for gap in range(1, _GAPS + 1):
        before, after = rows[:-gap], rows[gap:]
        pair = (users[:-gap] == users[gap:]) & (before != after)
        for one, other, weight in ((before, after, 1.0), (after, before, _BACKWARDS)):
            origins.append(one[pair])
            ends.append(other[pair])
            weights.append(np.full(int(pair.sum()), weight * _DECAY ** (gap - 1), np.float32))
    return Links.build(np.concatenate(origins), np.concatenate(ends), np.concatenate(weights), size)


def _neighbours(rows: Rows, users: Rows, buyers: Rows, size: int) -> Links:
    """Shoppers of both / sqrt((shoppers of one + 1) * (shoppers of the other + 1)), of near purchases."""
    origins, ends = [], []
    for gap in range(1, _TOGETHER_GAPS + 1):
        pair = users[:-gap] == users[gap:]
        before, after = rows[:-gap][pair], rows[gap:][pair]
        origins += [before, after]
        ends += [after, before]
    one, other = np.concatenate(origins), np.concatenate(ends)
    weights = 1 / np.sqrt((buyers[one] + 1.0) * (buyers[other] + 1.0))
    return Links.build(one, other, weights.astype(np.float32), size)


def _again(rows: Rows, users: Rows, size: int) -> Scores:
    """The share of buyers who bought it more than once, pulled to the mean by the weight of ten buyers."""
    pairs, times = np.unique(users * max(size, 1) + rows, return_counts=True)
    bought = pairs % max(size, 1)
    buyers = np.bincount(bought, minlength=size)
    repeated = np.bincount(bought[times > 1], minlength=size)
    mean = repeated.sum() / max(buyers.sum(), 1)
    return np.asarray((repeated + _AGAIN_PRIOR * mean) / (buyers + _AGAIN_PRIOR), np.float32)


def _kind_follows(kinds: Rows, users: Rows, size: int) -> Links:
    """How much likelier a kind becomes soon after another: log2 of the lift, pulled to 0, where above 0.

    lift = (n_ab + 20 p_b) / ((n_a + 20) p_b), with n counted over pairs at most five purchases apart and p_b the
    share of the pairs that end in b.
    """
    origins, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for gap in range(1, _KIND_GAPS + 1):
        pair = users[:-gap] == users[gap:]
        origins.append(kinds[:-gap][pair])
        ends.append(kinds[gap:][pair])
    one, other = np.concatenate(origins), np.concatenate(ends)
    pairs, n = np.unique(one * max(size, 1) + other, return_counts=True)
    one, other = pairs // max(size, 1), pairs % max(size, 1)
    before = np.bincount(one, n, size)[one]
    share = np.bincount(other, n, size)[other] / max(n.sum(), 1)
    lift = (n + _KIND_PRIOR * share) / ((before + _KIND_PRIOR) * share)
    above = lift > 1
    return Links.build(one[above], other[above], np.log2(lift[above]).astype(np.float32), size, _KINDS_KEPT)
