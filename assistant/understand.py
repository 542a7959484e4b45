"""Read a message into a `Request`: what is sought, what it must satisfy, what it is about.

The request is the whole state in force after the turn. Knows nothing of retrieval.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.back import gone_back
from assistant.certain import certain
from assistant.demands import Demands, read_demands
from assistant.dialogue import PRODUCT_ACTS, Request, Session
from assistant.errands import Errand, read_errand
from assistant.foreign import spoken, told
from assistant.gifts import begins_gift, interest_of, of_interests, only_says_gift
from assistant.llm import ChatModel
from assistant.merge import apart, merged
from assistant.model_reader import read_by_model
from assistant.needs import asked_for
from assistant.offhand import offhand_limit
from assistant.ordering import read_order
from assistant.pointing import asked_of_shown
from assistant.reading import Reading, read_by_rules
from assistant.references import chosen_option, errand_request, referred
from assistant.settle import settle
from assistant.sizes import sized
from assistant.spelling import respelled
from assistant.state import after
from assistant.swaps import swapped_out
from assistant.vocabulary import Vocabulary
from index.feeds import clean
from index.folder import Shop
from index.kinds import kind_key_of

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
    text = asked_for(text, words)
    order = read_order(text, shopping=bool(session.cart))
    errand = read_errand(
        text, in_cart=bool(session.cart), after_adding=last.act == "cart" and last.deed in ("add", "set")
    ) or (Errand("cart", order.deed, text, order.quantity) if order else None)
    done = errand_request(errand, session, shop, words, pointed) if errand is not None else None
    if done is not None:
        return done
    if session.topic is not None and only_says_gift(text):
        return replace(session.topic, gift=True, doubts=(), constraints=in_force)
    earlier = gone_back(session, text, words)
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
        held = merged(in_force, Demands(price_max=limit), words)
        return replace(session.topic, constraints=held, around=None, doubts=())
    reading = read_by_rules(session, text, shop, words)
    if model is not None and "understand" in model.tasks:
        reading = _with_values(
            settle(reading, read_by_model(session, text, shop, words, model), text), session, text, words
        )
    elif session.shown and (act := asked_of_shown(text)) and (act == "compare" or reading.act in ("find", "more_like")):
        reading = replace(reading, act=act)
    if begins_gift(text):
        reading = of_interests(replace(reading, carries_on=False), text, words)
        if (likes := interest_of(text)) and not reading.demands.kinds:
            doubts.append(f"I looked for what suits {likes}: say what kind of thing if you have one in mind.")
    reading, unsized = sized(reading, session, text, shop)
    doubts += unsized
    reading = certain(reading, session, text, shop)
    request = after(reading, session, text, shop, words, doubts)
    if pointed and request.act == "clarify" and session.topic is not None:
        return replace(session.topic, constraints=request.constraints, anchor_ids=tuple(pointed), doubts=())
    return _of_kinds_that_go(referred(request, session, text, shop, words, pointed), shop, words)


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
            attributes={**apart(named.attributes, held.not_attributes), **held.attributes},
            not_attributes={**apart(named.not_attributes, held.attributes), **held.not_attributes},
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
