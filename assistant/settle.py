"""Where the rules and the language model read a message differently: which of them is believed, field by field.

The policy, measured on development messages (docs/decisions.md): a price that the rules find is theirs, because their
patterns say which number bounds what; what either reads as refused is refused, because a thing shown against a refusal
costs more trust than a thing left out; what is sought, and what the message does, is the model's reading.
"""

from dataclasses import replace

from assistant.demands import Demands
from assistant.reading import Reading
from index.catalog import fold


def settle(rules: Reading, model: Reading | None) -> Reading:
    """One reading out of two; the rules' own when the model has none."""
    if model is None:
        return rules
    demands = settled_demands(rules.demands, model.demands)
    refused = {word for name in demands.not_brands for word in fold(name).split()}
    sought = tuple(word for word in rules.sought or model.sought if fold(word) not in refused)
    return replace(
        model,
        demands=demands,
        sought=sought,
        anchors=model.anchors or (rules.anchors if rules.act == model.act else ()),
        anchor_text=model.anchor_text or (rules.anchor_text if rules.act == model.act else ""),
        bundle=rules.bundle or model.bundle,
        same_budget=rules.same_budget,
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
        kinds=model.kinds or rules.kinds,
        order=model.order or rules.order,
        count=model.count if model.count is not None else rules.count,
        unread=rules.unread,
        rest=rules.rest,
    )


def _priced(demands: Demands) -> bool:
    return any(one is not None for one in (demands.price_min, demands.price_max, demands.around))
