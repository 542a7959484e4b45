"""The products' vectors in one Chroma collection: `ProductStore`, and `Constraints` as Chroma's `where`.

Hides Chroma, in files of its own or behind a server's address. Vectors are always our own (`embedding_function=None`):
a collection never names a model that Chroma would load on its own.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from index.catalog import (
    SELLABLE_NOW,
    AttributeDemand,
    Constraints,
    Product,
    Span,
    attribute_key,
    attribute_number,
    category_key,
    category_keys,
    fold,
    forms,
    to_minor,
)
from index.embed import Vectors
from index.steps import Progress

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Where = dict[str, Any]

_NAME, _SERVER = "products", "server.json"
_BATCH = 2000
# Of a product with variants, whose ranges end in "top"; and what its variants differ in.
_VARIED, _FORMS = "varied", "forms"
_SYNCED = 1000
"""After so many changes Chroma writes its graph into files by itself."""


class ProductStore:
    """Nearest products by cosine among those that satisfy the constraints."""

    def __init__(self, client: "ClientAPI", collection: "Collection") -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path, address: str = "", size: int = 0) -> "ProductStore":
        """A new, empty store in a folder; with `address`, on the Chroma server there, which the folder remembers.

        `size` is about how many products it will have.

        StoreError when the server does not answer, ValueError when the address is none.
        """
        name = _NAME
        if address:
            _host_of(address)
            folder.mkdir(parents=True, exist_ok=True)
            # Before the collection: from here on clearing the folder away clears the server too.
            name = f"products-{secrets.token_hex(12)}"
            told = {"address": address, "collection": name, "folder": str(folder.resolve())}
            (folder / _SERVER).write_text(json.dumps(told), encoding="utf-8")
        with _told(folder):
            client = _client_of(folder)
            return cls(
                client,
                client.create_collection(name, embedding_function=None, configuration=cast(Any, _configuration(size))),
            )

    @classmethod
    def open(cls, folder: Path) -> "ProductStore":
        """The store of a folder; StoreError when there is none, or Chroma cannot read it or does not answer."""
        from chromadb.errors import NotFoundError

        name = _server_of(folder)[1] if cls.is_remote(folder) else _NAME
        try:
            with _told(folder):
                client = _client_of(folder)
                return cls(client, client.get_collection(name, embedding_function=None))
        except NotFoundError:
            raise StoreError(f"{folder}: no collection {name!r} in this Chroma folder") from None

    @staticmethod
    def is_remote(folder: Path) -> bool:
        """True when the folder remembers a server that has the store."""
        return (folder / _SERVER).is_file()

    @staticmethod
    def address_of(folder: Path) -> str:
        """The address of the server that has the store, "" when it is in files."""
        return _server_of(folder)[0] if ProductStore.is_remote(folder) else ""

    @staticmethod
    def drop(folder: Path) -> None:
        """Remove what a server has of the store that the folder remembers; StoreError when it does not answer.

        A copy of a folder, or one that was moved, leaves it there: the folder that it is of may be in use.
        """
        from chromadb.errors import NotFoundError

        if not ProductStore.is_remote(folder) or not _is_own(folder):
            return
        try:
            with _told(folder):
                client, name = _client_of(folder), _server_of(folder)[1]
                collection = client.get_collection(name, embedding_function=None)
                # Chroma 1.5 leaves the lists among the metadata of a deleted collection behind, and gives them to later
                # records of any other; those of deleted records go.
                while ids := collection.get(limit=_BATCH, include=[])["ids"]:
                    collection.delete(ids=ids)
                collection.count()
                client.delete_collection(name)
        except NotFoundError:
            # The build was killed before it made one, or somebody was here before.
            return

    def add(self, products: Sequence[Product], vectors: Vectors) -> None:
        """Add products with their unit vectors, shape (len(products), dimension)."""
        step = min(self._client.get_max_batch_size(), _BATCH)
        for start in range(0, len(products), step):
            batch = products[start : start + step]
            with _told(_NAME):
                self._collection.add(
                    ids=[product.product_id for product in batch],
                    embeddings=vectors[start : start + step],
                    metadatas=[metadata(product) for product in batch],
                )

    def restate(self, changes: Iterable[tuple[Product, Product]], progress: Progress | None = None) -> None:
        """Put the metadata of the second product of each pair in the place of the first's, who has the same id."""
        changed: list[tuple[str, dict[str, Any]]] = []
        for old, new in changes:
            before, after = metadata(old), metadata(new)
            if before != after:
                # A key that is no longer there is removed by None.
                changed.append((new.product_id, dict.fromkeys(before.keys() - after.keys()) | after))
        step = min(self._client.get_max_batch_size(), _BATCH)
        for start in range(0, len(changed), step):
            batch = changed[start : start + step]
            with _told(_NAME):
                self._collection.update(
                    ids=[name for name, _ in batch], metadatas=cast(Any, [values for _, values in batch])
                )
            if progress:
                progress(start + len(batch), len(changed))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove products; ids that are not there are passed over."""
        step = min(self._client.get_max_batch_size(), _BATCH)
        for start in range(0, len(ids), step):
            with _told(_NAME):
                self._collection.delete(ids=list(ids[start : start + step]))

    def stored(self) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        """Every product's id, vector and metadata as Chroma has them, in no order that means anything."""
        for start in range(0, self.count(), _BATCH):
            with _told(_NAME):
                found = self._collection.get(limit=_BATCH, offset=start, include=["embeddings", "metadatas"])
            vectors, told = found["embeddings"], found["metadatas"]
            assert vectors is not None and told is not None
            for name, vector, values in zip(found["ids"], vectors, told, strict=True):
                yield name, vector, dict(values or {})

    def count(self) -> int:
        """The number of products in the store."""
        with _told(_NAME):
            return int(self._collection.count())

    def nearest(
        self, vector: Sequence[float], constraints: Constraints, currency: str, k: int
    ) -> list[tuple[str, float]]:
        """The k products nearest to a unit vector that satisfy the constraints: id and cosine, nearest first.

        StoreError when Chroma does not answer.
        """
        where = where_of(constraints, currency)
        every = max(self.count(), 1)
        n = min(k + len(constraints.exclude_ids), every)
        excluded = set(constraints.exclude_ids)
        # Reading what Chroma knows of each product takes ten times as long as finding them.
        told_of = ["distances", "metadatas"] if where else ["distances"]
        while True:
            with _told(_NAME):
                found = self._collection.query(
                    query_embeddings=cast(Any, [list(vector)]),
                    n_results=n,
                    where=where or None,
                    include=cast(Any, told_of),
                )
            ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
            told = (found["metadatas"] or [[{}] * len(ids)])[0]
            met = [
                (name, 1.0 - float(gap))
                for name, gap, values in zip(ids, distances, told, strict=True)
                if name not in excluded and (_FORMS not in values or _meets(str(values[_FORMS]), constraints))
            ]
            if len(met) >= k or n >= every or len(ids) < n:
                return met[:k]
            # Variants that met one constraint each took the places of products that meet them all.
            n = min(4 * n, every)

    def close(self) -> None:
        """Let the folder go."""
        cast(Any, self._client).close()


