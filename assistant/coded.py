"""Records as JSON and back, by their declared types: what a conversation is kept as.

A product is kept as its id, and comes back as the shop's record; one that the shop no longer has is left out of the
tuple or mapping that held it. A field that is missing keeps its default, a field that is unknown is passed over.
Knows nothing of files and of conversations.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from index.catalog import Product

T = TypeVar("T")
Json = Any

_DEEPEST = 40


class CodedError(ValueError):
    """A value that is not what its record declares; the message names the place, the value and what was expected."""


class _GoneError(Exception):
    """A product that the shop does not have."""


def coded(value: object) -> Json:
    """A record, or what a record may hold, as JSON."""
    if isinstance(value, Product):
        return value.product_id
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: coded(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): coded(one) for key, one in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(coded(one) for one in value)
    if isinstance(value, (tuple, list)):
        return [coded(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def decoded(declared: type[T], value: Json, products: Mapping[str, Product], where: str = "") -> T:
    """The record that JSON tells, with the shop's products in it; CodedError for what is none."""
    try:
        found: T = _decoded(declared, value, products, where or declared.__name__, _DEEPEST)
    except _GoneError as gone:
        raise CodedError(f"{where}: product {gone.args[0]!r}, expected one that the shop has") from None
    return found


def _decoded(declared: Any, value: Json, products: Mapping[str, Product], where: str, depth: int) -> Any:
    if depth == 0:
        raise CodedError(f"{where}: nested deeper than {_DEEPEST}")
    origin, inner = get_origin(declared), get_args(declared)
    if origin in (Union, types.UnionType):
        return _one_of(inner, value, products, where, depth)
    if origin is tuple:
        return _tuple(inner, _of(list, value, where), products, where, depth)
    if origin is frozenset:
        return frozenset(_kept(inner[0], enumerate(_of(list, value, where)), products, where, depth).values())
    if origin is not None and issubclass(origin, Mapping):
        return _kept(inner[1], _of(dict, value, where).items(), products, where, depth)
    if declared is Product:
        if _of(str, value, where) not in products:
            raise _GoneError(value)
        return products[value]
    if is_dataclass(declared):
        return _record(declared, _of(dict, value, where), products, where, depth)
    return _plain(declared, value, where)


def _plain(declared: Any, value: Json, where: str) -> Any:
    if declared is Decimal:
        try:
            number = Decimal(_of(str, value, where))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise CodedError(f"{where}: {value!r}, expected a decimal number")
        return number
    if declared is date:
        try:
            return date.fromisoformat(_of(str, value, where))
        except ValueError:
            raise CodedError(f"{where}: {value!r}, expected a date") from None
    if declared is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    disguised = declared is int and isinstance(value, bool)
    if not isinstance(declared, type) or not isinstance(value, declared) or disguised:
        raise CodedError(f"{where}: {str(value)[:60]!r}, expected {getattr(declared, '__name__', declared)}")
    return value


def _one_of(inner: tuple[Any, ...], value: Json, products: Mapping[str, Product], where: str, depth: int) -> Any:
    refusals = []
    for one in inner:
        try:
            return _decoded(one, value, products, where, depth - 1)
        except CodedError as refused:
            refusals.append(str(refused))
    raise CodedError(refusals[0])


def _tuple(inner: tuple[Any, ...], value: Json, products: Mapping[str, Product], where: str, depth: int) -> Any:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_kept(inner[0], enumerate(value), products, where, depth).values())
    if len(inner) != len(value):
        raise CodedError(f"{where}: {len(value)} values, expected {len(inner)}")
    return tuple(
        _decoded(one, each, products, f"{where}[{place}]", depth - 1)
        for place, (one, each) in enumerate(zip(inner, value, strict=True))
    )


def _kept(declared: Any, items: Any, products: Mapping[str, Product], where: str, depth: int) -> dict[Any, Any]:
    """The items decoded, without those that are about a product which is gone."""
    found = {}
    for key, value in items:
        try:
            found[key] = _decoded(declared, value, products, f"{where}[{key!r}]", depth - 1)
        except _GoneError:
            continue
    return found


def _record(declared: Any, value: Json, products: Mapping[str, Product], where: str, depth: int) -> Any:
    hints, found = _hints(declared), {}
    for one in fields(declared):
        if one.name in value and one.init:
            found[one.name] = _decoded(hints[one.name], value[one.name], products, f"{where}.{one.name}", depth - 1)
        elif one.init and one.default is MISSING and one.default_factory is MISSING:
            raise CodedError(f"{where}: no {one.name!r} in it")
    return declared(**found)


@cache
def _hints(declared: Any) -> Mapping[str, Any]:
    return get_type_hints(declared)


def _of(kind: type[T], value: Json, where: str) -> T:
    if not isinstance(value, kind):
        raise CodedError(f"{where}: {str(value)[:60]!r}, expected {kind.__name__}")
    return value
