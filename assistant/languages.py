"""The languages beside English: their dictionaries, which of them a message is written in, and the fixed sentences.

A language is a file `dictionaries/CODE.tsv` of three columns: a section, what a shopper writes, what it means.

    kind      Tastatur    keyboard      a thing to buy, in plain English
    trait     leise       quiet         what a thing is like, is made of or is for
    word      unter       under         any other word or phrase; "not", "in stock" among them
    beside    portátil    portable      what a word means right behind a kind
    drop      suche                     a word that asks for nothing
    currency  Euro        EUR           a currency, by its code
    pattern   REGEX       TEMPLATE      tried before the words; `{n}`, `{m}` are amounts, `{b}` a list of makers,
                                        `«...»` stands in plain English already
    reply     thanks      Gern!         one of the assistant's own sentences

Adding a language is adding a file. Knows nothing of shops, products or requests.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.phrases import CHATTER, CONTRAST, FILLERS
from index.catalog import fold

_SECTIONS = frozenset({"kind", "trait", "word", "beside", "drop", "currency", "pattern", "reply"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
CHINESE_TALK = frozenset("的吗呢吧你们这么请给买")
"""Characters of Chinese talk that stand in no Japanese without kana."""
_CJK_PER_WORD = 2
"""Characters of Chinese or Japanese for each word in Latin letters from which records are written in these."""
_OWN_SHARE = 0.05
"""The share of the words of a shop's records that a language's own must be: 19 % in a German shop, under 2 % in
English ones.
"""
_LETTERS = re.compile(r"[^\W\d_]+")
_ALIKE = frozenset(re.findall(r"\w+", """
amigo mama mann mari oma opa padre papa person persona sa su sus ta tes ton tu
actor actual air album alias also am an angst animal arc area arena aroma art as at auto bad baguette bald ballet base
bat bed beige bid bio black blue bluetooth bouquet box boxen bratwurst brief brunette buffet bureau cable cables cafe
camera cameras cap capital capsule capsules car cargo case central cereal chat chef chic chocolate classic coin
cologne color comes compact compare computer computers console controller cool cost costume court cover cpu crayon
cristal criteria croissant crystal cuisine dame damp deal debut decor delicatessen den depot des design desk desktop
detour die digital display do dock docking doctor dollar dollars don dos drive drone drucker duplex ear earbuds elite
embargo en er error ersatz euro euros ex express extern extra facade fan fast fern fiance fiesta fin final fish five
for formal fort four front gamer gaming gang gas gate gateau general genre gift gigabyte glace glass go gold golden
grand gross guerrilla gut hamster hand handy hat headset headsets hell help hotel hub hybrid idea in inch intern junta
jus kilo kilos kind kindergarten kiwi la lag lager lane laptop laptops laser last legal lens lid line liter local logo
los loss made main mais mal man manga manual marina max maximal maximum me mesa metal meter metro micro microphone
microphones salute min mine
minimum minus mobile modern moderne module monitor monitore mop mosquito most motherboard moto mouse muesli music
musical noir normal not note notebook notebooks nun of office oil omelette on once open or orange original out page
pain pan par pas pasta patio pays petite pile pils pink plan playa plaza plus pop popular portable pour pretzel prima
prime printer prior pro processor projector puree quark radio ram rang rate real recycled red regime regular rest
resume rock rose rot router rucksack sac saga sage sale salsa salt sang sans saute scanner schnitzel sea sec sees sein
sen serie series shampoo siesta silicone similar sin single smart smartphone smartphones smartwatch smartwatches soap
solar solo son soundbar souvenir spam spiel sport ss ssd stand star station steak stick still strudel stylus sub super
sur switch tablet tablets taco tag tan tea tee television the to toast toilet tomate tomates tone toner tons tortilla
tot total tour tout transport treble tri trio tube tv twin uber unit usb usual vans vase verse verve via video villa
violet vista vivid von war was watt watts web webcam wifi wild wine winter yen yo yoga zone
"""))  # fmt: skip
"""Words of a dictionary that stand in English messages too; they speak for no language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word or phrase means in plain English, and the section it stands in."""

    english: str
    section: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language as its file has it. `entries` go by `key_of`, `beside` holds meanings right behind a kind,
    `patterns` are pairs of a pattern and a template in order; `spaced` says that blanks part its words.
    """

    code: str
    spaced: bool
    entries: Mapping[str, Entry]
    stems: Mapping[str, Entry]
    beside: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]
    replies: Mapping[str, str]
    longest: int
    """Words of the longest entry, or characters where no blanks part words."""

    def key_of(self, text: str) -> str:
        """The form in which the language's words are looked up."""
        return plain_key(text) if self.spaced else fold(text)

    def stem(self, key: str) -> str:
        """A word without the ending that number and gender give it."""
        if len(key) < 5:
            return key
        for ending in _ENDINGS.get(self.code, ()):
            if key.endswith(ending) and len(key) - len(ending) >= 4:
                return key[: -len(ending)]
        return key


