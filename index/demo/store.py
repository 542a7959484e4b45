"""The products of the demo store, drawn kind by kind from the table of kinds.

Every kind has its own seed, so that a kind that is added or changed leaves the others as they are. Knows nothing
of shoppers and files.
"""

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from index.catalog import Product
from index.demo import (
    bags_cables,
    components,
    computers,
    household_text,
    mobile,
    office,
    peripherals,
    photo,
    screens_play,
    sound_network,
    tablets_wearables,
)
from index.demo.brands import BRANDS, Brand
from index.demo.fits import declared
from index.demo.kinds import Draft, Draw, Kind
from index.demo.reviews import with_reviews
from index.demo.texts import Writer

SEED = "demo-store-1"

# Things come before what is made for one of their models.
KINDS: tuple[Kind, ...] = (
    *computers.KINDS,
    *components.KINDS,
    *peripherals.KINDS,
    *bags_cables.KINDS,
    *office.KINDS,
    *tablets_wearables.KINDS,
    *mobile.KINDS,
    *photo.KINDS,
    *sound_network.KINDS,
    *screens_play.KINDS,
    *household_text.KINDS,
)
CONSUMABLES = frozenset({"ink", "toner", "paper", "coffee-capsules", "coffee-beans", "vacuum-bags"})
_NO_WARRANTY = CONSUMABLES | {"game", "phone-case", "screen-protector", "mouse-pad", "watch-strap", "light-bulb"}
_CENT = Decimal("0.01")
_STOCK = ("in_stock",) * 164 + ("limited_stock",) * 19 + ("out_of_stock",) * 13 + ("preorder",) * 4


def draw_products(kinds: Iterable[Kind] = KINDS) -> tuple[Product, ...]:
    """All products of the kinds, in the order of the table; the same at every run."""
    made: dict[str, list[Product]] = {}
    for kind in kinds:
        made[kind.slug] = []
        rng = random.Random(f"{SEED}:{kind.slug}")
        writer = Writer(kind.clauses, random.Random(f"{SEED}:{kind.slug}:texts"))
        taken: set[str] = set()
        titles: set[str] = set()
        names = kind.brands.split("|")
        for number in range(kind.count):
            brand = BRANDS[names[number] if number < len(names) else rng.choice(names)]
            draft = kind.draw(Draw(rng, brand, number, made, taken))
            while draft.title + brand.name in titles:
                draft = kind.draw(Draw(rng, brand, number, made, taken))
            titles.add(draft.title + brand.name)
            made[kind.slug].append(_product(kind, number, brand, draft, writer, rng))
    dice = random.Random(f"{SEED}:declared")
    drawn = [
        _with_declared(product, declared(product, made, dice)) for products in made.values() for product in products
    ]
    return with_reviews(drawn, f"{SEED}:reviews")


def _product(kind: Kind, number: int, brand: Brand, draft: Draft, writer: Writer, rng: random.Random) -> Product:
    attributes = {name: [value] if isinstance(value, str) else list(value) for name, value in draft.attributes.items()}
    if brand.warranty and kind.slug not in _NO_WARRANTY:
        attributes["warranty"] = [brand.warranty]
    amount = draft.price * brand.level * rng.uniform(0.93, 1.07)
    price = shop_price(amount)
    reduced = rng.random() < 0.15
    list_price = shop_price(amount * rng.uniform(1.1, 1.4)) if reduced else None
    stock = rng.choice(_STOCK)
    stars = min(4.9, max(2.8, round(rng.gauss(brand.quality - 0.05, 0.28), 1)))
    count = int(rng.lognormvariate(4.1, 1.3)) + 1
    rated = stock != "preorder" and rng.random() > 0.03
    letters = brand.name.upper()[:3]
    words = kind.slug.upper().split("-")
    return Product(
        product_id=f"{kind.slug}-{number + 1:03d}",
        title=f"{brand.name} {draft.title}",
        description=writer.write(brand, attributes["model"][0], attributes),
        brand=brand.name,
        category=kind.path,
        price=price,
        currency="USD",
        availability=stock,
        image_url=f"pictures/{kind.slug}.svg",
        rating=stars if rated else None,
        rating_count=count if rated else None,
        list_price=list_price if list_price and list_price > price else None,
        gtin=gtin13(rng.randrange(10**9)),
        mpn=f"{letters}-{words[0][:2]}{words[-1][-2:]}{number + 1:03d}{rng.choice('ABCDEFHKLM')}",
        condition="new",
        attributes={name: tuple(own) for name, own in attributes.items()},
    )


def _with_declared(product: Product, names: tuple[str, ...]) -> Product:
    return replace(product, compatible_with=names)


def shop_price(amount: float) -> Decimal:
    """A price near the amount as a shop prints it: ends in .49, .95, .99, or .00 for large sums; at least 4.99."""
    whole = max(4, int(amount))
    if whole >= 200:
        tens = round(amount / 10) * 10
        return Decimal(tens - 1).quantize(_CENT) if tens % 50 else Decimal(tens) - _CENT
    ending = "0.49" if amount - whole < 0.4 and whole > 4 else "0.95" if whole % 3 == 0 else "0.99"
    return Decimal(whole) + Decimal(ending)


def gtin13(number: int) -> str:
    """A GTIN-13 with the prefix 952, which GS1 keeps for examples, and the right check digit."""
    digits = f"952{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
