"""A shop of a few products for the tests of what the page draws, and a reader of the HTML."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from assistant.drawing import Scene
from assistant.interface import texts_of
from index.catalog import Product
from index.folder import Shop
from index.promotions import Promotion, promotion_from_json

TODAY = date(2026, 11, 24)


def product(pid: str, **changes: object) -> Product:
    """A mouse of a price in dollars, with what is changed."""
    stated: dict[str, object] = {
        "title": f"Larken Hush {pid}",
        "brand": "Larken",
        "category": "Computers > Mice",
        "price": Decimal("29.90"),
        "currency": "USD",
        "availability": "in_stock",
        "rating": 4.3,
        "rating_count": 1270,
        **changes,
    }
    return Product(pid, **stated)  # type: ignore[arg-type]


PRODUCTS = {
    "a": product("a"),
    "b": product("b", price=Decimal("45.00"), brand="Ostra", attributes={"weight": ("82 g",)}),
    "c": product("c", price=None, rating=None),
    "desk": product("desk", title="Oaken Desk", category="Desks", price=Decimal("199.00")),
}
TENTH: Promotion = promotion_from_json(
    {"promotion_id": "t", "title": "Larken weeks", "percent": "10", "covers": {"brands": ["Larken"]}}
)
COUPON: Promotion = promotion_from_json(
    {"promotion_id": "h", "title": "Hello", "amount": "5", "currency": "USD", "code": "HELLO5",
     "covers": {"everything": True}}
)  # fmt: skip


def scene(
    language: str = "en",
    *,
    folder: Path = Path("nowhere"),
    hosts: frozenset[str] = frozenset(),
    products: Mapping[str, Product] = PRODUCTS,
) -> Scene:
    """What the page is drawn with."""
    shop = SimpleNamespace(
        products=products,
        currency="USD",
        folder=folder,
        promotions=(TENTH,),
        manifest=SimpleNamespace(fictional=True),
    )
    return Scene(cast(Shop, shop), texts_of(language), hosts)


class Read(HTMLParser):
    """Tags, attributes and text of a piece of HTML; a tag that is not closed in its place is an AssertionError."""

    _VOID = frozenset({"img", "rect", "path", "circle", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.buttons: list[dict[str, str]] = []
        self.attributes: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = {name: value or "" for name, value in attrs}
        if tag == "button":
            self.buttons.append(told)
        for name, value in told.items():
            self.attributes.setdefault(name, []).append(value)
        if tag not in self._VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self._VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data

    def acts(self, product: str = "") -> list[str]:
        """What the buttons do, in order; with a product, those on it."""
        return [one["data-act"] for one in self.buttons if not product or one.get("data-product") == product]

    def button(self, act: str, product: str = "") -> dict[str, str]:
        """The attributes of the one button of an act."""
        found = [one for one in self.buttons if one["data-act"] == act and one.get("data-product", "") == product]
        assert len(found) == 1, found
        return found[0]
