"""Which kind of thing a product is ("Notebooks", "toner"), also where the feed states no category.

A stated category is never overridden. Otherwise the kind is the one that the index derived (`index.derive`), else
the one that the title's head names: the last product noun before a "for", "with" or comma, out of `kind_table`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.catalog import Product, fold
from index.kind_table import KINDS, LONGEST, SYNONYMS, WEAK

# How often a title's noun is the kind that a person names, by where it stood; measured with `evals.kinds`.
TITLE_GRADES: Mapping[str, float] = {"head": 0.9, "later": 0.7, "weak": 0.6, "context": 0.2, "": 0.0}

_PIECES = re.compile(
    r"\b(?P<context>for|compatible|suitable|fits)\b|(?P<beside>\bwith\b|\bw/|\bincl(?:uding)?\b)|[,;:(|–]| - ",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+(?:[-+][^\W_]+)*")
# "6 pc(s)", "100 pcs.", "20-pack": how many there are in the box, where "pc" is no computer.
_COUNTS = re.compile(r"\b\d+[\s-]*(?:pc\(s\)|pcs?\b\.?|pieces?\b|pk\b|packs?\b|ct\b|count\b)|\bpc\(s\)", re.IGNORECASE)
# What follows a size is mostly what the thing is made of or has, no longer what it is.
_SIZES = re.compile(
    r"""\d\s*x\s*\d|\d\s*(?:mm|cm|m|ft|in|inch|gb|tb|mb|w|va|kva|v|ghz|mhz|ml|oz|kg|g|sheets?|pixels)\b|\d\s*["”]""",
    re.IGNORECASE,
)
# Words that merchants file everything under: a category of that name says nothing of the kind.
_USELESS = frozenset(
    [
        *("sale", "products", "product", "new", "new arrivals", "other", "others", "misc", "miscellaneous", "all"),
        *("all products", "home", "homepage", "default", "default category", "shop", "clearance", "outlet", "deals"),
        *("offers", "bestsellers", "best sellers", "featured", "uncategorized", "uncategorised", "none", "n/a", "-"),
        *("general", "various", "specials", "items", "catalog", "catalogue", "root", "unknown"),
    ]
)
# What goes with the segment before: the accessories of phones are no phones.
_BESIDE = frozenset(["accessories", "spares and accessories", "accessories and spares", "parts", "spare parts"])


# fmt: off
_IN_IE = (
    "beanie", "brownie", "calorie", "cookie", "hoodie", "movie", "onesie", "pixie", "prairie",
    "selfie", "smoothie", "veggie",
)
# fmt: on


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """A folded English noun without its plural ending: "mice" gives "mouse", "batteries" "battery"."""
    irregular = {
        "mice": "mouse",
        "lenses": "lens",
        "lens": "lens",
        "scissors": "scissors",
        "sunglasses": "sunglasses",
        "shelves": "shelf",
        "knives": "knife",
        "women": "woman",
        "men": "man",
        "children": "child",
        "scarves": "scarf",
        "series": "series",
        **{f"{word}s": word for word in _IN_IE},
    }
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def kind_words(text: str) -> tuple[str, ...]:
    """The folded, singular words of a text, in order."""
    return tuple(map(_word, _WORDS.findall(text)))


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    return singular(fold(word))


@dataclass(frozen=True, slots=True)
class Reading:
    """The kind that a text names and where it stood.

    `grade` is a key of `TITLE_GRADES`: "head" for a noun of the head, "weak" for a poor one ("kit"), "later" after a
    comma, "context" after a "for" or "with", "" for none.
    """

    kind: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Strong and weak nouns of one part of a title, the best last."""

    place: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]


def read_kind(text: str, own: Mapping[tuple[str, ...], str] | None = None) -> Reading:
    """The kind that a title names; `own` adds the catalogue's nouns, as `kind_words`, to those of the table."""
    pieces = _pieces(text, own or {})
    for place in ("head", "later"):
        for piece in pieces:
            if piece.place == place and piece.strong:
                return Reading(piece.strong[-1], place)
    for piece in pieces:
        if piece.place != "context" and piece.weak:
            return Reading(piece.weak[-1], "weak")
    for piece in pieces:
        nouns = piece.strong or piece.weak
        if nouns:
            return Reading(nouns[-1], "context")
    return Reading()


