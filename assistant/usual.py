"""Which values say nothing for one product because nearly all of the shop, or of its kind, have them.

Counted on at most a few thousand products, once a shop: "Free click & collect" on every record is no reason to take
this one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from index.catalog import Product, attribute_key, fold
from index.folder import Shop
from index.kinds import kind_key_of

_COUNTED = 3000
"""Products counted at most: the share of a value is known well enough from these."""
_OF_SHOP, _LEAST_OF_SHOP = 0.8, 20
_OF_KIND, _LEAST_OF_KIND = 0.9, 6
"""The shares from which a value is usual, and the products that there must be to say so."""
_TRADE = re.compile(
    r"(?:.*_)?(?:prices?|cost|costs|stock|inventory|quantity|availability|available|vat|tax|margin|shipping|delivery|lieferzeit|verfügbarkeit|livraison|entrega|consegna|lagerbestand"
    r"|bestand|lagermenge|preis|einkaufspreis|prix|precio|prezzo|existencias|giacenza)(?:_.*)?"
)
"""Matches the names of what a shop keeps for itself or tells beside the product: a price, a stock, a date."""

Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Usual:
    of_shop: frozenset[Told]
    of_kind: Mapping[str, frozenset[Told]]


_KNOWN: "WeakKeyDictionary[Shop, _Usual]" = WeakKeyDictionary()


def is_trade(name: str) -> bool:
    """True for an attribute that tells of price, stock or dates, and not of the product."""
    return _TRADE.fullmatch(attribute_key(name)) is not None


def is_usual(name: str, values: Sequence[str], shop: Shop) -> bool:
    """True when nearly every product of the shop has the attribute with these values."""
    return _told(name, values) in _usual(shop).of_shop


def is_usual_of_kind(name: str, values: Sequence[str], kind: str, shop: Shop) -> bool:
    """True when nearly every product of the kind has the attribute with these values."""
    return _told(name, values) in _usual(shop).of_kind.get(kind, frozenset())


def _told(name: str, values: Sequence[str]) -> Told:
    return attribute_key(name), fold(", ".join(values))


def _usual(shop: Shop) -> _Usual:
    known = _KNOWN.get(shop)
    if known is None:
        known = _KNOWN[shop] = _counted(shop.rows[:: max(1, len(shop.rows) // _COUNTED)])
    return known


def _counted(products: Sequence[Product]) -> _Usual:
    having: Counter[Told] = Counter()
    by_kind: dict[str, Counter[Told]] = {}
    sizes: Counter[str] = Counter()
    for product in products:
        told = {_told(name, values) for name, values in product.attributes.items()}
        kind = kind_key_of(product)
        having.update(told)
        sizes[kind] += 1
        by_kind.setdefault(kind, Counter()).update(told)
    return _Usual(
        _from_share(having, len(products), _OF_SHOP, _LEAST_OF_SHOP),
        {kind: _from_share(told, sizes[kind], _OF_KIND, _LEAST_OF_KIND) for kind, told in by_kind.items()},
    )


def _from_share(having: Counter[Told], size: int, share: float, least: int) -> frozenset[Told]:
    if size < least:
        return frozenset()
    return frozenset(told for told, count in having.items() if count >= share * size)
