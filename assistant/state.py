"""What holds after a message: the request in force, made of what one message says and of what was asked before.

Knows readings, whoever read them. Knows nothing of retrieval.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from assistant.anchors import windows
from assistant.demands import Demands, read_demands
from assistant.dialogue import PRODUCT_ACTS, Request, Session
from assistant.gifts import is_for_me, is_gift
from assistant.left_out import left_out, not_applied
from assistant.merge import kept_across_topics, lifted, merged
from assistant.needs import made_for_none, sought_for_own
from assistant.pointing import point
from assistant.reading import Reading
from assistant.references import MOST_OPTIONS
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from assistant.worn import is_wearer
from index.catalog import Constraints, Span, fold
from index.folder import Shop
from index.kinds import kind_key_of
from index.names import model_names

_IT_IS = re.compile(
    r"^\W*(?:it['’]?s|it is|its|that['’]?s|mine is|i have|i['’]?ve got|a|an|the one by|by|from)\b", re.IGNORECASE
)
"""How one goes on to tell what thing one has."""
_NAMED_BY = 3
"""Words that name a thing: more of them tell what it is for."""


def after(
    reading: Reading, session: Session, text: str, shop: Shop, words: Vocabulary, doubts: Sequence[str] = ()
) -> Request:
    """The state in force after a message that reads so; one that asks for no products leaves it as it was."""
    in_force = session.constraints
    if reading.act not in PRODUCT_ACTS:
        return Request(act=reading.act, query=text, constraints=in_force, anchor_ids=reading.anchors)
    told = list(doubts)
    demands = reading.demands
    previous = session.topic
    base = in_force if reading.carries_on else kept_across_topics(in_force, budget=reading.same_budget)
    request = Request(
        act=reading.act,
        query=" ".join(reading.sought),
        kinds=demands.kinds,
        constraints=merged(lifted(base, reading.dropped), demands, words),
        anchor_ids=reading.anchors,
        anchor_text=reading.anchor_text,
        preferences=(f"around {demands.around:f}",) if demands.around is not None else (),
        around=demands.around,
        order=demands.order,
        count=demands.count,
        bundle=reading.bundle,
        gift=is_gift(text),
    )
    if reading.carries_on and previous is not None:
        request = _continued(request, previous, reading.dropped)
    if reading.cheaper:
        request = _cheaper(request, session, text, shop, words)
    if request.gift and is_for_me(text):
        request = replace(request, gift=False)
    if previous is not None and request.act == "goes_with" and not request.anchor_ids:
        request = _told_maker(request, previous, text, shop)
    request, told_apart = _for_none(request, text, shop, words)
    told += told_apart
    if request.act == "goes_with" and not request.anchor_ids:
        request, doubt = _without_anchor(request, session, text, shop, words)
        told += doubt
    out = left_out(request, text, demands.refused, shop, words, reading.dropped)
    request = out.request
    told += out.told
    told += [not_applied(phrase) for phrase in demands.unread if phrase not in out.read]
    sought = reading.sought
    unknown = _unknown(request, sought, text, shop, words)
    if unknown:
        told.append(f'Nothing in this shop is called "{unknown}".')
        request = replace(request, unknown=unknown)
    elif not (reading.carries_on or reading.cheaper or reading.anchors) and (
        like := _only_like(request, demands, sought, text, words)
    ):
        told.append(f'Nothing in this shop is called "{like}".')
        request = replace(request, unknown=like)
    return replace(request, doubts=(*told, *_not_carried(request, words)))


def _unknown(request: Request, sought: Sequence[str], text: str, shop: Shop, words: Vocabulary) -> str:
    """What is sought that the shop does not have: a word of no record, or words of which no record has all."""
    if request.act not in ("find", "goes_with") or request.kinds or not sought or request.gift:
        return ""
    if not words.knows(sought[-1]) and (request.act == "find" or sought_for_own(sought[-1], text)):
        return sought[-1]
    if request.act == "goes_with":
        return ""
    asked = request.query == " ".join(sought) and 1 < len(sought) <= _NAMED_BY and not request.bundle
    stated = request.constraints.attributes or request.constraints.brands
    if not asked or stated or request.order:
        return ""
    held = [shop.lexical.scores(word) > 0 for word in sought]
    return "" if np.logical_and.reduce(held).any() else " ".join(sought)


def _only_like(request: Request, demands: Demands, sought: Sequence[str], text: str, words: Vocabulary) -> str:
    """The word for what is sought that no record has, where kinds were taken for it that only mean something near:
    saw blades for "chainsaws".
    """
    if request.act != "find" or request.bundle or request.gift or not demands.kinds or not sought:
        return ""
    head = sought[-1]
    if words.knows(head) or read_demands(text, words).kinds or not head.isalpha():
        return ""
    return head if re.search(rf"\b{re.escape(head)}\b", text, re.IGNORECASE) else ""


def _continued(request: Request, previous: Request, dropped: Sequence[str] = ()) -> Request:
    # Another kind to go with the same thing replaces what was looked for before.
    before = () if request.kinds and not set(request.kinds) & set(previous.kinds) else previous.query.split()
    stale = _stale(request.constraints, previous) | {fold(word) for word in dropped}
    if any(map(is_wearer, request.query.split())):
        stale |= {fold(word) for word in before if is_wearer(word)}
    words = dict.fromkeys((*(word for word in before if fold(word) not in stale), *request.query.split()))
    return replace(
        request,
        act=previous.act if request.act == "find" and previous.wants_products else request.act,
        query=" ".join(words),
        kinds=request.kinds or previous.kinds,
        preferences=request.preferences or previous.preferences,
        around=request.around or previous.around,
        anchor_ids=request.anchor_ids or previous.anchor_ids,
        anchor_text=request.anchor_text or previous.anchor_text,
        order=request.order or previous.order,
        count=request.count or previous.count,
        # "Forget the rest, just the chair": one thing is no set any more.
        bundle=request.bundle or (previous.bundle and len(request.kinds) != 1),
        gift=request.gift or previous.gift,
    )


def _stale(constraints: Constraints, previous: Request) -> set[str]:
    """The words that a changed mind leaves behind: "black" once it is to be white, and what the shop did not know."""
    before = previous.constraints
    values = [
        value
        for name, demand in before.attributes.items()
        if demand != constraints.attributes.get(name) and not isinstance(demand, Span)
        for value in demand
    ]
    brands = set(before.brands) - set(constraints.brands)
    gone = (*values, *brands, *constraints.not_brands, previous.unknown)
    return {fold(word) for text in gone for word in WORD.findall(text)}


def _cheaper(request: Request, session: Session, text: str, shop: Shop, words: Vocabulary) -> Request:
    """Below the price of what was pointed at, else of the first product shown; the search in force goes on."""
    pointed = point(text, session, shop, words)
    meant: tuple[str, ...] = pointed.ids if pointed.named and len(pointed.ids) == 1 else ()
    if not meant and request.act != "goes_with":
        meant = request.anchor_ids[:1]
    shown = (*meant, *session.shown[:1])
    prices = [price for one in shown if (price := shop.products[one].price) is not None]
    if not prices:
        return request
    topic = session.topic
    if request.act == "more_like" and topic is not None:
        # "cheaper than the second one" is about its price, not about what it is like.
        kinds = topic.kinds if set(request.kinds) <= set(topic.kinds) else request.kinds
        anchors = topic.anchor_ids if topic.act == "goes_with" else ()
        request = replace(request, act=topic.act, kinds=kinds, anchor_ids=anchors)
    return replace(request, constraints=replace(request.constraints, price_max=prices[0] - Decimal("0.01")))


def _told_maker(request: Request, previous: Request, text: str, shop: Shop) -> Request:
    """ "It's a Halcyra", told of the thing that something is to go with: its maker, not one that is wanted.

    One product of the maker is meant; of a few it is asked which.
    """
    if previous.act != "goes_with" or previous.anchor_ids or not request.constraints.brands or not _IT_IS.search(text):
        return request
    makers = {fold(name) for name in request.constraints.brands}
    meant = tuple(
        one.product_id
        for one in sorted(shop.rows, key=lambda one: -(one.rating_count or 0))
        if fold(one.brand) in makers and kind_key_of(one) == previous.anchor_text
    )
    held = replace(request.constraints, brands=previous.constraints.brands)
    if len(meant) == 1:
        return replace(request, constraints=held, anchor_ids=meant)
    if meant:
        return replace(request, act="clarify", constraints=held, options=meant[:MOST_OPTIONS])
    told = f"I know no {previous.anchor_text} by {', '.join(request.constraints.brands)} here."
    return replace(request, constraints=held, doubts=(*request.doubts, told))


def _without_anchor(
    request: Request, session: Session, text: str, shop: Shop, words: Vocabulary
) -> tuple[Request, list[str]]:
    """A goes-with request whose thing is not known: take its kind, else what is owned, and say so."""
    if request.anchor_text and shop.declared_names.find(model_names(request.anchor_text)):
        return request, []
    named = WORD.findall(request.anchor_text)
    kinds = next(
        (found for start, size in windows(len(named)) if (found := words.kinds(named[start : start + size]))), ()
    )
    if kinds:
        name = words.kind_names[kinds[0]]
        doubt = (
            f"I do not know which of the {name} you mean, so these go with most of them. "
            "Tell me its name for an exact fit."
        )
        return replace(request, anchor_text=kinds[0]), [doubt]
    if request.kinds or request.query:
        return replace(request, act="find"), []
    if session.remembered:
        return replace(request, anchor_ids=session.remembered[-1:]), []
    return request, ["I do not know yet what it should go with: tell me its name."]


def _not_carried(request: Request, words: Vocabulary) -> list[str]:
    return [
        f"This shop carries no products of {name}." for name in request.constraints.brands if not words.carries(name)
    ]


def _for_none(request: Request, text: str, shop: Shop, words: Vocabulary) -> tuple[Request, list[str]]:
    """A request for what no record says to be for the thing it is sought for: it is sought all the same, and that is
    said. Of a product that is meant it is known what fits it; of "my vacuum cleaner" only what records say.
    """
    thing = "" if request.gift or request.anchor_ids else made_for_none(text, request.kinds, shop, words)
    if not thing:
        return request, []
    sought = " or ".join(words.kind_names[kind] for kind in request.kinds if kind in words.kind_names)
    told = f"Nothing recorded of {sought} here says that it is for your {thing}."
    return replace(request, act="find", anchor_text=""), [told]
