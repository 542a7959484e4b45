"""Messages as shoppers go on in a conversation, made up by a grammar, each with the state it meets and what it changes.

The phrasings stand in `followups`, `pointing`, `asides` and `phrasings`; the words for things come from a trade.
Does not know how a message becomes a training example.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.change import Change, parse, plain_message
from finetune.asides import ASIDES
from finetune.followups import CORRECT, JOINERS, REFINE, RELAX, STARTERS, Family
from finetune.phrasings import CLAUSES
from finetune.pointing import POINT, TOPIC
from finetune.states import AbsentError, Asked, State, draw_state, part_of
from finetune.texts import SOURCES, Filling, Piece, money, own, point, point_two, roughen
from finetune.trades import Trade

_SEVERAL = 0.1
"""Share of messages that say two or three things at once."""
_STARTED = 0.2
_ALONE = ("refine.others", "refine.history", "refine.gift", "refine.several", "refine.numbers")
_ANY_TIME = ("ask", "compare", "like", "with", "cheaper", "shop", "thanks", "talk", "unsafe", "answer")
"""What is also said where no request is in force."""
_TRIES = 400
_STATES = 40
_HOLE = re.compile(r"\{(\w*):(\w+?)\d?(?:\|([^}]*))?\}|\{(its|it2|it|own)\}|<(\w+):([^>]+)>")
_BOUNDS = ("min", "max", "near", "count", "named")
_TUPLES = ("want", "no", "brand", "not", "has", "hasnt", "soft", "drop")

_SIGNS: Mapping[str, tuple[str, str, float]] = {
    "not": ("not:brand", "not:brand2", 9.0),
    "brand": ("brand:brand", "brand:brand2", 3.0),
    "max": ("max:price", "", 4.0),
    "min": ("min:price", "", 1.5),
    "near": ("near:price", "", 1.5),
    "range": ("min:price", "max:price2", 1.5),
}


def messages(trade: Trade, rng: random.Random, part: str) -> Asked:
    """A message of someone who goes on in a conversation at a shop, with phrasings of the part only."""
    for _ in range(_TRIES):
        families = _drawn(rng)
        phrasings = [_phrasing(family, rng, part) for family in families]
        if not all(phrasings):
            continue
        for _ in range(_STATES):
            state = draw_state(trade, rng)
            if all(_meets(family, state) for family in families):
                try:
                    return _asked(state, families, phrasings, rng, part)
                except AbsentError:
                    continue
    raise ValueError(f"trade {trade.name!r} fills no phrasing of part {part!r}, expected kinds, makers and products")


@lru_cache(maxsize=1)
def _families() -> tuple[Family, ...]:
    return (*_clauses(), *REFINE, *CORRECT, *RELAX, *POINT, *TOPIC, *ASIDES)


@lru_cache(maxsize=1)
def _joinable() -> tuple[Family, ...]:
    short = [family for family in REFINE if family.name not in _ALONE]
    relaxed = [family for family in RELAX if family.name != "drop.all"]
    return (*_clauses(), *short, *relaxed, *(family for family in POINT if family.name == "dislike"))


@lru_cache(maxsize=1)
def _clauses() -> tuple[Family, ...]:
    """What is also said first in a conversation, as families."""
    found = []
    for name, (first, second, weight) in _SIGNS.items():
        spoken = [line for kind in ("frag", "sent") for line in CLAUSES[f"{name}.{kind}"] if "[" not in line]
        filled = tuple(dict.fromkeys(clause_of(line, first, second) for line in spoken))
        found.append(Family(f"say.{name}", weight, "more", filled))
    return tuple(found)


def clause_of(line: str, first: str, second: str) -> str:
    def hole(found: re.Match[str]) -> str:
        sign, after = found[0], line[found.end() : found.end() + 1]
        source = second if sign == "&" else first
        touching = after.isalnum() or after in ("-", "+")
        bare = sign == "#" or (touching and "price" in source)
        return "{" + (source.replace("price", "bare") if bare else source) + "}"

    return re.sub("[@&#]", hole, line)


def _drawn(rng: random.Random) -> list[Family]:
    def one(families: tuple[Family, ...]) -> Family:
        return rng.choices(families, weights=[family.weight for family in families])[0]

    if rng.random() >= _SEVERAL:
        return [one(_families())]
    found: dict[str, Family] = {}
    for _ in range(rng.choice((2, 2, 3))):
        family = one(_joinable())
        found[family.name] = family
    return list(found.values())


def _phrasing(family: Family, rng: random.Random, part: str) -> str:
    ours = [line for line in family.phrasings if part_of(line) == part]
    return rng.choice(ours) if ours else ""


def _meets(family: Family, state: State) -> bool:
    """True when the state is one in which the family's phrasings mean what they are said to change."""
    if state.now is None and family.name.partition(".")[0] not in _ANY_TIME:
        return False
    now = state.now or Change()
    colors = {color.casefold() for color in state.ware.colors}
    needs = {
        "correct.price": bool(now.max),
        "correct.color": any(one in colors for one in now.has),
        "correct.brand": bool(now.brand),
        "drop.price": bool(now.min or now.max or now.near),
        "drop.brand": bool(now.brand or now.not_),
        "drop.color": any(one in colors for one in (*now.has, *now.hasnt)),
        "drop.stock": now.stock,
        "cheaper": bool(state.shown),
        "ask.unpointed": len(state.shown) > 1 and not state.about,
        "compare.all": len(state.shown) > 1 and not state.about,
        "compare.first": len(state.shown) > 1,
        "compare.three": len(state.shown) > 2,
        "compare.last": len(state.shown) > 1,
        "with.more": now.act == "with" and bool(now.want),
        "topic.with": now.act == "with",
        "topic.new": now.act == "find",
        "refine.others": bool(state.shown),
    }
    return needs.get(family.name, True)