_ENDINGS = {
    "de": ("en", "er", "em", "es", "e", "n", "s"),
    "es": ("as", "os", "es", "a", "o", "e", "s"),
    "fr": ("es", "s", "x", "e"),
}


def plain_key(text: str) -> str:
    """Folded and without accents, the apostrophes all alike: "¿Ratón?" and "raton?" are one."""
    bare = fold(text.replace("’", "'")).replace("œ", "oe").replace("æ", "ae")
    return "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))


def words_of(key: str) -> list[str]:
    """The words of a text in a language with blanks; an elided article is a word of its own: "l'encre"."""
    return re.findall(r"[^\W_]+'(?=[^\W_]|$)|[^\W_]+(?:[-+&][^\W_]+)*\+?", key)


@cache
def languages() -> Mapping[str, Language]:
    """Every language there is a file of, by its code."""
    found = {}
    for one in sorted(files("assistant").joinpath("dictionaries").iterdir(), key=lambda entry: entry.name):
        if one.name.endswith(".tsv"):
            code = one.name.removesuffix(".tsv")
            found[code] = read_language(code, one.read_text(encoding="utf-8"), one.name)
    return found


def read_language(code: str, text: str, name: str) -> Language:
    """A language from the text of its file; ValueError names the line, its value and what was expected."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        section, _, rest = line.partition("\t")
        source, _, meaning = rest.partition("\t")
        if section not in _SECTIONS or not source or (section != "drop" and not meaning):
            raise ValueError(f"{name}:{number}: {line!r}, expected a section of {', '.join(sorted(_SECTIONS))}, "
                             "a text and its meaning, parted by tabs")  # fmt: skip
        rows.append((section, source, meaning))
    spaced = not any(_HAN.search(source) or _KANA.search(source) for section, source, _ in rows if section == "kind")
    language = Language(code, spaced, {}, {}, {}, (), {}, 0)
    entries: dict[str, Entry] = {}
    beside: dict[str, str] = {}
    for section, source, meaning in rows:
        if section in ("pattern", "reply"):
            continue
        key = " ".join(words_of(language.key_of(source))) if spaced else language.key_of(source)
        if section == "beside":
            beside[key] = meaning
        else:
            entries.setdefault(key, Entry(meaning, section))
    stems: dict[str, Entry] = {}
    for key, entry in entries.items():
        if entry.english in ("not", "without"):
            # "Nichte" (niece) refuses nothing.
            continue
        stems.setdefault(" ".join(language.stem(word) for word in key.split()), entry)
    return Language(
        code=code,
        spaced=spaced,
        entries=entries,
        stems=stems,
        beside=beside,
        patterns=tuple((source, meaning) for section, source, meaning in rows if section == "pattern"),
        replies={source: meaning for section, source, meaning in rows if section == "reply"},
        longest=max((len(key.split()) if spaced else len(key) for key in entries), default=1),
    )


def reply_texts(language: str) -> Mapping[str, str]:
    """The assistant's own sentences in a language, by their names; empty for one there is no file of."""
    known = languages().get(language)
    return known.replies if known else {}


