"""What a visitor can do on the page besides writing: one pure function an act, in two tables.

`ACTS` change the visit at once; `TURNS` ask for an answer. An act that is unknown, or about a product, answer or key
that is not there, changes nothing. Knows no HTML and no web framework.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant import cart, memory
from assistant.chips import chips, without_chip
from assistant.compare import MOST as MOST_COMPARED
from assistant.dialogue import Request
from assistant.interface import languages, texts_of
from assistant.openers import goes_with
from assistant.visit import VIEWS, Visit
from index.folder import Shop

MESSAGE_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of the visitor: on a product, on what a key names, on the answer at a place; as the browser sent it."""

    act: str
    product: str = ""
    key: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be answered: a message; or, without words to understand, a changed request or a swap in a set.

    `message` is what is drawn as the visitor's words.
    """

    message: str
    request: Request | None = None
    swap: str = ""


def deed_of(sent: Mapping[str, Any]) -> Deed:
    """The act that the browser sent, with everything that is no text or number left out."""

    def text(name: str) -> str:
        value = sent.get(name)
        return value[:MESSAGE_CHARACTERS] if isinstance(value, str) else ""

    turn = text("turn")
    return Deed(text("act"), text("product"), text("key"), int(turn) if turn.isdecimal() and len(turn) < 6 else None)


def done(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    """The visit after an act; the same visit where the act is none of `ACTS`."""
    act = ACTS.get(deed.act)
    return act(visit, deed, shop) if act is not None else visit


def asked_by(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    """What an act of `TURNS` asks; None where there is nothing to ask."""
    turn = TURNS.get(deed.act)
    return turn(visit, deed, shop) if turn is not None else None


# acts on products


def _like(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.product not in shop.products:
        return visit
    return _said(visit.with_session(memory.like(visit.session, deed.product)), "say.liked")


def _dislike(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.product not in shop.products:
        return visit
    return _said(visit.with_session(memory.dislike(visit.session, deed.product)), "say.disliked")


def _unrate(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    rated = {*visit.session.memory.liked, *visit.session.memory.disliked}
    if deed.product not in rated:
        return visit
    return _said(visit.with_session(memory.unrated(visit.session, deed.product)), "say.unrated")


def _compare(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.product not in shop.products or deed.product in visit.ticked:
        return visit
    if len(visit.ticked) == MOST_COMPARED:
        return replace(visit, notice=texts_of(visit.language)["say.full"])
    return replace(visit, ticked=(*visit.ticked, deed.product), notice="")


def _uncompare(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return replace(visit, ticked=tuple(one for one in visit.ticked if one != deed.product), notice="")


# the cart


def _cart_add(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.product not in visit.on_show.seen or not _is_there(deed, shop):
        return visit
    return _said(visit.with_session(cart.add(visit.on_show, deed.product, variant_id=deed.key)), "say.added")


def _cart_choose(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    """A variant for the line of which none was chosen."""
    if deed.product not in visit.on_show.seen or not _is_there(deed, shop):
        return visit
    return visit.with_session(cart.chosen_in_cart(visit.on_show, deed.product, deed.key))


def _is_there(deed: Deed, shop: Shop) -> bool:
    product = shop.products.get(deed.product)
    return product is not None and deed.key in ("", *(one.variant_id for one in product.variants))


def _cart_remove(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if _quantity(visit, deed) == 0:
        return visit
    return _said(visit.with_session(cart.remove(visit.session, deed.product, deed.key)), "say.removed")


def _cart_more(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return _cart_set(visit, deed, 1)


def _cart_less(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return _cart_set(visit, deed, -1)


def _cart_set(visit: Visit, deed: Deed, more: int) -> Visit:
    held = _quantity(visit, deed)
    if held == 0 or deed.product not in visit.on_show.seen or not 1 <= held + more <= cart.MOST:
        return visit
    return visit.with_session(cart.set_quantity(visit.on_show, deed.product, held + more, deed.key))


def _cart_empty(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return _said(visit.with_session(replace(visit.session, cart=())), "say.removed")


def _quantity(visit: Visit, deed: Deed) -> int:
    return cart.quantity_of(visit.session, deed.product, deed.key)


# what is remembered


def _forget(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.key not in {one.key for one in memory.beliefs(visit.session, shop)}:
        return visit
    return _said(visit.with_session(memory.forget(visit.session, deed.key, shop)), "say.forgotten")


def _recall(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.key not in visit.session.memory.forgotten:
        return visit
    return _said(visit.with_session(memory.recall(visit.session, deed.key, shop)), "say.recalled")


def _history_off(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return _said(visit.with_session(memory.with_history(visit.session, False)), "say.history_off")


def _history_on(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return _said(visit.with_session(memory.with_history(visit.session, True)), "say.history_on")


# what is open


def _view(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.key not in VIEWS:
        return visit
    ticked = visit.ticked
    if deed.key == "compare" and deed.turn is not None and deed.turn < len(visit.talk.answers):
        table = visit.talk.answers[deed.turn].comparison
        ticked = table.product_ids if table is not None else ticked
    return replace(visit, view=deed.key, ticked=ticked, notice="", said="")


def _show_answer(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    if deed.key == "latest":
        return replace(visit, turn=None, view="products", notice="", said="")
    if deed.turn is None or deed.turn >= len(visit.talk.answers):
        return visit
    return replace(visit, turn=deed.turn, view="products", notice="", said="")


def _language(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return replace(visit, language=deed.key) if deed.key in languages() else visit


def _undo(visit: Visit, deed: Deed, shop: Shop) -> Visit:
    return visit if visit.answering else visit.undone()


ACTS: Mapping[str, Callable[[Visit, Deed, Shop], Visit]] = {
    "like": _like,
    "unlike": _unrate,
    "dislike": _dislike,
    "undislike": _unrate,
    "compare": _compare,
    "uncompare": _uncompare,
    "cart-add": _cart_add,
    "cart-choose": _cart_choose,
    "cart-remove": _cart_remove,
    "cart-more": _cart_more,
    "cart-less": _cart_less,
    "cart-empty": _cart_empty,
    "forget": _forget,
    "recall": _recall,
    "history-off": _history_off,
    "history-on": _history_on,
    "view": _view,
    "show-answer": _show_answer,
    "language": _language,
    "undo": _undo,
}
"""What an act does to a visit."""


# acts that ask for an answer


def _quick(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    return Asked(deed.key) if deed.key.strip() else None


def _ask(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    product = shop.products.get(deed.product)
    return Asked(goes_with(product)) if product is not None else None


def _chip(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    """The request of the answer that the chip stands in, without it."""
    place = deed.turn if deed.turn is not None else len(visit.talk.answers) - 1
    request = visit.talk.answers[place].request if 0 <= place < len(visit.talk.answers) else None
    if request is None:
        return None
    texts = texts_of(visit.language)
    found = next((one for one in chips(request, shop, texts) if one.key == deed.key), None)
    if found is None:
        return None
    said = texts["ask.without"].format(text=found.text)
    return Asked(said, request=without_chip(request, deed.key))


def _swap(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    topic = visit.session.topic
    product = shop.products.get(deed.product)
    if topic is None or not topic.bundle or product is None or deed.product not in visit.session.shown:
        return None
    return Asked(texts_of(visit.language)["ask.swap"].format(title=product.title), swap=deed.product)


def _retry(visit: Visit, deed: Deed, shop: Shop) -> Asked | None:
    """The last message once more, in the session that it was asked in; a changed request likewise."""
    if not visit.talk.answers:
        return None
    last = visit.talk.answers[-1]
    own = visit.session.turns[len(last.before.turns) :]
    if last.done and own and not own[-1].message:
        return Asked(last.message, request=own[-1].request)
    return Asked(last.message)


TURNS: Mapping[str, Callable[[Visit, Deed, Shop], Asked | None]] = {
    "quick": _quick,
    "ask": _ask,
    "chip": _chip,
    "swap": _swap,
    "retry": _retry,
}
"""What an act asks to be answered."""


def _said(visit: Visit, key: str) -> Visit:
    return replace(visit, said=key, notice="")