def _drops(told: Change, state: State) -> bool:
    """True when what is dropped is in force."""
    return all(_meets(Family(f"drop.{name}", 0, "", ()), state) for name in told.drop)


def _asked(state: State, families: list[Family], phrasings: list[str], rng: random.Random, part: str) -> Asked:
    fill = Filling(state, rng, part)
    pieces: list[Piece] = []
    said: dict[str, Any] = {}
    for place, (family, phrasing) in enumerate(zip(families, phrasings, strict=True)):
        text, _, more = phrasing.partition(" => ")
        if more and not _drops(parse(f"more; {more}"), state):
            raise AbsentError
        for line in (family.change, *((f"more; {more}",) if more else ())):
            _merge(said, _told(line, state), first=line is family.change and place == 0)
        if place:
            pieces.append(Piece(rng.choice(JOINERS)))
        elif rng.random() < _STARTED and family not in ASIDES:
            pieces.append(Piece(f"{rng.choice(STARTERS)} "))
        fill.other, fill.own, fill.low = None, None, 0.0
        pieces += filled_pieces(text, fill)
    pieces = roughen(ended(pieces, rng), rng)
    message = "".join(piece.text for piece in pieces)
    if message != message.strip() or "  " in message or plain_message(message) != message.replace(";", ","):
        raise AbsentError
    name = " + ".join(f"{family.name}: {text}" for family, text in zip(families, phrasings, strict=True))
    template = " | ".join((name, *fill.patterns))
    return Asked(
        template=template,
        now=state.line,
        shown=state.shown,
        owned=state.owned,
        about=state.about,
        message=message,
        change=change_of(said, pieces, message),
    )


def _told(line: str, state: State) -> Change:
    """What a family says of itself."""
    head, _, last = line.partition("; last")
    shown = len(state.shown)
    return replace(parse(head), it=(shown - 1, shown)) if line != head and not last else parse(line)


def _merge(said: dict[str, Any], told: Change, *, first: bool) -> None:
    if first:
        said["act"] = told.act
    for name in ("it", "drop"):
        said[name] = (*said.get(name, ()), *getattr(told, name))
    for name in ("stock", "set"):
        said[name] = said.get(name, False) or getattr(told, name)
    if told.sort:
        if said.get("sort"):
            raise AbsentError
        said["sort"] = told.sort


