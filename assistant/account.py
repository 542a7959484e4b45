"""The panels about the visitor: what is remembered of them, the conversations that are kept, and about the page.

Pure functions from records to HTML; every one has a look for nothing to show. Knows no web framework, and not how
conversations are kept.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from assistant.dialogue import Session
from assistant.drawing import Scene, button, empty_html, picture_html, text_html, unseen
from assistant.explain import short_name
from assistant.memory import Belief, beliefs, usual_price
from assistant.signs import sign
from assistant.stored import Listed
from index.money import money

_PARTS = (("bought", ("owns",)), ("said", ("brand", "size", "price")), ("rated", ("liked", "disliked")))


def memory_html(session: Session, scene: Scene) -> str:
    """What is remembered of the shopper, each with a way to take it back; what was forgotten, with the way back."""
    known = beliefs(session, scene.shop)
    head = f"<h2>{scene.say('memory.title')}</h2>{_history_html(session, scene)}"
    parts = []
    for name, kinds in _PARTS:
        rows = [_belief_html(one, session, scene) for one in known if one.kind in kinds]
        if rows:
            parts.append(f'<h3>{scene.say(f"memory.part_{name}")}</h3><ul class="rows">{"".join(rows)}</ul>')
    gone = [key for key in dict.fromkeys(session.memory.forgotten) if _named(key, scene)]
    if gone:
        rows = [_forgotten_html(key, scene) for key in gone]
        parts.append(f'<h3>{scene.say("memory.forgotten")}</h3><ul class="rows gone">{"".join(rows)}</ul>')
    if not parts:
        parts.append(empty_html(scene.say("memory.empty"), "", sign("memory")))
    off = " off" if session.memory.history_off else ""
    return f'<section class="pane memory{off}">{head}{"".join(parts)}</section>'


def _history_html(session: Session, scene: Scene) -> str:
    """Whether purchases count at the moment, with the switch; for a gift, that they do not."""
    topic = session.topic
    parts = []
    if topic is not None and topic.gift:
        back = button("chip", scene.say("memory.gift_end"), look="chip-button", key="gift")
        parts.append(f'<div class="switch"><p>{scene.say("memory.gift")}</p>{back}</div>')
    if session.history:
        on = not session.memory.history_off
        words = scene.say("memory.switch_off" if on else "memory.switch_on")
        act = button("history-off" if on else "history-on", words, look="chip-button")
        parts.append(f'<div class="switch"><p>{scene.say("memory.on" if on else "memory.off")}</p>{act}</div>')
    return "".join(parts)


def _belief_html(one: Belief, session: Session, scene: Scene) -> str:
    words = _words(one, session, scene)
    forget = scene.say("memory.forget") + unseen(": " + words)
    act = button("forget", forget, look="link", key=one.key)
    return f"<li>{_picture(one.key, scene)}<p>{words}</p>{act}</li>"


def _words(one: Belief, session: Session, scene: Scene) -> str:
    """A belief in the interface's words."""
    if one.kind == "price":
        usual = usual_price(session, scene.shop)
        return text_html(one.text) if usual is None else scene.say("memory.price", amount=_money(usual, scene))
    if one.kind == "owns":
        return text_html(_named(one.key, scene))
    return scene.say(f"memory.{one.kind}", name=_named(one.key, scene))


def _money(usual: float, scene: Scene) -> str:
    return money(Decimal(str(usual)), scene.shop.currency)


def _forgotten_html(key: str, scene: Scene) -> str:
    words = scene.say("memory.usual_price") if key == "price" else text_html(_named(key, scene))
    recall = scene.say("memory.recall") + unseen(": " + words)
    return f"<li>{_picture(key, scene)}<p>{words}</p>{button('recall', recall, look='link', key=key)}</li>"


def _named(key: str, scene: Scene) -> str:
    """What a belief's key is about; "" for a product that the shop no longer has."""
    kind, _, what = key.partition(":")
    if kind in ("owns", "liked", "disliked"):
        product = scene.shop.products.get(what)
        return short_name(product) if product else ""
    if kind == "size":
        return what.upper()
    return what or kind


def _picture(key: str, scene: Scene) -> str:
    product = scene.shop.products.get(key.partition(":")[2])
    return "" if product is None else picture_html(product, scene, named=False)


def conversations_html(talks: Sequence[Listed], scene: Scene, *, here: str = "", in_browser: bool) -> str:
    """The conversations that are kept: to open, export and delete; `here` is the id of the open one, `in_browser` says
    where they are kept.
    """
    where = scene.say("talks.kept_browser" if in_browser else "talks.kept_server")
    new = button("new", f"{sign('more')}<span>{scene.say('talks.new')}</span>", look="primary")
    head = f'<h2>{scene.say("panel.talks")}</h2><p class="note">{where}</p><p class="acts">{new}</p>'
    if not talks:
        return f'<section class="pane talks">{head}{empty_html(scene.say("talks.empty"), "", sign("talks"))}</section>'
    rows = "".join(_kept_html(one, scene, one.key == here) for one in talks)
    save = button("export-all", f"{sign('save')}<span>{scene.say('talks.export_all')}</span>", look="link")
    clear = button("delete-all", f"{sign('bin')}<span>{scene.say('talks.delete_all')}</span>", look="link bad")
    return f'<section class="pane talks">{head}<ul class="rows">{rows}</ul><p class="acts">{save}{clear}</p></section>'


def _kept_html(one: Listed, scene: Scene, here: bool) -> str:
    title = text_html(one.title.strip()) or scene.say("talks.untitled")
    mark = f' <span class="here">{scene.say("talks.here")}</span>' if here else ""
    count = scene.say("talks.answers" if one.turns != 1 else "talks.answer", count=one.turns)
    told = f'<span class="quiet">{_day_html(one.changed)}{count}{mark}</span>'
    opened = button("open", f'<span class="title">{title}</span>{told}', look="kept", key=one.key)
    save = button(
        "export", sign("save"), look="round faint", key=one.key, label=f"{scene.say('talks.export')}: {title}"
    )
    gone = button("delete", sign("bin"), look="round faint", key=one.key, label=f"{scene.say('talks.delete')}: {title}")
    return f'<li data-id="{text_html(one.key)}">{opened}{save}{gone}</li>'


def _day_html(changed: str) -> str:
    """When a conversation last changed, as every language writes it: 2026-11-24 16:00."""
    try:
        when = datetime.fromisoformat(changed)
    except ValueError:
        return ""
    return f'<time datetime="{when.isoformat()}">{when:%Y-%m-%d %H:%M}</time> · '


def about_html(scene: Scene, *, in_browser: bool) -> str:
    """What one should know of the page: an AI, fictional data, what is stored and where, how to delete it, licence."""
    place = "browser" if in_browser else "server"
    hosts = ", ".join(sorted(scene.image_hosts))
    licence = scene.say("about.licence_hosts", hosts=hosts) if hosts else scene.say("about.licence_text")
    parts = [(scene.say("about.ai"), scene.say("about.ai_text"))]
    if scene.shop.manifest.fictional:
        parts.append((scene.say("about.fictional"), scene.say("head.fictional")))
    parts += [
        (scene.say("about.prices"), scene.say("head.prices")),
        (scene.say("about.stored"), scene.say(f"about.stored_{place}")),
        (scene.say("about.delete"), scene.say(f"about.delete_{place}")),
        (scene.say("about.licence"), licence),
    ]
    rows = "".join(f"<h3>{name}</h3><p>{text}</p>" for name, text in parts)
    return f'<section class="pane about"><h2>{scene.say("about.title")}</h2>{rows}</section>'
