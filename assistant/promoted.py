"""Questions about what is reduced, answered from the shop's promotions with their dates and conditions.

"any deals on mice?", "is there a discount code?", "does DESK10 still work?". How codes are used and returned goods are
settled is no question of promotions but of the shop's documents. Knows nothing of these.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.explain import short_name
from index.asked import asked_terms
from index.catalog import Product, fold
from index.folder import Shop
from index.kinds import kind_key
from index.lexical import terms
from index.promotions import Promotion, offers_for

_OFFER = re.compile(
    r"\b(?:deals?|discounts?|discounted|promo(?:tion)?s?|promo(?:tion)? codes?|coupons?|vouchers?|bargains?|specials"
    r"|(?:special|on|an|any|the|current) offers?|offers|on sale|any sales?|sales? (?:on|right|running|now|today)"
    r"|reduced|reductions?|(?:percent|%) off|money off)\b",
    re.IGNORECASE,
)
_USING = re.compile(
    r"\b(?:use|used|using|combine|combined|stack|enter|type|redeem|apply|put|refund(?:ed)?|return(?:s|ed|ing)?|where"
    r"|how (?:do|can|does)|two|both|several)\b",
    re.IGNORECASE,
)
_CODE_ASKED = re.compile(r"\b(?:codes?|coupons?|vouchers?)\b", re.IGNORECASE)
_FILLING = frozenset(terms(
    "deal discount discounted promo promotion coupon voucher bargain special offer sale reduced reduction percent off "
    "code money running run going now today moment week month currently current available right good best great shop "
    "store everything anything something know tell show list have still work works valid want need looking buy "
    "cheap cheaper price hello hi hey thanks product item stuff thing new customer holiday season start end when"
))  # fmt: skip
_TOLD = 4
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question about promotions names: kinds (as keys) and makers, what it calls them, and the other words."""

    kinds: frozenset[str]
    brands: frozenset[str]
    named: str
    rest: frozenset[str]

    def means(self, product: Product) -> bool:
        path = {kind_key(part) for part in product.category_path}
        return (not self.kinds or bool(self.kinds & path)) and (not self.brands or fold(product.brand) in self.brands)


def asks_for_promotions(question: str, shop: Shop) -> bool:
    """True for a question about what is reduced, by words alone; also where the shop has no promotions."""
    return bool(_codes(question, shop.promotions)) or bool(_OFFER.search(question) and not _USING.search(question))


def promotion_text(question: str, shop: Shop, today: date, about: Sequence[str] = ()) -> str:
    """What the promotions say to a question, "" where it is not one about them or names what none of them knows.

    `about` are the products that "this" points at.
    """
    if not shop.promotions or not asks_for_promotions(question, shop):
        return ""
    coded = _codes(question, shop.promotions)
    if coded:
        return " ".join(_told(promotion, shop, today) for promotion in coded)
    meant = [shop.products[one] for one in about if one in shop.products]
    if meant:
        return " ".join(_of_product(product, shop, today) for product in meant[:_TOLD])
    asked = _read(question, shop)
    known = [(promotion, _words(promotion)) for promotion in shop.promotions]
    if asked.rest - {term for _, words in known for term in words}:
        return ""
    chosen = [promotion for promotion, words in known if not asked.rest or asked.rest & words]
    if asked.kinds or asked.brands:
        products = [product for product in shop.rows if asked.means(product)]
        chosen = [promotion for promotion in chosen if any(map(promotion.covers, products))]
    return _list_text(question, chosen, asked.named, shop, today)


