"""Amounts of money: out of what a feed writes, and into words.

`read_money` takes major units as shops and people write them ("19.99 USD", "22,90 €", "$1,299.00", a range),
`from_minor` whole minor units. Knows nothing of products.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from index.catalog import minor_digits, to_minor
from index.rows import BadValueError, clean

CURRENCIES = frozenset({
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
    "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG",
    "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF",
    "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA",
    "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO",
    "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD",
    "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN",
    "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX",
    "USD", "UYI", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWG",
})  # fmt: skip
"""Currencies in use, ISO 4217."""

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SIGNS = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "nt$": "TWD", "mx$": "MXN", "r$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR", "rs": "INR", "rs.": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "฿": "THB", "₫": "VND", "₪": "ILS", "₴": "UAH", "₦": "NGN", "₱": "PHP",
    "zł": "PLN", "kč": "CZK", "ft": "HUF", "fr.": "CHF", "sfr.": "CHF", "lei": "RON", "元": "CNY", "円": "JPY",
}  # fmt: skip
"""What names one currency beside its code."""

_SHARED = {
    "$": ("USD", frozenset(["USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"])),
    "¥": ("JPY", frozenset(["JPY", "CNY"])),
    "kr": ("", frozenset(["SEK", "NOK", "DKK", "ISK"])),
    "kr.": ("", frozenset(["DKK", "SEK", "NOK", "ISK"])),
}
"""What several currencies share: the one it means when nothing else is said, and all that it may mean."""

_DIGITS = r"\d(?:[\d.,'’ ]*\d)?"
_AMOUNT = re.compile(rf"(?P<low>{_DIGITS})(?:\s*(?:-|–|—|to|bis)\s*(?P<gap>[^\d\s]{{0,4}}\s*)(?P<high>{_DIGITS}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ ]\d{3})+")
_BEFORE = re.compile(r"^(?:from|ab|von|desde|dès|a partir de|à partir de)(?=\s|$)\s*", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:\*+|\(?(?:incl?|inkl|excl?|exkl|plus)\.? ?(?:vat|tax|mwst|ust|iva|tva)\.?\)?)$", re.IGNORECASE
)
_LIMIT = Decimal(10) ** 12
EXPECTED = 'an amount such as "19.99 USD"'


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units, rounded to whole minor ones, with its currency ("" unknown).

    `upto` is the upper end of a range, of which `amount` is the lower.
    """

    amount: Decimal
    currency: str
    upto: Decimal | None = None


def money(amount: Decimal, currency: str, *, short: bool = False) -> str:
    """An amount with its currency: "$1,299.00", "CHF 12.50"; `short` leaves out zero cents."""
    whole = short and amount == amount.to_integral_value()
    number = f"{amount:,.{0 if whole else minor_digits(currency)}f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{clean(currency)} {number}".strip()


def read_money(value: object, currency: str = "", *, field: str = "price", point: bool = False) -> Money:
    """An amount of major units as a feed writes it; BadValueError names `field`.

    `currency` is what the amount is in when it does not say so itself. `point` is for formats whose specification
    makes the point the decimal mark: "1.234 EUR" then is no thousand.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise BadValueError(field, value, EXPECTED)
    if not isinstance(value, str):
        return Money(_rounded(Decimal(str(value)), currency, field, value), currency)
    text = clean(value) if len(value) <= 100 else ""
    found = _AMOUNT.search(text)
    if not found:
        raise BadValueError(field, value, EXPECTED)
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    # "199:-" and "199,-" write no cents, "from" names the lowest of several prices.
    after = _BEHIND.sub("", re.sub(r"^(?::-|[,.][-–—]{1,2})\s*", "", after))
    before = _BEFORE.sub("", before)
    own = _currency([before, found["gap"] or "", after], currency, field, value)
    machine = point or not (before or after)
    low = _rounded(_number(found["low"], own, machine), own, field, value)
    high = _rounded(_number(found["high"], own, machine), own, field, value) if found["high"] else None
    if high is not None and high < low:
        raise BadValueError(field, value, f"{EXPECTED} or a range from low to high")
    return Money(low, own, high if high != low else None)


def from_minor(value: object, currency: object, *, field: str = "price") -> Money:
    """An amount of whole minor units (cents) with its currency; BadValueError names `field`."""
    code = currency_code(currency, field=f"{field}.currency")
    whole = value if isinstance(value, int) and not isinstance(value, bool) else None
    if whole is None or not 0 <= whole < 10**14:
        raise BadValueError(f"{field}.amount", value, "a whole number of minor units from 0 up")
    return Money(Decimal(whole).scaleb(-minor_digits(code)), code)


def currency_code(value: object, *, field: str = "currency") -> str:
    """A currency's code in capitals, ISO 4217; BadValueError names `field`."""
    code = clean(value).upper() if isinstance(value, str) else ""
    if code not in CURRENCIES:
        raise BadValueError(field, value, "a currency of ISO 4217 such as USD")
    return code


def _currency(words: list[str], default: str, field: str, value: object) -> str:
    """The one currency that the words around an amount name, else the default."""
    named = set()
    for word in filter(None, ("".join(part.split()) for part in words)):
        folded = word.casefold()
        if word.upper() in CURRENCIES:
            named.add(word.upper())
        elif folded in _SIGNS:
            named.add(_SIGNS[folded])
        elif folded in _SHARED:
            usual, possible = _SHARED[folded]
            named.add(default if default in possible else usual)
        elif word not in ("-", "–"):
            raise BadValueError(field, value, EXPECTED)
        elif folded == "-":
            raise BadValueError(field, value, 'an amount from 0 up such as "19.99 USD"')
    if len(named) > 1:
        raise BadValueError(field, value, f"{EXPECTED}, in one currency")
    return next(iter(named), "") or default


def _number(text: str, currency: str, machine: bool) -> Decimal | None:
    """The number that a run of digits with marks writes; None when it writes none.

    Of two different marks the last is the decimal one. One mark that stands once before three digits is a
    thousand's where a person wrote it, and a point's decimal where a machine did.
    """
    bare = text.replace(" ", "").replace("'", "").replace("’", "")
    marks = [char for char in bare if char in ".,"]
    if not marks:
        return _decimal(bare)
    last = marks[-1]
    if len(set(marks)) == 2:
        if marks.count(last) > 1:
            return None
        return _decimal(bare.replace("," if last == "." else ".", "").replace(last, "."))
    digits = len(bare) - bare.rindex(last) - 1
    if len(marks) > 1:
        return _decimal(bare.replace(last, "")) if _GROUPED.fullmatch(bare) else None
    grouped = digits == 3 and not bare.startswith("0") and bool(_GROUPED.fullmatch(bare))
    if grouped and minor_digits(currency) != 3 and (last == "," or not machine or minor_digits(currency) == 0):
        return _decimal(bare.replace(last, ""))
    return _decimal(bare.replace(last, "."))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _rounded(amount: Decimal | None, currency: str, field: str, value: object) -> Decimal:
    if amount is None:
        raise BadValueError(field, value, EXPECTED)
    if not amount.is_finite() or not 0 <= amount < _LIMIT:
        raise BadValueError(field, value, 'an amount from 0 up such as "19.99 USD"')
    # Whole minor units: a price is what can be paid.
    return Decimal(to_minor(amount, currency)).scaleb(-minor_digits(currency))
