"""Journeys: whole shopping trips with the state, the references and the misses that hold after every message.

Knows the file format and how what a message refers to is found among the products that a run itself showed; nothing of
who answers or of what counts as right.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.dialogue import ACTS, PRODUCT_ACTS
from evals.cases import CaseError, open_text
from index.catalog import Constraints, Product, constraints_from_json, fold, minor_digits
from index.kinds import kind_key_of

BELOW = "price_max_below"
"""The key of a price bound that depends on what was shown: cheaper than that."""

PARTS = ("open", "sealed")

_TURN_KEYS = frozenset({
    "user", "act", "kinds", "constraints", "anchors", "reference", "miss", "not_carried", "order", "count", "bundle",
    "gift", "budget_for_all", "around", "relevant",
})  # fmt: skip
_REFERENCE_KEYS = frozenset({"place", "places", "id", "ids", "shown_where", "else"})


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message refers to: places among the products shown last (1 the first, -1 the last), products by id, or
    the only shown one that meets `where` and is of one of `kinds`. `otherwise` is the right act where none or several
    do, "" where the file names none.
    """

    places: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    where: Constraints | None = None
    kinds: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class JourneyTurn:
    """One message and the state that it leaves; `below` is what everything must cost less than.

    `miss`: nothing in the store meets the demands; `not_carried`: the store has no such thing. With `budget_for_all`,
    the highest price is that of the set. `around` is None where the file says nothing of it.
    """

    user: str
    act: str
    kinds: tuple[frozenset[str], ...] = ()
    constraints: Constraints = field(default_factory=Constraints)
    below: Reference | None = None
    reference: Reference | None = None
    miss: bool = False
    not_carried: bool = False
    order: str = ""
    count: int | None = None
    bundle: bool = False
    gift: bool = False
    budget_for_all: bool = False
    around: float | None = None

    @property
    def wants_products(self) -> bool:
        """True when the message is to be answered with products."""
        return self.act in PRODUCT_ACTS


@dataclass(frozen=True, slots=True)
class Journey:
    """One shopper's trip through one store; `part` is "open" or "sealed", `history` is oldest to newest."""

    case_id: str
    store: str
    part: str
    turns: tuple[JourneyTurn, ...]
    user_id: str | None = None
    history: tuple[str, ...] = ()


