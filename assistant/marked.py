"""What of a message in another language is marked before its words are read: makers, values of records, and the
phrases that the language's patterns put into English.

Makers and values stand as single private characters, so that patterns can name them and nothing reads their words.
Knows nothing of what words mean one by one.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from assistant.languages import Language, languages
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import fold

NAMES = 0xE000
"""Makers' names stand as single private characters while patterns are tried, so that these can name them."""
NAME = "[\ue000-\ue0ff]"
VALUES = 0xE100
VALUE = "[\ue100-\ue1ff]"
"""Values that records state stand so too, in a range of their own."""
MONEY = {"EUR": "euro", "USD": "dollars", "GBP": "pounds", "JPY": "¥", "CNY": "¥"}
_JOINERS = r"(?:\s*(?:,|、|，|と|や|和|与|或|跟|/)\s*|\s+(?:y|o|e|und|oder|et|ou|ni|noch)\s+)"
_UNIT = (
    r"(?!\s?(?:[a-zA-Zμ\"″%°]|寸|英寸|米|小时|升|公斤|瓦|个|款|把|インチ|メートル|時間|リットル|キロ|ワット|個|台|つ))"
)


def with_names(text: str, words: Vocabulary) -> tuple[str, list[str]]:
    """The message with each maker's name as one private character, and the names in order."""
    names: list[str] = []
    tokens = list(re.finditer(r"[A-Za-z0-9À-ɏ]+(?:[-+&'][A-Za-z0-9À-ɏ]+)*", text))
    out, last, place = [], 0, 0
    while place < len(tokens):
        size, name = next(
            (
                (size, brand)
                for size in (3, 2, 1)
                if len(part := tokens[place : place + size]) == size
                and not "".join(text[one.end() : other.start()] for one, other in pairwise(part)).strip()
                and (brand := _maker([one[0] for one in part], words))
            ),
            (1, ""),
        )
        if name and len(names) < 0xFF:
            out.append(f"{text[last : tokens[place].start()]}{chr(NAMES + len(names))}")
            names.append(name)
            last = tokens[place + size - 1].end()
        place += size
    return "".join((*out, text[last:])), names


def with_values(text: str, words: Vocabulary) -> tuple[str, list[str]]:
    """The message with each value of several words that records state as one private character, and the values in
    order: "ab 8 Jahren" is no price.
    """
    values: list[str] = []
    tokens = list(re.finditer(r"[^\W_]+", text))
    out, last, place = [], 0, 0
    while place < len(tokens):
        size = next(
            (
                size
                for size in (4, 3, 2)
                if len(part := tokens[place : place + size]) == size
                and any(one[0].isdigit() for one in part)
                and value_key(text[part[0].start() : part[-1].end()]) in words.values
            ),
            0,
        )
        if size and len(values) < 0xFF:
            start, stop = tokens[place].start(), tokens[place + size - 1].end()
            out.append(f"{text[last:start]}{chr(VALUES + len(values))}")
            values.append(text[start:stop])
            last = stop
        place += size or 1
    return "".join((*out, text[last:])), values


def _maker(part: Sequence[str], words: Vocabulary) -> str:
    """The maker that exactly these words name; a slip of spelling names none."""
    capital = any(word[:1].isupper() for word in part)
    brand = words.brand(part, cued=capital)
    if brand is None:
        return ""
    said, own = fold(" ".join(part)), fold(brand)
    return brand if said == own or own.startswith(f"{said} ") or own.startswith(f"{said}.") else ""


@cache
def currencies(language: str) -> str:
    """A pattern of the language's words for currencies."""
    entries = languages()[language].entries
    found = sorted((key for key, one in entries.items() if one.section == "currency"), key=len, reverse=True)
    return "|".join(map(re.escape, found)) or "(?!)"


@cache
def patterns_of(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The language's patterns with amounts and lists of makers filled in."""
    money = currencies(language)

    def amount(name: str) -> str:
        return rf"(?P<{name}>[$€£¥]?\s?\d+(?:[.,]\d+)*)(?!\d)(?:\s?(?P<{name}c>{money}))?{_UNIT}"

    makers = rf"(?P<b>{NAME}(?:{_JOINERS}{NAME})*)"
    return tuple(
        (
            re.compile(
                pattern.replace("{n}", amount("n")).replace("{m}", amount("m")).replace("{b}", makers), re.IGNORECASE
            ),
            template,
        )
        for pattern, template in languages()[language].patterns
    )


def filled(found: re.Match[str], template: str, language: Language) -> str:
    """The template with the amounts, makers and texts that its pattern found."""
    groups = found.groupdict()

    def part(hole: re.Match[str]) -> str:
        name = hole[1]
        if name.isdigit():
            return found[int(name)] or ""
        said = groups.get(name) or ""
        if name == "b":
            return " and ".join(re.findall(NAME, said))
        if name in ("n", "m"):
            unit = groups.get(f"{name}c")
            entry = language.entries.get(language.key_of(unit)) if unit else None
            return f"{said.strip()} {MONEY.get(entry.english, '')}".strip() if entry else said.strip()
        return said

    text = re.sub(r"\{(\w+)\}", part, template)
    # What is said of a price or a maker stands apart from what is sought.
    return f" , {text} , " if template.startswith("«") and template.endswith("»") else text
