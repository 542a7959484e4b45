"""How a product stands: what of the shopper's words its record supports, and how it compares with what else is shown.

Computed from the records alone: a comparison needs the same measure in every record, and a thing is only missed where
another product that is shown has it. Price and stock are never told, only who is the cheapest or the dearest.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.dialogue import Evidence, Request
from assistant.wishing import runs, wishing
from assistant.worn import is_of_wearers, is_wearer
from index.catalog import (
    AttributeDemand,
    Constraints,
    Product,
    Span,
    attribute_key,
    attribute_number,
    attribute_values,
    fold,
)
from index.kinds import kind_key, kind_key_of
from index.lexical import terms
from index.quantities import quantities

RATINGS = 10
"""Fewer ratings than this are not told: they say little."""
LEAST_COMPARED = 3
"""Two products make no "of these"."""
_ASKED, _COMPARED, _AGAINST = 3, 2, 2
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOT_HAVING = frozenset({"no", "none", "n/a", "-", "without"})
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\s\d.,;()]+)$")
_UNIT = re.compile(r"\d+(?:[.,]\d+)?\s*([^\s\d.,;()]+)")
_WORDS = re.compile(r"\w[\w'+.-]*")
_OWN_CHOICE = frozenset({"color", "colour", "size"})
"""What a shopper chooses of a product; of that a buyer of another one says nothing."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure by which products compare: how the highest and the lowest of it are called.

    `good` is 1 where more is better, -1 where less is, 0 where that depends on the shopper. `wishes` are the words of a
    message that ask for the better end, or for `high` where it depends; `means` are those that are just that end.
    """

    names: re.Pattern[str]
    high: str
    low: str
    good: int
    wishes: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()


def _measure(names: str, high: str, low: str, good: int, wishes: str, means: str = "") -> _Measure:
    return _Measure(re.compile(names), high, low, good, frozenset(terms(f"{wishes} {means}")), frozenset(terms(means)))


_MEASURES = (
    _measure(
        r"(net_|product_|item_)?weight", "the heaviest", "the lightest", -1, "portable travel", "light lightweight"
    ),
    _measure(r"(internal_|main_)?memory|ram", "the most memory", "the smallest memory", 1, "memory ram fast"),
    _measure(r"(total_)?storage(_capacity)?", "the most storage", "the smallest storage", 1, "storage space disk"),
    _measure(r"battery_life", "the longest battery life", "the shortest battery life", 1, "battery long"),
    _measure(r"battery_capacity", "the largest battery", "the smallest battery", 1, "battery"),
    _measure(r"noise(_level)?", "the loudest", "the quietest", -1, "noise", "quiet silent"),
    _measure(r"(screen_size|display_diagonal)", "the largest screen", "the smallest screen", 0, "big large screen"),
    _measure(r"refresh_rate", "the highest refresh rate", "the lowest refresh rate", 1, "gaming refresh smooth"),
    _measure(r"brightness", "the highest brightness", "the lowest brightness", 1, "", "bright"),
    _measure(r"page_yield", "the highest page yield", "the lowest page yield", 1, "yield pages"),
    _measure(r"max_load", "the highest load", "the lowest load", 1, "strong heavy load"),
    _measure(r"read_speed", "the highest read speed", "the lowest read speed", 1, "fast quick speed"),
    _measure(r"capacity", "the largest capacity", "the smallest capacity", 1, "large big capacity"),
    _measure(r"volume", "the largest volume", "the smallest volume", 0, "large big roomy"),
    _measure(r"coverage", "the largest coverage", "the smallest coverage", 1, "house range far coverage"),
    _measure(r"thickness", "the thickest", "the thinnest", -1, "", "thin slim"),
    _measure(r"(cable_)?length", "the longest", "the shortest", 0, "long"),
)
BETTER = tuple(text for one in _MEASURES for text, good in ((one.high, 1), (one.low, -1)) if one.good in {0, good})
WORSE = tuple(one.low if one.good > 0 else one.high for one in _MEASURES if one.good)
"""What a product can be called that is the best or the worst of those shown by a measure."""


def count_word(number: int) -> str:
    """The number as it is told of the products shown: "four"."""
    return _COUNTS[number - 2] if 2 <= number <= len(_COUNTS) + 1 else str(number)


def standing(product: Product, request: Request, shown: Sequence[Product]) -> tuple[Evidence, ...]:
    """What was asked for and is there, then the comparisons, then what speaks against the product; the first that
    matter most to the request. `shown` are all products of the turn.
    """
    wishes = _wishes(product, request)
    supported = {run: _supports(product, run) or _is_first(product, run, shown) for run in wishes}
    told = (run for run in wishes if supported[run] and not _is_said_of_all(run, product, supported, shown))
    asked = [*_demanded(product, request.constraints), *told]
    compared, against = _compared(product, request, shown, [run for run in wishes if supported[run]])
    missed = list(_missed(product, wishes, shown))
    return (
        *(Evidence("asked", f"you asked for {text}") for text in _apart(asked)[:_ASKED]),
        *(Evidence("compared", text) for text in compared[:_COMPARED]),
        *(Evidence("against", text) for text in [*missed, *against][:_AGAINST]),
    )


def wished_for(product: Product, request: Request) -> str:
    """The words of what was asked for that a record or a buyer may speak of: no kind, no price, no politeness."""
    told = list(_wishes(product, request))
    for name, demand in request.constraints.attributes.items():
        if attribute_key(name) in _OWN_CHOICE:
            continue
        told += [attribute_key(name).replace("_", " "), *(() if isinstance(demand, Span) else demand)]
    return " ".join(dict.fromkeys(word for text in told for word in text.split()))


# --- what was asked for


def _demanded(product: Product, constraints: Constraints) -> Iterator[str]:
    """The demands that the product meets, in words."""
    for name, demand in constraints.attributes.items():
        if Constraints(attributes={name: demand}).matches(product):
            yield from _demand_text(product, name, demand)
    if product.brand and fold(product.brand) in {fold(brand) for brand in constraints.brands}:
        yield product.brand


def _demand_text(product: Product, name: str, demand: AttributeDemand) -> Iterator[str]:
    label = attribute_key(name).replace("_", " ")
    values = attribute_values(product, name)
    if isinstance(demand, Span):
        unit = next((found[1] for value in values if (found := _UNIT.search(value))), "")
        for bound, direction in ((demand.min, "or more"), (demand.max, "or less")):
            if bound is not None and unit:
                yield f"{bound:g} {unit} {label} {direction}"
        return
    met = [value for value in values if fold(value) in {fold(one) for one in demand}]
    for value in met[:1]:
        if is_of_wearers(attribute_key(name)):
            return  # "unisex" and "female" are the record's words, not the shopper's
        if fold(value) == "yes":
            yield label
        elif label == "size":
            size = re.split(r"[,;(](?!\d)", value, maxsplit=1)[0].strip()  # no "200 pcs" of "5 x 60 mm, 200 pcs"
            yield size if "size" in terms(size) else f"size {size}"
        elif attribute_number([value]) is not None:
            yield value if set(terms(label)) <= set(terms(value)) else f"{value} {label}"
        elif fold(value) not in _NOT_HAVING:
            yield value.lower() if re.search(r"colou?r", label) else value


def _wishes(product: Product, request: Request) -> list[str]:
    """Runs of words of the message that wish for something, the longest first where they overlap."""
    sought = {*request.kinds, kind_key_of(product)}
    kinds = {term for kind in sought for term in terms(kind)}
    # The record says for whom it is made in words of its own, and the demand is met or not by these.
    for_whom = any(is_of_wearers(attribute_key(name)) for name in product.attributes)
    found: dict[str, None] = {}
    for text in (*request.preferences, request.query):
        words = _WORDS.findall(fold(text))
        telling = [word if (stems := set(terms(word))) and not stems <= kinds else "" for word in words]
        for stretch in wishing(telling, frozenset(filter(is_wearer, telling)) if for_whom else frozenset()):
            found |= dict.fromkeys(one for one in runs(stretch) if kind_key(one) not in sought)
    return list(found)


def _is_said_of_all(run: str, product: Product, supported: Mapping[str, bool], shown: Sequence[Product]) -> bool:
    """True for the "skin" of "dry skin" where the product is not for dry skin, and all that are shown are for skin."""
    longer = [one.split() for one in supported if one.endswith(f" {run}") and not supported[one]]
    lone = any(not any(supported.get(word, False) for word in words[:-1]) for words in longer)
    # "connection: wireless" tells wireless itself, "oily skin" another skin.
    of_another = not _in_a_row(run, product.title) and not any(
        _in_a_row(run, value) and not fold(value).endswith(f" {run}")
        for values in product.attributes.values()
        for value in values
    )
    return lone and of_another and len(shown) > 1 and all(_supports(one, run) for one in shown)


def _apart(runs: Sequence[str]) -> list[str]:
    """The runs without those whose words were told before."""
    kept: list[str] = []
    for run in runs:
        if not set(terms(run)) <= {term for one in kept for term in terms(one)}:
            kept.append(run)
    return kept


def _supports(product: Product, run: str) -> bool:
    """True when the title or a value holds all words of the run, or a thing that the product has is called by it."""
    wanted = set(terms(run))
    # Words that stand apart in a title are told apart; a quantity is read in more than one form.
    apart = " " in run and not any(map(str.isdigit, run))
    if _in_a_row(run, product.title) if apart else wanted <= set(terms(product.title)):
        return True
    for name, values in product.attributes.items():
        label, value = attribute_key(name).replace("_", " "), ", ".join(values)
        # A phone that has wireless charging is not wireless: the name must be the run.
        if fold(value) == "yes" and wanted == set(terms(label)):
            return True
        told = set(terms(value)) if fold(value) not in _NOT_HAVING else set()
        if wanted <= told | set(terms(label)) and wanted & told:
            return True
    return False


def _in_a_row(run: str, text: str) -> bool:
    return f" {' '.join(terms(run))} " in f" {' '.join(terms(text))} "


def _is_first(product: Product, run: str, shown: Sequence[Product]) -> bool:
    """True when the run means the better end of a measure ("light") and the product has that end among the shown."""
    return (
        product in shown
        and len(shown) >= LEAST_COMPARED
        and any(set() < set(terms(run)) <= one.means and _place(product, shown, one) == one.good for one in _MEASURES)
    )


def _missed(product: Product, wishes: Sequence[str], shown: Sequence[Product]) -> Iterator[str]:
    """What was wished for, is not in the product's record, and is in that of another one."""
    record = set(terms(_record(product)))
    told: set[str] = set()
    makers = {fold(one.brand) for one in shown}
    for run in wishes:
        words = set(terms(run))
        if run in makers or words & told or any(char.isdigit() for char in run) or _supports(product, run):
            continue
        if not any(_supports(one, run) for one in shown):
            continue
        if any(words == set(terms(label)) for label in _denied(product)):
            told |= words
            yield f"no {run}"
        elif record.isdisjoint(words):
            told |= words
            yield f"no {run} in its record"


