"""What a thing needs, put as one asks for it: "my printer needs new ink" is "new ink for my printer".

By patterns of plain English; and whether any record of what is sought speaks of the thing it is for. Knows nothing of
what fits what (`companion`).
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.phrases import PEOPLE, PLACES
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.catalog import fold
from index.folder import Shop
from index.kinds import kind_key_of, singular

_NEEDS = re.compile(
    r"(?:^|[,.;:!?–-]\s*|\b(?:and|but|so|because|since|as|hi|hello|hey|ok(?:ay)?) )(?P<thing>(?:my|our)(?! (?:new|next|future)\b)(?: [\w'’-]+){1,4}?)(?<! one)(?<! ones) (?:really |badly |urgently |also |now |definitely )*"
    r"(?:needs?|requires?|wants|lacks|is (?:missing|lacking|(?:in need|out|short) of|(?:running )?(?:low on|out of))|(?:has |have )?(?:ran|run) out of|could (?:use|do with)|can use)"
    r" (?P<what>(?!(?:to|an?other to|more to|it|that|this|them|me|you|replacing|replacement$|help|too|very|at (?:least|most)|over|under|up|between)\b|\d)[\w'’-]+(?: [\w'’-]+)*?)"
    r"(?=\W*(?:$|[,.;:!?])|\s+(?:and|but|so|because|under|below|for|with|from|by|that|which|not|no|without|around|over|please|pls|soon|in|at|as|can|do|have|what|any)\b)",
    re.IGNORECASE,
)
_PERSON_OR_PLACE = re.compile(rf"^(?:my|our)(?: [\w-]+)? {PEOPLE}$|{PLACES.pattern}$", re.IGNORECASE)
_FOR_MINE = re.compile(r"\bfor (?:my|our) (?P<thing>(?:[\w'’-]+ ?){1,4})", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:and|but|so|under|below|for|with|from|by|that|which|not|no|without|around|over|please|pls|in|at|is|it|i)\b",
    re.IGNORECASE,
)


def asked_for(text: str, words: Vocabulary) -> str:
    """The message with what a thing of the shopper's needs put as asked for; other messages as they are."""
    found = _NEEDS.search(text)
    if not found or _PERSON_OR_PLACE.search(found["thing"]) or not _named(WORD.findall(found["thing"])[1:], words):
        return text
    return f"{text[: found.start('thing')]}{found['what']} for {found['thing']}{text[found.end() :]}"


def _named(thing: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The kinds that a thing's name ends with: "desk lamp" of "old desk lamp"."""
    return next((kinds for size in (3, 2, 1) if (kinds := words.kinds(thing[-size:]))), ())


def sought_for_own(word: str, text: str) -> bool:
    """True where the word names what is sought for a thing of the shopper's: "descaler for my coffee machine"."""
    return re.search(rf"\b{re.escape(word)} for (?:my|our)\b", text, re.IGNORECASE) is not None


def made_for_none(text: str, kinds: Sequence[str], shop: Shop, words: Vocabulary) -> str:
    """The thing of the shopper's that the kinds are sought for, where no record of theirs speaks of it; "" elsewhere.

    Things that go together by what is declared and bought need no word of it.
    """
    found = _FOR_MINE.search(text)
    if not found or not kinds:
        return ""
    name = _ENDS.split(found["thing"], maxsplit=1)[0].strip()
    tokens = WORD.findall(name)
    if not tokens or _PERSON_OR_PLACE.search(f"my {name}"):
        return ""
    hosts, head = _named(tokens, words), singular(fold(tokens[-1]))
    if not hosts or set(hosts) & set(kinds) or any(head in kind.split() for kind in kinds):
        return ""
    if any(not set(kinds).isdisjoint(shop.companions.kinds_with(host)) for host in hosts):
        return ""
    # "Notebook" speaks of a laptop as well.
    spellings = ([word.lower() for word in tokens[-2:]], *(host.split() for host in hosts))
    told = np.logical_or.reduce(
        [np.logical_and.reduce([shop.lexical.scores(word) > 0 for word in one]) for one in spellings]
    )
    spoken = any(told[row] and kind_key_of(one) in kinds for row, one in enumerate(shop.rows))
    return "" if spoken else name
