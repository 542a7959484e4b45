"""From a request to candidates: by words, meaning, kind, companions, history and popularity.

Constraints are applied inside each retrieval; a candidate that does not satisfy them never exists. Preferences
and the history only add candidates and signals. Knows nothing of the order.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.companion import CompanionFinder
from assistant.dialogue import Candidate, Request, Session
from assistant.memory import favourite_sizes
from assistant.wording import in_kind_words
from index.catalog import Constraints, Product, attribute_values, fold, released
from index.companions import Companion
from index.folder import Shop
from index.kinds import kind_certainty, kind_key_of
from index.lexical import Scores, best_rows

BREADTH = 200
"""Candidates that each source gives at least."""
_FAR = 0.42
"""Below this cosine even the nearest product is something else; only asked where a word is unknown to the shop."""
_BESIDE = 50
"""Candidates by history, and by popularity, beside those that a message finds."""


Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Text:
    """What the words of a message say of every row: BM25, the same in the shop's own words; and their vector."""

    words: Scores
    synonym: Scores | None
    vector: Scores


class Retriever:
    """Finds the candidates of a request in one shop."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.kinds = tuple(kind_key_of(product) for product in shop.rows)
        self._rows_by_kind: Mapping[str, list[int]] = _grouped(self.kinds)
        counts = np.array([shop.popularity.get(product.product_id, 0) for product in shop.rows], np.float32)
        ratings = np.array([product.rating_count or 0 for product in shop.rows], np.float32)
        # Purchases tell how much a product is wanted; without any, the number of ratings does.
        self._popularity = _log_scaled(counts if counts.any() else ratings)
        self._rating = _ratings(shop.rows)
        self._fresh = _freshness(shop.rows)
        self._price = np.array([np.nan if one.price is None else float(one.price) for one in shop.rows], np.float32)
        self._certainty = np.array([kind_certainty(product) for product in shop.rows], np.float32)
        self.companion_finder = CompanionFinder(shop, self.kinds, self._popularity)

    def retrieve(self, request: Request, session: Session, k: int) -> list[Candidate]:
        """Candidates that satisfy the request's constraints, with their signals, in no order; [] for none."""
        shop, breadth = self._shop, max(BREADTH, k)
        allowed = shop.allowed(request.constraints)
        if not allowed.any():
            return []
        text = self._text(request)
        if request.unknown and text and float((shop.vectors @ text.vector).max()) < _FAR:
            return []
        goes_with = self.companion_finder.find(request, allowed, breadth) if request.act == "goes_with" else None
        companions = goes_with.companions if goes_with else self.companion_finder.companions(request)
        # Read once: the scores are of the whole history, whatever is asked.
        history = shop.next_product.scores(session.remembered) if session.remembered else None
        gone = [shop.row_of[one] for one in session.memory.disliked if one in shop.row_of]
        if gone:
            allowed = allowed.copy()
            allowed[gone] = False
        rows: set[int] = set()
        if goes_with:
            rows |= goes_with.rows
        else:
            if text:
                rows.update(best_rows(np.where(allowed, text.words, 0), breadth).tolist())
                if text.synonym is not None:
                    rows.update(best_rows(np.where(allowed, text.synonym, 0), breadth).tolist())
                rows.update(shop.nearest(text.vector, request.constraints, breadth))
            for kind in request.kinds:
                rows.update(row for row in self._rows_by_kind.get(kind, ()) if allowed[row])
            if request.act == "more_like":
                rows |= self._like(request.anchor_ids, request.constraints, breadth)
            # What nothing was asked for is answered out of these; otherwise they are a few more to choose from.
            few = _BESIDE if rows else breadth
            rows.update(best_rows(np.where(allowed, self._popularity + 1e-6, 0), few).tolist())
            if history is not None:
                rows.update(best_rows(np.where(allowed, history + 1e-6, 0), few).tolist())
        rows -= {shop.row_of[one] for one in request.anchor_ids if one in shop.row_of}
        rows.difference_update(gone)
        return self._with_signals(sorted(rows), request, session, text, companions, history)

    def _text(self, request: Request) -> "_Text | None":
        """The message's words, in the shop's spelling; None where there are none and no kind is sought."""
        shop = self._shop
        query = shop.lexical.corrected(request.query) or " ".join(request.kinds)
        if not query.strip():
            return None
        renamed = in_kind_words(query, request.kinds)
        synonym = shop.lexical.scores(renamed) if renamed else None
        return _Text(shop.lexical.scores(query), synonym, shop.embedder.embed([query])[0])

    def _like(self, anchors: Iterable[str], constraints: Constraints, breadth: int) -> set[int]:
        shop = self._shop
        found: set[int] = set()
        for anchor in anchors:
            found.update(shop.nearest(shop.vectors[shop.row_of[anchor]], constraints, breadth))
        return found

    def _with_signals(
        self,
        rows: Sequence[int],
        request: Request,
        session: Session,
        text: "_Text | None",
        companions: Mapping[str, Companion],
        history: Scores | None,
    ) -> list[Candidate]:
        if not rows:
            return []
        shop = self._shop
        picked = np.asarray(rows)
        vectors = np.asarray(shop.vectors[picked])
        # One array a signal, NaN for a product of which it cannot be told.
        found = {
            "popularity": self._popularity[picked],
            "rating": self._rating[picked],
            "freshness": self._fresh[picked],
        }
        if text:
            found["words"] = _scaled(text.words[picked])
            found["meaning"] = _scaled(np.clip(vectors @ text.vector, 0, None))
            if text.synonym is not None:
                found["synonym"] = np.clip(_scaled(text.synonym[picked]) - found["words"], 0, None)
        if request.kinds:
            sought = np.array([self.kinds[row] in request.kinds for row in rows])
            found["kind"] = np.where(sought, self._certainty[picked], 0).astype(np.float32)
        if history is not None:
            found["history"] = history[picked]
            found["fits_owned"] = self.companion_finder.fits_owned(session.recent, rows)
        taste = self._taste(session, picked, vectors)
        if taste is not None:
            found["taste"] = taste
        if request.act == "more_like" and request.anchor_ids:
            found["likeness"] = _scaled(np.clip(vectors @ self._centre(request.anchor_ids), 0, None))
        if request.around:
            found["price"] = _around(float(request.around), self._price[picked])
        names, table = list(found), np.stack(list(found.values()), axis=1).tolist()
        candidates = []
        for row, values in zip(rows, table, strict=True):
            product = shop.rows[row]
            signals = {name: value for name, value in zip(names, values, strict=True) if not math.isnan(value)}
            companion = companions.get(product.product_id)
            if companion:
                signals["companion"] = companion.score
            # Of a product with variants the one is shown that meets the constraints.
            shown = request.constraints.shown(product)
            candidates.append(Candidate(shown, signals, source=companion.source if companion else ""))
        return candidates

    def _taste(self, session: Session, picked: Rows, vectors: Scores) -> Scores | None:
        """How near the rows are to what the shopper likes and how far from what is not wanted: 0..1, 0.5 for neither.

        A size that the shopper bought before counts as a like. None where nothing is known.
        """
        liked, disliked = session.memory.liked, session.memory.disliked
        sizes = favourite_sizes(session, self._shop)
        if not (liked or disliked or sizes):
            return None
        found = np.full(len(picked), 0.5, np.float32)
        if liked:
            found += np.clip(vectors @ self._centre(liked), 0, 1) / 2
        if disliked:
            found -= np.clip(vectors @ self._centre(disliked), 0, 1) / 2
        if sizes:
            own = [{fold(one) for one in attribute_values(self._shop.rows[row], "size")} for row in picked]
            found += np.array([0.25 if one & sizes else 0.0 for one in own], np.float32)
        return np.asarray(np.clip(found, 0, 1), np.float32)

    def _centre(self, ids: Sequence[str]) -> Scores:
        rows = [self._shop.row_of[one] for one in ids if one in self._shop.row_of]
        if not rows:
            return np.zeros(self._shop.embedder.dimension, np.float32)
        centre: Scores = np.asarray(self._shop.vectors[rows]).mean(axis=0)
        return centre / max(float(np.linalg.norm(centre)), 1e-9)


