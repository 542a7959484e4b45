"""Derive a kind for every product of a catalogue: `derive_kinds`.

What the category states stands. Elsewhere three witnesses are weighed: an attribute such as "product type", the
nouns of the title and the description, and the nearest products by text vector whose kind is known. The title's
nouns are read as the catalogue's own categories wherever products that have one show how the two go together.
Knows nothing of files.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.catalog import Kind, Product, attribute_key
from index.embed import Vectors
from index.kind_table import LONGEST, SYNONYMS, WEAK
from index.kinds import TITLE_GRADES, Reading, kind_key, kind_words, read_kind, stated_kind
from index.steps import Progress, told

# Attributes that state a kind outright, and those that often do, among other things ("Original").
KIND_ATTRIBUTES = ("product_type", "product_kind", "item_type", "item_type_name", "product_category", "category")
TYPE_ATTRIBUTES = ("type", "kind", "item_type_keyword")

_NEIGHBOURS = 20
# The most products that neighbours are looked for among: time grows with it, as (products) x (this many).
_REFERENCES = 6000
_BLOCK = 2048
_DESCRIPTION_CHARACTERS = 120
# A title's own noun counts as this many products that have a category of that name.
_PRIOR = 2
# ... and as this part of the products that have the noun and no category.
_SILENT = 0.5
# A category's name is read in titles when this part of the products that have a category and the name are of it.
_OWN_SHARE, _OWN_COUNT = 0.5, 3
_TRUST = {"attribute": 0.97, "type": 0.5, "description": 0.6}
# From what trust on a product without a category speaks for its neighbours.
_SPEAKS = 0.5
_BANDWIDTH = 0.05
# Neighbours' shares enter as a power, from nothing at cosine _FAR to the whole at _NEAR: the whole is _HEED, and
# _HEED_STATED more where every product states its category, since neighbours then know the catalogue's own names.
_HEED, _HEED_STATED, _FAR, _NEAR, _FLOOR = 1.0, 5.0, 0.3, 0.7, 0.02
# How many kinds a wrong reading is spread over.
_OTHERS = 20
# A witness that gives the chosen kind this share is named as its source.
_TELLS = 0.2
# Weights of the logit of the certainty, fitted to held-back categories and to labels by hand (docs/decisions.md):
# constant, the neighbours' share, how far the text is trusted, the part of the products that states a category.
_CERTAINTY = (-1.8, 3.9, 2.5, -0.7)


@dataclass(frozen=True, slots=True)
class _Witness:
    """What the product's own text says of its kind: keys with how far each is trusted, 0 to 1."""

    key: str
    source: str
    trust: float


@dataclass(frozen=True, slots=True)
class _Reference:
    """A product, by row, whose kind is known, and how far that is trusted."""

    row: int
    kind: str
    trust: float


_Meanings = Mapping[str, Mapping[str, float]]


def derive_kinds(products: Sequence[Product], vectors: Vectors, progress: Progress | None = None) -> tuple[Kind, ...]:
    """One kind a product, in order; `vectors` are their unit vectors, shape (len(products), dimension)."""
    names = _stated_names(products)
    stated = [kind_key(stated_kind(product)) for product in products]
    own = _own_nouns(products, stated, names)
    readings = [read_kind(product.title, own) for product in told(products, progress, len(products))]
    witnesses = [
        () if key else _witnesses(product, reading, own, names)
        for product, reading, key in zip(products, readings, stated, strict=True)
    ]
    meant = _meanings(stated, readings)
    open_rows = [row for row, key in enumerate(stated) if not key]
    references = _references(stated, witnesses, meant)
    near = told(_neighbour_votes(vectors, open_rows, references), progress, len(open_rows))
    found: list[Kind] = [
        Kind(stated_kind(product), "category", 1.0) if key else Kind()
        for product, key in zip(products, stated, strict=True)
    ]
    part = 1 - len(open_rows) / max(1, len(products))
    heed = _HEED + _HEED_STATED * part
    for row, (votes, nearest) in zip(open_rows, near, strict=True):
        heard = heed * min(1.0, max(0.0, (nearest - _FAR) / (_NEAR - _FAR)))
        found[row] = _decide(witnesses[row], votes, heard, part, meant, names)
    return tuple(found)


