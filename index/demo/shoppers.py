"""The 2,000 simulated shoppers of the demo store and what they do, by the behaviour model written down here.

Nobody's real behaviour is in it. A shopper is drawn once:
  - one or two personas (gamer, photographer, home office ...), which say what kinds of things they come for;
  - a budget: a place between the cheapest and the dearest of every kind, with a little play from kind to kind;
  - three favourite brands, two favourite colours, a first day in the shop, and how often they come.

Then they come on missions, days to weeks apart. A mission is one of
  - goes-with: something owned wants a companion. The thing is one of the owned (recent ones first), the kind is
    drawn from `fits.COMPANIONS`; the products looked at are those that fit the thing, but one in twelve
    missions overlooks the specifications;
  - refill: a consumable that fits an owned thing, bought again, two times in three the very same product;
  - a new thing for one of the personas;
  - a whim: any kind at all.

On a mission some products of one kind are viewed, each drawn with a weight: popularity (a long tail by number of
ratings), stars, favourite brand, favourite colour, closeness to the budget. Of those viewed, one may go into
the cart and be bought if it is in stock; some purchases are rated, by the product's stars and the shopper's
taste. A durable is never bought twice, and a kind that one owns is not bought again, save the few of which
people own many (games, bulbs, cables ...).
"""

import bisect
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from index.catalog import SELLABLE_NOW, Product
from index.demo.fits import COMPANIONS, FITS, fits, values
from index.demo.kinds import slug_of
from index.demo.store import CONSUMABLES
from index.interactions import Interaction

SHOPPERS = 2000
OPENING = datetime(2025, 4, 14, tzinfo=UTC)
CLOSING = datetime(2026, 10, 12, tzinfo=UTC)
CARELESS = 1 / 12

# Kinds of which people own several.
MANY = CONSUMABLES | {
    "game", "light-bulb", "usb-c-cable", "hdmi-cable", "memory-card", "lens", "smart-plug", "watch-strap",
    "screen-protector", "external-drive", "desk-lamp", "power-strip", "phone-case",
}  # fmt: skip

# persona: how common it is; the kinds it comes for, each with its weight.
_PERSONAS = """
home office: 16; notebook 9, monitor 5, printer 5, desk 4, office-chair 4, webcam 3, headset 3, keyboard 3,
  mouse 3, router 2
gamer: 12; console 8, desktop 4, game 5, headset 3, monitor 4, mouse 3, keyboard 3, notebook 3, tv 2,
  mouse-pad 1
photographer: 9; camera 10, lens 3, notebook 3, monitor 2, external-drive 2, tripod 2, camera-bag 2, printer
  2
parent: 14; tablet 5, phone 5, tv 4, console 3, printer 3, coffee-machine 2, vacuum-robot 4, kettle 2,
  smartwatch 2
student: 12; notebook 10, backpack 3, headphones 3, phone 4, desk-lamp 2, earbuds 3, kettle 2, speaker 2,
  tablet 3
coffee lover: 9; coffee-machine 10, coffee-grinder 4, kettle 4, coffee-beans 3, speaker 1, smart-plug 1
small office: 6; printer 9, desktop 4, notebook 4, network-switch 3, router 3, office-chair 3, desk 2, paper
  4, monitor 3
film fan: 8; tv 9, soundbar 3, streaming-stick 3, headphones 2, floor-lamp 2, console 2, speaker 2,
  hdmi-cable 1
music fan: 7; headphones 6, earbuds 5, speaker 5, microphone 3, phone 3, soundbar 2, notebook 2
tidy home: 9; vacuum-robot 7, light-bulb 3, smart-plug 3, floor-lamp 3, desk-lamp 2, kettle 2, router 3,
  power-strip 2
on the move: 9; phone 7, power-bank 3, earbuds 4, smartwatch 4, backpack 3, tablet 3, notebook 4,
  usb-c-cable 2, camera 2
builder: 5; mainboard 6, cpu 5, ram 3, ssd 4, desktop 2, monitor 3, keyboard 2, network-switch 2,
  external-drive 1
"""


