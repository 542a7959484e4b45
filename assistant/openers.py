"""First messages to offer a shopper, made from what the shop sells and what the shopper bought.

Knows no page. A message is offered only when the shop has products that it could be answered with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_UP, Decimal

from assistant.cards import clean, money
from index.catalog import SELLABLE_NOW, Product, fold
from index.kinds import kind_of, singular

# A kind, singular, and what one would ask of it; {price} and {brand} are filled from the shop's own products.
_WISHES = (
    ("mouse", "A quiet mouse under {price}, not {brand}"),
    ("coffee machine", "Something for my coffee machine"),
    ("headset", "A headset for long calls under {price}"),
    ("monitor", "A monitor for working at home, in stock"),
    ("keyboard", "A keyboard under {price}, not {brand}"),
    ("desk lamp", "A desk lamp under {price}"),
)
# What people ask companions for, when the shop sells it.
_ANCHORS = (
    "notebook",
    "laptop",
    "camera",
    "smartphone",
    "printer",
    "game console",
    "tablet",
    "coffee machine",
)


def openers(products: Mapping[str, Product], history: Sequence[str], currency: str) -> tuple[str, ...]:
    """Messages that fit this shop and this shopper, the most telling first."""
    shelves = _shelves(products.values())
    offered = list(_owned(products, history))
    if not offered:
        offered.extend(_anchor(shelves))
    owned_kinds = {singular_kind(products[pid]) for pid in history if pid in products}
    for kind, wish in _WISHES:
        if kind not in shelves or ("my " in wish and history and kind not in owned_kinds):
            continue
        offered.append(wish.format(price=_low_price(shelves[kind], currency), brand=_big_brand(shelves[kind])))
    common = sorted(shelves, key=lambda kind: (-len(shelves[kind]), kind))
    for kind in common[:4]:
        if len(offered) < 4:
            offered.append(f"{kind.capitalize()} under {_low_price(shelves[kind], currency)}, in stock")
    return tuple(dict.fromkeys(offered))


def goes_with(product: Product) -> str:
    """The question for companions of a product."""
    return f"What goes with the {clean(product.title)}?"


def singular_kind(product: Product) -> str:
    """The product's kind as one says it of one thing: "Coffee machines" gives "coffee machine"."""
    *first, last = fold(clean(kind_of(product))).split(" ") or [""]
    return " ".join([*first, singular(last)])


def _shelves(products: Iterable[Product]) -> Mapping[str, list[Product]]:
    shelves: dict[str, list[Product]] = {}
    for product in products:
        kind = singular_kind(product)
        if kind and product.price is not None:
            shelves.setdefault(kind, []).append(product)
    return shelves


def _owned(products: Mapping[str, Product], history: Sequence[str]) -> Iterable[str]:
    """Companions of two kinds among the latest purchases: what others are made for, then what cost most."""
    bought = [products[pid] for pid in dict.fromkeys(reversed(history)) if pid in products][:12]
    bought.sort(key=lambda product: (singular_kind(product) not in _ANCHORS, -(product.price or 0)))
    kinds = list(dict.fromkeys(kind for kind in map(singular_kind, bought) if kind))
    return (f"What goes with my {kind}?" for kind in kinds[:2])


def _anchor(shelves: Mapping[str, Sequence[Product]]) -> Iterable[str]:
    for kind in _ANCHORS:
        stocked = [product for product in shelves.get(kind, ()) if product.availability in SELLABLE_NOW]
        if stocked:
            best = max(stocked, key=lambda p: (p.rating or 0, p.rating_count or 0, p.product_id))
            short = best.title.split(",")[0].strip()
            alone = sum(product.title.startswith(short) for product in shelves[kind]) == 1
            yield f"What goes with the {clean(short)}?" if alone else goes_with(best)
            return


def _low_price(shelf: Sequence[Product], currency: str) -> str:
    """A round price that about a third of the shelf stays under."""
    prices = sorted(product.price for product in shelf if product.price is not None)
    third = prices[len(prices) // 3]
    step = Decimal(10) ** max(0, third.adjusted())
    half = step / 2
    return money(max(half, (third // half + 1) * half).quantize(Decimal(1), ROUND_UP), currency, short=True)


def _big_brand(shelf: Sequence[Product]) -> str:
    counted = Counter(product.brand for product in shelf if product.brand)
    return clean(counted.most_common(1)[0][0]) if counted else "used"
