"""The cart: written on the shopper's own act only, for products shown in the session, and added up exactly.

Knows nothing of payment: a cart is a list that the shopper takes to the shop.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.dialogue import CartLine, Session
from assistant.explain import short_name
from assistant.variants import form_of, variant_words
from index.catalog import Product
from index.folder import Shop
from index.promotions import Offer, automatic_saving

MOST = 99
"""Pieces of one product that a cart holds."""


@dataclass(frozen=True, slots=True)
class CartRow:
    """One product of the cart: its unit price, what all of it costs, and the offer that lowers that, if any.

    `unit` and `total` are None where the record states no price. `product` is as it is bought in the line's variant; it
    has variants still where none was chosen; `words` are the options of the one that was.
    """

    product: Product
    quantity: int
    unit: Decimal | None
    total: Decimal | None
    offer: Offer | None = None
    variant_id: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cart:
    """The rows, what they cost together, and what offers save; rows without a price are not in the total."""

    rows: tuple[CartRow, ...]
    total: Decimal
    saved: Decimal
    currency: str


def add(session: Session, product_id: str, quantity: int = 1, variant_id: str = "") -> Session:
    """The session with more of the product in its cart; ValueError for one never shown, or a quantity out of 1..99.

    A variant takes the place of the line for which none was chosen.
    """
    if variant_id:
        session = chosen_in_cart(session, product_id, variant_id)
    held = quantity_of(session, product_id, variant_id)
    return set_quantity(session, product_id, min(held + quantity, MOST), variant_id)


def chosen_in_cart(session: Session, product_id: str, variant_id: str) -> Session:
    """The session with the variant in the place of the line of its product for which none was chosen, if any."""
    open_ones = quantity_of(session, product_id)
    if not open_ones or not variant_id:
        return session
    held = quantity_of(session, product_id, variant_id)
    if held:
        return set_quantity(remove(session, product_id, ""), product_id, min(held + open_ones, MOST), variant_id)
    line = CartLine(product_id, open_ones, variant_id)
    kept = (line if (one.product_id, one.variant_id) == (product_id, "") else one for one in session.cart)
    return replace(session, cart=tuple(kept))


def remove(session: Session, product_id: str, variant_id: str | None = None) -> Session:
    """The session without the product in its cart; with a variant, "" being none chosen, without that line only."""
    kept = (one for one in session.cart if one.product_id != product_id or variant_id not in (None, one.variant_id))
    return replace(session, cart=tuple(kept))


def set_quantity(session: Session, product_id: str, quantity: int, variant_id: str = "") -> Session:
    """The session with so many of the product in its cart; ValueError as in `add`."""
    if product_id not in session.seen:
        raise ValueError(f"product {product_id!r} was not shown in this session, so it cannot be put into the cart")
    if not 1 <= quantity <= MOST:
        raise ValueError(f"quantity is {quantity}, expected 1 to {MOST}")
    line = CartLine(product_id, quantity, variant_id)
    meant = (product_id, variant_id)
    if any((one.product_id, one.variant_id) == meant for one in session.cart):
        kept = tuple(line if (one.product_id, one.variant_id) == meant else one for one in session.cart)
        return replace(session, cart=kept)
    return replace(session, cart=(*session.cart, line))


def quantity_of(session: Session, product_id: str, variant_id: str = "") -> int:
    """How many of a line lie in the cart."""
    meant = (product_id, variant_id)
    return next((one.quantity for one in session.cart if (one.product_id, one.variant_id) == meant), 0)


def cart_of(session: Session, shop: Shop, today: date) -> Cart:
    """The session's cart with what it costs on a day; offers that need a code or a condition are not counted."""
    rows = tuple(_row(line, shop, today) for line in session.cart if line.product_id in shop.products)
    full = sum(((row.product.price or Decimal(0)) * row.quantity for row in rows), Decimal(0))
    total = sum((row.total for row in rows if row.total is not None), Decimal(0))
    return Cart(rows, total, full - total, shop.currency)


def _row(line: CartLine, shop: Shop, today: date) -> CartRow:
    whole = shop.products[line.product_id]
    product, words = form_of(whole, line.variant_id), variant_words(whole, line.variant_id)
    if product.price is None:
        return CartRow(product, line.quantity, None, None, None, line.variant_id, words)
    offer = automatic_saving(product, shop.promotions, today, line.quantity)
    currency = product.currency or shop.currency
    saved = offer.promotion.saving(product.price, currency, line.quantity) if offer else Decimal(0)
    total = product.price * line.quantity - saved
    return CartRow(product, line.quantity, product.price, total, offer, line.variant_id, words)


def row_name(row: CartRow) -> str:
    """The product's name in few words, with its variant: "Rain jacket (size M, blue)"."""
    return short_name(row.product) + (f" ({row.words})" if row.words else "")
