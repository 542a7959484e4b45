"""BM25: terms, the fields that count more, the mask and the order of ties."""

from pathlib import Path

import numpy as np
import pytest

from index.catalog import Product
from index.lexical import LexicalIndex, product_terms, terms

EVERY = np.ones(4, np.bool_)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quiet Mice, mouse", ["quiet", "mous", "mous"]),
        ("16GB", ["16gb", "16gb", "16", "gb"]),
        ("USB-C", ["usb", "c", "usbc"]),
        ("15.6 in", ["396mm", "15.6", "in"]),
        ("MX 5000", ["mx", "5000", "mx5000"]),
        ("LaserJet 4015", ["laserjet", "4015"]),
        ("for 12 people", ["for", "12", "peopl"]),
        ("Crème", ["crème".replace("è", "e")]),
        ("", []),
        ("🐭 !?", []),
    ],
)
def test_terms_of_a_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_spellings_of_one_thing_meet() -> None:
    assert set(terms("usb c")) <= set(terms("USB-C"))
    assert set(terms("16 GB")) <= set(terms("16gb"))
    assert terms("cables") == terms("CABLE")
    assert set(terms("1 TB")) & set(terms("1000GB")) == {"1000gb"}
    assert set(terms('24" screen')) & set(terms("61 cm screen")) == {"610mm", "screen"}
    assert "dv71211ea" in set(terms("dv7-1211ea")) & set(terms("dv7 1211ea")) & set(terms("dv71211ea"))
    assert "mx5000" in set(terms("MX-5000")) & set(terms("mx 5000")) & set(terms("mx5000"))


def test_telling_fields_count_more() -> None:
    product = Product("p", "lamp", brand="tern", category="light", description="brass", attributes={"x": ("oak",)})
    counted = {term: product_terms(product).count(term) for term in ("lamp", "tern", "light", "brass", "oak")}
    assert counted == {"lamp": 3, "tern": 2, "light": 2, "brass": 1, "oak": 1}


def _index() -> LexicalIndex:
    return LexicalIndex.build([
        Product("a", "Desk lamp", description="stands beside a mouse"),
        Product("b", "Quiet mouse"),
        Product("c", "Quiet mouse"),
        Product("d", "Kettle"),
    ])  # fmt: skip


def test_rank_is_best_first_and_ties_are_by_row() -> None:
    rows = _index().rank("mouse", EVERY, 10)
    assert [row for row, _ in rows] == [1, 2, 0]
    assert rows[0][1] == rows[1][1] > rows[2][1] > 0
    assert [row for row, _ in _index().rank("mouse", EVERY, 1)] == [1]


def test_only_allowed_rows_and_only_rows_that_have_a_word() -> None:
    index = _index()
    assert [row for row, _ in index.rank("quiet mouse", np.array([True, False, True, True]), 10)] == [2, 0]
    assert index.rank("zebra", EVERY, 10) == index.rank("", EVERY, 10) == []
    assert index.scores("zebra").tolist() == [0, 0, 0, 0]
    assert index.rank("mouse", np.zeros(4, np.bool_), 10) == []


def test_a_word_the_shop_does_not_have_changes_nothing() -> None:
    index = _index()
    alone = index.scores("mouse").tolist()
    assert index.scores("mouse zebra").tolist() == index.scores("mouse mouse").tolist() == alone


def test_an_index_is_read_as_it_was_written(tmp_path: Path) -> None:
    index = _index()
    index.save(tmp_path / "bm25")
    assert LexicalIndex.load(tmp_path / "bm25", 4).scores("quiet lamp").tolist() == index.scores("quiet lamp").tolist()


def test_a_shop_of_products_without_words_can_be_asked() -> None:
    assert LexicalIndex.build([Product("a", "☕"), Product("b", "—")]).rank("mouse", np.ones(2, np.bool_), 5) == []


SPELT = (
    *["Logitech keyboard"] * 6,
    *["Stereo headset"] * 6,
    *["External hard drive"] * 6,
    "Old harddrive",
    "HP Pavilion dv7-1211ea notebook",
    "Pavilion case for dv7",
    "Set of books, a note on each",
    "Monitor 61 cm",
    "Monitor 58 cm",
    "Slim notebook",
)


def _spelt() -> LexicalIndex:
    return LexicalIndex.build([Product(f"p{row}", title) for row, title in enumerate(SPELT)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("logitec keybord", "logitech keyboard"),
        ("Logitech Keyboard", "Logitech Keyboard"),
        ("head set", "headset"),
        ("headset", "headset"),
        ("harddrive", "harddrive"),  # as one product has it
        ("stereoheadset", "stereo headset"),
        ("hard drive", "hard drive"),
        ("note book", "notebook"),
        ("keyboards zebra", "keyboards zebra"),
        ("", ""),
    ],
)
def test_the_shop_s_spelling_of_a_query(query: str, expected: str) -> None:
    index = _spelt()
    assert index.corrected(query) == expected
    assert index.corrected(expected) == expected


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("logitec keybord", "Logitech keyboard"),
        ("head set", "Stereo headset"),
        ("harddrive", "Old harddrive"),
        ("dv7 1211ea", "HP Pavilion dv7-1211ea notebook"),
        ("dv71211ea", "HP Pavilion dv7-1211ea notebook"),
        ("DV7-1211EA", "HP Pavilion dv7-1211ea notebook"),
        ("dv712", "HP Pavilion dv7-1211ea notebook"),
        ("dv7", "Pavilion case for dv7"),
        ('24" monitor', "Monitor 61 cm"),
        ("24 inch monitor", "Monitor 61 cm"),
    ],
)
def test_what_another_spelling_finds_first(query: str, title: str) -> None:
    index = _spelt()
    [(row, _)] = index.rank(query, np.ones(index.size, np.bool_), 1)
    assert SPELT[row] == title


def test_both_spellings_of_a_compound_are_found_the_typed_one_first() -> None:
    index = _spelt()
    assert [row for row, _ in index.rank("harddrive", np.ones(index.size, np.bool_), 20)] == [18, *range(12, 18)]
    assert {row for row, _ in index.rank("hard drive", np.ones(index.size, np.bool_), 20)} == set(range(12, 19))


def test_what_another_spelling_adds_survives_the_folder(tmp_path: Path) -> None:
    _spelt().save(tmp_path / "bm25")
    assert LexicalIndex.load(tmp_path / "bm25", 25).corrected("logitec keybord") == "logitech keyboard"


def test_similar_products_are_scored_as_a_query_of_their_terms(products: tuple[Product, ...]) -> None:
    index = LexicalIndex.build(products)
    texts = [product.title for product in products[:3]] + ["nothing of this kind"]
    found = list(index.similar(texts, len(products)))
    for text, (rows, scores) in zip(texts, found, strict=True):
        expected = np.zeros(len(products), np.float32)
        for term in set(terms(text)):
            own, impacts = index._posting(term)
            expected[own] += impacts
        assert sorted(rows.tolist()) == np.flatnonzero(expected).tolist()
        assert scores == pytest.approx(expected[rows])
    ((rows, scores),) = index.similar([products[0].title], 2)
    assert len(rows) == 2 and scores.min() >= np.partition(found[0][1], -2)[-2]
