"""Messages that begin a conversation, made up by a grammar, each with what it asks.

The phrasings stand in `openings`, `stories`, `phrasings`, `qualities` and `followups`; the words for things come from
a trade. Does not know how a message becomes a training example.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.change import parse, plain_message
from finetune.asides import ASIDES
from finetune.followups import REFINE, Family
from finetune.openings import FAMILIES, THINGS
from finetune.phrasings import CLAUSES
from finetune.qualities import COUNTED, ORDERED, QUALITIES
from finetune.states import AbsentError, Asked, State, choose, draw_state, part_of
from finetune.stories import FIND_MORE, GIFT_MORE, LIKE_MORE, SETS_MORE, SIGNS_OF_MOOD, WITH_NAMED_MORE, WITH_OWN_MORE
from finetune.talking import change_of, clause_of, ended, filled_pieces
from finetune.texts import Filling, Piece, roughen
from finetune.trades import Trade

_TRIES = 400
_ASIDES = 0.07
_OWNING = 0.45
"""Share of shoppers whose purchases are known."""
_CLAUSES = (24, 36, 26, 11, 3)
"""How often a message has none, one, two, three, four clauses beside the thing."""
_WITH_CLAUSE = 0.3
"""How often a clause stands beside what goes with a thing."""
_FIRST = 0.15
"""How often a clause stands before the thing."""
_MOOD = 0.05
_SIGNS: Mapping[str, tuple[str, str, str, float]] = {
    "not": ("not:brand", "not:brand2", "", 8.0),
    "brand": ("brand:brand", "brand:brand2", "", 3.0),
    "max": ("max:price", "", "", 6.0),
    "min": ("min:price", "", "", 1.2),
    "near": ("near:price", "", "", 1.5),
    "range": ("min:price", "max:price2", "", 1.8),
    "color": ("has:color", "has:color2", "", 1.5),
    "amount": ("has:amount", "has:amount2", "", 1.8),
    "must": ("has:adj", "has:adj2", "", 1.0),
    "part": ("soft:part", "soft:part2", "", 1.2),
    "partmust": ("has:part", "has:part2", "", 0.8),
    "hasnt": ("hasnt:part", "hasnt:part2", "", 2.0),
    "isnt": ("hasnt:color", "hasnt:color2", "", 2.0),
    "nokind": ("no:other", "", "", 1.2),
    "wish": ("soft:adj", "soft:adj2", "", 1.8),
    "use": ("soft:use", "soft:use2", "", 1.0),
    "stock": ("", "", "stock", 1.2),
    "cheapest": ("", "", "sort cheapest", 0.5),
    "dearest": ("", "", "sort dearest", 0.1),
    "rated": ("", "", "sort rated", 0.4),
    "newest": ("", "", "sort newest", 0.15),
}
"""What `@` and `&` of a table hold, what its phrasings say besides, and how often it is drawn."""
_BESIDE_WITH = ("not", "brand", "max", "near", "color", "isnt", "wish", "must", "stock", "cheapest")
_BOUNDS = ("max", "min", "near", "range")
_REFINED = {
    "refine.hasnt_color": 0.8, "refine.hasnt_part": 1.0, "refine.hasnt_adj": 1.0, "refine.no_kind": 0.8,
    "refine.color": 0.7, "refine.amount": 0.8, "refine.wish": 0.7, "refine.part": 0.7, "refine.stock": 0.4,
    "refine.sort": 0.3, "refine.numbers": 1.0, "refine.several": 1.0, "refine.gift": 0.6,
}  # fmt: skip
_STARTS = (". ", ". ", ", ", ", ", ", ", " - ", "; ", " and ", ", and ", " but ", ", but ", "! ", " ", "... ")
_LINKED = re.compile(r"(?:but|and|plus|also|or|with|pls|please|\(|\?|!|<|>|~)\b|[(?!<>~]", re.I)
"""What begins a phrasing that needs no other word before it."""
_OF_COLOR = re.compile(r"(?<!hasnt:)colou?r|\bin (?:\{|anything)|^(?:white|black)", re.I)
_GOES_ON = re.compile(
    r"\b(?:same|said|th[eo]se|them|it with|more \{|else|others?|different|again|hide|list|remove)\b", re.I
)
"""What only someone says who goes on."""
_GREETED = re.compile(r"(?:hi|hello|hey|yo|sup|good|dear|excuse|sorry|ello|heya|ok|so|and|re|subject)\b", re.I)


@lru_cache(maxsize=1)
def _families() -> Mapping[str, tuple[Family, float]]:
    more = {
        "find": FIND_MORE, "gift": GIFT_MORE, "set": SETS_MORE, "with.own": WITH_OWN_MORE,
        "with.named": WITH_NAMED_MORE, "own": LIKE_MORE, "counted": _counted(),
    }  # fmt: skip
    return {
        family.name: (replace(family, phrasings=(*family.phrasings, *more.get(family.name, ()))), weight)
        for family, weight in FAMILIES
    }


def _counted() -> tuple[str, ...]:
    """How the first of an order are asked for, as openings."""
    found = []
    for table in (ORDERED, COUNTED):
        for order, told in table.items():
            for line in told:
                text = line.replace("@", "{want:kind}").replace("#", "{count:count}")
                found.append(f"{text} => sort {order}" if order else text)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _clause_lines() -> Mapping[str, tuple[str, ...]]:
    """The clauses with what they hold, by the names of their tables."""
    found: dict[str, tuple[str, ...]] = {}
    for name, table in (*CLAUSES.items(), *QUALITIES.items()):
        first, second, _, _ = _SIGNS[name.partition(".")[0]]
        held = [_held(line, first, second) for line in table]
        if first == "hasnt:color":
            held += [line.replace("color", "adj") for line in held if not _OF_COLOR.search(line)]
        found[name] = tuple(dict.fromkeys(held))
    return found


def _held(line: str, first: str, second: str) -> str:
    if first == "hasnt:part" and re.search(r"(?:\b(?:no|any|the|w/o|lacking|hate|of) @)|^@", line):
        first = "hasnt:barepart"
    if first == "soft:part":
        line = re.sub(r"\bwith @", "{soft:part|with \0}", line)
    # What stands around a text belongs to it: it is written into the hole, where the sign stays as it is.
    line = re.sub(r"\[([^\]]*)@([^\]]*)\]", lambda found: f"{{{first}|{found[1]}\0{found[2]}}}", line)
    return clause_of(line, first, second).replace("\0", "@")


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
    family = _drawn(rng)
    fill = Filling(state, rng, part)
    phrasing = _ours(family.phrasings, rng, part)
    names = [f"{family.name}: {phrasing}"]
    act = family.change
    if not act:
        act, _, phrasing = phrasing.removeprefix("=> ").partition("; ")
    text, _, more = phrasing.partition(" => ")
    told = parse("; ".join(one for one in (act, more) if one))
    said: dict[str, Any] = {"it": (), "drop": (), "act": told.act, "sort": told.sort, "set": told.set}
    said["stock"] = told.stock
    clauses: list[str] = []
    if "%" in text:
        thing = _ours(THINGS, rng, part)
        names.append(thing)
        number = rng.choices(range(len(_CLAUSES)), weights=_CLAUSES)[0]
        tail, clauses = _clauses(thing, number, tuple(_weights()), rng, part, said, names)
        text = _framed(text, thing, tail)
    elif ("{want:" in text and told.act == "with") or family.name == "counted":
        number = int(rng.random() < _WITH_CLAUSE)
        _, clauses = _clauses(text, number, _BESIDE_WITH, rng, part, said, names, behind=False)
    pieces = filled_pieces(text, fill)
    for place, clause in enumerate(clauses):
        fill.own = None
        fill.low = 0.0
        if "%" in phrasing:
            fill.other = None
        pieces = _joined(pieces, filled_pieces(clause, fill), rng, first=place == 0)
    if told.act != "find" and state.ware in state.owned_wares and "{named:ware}" in text:
        raise AbsentError  # it might be the one owned
    pieces = ended(pieces, rng)
    if rng.random() < _MOOD:
        pieces = [*pieces, Piece(rng.choice(SIGNS_OF_MOOD))]
    pieces = roughen(pieces, rng)
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


def _drawn(rng: random.Random) -> Family:
    if rng.random() < _ASIDES:
        families = [family for family in ASIDES if family.name != "answer"]
        return rng.choices(families, weights=[family.weight for family in families])[0]
    known = list(_families().values())
    return rng.choices([family for family, _ in known], weights=[weight for _, weight in known])[0]


def _framed(text: str, thing: str, tail: str) -> str:
    """The opening with the thing in it, without an article where none can stand."""
    if re.search(r"\b(?:any|which|what|good|of|are there) %", text, re.I):
        thing = re.sub(r"^(?:an?|some) ", "", thing)
    if tail and text.rstrip("?").endswith("%"):
        text = text.rstrip("?")
    return text.replace("%", thing + tail, 1)


def _joined(pieces: list[Piece], added: list[Piece], rng: random.Random, *, first: bool) -> list[Piece]:
    """The pieces with a clause before or after them."""
    start = "".join(piece.text for piece in pieces[:2])
    clause = "".join(piece.text for piece in added[:2])
    linked = _LINKED.match(clause)
    if first and not linked and not _GREETED.match(start) and rng.random() < _FIRST:
        return [*added, Piece(rng.choice((", ", ", ", ". ", " - ", "... "))), *pieces]
    spoken = "".join(piece.text for piece in pieces)
    refused = "and|but" if linked else "but" if " but " in spoken or clause.startswith("but ") else "^$"
    starts = [one for one in _STARTS if not re.search(refused, one)]
    joiner = rng.choice(starts)
    last = pieces[-1]
    if re.search(r"[?!.]$", last.text) and not last.field:
        if rng.random() < 0.5:
            pieces = [*pieces[:-1], Piece(last.text.rstrip("?!."))]
        else:
            joiner = " "
    return [*pieces, Piece(joiner), *added]


def _ours(table: tuple[str, ...], rng: random.Random, part: str) -> str:
    return choose([line for line in table if part_of(line) == part], rng)


def _clauses(
    thing: str,
    number: int,
    tables: tuple[str, ...],
    rng: random.Random,
    part: str,
    said: dict[str, Any],
    names: list[str],
    *,
    behind: bool = True,
) -> tuple[str, list[str]]:
    """What stands right behind the thing, and further clauses."""
    weights = [_weights()[name] for name in tables]
    drawn = dict.fromkeys(rng.choices(tables, weights=weights)[0] for _ in range(number))
    if len(set(drawn) & set(_BOUNDS)) > 1:
        raise AbsentError
    tail, clauses = "", []
    for name in drawn:
        if name in _SIGNS:
            told = _SIGNS[name][2]
            ways = [way for way in ("tail", "frag", "frag", "sent") if f"{name}.{way}" in _clause_lines()]
            way = rng.choice(ways)
            line = _ours(_clause_lines()[f"{name}.{way}"], rng, part)
            names.append(f"{name}.{way}: {line}")
            text = line
        else:
            line = _ours(_refined()[name].phrasings, rng, part)
            names.append(f"{name}: {line}")
            text, _, more = line.partition(" => ")
            told = "; ".join(one for one in (_refined()[name].change.partition("; ")[2], more) if one)
            way = ""
        if any(hole in thing and hole in text for hole in ("has:color", "hasnt:color", "brand:brand", "soft:use")):
            raise AbsentError
        if "has:color" in text and "has:color" in thing.replace("hasnt:color", ""):
            raise AbsentError
        change = parse(f"more; {told}" if told else "more")
        if change.drop or (change.sort and said["sort"]):
            raise AbsentError
        said["sort"] = change.sort or said["sort"]
        said["stock"] = change.stock or said["stock"]
        if way == "tail" and behind and not tail:
            tail = f" {text}"
        else:
            clauses.append(text)
    rng.shuffle(clauses)
    return tail, clauses


@lru_cache(maxsize=1)
def _refined() -> Mapping[str, Family]:
    return {
        family.name: replace(family, phrasings=tuple(line for line in family.phrasings if not _GOES_ON.search(line)))
        for family in REFINE
        if family.name in _REFINED
    }


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    return {name: weight for name, (_, _, _, weight) in _SIGNS.items()} | _REFINED
