"""A product with variants in a real browser: its card, the list of its variants, and the cart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import SCRIPTED, Visit, opened_shop
from variant_shop import build_variant_shop

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def variant_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a shop of garments."""
    folder = build_variant_shop(tmp_path_factory.mktemp("variants"))
    with opened_shop("--index", str(folder), *SCRIPTED) as address:
        yield address


@pytest.mark.parametrize("size", [(1280, 860), (390, 844)], ids=["desktop", "phone"])
def test_a_variant_is_shown_chosen_and_kept_in_the_cart(
    browser: "Browser", variant_shop: str, size: tuple[int, int]
) -> None:
    visit = Visit(browser, variant_shop, viewport={"width": size[0], "height": size[1]})
    page = visit.page
    visit.told("a red jacket")
    card = visit.cards().first
    assert "in size M, red" in card.inner_text()
    assert "$79.00" in card.locator(".price").first.inner_text()
    card.locator(".variants summary").click()
    rows = card.locator(".variants li")
    assert rows.count() == 4
    assert "$95.00" in rows.nth(1).inner_text()
    assert "Out of stock" in rows.nth(1).inner_text()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"the page is {width} pixels too wide"
    card.locator(".card-acts button[data-act=cart-add]").click()
    page.wait_for_selector(".tab-cart .count:has-text('1')")
    # The list stays open while the page is drawn again.
    rows.nth(0).locator("button").click()
    page.wait_for_selector(".tab-cart .count:has-text('2')")
    visit.view("cart")
    told = page.locator("#panel .rows > li").all_inner_texts()
    assert ["in size M, red" in told[0], "in size S, blue" in told[1]] == [True, True]
    assert "$168.00" in page.inner_text("#panel .total")
    page.locator("#panel .rows > li").nth(1).locator("button[data-act=cart-remove]").click()
    page.wait_for_function("document.querySelectorAll('#panel .rows > li').length === 1")

    visit.told("is it available in blue, size S?")
    assert "The Tidewater rain jacket in size S, blue: $89.00, in stock." in page.inner_text("#turn-1")
    visit.told("running shoes")
    visit.cards().first.locator(".card-acts button[data-act=cart-add]").click()
    page.wait_for_selector(".tab-cart .count:has-text('2')")
    visit.view("cart")
    page.wait_for_selector("#panel button[data-act=cart-choose]")
    page.locator("#panel button[data-act=cart-choose]").nth(2).click()
    page.wait_for_selector("#panel button[data-act=cart-choose]", state="detached")
    assert "in size 43" in page.inner_text("#panel .rows")
    assert "$183.00" in page.inner_text("#panel .total")
    visit.close()
