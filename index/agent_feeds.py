"""The catalogues that agents exchange: ACP `products.jsonl` and UCP products, with prices in minor units.

Each product carries its variants; one that cannot be read is rejected and the others are kept. What UCP requires
beside ACP (a description and a range of prices) is required.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from index.catalog import AVAILABILITIES, Product, Variant
from index.joining import Form, joined
from index.json_walk import json_objects
from index.left_out import Place
from index.money import Money, from_minor
from index.normalise import availability, category, plain_markdown, plain_text, stated
from index.rows import BadValueError, Rejected, number_field, rejected_row
from index.source import Found, Reading, Source

Row = Mapping[str, Any]
_EMPTY: Row = {}
_TAXONOMIES = ("merchant", "google_product_category", "shopify", "")
"""Whose categories are taken first: the shop's own words before those of others."""


def read_acp(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of an ACP feed and every rejected row."""
    yield from _products(source, ("id", "variants"), ("id", "title"), reading)


def read_ucp(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a UCP catalogue, or of an answer of its search, and every rejected row."""
    needed = ("id", "title", "description", "price_range", "variants")
    yield from _products(source, needed, ("id", "title", "description", "price"), reading)


def _products(
    source: Source, needed: Sequence[str], variant_needed: Sequence[str], reading: Reading
) -> Iterator[Found]:
    for row in json_objects(source, ["products"]):
        if isinstance(row, Rejected):
            yield row
            continue
        line, given = row
        place = reading.at(source, line)
        bad: list[BadValueError] = []
        try:
            product = _product(given, needed, variant_needed, place, bad)
        except BadValueError as error:
            product = None
            bad.append(error)
        yield from (rejected_row(source.name, line, one) for one in bad)
        if product:
            yield line, product


def _product(
    row: Row, needed: Sequence[str], variant_needed: Sequence[str], place: Place, bad: list[BadValueError]
) -> Product | None:
    """The product of a row, None where no variant can be read; `bad` gets why a variant was not."""
    _require(row, needed, "")
    name = _text(row, "id")
    variants = _list(row, "variants")
    if not variants:
        raise BadValueError("variants", row["variants"], "a list of one variant or more")
    for field in ("min", "max") if "price_range" in needed else ():
        _price(_object(row, "price_range"), field, "price_range.")
    rating, count = place.kept(lambda: _rating(row), (None, None))
    whole = Product(
        product_id=name,
        title=plain_text(_text(row, "title")),
        description=_description(row, place),
        category=place.kept(lambda: _category(row), ""),
        image_url=_image(row, place),
        url=place.url(_own(row, "url", place)),
        rating=rating,
        rating_count=count,
        attributes=place.kept(lambda: _tags(row), {}),
    )
    forms: list[Form] = []
    for variant in variants:
        try:
            forms.append(_variant(whole, variant, variant_needed, place, forms))
        except BadValueError as error:
            bad.append(error)
    if not forms:
        return None
    if len(forms) == 1:
        only = forms[0]
        own = only.product.product_id
        title = whole.title or only.product.title
        options = dict(only.options or {})
        attributes = {**only.product.attributes, **{key: (value,) for key, value in options.items()}}
        variants_kept = (Variant(own, options=options),) if own != name or options else ()
        return replace(only.product, product_id=name, title=title, attributes=attributes, variants=variants_kept)
    return joined(name, forms)


def _variant(whole: Product, row: Any, needed: Sequence[str], place: Place, before: Sequence[Form]) -> Form:
    """A variant beside those before it, with whose prices and ids it must agree."""
    if not isinstance(row, dict):
        raise BadValueError("variants", row, "a list of objects")
    _require(row, needed, "variants.")
    form = _form(whole, row, place)
    if form.product.product_id in {other.product.product_id for other in before}:
        raise BadValueError("variants.id", form.product.product_id, "an id not seen before")
    first = before[0].product if before else form.product
    if (first.price is None, first.currency) != (form.product.price is None, form.product.currency):
        wanted = f"a price in {first.currency}" if first.price is not None else "no price"
        given = f"{form.product.price} {form.product.currency}"
        raise BadValueError("variants.price", given, f"{wanted}, as the variant before has")
    return form


def _form(whole: Product, row: Row, place: Place) -> Form:
    price = _price(row, "price", "variants.") if row.get("price") is not None else None
    told = row.get("list_price") is not None
    before = place.kept(lambda: _price(row, "list_price", "variants."), None) if told else None
    if price and before and before.currency != price.currency:
        place.leave_out("variants.list_price", before.currency, f"an amount in {price.currency}")
        before = None
    conditions = row.get("condition")
    conditions = conditions if isinstance(conditions, list) else [conditions]
    barcodes = place.kept(lambda: _list(row, "barcodes"), ())
    codes = [one.get("value") for one in barcodes if isinstance(one, dict)]
    options = {}
    for one in [*_list(row, "variant_options"), *_list(row, "options")]:
        if not isinstance(one, dict):
            raise BadValueError("variants.options", one, "a list of objects with name and value")
        key, value = plain_text(_text(one, "name")), plain_text(_text(one, "value") or _text(one, "label"))
        if key and value:
            options[key] = value
    product = replace(
        whole,
        product_id=_text(row, "id"),
        title=plain_text(_text(row, "title")),
        description=whole.description or _description(row, place),
        category=whole.category or place.kept(lambda: _category(row), ""),
        price=price.amount if price else None,
        currency=price.currency if price else "",
        list_price=before.amount if price and before and before.amount > price.amount else None,
        availability=_availability(row),
        image_url=_image(row, place) or whole.image_url,
        url=place.url(_own(row, "url", place), "variants.url") or whole.url,
        gtin=place.gtin(codes, "variants.barcodes"),
        condition=place.condition(next(iter(conditions), ""), "variants.condition"),
    )
    return Form(0, product, whole.product_id, options, whole.title)


def _availability(row: Row) -> str:
    given = _object(row, "availability")
    status = _text(given, "status")
    if status:
        known = availability(status, field="availability.status", known=AVAILABILITIES)
        # The flag wins over a status that says otherwise: what cannot be had is not offered.
        unavailable = given.get("available") is False and known in ("in_stock", "limited_stock")
        return "out_of_stock" if unavailable else known
    flag = given.get("available")
    return "unknown" if not isinstance(flag, bool) else "in_stock" if flag else "out_of_stock"


def _price(row: Row, field: str, inside: str) -> Money:
    value = row.get(field)
    if not isinstance(value, dict):
        raise BadValueError(f"{inside}{field}", value, "an object with amount and currency")
    return from_minor(value.get("amount"), value.get("currency"), field=f"{inside}{field}")


def _rating(row: Row) -> tuple[float | None, int | None]:
    """The stars out of five, scaled from what the rating is out of, and how many gave them."""
    given = _object(row, "rating")
    if not given:
        return None, None
    top = number_field(given, "scale_max", 1e-9, 1e6)
    bottom = number_field(given, "scale_min", 0, 1e6) if "scale_min" in given else 1.0
    if top is None or bottom is None or top <= bottom:
        raise BadValueError("rating.scale_max", given.get("scale_max"), "a number above scale_min")
    value = number_field(given, "value", bottom, top)
    count = number_field(given, "count", 0, 1e12)
    if value is None:
        raise BadValueError("rating.value", None, "a number")
    stars = value if top == 5 else 1 + 4 * (value - bottom) / (top - bottom)
    return round(stars, 4), None if count is None else int(count)


def _description(row: Row, place: Place) -> str:
    given = row.get("description")
    if isinstance(given, str):
        return place.long_text(given)
    told = place.kept(lambda: _object(row, "description"), _EMPTY)
    for key in ("plain", "html", "markdown"):
        text = place.kept(partial(_raw, told, key), "")
        if text:
            return place.long_text(plain_markdown(text) if key == "markdown" else text)
    return ""


def _raw(row: Row, field: str) -> str:
    """A text with its lines."""
    return str(row[field]) if _text(row, field) else ""


def _own(row: Row, field: str, place: Place) -> str:
    """An optional text."""
    return place.kept(lambda: _text(row, field), "")


def _category(row: Row) -> str:
    listed = [one for one in _list(row, "categories") if isinstance(one, dict)]
    ranked = sorted(listed, key=lambda one: _place(one.get("taxonomy")))
    return category(*[_text(one, "value") for one in ranked])


def _place(taxonomy: object) -> int:
    return _TAXONOMIES.index(str(taxonomy)) if taxonomy in _TAXONOMIES else len(_TAXONOMIES)


def _image(row: Row, place: Place) -> str:
    listed = place.kept(lambda: _list(row, "media"), ())
    media = [one for one in listed if isinstance(one, dict) and one.get("type") == "image"]
    return place.url(_own(media[0], "url", place), "media.url") if media else ""


def _tags(row: Row) -> dict[str, tuple[str, ...]]:
    tags = tuple(filter(None, (stated(plain_text(str(tag))) for tag in _list(row, "tags"))))
    return {"tags": tags} if tags else {}


def _require(row: Row, fields: Sequence[str], inside: str) -> None:
    for field in fields:
        if row.get(field) in (None, "", [], {}):
            raise BadValueError(f"{inside}{field}", row.get(field), "a value, which this format requires")


def _text(row: Row, field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValueError(field, value, "a string")
    return stated(value)


def _object(row: Row, field: str) -> Row:
    value = row.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadValueError(field, value, "an object")
    return value


def _list(row: Row, field: str) -> list[Any]:
    value = row.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadValueError(field, value, "a list")
    return value