def read_journeys(path: Path, part: str = "all") -> tuple[Journey, ...]:
    """The journeys of a part of a `.jsonl` file in order; CaseError at the first row that is none."""
    found: dict[str, Journey] = {}
    for number, line in enumerate(open_text(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, Mapping):
                raise ValueError(f"row is {row!r}, expected an object")
            journey = _journey(row)
            if journey.case_id in found:
                raise ValueError(f"case_id is {journey.case_id!r} a second time, expected each once")
        except ValueError as error:
            raise CaseError(f"{path}:{number}: {error}") from error
        found[journey.case_id] = journey
    if not found:
        raise CaseError(f"{path}: no rows, expected one journey a line")
    return tuple(one for one in found.values() if part in ("all", one.part))


def _journey(row: Mapping[str, Any]) -> Journey:
    for key in ("case_id", "store", "part"):
        if not isinstance(row.get(key), str) or not row[key]:
            raise ValueError(f"{key} is {row.get(key)!r}, expected a string")
    if row["part"] not in PARTS:
        raise ValueError(f"part is {row['part']!r}, expected one of {', '.join(PARTS)}")
    history, user_id, turns = row.get("history") or [], row.get("user_id"), row.get("turns")
    if not _are_texts(history):
        raise ValueError(f"history is {history!r}, expected a list of product ids")
    if user_id is not None and not isinstance(user_id, str):
        raise ValueError(f"user_id is {user_id!r}, expected a string or null")
    if not isinstance(turns, list) or not turns:
        raise ValueError(f"turns is {turns!r}, expected a list of at least one turn")
    return Journey(
        case_id=row["case_id"],
        store=row["store"],
        part=row["part"],
        turns=tuple(_turn(number, turn) for number, turn in enumerate(turns)),
        user_id=user_id,
        history=tuple(history),
    )


def _turn(number: int, row: object) -> JourneyTurn:
    if not isinstance(row, Mapping):
        raise ValueError(f"turn {number} is {row!r}, expected an object")
    try:
        if unknown := set(row) - _TURN_KEYS:
            raise ValueError(f"keys {sorted(unknown)}, expected some of {', '.join(sorted(_TURN_KEYS))}")
        user, act, kinds, count = row.get("user"), row.get("act"), row.get("kinds") or [], row.get("count")
        if not isinstance(user, str):
            raise ValueError(f"user is {user!r}, expected a string")
        if act not in ACTS:
            raise ValueError(f"act is {act!r}, expected one of {', '.join(ACTS)}")
        if not isinstance(kinds, list) or not all(_are_texts(names) and names for names in kinds):
            raise ValueError(f"kinds is {kinds!r}, expected a list of lists of names")
        if count is not None and (not isinstance(count, int) or isinstance(count, bool)):
            raise ValueError(f"count is {count!r}, expected a whole number or null")
        for key in ("miss", "not_carried", "bundle", "gift", "budget_for_all"):
            if not isinstance(row.get(key, False), bool | None):
                raise ValueError(f"{key} is {row[key]!r}, expected true or false")
        demands = dict(row.get("constraints") or {})
        below = demands.pop(BELOW, None)
        return JourneyTurn(
            user=user,
            act=act,
            kinds=tuple(frozenset(fold(name) for name in names) for names in kinds),
            constraints=constraints_from_json(demands),
            below=None if below is None else _reference(BELOW, below),
            reference=None if row.get("reference") is None else _reference("reference", row["reference"]),
            miss=bool(row.get("miss")),
            not_carried=bool(row.get("not_carried")),
            order=str(row.get("order") or ""),
            count=count,
            bundle=bool(row.get("bundle")),
            gift=bool(row.get("gift")),
            budget_for_all=bool(row.get("budget_for_all")),
            around=row.get("around"),
        )
    except ValueError as error:
        raise ValueError(f"turn {number}: {error}") from error


def _reference(name: str, row: object) -> Reference:
    if not isinstance(row, Mapping) or not row or set(row) - _REFERENCE_KEYS:
        raise ValueError(f"{name} is {row!r}, expected an object with one of {', '.join(sorted(_REFERENCE_KEYS))}")
    places = row.get("places", [row["place"]] if "place" in row else [])
    ids = row.get("ids", [row["id"]] if "id" in row else [])
    if not isinstance(places, list) or not all(isinstance(one, int) and one != 0 for one in places):
        raise ValueError(f"{name} has the places {places!r}, expected whole numbers from 1 on, or from -1 down")
    if not _are_texts(ids):
        raise ValueError(f"{name} has the ids {ids!r}, expected product ids")
    if sum(map(bool, (places, ids, row.get("shown_where")))) != 1:
        raise ValueError(f"{name} is {row!r}, expected places, ids or shown_where, one of them")
    otherwise = row.get("else") or ""
    if otherwise and otherwise not in ACTS:
        raise ValueError(f"{name} has the else {otherwise!r}, expected one of {', '.join(ACTS)}")
    where = dict(row.get("shown_where") or {})
    kinds = where.pop("kinds", [where.pop("kind")] if "kind" in where else [])
    for short in ("brand", "category"):
        # One maker is written as one: {"brand": "Norvik"}.
        if short in where:
            where[{"brand": "brands", "category": "categories"}[short]] = [where.pop(short)]
    return Reference(
        places=tuple(places),
        ids=tuple(ids),
        where=constraints_from_json(where) if row.get("shown_where") else None,
        kinds=tuple(fold(kind) for kind in kinds),
        otherwise=otherwise,
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def resolve(reference: Reference, shown: Sequence[str], products: Mapping[str, Product]) -> tuple[str, ...] | None:
    """The products that a reference means among those `shown` last; None when these do not have what it points at."""
    if reference.ids:
        return reference.ids
    if reference.places:
        indexes = [place - 1 if place > 0 else len(shown) + place for place in reference.places]
        inside = all(0 <= one < len(shown) for one in indexes)
        return tuple(shown[one] for one in indexes) if inside else None
    fitting = [one for one in dict.fromkeys(shown) if one in products and _meets(products[one], reference)]
    return tuple(fitting) if len(fitting) == 1 else None


def _meets(product: Product, reference: Reference) -> bool:
    of_kind = not reference.kinds or fold(kind_key_of(product)) in reference.kinds
    return of_kind and reference.where is not None and reference.where.matches(product)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is right for a turn in this run: `acts` are the acts that are right, `anchors` what the message refers to.

    `anchors` is () where it refers to nothing, and None where the run has not shown what it refers to. `constraints`
    holds the resolved price bound, and `below` what everything must cost less than, None where nothing was said of it
    or the run cannot say; `fresh` tells that this message said it.
    """

    turn: JourneyTurn
    acts: tuple[str, ...]
    constraints: Constraints
    anchors: tuple[str, ...] | None
    below: Decimal | None = None
    fresh: bool = False


Bounds = Mapping[str, Decimal | None]
"""The price bounds resolved so far, by what they refer to: they stay what they were when a message set them."""


def expect(
    turn: JourneyTurn, shown: Sequence[str], products: Mapping[str, Product], currency: str, bounds: Bounds
) -> tuple[Expected, Bounds]:
    """The turn with its references resolved against what was `shown` last, and the price bounds to go on with."""
    acts: tuple[str, ...] = (turn.act,)
    anchors: tuple[str, ...] | None = ()
    if turn.reference is not None:
        anchors = resolve(turn.reference, shown, products)
        if anchors is None:
            acts = (turn.reference.otherwise,) if turn.reference.otherwise else (turn.act, "clarify")
    if turn.below is None:
        return Expected(turn, acts, turn.constraints, anchors), bounds
    key = _key(turn.below)
    said = turn.reference is not None and _key(turn.reference) == key
    fresh = key not in bounds or (turn.wants_products and said)
    if fresh:
        bounds = {**bounds, key: _lowest_price(resolve(turn.below, shown, products), products)}
    below, held = bounds[key], turn.constraints
    if below is not None:
        highest = below - Decimal(1).scaleb(-minor_digits(currency))
        held = replace(held, price_max=highest if held.price_max is None else min(highest, held.price_max))
    # "Cheaper than this" points at a thing by its price: nothing else need be known of it.
    return Expected(turn, acts, held, () if said else anchors, below, fresh), bounds


def _key(reference: Reference) -> str:
    return repr(replace(reference, otherwise=""))


def _lowest_price(ids: tuple[str, ...] | None, products: Mapping[str, Product]) -> Decimal | None:
    prices = (products[one].price for one in ids or () if one in products)
    return min((price for price in prices if price is not None), default=None)


def unknown_ids(journey: Journey, products: Mapping[str, Product]) -> tuple[str, ...]:
    """Products that a journey speaks of and the store does not carry."""
    named = {*journey.history}
    for turn in journey.turns:
        for reference in (turn.reference, turn.below):
            named |= set(reference.ids) if reference is not None else set()
    return tuple(sorted(named - products.keys()))
