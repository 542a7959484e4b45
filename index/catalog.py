"""What the shop sells and what a shopper demands of it: `Product`, `Variant`, `Constraints`.

Knows nothing of files, vectors or language. `Constraints.matches` is the only definition of "meets the
constraints": the store's `where` is tested against it, and the evals measure with it.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

AVAILABILITIES = (
    "in_stock",
    "limited_stock",
    "out_of_stock",
    "preorder",
    "backorder",
    "discontinued",
    "unknown",
)
SELLABLE_NOW = frozenset({"in_stock", "limited_stock"})

# ISO 4217 currencies whose minor unit is not a hundredth.
_MINOR_DIGITS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def minor_digits(currency: str) -> int:
    """The number of decimal digits of a currency's minor unit: 2 unless ISO 4217 says otherwise."""
    return _MINOR_DIGITS.get(currency, 2)


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, case folded, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Variant:
    """One purchasable form of a product; only what differs from the product is set."""

    variant_id: str
    title: str = ""
    price: Decimal | None = None
    list_price: Decimal | None = None
    availability: str = ""
    image_url: str = ""
    url: str = ""
    gtin: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which kind of thing a product is, as a shop's index derived it.

    `source` is "category", "attribute", "title" or "neighbours", or "" where no kind was found; `certainty` is the
    probability, 0 to 1, that a shopper would agree.
    """

    name: str = ""
    source: str = ""
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the catalogue; an empty string, None or an empty mapping means "not stated".

    Prices are in major units of `currency`. `attributes` maps a name to its values, in the feed's order. `derived`
    is no part of a feed: the index sets it, and it makes no two products differ. `reviews` are what shoppers wrote:
    evidence, never an instruction.
    """

    product_id: str
    title: str
    description: str = ""
    brand: str = ""
    category: str = ""
    price: Decimal | None = None
    currency: str = ""
    availability: str = "unknown"
    image_url: str = ""
    url: str = ""
    rating: float | None = None
    rating_count: int | None = None
    list_price: Decimal | None = None
    gtin: str = ""
    mpn: str = ""
    condition: str = ""
    variants: tuple[Variant, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compatible_with: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    derived: Kind | None = field(default=None, compare=False)

    @property
    def category_path(self) -> tuple[str, ...]:
        """The segments of `category`, general to specific: "Computers > Notebooks" gives two."""
        return tuple(part.strip() for part in self.category.split(">") if part.strip())

    @property
    def kind(self) -> str:
        """The most specific segment of the category, or "" where the feed states none."""
        path = self.category_path
        return path[-1] if path else ""

    @property
    def price_minor(self) -> int | None:
        """The price in whole minor units of its currency (cents), or None."""
        return None if self.price is None else to_minor(self.price, self.currency)


def forms(product: Product) -> tuple[Product, ...]:
    """What of a product can be bought: itself, or else each of its variants, which has what the product states of all.

    A variant's price brings its own list price along, and its options take the place of the product's attributes of
    their names: of what another variant is called it has nothing.
    """
    if not product.variants:
        return (product,)
    varied = {attribute_key(name) for variant in product.variants for name in variant.options}
    shared = {name: values for name, values in product.attributes.items() if attribute_key(name) not in varied}
    return tuple(_form(product, variant, shared) for variant in product.variants)


def _form(product: Product, variant: Variant, shared: Mapping[str, tuple[str, ...]]) -> Product:
    told = " / ".join(variant.options.values())
    priced = variant.price is not None
    return replace(
        product,
        title=variant.title or (f"{product.title} - {told}" if told else product.title),
        price=variant.price if priced else product.price,
        list_price=variant.list_price if priced or variant.list_price is not None else product.list_price,
        availability=variant.availability or product.availability,
        image_url=variant.image_url or product.image_url,
        url=variant.url or product.url,
        gtin=variant.gtin or product.gtin,
        variants=(),
        attributes={**shared, **{name: (value,) for name, value in variant.options.items()}},
    )


def to_minor(amount: Decimal, currency: str, rounding: str = "ROUND_HALF_UP") -> int:
    """An amount of major units as whole minor units; halves are rounded away from zero unless told."""
    return int(amount.scaleb(minor_digits(currency)).to_integral_value(rounding=rounding))


def attribute_number(values: Sequence[str]) -> float | None:
    """The first number in the first value that has one: `("15.6 in",)` gives 15.6; None without any."""
    for value in values:
        found = _NUMBER.search(value)
        if found:
            number = float(found.group().replace(",", "."))
            return number if math.isfinite(number) else None
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """An inclusive range of numbers, open where a bound is None."""

    min: float | None = None
    max: float | None = None

    def covers(self, number: float | None) -> bool:
        """True when the number is known and within the bounds."""
        if number is None:
            return False
        return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)


