"""Find products by the names that people and makers give them: "LaserJet P4014", "FS 2000D", "Slate 14 series".

Spacing, case and hyphens do not matter; digits and their letters do ("P4014" is not "P4014n").
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from index.catalog import Product, fold
from index.kinds import head_kind

_PIECE = re.compile(r"[^\W_]+")
_LONGEST_RUN = 6
# Words that makers add to a name without meaning another product.
_FILLERS = frozenset(["series", "family", "the", "all", "models", "model", "printer", "printers", "and"])


def pieces(text: str) -> tuple[str, ...]:
    """The letters-and-digits pieces of a text, folded."""
    return tuple(_PIECE.findall(fold(text)))


def runs(text: str) -> dict[str, int]:
    """Every run of up to six neighbouring pieces joined without spaces, with its number of pieces."""
    own = pieces(text)
    found: dict[str, int] = {}
    for start in range(len(own)):
        for stop in range(start + 1, min(start + _LONGEST_RUN, len(own)) + 1):
            found["".join(own[start:stop])] = stop - start
    return found


def name_key(name: str, brand: str = "") -> str:
    """A name without its brand and filler words, joined; "" when it is too plain to name anything.

    "HP LaserJet P4014 series" of HP gives "laserjetp4014"; "Inspiron" alone or "4000" give "".
    """
    dropped = _FILLERS | set(pieces(brand))
    kept = [piece for piece in pieces(name) if piece not in dropped]
    key = "".join(kept)
    has_digit, has_letter = any(c.isdigit() for c in key), any(c.isalpha() for c in key)
    telling = (len(key) >= 4 and has_digit and has_letter) or (len(key) >= 10 and len(kept) >= 2)
    return key if telling else ""


class NameIndex:
    """Products by every run of words in their title, model name and part number."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._by_run: dict[str, list[str]] = defaultdict(list)
        self._products = {product.product_id: product for product in products}
        for product in self._products.values():
            own: set[str] = set()
            for text in (_named(product), *product.attributes.get("model_name", ()), product.mpn):
                own |= runs(text).keys()
            for run in own:
                if any(char.isdigit() for char in run) or len(run) >= 10:
                    self._by_run[run].append(product.product_id)

    def find(self, name: str, brand: str = "") -> list[str]:
        """Ids of the products that carry the name, in feed order; [] when it names none."""
        key = name_key(name, brand)
        return list(self._by_run.get(key, ())) if key else []


def _named(product: Product) -> str:
    # "Toner for LaserJet P4014": what stands behind the "for" names another product.
    head = re.split(r"\b(?:for|compatible with|fits)\b", product.title, maxsplit=1, flags=re.IGNORECASE)[0]
    return head if head.strip() and head_kind(head) else product.title


def declared_names(products: Iterable[Product]) -> Mapping[str, tuple[str, ...]]:
    """What makers' names stand in `compatible_with`: name key -> ids of the products that declare it."""
    found: dict[str, list[str]] = defaultdict(list)
    for product in products:
        for name in product.compatible_with:
            key = name_key(name, product.brand)
            if key and product.product_id not in found[key][-1:]:
                found[key].append(product.product_id)
    return {key: tuple(ids) for key, ids in found.items()}
