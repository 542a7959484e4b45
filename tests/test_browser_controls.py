"""Every control of the page, pressed in a real browser over the demo store with answers that come at once."""

import re
from typing import TYPE_CHECKING

import pytest
from browsing import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

DESKTOP = {"width": 1280, "height": 860}


def test_cards_are_liked_ticked_and_put_into_the_cart(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.told("a quiet mouse under $60")
    visit.press("like")
    page.wait_for_selector("button[data-act=unlike][aria-pressed=true]")
    assert page.evaluate("document.activeElement.dataset.act") == "unlike"
    page.wait_for_function("document.querySelector('[role=status].unseen').textContent.includes('you like this')")
    visit.press("unlike")
    page.wait_for_selector("button[data-act=unlike]", state="detached")

    unwanted = visit.cards().nth(3).locator("h3").inner_text()
    visit.cards().nth(3).locator("button[data-act=dislike]").click()
    page.wait_for_selector(".card.unwanted")
    visit.told("others")
    assert unwanted not in visit.cards().locator("h3").all_inner_texts()

    ticks = [visit.cards().nth(place).locator(".ticks") for place in range(3)]
    for tick in ticks:  # one after the other, faster than any answer: no tick may be lost
        tick.evaluate("button => button.click()")
    page.wait_for_selector(".tab-compare .count:has-text('3')")
    visit.view("compare")
    columns = page.locator("#panel thead th[scope=col]").count() - 1
    assert columns == 3
    assert page.locator("#panel tbody th[scope=row]").first.inner_text().lower() == "price"
    visit.press("uncompare")
    page.wait_for_function(f"document.querySelectorAll('#panel thead th[scope=col]').length !== {columns + 1}")

    visit.view("products")
    visit.press("cart-add")
    page.wait_for_selector(".tab-cart .count")
    visit.view("cart")
    price = _amount(page.inner_text("#panel .total"))
    visit.press("cart-more")
    page.wait_for_selector("#panel .stepper:has-text('2')")
    assert _amount(page.inner_text("#panel .total")) == pytest.approx(2 * price)
    visit.press("cart-less")
    page.wait_for_selector("#panel .stepper:has-text('1')")
    visit.press("cart-remove")
    page.wait_for_selector("#panel .empty")
    visit.close()


def test_reasons_unfold_and_stay_open_while_the_page_is_redrawn(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.told("a monitor under $400")
    card = visit.cards().first
    folds = card.locator("details").count()
    assert folds >= 2
    for place in range(folds):
        card.locator("summary").nth(place).click()
    assert card.locator("details[open]").count() == folds
    assert card.locator(".evidence li").count() > 0
    assert card.locator(".signals li").count() > 0
    visit.press("like")
    page.wait_for_selector("button[data-act=unlike]")
    assert card.locator("details[open]").count() == folds
    page.locator("#panel details[open] summary").first.focus()
    page.keyboard.press("Escape")
    assert card.locator("details[open]").count() == folds - 1
    visit.close()


def test_a_chip_reranks_and_quick_replies_and_links_work(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.told("a mouse under $30, not Pellwin")
    assert page.locator("#turn-0 .chip").count() == 2
    visit.press("chip")
    page.wait_for_selector("#turn-1")
    visit.answered()
    assert page.locator("#turn-1 .chip").count() == 1
    assert "Pellwin" in page.inner_text("#turn-1 .chips")
    page.locator("#turn-1 .quick button").first.click()
    page.wait_for_selector("#turn-2")
    visit.answered()

    first = page.locator("#turn-0 .pick-title").all_inner_texts()
    page.locator("#turn-0 button[data-act=show-answer]").first.click()
    page.wait_for_selector("#panel .earlier")
    assert visit.cards().locator("h3").all_inner_texts() == first
    page.locator("#panel .earlier button").click()
    page.wait_for_selector("#panel .earlier", state="detached")

    visit.press("ask")
    page.wait_for_selector("#turn-3")
    visit.answered()
    assert "What goes with" in page.inner_text("#turn-3 .asked")
    visit.press("retry")
    page.wait_for_selector("#turn-3 .answer[aria-busy=false]")
    visit.answered()
    assert page.locator(".exchange").count() == 4
    visit.press("undo")
    page.wait_for_selector("#turn-3", state="detached")
    visit.close()


def test_a_set_is_shown_with_its_total_and_swapped_in_one_place(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.told("a home office under $600")
    titles = visit.cards().locator("h3").all_inner_texts()
    assert len(titles) >= 3
    assert _amount(page.inner_text("#panel .set-total strong")) <= 600
    visit.cards().nth(1).locator("button[data-act=swap]").click()
    page.wait_for_selector("#turn-1")
    visit.answered()
    after = visit.cards().locator("h3").all_inner_texts()
    assert len(after) == len(titles)
    assert after[0] == titles[0]
    assert after[1] != titles[1]
    assert _amount(page.inner_text("#panel .set-total strong")) <= 600
    visit.close()


def test_what_is_known_is_forgotten_recalled_and_switched_off(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    visit.view("memory")
    page.wait_for_selector("#panel .empty")
    visit.pick(1)
    visit.view("memory")
    count = page.locator("#panel button[data-act=forget]").count()
    assert count > 1
    visit.press("forget")
    page.wait_for_selector("#panel button[data-act=recall]")
    visit.press("recall")
    page.wait_for_selector("#panel button[data-act=recall]", state="detached")
    assert page.locator("#panel button[data-act=forget]").count() == count
    visit.press("history-off")
    page.wait_for_selector("#panel button[data-act=history-on]")
    visit.press("history-on")
    page.wait_for_selector("#panel button[data-act=history-off]")
    visit.close()


def test_language_and_theme_are_chosen_and_stay(browser: "Browser", quick_shop: str) -> None:
    visit = Visit(browser, quick_shop, viewport=DESKTOP)
    page = visit.page
    page.select_option("#choose-language", "zh")
    page.wait_for_selector("h1:has-text('购物助手')")
    assert page.get_attribute("#box textarea", "placeholder") == "请说出您的需求……"
    assert page.inner_text("#send") == "发送"
    assert page.get_attribute("html", "lang") == "zh-CN"
    dark = page.evaluate("document.body.classList.contains('dark')")
    visit.press("theme")
    assert page.evaluate("document.body.classList.contains('dark')") is not dark
    again = visit.open()
    again.wait_for_selector("h1:has-text('购物助手')")
    assert again.evaluate("document.body.classList.contains('dark')") is not dark
    again.select_option("#choose-language", "en")
    again.wait_for_selector("h1:has-text('Shop assistant')")
    visit.close()
    reader = Visit(browser, quick_shop, locale="zh-CN")
    assert reader.page.inner_text("h1") == "购物助手"
    reader.close()


def test_two_visitors_do_not_see_each_other(browser: "Browser", quick_shop: str) -> None:
    one, two = Visit(browser, quick_shop), Visit(browser, quick_shop)
    one.told("thanks")
    two.told("a mouse under $30")
    assert "thanks" not in two.page.inner_text("#talk")
    assert one.page.locator(".exchange").count() == 1
    assert one.cards().count() == 0
    for visit in (one, two):
        visit.close()


def _amount(text: str) -> float:
    found = re.search(r"\$([\d,]+\.\d\d)", text)
    assert found is not None, text
    return float(found.group(1).replace(",", ""))
