"""Messages that want another thing in the place of one of a set: "a different chair", "the desk is too wide".

By patterns and the kinds of what was shown. Knows nothing of what could stand in its place.
"""

import re

from assistant.anchors import windows
from assistant.dialogue import Session
from assistant.pointing import point
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.folder import Shop
from index.kinds import kind_key_of

_OTHER = re.compile(
    r"\b(?:different|another|other|swap|switch|exchange|replace|change|instead)\b|\btoo \w+\b"
    r"|\b(?:don['’]?t|do not|dont) (?:like|want)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\d")


def swapped_out(text: str, session: Session, shop: Shop, words: Vocabulary) -> str:
    """The product of the set shown last that the message wants another for; "" where there is none, or not one."""
    topic = session.topic
    last = session.turns[-1].request if session.turns else None
    if topic is None or last is None or not last.bundle or not _OTHER.search(text) or _PRICED.search(text):
        return ""
    shown = [one for one in session.shown if one in shop.products]
    said = WORD.findall(text)
    kinds = {kind for start, size in windows(len(said)) for kind in words.kinds(said[start : start + size])}
    meant = [one for one in shown if kind_key_of(shop.products[one]) in kinds]
    if not meant:
        pointed = point(text, session, shop, words)
        meant = list(pointed.ids) if pointed.named else []
    return meant[0] if len(meant) == 1 else ""
