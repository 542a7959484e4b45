"""Which of the values that a message names are demanded and which refused; the others are wishes, or tell a story.

Knows the mentions of one message and how many records state what. Knows nothing of numbers with a unit (`measures`).
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.mentions import Mention
from assistant.phrases import MUST, SOFT, STORY, TASTE, UNASKED
from assistant.values import Value
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, fold
from index.kinds import singular

_STATED = 0.6
"""The share of a kind's records that state an attribute from which one of its values is demanded by being named."""
_TELLING = frozenset(
    {
        "with",
        "that",
        "which",
        "who",
        "in",
        "of",
        "having",
        "has",
        "have",
        "made",
        "can",
        "is",
        "are",
        "be",
        "both",
        "all",
    }
)
_BOUNDS = frozenset({"above", "over", "under", "below", "than"})


def named_values(
    tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[Mention], kinds: Sequence[str], words: Vocabulary
) -> tuple[dict[str, AttributeDemand], dict[str, AttributeDemand]]:
    """The attributes demanded and refused by name: colors, and whatever the words about it call a must."""
    wanted: dict[str, tuple[str, ...]] = {}
    refused: dict[str, tuple[str, ...]] = {}
    musts = _musts(tokens, signs, mentions)
    told = _told_apart(tokens, signs)
    for place, one in enumerate(mentions):
        if one.kind != "value":
            continue
        known = words.values.get(one.found[0]) or words.short_values[one.found[0]]
        beside = {
            fold(token) for token in (*tokens[max(0, one.start - 2) : one.start], *tokens[one.stop : one.stop + 2])
        }
        # "USB-C connector" speaks of the connector, not of the ports.
        named = [value for value in known if beside & set(value.attribute.split("_"))]
        value = _meant(named, kinds, words) if named else None
        value = value or _meant(known, kinds, words)
        if value is None:
            continue
        name = value.attribute
        plainly = (
            one.start not in told
            and not _trails(tokens, signs, mentions, place)
            and _said_plainly(value, tokens[one.start : one.stop], kinds, words)
        )
        if one.negated and one.found[0][:1].isdigit() and tokens[one.start - 1].lower() in _BOUNDS:
            continue  # "nothing above 12+"
        if one.negated:
            refused[name] = _with(refused.get(name, ()), value.value)
        elif place in musts or plainly or (_is_color(name) and not _shade(tokens, one.start)):
            wanted[name] = _with(wanted.get(name, ()), value.value)
    # "not white, she has enough white stuff" wants none.
    kept = {name: tuple(one for one in values if one not in refused.get(name, ())) for name, values in wanted.items()}
    return {name: values for name, values in kept.items() if values}, dict(refused)


def _musts(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[Mention]) -> frozenset[int]:
    """The places of the mentions that the words about them call a must: those of their own part of the sentence, or of
    a part that names nothing itself ("with a disc drive, it has to have one").
    """
    parts: list[list[int]] = []  # the clauses, as the tokens in them
    sentences: list[int] = []
    for place, (token, sign) in enumerate(zip(tokens, signs, strict=True)):
        if not parts or sign == ".":
            sentences.append(len(parts))
            parts.append([])
        elif sign == "," or token.lower() == "but":
            parts.append([])
        parts[-1].append(place)
    found: set[int] = set()
    for start, stop in pairwise((*sentences, len(parts))):
        named = [
            [n for n, one in enumerate(mentions) if one.kind == "value" and one.start in part]
            for part in parts[start:stop]
        ]
        texts = [" ".join(tokens[place] for place in part) for part in parts[start:stop]]
        for clause, text in enumerate(texts):
            if not MUST.search(text) or SOFT.search(text):
                continue
            own = named[clause]
            if not own:
                before = [one for one in named[:clause] if one]
                own = before[-1] if before else next((one for one in named[clause + 1 :] if one), [])
            found.update(own)
        # "black, blue or red only": a list is one wish.
        for clause, own in enumerate(named):
            if own and SOFT.search(texts[clause]):
                found.difference_update(own)
    return frozenset(found)


def _told_apart(tokens: Sequence[str], signs: Sequence[str]) -> frozenset[int]:
    """The places of the tokens in parts of the message that tell a story or a mere wish, and so demand nothing."""
    found: set[int] = set()
    part: list[int] = []
    for place in range(len(tokens) + 1):
        if place == len(tokens) or signs[place]:
            text = " ".join(tokens[one] for one in part)
            if SOFT.search(text) or STORY.search(text):
                found.update(part)
            part = []
        part.append(place)
    return frozenset(found)


def _trails(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[Mention], place: int) -> bool:
    """True for a word that is only put behind the thing: "an SSD, 2 TB, NVMe" tells of it, where "an NVMe SSD" and "an
    SSD with NVMe" tell which.
    """
    own = mentions[place]
    before = [one for one in mentions[:place] if one.kind == "kind" and not one.negated]
    if not before or "." in signs[before[-1].stop : own.start + 1]:
        return False
    return _TELLING.isdisjoint(token.lower() for token in tokens[before[-1].stop : own.start])


def _said_plainly(value: Value, said: Sequence[str], kinds: Sequence[str], words: Vocabulary) -> bool:
    """True where a value of the kind sought is demanded by being named: "a smartwatch with GPS", "an OLED TV".

    Not words of taste ("quiet"), nor the kind's own name in a "type", nor what few records of the kind state: there the
    others would be lost.
    """
    if not kinds or _is_color(value.attribute):
        return False
    plain = {singular(fold(word)) for word in said}
    if plain <= TASTE or any(plain & set(kind.split()[-1:]) for kind in kinds):
        return False
    if value.attribute in UNASKED and value.attribute not in plain:
        return False
    return words.stated_share(value.attribute, kinds) >= _STATED


def _with(known: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, value)))


def _meant(values: Sequence[Value], kinds: Sequence[str], words: Vocabulary) -> Value | None:
    """Which attribute a value belongs to: one that the kinds sought have; "black ink" speaks of the ink's color.

    A color that no product of the kind comes in is meant all the same: a purple one was wished for. Of several the one
    that fewest kinds have says most: a magenta toner is one that prints magenta.
    """
    if not kinds:
        return values[0]
    having = [value for value in values if value.kinds & set(kinds)]
    colored = [value for value in values if _is_color(value.attribute) and words.having[value.attribute] & set(kinds)]
    if having and all(_is_color(value.attribute) for value in having):
        return min(having, key=lambda value: len(words.having[value.attribute]))
    return next(iter(having or colored), None)


def _is_color(attribute: str) -> bool:
    return attribute.endswith(("color", "colour", "colors", "colours"))


def _shade(tokens: Sequence[str], place: int) -> bool:
    # "warm white" is not the color white.
    return place > 0 and tokens[place - 1].lower() in ("warm", "cool", "cold", "off", "light", "dark", "neutral")
