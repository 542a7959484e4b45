"""Products that go with what a message is about: declared, bought together, fitting by their records, or by kind.

Knows anchors and what they fit; nothing of words, histories or the order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.dialogue import Request
from index.companions import Companion
from index.fit import Fit, Sides, fit_sides, sides
from index.folder import Shop
from index.kinds import kind_key
from index.lexical import Mask, Scores, best_rows, terms
from index.names import model_names

_RELATED = 0.08
"""Kinds that go together at least this strongly are offered together without a purchase or declaration."""
_UNRELATED = 0.2
"""What "bought together" counts between kinds that nothing else relates."""
_OF_KIND = 0.3
"""What a product of a kind that goes with the anchor counts, times how strongly the kinds go together."""
_OF_KIND_TAKEN = 12
"""Products of such a kind that are looked at when no kind is sought: the most popular ones."""
_SOUGHT_BLIND = 0.3
"""How strongly a kind that was asked for goes with the anchor's where nothing tells."""
_FOLLOWING = 100
"""Products that are looked at by what comes next, when no kind is sought."""
_FITS = 0.3
"""What a fit by the records adds, times its score; a declaration stays the surer."""


@dataclass(frozen=True, slots=True)
class Companionship:
    """Rows that go with the anchors, and why: a companion by product id for those that have a tie to them.

    The source of a companion is "declared", "together", "fit" or "kind".
    """

    rows: frozenset[int]
    companions: Mapping[str, Companion]