def _grouped(kinds: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, kind in enumerate(kinds):
        if kind:
            found[kind].append(row)
    return dict(found)


def _scaled(scores: Scores) -> Scores:
    """Scores divided by the largest: 1 for the best, 0 where there is nothing."""
    top = float(scores.max()) if len(scores) else 0.0
    return scores / top if top > 0 else scores


def _log_scaled(counts: Scores) -> Scores:
    return np.asarray(_scaled(np.log1p(counts)), np.float32)


def _ratings(products: Sequence[Product]) -> Scores:
    """Stars pulled towards the shop's mean by ten ratings' weight, as 0..1; NaN where there is no rating."""
    known = [product.rating for product in products if product.rating is not None]
    mean = sum(known) / len(known) if known else 0.0
    found = np.full(len(products), np.nan, np.float32)
    for row, product in enumerate(products):
        if product.rating is not None:
            n = product.rating_count or 0
            found[row] = (product.rating * n + mean * 10) / (n + 10) / 5
    return found


def _around(named: float, prices: Scores) -> Scores:
    """How near prices are to the one named ("around 300"): 1 at it, 0 from half of it away, NaN without a price."""
    return np.asarray(np.clip(1 - 2 * np.abs(prices - named) / named, 0, None), np.float32)


def _freshness(products: Sequence[Product]) -> Scores:
    """The share of the products of known age that a product is newer than, 0..1; NaN where the age is not known."""
    dates = np.array([released(product) for product in products])
    found = np.full(len(products), np.nan, np.float32)
    known = dates > 0
    ordered = np.sort(dates[known])
    found[known] = np.searchsorted(ordered, dates[known]) / max(len(ordered), 1)
    return found
