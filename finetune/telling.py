"""Examples of the explain task: statements about a product, and the sentence that tells them to the shopper.

The statements are made up for the wares of a trade or, with a shop, those that the assistant itself finds for its
products: what a shopper bought next is explained to them out of what they had bought before. Every sentence passes the
assistant's own check. Knows which statements there can be; the sentences are made in `finetune.sentences`.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.dialogue import Candidate, Evidence, Request, Session
from assistant.explain import evidence_for
from assistant.ground import unsupported
from assistant.plan import Plan, firsts, told_with
from assistant.prompts import tuned_rationale_prompt
from assistant.standing import BETTER, WORSE, count_word
from finetune.examples import Example
from finetune.features import features, flags
from finetune.sentences import said
from finetune.trades import Trade, Ware
from index.catalog import Product, attribute_key, fold
from index.fit import fit
from index.folder import Shop
from index.kinds import kind_key, kind_key_of

_SHOWN = range(3, 7)
_PURCHASES = 40
"""How many of a shopper's last purchases are looked at."""
_ARTICLE = re.compile(r"(?:a|an|the|some|for) ")
_NO_THING = re.compile(
    r"\b(?:and|or|no|my|plus|as|if|so|but|not|without|with|that|of|in|on|under"
    r"|best|great|perfect|cheap|price|costs?)\b|[^\w' +-]"
)
"""Words of a ware that cannot stand alone as what was asked for."""


def examples(shop: Shop | None, trade: Trade, rng: random.Random, part: str) -> Iterator[Example]:
    """Examples without end, of one part's patterns; with a shop, every second one is of its own products."""
    own = _Shelves(shop) if shop else None
    while True:
        evidence = own.evidence(rng) if own and rng.random() < 0.5 else made_up(trade, rng)
        example = example_of(evidence, rng, part)
        if example:
            yield example


def example_of(evidence: tuple[Evidence, ...], rng: random.Random, part: str) -> Example | None:
    """One example out of the evidence, begun with one of its statements; None where no sentence of the part fits."""
    own = firsts(evidence)
    if not own:
        return None
    told = told_with(evidence, rng.choice(own))
    sentence = said(told, rng, part)
    # What the check holds back, such as a value that itself denies something, is not learned.
    if sentence is None or unsupported(sentence.text, evidence):
        return None
    prompt = tuned_rationale_prompt(Plan(told, sentence.begin))
    return Example("explain", part, sentence.template, tuple(prompt), sentence.text)


# --- made up


def made_up(trade: Trade, rng: random.Random) -> tuple[Evidence, ...]:
    """Statements about a product that does not exist, of the shapes that the assistant finds."""
    ware = rng.choice(trade.wares)
    kind = kind_key(ware.kind)
    brand = rng.choice(ware.brands)
    told = features(trade.name, rng, rng.choice((0, 1, 2, 2, 3, 3, 3)))
    if ware.colors and rng.random() < 0.25:
        told.insert(0, f"color: {rng.choice(ware.colors)}")
    things = [*(_thing(part) for part in ware.parts), *flags(trade.name)]
    things = [thing for thing in things if thing and not _NO_THING.search(thing)]
    found = [Evidence("name", rng.choice(ware.products or (f"{brand} {ware.kind}",)))]
    if rng.random() < 0.45:
        found.append(_tie(trade, ware, brand, rng))
    asked = _asked(ware, brand, told, things, rng)
    found += [Evidence("asked", f"you asked for {text}") for text in asked]
    if rng.random() < 0.95:
        found.append(Evidence("kind", kind))
    found.append(Evidence("brand", brand))
    found += [Evidence("attribute", text) for text in told[:3]]
    if rng.random() < 0.5:
        stars, count = round(rng.uniform(3, 5), 1), rng.randint(10, 2400)
        found.append(Evidence("rating", f"rated {stars:g} of 5 by {count} shoppers"))
    these = f"of these {count_word(rng.choice(_SHOWN))}"
    free = [thing for thing in things if fold(thing) not in {fold(text) for text in (*asked, *told)}]
    found += _beside(these, asked, free, rng)
    return tuple(found)


def _thing(text: str) -> str:
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def _asked(ware: Ware, brand: str, told: Sequence[str], things: Sequence[str], rng: random.Random) -> list[str]:
    """What was asked for, and is there: up to three things, of all sorts."""
    sorts = [
        [_thing(wish) for wish in ware.wishes],
        [_thing(wish) for wish in ware.wishes],
        list(things),
        list(ware.colors),
        [brand],
        [value for text in told for name, _, value in [text.rpartition(": ")] if name and not value[0].isdigit()],
        [
            f"{value} {name}"
            for text in told
            for name, _, value in [text.rpartition(": ")]
            if name and value[0].isdigit()
        ],
        [text for one in told if (text := _bounded(one, rng))],
    ]
    found: dict[str, None] = {}
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3))):
        own = [text for text in rng.choice(sorts) if text and not _NO_THING.search(text) and len(text.split()) <= 5]
        if own:
            found[rng.choice(own)] = None
    return list(found)


def _bounded(fact: str, rng: random.Random) -> str:
    """A bound that the fact keeps: "16 GB memory or more" of "memory: 32 GB"; "" of a fact without number and unit."""
    name, _, value = fact.rpartition(": ")
    number = re.fullmatch(r"(\d+(?:\.\d+)?) (\w+)", value)
    if not name or not number:
        return ""
    more = rng.random() < 0.6
    bound = float(number[1]) * (rng.choice((0.5, 0.8, 1)) if more else rng.choice((1, 1.25, 2)))
    return f"{round(bound, 1):g} {number[2]} {name} or {'more' if more else 'less'}"