def _stated_names(products: Sequence[Product]) -> Mapping[str, str]:
    """The name that the catalogue writes most often for each key of a stated kind."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for product in products:
        name = stated_kind(product)
        if kind_key(name):
            counted[kind_key(name)][name] += 1
    return {key: names.most_common(1)[0][0] for key, names in counted.items()}


def _own_nouns(
    products: Sequence[Product], stated: Sequence[str], names: Mapping[str, str]
) -> Mapping[tuple[str, ...], str]:
    """The catalogue's own nouns: names of its categories that titles use for products of that category."""
    # A weak word ("Accessories") names a category and still nothing in a title; no title says "Cases & Sleeves".
    nouns = {words: key for key, name in names.items() if (words := kind_words(name)) not in WEAK and "&" not in name}
    said: Counter[tuple[str, ...]] = Counter()
    right: Counter[tuple[str, ...]] = Counter()
    for product, key in zip(products, stated, strict=True):
        if key:
            words = kind_words(product.title)
            runs = {words[start : start + size] for size in range(1, LONGEST + 1) for start in range(len(words))}
            for noun in runs & nouns.keys():
                said[noun] += 1
                right[noun] += nouns[noun] == key
    return {
        noun: nouns[noun] for noun, count in right.items() if count >= _OWN_COUNT and count >= _OWN_SHARE * said[noun]
    }


def _witnesses(
    product: Product, reading: Reading, own: Mapping[tuple[str, ...], str], names: Mapping[str, str]
) -> tuple[_Witness, ...]:
    """What the product's text says of its kind, the most trusted first."""
    found: list[_Witness] = []
    for name, values in product.attributes.items():
        key = attribute_key(name)
        for value in values if key in KIND_ATTRIBUTES or key in TYPE_ATTRIBUTES else ():
            kind = kind_key(value.rpartition(">")[2])
            known = kind in names or kind_words(kind) in SYNONYMS
            if kind and (known or key in KIND_ATTRIBUTES) and not kind.isdigit():
                trust = _TRUST["attribute"] if key in KIND_ATTRIBUTES else _TRUST["type"]
                found.append(_Witness(kind, "attribute", trust))
    if reading.kind:
        found.append(_Witness(kind_key(reading.kind), "title", TITLE_GRADES[reading.grade]))
    text = product.description[:_DESCRIPTION_CHARACTERS]
    if text and text not in product.title:
        told = read_kind(text, own)
        if told.kind:
            found.append(_Witness(kind_key(told.kind), "title", _TRUST["description"] * TITLE_GRADES[told.grade]))
    return tuple(sorted(found, key=lambda one: -one.trust))


def _meanings(stated: Sequence[str], readings: Sequence[Reading]) -> Mapping[str, Mapping[str, float]]:
    """For each noun that titles of products with a category name: the share of each stated kind among them.

    The noun itself counts as some products that bear its name: the few that state a category in a catalogue where
    most do not are no fair sample (its hard drives are then the PCs that have one).
    """
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    silent: Counter[str] = Counter()
    for key, reading in zip(stated, readings, strict=True):
        if reading.grade in ("head", "later"):
            noun = kind_key(reading.kind)
            if key:
                counted[noun][key] += 1
            else:
                silent[noun] += 1
    found: dict[str, Mapping[str, float]] = {}
    for noun, kinds in counted.items():
        own = _PRIOR + _SILENT * silent[noun]
        total = kinds.total() + own
        shares = {kind: count / total for kind, count in kinds.items()}
        shares[noun] = shares.get(noun, 0.0) + own / total
        found[noun] = shares
    return found


