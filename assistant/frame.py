"""The frame of the page as HTML: its head with the choices, the panel with its tabs, the foot of the conversation.

What stands in the panel is drawn by `shelf`, `panels` and `account`, the conversation by `exchange`. Knows no web
framework.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from assistant.account import about_html, conversations_html, memory_html
from assistant.cart import cart_of
from assistant.compare import compare
from assistant.drawing import Scene, button
from assistant.interface import languages
from assistant.panels import cart_html, comparison_html
from assistant.shelf import products_html
from assistant.signs import sign
from assistant.variants import chosen
from assistant.visit import TABS, Visit


def head_html(visit: Visit, scene: Scene, shoppers: Sequence[tuple[str, str]]) -> str:
    """The head of the page; `shoppers` are the names and ids to choose from, "" for a new visitor."""
    trust = scene.say("head.fictional") if scene.shop.manifest.fictional else scene.say("head.prices")
    who = ""
    if len(shoppers) > 1:
        who = _choice(
            "user", scene.say("head.shopper"), {key: name for name, key in shoppers}, visit.session.user_id or ""
        )
    language = _choice("language", scene.say("head.language"), languages(), visit.language)
    talks, about = (
        button(
            "view",
            f'{sign(name)}<span class="head-word">{scene.say(f"head.{name}")}</span>',
            look=f"head-act head-{name}",
            key=name,
            label=scene.say(f"head.{name}"),
            pressed=visit.view == name,
        )
        for name in ("talks", "about")
    )
    new = button(
        "new",
        f'{sign("more")}<span class="head-word">{scene.say("head.new")}</span>',
        look="head-act head-new",
        label=scene.say("head.new"),
    )
    theme = button(
        "theme", '<span aria-hidden="true">◐</span>', look="head-act head-theme", label=scene.say("head.theme")
    )
    return (
        f'<header class="head"><div class="head-names"><h1>{scene.say("head.title")}</h1>'
        f'<p class="head-notice">{scene.say("head.notice")} {trust}</p></div>'
        f'<nav class="head-acts" aria-label="{scene.say("head.menu")}">'
        f"{new}{talks}{theme}{about}{who}{language}</nav></header>"
    )


def panel_html(visit: Visit, scene: Scene, today: date, *, signed: bool) -> str:
    """The panel: its tabs, a notice where there is one, and what is open; `signed` is for kept on the server."""
    notice = f'<p class="panel-notice" role="alert">{escape(visit.notice)}</p>' if visit.notice else ""
    if visit.view in TABS:
        top = _tabs_html(visit, scene)
    else:
        words = f'<span aria-hidden="true">←</span> {scene.say("panel.close")}'
        top = f'<div class="panel-top">{button("view", words, look="panel-close link", key="products")}</div>'
    label = scene.say(f"panel.{visit.view}")
    return (
        f'<div class="panel" role="region" data-view="{visit.view}" aria-label="{label}" tabindex="-1">'
        f"{top}{notice}{_inside_html(visit, scene, today, signed)}</div>"
    )


def _inside_html(visit: Visit, scene: Scene, today: date, signed: bool) -> str:
    session, shop = visit.session, scene.shop
    match visit.view:
        case "compare":
            meant = {one: chosen(shop.products[one], session) for one in visit.ticked if one in shop.products}
            return comparison_html(compare(visit.ticked, shop, session), scene, variants=meant)
        case "cart":
            return cart_html(cart_of(session, shop, today), scene)
        case "memory":
            return memory_html(session, scene)
        case "talks":
            return conversations_html(visit.listed, scene, here=visit.key, in_browser=not signed)
        case "about":
            return about_html(scene, in_browser=not signed)
        case _:
            place, answers = visit.place, visit.talk.answers
            latest = replace(visit, turn=None).place
            answer = None if place is None else answers[place]
            return products_html(answer, session, scene, turn=place or 0, ticked=visit.ticked, latest=place == latest)


def foot_html(visit: Visit, scene: Scene, openers: Sequence[str], waiting: int | None) -> str:
    """What stands over the message box: what to ask first; later, to try again or to undo; how long the line is."""
    if waiting is not None:
        told = scene.say("busy.before", count=waiting) if waiting > 1 else scene.say("busy.next")
        return f'<p class="waiting-line" role="status">{told}</p>'
    if visit.answering:
        return ""
    if visit.talk.answers:
        pressed = (button(act, scene.say(f"ask.{act}"), look="foot-act") for act in ("retry", "undo"))
        return f'<div class="foot" role="group" aria-label="{scene.say("ask.after")}">{"".join(pressed)}</div>'
    offered = "".join(button("quick", escape(one), look="opener", key=one) for one in openers)
    return (
        f'<div class="openers" role="group" aria-label="{scene.say("ask.openers")}">{offered}</div>' if offered else ""
    )


def _tabs_html(visit: Visit, scene: Scene) -> str:
    counts = {"compare": len(visit.ticked), "cart": sum(line.quantity for line in visit.session.cart)}
    rows = []
    for name in TABS:
        count = f' <span class="count">{counts[name]}</span>' if counts.get(name) else ""
        words = f"{sign(name)}<span>{scene.say(f'panel.{name}')}</span>{count}"
        rows.append(button("view", words, look=f"tab tab-{name}", key=name, pressed=visit.view == name))
    return f'<nav class="tabs" aria-label="{scene.say("panel.label")}">{"".join(rows)}</nav>'


def _choice(act: str, label: str, choices: Mapping[str, str], chosen: str) -> str:
    told = "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
        for key, name in choices.items()
    )
    return (
        f'<label class="choice choice-{act}"><span class="choice-label">{label}</span>'
        f'<select data-act="{act}" id="choose-{act}">{told}</select></label>'
    )
