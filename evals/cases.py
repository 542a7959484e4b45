"""What evals replay: `Case`, `CaseTurn`, and the reader of the case files.

Knows the file format and what a shopper would want; nothing of the assistant, its answers or any metric.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from index.catalog import Constraints, constraints_from_json
from index.interactions import parse_timestamp


class CaseError(ValueError):
    """A row that cannot be replayed; the message names file, line, value and what was expected."""


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """One message of the shopper, and what a good answer to it is.

    `relevant` maps product ids to gains, 0 meaning judged and not relevant; None means nobody judged the
    turn, and an empty mapping that no product is a good answer. `constraints` is None when the case states
    none. An empty `user` means: no message, recommend from the history alone.
    """

    user: str
    relevant: Mapping[str, float] | None = None
    constraints: Constraints | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation to replay; `history` holds product ids, oldest to newest.

    `cut` is the moment from which on no interaction may be known to what answers the case; None when not stated.
    """

    case_id: str
    turns: tuple[CaseTurn, ...]
    user_id: str | None = None
    history: tuple[str, ...] = field(default=())
    cut: datetime | None = None


def open_text(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, unpacked when its name ends in .gz."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8") as lines:
            yield from lines


def read_cases(path: Path | str) -> tuple[Case, ...]:
    """The cases of a `.jsonl` or `.jsonl.gz` file in order; CaseError at the first row that is not one."""
    path = Path(path)
    cases: dict[str, Case] = {}
    try:
        for number, line in enumerate(open_text(path), start=1):
            if not line.strip():
                continue
            try:
                case = case_from_json(json.loads(line))
                if case.case_id in cases:
                    raise ValueError(f"case_id is {case.case_id!r} a second time, expected each once")
            except ValueError as error:
                raise CaseError(f"{path}:{number}: {error}") from error
            cases[case.case_id] = case
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise CaseError(f"{path}: {error}, expected UTF-8 text, one JSON object a line") from error
    if not cases:
        raise CaseError(f"{path}: no rows, expected one case a line")
    return tuple(cases.values())


def case_from_json(row: object) -> Case:
    """A case from one decoded row; ValueError names the field, its value and what it should be."""
    if not isinstance(row, Mapping):
        raise ValueError(f"row is {row!r}, expected an object")
    case_id, user_id = row.get("case_id"), row.get("user_id")
    if not isinstance(case_id, str) or not case_id:
        raise ValueError(f"case_id is {case_id!r}, expected a string")
    if user_id is not None and not isinstance(user_id, str):
        raise ValueError(f"user_id is {user_id!r}, expected a string or null")
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(name, str) for name in history):
        raise ValueError(f"history is {history!r}, expected a list of product ids")
    turns = row.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ValueError(f"turns is {turns!r}, expected a list of at least one turn")
    read = tuple(_turn(number, turn) for number, turn in enumerate(turns))
    try:
        cut = None if row.get("cut") is None else parse_timestamp(row["cut"])
    except ValueError as error:
        raise ValueError(f"cut is {error}") from error
    return Case(case_id, read, user_id, tuple(history), cut)


def _turn(number: int, row: object) -> CaseTurn:
    if not isinstance(row, Mapping):
        raise ValueError(f"turn {number} is {row!r}, expected an object")
    user = row.get("user")
    if not isinstance(user, str):
        raise ValueError(f"turn {number}: user is {user!r}, expected a string")
    constraints = row.get("constraints")
    if constraints is not None and not isinstance(constraints, Mapping):
        raise ValueError(f"turn {number}: constraints is {constraints!r}, expected an object")
    try:
        stated = constraints_from_json(constraints) if constraints else None
    except ValueError as error:
        raise ValueError(f"turn {number}: {error}") from error
    return CaseTurn(user, _gains(number, row.get("relevant")), stated)


def _gains(number: int, value: Any) -> Mapping[str, float] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ValueError(f"turn {number}: relevant is {value!r}, expected an object of product id -> gain")
    for name, gain in value.items():
        number_like = isinstance(gain, int | float) and not isinstance(gain, bool)
        if not number_like or not 0 <= gain < float("inf"):
            raise ValueError(f"turn {number}: the gain of {name!r} is {gain!r}, expected a number from 0 up")
    return {name: float(gain) for name, gain in value.items()}
