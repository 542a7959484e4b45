"""What a shopper tells the assistant to do beside looking for products: the cart, and what is remembered.

By rules alone, before anything else is read: what is written into a cart or forgotten must have been said in so many
words. Knows nothing of what the shop sells.
"""

import re
from dataclasses import dataclass

from assistant.phrases import LEAD, NUMBERS, ORDINALS, TAIL

_N = rf"(?:{'|'.join(NUMBERS)}|[1-9]\d?)"
# "In a basket" is no cart, nor is "in my bag" where anything but a product shown is put there.
_CART = r"(?:(?:the |my |our |this )?(?:shopping )?(?:cart|basket|trolley))(?! ?ball)"
_ORDER = r"(?:(?:the|my|our|this) (?:shopping )?(?:cart|basket|trolley|bag|order))"
_ONE = (
    r"(?:it|this|that|them|these|those|both|(?:this|that|the other) one|(?:both|all|each)(?: of)? (?:them|these|those|it)|them (?:all|both)"
    rf"|{_N} of (?:it|them|those|these|the [\w-]+(?: ones?)?)|(?:the |that |this )?(?:{'|'.join(ORDINALS)})(?: one| two| three)?"
    r"|the (?:cheap(?:er|est)|dearer|dearest|less expensive|more expensive|most expensive|(?:best|better)[- ]rated)(?: one)?"
    r"|(?:the )?(?:number|no\.?|option|#) ?\d|the [\w-]+(?: [\w-]+)? one)"
)
"""What points at products that were shown."""
_WILL = (
    r"(?:(?:i|we)(?: think (?:i|we))?(?: ?['’]?ll| will| would|['’]?d)?(?: just| also| then)?(?: (?:like|love|want|wanna|need|prefer)(?: to)?| am going to| are going to)? ?"
    r"|(?:i['’]?m|we['’]?re)? ?(?:going to|gonna) |let me |let['’]?s |let us |(?:can|could|may) (?:i|we|you)(?: please| just| also)? )"
)
_PUT = re.compile(
    rf"\b(?:add|put|throw|pop|stick|place|toss|chuck|drop)\b (?!(?:in|to|into|something|anything)\b).{{1,60}}?\b(?:to|in|into|onto)\b {_CART}\b"
    rf"|\b(?:add|put|throw|pop|stick|place|toss|chuck|drop) {_ONE} (?:to|in|into|onto) {_ORDER}\b"
    rf"|{LEAD}(?:add|put)(?: \w+)? (?:to|in|into) {_CART}\b"
    rf"|{LEAD}(?:in|into|to) {_CART}{TAIL}|{LEAD}{_ONE},? (?:in|into|to) {_CART}\b|{LEAD}cart {_ONE}{TAIL}"
    rf"|\b(?:add|put) {_ONE} (?:the |my ){_CART}\b"
    # "I get it" is no order.
    rf"|{LEAD}(?:{_WILL})?(?:take|buy|order|purchase|add|grab|go (?:for|with)) {_ONE}{TAIL}"
    rf"|{LEAD}(?:get|give)(?: me)? (?!it\b(?!.*\bplease)|this\b|that\b){_ONE}{TAIL}"
    rf"|{LEAD}(?!(?:i|we) (?:get|have)){_WILL}(?:get|have)(?: me)? {_ONE}{TAIL}",
    re.IGNORECASE,
)
_ASKS = r"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)?(?:what|how|which|is|are|did|do)\b"
_OUT = re.compile(
    rf"\b(?:remove|delete|take|drop|throw|kick|scratch|get rid of)\b.{{0,60}}?\b(?:from|out of|out|off|in)\b.{{0,8}}(?:{_CART}|{_ORDER})\b",
    re.IGNORECASE,
)
_OUT_BARE = re.compile(
    rf"{LEAD}(?:(?:can|could|would) you |i['’]?ll |let['’]?s )?(?:please )?(?:remove|delete|take out|leave out|scratch) (?:it|that|this|them|{_N} of (?:it|them|those|these|the [\w-]+)|the [\w -]{{1,40}}?)(?: again)?{TAIL}"
    rf"|\btake (?:it|that|them|the [\w -]{{1,30}}) (?:back )?out\b(?: again)?{TAIL}",
    re.IGNORECASE,
)
"""The same without a word for the cart: meant where something that lies in it is named."""
_NOT_AFTER_ALL = re.compile(
    rf"{LEAD}i (?:do not|don['’]?t|dont) (?:want|need) (?:it|that|this|them)(?: any ?more| after all| any longer)?{TAIL}",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:message|request|question|search|limit|budget|price|cap|filters?|colou?rs?|brands?|makers?|requirements?|conditions?|constraints?|restrictions?|sort(?:ing)?|history|purchases|max(?:imum)?|min(?:imum)?)\b",
    re.IGNORECASE,
)
"""What is taken out of a request, not of a cart."""
_EMPTY = re.compile(
    rf"\b(?:empty|clear|wipe)\b (?:out )?{_CART}\b|\b(?:remove|delete|take|throw) (?:everything|all(?: of (?:it|them))?|it all|them all)\b (?:in|from|out of|out|off) {_CART}\b",
    re.IGNORECASE,
)
_CART_SHOWN = re.compile(
    rf"\b(?:what['’]?s|what is|whats|show|see|view|check|list|look at|look into|open|go to)\b.{{0,20}}?\b{_CART}{TAIL}"
    rf"|{_ASKS}.{{0,60}}\b(?:in|of|into|from) {_CART}\b|\b(?:total|sum)\b.{{0,20}}\b{_CART}\b"
    rf"|\b(?:how much|what) (?:is|does|do|would|will)\b.{{0,30}}\b{_CART}\b"
    rf"|\bwhat(?:['’]?s| is) (?:my|the) (?:total|sum)(?: so far| now)?\b|^\W*{_CART}\W*$"
    rf"|{LEAD}(?:{_WILL})?(?:(?:go to |proceed to )?check ?out|place (?:the|my) order){TAIL}",
    re.IGNORECASE,
)
_ALTERED = re.compile(
    rf"{LEAD}(?:(?:can|could) you )?(?:make|set|change) (?:it|that|this|them|(?:the )?quantity|the number)(?: of (?:it|them|that))?(?: to)? (?P<n>{_N})(?: of (?:it|them|those|these)| pieces)?{TAIL}"
    rf"|{LEAD}(?P<of>{_N}) of (?:it|them|those|these){TAIL}",
    re.IGNORECASE,
)
"""How many of what was just put into the cart there are to be."""
_AGAIN = re.compile(
    rf"{LEAD}(?:(?:{_WILL})?(?:add|put|take|get|give me|have|need|want|buy) )?(?:(?P<n>{_N}) more|another(?: one)?|the same again|one more of (?:it|them|those|these))(?: (?:of (?:it|them|those|these)|(?:to|in|into) {_CART}))*{TAIL}",
    re.IGNORECASE,
)
"""More of what was just put into the cart."""
_MINE = r"(?:(?:my|the) (?:(?:past |old )?(?:purchase|order|shopping|buying) )?(?:history|histories)|(?:my |the )?(?:past|previous|old|earlier) (?:purchases|orders)|my (?:purchases|orders)|what i(?:['’]ve| have)? (?:bought|ordered)(?: before| in the past)?)"
_IGNORE = re.compile(
    rf"\b(?:ignore|forget|disregard|leave out|without|don['’]?t (?:use|look at|consider|go by|count)|do not (?:use|look at|consider|go by|count)|stop (?:using|looking at)|skip|never ?mind|turn off|switch off|disable|delete|clear|erase)\b(?: about)? {_MINE}\b"
    rf"|\bleave {_MINE} (?:out|aside)\b|\b{_MINE} (?:does ?n['’]?t|does not|should ?n['’]?t|should not) (?:matter|count)\b"
    rf"|\b(?:don['’]?t|do not|stop) (?:base|basing) (?:it|this|that|anything|them) on {_MINE}",
    re.IGNORECASE,
)
_USE = re.compile(
    rf"\b(?:(?:use|consider|go by|take into account)\b {_MINE}|(?:turn|switch) (?:my )?history (?:back )?on|bring back my history)\b(?! (?:book|lesson))",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\bwhat (?:do|did|have|else do) you (?:know|remember(?:ed)?|think you know|stored?|have|got|saved?)\b(?: stored| saved| written down)? (?:about|of|on) me\b"
    r"|\b(?:what|which) (?:data|information|info|things?)\b.{0,20}\b(?:store|have|keep|know|save|hold)\b.{0,10} (?:about|of|on) me\b"
    r"|^\W*(?:(?:and|so|ok(?:ay)?|hi)\W+)*what (?:(?:did|have) i|i have|i) (?:already )?(?:buy|bought|order(?:ed)?|purchased?)(?: (?:here|before|already|last time|so far|in the past|from you))*\W*$"
    r"|\bwhat (?:have you|do you) (?:stored|store|remember(?:ed)?|saved?)\W*$|\bshow (?:me )?(?:my (?:profile|memory|data)\b|what you (?:know|remember|have|stored?)\b)",
    re.IGNORECASE,
)
_FORGET_ALL = re.compile(
    r"\b(?:forget|delete|erase) (?:me\W*$|(?:everything|all)(?: that)?(?: you (?:know|remember|have|stored?|learned))?(?: (?:about|of|on) me)\b|(?:everything|all)(?: that)? you (?:know|remember)\b|my (?:profile|memory|data)\b)",
    re.IGNORECASE,
)
_FORGET = re.compile(
    r"\b(?:forget|don['’]?t remember|stop remembering)\b(?: about)?(?: the fact)?(?: that)?"
    r" i (?:ever |once )?(?:own(?:ed)?|bought|have|had|got|like[d]?|ordered|purchased|use[d]?)\b(?P<owned>.{1,80})"
    r"|\bforget (?:about )?the (?P<which>[\w -]{2,40}?) (?:that )?i (?:bought|own|had|have|ordered|got)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\bi (?:don['’]?t|do not) (?:own|have|use) (?:the |that |a |an |my )?(?P<gone>.{2,60}?) (?:any ?more|any longer)\b"
    r"|\bi (?:no longer (?:own|have|use)|(?:have )?(?:sold|returned|gave away|lost|threw away|got rid of)) (?:the |that |a |an |my )?(?P<sold>.{2,60})"
    r"|\bforget (?:about )?my (?P<mine>[\w -]{2,40})"
    r"|\b(?P<was>(?:the|that|this) [\w -]{2,30}?) (?:i bought )?(?:is not|isn['’]?t|was not|wasn['’]?t) (?:mine|for me)\b",
    re.IGNORECASE,
)
"""What may be said of a thing owned: an errand where the purchases know it."""
_GOES_ON = re.compile(
    r"\?|\b(?:need|want|wish|looking|look for|find|show|recommend|suggest|replace(?:ment)?|new|instead|what about|how about|but|similar|more like|cheaper|any|with)\b",
    re.IGNORECASE,
)
"""Something is sought besides: that is what the message is for."""
_LIKE = re.compile(
    rf"{LEAD}(?:i|we) (?:really |do |quite |rather )*(?:like|love|fancy) (?P<what>{_ONE}|(?:the|that|this) [\w -]{{2,30}}?)(?: (?:a lot|best|very much|most|better|the most))?{TAIL}",
    re.IGNORECASE,
)
_AGAIN_NOT = r"(?: (?:again|any ?more|at all|any longer))*"
_DISLIKE = re.compile(
    rf"{LEAD}(?:(?:(?:i|we) )?(?:really )?(?:do not|don['’]?t|dont) (?:really |particularly )?(?:like|want|care for|need)|(?:i )?(?:really )?(?:hate|dislike|can['’]?t stand)"
    r"|(?:(?:i['’]?m |i am )?(?:not interested in|not a fan of|not keen on|not into))|(?:never|don['’]?t|do not) (?:ever )?show(?: me)?|hide|no more of|stop showing(?: me)?)"
    rf" (?P<what>{_ONE}|(?:the|that|this) (?!.*\b(?:to be|to have|in)\b)[\w -]{{2,30}}?){_AGAIN_NOT}{TAIL}"
    rf"|{LEAD}(?P<ugly>(?:the|that|this) [\w -]{{2,20}}?|it) (?:is|looks) (?:really |so |too |very )*(?:ugly|hideous|awful|horrible|not for me|not my (?:taste|style|thing)){TAIL}",
    re.IGNORECASE,
)
_MORE_PIECES = re.compile(
    rf"^\W*(?:and|also|plus|then)\b.{{0,20}}\b(?:{_N}|too|the)\b.{{0,12}}\b(?:first|second|third|fourth|fifth|last|number \d|#\d)(?: one)?(?: too| as well| please)*\W*$",
    re.IGNORECASE,
)
_PIECES = re.compile(
    rf"\b(?P<n>{_N})\b (?:of (?!the (?:two|three|four)\b)|pieces|pcs|x|times)\b|\b(?P<x>[1-9]\d?)x\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Errand:
    """An act ("cart", "memory") with its deed, the words that say about what, and how many pieces, None if not said.
    One that is not `sure` is meant only where its words point at something.
    """

    act: str
    deed: str
    what: str
    quantity: int | None = None
    sure: bool = True


def read_errand(text: str, *, in_cart: bool = False, after_adding: bool = False) -> Errand | None:
    """The errand of a message, if it is one; `in_cart` says that something lies in the cart that "remove it" may mean,
    `after_adding` that something was put there just now ("and two of the first").
    """
    return _cart_errand(text, in_cart=in_cart, after_adding=after_adding) or _memory_errand(text)


def _cart_errand(text: str, *, in_cart: bool, after_adding: bool) -> Errand | None:
    if _EMPTY.search(text):
        return Errand("cart", "empty", text)
    if _OUT.search(text) and not re.search(_ASKS, text, re.IGNORECASE):
        return Errand("cart", "remove", text, _quantity(text))
    if in_cart and _OUT_BARE.search(text) and not _STATE.search(text):
        return Errand("cart", "remove", text, _quantity(text), sure=False)
    if after_adding and _NOT_AFTER_ALL.search(text):
        return Errand("cart", "remove", "")
    altered = _ALTERED.search(text) if after_adding else None
    if altered:
        return Errand("cart", "set", "", _number(altered["n"] or altered["of"]))
    more = _AGAIN.search(text) if after_adding else None
    if more:
        return Errand("cart", "add", "", _number(more["n"] or "1"))
    if _CART_SHOWN.search(text):
        return Errand("cart", "show", text)
    if _PUT.search(text) or (after_adding and _MORE_PIECES.search(text)):
        return Errand("cart", "add", text, _quantity(text))
    return None


def _memory_errand(text: str) -> Errand | None:
    if _KNOWN.search(text):
        return Errand("memory", "show", text)
    if _FORGET_ALL.search(text):
        return Errand("memory", "forget", "")
    if _IGNORE.search(text):
        return Errand("memory", "ignore", text)
    if _USE.search(text):
        return Errand("memory", "use", text)
    goes_on = _GOES_ON.search(text) is not None
    for pattern, deed, is_sure in (
        (_FORGET, "forget", True),
        (_GONE, "forget", False),
        (_DISLIKE, "dislike", False),
        (_LIKE, "like", False),
    ):
        found = pattern.search(text)
        if found and (is_sure or deed == "dislike" or not goes_on) and (is_sure or not _STATE.search(text)):
            what = next(part for part in found.groups() if part).strip(" .!?,")
            return Errand("memory", deed, what, sure=is_sure)
    return None


def _quantity(text: str) -> int | None:
    found = _PIECES.search(text)
    return _number(found["n"] or found["x"]) if found else None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else NUMBERS[written.lower()]
