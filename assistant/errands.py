"""What a shopper tells the assistant to do beside looking for products: the cart, what is remembered, going back.

By rules alone, before anything else is read: what is written into a cart or forgotten must have been said in so many
words. Knows nothing of what the shop sells.
"""

import re
from dataclasses import dataclass

from assistant.phrases import NUMBERS

_CART = r"(?:cart|basket|bag|trolley|order)"
_PUT = re.compile(
    rf"\b(?:add|put|throw|pop|stick|place|toss|chuck)\b.{{1,60}}?\b(?:to|in|into)\b (?:the |my |a )?(?:shopping )?{_CART}\b"
    r"|^\W*(?:ok(?:ay)?|yes|great|fine|good|perfect|nice)?\W*(?:i['’]?ll|i will|i would|i['’]?d|let me|i want to|i['’]?m going to|we['’]?ll)? ?"
    r"(?:take|buy|get|order|add|go (?:for|with)) (?:it|that one|this one|that|this|them|both|(?:one|two|three|four|\d{1,2}) of (?:it|them|those|these|the \w+)"
    r"|the (?:first|second|third|fourth|fifth|last|cheaper|cheapest)(?: one| two)?|(?:number|no\.?|#) ?\d)(?: one)?(?: please| pls| then| too| as well)*\W*$"
    rf"|\b(?:add|put) (?:it|that|this|them|both|the [\w -]{{1,30}}) (?:in|to)? ?(?:the |my )?{_CART}\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    rf"\b(?:remove|delete|take|drop|throw|kick|get rid of)\b.{{0,60}}?\b(?:from|out of|out|off)\b.{{0,12}}\b{_CART}\b"
    r"|^\W*(?:please )?(?:remove|delete) (?:it|that|this|them|the [\w -]{1,40})(?: again)?\W*$|\btake (?:it|that|them|the [\w -]{1,30}) (?:back )?out\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(rf"\b(?:empty|clear)\b (?:out )?(?:the |my )?(?:shopping )?{_CART}\b", re.IGNORECASE)
_CART_SHOWN = re.compile(
    rf"\b(?:what['’]?s|what is|whats|show|see|view|check|list|look at)\b.{{0,20}}\b(?:my|the) (?:shopping )?(?:cart|basket|trolley)\b"
    rf"|\b(?:total|sum)\b.{{0,20}}\b{_CART}\b|\b(?:how much|what) (?:is|does|do|would|will)\b.{{0,30}}\b(?:my|the) (?:cart|basket|trolley)\b"
    r"|\bwhat(?:['’]?s| is) (?:my|the) (?:total|sum)(?: so far| now)?\b|^\W*(?:my )?(?:cart|basket)\W*$",
    re.IGNORECASE,
)
_MINE = r"(?:(?:my|the) (?:(?:purchase|order|shopping|buying) )?(?:history|histories)|(?:my |the )?(?:past|previous|old|earlier) (?:purchases|orders)|my (?:purchases|orders)|what i (?:have )?(?:bought|ordered)(?: before| in the past)?)"
_IGNORE = re.compile(
    rf"\b(?:ignore|forget|disregard|leave out|without|don['’]?t (?:use|look at|consider|go by)|do not (?:use|look at|consider|go by)|stop using|skip|never ?mind)\b(?: about)? {_MINE}\b",
    re.IGNORECASE,
)
_USE = re.compile(rf"\b(?:use|consider|look at|go by|take into account)\b {_MINE}", re.IGNORECASE)
_KNOWN = re.compile(
    r"\bwhat (?:do|did) you (?:know|remember|think you know|store|have)\b(?: stored| saved)? (?:about|of|on) me\b"
    r"|\bwhat (?:have you|do you) (?:stored|remember(?:ed)?|saved)\b|\bshow (?:me )?my (?:profile|memory|data)\b",
    re.IGNORECASE,
)
_FORGET = re.compile(
    r"\b(?:forget|please forget|don['’]?t remember|stop remembering)\b(?: about)?(?: the fact)?(?: that)?"
    r" i (?:ever |once )?(?:own(?:ed)?|bought|have|had|got|like[d]?|ordered|purchased|use[d]?)\b(?P<owned>.{1,80})"
    r"|\bi (?:no longer|don['’]?t|do not) (?:own|have|use) (?:the |that |a |an |my )?(?P<gone>.{2,60}?) (?:any ?more|any longer|now)\b"
    r"|\bi (?:no longer (?:own|have|use)|(?:have )?(?:sold|returned|gave away|lost|threw away|got rid of)) (?:the |that |a |an |my )?(?P<sold>.{2,60})"
    r"|\bforget (?:about )?my (?P<mine>(?!budget|limit|price|previous|last|earlier|request|question|colou?r|history|purchases|orders|past)[\w -]{2,40})",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\bi (?:really |do )?(?:like|love) (?P<what>(?:the|that|this|number|#|it\b).{0,40})$", re.IGNORECASE
)
_DISLIKE = re.compile(
    r"\b(?:i (?:really )?(?:do not|don['’]?t|dont) (?:really )?(?:like|want|care for|need)|(?:i['’]?m |i am )?not interested in|never show me) (?P<what>(?:the (?:first|second|third|fourth|fifth|last)|that one|this one|number \d|#\d).{0,30})$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:let['’]?s |can we |could we |please |i want to |i['’]?d like to |we )?(?:go(?:ing)? |get(?:ting)? |come |switch |jump )?back to|return(?:ing)? to|again to)\b"
    r" (?:the |my |our |those |these |looking at |looking for |that )*(?P<what>[\w'’ -]{2,40}?)(?= (?:search|thing|topic|question|again|now|please|then)\b|[,.;:!?]|\s+(?:but|and|with|under|below|for|in|from|not|which|that)\b|$)",
    re.IGNORECASE,
)
_GIFT = re.compile(
    r"\b(?:gift(?:s|ing)?|present for|as a present|birthday present|christmas present|a present|for (?:his|her|their) birthday|for (?:my|our) \w+(?:['’]s)? (?:birthday|wedding|anniversary|christmas|graduation))\b(?! ?(?:card|wrap|voucher))",
    re.IGNORECASE,
)
_FOR_ME = re.compile(r"\b(?:(?:this|that|it|now|but|one)(?: one)?(?: is|['’]s)? for me|for myself)\b", re.IGNORECASE)
_NEW_GIFT = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok(?:ay)?|so|now|next|also|and)\W+)*(?:i(?:['’]m| am)? |we(?:['’]re| are)? )?(?:also |now )?(?:need(?:ing)?|want|look(?:ing)? for|after|find me|any ideas? for|ideas for|show me|suggest|recommend)?\W*"
    r"(?:a|an|some|any|the|another)?\W*(?:[\w'’-]+ ){0,2}(?:gift|present)s?(?: ideas?)? for\b",
    re.IGNORECASE,
)
_MORE_PIECES = re.compile(
    rf"^\W*(?:and|also|plus|then)\b.{{0,20}}\b(?:{'|'.join(NUMBERS)}|\d+|too|the)\b.{{0,12}}\b(?:first|second|third|fourth|fifth|last|number \d|#\d)(?: one)?(?: too| as well| please)*\W*$",
    re.IGNORECASE,
)
_PIECES = re.compile(
    rf"\b(?P<n>{'|'.join(NUMBERS)}|[1-9]\d?)\b (?:of|pieces|pcs|x|times)\b|\b(?P<x>[1-9]\d?)x\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Errand:
    """An act ("cart", "memory") with its deed, the words that say about what, and how many pieces."""

    act: str
    deed: str
    what: str
    quantity: int = 1


def read_errand(text: str, *, in_cart: bool = False, after_adding: bool = False) -> Errand | None:
    """The errand of a message, if it is one; `in_cart` says that something lies in the cart that "remove it" may mean,
    `after_adding` that something was put there just now ("and two of the first").
    """
    if _EMPTY.search(text):
        return Errand("cart", "empty", text)
    if _OUT.search(text) and (in_cart or re.search(rf"\b{_CART}\b", text, re.IGNORECASE)):
        return Errand("cart", "remove", text)
    if _PUT.search(text) or (after_adding and _MORE_PIECES.search(text)):
        return Errand("cart", "add", text, _quantity(text))
    if _CART_SHOWN.search(text):
        return Errand("cart", "show", text)
    if _KNOWN.search(text):
        return Errand("memory", "show", text)
    if _IGNORE.search(text):
        return Errand("memory", "ignore", text)
    if _USE.search(text):
        return Errand("memory", "use", text)
    for pattern, deed in ((_FORGET, "forget"), (_DISLIKE, "dislike"), (_LIKE, "like")):
        found = pattern.search(text)
        if found:
            return Errand("memory", deed, next(part for part in found.groups() if part).strip(" .!?,"))
    return None


def back_to(text: str) -> tuple[str, str] | None:
    """What a message goes back to, and the message without these words; None when it goes on."""
    found = _BACK.search(text)
    if not found:
        return None
    return found["what"].strip(), f"{text[: found.start()]} {text[found.end() :]}".strip(" ,.;:!?")


def is_gift(text: str) -> bool:
    """True when what is sought is for somebody else, as a present."""
    return _GIFT.search(text) is not None


def begins_gift(text: str) -> bool:
    """True when a present is what the message seeks: "a gift for my dad, he likes coffee"."""
    return _NEW_GIFT.search(text) is not None


def is_for_me(text: str) -> bool:
    """True for "this one is for me": a present is no longer sought."""
    return _FOR_ME.search(text) is not None


def _quantity(text: str) -> int:
    found = _PIECES.search(text)
    if not found:
        return 1
    written = (found["n"] or found["x"]).lower()
    return int(written) if written.isdecimal() else NUMBERS[written]