class CompanionFinder:
    """Finds what goes with products of one shop; `kinds` and `popularity` have one entry a row."""

    def __init__(self, shop: Shop, kinds: Sequence[str], popularity: Scores) -> None:
        self._shop = shop
        self._kinds = kinds
        self._popularity = popularity
        # Read here, so that the first shopper who needs them does not wait.
        self._declared_names = shop.declared_names
        self._sides: list[Sides | None] = [None] * len(kinds)
        self._declared_kinds: list[frozenset[str] | None] = [None] * len(kinds)
        self._rows_by_kind: dict[str, list[int]] = defaultdict(list)
        for row in np.argsort(-popularity, kind="stable").tolist():
            if kinds[row]:
                self._rows_by_kind[kinds[row]].append(row)

    def companions(self, request: Request) -> dict[str, Companion]:
        """Companions of the anchors, and of what the anchor's text names though the shop does not carry it."""
        found: dict[str, Companion] = {}
        for anchor in request.anchor_ids:
            for companion in self._shop.companions.of(anchor):
                _keep_stronger(found, companion)
        if not request.anchor_ids and request.anchor_text:
            names = model_names(request.anchor_text)
            for product_id, strength in self._declared_names.find(names).items():
                _keep_stronger(found, Companion(product_id, strength, "declared"))
        return found

    def find(self, request: Request, allowed: Mask, breadth: int) -> Companionship:
        """Companions by declaration and purchase, then products of kinds that go with the anchor's kind.

        Left out are products of the anchor's own kind, what is declared for other products of that kind but not for
        the anchor, and what does not fit the anchor by their records. Works both ways: for a printer its toner, for a
        toner its printers. At most `breadth` products of a kind.
        """
        shop = self._shop
        anchor_kinds = self.anchor_kinds(request)
        anchors = [shop.row_of[one] for one in request.anchor_ids if one in shop.row_of]
        strengths: dict[str, float] = defaultdict(float)
        for kind in anchor_kinds:
            for other, strength in shop.companions.kinds_with(kind).items():
                strengths[other] = max(strength, strengths[other])
        companions = self.companions(request)
        rows: set[int] = set()
        for product_id, companion in list(companions.items()):
            row = shop.row_of[product_id]
            if companion.source == "together":
                # Two shoppers who bought both prove little where the kinds are rarely bought together.
                related = _UNRELATED + (1 - _UNRELATED) * strengths[self._kinds[row]]
                companions[product_id] = Companion(product_id, companion.score * related, "together")
            if not allowed[row] or self._kinds[row] in anchor_kinds:
                continue
            if companion.source == "declared" or self._may_go_with(row, request, anchors, anchor_kinds):
                rows.add(row)
        sought = self._sought_with(request, {self._kinds[row] for row in rows} | strengths.keys())
        close = {kind for kind, strength in strengths.items() if strength >= _RELATED}
        for kind in sorted((sought or close) - anchor_kinds):
            strength = _OF_KIND * strengths.get(kind, _SOUGHT_BLIND)
            here = [row for row in self._rows_by_kind.get(kind, ()) if allowed[row]]
            for row in here[: breadth if sought else _OF_KIND_TAKEN]:
                product_id = shop.rows[row].product_id
                if product_id in companions or not self._goes_by_kind(row, request, anchors, anchor_kinds):
                    continue
                fit = self._fit(row, anchors)
                companions[product_id] = (
                    Companion(product_id, strength + _FITS * fit.score, "fit")
                    if fit
                    else Companion(product_id, strength, "kind")
                )
                rows.add(row)
        if sought:
            rows = {row for row in rows if self._kinds[row] in sought}
        elif request.query:
            by_words = np.where(allowed, shop.lexical.scores(request.query), 0)
            rows |= self._suited(by_words, breadth, request, anchors, anchor_kinds)
        elif anchors and not request.kinds and shop.popularity:
            # What shoppers take next; without purchases that would be likeness alone, which goes with nothing.
            follows = np.where(allowed, shop.next_product.scores(request.anchor_ids), 0)
            rows |= self._suited(follows, _FOLLOWING, request, anchors, anchor_kinds)
        return Companionship(frozenset(rows), companions)

    def fits_owned(self, history: Sequence[str], rows: Sequence[int]) -> Scores:
        """For each row 1 when it is declared to work with something owned, 0 when only with others of an owned kind.

        1/2 where nothing tells: it is made for nothing in particular, or for what the shopper does not own.
        """
        shop = self._shop
        owned = [one for one in history if one in shop.row_of]
        working = {other for one in owned for other, _ in shop.companions.declared.get(one, ())}
        kinds = frozenset(self._kinds[shop.row_of[one]] for one in owned) - {""}
        found = np.full(len(rows), 0.5, np.float32)
        for place, row in enumerate(rows):
            product = shop.rows[row]
            if product.product_id in working:
                found[place] = 1
            # An accessory names what it is made for; a device that others name is made for nothing.
            elif product.compatible_with and not kinds.isdisjoint(self._made_for(row)):
                found[place] = 0
        return found

    def anchor_kinds(self, request: Request) -> frozenset[str]:
        """The kinds of what the message is about, with their plainer forms: a "laser printer" is a "printer"."""
        found = {self._kinds[self._shop.row_of[one]] for one in request.anchor_ids if one in self._shop.row_of}
        if not request.anchor_ids and request.anchor_text:
            whole, last = kind_key(request.anchor_text), kind_key(request.anchor_text.split()[-1])
            found.add(whole if whole in self._rows_by_kind else last)
        return frozenset(found - {""})

    def fit(self, product_id: str, anchor_ids: Iterable[str]) -> Fit | None:
        """How a product fits the anchors by their records, with the reason; None where they do not tell."""
        return self._fit(
            self._shop.row_of[product_id], [self._shop.row_of[one] for one in anchor_ids if one in self._shop.row_of]
        )

    def clash(self, one: str, other: str) -> bool:
        """True when one of two products is made for things of the other's kind, but not for the other."""
        rows = self._shop.row_of[one], self._shop.row_of[other]
        if any(name == other for name, _ in self._shop.companions.declared.get(one, ())):
            return False
        fit = self._fit(rows[0], rows[1:])
        if fit is not None:
            return fit.score == 0
        return any(
            bool(self._shop.rows[part].compatible_with) and self._fits_others(part, frozenset({self._kinds[thing]}))
            for part, thing in (rows, rows[::-1])
        )

    def _may_go_with(self, row: int, request: Request, anchors: Sequence[int], anchor_kinds: frozenset[str]) -> bool:
        """False for what is declared for others of the anchor's kind only, or does not fit by its record.

        The same the other way round: of the kind that a toner is declared for, only those that it names, or that fit.
        """
        if self._fits_others(row, anchor_kinds):
            return False
        fit = self._fit(row, anchors)
        if fit is not None:
            return fit.score > 0
        own = frozenset({self._kinds[row]})
        return not any(self._shop.rows[one].compatible_with and self._fits_others(one, own) for one in anchors)

    def _goes_by_kind(self, row: int, request: Request, anchors: Sequence[int], anchor_kinds: frozenset[str]) -> bool:
        """False also for what declares what it works with, when that is not the anchor and no record says it fits."""
        closed = bool(self._shop.rows[row].compatible_with)
        if not request.anchor_ids:
            return not closed or self._fits_others(row, anchor_kinds)
        if closed and self._fit(row, anchors) is None:
            return False
        return self._may_go_with(row, request, anchors, anchor_kinds)

    def _sought_with(self, request: Request, known: set[str]) -> set[str]:
        """The kinds sought that go with the anchor; "dust bags" for a vacuum cleaner names no camera bags."""
        going = set(request.kinds) & known
        said = set(terms(request.query))
        return going or {kind for kind in request.kinds if set(terms(kind)) <= said}

    def _suited(
        self, scores: Scores, k: int, request: Request, anchors: Sequence[int], anchor_kinds: frozenset[str]
    ) -> set[int]:
        """The best rows by a score, without what is of the anchor's kind or misfits it: "a pen for my tablet"."""
        return {
            row
            for row in best_rows(scores, k).tolist()
            if self._kinds[row] not in anchor_kinds
            and (not request.anchor_ids or self._may_go_with(row, request, anchors, anchor_kinds))
        }

    def _fits_others(self, row: int, kinds: frozenset[str]) -> bool:
        """True when a product is declared for products of these kinds: then it must be declared for the anchor."""
        return not kinds.isdisjoint(self._made_for(row))

    def _made_for(self, row: int) -> frozenset[str]:
        """The kinds of the products that a product is declared to work with, either way round."""
        known = self._declared_kinds[row]
        if known is None:
            declared = self._shop.companions.declared.get(self._shop.rows[row].product_id, ())
            known = frozenset(self._kinds[self._shop.row_of[other]] for other, _ in declared)
            self._declared_kinds[row] = known
        return known

    def _fit(self, row: int, anchors: Sequence[int]) -> Fit | None:
        """The best fit with one of the anchors."""
        found = [fit for anchor in anchors if (fit := fit_sides(self._read(anchor), self._read(row)))]
        return max(found, key=lambda fit: fit.score, default=None)

    def _read(self, row: int) -> Sides:
        known = self._sides[row]
        if known is None:
            known = self._sides[row] = sides(self._shop.rows[row])
        return known


def _keep_stronger(found: dict[str, Companion], companion: Companion) -> None:
    known = found.get(companion.product_id)
    if known is None or companion.score > known.score:
        found[companion.product_id] = companion
