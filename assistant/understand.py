"""Read a message into a `Request`: what is sought, what it must satisfy, what it is about.

The request is the whole state in force after the turn. Knows nothing of retrieval.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from assistant.anchors import windows
from assistant.certain import certain
from assistant.demands import Demands, read_demands
from assistant.dialogue import PRODUCT_ACTS, Request, Session
from assistant.errands import Errand, back_to, begins_gift, is_for_me, is_gift, only_says_gift, read_errand
from assistant.foreign import spoken, told
from assistant.llm import ChatModel
from assistant.model_reader import read_by_model
from assistant.offhand import offhand_limit
from assistant.ordering import read_order
from assistant.pointing import asked_of_shown, point
from assistant.reading import Reading, read_by_rules
from assistant.references import MOST_OPTIONS, chosen_option, errand_request, referred
from assistant.settle import settle
from assistant.spelling import respelled
from assistant.swaps import swapped_out
from assistant.tokens import WORD
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, Constraints, Span, fold
from index.feeds import clean
from index.folder import Shop
from index.kinds import kind_key_of
from index.lexical import terms
from index.names import model_names

_IT_IS = re.compile(
    r"^\W*(?:it['’]?s|it is|its|that['’]?s|mine is|i have|i['’]?ve got|a|an|the one by|by|from)\b", re.IGNORECASE
)
"""How one goes on to tell what thing one has."""
_NAMED_BY = 3
"""Words that name a thing: more of them tell what it is for."""
MAX_MESSAGE = 2_000
"""Characters of a message that are read; the reply says when it was longer."""


def understand(
    session: Session,
    message: str,
    shop: Shop,
    words: Vocabulary,
    model: ChatModel | None = None,
    pointed: Sequence[str] = (),
) -> Request:
    """The request of a message in its session; an empty message asks for recommendations from the history.

    A model that was taught to read shoppers is asked beside the rules, and `settle` decides where they differ.
    `pointed` are the products that the message is known to mean, where the shopper was asked which. A message in
    another language is read as the plain English of its words, and its request says the language.
    """
    foreign = spoken(clean(message[:MAX_MESSAGE]), session, words)
    if foreign is None:
        return _understood(session, message, shop, words, model, pointed)
    request = _understood(session, foreign.translated.text or "?", shop, words, model, pointed)
    return told(request, foreign, session, shop, words)


def _understood(
    session: Session, message: str, shop: Shop, words: Vocabulary, model: ChatModel | None, pointed: Sequence[str]
) -> Request:
    """The request of a message in English."""
    doubts: list[str] = []
    if len(message) > MAX_MESSAGE:
        doubts.append(f"Your message was long: I read its first {MAX_MESSAGE:,} characters.")
    text = clean(message[:MAX_MESSAGE])
    in_force = session.constraints
    if not text:
        return Request(act="find", constraints=in_force)
    if not any(char.isalnum() for char in text):
        return Request(act="unclear", constraints=in_force)
    spelled = respelled(text, shop.lexical, words)
    text = spelled.text
    if spelled.doubt:
        doubts.append(spelled.doubt)
    chosen = chosen_option(session, text, shop, words)
    if chosen:
        # The answer to a question of ours: what was asked before is read again, with what it meant.
        before = replace(session, turns=session.turns[:-1])
        return understand(before, session.turns[-1].message, shop, words, model, chosen)
    last = session.turns[-1].request if session.turns else Request()
    order = read_order(text, shopping=bool(session.cart))
    errand = read_errand(
        text, in_cart=bool(session.cart), after_adding=last.act == "cart" and last.deed in ("add", "set")
    ) or (Errand("cart", order.deed, text, order.quantity) if order else None)
    done = errand_request(errand, session, shop, words, pointed) if errand is not None else None
    if done is not None:
        return done
    if session.topic is not None and only_says_gift(text):
        return replace(session.topic, gift=True, doubts=(), constraints=in_force)
    earlier = _gone_back(session, text, words)
    if earlier is not None:
        session, text = earlier
        if not text and session.topic is not None:
            return replace(session.topic, doubts=())
    other = swapped_out(text, session, shop, words)
    if other and session.topic is not None:
        return replace(session.topic, deed="swap", options=(other,), doubts=())
    limit = (
        offhand_limit(text, in_force, bundle=bool(session.topic and session.topic.bundle)) if session.topic else None
    )
    if limit is not None and session.topic is not None:
        held = _merged(in_force, Demands(price_max=limit), words)
        return replace(session.topic, constraints=held, around=None, doubts=())
    reading = read_by_rules(session, text, shop, words)
    if model is not None and "understand" in model.tasks:
        reading = _with_values(
            settle(reading, read_by_model(session, text, shop, words, model), text), session, text, words
        )
    elif session.shown and (act := asked_of_shown(text)) and (act == "compare" or reading.act in ("find", "more_like")):
        reading = replace(reading, act=act)
    if begins_gift(text):
        reading = _of_interests(replace(reading, carries_on=False), text, words)
    reading = certain(reading, session, text, shop)
    request = after(reading, session, text, shop, words, doubts)
    if pointed and request.act == "clarify" and session.topic is not None:
        return replace(session.topic, constraints=request.constraints, anchor_ids=tuple(pointed), doubts=())
    return _of_kinds_that_go(referred(request, session, text, shop, words, pointed), shop, words)


def _of_interests(reading: Reading, text: str, words: Vocabulary) -> Reading:
    """A present for somebody "into photography" is anything that goes with that: kinds are sought where the present is
    named, not where its owner is.
    """
    named = WORD.findall(re.split(r"\bfor\b", text, maxsplit=1)[0])
    kinds = {kind for start, size in windows(len(named)) for kind in words.kinds(named[start : start + size])}
    if kinds & set(reading.demands.kinds) or not reading.demands.kinds:
        return reading
    return replace(reading, demands=replace(reading.demands, kinds=()))


def _with_values(reading: Reading, session: Session, text: str, words: Vocabulary) -> Reading:
    """The reading with the values that the text names of the kinds sought, where only the model knew the kinds."""
    topic = session.topic
    kinds = reading.demands.kinds or (topic.kinds if topic is not None and reading.carries_on else ())
    # What is let go is named as well, and is not demanded by that.
    if reading.act not in PRODUCT_ACTS or not kinds or reading.anchor_text or reading.dropped:
        return reading
    named = read_demands(text, words, kinds)
    if named.kinds and not set(named.kinds) & set(kinds):
        return reading
    held = reading.demands
    return replace(
        reading,
        demands=replace(
            held,
            attributes={**_apart(named.attributes, held.not_attributes), **held.attributes},
            not_attributes={**_apart(named.not_attributes, held.attributes), **held.not_attributes},
        ),
    )


def _of_kinds_that_go(request: Request, shop: Shop, words: Vocabulary) -> Request:
    """The request with the kinds that go with its anchors, where some of those sought do: a laptop's bag is no
    camera bag. Where none does, those that go with them and mean the same, if any.
    """
    if request.act != "goes_with" or not request.kinds:
        return request
    hosts = {kind_key_of(shop.products[one]) for one in request.anchor_ids if one in shop.products}
    going = {kind for host in hosts for kind in shop.companions.kinds_with(host)}
    fitting = tuple(kind for kind in request.kinds if kind in going)
    near = fitting or tuple(kind for kind in words.kinds_like(request.query) if kind in going)
    return replace(request, kinds=near) if near else request


def _gone_back(session: Session, text: str, words: Vocabulary) -> tuple[Session, str] | None:
    """The session as it was when the thing that the message goes back to was sought, and the rest of the message."""
    went = back_to(text)
    if went is None:
        return None
    what, rest = went
    said = WORD.findall(what)
    kinds = {kind for start, size in windows(len(said)) for kind in words.kinds(said[start : start + size])}
    spoken = {term for word in said for term in terms(word)}
    topic = session.topic
    places = [place for place, turn in enumerate(session.turns) if turn.request.wants_products]
    # The first search is the whole of it, with what was said about it later.
    begun = session.turns[places[0]].request.kinds if places else ()
    for place in reversed(places):
        request = session.turns[place].request
        if not what:
            about = topic is not None and not set(request.kinds) & set(topic.kinds)
        elif what == "first":
            about = bool(set(request.kinds) & set(begun)) or place == places[0]
        else:
            about = bool(kinds & set(request.kinds) or (not kinds and spoken & set(terms(request.query))))
        if about:
            return replace(session, turns=session.turns[: place + 1]), rest
    return None


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
    base = in_force if reading.carries_on else _kept_across_topics(in_force, budget=reading.same_budget)
    request = Request(
        act=reading.act,
        query=" ".join(reading.sought),
        kinds=demands.kinds,
        constraints=_merged(_lifted(base, reading.dropped), demands, words),
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
    if request.act == "goes_with" and not request.anchor_ids:
        request, doubt = _without_anchor(request, session, text, shop, words)
        told += doubt
    told += [
        f'I could not read "without {phrase}" from the records, so it is not applied.' for phrase in demands.unread
    ]
    sought = reading.sought
    unknown = _unknown(request, sought, shop, words)
    if unknown:
        told.append(f'Nothing in this shop is called "{unknown}".')
        request = replace(request, unknown=unknown)
    return replace(request, doubts=(*told, *_not_carried(request, words)))


def _unknown(request: Request, sought: Sequence[str], shop: Shop, words: Vocabulary) -> str:
    """What is sought that the shop does not have: a word of no record, or words of which no record has all."""
    if request.act != "find" or request.kinds or not sought or request.gift:
        return ""
    if not words.knows(sought[-1]):
        return sought[-1]
    asked = request.query == " ".join(sought) and 1 < len(sought) <= _NAMED_BY and not request.bundle
    stated = request.constraints.attributes or request.constraints.brands or request.gift
    if not asked or stated or request.order:
        return ""
    held = [shop.lexical.scores(word) > 0 for word in sought]
    return "" if np.logical_and.reduce(held).any() else " ".join(sought)


def _kept_across_topics(constraints: Constraints, *, budget: bool) -> Constraints:
    # A brand that somebody will not have and "in stock only" outlast the topic; a budget does where that is said.
    return Constraints(
        price_min=constraints.price_min if budget else None,
        price_max=constraints.price_max if budget else None,
        not_brands=constraints.not_brands,
        in_stock=constraints.in_stock,
    )


def _merged(base: Constraints, demands: Demands, words: Vocabulary) -> Constraints:
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
        attributes=_apart(attributes, demands.not_attributes) | dict(demands.attributes),
        not_attributes=_apart(kept.not_attributes, demands.attributes) | dict(demands.not_attributes),
        in_stock=kept.in_stock or demands.in_stock,
    )


def _apart(kept: Mapping[str, AttributeDemand], said: Mapping[str, AttributeDemand]) -> dict[str, AttributeDemand]:
    """The demands kept, without those that the opposite ones of the message take back: "not black" after "black"."""
    return {name: demand for name, demand in kept.items() if name not in said or not _overlap(demand, said[name])}


def _overlap(one: AttributeDemand, other: AttributeDemand) -> bool:
    if isinstance(one, Span) or isinstance(other, Span):
        return one == other
    return not {fold(value) for value in one}.isdisjoint(fold(value) for value in other)


def _lifted(constraints: Constraints, dropped: Sequence[str]) -> Constraints:
    """The constraints without those that the dropped words speak of: "forget the backlight", "black is not a must"."""
    gone = {term for word in dropped for term in terms(word)}
    if not gone:
        return constraints
    said = set(map(value_key, dropped))

    def kept(demands: Mapping[str, AttributeDemand]) -> dict[str, AttributeDemand]:
        found: dict[str, AttributeDemand] = {}
        for name, demand in demands.items():
            values = () if isinstance(demand, Span) else demand
            # "Forget wifi 7" leaves the other of two.
            left = tuple(value for value in values if value_key(value) not in said)
            if len(left) < len(values):
                found |= {name: left} if left else {}
            elif gone.isdisjoint(terms(" ".join((name.replace("_", " "), *values)))):
                found[name] = demand
        return found

    return replace(
        constraints,
        brands=tuple(name for name in constraints.brands if gone.isdisjoint(terms(name))),
        not_brands=tuple(name for name in constraints.not_brands if gone.isdisjoint(terms(name))),
        attributes=kept(constraints.attributes),
        not_attributes=kept(constraints.not_attributes),
    )


def _above(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high


def _continued(request: Request, previous: Request, dropped: Sequence[str] = ()) -> Request:
    # Another kind to go with the same thing replaces what was looked for before.
    before = () if request.kinds and not set(request.kinds) & set(previous.kinds) else previous.query.split()
    stale = _stale(request.constraints, previous) | {fold(word) for word in dropped}
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
