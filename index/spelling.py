"""Slips of spelling put right by the shop's own words: "logitec keybord" is "logitech keyboard".

Knows words and how many products have them, nothing of scores or products.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set

from rapidfuzz.distance import OSA

_DOUBLED = re.compile(r"(.)\1+")
WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5
"""Letters below which a word is near too many others."""
_LONG = 8
"""Letters from which a slip is forgiven beside another spelling of a sound: "headfons"."""
_TELLING = 7
"""Letters from which a word that one product has may be what was meant; a shorter one must be common."""
_COMMON = 0.0005
"""The share of the products that makes a word common."""
RARE = 2
"""Products that may share a slip of the records' own, which is one only beside a word a hundred times as common."""


class Spelling:
    """The words of a shop of `size` products, each with the number of products that have it.

    `plain_words` gives the words of the language: one that the shop does not have is not sold here, but no slip.
    """

    def __init__(self, counts: Mapping[str, int], size: int, plain_words: Callable[[], Set[str]]) -> None:
        self._counts = counts
        self._plain_words = plain_words
        common = max(2.0, _COMMON * size)
        by_start: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for word, count in counts.items():
            if len(word) >= (_SHORTEST if count >= common else _TELLING):
                sounds = _sounds(word)
                by_start[sounds[0], len(sounds)].append((sounds, word))
        self._by_start = dict(by_start)
        self._known: dict[str, str] = {}

    def corrected(self, word: str) -> str:
        """The shop's word that a folded word was meant to be; the word itself where it is known or none is near.

        Near is one slip (a letter too many, missing, other, or two swapped), or another spelling of the same
        sound, or in a long word both, with the same first sound. Of words that are near the one that most products
        have is meant.
        """
        count = self._counts.get(word, 0)
        if count > RARE or len(word) < (_TELLING if count else _SHORTEST) or not WORD.fullmatch(word):
            return word
        found = self._known.get(word)
        if found is None:
            known = word in self._plain_words()
            found = self._known[word] = word if known else self._nearest(word, 100 * count)
        return found

    def _nearest(self, word: str, least: int) -> str:
        sounds = _sounds(word)
        forgiven = 1 if len(word) >= _LONG else 0
        best = (0, word)
        for length in (len(sounds) - 1, len(sounds), len(sounds) + 1):
            for other, spelled in self._by_start.get((sounds[0], length), ()):
                if self._counts[spelled] < least or spelled == word:
                    continue
                slips = OSA.distance(word, spelled, score_cutoff=1)
                if slips > 1 and OSA.distance(sounds, other, score_cutoff=1) > forgiven:
                    continue
                best = min(best, (-self._counts[spelled], spelled))
        return best[1]


def _sounds(word: str) -> str:
    """The word with spellings of one sound made one: "ph" is "f", "ck" is "k", "y" is "i", doubled letters are one."""
    for written, sound in (("ph", "f"), ("ck", "k"), ("y", "i")):
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)


def counted_words(texts: Sequence[str]) -> dict[str, int]:
    """The words of letters in the folded texts, each with the number of texts that have it."""
    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for word in set(WORD.findall(text)):
            counts[word] += 1
    return dict(counts)
