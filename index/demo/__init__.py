"""The demo store: a fictional electronics and home shop, its 2,000 simulated shoppers, and the script that makes both.

The files are written by `python -m index.demo.make`; nothing else here is needed to read them.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent
PRODUCTS = _FOLDER / "products.jsonl.gz"
INTERACTIONS = _FOLDER / "interactions.jsonl.gz"
PICTURES = _FOLDER / "pictures"

__all__ = ["INTERACTIONS", "PICTURES", "PRODUCTS"]
