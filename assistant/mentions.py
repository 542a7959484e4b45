"""What a message names: makers, kinds and values of the catalogue in order, and whether a negation reaches each.

By rules: a word behind a negation is never read as a wish. Knows nothing of what a mention is wanted for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.phrases import (
    ALL_BUT,
    CHATTER,
    CONTRAST,
    FILLERS,
    LEFT_OUT,
    NEGATIONS,
    NEGATOR,
    NOT_A_NEGATION,
    RATHER,
    THOSE_OUT,
    VERDICT,
    WISHES,
)
from assistant.tokens import WORD
from assistant.units import to_unit
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import fold
from index.kinds import singular

_ADJECTIVES = frozenset({
    "hot", "cold", "warm", "cool", "soft", "hard", "mild", "large", "small", "medium", "big", "full", "long", "short",
    "high", "low", "light", "dark", "heavy", "regular", "fresh", "first", "second", "cut", "red", "white", "black",
    "green", "blue", "yellow", "pink", "brown", "gray", "orange",
})  # fmt: skip
"""Words that end the names of some shops' categories ("Chicken rotisserie hot") and name none."""
_CONTAINERS = frozenset(
    {"bottle", "box", "bag", "can", "jar", "pack", "packet", "carton", "tin", "piece", "pint", "roll"}
)
"""Behind a number they say how much of a thing, or how large it is; they are not sought."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A maker, a kind or a value that stands between two tokens, as the vocabulary found it."""

    kind: str  # "brand", "kind" or "value"
    found: tuple[str, ...] | str
    start: int  # of its first token
    stop: int
    negated: bool
    aside: bool = False  # "no gaming headsets": a word stands between the negation and the kind


def with_negators(text: str, words: Vocabulary) -> str:
    """The text with one sign, `NEGATOR`, in the place of every way to say "not", and before what it refuses."""
    plain = ALL_BUT.sub(rf"\g<all> {NEGATOR} ", NOT_A_NEGATION.sub(" ", _with_verdicts(text, words)))
    return NEGATIONS.sub(f" {NEGATOR} ", RATHER.sub(rf"\g<wish> {NEGATOR} ", plain))


def _with_verdicts(text: str, words: Vocabulary) -> str:
    """The refusals that stand behind or around a brand's name put before it: "Norvik is out" is "not Norvik"."""
    text = LEFT_OUT.sub(rf" {NEGATOR} \g<name> ; ", THOSE_OUT.sub(" ; ", text))
    for found in reversed(list(VERDICT.finditer(text))):
        named = re.search(r"(?:(?:^|(?<=[\s,]))[\w.&'’-]+(?:,? (?:and|or) |, | )?){1,3}$", text[: found.start()])
        if not named:
            continue
        for word in re.finditer(r"[\w.&'’-]+", named[0]):
            if words.brand(WORD.findall(named[0][word.start() :]), cued=True):
                place = named.start() + word.start()
                # "Norvik and Taluma are out" refuses both.
                listed = re.search(r"([\w.&'’-]+)(?: and | or | & )$", text[:place])
                if listed and words.brand(WORD.findall(listed[1]), cued=True):
                    place = listed.start()
                text = f"{text[:place]}; {NEGATOR} {text[place : found.start()]} ; {text[found.end() :]}"
                break
    return text


def mentions_of(tokens: Sequence[str], signs: Sequence[str], words: Vocabulary) -> list[Mention]:
    """Brands, kinds and attribute values in order, each with whether it is refused; `tokens` and `signs` are those of a
    text with negators.
    """
    return _refusing_others(_named(tokens, signs, words))


def _named(tokens: Sequence[str], signs: Sequence[str], words: Vocabulary) -> list[Mention]:
    """Brands, kinds and attribute values in order, each with whether a negation reaches it."""
    found: list[Mention] = []
    place = 0
    negated, gap, listed = False, 0, ""
    while place < len(tokens):
        token, sign = tokens[place], signs[place]
        if sign == "." or (token.lower() in CONTRAST and negated and gap + bool(listed) > 0):
            negated = False
        if token == NEGATOR:
            negated, gap, listed = True, 0, ""
            place += 1
            continue
        mention = _mention_at(tokens, signs, place, words, negated=negated)
        if mention is None:
            # "no Razer, a Keylab one", "no Razer, in white", "no Razer, got a Keylab": what is no name ends the list.
            if negated and sign == "," and (token.lower() in WISHES or token.lower() not in FILLERS or not listed):
                negated = negated and token.lower() in ("or", "and")
            if token.lower() not in FILLERS:
                gap += 1
            if gap > 2:
                negated = False
            place += 1
            continue
        if negated and listed and (sign == "," or gap > 0) and mention.kind != listed:
            negated = False
        # "not a Razer mouse" refuses the brand and seeks the kind.
        reaches = negated and not (mention.kind == "kind" and (listed in ("brand", "value") or gap > 0))
        if reaches and mention.kind == "kind" and _brand_follows(tokens, mention.stop, words):
            reaches = False
        aside = negated and not reaches and mention.kind == "kind" and not listed and gap > 0
        found.append(Mention(mention.kind, mention.found, mention.start, mention.stop, reaches, aside))
        other = _numbered_like(tokens, mention, words)
        if other is not None:
            found.append(Mention("value", (other[0],), other[1], other[1] + 1, reaches))
            mention = replace(mention, stop=other[1] + 1)
        if negated:
            listed = listed or mention.kind
            gap = 0
        place = mention.stop
    return found


