"""Check a rationale against its evidence, clause by clause; what is not supported does not reach the shopper.

A claim is a clause. What it says of the product must stand in the statements about the product; an attribute that
it names must come with its value; a number must stand before the same word as in the record; "this ..." must call
the product what it is. What it says of "your" things must stand in one statement about the shopper. Words that claim
nothing are free. Everything else fails closed. It is a check of words, not of meaning: what it cannot see is
measured by hand (docs/decisions.md).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.dialogue import FACTS, Evidence
from index.catalog import fold
from index.kinds import singular

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’+][^\W_]+)*", re.UNICODE)
_CLAUSE_END = re.compile(
    r"(?:[,;:.!?()]|\s[-–—]\s)+(?=\s|$)"
    r"|(?<![\w-])(?:and|but|so|with|which|that|plus|while|because|since|also|as well as|if)(?![\w-])"
    r"|\b(?=(?:for|to|on|in|of) your\b)",
    re.IGNORECASE,
)
_SENTENCE_PART = re.compile(r"[,;](?=\s)")
_SUBJECT = re.compile(
    r"\b(?:this|the|a|an) ((?:[\w'+-]+ ){0,4}?[\w'+-]+) "
    r"(?:is|has|comes?|offers?|works?|fits?|suits?|goes|gives|was|can|will)\b"
)
_FREE = frozenset(
    re.findall(
        r"\S+",
        """a an the this these it its it's is are was be been has have having comes come offers offer features feature
        includes include provides gives give and or but so with which that plus while because since also as well if for
        from of in on at by to into you your you're yours can will lets let use used using uses works work working fits
        fit suits suit goes go going one ones both each too there here up out per then when where them they their i we
        our us me my what who any all some every other about like just product item option choice type model shopper
        need needs want wants looking asked ask""",
    )
)
"""Words that claim nothing by themselves. No praise, no comparison, no negation is among them."""
_PRAISE = (
    "best better greatest great good perfect amazing awesome excellent superb outstanding incredible ultimate finest "
    "top leading favorite favourite ever never always guaranteed unbeatable cheapest fastest lightest strongest must"
)
"""Words of a title that tell nothing: who writes titles praises, and a rationale does not."""
_ABOUT_PRODUCT = frozenset({"name", "kind", "brand"})


@dataclass(frozen=True, slots=True)
class _Statements:
    """The evidence as words: what the product is called, its attributes, and what ties it to the shopper."""

    named: frozenset[str]
    heads: frozenset[str]
    attributes: tuple[tuple[frozenset[str], frozenset[str]], ...]
    ties: tuple[tuple[frozenset[str], frozenset[str]], ...]
    numbers: Mapping[str, frozenset[str]]


def unsupported(text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The words of the text that no statement of the evidence supports, in order; () when all is supported."""
    statements = _statements(tuple(evidence))
    found: list[str] = []
    for clause in clauses(text):
        found += _unsupported(clause, statements) or _mismeasured(clause, statements.numbers)
    found += _miscalled(text, statements)
    return tuple(found)


def clauses(text: str) -> list[str]:
    """The text cut where one claim ends and the next begins."""
    return [part.strip() for part in _CLAUSE_END.split(text) if part and part.strip()]


def supported_part(text: str, evidence: Sequence[Evidence]) -> str:
    """The longest beginning of the text up to a comma, or the whole, that is supported; "" for none."""
    if text.strip() and not unsupported(text, evidence):
        return text.strip()
    for cut in reversed([found.start() for found in _SENTENCE_PART.finditer(text)]):
        if not unsupported(text[:cut], evidence):
            return text[:cut].strip()
    return ""


def checked_prefix(text: str, evidence: Sequence[Evidence]) -> str:
    """The longest beginning of a text still being written that ends with a whole clause and is supported."""
    good = ""
    for found in _CLAUSE_END.finditer(text):
        if unsupported(text[: found.start()], evidence):
            break
        good = text[: found.start()]
    return good.rstrip()


