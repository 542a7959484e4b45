"""Check a rationale against its evidence, clause by clause; what is not supported does not reach the shopper.

A claim is a clause. What it says of the product must stand in the statements about the product; an attribute that
it names must come with its value; a number must stand before the same word as in the record; "this ..." must call
the product what it is. What it says of "your" things must stand in one statement about the shopper, what "you asked
for" in those of what was asked. A comparison, and a "no" or "not", must be one that stands in the evidence, whole.
What a buyer is said to write is one claim, and must stand in the evidence word for word.
Words that claim nothing are free. Everything else fails closed. It is a check of words, not of meaning: what it
cannot see is measured by hand (docs/decisions.md).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.dialogue import FACTS, TIES, Evidence
from assistant.reviewed import FRAMES
from index.catalog import fold
from index.kinds import singular

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’+][^\W_]+)*", re.UNICODE)
# "with bluetooth on record" says one thing together with what stands before it.
_CLAUSE_END = re.compile(
    r"(?:[,;:.!?()]|\s[-–—]\s)+(?=\s|$)"
    r"|(?<![\w-])(?:and|but|so|with(?!(?: [\w'+-]+){1,4} on record)|which|that|plus|while|because|since|also"
    r"|as well as|if|though|although|yet)(?![\w-])"
    r"|\b(?=(?:for|to|on|in|of) your\b)",
    re.IGNORECASE,
)
_QUOTATION = re.compile("|".join(re.escape(frame).replace(r"\{\}", "[^”]*") for frame in FRAMES.values()))
_SENTENCE_PART = re.compile(r"[,;](?=\s)")
_SUBJECT = re.compile(
    r"\b(?:this|the|a|an) ((?:[\w'+-]+ ){0,4}?[\w'+-]+) "
    r"(?:is|has|comes?|offers?|works?|fits?|suits?|goes|gives|was|can|will)\b"
)
_ASKING = frozenset(
    [
        *("ask", "asked", "want", "wanted", "wants", "need", "needed", "needs", "looking"),
        *("wish", "wished", "wishes", "request", "requested", "search"),
    ]
)
"""Words that together with "you" or "your" speak of what the shopper asked for."""
_FREE = _ASKING | frozenset(
    re.findall(
        r"\S+",
        """a an the this it its it's is are was be been has have having comes come offers offer features feature
        includes include provides gives give and or but so with which that plus while because since also as well if for
        from of in on at by to into you your you're yours can will lets let use used using uses works work working fits
        fit suits suit goes go going one ones both each too there here up out per then when where them they their i we
        our us me my what who any all some every other about like just product item option choice type model shopper
        shoppers though although yet however still even besides does do did record meet meets match matches makes
        brings keeps among were met being another next after made
        through via""",
    )
)
"""Words that claim nothing by themselves. No praise, no comparison, no negation is among them."""
_PRAISE = (
    "best better greatest great good perfect amazing awesome excellent superb outstanding incredible ultimate finest "
    "top leading favorite favourite ever never always guaranteed unbeatable cheapest fastest lightest strongest must"
)
"""Words of a title that tell nothing: who writes titles praises, and a rationale does not."""
_DEGREES = (
    "lightest heaviest most least longest shortest largest biggest smallest quietest loudest highest lowest cheapest "
    "dearest thinnest thickest brightest fastest slowest strongest best only these"
)
"""Words that compare: what holds for one set of products, and not by itself."""
_NEGATIONS = (
    "no not without lack lacks lacking missing none nothing neither nor never cannot can't isn't doesn't hasn't"
)
_ON_RECORD = "record mention mentions mentioned list lists listed name names named state states stated say says"
_FORMS = {
    "weigh": "weight", "tall": "height", "wide": "width", "long": "length", "deep": "depth", "thick": "thickness",
    "buy": "bought", "connectivity": "connect",
}  # fmt: skip
"""Words that say the same as the word that records use."""
_ABOUT_PRODUCT = frozenset({"name", "kind", "brand"})

Words = frozenset[str]
Numbers = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class _Statements:
    """The evidence as words: what the product is called, its attributes, and what ties it to the shopper.

    `asked` is what was asked for, `compared` the comparisons; `absent` what is said to be missing, each with whether
    only the record is silent. `asked_numbers` stand in what was asked, `numbers` in all else. `quoted` is what buyers
    wrote, as it is attributed.
    """

    named: Words
    kind: Words
    heads: Words
    attributes: tuple[tuple[Words, Words], ...]
    ties: tuple[tuple[Words, Words], ...]
    asked: tuple[Words, ...]
    compared: tuple[Words, ...]
    absent: tuple[tuple[Words, bool], ...]
    numbers: Numbers
    asked_numbers: Numbers
    quoted: frozenset[str]


def unsupported(text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The words of the text that no statement of the evidence supports, in order; () when all is supported."""
    statements = _statements(tuple(evidence))
    found: list[str] = []
    for clause in clauses(text):
        found += _unsupported(clause, statements)
    found += _miscalled(text, statements)
    return tuple(found)


