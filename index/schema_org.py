"""schema.org Product and ProductGroup as JSON-LD, in JSON files or in the scripts of saved pages.

A product's id is its group's productGroupID, else its sku, else the first stated of "@id", gtin, mpn and url, else
the title in lower case joined by "-". No address is ever fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from index.catalog import Product, Variant
from index.confidential import is_fact
from index.joining import Form, join_forms, joined
from index.json_ld import Node, each, followed, members_of, product_nodes, types_of
from index.left_out import Place
from index.money import Money, read_money
from index.normalise import availability, category, number, plain_text, stated
from index.rows import BadValueError, Rejected, clean, rejected_row
from index.shopify_feed import slug
from index.source import Found, Reading, Source

_FACTS = ("color", "size", "material", "pattern", "model", "releaseDate", "countryOfOrigin", "award", "keywords")
_SIZES = ("weight", "width", "height", "depth")
_GTINS = ("gtin", "gtin13", "gtin12", "gtin14", "gtin8")
_BEST_OFFER = ("in_stock", "limited_stock", "preorder", "backorder", "unknown", "out_of_stock", "discontinued")


def read_schema_org(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of a file and every rejected node."""
    yield from join_forms(source.name, _forms(source, reading))


def _forms(source: Source, reading: Reading) -> Iterator[Form | Rejected]:
    for found in product_nodes(source):
        if isinstance(found, Rejected):
            yield found
            continue
        line, node, known = found
        told = Told(known, reading.currency, reading.at(source, line))
        try:
            form = _group(line, node, told) if "ProductGroup" in types_of(node) else _single(line, node, told)
        except BadValueError as bad:
            yield rejected_row(source.name, line, bad)
            continue
        except Many as many:
            yield from many.rows(source.name)
            form = many.form
        if form:
            yield form


@dataclass(frozen=True, slots=True)
class Told:
    """What is told beside a node: the nodes of its file by "@id", the currency of amounts without one, its place."""

    known: Mapping[str, Node]
    currency: str
    place: Place


class Many(Exception):  # noqa: N818
    """A group some of whose variants were rejected; the others are kept."""

    def __init__(self, line: int, bad: Sequence[BadValueError], form: Form | None) -> None:
        super().__init__(line)
        self._line, self._bad, self.form = line, bad, form

    def rows(self, name: str) -> Iterator[Rejected]:
        """The rejected rows."""
        return (rejected_row(name, self._line, bad) for bad in self._bad)


def _group(line: int, node: Node, told: Told) -> Form | None:
    """A group with its variants as one product."""
    members = members_of(node, told.known)
    own = replace(_product(node, told), product_id=stated(node.get("productGroupID")) or _name(node, ("sku",)))
    if not members:
        return Form(line, own)
    forms: list[Form] = []
    bad: list[BadValueError] = []
    ids: set[str] = set()
    for member in members:
        try:
            form = _product(member, told, own.title)
        except BadValueError as error:
            bad.append(error)
            continue
        name = stated(member.get("sku")) or _name(member, ("sku",), f"{own.product_id}-{len(forms) + 1}")
        if name in ids:
            bad.append(BadValueError("sku", name, "one not seen before in its group"))
            continue
        ids.add(name)
        first = forms[0].product if forms else form
        if (first.price is None, first.currency) != (form.price is None, form.currency):
            expected = f"a price in {first.currency}" if first.price is not None else "no price"
            bad.append(
                BadValueError("offers", f"{form.price} {form.currency}", f"{expected}, as the variant before has")
            )
            continue
        forms.append(Form(line, replace(form, product_id=name), own.product_id, _varied(node, form), own.title))
    found = None
    if forms:
        whole = joined(own.product_id, forms)
        found = Form(line, _over(own, whole))
    if bad:
        raise Many(line, bad, found)
    return found


def _over(own: Product, whole: Product) -> Product:
    """What the group says of itself, where it does, with what its variants say of the rest."""
    return replace(
        whole,
        description=own.description or whole.description,
        brand=own.brand or whole.brand,
        category=own.category or whole.category,
        image_url=own.image_url or whole.image_url,
        url=own.url or whole.url,
        rating=own.rating if own.rating is not None else whole.rating,
        rating_count=own.rating_count if own.rating_count is not None else whole.rating_count,
        attributes={**{key: value for key, value in own.attributes.items() if key not in whole.attributes},
                    **whole.attributes},
        reviews=own.reviews or whole.reviews,
    )  # fmt: skip