def _record(product: Product) -> str:
    attributes = " ".join(f"{attribute_key(name).replace('_', ' ')} {', '.join(values)}" for name, values in
                          product.attributes.items())  # fmt: skip
    return f"{product.title} {product.brand} {product.category} {product.description} {attributes}"


def _denied(product: Product) -> Iterator[str]:
    """The names of what the record says that the product does not have."""
    for name, values in product.attributes.items():
        if values and {fold(value) for value in values} <= _NOT_HAVING:
            yield attribute_key(name).replace("_", " ")


# --- comparisons


def _compared(
    product: Product, request: Request, shown: Sequence[Product], supported: Sequence[str]
) -> tuple[list[str], list[str]]:
    """What the product is the first of, for it and against it, what the message speaks of first."""
    others = [one for one in shown if one.product_id != product.product_id]
    if len(others) != len(shown) - 1 or len(shown) < LEAST_COMPARED or len({kind_key_of(one) for one in shown}) > 1:
        return [], []
    these = f"of these {count_word(len(shown))}"
    said = set(terms(" ".join((request.query, *request.preferences))))
    good: list[tuple[int, str]] = []
    bad: list[tuple[int, str]] = []
    for run in supported:
        if not _supports(product, run):
            continue
        if not any(char.isdigit() for char in run) and all(
            set(terms(run)).isdisjoint(terms(_record(one))) for one in others
        ):
            good.append((1, f"the only one {these} with {run} on record"))
            break
    for measure in _MEASURES:
        place = _place(product, shown, measure)
        wished = 0 if said & measure.wishes else 2
        if place and (measure.good == 0 or place == measure.good):
            good.append((wished, f"{measure.high if place > 0 else measure.low} {these}"))
        elif place:
            bad.append((wished, f"{measure.high if place > 0 else measure.low} {these}"))
    if all(one.rating is not None and (one.rating_count or 0) >= RATINGS for one in shown) and (
        _extreme(product, {one.product_id: float(one.rating or 0) for one in shown}) > 0
    ):
        good.append((0 if request.order == "best_rated" else 3, f"the highest rated {these}"))
    if all(one.price is not None for one in shown) and len({one.currency for one in shown}) == 1:
        place = _extreme(product, {one.product_id: float(one.price or 0) for one in shown})
        if place < 0:
            good.append((0 if request.order == "cheapest" else 3, f"the cheapest {these}"))
        elif place > 0 and request.order != "dearest":
            bad.append((3, f"the dearest {these}"))
    return [text for _, text in sorted(good, key=_rank)], [text for _, text in sorted(bad, key=_rank)]


