"""Read what a message demands: brands wanted and not, attributes, stock, order and number, and what it drops.

By rules, over the shop's vocabulary. A word behind a negation is never read as a wish. Knows nothing of acts,
anchors or earlier turns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from assistant.measures import read_measures
from assistant.phrases import (
    ALL_BUT,
    ALL_OF,
    CHATTER,
    CONTRAST,
    COUNT,
    COUNTED,
    DROP,
    FILLERS,
    IN_STOCK,
    LEFT_OUT,
    MOST,
    MUST,
    NEGATIONS,
    NEGATOR,
    NOT_A_NEGATION,
    NUMBERS,
    ORDERS,
    RATHER,
    SOFT,
    STORY,
    TASTE,
    THOSE_OUT,
    TOP,
    UNASKED,
    VERDICT,
    WISHES,
)
from assistant.prices import read_prices
from assistant.vocabulary import TERM, WORD, Value, Vocabulary, to_unit, value_key
from index.catalog import AttributeDemand, fold
from index.kinds import singular

_STATED = 0.6
"""The share of a kind's records that state an attribute from which one of its values is demanded by being named."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What one message sets and drops. `unread` are refusals that name nothing the catalogue's records speak of;
    `rest` is the message without what was read as a number or a drop.
    """

    price_min: Decimal | None = None
    price_max: Decimal | None = None
    around: Decimal | None = None
    brands: tuple[str, ...] = ()
    not_brands: tuple[str, ...] = ()
    allowed_brands: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    attributes: Mapping[str, AttributeDemand] = field(default_factory=dict)
    not_attributes: Mapping[str, AttributeDemand] = field(default_factory=dict)
    in_stock: bool = False
    dropped: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    order: str = ""
    count: int | None = None
    unread: tuple[str, ...] = ()
    rest: str = ""


_THEN = re.compile(
    r"\b(more|less|under|cheaper|better|bigger|larger|smaller|lower|higher|other|rather) then\b", re.IGNORECASE
)
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
_ADJECTIVES = frozenset({
    "hot", "cold", "warm", "cool", "soft", "hard", "mild", "large", "small", "medium", "big", "full", "long", "short",
    "high", "low", "light", "dark", "heavy", "regular", "fresh", "first", "second", "cut", "red", "white", "black",
    "green", "blue", "yellow", "pink", "brown", "gray", "orange",
})  # fmt: skip
"""Words that end the names of some shops' categories ("Chicken rotisserie hot") and name none."""
_BOUNDS = frozenset({"above", "over", "under", "below", "than"})
_CONTAINERS = frozenset(
    {"bottle", "box", "bag", "can", "jar", "pack", "packet", "carton", "tin", "piece", "pint", "roll"}
)
"""Behind a number they say how much of a thing, or how large it is; they are not sought."""
_LINKS = frozenset(
    {NEGATOR, "for", "with", "to", "on", "in", "by", "from", "of", "and", "or", "a", "an", "the", "my", "some"}
)
_ENDS = frozenset({NEGATOR, "with", "under", "and", "to", "on", "in", "by", "at", "but", "that", "which", "who"})


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str  # "brand", "kind" or "value"
    found: tuple[str, ...] | str
    start: int  # of its first token
    stop: int
    negated: bool
    aside: bool = False  # "no gaming headsets": a word stands between the negation and the kind


def read_demands(message: str, words: Vocabulary, about: Sequence[str] = ()) -> Demands:
    """Everything the message demands, by rules; what is not understood stays in `rest`.

    `about` are the kinds that are talked about, whose attributes are meant where the message names no kind.
    """
    text = _THEN.sub(r"\1 than", message)
    dropped = set()
    for key, pattern in DROP.items():
        if pattern.search(text):
            dropped.add(key)
            text = pattern.sub(" , ", text)
    in_stock = bool(IN_STOCK.search(text))
    text = IN_STOCK.sub(" , ", text)
    prices = read_prices(text)
    text = prices.rest
    order = next((name for name, pattern in ORDERS.items() if re.search(rf"\b(?:{pattern})\b", text, re.I)), "")
    counted = COUNT.search(text) or TOP.search(text) or COUNTED.search(text)
    count = None
    if counted:
        group = "n" if counted["n"] else "m"
        number = counted[group].lower()
        count = max(1, min(int(number) if number.isdigit() else NUMBERS[number], 50))
        text = text[: counted.start(group)] + text[counted.end(group) :]
    for pattern_text in ORDERS.values():
        text = re.sub(rf"\b(?:{pattern_text})\b", " ", text, flags=re.IGNORECASE)
    if count is None and ALL_OF.search(text):
        count = MOST
    tokens, signs = _tokens(_with_negators(_with_verdicts(text, words)))
    mentions = _refusing_others(_mentions(tokens, signs, words))
    kinds = _sought_kinds(tokens, signs, mentions, words)
    refused = tuple(_refused(tokens, signs, mentions))
    meant = kinds or tuple(about)
    attributes = read_measures(text, words, meant)
    wanted, not_attributes = _named_values(tokens, signs, mentions, meant, words)
    attributes |= wanted
    return Demands(
        price_min=prices.low,
        price_max=prices.high,
        around=prices.around,
        brands=_brands(mentions, negated=False),
        not_brands=_brands(mentions, negated=True),
        not_kinds=tuple(
            dict.fromkeys(
                kind
                for one in mentions
                if one.kind == "kind" and one.negated
                for kind in one.found
                if kind not in kinds and (not meant or words.akin(kind, meant))
            )
        ),
        attributes=attributes,
        not_attributes=not_attributes,
        in_stock=in_stock,
        dropped=frozenset(dropped),
        kinds=kinds,
        order=order,
        count=count,
        unread=tuple(phrase for phrase, unknown in refused if unknown),
        rest=_rest(text, tokens, mentions, [word for phrase, _ in refused for word in phrase.split()]),
    )


