"""Messages that begin a conversation, made up by a grammar, each with what it asks.

The phrasings stand in `openings`, `phrasings` and `followups`; the words for things come from a trade. Does not know
how a message becomes a training example.
"""

import random
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.change import parse, plain_message
from finetune.asides import ASIDES
from finetune.followups import REFINE, Family
from finetune.openings import FAMILIES, THINGS
from finetune.phrasings import CLAUSES
from finetune.states import AbsentError, Asked, State, choose, draw_state, part_of
from finetune.talking import change_of, clause_of, ended, filled_pieces
from finetune.texts import Filling, Piece, roughen
from finetune.trades import Trade

_TRIES = 400
_ASIDES = 0.07
_OWNING = 0.45
"""Share of shoppers whose purchases are known."""
_CLAUSES = (24, 40, 26, 10)
"""How often a message has none, one, two, three clauses beside the thing."""
_SIGNS = {
    "not": ("not:brand", "not:brand2", 8.0),
    "brand": ("brand:brand", "brand:brand2", 3.0),
    "max": ("max:price", "", 6.0),
    "min": ("min:price", "", 1.2),
    "near": ("near:price", "", 1.5),
    "range": ("min:price", "max:price2", 1.8),
}
_REFINED = {
    "refine.hasnt_color": 1.5, "refine.hasnt_part": 2.0, "refine.hasnt_adj": 1.0, "refine.no_kind": 1.5,
    "refine.color": 1.5, "refine.amount": 2.0, "refine.wish": 1.5, "refine.part": 1.5, "refine.stock": 1.2,
    "refine.sort": 0.5, "refine.numbers": 1.0, "refine.several": 1.0, "refine.gift": 0.8,
}  # fmt: skip
_STARTS = (". ", ", ", ", ", " - ", "; ", " and ", ", and ", " but ", ", but ", "! ")


def messages(trade: Trade, rng: random.Random, part: str) -> Asked:
    """A first message to a shop, with phrasings of the part only."""
    for _ in range(_TRIES):
        state = replace(draw_state(trade, rng), now=None, shown=(), about="")
        if rng.random() > _OWNING:
            state = replace(state, owned=(), owned_wares=())
        try:
            return _asked(state, rng, part)
        except AbsentError:
            continue
    raise ValueError(f"trade {trade.name!r} fills no opening of part {part!r}, expected kinds, makers and products")


def _asked(state: State, rng: random.Random, part: str) -> Asked:
    if rng.random() < _ASIDES:
        families = [family for family in ASIDES if family.name != "answer"]
        family = rng.choices(families, weights=[one.weight for one in families])[0]
    else:
        family = rng.choices([one for one, _ in FAMILIES], weights=[weight for _, weight in FAMILIES])[0]
    fill = Filling(state, rng, part)
    said: dict[str, Any] = {"it": (), "drop": ()}
    names = [f"{family.name}: {_ours(family.phrasings, rng, part)}"]
    phrasing = names[0].partition(": ")[2]
    act = family.change
    if not act:
        act, _, phrasing = phrasing.removeprefix("=> ").partition("; ")
    text, _, more = phrasing.partition(" => ")
    told = parse("; ".join(one for one in (act, more) if one))
    said |= {"act": told.act, "sort": told.sort, "set": told.set, "stock": told.stock}
    clauses: list[str] = []
    if "%" in text:
        thing = _ours(THINGS, rng, part)
        names.append(thing)
        tail, clauses = _clauses(state, rng, part, said, names)
        text = re.sub(r"%", lambda _: thing + tail, text, count=1)
    pieces = filled_pieces(text, fill)
    before = rng.random() < 0.12
    for clause in clauses:
        fill.other = fill.own = None
        fill.low = 0.0
        added = filled_pieces(clause, fill)
        pieces = [*added, Piece(", "), *pieces] if before else [*pieces, Piece(rng.choice(_STARTS)), *added]
        before = False
    pieces = roughen(ended(_spaced(pieces), rng), rng)
    message = "".join(piece.text for piece in pieces)
    if message != message.strip() or "  " in message or plain_message(message) != message.replace(";", ","):
        raise AbsentError
    return Asked(
        template=" | ".join((*names, *fill.patterns)),
        now="",
        shown=(),
        owned=state.owned,
        about="",
        message=message,
        change=change_of(said, pieces, message),
    )


def _spaced(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the joiners between them written as people do: " and " has a space before it, ", " none."""
    found: list[Piece] = []
    for piece in pieces:
        if found and piece.text in ("and ", "but ", "- ") and not piece.field:
            piece = Piece(f" {piece.text}")
        found.append(piece)
    return found


def _ours(table: tuple[str, ...], rng: random.Random, part: str) -> str:
    return choose([line for line in table if part_of(line) == part], rng)


def _clauses(
    state: State, rng: random.Random, part: str, said: dict[str, Any], names: list[str]
) -> tuple[str, list[str]]:
    """What stands right behind the thing, and further clauses."""
    number = rng.choices(range(len(_CLAUSES)), weights=_CLAUSES)[0]
    drawn: dict[str, tuple[str, ...]] = {}
    for _ in range(number):
        name = rng.choices(list(_weights()), weights=list(_weights().values()))[0]
        drawn.setdefault(name, ())
    tail, clauses = "", []
    for name in drawn:
        if name in _SIGNS:
            first, second, _ = _SIGNS[name]
            way = rng.choice(("tail", "frag", "frag", "sent"))
            line = _ours(tuple(one for one in CLAUSES[f"{name}.{way}"] if "[" not in one), rng, part)
            names.append(f"{name}.{way}: {line}")
            clause = clause_of(line, first, second)
            if way == "tail" and not tail:
                tail = f" {clause}"
            else:
                clauses.append(clause)
            continue
        line = _ours(_refined()[name].phrasings, rng, part)
        names.append(f"{name}: {line}")
        text, _, more = line.partition(" => ")
        told = parse(f"{_refined()[name].change}{f'; {more}' if more else ''}")
        if told.drop or (told.sort and said.get("sort")):
            raise AbsentError
        said["sort"] = told.sort or said.get("sort", "")
        said["stock"] = told.stock or said.get("stock", False)
        clauses.append(text)
    rng.shuffle(clauses)
    return tail, clauses


@lru_cache(maxsize=1)
def _refined() -> dict[str, Family]:
    return {family.name: family for family in REFINE if family.name in _REFINED}


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {name: weight for name, (_, _, weight) in _SIGNS.items()} | _REFINED
