"""What the shop takes off its prices, when and under which conditions: `Promotion`, `Offer`, and their file.

    {"promotion_id": "desk", "title": "Desk weeks", "percent": "10", "code": "DESK10", "starts": "2026-11-01",
     "ends": "2026-11-30", "covers": {"categories": ["Desks"]}, "excludes": {"brands": ["Norvik"]}}

`promotion_id`, `title` and `covers` are required. What comes off is told by `percent`, by `amount` (in `currency`), or
by `buy` and `get` (for every `buy` units paid, `get` more are free, or `percent` cheaper); a promotion may also say no
more than its `text`. The dates are inclusive, and open where they are missing. `code`, `min_spend`, `first_order` and
`conditions` (sentences) are what the shopper has to meet. Knows nothing of carts and of what a shopper asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from index.catalog import Product, category_key, category_keys, fold, minor_digits, to_minor
from index.feeds import (
    BadValueError,
    Rejected,
    json_rows,
    kept_texts,
    list_field,
    money_field,
    number_field,
    rejected_row,
    required_field,
    text_field,
)
from index.money import money

_FIELDS = frozenset({
    "promotion_id", "title", "text", "percent", "amount", "currency", "buy", "get", "starts", "ends", "code",
    "min_spend", "first_order", "conditions", "covers", "excludes",
})  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which products are meant: all of them, those named by id, or those of the brands and the categories named."""

    everything: bool = False
    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    product_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Promotion:
    """A reduction, the products it covers, when it runs, and what the shopper has to meet.

    `percent` is 0 to 100. `amount` comes off each unit, or once off the order where there is a `min_spend`. With `buy`
    and `get`, for every `buy` units paid `get` more are `percent` cheaper, or free when that is None.
    """

    promotion_id: str
    title: str
    text: str = ""
    percent: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    buy: int | None = None
    get: int | None = None
    starts: date | None = None
    ends: date | None = None
    code: str = ""
    min_spend: Decimal | None = None
    first_order: bool = False
    conditions: tuple[str, ...] = ()
    covered: Coverage = Coverage()
    excluded: Coverage = Coverage()

    @property
    def automatic(self) -> bool:
        """True when it holds without a code or a condition, so that a cart may count it."""
        return not (self.code or self.min_spend is not None or self.first_order or self.conditions)

    def covers(self, product: Product) -> bool:
        """True when the promotion is for the product.

        Brands and categories must both hold where both are named; what is named by id is covered besides. Of the
        exclusions, each one is enough. A guessed kind is no category.
        """
        own, out = self.covered, self.excluded
        if product.product_id in out.product_ids or _of_brand(product, out) or _of_category(product, out):
            return False
        if own.everything or product.product_id in own.product_ids:
            return True
        if not (own.brands or own.categories):
            return False
        return (not own.brands or _of_brand(product, own)) and (not own.categories or _of_category(product, own))

    def runs_on(self, day: date) -> bool:
        """True when the day is within the dates, both included."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def saving(self, unit: Decimal, currency: str, quantity: int = 1) -> Decimal:
        """What comes off `quantity` units of a product by itself, in whole minor units, never more than they cost.

        0 where the units alone do not meet it: too few for a `buy`, less than `min_spend`, another currency.
        """
        total = unit * quantity
        if self.min_spend is not None and total < self.min_spend:
            return Decimal(0)
        if (self.amount is not None or self.min_spend is not None) and self.currency not in ("", currency):
            return Decimal(0)
        if self.buy is not None and self.get is not None:
            rounds, left = divmod(quantity, self.buy + self.get)
            cheaper = rounds * self.get + max(0, left - self.buy)
            return cheaper * _rounded(unit * (Decimal(100) if self.percent is None else self.percent) / 100, currency)
        if self.percent is not None:
            return quantity * _rounded(unit * self.percent / 100, currency)
        if self.amount is not None:
            return min(self.amount, total) if self.min_spend is not None else quantity * min(self.amount, unit)
        return Decimal(0)

    def reduction_text(self) -> str:
        """What comes off, in words: "10 % off", "$20.00 off", "3 for 2"; "" when it is told in no numbers."""
        if self.buy is not None and self.get is not None:
            if self.percent is None:
                return f"{self.buy + self.get} for {self.buy}"
            which = "the next one" if self.get == 1 else f"the next {self.get}"
            return f"buy {self.buy}, {which} {_percent(self.percent)} off"
        if self.percent is not None:
            return f"{_percent(self.percent)} off"
        if self.amount is not None:
            return f"{money(self.amount, self.currency)} off"
        return ""

    def condition_text(self) -> str:
        """What the shopper has to meet, in words; "" when there is nothing."""
        parts = []
        if self.min_spend is not None:
            parts.append(f"from {money(self.min_spend, self.currency)} spent")
        if self.first_order:
            parts.append("on a first order")
        if self.code:
            parts.append(f"with code {self.code}")
        return " ".join([*parts, *(f"({condition.rstrip('.')})" for condition in self.conditions)])

    def dates_text(self, today: date) -> str:
        """When it runs, seen from a day: "until 30 November", "from 1 May 2027 until ...", "over since ..."."""
        if self.ends is not None and self.ends < today:
            return f"over since {day_text(self.ends, today)}"
        parts = []
        if self.starts is not None and self.starts > today:
            parts.append(f"from {day_text(self.starts, today)}")
        if self.ends is not None:
            parts.append(f"until {day_text(self.ends, today)}")
        return " ".join(parts)

    def summary(self, today: date) -> str:
        """Reduction (else title), condition and dates: "10 % off with code DESK10 until 30 November"."""
        parts = (self.reduction_text() or self.title, self.condition_text(), self.dates_text(today))
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion as it stands for one product; `price` is that of one unit with it, None when one does not tell."""

    promotion: Promotion
    price: Decimal | None
    text: str