def plain_store(folder: Path, products: Sequence[Product], vectors: Vectors) -> None:
    """Put vectors and prices into Chroma as its guide says: what `ProductStore` is measured against."""
    import chromadb

    client = chromadb.PersistentClient(str(folder))
    collection = client.create_collection("plain", embedding_function=None)
    step = client.get_max_batch_size()
    for start in range(0, len(products), step):
        batch = products[start : start + step]
        collection.add(
            ids=[product.product_id for product in batch],
            embeddings=vectors[start : start + step],
            metadatas=[metadata(product) for product in batch],
        )
    cast(Any, client).close()


def _configuration(size: int) -> dict[str, Any]:
    # Below that number there would be no files of a graph, and whoever reads would write them.
    often = {} if size > _SYNCED else {"batch_size": 2, "sync_threshold": 2}
    return {"hnsw": {"space": "cosine", "ef_search": 200} | often}


class StoreError(Exception):
    """A folder that holds no product store, or a store that does not answer."""


class StoreAwayError(StoreError):
    """A Chroma server that does not answer; `mend` is the command that starts it."""

    def __init__(self, address: str, error: Exception) -> None:
        host, port, _ = _host_of(address)
        self.mend = f"chroma run --host {host} --port {port}"
        super().__init__(f"{address}: {error or type(error).__name__}; start it with: {self.mend}")


