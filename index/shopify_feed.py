"""Shopify's product CSV, the headers of today and the ones before.

Rows of one handle are one product: the first row tells what all share, each row with an option or a price is a
variant, the others bring pictures. A draft and what is not published are nothing that a shopper may see: they are left
out and told, and taken out of an index that has them. What is archived is discontinued. The file names no currency: it
is what `--currency` says. `Cost per item` is the merchant's secret and is not read.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from index.catalog import Product, Variant
from index.confidential import is_fact
from index.joining import Form, joined
from index.left_out import Place
from index.money import read_money
from index.normalise import FEW, category, narrowed, number, plain_text, stated, truth
from index.rows import BadValueError, Rejected, clean, rejected_row
from index.source import Found, Reading, Source, table_rows

_NAMES = {
    "handle": "url handle", "body (html)": "description", "published": "published on online store",
    "variant sku": "sku", "variant barcode": "barcode", "variant price": "price",
    "variant compare at price": "compare-at price", "variant inventory tracker": "inventory tracker",
    "variant inventory qty": "inventory quantity", "variant inventory policy": "continue selling when out of stock",
    "variant grams": "weight value (grams)", "image src": "product image url", "variant image": "variant image url",
    "google shopping / mpn": "google shopping / manufacturer part number (mpn)",
}  # fmt: skip
"""The header of today for each one before, both in lower case."""

_FACTS = {
    "tags": "tags", "type": "type", "google shopping / gender": "gender", "google shopping / age group": "age group",
}  # fmt: skip
_METAFIELD = re.compile(r"(.+?)\s*\(product\.metafields\.[^)]+\)", re.IGNORECASE)

Row = Mapping[str, str]


def read_shopify(source: Source, reading: Reading) -> Iterator[Found]:
    """Every product of an export and every rejected row."""
    groups: dict[str, list[tuple[int, Row]]] = {}
    for row in table_rows(source):
        if isinstance(row, Rejected):
            yield row
            continue
        line, cells = row
        named = {_NAMES.get(name.lower(), name.lower()): cell for name, cell in cells.items()}
        handle = clean(named.get("url handle", "")) or slug(named.get("title", ""))
        if handle:
            groups.setdefault(handle, []).append((line, {name: cell.strip() for name, cell in named.items()}))
        else:
            bad = BadValueError("URL handle", "", "a handle, or at least a title")
            yield rejected_row(source.name, line, bad)
    for handle, rows in groups.items():
        yield from _product(source, handle, rows, reading)


def slug(title: str) -> str:
    """The handle that a title becomes: lower case, words joined by "-"."""
    return "-".join(re.findall(r"\w+", clean(title).lower()))


def _product(source: Source, handle: str, rows: list[tuple[int, Row]], reading: Reading) -> Iterator[Found]:
    # Sorted by a workbook, the row that tells of the product need not be the first.
    line, head = next(((at, row) for at, row in rows if row.get("title")), rows[0])
    name = source.name
    hidden = _hidden(head)
    if hidden:
        reading.at(source, line).leave_out(*hidden, "active and published; the product is left out")
        reading.withdraw(handle)
        return
    try:
        whole = _whole(handle, head, [row for _, row in rows], reading.at(source, line))
    except BadValueError as bad:
        yield rejected_row(name, line, bad)
        return
    # Only that row names the options.
    names = [stated(head.get(f"option{place} name", "")) or f"Option {place}" for place in (1, 2, 3)]
    told = [(at, row) for at, row in rows if any(row.get(key) for key in ("option1 value", "price", "sku"))]
    forms: list[Form] = []
    ids: set[str] = set()
    for at, row in told:
        try:
            form = _form(reading.at(source, at), whole, row, names, reading.currency, ids)
            if form.product.product_id in ids:
                raise BadValueError("SKU", form.product.product_id, f"one not seen before in {handle!r}")
            if form.product.price is None and any(other.get("price") for _, other in told):
                raise BadValueError("Price", "", "a price, as the other variants have")
        except BadValueError as bad:
            yield rejected_row(name, at, bad)
            continue
        ids.add(form.product.product_id)
        forms.append(form)
    if not told:
        yield line, whole
    elif len(forms) == 1 and not forms[0].options:
        only = forms[0].product
        # What an order names is the stock keeping unit, so it stays with the product.
        variants = (Variant(only.product_id),) if only.product_id != handle else ()
        yield line, replace(only, product_id=handle, variants=variants)
    elif forms:
        yield line, joined(handle, forms)


def _whole(handle: str, head: Row, rows: list[Row], place: Place) -> Product:
    title = plain_text(head.get("title", ""))
    if not title:
        raise BadValueError("Title", head.get("title", ""), "a title on the first row of a handle")
    pictures = [(_position(row, place), row["product image url"]) for row in rows if row.get("product image url")]
    google = "google shopping / "
    return Product(
        product_id=handle,
        title=title,
        description=place.long_text(head.get("description", ""), "Description"),
        brand=stated(plain_text(head.get("vendor", ""))),
        category=narrowed(
            category(head.get("product category"), head.get(f"{google}google product category"), head.get("type")),
            head.get("type", ""),
        ),
        image_url=place.url(min(pictures, key=lambda one: one[0])[1], "Product image URL") if pictures else "",
        mpn=stated(head.get(f"{google}manufacturer part number (mpn)", "")),
        availability="discontinued" if head.get("status", "").lower() == "archived" else "unknown",
        condition=place.condition(head.get(f"{google}condition", ""), "Google Shopping / Condition"),
        attributes=_attributes(head),
    )


def _position(row: Row, place: Place) -> float:
    found = place.kept(lambda: number(row.get("image position"), 0, 1e6, field="Image position"), None)
    return found or 1e6


def _attributes(head: Row) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for column, text in head.items():
        field = _METAFIELD.fullmatch(column)
        name = _FACTS.get(column) or (field[1] if field and is_fact(field[1]) else "")
        values = re.split(r"[;\n]" if field else ",", text)
        kept = tuple(filter(None, (stated(plain_text(value)) for value in values)))
        if name and kept:
            found[name] = kept
    return found


def _form(place: Place, whole: Product, row: Row, names: list[str], currency: str, taken: Set[str]) -> Form:
    values = [stated(row.get(f"option{nth} value", "")) for nth in (1, 2, 3)]
    options = {
        name: value for name, value in zip(names, values, strict=True) if value and value != "Default Title"
    }  # fmt: skip
    price = read_money(row["price"], currency, field="Price", point=True) if row.get("price") else None
    before = row.get("compare-at price", "")
    listed = (
        place.kept(lambda: read_money(before, currency, field="Compare-at price", point=True), None) if before else None
    )
    by_options = "-".join([whole.product_id, *map(slug, options.values())])
    # A sheet writes an apostrophe before digits that it is to keep.
    own = stated(row.get("sku", "").lstrip("'")) or by_options
    if own in taken:
        # Some shops give all variants one number.
        own = by_options
    grams = place.kept(
        lambda: number(row.get("weight value (grams)"), 0, 1e9, field="Weight value (grams)"), None
    )  # fmt: skip
    product = replace(
        whole,
        product_id=own,
        price=price.amount if price else None,
        currency=price.currency if price else currency,
        list_price=listed.amount if price and listed and listed.amount > price.amount else None,
        availability=whole.availability if whole.availability == "discontinued" else _availability(row),
        image_url=place.url(row.get("variant image url"), "Variant image URL") or whole.image_url,
        gtin=place.gtin([row.get("barcode", "").lstrip("'")], "Barcode"),
        attributes={**whole.attributes, "weight": (f"{grams:g} g",)} if grams else whole.attributes,
    )
    return Form(place.line, product, whole.product_id, options, whole.title)


def _hidden(head: Row) -> tuple[str, str] | None:
    """The column and the value that keep a product out of the online store."""
    status = head.get("status", "").lower()
    if status == "draft":
        return "Status", status
    published = head.get("published on online store", "")
    return ("Published on online store", published) if truth(published) is False else None


def _availability(row: Row) -> str:
    continues = row.get("continue selling when out of stock", "").lower() in ("true", "continue")
    text = row.get("inventory quantity", "")
    if row.get("inventory tracker", "?") == "" or (continues and not text):
        # Without a tracker nothing is counted, and all is for sale.
        return "in_stock"
    if not text:
        return "unknown"
    try:
        quantity = Decimal(text)
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite():
        raise BadValueError("Inventory quantity", text, "a whole number")
    if quantity > 0:
        return "in_stock" if quantity > FEW or continues else "limited_stock"
    return "backorder" if continues else "out_of_stock"
