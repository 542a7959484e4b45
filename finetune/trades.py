"""What shops of several trades carry and how it is spoken of: made-up ones, and any index folder.

Knows the words for things, not how people ask for them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ware:
    """One kind of thing as shoppers speak of it: words in lower case, except names.

    `names` are further ways to call it, plurals included. `products` are short product names as they stand in a list
    ("Keylab M2 wireless mouse"). `amounts` are measured properties as people write them ("16 gb ram", "27 inch"),
    `wishes` adjectives and purposes ("quiet", "for travel"), `parts` what it may have ("a backlight"). `prices` is
    what it costs, low and high. `goes_with` are kinds that go with it.
    """

    kind: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    products: tuple[str, ...]
    colors: tuple[str, ...]
    amounts: tuple[str, ...]
    wishes: tuple[str, ...]
    parts: tuple[str, ...]
    prices: tuple[int, int]
    goes_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A shop's wares, and the sign and the word of its money ("$", "dollars")."""

    name: str
    wares: tuple[Ware, ...]
    sign: str = "$"
    money: str = "dollars"
