"""What every piece of the page is drawn with: the shop, the interface's words, pictures, buttons, escaped text.

Pure functions from records to HTML; a button carries what it does as `data-act` and on what as `data-product`,
`data-key` and `data-turn`. Knows no web framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from assistant.cards import clean, picture_path, web_address
from index.catalog import Product
from index.folder import Shop
from index.money import money


@dataclass(frozen=True, slots=True)
class Scene:
    """What the page is drawn with: `texts` are the interface's words, `image_hosts` the hosts that pictures of an
    https address may come from, beside the index folder.
    """

    shop: Shop
    texts: Mapping[str, str]
    image_hosts: frozenset[str] = frozenset()

    def say(self, key: str, **holes: object) -> str:
        """An interface text with its holes filled, as HTML; KeyError for a key that no text has."""
        return escape(clean(self.texts[key].format(**holes)))

    def money(self, amount: Decimal) -> str:
        """An amount in the shop's currency, as HTML."""
        return escape(money(amount, self.shop.currency))


def text_html(text: str) -> str:
    """Other people's text as HTML: escaped, without control characters."""
    return escape(clean(text))


def unseen(html: str) -> str:
    """HTML that is read out and not shown."""
    return f'<span class="unseen">{html}</span>' if html else ""


def button(
    act: str,
    html: str,
    *,
    look: str = "",
    product: str = "",
    key: str = "",
    turn: int | None = None,
    label: str = "",
    pressed: bool | None = None,
    disabled: bool = False,
) -> str:
    """A button for an act. `label` is its accessible name, as HTML, where `html` is not enough; `look` its class."""
    parts = [f'type="button" class="{f"act {look}".strip()}" data-act="{act}"']
    if product:
        parts.append(f'data-product="{text_html(product)}"')
    if key:
        parts.append(f'data-key="{text_html(key)}"')
    if turn is not None:
        parts.append(f'data-turn="{turn}"')
    if label:
        parts.append(f'aria-label="{label}"')
    if pressed is not None:
        parts.append(f'aria-pressed="{str(pressed).lower()}"')
    if disabled:
        parts.append("disabled")
    return f"<button {' '.join(parts)}>{html}</button>"


def picture_html(product: Product, scene: Scene, *, named: bool = True) -> str:
    """A product's picture, from the index folder or a host that the merchant named; `named` gives it an alt text.

    Any other remote picture would tell its host who is looking, so it is never loaded.
    """
    source = picture_source(product, scene)
    if not source:
        label = f' role="img" aria-label="{scene.say("card.no_picture")}"' if named else ""
        return f'<span class="picture nothing"{label}></span>'
    alt = scene.say("card.picture", title=product.title) if named else ""
    return f'<span class="picture"><img src="{escape(source)}" alt="{alt}" loading="lazy" decoding="async"></span>'


def picture_source(product: Product, scene: Scene) -> str:
    """The address of a product's picture that may be loaded, else ""."""
    if picture_path(scene.shop.folder, product.image_url) is not None:
        return quote(PurePosixPath(product.image_url).as_posix())
    address = web_address(product.image_url)
    if address:
        parts = urlsplit(address)
        if parts.scheme == "https" and (parts.hostname or "").lower() in scene.image_hosts:
            return address
    return ""


def price_html(product: Product, scene: Scene) -> str:
    """The price, and the one before where it is reduced."""
    if product.price is None:
        return f'<p class="price"><span class="quiet">{scene.say("card.no_price")}</span></p>'
    currency = product.currency or scene.shop.currency
    now = escape(money(product.price, currency))
    if len({one.price for one in product.variants if one.price is not None} | {product.price}) > 1:
        now = scene.say("card.from", amount=money(product.price, currency))
    if product.list_price is None or product.list_price <= product.price:
        return f'<p class="price"><strong>{now}</strong></p>'
    was = escape(money(product.list_price, currency))
    return f'<p class="price reduced"><strong>{now}</strong> <s>{unseen(scene.say("card.was"))} {was}</s></p>'


def stock_html(product: Product, scene: Scene) -> str:
    """The availability in words, with a dot whose colour says the same."""
    known = f"stock.{product.availability}"
    words = scene.say(known if known in scene.texts else "stock.unknown")
    if product.availability == "in_stock":
        level = "yes"
    else:
        level = "few" if product.availability in ("limited_stock", "preorder", "backorder") else "no"
    return f'<span class="stock stock-{level}">{words}</span>'


def rating_html(product: Product, scene: Scene) -> str:
    """The stars, how many gave them and how many wrote why; "" where the record has none of it."""
    reviews = ""
    if product.reviews:
        written = scene.say("card.reviews", count=f"{len(product.reviews):,}")
        reviews = f'<span class="rating quiet">{written}</span>'
    if product.rating is None:
        return reviews
    count = ""
    if product.rating_count is not None:
        count = f' <span class="quiet">{scene.say("card.rating_count", count=f"{product.rating_count:,}")}</span>'
    star = '<span class="star" aria-hidden="true">★</span>'
    return f'<span class="rating">{star}{unseen(scene.say("card.rated"))} {product.rating:.1f}{count}</span>{reviews}'


def empty_html(title: str, how: str = "", sign: str = "") -> str:
    """The look of a panel with nothing in it: a sign, a line, and what to do about it; all HTML."""
    return f'<div class="empty">{sign}<h2>{title}</h2>{f"<p>{how}</p>" if how else ""}</div>'
