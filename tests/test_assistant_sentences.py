"""A sentence ends where it ends, says nothing twice, and trails off nowhere."""

import pytest

from assistant.dialogue import Evidence, Recommendation
from assistant.explain import settled, short_name
from assistant.sentences import first_sentence, said_once, unhung
from index.catalog import Product

EVIDENCE = (
    Evidence("name", "Dr. Orlin Rosewater Hoodie"),
    Evidence("kind", "hoodie"),
    Evidence("brand", "Dr. Orlin"),
    Evidence("attribute", "material: wool"),
    Evidence("attribute", "type: oily skin"),
    Evidence("compared", "the cheapest of these four"),
    Evidence("against", "the dearest of these four"),
)


@pytest.mark.parametrize(
    ("text", "sentence", "finished"),
    [
        ("It is by Dr. Orlin. More.", "It is by Dr. Orlin.", True),
        ("It is by Dr.", "It is by Dr.", False),
        ("It has 16 GB. More", "It has 16 GB.", True),
        ("Rated 4.", "Rated 4.", False),
        ("Rated 4.5 of 5. It", "Rated 4.5 of 5.", True),
        ("It is made of oak.\nIt", "It is made of oak.", True),
        ("Is it? Yes", "Is it?", True),
    ],
)
def test_where_a_sentence_ends(text: str, sentence: str, finished: bool) -> None:
    assert first_sentence(text) == (sentence, finished)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("This hoody is a Hoodies Hoodies Hoodies Hoodies, often bought", ""),
        ("It is wool, and a big red big red thing.", "It is wool"),
        ("The dearest of these four, though the dearest of these four.", "The dearest of these four"),
        ("You wanted white, though the dearest, but not red.", "You wanted white, though the dearest"),
        ("It is wool, and this hoodie is a hoodie.", "It is wool"),
        ("Dr. Orlin is by Dr. Orlin.", ""),
        ("The hoodie is a hoodie that is wool.", ""),
        ("This hoodie is wool, and it is hoodie.", "This hoodie is wool"),
        ("It is wool, and it has a hoodie.", "It is wool"),
        ("With wool, this hoodie fits.", "With wool"),
        ("This hoodie is made of oily skin.", ""),
        ("It is wool, and it is made of.", "It is wool"),
    ],
)
def test_what_is_said_again_is_cut(sentence: str, kept: str) -> None:
    assert said_once(sentence, EVIDENCE) == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "This is a hoodie, and it is the cheapest of these four, but not listed as red.",
        "The cheapest of these four, though the heaviest of these four.",
        "This hoodie is made of wool.",
        "It has 2 2 Ah batteries, and it is by Dr. Orlin.",
        "Often bought together with your Fennel Hoodie, this hoodie has a wool material.",
    ],
)
def test_what_is_said_once_stays(sentence: str) -> None:
    assert said_once(sentence, EVIDENCE) == sentence


def test_what_was_asked_for_may_fit() -> None:
    sentence = "Because you wanted wool, this hoodie fits: it is wool."
    assert said_once(sentence, (*EVIDENCE, Evidence("asked", "you asked for wool"))) == sentence


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("It is wool, and it is made of", "It is wool"),
        ("It is wool and its", "It is wool"),
        ("It is made of", ""),
        ("It is wool.", "It is wool."),
    ],
)
def test_a_clause_that_trails_off_is_cut(sentence: str, kept: str) -> None:
    assert unhung(sentence) == kept


def test_a_loop_is_never_shown() -> None:
    shown = Recommendation(Product("x", "Dr. Orlin Rosewater Hoodie"), evidence=EVIDENCE)
    assert settled("This hoodie is a hoodie hoodie hoodie hoodie", shown) == ""
    assert settled("This hoodie is made of wool, and it is a hoodie hoodie.", shown) == "This hoodie is made of wool."


def test_a_value_half_told_gives_way_to_the_facts() -> None:
    evidence = (
        Evidence("name", "Race to the Hill"),
        Evidence("asked", "you asked for hill"),
        Evidence("kind", "board game"),
        Evidence("attribute", "age: from 8 years"),
    )
    shown = Recommendation(Product("x", "Race to the Hill"), evidence=evidence)
    assert settled("You asked for hill, and this board game has an age of 8 years.", shown) == ""
    assert settled("You asked for hill, with an age.", shown) == "You asked for hill; age from 8 years."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Remote Car 2,4 GHz, red", "Remote Car 2,4 GHz"),
        ("Bramble & Fen Cordless Quiet Lawn Mower 37 cm", "Bramble & Fen Cordless Quiet Lawn Mower 37 cm"),
        ("One Two Three Four Five Six Seven Eight Nine", "One Two Three Four Five Six Seven Eight"),
    ],
)
def test_a_name_ends_in_no_bare_number(title: str, name: str) -> None:
    assert short_name(Product("x", title)) == name