def _pieces(text: str, own: Mapping[tuple[str, ...], str]) -> list[_Piece]:
    text = _COUNTS.sub(" ", text)
    found: list[_Piece] = []
    start, place = 0, "head"
    for mark in [*_PIECES.finditer(text), None]:
        piece = text[start : mark.start() if mark else len(text)]
        if piece.strip():
            found.append(_piece(piece, place, own))
        elif place == "context":
            # "compatible with": the second word does not end what the first began.
            continue
        if mark:
            start = mark.end()
            beside = mark["context"] or mark["beside"]
            place = "context" if beside else "later" if found else "head"
    return found


def _piece(text: str, place: str, own: Mapping[tuple[str, ...], str]) -> _Piece:
    size = _SIZES.search(text)
    parts = [text[: size.start()], text[size.start() :]] if size else [text]
    strong: list[str] = []
    weak: list[str] = []
    for part in parts:
        here: list[str] = []
        words = kind_words(part)
        stop = len(words)
        while stop > 0:
            for start in range(max(0, stop - LONGEST), stop):
                noun = words[start:stop]
                kind = own.get(noun) or KINDS.get(noun)
                if kind:
                    (weak if noun in WEAK and noun not in own else here).append(kind)
                    stop = start
                    break
            else:
                stop -= 1
        if here and not strong:
            # The head noun of an English noun phrase stands last; `here` was read from the end.
            strong = here[::-1]
    return _Piece(place, tuple(strong), tuple(weak[::-1]))


@lru_cache(maxsize=100_000)
def read_title(title: str) -> Reading:
    """`read_kind` by the table alone, remembered."""
    return read_kind(title)


def head_kind(title: str) -> str:
    """The kind that a title's head names, or "" when no known noun is in it.

    "Canon BCI-6 ink cartridge for i990" gives "ink cartridge".
    """
    return read_title(title).kind


def stated_kind(product: Product) -> str:
    """The most specific segment of the stated category that names a kind, or "".

    A segment such as "Sale", or the brand's own name, names none; "Accessories" none, nor does what stands before it.
    """
    for part in reversed(product.category_path):
        folded = fold(part)
        if folded in _BESIDE:
            return ""
        if folded not in _USELESS and folded != fold(product.brand):
            return part
    return ""


def kind_of(product: Product) -> str:
    """The product's kind: what its category states, else what the index derived, else what its title names.

    "" where there is nothing to tell it by.
    """
    derived = product.derived.name if product.derived else head_kind(product.title)
    return stated_kind(product) or derived or product.kind


def kind_certainty(product: Product) -> float:
    """How probable it is, 0 to 1, that a shopper would agree with `kind_of`: 1 for a stated category."""
    if stated_kind(product):
        return 1.0
    if product.derived:
        return product.derived.certainty
    return TITLE_GRADES[read_title(product.title).grade]


def kind_source(product: Product) -> str:
    """Where `kind_of` comes from: "category", "attribute", "title", "neighbours", or "" where there is no kind."""
    if stated_kind(product):
        return "category"
    if product.derived:
        return product.derived.source
    return "title" if head_kind(product.title) else ""


@lru_cache(maxsize=100_000)
def kind_key(name: str) -> str:
    """The form in which kinds are compared: singular, with words that mean the same made one.

    "Notebooks", "laptop" and "Laptops" give "notebook".
    """
    words = kind_words(name)
    return SYNONYMS.get(words) or " ".join(words)


def kind_key_of(product: Product) -> str:
    """The product's kind in the form in which kinds are compared, "" where none is known."""
    return kind_key(kind_of(product))
