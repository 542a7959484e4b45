"""Which products of the kinds sought are left out by what no constraint can say: a word of the title that is refused,
"without perfume" where some records say that of themselves, only what is reduced, another voltage.

Knows one message, what is sought and the records; what could not be applied is told. Knows nothing of retrieval.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.dialogue import Request
from assistant.phrases import CHATTER, FILLERS, NOT_A_NEGATION
from assistant.vocabulary import Vocabulary
from index.catalog import Product, fold, forms
from index.folder import Shop
from index.kinds import kind_key_of, singular
from index.lexical import terms

_REDUCED = re.compile(
    r"\b(?:on (?:special )?(?:offer|sale)|in the sales?|at a discount|discounted|marked down"
    r"|reduced(?! (?:fat|sugar|salt|sodium|noise|calorie)\b))\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|w/o|free (?:of|from))\s+(?:(?:any|a|an|the|added|all)\s+)*(?P<what>[^\W\d_][\w-]{2,})",
    re.IGNORECASE,
)
_NO_PART = frozenset({"limit", "budget", "max", "maximum", "doubt", "question", "problem", "fail", "her", "him"})
"""What things are not without, though it is said so: "without a price limit"."""
_VOLTS = re.compile(r"\b(\d+(?:\.\d+)?) ?v(?:olts?)?\b", re.IGNORECASE)
_ALIKE = ({"perfume", "fragrance", "scent"}, {"alcohol", "ethanol"}, {"noise", "sound"})
"""Words that are one where a thing is said to be without it."""
_MOST = 300
"""Products that are left out one by one, at most."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The request with what is left out, what is to be told of it, and the phrases that no longer need telling."""

    request: Request
    told: tuple[str, ...] = ()
    read: frozenset[str] = frozenset()


def left_out(
    request: Request, text: str, refused: Sequence[str], shop: Shop, words: Vocabulary, dropped: Sequence[str] = ()
) -> LeftOut:
    """The request without the products that its message leaves out; `refused` are the phrases behind its negations,
    `dropped` words of what was demanded before and no longer is.
    """
    told: list[str] = []
    read: set[str] = set()
    let_go = {fold(word) for phrase in dropped for word in phrase.split()}
    lacks = [what for what in _lacking(text, request) if what not in let_go]
    deals = request.act != "goes_with" and bool(_REDUCED.search(NOT_A_NEGATION.sub(" ", text)))
    volts = {float(found[1]) for found in _VOLTS.finditer(text)} if request.act == "goes_with" else set()
    if not request.wants_products or not (lacks or refused or deals or volts):
        return LeftOut(request)
    held = request
    rows = [one for one in shop.rows if kind_key_of(one) in request.kinds] if request.kinds else shop.rows
    name = " or ".join(words.kind_names[kind] for kind in request.kinds if kind in words.kind_names)
    for what in lacks:
        kept = _only(held, rows, partial(_says_without, what=what))
        if kept is not None:
            held = kept
            told.append(f'For "without {what}" I kept to what says so of itself.')
            read.update(phrase for phrase in refused if what in fold(phrase).split())
        elif not _is_read(what, request) and not any(what in fold(phrase).split() for phrase in refused):
            told.append(not_applied(what))
    for phrase in refused if request.kinds else ():
        asked = _telling(phrase)
        kept = _only(held, rows, partial(_is_not_titled, asked=asked)) if asked else None
        if kept is not None and phrase not in read:
            held = kept
            read.add(phrase)
    if deals and request.kinds and not shop.promotions:
        kept = _only(held, rows, _is_reduced)
        held = kept or held
        if kept is None and not any(map(_is_reduced, rows)):
            told.append(f"None of the {name} here is reduced now." if name else "Nothing of that is reduced now.")
    elif deals and not request.kinds and not shop.promotions:
        told.append("I could not apply that it is to be reduced: tell me what kind of thing you look for.")
    if volts and request.kinds:
        held = _only(held, rows, lambda one: not (own := _volts(one.title)) or bool(own & volts)) or held
    return LeftOut(held, tuple(told), frozenset(read))


def not_applied(phrase: str) -> str:
    """What is told of a refusal that no record can be read for."""
    return f'I could not read "without {phrase}" from the records, so it is not applied.'


def _only(request: Request, rows: Sequence[Product], keeps: Callable[[Product], bool]) -> Request | None:
    """The request for those of the rows alone that are kept; None where that leaves none, or none out, or too many."""
    gone: list[str] = []
    for one in rows:
        if not keeps(one):
            gone.append(one.product_id)
        if len(gone) > _MOST:
            return None
    if not gone or len(gone) == len(rows):
        return None
    limits = request.constraints
    ids = tuple(dict.fromkeys((*limits.exclude_ids, *gone)))
    return replace(request, constraints=replace(limits, exclude_ids=ids))


def _lacking(text: str, request: Request) -> list[str]:
    """What the message wants things to be without, but for what a constraint holds already."""
    limits = request.constraints
    values = [value for demand in limits.not_attributes.values() if isinstance(demand, tuple) for value in demand]
    held = {term for name in (*limits.not_brands, *values) for term in terms(name)}
    found = (one["what"].lower() for one in _WITHOUT.finditer(NOT_A_NEGATION.sub(" ", text)))
    return [
        what
        for what in dict.fromkeys(found)
        if held.isdisjoint(terms(what)) and what not in FILLERS | CHATTER | _NO_PART and not what.endswith("ing")
    ]


def _is_read(what: str, request: Request) -> bool:
    """True where a kind of that name is refused, and nothing else is sought of which it could be a part."""
    refused = {term for name in request.constraints.not_categories for term in terms(name)}
    return bool(refused & set(terms(what))) and not request.query.strip()


def _says_without(product: Product, what: str) -> bool:
    said = {fold(what), singular(fold(what))}
    said |= {other for group in _ALIKE if group & said for other in group}
    named = "|".join(re.escape(word) for word in sorted(said))
    values = " ; ".join(value for values in product.attributes.values() for value in values)
    text = fold(f"{product.title} ; {values} ; {product.description}")
    if re.search(
        rf"\b(?:{named})s?[- ]free\b|\b(?:without|free (?:of|from)|no|zero|0 ?%) (?:added )?(?:{named})s?\b", text
    ):
        return True
    return "scent" in said and re.search(r"\bunscented\b|\bunperfumed\b", text) is not None


def _telling(phrase: str) -> set[str]:
    return {term for word in phrase.split() if word.lower() not in FILLERS | {"for"} for term in terms(word)}


def _is_not_titled(product: Product, asked: set[str]) -> bool:
    """True where the title lacks one of the words, or has it as what the product is without."""
    title = re.sub(r"\b[\w-]+[- ]free\b|\b(?:no|without|zero|non)[- ][\w-]+", " ", fold(product.title))
    return not asked <= set(terms(title))


def _is_reduced(product: Product) -> bool:
    return any(
        one.price is not None and one.list_price is not None and one.list_price > one.price
        for one in (product, *forms(product))
    )


def _volts(title: str) -> set[float]:
    return {float(found[1]) for found in _VOLTS.finditer(title)}
