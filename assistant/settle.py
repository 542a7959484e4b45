"""Where the rules and the language model read a message differently: which of them is believed, field by field.

The policy, measured on development messages (docs/decisions.md): a price that the rules find is theirs, because their
patterns say which number bounds what; what either reads as refused is refused, because a thing shown against a refusal
costs more trust than a thing left out; what is sought, and what the message does, is the model's reading.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.demands import Demands
from assistant.reading import Reading
from index.catalog import AttributeDemand, Span, fold
from index.lexical import terms


def settle(rules: Reading, model: Reading | None) -> Reading:
    """One reading out of two; the rules' own when the model has none."""
    if model is None:
        return rules
    demands = settled_demands(_without(rules.demands, model.dropped), model.demands)
    refused = {word for name in demands.not_brands for word in fold(name).split()}
    # Who goes on names little that is sought, and tells stories: "silver, everything on my desk is silver".
    spoken = model.sought if model.carries_on else rules.sought or model.sought
    sought = tuple(word for word in spoken if fold(word) not in refused)
    kinds = model.demands.kinds or (() if model.carries_on else rules.demands.kinds)
    return replace(
        model,
        demands=replace(demands, kinds=kinds),
        sought=sought,
        anchors=model.anchors or (rules.anchors if rules.act == model.act else ()),
        anchor_text=model.anchor_text or (rules.anchor_text if rules.act == model.act else ""),
        bundle=rules.bundle or model.bundle,
        same_budget=rules.same_budget,
    )


def _without(demands: Demands, dropped: Sequence[str]) -> Demands:
    """The demands without those that the model reads as let go: "it need not be black" refuses nothing."""
    gone = {term for text in dropped for term in terms(text)}
    if not gone:
        return demands

    def stays(demand: AttributeDemand) -> bool:
        return isinstance(demand, Span) or gone.isdisjoint(terms(" ".join(demand)))

    return replace(
        demands,
        brands=tuple(name for name in demands.brands if gone.isdisjoint(terms(name))),
        not_brands=tuple(name for name in demands.not_brands if gone.isdisjoint(terms(name))),
        attributes={name: demand for name, demand in demands.attributes.items() if stays(demand)},
        not_attributes={name: demand for name, demand in demands.not_attributes.items() if stays(demand)},
    )


def settled_demands(rules: Demands, model: Demands) -> Demands:
    """What is demanded, out of both readings."""
    priced = rules if _priced(rules) else model
    refused = {fold(name): name for name in (*rules.not_brands, *model.not_brands)}
    return replace(
        model,
        price_min=priced.price_min,
        price_max=priced.price_max,
        around=priced.around,
        brands=tuple(name for name in model.brands if fold(name) not in refused),
        not_brands=tuple(refused.values()),
        allowed_brands=rules.allowed_brands,
        not_kinds=tuple(dict.fromkeys((*rules.not_kinds, *model.not_kinds))),
        attributes={**model.attributes, **rules.attributes},
        not_attributes={**model.not_attributes, **rules.not_attributes},
        in_stock=rules.in_stock or model.in_stock,
        dropped=rules.dropped | model.dropped,
        order=model.order or rules.order,
        count=model.count if model.count is not None else rules.count,
        unread=rules.unread,
        rest=rules.rest,
    )


def _priced(demands: Demands) -> bool:
    return any(one is not None for one in (demands.price_min, demands.price_max, demands.around))
