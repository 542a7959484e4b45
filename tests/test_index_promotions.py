"""Promotions: what they cover, when they run, what comes off to the cent, how it is worded, and their file."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Kind, Product
from index.feeds import Rejected
from index.promotions import (
    Coverage,
    Offer,
    Promotion,
    automatic_saving,
    offers_for,
    promotion_from_json,
    promotion_to_json,
    read_promotions,
)

TODAY = date(2026, 11, 24)
MICE = Coverage(categories=("Mice",))
EVERYTHING = Coverage(everything=True)


def mouse(price: str | None = "79.00", **more: Any) -> Product:
    return Product(
        **{"product_id": "m1", "title": "Quiet mouse", "brand": "Pebble", "category": "Computers > Mice"}
        | {"price": Decimal(price) if price else None, "currency": "USD"}
        | more
    )


def promotion(covered: Coverage = EVERYTHING, **more: Any) -> Promotion:
    return Promotion(**{"promotion_id": "p", "title": "Days", "currency": "USD"} | more, covered=covered)


@pytest.mark.parametrize(
    ("covered", "excluded", "meant"),
    [
        (EVERYTHING, Coverage(), True),
        (MICE, Coverage(), True),
        (Coverage(categories=("computers > mice",)), Coverage(), True),
        (Coverage(categories=("Computers",)), Coverage(), True),
        (Coverage(categories=("Docks",)), Coverage(), False),
        (Coverage(brands=("PEBBLE",)), Coverage(), True),
        (Coverage(brands=("Corvid",), categories=("Mice",)), Coverage(), False),  # both must hold
        (Coverage(brands=("Corvid",), product_ids=frozenset({"m1"})), Coverage(), True),  # named besides
        (EVERYTHING, Coverage(brands=("Pebble",)), False),
        (EVERYTHING, Coverage(brands=("Corvid",), categories=("Mice",)), False),  # one exclusion is enough
        (Coverage(product_ids=frozenset({"m1"})), Coverage(product_ids=frozenset({"m1"})), False),
        (Coverage(), Coverage(), False),
    ],
)
def test_what_is_covered(covered: Coverage, excluded: Coverage, meant: bool) -> None:
    assert promotion(covered, excluded=excluded).covers(mouse()) is meant


def test_a_guessed_kind_and_an_unknown_brand_are_not_covered() -> None:
    guessed = mouse(category="", brand="", derived=Kind("Mice", "title", 0.9))
    assert not promotion(MICE).covers(guessed)
    assert not promotion(Coverage(brands=("",))).covers(guessed)


@pytest.mark.parametrize(
    ("starts", "ends", "runs"),
    [
        (None, None, True),
        (TODAY, TODAY, True),  # both days are included
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 23), False),
    ],
)
def test_when_it_runs(starts: date | None, ends: date | None, runs: bool) -> None:
    assert promotion(starts=starts, ends=ends).runs_on(TODAY) is runs


@pytest.mark.parametrize(
    ("terms", "unit", "quantity", "saved"),
    [
        ({"percent": Decimal(10)}, "79.00", 1, "7.90"),
        ({"percent": Decimal(10)}, "12.95", 1, "1.30"),  # 1.295: half up
        ({"percent": Decimal(10)}, "12.95", 3, "3.90"),  # each unit is rounded, as its card says
        ({"percent": Decimal("12.5")}, "0.04", 1, "0.01"),  # 0.005: half up
        ({"amount": Decimal("5.00")}, "79.00", 2, "10.00"),
        ({"amount": Decimal("5.00")}, "3.00", 1, "3.00"),  # never below nothing
        ({"buy": 2, "get": 1}, "10.00", 2, "0"),
        ({"buy": 2, "get": 1}, "10.00", 3, "10.00"),
        ({"buy": 2, "get": 1}, "10.00", 7, "20.00"),
        ({"buy": 1, "get": 2}, "10.00", 2, "10.00"),  # the first is paid, the second is free already
        ({"buy": 1, "get": 1, "percent": Decimal(50)}, "9.99", 2, "5.00"),  # 4.995: half up
        ({"amount": Decimal("20.00"), "min_spend": Decimal("100.00")}, "79.00", 1, "0"),
        ({"amount": Decimal("20.00"), "min_spend": Decimal("100.00")}, "79.00", 2, "20.00"),  # once for the order
        ({"amount": Decimal("5.00"), "currency": "EUR"}, "79.00", 1, "0"),
        ({}, "79.00", 1, "0"),
    ],
)
def test_what_comes_off(terms: dict[str, Any], unit: str, quantity: int, saved: str) -> None:
    assert promotion(**terms).saving(Decimal(unit), "USD", quantity) == Decimal(saved)


def test_yen_have_no_cents() -> None:
    assert promotion(percent=Decimal(15)).saving(Decimal(990), "JPY") == Decimal(149)  # 148.5


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        (
            {"percent": Decimal(10), "code": "DESK10", "ends": date(2026, 11, 30)},
            "10 % off with code DESK10 until 30 November: $71.10",
        ),
        ({"percent": Decimal("12.50")}, "12.5 % off: $69.12"),
        ({"amount": Decimal("5.00"), "first_order": True}, "$5.00 off on a first order: $74.00"),
        ({"amount": Decimal("5.00"), "min_spend": Decimal("100.00")}, "$5.00 off from $100.00 spent"),
        ({"buy": 2, "get": 1, "ends": date(2027, 1, 5)}, "3 for 2 until 5 January 2027"),
        ({"buy": 1, "get": 1, "percent": Decimal(50)}, "buy 1, the next one 50 % off"),
        ({"conditions": ("for members.",)}, "Days (for members)"),
    ],
)
def test_an_offer_in_words(terms: dict[str, Any], text: str) -> None:
    assert [offer.text for offer in offers_for(mouse(), [promotion(**terms)], TODAY)] == [text]


def test_offers_are_those_that_run_and_cover_the_product_best_first() -> None:
    small = promotion(promotion_id="small", percent=Decimal(5))
    large = promotion(promotion_id="large", percent=Decimal(20))
    coded = promotion(promotion_id="coded", percent=Decimal(50), code="X")
    over = promotion(promotion_id="over", percent=Decimal(90), ends=date(2026, 1, 1))
    other = promotion(Coverage(categories=("Docks",)), promotion_id="other", percent=Decimal(90))
    found = offers_for(mouse(), [small, coded, over, other, large], TODAY)
    assert [offer.promotion.promotion_id for offer in found] == ["large", "small", "coded"]
    assert found[0] == Offer(large, Decimal("63.20"), "20 % off: $63.20")


def test_a_product_without_a_price_has_offers_without_one() -> None:
    assert offers_for(mouse(None), [promotion(percent=Decimal(5))], TODAY)[0].price is None


@pytest.mark.parametrize(
    "condition",
    [{"code": "X"}, {"min_spend": Decimal(1)}, {"first_order": True}, {"conditions": ("for members",)}],
)
def test_only_what_has_no_condition_is_counted_by_itself(condition: dict[str, Any]) -> None:
    assert promotion(percent=Decimal(5)).automatic
    conditional = promotion(percent=Decimal(50), **condition)
    assert not conditional.automatic
    assert automatic_saving(mouse(), [conditional], TODAY) is None


def test_the_best_automatic_promotion_depends_on_the_quantity() -> None:
    share = promotion(promotion_id="share", percent=Decimal(20))
    third = promotion(promotion_id="third", buy=2, get=1)
    one, three = (automatic_saving(mouse(), [share, third], TODAY, number) for number in (1, 3))
    # Three cost 237.00: a fifth off is 47.40, one free 79.00.
    assert one is not None
    assert three is not None
    assert (one.promotion.promotion_id, three.promotion.promotion_id) == ("share", "third")


def row(**more: Any) -> dict[str, Any]:
    return {"promotion_id": "p1", "title": "Days", "percent": "10", "covers": {"everything": True}} | more


@pytest.mark.parametrize(
    ("changed", "field", "expected"),
    [
        ({"promotion_id": ""}, "promotion_id", "a string that is not empty"),
        ({"percent": "110"}, "percent", "a number above 0, to 100"),
        ({"percent": "a lot"}, "percent", "a number above 0, to 100"),
        ({"amount": "5"}, "amount", "no percent, buy or get beside an amount"),
        ({"buy": 2}, "get", "both buy and get, or neither"),
        ({"buy": 1.5, "get": 1}, "buy", "a whole number from 1 up"),
        ({"starts": "1 May"}, "starts", 'a day such as "2026-11-30"'),
        ({"starts": "2026-11-30", "ends": "2026-11-01"}, "ends", "no day before it starts (2026-11-30)"),
        ({"first_order": "yes"}, "first_order", "true or false"),
        ({"covers": {}}, "covers", "everything, brands, categories or product_ids"),
        ({"covers": {"kinds": ["Mice"]}}, "covers", "an object with everything, brands, categories or product_ids"),
        ({"min_spent": "50"}, "min_spent", "no field but amount, buy"),  # a condition must not be overlooked
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_place(
    changed: dict[str, Any], field: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "promotions.jsonl"
    path.write_text("\n".join(map(json.dumps, (row(promotion_id="first"), row(**changed)))), encoding="utf-8")
    kept, rejected = read_promotions(path)
    assert isinstance(kept, Promotion)
    assert isinstance(rejected, Rejected)
    assert (rejected.file, rejected.line, rejected.field) == (str(path), 2, field)
    assert rejected.expected.startswith(expected)


def test_a_second_row_of_an_id_and_a_line_that_is_no_row_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "promotions.jsonl"
    path.write_text(f"{json.dumps(row())}\n{json.dumps(row())}\nnothing\n", encoding="utf-8")
    _, second, third = read_promotions(path)
    assert isinstance(second, Rejected)
    assert second.expected == "an id not seen before (line 1)"
    assert isinstance(third, Rejected)
    assert third.line == 3


def test_what_is_written_reads_back() -> None:
    full = promotion_from_json(
        row(percent=None, amount="5.5", currency="usd", starts="2026-11-01", ends="2026-12-01", code="C", text="T",
            min_spend="20", first_order=True, conditions="for members", buy=None,
            covers={"brands": ["A"], "categories": ["B"], "product_ids": ["c", "a"]}, excludes={"brands": ["D"]})
    )  # fmt: skip
    assert full.amount == Decimal("5.50")
    assert full.currency == "USD"
    for one in (full, promotion_from_json(row()), promotion_from_json(row(percent=None, buy=2, get=1))):
        assert promotion_from_json(json.loads(json.dumps(promotion_to_json(one)))) == one
