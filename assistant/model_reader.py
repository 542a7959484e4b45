"""Read a message with the language model: what is put before it, and what its line means in this shop.

The line holds the message's own words; the rules' readers of prices, brands and attributes say what these words are.
Knows nothing of what holds after the message.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.anchors import find_anchor, windows
from assistant.change import Change, grammar, parse, plain_message, render
from assistant.demands import Demands, read_demands
from assistant.dialogue import Request, Session
from assistant.explain import short_name
from assistant.llm import ChatModel, Message, Prompt, generate
from assistant.phrases import CHATTER, MOST, NUMBERS
from assistant.prices import read_prices
from assistant.prompts import understand_prompt
from assistant.reading import Reading, anchor_kinds, telling_words
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from assistant.weights import ModelError
from index.catalog import AttributeDemand, Product, Span, fold
from index.folder import Shop
from index.kinds import kind_key_of, singular
from index.lexical import terms

CHANGE_TOKENS = 64
"""Tokens that one change may take; most take under twenty."""

LISTED = 5
"""Products shown, and things owned, that the model is told of."""

_NAME_WORDS = 6
REQUEST_ACTS = {
    "with": "goes_with",
    "like": "more_like",
    "ask": "question",
    "shop": "shop_question",
    "more": "find",
    "cheaper": "find",
}
"""What the act of a change is called in a request, where it is called otherwise."""
_SORTS = {"rated": "best_rated"}
_DROPS = {"price": "price", "brand": "brands", "color": "color", "stock": "in_stock"}


def read_by_model(
    session: Session,
    text: str,
    shop: Shop,
    words: Vocabulary,
    model: ChatModel,
    examples: Sequence[Message] = (),
) -> Reading | None:
    """What the model reads; None when its line cannot be parsed, as a remote model's may not be.

    `examples` are questions and answers shown to a model that was not taught.
    """
    asked = Asked(session, text, shop)
    prompt = [asked.prompt[0], *examples, *asked.prompt[1:]]
    try:
        change = parse(generate(model, [prompt], max_tokens=CHANGE_TOKENS, grammars=[asked.grammar])[0])
    except (ValueError, ModelError):
        # A line cut short, or a message that no grammar can be made of: the rules have read it too.
        return None
    return reading_of(change, asked, shop, words)


class Asked:
    """A message in its session as the model is asked about it, and the products behind the numbers it may answer."""

    def __init__(self, session: Session, text: str, shop: Shop) -> None:
        self.session = session
        self._shop = shop
        self.message = plain_message(text)
        self.shown = tuple(one for one in session.shown if one in shop.products)[:LISTED]
        topic = session.topic
        spoken = topic.anchor_ids[:1] if topic else ()
        self.about = next((one for one in spoken if one in shop.products and one not in self.shown), "")
        self.owned = _owned(session, text, shop)
        named = {one: list_name(shop.products[one]) for one in (*self.shown, *self.owned, self.about) if one}
        self.prompt: Prompt = understand_prompt(
            state_line(topic, session, shop) if topic else "",
            [named[one] for one in self.shown],
            [named[one] for one in self.owned],
            self.message,
            about=named.get(self.about, ""),
        )
        numbers = range(0 if self.about else 1, len(self.shown) + 1)
        self.grammar = grammar(self.message, numbers, len(self.owned))

    def anchors(self, change: Change, words: Vocabulary) -> tuple[str, ...]:
        """The products that a change refers to; a thing owned only where the message has a word for it."""
        numbered = [self.about if one == 0 else self.shown[one - 1] for one in change.it if one <= len(self.shown)]
        own = self.owned[change.own - 1 : change.own] if change.own else ()
        own = tuple(one for one in own if self._speaks_of(self._shop.products[one], words))
        return tuple(dict.fromkeys(one for one in (*numbered, *own) if one))

    def _speaks_of(self, product: Product, words: Vocabulary) -> bool:
        kind = kind_key_of(product)
        said = WORD.findall(self.message)
        spoken = set(terms(self.message))
        if spoken & set(terms(kind)) or len(spoken & set(terms(product.title))) > 1:
            return True
        return any(kind in words.kinds(said[start : start + size]) for start, size in windows(len(said)))


def state_line(topic: Request, session: Session, shop: Shop) -> str:
    """The request in force in the language of the changes."""
    held = session.constraints
    kinds = tuple(topic.kinds)
    spoken = {term for kind in kinds for term in terms(kind)}
    wishes = () if topic.kinds else (topic.query,)
    return render(
        Change(
            act="with" if topic.act == "goes_with" else "find",
            named=topic.anchor_text if topic.anchor_text and not topic.anchor_ids else "",
            want=kinds or tuple(one for one in wishes if one),
            no=tuple(fold(name) for name in held.not_categories),
            min=_amount(held.price_min),
            max=_amount(held.price_max),
            near=_amount(topic.around),
            brand=held.brands,
            not_=held.not_brands,
            has=tuple(text for name, demand in held.attributes.items() for text in _demanded(name, demand)),
            hasnt=tuple(text for name, demand in held.not_attributes.items() for text in _demanded(name, demand)),
            soft=tuple(word for word in topic.query.split() if kinds and spoken.isdisjoint(terms(word))),
            stock=held.in_stock,
            sort={"best_rated": "rated"}.get(topic.order, topic.order),
            set=topic.bundle,
        )
    )


def list_name(product: Product) -> str:
    """The product's name as it stands in a list for the model: a few words, with what kind of thing it is."""
    name = " ".join(short_name(product).split()[:_NAME_WORDS])
    kind = kind_key_of(product)
    return name if not kind or set(terms(kind)) & set(terms(name)) else f"{name} {kind}"


