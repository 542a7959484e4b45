"""What shops of several trades carry and how it is spoken of: made-up ones, and any index folder.

Knows the words for things, not how people ask for them. The made-up trades stand in `wares.txt`.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.explain import short_name
from assistant.units import quantity_of
from index.catalog import Product, attribute_key, fold
from index.folder import Shop
from index.kinds import kind_key, kind_key_of, kind_of, kind_words, singular

_TABLE = Path(__file__).parent / "wares.txt"
_COLUMNS = 8
_BRANDS = 7
"""How many of a trade's brands make one ware."""
_PRODUCTS = 10
_NAME_WORDS = range(3, 8)

_MONEY = {"USD": ("$", "dollars"), "EUR": ("€", "euros"), "GBP": ("£", "pounds"), "INR": ("₹", "rupees")}
_LEAST_PRODUCTS = 2
"""A kind with fewer products in a shop is left out, where the shop has others."""
_MOST = 40
"""How many brands, products, colors, amounts, wishes or parts of one kind are taken from a shop."""
_COMPANIONS = 5
_COLOR = re.compile(r"(?:^|_)colou?rs?(?:_|$)")
_NAMES_IT = re.compile(
    r"(?:^|_)(?:model|line|series|family|name|title|brand|manufacturer|maker|sku|mpn|ean|gtin|system|platform|origin"
    r"|warranty|released|image)(?:_|$)"
)
"""Attributes that name a product or its maker, or say nothing of the thing itself: no one wishes for their values."""
_APART = re.compile(r"\s*[(\[][^)\]]*[)\]]|[,;:/].*")
_UNTOLD = frozenset({"no", "none", "n/a", "-", "yes", "other", "various", "unknown"})


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


@lru_cache(maxsize=1)
def made_up_trades() -> tuple[Trade, ...]:
    """The made-up trades, always the same."""
    return read_trades(_TABLE)


def read_trades(path: Path) -> tuple[Trade, ...]:
    """The trades of a table in the form that the head of `wares.txt` describes; ValueError names file and line."""
    trades: list[Trade] = []
    wares: list[Ware] = []
    lists: dict[str, tuple[str, ...]] = {}

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text, where = line.strip(), f"{path}:{number}"
        if not text or text.startswith("#"):
            continue
        label, colon, rest = text.partition(": ")
        if text.startswith("= "):
            head = [part.strip() for part in text[2:].split("|")]
            if len(head) != 3:
                raise ValueError(f"{where}: {text!r}, expected = NAME | SIGN | MONEY")
            wares, lists = [], {}
            trades.append(Trade(head[0], (), head[1], head[2]))
        elif colon and label in ("brands", "models"):
            lists[label] = _listed(rest)
        elif not trades or len(lists) < 2:
            raise ValueError(f"{where}: {text!r}, expected a trade, its brands and its models before its first ware")
        else:
            columns = [part.strip() for part in text.split(";")]
            low, _, high = columns[6].partition("-") if len(columns) == _COLUMNS else ("", "", "")
            if not (low.isdecimal() and high.isdecimal() and int(low) < int(high)):
                raise ValueError(
                    f"{where}: {text!r}, expected kind; names; colors; amounts; wishes; parts; low-high; goes with"
                )
            kind, *listed = columns
            wares.append(_ware(kind, [_listed(one) for one in listed], (int(low), int(high)), lists))
            trades[-1] = Trade(trades[-1].name, tuple(wares), trades[-1].sign, trades[-1].money)
    return tuple(trades)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _ware(
    kind: str, listed: Sequence[tuple[str, ...]], prices: tuple[int, int], lists: dict[str, tuple[str, ...]]
) -> Ware:
    names, colors, amounts, wishes, parts, _, goes_with = listed
    # Seeded by the kind, so that a new ware changes no other.
    rng = random.Random(kind)
    brands = tuple(rng.sample(lists["brands"], min(_BRANDS, len(lists["brands"]))))
    invented = [name for name in lists["brands"] if not name.startswith("*")]
    return Ware(
        kind=kind,
        names=names,
        brands=tuple(name.removeprefix("*") for name in brands),
        products=_products(kind, invented, lists["models"], (colors, amounts, wishes), rng),
        colors=colors,
        amounts=amounts,
        wishes=wishes,
        parts=parts,
        prices=prices,
        goes_with=goes_with,
    )


def _products(
    kind: str,
    brands: Sequence[str],
    models: Sequence[str],
    told: tuple[Sequence[str], Sequence[str], Sequence[str]],
    rng: random.Random,
) -> tuple[str, ...]:
    """Short names of products that are no real maker's: brand, mostly a model, what is told of it, and the kind."""
    colors, amounts, wishes = told
    adjectives = [wish for wish in wishes if " " not in wish]
    found: dict[str, None] = {}
    for _ in range(20 * _PRODUCTS):
        brand, model = rng.choice(brands), rng.choice(models)
        names = [f"{brand} {model} {kind}"]
        names += [f"{brand} {model} {rng.choice(adjectives)} {kind}"] if adjectives else []
        names += [f"{brand} {model} {rng.choice(colors)} {kind}"] if colors else []
        names += [f"{brand} {kind} {rng.choice(amounts)}"] if amounts else []
        name = rng.choice(names)
        if len(name.split()) in _NAME_WORDS:
            found[name] = None
        if len(found) == _PRODUCTS:
            break
    return tuple(found)


