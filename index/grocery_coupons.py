"""The grocery shop's coupons as promotions, out of the tables of campaigns.

The tables say which products a coupon covers, when its campaign ran and how many households it was sent to. What a
coupon takes off they do not state; it is read off its uses: a household used it on a day, bought one product that it
covers, one unit of it, and no other coupon used that day covers that product. Where most of these uses took the same
amount off, that is the coupon's; else it has none.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from index.promotions import Coverage, Promotion

if TYPE_CHECKING:
    from pandas import DataFrame

TABLES = ("coupons", "campaigns", "campaign_descriptions", "coupon_redemptions")
LEAST_USES = 2
AGREEING = 0.8
"""The share of a coupon's clear uses that took the same amount off, from which it is the coupon's."""


def coupon_promotions(tables: Mapping[str, "DataFrame"], kinds: Mapping[str, str]) -> list[Promotion]:
    """A promotion for every coupon of a campaign that covers one of the products in `kinds` (id to kind).

    `tables` are those of TABLES and "transactions".
    """
    coupons = tables["coupons"]
    known = coupons[coupons["product_id"].astype(str).isin(kinds.keys())]
    runs = tables["campaign_descriptions"].set_index("campaign_id").to_dict("index")
    sent = tables["campaigns"].groupby("campaign_id")["household_id"].nunique().to_dict()
    amounts = amounts_off(coupons, tables["coupon_redemptions"], tables["transactions"])
    return [
        _promotion(
            int(campaign), int(upc), sorted(map(str, own)), runs[campaign], sent.get(campaign, 0), amounts, kinds
        )
        for (campaign, upc), own in known.groupby(["campaign_id", "coupon_upc"])["product_id"]
        if campaign in runs
    ]


def _promotion(
    campaign: int,
    upc: int,
    product_ids: list[str],
    run: Mapping[str, Any],
    households: int,
    amounts: Mapping[int, tuple[Decimal, int]],
    kinds: Mapping[str, str],
) -> Promotion:
    common = Counter(kinds[one] for one in product_ids).most_common(2)
    others = " and more" if len(common) > 1 else ""
    amount, uses = amounts.get(upc, (None, 0))
    told = f" It took ${amount} off one unit when it was used ({uses} uses)." if amount is not None else ""
    return Promotion(
        promotion_id=f"{campaign}-{upc}",
        title=f"Coupon for {common[0][0][:1].lower()}{common[0][0][1:]}{others}",
        text=f"Coupon {upc} of campaign {campaign} ({run['campaign_type']}).{told}",
        amount=amount,
        currency="USD",
        starts=run["start_date"].date(),
        ends=run["end_date"].date(),
        conditions=(f"for the {households:,} households that campaign {campaign} was sent to",),
        covered=Coverage(product_ids=frozenset(product_ids)),
    )


def amounts_off(
    coupons: "DataFrame", redemptions: "DataFrame", transactions: "DataFrame"
) -> dict[int, tuple[Decimal, int]]:
    """What a coupon took off one unit, and in how many clear uses, by coupon; only where these agree."""
    lines = transactions[transactions["coupon_disc"] > 0]
    lines = lines.assign(redemption_date=lines["transaction_timestamp"].dt.floor("D"))
    used = redemptions.merge(coupons, on=["coupon_upc", "campaign_id"]).merge(
        lines, on=["household_id", "redemption_date", "product_id"]
    )
    use = ["household_id", "redemption_date", "coupon_upc"]
    line = ["household_id", "basket_id", "product_id"]
    clear = used[
        (used.groupby(use)["product_id"].transform("size") == 1)
        & (used.groupby(line)["coupon_upc"].transform("nunique") == 1)
        & (used["quantity"] == 1)
    ]
    found: dict[int, tuple[Decimal, int]] = {}
    for upc, taken in clear.groupby("coupon_upc")["coupon_disc"]:
        amounts = Counter(Decimal(str(round(float(value), 2))).quantize(Decimal("0.01")) for value in taken)
        amount, times = amounts.most_common(1)[0]
        if times >= LEAST_USES and times >= AGREEING * len(taken):
            found[int(upc)] = (amount, times)
    return found
