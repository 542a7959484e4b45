"""Presents: whether what is sought is one, and what is sought where somebody's interests are told.

By patterns of plain English. Knows nothing of what the shop sells beyond the names of its kinds.
"""

import re
from dataclasses import replace

from assistant.anchors import windows
from assistant.phrases import LEAD, PEOPLE, TAIL
from assistant.reading import Reading
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary

_PRESENT = (
    r"(?<!not a )(?<!not the )(?<!at )"
    r"(?:gift(?:s|ing)?|present for|as a present|birthday present|christmas present|xmas present|a present|secret santa|stocking (?:filler|stuffer)s?|surprise for (?:my|our|a)"
    r"|for (?:his|her|their) birthday|for (?:my|our) [\w-]+(?:['’]s)? (?:birthday|wedding|anniversary|christmas|graduation))\b(?![ -]?(?:card|wrap|voucher))"
)
_GIFT = re.compile(rf"\b{_PRESENT}", re.IGNORECASE)
_GOT = re.compile(
    r"\b(?:got|received|was given|were given|had|have|won)\b.{0,20}\b(?:as|for) (?:a|my)\b", re.IGNORECASE
)
"""A gift that somebody was given."""
_ONLY_GIFT = re.compile(
    rf"{LEAD}(?:(?:it|this|that|they|all of (?:it|this|them))(?:['’]s| is| are| will be|['’]ll be)? )?(?:all )?(?:meant )?(?:to be |as )?(?:a |an |for )?(?:[\w-]+ )?"
    rf"(?:gifts?|presents?)(?: for (?:my |our |his |her |their |a |an |the )?(?:[\w-]+ )?(?:{PEOPLE}|someone(?: else)?|somebody(?: else)?|him|her|them))?{TAIL}"
    rf"|{LEAD}(?:it|this|that|they|these|all of (?:it|this|them))(?:['’]s| is| are|['’]re| will be|['’]ll be) (?:all |not for me,? )?for (?:my |our |his |her |their |a |an |the )?(?:[\w-]+ )?(?:{PEOPLE}|someone else|somebody else)(?:['’]s (?:birthday|wedding|graduation))?{TAIL}",
    re.IGNORECASE,
)
_FOR_ME = re.compile(
    r"\b(?:(?:this|that|it|now|but|one)(?: one)?(?: is|['’]s)? for me|for myself|not a (?:gift|present))\b",
    re.IGNORECASE,
)
_NEW_GIFT = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok(?:ay)?|so|now|next|also|and)\W+)*(?:(?:i(?:['’]?m| am)?|we(?:['’]?re| are)?) )?(?:also |now )?(?:need(?:ing)?|want|search(?:ing)? for|look(?:ing)? for|after|find me|any ideas? for|ideas for|show me|suggest|recommend)?\W*"
    r"(?:a|an|some|any|the|another)?\W*(?!(?:it|this|that|they)\b)(?:[\w'’-]+ ){0,2}(?:gift|present)s?(?: ideas?)? for\b",
    re.IGNORECASE,
)


def is_gift(text: str) -> bool:
    """True when what is sought is for somebody else, as a present."""
    return (_GIFT.search(text) is not None and not _GOT.search(text)) or only_says_gift(text)


def only_says_gift(text: str) -> bool:
    """True when a message says that what is sought is a present, and nothing else: "it is a gift for my mum"."""
    return _ONLY_GIFT.search(text) is not None


def begins_gift(text: str) -> bool:
    """True when a present is what the message seeks: "a gift for my dad, he likes coffee"."""
    return _NEW_GIFT.search(text) is not None


def is_for_me(text: str) -> bool:
    """True for "this one is for me": a present is no longer sought."""
    return _FOR_ME.search(text) is not None


def of_interests(reading: Reading, text: str, words: Vocabulary) -> Reading:
    """A present for somebody "into photography" is anything that goes with that: kinds are sought where the present is
    named, not where its owner is.
    """
    named = WORD.findall(re.split(r"\bfor\b", text, maxsplit=1)[0])
    kinds = {kind for start, size in windows(len(named)) for kind in words.kinds(named[start : start + size])}
    if kinds & set(reading.demands.kinds) or not reading.demands.kinds:
        return reading
    return replace(reading, demands=replace(reading.demands, kinds=()))
