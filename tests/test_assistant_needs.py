"""What a thing needs is asked for, and nothing else is; what no record says to be for it is told."""

from decimal import Decimal

import pytest

from assistant.dialogue import Request, Session, Turn
from assistant.needs import asked_for, made_for_none, sought_for_own
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.folder import Shop


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("my printer needs new ink", "new ink for my printer"),
        ("our printer is out of toner, under 40", "toner for our printer, under 40"),
        ("hi, my phone is in need of a new case", "hi, a new case for my phone"),
        ("my old laptop could use more ram", "more ram for my old laptop"),
    ],
)
def test_what_a_thing_needs_is_asked_for(message: str, asked: str, words: Vocabulary) -> None:
    assert asked_for(message, words) == asked


@pytest.mark.parametrize(
    "message",
    [
        "my mouse needs to be quiet", "my laptop needs 16 gb of ram", "my new laptop needs a good keyboard",
        "my wife needs a new laptop", "my office needs a mouse", "my keyboard needs replacing", "my budget needs a cut",
        "does my printer need special paper?", "I need a mouse, my old one needs too much power",
    ],
)  # fmt: skip
def test_other_messages_stay_as_they_are(message: str, words: Vocabulary) -> None:
    assert asked_for(message, words) == message


def test_a_thing_of_ones_own_is_not_sought_itself(demo_shop: Shop, words: Vocabulary) -> None:
    request = understand(Session(), "my printer needs a new toner cartridge under 90", demo_shop, words)
    assert request.act == "goes_with"
    assert "printer" not in request.kinds and request.kinds
    assert request.constraints.price_max == Decimal(90)


def test_what_no_record_says_to_be_for_a_thing_is_told(demo_shop: Shop, words: Vocabulary) -> None:
    assert made_for_none("toner for my game console", ("toner",), demo_shop, words) == "game console"
    assert made_for_none("toner for my printer", ("toner",), demo_shop, words) == ""
    assert made_for_none("toner for my office", ("toner",), demo_shop, words) == ""
    request = understand(Session(), "toner for my game console", demo_shop, words)
    assert any("your game console" in doubt for doubt in request.doubts)


def test_a_word_that_no_record_has_is_told() -> None:
    assert sought_for_own("descaler", "a descaler for my printer")
    assert not sought_for_own("day", "every day, something for my printer")


@pytest.mark.parametrize(
    ("messages", "refused"),
    [
        (("a laptop", "now a mouse, no Norvik", "back to the laptop"), ("Norvik",)),
        (("a laptop, not Norvik", "a mouse", "Norvik is fine after all", "back to the laptop"), ()),
        (("a laptop, Norvik", "a mouse, not Norvik", "back to the laptop"), ("Norvik",)),
    ],
)
def test_a_refused_maker_stays_refused_when_one_goes_back(
    messages: tuple[str, ...], refused: tuple[str, ...], demo_shop: Shop, words: Vocabulary
) -> None:
    session, request = Session(), Request()
    for message in messages:
        request = understand(session, message, demo_shop, words)
        session = Session(turns=(*session.turns, Turn(message, request, "", ())))
    assert request.kinds == ("notebook",)
    assert request.constraints.not_brands == refused
    assert not set(request.constraints.brands) & set(refused)
