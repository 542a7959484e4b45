"""Compare the names that people and makers give products: "LaserJet P4014", "FS 2000D", "Slate 14 series".

Spacing, case and hyphens do not matter. A name that ends in its number also covers the number with letters
behind it, as makers write a family by its base: "P4015" covers "P4015tn", but "P4015tn" not "P4015".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from index.catalog import Product, fold

_PIECE = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"([^\W\d_]*)(\d+)(.*)")
_HEAD_END = re.compile(r"\b(?:for|compatible with|fits)\b", re.IGNORECASE)
# Words that stand in many names without telling products apart.
_FILLERS = frozenset({
    "series", "family", "model", "models", "printer", "printers", "color", "colour", "enterprise", "plus", "all",
    "one", "and", "the", "with",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelName:
    """One model number with what stands before it: "Color LaserJet CP4025dn" is family "laserjet", prefix "cp",
    digits "4025", suffix "dn"; `words` are all the telling words around it.
    """

    family: str
    prefix: str
    digits: str
    suffix: str
    words: frozenset[str]

    def covers(self, other: "ModelName") -> bool:
        """True when what is declared for this name holds for the other one."""
        if self.digits != other.digits or self.prefix != other.prefix or self.suffix not in ("", other.suffix):
            return False
        if self.family:
            return self.family in other.words
        return bool(self.prefix) and len(self.digits) >= 2


def model_names(text: str) -> list[ModelName]:
    """Every model number of a text, in order, with the family word and the letters before it."""
    pieces = _PIECE.findall(fold(text))
    words = frozenset(piece for piece in pieces if _is_word(piece))
    found = []
    for place, piece in enumerate(pieces):
        parts = _NUMBERED.fullmatch(piece)
        if not parts:
            continue
        prefix, digits, suffix = parts.groups()
        before = pieces[place - 1] if place else ""
        if not prefix and before.isalpha() and len(before) <= 3 and before not in _FILLERS:
            prefix = before
        families = [word for word in pieces[:place] if _is_word(word)]
        found.append(ModelName(families[-1] if families else "", prefix, digits, suffix, words))
    return found


def _is_word(piece: str) -> bool:
    return piece.isalpha() and len(piece) >= 4 and piece not in _FILLERS


def own_names(product: Product) -> list[ModelName]:
    """The model numbers that a product's title and model name give to the product itself.

    In "Toner for LaserJet P4014" what stands behind the "for" names another product.
    """
    head = _HEAD_END.split(product.title, maxsplit=1)[0]
    texts = [head if head.strip() else product.title, *product.attributes.get("model_name", ())]
    return list(dict.fromkeys(name for text in texts for name in model_names(text)))


class DeclaredNames:
    """The names that products declare to work with, found by the model numbers in a text."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._by_digits: dict[str, list[tuple[ModelName, str]]] = defaultdict(list)
        for product in products:
            for text in product.compatible_with:
                for name in model_names(text)[:1]:
                    self._by_digits[name.digits].append((name, product.product_id))

    def find(self, names: Iterable[ModelName]) -> dict[str, float]:
        """The products that declare one of the names: 1.0 where it is the name itself, 0.9 its family's base."""
        found: dict[str, float] = {}
        for own in names:
            for declared, product_id in self._by_digits.get(own.digits, ()):
                if declared.covers(own):
                    strength = 1.0 if declared.suffix == own.suffix else 0.9
                    found[product_id] = max(strength, found.get(product_id, 0.0))
        return found
