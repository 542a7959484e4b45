"""The demo store's own documents and promotions: whole, and true of its catalogue."""

import re
from datetime import date

import pytest

from index.catalog import Product
from index.demo import DOCUMENTS, PRODUCTS, PROMOTIONS
from index.documents import Passage, read_documents
from index.feeds import read_products
from index.promotions import Promotion, read_promotions


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return [row for row in read_products([PRODUCTS]) if isinstance(row, Product)]


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    rows = list(read_documents(DOCUMENTS))
    assert all(isinstance(row, Passage) for row in rows)
    return [row for row in rows if isinstance(row, Passage)]


@pytest.fixture(scope="module")
def promotions() -> list[Promotion]:
    rows = list(read_promotions(PROMOTIONS))
    assert all(isinstance(row, Promotion) for row in rows)
    return [row for row in rows if isinstance(row, Promotion)]


def test_there_are_ten_documents_and_six_guides(passages: list[Passage]) -> None:
    files = {one.file: one.kind for one in passages}
    assert sorted(files.values()) == ["article"] + ["guide"] * 5 + ["policy"] * 10


def test_guides_are_about_kinds_of_the_store(passages: list[Passage], products: list[Product]) -> None:
    kinds = {product.kind for product in products}
    about = {name for one in passages if one.kind != "policy" for name in one.about}
    assert about
    assert about <= kinds


def test_what_guides_say_is_true_of_the_catalogue(passages: list[Passage], products: list[Product]) -> None:
    def values(kind: str, attribute: str) -> set[str]:
        own = [product for product in products if product.kind == kind]
        return {value for product in own for value in product.attributes.get(attribute, ())}

    text = {one.anchor: one.text for one in passages}
    assert set(re.findall(r"\d+x\d+", text["size-and-resolution"])) <= values("Monitors", "resolution")
    assert set(re.findall(r"\d+ W", text["one-cable-for-a-notebook"])) == values("Monitors", "charging_watts")
    assert all(one in text["which-type-fits"] for one in values("Memory Cards", "memory_card_type"))
    assert all(one in text["capsules-that-fit"] for one in values("Coffee Machines", "capsule_system"))
    assert set(re.findall(r"(\d+) MB/s", text["how-fast"])) <= {
        speed.removesuffix(" MB/s") for speed in values("Memory Cards", "write_speed")
    }
    assert values("Desks", "height") == {"74 cm", "65 to 128 cm"}
    assert {"M.2 2280 NVMe"} == values("Notebooks", "storage_slot")


def test_every_promotion_covers_something_and_some_run_one_is_over_one_to_come(
    promotions: list[Promotion], products: list[Product]
) -> None:
    assert all(any(map(one.covers, products)) for one in promotions)
    for day in (date(2026, 11, 24), date(2027, 12, 31)):
        running = [one for one in promotions if one.runs_on(day)]
        assert len(running) == 8
        assert any(one.automatic for one in running)
        assert any(one.code for one in running)
        assert any(one.min_spend for one in running)
    assert [one.promotion_id for one in promotions if one.ends and one.ends < date(2026, 11, 1)] == ["autumn-printing"]
    assert [one.promotion_id for one in promotions if one.starts and one.starts.year == 2028] == ["summer-2028"]
