"""Which of the kinds that a message names are wished for, and which only say what these are for or what they have.

Knows the mentions of one message. Knows nothing of values and of what was sought before.
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.mentions import Mention
from assistant.phrases import CHATTER, FILLERS, NEGATOR
from assistant.vocabulary import Vocabulary
from index.catalog import fold
from index.kinds import singular

_LINKS = frozenset(
    {NEGATOR, "for", "with", "to", "on", "in", "by", "from", "of", "and", "or", "a", "an", "the", "my", "some"}
)
_ENDS = frozenset({NEGATOR, "with", "under", "and", "to", "on", "in", "by", "at", "but", "that", "which", "who"})


def sought_kinds(
    tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[Mention], words: Vocabulary
) -> tuple[str, ...]:
    """The kinds that are wished for: not what a thing is for ("a case for my phone") or has ("with 16 GB RAM")."""
    sought: list[str] = []
    things: list[str] = []
    was_aside, last = False, 0
    told: set[str] = set()
    named = [one for one in mentions if one.kind == "kind" and not one.negated]
    whole = any(not words.begins_only(tokens[one.start : one.stop]) for one in named)
    for place, one in enumerate(mentions):
        if one.kind != "kind" or one.negated:
            continue
        joined = bool(signs[one.start]) or (one.start > 0 and tokens[one.start - 1].lower() in ("and", "or", "plus"))
        if whole and not joined and words.begins_only(tokens[one.start : one.stop]):
            continue  # "yogurt, high protein" seeks no protein salad
        behind = mentions[place + 1] if place + 1 < len(mentions) else None
        if behind and behind.kind == "kind" and behind.start == one.stop and not signs[behind.start]:
            continue  # "phone charger" is a charger: the head of a compound stands last
        before = [token.lower() for token in tokens[max(0, one.start - 4) : one.start]]
        owned = any(pair in (("for", "my"), ("for", "this"), ("for", "our")) for pair in pairwise(before[-3:]))
        counted = bool(sought) and not signs[one.start] and any(token[:1].isdigit() for token in before[-2:])
        listed = was_aside and {token.lower() for token in tokens[last : one.start]} <= {"and", "or", "a", "an"}
        mine = bool(before) and before[-1] in ("my", "our") and len(named) > 1
        aside = owned or mine or counted or listed or (bool(sought) and bool({"for", "with"} & set(before)))
        was_aside, last = aside, one.stop
        if not aside and set(one.found) & told:
            continue  # "milk from soy or rice" seeks no rice
        found = _of_its_words(tokens, signs, one, words)
        if len(found) > 1 and one.start > (mentions[place - 1].stop if place else 0) and not signs[one.start]:
            found = words.narrowed(found, tokens[one.start - 1])
        if set(found).isdisjoint(one.found) or set(found) < set(one.found):
            spent = {word for kind in found for word in kind.split()}
            told |= {
                kind
                for other in mentions
                if other.kind == "kind" and other is not one
                for kind in other.found
                if spent >= {singular(fold(word)) for word in tokens[other.start : other.stop]}
            }
        (things if aside else sought).extend(found)
    # "a case for my phone" names phone cases, not tablet cases.
    narrowed = [kind for kind in sought if any(set(thing.split()) <= set(kind.split()) for thing in things)]
    return tuple(dict.fromkeys(narrowed or sought))


def _of_its_words(tokens: Sequence[str], signs: Sequence[str], one: Mention, words: Vocabulary) -> tuple[str, ...]:
    """The kinds of a mention that its own words tell apart: "milk from soy or rice", "food for a big dog", "toilet
    paper" where only tissue is called so.
    """
    found = tuple(one.found)
    head = tokens[one.start : one.stop]
    if found == (" ".join(singular(fold(word)) for word in head),):
        return found
    start = one.start
    while start > 0 and one.start - start < 3 and not signs[start] and tokens[start - 1].lower() not in _LINKS:
        start -= 1
    stop = one.stop
    while stop < len(tokens) and stop - one.stop < 6 and not signs[stop] and tokens[stop].lower() not in _ENDS:
        stop += 1
    behind = tokens[one.stop : stop]
    linked = bool(behind) and behind[0].lower() in ("from", "of", "for")
    beside = [*tokens[start : one.start], *(behind if linked else behind[:1])]
    told = [word for word in beside if word != NEGATOR and word.lower() not in CHATTER and word.lower() not in FILLERS]
    narrowed = words.with_words(head, told)
    if len(narrowed) > 1:
        # Of several the one that the rest of the message speaks of: "food for a big dog, dry".
        narrowed = words.with_words(head, _unrefused(tokens, signs)) or narrowed
    if narrowed:
        return narrowed
    before = tokens[start : one.start][-1:]
    if before and before[0].lower() not in CHATTER and not words.narrows(found, before[0]):
        return words.kinds_like(f"{before[0]} {' '.join(head)}", surely=True) or found
    return found


def _unrefused(tokens: Sequence[str], signs: Sequence[str]) -> list[str]:
    """The telling words of a message that stand behind no negation."""
    found, negated = [], False
    for token, sign in zip(tokens, signs, strict=True):
        negated = token == NEGATOR or (negated and not sign)
        if not negated and token.lower() not in CHATTER and token.lower() not in FILLERS:
            found.append(token)
    return found