def offers_for(product: Product, promotions: Iterable[Promotion], today: date, currency: str = "") -> tuple[Offer, ...]:
    """The promotions that run today and cover the product: those that hold by themselves first, the lowest price first.

    `currency` is the shop's, for a product that states none.
    """
    own = product.currency or currency
    found = [_offer(product, one, today, own) for one in promotions if one.runs_on(today) and one.covers(product)]
    return tuple(sorted(found, key=_order))


def automatic_saving(product: Product, promotions: Iterable[Promotion], today: date, quantity: int = 1) -> Offer | None:
    """The promotion that takes most off `quantity` units of a product without a code or a condition; None without any.

    Promotions do not add up: the best one holds. Its saving is `promotion.saving(price, currency, quantity)`.
    """
    if product.price is None:
        return None
    unit = product.price
    best, most = None, Decimal(0)
    for promotion in promotions:
        if promotion.automatic and promotion.runs_on(today) and promotion.covers(product):
            saving = promotion.saving(unit, product.currency, quantity)
            if saving > most:
                best, most = promotion, saving
    return None if best is None else _offer(product, best, today, product.currency)


def _offer(product: Product, promotion: Promotion, today: date, currency: str) -> Offer:
    price = None
    if product.price is not None:
        saving = promotion.saving(product.price, currency)
        price = product.price - saving if saving else None
    told = promotion.summary(today)
    return Offer(promotion, price, f"{told}: {money(price, currency)}" if price is not None else told)


def _order(offer: Offer) -> tuple[bool, bool, Decimal, str]:
    return not offer.promotion.automatic, offer.price is None, offer.price or Decimal(0), offer.promotion.promotion_id


def _of_brand(product: Product, coverage: Coverage) -> bool:
    brand = fold(product.brand)
    return bool(brand) and any(fold(name) == brand for name in coverage.brands)


def _of_category(product: Product, coverage: Coverage) -> bool:
    keys = category_keys(product.category) if coverage.categories else ()
    return any(category_key(name) in keys for name in coverage.categories)


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return Decimal(to_minor(amount, currency)).scaleb(-minor_digits(currency))


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f} %"


