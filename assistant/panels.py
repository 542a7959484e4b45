"""The panels beside the products: the comparison and the cart.

Pure functions from records to HTML; every one has a look for nothing to show. Knows no web framework.
"""

from decimal import Decimal

from assistant.cart import MOST, Cart, CartRow
from assistant.dialogue import Comparison, ComparisonRow
from assistant.drawing import Scene, button, empty_html, picture_html, text_html, unseen
from assistant.signs import sign
from index.money import money


def comparison_html(found: Comparison | None, scene: Scene, *, removable: bool = True) -> str:
    """The table of a comparison with whom each product is for, or how to come by one."""
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
        f"<td>{button('cart-add', _add_words(product.title, scene), look='primary', product=product.product_id)}</td>"
        for product in products
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


def _add_words(title: str, scene: Scene) -> str:
    return f"{sign('cart')}<span>{scene.say('card.add')}{unseen(': ' + text_html(title))}</span>"


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
        label=scene.say("cart.less", title=product.title),
        disabled=row.quantity <= 1,
    )
    more = button(
        "cart-more",
        sign("more"),
        look="round",
        product=pid,
        label=scene.say("cart.more", title=product.title),
        disabled=row.quantity >= MOST,
    )
    gone = scene.say("cart.remove") + unseen(": " + text_html(product.title))
    total = "" if row.total is None else _amount(row.total, cart)
    offer = "" if row.offer is None else f'<p class="offer">{text_html(row.offer.text)}</p>'
    return (
        f"<li>{picture_html(product, scene, named=False)}"
        f'<div class="row-text"><p class="title">{text_html(product.title)}</p>'
        f'<p class="quiet">{each}</p>{offer}</div>'
        f'<div class="row-end"><p class="row-total">{total}</p><div class="stepper" role="group" '
        f'aria-label="{scene.say("cart.quantity")}">{less}<span>{row.quantity}</span>{more}</div>'
        f"{button('cart-remove', gone, look='link quiet', product=pid)}</div></li>"
    )


def _amount(amount: Decimal, cart: Cart) -> str:
    return text_html(money(amount, cart.currency))
