"""One spelling for what feeds spell in many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import AVAILABILITIES
from index.normalise import (
    availability,
    category,
    condition,
    gtin,
    narrowed,
    number,
    plain_markdown,
    plain_text,
    stated,
    stock,
    truth,
    web_url,
)
from index.rows import BadValueError

SPELLINGS = {
    "in_stock": ("in_stock", "in stock", "In Stock", "InStock", "https://schema.org/InStock", "http://schema.org/OnlineOnly",
                 "InStoreOnly", "available", "yes", "TRUE", "1", 12, "12"),
    "limited_stock": ("limited_stock", "low_stock", "LIMITED_AVAILABILITY", "LimitedAvailability", 2, "3"),
    "out_of_stock": ("out_of_stock", "out of stock", "OutOfStock", "SoldOut", "Reserved", "no", "false", 0, "-4"),
    "preorder": ("preorder", "pre_order", "PreOrder", "PreSale", "pre-order"),
    "backorder": ("backorder", "BackOrder", "MadeToOrder", "on backorder"),
    "discontinued": ("discontinued", "https://schema.org/Discontinued", "archived"),
    "unknown": ("unknown", "", None),
}  # fmt: skip


@pytest.mark.parametrize(("spelled", "meant"), [(one, name) for name, many in SPELLINGS.items() for one in many])
def test_availability_has_one_spelling(spelled: object, meant: str) -> None:
    assert availability(spelled) == meant


def test_every_availability_is_spelled() -> None:
    assert SPELLINGS.keys() == set(AVAILABILITIES)
    with pytest.raises(BadValueError, match="sometimes"):
        availability("sometimes")
    assert availability("1", counted=True) == "limited_stock"
    assert [stock(many) for many in (-1, 0, 1, 3, 4)] == [
        "out_of_stock", "out_of_stock", "limited_stock", "limited_stock", "in_stock",
    ]  # fmt: skip


@pytest.mark.parametrize("good", ["4006381333931", "036000291452", "96385074", "00012345678905", "0012345678905"])
def test_a_gtin_keeps_its_zeros(good: str) -> None:
    assert gtin(good) == good
    assert gtin(f" {good[:4]}-{good[4:]} ") == good


@pytest.mark.parametrize(
    "bad",
    ["4006381333932", "0000000000000", "00000000", "2012345678900", "0306406152", "400638133393", "4.00638E+12", "",
     None, "ean", "9800000000007", "0400000000008", 12.5, "９" * 13],
)  # fmt: skip
def test_what_is_no_gtin_is_none(bad: object) -> None:
    assert gtin(bad) == ""


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789", min_size=7, max_size=13))
def test_of_ten_last_digits_at_most_one_checks(digits: str) -> None:
    assert sum(bool(gtin(digits + last)) for last in "0123456789") <= 1


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("<p>Soft &amp; warm</p><p>Washable</p>", "Soft & warm Washable"),
        ("<ul><li>One</li><li>Two</li></ul>", "One Two"),
        ("<b>bo</b>ld", "bold"),
        ("a < b", "a < b"),
        ("I <3 you, S<M", "I <3 you, S<M"),
        ("&lt;p&gt;Escaped&lt;/p&gt;", "Escaped"),
        ("Tom &amp;amp; Jo", "Tom & Jo"),
        ("ok<script>alert(1)</script>", "ok"),
        ("<style>p{}</style>b<br/>c", "b c"),
        ("<img src=x onerror=alert(1)>hi", "hi"),
        ("<!-- note -->seen", "seen"),
        ("<![CDATA[x]]>y", "y"),
        ("plain \u202e text\u200b", "plain text"),
    ],
)
def test_rich_text_becomes_plain(given_: str, kept: str) -> None:
    assert plain_text(given_) == kept


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<script>", "</script>", "<img src=x onerror=y>", "&lt;", "&amp;", "<", ">", "<b",
                     "a", " ", "&#x3c;", "<svg/onload=x>", "<!--", "-->", "\u200b", "é", '"', "&nbsp;"])
    | st.text(max_size=4),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_plain_text_has_no_elements_and_stays_as_it_is(text: str) -> None:
    once = plain_text(text)
    for tag in ("<script>", "<img ", "<svg", "<p>", "</p>", "</script>"):
        assert tag not in once
    assert plain_text(once) == once


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (("Clothing > Shirts > Shirts",), "Clothing > Shirts"),
        (("Clothing &gt; Shirts",), "Clothing > Shirts"),
        (("A » B › C",), "A > B > C"),
        (("A | B",), "A > B"),
        (("A / B",), "A > B"),
        (("TV/Video",), "TV/Video"),
        (("212", "Clothing"), "Clothing"),
        ((None, "", "n/a", "Toys"), "Toys"),
        ((), ""),
    ],
)
def test_a_category_is_one_path(values: tuple[str | None, ...], path: str) -> None:
    assert category(*values) == path


def test_the_rest_has_one_spelling_too() -> None:
    assert [condition(one) for one in ("NewCondition", "https://schema.org/UsedCondition", "Renewed", "odd", None)] == [
        "new", "used", "refurbished", "", "",
    ]  # fmt: skip
    assert [stated(one) for one in ("null", " N/A ", "x", 5, None, True)] == ["", "", "x", "5", "", ""]
    assert [truth(one) for one in ("TRUE", "no", "1", "maybe", None)] == [True, False, True, None, None]
    assert web_url("https://a.example/x?y=1") == "https://a.example/x?y=1"
    for bad in ("javascript:alert(1)", "//a.example", "ftp://a.example", "https://me:secret@a.example", "a b"):
        with pytest.raises(BadValueError, match="http"):
            web_url(bad)
    assert [number(one, 0, 5, field="stars") for one in ("4,5", "4.5", 3, "", "n/a")] == [4.5, 4.5, 3.0, None, None]
    for wrong in ("five", 6, "-1", "inf"):
        with pytest.raises(BadValueError, match="stars"):
            number(wrong, 0, 5, field="stars")


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=20) | st.sampled_from([one for many in SPELLINGS.values() for one in many if isinstance(one, str)])
)
def test_what_was_normalised_stays_as_it_is(text: str) -> None:
    assert stated(stated(text)) == stated(text)
    assert category(category(text)) == category(text)
    assert condition(condition(text)) == condition(text)
    assert gtin(gtin(text)) == gtin(text)
    try:
        once = availability(text)
    except BadValueError:
        return
    assert once in AVAILABILITIES and availability(once) == once


@settings(max_examples=200, deadline=None)
@given(MARKUP | st.text("#*_`[]()>- \na1!", max_size=20))
def test_markdown_becomes_text_that_stays_as_it_is(text: str) -> None:
    once = plain_text(plain_markdown(text))
    assert plain_text(once) == once
    assert "](" not in plain_markdown(f"[{once.replace('[', '').replace(']', '')}](x)")


@pytest.mark.parametrize(
    ("path", "kind", "whole"),
    [
        ("Clothing > Shirts & Tops", "T-Shirts", "Clothing > Shirts & Tops > T-Shirts"),
        ("Clothing > Dresses", "dresses", "Clothing > Dresses"),
        ("Clothing > Dresses", "", "Clothing > Dresses"),
        ("Clothing > Dresses", "Women > Dresses", "Clothing > Dresses"),
        ("", "T-Shirts", ""),
    ],
)
def test_a_merchants_own_kind_ends_a_path(path: str, kind: str, whole: str) -> None:
    assert narrowed(path, kind) == whole
