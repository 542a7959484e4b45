"""What is remembered of a shopper: read off the purchases and ratings, shown as a list, and taken back one by one.

A belief is true of the records or it is not listed. Every function returns a new session; knows nothing of the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from assistant.cards import money
from assistant.dialogue import Memory, Session, owns_key
from assistant.explain import short_name
from index.catalog import Product, attribute_values, fold, forms
from index.folder import Shop

OWNED_LISTED = 12
"""Purchases that are listed, newest first; older ones still count in the answers."""

_BRAND_PURCHASES = 2
_BRANDS_LISTED = 3
_WORN = re.compile(r"X{0,4}[SML]|\d{1,2}(?:[.,]5)?(?: ?(?:EU|US|UK))?", re.IGNORECASE)
"""How sizes of clothes and shoes are written; a mouse pad is "large"."""
_PRICED = 3
"""Purchases with a price from which a price level is told."""


@dataclass(frozen=True, slots=True)
class Belief:
    """One thing remembered; `kind` is "owns", "brand", "size", "price", "liked" or "disliked"."""

    key: str
    text: str
    kind: str


def beliefs(session: Session, shop: Shop) -> tuple[Belief, ...]:
    """What is remembered of the shopper and not taken back, the newest purchases first."""
    owned = _owned(session, shop)
    found = [Belief(owns_key(one.product_id), f"You bought {_name(one)}", "owns") for one in owned[:OWNED_LISTED]]
    found += _of_purchases(owned, shop)
    for kind, ids, said in (
        ("liked", session.memory.liked, "You like"),
        ("disliked", session.memory.disliked, "You do not want"),
    ):
        found += [
            Belief(f"{kind}:{one}", f"{said} {_name(shop.products[one])}", kind) for one in ids if one in shop.products
        ]
    gone = set(session.memory.forgotten)
    return tuple(one for one in found if one.key not in gone)


def favourite_sizes(session: Session, shop: Shop) -> frozenset[str]:
    """The sizes, folded, that the shopper bought and did not take back."""
    gone = set(session.memory.forgotten)
    return frozenset(
        size for size in _sizes(_owned(session, shop)) if f"size:{size}" not in gone and not session.memory.history_off
    )


def usual_price(session: Session, shop: Shop) -> float | None:
    """What the shopper usually pays: the median of the purchases' prices; None for fewer than three, or forgotten."""
    if "price" in session.memory.forgotten:
        return None
    prices = [float(one.price) for one in _owned(session, shop) if one.price is not None]
    return median(prices) if len(prices) >= _PRICED else None


def forget(session: Session, key: str, shop: Shop) -> Session:
    """The session without the belief: a purchase counts no longer, nor do those of a brand; a rating is taken back."""
    kind, _, what = key.partition(":")
    if kind in ("liked", "disliked"):
        return unrated(session, what)
    keys = [key]
    if kind == "brand":
        keys += [owns_key(one.product_id) for one in _owned(session, shop) if fold(one.brand) == fold(what)]
    return _with(session, forgotten=(*session.memory.forgotten, *keys))


def recall(session: Session, key: str, shop: Shop) -> Session:
    """The session with a forgotten belief back, and with a brand its purchases."""
    keys = {key}
    if key.startswith("brand:"):
        brand = fold(key.removeprefix("brand:"))
        keys |= {owns_key(one) for one in session.history if _brand(one, shop) == brand}
    return _with(session, forgotten=tuple(one for one in session.memory.forgotten if one not in keys))


def like(session: Session, product_id: str) -> Session:
    """The session in which the shopper likes the product: what is near it comes first."""
    free = unrated(session, product_id).memory
    return _with(session, liked=(*free.liked, product_id), disliked=free.disliked)


def dislike(session: Session, product_id: str) -> Session:
    """The session in which the product is not wanted: it is not shown again, and what is near it comes later."""
    free = unrated(session, product_id).memory
    return _with(session, liked=free.liked, disliked=(*free.disliked, product_id))


def unrated(session: Session, product_id: str) -> Session:
    """The session in which the product is neither liked nor disliked."""
    memory = session.memory
    return _with(
        session,
        liked=tuple(one for one in memory.liked if one != product_id),
        disliked=tuple(one for one in memory.disliked if one != product_id),
    )


def with_history(session: Session, on: bool) -> Session:
    """The session in which purchases count, or do not."""
    return replace(session, memory=replace(session.memory, history_off=not on))


def _with(
    session: Session,
    *,
    forgotten: tuple[str, ...] | None = None,
    liked: tuple[str, ...] | None = None,
    disliked: tuple[str, ...] | None = None,
) -> Session:
    was = session.memory
    return replace(
        session,
        memory=Memory(
            forgotten=tuple(dict.fromkeys(was.forgotten if forgotten is None else forgotten)),
            liked=was.liked if liked is None else liked,
            disliked=was.disliked if disliked is None else disliked,
            history_off=was.history_off,
        ),
    )


def _owned(session: Session, shop: Shop) -> list[Product]:
    """The purchases that count, newest first, each once."""
    return [shop.products[one] for one in dict.fromkeys(reversed(session.remembered)) if one in shop.products]


def _of_purchases(owned: Sequence[Product], shop: Shop) -> Iterator[Belief]:
    """What the purchases say together."""
    brands = Counter(one.brand for one in owned if one.brand)
    for brand, count in brands.most_common(_BRANDS_LISTED):
        if count >= _BRAND_PURCHASES:
            yield Belief(f"brand:{brand}", f"You often buy {brand} ({count} things)", "brand")
    for size, written in _sizes(owned).items():
        yield Belief(f"size:{size}", f"Your size: {written}", "size")
    prices = [one.price for one in owned if one.price is not None]
    if len(prices) >= _PRICED:
        yield Belief("price", f"You usually pay about {money(median(prices), shop.currency)}", "price")


def _sizes(owned: Sequence[Product]) -> dict[str, str]:
    """The sizes of what is worn among the purchases, folded, as they are written. What comes in several sizes tells
    none: which one was bought is on no record.
    """
    single = [values[0] for one in owned if len(values := _all_sizes(one)) == 1]
    return {fold(value): value for value in single if _WORN.fullmatch(value.strip())}


def _all_sizes(product: Product) -> tuple[str, ...]:
    varied = [value for one in forms(product) for value in attribute_values(one, "size")]
    return tuple(dict.fromkeys((*attribute_values(product, "size"), *varied)))


def _name(product: Product) -> str:
    return f"the {short_name(product)}"


def _brand(product_id: str, shop: Shop) -> str:
    return fold(shop.products[product_id].brand) if product_id in shop.products else ""
