"""Presents: whether what is sought is one, and what is sought where somebody's interests are told.

By patterns of plain English. Knows nothing of what the shop sells beyond the names of its kinds.
"""

import re
from dataclasses import replace

from assistant.anchors import windows
from assistant.dialogue import PRODUCT_ACTS
from assistant.phrases import LEAD, PEOPLE, TAIL
from assistant.reading import Reading
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary

_PRESENT = (
    r"(?<!not a )(?<!not the )(?<!at )"
    r"(?:gift(?:s|ing)?|present for|as a present|birthday present|christmas present|xmas present|a present|secret santa|stocking (?:filler|stuffer)s?|surprise for (?:my|our|a)"
    r"|for (?:his|her|their) birthday|for (?:my|our) [\w-]+(?:['’]s)? (?:birthday|wedding|anniversary|christmas|graduation))\b(?![ -]?(?:card|wrap|voucher))"
)
_SOMETHING = rf"\bsomething (?:(?:nice|small|special|little|cool|fun|lovely|good) )*for (?:my|our|a|an|the|his|her) (?:[\w-]+ )?{PEOPLE}\b(?!['’])"
_GIFT = re.compile(rf"\b{_PRESENT}|{_SOMETHING}", re.IGNORECASE)
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
    r"(?:a|an|some|any|the|another)?\W*(?!(?:it|this|that|they)\b)(?:[\w'’-]+ ){0,2}(?:gift|present)s?(?: ideas?)? for\b"
    rf"|{_SOMETHING}",
    re.IGNORECASE,
)
_LIKES = r"(?:(?:really|absolutely|just|always|often) )*(?:likes?|loves?|enjoys?|adores?|(?:['’]s|['’]re|is|are) (?:\w+ )?(?:(?:in)?to|fond of|keen on|crazy about|mad about|a (?:big |huge )?fan of))"
_TAKES_UP = r"(?:does|do|goes|go|practi[cs]es?)"
_INTEREST = re.compile(
    rf"\b(?:who|s?he|they)(?: (?:is|are) [\w-]+ and)?(?: ?{_LIKES} (?:to (?P<verb>\w+)|(?P<thing>[\w-]+))| {_TAKES_UP} (?P<taken>[\w-]+)"
    r"| (?:(?:really|always|often|also) )*(?P<does>(?!(?:is|was|has|does|goes|likes|loves|lives|needs|wants|hates|turns|gets|moves|says|knows|owns|comes|uses|wears|looks|works|just|this|always)\b)[a-z]{2,}[^s\W]s"
    r"|(?<=they )(?!(?:are|were|have|do|go|like|love|live|need|want|hate|turn|get|move|say|know|own|come|use|wear|look|work|just|all|both|already|will|would|can)\b)[a-z]{3,})\b(?P<object>(?: (?!(?:a|an|the|to|in|at|on|and|but|so|every|lots?|very|much|all|often|too|for|with|my|his|her|their|up|out|it|under|below|around|about)\b)[\w-]+)?))",
    re.IGNORECASE,
)
"""What is told of somebody that says what they like to do: "she runs", "who is into music", "they play games"."""
_ALIKE = frozenset({"it", "them", "that", "this", "a", "an", "the", "his", "her", "their", "my", "all", "to", "be"})


def interest_of(text: str) -> str:
    """What somebody likes to do, as a thing: "running" of "she runs", "music" of "he's into music"; "" if not told."""
    found = _INTEREST.search(text)
    if not found:
        return ""
    told = found["thing"] or found["taken"]
    if told:
        return "" if told.lower() in _ALIKE else told
    if found["verb"]:
        return doing(found["verb"].lower())
    verb = found["does"].lower()
    return f"{doing(_plain(verb) if verb.endswith('s') else verb)}{found['object'] or ''}"


def _plain(verb: str) -> str:
    """A verb as it is without he or she: "watches" is "watch", "studies" is "study"."""
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:ch|sh|ss|x|zz)es$", verb) else verb[:-1]


def doing(verb: str) -> str:
    """A verb as the name of what is done: "running" of "run", "baking" of "bake"."""
    if verb.endswith("ing"):
        return verb
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    # One short vowel before one consonant, in one syllable: that is doubled.
    return f"{verb}{verb[-1]}ing" if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) else f"{verb}ing"


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
    named, not where its owner is, and what the owner likes to do is what is looked for.
    """
    named = WORD.findall(re.split(r"\bfor\b", text, maxsplit=1)[0])
    kinds = {kind for start, size in windows(len(named)) for kind in words.kinds(named[start : start + size])}
    if kinds & set(reading.demands.kinds):
        return reading
    likes = interest_of(text)
    return replace(
        reading,
        act=reading.act if reading.act in PRODUCT_ACTS or not likes else "find",
        demands=replace(reading.demands, kinds=()),
        sought=tuple(likes.split()) or reading.sought,
        anchor_text="" if likes else reading.anchor_text,
    )
