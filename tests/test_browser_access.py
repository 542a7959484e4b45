"""The page for everybody: axe finds nothing serious in any state, the keyboard reaches all, and it fits a phone."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

VIEWS = ("compare", "cart", "memory", "talks", "about")


def serious(page: "Page") -> list[Any]:
    """What axe finds that is serious or critical: rule, and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.wait_for_timeout(400)  # a colour that is on its way to another one is measured in between
    found = axe.Axe().run(page).response["violations"]
    return [
        (one["id"], [node["target"] for node in one["nodes"]][:3], one["nodes"][0].get("failureSummary", "")[:300])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_state_is_accessible_and_fits(browser: "Browser", quick_shop: str, theme: str, width: int) -> None:
    visit = Visit(browser, quick_shop, query=f"?__theme={theme}", viewport={"width": width, "height": 800})
    page = visit.page
    problems: dict[str, list[Any]] = {}

    def look(state: str) -> None:
        problems[state] = serious(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems[state].append("wider than the screen")

    look("empty")
    for view in VIEWS:
        visit.view(view)
        look(f"empty {view}")
        visit.view("products")
    visit.pick(1)
    visit.told("a quiet mouse under $60")
    look("answer")
    page.evaluate("for (const one of document.querySelectorAll('#panel details')) one.open = true")
    look("answer unfolded")
    for place in range(2):
        visit.press("compare")
        page.wait_for_selector(f".picked li:nth-child({place + 1})")
    visit.press("like")
    visit.press("cart-add")
    page.wait_for_selector(".tab-cart .count")
    visit.cards().nth(2).locator("button[data-act=dislike]").click()
    page.wait_for_selector(".card.unwanted")
    look("answer pressed")
    for view in VIEWS:
        visit.view(view)
        look(view)
        if view in ("talks", "about"):
            visit.view("products")
    visit.told("a home office under $600")
    look("bundle")
    visit.told("a gold-plated mouse under $3")
    look("nothing fits")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", colour)[:3])) > 380) == (theme == "light")
    page.goto(quick_shop + f"?__theme={theme}&talk=nothing")
    page.wait_for_selector(".panel-notice")
    page.wait_for_function(
        "() => { const box = document.querySelector('.panel-notice').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }"
    )
    look("error")
    assert {state: found for state, found in problems.items() if found} == {}
    visit.close()


def test_the_page_is_used_with_the_keyboard_alone(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport={"width": 1280, "height": 860})
    page = visit.page
    reached: dict[str, bool] = {}
    page.evaluate("document.activeElement.blur()")
    for _ in range(40):
        page.keyboard.press("Tab")
        name, seen = page.evaluate("""() => {
            const one = document.activeElement, look = getComputedStyle(one);
            const name = one.dataset.key || one.dataset.act || one.id || one.closest('[id]')?.id || one.tagName;
            const ring = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
            return [name, ring || look.boxShadow !== 'none'];
        }""")
        reached[name] = seen
    assert {"talks", "about", "new", "theme", "language", "products", "compare", "cart", "memory"} <= set(reached)
    assert all(seen for name, seen in reached.items() if name not in ("BODY", "HTML")), reached

    page.focus("#box textarea")
    page.keyboard.type("a quiet mouse under $60")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    assert page.locator(".exchange").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-0")
    visit.answered()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"

    for key in ("talks", "about"):
        page.focus(f"button[data-act=view][data-key={key}]")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#panel .panel[data-view={key}]")
        page.wait_for_function("document.activeElement.classList.contains('panel')")
        page.keyboard.press("Escape")
        page.wait_for_selector("#panel .panel[data-view=products]")
        page.wait_for_function(f"document.activeElement.dataset.key === '{key}'")

    page.focus("button[data-act=like] >> nth=0")
    page.keyboard.press("Space")
    page.wait_for_selector("button[data-act=unlike]")
    assert page.evaluate("document.activeElement.dataset.act") == "unlike"
    headings = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))")
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    visit.close()
