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

_SHORT = 6
"""Words of a message that has no room for a story: a kind that it names is sought."""


def settle(rules: Reading, model: Reading | None, text: str) -> Reading:
    """One reading of the text out of two; the rules' own when the model has none."""
    if model is None or _states_a_demand(rules, model) or _seeks_for_a_thing(rules, model):
        return rules
    demands = settled_demands(_without(rules.demands, model.dropped), model.demands)
    refused = {word for name in demands.not_brands for word in fold(name).split()}
    # Who goes on names little that is sought, and tells stories: "silver, everything on my desk is silver".
    spoken = model.sought if model.carries_on else rules.sought or model.sought
    sought = tuple(word for word in spoken if fold(word) not in refused)
    kinds = model.demands.kinds or (() if model.carries_on else rules.demands.kinds)
    another = not kinds and bool(rules.demands.kinds) and not rules.carries_on and len(text.split()) <= _SHORT
    if another:
        # "and milk": a short message that names a kind seeks it.
        demands = replace(demands, not_kinds=())
        kinds, sought = rules.demands.kinds, rules.sought
    pointed = model.act == rules.act and bool(rules.anchors or rules.anchor_text)
    if pointed and model.act == "goes_with":
        # The rules cut out what names the anchor: what goes with this laptop is no laptop.
        kinds, sought = rules.demands.kinds, rules.sought
    bundle = rules.bundle or model.bundle
    if bundle and demands.price_max is None and demands.around is not None:
        demands = replace(demands, price_max=demands.around, around=None)
    if demands.in_stock and not rules.demands.in_stock and "stock" not in text.lower():
        demands = replace(demands, in_stock=False)
    return replace(
        model,
        demands=replace(demands, kinds=kinds),
        carries_on=model.carries_on and not another,
        sought=sought,
        anchors=rules.anchors if pointed else model.anchors,
        anchor_text=rules.anchor_text if pointed else model.anchor_text,
        bundle=bundle,
        same_budget=rules.same_budget,
    )


def _states_a_demand(rules: Reading, model: Reading) -> bool:
    """True when the model reads a comparison where the rules read a price or a maker: "between 200 and 400"."""
    return model.act == "compare" and rules.act == "find" and (_priced(rules.demands) or bool(rules.demands.brands))


def _seeks_for_a_thing(rules: Reading, model: Reading) -> bool:
    """True for "a bag for a 14 inch laptop": nobody's laptop in particular, so the words say best what is sought."""
    return model.act == "goes_with" and not model.anchors and rules.act == "find" and bool(rules.demands.kinds)


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
