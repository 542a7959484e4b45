"""The words that fill a phrasing in a state of a conversation: prices, makers, properties, kinds, and what points.

Knows states and trades; knows no phrasing of a whole message.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from finetune.pointing import BY_COLOR, BY_LAST, BY_NAME, BY_NUMBER, BY_PLACE, BY_PRONOUN, BY_TOP, ORDINALS, PAIRS
from finetune.states import AbsentError, State, brands_of, choose, part_of, sayable, words_of
from finetune.trades import Ware

_COUNTS = ("2", "3", "4", "5", "6", "10", "two", "three", "four", "five", "six", "ten")
_MORE = (
    "smaller", "bigger", "larger", "lighter", "heavier", "softer", "stronger", "simpler", "nicer", "newer", "longer",
    "shorter", "thinner", "thicker", "sturdier", "faster", "quieter", "warmer", "cooler", "brighter", "better",
    "healthier", "sweeter", "more comfortable", "more durable", "more colorful", "more elegant", "more modern",
    "more compact", "more powerful", "less bulky", "less flashy", "wider", "narrower", "easier to clean", "better made",
    "higher quality", "more natural", "milder", "handier",
)  # fmt: skip
_WRITTEN = {
    5: "five", 10: "ten", 15: "fifteen", 20: "twenty", 25: "twenty five", 30: "thirty", 40: "forty", 50: "fifty",
    60: "sixty", 80: "eighty", 100: "a hundred", 150: "a hundred and fifty", 200: "two hundred", 300: "three hundred",
    500: "five hundred", 1000: "a thousand", 1500: "fifteen hundred", 2000: "two thousand",
}  # fmt: skip
_BOTH = ("both", "the two", "these two", "both of them", "those two", "the two of them")
_JOINTS = frozenset({"&", "of", "and", "no.", "for", "with"})
_ROUND = ((20, 1), (100, 5), (500, 10), (10**9, 50))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message; with a field, the change holds it: its text, or `number` of a list."""

    text: str
    field: str = ""
    number: int | None = None


