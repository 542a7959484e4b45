"""Conversations with the state in force after every message, written by hand, and how near a request comes to it.

Knows the file format and what counts as the same state; nothing of who reads the messages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.dialogue import Request
from assistant.model_reader import REQUEST_ACTS
from evals.cases import CaseError, open_text
from index.catalog import AttributeDemand, Constraints, constraints_from_json, fold
from index.folder import Shop
from index.kinds import kind_key_of

_KEPT = frozenset({"more", "cheaper"})
"""Acts that go on with what was asked before, whatever that was."""


@dataclass(frozen=True, slots=True)
class StateTurn:
    """One message and the state it leaves. `act` is one of `assistant.change.ACTS`; `kinds` has, for each thing sought,
    the names that are right for it; `shown` is what the shop showed in answer, so that the next message has something
    to point at whatever the reader under test made of this one.
    """

    user: str
    act: str
    kinds: tuple[frozenset[str], ...]
    constraints: Constraints
    anchors: tuple[str, ...]
    named: str
    order: str
    count: int | None
    bundle: bool
    around: float | None
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateCase:
    """One conversation over one store; `part` is "open" or "sealed"."""

    case_id: str
    store: str
    part: str
    history: tuple[str, ...]
    turns: tuple[StateTurn, ...]


def read_states(path: Path) -> tuple[StateCase, ...]:
    """The conversations of a `.jsonl` file; CaseError at the first row that is none."""
    found = []
    for number, line in enumerate(open_text(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(
                StateCase(
                    case_id=str(row["case_id"]),
                    store=str(row["store"]),
                    part=str(row["part"]),
                    history=tuple(row.get("history", ())),
                    turns=tuple(_turn(turn) for turn in row["turns"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(f"{path}:{number}: {error!r}, expected a conversation with its states") from error
    if not found:
        raise CaseError(f"{path}: no rows, expected one conversation a line")
    return tuple(found)


def _turn(row: Mapping[str, Any]) -> StateTurn:
    return StateTurn(
        user=str(row["user"]),
        act=str(row["act"]),
        kinds=tuple(frozenset(fold(name) for name in names) for names in row.get("kinds", ())),
        constraints=constraints_from_json(row.get("constraints", {})),
        anchors=tuple(row.get("anchors", ())),
        named=str(row.get("named") or ""),
        order=str(row.get("order") or ""),
        count=row.get("count"),
        bundle=bool(row.get("bundle")),
        around=row.get("around"),
        shown=tuple(row.get("shown", ())),
    )


def differences(gold: StateTurn, got: Request, shop: Shop, before: Request | None = None) -> tuple[str, ...]:
    """The parts of the state that are not as they should be; () for an exact one.

    Acts that go on ("more", "cheaper") are right with whatever act asks for products. Kinds are right when each thing
    sought is found under one of its names and nothing else is; for "more like this" none need be named. Constraints are
    the same when prices, brands and stock are equal and each attribute demand is met by the same products of the shop.
    Anchors count where the message refers to something shown or owned. The order, the number and "around" are as the
    message says them; what it leaves unsaid may be as `before`, the request in force. Wishes do not count.
    """
    wrong = [] if act_is_right(gold, got) else ["act"]
    if not got.wants_products and not wrong and gold.act not in _KEPT:
        wrong += ["anchors"] if gold.anchors and set(gold.anchors) != set(got.anchor_ids) else []
        return (*wrong, *_wrong_constraints(gold.constraints, got.constraints, shop))
    kinds = {fold(kind) for kind in got.kinds}
    named = frozenset().union(*gold.kinds)
    if not (gold.act == "like" and not gold.kinds) and not (
        kinds <= named and all(not names.isdisjoint(kinds) for names in gold.kinds)
    ):
        wrong.append("kinds")
    if gold.anchors and gold.act != "cheaper" and not set(gold.anchors) <= set(got.anchor_ids):
        wrong.append("anchors")
    around = None if gold.around is None else Decimal(str(gold.around))
    for name, right in (("order", gold.order), ("count", gold.count), ("around", around)):
        kept = getattr(before, name) if before is not None and not right else right
        wrong += [name] if getattr(got, name) not in (right, kept) else []
    wrong += ["bundle"] if gold.bundle != got.bundle else []
    return (*wrong, *_wrong_constraints(gold.constraints, got.constraints, shop))


def act_is_right(gold: StateTurn, got: Request) -> bool:
    """True when the request does what the message does."""
    return got.wants_products if gold.act in _KEPT else got.act == REQUEST_ACTS.get(gold.act, gold.act)


def _wrong_constraints(gold: Constraints, got: Constraints, shop: Shop) -> list[str]:
    right, read = items(gold, shop), items(got, shop)
    return sorted({key for key, _ in right ^ read})


def items(constraints: Constraints, shop: Shop) -> frozenset[tuple[str, object]]:
    """The single demands of a state, comparable: a price bound, a brand, a kind, an attribute by who meets it."""
    found: set[tuple[str, object]] = set()
    for key in ("price_min", "price_max"):
        value = getattr(constraints, key)
        found |= {(key, float(value))} if value is not None else set()
    for key in ("brands", "not_brands", "categories", "not_categories"):
        found |= {(key, fold(name)) for name in getattr(constraints, key)}
    for key in ("attributes", "not_attributes"):
        demands: Mapping[str, AttributeDemand] = getattr(constraints, key)
        found |= {(key, _meeting(name, demand, shop) or fold(name)) for name, demand in demands.items()}
    return frozenset(found | ({("in_stock", True)} if constraints.in_stock else set()))


def _meeting(name: str, demand: AttributeDemand, shop: Shop) -> frozenset[str]:
    alone = Constraints(attributes={name: demand})
    return frozenset(one for one, product in shop.products.items() if alone.matches(product))


def number_or_negation_wrong(wrong: Sequence[str]) -> bool:
    """True when a price, an amount, a count or a refusal is not as the shopper said."""
    return not {
        "price_min",
        "price_max",
        "around",
        "count",
        "not_brands",
        "not_categories",
        "not_attributes",
    }.isdisjoint(wrong)


def unknown_ids(case: StateCase, shop: Shop) -> tuple[str, ...]:
    """Products that a case speaks of and the shop does not carry, and kinds that it does not know."""
    ids = {*case.history, *(one for turn in case.turns for one in (*turn.anchors, *turn.shown))}
    kinds = {fold(kind_key_of(product)) for product in shop.products.values()}
    named = {name for turn in case.turns for names in turn.kinds for name in names}
    return tuple(sorted((ids - shop.products.keys()) | (named - kinds)))
