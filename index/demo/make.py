"""Makes the demo store: `python -m index.demo.make` writes feed, interactions and pictures.

    python -m index.demo.make [--out DIR]

Seeds are fixed and archives carry no time, so that a second run writes the same files. Knows how things are
written down, and nothing of what is in them.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index.catalog import Product
from index.demo import INTERACTIONS, PICTURES, PRODUCTS
from index.demo.pictures import draw_pictures
from index.demo.shoppers import draw_interactions
from index.demo.store import KINDS, SEED, draw_products
from index.interactions import Interaction


def product_row(product: Product) -> dict[str, Any]:
    """The product as a row of the native feed, without what is not set."""
    row: dict[str, Any] = {
        "product_id": product.product_id,
        "title": product.title,
        "description": product.description,
        "brand": product.brand,
        "category": product.category,
        "price": None if product.price is None else f"{product.price:.2f}",
        "currency": product.currency,
        "list_price": None if product.list_price is None else f"{product.list_price:.2f}",
        "availability": product.availability,
        "image_url": product.image_url,
        "rating": product.rating,
        "rating_count": product.rating_count,
        "gtin": product.gtin,
        "mpn": product.mpn,
        "condition": product.condition,
        "attributes": {name: own[0] if len(own) == 1 else list(own) for name, own in product.attributes.items()},
        "compatible_with": list(product.compatible_with),
        "reviews": list(product.reviews),
    }
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def interaction_row(row: Interaction) -> dict[str, Any]:
    """The interaction as a row of the native file."""
    written: dict[str, Any] = {
        "user_id": row.user_id,
        "product_id": row.product_id,
        "event": row.event,
        "timestamp": row.timestamp.isoformat(),
    }
    if row.value is not None:
        written["value"] = row.value
    return written


def as_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows as JSON, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def main(arguments: list[str] | None = None) -> int:
    """Writes all files of the demo store and says how much there is of what."""
    parser = argparse.ArgumentParser(prog="python -m index.demo.make", description="Make the demo store anew.")
    parser.add_argument("--out", type=Path, default=PRODUCTS.parent, help="folder to write to")
    out: Path = parser.parse_args(arguments).out
    products = draw_products()
    interactions = draw_interactions(products, SEED)
    pictures = draw_pictures()
    (out / PICTURES.name).mkdir(parents=True, exist_ok=True)
    for name, text in pictures.items():
        (out / PICTURES.name / f"{name}.svg").write_text(text, encoding="utf-8")
    for name, rows in (
        (PRODUCTS.name, as_lines(product_row(product) for product in products)),
        (INTERACTIONS.name, as_lines(interaction_row(row) for row in interactions)),
    ):
        (out / name).write_bytes(gzip.compress(rows, compresslevel=9, mtime=0))
    sys.stdout.write(
        f"{len(products)} products in {len(KINDS)} kinds, {len(interactions)} interactions of "
        f"{len({row.user_id for row in interactions})} shoppers, {len(pictures)} pictures\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