def day_text(day: date, today: date) -> str:
    """A day in words, "30 November"; with the year when it is not today's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def read_promotions(path: Path) -> Iterator[Promotion | Rejected]:
    """Every row of a promotions file in order, kept or rejected; a second row of an id is rejected."""
    seen: dict[str, int] = {}
    for line, row in json_rows(path):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            promotion = promotion_from_json(row)
            if promotion.promotion_id in seen:
                first = seen[promotion.promotion_id]
                raise BadValueError("promotion_id", promotion.promotion_id, f"an id not seen before (line {first})")
        except BadValueError as bad:
            yield rejected_row(path, line, bad)
            continue
        seen[promotion.promotion_id] = line
        yield promotion


def promotion_from_json(row: Mapping[str, Any]) -> Promotion:
    """A promotion from a row; a ValueError carries the field, its value and what was expected."""
    for name in row:
        # A condition that is not understood must not be dropped: a promotion would promise too much.
        if name not in _FIELDS:
            raise BadValueError(name, row[name], f"no field but {', '.join(sorted(_FIELDS))}")
    currency = text_field(row, "currency").upper()
    promotion = Promotion(
        promotion_id=required_field(row, "promotion_id"),
        title=required_field(row, "title"),
        text=text_field(row, "text"),
        percent=_share(row),
        amount=money_field(row, "amount", currency),
        currency=currency,
        buy=_units(row, "buy"),
        get=_units(row, "get"),
        starts=_day(row, "starts"),
        ends=_day(row, "ends"),
        code=text_field(row, "code"),
        min_spend=money_field(row, "min_spend", currency),
        first_order=_flag(row, "first_order"),
        conditions=kept_texts(list_field(row, "conditions")),
        covered=_coverage(row, "covers"),
        excluded=_coverage(row, "excludes"),
    )
    if (promotion.buy is None) != (promotion.get is None):
        raise BadValueError("get" if promotion.get is None else "buy", None, "both buy and get, or neither")
    if promotion.amount is not None and (promotion.percent is not None or promotion.buy is not None):
        raise BadValueError("amount", str(promotion.amount), "no percent, buy or get beside an amount")
    if promotion.starts and promotion.ends and promotion.ends < promotion.starts:
        raise BadValueError("ends", promotion.ends.isoformat(), f"no day before it starts ({promotion.starts})")
    if promotion.covered == Coverage():
        raise BadValueError("covers", row.get("covers"), "everything, brands, categories or product_ids")
    return promotion


def promotion_to_json(promotion: Promotion) -> dict[str, Any]:
    """The row of a promotion, without what is not stated."""
    row: dict[str, Any] = {
        "promotion_id": promotion.promotion_id,
        "title": promotion.title,
        "text": promotion.text,
        "percent": _plain(promotion.percent),
        "amount": _plain(promotion.amount),
        "currency": promotion.currency,
        "buy": promotion.buy,
        "get": promotion.get,
        "starts": promotion.starts.isoformat() if promotion.starts else None,
        "ends": promotion.ends.isoformat() if promotion.ends else None,
        "code": promotion.code,
        "min_spend": _plain(promotion.min_spend),
        "first_order": promotion.first_order or None,
        "conditions": list(promotion.conditions),
        "covers": _coverage_to_json(promotion.covered),
        "excludes": _coverage_to_json(promotion.excluded),
    }
    return {name: value for name, value in row.items() if value not in ("", None, [], {})}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _coverage_to_json(coverage: Coverage) -> dict[str, Any]:
    row = {
        "everything": coverage.everything,
        "brands": list(coverage.brands),
        "categories": list(coverage.categories),
        "product_ids": sorted(coverage.product_ids),
    }
    return {name: value for name, value in row.items() if value}


def _coverage(row: Mapping[str, Any], name: str) -> Coverage:
    value = row.get(name)
    if value is None:
        return Coverage()
    expected = "an object with everything, brands, categories or product_ids"
    known = {"everything", "brands", "categories", "product_ids"}
    if not isinstance(value, dict) or set(value) - known:
        raise BadValueError(name, value, expected)
    return Coverage(
        everything=_flag(value, "everything"),
        brands=kept_texts(list_field(value, "brands")),
        categories=kept_texts(list_field(value, "categories")),
        product_ids=frozenset(kept_texts(list_field(value, "product_ids"))),
    )


def _share(row: Mapping[str, Any]) -> Decimal | None:
    value = row.get("percent")
    if value is None:
        return None
    try:
        share = Decimal(str(value))
    except InvalidOperation:
        share = Decimal("NaN")
    if isinstance(value, bool) or not share.is_finite() or not 0 < share <= 100:
        raise BadValueError("percent", value, "a number above 0, to 100")
    return share


def _units(row: Mapping[str, Any], name: str) -> int | None:
    number = number_field(row, name, 1, 1000)
    if number is not None and number != int(number):
        raise BadValueError(name, str(number), "a whole number from 1 up")
    return None if number is None else int(number)


def _flag(row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise BadValueError(name, value, "true or false")
    return value


def _day(row: Mapping[str, Any], name: str) -> date | None:
    text = text_field(row, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValueError(name, text, 'a day such as "2026-11-30"') from None
