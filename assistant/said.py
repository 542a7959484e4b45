"""What is said and done in a turn that shows no products: questions, comparisons, the cart, what is remembered.

Rendered from records and the shopper's own acts, never written by the language model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers import no_products_text
from assistant.cards import money
from assistant.cart import MOST, Cart, add, cart_of, quantity_of, remove, row_name, set_quantity
from assistant.compare import compare, comparison_text
from assistant.dialogue import Comparison, Memory, Request, Session, owns_key
from assistant.explain import short_name
from assistant.foreign import other_text
from assistant.house import answer as house_answer
from assistant.memory import beliefs, dislike, forget, like, with_history
from assistant.pointing import asked_of_shown
from assistant.records import question_text
from assistant.variants import chosen, dimensions_text, forms_of, named_options, variant_words
from index.documents import Passage
from index.folder import Shop

_LISTED = 6
_PAYS = re.compile(r"\bcheck ?out\b|\bplace\b.{0,10}\border\b", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|this|that|these|those|them|ones?|first|second|third|last)\b", re.IGNORECASE)
ASK_WHICH = "Which one do you mean?"


@dataclass(frozen=True, slots=True)
class Said:
    """The answer of a turn without products: its text, the session after what was done, and what stands beside it."""

    text: str
    session: Session
    comparison: Comparison | None = None
    passages: tuple[Passage, ...] = ()
    quick: tuple[str, ...] = ()


def said(request: Request, session: Session, shop: Shop, today: date) -> Said:
    """The answer to a request that asks for no products, in the language of the message."""
    answer = _said(request, session, shop, today)
    if not request.language or request.act == "shop_question":
        return answer
    text = other_text(request, shop, in_cart=answer.session.cart != session.cart and request.deed == "add")
    return replace(answer, text=text, quick=answer.quick if request.act == "clarify" else ())


def _said(request: Request, session: Session, shop: Shop, today: date) -> Said:
    match request.act:
        case "compare":
            return _compared(request, session, shop)
        case "cart":
            return _with_doubts(request, _cart(request, session, shop, today))
        case "memory":
            return _with_doubts(request, _memory(request, session, shop))
        case "shop_question":
            about = request.anchor_ids or (session.shown if _POINTS.search(request.query) else ())
            text, passages = house_answer(request.query, shop, today, request.language, about)
            return _with_doubts(request, Said(text, session, passages=passages))
        case "clarify":
            names = tuple(short_name(shop.products[one]) for one in request.options)
            return Said(ASK_WHICH, session, quick=names)
        case _:
            return _with_doubts(request, Said(no_products_text(request, shop, session), session))


def _with_doubts(request: Request, answer: Said) -> Said:
    return replace(answer, text=" ".join([*request.doubts, answer.text]))


def _compared(request: Request, session: Session, shop: Shop) -> Said:
    table = compare(request.anchor_ids, shop, session)
    one = [pid for pid in request.anchor_ids if pid in shop.products]
    if table is None and len(one) == 1 and asked_of_shown(request.query) == "question":
        # "How much is it?" of a single product compares nothing.
        return Said(question_text(request.query, one, shop, session), session)
    if table is None:
        return Said("Which ones shall I compare? Say for instance: compare the first and the second.", session)
    return Said(comparison_text(table, shop), session, comparison=table)


def _cart(request: Request, session: Session, shop: Shop, today: date) -> Said:
    known = [one for one in request.anchor_ids if one in shop.products]
    if request.deed == "add":
        seen = [one for one in known if one in session.seen]
        if not seen:
            return Said(
                "I only put into the cart what I have shown you. Tell me which one, or ask me to look for it.", session
            )
        meant = {one: chosen(shop.products[one], session, request.query) for one in seen}
        for one in seen:
            session = add(session, one, min(request.count or 1, MOST), meant[one])
        told = _listed([_in_variant(one, meant[one], shop) for one in seen])
        return _cart_now(f"{told} {_is(seen)} in your cart.", session, shop, today)
    if request.deed == "remove":
        held = [one for one in known if one in {line.product_id for line in session.cart}]
        if not held:
            return _cart_now("That is not in your cart.", session, shop, today)
        for one in held:
            for line in _lines_meant(request, one, session, shop):
                left = quantity_of(session, one, line) - (request.count or MOST)
                session = set_quantity(session, one, left, line) if left > 0 else remove(session, one, line)
        some = f"{request.count} × " if any(session.quantity(one) for one in held) else ""
        return _cart_now(f"{some}{_names(held, shop)} {_is(held)} out of your cart.", session, shop, today)
    if request.deed == "set":
        for one in known:
            if session.quantity(one):
                # Of several variants the one that was put there last.
                line = _lines_meant(request, one, session, shop)[-1]
                session = set_quantity(session, one, min(request.count or 1, MOST), line)
        return _cart_now("Done.", session, shop, today)
    if request.deed == "empty":
        return Said("Your cart is empty now.", replace(session, cart=()))
    pays = "I take no orders or payments: this is what to take to the checkout." if _PAYS.search(request.query) else ""
    return _cart_now(pays, session, shop, today)


def _lines_meant(request: Request, product_id: str, session: Session, shop: Shop) -> list[str]:
    """The variants of the cart's lines of a product that the message names; all of its lines where it names none."""
    lines = [one.variant_id for one in session.cart if one.product_id == product_id]
    named = named_options(request.query, shop.products[product_id]).items()
    options = {one.variant.variant_id: dict(one.variant.options) for one in forms_of(shop.products[product_id])}
    return [one for one in lines if named <= options.get(one, {}).items()] or lines