def trade_of(shop: Shop) -> Trade:
    """A shop's own kinds with what its records say of them; a shop without kinds gives no wares."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for product in shop.rows:
        spelled[kind_key_of(product)][kind_of(product)] += 1
    kinds = {key: _spoken(counted.most_common(1)[0][0]) for key, counted in spelled.items() if key}
    # Kinds that differ in what nobody says ("gum (packaged)", "gum (single)") are one.
    by_kind: dict[str, list[Product]] = defaultdict(list)
    for product in shop.rows:
        if kinds.get(kind_key_of(product)):
            by_kind[kinds[kind_key_of(product)]].append(product)
    least = _LEAST_PRODUCTS if any(len(rows) >= _LEAST_PRODUCTS for rows in by_kind.values()) else 1
    sign, money = _MONEY.get(shop.currency, _MONEY["USD"])
    return Trade(
        name=shop.folder.name,
        wares=tuple(
            _ware_of(kind, rows, _goes_with(kind, rows, kinds, shop))
            for kind, rows in by_kind.items()
            if len(rows) >= least
        ),
        sign=sign,
        money=money,
    )


def _spoken(kind: str) -> str:
    """A kind as a shopper says it: in small letters, one of it, without what brackets or a comma set apart."""
    *words, last = _APART.sub("", kind).split() or [""]
    return fold(" ".join([*words, singular(fold(last))]))


def _names(kind: str, rows: Sequence[Product]) -> tuple[str, ...]:
    """Every other way in which the records call a kind, and what the shop takes it for: "phone" for "Smartphones"."""
    found: dict[str, None] = {}
    for product in rows:
        name, key = kind_of(product), kind_key_of(product)
        found |= dict.fromkeys((fold(_APART.sub("", name).strip()), _spoken(name)))
        # A key that is only the words without their plurals ("potatoe other") is nobody's word.
        found |= {key: None} if key != " ".join(kind_words(name)) else {}
    return tuple(name for name in found if name and name != kind)


def _ware_of(kind: str, rows: Sequence[Product], goes_with: tuple[str, ...]) -> Ware:
    colors: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    wishes: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for product in rows:
        for name, values in product.attributes.items():
            attribute = attribute_key(name)
            for value in values if not _NAMES_IT.search(attribute) else ():
                if _COLOR.search(attribute):
                    colors.update([fold(value)] if _tellable(value) else [])
                elif quantity_of(attribute, value):
                    amounts[value] += 1
                elif fold(value) == "yes":
                    parts[fold(attribute.replace("_", " "))] += 1
                elif _tellable(value):
                    wishes[fold(value)] += 1
    prices = sorted(int(product.price) for product in rows if product.price)
    low, high = (prices[0], prices[-1]) if prices else (10, 100)
    brands = Counter(product.brand for product in rows if product.brand)
    makers = {word for brand in brands for word in fold(brand).split()}
    return Ware(
        kind=kind,
        names=_names(kind, rows),
        brands=_commonest(brands),
        products=_commonest(Counter(short_name(product) for product in rows)),
        colors=_commonest(colors),
        amounts=_commonest(amounts),
        wishes=tuple(wish for wish in _commonest(wishes) if makers.isdisjoint(wish.split())),
        parts=_commonest(parts),
        prices=(max(1, low), max(low + 1, high)),
        goes_with=goes_with,
    )


def _goes_with(kind: str, rows: Sequence[Product], kinds: Mapping[str, str], shop: Shop) -> tuple[str, ...]:
    """The kinds that go with a kind, the surest first: those of the shop's table, else of the products' companions."""
    found: dict[str, float] = defaultdict(float)
    for key in dict.fromkeys(map(kind_key_of, rows)):
        for other, score in shop.companions.kinds_with(key).items():
            found[kinds.get(kind_key(other), "")] += score
    for product in rows[:_MOST] if not found else ():
        for one in shop.companions.of(product.product_id):
            if one.product_id in shop.products:
                found[kinds.get(kind_key_of(shop.products[one.product_id]), "")] += one.score
    others = sorted((other for other in found if other and other != kind), key=lambda one: -found[one])
    return tuple(others[:_COMPANIONS])


def _tellable(value: str) -> bool:
    """True for a value that a shopper could say: a few plain words."""
    return bool(
        re.fullmatch(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}", value.strip())
        and fold(value) not in _UNTOLD
        and len(value) > 2
    )


def _commonest(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in counted.most_common(_MOST))
