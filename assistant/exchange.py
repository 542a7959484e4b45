"""The conversation as HTML: what was said and answered, links to the products, what was understood, what to say next.

Pure functions from a talk to HTML; the products themselves stand in the panel beside it (`shelf`). Knows no web
framework, and decides nothing.
"""

from html import escape

from assistant.cards import clean, plain
from assistant.chips import Chip, chips
from assistant.drawing import Scene, button, picture_html, text_html, unseen
from assistant.signs import sign
from assistant.talk import MESSAGE_DRAWN, Answer, Talk
from index.documents import Passage
from index.money import money


def conversation_html(talk: Talk, scene: Scene, *, active: int | None = None) -> str:
    """The conversation, or a greeting before the first message; the products of the `active` answer are on show."""
    if not talk.answers:
        return greeting_html(scene)
    last = len(talk.answers) - 1
    rows = "".join(
        exchange_html(answer, place, scene, last=place == last, active=place == active)
        for place, answer in enumerate(talk.answers)
    )
    return f'<div class="talk" role="log" aria-label="{scene.say("answer.label")}">{rows}</div>'


def greeting_html(scene: Scene) -> str:
    """What a visitor reads before the first message."""
    return f'<div class="greeting"><h2>{scene.say("talk.greeting")}</h2><p>{scene.say("talk.greeting_how")}</p></div>'


def exchange_html(answer: Answer, turn: int, scene: Scene, *, last: bool, active: bool = False) -> str:
    """One message and its answer; the products of the `active` one are on show, the `last` one can be changed by its
    chips and goes on by its quick replies.
    """
    return (
        f'<div class="exchange{" active" if active else ""}" id="turn-{turn}" data-turn="{turn}">'
        f"{_asked_html(answer.message, scene)}{_answer_html(answer, turn, scene, last)}</div>"
    )


def _asked_html(message: str, scene: Scene) -> str:
    text = clean(message).strip()
    words = escape(text) or scene.say("answer.no_message")
    if len(text) > MESSAGE_DRAWN:
        words = f"{escape(text[:MESSAGE_DRAWN])} … {scene.say('answer.characters', count=f'{len(text):,}')}"
    return f'<p class="asked">{unseen(scene.say("answer.you"))} {words}</p>'


def _answer_html(answer: Answer, turn: int, scene: Scene, last: bool) -> str:
    if answer.request is None and not answer.trouble:
        return f'<div class="answer" aria-busy="true"><p class="looking">{scene.say("answer.looking")}</p></div>'
    parts = [_links_html(answer, turn, scene)] if answer.products and not answer.text else []
    if answer.text:
        parts = [f'<p class="answer-text">{escape(plain(answer.text))}</p>', _links_html(answer, turn, scene)]
    if answer.comparison is not None:
        words = f"{sign('compare')}<span>{scene.say('compare.title')}</span>"
        parts.append(f"<p>{button('view', words, look='chip-button', key='compare', turn=turn)}</p>")
    # What the answer's own text quotes whole need not be read twice.
    parts += [passage_html(one, scene) for one in answer.passages if " ".join(one.text.split()) not in answer.text]
    if answer.request is not None:
        # The answer's own text may already voice a doubt.
        parts += [
            f'<p class="doubt">{escape(plain(doubt))}</p>'
            for doubt in answer.request.doubts
            if doubt not in answer.text
        ]
        if answer.request.wants_products:
            parts.append(_chips_html(chips(answer.request, scene.shop, scene.texts), turn, scene, last and answer.over))
    parts.append(_guides_html(answer, scene))
    if answer.stopped:
        parts.append(f'<p class="note">{scene.say("answer.stopped")}</p>')
    if answer.trouble:
        parts.append(f'<p class="trouble" role="alert">{escape(plain(answer.trouble))}</p>')
    if last and answer.done:
        parts.append(_quick_html(answer, turn, scene))
    if answer.over:
        copy = button("copy-link", sign("link"), look="round faint", turn=turn, label=scene.say("answer.copy"))
        parts.append(f'<p class="answer-tools">{copy}</p>')
    return f'<div class="answer" aria-busy="{str(not answer.over).lower()}">{"".join(parts)}</div>'


def _links_html(answer: Answer, turn: int, scene: Scene) -> str:
    """The answer's products as small links, which bring them to the panel."""
    links = []
    for pid in answer.products:
        product = scene.shop.products.get(pid)
        if product is None:
            continue
        if answer.request is not None:
            product = answer.request.constraints.shown(product)
        price = "" if product.price is None else money(product.price, product.currency or scene.shop.currency)
        words = (
            f'{picture_html(product, scene, named=False)}<span class="pick-text"><span class="pick-title">'
            f'{text_html(product.title)}</span> <span class="pick-price">{escape(price)}</span></span>'
        )
        links.append(f"<li>{button('show-answer', words, look='pick', product=pid, turn=turn)}</li>")
    return f'<ol class="picks" aria-label="{scene.say("answer.show")}">{"".join(links)}</ol>' if links else ""


def _chips_html(found: tuple[Chip, ...], turn: int, scene: Scene, removable: bool) -> str:
    if not found:
        return ""
    rows = []
    for chip in found:
        text = text_html(chip.text)
        label = scene.say("answer.without", text=chip.text)
        cross = button("chip", sign("close"), look="cross", key=chip.key, turn=turn, label=label) if removable else ""
        rows.append(f'<li class="chip{"" if removable else " still"}"><span>{text}</span>{cross}</li>')
    return f'<ul class="chips" aria-label="{scene.say("answer.understood")}">{"".join(rows)}</ul>'


def passage_html(passage: Passage, scene: Scene) -> str:
    """A passage of the store's documents as a quotation, with where it stands."""
    if passage.heading:
        source = scene.say("answer.source_heading", document=passage.document, heading=passage.heading)
    else:
        source = scene.say("answer.source", document=passage.document)
    lines = "".join(f"<p>{text_html(line)}</p>" for line in passage.text.splitlines() if line.strip())
    return f'<figure class="cited"><blockquote>{lines}</blockquote><figcaption>{source}</figcaption></figure>'


def _guides_html(answer: Answer, scene: Scene) -> str:
    if not answer.guides:
        return ""
    rows = []
    for guide in answer.guides:
        name = f"{guide.document}: {guide.heading}" if guide.heading else guide.document
        lines = "".join(f"<p>{text_html(line)}</p>" for line in guide.text.splitlines() if line.strip())
        rows.append(
            f'<details class="guide"><summary>{sign("page")}<span>{text_html(name)}</span></summary>{lines}</details>'
        )
    return f'<div class="guides"><p class="label">{scene.say("answer.guides")}</p>{"".join(rows)}</div>'


def _quick_html(answer: Answer, turn: int, scene: Scene) -> str:
    if not answer.quick:
        return ""
    rows = "".join(
        f"<li>{button('quick', text_html(text), look='chip-button', key=text, turn=turn)}</li>" for text in answer.quick
    )
    return f'<ul class="quick" aria-label="{scene.say("answer.quick")}">{rows}</ul>'