def claims(text: str) -> list[str]:
    """The clauses of the text that claim something: those with a word that is not free."""
    return [clause for clause in clauses(text) if any(word not in _FREE for word in _words(clause))]


def clauses(text: str) -> list[str]:
    """The text cut where one claim ends and the next begins; a quotation of a buyer is one claim."""
    found: list[str] = []
    end = 0
    for quotation in _QUOTATION.finditer(text):
        found += _cut(text[end : quotation.start()])
        found.append(quotation[0])
        end = quotation.end()
    return [*found, *_cut(text[end:])]


def _cut(text: str) -> list[str]:
    return [part.strip() for part in _CLAUSE_END.split(text) if part and part.strip()]


def supported_part(text: str, evidence: Sequence[Evidence]) -> str:
    """The longest beginning of the text up to a comma, or the whole, that is supported; "" for none."""
    if text.strip() and not unsupported(text, evidence):
        return text.strip()
    for cut in reversed([found.start() for found in _SENTENCE_PART.finditer(text)]):
        if not unsupported(text[:cut], evidence):
            return text[:cut].strip()
    return ""


def checked_prefix(text: str, evidence: Sequence[Evidence]) -> str:
    """The longest beginning of a text still being written that ends with a whole clause and is supported."""
    good = ""
    for found in _CLAUSE_END.finditer(text):
        if unsupported(text[: found.start()], evidence):
            break
        good = text[: found.start()]
    return good.rstrip()


def _unsupported(clause: str, known: _Statements) -> tuple[str, ...]:
    if _QUOTATION.fullmatch(clause):
        return () if clause in known.quoted else (clause,)
    words = _words(clause)
    said = {word for word in words if word not in _FREE}
    # A value that stands there whole is no comparison and no denial, whatever words it has: "tilt only".
    whole = {word for _, value in known.attributes if value <= said for word in value}
    if not {"you", "your"}.isdisjoint(words):
        if not _ASKING.isdisjoint(words):
            return _unsupported_of_asking(words, known) or _mismeasured(words, known.asked_numbers)
        found = _unsupported_of_shopper(words, known)
    elif (said & _stems(_NEGATIONS)) - whole:
        found = _unsupported_absence(words, known)
    elif (said & _stems(_DEGREES)) - whole:
        found = _unsupported_comparison(words, known)
    else:
        found = _unsupported_feature(words, known)
    return found or _mismeasured(words, known.numbers)


def _unsupported_feature(words: Sequence[str], known: _Statements, also: Words = frozenset()) -> tuple[str, ...]:
    claimed = [word for word in words if word not in _FREE]
    said = set(claimed)
    ties = frozenset(word for before, _ in known.ties for word in before)
    # Of what was asked and has no bound, the evidence holds that the record supports it.
    asked = frozenset(word for one in known.asked if not any(map(_is_number, one)) for word in one)
    support = known.named | ties | asked
    for name, value in known.attributes:
        support |= value
        # A feature that is named must come with its value: "has a drive" says nothing, or something else.
        if not value or said & value:
            support |= name
    return tuple(word for word in claimed if word not in support | also)


def _unsupported_comparison(words: Sequence[str], known: _Statements) -> tuple[str, ...]:
    """A comparison stands in the evidence when all words of one statement are said, and no other one compares."""
    said = set(words)
    held: Words = frozenset().union(*(one for one in known.compared if one <= said))
    return _unsupported_feature(words, known, held) or tuple((said & _stems(_DEGREES)) - held)


def _unsupported_absence(words: Sequence[str], known: _Statements) -> tuple[str, ...]:
    """What is denied must be all of one statement; of a silent record, only the record may be spoken of."""
    claimed = [word for word in words if word not in _FREE]
    on_record, denials = _stems(_ON_RECORD), _stems(_NEGATIONS)
    for missing, silent in known.absent:
        if not missing <= set(claimed) or (silent and on_record.isdisjoint(words)):
            continue
        if sum(word in denials for word in words) == 1 and set(claimed) <= missing | on_record | denials | known.kind:
            return ()
    return tuple(claimed)


def _unsupported_of_asking(words: Sequence[str], known: _Statements) -> tuple[str, ...]:
    """Something that was asked for must be named, and nothing else but the kind of thing."""
    claimed = [word for word in words if word not in _FREE]
    asked: Words = frozenset().union(*known.asked, *(missing for missing, _ in known.absent))
    if asked.isdisjoint(claimed):
        return tuple(claimed) or tuple(word for word in words if word in _ASKING)
    return tuple(word for word in claimed if word not in asked | known.kind)


