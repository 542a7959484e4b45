"""The product panel: cards with their reasons and buttons, sets, near misses; nothing of a record becomes markup."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_shop import COUPON, PRODUCTS, TENTH, TODAY, Read, product, scene

from assistant.cart import add
from assistant.dialogue import Evidence, Recommendation, Request, Session, Turn
from assistant.memory import dislike, like
from assistant.shelf import card_html, products_html
from assistant.talk import Answer
from index.catalog import AVAILABILITIES, Constraints, Product
from index.promotions import offers_for

REQUEST = Request(query="mouse", kinds=("mouse",), constraints=Constraints(price_max=Decimal(40)))
SHOWN = (
    Recommendation(
        PRODUCTS["a"],
        rationale="Its buttons are silent.",
        written=True,
        evidence=(Evidence("brand", "Larken"), Evidence("attribute", "silent buttons")),
        signals={"words": 1.0, "kind": 1.0, "freshness": 0.01},
        offers=offers_for(PRODUCTS["a"], (TENTH, COUPON), TODAY),
    ),
    Recommendation(PRODUCTS["b"], rationale="Ostra, 82 g.", signals={"words": 0.5}),
)
SESSION = Session(turns=(Turn("a mouse", REQUEST, "Two fit.", ("a", "b")),))
ANSWER = Answer("a mouse", Session(), "Two fit.", REQUEST, SHOWN, done=True)


def test_a_card_says_what_the_record_says() -> None:
    html = products_html(ANSWER, SESSION, scene())
    read = Read(html)
    for words in ("2 products", "Larken · Mice", "Larken Hush a", "$29.90", "4.3 (1,270)", "In stock"):
        assert words in " ".join(read.text.split()), words
    assert "10 % off: $26.91" in read.text
    assert html.index("10 % off") < html.index("<summary>1 more offer") < html.index("HELLO5")


def test_a_reason_stands_with_what_it_rests_on_and_why_it_is_here() -> None:
    html = products_html(ANSWER, SESSION, scene())
    assert "Its buttons are silent." in html
    assert "<li><span>Brand</span> Larken</li>" in html
    assert "Why this first?" in html
    assert html.count("Why here?") == 1
    read = Read(html)
    assert "Has the words of your message82 %" in read.text
    assert "Newer than most" not in read.text
    assert ">Facts<" in html


def test_a_reason_on_its_way_is_told_and_a_broken_one_is_not_awaited() -> None:
    young = replace(ANSWER, recommendations=(Recommendation(PRODUCTS["a"]),), done=False)
    assert "The reason is being written" in products_html(young, SESSION, scene())
    assert "The reason is being written" not in products_html(replace(young, trouble="Broken."), SESSION, scene())
    half = replace(young, rationales={"a": "Its buttons"})
    assert "Its buttons" in products_html(half, SESSION, scene())


def test_every_card_can_be_acted_on_and_says_what_was_done() -> None:
    read = Read(products_html(ANSWER, SESSION, scene(), turn=3))
    assert read.acts("a") == ["like", "cart-add", "compare", "ask", "dislike"]
    done = add(dislike(like(SESSION, "a"), "b"), "a", 2)
    html = products_html(ANSWER, done, scene(), ticked=("a",))
    read = Read(html)
    assert read.button("unlike", "a")["aria-pressed"] == "true"
    assert "In your cart: 2" in html
    assert "You are not interested in this one." in html
    assert [
        one["aria-pressed"] for one in read.buttons if one["data-act"] == "uncompare" and "aria-pressed" in one
    ] == ["true"]
    assert "Tick one more" in html
    assert "Compare 2 products" in products_html(ANSWER, done, scene(), ticked=("a", "b", "gone"))


def test_a_set_tells_its_total_against_the_limit_and_each_can_be_swapped() -> None:
    request = replace(REQUEST, bundle=True, constraints=Constraints(price_max=Decimal(80)))
    pieces = (SHOWN[0], Recommendation(PRODUCTS["desk"]))
    answer = replace(ANSWER, request=request, recommendations=pieces)
    session = Session(turns=(Turn("a set", request, "A set", ("a", "desk")),))
    read = Read(products_html(answer, session, scene(), turn=1))
    text = " ".join(read.text.split())
    assert "A set of 2" in text
    assert "Together $228.90 of $80.00" in text
    assert "$148.90 over your limit" in text
    assert read.button("swap", "desk")["data-turn"] == "1"
    roomy = replace(request, constraints=Constraints(price_max=Decimal(300)))
    assert "$71.10 left" in products_html(replace(answer, request=roomy), session, scene())
    assert 'data-act="swap"' not in products_html(answer, session, scene(), latest=False)
    assert 'data-act="swap"' not in products_html(answer, Session(), scene())


def test_the_nearest_say_what_they_miss_in_money_where_it_is_money() -> None:
    answer = replace(ANSWER, recommendations=(), nearest={"b": ("price_max", "brands"), "c": ("price_max",), "no": ()})
    text = Read(products_html(answer, SESSION, scene())).text
    assert "Nothing fits everything. The nearest:" in text
    assert "$5.00 over your limit; another brand" in text
    assert "Over your price" in text


def test_an_empty_panel_a_waiting_one_and_an_earlier_one_have_their_looks() -> None:
    assert "What you ask for appears here" in products_html(None, Session(), scene())
    waiting = products_html(Answer("a mouse", Session()), Session(), scene())
    assert 'aria-busy="true"' in waiting
    assert "Looking for products" in waiting
    early = Read(products_html(ANSWER, SESSION, scene(), latest=False))
    assert "You are looking at an earlier answer. “a mouse”" in early.text
    assert early.button("show-answer")["data-key"] == "latest"


def test_pictures_come_from_the_folder_and_from_hosts_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "mouse.svg").write_text("<svg/>")
    here = scene(folder=tmp_path, hosts=frozenset({"img.example"}))

    def source(image_url: str) -> list[str]:
        return Read(card_html(product("x", image_url=image_url), "", Session(), here, 0)).attributes.get("src", [])

    assert source("pictures/mouse.svg") == ["pictures/mouse.svg"]
    assert source("https://img.example/a.png?x=1&y=2") == ["https://img.example/a.png?x=1&y=2"]
    assert source("https://IMG.example/a.png") == ["https://IMG.example/a.png"]
    for elsewhere in (
        "http://img.example/a.png", "https://evil.example/a.png", "https://img.example.evil.example/a.png",
        "https://img.example@evil.example/a.png", "//img.example/a.png", "pictures/../secret.svg", "",
    ):  # fmt: skip
        assert source(elsewhere) == [], elsewhere


@pytest.mark.parametrize("availability", AVAILABILITIES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_availability_has_words(availability: str, language: str) -> None:
    words = scene(language).texts[f"stock.{availability}"]
    assert words in card_html(product("x", availability=availability), "", Session(), scene(language), 0)


@given(st.text(), st.text(), st.text())
def test_no_text_whatever_becomes_markup(title: str, words: str, url: str) -> None:
    shown = Recommendation(
        product("<x>", title=title, brand=words, category=url, url=url, image_url=url),
        rationale=words,
        evidence=(Evidence(words, url),),
    )
    answer = replace(ANSWER, message=words, recommendations=(shown,))
    plain = products_html(replace(ANSWER, recommendations=(replace(SHOWN[0], rationale="x"),)), SESSION, scene())
    read = Read(products_html(answer, SESSION, scene(), ticked=("<x>",), latest=False))
    assert set(read.tags) <= {*Read(plain).tags, "a"}
    assert {name for name in read.attributes if name.startswith("on")} == set()
    assert "src" not in read.attributes


def test_an_offer_that_is_over_is_not_drawn() -> None:
    past = replace(TENTH, ends=TODAY - timedelta(days=1))
    shown = replace(SHOWN[0], offers=offers_for(PRODUCTS["a"], (past,), TODAY))
    assert "10 %" not in products_html(replace(ANSWER, recommendations=(shown,)), SESSION, scene())


def _card(**changes: object) -> Read:
    return Read(card_html(product("x", **changes), "", Session(), scene(), 0))


def test_a_reduced_price_shows_the_price_before_and_a_raised_one_does_not() -> None:
    assert "was $39.90" in _card(list_price=Decimal("39.90")).text
    assert "19.90" not in _card(list_price=Decimal("19.90")).text


def test_only_a_web_address_becomes_a_link_and_a_guarded_one() -> None:
    linked = _card(url="https://shop.example/p/1?a=1&b=2")
    assert linked.attributes["href"] == ["https://shop.example/p/1?a=1&b=2"]
    assert linked.attributes["rel"] == ["noopener noreferrer nofollow"]
    assert "a" not in _card(url="javascript:alert(1)").tags


def test_a_product_of_which_nothing_is_stated_still_has_a_card() -> None:
    text = Read(card_html(Product("p", "Thing"), "", Session(), scene(), 0)).text
    for words in ("Thing", "Price not stated", "Stock not stated"):
        assert words in text
