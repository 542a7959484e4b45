"""A shop of a few garments with variants, for the tests of what is shown, asked and put into the cart of them."""

import json
from pathlib import Path
from typing import Any

from index.build import build
from index.embed import HashEmbedder


def _variant(variant_id: str, price: str, availability: str, **options: str) -> dict[str, Any]:
    return {"variant_id": variant_id, "price": price, "availability": availability, "options": options}


ROWS: tuple[dict[str, Any], ...] = (
    {
        "product_id": "jacket", "title": "Tidewater rain jacket", "brand": "Tidewater",
        "category": "Clothing > Jackets", "price": "79.00", "currency": "USD", "availability": "in_stock",
        "rating": 4.4, "rating_count": 63,
        "attributes": {"color": ["Blue", "Red"], "size": ["S", "M", "L"], "material": "nylon", "waterproof": "Yes"},
        "reviews": ["Kept me dry all day, excellent in the rain.", "The zip is stiff."],
        "variants": [
            _variant("j-bs", "89.00", "in_stock", color="Blue", size="S"),
            _variant("j-bm", "95.00", "out_of_stock", color="Blue", size="M"),
            _variant("j-rm", "79.00", "in_stock", color="Red", size="M"),
            _variant("j-rl", "82.00", "limited_stock", color="Red", size="L"),
        ],
    },
    {
        "product_id": "parka", "title": "Brindle winter parka", "brand": "Brindle", "category": "Clothing > Jackets",
        "price": "149.00", "currency": "USD", "availability": "in_stock",
        "attributes": {"color": ["Black", "Navy Blue"], "material": "wool"},
        "variants": [
            _variant("p-b", "149.00", "in_stock", color="Black"),
            _variant("p-n", "159.00", "preorder", color="Navy Blue"),
        ],
    },
    {
        "product_id": "shell", "title": "Ardent trail shell", "brand": "Ardent", "category": "Clothing > Jackets",
        "price": "110.00", "currency": "USD", "availability": "in_stock",
        "attributes": {"color": "Green", "material": "nylon"},
    },
    {
        "product_id": "shoe", "title": "Ardent trail shoe", "brand": "Ardent", "category": "Shoes > Running Shoes",
        "price": "99.00", "currency": "USD", "availability": "in_stock", "attributes": {"size": ["41", "42", "43"]},
        "variants": [
            _variant("s41", "99.00", "in_stock", size="41"),
            _variant("s42", "99.00", "out_of_stock", size="42"),
            _variant("s43", "104.00", "in_stock", size="43"),
        ],
    },
)  # fmt: skip


def build_variant_shop(folder: Path) -> Path:
    """The index folder of the shop, built without any weights."""
    feed = folder / "products.jsonl"
    feed.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    build([feed], folder / "index", embedder=HashEmbedder())
    return folder / "index"
