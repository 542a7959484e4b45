"""Read a message into a `Request`, by rules: what is sought, what it must satisfy, what it is about.

The request is the whole state in force after the turn. Knows nothing of retrieval or of the language model.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.anchors import find_anchor, windows
from assistant.demands import Demands, read_demands
from assistant.dialogue import Request, Session
from assistant.phrases import (
    ABOUT_OWNED,
    ALLOWED_AGAIN,
    BUNDLE,
    CHATTER,
    CHEAPER,
    CONTINUES,
    FOR_SOMEONE,
    GOES_WITH,
    GREETING,
    IN_TOTAL,
    MORE_LIKE,
    ONE_WITH,
    ORDINAL,
    PLACES,
    REVERSE,
    ROOM,
    SAME_BUDGET,
    SET_OF,
    SHOP,
    THANKS,
)
from assistant.spelling import respelled
from assistant.vocabulary import TERM, WORD, Vocabulary
from index.catalog import AttributeDemand, Constraints, Span, fold
from index.feeds import clean
from index.folder import Shop
from index.kinds import kind_key_of, singular
from index.names import model_names

MAX_MESSAGE = 2_000
"""Characters of a message that are read; the reply says when it was longer."""


def understand(session: Session, message: str, shop: Shop, words: Vocabulary) -> Request:
    """The request of a message in its session; an empty message asks for recommendations from the history."""
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
    anchors, anchor_text, rest = find_anchor(session, text, shop, words)
    room = ROOM.search(rest)
    # What a purpose is called names no kind, and "$150 in total" speaks of no inches.
    plain = FOR_SOMEONE.sub(" , ", IN_TOTAL.sub(" , ", ROOM.sub(" , ", rest)))
    if anchors or anchor_text or GOES_WITH.search(text):
        plain = PLACES.sub(" , ", plain)
    demands = _named_only(_allowed_again(read_demands(plain, words), in_force, text), words)
    is_bundle = _bundle(text, demands, room=bool(room), anchored=bool(anchors or anchor_text))
    if is_bundle and demands.price_max is None and demands.around is not None:
        demands = replace(demands, price_max=demands.around, around=None)
    own = _anchor_kinds(anchors, shop)
    allowed = {fold(part) for name in demands.allowed_brands for part in name.split()}
    sought = [
        word
        for word in _sought(f"{room['words'] if room else ''} {demands.rest}")
        if not set(words.kinds([word])) & own and fold(word) not in allowed
    ]
    # What goes with a laptop is no laptop: the anchor's own kind, left over from its name, is not sought.
    demands = replace(demands, kinds=tuple(kind for kind in demands.kinds if kind not in own))
    act = _act(text, demands, anchors, anchor_text)
    if act == "goes_with" and not demands.kinds and REVERSE.search(text):
        demands = replace(demands, kinds=_made_for(anchors, shop))
    if act == "more_like" and not demands.kinds:
        demands = replace(demands, kinds=tuple(sorted(own & words.kind_names.keys())))
    if act in ("chat", "thanks", "shop_question"):
        return Request(act=act, query=text, constraints=in_force)
    previous = session.turns[-1].request if session.turns else None
    if previous is not None and previous.kinds and ONE_WITH.search(text) and not anchors:
        # "one with more memory" seeks what was sought, not memory.
        demands = replace(demands, kinds=previous.kinds)
    carries_on = previous is not None and _carries_on(
        text, previous, demands, sought, words, bool(anchor_text) or _turns_to(act, anchors, previous)
    )
    base = in_force if carries_on else _kept_across_topics(in_force, budget=bool(SAME_BUDGET.search(text)))
    request = Request(
        act=act,
        query=" ".join(sought),
        kinds=demands.kinds,
        constraints=_merged(base, demands, words),
        anchor_ids=anchors,
        anchor_text=anchor_text,
        preferences=(f"around {demands.around:f}",) if demands.around is not None else (),
        around=demands.around,
        order=demands.order,
        count=demands.count,
        bundle=is_bundle,
    )
    if carries_on and previous is not None:
        request = _continued(request, previous)
    if CHEAPER.search(text) and demands.price_max is None and session.turns:
        request = _cheaper(request, session, shop)
    if request.act == "goes_with" and not request.anchor_ids:
        request, doubt = _without_anchor(request, session, text, shop, words)
        doubts += doubt
    doubts += [
        f'I could not read "without {phrase}" from the records, so it is not applied.' for phrase in demands.unread
    ]
    if request.act == "find" and not request.kinds and sought and not words.knows(sought[-1]):
        doubts.append(f'Nothing in this shop is called "{sought[-1]}".')
        request = replace(request, unknown=sought[-1])
    return replace(request, doubts=(*doubts, *_not_carried(request, words)))


def _allowed_again(demands: Demands, in_force: Constraints, text: str) -> Demands:
    """ "Razer is fine after all" lifts the refusal of a brand; it does not ask for that brand alone."""
    refused = {fold(name) for name in in_force.not_brands}
    if not ALLOWED_AGAIN.search(text) or not any(fold(name) in refused for name in demands.brands):
        return demands
    return replace(demands, brands=(), allowed_brands=demands.brands)


def _named_only(demands: Demands, words: Vocabulary) -> Demands:
    """A maker that the shop does not carry, but whose name stands in its records ("for Xbox"), is a word to find."""
    return replace(demands, brands=tuple(b for b in demands.brands if words.carries(b) or not words.knows(b)))


def _anchor_kinds(anchors: Sequence[str], shop: Shop) -> frozenset[str]:
    return frozenset(kind_key_of(shop.products[one]) for one in anchors if one in shop.products)


def _made_for(anchors: Sequence[str], shop: Shop) -> tuple[str, ...]:
    """The kinds of what the anchors are declared to work with: a toner is for printers, not for paper."""
    hosts = [
        kind_key_of(shop.products[other])
        for one in anchors
        if shop.products[one].compatible_with
        for other, _ in shop.companions.declared.get(one, ())
    ]
    return tuple(dict.fromkeys(kind for kind in hosts if kind))


def _act(text: str, demands: Demands, anchors: Sequence[str], anchor_text: str) -> str:
    about_products = bool(demands.kinds or demands.brands or demands.price_max or demands.order)
    if SHOP.search(text) and not demands.kinds:
        return "shop_question"
    if THANKS.search(text) and not about_products and len(text.split()) <= 8:
        return "thanks"
    if GREETING.match(text):
        return "chat"
    if anchors and (MORE_LIKE.search(text) or _points_only(text)):
        return "more_like"
    # "something for my dad" goes with nobody.
    things = FOR_SOMEONE.sub(" , ", text)
    if GOES_WITH.search(things) or REVERSE.search(text) or (anchor_text and (anchors or ABOUT_OWNED.search(things))):
        return "goes_with"
    return "find"


def _bundle(text: str, demands: Demands, *, room: bool, anchored: bool) -> bool:
    """True when a set of different kinds is asked for; "an office chair" and "a screwdriver set" are one thing."""
    total = bool(IN_TOTAL.search(text))
    if len(demands.kinds) == 1:
        return anchored and bool(BUNDLE.search(text))
    if len(demands.kinds) > 1:
        return room or total or bool(BUNDLE.search(text) or SET_OF.search(text))
    return room or bool(BUNDLE.search(text)) or (total and (demands.price_max or demands.around) is not None)


def _points_only(text: str) -> bool:
    """True for "the second one in white": what was shown is pointed at, and nothing is said to go with it."""
    ordinal = ORDINAL.search(text)
    if not ordinal or GOES_WITH.search(text) or REVERSE.search(text):
        return False
    return not re.search(r"\b(?:for|with|to|fits?)\s*$", text[: ordinal.start()], re.IGNORECASE)


def _sought(rest: str) -> list[str]:
    """The telling words of what is left of a message, in order; quantities stay whole."""
    return [word for word in TERM.findall(GOES_WITH.sub(" ", rest)) if not _is_chatter(word)]


def _is_chatter(word: str) -> bool:
    plain = fold(word).replace("’", "'")
    stem, apostrophe, ending = plain.rpartition("'")
    return plain in CHATTER or (bool(apostrophe) and (stem in CHATTER or ending == "t"))


def _carries_on(
    text: str, previous: Request, demands: Demands, sought: Sequence[str], words: Vocabulary, anchored: bool
) -> bool:
    """True when the message goes on about what the previous turn was about."""
    if anchored:
        return False
    if demands.kinds:
        another_companion = previous.act == "goes_with" and CONTINUES.match(text) is not None
        return another_companion or bool(set(demands.kinds) & set(previous.kinds))
    brands = {fold(part) for name in (*demands.brands, *demands.allowed_brands) for part in name.split()}
    named = [word for word in sought if singular(fold(word)) in words.words and fold(word) not in brands]
    return not named or bool(CONTINUES.match(text)) or re.search(r"\b(?:ones?|it|them|those|these)\b", text) is not None


def _turns_to(act: str, anchors: Sequence[str], previous: Request) -> bool:
    """True when the message asks what goes with what was found, which is no longer sought itself."""
    return act == "goes_with" and bool(anchors) and previous.act != "goes_with"


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


def _above(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high


def _continued(request: Request, previous: Request) -> Request:
    # Another kind to go with the same thing replaces what was looked for before.
    before = () if request.kinds and not set(request.kinds) & set(previous.kinds) else previous.query.split()
    stale = _stale(request.constraints, previous)
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
        bundle=request.bundle or previous.bundle,
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


def _cheaper(request: Request, session: Session, shop: Shop) -> Request:
    """Below the price of what was pointed at, else of the first product shown."""
    pointed = () if request.act == "goes_with" else request.anchor_ids[:1]
    shown = (*pointed, *session.turns[-1].shown_ids[:1])
    prices = [price for one in shown if (price := shop.products[one].price) is not None]
    if not prices:
        return request
    return replace(request, constraints=replace(request.constraints, price_max=prices[0] - Decimal("0.01")))


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
    if session.history:
        return replace(request, anchor_ids=session.history[-1:]), []
    return request, ["I do not know yet what it should go with: tell me its name."]


def _not_carried(request: Request, words: Vocabulary) -> list[str]:
    return [
        f"This shop carries no products of {name}." for name in request.constraints.brands if not words.carries(name)
    ]
