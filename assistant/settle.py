"""Where the rules and the language model read a message differently: which of them is believed, field by field.

The policy, measured on development messages (docs/decisions.md): a price or a measure that the rules find is theirs,
because their patterns say which number bounds what; so is a refusal, and what they read for sure: harm, a question about
the shop, a parting, another thing asked for in so many words. What the message seeks and does otherwise, and whether it
goes on with what was sought, is the model's reading; what it drops or refuses without a word for it is not believed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.demands import Demands
from assistant.merge import lifted
from assistant.phrases import ALARMING, ASKS, COMPARES, IN_OTHER, NEGATIONS, NOT_A_NEGATION
from assistant.reading import Reading
from index.catalog import fold

_SHORT = 6
"""Words of a message that has no room for a story: a kind that it names is sought."""
_TALE = 20
"""Words from which a message tells a story, in which the rules lose what is sought."""
_SURE_ACTS = frozenset({"unsafe", "shop_question", "thanks", "chat"})
"""Acts that the rules read only where the words leave no doubt."""
_LETS_GO = re.compile(
    r"\b(?:forget|drop|nvm|never ?mind|ignore|skip|scrap|lose|leave|remove|without|matters?|must|need|care|any(?:thing)?|what(?:so)?ever|which(?:so)?ever|ok(?:ay)?|fine"
    r"|alright|all right|no longer|not important|instead|other|else|change|changed|rather|either|too|also|allowed|after all)\b",
    re.IGNORECASE,
)
_NEED_NOT = re.compile(
    r"\b(?:need(?: not|n['’]?t)|(?:do|does|is|are|need)(?: not|n['’]?t) (?:have|need|necessarily)|not (?:a must|necessary|needed|required|important)|no need)\b",
    re.IGNORECASE,
)
_NO_MONEY = (
    r"(?:gb|tb|inch|inches|in|cm|mm|kg|g|oz|ounces|lbs?|hz|khz|w|watts?|mah|lm|lumens?|l|ml|m|am|pm|years?|yrs?|months?|days?|weeks?|hours?|mins?|minutes?|people|persons?|kids?"
    r"|ports?|pieces?|packs?|count|ct|k?va|%|x\b|floors?|rooms?|monitors?|buttons?|megapixels?|mp|dpi|sqm|m2)\b"
)
_ORDERS = re.compile(
    r"\b(?:cheap\w*|expensive|priciest|pricier|by price|dear\w*|best|rated|ratings?|reviews?|reviewed|stars?|new(?:est|er)?|latest|recent|top|sort\w*|order(?:ed)? by|rank\w*|lowest|highest|affordable|premium)\b"
    r"(?! (?:no|does|is|isn))",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my|our|his|her|their|(?:i|we)(?:['’]ve)? (?:just )?(?:got|bought|have|own|use)|for (?:it|them))\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:these|those|them|they|both|two|three|first|second|third|last|it|this|that|[1-9])\b", re.IGNORECASE
)


def settle(rules: Reading, model: Reading | None, text: str) -> Reading:
    """One reading of the text out of two; the rules' own when the model has none."""
    if model is None or _rules_know(rules, model, text):
        return rules
    model = _believable(rules, model, text)
    if model.act == "unsafe":
        # Nothing in the words is harmful: what is not sought is said.
        nothing = not (
            rules.demands.kinds or rules.demands.brands or rules.demands.attributes or _priced(rules.demands)
        )
        return replace(rules, act="chat") if nothing and rules.act == "find" else rules
    demands = settled_demands(
        lifted(rules.demands, model.dropped) if _NEED_NOT.search(text) else rules.demands, model.demands
    )
    if model.act != "goes_with":
        refused = {fold(name) for name in (*demands.not_brands, *rules.demands.allowed_brands)}
        refused |= {fold(name) for name in rules.demands.brands if fold(name) in fold(rules.anchor_text)}
        named = (*demands.brands, *(name for name in rules.demands.brands if fold(name) not in refused))
        demands = replace(demands, brands=tuple(dict.fromkeys(named)))
    refused_words = {word for name in demands.not_brands for word in fold(name).split()}
    # Who goes on names little that is sought, and tells stories: "silver, everything on my desk is silver".
    spoken = model.sought if model.carries_on else rules.sought or model.sought
    sought = tuple(word for word in spoken if fold(word) not in refused_words)
    kinds = model.demands.kinds or (() if model.carries_on else rules.demands.kinds)
    apart = (
        not model.carries_on
        and model.act != "goes_with"
        and len(text.split()) <= _TALE
        and not set(kinds) <= set(rules.demands.kinds)
        and bool(rules.demands.kinds)
    )
    if apart or _tells_more(rules.demands.kinds, kinds) or (rules.bundle and len(rules.demands.kinds) > 1):
        kinds = rules.demands.kinds
    if model.demands.kinds and set(kinds).isdisjoint(model.demands.kinds):
        demands = replace(demands, attributes=rules.demands.attributes)  # the model's are of another thing
    another = rules.turns or (
        not kinds and bool(rules.demands.kinds) and not rules.carries_on and len(text.split()) <= _SHORT
    )
    if another and rules.act != "goes_with" and not rules.of_set:
        # "and milk": a short message that names a kind seeks it, and so does one that says so.
        kinds = rules.demands.kinds if not rules.turns or not set(kinds) & set(rules.demands.kinds) else kinds
        demands = replace(demands, not_kinds=rules.demands.not_kinds if rules.turns else ())
        sought = rules.sought
    else:
        another = False
    demands = replace(demands, not_kinds=tuple(one for one in demands.not_kinds if one not in kinds))
    if rules.of_set:
        kinds = rules.of_set
        demands = replace(demands, not_kinds=())
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
        act="find" if another and model.act not in ("find", "goes_with") else model.act,
        demands=replace(demands, kinds=kinds),
        carries_on=(model.carries_on or bool(rules.of_set)) and not another,
        sought=sought,
        anchors=rules.anchors if pointed else model.anchors,
        anchor_text=rules.anchor_text if pointed else model.anchor_text,
        bundle=bundle and not rules.of_set,
        same_budget=rules.same_budget,
        dropped=tuple(dict.fromkeys((*model.dropped, *rules.dropped))),
        turns=rules.turns,
        of_set=rules.of_set,
    )


