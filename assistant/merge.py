"""Demands put on top of those in force: what is set replaces, and what is dropped, lifted or taken back goes.

Knows constraints and what one message demands. Knows nothing of sessions and of what is sought.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from assistant.demands import Demands
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, Constraints, Span, fold
from index.lexical import terms

State = TypeVar("State", Constraints, Demands)


def kept_across_topics(constraints: Constraints, *, budget: bool) -> Constraints:
    # A brand that somebody will not have and "in stock only" outlast the topic; a budget does where that is said.
    return Constraints(
        price_min=constraints.price_min if budget else None,
        price_max=constraints.price_max if budget else None,
        not_brands=constraints.not_brands,
        in_stock=constraints.in_stock,
    )


def merged(base: Constraints, demands: Demands, words: Vocabulary) -> Constraints:
    """The constraints in force after the message: what it drops is dropped, what it sets replaces."""
    dropped: list[str] = [key for key in ("brands", "in_stock") if key in demands.dropped]
    if "price" in demands.dropped:
        dropped += ["price_min", "price_max"]
    if "brands" in demands.dropped:
        dropped.append("not_brands")
    if "attributes" in demands.dropped:
        dropped += ["attributes", "not_attributes"]
    kept = base.without(*dropped)
    attributes = {
        name: value for name, value in kept.attributes.items() if not ("color" in demands.dropped and "colo" in name)
    }
    low, high = demands.price_min, demands.price_max
    wanted = {fold(name) for name in (*demands.brands, *demands.allowed_brands)}
    refused = {fold(name) for name in demands.not_brands}
    return replace(
        kept,
        price_min=low if low is not None else None if _above(kept.price_min, high) else kept.price_min,
        price_max=high if high is not None else None if _above(low, kept.price_max) else kept.price_max,
        brands=demands.brands or tuple(name for name in kept.brands if fold(name) not in refused),
        not_brands=tuple(
            dict.fromkeys((*(name for name in kept.not_brands if fold(name) not in wanted), *demands.not_brands))
        ),
        not_categories=tuple(
            dict.fromkeys((*kept.not_categories, *(words.kind_names[key] for key in demands.not_kinds)))
        ),
        attributes=apart(attributes, demands.not_attributes) | dict(demands.attributes),
        not_attributes=apart(kept.not_attributes, demands.attributes) | dict(demands.not_attributes),
        in_stock=kept.in_stock or demands.in_stock,
    )


def apart(kept: Mapping[str, AttributeDemand], said: Mapping[str, AttributeDemand]) -> dict[str, AttributeDemand]:
    """The demands kept, without those that the opposite ones of the message take back: "not black" after "black"."""
    return {name: demand for name, demand in kept.items() if name not in said or not _overlap(demand, said[name])}


def _overlap(one: AttributeDemand, other: AttributeDemand) -> bool:
    if isinstance(one, Span) or isinstance(other, Span):
        return one == other
    return not {fold(value) for value in one}.isdisjoint(fold(value) for value in other)


def lifted(state: State, dropped: Sequence[str]) -> State:
    """The state without the demands that the dropped words speak of: "forget the backlight", "black is not a must"."""
    gone = {term for word in dropped for term in terms(word)}
    if not gone:
        return state
    said = set(map(value_key, dropped))
    return replace(
        state,
        brands=tuple(name for name in state.brands if gone.isdisjoint(terms(name))),
        not_brands=tuple(name for name in state.not_brands if gone.isdisjoint(terms(name))),
        attributes=_left(state.attributes, gone, said),
        not_attributes=_left(state.not_attributes, gone, said),
    )


def _left(
    demands: Mapping[str, AttributeDemand], gone: Collection[str], said: Collection[str]
) -> dict[str, AttributeDemand]:
    """The demands without values that are `said`, and without those of which a term is `gone`."""
    found: dict[str, AttributeDemand] = {}
    for name, demand in demands.items():
        values = () if isinstance(demand, Span) else demand
        # "Forget wifi 7" leaves the other of two.
        left = tuple(value for value in values if value_key(value) not in said)
        if len(left) < len(values):
            found |= {name: left} if left else {}
        elif set(gone).isdisjoint(terms(" ".join((name.replace("_", " "), *values)))):
            found[name] = demand
    return found


def _above(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high