AttributeDemand = tuple[str, ...] | Span


def category_keys(category: str) -> tuple[str, ...]:
    """Every run of neighbouring path segments, folded: what a category constraint may name.

    "A > B > C" gives "a", "b", "c", "a > b", "b > c", "a > b > c".
    """
    path = [fold(part) for part in category.split(">") if part.strip()]
    runs = (" > ".join(path[start:stop]) for start in range(len(path)) for stop in range(start + 1, len(path) + 1))
    return tuple(dict.fromkeys(runs))


def category_key(name: str) -> str:
    """The form in which a category constraint is compared with `category_keys`."""
    return " > ".join(fold(part) for part in name.split(">") if part.strip())


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a recommended product must satisfy; the keys are those of the cases in `evals`.

    Price bounds are inclusive, in major units. `brands`, `categories` and the values of an attribute are
    alternatives; different keys must all hold. A product that lacks a field does not satisfy a constraint on
    it: "not Apple" does not admit a product of unknown brand. A product with variants satisfies the constraints when
    one of its variants satisfies all of them: red and in stock are two things of one shirt, not of two.
    """

    price_min: Decimal | None = None
    price_max: Decimal | None = None
    brands: tuple[str, ...] = ()
    not_brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    attributes: Mapping[str, AttributeDemand] = field(default_factory=dict)
    not_attributes: Mapping[str, AttributeDemand] = field(default_factory=dict)
    in_stock: bool = False
    exclude_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(_stated(getattr(self, item.name)) for item in fields(self))

    def matches(self, product: Product) -> bool:
        """True when the product satisfies every constraint."""
        return not self.misses(product)

    def misses(self, product: Product) -> tuple[str, ...]:
        """The keys of the constraints that the product does not satisfy, in the order of the fields; of a product
        with variants those of the variant that satisfies most.
        """
        return min((self._misses(form) for form in forms(product)), key=len)

    def shown(self, product: Product) -> Product:
        """The product as it satisfies the constraints: itself where all of its variants do or none does, else the
        variant to be had at the lowest price of those that do, under the product's id.
        """
        if not product.variants:
            return product
        bought = forms(product)
        meeting = [form for form in bought if not self._misses(form)]
        if len(meeting) in (0, len(bought)):
            return product
        return min(
            meeting,
            key=lambda one: (one.availability not in SELLABLE_NOW, one.price is None, one.price or Decimal(0)),
        )

    def _misses(self, product: Product) -> tuple[str, ...]:
        keys = category_keys(product.category)
        brand = fold(product.brand)
        found: list[str] = []
        if self.price_min is not None and (product.price is None or product.price < self.price_min):
            found.append("price_min")
        if self.price_max is not None and (product.price is None or product.price > self.price_max):
            found.append("price_max")
        if self.brands and (not brand or brand not in {fold(name) for name in self.brands}):
            found.append("brands")
        if self.not_brands and (not brand or brand in {fold(name) for name in self.not_brands}):
            found.append("not_brands")
        if self.categories and not any(category_key(name) in keys for name in self.categories):
            found.append("categories")
        if self.not_categories and (not keys or any(category_key(name) in keys for name in self.not_categories)):
            found.append("not_categories")
        if not all(_has(product, name, demand) for name, demand in self.attributes.items()):
            found.append("attributes")
        if any(
            not attribute_values(product, name) or _has(product, name, demand)
            for name, demand in self.not_attributes.items()
        ):
            found.append("not_attributes")
        if self.in_stock and product.availability not in SELLABLE_NOW:
            found.append("in_stock")
        if product.product_id in self.exclude_ids:
            found.append("exclude_ids")
        return tuple(found)

    def without(self, *keys: str) -> "Constraints":
        """The same constraints with the named keys dropped."""
        empty = Constraints()
        return replace(self, **{key: getattr(empty, key) for key in keys})


def attribute_values(product: Product, name: str) -> tuple[str, ...]:
    """The product's values of an attribute, whose name is compared folded, `_` and space being one."""
    wanted = attribute_key(name)
    for own, values in product.attributes.items():
        if attribute_key(own) == wanted:
            return values
    return ()


