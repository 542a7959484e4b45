"""Amounts of money in words. Knows nothing of products."""

from decimal import Decimal

from index.catalog import minor_digits
from index.feeds import clean

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def money(amount: Decimal, currency: str, *, short: bool = False) -> str:
    """An amount with its currency: "$1,299.00", "CHF 12.50"; `short` leaves out zero cents."""
    whole = short and amount == amount.to_integral_value()
    number = f"{amount:,.{0 if whole else minor_digits(currency)}f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{clean(currency)} {number}".strip()