def _named_values(
    tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[_Mention], kinds: Sequence[str], words: Vocabulary
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


def _musts(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[_Mention]) -> frozenset[int]:
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


def _trails(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[_Mention], place: int) -> bool:
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


def _sought_kinds(
    tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[_Mention], words: Vocabulary
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


def _of_its_words(tokens: Sequence[str], signs: Sequence[str], one: _Mention, words: Vocabulary) -> tuple[str, ...]:
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


def _refused(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[_Mention]) -> Iterator[tuple[str, bool]]:
    """The telling words right behind each negation, up to a name, and whether no name of the catalogue follows them:
    "without wifi" where no record has it.
    """
    for place, token in enumerate(tokens):
        if token != NEGATOR:
            continue
        behind = []
        for word, sign in zip(tokens[place + 1 : place + 5], signs[place + 1 : place + 5], strict=True):
            if sign or word == NEGATOR or word.lower() in CONTRAST:
                break
            behind.append(word)
        stop = place + 1 + len(behind)
        named = [one.start for one in mentions if place < one.start <= stop]
        words = behind[: named[0] - place - 1] if named else behind
        telling = [word for word in words if word.lower() not in FILLERS]
        if telling:
            yield " ".join(telling), not named


def _brands(mentions: Sequence[_Mention], *, negated: bool) -> tuple[str, ...]:
    names = (one.found for one in mentions if one.kind == "brand" and one.negated == negated)
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


def _refusing_others(mentions: Sequence[_Mention]) -> list[_Mention]:
    """ "headphones, no gaming headsets" refuses headsets; "a headset, no gaming headset" seeks one all the same."""
    sought = {
        kind for one in mentions if one.kind == "kind" and not one.negated and not one.aside for kind in one.found
    }
    return [
        replace(one, negated=True) if one.aside and sought and sought.isdisjoint(one.found) else one for one in mentions
    ]


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


def _with_negators(text: str) -> str:
    plain = ALL_BUT.sub(rf"\g<all> {NEGATOR} ", NOT_A_NEGATION.sub(" ", text))
    return NEGATIONS.sub(f" {NEGATOR} ", RATHER.sub(rf"\g<wish> {NEGATOR} ", plain))


def _tokens(text: str) -> tuple[list[str], list[str]]:
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


def _mentions(tokens: Sequence[str], signs: Sequence[str], words: Vocabulary) -> list[_Mention]:
    """Brands, kinds and attribute values in order, each with whether a negation reaches it."""
    found: list[_Mention] = []
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
        found.append(_Mention(mention.kind, mention.found, mention.start, mention.stop, reaches, aside))
        other = _numbered_like(tokens, mention, words)
        if other is not None:
            found.append(_Mention("value", (other[0],), other[1], other[1] + 1, reaches))
            mention = replace(mention, stop=other[1] + 1)
        if negated:
            listed = listed or mention.kind
            gap = 0
        place = mention.stop
    return found


def _numbered_like(tokens: Sequence[str], mention: _Mention, words: Vocabulary) -> tuple[str, int] | None:
    """The other value of "wifi 6 or 7", and the place of its number."""
    place = mention.stop + 1
    if mention.kind != "value" or place >= len(tokens) or tokens[place - 1].lower() not in ("or", "and"):
        return None
    stem, _, number = mention.found[0].rpartition(" ")
    key = value_key(f"{stem} {tokens[place]}")
    return (key, place) if stem and number.isdecimal() and tokens[place].isdecimal() and key in words.values else None


def _mention_at(
    tokens: Sequence[str], signs: Sequence[str], place: int, words: Vocabulary, *, negated: bool
) -> _Mention | None:
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
            return _Mention("brand", brand, place, place + size, False)
        if kinds and not _is_quantity(tokens, signs, place, size):
            return _Mention("kind", kinds, place, place + size, False)
        for value in (value_key(plain), value_key(singular(plain))):
            if value in words.values or ((size == 1 or value[:1].isdigit()) and value in words.short_values):
                return _Mention("value", (value,), place, place + size, False)
    name = tokens[place]
    # A capital behind a negation that is no word of the catalogue names a brand the shop does not carry.
    if negated and place > 0 and name[:1].isupper() and singular(fold(name)) not in words.words:
        return _Mention("brand", name, place, place + 1, False)
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


def _rest(text: str, tokens: Sequence[str], mentions: Sequence[_Mention], refused: Sequence[str]) -> str:
    """The words to retrieve with: what was negated is taken out."""
    dropped = {fold(token) for one in mentions if one.negated for token in tokens[one.start : one.stop]}
    dropped |= {fold(word) for word in refused}
    plain = NEGATIONS.sub(" ", NOT_A_NEGATION.sub(" ", text))
    kept = [word for word in TERM.findall(plain) if fold(word) not in dropped]
    return " ".join(kept)
