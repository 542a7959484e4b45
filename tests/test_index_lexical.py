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
        ("Quiet Mice, mouse", ["quiet", "mice", "mous"]),
        ("16GB", ["16gb", "16", "gb"]),
        ("USB-C", ["usb", "c", "usbc"]),
        ("15.6 in", ["15.6", "in"]),
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
