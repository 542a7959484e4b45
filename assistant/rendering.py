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
from itertools import pairwise

from rapidfuzz import fuzz, process

from assistant.languages import Language, languages, plain_key, words_of
from assistant.marked import (
    MONEY,
    NAME,
    NAMES,
    VALUE,
    VALUES,
    currencies,
    filled,
    patterns_of,
    with_names,
    with_values,
)
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.catalog import fold

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_TOKEN = re.compile(
    rf"«(?P<plain>[^»]*)»|(?P<name>{NAME}|{VALUE})|(?P<number>[$€£¥]?\s?\d+(?:[.,]\d+)*)|(?P<word>{WORD.pattern})|(?P<sign>[^\w\s])"
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
    plain, names = with_names(plain, words)
    plain, values = with_values(plain, words) if home else (plain, [])
    for pattern, template in patterns_of(language):
        plain = pattern.sub(lambda found, template=template: filled(found, template, known), plain)  # type: ignore[misc]
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
        said_before = next((one.english for one in reversed(pieces[:place]) if one.english), "")
        if english == "one" and said_before in (",", "but"):
            # "keine Maus, eine Tastatur" refuses no keyboard.
            english = "a"
        refused = before.source if before and before.english in _REFUSING else ""
        if refused and (home or refused.startswith("kein")) and not refused.endswith(_OF_MAKER):
            # A capital letter would make a maker of it, and German writes every noun with one.
            english = english.lower()
        if before and before.section in ("kind", "near") and not home:
            english = known.beside.get(known.key_of(piece.source), english)
        out.append(english)
    said = " ".join(one for one in out if one)
    said = re.sub(NAME, lambda found: names[ord(found[0]) - NAMES], said)
    said = re.sub(VALUE, lambda found: f"with {values[ord(found[0]) - VALUES]},", said)
    said = re.sub(r"\s+([,.;:!?])", r"\1", said)
    currency = next((p.english for p in pieces if p.section == "currency"), "") or _currency_in(text, known)
    for code, word in MONEY.items():
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
    found = re.search(rf"\d\s?(?P<c>{currencies(language.code)})", language.key_of(text))
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
