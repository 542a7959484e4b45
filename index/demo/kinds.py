"""What a kind of the demo store is, and the dice with which its products are drawn.

A kind is one row: name in ids, category path, how many, which brands, a function that draws the
specifications, and the sentences its descriptions are made of (see `texts`). Knows no particular kind.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.catalog import Product
from index.demo.brands import Brand

Value = str | list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A drawn product before it has a shop's price, stock and description.

    `title` follows the brand; `price` is that of a middling brand, in dollars.
    """

    title: str
    price: float
    attributes: dict[str, Value]


@dataclass(slots=True)
class Draw:
    """The dice for one product: its brand, its number in its kind, and the products made before it."""

    rng: random.Random
    brand: Brand
    number: int
    made: Mapping[str, Sequence[Product]]
    taken: set[str] = field(default_factory=set)

    def one(self, options: str) -> str:
        """One of the options separated by "|"; repeat an option to make it likelier."""
        return self.rng.choice(options.split("|"))

    def some(self, options: str, low: int, high: int) -> list[str]:
        """Between `low` and `high` different options, in the order they are written in."""
        names = options.split("|")
        chosen = set(self.rng.sample(names, min(len(names), self.rng.randint(low, high))))
        return [name for name in names if name in chosen]

    def chance(self, share: float) -> bool:
        """True in about `share` of all draws."""
        return self.rng.random() < share

    def near(self, value: float, spread: float, digits: int = 1) -> float:
        """A number within `spread` (a share) of the value."""
        return round(value * self.rng.uniform(1 - spread, 1 + spread), digits)

    def model(self, words: str, code: str) -> str:
        """A model name in the brand's habit that this kind has not used yet."""
        names = words.split("|")
        for round_ in range(1, 100):
            name = self.rng.choice(names)
            if self.brand.naming == "code":
                name = f"{code}{self.rng.randrange(11, 100) * 10}"
            elif self.brand.naming == "mixed":
                name = f"{name} {self.rng.choice((100, 150, 200, 220, 300, 350, 400, 500, 700))}"
            elif round_ > 4:
                name = f"{name} {round_ // 4 + 1}"
            if name not in self.taken:
                self.taken.add(name)
                return name
        raise ValueError(f"no unused model name left for {self.brand.name} among {words!r}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of kinds; `brands` and the lines of `clauses` are written as plain text."""

    slug: str
    path: str
    count: int
    brands: str
    draw: Callable[[Draw], Draft]
    clauses: str

    @property
    def name(self) -> str:
        """The last segment of the path: "Notebooks"."""
        return self.path.rsplit(" > ", 1)[-1]


def number(text: str) -> float:
    """The first number of an attribute's value: "15.6 in" gives 15.6; NaN without one, which no bound admits."""
    digits = ""
    for char in text:
        if char.isdigit() or (char == "." and digits):
            digits += char
        elif digits:
            break
    return float(digits or "nan")


def slug_of(product: Product) -> str:
    """The kind's name in a product id: "laptop-sleeve-012" gives "laptop-sleeve"."""
    return product.product_id.rsplit("-", 1)[0]
