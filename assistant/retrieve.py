"""From a request to candidates: by words, meaning, kind, companions, history and popularity.

Constraints are applied inside each retrieval; a candidate that does not satisfy them never exists. Preferences
and the history only add candidates and signals. Knows nothing of the order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assistant.companion import CompanionFinder
from assistant.dialogue import Candidate, Request, Session
from index.catalog import Constraints, Product
from index.companions import Companion
from index.folder import Shop
from index.kinds import kind_key_of
from index.lexical import Scores, terms

BREADTH = 200
"""Candidates that each source gives at least."""
_GUESSED = 0.25
"""What a kind counts that was read from the title."""
_FAR = 0.42
"""Below this cosine even the nearest product is something else; only asked where a word is unknown to the shop."""
_BESIDE = 50
"""Candidates by history, and by popularity, beside those that a message finds."""


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
        self.companion_finder = CompanionFinder(shop, self.kinds, self._popularity)

    def retrieve(self, request: Request, session: Session, k: int) -> list[Candidate]:
        """Candidates that satisfy the request's constraints, with their signals, in no order; [] for none."""
        shop, breadth = self._shop, max(BREADTH, k)
        allowed = shop.allowed(request.constraints)
        if not allowed.any():
            return []
        query = " ".join((request.query, *(self._kind_words(request))))
        lexical = shop.lexical.scores(query) if query.strip() else None
        vector = shop.embedder.embed([query])[0] if query.strip() else None
        if request.unknown and vector is not None and float((shop.vectors @ vector).max()) < _FAR:
            return []
        goes_with = self.companion_finder.find(request, allowed, breadth) if request.act == "goes_with" else None
        companions = goes_with.companions if goes_with else self.companion_finder.companions(request)
        # Read once: the scores are of the whole history, whatever is asked.
        history = shop.next_product.scores(session.history) if session.history else None
        rows: set[int] = set()
        if goes_with:
            rows |= goes_with.rows
        else:
            if lexical is not None and vector is not None:
                rows.update(_best(np.where(allowed, lexical, 0), breadth))
                near = shop.store.nearest(vector.tolist(), request.constraints, shop.currency, breadth)
                rows.update(shop.row_of[name] for name, _ in near)
            for kind in request.kinds:
                rows.update(row for row in self._rows_by_kind.get(kind, ()) if allowed[row])
            if request.act == "more_like":
                rows |= self._like(request.anchor_ids, request.constraints, breadth)
            # What nothing was asked for is answered out of these; otherwise they are a few more to choose from.
            few = _BESIDE if rows else breadth
            rows.update(_best(np.where(allowed, self._popularity + 1e-6, 0), few))
            if history is not None:
                rows.update(_best(np.where(allowed, history + 1e-6, 0), few))
        rows -= {shop.row_of[one] for one in request.anchor_ids if one in shop.row_of}
        return self._with_signals(sorted(rows), request, lexical, vector, companions, history)

    def _kind_words(self, request: Request) -> tuple[str, ...]:
        # A kind that the query spells another way ("headfones", "telly") is looked for by its own name too.
        said = set(terms(request.query))
        return tuple(kind for kind in request.kinds if not said & set(terms(kind)))

    def _like(self, anchors: Iterable[str], constraints: Constraints, breadth: int) -> set[int]:
        shop = self._shop
        found: set[int] = set()
        for anchor in anchors:
            vector = shop.vectors[shop.row_of[anchor]]
            near = shop.store.nearest(vector.tolist(), constraints, shop.currency, breadth)
            found.update(shop.row_of[name] for name, _ in near)
        return found

    def _with_signals(
        self,
        rows: Sequence[int],
        request: Request,
        lexical: Scores | None,
        vector: Scores | None,
        companions: Mapping[str, Companion],
        history: Scores | None,
    ) -> list[Candidate]:
        if not rows:
            return []
        shop = self._shop
        picked = np.asarray(rows)
        vectors = np.asarray(shop.vectors[picked])
        words = _scaled(lexical[picked]) if lexical is not None else None
        meaning = _scaled(np.clip(vectors @ vector, 0, None)) if vector is not None else None
        like = _scaled(np.clip(vectors @ self._centre(request.anchor_ids), 0, None)) if request.anchor_ids else None
        found = []
        for place, row in enumerate(rows):
            product = shop.rows[row]
            signals = {"popularity": float(self._popularity[row])}
            if words is not None and meaning is not None:
                signals |= {"words": float(words[place]), "meaning": float(meaning[place])}
            if request.kinds:
                # A kind that the feed states is surer than one read from the title.
                sure = 1.0 if product.kind else _GUESSED
                signals["kind"] = sure if self.kinds[row] in request.kinds else 0.0
            if not np.isnan(self._rating[row]):
                signals["rating"] = float(self._rating[row])
            if history is not None:
                signals["history"] = float(history[row])
            if like is not None and request.act == "more_like":
                signals["likeness"] = float(like[place])
            companion = companions.get(product.product_id)
            if companion:
                signals["companion"] = companion.score
            around = _around(request, product)
            if around is not None:
                signals["price"] = around
            source = companion.source if companion else ""
            found.append(Candidate(product, signals, source=source))
        return found

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


def _best(scores: Scores, k: int) -> list[int]:
    """The rows of the k best scores above 0."""
    best = np.argpartition(-scores, k - 1)[:k] if len(scores) > k else np.arange(len(scores))
    return [int(row) for row in best if scores[row] > 0]


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


def _around(request: Request, product: Product) -> float | None:
    """How near the price is to the one named ("around 300"): 1 at it, 0 from half of it away."""
    if request.around is None or product.price is None or request.around <= 0:
        return None
    gap = abs(float(product.price) - float(request.around)) / float(request.around)
    return max(0.0, 1.0 - 2.0 * gap)
