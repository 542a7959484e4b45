"""What a shopper reads of a product, in words: prices, stock, constraints; and what of others' text may be shown.

Knows no page and no terminal: both draw what this module words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from assistant.dialogue import Request
from assistant.interface import DEFAULT, Texts, texts_of
from index.catalog import AttributeDemand, Constraints, Product, Span
from index.money import money as money  # noqa: PLC0414 -- said on, for page and terminal alike

STOCK = {
    "in_stock": "In stock",
    "limited_stock": "Only a few left",
    "out_of_stock": "Out of stock",
    "preorder": "Pre-order",
    "backorder": "On back order",
    "discontinued": "Discontinued",
    "unknown": "Stock not stated",
}
MISSED = {
    "price_min": "costs less than you asked for",
    "price_max": "over your price",
    "brands": "another brand",
    "not_brands": "a brand you ruled out, or none stated",
    "categories": "another kind of product",
    "not_categories": "a kind you ruled out, or none stated",
    "attributes": "differs in what you asked for, or does not state it",
    "not_attributes": "has what you ruled out, or does not state it",
    "in_stock": "not in stock",
    "exclude_ids": "seen before",
}
ORDERS = ("cheapest", "dearest", "best_rated", "newest")
"""The orders that a shopper is told of."""
PICTURE_SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})

# A terminal obeys these even inside a product title: colour and cursor codes, then titles and links (OSC).
_ANSI = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]"
)
# Zero-width joiners are kept: emoji and several scripts are written with them.
_KEPT = frozenset("\n\t\u200c\u200d")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKUP = (
    (re.compile(r"!\[([^\]\n]*)\](?:\([^)\n]*\)?|\[[^\]\n]*\])?"), ""),
    (re.compile(r"\[([^\]\n]*)\](?:\([^)\n]*\)?|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"^\s*\[[^\]\n]+\]:\s*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z][^>]*(?:>|$)", re.DOTALL), ""),
    (re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|javascript:|data:[a-z]+/)[^\s]*"), ""),
)


def clean(text: str) -> str:
    """The text without control sequences, control characters and invisible format characters."""
    bare = _ANSI.sub("", text)
    return "".join(char for char in bare if char in _KEPT or unicodedata.category(char) not in _DROPPED)


def plain(text: str) -> str:
    """A model's text as text only: links keep their words; images, tags and addresses are dropped."""
    bare = clean(text)
    before = None
    # Dropping one piece may join the halves of another ("<<b>img src=x>"), so until nothing changes.
    while before != bare:
        before = bare
        for pattern, kept in _MARKUP:
            bare = pattern.sub(kept, bare)
    return re.sub(r"[ \t]{2,}", " ", bare).strip()


def stock_text(product: Product) -> str:
    """The availability in words."""
    return STOCK.get(product.availability, STOCK["unknown"])


def rating_text(product: Product) -> str:
    """The stars, how many gave them and how many wrote why, "4.3 (127), written reviews: 5"; "" without any of it."""
    told = []
    if product.rating is not None:
        count = "" if product.rating_count is None else f" ({product.rating_count:,})"
        told.append(f"{product.rating:.1f}{count}")
    if product.reviews:
        told.append(f"written reviews: {len(product.reviews):,}")
    return ", ".join(told)


def constraint_parts(
    constraints: Constraints, currency: str = "", texts: Texts | None = None
) -> Iterator[tuple[str, str]]:
    """Each constraint in force as its key ("price_max", "not_brands:Logitech") and its words, in a fixed order; in the
    language of the interface `texts`, which are the default's when none are given.
    """
    say = (texts or texts_of(DEFAULT)).__getitem__
    low, high = constraints.price_min, constraints.price_max
    if low is not None:
        yield "price_min", say("chip.price_min").format(amount=money(low, currency, short=True))
    if high is not None:
        yield "price_max", say("chip.price_max").format(amount=money(high, currency, short=True))
    for key in ("brands", "categories", "not_brands", "not_categories"):
        for name in getattr(constraints, key):
            own = clean(name)
            yield f"{key}:{name}", say("chip.not").format(text=own) if key.startswith("not_") else own
    for name, demand in constraints.attributes.items():
        yield f"attributes:{name}", _demand_text(name, demand, say)
    for name, demand in constraints.not_attributes.items():
        yield f"not_attributes:{name}", say("chip.not").format(text=_demand_text(name, demand, say))
    if constraints.in_stock:
        yield "in_stock", say("chip.in_stock")
    if constraints.exclude_ids:
        count = len(constraints.exclude_ids)
        yield "exclude_ids", say("chip.seen" if count > 1 else "chip.seen_one").format(count=count)


