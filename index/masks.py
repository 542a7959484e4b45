"""Which products satisfy constraints, as a mask over all rows, fast enough for every turn: `Masks`.

`Constraints.matches` stays the one definition. Each constraint reads one field, so it is asked once for every value
that the field has in the shop, of a bare product that has it, and not once a product. Prices are nearly all
different: they are compared as they are, and the tests hold that to the definition. What is asked is each form that
can be bought; a product with variants satisfies what one of them does.
"""

import operator
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import numpy as np

from index.catalog import Constraints, Product, attribute_key, forms
from index.counts import Rows
from index.lexical import Mask

_READS: Mapping[str, str] = {
    "brands": "brand",
    "not_brands": "brand",
    "categories": "category",
    "not_categories": "category",
    "in_stock": "availability",
}
"""What of a product each constraint reads, apart from prices and ids; those on attributes read one each."""

_Value = TypeVar("_Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Column:
    """A field over all rows: a bare product for each of its values, and the place of each row's value among them."""

    products: tuple[Product, ...]
    places: Rows


@dataclass(frozen=True, slots=True)
class _Stated:
    """The rows that state an attribute, in order, and what each says."""

    rows: "array[int]" = field(default_factory=lambda: array("q"))
    values: list[tuple[str, ...]] = field(default_factory=list)


class Masks:
    """Finds the rows of a shop that satisfy constraints; keeps what it read of a field."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = products
        self._row_of = {product.product_id: row for row, product in enumerate(products)}
        bought = [forms(product) for product in products]
        self._forms = [form for own in bought for form in own]
        self._starts = np.cumsum([0, *map(len, bought)])[:-1]
        self._priced = np.asarray([row for row, one in enumerate(self._forms) if one.price is not None], np.int64)
        self._prices = np.asarray([one.price for one in self._forms if one.price is not None], np.object_)
        self._stated = _stated(self._forms)
        self._field = lru_cache(maxsize=None)(self._field_of)
        self._attribute = lru_cache(maxsize=256)(self._attribute_of)

    def of(self, constraints: Constraints) -> Mask:
        """Which rows satisfy the constraints; shape (number of products,)."""
        found = np.ones(len(self._forms), np.bool_)
        for part, column in self._parts(constraints):
            met = np.fromiter(map(part.matches, column.products), np.bool_, len(column.products))
            found &= met[column.places]
        for bound, within in ((constraints.price_min, operator.ge), (constraints.price_max, operator.le)):
            if bound is not None:
                near = np.zeros_like(found)
                near[self._priced] = within(self._prices, bound)
                found &= near
        if len(self._forms) > len(self._products):
            found = np.logical_or.reduceat(found, self._starts)
        # Only a product that is named can be excluded.
        for row in (self._row_of[name] for name in constraints.exclude_ids if name in self._row_of):
            found[row] &= Constraints(exclude_ids=constraints.exclude_ids).matches(self._products[row])
        return found

    def _parts(self, constraints: Constraints) -> Iterator[tuple[Constraints, _Column]]:
        """Each constraint by itself, with the field that it reads."""
        for key, read in _READS.items():
            part = Constraints(**{key: getattr(constraints, key)})
            if part:
                yield part, self._field(read)
        for name, demand in constraints.attributes.items():
            yield Constraints(attributes={name: demand}), self._attribute(attribute_key(name))
        for name, demand in constraints.not_attributes.items():
            yield Constraints(not_attributes={name: demand}), self._attribute(attribute_key(name))

    def _field_of(self, field: str) -> _Column:
        places, values = _numbered(getattr(form, field) for form in self._forms)
        return _Column(tuple(Product(**{"product_id": "", "title": "", field: value}) for value in values), places)

    def _attribute_of(self, key: str) -> _Column:
        stated = self._stated.get(key, _Stated())
        # The first place is that of the rows which do not have it.
        places = np.zeros(len(self._forms), np.int64)
        own, values = _numbered(stated.values)
        places[np.asarray(stated.rows, np.int64)] = own + 1
        return _Column((Product("", ""), *(Product("", "", attributes={key: value}) for value in values)), places)


def _stated(forms: Sequence[Product]) -> dict[str, _Stated]:
    """The rows that state each attribute, by its folded name: reading all of them takes as long as reading one."""
    key_of = lru_cache(maxsize=None)(attribute_key)
    found: dict[str, _Stated] = defaultdict(_Stated)
    for row, form in enumerate(forms):
        for name, value in form.attributes.items():
            own = found[key_of(name)]
            # Of two names that are one when folded the first counts, as in `attribute_values`.
            if not own.rows or own.rows[-1] != row:
                own.rows.append(row)
                own.values.append(value)
    return dict(found)


def _numbered(values: Iterable[_Value]) -> tuple[Rows, list[_Value]]:
    """The place of each value among the different ones, and those."""
    place: dict[_Value, int] = {}
    places = [place.setdefault(value, len(place)) for value in values]
    return np.asarray(places, np.int64), list(place)