def _rules_know(rules: Reading, model: Reading, text: str) -> bool:
    """True where the rules are believed as they are."""
    if rules.act in _SURE_ACTS:
        return True
    if rules.cheaper and model.act in ("compare", "question"):
        return True  # "is there nothing less expensive than that one?"
    if model.act == "question" and rules.act == "find" and rules.demands.attributes and IN_OTHER.search(text):
        return True  # "have you it in gray?"
    return _states_a_demand(rules, model, text) or _seeks_for_a_thing(rules, model, text)


def _believable(rules: Reading, model: Reading, text: str) -> Reading:
    """The model's reading without what has no word in the text: a refusal, a drop, a comparison of nothing shown."""
    demands = model.demands
    if _priced(demands) and not _priced(rules.demands):
        demands = _without_measures(demands, text)
    if demands.count is not None and (
        demands.count in (rules.demands.price_max, rules.demands.price_min)
        or re.search(rf"\b{demands.count}\s?{_NO_MONEY}", text, re.IGNORECASE)
    ):
        demands = replace(demands, count=rules.demands.count)
    if demands.order and not rules.demands.order and not _ORDERS.search(text):
        demands = replace(demands, order="")
    if model.act == "unsafe" and ALARMING.search(text):
        return replace(model, act="chat") if rules.demands.kinds else model
    if not NEGATIONS.search(NOT_A_NEGATION.sub(" ", text)):
        demands = replace(demands, not_brands=(), not_kinds=(), not_attributes={})
    wanted = {name for name in demands.not_attributes if name in rules.demands.attributes}
    if wanted:
        demands = replace(
            demands, not_attributes={name: one for name, one in demands.not_attributes.items() if name not in wanted}
        )
    if not _LETS_GO.search(text):
        demands = replace(demands, dropped=frozenset())
        model = replace(model, dropped=())
    if rules.same_budget:
        demands = replace(demands, dropped=demands.dropped - {"price"})
    act = model.act
    if act == "compare" and not model.anchors and not rules.anchors and not _POINTS.search(text):
        act = "question"  # "what is the difference between OLED and QLED?"
    asks = ASKS.search(text) and not COMPARES.search(text)
    if act == "find" and asks and model.carries_on and not _priced(rules.demands):
        act = "question"
    return replace(model, act=act, demands=demands)


def _without_measures(demands: Demands, text: str) -> Demands:
    """The demands without prices that are no amounts of money where they stand: "20000 mAh", "till 2 am"."""

    def money(value: Decimal | None) -> Decimal | None:
        if value is None or not re.search(rf"(?<![\d.,]){value.normalize():f}\s?{_NO_MONEY}", text, re.IGNORECASE):
            return value
        return None

    return replace(
        demands, price_min=money(demands.price_min), price_max=money(demands.price_max), around=money(demands.around)
    )


def _tells_more(rules: Sequence[str], model: Sequence[str]) -> bool:
    """True where the rules tell the same thing more closely: "soy rice milk" where the model reads milk."""
    if not rules or not model:
        return False
    words = {word for kind in model for word in kind.split()}
    return set(rules) < set(model) or (
        set(rules).isdisjoint(model) and all(words & set(kind.split()) for kind in rules)
    )


def _states_a_demand(rules: Reading, model: Reading, text: str) -> bool:
    """True when the model reads a comparison where the rules read a price or a maker: "between 200 and 400"."""
    told = _priced(rules.demands) or bool(rules.demands.brands)
    return model.act == "compare" and rules.act == "find" and told and not COMPARES.search(text)


def _seeks_for_a_thing(rules: Reading, model: Reading, text: str) -> bool:
    """True for "a bag for a 14 inch laptop": nobody's laptop in particular, so the words say best what is sought."""
    if _OWN.search(text) and not re.search(r"\d", model.anchor_text):
        return False
    return model.act == "goes_with" and not model.anchors and rules.act == "find" and bool(rules.demands.kinds)


def settled_demands(rules: Demands, model: Demands) -> Demands:
    """What is demanded, out of both readings."""
    priced = rules if _priced(rules) else model
    allowed = {fold(name) for name in rules.allowed_brands}
    named = {fold(name): name for name in (*rules.not_brands, *model.not_brands)}
    refused = {key: name for key, name in named.items() if key not in allowed}
    return replace(
        model,
        price_min=priced.price_min,
        price_max=priced.price_max,
        around=priced.around,
        brands=tuple(name for name in model.brands if fold(name) not in refused),
        not_brands=tuple(refused.values()),
        allowed_brands=rules.allowed_brands,
        attributes=rules.attributes or model.attributes,
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
