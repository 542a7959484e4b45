"""The constraints in force, one by one, as chips that can be taken away.

A chip's key names what is in force; `without_chip` is the request once it no longer is. Knows nothing of the page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.cards import ORDERS, constraint_parts, money, order_text
from assistant.dialogue import Request
from assistant.interface import DEFAULT, Texts, texts_of
from assistant.tokens import WORD
from index.catalog import AttributeDemand, Span, fold
from index.folder import Shop

_LISTS = ("brands", "categories", "not_brands", "not_categories")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing in force: `key` names it to `without_chip`, `text` to the shopper."""

    key: str
    text: str


def chips(request: Request, shop: Shop, texts: Texts | None = None) -> tuple[Chip, ...]:
    """What is in force after a request and can be taken away, in a fixed order and the language of the texts."""
    return tuple(_chips(request, shop, texts or texts_of(DEFAULT)))


def without_chip(request: Request, key: str) -> Request:
    """The request without what the key names; the words of it are no longer looked for. ValueError for no such chip."""
    name, _, value = key.partition(":")
    held = request.constraints
    if name in ("price_min", "price_max", "in_stock", "exclude_ids"):
        return replace(request, constraints=held.without(name))
    if name == "order":
        return replace(request, order="", count=None)
    if name == "around":
        return replace(request, around=None, preferences=())
    if name == "gift":
        return replace(request, gift=False)
    if name in _LISTS:
        kept: Any = tuple(one for one in getattr(held, name) if fold(one) != fold(value))
        return replace(
            request, constraints=replace(held, **{name: kept}), query=_query_without(request.query, (value,))
        )
    if name in ("attributes", "not_attributes"):
        demands: Mapping[str, AttributeDemand] = getattr(held, name)
        demand = demands.get(value, ())
        said = () if isinstance(demand, Span) or name == "not_attributes" else demand
        kept_demands: Any = {one: wanted for one, wanted in demands.items() if one != value}
        return replace(
            request,
            constraints=replace(held, **{name: kept_demands}),
            query=_query_without(request.query, said),
        )
    raise ValueError(f"chip {key!r}, expected the key of one in force")


def _chips(request: Request, shop: Shop, texts: Texts) -> Iterator[Chip]:
    for key, text in constraint_parts(request.constraints, shop.currency, texts):
        in_all = key == "price_max" and request.bundle
        yield Chip(key, texts["chip.in_all"].format(text=text) if in_all else text)
    if request.around is not None:
        yield Chip("around", texts["chip.around"].format(amount=money(request.around, shop.currency, short=True)))
    if request.order in ORDERS:
        yield Chip("order", order_text(request.order, texts))
    if request.gift:
        yield Chip("gift", texts["chip.gift"])


def _query_without(query: str, values: tuple[str, ...]) -> str:
    gone = {fold(word) for value in values for word in WORD.findall(value)}
    return " ".join(word for word in query.split() if fold(word) not in gone)