def _refusing_others(mentions: Sequence[Mention]) -> list[Mention]:
    """ "headphones, no gaming headsets" refuses headsets; "a headset, no gaming headset" seeks one all the same."""
    sought = {
        kind for one in mentions if one.kind == "kind" and not one.negated and not one.aside for kind in one.found
    }
    return [
        replace(one, negated=True) if one.aside and sought and sought.isdisjoint(one.found) else one for one in mentions
    ]


def _numbered_like(tokens: Sequence[str], mention: Mention, words: Vocabulary) -> tuple[str, int] | None:
    """The other value of "wifi 6 or 7", and the place of its number."""
    place = mention.stop + 1
    if mention.kind != "value" or place >= len(tokens) or tokens[place - 1].lower() not in ("or", "and"):
        return None
    stem, _, number = mention.found[0].rpartition(" ")
    key = value_key(f"{stem} {tokens[place]}")
    return (key, place) if stem and number.isdecimal() and tokens[place].isdecimal() and key in words.values else None


def _mention_at(
    tokens: Sequence[str], signs: Sequence[str], place: int, words: Vocabulary, *, negated: bool
) -> Mention | None:
    """The longest brand, kind or value that starts at a token; none reaches over a comma."""
    before = tokens[place - 1].lower() if place else ""
    for size in (3, 2, 1):
        part = tokens[place : place + size]
        if len(part) < size or NEGATOR in part or any(signs[place + 1 : place + size]):
            continue
        name = " ".join(part)
        plain = fold(name)
        capital = place > 0 and all(word[:1].isupper() for word in part)
        if all(word in FILLERS or word in CONTRAST or word in CHATTER for word in plain.split()):
            continue
        # "a Keylab" is not "Keylab" with a slip of spelling.
        whole = FILLERS.isdisjoint((plain.split()[0], plain.split()[-1]))
        kinds = words.kinds(part) if whole and (plain not in _ADJECTIVES or words.names_kind(plain)) else ()
        after = place + size
        alone = bool(size > 0 and (not place or signs[place]) and (after == len(tokens) or signs[after]))
        brand = words.brand(part, cued=whole and (negated or capital or alone or before in ("by", "from", "brand")))
        if brand and not (kinds and not capital):
            return Mention("brand", brand, place, place + size, False)
        if kinds and not _is_quantity(tokens, signs, place, size):
            return Mention("kind", kinds, place, place + size, False)
        for value in (value_key(plain), value_key(singular(plain))):
            if value in words.values or ((size == 1 or value[:1].isdigit()) and value in words.short_values):
                return Mention("value", (value,), place, place + size, False)
    name = tokens[place]
    # A capital behind a negation that is no word of the catalogue names a brand the shop does not carry.
    if negated and place > 0 and name[:1].isupper() and singular(fold(name)) not in words.words:
        return Mention("brand", name, place, place + 1, False)
    return None


def _is_quantity(tokens: Sequence[str], signs: Sequence[str], place: int, size: int) -> bool:
    """True for numbers, and for what they are numbers of: "8 pack", "a bigger bag" is no bag."""
    if all(token.isdecimal() for token in tokens[place : place + size]):
        return True
    if size > 1 or not place or signs[place]:
        return False
    before, word = tokens[place - 1].lower(), singular(fold(tokens[place]))
    if before == "of" and place > 1 and tokens[place - 2][:1].isdigit():
        return True  # "3m of cable"
    measured = before[:1].isdigit() and (word in _CONTAINERS or to_unit(1, word) is not None)
    return measured or (before in ("bigger", "smaller", "larger") and word in _CONTAINERS)


def _brand_follows(tokens: Sequence[str], place: int, words: Vocabulary) -> bool:
    return (
        place + 1 < len(tokens)
        and tokens[place].lower() in ("from", "by")
        and words.brand(tokens[place + 1 : place + 2], cued=True) is not None
    )
