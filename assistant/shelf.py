"""The product panel: a card a product with its reasons and its buttons, a set with its total, the nearest misses.

Pure functions from an answer and a session to HTML. Knows no web framework, and decides nothing.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from assistant.cards import plain, web_address
from assistant.choices import variant_html, variants_html
from assistant.dialogue import Recommendation, Request, Session
from assistant.drawing import (
    Scene,
    button,
    empty_html,
    picture_html,
    price_html,
    rating_html,
    stock_html,
    text_html,
    unseen,
)
from assistant.placing import contributions
from assistant.signs import sign
from assistant.talk import Answer
from assistant.variants import nearest_form, variant_id_of
from index.catalog import Product
from index.money import money
from index.promotions import Offer

WAITING_CARDS = 4


def products_html(
    answer: Answer | None,
    session: Session,
    scene: Scene,
    *,
    turn: int = 0,
    ticked: Sequence[str] = (),
    latest: bool = True,
) -> str:
    """The products of an answer as the panel shows them; the look of an empty panel without an answer.

    `turn` is the answer's place in the conversation, `ticked` are the products ticked to compare; an answer that is not
    the `latest` says so and offers the way back.
    """
    if answer is None:
        return empty_html(scene.say("shelf.empty"), scene.say("shelf.empty_how"), sign("products"))
    if answer.request is None and not answer.trouble:
        return _waiting_html(scene)
    cards = list(_cards(answer, session, scene, turn, ticked, latest))
    if not cards:
        return empty_html(scene.say("shelf.empty"), scene.say("shelf.empty_how"), sign("products"))
    parts = [] if latest else [_earlier_html(answer, scene)]
    parts += [_head_html(answer, scene, len(cards)), f'<ol class="cards">{"".join(cards)}</ol>']
    parts.append(compare_bar_html(ticked, scene))
    return f'<div class="shelf" aria-busy="{str(not answer.over).lower()}">{"".join(parts)}</div>'


def compare_bar_html(ticked: Sequence[str], scene: Scene) -> str:
    """What is ticked to compare, with the way to the table; "" while nothing is."""
    known = [scene.shop.products[one] for one in ticked if one in scene.shop.products]
    if not known:
        return ""
    names = "".join(
        f"<li>{picture_html(one, scene, named=False)}"
        + button(
            "uncompare",
            sign("close"),
            look="round",
            product=one.product_id,
            label=f"{scene.say('compare.remove')}: {text_html(one.title)}",
        )
        + "</li>"
        for one in known
    )
    ready = len(known) > 1
    words = scene.say("panel.compare_now", count=len(known)) if ready else scene.say("panel.compare_more")
    act = button("view", words, look="primary", key="compare") if ready else f"<p>{words}</p>"
    return f'<div class="picked"><ul aria-label="{scene.say("shelf.picked", count=len(known))}">{names}</ul>{act}</div>'


def _cards(answer: Answer, session: Session, scene: Scene, turn: int, ticked: Sequence[str], latest: bool) -> list[str]:
    cards = []
    request = answer.request or Request()
    shown = answer.recommendations
    is_set = _is_set(request, shown)
    for place, one in enumerate(shown):
        pid = one.product.product_id
        rationale = one.rationale or answer.rationales.get(pid) or ("" if answer.over else None)
        missed = answer.nearest.get(pid, ())
        # A conversation that was kept holds the whole product: it was shown in the variant that met the request.
        product = request.constraints.shown(one.product)
        top = (
            _missed_html(product, missed, request, scene)
            + rationale_html(rationale, one.written or not answer.done, one, scene)
            + _placing_html(one, place, request, shown, scene)
        )
        swappable = is_set and latest and answer.over and pid in session.shown
        cards.append(card_html(product, top, session, scene, turn, ticked, offers=one.offers, swap=swappable))
    carded = {one.product.product_id for one in shown}
    for pid, missed in answer.nearest.items():
        if pid in scene.shop.products and pid not in carded:
            product = nearest_form(scene.shop.products[pid], request.constraints)
            told = _missed_html(product, missed, request, scene)
            cards.append(card_html(product, told, session, scene, turn, ticked))
    return cards


def card_html(
    product: Product,
    reasons: str,
    session: Session,
    scene: Scene,
    turn: int,
    ticked: Sequence[str] = (),
    *,
    offers: Sequence[Offer] = (),
    swap: bool = False,
) -> str:
    """One product as a list item; `reasons` is HTML that stands under its facts.

    A product that is shown in one of its variants tells which, and any product with variants lists them.
    """
    pid = product.product_id
    whole = scene.shop.products.get(pid, product)
    variant = variant_id_of(whole, product)
    unwanted = pid in session.memory.disliked
    title = text_html(product.title)
    heart = button(
        "unlike" if pid in session.memory.liked else "like",
        sign("heart"),
        look="round heart",
        product=pid,
        label=f"{scene.say('card.like')}: {title}",
        pressed=pid in session.memory.liked,
    )
    body = (
        f"{_maker_html(product)}{_title_html(product, whole)}{variant_html(whole, variant, scene)}"
        f'<p class="facts">{rating_html(product, scene)}{stock_html(product, scene)}</p>'
        f"{price_html(product, scene)}{_offers_html(offers, scene)}"
        f"{variants_html(whole, variant, scene)}{reasons}"
    )
    state = " unwanted" if unwanted else ""
    notice = ""
    if unwanted:
        undo = button(
            "unlike", scene.say("card.undo"), look="link", product=pid, label=f"{scene.say('card.undo')}: {title}"
        )
        notice = f'<p class="card-notice">{scene.say("card.disliked")} {undo}</p>'
    acts = _acts_html(product, variant, session, scene, turn, ticked, swap)
    return (
        f'<li class="card{state}" data-id="{text_html(pid)}">'
        f'<div class="card-top">{picture_html(product, scene)}{heart}</div>'
        f'<div class="card-text">{notice}{body}</div>{acts}</li>'
    )


def rationale_html(rationale: str | None, written: bool, shown: Recommendation, scene: Scene) -> str:
    """Why a product is shown, with the statements it rests on to unfold; None is one that is still being written."""
    if rationale is None:
        lines = '<span class="line"></span><span class="line"></span>'
        return f'<p class="reason waiting">{unseen(scene.say("card.writing"))}{lines}</p>'
    text = plain(rationale)
    if not text:
        return ""
    label = scene.say("card.why" if written else "card.facts")
    said = f'<span class="label">{label}</span> {escape(text)}'
    rows = [f"<li>{_source_html(one.source, scene)}{text_html(one.text)}</li>" for one in shown.evidence]
    if not rows:
        return f'<p class="reason">{said}</p>'
    return (
        f'<p class="reason">{said}</p><details class="fold"><summary>{scene.say("card.evidence")}'
        f'{unseen(": " + text_html(shown.product.title))}</summary><ul class="evidence">{"".join(rows)}</ul></details>'
    )


def _source_html(source: str, scene: Scene) -> str:
    """What a statement is of, where it does not say so itself."""
    key = f"source.{source}"
    return f"<span>{scene.say(key)}</span> " if key in scene.texts else ""


def _placing_html(
    one: Recommendation, place: int, request: Request, shown: Sequence[Recommendation], scene: Scene
) -> str:
    """The signals behind a place, in words and small bars."""
    told = contributions(one, request, shown)
    lead = ""
    if request.bundle:
        lead = scene.say("placing.bundle")
    elif request.order and f"placing.{request.order}" in scene.texts:
        lead = scene.say(f"placing.{request.order}")
    if not told and not lead:
        return ""
    rows = "".join(
        f'<li><span class="signal">{scene.say(f"signal.{part.signal}")}</span>{_bar(part.share)}'
        f'<span class="share">{scene.say("card.share", percent=round(100 * part.share))}</span></li>'
        for part in told
    )
    summary = scene.say("card.why_first" if place == 0 and not request.bundle else "card.why_here")
    lead = f"<p>{lead}</p>" if lead else ""
    bars = f'<ul class="signals">{rows}</ul>' if rows else ""
    name = unseen(": " + text_html(one.product.title))
    return f'<details class="fold"><summary>{summary}{name}</summary>{lead}{bars}</details>'


def _bar(share: float) -> str:
    # Drawn as SVG: the share is a plain attribute, and no style attribute is needed.
    return (
        '<svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/><rect class="fill" width="{100 * share:.0f}" height="6"/></svg>'
    )


def _acts_html(
    product: Product, variant: str, session: Session, scene: Scene, turn: int, ticked: Sequence[str], swap: bool
) -> str:
    pid, name = product.product_id, unseen(": " + text_html(product.title))
    held = session.quantity(pid)
    add = scene.say("card.added", count=held) if held else scene.say("card.add")
    is_ticked, unwanted = pid in ticked, pid in session.memory.disliked
    acts = [
        button(
            "cart-add",
            f"{sign('cart')}<span>{add}{name}</span>",
            look="primary" if not held else "primary held",
            product=pid,
            key=variant,
        )
    ]
    if swap:
        acts.append(
            button("swap", f"{sign('swap')}<span>{scene.say('card.swap')}{name}</span>", product=pid, turn=turn)
        )
    tick = f'<span class="tick" aria-hidden="true"></span><span>{scene.say("card.compare")}{name}</span>'
    acts.append(button("uncompare" if is_ticked else "compare", tick, look="ticks", product=pid, pressed=is_ticked))
    acts.append(button("ask", f"<span>{scene.say('card.ask')}{name}</span>", look="link", product=pid))
    acts.append(
        button(
            "unlike" if unwanted else "dislike",
            f"<span>{scene.say('card.dislike')}{name}</span>",
            look="link quiet",
            product=pid,
            pressed=unwanted,
        )
    )
    return f'<div class="card-acts">{"".join(acts)}</div>'


def _is_set(request: Request, shown: Sequence[Recommendation]) -> bool:
    return request.bundle and len(shown) > 1


def _head_html(answer: Answer, scene: Scene, count: int) -> str:
    """What the panel shows: a set with its total against the limit, the nearest, or how many products."""
    request = answer.request or Request()
    if not answer.recommendations:
        return f'<h2 class="shelf-head">{scene.say("shelf.nearest")}</h2>'
    if not _is_set(request, answer.recommendations):
        words = scene.say("shelf.count", count=count) if count > 1 else scene.say("shelf.one")
        return f'<h2 class="shelf-head">{words}</h2>'
    prices = [one.product.price for one in answer.recommendations if one.product.price is not None]
    return _set_html(sum(prices, Decimal(0)), request.constraints.price_max, count, scene)


def _set_html(total: Decimal, limit: Decimal | None, count: int, scene: Scene) -> str:
    head = f'<h2 class="shelf-head">{scene.say("bundle.title", count=count)}</h2>'
    said = f"<strong>{scene.money(total)}</strong>"
    if limit is None or limit <= 0:
        return f'<div class="set">{head}<p class="set-total">{scene.say("bundle.total")} {said}</p></div>'
    left = limit - total
    of = scene.say("bundle.limit", amount=_money(limit, scene))
    rest = scene.say("bundle.left" if left >= 0 else "bundle.over", amount=_money(abs(left), scene))
    bar = _bar(min(1.0, float(total / limit)))
    over = " over" if left < 0 else ""
    return (
        f'<div class="set{over}">{head}<p class="set-total">{scene.say("bundle.total")} {said} <span>{of}</span>'
        f'<span class="set-left">{rest}</span></p>{bar}</div>'
    )


def _money(amount: Decimal, scene: Scene) -> str:
    return money(amount, scene.shop.currency)


def _earlier_html(answer: Answer, scene: Scene) -> str:
    back = button("show-answer", scene.say("answer.to_latest"), look="link", key="latest")
    asked = f"“{text_html(answer.message[:80])}”" if answer.message.strip() else ""
    return f'<p class="earlier">{scene.say("answer.latest")} {asked} {back}</p>'


def _waiting_html(scene: Scene) -> str:
    card = (
        '<li class="card ghost" aria-hidden="true"><div class="card-top"><span class="picture"></span></div>'
        f'<div class="card-text">{"<span class=line></span>" * 3}</div></li>'
    )
    return (
        f'<div class="shelf" aria-busy="true"><h2 class="shelf-head">{scene.say("shelf.loading")}</h2>'
        f'<ol class="cards">{card * WAITING_CARDS}</ol></div>'
    )


def _offers_html(offers: Sequence[Offer], scene: Scene) -> str:
    """The best offer, and the others to unfold: one on the whole shop would else stand on every card."""
    own = [one.text for one in offers if not one.promotion.covered.everything or one.promotion.automatic]
    rest = [*own[1:], *(one.text for one in offers if one.text not in own)]
    first = f'<p class="offer">{text_html(own[0])}</p>' if own else ""
    if not rest:
        return f'<div class="offers">{first}</div>' if first else ""
    if own:
        words = scene.say("card.more_offers" if len(rest) > 1 else "card.more_offer", count=len(rest))
    else:
        words = scene.say("card.shop_offers")
    rows = "".join(f"<li>{text_html(text)}</li>" for text in rest)
    return f'<div class="offers">{first}<details class="fold"><summary>{words}</summary><ul>{rows}</ul></details></div>'


def _missed_html(product: Product, missed: Sequence[str], request: Request, scene: Scene) -> str:
    words = "; ".join(_missed_words(product, missed, request, scene))
    return f'<p class="missed">{words[:1].upper()}{words[1:]}</p>' if words else ""


def _missed_words(product: Product, missed: Sequence[str], request: Request, scene: Scene) -> list[str]:
    words = []
    for key in missed:
        high = request.constraints.price_max
        if key == "price_max" and high is not None and product.price is not None and product.price > high:
            words.append(scene.say("missed.over", amount=_money(product.price - high, scene)))
        elif f"missed.{key}" in scene.texts:
            words.append(scene.say(f"missed.{key}"))
    return words


def _maker_html(product: Product) -> str:
    kind = product.kind or (product.derived.name if product.derived else "")
    words = [text_html(word) for word in (product.brand, kind) if word]
    return f'<p class="maker">{" · ".join(words)}</p>' if words else ""


def _title_html(product: Product, whole: Product) -> str:
    # Where a variant's title is the product's with its options behind it, they stand in a line of their own.
    title = text_html(whole.title if product.title.startswith(f"{whole.title} - ") else product.title)
    address = web_address(product.url)
    if address:
        title = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    return f'<h3 class="title">{title}</h3>'
