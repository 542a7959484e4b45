"""A message in another language, rendered into the plain English that `understand` reads.

By a dictionary and patterns (`languages`): "ein leises Keyboard unter 40 Euro, nicht von Norvik" is "one quiet
keyboard under 40 euro, not Norvik". Word order and grammar stay as they are where the reading does not need them.
Makers' names and what the shop's own records say (USB-C) are kept, and where the records are in the message's own
language all that says what is sought; a word that nothing is known of is looked up
among the kinds by `near`, if given, else told as unread. Knows nothing of sessions and requests.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from assistant.languages import Language, languages, plain_key, words_of
from assistant.tokens import WORD
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import fold

_NAMES = 0xE000
"""Makers' names stand as single private characters while patterns are tried, so that these can name them."""
_NAME = "[\ue000-\ue0ff]"
_VALUES = 0xE100
_VALUE = "[\ue100-\ue1ff]"
"""Values that records state stand so too, in a range of their own."""
_MONEY = {"EUR": "euro", "USD": "dollars", "GBP": "pounds", "JPY": "¥", "CNY": "¥"}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_JOINERS = r"(?:\s*(?:,|、|，|と|や|和|与|或|跟|/)\s*|\s+(?:y|o|e|und|oder|et|ou|ni|noch)\s+)"
_UNIT = (
    r"(?!\s?(?:[a-zA-Zμ\"″%°]|寸|英寸|米|小时|升|公斤|瓦|个|款|把|インチ|メートル|時間|リットル|キロ|ワット|個|台|つ))"
)
_TOKEN = re.compile(
    rf"«(?P<plain>[^»]*)»|(?P<name>{_NAME}|{_VALUE})|(?P<number>[$€£¥]?\s?\d+(?:[.,]\d+)*)|(?P<word>{WORD.pattern})|(?P<sign>[^\w\s])"
)
_CJK = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]")
_COMMAS = str.maketrans(
    {"、": ",", "，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?", "¿": " ", "¡": " "}
)
_COUNTED = frozenset({"years", "people", "players"})
_REFUSING = frozenset({"not", "without", "except"})
_OF_MAKER = ("von", "Marke", "marca", "marque")
_SLIP = 88
"""How alike a word and an entry are, out of 100, from which the word is read as the entry with a slip."""

Near = Callable[[str], str]
"""The shop's name of the kind that a foreign word means; "" for none."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A message in plain English, the words of it that were not understood, and the currency that it names ("").

    `taken` are words that were read as the kind nearest in meaning, each with that kind; `stated` are ages, numbers of
    people and values of records as the message has them, which a reading may or may not hold.
    """

    text: str
    unread: tuple[str, ...] = ()
    currency: str = ""
    taken: tuple[tuple[str, str], ...] = ()
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    english: str
    section: str  # of the entry; "name", "number", "sign", "kept", "plain" or "unread"
    source: str = ""


def in_english(
    text: str, language: str, words: Vocabulary, near: Near | None = None, *, without: frozenset[str] = frozenset()
) -> Translated:
    """The message in plain English. `without` are sections of the dictionary to do without, for measuring."""
    known = languages()[language]
    home = words.language == language
    plain = _numbers(unicodedata.normalize("NFKC", text), language)
    plain, names = _with_names(plain, words)
    plain, values = _with_values(plain, words) if home else (plain, [])
    for pattern, template in _patterns(language):
        plain = pattern.sub(lambda found, template=template: _filled(found, template, known), plain)  # type: ignore[misc]
    pieces = _pieces(plain, known, words, without)
    counted = [
        f"{one.source.strip()}{' ' * known.spaced}{other.source}"
        for one, other in pairwise(pieces)
        if one.section == "number" and other.section == "trait" and other.english in _COUNTED
    ]
    pieces = [_as_recorded(one, words) for one in pieces] if home else pieces
    pieces = _looked_up(pieces, near) if near else pieces
    out: list[str] = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        english = piece.english
        if home and before and before.english in _REFUSING and before.source and not before.source.endswith(_OF_MAKER):
            # A capital letter would make a maker of it, and some languages write every noun with one.
            english = english.lower()
        if before and before.section in ("kind", "near") and not home:
            english = known.beside.get(known.key_of(piece.source), english)
        out.append(english)
    said = " ".join(one for one in out if one)
    said = re.sub(_NAME, lambda found: names[ord(found[0]) - _NAMES], said)
    said = re.sub(_VALUE, lambda found: f"with {values[ord(found[0]) - _VALUES]},", said)
    said = re.sub(r"\s+([,.;:!?])", r"\1", said)
    currency = next((p.english for p in pieces if p.section == "currency"), "") or _currency_in(text, known)
    for code, word in _MONEY.items():
        said = re.sub(rf"\b{code}\b", word, said)
    return Translated(
        text=re.sub(r"(?:,\s*){2,}", ", ", said).strip(" ,"),
        unread=tuple(dict.fromkeys(piece.source for piece in pieces if piece.section == "unread")),
        currency=currency,
        taken=tuple((piece.source, piece.english) for piece in pieces if piece.section == "near"),
        stated=(*values, *counted),
    )


