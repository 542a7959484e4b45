"""What a message says of the demands in force: it lets them go, allows more beside them, or gives a measure a number.

Knows the state before the message; knows nothing of what the message seeks.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.demands import Demands, read_demands
from assistant.measures import state_unit
from assistant.phrases import ALLOWED_AGAIN, NEGATIONS, NOT_A_NEGATION
from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Span
from index.lexical import terms

_WHAT = r"(?:the |my |that |this |those |these |about )*(?P<what>[\w'’-]+(?: [\w'’-]+){0,2}?)(?: (?:thing|stuff|bit|part|requirement|limit|then))?"
_LET_GO = re.compile(
    rf"\b(?:forget|drop|nvm|never ?mind|ignore|skip|scrap|lose|leave|remove|without|no longer need)(?: about)? {_WHAT}(?=\W*(?:$|[,.;!?]| (?:and|but|then|so|for now|now|i)\b))"
    rf"|\b{_WHAT.replace('<what>', '<which>')} (?:does ?n['’]?o?t|do ?n['’]?o?t|is ?n['’]?o?t|no longer)(?: really)? (?:matters?|(?:that )?important|(?:a )?must|needed|necessary)(?: any ?more)?\b"
    r"|\b(?:need not|needn['’]?t|(?:does|do)(?: not|n['’]?t) (?:have|need) to) be (?P<that>[\w'’-]+(?: [\w'’-]+)?)\b",
    re.IGNORECASE,
)
_ALL_GONE = re.compile(
    r"\b(?:anything goes|forget (?:all|everything)(?: (?:else|of it|of that|i said))?|start (?:over|again|from scratch)"
    r"|no (?:other |more )?(?:requirements|constraints|conditions|preferences|restrictions))\b(?: again| now| any ?more)?",
    re.IGNORECASE,
)
_ALSO = re.compile(r"^\W*or\b|\b(?:too|also|as well|after all|either)\b", re.IGNORECASE)

_NUMBER = r"(?<![\w$€£.,])(?P<n>\d{1,6}(?:\.\d+)?)(?![\w%$€£]|\s?(?:dollars?|bucks?|euros?|usd|eur|pounds?|quid|%)|[.,]\d|\s?(?:gb|tb|inch|inches|in|cm|mm|kg|g|oz|ounces|lbs?|hz|w|watts?|mah|lm|lumens?|l|ml)\b)"
_SET_TO = re.compile(
    rf"(?:^\W*|[.,;!]\s*|\b(?:make it|make that|rather|say|actually|then|just)\s+){_NUMBER}(?=\W*(?:$|[.,;!?]|(?:and|then|instead|please|pls)\b))",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:bigger|larger|longer|wider|taller|higher|heavier|lighter|smaller|shorter|thinner|faster|from)(?: one| ones)?(?: than)?\s+"
    rf"{_NUMBER}(?! (?:to|and) \d)|{_NUMBER.replace('<n>', '<m>')}(?=\s*(?:or (?:more|bigger|larger|better|higher|longer|smaller|lighter)\b|and up\b|\+))",
    re.IGNORECASE,
)
_UNIT = r"(?:gb|tb|inch|inches|cm|mm|kg|g|oz|ounces|lb|lbs|hz|watts?|mah|lumens?|lit(?:er|re)s?|ml)"
_MEASURED = re.compile(rf"\d\s?(?P<unit>{_UNIT})\b", re.IGNORECASE)
_LONE_UNIT = re.compile(rf"(?<![\d\s])(?<!\d )\s(?P<unit>{_UNIT})\b|^(?P<first>{_UNIT})\b", re.IGNORECASE)


_FAR = math.log(4)
"""A number this many times as large as the measure in force is no other number for it."""


@dataclass(frozen=True, slots=True)
class LetGo:
    """A message without what it lets go: words of the demands that no longer hold, and keys as in `Demands.dropped`;
    `kinds` are things of a set that are no longer sought; `other` is True when the thing itself gives way to another.
    """

    rest: str
    words: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    other: bool = False


def let_go(text: str, held: Constraints, kinds: Sequence[str], words: Vocabulary) -> LetGo:
    """What a message lets go of the demands in force; words that speak of none of them stay in it."""
    gone: list[str] = []
    keys: set[str] = set()
    fewer: list[str] = []
    other = False
    if held and _ALL_GONE.search(text):
        keys |= {"attributes", "price", "brands", "in_stock"}
        text = _ALL_GONE.sub(" , ", text)
    for found in reversed(list(_LET_GO.finditer(text))):
        what = found["what"] or found["which"] or found["that"]
        if re.fullmatch(r"\d+(?:\.\d+)?", what):
            number = float(what)
            prices = [float(price) for price in (held.price_min, held.price_max) if price is not None]
            measures = [
                name
                for name, demand in held.attributes.items()
                if isinstance(demand, Span) and number in (demand.min, demand.max)
            ]
            named = [
                name
                for name, demand in held.attributes.items()
                if not isinstance(demand, Span) and any(re.match(rf"{what}\b", one) for one in demand)
            ]
            if number in prices:
                keys.add("price")
            gone += [name.replace("_", " ") for name in (*measures, *named)]
            spoken = bool(number in prices or measures or named)
        else:
            spoken = _speaks_of(what, held)
            gone += [what] if spoken else []
            own = [kind for kind in words.kinds(what.split()) if kind in kinds]
            if not spoken and own and len(kinds) > len(own):
                fewer += own
                spoken = True
            elif not spoken and own:
                # "Forget the mouse, a wrist rest will do."
                rest = read_demands(f"{text[: found.start()]} , {text[found.end() :]}", words)
                other = spoken = bool(rest.kinds) and set(rest.kinds).isdisjoint(own)
        if spoken:
            text = f"{text[: found.start()]} , {text[found.end() :]}"
    if ALLOWED_AGAIN.search(text) and not NEGATIONS.search(NOT_A_NEGATION.sub(" ", text)):
        said = value_key(text)
        gone += [
            value
            for demand in held.not_attributes.values()
            if not isinstance(demand, Span)
            for value in demand
            if re.search(rf"\b{re.escape(value_key(value))}\b", said)
        ]
    return LetGo(text, tuple(gone), frozenset(keys), tuple(fewer), other)


def _speaks_of(what: str, held: Constraints) -> bool:
    said = set(terms(what))
    for name, demand in (*held.attributes.items(), *held.not_attributes.items()):
        values = () if isinstance(demand, Span) else demand
        if said & set(terms(" ".join((name.replace("_", " "), *values)))):
            return True
    return any(said & set(terms(name)) for name in (*held.brands, *held.not_brands))


def widened(demands: Demands, held: Constraints, text: str) -> Demands:
    """The demands with the values in force beside those that the message also allows: "or red", "white is fine too"."""
    if not _ALSO.search(text) or not (ALLOWED_AGAIN.search(text) or re.match(r"\W*or\b", text, re.IGNORECASE)):
        return demands
    attributes = dict(demands.attributes)
    for name, values in demands.attributes.items():
        before = held.attributes.get(name)
        if isinstance(values, tuple) and isinstance(before, tuple):
            attributes[name] = tuple(dict.fromkeys((*before, *values)))
    return replace(demands, attributes=attributes)


def taken_back(demands: Demands, held: Constraints) -> Demands:
    """The demands without refusals of what is in force where the message has another value: "not yellow, green"."""
    kept = {
        name: values
        for name, values in demands.not_attributes.items()
        if name not in demands.attributes or held.attributes.get(name) != values
    }
    return demands if len(kept) == len(demands.not_attributes) else replace(demands, not_attributes=kept)


def with_units(text: str, held: Constraints, kinds: Sequence[str], words: Vocabulary) -> str:
    """The message with the unit that its bare numbers have by what is in force: "make it 50" after "43 inch" is
    "make it 50 in". A price in force that is nearer the number has it.
    """
    measures = [
        known
        for name, demand in held.attributes.items()
        if (known := state_unit(name, demand, words, kinds)) is not None
    ]
    prices = [float(price) for price in (held.price_min, held.price_max) if price]
    own = _MEASURED.search(text)
    lone = None if own else _LONE_UNIT.search(text)
    said = (own["unit"] if own else "") or ((lone["unit"] or lone["first"]) if lone else "")
    places: list[tuple[int, str]] = []
    for found in _FROM.finditer(text):
        group = "n" if found["n"] else "m"
        unit = said or (_nearest(float(found[group]), measures) if measures else "")
        if unit:
            places.append((found.end(group), unit))
    for found in _SET_TO.finditer(text):
        number = float(found["n"])
        near = _nearest(number, measures)
        priced = min((_apart(number, one) for one in prices), default=math.inf)
        if near and min(priced, _FAR) > min(_apart(number, one) for one, _ in measures):
            places.append((found.end("n"), near))
    for place, unit in sorted(set(places), reverse=True):
        text = f"{text[:place]} {unit}{text[place:]}"
    return text


def _nearest(number: float, measures: Sequence[tuple[float, str]]) -> str:
    return min(measures, key=lambda one: _apart(number, one[0]))[1] if measures and number else ""


def _apart(one: float, other: float) -> float:
    return abs(math.log(one / other)) if one > 0 and other > 0 else math.inf