@dataclass(slots=True)
class Filling:
    """What one message is filled from, and what was taken so far."""

    state: State
    rng: random.Random
    part: str
    taken: set[str] = field(default_factory=set)
    other: Ware | None = None
    own: int | None = None
    low: float = 0.0
    pointed: tuple[int, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def subject(self) -> Ware:
        """What is spoken of: the other kind once one is named, else what is sought."""
        return self.other or self.state.ware

    def take(self, texts: Sequence[str]) -> str:
        """One of the texts that was not taken; AbsentError when there is none."""
        text = choose([one for one in sayable(texts) if one.casefold() not in self.taken], self.rng)
        self.taken.add(text.casefold())
        return text

    def pattern(self, table: Sequence[str]) -> str:
        """One of the ways of a table that belong to this part."""
        chosen = choose([one for one in table if part_of(one) == self.part], self.rng)
        self.patterns = (*self.patterns, chosen)
        return chosen


def _held(fill: Filling, *names: str) -> tuple[str, ...]:
    now = fill.state.now
    return tuple(text for name in names for text in (getattr(now, name) if now else ()))


def _brand(fill: Filling) -> str:
    fill.taken |= {one.casefold() for one in _held(fill, "brand", "not_")}
    shown = [
        brand
        for brand in brands_of(fill.state.trade)
        if any(name.casefold().startswith(f"{brand.casefold()} ") for name in fill.state.shown)
    ]
    seen = fill.other is None and shown and fill.rng.random() < 0.5
    try:
        brand = fill.take(shown if seen else fill.subject.brands)
    except AbsentError:
        brand = fill.take(brands_of(fill.state.trade))
    return _cased(brand, fill.rng)


def _cased(name: str, rng: random.Random) -> str:
    chance = rng.random()
    return name.lower() if chance < 0.45 else name.capitalize() if name.isupper() and chance < 0.55 else name


def _color(fill: Filling) -> str:
    fill.taken |= {one.casefold() for one in _held(fill, "has", "hasnt")}
    return fill.take(fill.subject.colors)


def _held_color(fill: Filling) -> str:
    colors = {color.casefold() for color in fill.state.ware.colors}
    return fill.take([one for one in _held(fill, "has") if one.casefold() in colors])


def _other(fill: Filling) -> str:
    sought = words_of(" ".join((*_held(fill, "want"), fill.state.ware.kind)))
    wares = [ware for ware in fill.state.trade.wares if not words_of(ware.kind) & sought]
    if not wares:
        raise AbsentError
    fill.other = fill.other or fill.rng.choice(wares)
    return _kind(fill.other, fill.rng)


def _kind(ware: Ware, rng: random.Random) -> str:
    names = sayable(ware.names)
    return rng.choice(names) if names and rng.random() < 0.55 else choose(sayable([ware.kind]), rng)


def _companion(fill: Filling) -> str:
    state = fill.state
    ware = state.owned_wares[fill.own - 1] if fill.own else state.ware
    kind = choose(sayable(ware.goes_with), fill.rng)
    fill.other = next((one for one in state.trade.wares if one.kind == kind), fill.other)
    return _kind(fill.other, fill.rng) if fill.other and fill.other.kind == kind else kind


def _thing(fill: Filling) -> str:
    known = {ware.kind for ware in fill.state.owned_wares} | {fill.state.ware.kind}
    wares = [ware for ware in fill.state.trade.wares if ware.kind not in known]
    if not wares:
        raise AbsentError
    return _thing_of(fill.rng.choice(wares), fill)


def _thing_of(ware: Ware, fill: Filling) -> str:
    rng = fill.rng
    if rng.random() < 0.5 or not sayable(ware.products):
        return _kind(ware, rng)
    words = rng.choice(sayable(ware.products)).split()
    name = " ".join(words[: rng.randint(2, 4)])
    return name.lower() if rng.random() < 0.6 else name


def _price(fill: Filling) -> str:
    low, high = fill.subject.prices
    now = fill.state.now
    for _ in range(20):
        least = max(float(low), fill.low * 1.2, 1.0)
        value = least * (max(high, least * 2) / least) ** fill.rng.random()
        step = next(step for most, step in _ROUND if value < most)
        amount = max(step, round(value / step) * step)
        if str(amount) not in (now.min if now else "", now.max if now else "") and amount > fill.low:
            fill.low = float(amount)
            return _written(amount, fill.rng)
    raise AbsentError


def _written(amount: int, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.08 and amount in _WRITTEN:
        return _WRITTEN[amount]
    if amount >= 1000 and chance < 0.5:
        return f"{amount:,}" if chance < 0.3 else f"{amount / 1000:g}k" if amount % 100 == 0 else str(amount)
    if amount < 500 and chance < 0.14:
        return f"{amount - 1}.{rng.choice(('99', '50', '95'))}"
    return str(amount)


def _part(fill: Filling) -> str:
    return fill.take(fill.subject.parts)


def _adjectives(ware: Ware) -> list[str]:
    return [wish for wish in ware.wishes if not re.match(r"(?:for|with|without|as|to|in|on|under|allowed)\b", wish)]


def _adjective(fill: Filling) -> str:
    fill.taken |= {one.casefold() for one in _held(fill, "soft")}
    return fill.take(_adjectives(fill.subject))


SOURCES: Mapping[str, Callable[[Filling], str]] = {
    "brand": _brand,
    "color": _color,
    "nowcolor": _held_color,
    "nowbrand": lambda fill: fill.take(_held(fill, "brand")),
    "nowsoft": lambda fill: fill.take(_held(fill, "soft")),
    "nowhas": lambda fill: fill.take([one for one in _held(fill, "has") if not re.search(r"at least|up to", one)]),
    "refused": lambda fill: _cased(fill.take(_held(fill, "not_", "hasnt")), fill.rng),
    "kind": lambda fill: _kind(fill.state.ware, fill.rng),
    "nowkind": lambda fill: choose(sayable([fill.state.ware.kind]), fill.rng),
    "oldprice": lambda fill: choose([fill.state.now.max] if fill.state.now and fill.state.now.max else [], fill.rng),
    "other": _other,
    "comp": _companion,
    "thing": _thing,
    "ware": lambda fill: _thing_of(fill.state.ware, fill),
    "price": _price,
    "bare": _price,
    "count": lambda fill: fill.rng.choice(_COUNTS),
    "amount": lambda fill: fill.take(fill.subject.amounts),
    "adj": _adjective,
    "word": lambda fill: fill.take([one for one in _adjectives(fill.subject) if " " not in one]),
    "use": lambda fill: fill.take([wish for wish in fill.subject.wishes if wish.startswith("for ")]),
    "more": lambda fill: fill.take(_MORE),
    "part": _part,
    "barepart": lambda fill: re.sub(r"^(?:an?|the) ", "", _part(fill)),
}
"""Where a text may come from."""


def money(text: str, fill: Filling) -> tuple[str, str]:
    """What stands before and after a price."""
    chance = fill.rng.random()
    trade = fill.state.trade
    written = text[:1].isalpha()
    if chance < 0.35 and not written:
        return trade.sign, ""
    if chance < 0.6:
        return "", f" {trade.money}"
    if chance < 0.66 and not written:
        return "", fill.rng.choice((trade.sign, f" {trade.sign}"))
    return "", ""


def own(fill: Filling) -> list[Piece]:
    """A thing owned, by its kind or name; named when it is none of those owned."""
    state, rng = fill.state, fill.rng
    wares = state.owned_wares
    single = [place for place, ware in enumerate(wares, start=1) if wares.count(ware) == 1]
    if not single and rng.random() < 0.6:
        raise AbsentError  # so that most messages of the kind meet a list in which the thing stands
    if not single or rng.random() < 0.15:
        return [Piece(_thing(fill), "named")]
    fill.own = rng.choice(single)
    ware, name = wares[fill.own - 1], state.owned[fill.own - 1]
    said = rng.random()
    if said < 0.65:
        text = _kind(ware, rng)
    else:
        part = _unique(name, state.owned, rng)
        text = part if part and said < 0.9 else _kind(ware, rng)
    return [Piece(text.lower() if rng.random() < 0.6 else text, "own", fill.own)]


def point(fill: Filling) -> list[Piece]:
    """Words that point at one product, not one pointed at before."""
    state, rng = fill.state, fill.rng
    free = [number for number in state.numbers if number not in fill.pointed]
    if not free:
        raise AbsentError
    if not fill.pointed and (state.about or len(state.shown) == 1) and rng.random() < 0.55:
        return _pointed(fill, 0 if state.about else 1, fill.pattern(BY_PRONOUN))
    number = rng.choice(free)
    last = len(state.shown)
    name = state.place(number)
    ways: list[tuple[Sequence[str], str]] = []
    if number:
        ways += [(BY_PLACE, ORDINALS[number - 1][rng.choice((0, 0, 0, 1))])] * 4 if last > 1 else []
        ways += [(BY_NUMBER, str(number))] * 2 if last > 1 else []
        ways += [(BY_LAST, "")] * 2 if number == last > 1 else []
        ways += [(BY_TOP, "")] if number == 1 and last > 1 else []
    others = [state.place(one) for one in state.numbers]
    part = _unique(name, others, rng)
    ways += [(BY_NAME, part)] * 4 if part else []
    property_ = [one for one in (*state.ware.colors, *_adjectives(state.ware)) if _only(one, name, others)]
    ways += [(BY_COLOR, rng.choice(property_))] * 3 if property_ else []
    if not ways:
        raise AbsentError
    table, said = rng.choice(ways)
    return _pointed(fill, number, re.sub("[@#]", lambda _: said, fill.pattern(table)))


def _pointed(fill: Filling, number: int, text: str) -> list[Piece]:
    fill.pointed = (*fill.pointed, number)
    return [Piece(text.replace("{:nowkind}", fill.state.ware.kind), "it", number)]


def point_two(fill: Filling) -> list[Piece]:
    """Words that point at two products shown."""
    state, rng = fill.state, fill.rng
    if len(state.shown) < 2:
        raise AbsentError
    if len(state.shown) == 2 and rng.random() < 0.35 and fill.part == "train":
        return [Piece(rng.choice(_BOTH), "it", 1), Piece("", "it", 2)]
    one, two = rng.sample(range(1, len(state.shown) + 1), 2)
    if rng.random() < 0.7:
        one, two = sorted((one, two))
    pattern = fill.pattern(PAIRS)
    names = [_unique(state.place(number), state.shown, rng) for number in (one, two)]
    if all(names) and rng.random() < 0.5:
        said = {"@": names[0], "&": names[1]}
    else:
        said = {"@": ORDINALS[one - 1][0], "&": ORDINALS[two - 1][0]}
        if re.match(r"(?:@)", pattern):
            said = {sign: f"the {word}" for sign, word in said.items()}
    said |= {"#": str(one), "%": str(two)}
    text = re.sub("[@&#%]", lambda found: said[found[0]], pattern)
    return [Piece(text, "it", one), Piece("", "it", two)]


def _unique(name: str, names: Sequence[str], rng: random.Random) -> str:
    """A part of a name that no other has; empty when there is none."""
    words = name.split()
    parts = [words[:1], words[:2], words[:3], words[1:2], words[1:3], words[-2:], words]
    rest = [words_of(one) for one in names if one != name]
    said = [
        " ".join(part)
        for part in parts
        if any(len(word) > 1 for word in part)
        and not {part[0].casefold(), part[-1].casefold()} & _JOINTS
        and not any(words_of(" ".join(part)) <= one for one in rest)
    ]
    said = [part for part in sayable(said) if any(char.isalpha() for char in part)]
    if not said:
        return ""
    part = rng.choice(said)
    return part.lower() if rng.random() < 0.6 else part


def _only(text: str, name: str, names: Sequence[str]) -> bool:
    words = words_of(text)
    return words <= words_of(name) and sum(words <= words_of(one) for one in names) == 1


def roughen(pieces: Sequence[Piece], rng: random.Random) -> list[Piece]:
    """The pieces as someone types them: casing, lost apostrophes, slips of the finger."""
    found = list(pieces)
    for place, (piece, following) in enumerate(pairwise(pieces)):
        if following.text[:1].lower() in tuple("aeio") and rng.random() < 0.85:
            found[place] = _with_text(piece, re.sub(r"\b([aA]) $", r"\1n ", piece.text))
    chance = rng.random()
    if chance < 0.2:
        first = next((place for place, piece in enumerate(found) if piece.text.strip()), 0)
        text = found[first].text
        found[first] = _with_text(found[first], text[:1].upper() + text[1:])
        found = [_with_text(piece, re.sub(r"\bi\b", "I", piece.text)) if not piece.field else piece for piece in found]
    elif chance < 0.38:
        found = [_with_text(piece, piece.text.replace("'", "")) if not piece.field else piece for piece in found]
    elif chance < 0.48:
        found = [_with_text(piece, piece.text.lower()) for piece in found]
    elif chance < 0.5:
        found = [_with_text(piece, piece.text.upper()) for piece in found]
    if rng.random() < 0.13:
        for _ in range(rng.choice((1, 1, 2))):
            place = rng.randrange(len(found))
            if found[place].field not in ("min", "max", "near", "count"):
                found[place] = _with_text(found[place], _slip(found[place].text, rng))
    return found


def _with_text(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.field, piece.number)


def _slip(text: str, rng: random.Random) -> str:
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words:
        return text
    word = rng.choice(words)
    place = rng.randrange(word.start() + 1, word.end() - 1)
    slips = (
        text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        text[:place] + text[place + 1 :],
        text[:place] + text[place] + text[place:],
    )
    return rng.choice(slips)
