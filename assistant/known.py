"""Sessions and answers without the products that the shop no longer has.

What is kept may be older than the catalogue: a conversation on the shelf, or one that is open while the shop is built
anew. What remains is what can be looked up. Knows no files and no page.
"""

from collections.abc import Mapping
from dataclasses import replace

from assistant.dialogue import CartLine, Memory, Request, Session, Turn
from assistant.talk import Answer
from index.catalog import Product

Known = Mapping[str, Product]


def session_in(session: Session, products: Known) -> Session:
    """The session with the products that the shop has; itself where it has them all."""
    found = replace(
        session,
        history=_ids(session.history, products),
        turns=tuple(_turn(one, products) for one in session.turns),
        memory=memory_in(session.memory, products),
        cart=cart_in(session.cart, products),
    )
    return session if found == session else found


def memory_in(memory: Memory, products: Known) -> Memory:
    """What is remembered of products that the shop has."""
    return replace(memory, liked=_ids(memory.liked, products), disliked=_ids(memory.disliked, products))


def cart_in(cart: tuple[CartLine, ...], products: Known) -> tuple[CartLine, ...]:
    """The lines of products that the shop has."""
    return tuple(one for one in cart if one.product_id in products)


def request_in(request: Request, products: Known) -> Request:
    """The request about products that the shop has."""
    return replace(request, anchor_ids=_ids(request.anchor_ids, products), options=_ids(request.options, products))


def answer_in(answer: Answer, products: Known) -> Answer:
    """The answer without near misses and comparisons that cannot be drawn any more; its products stand as told."""
    comparison = answer.comparison
    if comparison is not None and any(one not in products for one in comparison.product_ids):
        comparison = None
    request = request_in(answer.request, products) if answer.request is not None else None
    nearest = {one: missed for one, missed in answer.nearest.items() if one in products}
    found = replace(answer, request=request, nearest=nearest, comparison=comparison)
    return answer if found == answer else found


def _turn(turn: Turn, products: Known) -> Turn:
    return replace(turn, request=request_in(turn.request, products), shown_ids=_ids(turn.shown_ids, products))


def _ids(ids: tuple[str, ...], products: Known) -> tuple[str, ...]:
    return tuple(one for one in ids if one in products)