def _unsupported(clause: str, known: _Statements) -> tuple[str, ...]:
    words = _words(clause)
    if "you" in words or "your" in words:
        return _unsupported_of_shopper(words, known)
    claims = [word for word in words if word not in _FREE]
    said = set(claims)
    ties = frozenset(word for before, _ in known.ties for word in before)
    support = known.named | ties
    for name, value in known.attributes:
        support |= value
        # A feature that is named must come with its value: "has a drive" says nothing, or something else.
        if not value or said & value:
            support |= name
    return tuple(word for word in claims if word not in support)


def _unsupported_of_shopper(words: Sequence[str], known: _Statements) -> tuple[str, ...]:
    place = words.index("your") if "your" in words else len(words)
    left = [word for word in words[:place] if word not in _FREE]
    right = [word for word in words[place:] if word not in _FREE]
    missing = [tuple(left + right)]
    for before, behind in known.ties:
        # "you bought the ..." has no "your": then both parts of the statement may be spoken of.
        of_left = before | known.named if right else before | behind
        missing.append(tuple([w for w in left if w not in of_left] + [w for w in right if w not in behind]))
    return min(missing, key=len)


def _mismeasured(clause: str, numbers: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Numbers that stand before another word than in the evidence: "14 W" where it says "14 in" and "65 W".

    A number that ends a statement may stand before any word that claims nothing.
    """
    found = []
    for number, behind in _numbers(_words(clause)):
        known = numbers.get(number, frozenset())
        if behind not in known and not ("" in known and (behind in _FREE or not behind)):
            found.append(number)
    return tuple(found)


def _miscalled(text: str, known: _Statements) -> list[str]:
    """What "this ..." is called, where it is neither the product's kind nor one of its features."""
    called = [_words(found[1])[-1] for found in _SUBJECT.finditer(fold(text))]
    return [word for word in called if word not in known.heads and word not in _FREE]


def _numbers(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each number with the word behind it, "" at the end."""
    return [(word, behind) for word, behind in pairwise([*words, ""]) if word[0].isdigit()]


@lru_cache(maxsize=64)
def _statements(evidence: tuple[Evidence, ...]) -> _Statements:
    named: set[str] = set()
    heads: set[str] = set()
    attributes = []
    ties = []
    numbers: dict[str, set[str]] = defaultdict(set)
    for one in evidence:
        words = _words(one.text)
        for number, behind in _numbers(words):
            numbers[number].add(behind)
        if one.source in _ABOUT_PRODUCT:
            named.update(word for word in words if one.source != "name" or word not in _praise())
            if one.source in {"kind", "brand"} and words:
                heads.add(words[-1])
        elif one.source in FACTS:
            name, _, value = one.text.rpartition(":")
            attributes.append((frozenset(_words(name)), frozenset(_words(value))))
            heads.update(_words(name or value)[-1:])
        else:
            before, _, behind = one.text.partition(" your ") if " your " in one.text else one.text.partition(" the ")
            ties.append((frozenset(_words(before)), frozenset(_words(behind))))
    frozen = {number: frozenset(behind) for number, behind in numbers.items()}
    return _Statements(frozenset(named), frozenset(heads), tuple(attributes), tuple(ties), frozen)


def _words(text: str) -> list[str]:
    """The words of a text in the form in which they are compared: folded, singular, numbers as written."""
    found = []
    for word in _WORD.findall(fold(text).replace("’", "'")):
        if word[0].isdigit():
            found.append(word.replace(",", "."))
        else:
            found.append(word if word in _FREE else _stem(word))
    return found


@lru_cache(maxsize=1)
def _praise() -> frozenset[str]:
    return frozenset(_stem(word) for word in _PRAISE.split())


def _stem(word: str) -> str:
    base = singular(word.removesuffix("'s"))
    for ending in ("ing", "ed", "ly"):
        if base.endswith(ending) and len(base) > len(ending) + 3:
            return base.removesuffix(ending)
    return base.removesuffix("e") if len(base) > 4 else base