def _owned(session: Session, text: str, shop: Shop) -> tuple[str, ...]:
    """A few things owned: those that the message may speak of, then the newest."""
    said = set(terms(text))

    def spoken(one: str) -> bool:
        product = shop.products[one]
        return not said.isdisjoint(terms(f"{product.title} {kind_key_of(product)}"))

    own = [one for one in dict.fromkeys(reversed(session.recent)) if one in shop.products]
    return tuple(sorted(own, key=lambda one: not spoken(one))[:LISTED])


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _demanded(name: str, demand: AttributeDemand) -> tuple[str, ...]:
    if not isinstance(demand, Span):
        return tuple(value.lower() for value in demand[:2])
    label = name.replace("_", " ")
    low = (f"{label} at least {demand.min:g}",) if demand.min is not None else ()
    return (*low, *((f"{label} up to {demand.max:g}",) if demand.max is not None else ()))


def reading_of(change: Change, asked: Asked, shop: Shop, words: Vocabulary) -> Reading:
    """What a change means in this shop."""
    topic = asked.session.topic
    anchors, anchor_text = asked.anchors(change, words), ""
    if change.named and not anchors:
        # The rules know how things are named: a title, a model number, a kind.
        anchors, anchor_text, _ = find_anchor(asked.session, f"what goes with my {change.named}", shop, words)
        anchor_text = anchor_text or change.named
        if not anchors:
            meant = words.kinds_like(change.named)
            near = (*asked.shown, *reversed(asked.session.remembered))
            anchors = tuple(one for one in near if one in shop.products and kind_key_of(shop.products[one]) in meant)[
                :1
            ]
    carries_on = topic is not None and change.act in ("more", "cheaper")
    kinds = _kinds(change.want, words)
    own = anchor_kinds(anchors, shop)
    if change.act == "with":
        # What goes with a laptop is no laptop, whether or not it is known which.
        own |= frozenset(_kinds((change.named,), words) if change.named else ())
        kinds = tuple(kind for kind in kinds if kind not in own)
    if change.act == "like" and not kinds:
        kinds = tuple(sorted(own & words.kind_names.keys()))
    context = kinds or (topic.kinds if topic is not None and carries_on else ())
    if change.act == "like" and topic is not None:
        # "More like that, but not beige": what was demanded of it still is.
        carries_on = _of_the_topic(anchors, topic, asked.session, own)
    # The first word has a capital whatever it is.
    first = asked.message.partition(" ")[0]
    change = replace(change, brand=tuple(one for one in change.brand if one != first or words.brand([one], cued=True)))
    return Reading(
        act=REQUEST_ACTS.get(change.act, change.act),
        demands=_demands(change, kinds, context, words),
        sought=tuple(telling_words(" ".join((*change.soft, *change.has, *change.want)))),
        anchors=anchors,
        anchor_text=anchor_text,
        bundle=change.set and len(change.want) != 1,  # one thing is no set, however many of it
        carries_on=carries_on,
        cheaper=change.act == "cheaper" and not change.max and bool(asked.session.turns),
        dropped=tuple(one for one in change.drop if one not in _DROPS and one != "all"),
    )


