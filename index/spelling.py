"""Slips of spelling put right by the shop's own words: "logitec keybord" is "logitech keyboard".

Knows words and how many products have them, nothing of scores or products.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5
"""Letters below which a word is near too many others."""
_LONG = 8
"""Letters from which two slips are forgiven, not one."""
_TELLING = 7
"""Letters from which a word that one product has may be what was meant; a shorter one must be common."""
_COMMON = 0.0005
"""The share of the products that makes a word common."""
RARE = 2
"""Products that may share a slip of the records' own, which is one only beside a word a hundred times as common."""


class Spelling:
    """The words of a shop of `size` products, each with the number of products that have it."""

    def __init__(self, counts: Mapping[str, int], size: int) -> None:
        self._counts = counts
        common = max(2.0, _COMMON * size)
        by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, count in counts.items():
            if len(word) >= (_SHORTEST if count >= common else _TELLING):
                by_start[word[0], len(word)].append(word)
        self._by_start = dict(by_start)
        self._known: dict[str, str] = {}

    def corrected(self, word: str) -> str:
        """The shop's word that a folded word was meant to be; the word itself where it is known or none is near.

        Near is one slip (a letter too many, missing, other, or two swapped), two from eight letters on, with
        the same first letter. Of words as near as each other the one that most products have is meant.
        """
        count = self._counts.get(word, 0)
        if count > RARE or len(word) < (_TELLING if count else _SHORTEST) or not WORD.fullmatch(word):
            return word
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._nearest(word, 100 * count, 1 if count or len(word) < _LONG else 2)
        return found

    def _nearest(self, word: str, least: int, most: int) -> str:
        best = (most + 1, 0, word)
        for length in range(len(word) - most, len(word) + most + 1):
            for other in self._by_start.get((word[0], length), ()):
                slips = OSA.distance(word, other, score_cutoff=most)
                if 0 < slips <= most and self._counts[other] >= least:
                    best = min(best, (slips, -self._counts[other], other))
        return best[2]


def counted_words(texts: Sequence[str]) -> dict[str, int]:
    """The words of letters in the folded texts, each with the number of texts that have it."""
    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for word in set(WORD.findall(text)):
            counts[word] += 1
    return dict(counts)