@contextmanager
def _told(place: Path | str) -> Iterator[None]:
    """Chroma's own errors, and those of the line to a server, as StoreError; that nothing is there is left alone."""
    from chromadb.errors import ChromaError, NotFoundError
    from httpx import HTTPError

    try:
        yield
    except NotFoundError:
        if place == _NAME:
            raise StoreError("the products are no longer in this Chroma") from None
        raise
    except (ChromaError, HTTPError) as error:
        raise StoreError(f"{place}: {error or type(error).__name__}") from None


def _client_of(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not ProductStore.is_remote(folder):
        try:
            return chromadb.PersistentClient(str(folder), settings=settings)
        except AttributeError as error:
            # Chroma 1.5 stops what never started when it cannot read a folder.
            raise StoreError(f"{folder}: Chroma cannot read it ({error.__context__ or error})") from None
    address, _ = _server_of(folder)
    host, port, secure = _host_of(address)
    try:
        return chromadb.HttpClient(host, port, secure, settings=settings)
    except ValueError as error:
        # What Chroma says where it cannot connect.
        raise StoreAwayError(address, error) from None


def _server_of(folder: Path) -> tuple[str, str]:
    """The address and the collection that a folder remembers; ValueError when it is damaged."""
    row = json.loads((folder / _SERVER).read_text(encoding="utf-8"))
    if not (isinstance(row, dict) and isinstance(row.get("address"), str) and isinstance(row.get("collection"), str)):
        raise ValueError(f"{folder / _SERVER}: {row!r}, expected an address and a collection")
    return row["address"], row["collection"]


def _is_own(folder: Path) -> bool:
    told = json.loads((folder / _SERVER).read_text(encoding="utf-8"))
    return not isinstance(told, dict) or told.get("folder") in (None, str(folder.resolve()))


def _host_of(address: str) -> tuple[str, int, bool]:
    """Host, port and whether the line is secure; ValueError when the address is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"the address of a Chroma server is {address!r}, expected http://host:port")
    secure = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if secure else 8000), secure


def metadata(product: Product) -> dict[str, Any]:
    """What Chroma filters on: price in minor units, folded brand, category keys, stock, attributes.

    A field that is not stated has no key, so that a positive condition on it fails by itself.
    """
    bought = forms(product)
    row: dict[str, Any] = {"in_stock": any(form.availability in SELLABLE_NOW for form in bought)}
    prices = [form.price_minor for form in bought if form.price_minor is not None]
    if prices:
        row["price"] = min(prices)
        if product.variants:
            row["top.price"] = max(prices)
    if product.brand:
        row |= {"brand": fold(product.brand), "has_brand": True}
    keys = category_keys(product.category)
    if keys:
        row |= {"category": list(keys), "has_category": True}
    if product.variants:
        row |= {_VARIED: True, _FORMS: _forms_text(bought)}
    # Of two names that are one when folded the first counts, as in `attribute_values`.
    stated: dict[str, list[tuple[str, ...]]] = {}
    for form in bought:
        own: dict[str, tuple[str, ...]] = {}
        for name, values in form.attributes.items():
            own.setdefault(attribute_key(name), values)
        for key, values in own.items():
            if values:
                stated.setdefault(key, []).append(values)
    for key, told in stated.items():
        numbers = [number for values in told if (number := attribute_number(values)) is not None]
        row |= {f"has.{key}": True, f"is.{key}": sorted({fold(value) for values in told for value in values})}
        row[f"counted.{key}"] = bool(numbers)
        if numbers:
            row[f"num.{key}"] = min(numbers)
            if product.variants:
                row[f"top.num.{key}"] = max(numbers)
    return row


def _forms_text(bought: Sequence[Product]) -> str:
    """What the forms of a product differ in, for `_meets`."""
    told = [
        {
            "price": None if form.price is None else str(form.price),
            "availability": form.availability,
            "attributes": {name: list(values) for name, values in form.attributes.items()},
        }
        for form in bought
    ]
    return json.dumps(told, ensure_ascii=False)


def _meets(text: str, constraints: Constraints) -> bool:
    """True when one of the forms of a product that `where_of` admits satisfies what forms differ in."""
    differing = constraints.without("brands", "not_brands", "categories", "not_categories", "exclude_ids")
    for told in json.loads(text):
        attributes = {name: tuple(values) for name, values in told["attributes"].items()}
        price = None if told["price"] is None else Decimal(told["price"])
        form = Product("", "", price=price, availability=told["availability"], attributes=attributes)
        if differing.matches(form):
            return True
    return False


def where_of(constraints: Constraints, currency: str) -> Where:
    """The constraints as Chroma's `where`, {} when there are none; `exclude_ids` are left to the caller.

    Exact for a product without variants. Of one with variants it asks whether each constraint is met by some variant;
    whether one meets them all is asked afterwards, of the forms that the metadata keep.

    Chroma's `$ne` and `$nin` also return records that lack the key, so a negative condition always comes with
    one that the key is there.
    """
    parts: list[Where] = []
    if constraints.price_min is not None:
        parts.append(_reaches("price", _bounded(to_minor(constraints.price_min, currency, "ROUND_CEILING"))))
    if constraints.price_max is not None:
        parts.append({"price": {"$lte": _bounded(to_minor(constraints.price_max, currency, "ROUND_FLOOR"))}})
    if constraints.brands:
        parts.append({"brand": {"$in": _folded(constraints.brands)}})
    if constraints.not_brands:
        parts += [{"has_brand": True}, {"brand": {"$nin": _folded(constraints.not_brands)}}]
    if constraints.categories:
        parts.append(_any([{"category": {"$contains": category_key(name)}} for name in constraints.categories]))
    if constraints.not_categories:
        parts.append({"has_category": True})
        parts += [{"category": {"$not_contains": category_key(name)}} for name in constraints.not_categories]
    for name, demand in constraints.attributes.items():
        parts.append(_attribute(name, demand))
    for name, demand in constraints.not_attributes.items():
        refused = [{f"has.{attribute_key(name)}": True}, *_not_attribute(name, demand)]
        # A variant may be free of what another has.
        parts.append(_any([{_VARIED: True}, refused[0] if len(refused) == 1 else {"$and": refused}]))
    if constraints.in_stock:
        parts.append({"in_stock": True})
    return parts[0] if len(parts) == 1 else {"$and": parts} if parts else {}


def _bounded(minor: int) -> int:
    """A price bound that a server can be asked for: beyond 62 bits there are no prices."""
    return max(-(1 << 62), min(minor, 1 << 62))


def _attribute(name: str, demand: AttributeDemand) -> Where:
    key = attribute_key(name)
    if isinstance(demand, Span):
        bounds = [] if demand.min is None else [_reaches(f"num.{key}", float(demand.min))]
        if demand.max is not None:
            bounds.append({f"num.{key}": {"$lte": float(demand.max)}})
        if not bounds:
            return {f"counted.{key}": True}
        return bounds[0] if len(bounds) == 1 else {"$and": bounds}
    if not demand:
        # One of no values: nothing can be that.
        return {"$and": [{f"has.{key}": True}, {f"has.{key}": False}]}
    return _any([{f"is.{key}": {"$contains": fold(value)}} for value in demand])


def _not_attribute(name: str, demand: AttributeDemand) -> list[Where]:
    key = attribute_key(name)
    if isinstance(demand, Span):
        # Outside the range on either side; a value without any number is outside every range too.
        outside: list[Where] = []
        if demand.min is not None:
            outside.append({f"num.{key}": {"$lt": float(demand.min)}})
        if demand.max is not None:
            outside.append({f"num.{key}": {"$gt": float(demand.max)}})
        return [_any([*outside, {f"counted.{key}": False}])]
    return [{f"is.{key}": {"$not_contains": fold(value)}} for value in demand]


def _reaches(key: str, bound: float) -> Where:
    """That a number, or the highest of a product's variants, is at least the bound."""
    return {"$or": [{key: {"$gte": bound}}, {f"top.{key}": {"$gte": bound}}]}


def _any(parts: list[Where]) -> Where:
    return parts[0] if len(parts) == 1 else {"$or": parts}


def _folded(names: Iterable[str]) -> list[str]:
    return sorted({fold(name) for name in names})