def filled_pieces(text: str, fill: Filling) -> list[Piece]:
    """A phrasing filled from the state."""
    holes = list(_HOLE.finditer(text))
    filled: dict[int, list[Piece]] = {}
    # What is owned first: a companion is drawn to go with it; then the kind that is named, whose properties follow.
    order = sorted(holes, key=lambda hole: (hole[4] != "own", hole[2] not in ("other", "comp"), hole.start()))
    for hole in order:
        filled[hole.start()] = _hole(hole, text, fill)
    pieces, end = [], 0
    for hole in holes:
        pieces += [Piece(text[end : hole.start()]), *filled[hole.start()]]
        end = hole.end()
    return _articled([*pieces, Piece(text[end:])])


def _hole(hole: re.Match[str], text: str, fill: Filling) -> list[Piece]:
    name, source, around, pointing, literal, words = hole.groups()
    if literal:
        return [Piece(words, literal)]
    if pointing:
        return {"its": point_two, "own": own}.get(pointing, point)(fill)
    found = SOURCES[source](fill)
    if around:
        if source == "amount" and not re.match(r"[\d.,]+ ?\S+$|[\d.,]+ [a-z]+ [a-z]+$", found):
            raise AbsentError
        return [Piece(around.replace("@", found), name)]
    if source == "part":
        article = re.match(r"(?:an?|the) ", found)
        return [Piece(article[0]), Piece(found[article.end() :], name)] if article else [Piece(found, name)]
    if source != "price":
        return [Piece(found, name)]
    before, after = money(found, fill)
    if text[hole.end() : hole.end() + 1].isalnum() or text[: hole.start()].endswith(("$", "€")):
        before = after = ""
    return [Piece(before), Piece(found, name), Piece(after)]


def _articled(pieces: list[Piece]) -> list[Piece]:
    """Without "a" before a plural or a name with its own article."""
    found = list(pieces)
    for place, piece in enumerate(pieces[1:], start=1):
        plural = piece.text.endswith("s") and not piece.text.endswith("ss")
        if plural or re.match(r"(?:an?|the) ", piece.text):
            found[place - 1] = Piece(re.sub(r"\ban? $", "", pieces[place - 1].text), pieces[place - 1].field)
    return found


def ended(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """With another sign at its end now and then."""
    last = pieces[-1]
    chance = rng.random()
    if not last.field and last.text.endswith("?") and chance < 0.3:
        return [*pieces[:-1], Piece(last.text[:-1])]
    if (last.text or pieces[-2].text)[-1:].isalnum() and chance < 0.15:
        return [*pieces, Piece(rng.choice((".", ".", "!", " :)", "...", " thx", " pls", "!!")))]
    return pieces


def change_of(said: Mapping[str, Any], pieces: list[Piece], message: str) -> Change:
    texts: dict[str, list[str]] = {}
    it: list[int] = list(said["it"])
    number = None
    for piece in pieces:
        if piece.field == "it" and piece.number is not None:
            it.append(piece.number)
        elif piece.field == "own":
            number = piece.number
        elif piece.field:
            texts.setdefault(piece.field, []).append(piece.text)
    if any(len(texts.get(name, ())) > 1 for name in _BOUNDS):
        raise AbsentError
    if any(not _is_run(text, message) for found in texts.values() for text in found):
        raise AbsentError
    lists = {name: tuple(dict.fromkeys(texts.get(name, ()))) for name in _TUPLES}
    bounds = {name: texts[name][0] for name in _BOUNDS if name in texts}
    return Change(
        act=said["act"],
        it=tuple(dict.fromkeys(it)),
        own=number,
        want=lists["want"],
        no=lists["no"],
        brand=lists["brand"],
        not_=lists["not"],
        has=lists["has"],
        hasnt=lists["hasnt"],
        soft=lists["soft"],
        stock=said.get("stock", False),
        sort=said.get("sort", ""),
        set=said.get("set", False),
        drop=tuple(dict.fromkeys((*lists["drop"], *said["drop"]))),
        **bounds,
    )


def _is_run(text: str, message: str) -> bool:
    """True when the text stands in the message as whole words."""
    return re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", plain_message(message)) is not None