def _currency_in(text: str, language: Language) -> str:
    """The currency whose sign, or word behind a number, the message has."""
    sign = next((_SIGNS[char] for char in text if char in _SIGNS), "")
    if sign:
        return sign
    found = re.search(rf"\d\s?(?P<c>{_currencies(language.code)})", language.key_of(text))
    return language.entries[found["c"]].english if found else ""


def _numbers(text: str, language: str) -> str:
    """Chinese and Japanese numbers with 万 and 千 written out, their signs as ours; apostrophes alike."""
    if language in ("zh", "ja"):
        for sign, factor in (("[万萬]", 10_000), ("千", 1_000)):
            text = re.sub(rf"(\d+(?:\.\d+)?){sign}", lambda found, f=factor: f"{float(found[1]) * f:g}", text)  # type: ignore[misc]
        digits = {char: str(place) for place, char in enumerate("零一二三四五六七八九")} | {"两": "2"}
        text = re.sub(
            r"([一二两三四五六七八九]?)(百|千)(?=[元块円ドル美欧以ユ])",
            lambda found: digits.get(found[1], "1") + ("00" if found[2] == "百" else "000"),
            text,
        )
    return text.translate(_COMMAS).replace("’", "'")


def _with_names(text: str, words: Vocabulary) -> tuple[str, list[str]]:
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
            out.append(f"{text[last : tokens[place].start()]}{chr(_NAMES + len(names))}")
            names.append(name)
            last = tokens[place + size - 1].end()
        place += size
    return "".join((*out, text[last:])), names


def _with_values(text: str, words: Vocabulary) -> tuple[str, list[str]]:
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
            out.append(f"{text[last:start]}{chr(_VALUES + len(values))}")
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
def _currencies(language: str) -> str:
    entries = languages()[language].entries
    found = sorted((key for key, one in entries.items() if one.section == "currency"), key=len, reverse=True)
    return "|".join(map(re.escape, found)) or "(?!)"


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The language's patterns with amounts and lists of makers filled in."""
    money = _currencies(language)

    def amount(name: str) -> str:
        return rf"(?P<{name}>[$€£¥]?\s?\d+(?:[.,]\d+)*)(?!\d)(?:\s?(?P<{name}c>{money}))?{_UNIT}"

    makers = rf"(?P<b>{_NAME}(?:{_JOINERS}{_NAME})*)"
    return tuple(
        (
            re.compile(
                pattern.replace("{n}", amount("n")).replace("{m}", amount("m")).replace("{b}", makers), re.IGNORECASE
            ),
            template,
        )
        for pattern, template in languages()[language].patterns
    )


def _filled(found: re.Match[str], template: str, language: Language) -> str:
    """The template with the amounts, makers and texts that its pattern found."""
    groups = found.groupdict()

    def part(hole: re.Match[str]) -> str:
        name = hole[1]
        if name.isdigit():
            return found[int(name)] or ""
        said = groups.get(name) or ""
        if name == "b":
            return " and ".join(re.findall(_NAME, said))
        if name in ("n", "m"):
            unit = groups.get(f"{name}c")
            entry = language.entries.get(language.key_of(unit)) if unit else None
            return f"{said.strip()} {_MONEY.get(entry.english, '')}".strip() if entry else said.strip()
        return said

    filled = re.sub(r"\{(\w+)\}", part, template)
    # What is said of a price or a maker stands apart from what is sought.
    return f" , {filled} , " if template.startswith("«") and template.endswith("»") else filled


def _pieces(text: str, language: Language, words: Vocabulary, without: frozenset[str]) -> list[_Piece]:
    """The message in pieces, each with what it means; runs of nothing known are pieces too."""
    pieces: list[_Piece] = []
    for found in _TOKEN.finditer(_parted(text, language, without)):
        if found["plain"] is not None:
            # An entry found where no blanks part words carries its section and its source along.
            section, _, rest = found["plain"].partition("|") if "|" in found["plain"] else ("plain", "", found["plain"])
            english, _, source = rest.partition("|")
            pieces.append(_Piece(english, section, source))
        elif found["name"]:
            pieces.append(_Piece(found["name"], "name"))
        elif found["sign"]:
            pieces.append(_Piece(found["sign"] if found["sign"] in ',.;:!?€$£¥"″' else "", "sign", found["sign"]))
        elif found["number"]:
            pieces.append(_Piece(found["number"], "number", found["number"]))
        else:
            pieces += _word_pieces(found["word"], language)
    joined = _phrases(pieces, language, without) if language.spaced else pieces
    return [_known(piece, language, words, without) if piece.section == "word?" else piece for piece in joined]


def _as_recorded(piece: _Piece, words: Vocabulary) -> _Piece:
    """A piece as records in the message's own language have it: what is sought stays as it was said."""
    if piece.section == "unread":
        return _Piece(piece.source, "kept", piece.source)
    if piece.section not in ("kind", "trait") or not piece.source:
        return piece
    foreign = words.knows(piece.source) or not all(words.knows(word) for word in piece.english.split())
    return _Piece(piece.source, piece.section, piece.source) if foreign else piece


