"""The kinds of a catalogue: their names and parts of names, how much there is of each, and where it stands.

Knows records. Which kind a word means is looked up in `vocabulary`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from assistant.tokens import WORD
from index.catalog import Product, fold
from index.kinds import kind_key, kind_key_of, kind_of, singular

SETTING = frozenset({
    "adult", "all", "baby", "back", "cold", "desktop", "digital", "external", "floor", "food", "game", "gaming",
    "general", "head", "home", "hot", "house", "internal", "kid", "kitchen", "large", "main", "mini", "mobile",
    "network", "office", "one", "other", "photo", "popular", "portable", "power", "premium", "regular", "school",
    "screen", "seasonal", "single", "small", "smart", "standard", "table", "video", "watch", "wireless",
})  # fmt: skip
"""Words that say where or for whom a thing is; at the beginning of a kind they do not name it."""


def names_by_kind(products: Iterable[Product]) -> dict[str, str]:
    """The commonest name of each kind, by its key, the kinds with most products first."""
    counted: Counter[tuple[str, str]] = Counter()
    for product in products:
        kind = kind_of(product)
        if kind:
            counted[kind_key(kind), kind] += 1
    found: dict[str, str] = {}
    for (key, name), _ in counted.most_common():
        found.setdefault(key, name)
    return found


def weights_of_kinds(products: Iterable[Product], bought: Mapping[str, int]) -> dict[str, float]:
    """How much of each kind there is: how often its products were bought, else how many they are."""
    found: Counter[str] = Counter()
    for product in products:
        found[kind_key_of(product)] += bought.get(product.product_id, 0) if bought else 1
    return {kind: float(count) for kind, count in found.items()}


def shelves_of_kinds(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """What stands above each kind in the categories."""
    found: dict[str, set[str]] = defaultdict(set)
    for product in products:
        path = product.category_path
        found[kind_key_of(product)].update(path[-2:-1] if len(path) > 1 else ())
    return defaultdict(frozenset, {kind: frozenset(above) for kind, above in found.items()})


def kinds_by_part(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The kinds that have a word or two amid their name, neither at its beginning nor at its end."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in names:
        parts = key.split()
        for size in (1, 2):
            for start in range(1, len(parts) - size):
                found[" ".join(parts[start : start + size])].append(key)
    return {part: tuple(dict.fromkeys(keys)) for part, keys in found.items()}


def kinds_by_title_word(products: Iterable[Product]) -> dict[str, Counter[str]]:
    """For each word of the titles the kinds of the products with it, counted; parts of "CD-RW" are words too."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for product in products:
        kind = kind_key_of(product)
        title = fold(product.title)
        for word in {singular(word) for word in (*WORD.findall(title), *re.findall(r"[^\W_]+", title))}:
            found[word][kind] += 1
    return dict(found)
