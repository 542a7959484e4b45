"""The panels beside the products: the comparison and the cart.

Pure functions from records to HTML; every one has a look for nothing to show. Knows no web framework.
"""

from collections.abc import Mapping
from decimal import Decimal

from assistant.cart import MOST, Cart, CartRow
from assistant.choices import variant_html, variants_html
from assistant.dialogue import Comparison, ComparisonRow
from assistant.drawing import Scene, button, empty_html, picture_html, text_html, unseen
from assistant.signs import sign
from index.catalog import Product
from index.money import money


def comparison_html(
    found: Comparison | None, scene: Scene, *, removable: bool = True, variants: Mapping[str, str] | None = None
) -> str:
    """The table of a comparison with whom each product is for, or how to come by one.

    `variants` are those that the products are compared in, by product id: they are what goes into the cart.
    """
    # A table that was told before the shop was built anew may hold what it no longer has.
    if found is None or any(one not in scene.shop.products for one in found.product_ids):
        return empty_html(scene.say("compare.empty"), scene.say("panel.compare_how"), sign("compare"))
    products = [scene.shop.products[one] for one in found.product_ids]
    heads = []
    for product in products:
        title = text_html(product.title)
        cross = button(
            "uncompare",
            sign("close"),
            look="round faint",
            product=product.product_id,
            label=f"{scene.say('compare.remove')}: {title}",
        )
        heads.append(
            f'<th scope="col"><div class="compared">{picture_html(product, scene, named=False)}'
            f"<span>{title}</span>{cross if removable else ''}</div></th>"
        )
    rows = "".join(_field_html(row, scene) for row in found.rows)
    notes = "".join(f"<li>{text_html(note)}</li>" for note in found.notes)
    buy = "".join(
        f"<td>{_add_html(product, (variants or {}).get(product.product_id, ''), scene)}</td>" for product in products
    )
    return (
        f'<section class="pane compare"><h2>{scene.say("compare.title")}</h2>'
        f'<div class="table" role="region" tabindex="0" aria-label="{scene.say("compare.caption")}"><table>'
        f'<caption class="unseen">{scene.say("compare.caption")}</caption>'
        f'<thead><tr><th scope="col">{unseen(scene.say("compare.field"))}</th>{"".join(heads)}</tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><th scope="row">{unseen(scene.say("card.add"))}</th>{buy}</tr></tfoot>'
        f'</table></div><p class="note">{scene.say("compare.same")}</p>'
        f'<h3>{scene.say("compare.notes")}</h3><ul class="notes">{notes}</ul></section>'
    )


def _add_html(product: Product, variant_id: str, scene: Scene) -> str:
    words = f"{sign('cart')}<span>{scene.say('card.add')}{unseen(': ' + text_html(product.title))}</span>"
    return button("cart-add", words, look="primary", product=product.product_id, key=variant_id)


def _field_html(row: ComparisonRow, scene: Scene) -> str:
    cells = "".join(_cell_html(value, scene) for value in row.values)
    return f'<tr><th scope="row">{text_html(row.label)}</th>{cells}</tr>'


def _cell_html(value: str, scene: Scene) -> str:
    if value.strip() in ("", "–"):
        return f'<td class="unstated"><span aria-hidden="true">–</span>{unseen(scene.say("compare.unstated"))}</td>'
    return f"<td>{text_html(value)}</td>"


def cart_html(cart: Cart, scene: Scene) -> str:
    """The cart with its quantities and what it costs, or how to put something into it."""
    if not cart.rows:
        return empty_html(scene.say("cart.empty"), scene.say("cart.empty_how"), sign("cart"))
    rows = "".join(_cart_row_html(row, cart, scene) for row in cart.rows)
    saved = ""
    if cart.saved > 0:
        saved = f'<div class="saved"><dt>{scene.say("cart.saved")}</dt><dd>{_amount(cart.saved, cart)}</dd></div>'
    unpriced = any(row.total is None for row in cart.rows)
    note = f'<p class="note">{scene.say("cart.unpriced")}</p>' if unpriced else ""
    return (
        f'<section class="pane cart"><h2>{scene.say("cart.title")}</h2><ul class="rows">{rows}</ul>'
        f'<dl class="sum">{saved}<div class="total"><dt>{scene.say("cart.total")}</dt>'
        f'<dd>{_amount(cart.total, cart)}</dd></div></dl>{note}<p class="note">{scene.say("cart.list")}</p></section>'
    )


def _cart_row_html(row: CartRow, cart: Cart, scene: Scene) -> str:
    product, pid = row.product, row.product.product_id
    each = scene.say("card.no_price")
    if row.unit is not None:
        each = scene.say("cart.each", amount=money(row.unit, cart.currency))
    less = button(
        "cart-less",
        sign("less"),
        look="round",
        product=pid,
        key=row.variant_id,
        label=scene.say("cart.less", title=product.title),
        disabled=row.quantity <= 1,
    )
    more = button(
        "cart-more",
        sign("more"),
        look="round",
        product=pid,
        key=row.variant_id,
        label=scene.say("cart.more", title=product.title),
        disabled=row.quantity >= MOST,
    )
    gone = scene.say("cart.remove") + unseen(": " + text_html(product.title))
    total = "" if row.total is None else _amount(row.total, cart)
    whole = scene.shop.products.get(pid, product)
    title = whole.title if row.words else product.title
    variant = variant_html(whole, row.variant_id, scene)
    if product.variants:
        # Of a line without a variant one is to be chosen.
        variant = f'<p class="missed">{scene.say("cart.choose")}</p>'
        variant += variants_html(product, "", scene, "cart-choose", opened=True)
    offer = "" if row.offer is None else f'<p class="offer">{text_html(row.offer.text)}</p>'
    return (
        f"<li>{picture_html(product, scene, named=False)}"
        f'<div class="row-text"><p class="title">{text_html(title)}</p>{variant}'
        f'<p class="quiet">{each}</p>{offer}</div>'
        f'<div class="row-end"><p class="row-total">{total}</p><div class="stepper" role="group" '
        f'aria-label="{scene.say("cart.quantity")}">{less}<span>{row.quantity}</span>{more}</div>'
        f"{button('cart-remove', gone, look='link quiet', product=pid, key=row.variant_id)}</div></li>"
    )


def _amount(amount: Decimal, cart: Cart) -> str:
    return text_html(money(amount, cart.currency))
