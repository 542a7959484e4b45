"""Questions about the shop: quoted as its documents have it, refused where they say nothing; guides that help."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.dialogue import Request
from assistant.house import answer, asks_the_house, contact_passages, guides_for, quotation
from index.build import build
from index.demo import DOCUMENTS, PROMOTIONS
from index.documents import Passage
from index.embed import HashEmbedder
from index.folder import Shop, open_shop

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def house(feed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The small shop with the demo store's documents and promotions."""
    folder = tmp_path_factory.mktemp("house") / "index"
    build(
        [feed_folder / "products.jsonl"],
        folder,
        documents=DOCUMENTS,
        promotions=PROMOTIONS,
        embedder=HashEmbedder(),
    )
    opened = open_shop(folder)
    yield opened
    opened.close()


def test_an_answer_is_the_passages_own_words_with_document_and_heading(house: Shop) -> None:
    text, passages = answer("what does standard shipping cost, is express shipping free?", house, TODAY)
    assert passages[0].anchor == "what-it-costs"
    assert text.startswith("From “Shipping”, What it costs: “Standard shipping costs $4.95.")
    quoted = text.partition(": “")[2].partition("”")[0]
    assert quoted == passages[0].text


def test_what_no_document_says_is_not_known_and_who_knows_is_named(house: Shop) -> None:
    text, passages = answer("zyxwv qwfpg?", house, TODAY)
    assert text == (
        "I do not know: the store's documents do not say that. From “Contact and opening hours”, How to reach us: “"
        "Write to help@larkmoor.example or call 555-0142. We answer e-mails within one working day.”"
    )
    assert [passage.file for passage in passages] == ["contact.md"]


def test_a_shop_without_documents_does_not_know(shop: Shop) -> None:
    assert answer("do you ship to Canada?", shop, TODAY) == (
        "I do not know: the store's documents do not say that. Please ask the store.",
        (),
    )
    assert contact_passages(shop) == ()


def test_of_a_long_passage_the_sentence_and_the_next_are_quoted() -> None:
    numbers = ("one", "two", "three", "four")
    passage = Passage(
        "Terms", "policy", (), " ".join(f"{word} {'a' * 100}.".capitalize() for word in numbers), "t.md", ""
    )
    text = quotation(passage, 1)
    assert text.startswith("From “Terms”, Terms: “Two ")
    assert "Three" in text
    assert "One" not in text
    assert "Four" not in text


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("de", "Das weiß ich nicht"),
        ("es", "No lo sé"),
        ("fr", "Je ne sais pas"),
        ("zh", "我不知道"),
        ("ja", "わかりません"),
    ],
)
def test_the_words_around_a_quotation_are_in_the_shoppers_language(house: Shop, language: str, begins: str) -> None:
    text, _ = answer("zyxwv?", house, TODAY, language)
    assert text.startswith(begins)
    assert "help@larkmoor.example" in text


def test_promotions_are_asked_before_documents(house: Shop) -> None:
    text, passages = answer("any deals on mice?", house, TODAY)
    assert text.startswith("“Mouse weeks”: 10 % off until 31 December 2027, on Mice.")
    assert passages == ()


def guided(shop: Shop, **more: object) -> list[tuple[str, str]]:
    request = dataclasses.replace(Request(query="monitor", kinds=("Monitors",)), **more)  # type: ignore[arg-type]
    return [(passage.document, passage.heading) for passage in guides_for(request, shop)]


def test_the_guide_of_the_kind_sought_comes_first_at_the_section_that_fits(house: Shop) -> None:
    assert guided(house, query="monitor for games")[0] == ("Choosing a monitor", "For games")
    assert guided(house)[0] == ("Choosing a monitor", "Size and resolution")
    assert len(guided(house)) <= 2


def test_a_guide_about_many_kinds_is_shown_for_one_only_where_it_names_it(house: Shop) -> None:
    assert guided(house, query="mouse", kinds=("Computers > Mice",)) == [
        ("A home office on a budget", "A small budget"),
    ]
    both = ("Desks", "Office Chairs")
    assert guided(house, query="home office", kinds=both, bundle=True) == [
        ("A home office on a budget", "What to spend on first"),
    ]


@pytest.mark.parametrize(
    "more", [{"act": "goes_with"}, {"order": "cheapest"}, {"anchor_ids": ("n1",)}, {"kinds": ()}, {"kinds": ("Docks",)}]
)
def test_no_guide_where_it_does_not_help(house: Shop, more: dict[str, object]) -> None:
    assert guided(house, **more) == []


@pytest.mark.parametrize(
    ("message", "kinds", "asked"),
    [
        ("any deals on mice?", ("Mice",), True),
        ("is standard shipping free for orders?", (), True),
        ("is standard shipping free for orders?", ("Mice",), False),
        ("I want a mouse on sale", ("Mice",), False),  # a wish, and no question
        ("what about a red one?", (), False),
    ],
)
def test_which_messages_are_for_the_house(house: Shop, message: str, kinds: tuple[str, ...], asked: bool) -> None:
    assert asks_the_house(message, house, kinds) is asked
