"""The demo store: a fictional electronics and home shop, its 2,000 simulated shoppers, and the script that makes both.

Products, interactions and pictures are written by `python -m index.demo.make`; the shop's documents and promotions are
written by hand. Nothing else here is needed to read them.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent
PRODUCTS = _FOLDER / "products.jsonl.gz"
INTERACTIONS = _FOLDER / "interactions.jsonl.gz"
PICTURES = _FOLDER / "pictures"
DOCUMENTS = _FOLDER / "documents"
PROMOTIONS = _FOLDER / "promotions.jsonl"

__all__ = ["DOCUMENTS", "INTERACTIONS", "PICTURES", "PRODUCTS", "PROMOTIONS"]
