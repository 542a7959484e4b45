"""Read what a message demands: brands wanted and not, attributes, stock, order and number, and what it drops.

By rules, over the shop's vocabulary: `mentions` finds what is named, `sought` and `musts` tell what of it is wanted.
Knows nothing of acts, anchors or earlier turns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.measures import read_measures
from assistant.mentions import Mention, mentions_of, with_negators
from assistant.musts import named_values
from assistant.phrases import (
    ALL_OF,
    CONTRAST,
    COUNT,
    COUNTED,
    DROP,
    FILLERS,
    IN_STOCK,
    MOST,
    NEGATIONS,
    NEGATOR,
    NOT_A_NEGATION,
    NUMBERS,
    ORDERS,
    TOP,
)
from assistant.prices import read_prices
from assistant.sought import sought_kinds
from assistant.tokens import TERM, tokens_of
from assistant.vocabulary import Vocabulary
from assistant.worn import tells_wearer, worn_by
from index.catalog import AttributeDemand, fold


@dataclass(frozen=True, slots=True)
class Demands:
    """What one message sets and drops. `unread` are refusals that name nothing the catalogue's records speak of,
    `refused` the words behind a negation, of these and before a kind ("no hammer drill");
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
    refused: tuple[str, ...] = ()
    rest: str = ""


_THEN = re.compile(
    r"\b(more|less|under|cheaper|better|bigger|larger|smaller|lower|higher|other|rather) then\b", re.IGNORECASE
)


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
    tokens, signs = tokens_of(with_negators(text, words))
    mentions = mentions_of(tokens, signs, words)
    kinds = sought_kinds(tokens, signs, mentions, words)
    refused = tuple(_refused(tokens, signs, mentions))
    meant = kinds or tuple(about)
    attributes = read_measures(text, words, meant)
    wanted, not_attributes = named_values(tokens, signs, mentions, meant, words)
    worn, not_worn = worn_by(tokens, signs, meant, words)
    attributes |= wanted | worn
    not_attributes |= not_worn
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
        unread=tuple(
            phrase for phrase, unknown in refused if unknown and not ((worn or not_worn) and tells_wearer(phrase))
        ),
        refused=tuple(phrase for phrase, _ in refused if not ((worn or not_worn) and tells_wearer(phrase))),
        rest=_rest(text, tokens, mentions, [word for phrase, _ in refused for word in phrase.split()]),
    )


def _refused(tokens: Sequence[str], signs: Sequence[str], mentions: Sequence[Mention]) -> Iterator[tuple[str, bool]]:
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


def _brands(mentions: Sequence[Mention], *, negated: bool) -> tuple[str, ...]:
    names = (one.found for one in mentions if one.kind == "brand" and one.negated == negated)
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


def _rest(text: str, tokens: Sequence[str], mentions: Sequence[Mention], refused: Sequence[str]) -> str:
    """The words to retrieve with: what was negated is taken out."""
    dropped = {fold(token) for one in mentions if one.negated for token in tokens[one.start : one.stop]}
    dropped |= {fold(word) for word in refused}
    plain = NEGATIONS.sub(" ", NOT_A_NEGATION.sub(" ", text))
    kept = [word for word in TERM.findall(plain) if fold(word) not in dropped]
    return " ".join(kept)