def _varied(group: Node, product: Product) -> dict[str, str] | None:
    """The options that the group says it varies by; None where it does not say."""
    names = [str(one).rsplit("/", 1)[-1] for one in each(group.get("variesBy")) if isinstance(one, str)]
    found = {name: ", ".join(product.attributes[name]) for name in names if name in product.attributes}
    return found or None


def _single(line: int, node: Node, told: Told) -> Form:
    own = _product(node, told)
    parent = followed(next(iter(each(node.get("isVariantOf"))), None), told.known) or {}
    group = stated(node.get("inProductGroupWithID")) or stated(parent.get("productGroupID"))
    title = plain_text(stated(parent.get("name"))) if group else ""
    product = replace(own, product_id=_name(node, ("sku",)))
    sku = stated(node.get("sku"))
    if not group and sku and sku != product.product_id:
        product = replace(product, variants=(Variant(sku),))
    return Form(line, product, group, _varied(parent, product), title)


def _name(node: Node, first: Sequence[str], fallback: str = "") -> str:
    """The id of a node: what is asked for first, else the stated fallbacks of this format."""
    for key in (*first, "@id", *_GTINS, "mpn", "url"):
        text = stated(node.get(key))
        if text:
            return text
    return fallback or slug(_text(node.get("name")))


def _product(node: Node, told: Told, title: str = "") -> Product:
    known, place = told.known, told.place
    name = plain_text(_text(node.get("name"))) or title
    if not name:
        raise BadValueError("name", node.get("name"), "a name")
    offer, stock, before, worn, link = _offer(node, told)
    rated = followed(next(iter(each(node.get("aggregateRating"))), None), known) or {}
    rating, count = place.kept(lambda: _rating(rated), (None, None))
    return Product(
        product_id="",
        title=name,
        description=place.long_text(_text(node.get("description"))),
        brand=plain_text(_named(node.get("brand"), known) or _named(node.get("manufacturer"), known)),
        category=category(*[_named(one, known) or one for one in each(node.get("category"))]),
        price=offer.amount if offer else None,
        currency=offer.currency if offer else "",
        list_price=before,
        availability=stock,
        image_url=place.picture(_address(node.get("image"), known), "image"),
        url=place.url(clean(_text(node.get("url"))), "url") or place.url(link, "offers.url"),
        rating=rating,
        rating_count=count,
        gtin=place.gtin([node.get(key) for key in _GTINS]),
        mpn=stated(node.get("mpn")),
        condition=place.condition(_text(node.get("itemCondition")), "itemCondition") or worn,
        attributes=_attributes(node, known),
        compatible_with=_goes_with(node, known),
        reviews=_reviews(node, known),
    )


_Offer = tuple[Money | None, str, Any, str, str]


def _offer(node: Node, told: Told) -> _Offer:
    """The offer that a shopper would take: of those to be had the cheapest; with stock, list price, condition, url."""
    found: list[_Offer] = []
    for part in each(node.get("offers")):
        offer = followed(part, told.known)
        if offer is None:
            continue
        inner = each(offer.get("offers"))
        if inner and not _is_stated(offer.get("price")):
            # What single offers state is more than their sum does: whether any of them is to be had.
            one = _offer({"offers": inner}, told)
            if one[0] is not None or not _is_stated(offer.get("lowPrice")):
                found.append(one)
                continue
        price, before = _price(offer, told)
        stock = availability(_text(offer.get("availability")) or None, field="offers.availability")
        worn = told.place.condition(_text(offer.get("itemCondition")), "offers.itemCondition")
        found.append((price, stock, before, worn, clean(_text(offer.get("url")))))
    if not found:
        return None, "unknown", None, "", ""
    return min(
        found,
        key=lambda one: (_BEST_OFFER.index(one[1]) > 1, one[0] is None, float(one[0].amount) if one[0] else 0.0),
    )


