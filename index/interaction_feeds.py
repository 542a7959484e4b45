"""What shoppers did, out of order exports, analytics and data sets of recommendation research.

Shopify's orders hold names, addresses and more of people: of them only the columns of `_ORDER_COLUMNS` are looked
at, the e-mail address becomes a salted hash, and a rejected row does not show its value. In every format an id of a
shopper that is an e-mail address, a telephone number or a name is hashed, and no value of a rejected row that may
name a person is shown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from index.interactions import EVENTS, Interaction
from index.json_walk import json_objects
from index.left_out import Place
from index.moments import day_first, has_strokes, read_moment
from index.normalise import number, stated
from index.rows import BadValueError, FeedError, Rejected, rejected_row
from index.shoppers import PRIVATE, known_shopper, shopper_id, withheld
from index.source import PARQUET, Done, Reading, Source, header_of, table_rows
from index.table_feed import cells_of, columns_of, mapping_text, table_columns

NAMES: Mapping[str, Sequence[str]] = {
    "user_id": ("user_id", "user", "customer_id", "visitor_id", "shopper_id", "userid", "visitorid", "household_id",
                "session_id", "reviewerid", "kundennummer", "kunden_nr", "kundennr", "kunden_id",
                "numéro_client", "id_client",
                "client_id", "id_cliente", "cliente_id", "codice_cliente", "email", "e_mail"),
    "product_id": ("product_id", "item_id", "sku", "parent_asin", "asin", "product", "item", "itemid", "productid",
                   "article_id", "article_number", "artikelnummer", "artikel_nr", "artikelnr", "référence",
                   "reference", "referencia", "codice_articolo"),
    "event": ("event", "event_type", "behavior", "behaviour", "action", "event_name"),
    "timestamp": ("timestamp", "time", "event_time", "date", "created_at", "datetime", "unixreviewtime", "ts",
                  "order_date", "bestelldatum", "datum", "kaufdatum", "date_de_commande", "date_commande",
                  "fecha", "fecha_pedido", "fecha_de_pedido", "data", "data_ordine"),
    "value": ("value", "rating", "quantity", "qty", "stars", "overall", "menge", "anzahl", "quantité",
              "cantidad", "quantità"),
    "status": ("status", "order_status", "financial_status", "payment_status", "bestellstatus", "auftragsstatus",
               "statut", "estado", "stato"),
}  # fmt: skip
"""The names of columns that a field of an interaction is guessed by, best first."""

_EVENTS = {
    "view": "view", "viewitem": "view", "pageview": "view", "click": "view", "detail": "view", "pv": "view",
    "selectitem": "view", "cart": "cart", "addtocart": "cart", "basket": "cart", "purchase": "purchase",
    "buy": "purchase", "order": "purchase", "transaction": "purchase", "bought": "purchase", "sale": "purchase",
    "rating": "rating", "rate": "rating", "review": "rating",
}  # fmt: skip
_GA4_EVENTS = {"view_item": "view", "select_item": "view", "add_to_cart": "cart", "purchase": "purchase"}
# What did not go through; a part that came back leaves the rest bought.
_UNDONE = re.compile(
    r"storniert?|stornierung|annulliert|abgebrochen|erstattet|rückerstattet|cancel+ed|refunded|voided|annulée?"
    r"|remboursée?|cancelad[oa]|anulad[oa]|reembolsad[oa]|annullat[oa]|rimborsat[oa]"
)
_IN_PART = re.compile(r"\b(?:part|teil|parcial|parzial)|\b(?:not|nicht|non|no)\b")
_ORDER_COLUMNS = (
    "Name", "Id", "Email", "Created at", "Cancelled at", "Refunded Amount", "Total", "Lineitem sku", "Lineitem name",
    "Lineitem quantity",
)  # fmt: skip
Salt = Callable[[], bytes]
_TIME = "a time such as 2026-03-01 10:15:00 +0100"


def read_orders(source: Source, reading: Reading) -> Iterator[Done]:
    """Purchases of a Shopify orders export; a cancelled or wholly refunded order is none.

    `product_id` is the line's sku, else its name: `known_products` finds the product. An order without an e-mail
    address is a shopper of its own.
    """
    missing = {"Name", "Lineitem quantity", "Created at"} - set(header_of(source.head))
    if missing:
        raise FeedError(f"{source.name}: no column {sorted(missing)[0]!r}, expected a Shopify orders export")
    orders: dict[str, dict[str, str]] = {}
    for row in table_rows(source):
        if isinstance(row, Rejected):
            yield _private(row)
            continue
        line, cells = row
        told = {name: cells.get(name, "").strip() for name in _ORDER_COLUMNS}
        # The order's own cells stand on the first of its lines only.
        order = orders.setdefault(told["Name"] or told["Id"], told)
        try:
            done = _bought(told, order, reading.salt)
        except BadValueError as bad:
            value = "''" if bad.value == "" else PRIVATE
            yield Rejected(source.name, line, bad.field, value, bad.expected)
            continue
        if done:
            yield line, done


def _bought(line: Mapping[str, str], order: Mapping[str, str], salt: Salt) -> Interaction | None:
    name = order["Name"] or order["Id"]
    if not name:
        raise BadValueError("Name", "", "the name of an order")
    refunded = number(order["Refunded Amount"], 0, 1e12, field="Refunded Amount")
    total = number(order["Total"], 0, 1e12, field="Total")
    if order["Cancelled at"] or (refunded and total is not None and refunded >= total):
        return None
    product = stated(line["Lineitem sku"].lstrip("'")) or stated(line["Lineitem name"])
    if not product or "@" in product:
        # An address here is a row whose cells have shifted.
        raise BadValueError("Lineitem sku", product, "a sku, or at least the name of the line")
    try:
        stamp = datetime.strptime(order["Created at"], "%Y-%m-%d %H:%M:%S %z")
    except (ValueError, OverflowError):
        raise BadValueError("Created at", order["Created at"], _TIME) from None
    quantity = number(line["Lineitem quantity"], 1, 1e9, field="Lineitem quantity")
    shopper = shopper_id(order["Email"] or f"order {name}", salt())
    return Interaction(shopper, product, "purchase", stamp, quantity)


def read_ga4(source: Source, reading: Reading) -> Iterator[Done]:
    """Views, carts and purchases of GA4: Measurement Protocol envelopes, or rows of its BigQuery export.

    A purchase whose transaction_id was seen before is the same one. Other events are counted as left out.
    """
    bought: set[str] = set()
    for row in json_objects(source):
        if isinstance(row, Rejected):
            yield _private(row)
            continue
        line, envelope = row
        events = envelope.get("events")
        if events is None:
            events = [envelope]
        if not isinstance(events, list):
            yield rejected_row(source.name, line, BadValueError("events", type(events).__name__, "a list of events"))
            continue
        for event in events:
            try:
                found = _ga4_event(event, envelope, bought, reading)
            except BadValueError as bad:
                yield rejected_row(source.name, line, withheld(bad))
                continue
            if found is None:
                named = event.get("name") or event.get("event_name")
                known = named if isinstance(named, str) and re.fullmatch("[a-z_]{1,40}", named) else PRIVATE
                reading.at(source, line).leave_out("event", known, f"one of {', '.join(_GA4_EVENTS)}")
                continue
            for done in found:
                yield (
                    rejected_row(source.name, line, withheld(done)) if isinstance(done, BadValueError) else (line, done)
                )


def _ga4_event(
    event: Any, envelope: Mapping[str, Any], bought: set[str], reading: Reading
) -> list[Interaction | BadValueError] | None:
    """What an event did with each of its items, or why an item is none; None for an event of no interest."""
    if not isinstance(event, dict):
        raise BadValueError("events", type(event).__name__, "a list of objects with name and params")
    name = _GA4_EVENTS.get(_plain(event.get("name") or event.get("event_name")))
    if not name:
        return None
    params = event.get("params") if isinstance(event.get("params"), dict) else event
    params = params if isinstance(params, dict) else {}
    commerce = event.get("ecommerce") if isinstance(event.get("ecommerce"), dict) else {}
    keys = ("user_id", "client_id", "user_pseudo_id")
    user = next(filter(None, (_set(holder.get(key)) for holder in (envelope, event) for key in keys)), "")
    if not user:
        raise BadValueError("client_id", None, "a client_id or user_id")
    user = _shopper(user, "client_id", reading.salt)
    holders = ((holder, key) for holder in (event, envelope) for key in ("timestamp_micros", "event_timestamp"))
    stamp = _moment(
        next((holder[key] for holder, key in holders if holder.get(key) is not None), None), "timestamp_micros"
    )
    items = params.get("items", event.get("items"))
    if not isinstance(items, list):
        raise BadValueError("items", items, "a list of items")
    order = _set(params.get("transaction_id")) or _set((commerce or {}).get("transaction_id"))
    if name == "purchase" and order:
        if order in bought:
            return []
        bought.add(order)
    return [_ga4_item(item, user, name, stamp) for item in items]


def _ga4_item(item: Any, user: str, name: str, stamp: datetime) -> Interaction | BadValueError:
    product = _set(item.get("item_id")) or _set(item.get("item_name")) if isinstance(item, dict) else ""
    if not product:
        return BadValueError("items.item_id", None, "an item_id or item_name")
    try:
        many = number(_plain(item.get("quantity")), 0, 1e9, field="items.quantity")
    except BadValueError as bad:
        return bad
    return Interaction(user, product, name, stamp, many)


def _set(value: Any) -> str:
    """A text of GA4, which writes in brackets that there is none."""
    text = _plain(value)
    return "" if text in ("(not set)", "(data deleted)", "(other)") else text


def read_recbole(source: Source, reading: Reading) -> Iterator[Done]:
    """Interactions of a RecBole `.inter` file: ratings where it has a column of them, else purchases."""
    columns = [name.partition(":")[0] for name in header_of(source.head)]
    for field in ("user_id", "item_id", "timestamp"):
        if field not in columns:
            raise FeedError(f"{source.name}: no column {field}, expected user_id:token, item_id:token and timestamp")
    rated = "rating" in columns
    for row in table_rows(source):
        if isinstance(row, Rejected):
            yield _private(row)
            continue
        line, cells = row
        told = {name.partition(":")[0]: cell for name, cell in cells.items()}
        try:
            yield (
                line,
                Interaction(
                    _shopper(told.get("user_id"), "user_id", reading.salt),
                    _named(told.get("item_id"), "item_id"),
                    "rating" if rated else "purchase",
                    _moment(told.get("timestamp"), "timestamp"),
                    number(told.get("rating"), -1e9, 1e9, field="rating") if rated else None,
                ),
            )
        except BadValueError as bad:
            yield rejected_row(source.name, line, withheld(bad))


def read_amazon_reviews(source: Source, reading: Reading) -> Iterator[Done]:
    """Ratings of Amazon Reviews 2023: reviews as JSON lines, or the table of ratings alone; times in milliseconds."""
    lines = source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    for row in json_objects(source) if lines else table_rows(source):
        if isinstance(row, Rejected):
            yield _private(row)
            continue
        line, told = row
        try:
            stars = number(_plain(told.get("rating")), 0, 5, field="rating")
            if stars is None:
                raise BadValueError("rating", told.get("rating"), "a number from 1 to 5")
            product = told.get("parent_asin") or told.get("asin")
            stamp = _moment(_plain(told.get("timestamp")), "timestamp")
            yield (
                line,
                Interaction(
                    _shopper(told.get("user_id"), "user_id", reading.salt),
                    _named(product, "parent_asin"),
                    "rating",
                    stamp,
                    stars,
                ),
            )
        except BadValueError as bad:
            yield rejected_row(source.name, line, withheld(bad))


def read_events_table(source: Source, reading: Reading) -> Iterator[Done]:
    """Interactions of any table, CSV, TSV or Parquet, by a mapping or guessed columns; without events, purchases.

    A purchase whose status says that it was cancelled or refunded is none; those are counted as left out.
    """
    columns = table_columns(source)
    mapping = columns_of(source.name, columns, NAMES, reading.mapping, ("user_id", "product_id", "timestamp"),
                         reading.flag)  # fmt: skip
    reading.say(f"{source.name}: {reading.flag} {mapping_text(mapping)}")
    days_first = _days_first(source)
    rated = "event" not in mapping and re.search("rating|stars|overall", mapping.get("value", "").lower())
    for row in cells_of(source):
        if isinstance(row, Rejected):
            yield _private(row)
            continue
        line, cells = row
        told = {field: cells.get(column) for field, column in mapping.items()}
        try:
            given = _plain(told.get("event"))
            event = _EVENTS.get(re.sub(r"[\s_-]", "", given.casefold())) if given else None
            if given and not event:
                raise BadValueError(mapping["event"], given, f"one of {', '.join(EVENTS)}")
            event = event or ("rating" if rated else "purchase")
            if event == "purchase" and _undone(told.get("status"), mapping.get("status", ""), reading.at(source, line)):
                continue
            yield (
                line,
                Interaction(
                    _shopper(told.get("user_id"), mapping["user_id"], reading.salt),
                    _named(told.get("product_id"), mapping["product_id"]),
                    event,
                    _moment(told.get("timestamp"), mapping["timestamp"], days_first),
                    number(_plain(told.get("value")), -1e9, 1e9, field=mapping.get("value", "")),
                ),
            )
        except BadValueError as bad:
            yield rejected_row(source.name, line, withheld(bad))


def _days_first(source: Source) -> bool | None:
    """Whether the days of a table that are written with strokes come before their months, None where none tells."""
    if source.head.startswith(PARQUET) or not has_strokes(source.head.decode("latin-1")):
        return None
    source.stream.seek(0)
    found = day_first(raw.decode("latin-1") for raw in source.stream)
    source.stream.seek(0)
    return found


def _undone(value: Any, column: str, place: Place) -> bool:
    """True for the status of what was cancelled or refunded, which is told."""
    status = _plain(value).casefold()
    found = _UNDONE.search(status) if status and not _IN_PART.search(status) else None
    if found:
        place.leave_out(column, found.group(), "an order that stands; a cancelled or refunded one is no purchase")
    return bool(found)


def _named(value: Any, field: str) -> str:
    text = _plain(value)
    if not text:
        raise BadValueError(field, value, "an id")
    return text


def _shopper(value: Any, field: str, salt: Salt) -> str:
    """A shopper's id, the hash of one that names a person."""
    return known_shopper(_named(value, field), field, salt)


def _private(row: Rejected) -> Rejected:
    """A row that could not be taken apart, without what it holds."""
    return Rejected(row.file, row.line, row.field, PRIVATE, row.expected.partition(" (")[0])


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, Decimal):
        value = f"{value:f}" if value.is_finite() and abs(value.adjusted()) < 40 else ""
    return stated(value)


def _moment(value: Any, field: str, days_first: bool | None = None) -> datetime:
    return read_moment(value, _plain(value), field, days_first)
