"""Check a rationale against its evidence, clause by clause; what is not supported does not reach the shopper.

A claim is a clause. Its words must all stand in the statements about the product itself, or all in one other
statement ("listed as working with your ..."): taking words from several of those would join what was never said
together. Words that claim nothing (articles, "it has", "so you can") are free. Everything else fails closed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.dialogue import Evidence
from index.catalog import fold
from index.kinds import singular

OWN_FACTS = frozenset({"name", "kind", "brand", "attribute", "rating"})
"""Sources of statements about the product itself, which one clause may join."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’+][^\W_]+)*", re.UNICODE)
_CLAUSE_END = re.compile(
    r"(?:[,;:.!?()]|\s[-–—]\s)+(?=\s|$)"
    r"|(?<![\w-])(?:and|but|so|with|which|that|plus|while|because|since|also|as well as|if)(?![\w-])"
    r"|\b(?=(?:for|to|on|in|of) your\b)",
    re.IGNORECASE,
)
_FREE = frozenset(
    re.findall(
        r"\S+",
        """a an the this these it its it's is are was be been has have having comes come offers offer features feature
        includes include provides gives give made makes make and or but so with which that plus while because since also
        as well if for from of in on at by to into you your you're yours can will lets let use used using uses works work
        working fits fit suits suit goes go going one ones both each too there here up out over per than then when where
        them they their i we our us me my what who any all some every other more about like just product products item
        option choice kind type model brand shop shopper need needs want wants looking asked ask""",
    )
)
"""Words that claim nothing by themselves. No praise, no comparison, no negation is among them."""
_RELATIONS = frozenset({"your", "you", "yours", "you're"})


def unsupported(text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The words of the text that no statement of the evidence supports, in order; () when all is supported."""
    own, others, measures = _statements(tuple(evidence))
    found: list[str] = []
    for clause in clauses(text):
        found += _unsupported(clause, own, others) or _mismeasured(clause, measures)
    return tuple(found)


def clauses(text: str) -> list[str]:
    """The text cut where one claim ends and the next begins."""
    return [part.strip() for part in _CLAUSE_END.split(text) if part and part.strip()]


def checked_prefix(text: str, evidence: Sequence[Evidence]) -> str:
    """The longest beginning of the text that ends with a whole clause and is supported."""
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    good = ""
    for end in ends:
        if unsupported(text[:end], evidence):
            break
        good = text[:end]
    return good.rstrip()


def _unsupported(clause: str, own: frozenset[str], others: Sequence[frozenset[str]]) -> tuple[str, ...]:
    words = _words(clause)
    claims = [word for word in words if word not in _FREE]
    if not claims:
        return ()
    # What is said of "your" things must be known of them; facts of the product do not speak for those.
    supports = others if _RELATIONS & set(words) else [own, *others]
    missing = [tuple(word for word in claims if word not in support) for support in supports]
    return min(missing, key=len, default=tuple(claims))


def _mismeasured(clause: str, measures: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Numbers that stand before another unit than in the evidence: "14 W" where it says "14 in" and "65 W"."""
    units = {unit for _, unit in measures}
    pairs = _measures(_words(clause))
    return tuple(number for number, unit in pairs if unit in units and (number, unit) not in measures)


def _measures(words: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (number, unit) for number, unit in pairwise(words) if number[0].isdigit() and not unit[0].isdigit()
    )


@lru_cache(maxsize=64)
def _statements(
    evidence: tuple[Evidence, ...],
) -> tuple[frozenset[str], tuple[frozenset[str], ...], frozenset[tuple[str, str]]]:
    """The words of the product's own facts, of each other statement, and the numbers with what follows them."""
    own: set[str] = set()
    others = []
    measures: set[tuple[str, str]] = set()
    for one in evidence:
        words = _words(one.text)
        measures |= _measures(words)
        if one.source in OWN_FACTS:
            own.update(words)
        else:
            others.append(frozenset(words))
    return frozenset(own), tuple(others), frozenset(measures)


def _words(text: str) -> list[str]:
    """The words of a text in the form in which they are compared: folded, singular, numbers as written."""
    found = []
    for word in _WORD.findall(fold(text).replace("’", "'")):
        if word[0].isdigit():
            found.append(word.replace(",", "."))
        else:
            found.append(word if word in _FREE else _stem(word))
    return found


def _stem(word: str) -> str:
    base = singular(word.removesuffix("'s"))
    for ending in ("ing", "ed", "ly"):
        if base.endswith(ending) and len(base) > len(ending) + 3:
            return base.removesuffix(ending)
    return base.removesuffix("e") if len(base) > 4 else base
