"""Two to four products side by side: the fields in which their records differ, and whom each is for.

Every cell is a field of a record and every note is read off the cells. Knows nothing of language models.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.cards import money, rating_text, stock_text
from assistant.dialogue import Comparison, ComparisonRow, Session
from assistant.explain import short_name
from assistant.variants import chosen, form_of, variant_words
from index.catalog import Product, attribute_number, fold
from index.folder import Shop

MOST = 4
"""Products that one table has at most."""
ROWS = 12
"""Fields that one table has at most: those that most of the records state come first."""
UNSTATED = "–"

_NAMING = frozenset({"model", "model_name", "manufacturer", "sku", "ean"})
_CELL_CHARACTERS = 60
_NOTED = 3
# What more or less of is better for anybody, with the word for having most or least of it.
_BETTER = (
    (re.compile(r"weight"), -1, "the lightest"),
    (re.compile(r"noise"), -1, "the quietest"),
    (re.compile(r"response time|latency"), -1, "the quickest response"),
    (re.compile(r"battery (?:life|runtime)|runtime|talk time|play(?:back|ing) time"), 1, "the longest battery life"),
    (re.compile(r"battery capacity"), 1, "the largest battery"),
    (re.compile(r"(?:memory|ram)(?: size| capacity)?"), 1, "the most memory"),
    (re.compile(r"storage|capacity|ssd|hard ?drive|disk"), 1, "the largest capacity"),
    (re.compile(r"refresh rate"), 1, "the highest refresh rate"),
    (re.compile(r"brightness"), 1, "the brightest"),
    (re.compile(r"warranty"), 1, "the longest warranty"),
    (re.compile(r"(?:output )?power"), 1, "the most power"),
    (re.compile(r"speed"), 1, "the highest speed"),
)
_YES = frozenset({"yes", "y", "true"})
_NO = frozenset({"no", "n", "false", UNSTATED})


def compare(ids: Sequence[str], shop: Shop, session: Session | None = None) -> Comparison | None:
    """The table of the first two to four products that the shop knows; None for fewer than two.

    Of a product with variants the one is compared that was shown or spoken of in the session.
    """
    whole = [shop.products[one] for one in dict.fromkeys(ids) if one in shop.products][:MOST]
    if len(whole) < 2:
        return None
    spoken = session or Session()
    meant = [chosen(one, spoken) for one in whole]
    products = [form_of(one, variant) for one, variant in zip(whole, meant, strict=True)]
    words = [variant_words(one, variant) for one, variant in zip(whole, meant, strict=True)]
    rows = tuple(_rows(products, words, shop))
    notes = tuple(_note(place, product, products, rows, shop) for place, product in enumerate(products))
    return Comparison(tuple(one.product_id for one in products), rows, notes)


def comparison_text(found: Comparison, shop: Shop) -> str:
    """The notes of a comparison as text, one a line, where there is no room for its table."""
    names = [_name(shop.products[one]) for one in found.product_ids]
    head = f"{', '.join(names[:-1])} and {names[-1]}, side by side:"
    return "\n".join([head, *found.notes])


def _rows(products: Sequence[Product], variants: Sequence[str], shop: Shop) -> Iterator[ComparisonRow]:
    yield ComparisonRow("price", tuple(_price(one, shop) for one in products))
    if any(variants):
        yield ComparisonRow("variant", tuple(_cell(one) or UNSTATED for one in variants))
    stated = [
        ("brand", [one.brand or UNSTATED for one in products]),
        ("rating", [rating_text(one) or UNSTATED for one in products]),
        ("stock", [stock_text(one) for one in products]),
    ]
    names = dict.fromkeys(name for one in products for name in one.attributes if name not in _NAMING)
    told = [
        (name.replace("_", " "), [", ".join(one.attributes.get(name, ())) or UNSTATED for one in products])
        for name in names
    ]
    # What all records tell says most about where they differ.
    told.sort(key=lambda row: row[1].count(UNSTATED))
    differing = [
        ComparisonRow(_cell(label), tuple(map(_cell, values)))
        for label, values in (*stated, *told)
        if len({fold(value) for value in values}) > 1 and max(map(len, values)) < _CELL_CHARACTERS
    ]
    yield from differing[: ROWS - 1]


def _note(place: int, product: Product, products: Sequence[Product], rows: Sequence[ComparisonRow], shop: Shop) -> str:
    """Whom a product is for: in what it is ahead of the others, by its own cells."""
    reasons = list(_ahead(place, products, rows, shop))[:_NOTED]
    if reasons:
        return f"{_name(product)}: for whom {_listed(reasons)} {'counts' if len(reasons) == 1 else 'count'} most."
    own = [f"{row.label} {row.values[place]}" for row in rows[1:] if row.values[place] != UNSTATED][:2]
    return f"{_name(product)}: ahead in none of these fields{f'; {_listed(own)}' if own else ''}."


def _ahead(place: int, products: Sequence[Product], rows: Sequence[ComparisonRow], shop: Shop) -> Iterator[str]:
    product = products[place]
    prices = [one.price for one in products]
    if product.price is not None and all(
        price is None or product.price < price for other, price in enumerate(prices) if other != place
    ):
        yield f"the lowest price ({_price(product, shop)})"
    ratings = [one.rating or 0.0 for one in products]
    if product.rating and all(ratings[place] > one for other, one in enumerate(ratings) if other != place):
        yield f"the best rating ({product.rating:.1f})"
    for row in rows:
        own = row.values[place]
        others = [value for other, value in enumerate(row.values) if other != place]
        number, numbers = attribute_number((own,)), [attribute_number((value,)) for value in others]
        for pattern, direction, words in _BETTER:
            if not pattern.fullmatch(fold(row.label)):
                continue
            known = [one for one in numbers if one is not None]
            alike = number is not None and len(known) == len(others) and _same_unit(row.values)
            if alike and all(direction * (number or 0.0) > direction * one for one in known):
                yield f"{words} ({own})"
            break
        else:
            if fold(own) in _YES and all(fold(value) in _NO for value in others):
                yield f"{row.label} ({own})"


def _same_unit(values: Sequence[str]) -> bool:
    """True when the values differ in their numbers alone: 800 g and 1.2 kg are not put in an order by number."""
    return len({re.sub(r"[\d.,\s]+", "", fold(value)) for value in values}) == 1


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _price(product: Product, shop: Shop) -> str:
    return money(product.price, product.currency or shop.currency) if product.price is not None else UNSTATED


def _name(product: Product) -> str:
    return _cell(short_name(product))


def _cell(text: str) -> str:
    return " ".join(text.split())