@cache
def _english() -> frozenset[str]:
    return frozenset((*CHATTER, *FILLERS, *CONTRAST, "not", "without", "except", "neither", "between"))


@cache
def _own_words() -> Mapping[str, frozenset[str]]:
    """For each language with blanks the words that stand in it and in no English message."""
    english = _english() | _ALIKE
    return {
        code: frozenset(
            word
            for key in one.entries
            for word in key.split()
            if (len(key.split()) == 1 or len(word) > 2) and word not in english and word.isalpha()
        )
        for code, one in languages().items()
        if one.spaced
    }


def detect(text: str, in_shop: Callable[[str], bool] = lambda _: False) -> str:
    """The code of the language of a message; "" for English, and for what speaks for no language that is known.

    A word that is `in_shop` speaks for none: the shop's records have it, and are searched for it as it stands.
    """
    if _KANA.search(text):
        return "ja"
    if _HAN.search(text):
        # A few characters among Latin words are somebody's name.
        if len(_HAN.findall(text)) < len(_LETTERS.findall(re.sub(_HAN, " ", text))):
            return ""
        return _of_characters("".join(_HAN.findall(text)))
    said = words_of(plain_key(text))
    words = [word for word in said if not word.isdigit()]
    if not words:
        return ""
    english = sum(word in _english() for word in words)
    telling = [word for word in words if not in_shop(word)]
    scores = {code: _score(telling, own, languages()[code]) for code, own in _own_words().items()}
    best = max(scores, key=lambda code: scores[code])
    enough = scores[best] > english and scores[best] >= max(1.0, 0.25 * len(words))
    return best if enough else ""


def plainly_english(word: str, language: str) -> bool:
    """True for a word of English talk, or an English meaning in a dictionary, that does not stand in the language."""
    return word not in _words_in(language) and (word in _english() or word in _meanings())


@cache
def _words_in(language: str) -> frozenset[str]:
    return frozenset(word for key in languages()[language].entries for word in key.split())


@cache
def _meanings() -> frozenset[str]:
    return frozenset(
        word for one in languages().values() for entry in one.entries.values() for word in entry.english.split()
    )


def written_in(texts: Iterable[str]) -> str:
    """The code of the language that a shop's records are written in; "" for English and whatever else."""
    text = " ".join(texts)
    letters = len(_LETTERS.findall(re.sub(f"{_HAN.pattern}|{_KANA.pattern}", " ", text)))
    if len(_HAN.findall(text)) + len(_KANA.findall(text)) > _CJK_PER_WORD * letters:
        return "ja" if _KANA.search(text) else _of_characters("".join(_HAN.findall(text)))
    words = [word for word in words_of(plain_key(text)) if word.isalpha()]
    english = sum(word in _english() for word in words)
    scores = {code: sum(word in own for word in words) for code, own in _own_words().items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > max(2 * english, _OWN_SHARE * len(words)) else ""


def _of_characters(text: str) -> str:
    """Chinese or Japanese, of a text without kana: by characters that only one of them writes, else by words."""
    for code, other in (("zh", "cp932"), ("ja", "gb2312")):
        try:
            text.encode(other)
        except UnicodeEncodeError:
            return code
    return "ja" if not CHINESE_TALK & set(text) and _covered(text, "ja") > _covered(text, "zh") else "zh"


def _covered(text: str, code: str) -> int:
    """How many characters of the text stand in the longest entries of a language without blanks."""
    language, place, covered = languages()[code], 0, 0
    while place < len(text):
        most = min(language.longest, len(text) - place)
        size = next((n for n in range(most, 0, -1) if text[place : place + n] in language.entries), 0)
        covered += size
        place += max(size, 1)
    return covered


def _score(words: list[str], own: frozenset[str], language: Language) -> float:
    """How many of the words are the language's: half a word for one that only shares its stem."""
    english = _english() | _ALIKE
    exact = sum(word in own for word in words)
    stems = sum(
        0.5
        for word in words
        if word not in own and word not in english and len(word) >= 5 and language.stem(word) in language.stems
    )
    return exact + stems
