"""Plan the rationales of a turn for a tuned model: which statements each of them tells, and with which words it begins.

The model writes what it is given; that five rationales begin differently, and name what the shopper asked for or owns
wherever the evidence holds it, is decided here. Training sentences are made for the same plans.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.dialogue import TIES, Evidence
from assistant.reviewed import FRAMES

_ROOM = 17
"""Words that the statements may have beside the kind: with more, a sentence grows long and slow."""
_ORDER = ("companion", "history", "asked", "kind", "attribute", "rating", "brand", "compared", "against")
_FORMS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("again", re.compile(r"you bought it before$")),
    ("brand", re.compile(r"you bought the .+ of .+")),
    ("goes", re.compile(r"of a kind that goes with ")),
    ("fits", re.compile(r"fits your ")),
    ("named", re.compile(r"listed as working with the device you named$")),
    ("listed", re.compile(r"listed as working with ")),
    ("together", re.compile(r"often bought together with ")),
)
IS_FIRST = re.compile(r"the (?:only one|highest rated|\w+) of these ")
"""Matches what a product is, such as "the lightest of these four"; "the most memory of these four" is what it has."""
OPENERS: Mapping[str, tuple[str, ...]] = {
    "asked": (
        *("You asked for", "You wanted", "Your wish for", "Since you asked for", "You were looking for"),
        *("Your request for", "Because you wanted"),
    ),
    "again": ("You bought it", "Since you bought it", "You have bought it"),
    "brand": ("You bought the", "Like the", "After the", "Since you bought the"),
    "goes": ("Of a kind", "It is of a kind", "This"),
    "fits": ("It fits your", "For your", "This", "To fit your"),
    "listed": ("Listed as working", "It is listed", "For your", "This", "Next to your"),
    "named": ("Listed as working", "It is listed", "This"),
    "together": ("Often bought together", "It is often", "For your", "This", "Next to your"),
    "feature": ("With", "This", "It", "Its", "Here is", "The"),
    "flag": ("This", "It", "The", "Here is"),
    "compared": ("It is the", "As the", "This", "Here is the", "Being the"),
    "most": ("It has the", "With the", "This", "Here is"),
    "rating": ("Rated", "It is rated", "This", "Being rated", "Since it is rated"),
}
"""The words a rationale may begin with, by the form of the statement that it begins with."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one rationale tells, the statement that it begins with first, and the words it begins with."""

    told: tuple[Evidence, ...]
    begin: str


def form_of(statement: Evidence) -> str:
    """The key of OPENERS for a statement: its source, for what ties the product to the shopper the way it does so.

    "" for what no rationale begins with.
    """
    if statement.source in TIES:
        return next((name for name, pattern in _FORMS if pattern.match(statement.text)), "")
    form = statement.source
    if form == "compared" and not IS_FIRST.match(statement.text):
        form = "most"
    if form == "attribute":
        form = "feature" if ": " in statement.text else "flag"
    return form if form in OPENERS else ""


def told_with(evidence: Sequence[Evidence], first: Evidence) -> tuple[Evidence, ...]:
    """The statements of a rationale that begins with `first`, in the order in which they are told.

    What ties the product to the shopper or what they asked for, and a feature, are always told; what speaks against
    the product, a second need, a comparison and a second feature where there is room.
    """

    def pick(*sources: str) -> list[Evidence]:
        return [one for one in evidence if one.source in sources and one != first]

    asked = _joined([*([first] if first.source == "asked" else []), *pick("asked")])
    needs = [*([] if first.source in TIES else pick(*TIES)[:1]), *(one for one in asked if one != first)]
    facts = pick("attribute")
    if not facts and first.source != "attribute":
        named = " ".join(one.text for one in evidence if one.source == "name")
        # A maker that the name tells already is no reason.
        facts = pick("rating") or pick("compared") or [one for one in pick("brand") if one.text not in named]
    certain = needs[:0] if first.source in TIES | {"asked"} else needs[:1]
    certain += [] if first.source == "attribute" else facts[:1]
    more = [*pick("against")[:1], *(one for one in needs if one not in certain)][:2]
    more += [] if first.source == "compared" else pick("compared")[:1]
    more += [one for one in facts if one not in certain][:1]
    kept = [first, *certain]
    for one in more:
        if one not in kept and sum(len(other.text.split()) for other in (*kept, one)) <= _ROOM:
            kept.append(one)
    return tuple(sorted((*kept, *pick("kind")[:1]), key=lambda one: (one != first, _ORDER.index(one.source))))


def _joined(asked: Sequence[Evidence]) -> Sequence[Evidence]:
    """The first two things asked for, or one: a bound such as "16 GB memory or more" is told alone."""
    return asked[:1] if any(map(str.isdigit, "".join(one.text for one in asked[:2]))) else asked[:2]


def firsts(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The statements that a rationale may begin with, one of each form, the most telling first."""
    order = ("companion", "history", "asked", "compared", "attribute", "rating")
    ranked = sorted((one for one in evidence if one.source in order), key=lambda one: order.index(one.source))
    found: dict[str, Evidence] = {}
    for one in ranked:
        if form_of(one):
            found.setdefault(form_of(one), one)
    return list(found.values())


def plan_of(evidence: Sequence[Evidence], sentence: str = "") -> Plan:
    """The plan of one rationale; of one that is written already, as it begins."""
    plan = plans([evidence])[0]
    if not sentence:
        return plan
    begins = [
        Plan(told_with(evidence, first), words)
        for first in firsts(evidence)
        for words in OPENERS[form_of(first)]
        if sentence.startswith(words)
    ]
    return max(begins, key=lambda one: len(one.begin), default=replace(plan, begin=" ".join(sentence.split()[:2])))


def plans(rows: Sequence[Sequence[Evidence]]) -> list[Plan]:
    """A plan a row, begun as differently as the evidence allows. What buyers wrote is no model's to tell."""
    forms: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    found: list[Plan] = []
    for row in rows:
        evidence = [one for one in row if one.source not in FRAMES]
        own = firsts(evidence)
        if not own:
            found.append(Plan(tuple(one for one in evidence if one.source != "name") or tuple(evidence), "This"))
            continue
        first = min(own, key=lambda one: forms[form_of(one)])
        form = form_of(first)
        openers = OPENERS[form]
        # Other words for another product: two turns of one shop do not begin alike.
        shift = zlib.crc32("\n".join(one.text for one in evidence).encode()) % len(openers)
        begin = min((*openers[shift:], *openers[:shift]), key=lambda words: begun[words])
        forms[form] += 1
        begun[begin] += 1
        found.append(Plan(told_with(evidence, first), begin))
    return found