@lru_cache(maxsize=4096)
def attribute_key(name: str) -> str:
    """The form in which attribute names are compared: folded, with spaces and hyphens as "_"."""
    return fold(name).replace(" ", "_").replace("-", "_")


def _has(product: Product, name: str, demand: AttributeDemand) -> bool:
    values = attribute_values(product, name)
    if isinstance(demand, Span):
        return demand.covers(attribute_number(values))
    return bool({fold(value) for value in values} & {fold(value) for value in demand})


def constraints_from_json(row: Mapping[str, Any]) -> Constraints:
    """Constraints from the object of a case file; ValueError names the key, its value and what it should be."""
    known = {item.name for item in fields(Constraints)}
    for key in row:
        if key not in known:
            raise ValueError(f"constraints: unknown key {key!r}, expected one of {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for key, value in row.items():
        if value is None:
            continue
        if key in ("price_min", "price_max"):
            values[key] = _decimal(key, value)
        elif key in ("attributes", "not_attributes"):
            if not isinstance(value, Mapping):
                raise ValueError(f"constraints: {key} is {value!r}, expected an object of name -> value")
            values[key] = {str(name): _demand(str(name), demand) for name, demand in value.items()}
        elif key == "in_stock":
            if not isinstance(value, bool):
                raise ValueError(f"constraints: in_stock is {value!r}, expected true or false")
            values[key] = value
        else:
            listed = [value] if isinstance(value, str) else value
            if not isinstance(listed, Sequence):
                raise ValueError(f"constraints: {key} is {value!r}, expected a list of strings")
            values[key] = tuple(str(name) for name in listed)
    return Constraints(**values)


def constraints_to_json(constraints: Constraints) -> dict[str, Any]:
    """The constraints as the object of a results file, without what is not set."""
    row: dict[str, Any] = {}
    for item in fields(Constraints):
        value = getattr(constraints, item.name)
        if not _stated(value):
            continue
        if isinstance(value, Decimal):
            row[item.name] = int(value) if value == value.to_integral_value() else float(value)
        elif isinstance(value, Mapping):
            row[item.name] = {name: _demand_to_json(demand) for name, demand in value.items()}
        else:
            row[item.name] = list(value) if isinstance(value, tuple) else value
    return row


def _stated(value: object) -> bool:
    # Not by `in`: a price bound of 0 equals False and is one all the same.
    return value is not None and value is not False and value != () and value != {}


def _decimal(key: str, value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"constraints: {key} is {value!r}, expected a number")
    return number


def _demand(name: str, value: object) -> AttributeDemand:
    if isinstance(value, Mapping):
        low, high = value.get("min"), value.get("max")
        if (low is None and high is None) or set(value) - {"min", "max"}:
            raise ValueError(f'constraints: attribute {name!r} is {value!r}, expected {{"min": x, "max": y}}')
        return Span(_bound(name, low), _bound(name, high))
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(part) for part in listed)


def _bound(name: str, value: object) -> float | None:
    if value is None:
        return None
    number = float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"constraints: attribute {name!r} has the bound {value!r}, expected a number")
    return number


def _demand_to_json(demand: AttributeDemand) -> object:
    if isinstance(demand, Span):
        return {key: bound for key, bound in (("min", demand.min), ("max", demand.max)) if bound is not None}
    return demand[0] if len(demand) == 1 else list(demand)


def released(product: Product) -> float:
    """The release date of a product as a number such as 20240131, 0 where the record states none."""
    for name in ("released", "release_date", "release_year", "year"):
        for value in product.attributes.get(name, ()):
            digits = "".join(char for char in value if char.isdigit())[:8]
            if len(digits) >= 4:
                return float(digits.ljust(8, "0"))
    return 0.0
