"""The whole turn on one screen: understand, retrieve, rank, explain, ground.

A pipeline holds one state of one catalogue for as long as it lives; `Assistant` says which is asked.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import answer_text, nearest_text
from assistant.bundle import Bundle, bundle_first, swapped
from assistant.dialogue import Candidate, Event, Products, RationaleText, Recommendation, Reply, Request, Session, Turn
from assistant.explain import evidence_for, plain_facts, write_rationales
from assistant.house import guides_for
from assistant.llm import ChatModel, Stop
from assistant.multilingual import ForeignKinds, is_installed
from assistant.purpose import kinds_for
from assistant.quick import next_steps
from assistant.rank import Ranker, with_words
from assistant.retrieve import Retriever
from assistant.said import said
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints
from index.folder import Shop
from index.kinds import kind_key_of
from index.promotions import offers_for

_OFFER_WORDS = 0.5
"""The share of the best words score that makes a product one of "all offers for ..."."""


class Pipeline:
    """The stages over one shop as it was when it was opened; sessions are values, so it serves many shoppers.

    The `reader` reads messages beside the rules, the `writer` writes rationales; without one, rules alone read, and
    rationales are plain facts.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        reader: ChatModel | None,
        writer: ChatModel | None,
        ranker: Ranker,
        show: int,
        k: int,
        today: Callable[[], date],
    ) -> None:
        self.shop = shop
        self._reader = reader
        self._writer = writer
        self._words = Vocabulary(shop.rows, shop.lexical, shop.embedder.embed, shop.popularity)
        if is_installed():
            self._words.foreign_kind = ForeignKinds(self._words.kind_names.values())
        self._retriever = Retriever(shop)
        self._rank = ranker
        self._show = show
        self._k = k
        self._today = today

    def candidates(self, session: Session, message: str) -> tuple[Request, list[Candidate]]:
        """What a message asks for, and what could answer it, in no order: for measuring one ranker against another."""
        request = understand(session, message, self.shop, self._words, self._reader)
        if not request.wants_products:
            return request, []
        return request, self._retriever.retrieve(request, session.spoken_for(request), self._k)

    def stream(self, session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        """The answer as it comes: products first, rationale text as it is written, the reply last.

        A set `stop` ends the writing; the reply then carries what was finished, and plain facts for the rest.
        """
        stop = stop or Stop()
        clock = _Clock()
        request = understand(session, message, self.shop, self._words, self._reader)
        clock.lap("understand")
        if request.deed == "swap":
            yield from self.swap(session, request.options[0], stop, message)
            return
        if request.wants_products:
            yield from self._shown(session, message, request, stop, clock)
            return
        answer = said(request, session, self.shop, self._today())
        reply = _reply(answer.session, message, request, answer.text, clock)
        yield replace(reply, comparison=answer.comparison, passages=answer.passages, quick=answer.quick)

    def again(self, session: Session, request: Request, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        """The answer to a request that was changed without a message, as when a chip is taken away."""
        yield from self._shown(session, message, replace(request, doubts=()), stop or Stop(), _Clock())

    def swap(self, session: Session, product_id: str, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        """The set shown last with another product in the place of one; the same set where there is no other.

        ValueError when the product is in no set shown last.
        """
        request, shown = session.topic, session.shown
        if request is None or not request.bundle or product_id not in shown:
            raise ValueError(f"product {product_id!r} is in no set shown last, so it cannot be swapped")
        clock = _Clock()
        sought = self._with_purpose(request)
        ranked = self._rank(self._retriever.retrieve(sought, session.spoken_for(request), self._k), sought)
        members = swapped(ranked, shown, product_id, request, session.seen, self._retriever.companion_finder.clash)
        yield from self._told(session, message, request, members, ranked[: self._k], stop or Stop(), clock)

    def _shown(self, session: Session, message: str, request: Request, stop: Stop, clock: "_Clock") -> Iterator[Event]:
        """The products of a request: retrieved, ranked, and told."""
        who = session.spoken_for(request)
        sought = self._with_purpose(request)
        candidates = self._retriever.retrieve(sought, who, self._k)
        clock.lap("retrieve")
        ranked, together = self._with_bundle(self._rank(candidates, sought), sought)
        ranked = ranked[: self._k]
        clock.lap("rank")
        if not ranked or misses_kind(ranked, request):
            yield self._nearest(session, message, request, clock)
            return
        chosen = list(together.candidates) or self._chosen(ranked, request, sought.kinds)
        yield from self._told(session, message, request, chosen, ranked, stop, clock)

    def _told(
        self,
        session: Session,
        message: str,
        request: Request,
        chosen: Sequence[Candidate],
        ranked: Sequence[Candidate],
        stop: Stop,
        clock: "_Clock",
    ) -> Iterator[Event]:
        """The chosen products as they are told: first themselves, then a reason for each, then the whole reply."""
        shown = tuple(self._recommended(chosen, request, session.spoken_for(request)))
        text = answer_text(request, shown, self.shop)
        clock.mark("first_products")
        yield Products(text, shown, request)
        clock.lap("evidence")
        # The model writes for as many as are usually shown; of a long list the rest is told by plain facts.
        written, rest = (shown[: self._show], shown[self._show :]) if self._writer else ((), shown)
        if self._writer:
            for event in write_rationales(self._writer, written, stop):
                if isinstance(event, RationaleText):
                    yield event
                else:
                    written = event
        shown = (*written, *(replace(one, rationale=plain_facts(one.evidence)) for one in rest))
        clock.lap("explain")
        ids = tuple(one.product.product_id for one in ranked)
        reply = _reply(session, message, request, text, clock, shown=shown, product_ids=ids)
        quick = next_steps(request, shown, session, self.shop)
        yield replace(reply, guides=guides_for(request, self.shop), quick=quick)

    def _with_purpose(self, request: Request) -> Request:
        """The request with the kinds that its purpose takes, where a set is asked for and none is named."""
        kinds = kinds_for(request, self.shop)
        return replace(request, kinds=kinds) if kinds else request

    def _with_bundle(self, ranked: list[Candidate], request: Request) -> tuple[list[Candidate], Bundle]:
        """The ranking, and the bundle at its head when a set is asked for."""
        if not request.bundle:
            return ranked, Bundle()
        kinds = {one.product.product_id: kind_key_of(one.product) for one in ranked}
        clash = self._retriever.companion_finder.clash
        return bundle_first(ranked, request, kinds, self.shop.companions, clash, self.shop.currency)

    def _chosen(self, ranked: Sequence[Candidate], request: Request, kinds: Sequence[str]) -> list[Candidate]:
        """The ones to show: of the kind that was asked for, as many as were asked for; `kinds` are those sought."""
        count = request.count or self._show
        if request.kinds:
            return _of_kind(ranked)[:count] or list(ranked[:count])
        if len(kinds) > 1:
            # A present for somebody who likes to travel is not four rucksacks.
            return _in_turns(_of_kind(ranked), count) or list(ranked[:count])
        if request.query or request.order:
            if count <= self._show:
                return list(ranked[:count])
            # "All offers for ..." is answered with what has the words, not with whatever is left of the shop.
            return with_words(ranked, _OFFER_WORDS)[:count]
        return _in_turns(ranked, count)

    def _recommended(self, chosen: Sequence[Candidate], request: Request, session: Session) -> Iterator[Recommendation]:
        products = [one.product for one in chosen]
        for one in chosen:
            evidence = evidence_for(one, request, session, self.shop, products)
            offers = offers_for(one.product, self.shop.promotions, self._today(), self.shop.currency)
            yield Recommendation(one.product, evidence=evidence, signals=one.signals, score=one.score, offers=offers)

    def _nearest(self, session: Session, message: str, request: Request, clock: "_Clock") -> Reply:
        """Nothing satisfies the constraints: the nearest products, with what they miss."""
        free = replace(request, constraints=Constraints(exclude_ids=request.constraints.exclude_ids), unknown="")
        ranked = self._rank(self._retriever.retrieve(free, session.spoken_for(request), self._k), free)
        kind = _of_kind(ranked) if request.kinds else ranked
        missed = [(one, request.constraints.misses(one.product)) for one in kind or ranked]
        missed = [(one, misses) for one, misses in missed if misses or request.unknown]
        # A refused brand or thing is no near miss; a price a little over the limit is.
        hard = ("not_brands", "not_categories", "not_attributes", "exclude_ids")
        missed.sort(key=lambda pair: (any(key in hard for key in pair[1]), len(pair[1]), _over(pair[0], request)))
        nearest = {one.product.product_id: misses for one, misses in missed[: self._show]}
        text = nearest_text(request, nearest, self.shop)
        return _reply(session, message, request, text, clock, nearest=nearest)


def _of_kind(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Those of a kind that is sought; all of them where none is."""
    return [one for one in ranked if one.signals.get("kind", 1.0) > 0]


def _in_turns(ranked: Sequence[Candidate], count: int) -> list[Candidate]:
    """One product of each kind before a second one of any, the best first."""
    seen: Counter[str] = Counter()
    turns = []
    for place, one in enumerate(ranked[: 5 * count]):
        kind = kind_key_of(one.product)
        turns.append((seen[kind], place, one))
        seen[kind] += 1
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])[:count]]


def misses_kind(found: Sequence[Candidate], request: Request) -> bool:
    """True when a kind was asked for, the shop has it, and nothing of it satisfies the constraints."""
    return bool(request.constraints) and bool(request.kinds) and not any(one.signals.get("kind") for one in found)


def _over(candidate: Candidate, request: Request) -> float:
    price, high, low = candidate.product.price, request.constraints.price_max, request.constraints.price_min
    if price is None:
        return float("inf")
    if high is not None and price > high:
        return float(price - high)
    return float(low - price) if low is not None and price < low else 0.0


def _reply(
    session: Session,
    message: str,
    request: Request,
    text: str,
    clock: "_Clock",
    *,
    shown: tuple[Recommendation, ...] = (),
    product_ids: tuple[str, ...] = (),
    nearest: dict[str, tuple[str, ...]] | None = None,
) -> Reply:
    ids = tuple(one.product.product_id for one in shown) or tuple(nearest or ())
    turn = Turn(message=message, request=request, text=text, shown_ids=ids)
    return Reply(
        text=text,
        request=request,
        session=replace(session, turns=(*session.turns, turn)),
        recommendations=shown,
        product_ids=product_ids,
        nearest=nearest or {},
        seconds=clock.seconds(),
    )


class _Clock:
    """Seconds of the stages of one turn."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._seconds: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """The time since the last lap belongs to this stage."""
        now = time.perf_counter()
        self._seconds[stage] = now - self._last
        self._last = now

    def mark(self, name: str) -> None:
        """The time since the start, under this name."""
        self._seconds[name] = time.perf_counter() - self._start

    def seconds(self) -> dict[str, float]:
        """What was measured, with the total so far; stages that were not reached are absent."""
        return {**self._seconds, "total": time.perf_counter() - self._start}