def _unsupported_of_shopper(words: Sequence[str], known: _Statements) -> tuple[str, ...]:
    place = words.index("your") if "your" in words else len(words)
    left = [word for word in words[:place] if word not in _FREE]
    right = [word for word in words[place:] if word not in _FREE]
    missing = [tuple(left + right)]
    for before, behind in known.ties:
        # "you bought the ..." has no "your": then both parts of the statement may be spoken of.
        of_left = before | known.named if right else before | behind
        missing.append(tuple([w for w in left if w not in of_left] + [w for w in right if w not in behind]))
    return min(missing, key=len)


def _mismeasured(words: Sequence[str], numbers: Numbers) -> tuple[str, ...]:
    """Numbers that stand before another word than in the evidence: "14 W" where it says "14 in" and "65 W".

    A number that ends a statement may stand before any word that claims nothing.
    """
    found = []
    for number, behind in _numbers(words):
        known = numbers.get(number, frozenset())
        if behind not in known and not ("" in known and (behind in _FREE or not behind)):
            found.append(number)
    return tuple(found)


def _miscalled(text: str, known: _Statements) -> list[str]:
    """What "this ..." is called, where it is neither the product's kind nor one of its features."""
    called = [_words(found[1])[-1] for found in _SUBJECT.finditer(fold(_QUOTATION.sub(" ", text)))]
    return [word for word in called if word not in known.heads and word not in _FREE]


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _numbers(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each number with the word behind it, "" at the end."""
    return [(word, behind) for word, behind in pairwise([*words, ""]) if _is_number(word)]


@lru_cache(maxsize=64)
def _statements(evidence: tuple[Evidence, ...]) -> _Statements:
    named: set[str] = set()
    kind: set[str] = set()
    heads: set[str] = set()
    attributes = []
    ties = []
    asked = []
    compared = []
    absent = []
    numbers: dict[str, set[str]] = defaultdict(set)
    asked_numbers: dict[str, set[str]] = defaultdict(set)
    quoted = frozenset(one.text for one in evidence if one.source in FRAMES)
    for one in evidence:
        if one.source in FRAMES:
            continue
        words = _words(one.text)
        claimed = frozenset(word for word in words if word not in _FREE)
        for number, behind in _numbers(words):
            # A name may end at its number: "your Slate 14".
            ends = one.source in TIES or (behind in _FREE and one.source not in FACTS)
            (asked_numbers if one.source == "asked" else numbers)[number].update({behind, ""} if ends else {behind})
        if one.source in _ABOUT_PRODUCT:
            told = _stems(f"{_PRAISE} {_DEGREES} {_NEGATIONS}")
            named.update(word for word in words if one.source != "name" or word not in told)
            if one.source in {"kind", "brand"} and words:
                heads.add(words[-1])
            kind.update(words if one.source == "kind" else ())
        elif one.source in FACTS:
            name, _, value = one.text.rpartition(":")
            attributes.append((frozenset(_words(name)), frozenset(_words(value))))
            for number, behind in _numbers(_words(value)):
                # "buttons: 7" may be told as "7 buttons".
                numbers[number].update(() if behind else _words(name)[:1])
            heads.update(_words(name or value)[-1:])
        elif one.source == "asked":
            asked.append(claimed)
        elif one.source == "against" and claimed & _stems(_NEGATIONS):
            silent = one.text.endswith(" record")
            absent.append((claimed - _stems(_NEGATIONS) - _stems(_ON_RECORD), silent))
        elif one.source in {"compared", "against"}:
            compared.append(claimed)
        else:
            before, _, behind = one.text.partition(" your ") if " your " in one.text else one.text.partition(" the ")
            ties.append((frozenset(_words(before)), frozenset(_words(behind))))
    return _Statements(
        frozenset(named),
        frozenset(kind),
        frozenset(heads),
        tuple(attributes),
        tuple(ties),
        tuple(asked),
        tuple(compared),
        tuple(absent),
        {number: frozenset(behind) for number, behind in numbers.items()},
        {number: frozenset(behind) for number, behind in asked_numbers.items()},
        quoted,
    )


def _words(text: str) -> list[str]:
    """The words of a text in the form in which they are compared: folded, singular, numbers as written."""
    found = []
    for word in _WORD.findall(fold(text).replace("’", "'")):
        if word[0].isdigit():
            found.append(word.replace(",", "."))
        else:
            found.append(word if word in _FREE else _stem(word))
    return found


@lru_cache(maxsize=8)
def _stems(words: str) -> Words:
    return frozenset(_stem(word) for word in words.split()) | frozenset(words.split())


def _stem(word: str) -> str:
    base = singular(word.removesuffix("'s"))
    for ending in ("ing", "ed", "ly", "ion"):
        if base.endswith(ending) and len(base) > len(ending) + 3:
            return _form(base.removesuffix(ending))
    return _form(base.removesuffix("e") if len(base) > 4 else base)


def _form(base: str) -> str:
    return _FORMS.get(base, base)