def _parted(text: str, language: Language, without: frozenset[str]) -> str:
    """Where no blanks part words: the longest entries first, each as «meaning», the rest as it stands."""
    if language.spaced:
        return text
    out, place, plain = [], 0, False
    while place < len(text):
        if text[place] == "«":
            stop = text.index("»", place) + 1 if "»" in text[place:] else len(text)
            out.append(f" {text[place:stop]} ")
            place = stop
            continue
        size = next(
            (
                size
                for size in range(min(language.longest, len(text) - place), 0, -1)
                if (entry := language.entries.get(fold(text[place : place + size])))
                and entry.section not in without
                and (_CJK.search(text[place : place + size]) or not _within_word(text, place, size))
            ),
            0,
        )
        if size:
            entry = language.entries[fold(text[place : place + size])]
            out.append(f" «{entry.section}|{entry.english}|{text[place : place + size]}» ")
            place += size
            plain = False
        else:
            cjk = bool(_CJK.match(text[place]))
            out.append(f" {text[place]}" if cjk != plain else text[place])
            plain = cjk
            place += 1
    return "".join(out)


def _within_word(text: str, place: int, size: int) -> bool:
    return (place > 0 and text[place - 1].isascii() and text[place - 1].isalnum()) or (
        place + size < len(text) and text[place + size].isascii() and text[place + size].isalnum()
    )


def _word_pieces(word: str, language: Language) -> list[_Piece]:
    if language.spaced:
        return [_Piece("", "word?", one) for one in words_of(word)]
    return [_Piece("", "word?", word)]


def _phrases(pieces: list[_Piece], language: Language, without: frozenset[str]) -> list[_Piece]:
    """The pieces with the longest phrases of the dictionary put together."""
    out: list[_Piece] = []
    place = 0
    while place < len(pieces):
        size, entry = 0, None
        for length in range(min(language.longest, len(pieces) - place), 0, -1):
            part = pieces[place : place + length]
            if any(one.section != "word?" for one in part):
                continue
            keys = [language.key_of(one.source) for one in part]
            exact = language.entries.get(" ".join(keys))
            entry = exact or language.stems.get(" ".join(language.stem(key) for key in keys))
            if entry and entry.section not in without:
                size = length
                break
            entry = None
        if entry:
            source = " ".join(one.source for one in pieces[place : place + size])
            out.append(_Piece(entry.english, entry.section, source))
            place += size
        else:
            out.append(pieces[place])
            place += 1
    return out


def _known(piece: _Piece, language: Language, words: Vocabulary, without: frozenset[str]) -> _Piece:
    """A word that is no entry: parts of a compound, a word of the shop's records, an entry with a slip, else unread."""
    source = piece.source
    if language.spaced and "-" in source and (parted := _compound(language.key_of(source), language, without)):
        return parted
    if words.knows(source) or any(char.isdigit() for char in source) or source.isupper():
        return _Piece(source, "kept", source)
    if not language.spaced:
        return _Piece("", "unread", source) if _CJK.search(source) else _Piece(source, "kept", source)
    key = language.key_of(source)
    compound = _compound(key, language, without)
    if compound:
        return compound
    if len(key) >= 6:
        usable = [entry for entry, one in language.entries.items() if " " not in entry and one.section not in without]
        slip = process.extractOne(key, usable, scorer=fuzz.ratio, score_cutoff=_SLIP)
        if slip:
            entry = language.entries[slip[0]]
            return _Piece(entry.english, entry.section, source)
    return _Piece("", "unread", source)


def _compound(key: str, language: Language, without: frozenset[str]) -> _Piece | None:
    """ "Gaming-Maus" or "Laserdrucker" by its parts, the thing last."""
    for place in range(len(key) - 3, 2, -1):
        head = language.entries.get(plain_key(key[place:]))
        if head is None or head.section != "kind" or head.section in without:
            continue
        first = key[:place].rstrip("-")
        for part in (first, first.removesuffix("s"), first.removesuffix("n")):
            entry = language.entries.get(part)
            if entry and entry.section in ("kind", "trait", "word"):
                return _Piece(f"{entry.english} {head.english}", "kind", key)
        if "-" in key[:place]:
            return _Piece(f"{first} {head.english}", "kind", key)
    return None


def _looked_up(pieces: Sequence[_Piece], near: Near) -> list[_Piece]:
    """Runs of unread words, with the "of" between them, as the kinds they mean."""
    out: list[_Piece] = []
    place = 0
    while place < len(pieces):
        stop = place
        while stop < len(pieces) and (
            pieces[stop].section == "unread"
            or (stop > place and stop + 1 < len(pieces) and pieces[stop].english in ("of", "for", "") and
                pieces[stop].section in ("word", "drop") and pieces[stop + 1].section == "unread")
        ):  # fmt: skip
            stop += 1
        if stop == place:
            out.append(pieces[place])
            place += 1
            continue
        kind = near(" ".join(one.source for one in pieces[place:stop]))
        if kind:
            out.append(_Piece(kind, "near", " ".join(one.source for one in pieces[place:stop])))
        else:
            out += pieces[place:stop]
        place = stop
    return out
