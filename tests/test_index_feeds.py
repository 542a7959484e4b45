"""Feeds as shops write them: what is kept, what is rejected and why, and what is cleaned."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import AVAILABILITIES, Product, Variant
from index.feeds import (
    MAX_TEXT,
    FeedError,
    Rejected,
    clean,
    interaction_from_json,
    interaction_to_json,
    product_from_json,
    product_to_json,
    read_interactions,
    read_products,
    write_rows,
)
from index.interactions import Interaction
from index.native_feed import as_native

WHOLE: dict[str, Any] = {
    "product_id": "m1",
    "title": "Quiet mouse",
    "description": "Clicks that nobody hears.",
    "brand": "Pebble",
    "category": "Computers>Mice > ",
    "price": "24.90",
    "currency": "usd",
    "availability": "limited_stock",
    "image_url": "pictures/mouse.svg",
    "url": "https://shop.example/m1",
    "rating": 4.5,
    "rating_count": 12,
    "list_price": 30,
    "gtin": "4006381333931",
    "mpn": "PQ-1",
    "condition": "new",
    "variants": [{"variant_id": "m1-red", "price": "25", "options": {"color": "red"}}],
    "attributes": {"color": ["black", None, " "], "weight": "85 g", "empty": [], "buttons": 3},
    "compatible_with": ["n1", None, "Slate 14"],
}


def _feed(folder: Path, *lines: str | bytes | dict[str, Any], name: str = "feed.jsonl") -> Path:
    path = folder / name
    rows = [json.dumps(line) if isinstance(line, dict) else line for line in lines]
    path.write_bytes(b"\n".join(row.encode() if isinstance(row, str) else row for row in rows) + b"\n")
    return path


def _product(**fields: Any) -> dict[str, Any]:
    return {"product_id": "p", "title": "A product"} | fields


def _event(**fields: Any) -> dict[str, Any]:
    return {"user_id": "u", "product_id": "p", "event": "purchase", "timestamp": 0} | fields


def _ids(rows: Iterable[Product | Rejected]) -> list[str]:
    return [row.product_id if isinstance(row, Product) else f"line {row.line}" for row in rows]


def test_every_field_is_read(tmp_path: Path) -> None:
    assert list(read_products([_feed(tmp_path, WHOLE)])) == [
        Product(
            product_id="m1",
            title="Quiet mouse",
            description="Clicks that nobody hears.",
            brand="Pebble",
            category="Computers > Mice",
            price=Decimal("24.90"),
            currency="USD",
            availability="limited_stock",
            image_url="pictures/mouse.svg",
            url="https://shop.example/m1",
            rating=4.5,
            rating_count=12,
            list_price=Decimal("30.00"),
            gtin="4006381333931",
            mpn="PQ-1",
            condition="new",
            variants=(Variant("m1-red", price=Decimal("25.00"), options={"color": "red"}),),
            attributes={"color": ("black",), "weight": ("85 g",), "buttons": ("3",)},
            compatible_with=("n1", "Slate 14"),
        )
    ]


def test_an_id_and_a_title_are_enough_and_null_means_missing() -> None:
    bare = product_from_json(_product())
    assert bare == Product("p", "A product")
    assert product_from_json(dict.fromkeys(WHOLE) | _product()) == bare
    assert product_from_json(_product(product_id=17)).product_id == "17"


def test_prices_are_whole_minor_units_of_their_currency() -> None:
    read = {
        code: product_from_json(_product(price="1.2345", currency=code)).price for code in ("USD", "JPY", "KWD", "")
    }
    assert read == {"USD": Decimal("1.23"), "JPY": Decimal(1), "KWD": Decimal("1.235"), "": Decimal("1.23")}
    assert product_from_json(_product(price=19.99)).price == Decimal("19.99")
    assert product_from_json(_product(price="")).price is None


REJECTED: list[tuple[dict[str, Any], str, str, str]] = [
    # what the row has, the field, the value shown, what was expected
    ({"product_id": None}, "product_id", "None", "a string that is not empty"),
    ({"product_id": " \u200b"}, "product_id", "' \\u200b'", "a string that is not empty"),
    ({"title": ""}, "title", "''", "a string that is not empty"),
    ({"title": ["A"]}, "title", "['A']", "a string"),
    ({"brand": True}, "brand", "True", "a string"),
    ({"price": "cheap"}, "price", "'cheap'", 'a decimal such as "899.00"'),
    ({"price": "8,99"}, "price", "'8,99'", 'a decimal such as "899.00"'),
    ({"price": True}, "price", "True", 'a decimal such as "899.00"'),
    ({"price": {"amount": 3}}, "price", "{'amount': 3}", 'a decimal such as "899.00"'),
    ({"price": "-1"}, "price", "'-1'", 'a decimal from 0 up such as "899.00"'),
    ({"price": "NaN"}, "price", "'NaN'", 'a decimal from 0 up such as "899.00"'),
    ({"price": float("nan")}, "price", "nan", 'a decimal from 0 up such as "899.00"'),
    ({"price": float("inf")}, "price", "inf", 'a decimal from 0 up such as "899.00"'),
    ({"price": "1e12"}, "price", "'1e12'", 'a decimal from 0 up such as "899.00"'),
    ({"list_price": "x"}, "list_price", "'x'", 'a decimal such as "899.00"'),
    ({"availability": "soon"}, "availability", "'soon'", f"one of {', '.join(AVAILABILITIES)}"),
    ({"rating": "4"}, "rating", "'4'", "a number"),
    ({"rating": 5.1}, "rating", "'5.1'", "a number from 0 to 5"),
    ({"rating": float("nan")}, "rating", "'nan'", "a number from 0 to 5"),
    ({"rating_count": -1}, "rating_count", "'-1'", "a number from 0 to 1e+12"),
    ({"attributes": ["red"]}, "attributes", "['red']", "an object of name -> string or list of strings"),
    ({"compatible_with": 7}, "compatible_with", "7", "a list"),
    ({"variants": ["red"]}, "variants", "'red'", "a list of objects with variant_id"),
    ({"variants": [{"title": "red"}]}, "variant_id", "None", "a string that is not empty"),
    ({"variants": [{"variant_id": "v", "options": [1]}]}, "variants.options", "[1]", "an object of name -> value"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "value", "expected"), REJECTED)
def test_a_wrong_field_rejects_its_row_and_no_other(
    fields: dict[str, Any], field: str, value: str, expected: str, tmp_path: Path
) -> None:
    path = _feed(tmp_path, _product(product_id="one"), "", _product(**fields), _product(product_id="two"))
    first, bad, last = read_products([path])
    assert _ids([first, last]) == ["one", "two"]
    assert bad == Rejected(str(path), 3, field, value, expected)
    assert str(bad) == f"{path}:3: {field} is {value}, expected {expected}"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('{"product_id": "p", "title":', "product_id"),
        ("[1, 2]", "[1, 2]"),
        ("null", "None"),
        ("product_id,title", "product_id,title"),
        (b'{"product_id": "p", "title": "caf\xe9"}', "product_id"),
        ("[" * 100_000, "[[["),
        (json.dumps(WHOLE)[:-1], "product_id"),
        ('{"product_id": "p", "title": "t", "price": 1e99999999999999999999}', "product_id"),
        ('{"product_id": "p", "title": "t", "rating_count": ' + "9" * 5000 + "}", "product_id"),
    ],
    ids=["cut off", "list", "null", "csv", "latin-1", "deep", "no end", "float beyond bounds", "int beyond bounds"],
)
def test_a_line_that_is_no_object_is_rejected_with_its_beginning(line: str | bytes, shown: str, tmp_path: Path) -> None:
    path = _feed(tmp_path, line, _product())
    bad, kept = read_products([path])
    assert isinstance(bad, Rejected) and isinstance(kept, Product)
    assert (bad.file, bad.line, bad.field) == (str(path), 1, "line")
    assert shown in bad.value and len(bad.value) < 150
    assert bad.expected.startswith("one JSON object")


def test_a_whole_number_beyond_a_float_is_rejected(tmp_path: Path) -> None:
    [bad] = read_products([_feed(tmp_path, _product(rating=10**400))])
    assert isinstance(bad, Rejected) and bad.field == "rating" and len(bad.value) <= 200


def test_a_second_row_of_an_id_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    one = _feed(tmp_path, _product(), _product(product_id="p\u200b"), name="one.jsonl")
    two = _feed(tmp_path, _product(title="Other"), _product(product_id="q"), name="two.jsonl")
    first, again, other, new = read_products([one, two])
    assert _ids([first, again, other, new]) == ["p", "line 2", "line 1", "q"]
    assert again == Rejected(str(one), 2, "product_id", "'p'", "an id not seen before (one.jsonl:1)")
    assert other == Rejected(str(two), 1, "product_id", "'p'", "an id not seen before (one.jsonl:1)")


def test_byte_order_mark_carriage_returns_and_gzip_change_nothing(tmp_path: Path) -> None:
    plain = _feed(tmp_path, WHOLE, _product())
    expected = list(read_products([plain]))
    marked = tmp_path / "marked.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))
    zipped = tmp_path / "zipped.jsonl.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    named_plainly = tmp_path / "zipped.jsonl"
    named_plainly.write_bytes(zipped.read_bytes())
    assert len(expected) == 2
    for path in (marked, zipped, named_plainly):
        assert list(read_products([path])) == expected


def _damaged(whole: bytes) -> dict[str, bytes]:
    return {
        "cut off": whole[: len(whole) // 2],
        "overwritten": whole[:40] + b"\xff" * 30 + whole[70:],
        "checksum": whole[:-6] + b"abcdef",
        "header": whole[:2] + b"\x00" + whole[3:],
    }


@pytest.mark.parametrize("damage", _damaged(b""))
def test_a_damaged_gzip_file_is_told_by_name(damage: str, tmp_path: Path) -> None:
    rows = "".join(json.dumps(_product(product_id=f"p{n * 7919 % 3001}")) + "\n" for n in range(3000))
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(_damaged(gzip.compress(rows.encode()))[damage])
    with pytest.raises(FeedError, match=r"feed\.jsonl\.gz: broken after its last readable line"):
        list(read_products([path]))


def test_what_is_no_readable_file_is_told_by_name(tmp_path: Path) -> None:
    none = tmp_path / "none.jsonl"
    with pytest.raises(FeedError, match=f"{none}: No such file.*expected a readable feed file"):
        list(read_products([none]))
    with pytest.raises(FeedError, match=f"{tmp_path}: no feed in this folder"):
        list(read_products([tmp_path]))
    with pytest.raises(FeedError, match=r"\*\.csv: no file matches"):
        list(read_products([tmp_path / "*.csv"]))


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("  two\n lines\tand\r\nmore ", "two lines and more"),
        ("no\x00 con\x1btrol\x7f", "no control"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("left\u202eto right\u2066", "leftto right"),
        ("lone \ud800 half", "lone half"),
        ("\ufb01ne ＵＳＢ\u00a0cable", "fine USB cable"),
        ("a\u200d\u0301", "á"),
        ("private \ue000use", "private use"),
        ("emoji 🐭 العربية", "emoji 🐭 العربية"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_attribute_names_ids_and_options_are_cleaned_too() -> None:
    row = _product(attributes={"co\u200blor": "re\u202ed", "\u200b": "x"}, compatible_with=["n\u200b1", "\u200b"])
    product = product_from_json(row)
    assert product.attributes == {"color": ("red",)}
    assert product.compatible_with == ("n1",)


def test_a_huge_text_is_cut() -> None:
    assert len(product_from_json(_product(description="x" * 3_000_000)).description) == MAX_TEXT
    assert len(clean("\ufdfa" * MAX_TEXT)) <= MAX_TEXT, "one character may normalize to eighteen"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | st.text("\u200d\u0301\u1100\u1161 \u00a8\ufb01\ufdfaa", max_size=12))
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


TEXT = st.none() | st.text(max_size=12)
MONEY = st.none() | st.decimals(0, 10**6, places=4).map(str) | st.integers(0, 10**6)
ROWS = st.fixed_dictionaries(
    {"product_id": st.text("abc\u200d\u0301é-1", min_size=1).map("p".__add__), "title": st.text().map("T".__add__)},
    optional={
        "description": TEXT,
        "brand": TEXT,
        "category": TEXT | st.lists(st.text(max_size=5)).map(">".join),
        "price": MONEY,
        "currency": st.sampled_from(["", "usd", "EUR", "JPY", "KWD"]),
        "availability": st.none() | st.sampled_from(AVAILABILITIES),
        "rating": st.none() | st.floats(0, 5),
        "rating_count": st.none() | st.integers(0, 10**9),
        "list_price": MONEY,
        "mpn": TEXT,
        "attributes": st.none() | st.dictionaries(TEXT.filter(bool), st.lists(TEXT, max_size=3) | TEXT, max_size=3),
        "compatible_with": st.none() | st.lists(TEXT, max_size=3),
        "variants": st.lists(
            st.fixed_dictionaries(
                {"variant_id": st.integers(0, 9).map(str)},
                optional={"price": MONEY, "title": TEXT, "options": st.dictionaries(st.text(), TEXT, max_size=2)},
            ),
            max_size=2,
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_a_product_is_read_as_it_was_written(row: dict[str, Any]) -> None:
    product = product_from_json(row)
    assert product_from_json(product_to_json(product)) == product
    native = json.loads(json.dumps(product_to_json(product)), parse_float=Decimal)
    assert product_from_json(native) == product
    assert product_to_json(product_from_json(native)) == product_to_json(product)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"title": " A  product\u200b"}, {"title": "A product"}),
        ({"description": "x" * (MAX_TEXT + 1)}, {"description": "x" * MAX_TEXT}),
        ({"category": "A>B > "}, {"category": "A > B"}),
        ({"price": Decimal("1.239"), "currency": "EUR"}, {"price": Decimal("1.24")}),
        ({"list_price": Decimal("5"), "currency": "KWD"}, {"list_price": Decimal("5.000")}),
        ({"attributes": {"co\u200blor": ("red ", "")}}, {"attributes": {"color": ("red",)}}),
        ({"attributes": {"\u200b": ("red",), "size": ()}}, {"attributes": {}}),
        ({"variants": (Variant(" v "),)}, {"variants": (Variant("v"),)}),
        ({"reviews": ("good ",)}, {"reviews": ("good",)}),
    ],
)
def test_a_product_of_any_reader_is_held_as_the_native_feed_would(fields: dict[str, Any], kept: dict[str, Any]) -> None:
    product = replace(Product("p", "A product"), **fields)
    assert as_native(product) == replace(product, **kept) == product_from_json(product_to_json(product))
    assert as_native(as_native(product)) == as_native(product)


def test_the_native_row_states_only_what_is_known() -> None:
    assert product_to_json(Product("p", "A product")) == _product(availability="unknown")
    assert product_to_json(product_from_json(WHOLE)) == WHOLE | {
        "category": "Computers > Mice",
        "currency": "USD",
        "list_price": "30.00",
        "variants": [{"variant_id": "m1-red", "price": "25.00", "options": {"color": "red"}}],
        "attributes": {"color": "black", "weight": "85 g", "buttons": "3"},
        "compatible_with": ["n1", "Slate 14"],
    }


def test_interactions_are_read_with_both_forms_of_time(tmp_path: Path) -> None:
    path = _feed(
        tmp_path,
        _event(timestamp="2024-01-01T01:00:00+01:00", value=2),
        _event(timestamp=1704067200),
        _event(timestamp=1704067200.5, event="rating", value=4.5),
    )
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    assert list(read_interactions(path)) == [
        Interaction("u", "p", "purchase", moment, 2.0),
        Interaction("u", "p", "purchase", moment),
        Interaction("u", "p", "rating", moment.replace(microsecond=500_000), 4.5),
    ]


WHEN = "ISO 8601 with an offset or seconds since the epoch"


@pytest.mark.parametrize(
    ("fields", "field", "value", "expected"),
    [
        ({"user_id": ""}, "user_id", "''", "a string that is not empty"),
        ({"product_id": None}, "product_id", "None", "a string that is not empty"),
        ({"event": "buy"}, "event", "'buy'", "one of view, cart, purchase, rating"),
        ({"timestamp": "2024-01-01"}, "timestamp", "'2024-01-01'", WHEN),
        ({"timestamp": 10**30}, "timestamp", str(10**30), WHEN),
        ({"timestamp": float("nan")}, "timestamp", "nan", WHEN),
        ({"timestamp": True}, "timestamp", "True", WHEN),
        ({"value": "two"}, "value", "'two'", "a number"),
        ({"value": float("inf")}, "value", "'inf'", "a finite number"),
    ],
)
def test_a_wrong_interaction_is_rejected_with_its_reason(
    fields: dict[str, Any], field: str, value: str, expected: str, tmp_path: Path
) -> None:
    path = _feed(tmp_path, _event(), _event(**fields))
    kept, bad = read_interactions(path)
    assert isinstance(kept, Interaction)
    assert bad == Rejected(str(path), 2, field, value, expected)


def test_interactions_are_written_as_they_are_read(interactions: tuple[Interaction, ...], tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl.gz", map(interaction_to_json, interactions))
    assert tuple(read_interactions(tmp_path / "rows.jsonl.gz")) == interactions
    assert interaction_from_json(_event()).value is None
    assert "value" not in interaction_to_json(interaction_from_json(_event()))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        write_rows(tmp_path / name, [_product(title="é")])
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    write_rows(tmp_path / "c.jsonl", [_product(title="é")])
    assert (tmp_path / "c.jsonl").read_text(encoding="utf-8") == '{"product_id": "p", "title": "é"}\n'
