"""How a sentence that a model writes is put: where it ends, what it says twice, and where it trails off.

Knows words and the evidence's labels; whether what is said is true is for `ground`.
"""

import re
from collections.abc import Sequence

from assistant.dialogue import FACTS, TIES, Evidence
from index.catalog import fold
from index.lexical import terms

_END = re.compile(r"(?<=[.!?])\s|(?<=[.!?])$|\n")
_GOES_ON = re.compile(
    r"(?:(?<![\w.])(?:Dr|Mr|Mrs|Ms|Prof|St|Nr|Jr|Sr|Co|Inc|Ltd|Bros|Fig|Vol|vs|approx|ca|incl|max|min|bzw|usw"
    r"|inkl|ggf|e\.g|i\.e|z\.B|d\.h|(?:[A-Z]\.)+[A-Z]))\.$"
)
"""Matches what ends with a full stop and is no end: "Dr." of a name."""
_WORD = re.compile(r"\w+(?:[-'’.,+&]\w+)*", re.UNICODE)
_CLAUSE_START = re.compile(r"[,;:]?\s(?=(?:and|but|though|although|yet|so|while|because)\s)|[,;:](?=\s)", re.IGNORECASE)
_COUNTER = frozenset({"but", "though", "although"})
_LOOP, _RUN = 4, 4
"""Words at most of a run that is said again at once; words at least of one that is said again later."""
_OF_ITSELF = re.compile(
    r"\b(?:is|was|are) (?:(?:an?|the|by|from) )?((?:(?! (?:that|which|with|and|in|of) )[^,;:.!?])+)", re.IGNORECASE
)
_HAS_ITSELF = re.compile(r"\b(?:has|have|comes with|offers) (?:an? |the )?([^,;:.!?]+)", re.IGNORECASE)
_FITS = re.compile(r"\bfits(?=[.,;:!]|$)", re.IGNORECASE)
_MADE_OF = re.compile(r"\bmade (?:of|from|out of)\b\s*([^,;:!?]*)", re.IGNORECASE)
_MATERIALS = re.compile(
    r"material|fabric|made|upper|lining|sole|shell|composition|filling|finish|wood|stoff|mati|tess|teji"
)
_HANGING = re.compile(
    r"(?:^|\s)(?:an?|the|of|with|by|has|have|is|are|for|to|and|or|but|in|on|at|from|its|your|this|that|which|so|made"
    r"|though|although|because|since|while|as)$",
    re.IGNORECASE,
)


def first_sentence(text: str) -> tuple[str, bool]:
    """The first sentence of a text, and whether it is finished; "4.5 of 5" and "Dr. Orrin" end none."""
    stripped = text.lstrip()
    for found in _END.finditer(stripped):
        sentence = stripped[: found.start()].strip()
        open_number = found.end() == found.start() and re.search(r"\d\.$", sentence)  # "4." may become "4.5"
        if sentence and (found[0] == "\n" or not (open_number or _GOES_ON.search(sentence))):
            return sentence, True
    return stripped, False


def said_once(sentence: str, evidence: Sequence[Evidence]) -> str:
    """The sentence up to the clause in which it says something again, or tells a kind or a maker of itself."""
    end = min(
        (
            place
            for place in (_repeated(sentence), _of_itself(sentence, evidence), _misfit(sentence, evidence))
            if place
        ),
        default=None,
    )
    if end is None:
        return sentence
    starts = [found.start() for found in _CLAUSE_START.finditer(sentence) if found.start() < end]
    return sentence[: starts[-1]].rstrip() if starts else ""


def unhung(sentence: str) -> str:
    """The sentence without a last clause that trails off: "..., and it is made of"."""
    kept = sentence.rstrip(" ,;:.!")
    if not _HANGING.search(kept):
        return sentence
    starts = [found.start() for found in _CLAUSE_START.finditer(kept)]
    return unhung(kept[: starts[-1]]) if starts else ""


def _repeated(sentence: str) -> int:
    """Where the first word stands that belongs to something said again; 0 for none."""
    found = list(_WORD.finditer(sentence))
    words = [fold(one[0]) for one in found]
    for place, word in enumerate(words):
        if word in _COUNTER and not _COUNTER.isdisjoint(words[:place]):
            return found[place].end()
        for size in range(1, min(_LOOP, place) + 1):
            run = words[place : place + size]
            if words[place - size : place] == run and not (size == 1 and word[0].isdigit()):
                return found[place].end()
        run = words[place : place + _RUN]
        if len(run) == _RUN and any(words[one : one + _RUN] == run for one in range(place - _RUN + 1)):
            return found[place].end()
    return 0


def _of_itself(sentence: str, evidence: Sequence[Evidence]) -> int:
    """Where a kind is called by its kind or said to have it, or a maker to be by itself: "this perfume is a perfume";
    0 for none.
    """
    known = [set(terms(one.text)) for one in evidence if one.source in {"kind", "brand"}]
    for found in _OF_ITSELF.finditer(sentence):
        told = set(terms(found[1]))
        said = set(terms(sentence[: found.start()]))
        if told and told <= said and any(told <= words for words in known):
            return found.end(1)
    kinds = [set(terms(one.text)) for one in evidence if one.source == "kind"]
    values = [set(terms(one.text)) for one in evidence if one.source in FACTS]
    for found in _HAS_ITSELF.finditer(sentence):
        told = set(terms(found[1]))
        if told in kinds and not any(told <= value for value in values):
            return found.end(1)
    return 0


def _misfit(sentence: str, evidence: Sequence[Evidence]) -> int:
    """Where the product is said to be made of what is no material of it, or to fit where nothing is known that it could
    fit; 0 for none.
    """
    values = [
        set(terms(value))
        for name, _, value in (one.text.rpartition(":") for one in evidence if one.source in FACTS)
        if _MATERIALS.search(fold(name))
    ]
    if not any(one.source in TIES or one.source == "asked" for one in evidence) and (fits := _FITS.search(sentence)):
        return fits.end()
    for found in _MADE_OF.finditer(sentence):
        told = set(terms(found[1]))
        if not any(told & value for value in values):
            return found.end()
    return 0
