"""The words of a text, as they are looked up, retrieved with, and read one after the other.

Knows nothing of what a word means.
"""

import re

from assistant.phrases import NEGATOR
from index.catalog import fold

WORD = re.compile(r"[^\W_]+(?:[-+&'’][^\W_]+)*\+?")
TERM = re.compile(rf"(?<![\w.,])\d+(?:[.,]\d+)?(?:″|”|''|\"(?=\s|[,.;!?]|$))|\d+[.,]\d+(?!\w)|{WORD.pattern}")
"""A word to retrieve with: as `WORD`, but `24"` and "15.6" are whole."""


def unowned(word: str) -> str:
    """A word folded, without the "'s" of an owner: "Women's" is "women"."""
    return fold(word).replace("’", "'").removesuffix("'s").removesuffix("'")


def tokens_of(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, and before each the sign that parts it from the one before: "", ",", "." or "-"."""
    tokens, signs, last = [], [], 0
    for found in re.finditer(f"{NEGATOR}|{WORD.pattern}", text):
        gap = text[last : found.start()]
        # The point of "StarTech.com" ends nothing.
        signs.append(
            "."
            if re.search(r"[;!?:\n]|\.(?!\w)|\s[-–—]\s", gap + text[found.start()])
            else ","
            if re.search(r"[,/&+]", gap)
            else ""
        )
        tokens.append(found[0])
        last = found.end()
    return tokens, signs