def read_personas(text: str) -> dict[str, tuple[int, dict[str, int]]]:
    """The lines of a block like `_PERSONAS` by persona: its share and its kinds with their weights."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for line in text.strip().replace("\n  ", " ").splitlines():
        name, rest = line.split(": ", 1)
        share, kinds = rest.split("; ", 1)
        pairs = (entry.rsplit(" ", 1) for entry in kinds.split(", "))
        found[name] = (int(share), {slug: int(weight) for slug, weight in pairs})
    return found


PERSONAS = read_personas(_PERSONAS)


@dataclass(slots=True)
class Shopper:
    """One simulated shopper: taste, purse, and what they own by now with the day they bought it."""

    user_id: str
    wants: Mapping[str, float]
    budget: float
    brands: frozenset[str]
    colors: frozenset[str]
    owned: dict[str, datetime] = field(default_factory=dict)


class Market:
    """The shop as its shoppers see it: products by kind, their appeal to anyone, and their place in the price range."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.by_id = {product.product_id: product for product in products}
        self.kinds: dict[str, list[Product]] = {}
        for product in products:
            self.kinds.setdefault(slug_of(product), []).append(product)
        self.place: dict[str, float] = {}
        self.appeal: dict[str, float] = {}
        for own in self.kinds.values():
            prices = sorted(product.price or 0 for product in own)
            for product in own:
                rank = bisect.bisect_left(prices, product.price or 0)
                self.place[product.product_id] = rank / max(1, len(own) - 1)
                known = 0.55 * math.log(1 + (product.rating_count or 2))
                self.appeal[product.product_id] = known + 0.9 * ((product.rating or 4.0) - 4.0)
        self._fitting: dict[tuple[str, str], list[Product]] = {}

    def fitting(self, slug: str, thing: Product) -> list[Product]:
        """The products of a kind that fit a thing; all of the kind where no rule speaks of the pair."""
        key = (slug, thing.product_id)
        if key not in self._fitting:
            self._fitting[key] = [part for part in self.kinds[slug] if fits(part, thing)]
        return self._fitting[key]


def draw_interactions(products: Sequence[Product], seed: str, shoppers: int = SHOPPERS) -> list[Interaction]:
    """What all shoppers do, oldest first; the same for the same products and seed."""
    market = Market(products)
    brands = sorted({product.brand for product in products})
    rows: list[Interaction] = []
    for number in range(1, shoppers + 1):
        rng = random.Random(f"{seed}:shopper-{number}")
        rows += _visits(_draw_shopper(number, brands, rng), market, rng)
    rows.sort(key=lambda row: (row.timestamp, row.user_id))
    return rows


def _draw_shopper(number: int, brands: Sequence[str], rng: random.Random) -> Shopper:
    names, weights = list(PERSONAS), [share for share, _ in PERSONAS.values()]
    wants: dict[str, float] = {}
    for persona in rng.choices(names, weights, k=1 if rng.random() < 0.6 else 2):
        for slug, weight in PERSONAS[persona][1].items():
            wants[slug] = wants.get(slug, 0) + weight
    return Shopper(
        f"shopper-{number:04d}",
        wants,
        min(0.97, max(0.03, rng.gauss(0.47, 0.25))),
        frozenset(rng.sample(brands, 3)),
        frozenset(rng.sample(("Black", "White", "Gray", "Silver", "Blue", "Green", "Red", "Pink", "Beige"), 2)),
    )


def _visits(shopper: Shopper, market: Market, rng: random.Random) -> list[Interaction]:
    days = (CLOSING - OPENING).days
    day = rng.uniform(0, days * 0.75)
    missions = 2 + min(22, int(rng.lognormvariate(1.15, 0.72)))
    rows: list[Interaction] = []
    last = OPENING
    for _ in range(missions):
        if day >= days - 1:
            break
        when = OPENING + timedelta(days=int(day), hours=rng.choices(range(24), _HOURS)[0], minutes=rng.randrange(60))
        last = when = max(when, last + timedelta(hours=2))
        rows += _mission(shopper, market, when, rng)
        day += rng.expovariate(1 / 8) if rng.random() < 0.5 else rng.uniform(10, 65)
    return rows


# Share of visits by hour of the day, midnight first.
_HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 10, 8, 7, 7, 8, 9, 11, 13, 14, 13, 9, 5)


def _mission(shopper: Shopper, market: Market, when: datetime, rng: random.Random) -> list[Interaction]:
    chance = rng.random()
    pool: list[Product] = []
    if shopper.owned and chance < 0.84:
        pool = _companions(shopper, market, when, rng)
    elif chance > 0.95:
        pool = market.kinds[rng.choice(sorted(market.kinds))]
    if not pool:
        open_kinds = [slug for slug in shopper.wants if slug in MANY or not _owns_kind(shopper, slug)]
        if not open_kinds:
            return []
        slug = rng.choices(open_kinds, [shopper.wants[slug] for slug in open_kinds])[0]
        pool = market.kinds[slug]
        pool = _careful(shopper, market, pool, rng)
    return _shop(shopper, market, pool, when, rng)


