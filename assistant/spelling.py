"""A message in the shop's spelling: "keybord" is read as "keyboard", "head set" as "headset", and the shopper is told.

Knows words, nothing of what they ask for. Names, numbers and what stands in quotes are never changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.phrases import CHATTER, CONTRAST, FILLERS, NEGATIONS
from assistant.vocabulary import Vocabulary
from index.catalog import fold
from index.lexical import LexicalIndex

# A word of letters that is no part of a model number, an address, a contraction or a compound with a hyphen.
_WORD = re.compile(r"(?<![\w.@/'’&+-])[^\W\d_]{2,}(?![\w@/'’&+-]|\.\w)")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|(?<![\w\"])\"[^\"]*[^\W\d_][^\"]*\"")


@dataclass(frozen=True, slots=True)
class Respelled:
    """A message in the shop's spelling, and the words that were read as others: typed and read."""

    text: str
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def doubt(self) -> str:
        """One sentence for the shopper; "" where no word was read as another."""
        read = [f"“{typed}” as “{right}”" for typed, right in dict.fromkeys(self.slips)]
        *first, last = read or [""]
        return f"I read {', '.join(first)}{' and ' if first else ''}{last}." if last else ""


def respelled(text: str, lexical: LexicalIndex, words: Vocabulary) -> Respelled:
    """The message with slips put right and kinds' names written as the shop writes them."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    found = [one for one in _WORD.finditer(text) if not any(start <= one.start() < stop for start, stop in quoted)]
    changes: list[tuple[int, int, str]] = []
    slips: list[tuple[str, str]] = []
    place = 0
    while place < len(found):
        one = found[place]
        joined = _joined(text, found[place : place + 2], lexical, words)
        if joined:
            changes.append((one.start(), found[place + 1].end(), joined))
            place += 2
            continue
        right = _right(one, lexical, words)
        if right:
            changes.append((*one.span(), right))
            if right.replace(" ", "") != fold(one[0]):
                slips.append((one[0], right))
        place += 1
    for start, stop, right in reversed(changes):
        text = text[:start] + right + text[stop:]
    return Respelled(text, tuple(slips))


def _plain(word: str, words: Vocabulary) -> bool:
    """True for a word that may be a slip: no word of the talk, and no part of a brand's name."""
    talk = word in CHATTER or word in FILLERS or word in CONTRAST or NEGATIONS.fullmatch(word)
    return not talk and word not in words.brand_words


def _right(found: re.Match[str], lexical: LexicalIndex, words: Vocabulary) -> str:
    """The word that was meant, "" where it stands as it is."""
    typed = found[0]
    if (len(typed) > 1 and typed.isupper()) or not _plain(fold(typed), words):
        return ""
    right = lexical.corrected(typed)
    if fold(right) == fold(typed):
        return ""
    # A capital begins the name of a maker the shop may not have; only a maker or a kind is read in its place.
    named = right in words.brand_words or bool(words.kinds(right.split()))
    return right if named or typed.islower() else ""


def _joined(text: str, pair: Sequence[re.Match[str]], lexical: LexicalIndex, words: Vocabulary) -> str:
    """Two words as the one by which the shop names a kind: "head set" as "headset"; "" where they are two."""
    if len(pair) < 2 or text[pair[0].end() : pair[1].start()] not in (" ", "-"):
        return ""
    one, other = (fold(word[0]) for word in pair)
    if not (_plain(one, words) and _plain(other, words)):
        return ""
    joined = lexical.corrected(f"{one} {other}")
    is_one = joined == one + other and words.names_kind(joined) and not words.names_kind(f"{one} {other}")
    return joined if is_one else ""
