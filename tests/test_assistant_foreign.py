"""A shop whose records are in German: what is sought stays as it is said there, what is refused is refused."""

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.dialogue import Request, Session
from assistant.foreign import Spoken, told
from assistant.languages import written_in
from assistant.rendering import Translated
from assistant.vocabulary import Vocabulary
from index.build import build
from index.catalog import Constraints, Span
from index.embed import HashEmbedder
from index.folder import Shop, open_shop

_TEXT = "von {brand}, für die ganze Familie und für Freunde. Batterien sind nicht enthalten."
_ROWS = (
    ("k1", "Kartenspiel Sturmkap", "Kartenspiele", "Nordholt", "9.90", "ab 8 Jahren"),
    ("k2", "Kartenspiel Mondhafen", "Kartenspiele", "Bärwinkel", "7.90", "ab 8 Jahren"),
    ("k3", "Kartenspiel Zwergenmarkt", "Kartenspiele", "Bärwinkel", "8.90", "ab 4 Jahren"),
    ("f1", "Die Inseln von Telmar", "Brettspiele > Familienspiele", "Nordholt", "24.90", "ab 8 Jahren"),
    ("p1", "Puzzle Hafenstadt 1000 Teile", "Puzzles", "Nordholt", "12.90", "ab 8 Jahren"),
    ("p2", "Puzzle Bergsee 500 Teile", "Puzzles", "Bärwinkel", "11.90", "ab 8 Jahren"),
    ("t1", "Plüschtier Dachs", "Kuscheltiere", "Bärwinkel", "15.90", "ab 2 Jahren"),
)


@pytest.fixture(scope="module")
def german_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("german")
    rows = [
        {
            "product_id": one,
            "title": title,
            "category": category,
            "brand": brand,
            "price": price,
            "currency": "EUR",
            "availability": "in_stock",
            "description": f"{title} {_TEXT.format(brand=brand)}",
            "attributes": {"Altersempfehlung": age},
        }
        for one, title, category, brand, price, age in _ROWS
    ]
    (folder / "products.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build([folder / "products.jsonl"], folder / "index", embedder=HashEmbedder())
    opened = open_shop(folder / "index")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def assistant(german_shop: Shop) -> Assistant:
    return Assistant(german_shop, None)


def asked(assistant: Assistant, message: str) -> Request:
    return assistant.reply(assistant.session(), message).request


def test_records_tell_their_language(german_shop: Shop, demo_shop: Shop) -> None:
    assert Vocabulary(german_shop.rows).language == "de"
    assert Vocabulary(demo_shop.rows).language == ""
    assert written_in(["静かなマウスです"]) == "ja"
    assert written_in(["无线鼠标，适合办公"]) == "zh"
    assert written_in([]) == ""


def test_a_refused_maker_is_not_demanded(assistant: Assistant) -> None:
    request = asked(assistant, "Puzzle nicht von Nordholt")
    assert request.constraints.not_brands == ("Nordholt",)
    assert request.constraints.brands == ()
    assert request.language == "de"
    assert assistant.reply(assistant.session(), "Puzzle nicht von Nordholt").product_ids[0] == "p2"


def test_an_age_that_records_state_is_demanded_and_is_no_price(assistant: Assistant) -> None:
    request = asked(assistant, "Kartenspiel ab 8 Jahren unter 20 Euro")
    assert request.constraints.price_min is None
    assert request.constraints.price_max == Decimal(20)
    assert dict(request.constraints.attributes) == {"altersempfehlung": ("ab 8 Jahren",)}
    shown = assistant.reply(assistant.session(), "Kartenspiel ab 8 Jahren").recommendations
    assert {one.product.product_id for one in shown} == {"k1", "k2"}
    assert asked(assistant, "Kartenspiel ab 8 Euro").constraints.price_min == Decimal(8)


def test_an_age_or_a_number_of_people_that_is_not_applied_is_told(assistant: Assistant) -> None:
    text = assistant.reply(assistant.session(), "Kartenspiel für 2 Personen, ab 6 Jahren").text
    assert "Nicht berücksichtigen konnte ich:" in text
    assert "2 Personen" in text and "6 Jahre" in text


def test_a_word_of_the_shop_stays_and_names_its_kinds(assistant: Assistant) -> None:
    request = asked(assistant, "Spiele unter 10 Euro, auf Lager")
    assert set(request.kinds) == {"kartenspiele", "familienspiele"}
    assert request.constraints.in_stock
    assert not request.unknown
    assert asked(assistant, "ein Brettspiel ab 8 Jahren").kinds == ("familienspiele",)
    assert asked(assistant, "ein Puzzle").query == "Puzzle"


@pytest.mark.parametrize("message", ["Plüschtier", "Plüschtier Dachs", "Dachs in rot", "Plüschtier von Bärwinkel"])
def test_a_few_words_are_answered_in_the_shops_language(message: str, assistant: Assistant) -> None:
    assert asked(assistant, message).language == "de"


@pytest.mark.parametrize("message", ["a card game under 10 euros", "red puzzle, in stock", "hello", "cheaper"])
def test_english_stays_english(message: str, assistant: Assistant) -> None:
    assert asked(assistant, message).language == ""


def test_a_refused_thing_is_no_maker(assistant: Assistant) -> None:
    assert asked(assistant, "Spiel ohne Würfel").constraints.not_brands == ()
    assert asked(assistant, "Geschenk für meine Nichte").constraints.not_brands == ()
    assert asked(assistant, "Geschenk für meine Nichte").gift


def test_an_amount_that_is_demanded_is_not_told_as_left_out(demo_shop: Shop) -> None:
    english = Assistant(demo_shop, None)
    text = english.reply(english.session(), "Laptop für Kinder ab 8 Jahren").text
    assert "Nicht berücksichtigen konnte ich: 8 Jahre." in text
    words, said = Vocabulary(demo_shop.rows), Spoken("de", Translated("game for 2 players", stated=("2 Spieler",)))
    for players, is_told in ((Span(min=2, max=None), False), (("2 Spieler",), False), (("4",), True)):
        request = Request(act="find", query="game", constraints=Constraints(attributes={"players": players}))
        doubts = told(request, said, Session(), demo_shop, words).doubts
        assert any("2 Spieler" in doubt for doubt in doubts) is is_told