def _careful(shopper: Shopper, market: Market, pool: list[Product], rng: random.Random) -> list[Product]:
    # A lens or a game is looked for by what one owns even when the shopper came for it by themselves.
    slug = slug_of(pool[0])
    for owned in shopper.owned:
        if (slug, slug_of(market.by_id[owned])) in FITS and rng.random() > CARELESS:
            fitting = market.fitting(slug, market.by_id[owned])
            if fitting:
                return fitting
    return pool


def _companions(shopper: Shopper, market: Market, when: datetime, rng: random.Random) -> list[Product]:
    owned = list(shopper.owned)
    age = [(when - shopper.owned[one]).days for one in owned]
    pull = [sum(COMPANIONS.get(one.rsplit("-", 1)[0], {"": 70}).values()) for one in owned]
    weights = [weight / (20 + days) for weight, days in zip(pull, age, strict=True)]
    thing = market.by_id[rng.choices(owned, weights)[0]]
    if slug_of(thing) in CONSUMABLES:
        # A refill: what is used up is bought again.
        return [thing] if rng.random() < 0.67 else _same_use(thing, market)
    wanted = {
        slug: weight
        for slug, weight in COMPANIONS.get(slug_of(thing), {}).items()
        if (slug in MANY or not _owns_kind(shopper, slug)) and market.fitting(slug, thing)
    }
    if not wanted:
        return []
    slug = rng.choices(list(wanted), list(wanted.values()))[0]
    return market.kinds[slug] if rng.random() < CARELESS else market.fitting(slug, thing)


def _same_use(thing: Product, market: Market) -> list[Product]:
    keys = ("cartridge_family", "capsule_system", "dust_bag_type", "filter_set", "coffee_form", "paper_type")
    own = market.kinds[slug_of(thing)]
    return [one for one in own if all(values(one, key) == values(thing, key) for key in keys)]


def _owns_kind(shopper: Shopper, slug: str) -> bool:
    return any(owned.rsplit("-", 1)[0] == slug for owned in shopper.owned)


def _taste(shopper: Shopper, market: Market, product: Product) -> float:
    liking = market.appeal[product.product_id] - 3.2 * abs(market.place[product.product_id] - shopper.budget)
    liking += 1.3 if product.brand in shopper.brands else 0
    liking += 0.6 if shopper.colors & set(values(product, "color")) else 0
    return liking + (0.4 if product.list_price else 0)


def _shop(
    shopper: Shopper, market: Market, pool: Sequence[Product], when: datetime, rng: random.Random
) -> list[Interaction]:
    slug = slug_of(pool[0])
    fresh = [one for one in pool if slug in CONSUMABLES or one.product_id not in shopper.owned]
    if not fresh:
        return []
    looked: list[Product] = []
    weights = [math.exp(_taste(shopper, market, one)) for one in fresh]
    for _ in range(rng.choices((1, 2, 3, 5), (53, 29, 13, 5))[0]):
        one = rng.choices(fresh, weights)[0]
        if one not in looked:
            looked.append(one)
    rows: list[Interaction] = []

    def log(product: Product, event: str, value: float | None = None) -> None:
        rows.append(Interaction(shopper.user_id, product.product_id, event, when, value))

    for product in looked:
        log(product, "view")
        when += timedelta(seconds=rng.randrange(20, 400))
    choice = max(looked, key=lambda one: _taste(shopper, market, one) + rng.gauss(0, 1))
    if rng.random() < 0.82 and choice.availability in SELLABLE_NOW:
        if rng.random() < 0.45:
            log(choice, "cart")
        if rng.random() < 0.93 and not (slug not in MANY and _owns_kind(shopper, slug)):
            when += timedelta(seconds=rng.randrange(60, 900))
            log(choice, "purchase", float(rng.choice((1, 1, 1, 2, 3))) if slug in CONSUMABLES else 1.0)
            shopper.owned[choice.product_id] = when
            if rng.random() < 0.16:
                when += timedelta(days=rng.randrange(4, 25), seconds=rng.randrange(40000))
                stars = (choice.rating or 4.0) + rng.gauss(0.1, 0.8) + (0.3 if choice.brand in shopper.brands else 0)
                log(choice, "rating", float(min(5, max(1, round(stars)))))
    return [row for row in rows if row.timestamp < CLOSING]
