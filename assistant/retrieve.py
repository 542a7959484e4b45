"""From a request to candidates: by words, meaning, kind, companions, history and popularity.

Constraints are applied inside each retrieval; a candidate that does not satisfy them never exists. Preferences
and the history only add candidates and signals. Knows nothing of the order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assistant.dialogue import Candidate, Request, Session
from index.catalog import Constraints, Product
from index.companions import Companion
from index.folder import Shop
from index.kinds import kind_key, kind_key_of
from index.lexical import Mask, Scores, terms
from index.names import model_names

BREADTH = 200
"""Candidates that each source gives at least."""
_GUESSED = 0.25
"""What a kind counts that was read from the title."""
_RELATED = 0.08
"""Kinds that go together at least this strongly are offered together without a purchase or declaration."""
_UNRELATED = 0.2
"""What "bought together" counts between kinds that nothing else relates."""
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
        companions = self._companions(request)
        # Read once: the scores are of the whole history, whatever is asked.
        history = shop.next_product.scores(session.history) if session.history else None
        rows: set[int] = set()
        if request.act == "goes_with":
            rows |= self._companion_rows(request, companions, allowed, breadth)
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

    def _companions(self, request: Request) -> dict[str, Companion]:
        """Companions of the anchors, and of what the anchor's text names though the shop does not carry it."""
        found: dict[str, Companion] = {}
        for anchor in request.anchor_ids:
            for companion in self._shop.companions.of(anchor):
                _keep_stronger(found, companion)
        if not request.anchor_ids and request.anchor_text:
            names = model_names(request.anchor_text)
            for product_id, strength in self._shop.declared_names.find(names).items():
                _keep_stronger(found, Companion(product_id, strength, "declared"))
        return found

    def _companion_rows(
        self, request: Request, companions: dict[str, Companion], allowed: Mask, breadth: int
    ) -> set[int]:
        """Companions by declaration and purchase, then products of kinds that go with the anchor's kind.

        Products of the anchor's own kind are left out, and so is what is declared for other products of the
        anchor's kind but not for the anchor. `companions` is brought up to date: what is found by kind is added.
        """
        shop = self._shop
        anchor_kinds = self.anchor_kinds(request)
        strengths: dict[str, float] = defaultdict(float)
        for kind in anchor_kinds:
            for other, strength in shop.companions.kinds_with(kind).items():
                strengths[other] = max(strength, strengths[other])
        rows = set()
        for product_id, companion in list(companions.items()):
            row = shop.row_of[product_id]
            if companion.source == "together":
                # Two shoppers who bought both prove little where the kinds are rarely bought together.
                related = _UNRELATED + (1 - _UNRELATED) * strengths[self.kinds[row]]
                companions[product_id] = Companion(product_id, companion.score * related, "together")
            misfit = companion.source != "declared" and self._fits_others(product_id, anchor_kinds)
            if allowed[row] and self.kinds[row] not in anchor_kinds and not misfit:
                rows.add(row)
        sought = self._sought_with(request, {self.kinds[row] for row in rows} | strengths.keys())
        close = {kind for kind, strength in strengths.items() if strength >= _RELATED}
        for kind in sorted(sought or close):
            strength = strengths.get(kind, 0.3)
            here = [row for row in self._rows_by_kind.get(kind, ()) if allowed[row] and kind not in anchor_kinds]
            here.sort(key=lambda row: -float(self._popularity[row]))
            for row in here[: breadth if sought else 12]:
                product_id = shop.rows[row].product_id
                if product_id in companions or not self._may_go_with(product_id, request, anchor_kinds):
                    continue
                companions[product_id] = Companion(product_id, 0.3 * strength, "kind")
                rows.add(row)
        if sought:
            return {row for row in rows if self.kinds[row] in sought}
        return rows | (self._fitting(request, allowed, breadth) if request.query else set())

    def _may_go_with(self, product_id: str, request: Request, anchor_kinds: frozenset[str]) -> bool:
        """False for what is made for something else: it declares what it works with, and that is not the anchor."""
        if not self._shop.products[product_id].compatible_with:
            return not (request.anchor_ids and self._fits_others(product_id, anchor_kinds))
        return not request.anchor_ids and self._fits_others(product_id, anchor_kinds)

    def _sought_with(self, request: Request, known: set[str]) -> set[str]:
        """The kinds sought that go with the anchor; "dust bags" for a vacuum cleaner names no camera bags."""
        going = set(request.kinds) & known
        said = set(terms(request.query))
        return going or {kind for kind in request.kinds if set(terms(kind)) <= said}

    def _fitting(self, request: Request, allowed: Mask, breadth: int) -> set[int]:
        """What the message's words find ("a pen for my tablet") without what is of the anchor's kind or misfits it."""
        anchor_kinds = self.anchor_kinds(request)
        scores = np.where(allowed, self._shop.lexical.scores(request.query), 0)
        return {
            row
            for row in _best(scores, breadth)
            if self.kinds[row] not in anchor_kinds
            and not (request.anchor_ids and self._fits_others(self._shop.rows[row].product_id, anchor_kinds))
        }

    def anchor_kinds(self, request: Request) -> frozenset[str]:
        """The kinds of what the message is about, with their plainer forms: a "laser printer" is a "printer"."""
        found = {self.kinds[self._shop.row_of[one]] for one in request.anchor_ids if one in self._shop.row_of}
        if not request.anchor_ids and request.anchor_text:
            whole, last = kind_key(request.anchor_text), kind_key(request.anchor_text.split()[-1])
            found.add(whole if whole in self._rows_by_kind else last)
        return frozenset(found - {""})

    def _fits_others(self, product_id: str, kinds: frozenset[str]) -> bool:
        """True when a product is declared for products of these kinds: then it must be declared for the anchor."""
        declared = self._shop.companions.declared.get(product_id, ())
        return any(self.kinds[self._shop.row_of[other]] in kinds for other, _ in declared)

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


def _keep_stronger(found: dict[str, Companion], companion: Companion) -> None:
    known = found.get(companion.product_id)
    if known is None or companion.score > known.score:
        found[companion.product_id] = companion


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