def _of_the_topic(anchors: Sequence[str], topic: Request, session: Session, kinds: Collection[str]) -> bool:
    """True for what was shown in answer to the request in force, or is of its kinds."""
    return bool(anchors) and set(anchors) <= session.seen and set(kinds) <= set(topic.kinds)


def _kinds(spans: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The kinds that the spans name; where the catalogue has no such words, those that mean the same."""
    return tuple(
        dict.fromkeys(kind for span in spans for kind in read_demands(span, words).kinds or words.kinds_like(span))
    )


def _demands(change: Change, kinds: tuple[str, ...], context: tuple[str, ...], words: Vocabulary) -> Demands:
    wanted = [read_demands(f"it must be {one}", words, context) for one in change.has]
    refused = [read_demands(f"not {one}", words, context) for one in change.hasnt]
    kept_out = [read_demands(f"not {one}", words, context) for one in change.no]
    dropped = frozenset(_DROPS.values()) if "all" in change.drop else {_DROPS[x] for x in change.drop if x in _DROPS}
    return Demands(
        price_min=_price(change.min),
        price_max=_price(change.max),
        around=_price(change.near),
        # A maker that nobody knows is wanted only where it is written as a name.
        brands=tuple(
            name
            for span in change.brand
            for name in _brands((span,), words)
            if words.carries(name) or _is_name(span, change, words)
        ),
        not_brands=_brands(change.not_, words),
        not_kinds=tuple(dict.fromkeys(kind for one in kept_out for kind in one.not_kinds)),
        attributes={name: demand for one in wanted for name, demand in one.attributes.items()},
        not_attributes={name: demand for one in refused for name, demand in one.not_attributes.items()},
        in_stock=change.stock,
        dropped=frozenset(dropped),
        kinds=kinds,
        order=_SORTS.get(change.sort, change.sort),
        count=_count(change.count),
        unread=tuple(phrase for one in (*refused, *kept_out) for phrase in one.unread),
    )


def _is_name(span: str, change: Change, words: Vocabulary) -> bool:
    """True for a maker that the shop does not carry: one that is known, or a word with a capital that is no other."""
    if words.brand(WORD.findall(span), cued=True):
        return True
    return span.isalpha() and span[:1].isupper() and not words.knows(span)


def _price(text: str) -> Decimal | None:
    return read_prices(f"under ${text}").high if text else None


def _brands(spans: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The brands that the spans name, in the catalogue's spelling; a maker it does not know as the shopper wrote it."""
    found = []
    for span in spans:
        named = words.brand(WORD.findall(span), cued=True)
        plain = span.islower() and " " not in span and singular(fold(span)) in words.words
        if named is None and (plain or words.kinds(WORD.findall(span)) or fold(span) in CHATTER):
            continue  # what is a kind of thing here, or a plain word, is no maker
        found.append(named or (span if any(char.isupper() for char in span) else span.capitalize()))
    return tuple(dict.fromkeys(found))


def _count(text: str) -> int | None:
    number = text.lower().removeprefix("top ").strip()
    value = int(number) if number.isdecimal() else NUMBERS.get(number, 0)
    return min(value, MOST) if value else None
