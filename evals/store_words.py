"""What a store holds in words and amounts, in the form in which replies are held against it.

Knows records, documents and promotions of one day; nothing of replies.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.explain import short_name
from index.catalog import Product, fold
from index.documents import Passage
from index.kinds import kind_key_of
from index.promotions import Promotion, automatic_saving, offers_for

TOKEN = re.compile(r"[^\W_]+")
_CODES = "USD|EUR|GBP|JPY|CHF|CAD|AUD|CNY|SEK|NOK|DKK|PLN|CZK|INR|MXN|BRL"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
MONEY = re.compile(
    rf"(?:US\$|[$€£¥]|\b(?:{_CODES}))\s?(?P<a>{NUMBER})"
    rf"|(?<![\d.,])(?P<b>{NUMBER})\s?(?:[$€£¥]|(?:{_CODES}|dollars?|euros?|pounds?|bucks)\b)"
)
_UNITS = (
    r"%|[\"”°]|(?:[cmk]?m|[mk]?g|[cm]?l|lbs?|oz|in|inch(?:es)?|[mgt]b|[mgk]?hz|[mk]?w|wh|m?ah|v|a|dpi|lm|h|of|x"
    r"|stars?)\b"
)
_BARE = re.compile(
    rf"{MONEY.pattern}|(?<![\w.,/-])(?P<c>\d{{1,3}}(?:,\d{{3}})*\.\d\d|\d+\.\d\d)"
    rf"(?![\w/-]|[.,]\d|\s?(?:{_UNITS}))",
    re.IGNORECASE,
)
"""Amounts of a store that states no currency: numbers with two decimals and no unit."""


def tokens(text: str) -> str:
    """The words and numbers of a text, folded and parted by single spaces: the form in which texts are compared."""
    return " ".join(TOKEN.findall(fold(text)))


class StoreWords:
    """What a store holds in words and amounts, for one day: records, documents and the promotions of that day."""

    def __init__(
        self,
        products: Mapping[str, Product],
        passages: Sequence[Passage],
        promotions: Sequence[Promotion],
        currency: str,
        today: date,
    ) -> None:
        self.products = products
        self.passages = frozenset(passages)
        self.promotions = tuple(promotions)
        self.currency = currency
        self.today = today
        self.record = lru_cache(maxsize=None)(self._record)

    @cached_property
    def names(self) -> frozenset[str]:
        """The short names of all products."""
        return frozenset(tokens(short_name(one)) for one in self.products.values())

    @cached_property
    def values(self) -> frozenset[str]:
        """What records say in single values: makers, kinds, categories, attributes and their values."""
        found: set[str] = set()
        for product in self.products.values():
            found |= {product.brand, kind_key_of(product), *product.category_path, *product.attributes}
            found.update(*product.attributes.values())
        return frozenset(map(tokens, found))

    @cached_property
    def house(self) -> str:
        """All documents and promotions as one such text."""
        told = [part for one in self.passages for part in (one.document, *one.headings, one.text, *one.about)]
        for one in self.promotions:
            told += [one.title, one.text, one.summary(self.today), one.reduction_text(), one.condition_text()]
            told += [one.dates_text(self.today), one.code, *one.conditions]
        return joined(told)

    @cached_property
    def house_amounts(self) -> frozenset[Decimal]:
        """The amounts of money that documents and promotions name."""
        told = [one.text for one in self.passages]
        for one in self.promotions:
            told += [one.title, one.text, one.summary(self.today), *one.conditions]
        return frozenset(amount for text in told for amount in amounts(text, self.currency))

    def prices(self, product_id: str) -> frozenset[Decimal]:
        """What a product costs, did cost, or costs with a promotion, and the amounts that stand in its record."""
        product = self.products.get(product_id)
        if product is None:
            return frozenset()
        offers = offers_for(product, self.promotions, self.today, self.currency)
        variants = [price for one in product.variants for price in (one.price, one.list_price)]
        told = [product.price, product.list_price, *variants, *(one.price for one in offers)]
        named = (amount for text in _texts(product) for amount in amounts(text, self.currency))
        return frozenset([*(price for price in told if price is not None), *named])

    def rows(self, product_id: str, quantity: int) -> tuple[Decimal, Decimal, Decimal]:
        """What so many of a product cost: by the record, at today's lowest unit price, less what so many save."""
        product = self.products.get(product_id)
        if product is None or product.price is None:
            return Decimal(0), Decimal(0), Decimal(0)
        offers = offers_for(product, self.promotions, self.today, self.currency)
        lowest = min(
            [product.price, *(one.price for one in offers if one.promotion.automatic and one.price is not None)]
        )
        best = automatic_saving(product, self.promotions, self.today, quantity)
        saving = best.promotion.saving(product.price, product.currency, quantity) if best else Decimal(0)
        return product.price * quantity, lowest * quantity, product.price * quantity - saving

    def _record(self, product_id: str) -> str:
        return joined(_texts(self.products[product_id]))


def _texts(product: Product) -> Iterator[str]:
    yield from (product.title, f"{product.brand} {product.title}", product.description, product.mpn, product.gtin)
    yield from (f"{product.brand} {kind_key_of(product)}", *product.category_path, *product.compatible_with)
    for name, values in product.attributes.items():
        yield f"{name} {', '.join(values)}"
    for one in product.variants:
        yield from (one.title, *(f"{name} {value}" for name, value in one.options.items()))
    yield from product.reviews


def joined(texts: Iterable[str]) -> str:
    """Texts as one, to look for runs of words in."""
    # A bar parts the texts, so that no run of words goes from one into the next.
    return "".join(f"| {tokens(text)} " for text in texts if text) + "|"


def found_amounts(text: str, currency: str) -> Iterator[tuple[str, Decimal]]:
    """The amounts in a text, as written and as numbers; without a currency also bare ones with two decimals."""
    for found in (MONEY if currency else _BARE).finditer(text):
        groups = found.groupdict()
        yield found[0], value_of(groups["a"] or groups["b"] or groups.get("c") or "")


def without_amounts(text: str, currency: str) -> str:
    """The text with a break in the place of each amount."""
    return (MONEY if currency else _BARE).sub(" ; ", text)


def amounts(text: str, currency: str) -> tuple[Decimal, ...]:
    """The amounts of money in a text."""
    return tuple(amount for _, amount in found_amounts(text, currency))


def value_of(written: str) -> Decimal:
    """An amount as it is written, grouped by commas or by points."""
    bare = re.sub(r"[.,](?=\d{3}(?!\d))", "", written)
    return Decimal(bare.replace(",", "."))
