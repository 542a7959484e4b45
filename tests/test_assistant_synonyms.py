"""Other words for things, and what people mean by a word of many kinds' names."""

from assistant.synonyms import SAME
from assistant.vocabulary import Vocabulary
from index.catalog import Product

SHELVES = {
    "Milk > Fluid milk white only": 900,
    "Milk > Canned milk": 10,
    "Milk > Soy rice milk": 5,
    "Drinks > Soft drink cans": 500,
    "Baking > Baking powder and soda": 4,
    "Yogurt > Yogurt": 5,
    "Yogurt > Yogurt multi-pack": 800,
    "TV > Monitors": 20,
}


def _vocabulary(*, bought: bool) -> Vocabulary:
    products = [Product(name, name.partition(" > ")[2], category=name) for name in SHELVES]
    return Vocabulary(products, bought=SHELVES if bought else None)


def test_every_synonym_stands_for_other_words() -> None:
    assert all(meant and word not in meant for word, meant in SAME.items())


def test_a_thing_is_found_by_its_other_name() -> None:
    assert _vocabulary(bought=False).kinds(["screen"]) == ("monitor",)


def test_a_word_means_what_is_bought() -> None:
    words = _vocabulary(bought=True)
    assert words.kinds(["milk"]) == ("fluid milk white only",)
    assert words.kinds(["soda"]) == ("soft drink can",)
    assert set(words.kinds(["yogurt"])) == {"yogurt multi-pack"}


def test_the_words_beside_it_tell_a_kind_apart() -> None:
    words = _vocabulary(bought=True)
    assert words.with_words(["milk"], ["from", "soy", "or", "rice"]) == ("soy rice milk",)
    assert words.with_words(["milk"], ["cold"]) == ()
