"""The products' vectors in one Chroma collection: `ProductStore`, and `Constraints` as Chroma's `where`.

Hides Chroma. Vectors are always our own (`embedding_function=None`): a collection never names a model that
Chroma would load on its own.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

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
    to_minor,
)
from index.embed import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Where = dict[str, Any]

_NAME = "products"


class ProductStore:
    """Nearest products by cosine among those that satisfy the constraints."""

    def __init__(self, client: "ClientAPI", collection: "Collection") -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> "ProductStore":
        """A new, empty store in a folder."""
        client = _client(folder)
        collection = client.create_collection(
            _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )
        return cls(client, collection)

    @classmethod
    def open(cls, folder: Path) -> "ProductStore":
        """The store in a folder; StoreError when there is none, or Chroma cannot read it."""
        from chromadb.errors import ChromaError, NotFoundError

        try:
            client = _client(folder)
            return cls(client, client.get_collection(_NAME, embedding_function=None))
        except NotFoundError:
            raise StoreError(f"{folder}: no collection {_NAME!r} in this Chroma folder") from None
        except ChromaError as error:
            raise StoreError(f"{folder}: {error}") from None

    def add(self, products: Sequence[Product], vectors: Vectors) -> None:
        """Add products with their unit vectors, shape (len(products), dimension)."""
        step = self._client.get_max_batch_size()
        for start in range(0, len(products), step):
            batch = products[start : start + step]
            self._collection.add(
                ids=[product.product_id for product in batch],
                embeddings=vectors[start : start + step],
                metadatas=[metadata(product) for product in batch],
            )

    def count(self) -> int:
        """The number of products in the store."""
        return int(self._collection.count())

    def nearest(
        self, vector: Sequence[float], constraints: Constraints, currency: str, k: int
    ) -> list[tuple[str, float]]:
        """The k products nearest to a unit vector that satisfy the constraints: id and cosine, nearest first."""
        where = where_of(constraints, currency)
        found = self._collection.query(
            query_embeddings=cast(Any, [list(vector)]),
            n_results=min(k + len(constraints.exclude_ids), max(self.count(), 1)),
            where=where or None,
            include=["distances"],
        )
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        excluded = set(constraints.exclude_ids)
        return [(name, 1.0 - float(gap)) for name, gap in zip(ids, distances, strict=True) if name not in excluded][:k]

    def close(self) -> None:
        """Let the folder go."""
        cast(Any, self._client).close()


class StoreError(Exception):
    """A folder that holds no product store."""


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def metadata(product: Product) -> dict[str, Any]:
    """What Chroma filters on: price in minor units, folded brand, category keys, stock, attributes.

    A field that is not stated has no key, so that a positive condition on it fails by itself.
    """
    row: dict[str, Any] = {"in_stock": product.availability in SELLABLE_NOW}
    if product.price_minor is not None:
        row["price"] = product.price_minor
    if product.brand:
        row |= {"brand": fold(product.brand), "has_brand": True}
    keys = category_keys(product.category)
    if keys:
        row |= {"category": list(keys), "has_category": True}
    for name, values in product.attributes.items():
        key = attribute_key(name)
        # Of two names that are one when folded the first counts, as in `attribute_values`.
        if not values or f"has.{key}" in row:
            continue
        number = attribute_number(values)
        row |= {f"has.{key}": True, f"is.{key}": sorted({fold(value) for value in values})}
        row[f"counted.{key}"] = number is not None
        if number is not None:
            row[f"num.{key}"] = number
    return row


def where_of(constraints: Constraints, currency: str) -> Where:
    """The constraints as Chroma's `where`, {} when there are none; `exclude_ids` are left to the caller.

    Chroma's `$ne` and `$nin` also return records that lack the key, so a negative condition always comes with
    one that the key is there.
    """
    parts: list[Where] = []
    if constraints.price_min is not None:
        parts.append({"price": {"$gte": to_minor(constraints.price_min, currency, "ROUND_CEILING")}})
    if constraints.price_max is not None:
        parts.append({"price": {"$lte": to_minor(constraints.price_max, currency, "ROUND_FLOOR")}})
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
        parts += [{f"has.{attribute_key(name)}": True}, *_not_attribute(name, demand)]
    if constraints.in_stock:
        parts.append({"in_stock": True})
    return parts[0] if len(parts) == 1 else {"$and": parts} if parts else {}


def _attribute(name: str, demand: AttributeDemand) -> Where:
    key = attribute_key(name)
    if isinstance(demand, Span):
        bounds = [
            {f"num.{key}": {sign: float(bound)}}
            for sign, bound in (("$gte", demand.min), ("$lte", demand.max))
            if bound is not None
        ]
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


def _any(parts: list[Where]) -> Where:
    return parts[0] if len(parts) == 1 else {"$or": parts}


def _folded(names: Iterable[str]) -> list[str]:
    return sorted({fold(name) for name in names})
