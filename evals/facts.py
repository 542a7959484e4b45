"""What is known to be so around one reply: which products were shown, owned or put into the cart, and what was said.

Knows the session and the store; nothing of what a reply claims.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assistant.dialogue import Reply, Session
from assistant.explain import short_name
from assistant.prices import read_prices
from evals.store_words import NUMBER, StoreWords, joined, tokens, value_of
from index.catalog import minor_digits

_SAID_NUMBER = re.compile(rf"(?P<n>{NUMBER})(?P<k>\s?k\b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply beside what was there before it: the shopper's message and the session it came in."""

    message: str
    before: Session
    reply: Reply


@dataclass(frozen=True, slots=True)
class Said:
    """One text that is shown; `about` are the products that it stands beside. A quick reply is the shopper's to say."""

    text: str
    about: tuple[str, ...] = ()
    by_shopper: bool = False


class Facts:
    """What is known to be so around one reply."""

    def __init__(self, turn: Turn, store: StoreWords) -> None:
        self.store = store
        self.language = turn.reply.request.language
        self.act = turn.reply.request.act
        reply, before, after = turn.reply, turn.before, turn.reply.session
        self.messages = [*(one.message for one in before.turns), turn.message]
        shown = tuple(one.product.product_id for one in reply.recommendations)
        compared = reply.comparison.product_ids if reply.comparison is not None else ()
        owned = (*before.history, *before.memory.liked, *before.memory.disliked)
        carts = (before.cart, after.cart)
        in_carts = tuple(line.product_id for cart in carts for line in cart)
        near = (*shown, *reply.nearest, *compared, *reply.request.anchor_ids, *reply.request.options, *in_carts)
        self.near = tuple(dict.fromkeys(one for one in near if one in store.products))
        known = (*self.near, *before.seen, *after.seen, *owned)
        self.known = tuple(dict.fromkeys(one for one in known if one in store.products))
        self.names = {one: name for one in self.known if (name := tokens(short_name(store.products[one])))}
        self.records = [store.record(one) for one in self.known]
        self.spoken = joined(self.messages)
        self.said = frozenset(amount for message in self.messages for amount in _said_amounts(message))
        limits = (reply.request.constraints.price_max, reply.request.constraints.price_min, reply.request.around)
        self.limits = frozenset(one for one in limits if one is not None)
        self.pieces: dict[str, set[int]] = {}
        for cart in carts:
            for line in cart:
                self.pieces.setdefault(line.product_id, set()).add(line.quantity)
        self.totals = frozenset(self._totals(shown, tuple(reply.nearest), before, after))

    def _totals(
        self, shown: Sequence[str], nearest: Sequence[str], before: Session, after: Session
    ) -> Iterator[Decimal]:
        products = self.store.products
        for ids in (shown, nearest, before.shown):
            yield sum((products[one].price or Decimal(0) for one in ids if one in products), Decimal(0))
        for cart in (before.cart, after.cart):
            rows = [self.store.rows(line.product_id, line.quantity) for line in cart]
            full = sum((row[0] for row in rows), Decimal(0))
            for way in range(1, 3):
                paid = sum((row[way] for row in rows), Decimal(0))
                yield from (full, paid, full - paid)
        prices = [price for one in before.remembered if one in products and (price := products[one].price) is not None]
        if prices:
            usual = median(prices)
            yield from (usual, usual.quantize(Decimal(1)))

    def allowed(self, about: Sequence[str], beside: Sequence[str]) -> frozenset[Decimal]:
        """The amounts that a text about these products may name, which it may compare with those `beside` them."""
        own = {amount for one in about for amount in self._of(one)}
        prices = [self._price(one) for one in about]
        others = [self._price(one) for one in beside]
        apart = {abs(one - other) for one in prices for other in others if one is not None and other is not None}
        over = {abs(one - limit) for one in prices for limit in self.limits if one is not None}
        # "Cheaper than this" sets a limit of one minor unit less.
        step = Decimal(1).scaleb(-minor_digits(self.store.currency))
        just_under = {price - step for one in self.known if (price := self._price(one)) is not None}
        limits = {limit for limit in self.limits if limit in self.said or limit in just_under}
        return frozenset(own | apart | over | limits | self.said | self.totals | self.store.house_amounts)

    def _of(self, product_id: str) -> Iterator[Decimal]:
        yield from self.store.prices(product_id)
        for pieces in self.pieces.get(product_id, ()):
            yield from self.store.rows(product_id, pieces)

    def _price(self, product_id: str) -> Decimal | None:
        return self.store.products[product_id].price

    def named_in(self, text: str) -> tuple[str, ...]:
        """The known products that a text names, those of the reply before all others."""
        words = f" {tokens(text)} "
        named = [one for one, name in self.names.items() if f" {name} " in words]
        return tuple(one for one in named if one in self.near) or tuple(named)


def _said_amounts(message: str) -> Iterator[Decimal]:
    """Every number of a message, since any may be meant as an amount: "50", "1.2k", "fifty bucks"."""
    for found in _SAID_NUMBER.finditer(message):
        yield value_of(found["n"]) * (1000 if found["k"] else 1)
    read = read_prices(message)
    yield from (one for one in (read.low, read.high, read.around) if one is not None)