def _list_text(question: str, chosen: Iterable[Promotion], named: str, shop: Shop, today: date) -> str:
    ordered = sorted(chosen, key=lambda one: (one.covered.everything, one.promotion_id))
    running = [one for one in ordered if one.runs_on(today)]
    if _CODE_ASKED.search(question):
        running = [one for one in running if one.code] or running
    if running:
        more = len(running) - _TOLD
        rest = f" And {more} more promotion{'s' if more > 1 else ''} running." if more > 0 else ""
        return " ".join(_told(one, shop, today) for one in running[:_TOLD]) + rest
    said = f"No promotion{f' on {named}' if named else ''} runs today."
    coming = sorted(
        (one.starts, one.promotion_id, one) for one in ordered if one.starts is not None and one.starts > today
    )
    if coming:
        return f"{said} To come: {_told(coming[0][2], shop, today)}"
    over = sorted((one.ends, one.promotion_id, one) for one in ordered if one.ends is not None and one.ends < today)
    return f"{said} The last one: {_told(over[-1][2], shop, today)}" if over else said


def _told(promotion: Promotion, shop: Shop, today: date) -> str:
    """A promotion in one sentence: what comes off, under which conditions, until when, on what."""
    parts = (promotion.reduction_text(), promotion.condition_text(), promotion.dates_text(today))
    told = [" ".join(filter(None, parts)), f"on {coverage_text(promotion, shop)}"]
    return f"“{promotion.title}”: {', '.join(filter(None, told))}."


def coverage_text(promotion: Promotion, shop: Shop) -> str:
    """What a promotion covers, in words: "Headphones and Earbuds by Hushmere", "everything except Game Consoles"."""
    own, out = promotion.covered, promotion.excluded
    parts = ["everything"] if own.everything else []
    if not own.everything and (own.categories or own.brands):
        makers = f" by {_and(own.brands)}" if own.brands else ""
        parts.append(f"{_and([name.split('>')[-1].strip() for name in own.categories]) or 'everything'}{makers}")
    if not own.everything and own.product_ids:
        parts.append(_products(own.product_ids, shop))
    left = [*out.categories, *out.brands]
    if out.product_ids:
        left.append(_products(out.product_ids, shop))
    return f"{_and(parts)}{f' except {_and(left)}' if left else ''}"


def _products(ids: Iterable[str], shop: Shop) -> str:
    names = [f"the {short_name(shop.products[one])}" for one in sorted(ids) if one in shop.products]
    if len(names) <= 2:
        return _and(names) or "products not carried now"
    return f"{', '.join(names[:2])} and {len(names) - 2} more"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _of_product(product: Product, shop: Shop, today: date) -> str:
    offers = offers_for(product, shop.promotions, today, shop.currency)
    if not offers:
        return f"No promotion covers the {short_name(product)} today."
    return f"The {short_name(product)}: {'; '.join(offer.text for offer in offers[:_TOLD])}."


def _codes(question: str, promotions: Iterable[Promotion]) -> list[Promotion]:
    words = {fold(word) for word in _WORD.findall(question)}
    return [promotion for promotion in promotions if promotion.code and fold(promotion.code) in words]


def _words(promotion: Promotion) -> frozenset[str]:
    return frozenset(terms(" ".join([promotion.title, promotion.text, promotion.condition_text()])))


def _read(question: str, shop: Shop) -> _Asked:
    """The kinds and makers of the shop that a question names, longest names first, and its other telling words."""
    segments = {part for category in {product.category for product in shop.rows} for part in category.split(">")}
    keys = {kind_key(segment) for segment in segments} - {""}
    makers = {fold(product.brand) for product in shop.rows} - {""}
    words = [fold(word) for word in _WORD.findall(question)]
    kinds: set[str] = set()
    brands: set[str] = set()
    named: list[str] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
            name = " ".join(words[place : place + length])
            key = kind_key(name)
            # "cables" are USB-C cables and HDMI cables.
            meant = {one for one in keys if one == key or one.endswith(f" {key}")} if key else set()
            if (meant or name in makers) and not set(terms(name)) <= _FILLING:
                kinds |= meant if name not in makers else set()
                brands |= {name} & makers
                named.append(name)
                place += length
                break
        else:
            rest.append(words[place])
            place += 1
    telling = frozenset(asked_terms(" ".join(rest))) - _FILLING
    return _Asked(frozenset(kinds), frozenset(brands), " ".join(named), telling)
