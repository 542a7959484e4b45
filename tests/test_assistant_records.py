"""Answers read off the records: questions about a product."""

import pytest

from assistant.records import question_text
from index.folder import Shop


@pytest.fixture
def first_two(shop: Shop) -> tuple[str, str]:
    """Two products of the small shop with attributes of their own."""
    told = [one.product_id for one in shop.rows if one.attributes]
    return told[0], told[1]


def test_a_question_is_answered_with_the_field_that_has_its_words(shop: Shop, first_two: tuple[str, str]) -> None:
    product = shop.products[first_two[0]]
    name, values = next(iter(product.attributes.items()))
    answer = question_text(f"what is its {name.replace('_', ' ')}?", first_two[:1], shop)
    assert f"{name.replace('_', ' ')}: {', '.join(values)}" in answer


def test_a_question_that_no_field_answers_is_told_so(shop: Shop, first_two: tuple[str, str]) -> None:
    assert question_text("does it zorble?", first_two[:1], shop).endswith("does not say.")


def test_without_a_product_the_shopper_is_asked_which(shop: Shop) -> None:
    assert question_text("does it fly?", (), shop).startswith("Which product")
