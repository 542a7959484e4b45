"""Quick replies: what a shopper may want to say next, as messages to send by a tap.

Only what would change the answer is offered. Knows no page.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.cards import clean, money
from assistant.dialogue import Recommendation, Request, Session
from assistant.foreign import next_texts
from assistant.memory import usual_price
from index.catalog import SELLABLE_NOW
from index.folder import Shop

MOST = 4
_FAR_ABOVE = Decimal("1.5")


def next_steps(request: Request, shown: Sequence[Recommendation], session: Session, shop: Shop) -> tuple[str, ...]:
    """Up to four messages that would change the answer shown."""
    if request.language:
        return next_texts(request, shown)
    return tuple(_steps(request, shown, session, shop))[:MOST]


def _steps(request: Request, shown: Sequence[Recommendation], session: Session, shop: Shop) -> Iterator[str]:
    products = [one.product for one in shown]
    if not products:
        return
    held = request.constraints
    prices = sorted(one.price for one in products if one.price is not None)
    usual = None if request.gift or held.price_max is not None else usual_price(session, shop)
    if usual is not None and prices and prices[len(prices) // 2] > Decimal(usual) * _FAR_ABOVE:
        yield f"Around {money(Decimal(usual).quantize(Decimal(1)), shop.currency, short=True)}, what I usually pay"
    if request.order != "cheapest" and len(prices) > 1 and not request.bundle:
        yield "Show me cheaper ones"
    if not held.in_stock and any(one.availability not in SELLABLE_NOW for one in products):
        yield "Only what is in stock"
    if len(products) > 1 and not request.bundle:
        yield "Compare the first two"
    makers = [one.brand for one in products if one.brand]
    if makers and len(set(makers)) < len(makers) and not held.brands:
        often = max(dict.fromkeys(makers), key=makers.count)
        yield f"Not {clean(often)}"
    if request.act == "find" and not request.bundle:
        yield "What goes with the first one?"
