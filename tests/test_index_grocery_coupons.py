"""Coupons as promotions: from small tables made here; what a coupon takes off only where its uses agree."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from index.grocery_coupons import amounts_off, coupon_promotions
from index.promotions import promotion_from_json, promotion_to_json

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = {"10": "Milk", "11": "Milk", "12": "Yogurt"}


def tables() -> "dict[str, DataFrame]":
    pandas = pytest.importorskip("pandas")
    day = pandas.Timestamp("2017-03-05")
    coupons = pandas.DataFrame(
        # 999 is not among the products that are kept
        [(501, 10, 1), (501, 11, 1), (501, 12, 1), (502, 12, 1), (503, 999, 1), (504, 11, 2)],
        columns=["coupon_upc", "product_id", "campaign_id"],
    )
    uses = [
        (501, 1, 10, 1, 1.0),  # clear
        (501, 2, 11, 1, 1.0),  # clear, the same amount
        (501, 3, 10, 2, 2.0),  # two units
        (501, 4, 12, 1, 0.5),  # 502 was used that day as well, and covers it too
        (502, 4, 12, 1, 0.5),
        (504, 5, 11, 1, 0.5),  # one use only
    ]
    redemptions = pandas.DataFrame(
        [(home, upc, 2 if upc == 504 else 1, day) for upc, home, *_ in uses],
        columns=["household_id", "coupon_upc", "campaign_id", "redemption_date"],
    )
    lines = {(home, product, quantity, off) for _, home, product, quantity, off in uses}
    transactions = pandas.DataFrame(
        [
            (home, 70 + home, product, quantity, off, day + pandas.Timedelta(hours=9))
            for home, product, quantity, off in lines
        ],
        columns=["household_id", "basket_id", "product_id", "quantity", "coupon_disc", "transaction_timestamp"],
    )
    descriptions = pandas.DataFrame(
        [(1, "Type B", pandas.Timestamp("2017-03-03"), pandas.Timestamp("2017-04-09"))],
        columns=["campaign_id", "campaign_type", "start_date", "end_date"],
    )
    campaigns = pandas.DataFrame([(1, 1), (1, 2), (1, 3)], columns=["campaign_id", "household_id"])
    return {
        "coupons": coupons,
        "coupon_redemptions": redemptions,
        "transactions": transactions,
        "campaign_descriptions": descriptions,
        "campaigns": campaigns,
    }


def test_an_amount_is_told_by_clear_uses_that_agree() -> None:
    own = tables()
    found = amounts_off(own["coupons"], own["coupon_redemptions"], own["transactions"])
    assert found == {501: (Decimal("1.00"), 2)}


def test_a_coupon_of_a_known_campaign_is_a_promotion_for_its_households() -> None:
    first, second = coupon_promotions(tables(), KINDS)
    assert (first.promotion_id, first.title) == ("1-501", "Coupon for milk and more")
    assert (first.starts, first.ends) == (date(2017, 3, 3), date(2017, 4, 9))
    assert first.amount == Decimal("1.00")
    assert first.text == "Coupon 501 of campaign 1 (Type B). It took $1.00 off one unit when it was used (2 uses)."
    assert first.conditions == ("for the 3 households that campaign 1 was sent to",)
    assert first.covered.product_ids == {"10", "11", "12"}
    assert not first.automatic
    # What the tables do not tell is not told.
    assert (second.promotion_id, second.amount, second.text) == ("1-502", None, "Coupon 502 of campaign 1 (Type B).")


def test_their_rows_read_back() -> None:
    for one in coupon_promotions(tables(), KINDS):
        assert promotion_from_json(promotion_to_json(one)) == one
