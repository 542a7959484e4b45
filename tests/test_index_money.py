"""Amounts of money: what shops and people write, read to whole minor units."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import minor_digits
from index.money import CURRENCIES, Money, currency_code, from_minor, money, read_money
from index.rows import BadValueError

WRITTEN = [
    # as written, the currency of amounts that name none, the amount, its currency
    ("19.99 USD", "", "19.99", "USD"),
    ("22,90 €", "", "22.90", "EUR"),
    ("€ 1.234,56", "", "1234.56", "EUR"),
    ("$1,299.00", "", "1299.00", "USD"),
    ("$12", "CAD", "12.00", "CAD"),
    ("A$12", "", "12.00", "AUD"),
    ("¥12,000", "", "12000", "JPY"),
    ("¥12,000", "CNY", "12000.00", "CNY"),
    ("kr 199:-", "SEK", "199.00", "SEK"),
    ("Rs. 499", "", "499.00", "INR"),
    ("1 299,00 kr", "NOK", "1299.00", "NOK"),
    ("1.234 €", "", "1234.00", "EUR"),
    ("1.234", "EUR", "1.23", "EUR"),
    ("1,234", "", "1234.00", ""),
    ("12.000 KWD", "", "12.000", "KWD"),
    ("1.2345 KWD", "", "1.235", "KWD"),
    ("12.345.678,90 EUR", "", "12345678.90", "EUR"),
    ("CHF 1'299.50", "", "1299.50", "CHF"),
    ("12.000 ₫", "", "12000", "VND"),
    ("usd 5", "", "5.00", "USD"),
    ("0", "", "0.00", ""),
    (5, "EUR", "5.00", "EUR"),
    (19.99, "USD", "19.99", "USD"),
    (Decimal("19.995"), "USD", "20.00", "USD"),
    ("US $12", "", "12.00", "USD"),
    ("12.– CHF", "", "12.00", "CHF"),
    ("ab 12,00 €", "", "12.00", "EUR"),
    ("From $5", "", "5.00", "USD"),
    ("£12.99 inc. VAT", "", "12.99", "GBP"),
    ("12,99 €*", "", "12.99", "EUR"),
    ("12,99 € (inkl. MwSt.)", "", "12.99", "EUR"),
    ("\u200b19.99\u00a0EUR", "", "19.99", "EUR"),
]


@pytest.mark.parametrize(("written", "default", "amount", "currency"), WRITTEN)
def test_an_amount_is_read_as_it_is_meant(written: object, default: str, amount: str, currency: str) -> None:
    read = read_money(written, default)
    assert (str(read.amount), read.currency, read.upto) == (amount, currency, None)


def test_a_range_has_two_ends() -> None:
    assert read_money("USD 50-80") == Money(Decimal("50.00"), "USD", Decimal("80.00"))
    assert read_money("$12.99 - $24.99") == Money(Decimal("12.99"), "USD", Decimal("24.99"))
    assert read_money("5 to 5 EUR").upto is None


@pytest.mark.parametrize(
    "bad",
    ["", "free", "-3", "$-3", "NaN", "1e5", "1.2.3", "$5 €6", "100 bucks", "80-50 USD", True, None, ["5"], "9" * 40,
     float("nan"), float("inf"), -1, 10**12, "1,2,3", "5 USD and more", "1" * 300],
)  # fmt: skip
def test_what_is_no_amount_is_refused_by_its_field(bad: object) -> None:
    with pytest.raises(BadValueError) as told:
        read_money(bad, field="cost")
    assert told.value.field == "cost" and told.value.value is bad
    assert "such as" in told.value.expected


def test_minor_units_are_those_of_the_currency() -> None:
    told = {code: str(from_minor(1999, code).amount) for code in ("USD", "JPY", "KWD")}
    assert told == {"USD": "19.99", "JPY": "1999", "KWD": "1.999"}
    for bad in (19.99, "1999", -1, True, None, 10**15):
        with pytest.raises(BadValueError, match="amount"):
            from_minor(bad, "USD")
    with pytest.raises(BadValueError, match="currency"):
        from_minor(1, "XYZ")
    assert currency_code(" eur") == "EUR"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**11), st.sampled_from(sorted(CURRENCIES)), st.booleans())
def test_what_is_written_is_read_again(minor: int, currency: str, grouped: bool) -> None:
    amount = from_minor(minor, currency).amount
    digits = minor_digits(currency)
    text = f"{amount:,.{digits}f}" if grouped else f"{amount:.{digits}f}"
    continental = text.replace(",", " ").replace(".", ",")
    for written in (f"{text} {currency}", f"{currency} {text}", f"{continental} {currency}"):
        assert read_money(written) == Money(amount, currency), written
    if amount < 10**9:
        assert read_money(money(amount, currency)) == Money(amount, currency)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30) | st.text("0123456789.,'- €$kr:USD", max_size=16))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        read = read_money(text)
    except BadValueError:
        return
    assert 0 <= read.amount < 10**12
    assert read.upto is None or read.upto > read.amount
    assert read.amount.as_tuple().exponent == -minor_digits(read.currency)
