"""What was asked for, how products compare, and what speaks against one: true of the records, and only then told."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import Request
from assistant.ground import unsupported
from assistant.standing import count_word, standing
from index.catalog import Constraints, Product, Span


def _mouse(
    name: str, price: str | None = "20", *, title: str = "", rating: float | None = None, **more: str
) -> Product:
    return Product(
        name,
        title or f"Pebble {name} mouse",
        brand="Pebble",
        category="Computers > Mice",
        price=None if price is None else Decimal(price),
        currency="USD",
        rating=rating,
        rating_count=None if rating is None else 50,
        attributes={key: (value,) for key, value in more.items()},
    )


LIGHT = _mouse("light", "30", rating=4.8, weight="60 g", backlight="No", connection="wireless", color="Black")
MIDDLE = _mouse("middle", "20", rating=4.5, weight="85 g", connection="cable", color="White")
HEAVY = _mouse("heavy", "25", rating=4.1, weight="0.12 kg", backlight="Yes", connection="cable", color="Black")
SHOWN = (LIGHT, MIDDLE, HEAVY)


def _told(
    product: Product, source: str, request: Request | None = None, shown: tuple[Product, ...] = SHOWN
) -> list[str]:
    found = standing(product, request or Request(), shown)
    return [one.text for one in found if one.source == source]


# --- what was asked for


def test_words_of_the_message_that_the_record_supports() -> None:
    asked = Request(query="black wireless mouse with a backlight", kinds=("mouse",))
    assert _told(LIGHT, "asked", asked) == ["you asked for black", "you asked for wireless"]
    assert _told(HEAVY, "asked", asked) == ["you asked for black", "you asked for backlight"]
    assert _told(MIDDLE, "asked", asked) == []


@pytest.mark.parametrize(
    "query",
    ["mouse", "cheap mouse in stock", "mouse under 40", "the best mouse you have", "40", "a good price please", ""],
)
def test_kind_price_stock_and_praise_are_nothing_to_tell(query: str) -> None:
    cheap = replace(MIDDLE, title="Cheap best mouse in stock 40 good price")
    assert _told(cheap, "asked", Request(query=query, kinds=("mouse",)), (cheap, LIGHT, HEAVY)) == []


def test_a_flag_must_be_the_thing_itself() -> None:
    phone = Product("p", "Norvik One", attributes={"wireless_charging": ("Yes",)})
    assert _told(phone, "asked", Request(query="wireless"), (phone,)) == []
    assert _told(phone, "asked", Request(query="wireless charging"), (phone,)) == ["you asked for wireless charging"]


def test_demands_that_are_met() -> None:
    notebook = Product("n", "Norvik Slate", brand="Norvik", attributes={"memory": ("32 GB",), "color": ("Space Gray",)})
    asked = Request(constraints=Constraints(brands=("norvik",), attributes={"memory": Span(min=16)}))
    assert _told(notebook, "asked", asked) == ["you asked for 16 GB memory or more", "you asked for Norvik"]
    bounded = Request(constraints=Constraints(attributes={"memory": Span(max=64), "color": ("space gray",)}))
    assert _told(notebook, "asked", bounded) == ["you asked for 64 GB memory or less", "you asked for space gray"]
    missed = Request(constraints=Constraints(brands=("Other",), attributes={"memory": Span(min=64)}))
    assert _told(notebook, "asked", missed) == []
    without_unit = replace(notebook, attributes={"memory": ("32",)})
    assert _told(without_unit, "asked", Request(constraints=Constraints(attributes={"memory": Span(min=16)}))) == []


def test_prices_and_stock_are_never_told_as_asked_for() -> None:
    asked = Request(constraints=Constraints(price_max=Decimal(40), in_stock=True))
    assert standing(MIDDLE, asked, (MIDDLE,)) == ()


# --- comparisons


def test_the_lightest_is_told_whatever_the_unit() -> None:
    assert _told(LIGHT, "compared", Request(query="light mouse"))[0] == "the lightest of these three"
    assert "the heaviest of these three" in _told(HEAVY, "against")
    assert _told(LIGHT, "asked", Request(query="light mouse", kinds=("mouse",))) == ["you asked for light"]
    assert _told(HEAVY, "asked", Request(query="light mouse", kinds=("mouse",))) == []


def test_price_and_rating_compare() -> None:
    assert _told(MIDDLE, "compared") == ["the cheapest of these three"]
    assert "the dearest of these three" in _told(LIGHT, "against")
    assert "the highest rated of these three" in _told(LIGHT, "compared")
    assert _told(LIGHT, "against", Request(order="dearest")) == []


@pytest.mark.parametrize(
    "other",
    [
        _mouse("x", None, connection="cable"),
        _mouse("x", "30", weight="60 g"),
        _mouse("x", "30", weight="60 lots"),
        replace(_mouse("x", "30", weight="70 g"), currency="EUR", category="Computers > Keyboards"),
    ],
    ids=["no measure", "as light", "another unit", "another kind"],
)
def test_what_cannot_be_compared_is_not(other: Product) -> None:
    shown = (LIGHT, MIDDLE, other)
    assert not any("lightest" in text or "dearest" in text for text in _told(LIGHT, "compared", None, shown))
    assert not any("dearest" in text for text in _told(LIGHT, "against", None, shown))


def test_two_products_are_no_these() -> None:
    assert _told(LIGHT, "compared", None, (LIGHT, MIDDLE)) == []


def test_the_only_one_that_has_what_was_asked_for() -> None:
    asked = Request(query="wireless mouse", kinds=("mouse",))
    assert _told(LIGHT, "compared", asked)[0] == "the only one of these three with wireless on record"
    described = replace(HEAVY, description="Also wireless.")
    assert not any("only" in text for text in _told(LIGHT, "compared", asked, (LIGHT, MIDDLE, described)))


# --- what speaks against it


def test_what_another_one_has_is_missed() -> None:
    asked = Request(query="mouse with backlight", kinds=("mouse",))
    assert _told(LIGHT, "against", asked)[0] == "no backlight"
    assert _told(MIDDLE, "against", asked)[0] == "no backlight in its record"
    assert not any("backlight" in text for text in _told(HEAVY, "against", asked))


def test_what_none_has_or_the_description_mentions_is_not_missed() -> None:
    asked = Request(query="mouse with backlight", kinds=("mouse",))
    assert not any("backlight" in text for text in _told(MIDDLE, "against", asked, (LIGHT, MIDDLE)))
    described = replace(MIDDLE, description="A backlight glows.")
    assert not any("backlight" in text for text in _told(described, "against", asked, (LIGHT, described, HEAVY)))


def test_counts_are_words() -> None:
    assert [count_word(number) for number in (2, 4, 10, 11)] == ["two", "four", "ten", "11"]


_WORDS = st.lists(
    st.sampled_from(["black", "white", "wireless", "cable", "backlight", "light", "60", "g", "mouse"]), max_size=6
)


@given(_WORDS, st.permutations(SHOWN))
def test_every_statement_holds_for_itself(words: list[str], shown: list[Product]) -> None:
    for product in shown:
        evidence = standing(product, Request(query=" ".join(words), kinds=("mouse",)), shown)
        for one in evidence:
            assert unsupported(one.text, evidence) == (), one
        assert len({one.text for one in evidence}) == len(evidence)


# --- words that wish for nothing


@pytest.mark.parametrize(
    "query",
    ["how many for 40 m2", "ab 8 Jahren", "5 x 60", "für 2 Personen", "por 3 años", "2 Ah", "in 42"],
)
def test_units_and_small_words_of_other_languages_are_no_wish(query: str) -> None:
    product = replace(MIDDLE, title="Mouse 600 m2 5 x 60 ab 8 Jahren für 2 Personen 3 años 2 Ah 42")
    assert _told(product, "asked", Request(query=query, kinds=("mouse",))) == []


def test_a_size_is_told_once() -> None:
    sized = replace(MIDDLE, attributes={"size": ("M",)})
    asked = Request(query="mouse size m", kinds=("mouse",), constraints=Constraints(attributes={"size": ("M",)}))
    assert _told(sized, "asked", asked) == ["you asked for size M"]
    number = replace(MIDDLE, attributes={"size": ("42",)})
    asked = replace(asked, query="mouse", constraints=Constraints(attributes={"size": ("42",)}))
    assert _told(number, "asked", asked) == ["you asked for size 42"]
    packed = replace(MIDDLE, attributes={"size": ("5 x 60 mm, 200 pcs",)})
    asked = replace(asked, constraints=Constraints(attributes={"size": ("5 x 60 mm, 200 pcs",)}))
    assert _told(packed, "asked", asked) == ["you asked for size 5 x 60 mm"]


def test_for_whom_a_thing_is_made_is_what_its_record_says() -> None:
    asked = Request(
        query="black mouse for women", kinds=("mouse",), constraints=Constraints(attributes={"gender": ("unisex",)})
    )
    hers = replace(MIDDLE, attributes={"gender": ("female",)})
    everyone = replace(HEAVY, attributes={"gender": ("unisex",)})
    titled = replace(LIGHT, title="Women's mouse")
    shown = (hers, everyone, titled)
    assert not any("women" in text for one in (hers, everyone) for text in _told(one, "against", asked, shown))
    assert _told(everyone, "asked", asked, shown) == []
    assert "you asked for women" in _told(titled, "asked", asked, shown)
    mens = replace(MIDDLE, title="Men's mouse", attributes={})
    assert "no women in its record" in _told(mens, "against", asked, (mens, titled))


def test_what_all_are_for_is_no_answer_to_a_narrower_wish() -> None:
    asked = Request(query="cream for dry skin")
    dry = replace(MIDDLE, title="Balm", attributes={"suits": ("dry skin",)})
    oily = replace(MIDDLE, product_id="oily", title="Gel", attributes={"suits": ("oily skin",)})
    assert _told(dry, "asked", asked, (dry, oily)) == ["you asked for dry skin"]
    assert _told(oily, "asked", asked, (dry, oily)) == []
    wireless = replace(LIGHT, product_id="other")
    asked = Request(query="quiet wireless mouse", kinds=("mouse",))
    assert _told(LIGHT, "asked", asked, (LIGHT, wireless)) == ["you asked for wireless"]
