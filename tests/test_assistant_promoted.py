"""Questions about what is reduced: which promotions they mean, dates and conditions, and what is no such question."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.promoted import asks_for_promotions, coverage_text, promotion_text
from index.build import build
from index.demo import PROMOTIONS
from index.embed import HashEmbedder
from index.folder import Shop, open_shop
from index.promotions import Coverage, Promotion

TODAY = date(2026, 11, 24)
_ROWS = """
{"promotion_id": "mice", "title": "Mouse weeks", "percent": "10", "ends": "2026-11-30",
 "covers": {"categories": ["Mice"]}}
{"promotion_id": "tern", "title": "Tern days", "percent": "20", "code": "TERN20", "covers": {"brands": ["Tern"]}}
{"promotion_id": "first", "title": "Welcome", "amount": "5.00", "currency": "USD", "first_order": true,
 "covers": {"everything": true}, "excludes": {"categories": ["Printers"], "product_ids": ["n1"]}}
{"promotion_id": "ink", "title": "Ink weeks", "percent": "10", "ends": "2026-10-31",
 "covers": {"categories": ["Printers"]}}
{"promotion_id": "snow", "title": "Snow days", "percent": "10", "starts": "2027-01-02",
 "covers": {"product_ids": ["p1"]}}
"""


@pytest.fixture(scope="module")
def reduced(feed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("reduced")
    (folder / "promotions.jsonl").write_text(_ROWS.strip().replace("\n ", " "), encoding="utf-8")
    report = build(
        [feed_folder / "products.jsonl"],
        folder / "index",
        promotions=folder / "promotions.jsonl",
        embedder=HashEmbedder(),
    )
    assert report.promotions == 5
    opened = open_shop(folder / "index")
    yield opened
    opened.close()


MICE = "“Mouse weeks”: 10 % off until 30 November, on Mice."
TERN = "“Tern days”: 20 % off with code TERN20, on everything by Tern."
FIRST = "“Welcome”: $5.00 off on a first order, on everything except Printers and the Corvid Slate 14 notebook."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("any deals on mice?", f"{MICE} {FIRST}"),
        ("is there a discount code?", TERN),
        ("What promotions are running right now?", f"{MICE} {TERN} {FIRST}"),
        ("is there a discount on Tern docks", f"{TERN} {FIRST}"),
        ("does TERN20 still work?", TERN),
        ("any first order discount?", FIRST),
        (
            "are printers on sale?",
            "No promotion on printers runs today. To come: “Snow days”: 10 % off from 2 January 2027, on the Halden "
            "LaserJet P4014 printer.",
        ),
        ("is there a student discount?", ""),  # none of them knows of students
        ("where do I enter a coupon code?", ""),
        ("can I use two discounts?", ""),
        ("do you offer data recovery?", ""),
        ("do you ship to Canada?", ""),
    ],
)
def test_what_the_promotions_say(reduced: Shop, question: str, text: str) -> None:
    assert promotion_text(question, reduced, TODAY) == text


def test_when_all_are_over_the_last_is_named(reduced: Shop) -> None:
    text = promotion_text("printers on sale?", reduced, date(2026, 11, 24))
    assert "To come" in text
    later = promotion_text("any deals on mice?", reduced, date(2030, 1, 1))
    assert "Mouse weeks" not in later  # the one without an end still runs
    assert later == FIRST


def test_this_product_is_answered_with_its_price(reduced: Shop) -> None:
    text = promotion_text("is it on sale?", reduced, TODAY, ["m1", "p2"])
    assert text == (
        "The Pebble quiet wireless mouse: 10 % off until 30 November: $22.41; $5.00 off on a first order: $19.90. "
        "No promotion covers the Halden LaserJet P4015tn printer today."
    )


def test_more_promotions_than_are_told_are_counted(demo_shop_promotions: Shop) -> None:
    text = promotion_text("any promotions?", demo_shop_promotions, TODAY)
    assert text.endswith("And 4 more promotions running.")


@pytest.fixture(scope="module")
def demo_shop_promotions(feed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("promoted") / "index"
    build([feed_folder / "products.jsonl"], folder, promotions=PROMOTIONS, embedder=HashEmbedder())
    opened = open_shop(folder)
    yield opened
    opened.close()


def test_a_shop_without_promotions_says_nothing_of_them(shop: Shop) -> None:
    assert asks_for_promotions("any deals?", shop)
    assert promotion_text("any deals?", shop, TODAY) == ""


def test_coverage_in_words(shop: Shop) -> None:
    def told(**own: object) -> str:
        promotion = Promotion("p", "P", percent=Decimal(5), covered=Coverage(**own))  # type: ignore[arg-type]
        return coverage_text(promotion, shop)

    assert told(categories=("Computers > Mice", "Docks"), brands=("Tern",)) == "Mice and Docks by Tern"
    assert told(product_ids=frozenset({"m1", "m2", "m3"})) == (
        "the Pebble quiet wireless mouse, the Pebble travel mouse and 1 more"
    )
    assert told(product_ids=frozenset({"gone"})) == "products not carried now"