def _tie(trade: Trade, ware: Ware, brand: str, rng: random.Random) -> Evidence:
    other = rng.choice(trade.wares)
    name = rng.choice(other.products or (other.kind,))
    feature = rng.choice(features(trade.name, rng, 2) or ["color: black"]).replace(": ", " ")
    source = rng.choice(("companion", "history"))
    same = f"{brand} {name.split(maxsplit=1)[-1]}"
    texts = {
        f"listed as working with your {name}": source,
        f"often bought together with your {name}": source,
        f"you bought the {same} of {brand}": "history",
        "you bought it before": "history",
        f"fits your {name} ({feature})": "companion",
        f"of a kind that goes with a {kind_key(rng.choice(ware.goes_with or (other.kind,)))}": "companion",
        "listed as working with the device you named": "companion",
    }
    text = rng.choices(list(texts), weights=(5, 5, 5, 2, 3, 2, 1))[0]
    return Evidence(texts[text], text)


def _beside(these: str, asked: Sequence[str], things: Sequence[str], rng: random.Random) -> Iterator[Evidence]:
    """Comparisons with what is shown beside it, and what speaks against it."""
    best = [f"{text} {these}" for text in rng.sample(BETTER, 3)]
    best += [f"the cheapest {these}", f"the highest rated {these}"]
    best += [f"the only one {these} with {text} on record" for text in asked if not re.search(r"[\d.]", text)][:1]
    worst = [f"{text} {these}" for text in rng.sample(WORSE, 2)] + [f"the dearest {these}"]
    missing = [f"no {thing} in its record" for thing in rng.sample(things, min(3, len(things)))]
    missing += [f"no {thing}" for thing in rng.sample(things, min(2, len(things)))]
    compared = rng.choice(best)
    if rng.random() < 0.5:
        yield Evidence("compared", compared)
    if compared.startswith("the cheapest"):
        worst.pop()
    if rng.random() < 0.5:
        yield Evidence("against", rng.choice(worst if rng.random() < 0.4 or not missing else missing))


# --- out of a shop


class _Shelves:
    """A shop's products by kind and its shoppers, for statements as the assistant finds them."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._by_kind: dict[str, list[Product]] = defaultdict(list)
        for product in shop.rows:
            self._by_kind[kind_key_of(product)].append(product)
        self._users = [user for user, own in shop.histories.items() if len(own) > 1]
        self._pairs = [
            (source, one, other)
            for source, own in (("declared", shop.companions.declared), ("together", shop.companions.together))
            for one, others in own.items()
            for other, _ in others[:3]
            if one in shop.products and other in shop.products
        ]

    def evidence(self, rng: random.Random) -> tuple[Evidence, ...]:
        """What speaks for a product: for what a shopper bought next, for a companion, or for any one."""
        if self._pairs and rng.random() < 0.35:
            source, one, other = rng.choice(self._pairs)
            product = self._shop.products[other]
            request, session = Request(act="goes_with", anchor_ids=(one,)), Session()
            if rng.random() < 0.25 and (fits := fit(self._shop.products[one], product)) and fits.score > 0:
                source = "fit"
        else:
            source, request = "", Request()
            history, product = self._bought(rng) if self._users else ((), rng.choice(self._shop.rows))
            session = Session(history=history)
        shown = self._beside(product, rng)
        if not request.anchor_ids:
            request = self._request(product, shown, rng)
        return evidence_for(Candidate(product, source=source), request, session, self._shop, shown)

    def _bought(self, rng: random.Random) -> tuple[tuple[str, ...], Product]:
        """A shopper's purchases up to one, and that one."""
        own = self._shop.histories[rng.choice(self._users)][-_PURCHASES:]
        places = [place for place, (_, one) in enumerate(pairwise(own), start=1) if one in self._shop.products]
        if not places:
            return (), rng.choice(self._shop.rows)
        place = rng.choice(places)
        return tuple(own[:place]), self._shop.products[own[place]]

    def _beside(self, product: Product, rng: random.Random) -> list[Product]:
        others = [one for one in self._by_kind[kind_key_of(product)] if one.product_id != product.product_id]
        shown = [product, *rng.sample(others, min(len(others), rng.choice(_SHOWN) - 1))]
        rng.shuffle(shown)
        return shown

    def _request(self, product: Product, shown: Sequence[Product], rng: random.Random) -> Request:
        """A request for the product's kind with words out of its record, and sometimes one out of another's."""
        kind = kind_key_of(product)
        words = rng.sample(_wishes(product), min(rng.choice((0, 1, 1, 2)), len(_wishes(product))))
        other = rng.choice(shown)
        if other is not product and rng.random() < 0.5 and _wishes(other):
            words.append(rng.choice(_wishes(other)))
        return Request(query=" ".join([kind, *words]), kinds=(kind,) if kind else (), preferences=tuple(words))


def _wishes(product: Product) -> list[str]:
    """Words of a record that a shopper could ask for."""
    found = []
    for name, values in product.attributes.items():
        for value in values:
            text = attribute_key(name).replace("_", " ") if fold(value) == "yes" else fold(value)
            if len(text.split()) <= 3 and not _NO_THING.search(text):
                found.append(text)
    return found
