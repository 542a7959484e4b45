"""Rows that are variants of one product joined into it.

Knows no format. Each row comes as a product of its own, whose id becomes the variant's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from index.catalog import SELLABLE_NOW, Product, Variant, attribute_key
from index.rows import BadValueError, Rejected, rejected_row
from index.source import Found

_BEST_FIRST = ("in_stock", "limited_stock", "preorder", "backorder", "unknown", "out_of_stock", "discontinued")


@dataclass(frozen=True, slots=True)
class Form:
    """One purchasable row: where it stood, the product as that row tells it, and the options that tell it apart.

    `group` is the id of the product that it is a form of, "" where it is one by itself; `title` the group's own.
    Without options it is told apart by those of its attributes, `apart` or any, that not all forms share.
    """

    line: int
    product: Product
    group: str = ""
    options: Mapping[str, str] | None = None
    title: str = ""
    apart: tuple[str, ...] = ()


def join_forms(source: str, forms: Iterable[Form | Rejected]) -> Iterator[Found]:
    """The products that rows tell of, in the order of their first rows, and the rejected rows.

    A second row of an id is rejected, and so is a row in another currency or without a price where the rest of
    its group has one: it would pass for the group's.
    """
    groups: dict[tuple[bool, str], list[Form]] = {}
    seen: dict[str, int] = {}
    for form in forms:
        if isinstance(form, Rejected):
            yield form
            continue
        own = form.product.product_id
        if own in seen:
            bad = BadValueError("id", own, f"an id not seen before (line {seen[own]})")
            yield rejected_row(source, form.line, bad)
            continue
        seen[own] = form.line
        groups.setdefault((bool(form.group), form.group or own), []).append(form)
    for (grouped, name), found in groups.items():
        if not grouped:
            yield found[0].line, found[0].product
            continue
        priced = next((form.product.currency for form in found if form.product.price is not None), None)
        kept = []
        for form in found:
            if priced is not None and (form.product.price is None or form.product.currency != priced):
                told = f"{form.product.price} {form.product.currency}"
                bad = BadValueError("price", told, f"a price in {priced or 'one currency'}, as the group {name!r} has")
                yield rejected_row(source, form.line, bad)
            else:
                kept.append(form)
        yield kept[0].line, joined(name, kept)


def joined(product_id: str, forms: Sequence[Form]) -> Product:
    """One product out of its forms.

    It shows the price of the form that is cheapest among those to be had, the best availability, what the forms
    have in common, and every value of what tells them apart; a variant states only what differs.
    """
    rows = [form.product for form in forms]
    shown = min(rows, key=_sellable_and_cheap)
    first = rows[0]
    options = [dict(form.options) if form.options is not None else _told_apart(form, rows) for form in forms]
    keys = {attribute_key(name) for own in options for name in own}
    attributes: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for name, values in row.attributes.items():
            if attribute_key(name) not in keys:
                attributes.setdefault(name, values)
    for own in options:
        for name, value in own.items():
            known = attributes.get(name, ())
            attributes[name] = known if value in known else (*known, value)
    whole = replace(
        first,
        product_id=product_id,
        title=forms[0].title or _common_title([row.title for row in rows]),
        price=shown.price,
        currency=shown.currency,
        list_price=shown.list_price,
        availability=min((row.availability for row in rows), key=_BEST_FIRST.index),
        image_url=shown.image_url or first.image_url,
        url=shown.url or first.url,
        gtin=first.gtin if len({row.gtin for row in rows}) == 1 else "",
        mpn=first.mpn if len({row.mpn for row in rows}) == 1 else "",
        rating=next((row.rating for row in rows if row.rating is not None), None),
        rating_count=next((row.rating_count for row in rows if row.rating_count is not None), None),
        attributes=attributes,
    )
    variants = (_variant(whole, row, own) for row, own in zip(rows, options, strict=True))
    return replace(whole, variants=tuple(variants))


def _variant(whole: Product, row: Product, options: Mapping[str, str]) -> Variant:
    priced = (row.price, row.list_price) != (whole.price, whole.list_price)
    return Variant(
        variant_id=row.product_id,
        title=row.title if row.title != whole.title else "",
        price=row.price if priced else None,
        list_price=row.list_price if priced else None,
        availability=row.availability if row.availability != whole.availability else "",
        image_url=row.image_url if row.image_url != whole.image_url else "",
        url=row.url if row.url != whole.url else "",
        gtin=row.gtin if row.gtin != whole.gtin else "",
        options=options,
    )


def _told_apart(form: Form, rows: Sequence[Product]) -> dict[str, str]:
    """The attributes of a row that not all rows share."""
    return {
        name: ", ".join(values)
        for name, values in form.product.attributes.items()
        if (not form.apart or name in form.apart) and any(row.attributes.get(name) != values for row in rows)
    }


def _sellable_and_cheap(product: Product) -> tuple[bool, bool, float]:
    price = product.price
    return product.availability not in SELLABLE_NOW, price is None, float(price) if price is not None else 0.0


def _common_title(titles: Sequence[str]) -> str:
    """The words that all titles begin with, else the first title."""
    words = takewhile(lambda same: len(set(same)) == 1, zip(*(title.split() for title in titles), strict=False))
    text = " ".join(same[0] for same in words).rstrip(" -–—,|/(:")
    return text or titles[0]