def _rank(told: tuple[int, str]) -> int:
    return told[0]


def _place(product: Product, shown: Sequence[Product], measure: _Measure) -> int:
    """1 where the product alone has most of the measure, -1 where it has least, 0 else or where a record lacks it."""
    found: dict[str, float] = {}
    units: set[tuple[str, str]] = set()
    for one in shown:
        name = next((name for name in one.attributes if measure.names.fullmatch(attribute_key(name))), "")
        amount = _amount(one.attributes[name]) if name else None
        if amount is None:
            return 0
        found[one.product_id] = amount[0]
        units.add((attribute_key(name), amount[1]))
    return _extreme(product, found) if len(units) == 1 else 0


def _amount(values: Sequence[str]) -> tuple[float, str] | None:
    """The number and unit of a value that has both and nothing before them; None for any other."""
    if len(values) != 1:
        return None
    folded = fold(values[0])
    known = next(quantities(folded), "")
    if known and folded[0].isdigit():
        digits = re.match(r"[\d.]+", known)
        assert digits is not None
        return float(digits[0]), known[digits.end() :]
    found = _MEASURE.fullmatch(folded)
    return (float(found[1].replace(",", ".")), found[2]) if found else None


def _extreme(product: Product, numbers: Mapping[str, float]) -> int:
    own = numbers[product.product_id]
    others = [number for name, number in numbers.items() if name != product.product_id]
    if not others:
        return 0
    return 1 if own > max(others) else -1 if own < min(others) else 0