def _references(stated: Sequence[str], witnesses: Sequence[tuple[_Witness, ...]], meant: _Meanings) -> list[_Reference]:
    """The products whose kind is known well enough to speak for their neighbours, `_REFERENCES` at most."""
    rows: defaultdict[str, list[_Reference]] = defaultdict(list)
    for row, (key, own) in enumerate(zip(stated, witnesses, strict=True)):
        if key:
            rows[key].append(_Reference(row, key, 1.0))
        elif own and own[0].trust >= _SPEAKS:
            shares = meant.get(own[0].key, {})
            kind = max(shares, key=shares.__getitem__, default=own[0].key)
            rows[kind].append(_Reference(row, kind, own[0].trust))
    # Common kinds are thinned, rare ones kept whole: the largest number a kind for which all fit.
    most = max(map(len, rows.values()), default=0)
    if sum(map(len, rows.values())) > _REFERENCES:
        low, high = 1, most
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (
                (middle, high)
                if sum(min(middle, len(same)) for same in rows.values()) <= _REFERENCES
                else (low, middle - 1)
            )
        most = low
    chooser = np.random.default_rng(0)
    kept: list[_Reference] = []
    for same in rows.values():
        # Those with a stated category first: they are certain.
        order = sorted(chooser.permutation(len(same)).tolist(), key=lambda place: -same[place].trust)
        kept.extend(same[place] for place in order[:most])
    # Where there are more kinds than references, one of each is still too many.
    return sorted(kept, key=lambda one: one.row)[:_REFERENCES]


def _neighbour_votes(
    vectors: Vectors, rows: Sequence[int], references: Sequence[_Reference]
) -> Iterator[tuple[Mapping[str, float], float]]:
    """For each row the shares of kinds among its nearest references, and the cosine of the nearest."""
    if not references:
        yield from [({}, 0.0)] * len(rows)
        return
    columns = {one.row: column for column, one in enumerate(references)}
    known = np.ascontiguousarray(vectors[[one.row for one in references]])
    count = min(_NEIGHBOURS, len(references))
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        cosines = vectors[block] @ known.T
        for place, row in enumerate(block):
            if row in columns:
                # A product does not speak for itself.
                cosines[place, columns[row]] = -1.0
        nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        near = np.take_along_axis(cosines, nearest, axis=1)
        weights = np.exp((near - near.max(axis=1, keepdims=True)) / _BANDWIDTH)
        for place in range(len(block)):
            votes: defaultdict[str, float] = defaultdict(float)
            for column, weight in zip(nearest[place].tolist(), weights[place].tolist(), strict=True):
                votes[references[column].kind] += weight * references[column].trust
            total = sum(votes.values())
            shares = {kind: vote / total for kind, vote in votes.items()} if total else {}
            yield shares, float(near[place].max())


def _decide(
    witnesses: Sequence[_Witness],
    votes: Mapping[str, float],
    heed: float,
    stated: float,
    meant: _Meanings,
    names: Mapping[str, str],
) -> Kind:
    """The kind that text and neighbours together make the most probable; Kind() where neither says anything.

    `heed` is the power of the neighbours' shares, `stated` the part of the products that states a category.
    """
    spread = [(one, meant.get(one.key, {one.key: 1.0})) for one in witnesses]
    kinds = {*votes, *(kind for _, shares in spread for kind in shares)}
    scores: dict[str, float] = {}
    for kind in kinds:
        score = heed * math.log(_FLOOR + (1 - _FLOOR) * votes.get(kind, 0.0))
        for one, shares in spread:
            score += math.log((1 - one.trust) / _OTHERS + one.trust * shares.get(kind, 0.0))
        scores[kind] = score
    if not scores:
        return Kind()
    best = min(scores, key=lambda kind: (-scores[kind], kind))
    told = [one.trust * shares.get(best, 0.0) for one, shares in spread]
    source = next((one.source for one, shares in spread if shares.get(best, 0.0) >= _TELLS), "neighbours")
    features = (1.0, votes.get(best, 0.0), max(told, default=0.0), stated)
    logit = sum(weight * value for weight, value in zip(_CERTAINTY, features, strict=True))
    return Kind(names.get(best, best), source, round(1 / (1 + math.exp(-logit)), 3))
