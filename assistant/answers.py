"""The assistant's own sentences: rendered from records, never written by the language model."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.amounts import amount_text, asks_amount
from assistant.cards import money
from assistant.dialogue import Recommendation, Request, Session
from assistant.explain import short_name
from assistant.foreign import found_text, missed_text
from assistant.records import question_text
from assistant.unsaid import unsaid_text
from assistant.variants import nearest_form
from index.catalog import Product
from index.folder import Shop
from index.kinds import kind_key_of

_KEYS = {
    "price_min": "at that price or above",
    "price_max": "at that price or below",
    "brands": "of that brand",
    "not_brands": "without that brand",
    "categories": "of that kind",
    "not_categories": "outside that kind",
    "attributes": "with those features",
    "not_attributes": "without those features",
    "in_stock": "in stock",
    "exclude_ids": "that you have not ruled out",
}


def answer_text(request: Request, shown: Sequence[Recommendation], shop: Shop) -> str:
    """One or two sentences above the products: what they are, and what was doubtful."""
    if request.language:
        return found_text(request, shown, shop)
    unsaid = unsaid_text(request, [one.product for one in shown])
    return " ".join([*request.doubts, *([unsaid] if unsaid else []), _opening(request, shown, shop)])


def _opening(request: Request, shown: Sequence[Recommendation], shop: Shop) -> str:
    anchors = [shop.products[one] for one in request.anchor_ids if one in shop.products]
    many = f"{len(shown)} products" if len(shown) > 1 else "One product"
    if request.bundle:
        return _set_text(request, shown, anchors, shop)
    if request.act == "goes_with" and anchors:
        return f"{many} to go with the {short_name(anchors[0])}:"
    if request.act == "goes_with":
        return f"{many} that go with it:" if len(shown) > 1 else "One product that goes with it:"
    if request.act == "more_like" and anchors:
        return f"{many} like the {short_name(anchors[0])}:"
    if not request.query and not request.kinds:
        if any("history" in one.signals for one in shown):
            return "From what you bought and what others like:"
        if request.constraints or request.around or request.gift or not any(shop.popularity.values()):
            return f"{many} from this shop{' that fit' if request.constraints else ''}:"
        return "Bought most in this shop:"
    if request.unknown:
        return f"What comes nearest to it here{'' if request.kinds else ', which is something else'}:"
    return f"{many} that fit{'' if len(shown) > 1 else 's'}:"


def _set_text(request: Request, shown: Sequence[Recommendation], anchors: Sequence[Product], shop: Shop) -> str:
    """What a set costs in all, or that none was found: counted from what is shown."""
    kinds = {kind_key_of(one.product) for one in shown}
    prices = [one.product.price for one in shown if one.product.price is not None]
    total, limit = sum(prices, Decimal(0)), request.constraints.price_max
    if len(shown) < 2 or len(kinds) < len(shown) or (limit is not None and total > limit):
        within = f" within {money(limit, shop.currency)}" if limit is not None else ""
        return f"I found no set of different things{within}; these fit one by one:"
    to_go = f" to go with the {short_name(anchors[0])}" if anchors else ""
    counted = "" if len(prices) == len(shown) else ", without those whose price is not stated"
    return f"A set of {len(shown)}{to_go}, {money(total, shop.currency)} in all{counted}:"


def no_products_text(request: Request, shop: Shop, session: Session | None = None) -> str:
    """The answer to a message that asks for no products; the session tells which variants were spoken of."""
    if request.act == "question" and asks_amount(request.query):
        meant = request.anchor_ids or (session.shown if session is not None else ())
        return amount_text(request.query, [shop.products[one] for one in meant if one in shop.products])
    if request.act == "question":
        return question_text(request.query, request.anchor_ids, shop, session)
    if request.act == "thanks":
        return "You are welcome. Ask me again whenever you like."
    if request.act == "unsafe":
        return "I cannot help with that. I look through this shop's catalogue: tell me what you would like to buy."
    if request.act == "chat":
        return (
            "I am an AI that looks through this shop's catalogue. Tell me what you need, what it may cost, what you "
            'will not have, or ask what goes with something: "a quiet mouse under $40", "what goes with my laptop?"'
        )
    return "I could not read a wish in that. Tell me what you are looking for, for instance: a headset under $60."


def nearest_text(request: Request, nearest: Mapping[str, tuple[str, ...]], shop: Shop) -> str:
    """Says that nothing satisfies the constraints, which of them blocks, and how far off the nearest are."""
    if request.language:
        return missed_text(request, nearest, shop)
    if request.unknown and not any(nearest.values()):
        names = "; ".join(short_name(shop.products[one]) for one in nearest)
        return " ".join([*request.doubts, f"The nearest in meaning, which are something else: {names}."])
    anchors = [shop.products[one] for one in request.anchor_ids if one in shop.products]
    if request.act == "goes_with" and anchors and not any(nearest.values()):
        sought = f"no {request.query}" if request.query else "nothing"
        return " ".join([*request.doubts, f"I found {sought} that fits the {short_name(anchors[0])}."])
    if not request.constraints:
        return " ".join(request.doubts) or "I found nothing for that in this shop."
    said = [*request.doubts, "Nothing here satisfies all of that."]
    blocking = [key for key in _KEYS if any(key in misses for misses in nearest.values())]
    if blocking:
        said.append(f"I found none {' and '.join(_KEYS[key] for key in blocking[:2])}.")
    if nearest:
        # The others stand below, each with what it misses.
        one, misses = next(iter(nearest.items()))
        off = _difference(shop.products[one], misses, request)
        said.append(f"The nearest, which does not match: {short_name(shop.products[one])} ({off}).")
    return " ".join(said)


def _difference(product: Product, misses: Sequence[str], request: Request) -> str:
    """What a near miss misses, in words: "$12.00 over your limit, out of stock"."""
    limits, parts = request.constraints, []
    product = nearest_form(product, limits)
    for key in misses:
        if key == "price_max" and product.price is not None and limits.price_max is not None:
            parts.append(f"{money(product.price - limits.price_max, product.currency)} over your limit")
        elif key == "price_min" and product.price is not None and limits.price_min is not None:
            parts.append(f"{money(limits.price_min - product.price, product.currency)} under your minimum")
        elif key in ("price_max", "price_min"):
            parts.append("price not stated")
        elif key == "brands" or key == "not_brands":
            parts.append(f"by {product.brand}" if product.brand else "brand not stated")
        elif key == "in_stock":
            parts.append(product.availability.replace("_", " "))
        elif key == "attributes":
            names = [name.replace("_", " ") for name in limits.attributes]
            parts.append(f"another {' or '.join(names)}")
        else:
            parts.append("something you ruled out")
    return ", ".join(parts)
