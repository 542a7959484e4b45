"""Which of the words that a shopper put before a thing no record bears out: "a waterproof jacket".

Words of a request are looked for, but not demanded; what is shown may lack them. Knows records and words; knows
nothing of constraints, which hold of whatever is shown.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.dialogue import Request
from assistant.explain import short_name
from assistant.phrases import CHATTER, TASTE
from assistant.synonyms import SAME
from assistant.values import value_key
from assistant.worn import is_of_wearers, is_wearer
from index.catalog import Product, Span, fold
from index.kinds import singular
from index.lexical import terms

_TELLING = re.compile(r"^(?:[^\W\d_]{4,}(?:-[^\W\d_]+)*|(?:wo)?men['’]?s?)$")
_LIKE = re.compile(
    r"(?:proof|resistant|tight|repellent|free|less|friendly|safe|able|ible|ated|ised|ized)$", re.IGNORECASE
)
"""How words end that tell what a thing is like, wherever they stand."""
_BEFORE = 2
_MOST = 2
_TALK = frozenset({
    "right", "separately", "myself", "yourself", "ourselves", "afternoon", "morning", "evening", "today", "tomorrow",
    "inch", "inches", "come", "comes", "lost", "broke", "broken", "spare", "extra", "proper", "real", "actual",
    "certain", "different", "similar", "main", "whole", "entire", "single", "second", "third", "hello",
    "promotion", "promotions", "promo", "promos", "offer", "offers", "deal", "deals", "discount", "discounts", "coupon",
    "comfortable", "affordable", "reliable", "suitable", "available", "reasonable", "adorable", "enjoyable", "capable",
    "fashionable", "desirable", "presentable", "lovable", "valuable", "dependable", "respectable",
    "coupons", "sale", "sales", "remove", "throw", "toss", "bigger", "smaller", "larger", "cheaper", "better",
})  # fmt: skip
"""Words that stand before a thing and tell nothing of what it is like, or what only its owner can tell."""
_SAID_FOR: Mapping[str, frozenset[str]] = {
    kind: frozenset(said for said, meant in SAME.items() if kind in meant) for meant in SAME.values() for kind in meant
}
"""What people call a kind: "trainer" of a sneaker; none of these says what it is like."""


def unsaid_text(request: Request, shown: Sequence[Product]) -> str:
    """What is to be said of the words that not all of the products shown state; "" where there is none."""
    if request.act != "find" or request.bundle or request.gift or request.language or not request.kinds:
        return ""
    told = []
    for word in _asked(request)[:_MOST]:
        stating = [product for product in shown if states(product, word)]
        if not stating:
            named = "None of these says" if len(shown) > 1 else "Its record does not say"
            told.append(f'{named} "{word}": I could not apply it.')
        elif len(stating) < len(shown):
            names = [short_name(product) for product in stating]
            named = f"the {names[0]}" if len(names) == 1 else f"the {', the '.join(names[:-1])} and the {names[-1]}"
            told.append(f'Of these only {named} {"says" if len(names) == 1 else "say"} "{word}".')
    return " ".join(told)


def states(product: Product, word: str) -> bool:
    """True where the record says the word of its product: "not waterproof" and "non-slip" do not say the opposite."""
    values = " ; ".join(f"{name} {value}" for name, values in product.attributes.items() for value in values)
    text = fold(f"{product.title} ; {product.category} ; {values} ; {product.description}")
    asked = set(terms(word))
    denied = rf"\b(?:not|non|no|never|isn['’]?t|without)[ -](?:\w+ )?{re.escape(fold(word))}\b"
    return bool(asked) and asked <= set(terms(re.sub(denied, " ", text)))


def _asked(request: Request) -> list[str]:
    """The words right before the thing sought, and those that say what it is like by how they end."""
    words = request.query.split()
    named = {word for kind in request.kinds for word in kind.split()}
    named |= {other for word in list(named) for one in _SAID_FOR.get(word, frozenset()) for other in one.split()}
    heads = [place for place, word in enumerate(words) if singular(fold(word)) in named]
    held = request.constraints
    stated = {
        part
        for demand in (*held.attributes.values(), held.brands, held.not_brands, held.not_categories)
        if not isinstance(demand, Span)
        for value in demand
        for part in value_key(value).split()
    }
    worn = any(map(is_of_wearers, (*held.attributes, *held.not_attributes)))
    found = []
    for place, word in enumerate(words):
        plain = fold(word)
        before = any(
            head - _BEFORE <= place < head and not any(map(str.isdigit, "".join(words[place:head]))) for head in heads
        )
        if not (before or _LIKE.search(plain)) or not _TELLING.match(plain) or place in heads:
            continue
        if (
            plain in CHATTER
            or plain in TASTE
            or plain in _TALK
            or value_key(plain) in stated
            or singular(value_key(plain)) in stated
        ):
            continue
        if (worn and is_wearer(word)) or plain == request.unknown or singular(plain) in SAME:
            continue
        found.append(word)
    return list(dict.fromkeys(found))
