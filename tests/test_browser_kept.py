"""Kept conversations in a real browser: in the browser for a new visitor, on the server for a shopper, and links."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

DESKTOP = {"width": 1280, "height": 860}


@pytest.mark.parametrize("shopper", [0, 2])
def test_conversations_are_listed_reopened_exported_and_deleted(
    browser: "Browser", quick_shop: str, tmp_path: Path, shopper: int
) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.pick(shopper)
    visit.view("talks")
    while page.locator("button[data-act=delete]").count():
        visit.press("delete")
        page.wait_for_timeout(300)
    page.wait_for_selector("#panel .empty")
    visit.view("products")
    visit.told("a quiet mouse under $60")
    visit.press("cart-add")
    page.wait_for_selector(".tab-cart .count")
    visit.press("new")
    page.wait_for_selector(".greeting")
    visit.told("a monitor")
    visit.view("talks")
    titles = page.locator("#panel button[data-act=open] .title").all_inner_texts()
    assert titles == ["a monitor", "a quiet mouse under $60"]

    page.locator("#panel button[data-act=open]").nth(1).click()
    page.wait_for_selector("#turn-0:has-text('quiet mouse')")
    page.wait_for_selector(".tab-cart .count")
    assert visit.cards().count() == 4
    visit.told("cheaper ones")
    assert page.locator("#turn-1 .chip").count() > 0

    visit.view("talks")
    with page.expect_download() as one:
        visit.press("export")
    text = Path(one.value.path()).read_text("utf-8")
    assert json.loads(text)["version"] == 1
    with page.expect_download() as everything:
        visit.press("export-all")
    assert len(json.loads(Path(everything.value.path()).read_text("utf-8"))) == 2

    visit.press("delete-all")
    page.wait_for_selector("#panel .empty")
    assert any("cannot be undone" in message for message in visit.dialogs)
    again = visit.open()
    if shopper:
        again.select_option("#choose-user", index=shopper)
        again.wait_for_timeout(500)
    again.click("button[data-act=view][data-key=talks]")
    again.wait_for_selector("#panel .talks .empty")
    visit.close()


def test_a_link_opens_the_reply_in_its_own_browser_and_nowhere_else(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    for message in ("a quiet mouse under $60", "a monitor", "a keyboard"):
        visit.told(message)
    page.locator("#turn-1 button[data-act=copy-link]").click()
    page.wait_for_function("document.querySelector('[role=status].unseen').textContent.includes('copied')")
    link = page.evaluate("navigator.clipboard.readText()")
    query = link.removeprefix(quick_shop)
    own = visit.open(query)
    own.wait_for_selector("#turn-2")
    assert own.locator("#turn-1.active").count() == 1
    assert own.locator("#panel .earlier").count() == 1
    own.wait_for_function("Math.abs(document.getElementById('turn-1').getBoundingClientRect().top) < 400")
    visit.close()
    stranger = Visit(browser, quick_shop, query=query)
    stranger.page.wait_for_selector("#panel .panel-notice:has-text('not kept here')")
    assert stranger.page.locator(".exchange").count() == 0
    stranger.close()


def test_a_link_may_ask(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, query="?ask=a+mouse+under+%2430")
    visit.page.wait_for_selector("#turn-0:has-text('a mouse under $30')")
    visit.answered()
    assert visit.cards().count() > 0
    visit.close()


def test_a_broken_conversation_in_the_browser_harms_no_other(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.told("a quiet mouse under $60")
    page.evaluate("""() => {
        localStorage.setItem('shop.talk.broken', '{');
        const listed = {key: 'odd', title: 'odd one', changed: '2030-01-01T00:00:00', turns: 1, talk: '{"version": 9}'};
        localStorage.setItem('shop.talk.odd', JSON.stringify(listed));
    }""")
    visit.view("talks")
    assert page.locator("#panel button[data-act=open]").count() == 2
    page.locator("#panel button[data-act=open]").first.click()
    page.wait_for_selector(".panel-notice:has-text('could not be opened')")
    assert page.locator("#turn-0").count() == 1
    page.locator("#panel button[data-act=open]").nth(1).click()
    page.wait_for_selector("#panel .panel[data-view=products]")
    assert visit.cards().count() == 4
    visit.close()
