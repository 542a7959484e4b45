"""Messages that do nothing but write the cart: "3 of the first", "both in the cart", "the last one goes in too".

A message is one when every word of it is a word of ordering: what is taken, how many, what it points at, the cart, and
what is said beside it. Any other word, and it is none. Knows nothing of what was shown.
"""

import re
from dataclasses import dataclass

from assistant.phrases import NUMBERS, ORDINALS

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:st|nd|rd|th)?|#", re.IGNORECASE)
_CART = frozenset({"cart", "basket", "trolley"})
_TAKE = frozenset(
    {"add", "put", "take", "buy", "order", "grab", "throw", "pop", "stick", "place", "goes", "go", "toss"}
)
_OUT = frozenset({"remove", "delete", "drop", "out"})
_POINT = frozenset({
    "it", "that", "this", "them", "those", "these", "both", "all", "everything", "lot", "cheapest", "cheaper", "dearest",
    "priciest", *ORDINALS, "1st", "2nd", "3rd", "4th", "5th", "number", "no",
})  # fmt: skip
_BESIDE = frozenset({
    "a", "also", "again", "alright", "and", "as", "be", "can", "d", "et", "fine", "for", "from", "go", "going", "good",
    "great", "hm", "hmm", "i", "i'd", "i'll", "id", "il", "ill", "in", "into", "is", "just", "let", "let's", "like", "ll",
    "me", "my", "nice", "now", "of", "off", "ok", "okay", "oh", "on", "one", "ones", "perfect", "please", "pls", "plz",
    "pieces", "pcs", "right", "so", "sorry", "super", "sure", "thanks", "thank", "the", "them", "then", "times", "to",
    "too", "two", "up", "us", "wait", "want", "we", "we'll", "well", "will", "with", "wonderful", "would", "x", "yeah",
    "yep", "yes", "you", "actually", "no", "whole", "set", "thing", "things", "shopping", "your", "have", "get", "shall",
    "could", "should", "it's", "that's", "lovely", "done", "back", "instead", "only", "at", "once",
})  # fmt: skip
_MOST = 20
"""Numbers up to which pieces and places are told."""
_TOTAL = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?|then|now|well|great|right)\W+)*(?:(?:what['’]?s|whats|what is|how much is|how much['’]?s|show me|tell me|give me)\W+)?"
    r"(?:(?:my|the|that|it|all|everything)\W+){0,3}(?:total|sum|bill|altogether|in total|all together)(?:\W+(?:so far|now|then|please|pls|of it|be|come to|for (?:it|that|all|everything)))*\W*$"
    r"|^\W*(?:(?:and|so|ok(?:ay)?)\W+)*what (?:does|do|will|would) (?:that|it|all(?: of)? (?:that|it)|this|everything|the lot)(?: all)? (?:come to|make|cost(?: me)?(?: in total| all together| altogether))(?: now| in all| in total| together)?\W*$"
    r"|^\W*(?:(?:and|so|ok(?:ay)?)\W+)*how much is (?:it|that|everything|all of it|all that)(?: all)?(?: now| (?:in )?total| (?:all )?together| altogether| in all)+\W*$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"\b(?P<n>{'|'.join(NUMBERS)}|[1-9]\d?) (?:pieces |pcs )?of\b|\bx ?(?P<x>[1-9]\d?)\b|\b(?P<y>[1-9]\d?) ?x\b|\b(?P<t>{'|'.join(NUMBERS)}|[1-9]\d?|twice) times\b|\b(?P<w>twice)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is done with the cart, "add", "remove" or "show", and how many pieces are meant."""

    deed: str
    quantity: int = 1


def read_order(text: str, *, shopping: bool) -> Order | None:
    """What a message of nothing but ordering does; `shopping` says that something lies in the cart."""
    if shopping and _TOTAL.search(text):
        return Order("show")
    # What is said behind may be a story: "remove it again, my wife bought some".
    parts = [part for part in re.split(r"[,.;!?]+(?=\s|$)", text.lower()) if part.strip()]
    for part in parts:
        order = _order(part, alone=len(parts) == 1, shopping=shopping)
        if order is not None:
            return order
    return _order(text.lower(), alone=True, shopping=shopping)


def _order(text: str, *, alone: bool, shopping: bool) -> Order | None:
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    # "I could go up to 1300" names a price, and nothing that was shown.
    numbers = {word for word in words if (word.isdecimal() and int(word) <= _MOST) or word in NUMBERS}
    known = _CART | _TAKE | _OUT | _POINT | _BESIDE | NUMBERS.keys() | numbers | {"#", "twice"}
    if not words or any(word not in known for word in words):
        return None
    points = any(word in _POINT or word.isdecimal() for word in words)
    counted = _QUANTITY.search(text)
    if not points or {"go", "back"} <= set(words):
        return None
    in_cart = any(word in _CART for word in words)
    if any(word in _OUT for word in words) and (in_cart or shopping or words[0] in ("remove", "delete")):
        return Order("remove")
    took = {word for word in words if word in _TAKE}
    if took == {"go"} and not {"for", "with", "in"} & set(words):
        return None
    takes = took or ({"i'll", "ill", "il"} & set(words) and {"have", "get"} & set(words))
    if takes or in_cart or (counted is not None and alone):
        return Order("add", _number(counted))
    return None


def _number(found: re.Match[str] | None) -> int:
    if found is None:
        return 1
    written = next(part for part in found.groups() if part).lower()
    if written == "twice":
        return 2
    return int(written) if written.isdecimal() else NUMBERS[written]