def constraints_text(constraints: Constraints, currency: str = "") -> str:
    """The constraints in words, "price up to $80 · not Logitech · in stock"; "" when there are none."""
    parts: dict[str, list[str]] = {}
    for key, text in constraint_parts(constraints, currency):
        # Several makers or kinds are alternatives: "Norvik or Taluma".
        name = key.partition(":")[0]
        parts.setdefault(name if name in ("brands", "categories") else key, []).append(text)
    return " · ".join(_either(texts) for texts in parts.values())


def understood_text(request: Request, products: Mapping[str, Product], currency: str = "") -> str:
    """What was understood of the message in words, constraints last; "" when nothing is worth saying."""
    parts: list[str] = []
    if request.act == "goes_with":
        named = [products[pid].title for pid in request.anchor_ids if pid in products] or [request.anchor_text]
        parts.extend(f"goes with {clean(name)}" for name in named[:2] if name)
    if request.wants_products and request.kinds and not request.constraints.categories:
        parts.append(_either(request.kinds[:4]))
    # A price that is near is told once, as an amount.
    wishes = (wish for wish in request.preferences if request.around is None or not wish.startswith("around "))
    parts.extend(map(clean, wishes))
    if request.around is not None:
        parts.append(texts_of(DEFAULT)["chip.around"].format(amount=money(request.around, currency, short=True)))
    if request.order in ORDERS:
        parts.append(order_text(request.order))
    demanded = constraints_text(request.constraints, currency)
    return " · ".join([*parts, demanded] if demanded else parts)


def order_text(order: str, texts: Texts | None = None) -> str:
    """One of ORDERS in words."""
    return (texts or texts_of(DEFAULT))[f"chip.{order}"]


def missed_text(keys: Iterable[str]) -> str:
    """What a nearest product misses, in words."""
    return "; ".join(MISSED[key] for key in keys if key in MISSED)


def picture_path(folder: Path, image_url: str) -> Path | None:
    """The file of a relative `image_url` such as "pictures/mouse.svg"; None unless it lies in `pictures/`."""
    parts = PurePosixPath(image_url).parts
    if len(parts) < 2 or parts[0] != "pictures" or ".." in parts or "\\" in image_url or "\0" in image_url:
        return None
    shelf = (folder / "pictures").resolve()
    path = folder.joinpath(*parts).resolve()
    if not path.is_relative_to(shelf) or path.suffix.lower() not in PICTURE_SUFFIXES or not path.is_file():
        return None
    return path


def web_address(url: str) -> str:
    """The address when it is http or https with a host and nothing odd in it, else ""."""
    if not url or clean(url) != url or any(char in "\n\t\\ " for char in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def _either(names: Sequence[str], pattern: str = "{one} or {other}") -> str:
    return reduce(lambda one, other: pattern.format(one=one, other=other), map(clean, names)) if names else ""


def _demand_text(name: str, demand: AttributeDemand, say: Callable[[str], str]) -> str:
    label = clean(name).replace("_", " ")
    if not isinstance(demand, Span):
        return f"{label} {_either(demand, say('chip.or'))}"
    low, high = (f"{bound:g}" if bound is not None else "" for bound in (demand.min, demand.max))
    way = "exactly" if low == high else "between" if low and high else "most" if high else "least"
    return say(f"chip.{way}").format(name=label, low=low, high=high)
