"""Made-up states of a conversation: the request in force, what is shown, owned and talked about.

Knows the assistant's form of them; does not know what shoppers say next.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.change import Change, render
from finetune.trades import Trade, Ware

_MOST = 5
_NAME_WORDS = 6
_WORD = re.compile(r"\w+")
_MEASURES = ("weight", "memory", "size", "length", "capacity", "power", "battery life", "screen size", "pages")
_UNITS = ("gb", "kg", "g", "cm", "mm", "w", "hours", "inch", "l", "ml", "pieces", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A message in its state and what it changes; `template` names the phrasing."""

    template: str
    now: str
    shown: tuple[str, ...]
    owned: tuple[str, ...]
    about: str
    message: str
    change: Change


def part_of(phrasing: str) -> str:
    """The part that a phrasing belongs to, always the same: "heldout" for about one in seven."""
    return "heldout" if hashlib.sha256(phrasing.encode()).digest()[0] < 36 else "train"


class AbsentError(Exception):
    """The state or the trade has nothing that a phrasing needs."""


@dataclass(frozen=True, slots=True)
class State:
    """A conversation so far. `ware` is what is sought; `owned_wares` say what each thing owned is."""

    trade: Trade
    ware: Ware
    now: Change | None
    shown: tuple[str, ...]
    owned: tuple[str, ...]
    owned_wares: tuple[Ware, ...]
    about: str

    @property
    def line(self) -> str:
        """The request in force as a line."""
        return render(self.now) if self.now else ""

    def place(self, number: int) -> str:
        """The name of the product with a number."""
        return self.about if number == 0 else self.shown[number - 1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that can be pointed at."""
        return (*((0,) if self.about else ()), *range(1, len(self.shown) + 1))


def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(_WORD.findall(text.casefold()))


def sayable(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts that can stand in a change: without the signs that part its fields and lists."""
    return _sayable(tuple(texts))


@lru_cache(maxsize=4096)
def _sayable(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip() and not re.search(r"[,;{}<>@&#%|]|\s{2}", text))


def choose(texts: Sequence[str], rng: random.Random) -> str:
    """One of the texts; AbsentError when there is none."""
    if not texts:
        raise AbsentError
    return rng.choice(texts)


def draw_state(trade: Trade, rng: random.Random) -> State:
    """A state of a conversation in a shop."""
    wares = [ware for ware in trade.wares if sayable(ware.products) and sayable([ware.kind])]
    if not wares:
        raise ValueError(f"trade {trade.name!r} has no ware with products, expected at least one")
    ware = rng.choice(wares)
    now = None if rng.random() < 0.05 else _request(trade, ware, rng)
    size = rng.choices(range(_MOST + 1), weights=(10, 10, 12, 22, 16, 30))[0]
    shown = _listed(ware, size, rng)
    about = ""
    if rng.random() < (0.5 if now and now.act == "with" else 0.2):
        other = rng.choice(wares) if now and now.act == "with" else ware
        about = next((one for one in _listed(other, _MOST, rng) if one not in shown), "")
    owned: dict[str, Ware] = {}
    for _ in range(rng.choices(range(_MOST + 1), weights=(28, 12, 14, 15, 15, 16))[0]):
        had = rng.choice(wares)
        owned |= {one: had for one in _listed(had, 1, rng) if one not in shown and one != about}
    return State(trade, ware, now, shown, tuple(owned), tuple(owned.values()), about)


def brands_of(trade: Trade) -> tuple[str, ...]:
    """Every maker of a trade."""
    return tuple(dict.fromkeys(brand for ware in trade.wares for brand in sayable(ware.brands)))


def list_name(name: str, kind: str) -> str:
    """A product's name as it stands in a list: a few words, with what it is."""
    short = " ".join(name.split()[:_NAME_WORDS])
    return short if words_of(kind) & words_of(short) else f"{short} {kind}"


def _listed(ware: Ware, size: int, rng: random.Random) -> tuple[str, ...]:
    names = sayable(ware.products)
    drawn = rng.sample(names, min(size, len(names)))
    return tuple(dict.fromkeys(list_name(name, ware.kind) for name in drawn))


def _request(trade: Trade, ware: Ware, rng: random.Random) -> Change:
    def some(texts: Sequence[str], chance: float, most: int = 1) -> tuple[str, ...]:
        found = sayable(texts)
        if rng.random() >= chance or not found:
            return ()
        return tuple(rng.sample(found, min(len(found), rng.randint(1, most))))

    low, high = ware.prices
    bound = str(max(1, round(low + (high - low) * rng.random() ** 2)))
    priced = rng.choices(("max", "min", "near", ""), weights=(45, 7, 8, 40))[0]
    colors = [color.lower() for color in ware.colors]
    has_color = some(colors, 0.3)
    adjectives = [wish for wish in ware.wishes if " " not in wish]
    brand = some(ware.brands, 0.22, 2)
    refused = tuple(one for one in some(ware.brands, 0.28, 2) if one not in brand)
    companions = [one.kind for one in trade.wares if one is not ware]
    act = "with" if rng.random() < 0.15 else "find"
    named = choose([other.lower() for other in companions], rng) if act == "with" and companions else ""
    return Change(
        act=act,
        named=named if rng.random() < 0.4 else "",
        want=(ware.kind,) if act == "find" or rng.random() < 0.7 else (),
        no=some(companions, 0.06),
        min=bound if priced == "min" else "",
        max=bound if priced == "max" else "",
        near=bound if priced == "near" else "",
        brand=brand,
        not_=refused,
        has=(*has_color, *_amount(ware, rng)),
        hasnt=() if has_color else some(colors, 0.2),
        soft=some(adjectives, 0.4, 3),
        stock=rng.random() < 0.1,
        sort=rng.choice(("cheapest", "rated", "newest", "dearest")) if rng.random() < 0.07 else "",
        set=act == "find" and rng.random() < 0.03,
    )


def _amount(ware: Ware, rng: random.Random) -> tuple[str, ...]:
    chance = rng.random()
    if chance < 0.1 and sayable(ware.amounts):
        return (rng.choice(sayable(ware.amounts)).lower(),)
    if chance < 0.18:
        bound = rng.choice(("at least", "up to"))
        return (f"{rng.choice(_MEASURES)} {bound} {rng.randint(1, 600)} {rng.choice(_UNITS)}".strip(),)
    return ()