def _in_variant(product_id: str, variant_id: str, shop: Shop) -> str:
    words = variant_words(shop.products[product_id], variant_id)
    return short_name(shop.products[product_id]) + (f" ({words})" if words else "")


def _cart_now(done: str, session: Session, shop: Shop, today: date) -> Said:
    cart = cart_of(session, shop, today)
    if not cart.rows:
        return Said(f"{done} Your cart is empty.".strip(), session)
    return Said(f"{done} {cart_text(cart)}".strip(), session, quick=("What goes with it?",) if done else ())


def cart_text(cart: Cart) -> str:
    """The cart in one or two sentences: what lies in it, what it costs together, what offers save."""
    rows = "; ".join(
        f"{row.quantity} × {row_name(row)}"
        + (f", {money(row.total, cart.currency)}" if row.total is not None else ", price not stated")
        for row in cart.rows
    )
    saved = f", {money(cart.saved, cart.currency)} saved by offers" if cart.saved else ""
    undecided = [row.product for row in cart.rows if row.product.variants]
    asks = ""
    if undecided:
        first = undecided[0]
        asks = f" Of the {short_name(first)} no variant is chosen yet ({dimensions_text(first)}): say which."
    return f"In your cart: {rows}. Together {money(cart.total, cart.currency)}{saved}.{asks}"


def _memory(request: Request, session: Session, shop: Shop) -> Said:
    known = [one for one in request.anchor_ids if one in shop.products]
    match request.deed:
        case "ignore":
            return Said(
                "From now on I leave out what you bought before. Say “use my history” to bring it back.",
                with_history(session, False),
            )
        case "use":
            return Said("I take what you bought before into account again.", with_history(session, True))
        case "show":
            return Said(_remembered(session, shop), session)
        case "forget" if not request.query:
            clean = replace(session, memory=Memory(session.memory.forgotten, history_off=True))
            return Said(
                "Forgotten: in this conversation I use nothing that I knew of you. Say “use my history” to bring your "
                "purchases back.",
                clean,
            )
        case "forget":
            if not known:
                return Said("I have nothing like that in what I remember of you.", session)
            for one in known:
                session = forget(session, owns_key(one), shop)
            return Said(f"Forgotten: {_names(known, shop)}.", session)
    if not known:
        return Said("Which one do you mean? Name it, or say the first, the second and so on.", session)
    for one in known:
        session = like(session, one) if request.deed == "like" else dislike(session, one)
    if request.deed == "like":
        return Said(f"Noted: you like the {_names(known, shop)}. What is near it comes first now.", session)
    again = ("Show me others",) if session.topic else ()
    return Said(f"Noted: I will not show the {_names(known, shop)} again.", session, quick=again)


def _remembered(session: Session, shop: Shop) -> str:
    found = beliefs(session, shop)
    if not found:
        return "I know nothing of you but what you say here."
    off = " I do not use it at the moment." if session.memory.history_off else ""
    told = "; ".join(one.text for one in found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return f"What I know of you: {told}{more}.{off} Say “forget that I bought …” to take one back."


def _is(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"


def _names(ids: Sequence[str], shop: Shop) -> str:
    return _listed([short_name(shop.products[one]) for one in ids])


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
