"""A query in the shop's own words for a kind: "gaming laptop" where the shop's laptops are called notebooks.

Knows which words name a kind, nothing of products or scores.
"""

from collections.abc import Sequence

from assistant.anchors import windows
from index.kinds import kind_key
from index.lexical import terms


def in_kind_words(query: str, kinds: Sequence[str]) -> str:
    """The query with the words that name one of its kinds replaced by the kind's name; "" where it says that name.

    "gaming laptop" of the kind "notebook" gives "gaming notebook". Where no words of the query are known to name
    the kind ("telefon" of the kind "phone"), the kinds' names are added.
    """
    words = query.split()
    for start, size in windows(len(words)):
        named = " ".join(words[start : start + size])
        kind = kind_key(named)
        if kind in kinds and set(terms(kind)).isdisjoint(terms(named)):
            return " ".join((*words[:start], kind, *words[start + size :]))
    said = set(terms(query))
    if all(said.isdisjoint(terms(kind)) for kind in kinds):
        return " ".join((*words, *kinds)) if kinds else ""
    return ""
