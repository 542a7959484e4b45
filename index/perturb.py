"""Large catalogues for measuring: real products again and again with other names, prices and details.

Not the products of any shop: the words, brands and categories are real, what tells one copy from another is made up.
Knows no files.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.catalog import Product

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SERIES = (
    "Plus", "Pro", "Lite", "Air", "Max", "Neo", "Prime", "Core", "Edge", "Nova", "Flex", "Duo", "Trio", "Ultra", "Mini",
    "Classic", "Studio", "Office", "Travel", "Home",
)  # fmt: skip


def perturbed(products: Sequence[Product], size: int, seed: int = 0) -> Iterator[Product]:
    """`size` products: those given, then copies of them with other ids, model numbers, prices, values and some words.

    The same arguments give the same products; a smaller `size` gives the first of a larger.
    """
    for place in range(size):
        product = products[place % len(products)]
        if place < len(products):
            yield product
            continue
        rng = random.Random(f"{seed} {place}")
        words = _WORD.findall(products[rng.randrange(len(products))].title) or ["thing"]
        yield replace(
            product,
            product_id=f"{product.product_id}-{place // len(products)}",
            title=f"{_renumbered(product.title, rng)} {rng.choice(_SERIES)}",
            description=_swapped(_renumbered(product.description, rng), words, rng),
            price=None if product.price is None else _repriced(product.price, rng),
            attributes={
                name: tuple(_renumbered(value, rng) for value in values) for name, values in product.attributes.items()
            },
            variants=(),
            gtin="",
            mpn="",
            compatible_with=(),
        )


def _renumbered(text: str, rng: random.Random) -> str:
    """Each number with other digits, as long as it was; half of them stay."""

    def other(found: re.Match[str]) -> str:
        digits = found.group()
        return digits if rng.random() < 0.5 else str(rng.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))

    return _NUMBER.sub(other, text)


def _swapped(text: str, words: Sequence[str], rng: random.Random) -> str:
    """One word in ten is one of another product's."""
    return _WORD.sub(lambda found: rng.choice(words) if rng.random() < 0.1 else found.group(), text)


def _repriced(price: Decimal, rng: random.Random) -> Decimal:
    return max(Decimal("0.01"), round(price * Decimal(rng.uniform(0.6, 1.6)), 2))