def _price(offer: Node, told: Told) -> tuple[Money | None, Any]:
    """The price of an offer and the one before its reduction."""
    known = told.known
    code = stated(offer.get("priceCurrency"))
    given = offer.get("price") if _is_stated(offer.get("price")) else offer.get("lowPrice")
    before: Money | None = None
    for part in each(offer.get("priceSpecification")):
        one = followed(part, known) or {}
        own = stated(one.get("priceCurrency")) or code
        value = one.get("price") if _is_stated(one.get("price")) else one.get("minPrice")
        if not _is_stated(value):
            continue
        if _text(one.get("priceType")).rsplit("/", 1)[-1] in ("ListPrice", "StrikethroughPrice", "SRP", "MSRP"):
            field = "offers.priceSpecification.price"
            before = told.place.kept(partial(read_money, value, own.upper(), field=field, point=True), before)
        elif not _is_stated(given):
            given, code = value, own
    if not _is_stated(given):
        return None, None
    price = read_money(given, (code or told.currency).upper(), field="offers.price", point=True)
    if _is_stated(offer.get("highPrice")) and not price.upto and not _is_stated(offer.get("price")):
        high = partial(read_money, offer["highPrice"], price.currency, field="offers.highPrice", point=True)
        upto = told.place.kept(high, None)
        if upto and upto.currency == price.currency and upto.amount > price.amount:
            price = replace(price, upto=upto.amount)
    if not price.currency:
        raise BadValueError("offers.priceCurrency", offer.get("priceCurrency"), "a currency of ISO 4217 such as USD")
    higher = before is not None and before.currency == price.currency and before.amount > price.amount
    return price, before.amount if before is not None and higher else None


def _rating(node: Node) -> tuple[float | None, int | None]:
    value = node.get("ratingValue")
    if not _is_stated(value):
        return None, None
    best = number(node.get("bestRating"), 1e-9, 1e6, field="aggregateRating.bestRating") or 5.0
    worst = number(node.get("worstRating"), 0, best, field="aggregateRating.worstRating")
    stars = number(value, 0, best, field="aggregateRating.ratingValue")
    count = node.get("ratingCount") if _is_stated(node.get("ratingCount")) else node.get("reviewCount")
    many = number(count, 0, 1e12, field="aggregateRating.ratingCount")
    if stars is not None and best != 5:
        low = 1.0 if worst is None else worst
        stars = max(0.0, min(5.0, 1 + 4 * (stars - low) / (best - low))) if best > low else None
    return None if stars is None else round(stars, 4), None if many is None else int(many)


def _attributes(node: Node, known: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key in (*_FACTS, *_SIZES):
        values = [_measured(one, known) for one in each(node.get(key))]
        kept = tuple(dict.fromkeys(filter(None, values)))
        if kept:
            found[key] = kept
    for part in each(node.get("additionalProperty")):
        one = followed(part, known) or {}
        name, value = plain_text(stated(one.get("name"))), _measured(one, known)
        if name and value and is_fact(name):
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), value)))
    return found


def _measured(value: Any, known: Mapping[str, Node]) -> str:
    """A value with its unit, a name, or a text."""
    node = followed(value, known) if isinstance(value, dict) else None
    if node is None:
        return plain_text(stated(value) if not isinstance(value, bool) else str(value).lower())
    unit = stated(node.get("unitText")) or stated(node.get("unitCode"))
    told = _text(node.get("value")) or _text(node.get("name"))
    return plain_text(f"{told} {unit}".strip()) if told else ""


def _goes_with(node: Node, known: Mapping[str, Node]) -> tuple[str, ...]:
    named = (_named(one, known) for one in each(node.get("isAccessoryOrSparePartFor")))
    return tuple(dict.fromkeys(filter(None, map(plain_text, named))))


def _reviews(node: Node, known: Mapping[str, Node]) -> tuple[str, ...]:
    listed = [followed(one, known) or {} for key in ("review", "reviews") for one in each(node.get(key))]
    bodies = (plain_text(_text(one.get("reviewBody")) or _text(one.get("description"))) for one in listed)
    return tuple(dict.fromkeys(filter(None, bodies)))


def _named(value: Any, known: Mapping[str, Node]) -> str:
    """The name of a node, or a text itself."""
    first = next(iter(each(value)), None)
    node = followed(first, known) if isinstance(first, dict) else None
    return _text(node.get("name")) if node else stated(first)


def _address(value: Any, known: Mapping[str, Node]) -> str:
    first = next(iter(each(value)), None)
    node = followed(first, known) if isinstance(first, dict) else None
    return clean(_text(node.get("contentUrl")) or _text(node.get("url"))) if node else clean(_text(first))


def _text(value: Any) -> str:
    first = next(iter(each(value)), None)
    if isinstance(first, dict):
        first = first.get("@value")
    return "" if first is None or isinstance(first, bool | list | dict) else str(first)


def _is_stated(value: Any) -> bool:
    return value is not None and value != ""
