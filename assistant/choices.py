"""The variants of a product on the page: which one is meant, and all of them with price and stock to choose from.

Pure functions from records to HTML. Knows no web framework, and decides nothing.
"""

from assistant.drawing import Scene, button, price_html, stock_html, text_html, unseen
from assistant.signs import sign
from assistant.variants import Form, dimension_names, forms_of, variant_words
from index.catalog import Product

MOST_LISTED = 60
"""Variants that are listed; of more, the rest is counted."""


def variant_html(product: Product, variant_id: str, scene: Scene) -> str:
    """The options of the variant that is meant, "in size M, blue"; "" where none is."""
    words = variant_words(product, variant_id)
    return f'<p class="variant">{scene.say("card.variant", options=words)}</p>' if words else ""


def variants_html(
    product: Product, variant_id: str, scene: Scene, act: str = "cart-add", *, opened: bool = False
) -> str:
    """All variants of a product to unfold, each with its price, its stock and a button that takes it; "" without any.

    `act` is what the button does; the variant that is meant is marked.
    """
    found = forms_of(product)
    if not found:
        return ""
    names = ", ".join(dimension_names(product))
    summary = scene.say("card.variants", count=len(found), names=names) if names else len(found)
    rows = "".join(_row_html(one, one.variant.variant_id == variant_id, scene, act) for one in found[:MOST_LISTED])
    more = len(found) - MOST_LISTED
    rest = f'<li class="quiet">{scene.say("card.variants_more", count=more)}</li>' if more > 0 else ""
    return (
        f'<details class="fold variants"{" open" if opened else ""}><summary>{summary}'
        f"{unseen(': ' + text_html(product.title))}</summary><ul>{rows}{rest}</ul></details>"
    )


def _row_html(form: Form, meant: bool, scene: Scene, act: str) -> str:
    product, words = form.product, form.words or form.product.title
    name = text_html(words)
    label = f"{scene.say('card.add')}: {text_html(product.title)}, {name}"
    take = button(
        act,
        sign("cart"),
        look="round",
        product=product.product_id,
        key=form.variant.variant_id,
        label=label,
    )
    current = ' class="meant" aria-current="true"' if meant else ""
    return (
        f'<li{current}><span class="variant-text"><span>{name}</span>{stock_html(product, scene)}</span>'
        f"{price_html(product, scene)}{take}</li>"
    )
