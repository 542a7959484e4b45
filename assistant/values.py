"""The attribute values of a catalogue that are words, by the words that shoppers say for them.

Knows records. Knows nothing of messages, and nothing of which value a message means where several are called alike.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.kind_names import SETTING
from assistant.units import UNMEASURED, quantity_of
from index.catalog import Product, attribute_key, fold
from index.kinds import kind_key_of

_TIMES = re.compile(r"(?<=\d)\s*[x×]\s*(?=\d)")
_TIMES_KEY = re.compile(r"\d+x\d+")
_STATED = frozenset({"yes", "true"})
_UNSTATED = frozenset({"no", "false"})
_MAX_VALUE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute value in the catalogue's spelling, with the kinds of product that have it."""

    attribute: str
    value: str
    kinds: frozenset[str]


def value_key(text: str) -> str:
    """The form in which attribute values are looked up: folded, without hyphens, so that "wifi" finds "Wi-Fi"; sizes
    are written together ("10x15") and grey is gray.
    """
    return _TIMES.sub("x", fold(text).replace("-", "")).replace("grey", "gray")


def values_by_key(products: Iterable[Product]) -> dict[str, list[Value]]:
    """Short attribute values, folded, with the attributes, spellings and kinds that have them, commonest first.

    An attribute that says no more than yes or no is a value by its name: "dimmable" means `dimmable: Yes`.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    kinds: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    flags = _flags(products)
    for product in products:
        kind = kind_key_of(product)
        for name, values in product.attributes.items():
            attribute = attribute_key(name)
            for value in values if attribute not in UNMEASURED else ():
                if attribute in flags:
                    if fold(value) not in _STATED:
                        continue
                    key = value_key(attribute.replace("_", " ")), attribute, value
                elif len(value_key(value).split()) <= _MAX_VALUE_WORDS and not _is_amount(value):
                    key = value_key(value), attribute, value
                else:
                    continue
                counted[key] += 1
                kinds[key].add(kind)
    found: dict[str, list[Value]] = defaultdict(list)
    for key, _ in counted.most_common():
        folded, name, value = key
        if all(name != other.attribute for other in found[folded]):
            found[folded].append(Value(name, value, frozenset(kinds[key])))
    return dict(found)


def values_by_word(values: Mapping[str, Sequence[Value]], kinds: Mapping[str, str]) -> dict[str, list[Value]]:
    """Values by the one word that people say of them: "carbon" for "carbon fiber", "wheel" for "racing wheel",
    "scientific" for a calculator's "Scientific calculator", "10x15" for "10x15 cm". They hold for the kinds that have
    such a value.
    """
    found: dict[str, list[Value]] = defaultdict(list)
    for key, own in values.items():
        parts = key.split()
        if not 2 <= len(parts) <= _MAX_VALUE_WORDS:
            continue
        named = [one for one in own if value_key(one.attribute.replace("_", " ")) != key]  # no flags
        for word in (parts[0], parts[-1]) if named else ():
            telling = len(word) > 3 and (word.isalpha() or _TIMES_KEY.fullmatch(word))
            if (
                telling
                and not (word.isalpha() and key[:1].isdigit())
                and word not in kinds
                and word not in values
                and word not in SETTING
            ):
                found[word] += named
    return dict(found)


def kinds_having(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """The kinds of product that have an attribute, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for product in products:
        kind = kind_key_of(product)
        for name in product.attributes:
            found[attribute_key(name)].add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _flags(products: Iterable[Product]) -> frozenset[str]:
    """The attributes that say no more than yes or no."""
    said: dict[str, set[str]] = defaultdict(set)
    for product in products:
        for name, values in product.attributes.items():
            said[attribute_key(name)].update(map(fold, values))
    return frozenset(name for name, values in said.items() if values & _STATED and values <= _STATED | _UNSTATED)


def _is_amount(value: str) -> bool:
    """True for a number, with its unit or without: those are read as measures."""
    return value[:1].isdigit() and (
        quantity_of("", value) is not None or not re.search(r"[a-z+]", value, re.IGNORECASE)
    )
