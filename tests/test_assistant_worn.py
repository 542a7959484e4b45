"""Men's and women's things: demanded where records say for whom they are made, and only there."""

from decimal import Decimal

import pytest

from assistant.demands import read_demands
from assistant.vocabulary import Vocabulary
from index.catalog import Product


def _made(product_id: str, category: str, gender: str = "") -> Product:
    attributes = {"gender": (gender,)} if gender else {"material": ("wool",)}
    return Product(
        product_id, f"{category} {product_id}", category=category, price=Decimal("30"), attributes=attributes
    )


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    jeans = [_made(f"j{n}", "Jeans", gender) for n, gender in enumerate(("female", "male", "unisex", "female"))]
    scarves = [_made(f"s{n}", "Scarves", "female" if n == 0 else "") for n in range(4)]
    return Vocabulary([*jeans, *scarves])


@pytest.mark.parametrize(
    ("said", "wanted", "refused"),
    [
        ("men's jeans", ("male", "unisex"), ()),
        ("jeans for men", ("male", "unisex"), ()),
        ("mens jeans", ("male", "unisex"), ()),
        ("Women’s jeans in blue", ("female", "unisex"), ()),
        ("jeans for ladies", ("female", "unisex"), ()),
        ("no men's jeans", (), ("male",)),
        ("jeans, not for men", (), ("male",)),
        ("not men's but women's jeans", ("female", "unisex"), ()),
        ("jeans", (), ()),
        ("a scarf for women", (), ()),
    ],
)
def test_whom_it_is_for(words: Vocabulary, said: str, wanted: tuple[str, ...], refused: tuple[str, ...]) -> None:
    demands = read_demands(said, words)
    assert demands.attributes.get("gender", ()) == wanted
    assert demands.not_attributes.get("gender", ()) == refused
    assert demands.unread == ()


def test_what_is_talked_about_counts_where_the_message_names_no_kind(words: Vocabulary) -> None:
    assert read_demands("for women please", words, ("jean",)).attributes == {"gender": ("female", "unisex")}
    assert read_demands("for women please", words).attributes == {}
