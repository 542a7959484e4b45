"""One spelling for what feeds spell in many: availability, GTIN, category paths, conditions, rich text, numbers.

Money is in `money`, Unicode in `rows.clean`. Knows no format.
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from index.catalog import fold
from index.rows import BadValueError, clean
from index.stock_words import STOCK_WORDS

_AVAILABILITY = {
    "instock": "in_stock", "available": "in_stock", "instoreonly": "in_stock", "onlineonly": "in_stock",
    "limitedstock": "limited_stock", "lowstock": "limited_stock", "limitedavailability": "limited_stock",
    "outofstock": "out_of_stock", "soldout": "out_of_stock", "unavailable": "out_of_stock",
    "notavailable": "out_of_stock", "reserved": "out_of_stock",
    "preorder": "preorder", "presale": "preorder",
    "backorder": "backorder", "backordered": "backorder", "onbackorder": "backorder", "madetoorder": "backorder",
    "availablefororder": "backorder",
    "discontinued": "discontinued", "archived": "discontinued",
    "unknown": "unknown",
}  # fmt: skip
_YES_NO = {"true": "in_stock", "yes": "in_stock", "y": "in_stock", "1": "in_stock",
           "false": "out_of_stock", "no": "out_of_stock", "n": "out_of_stock", "0": "out_of_stock"}  # fmt: skip
FEW = 3
"""From one to so many pieces left, the stock is limited."""

_RESTRICTED = ("02", "04", "05", "2", "98", "99")
_CONDITIONS = {
    "new": "new", "newcondition": "new", "brandnew": "new",
    "refurbished": "refurbished", "refurbishedcondition": "refurbished", "renewed": "refurbished",
    "used": "used", "usedcondition": "used", "secondhand": "used", "preowned": "used", "second hand": "used",
    "damaged": "used", "damagedcondition": "used",
}  # fmt: skip

# Elements of HTML: only they are taken for markup, so that "S<M" and "<3" stay text.
_ELEMENTS = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|"
    "caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|"
    "figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|"
    "label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|noframes|noscript|object|ol|optgroup|option|"
    "output|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|"
    "style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|"
    "wbr|[a-z]+:[a-z]+"
)
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?=[\s/>])|<!--|<!doctype|<!\[", re.IGNORECASE)
_STRAY = re.compile(rf"<(?!/?(?:{_ELEMENTS})[\s/>]|!--|!doctype|!\[)", re.IGNORECASE)
_INLINE = "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u"
_BLOCK = re.compile(rf"</?(?!/?(?:{_INLINE}|wbr)[\s/>])(?:{_ELEMENTS})(?=[\s/>])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_MD_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_MD_LINE = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?|`{3}.*$|[-*_=]{3,}[ \t]*$)", re.MULTILINE)
_MD_STRESS = re.compile(r"(?<![\w*_`])(\*{1,3}|_{1,3}|`)(?=\S)(.+?)(?<=\S)\1(?![\w*_`])")
_CATEGORY_MARKS = re.compile(r"\s*(?:>+|»|›|→|\||::)\s*|\s+/\s+")
_FALSE = frozenset(["", "null", "none", "n/a", "na", "nan", "-", "undefined"])


def plain_text(text: str) -> str:
    """Rich text as clean plain text: no tags, scripts or styles; entities as what they stand for.

    What is escaped once more than it should be is read as well. Text without markup is only cleaned.
    """
    # First what cannot be seen: it would hide a tag.
    bare = clean(text)
    if "<" not in bare and "&" not in bare:
        return bare
    import nh3

    for _ in range(4):
        before = bare
        if _TAG.search(bare):
            spaced = _BLOCK.sub(lambda tag: f" {tag.group()}", _STRAY.sub("&lt;", bare))
            bare = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"}, strip_comments=True)
            bare = html.unescape(bare)
        elif _ENTITY.search(bare):
            bare = html.unescape(bare)
        if bare == before:
            break
    return clean(bare)


def plain_markdown(text: str) -> str:
    """Markdown without its marks: links as their text, pictures as what describes them; it may hold HTML still."""
    bare = _MD_LINK.sub(r"\1", text)
    bare = _MD_LINE.sub("", bare)
    for _ in range(2):
        bare = _MD_STRESS.sub(r"\2", bare)
    return bare


def availability(
    value: object, *, field: str = "availability", known: Iterable[str] = (), counted: bool = False
) -> str:
    """One of AVAILABILITIES from any format's spelling, "unknown" where nothing is stated; else BadValueError.

    A number is how many there are, 1 alone being a yes unless the field is `counted`. `known` are the spellings that
    the format has, for the message.
    """
    if value is None or value == "":
        return "unknown"
    if isinstance(value, bool):
        return "in_stock" if value else "out_of_stock"
    found = _spelled(str(value), counted)
    if found:
        return found
    expected = f"one of {', '.join(known)}" if known else "a stock such as in_stock, out_of_stock, preorder"
    raise BadValueError(field, value, expected)


@lru_cache(maxsize=4096)
def _spelled(value: str, counted: bool) -> str:
    """The availability that a text spells or counts, "" where it does neither."""
    text = fold(clean(value))
    key = re.sub(r"^https?://schema\.org/", "", text).replace(" ", "").replace("_", "").replace("-", "")
    found = _AVAILABILITY.get(key) or STOCK_WORDS.get(key) or ("" if counted and key.isdecimal() else _YES_NO.get(key))
    if found:
        return found
    try:
        return stock(float(text))
    except ValueError:
        return ""


def stock(quantity: float) -> str:
    """The availability that a number of pieces means."""
    return "in_stock" if quantity > FEW else "limited_stock" if quantity > 0 else "out_of_stock"


def gtin(value: object) -> str:
    """The GTIN that a value holds, its leading zeros kept; "" when it holds none.

    8, 12, 13 or 14 digits whose last is the check digit, not all zeros, and not from the ranges that GS1 leaves
    to a shop's own use and to coupons.
    """
    told = clean(str(value)) if isinstance(value, (str, int)) else ""
    digits = told.replace(" ", "").replace("-", "")
    if len(digits) not in (8, 12, 13, 14) or not (digits.isascii() and digits.isdecimal()) or not int(digits):
        return ""
    # From the right, the check digit left out: three times every other digit, and once the others.
    total = 3 * sum(map(int, digits[-2::-2])) + sum(map(int, digits[-3::-2]))
    if (10 - total % 10) % 10 != int(digits[-1]):
        return ""
    company = {8: digits, 12: f"0{digits}", 13: digits, 14: digits[1:]}[len(digits)]
    return "" if company.startswith(_RESTRICTED) else digits


def category(*values: object) -> str:
    """The first value that names a path, its segments joined by " > "; numbers of a taxonomy name none."""
    for value in values:
        found = _path(str(value)) if value is not None else ""
        if found:
            return found
    return ""


def narrowed(path: str, kind: str) -> str:
    """A path with the merchant's own name of the kind at its end: "Shirts & Tops" that are T-Shirts are no blouses.

    A kind that the path names already, or that is a path itself, adds nothing.
    """
    own = _path(kind)
    if not path or not own or " > " in own or fold(own) in map(fold, path.split(" > ")):
        return path
    return f"{path} > {own}"


@lru_cache(maxsize=4096)
def _path(value: str) -> str:
    parts = [part.strip() for part in _CATEGORY_MARKS.split(plain_text(value)) if part.strip()]
    if not parts or all(part.isdecimal() for part in parts) or fold(parts[0]) in _FALSE:
        return ""
    # "Shoes > Shoes" says one thing.
    return " > ".join(part for place, part in enumerate(parts) if place == 0 or fold(part) != fold(parts[place - 1]))


def condition(value: object) -> str:
    """new, refurbished or used from any spelling, "" where the value says none of them."""
    if not value:
        return ""
    key = re.sub(r"^https?://schema\.org/", "", fold(clean(str(value))))
    return _CONDITIONS.get(key.replace("-", "").replace("_", ""), "")


def stated(value: object) -> str:
    """A text that says something: "" for what stands for nothing, "null" or "N/A"."""
    if isinstance(value, str):
        text = clean(value)
    else:
        text = clean(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
    return "" if len(text) < 10 and text.casefold() in _FALSE else text


def web_url(value: object, *, field: str = "url") -> str:
    """An absolute http(s) address, "" where none is stated; it is kept, never fetched."""
    text = clean(str(value)) if value is not None else ""
    if not text:
        return ""
    if not re.match(r"https?://[^\s/?#@]+(?:[/?#]|$)", text, re.IGNORECASE):
        raise BadValueError(field, value, "an absolute http(s) address")
    return text


def number(value: object, low: float, high: float, *, field: str) -> float | None:
    """A number within bounds, which are inclusive, of a number or its text; None where none is stated."""
    text = stated(value).replace(" ", "")
    if not text:
        return None
    try:
        found = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", ""))
    except ValueError:
        raise BadValueError(field, value, f"a number from {low:g} to {high:g}") from None
    if not low <= found <= high:
        raise BadValueError(field, value, f"a number from {low:g} to {high:g}")
    return found


def truth(value: object) -> bool | None:
    """Whether a value says yes or no, None when it says neither."""
    key = fold(clean(str(value))) if value is not None else ""
    return True if key in ("true", "yes", "1", "y") else False if key in ("false", "no", "0", "n") else None
