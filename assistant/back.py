"""Going back to what was sought before: "back to the laptops", "the desks again".

Knows the turns of a session. What held when the thing was sought holds again; a maker refused meanwhile stays refused.
"""

import re
from dataclasses import replace

from assistant.anchors import windows
from assistant.dialogue import Session
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.lexical import terms

_BACK = re.compile(
    r"(?:\b(?:let['’]?s |let us |can we |could we |can you |please |i want to |i['’]?d like to |we |take me |i['’]?m )*\b(?:(?:go(?:ing)? |get(?:ting)? |com(?:e|ing) |switch |jump )?back to|return(?:ing)? to|again to))"
    r"(?! (?:school|college|uni(?:versity)?|work|basics|(?:you|me|us)\b|normal|back\b|(?:(?:the|a|an|any|this|that|your|our|my|another|local|nearest) )*(?:store|shop|branch|seller|sender)\b(?! brand)))"
    r"(?![^,.;:!?]*\b(?:(?:next|this|last) (?:week|month|year|term|semester|spring|summer|autumn|fall|winter|[a-z]+day)|tomorrow|on [a-z]+days?)\b)"
    r" (?:the |my |our |those |these |looking at |looking for |that )*(?P<what>[\w'’ -]{2,40}?)(?= (?:search|thing|topic|question|again|now|please|then)\b|[,.;:!?]|\s+(?:but|and|with|under|below|for|in|from|not|which|that)\b|$)"
    r"(?: (?:search|thing|topic|question|again|now|please|then)\b)*"
    r"|^\W*(?:(?:ok(?:ay)?|so|and|now|then)\W+)*(?:what about |how about |show me )?(?:the|my|those) (?P<again>[\w'’-]+(?: [\w'’-]+){0,2}?) (?:again|from (?:before|earlier))\b"
    r"|^\W*(?:(?:ok(?:ay)?|so|and|now|then|please)\W+)*(?:go back|(?:the )?(?P<last>previous|first) (?:search|thing|topic|one before))(?: please| again)?\W*$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:^|[^\w\s]|\b(?:and|or|so|but|ok(?:ay)?|now|then|well|right|yes|yeah|no|please|thanks|actually|anyway|maybe|just|rather|again|oh|hm+|i|we|me|us|want|like|think|guess|would|should|could|can|let)\b)\s*$",
    re.IGNORECASE,
)
"""What stands before words of going back; behind anything else they are a thing's way back: "my money back to the card"."""
_POLITE = re.compile(
    r"\W*(?:(?:please|pls|now|then|again|ok(?:ay)?|great|right|fine|yes|so|and|well|thanks|thank you|actually|let['’]?s|let us|(?:can|could) (?:i|we|you)|(?:bring|take) me|i want to|i['’]?d like to|we|by the way|btw|oh|also|for me)\b\W*)*",
    re.IGNORECASE,
)


def back_to(text: str) -> tuple[str, str] | None:
    """What a message goes back to, and the message without these words; None when it goes on.

    "" is what was sought before this, "first" what was sought first.
    """
    found = _BACK.search(text)
    if not found or not _LEADS.search(text[: found.start()]):
        return None
    what = (found["what"] or found["again"] or found["last"] or "").strip()
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,.;:!?")
    return ("" if what in ("previous", "last", "earlier") else what), ("" if _POLITE.fullmatch(rest) else rest)


def gone_back(session: Session, text: str, words: Vocabulary) -> tuple[Session, str] | None:
    """The session as it was when the thing that the message goes back to was sought, and the rest of the message."""
    went = back_to(text)
    if went is None:
        return None
    what, rest = went
    said = WORD.findall(what)
    kinds = {kind for start, size in windows(len(said)) for kind in words.kinds(said[start : start + size])}
    spoken = {term for word in said for term in terms(word)}
    topic = session.topic
    places = [place for place, turn in enumerate(session.turns) if turn.request.wants_products]
    # The first search is the whole of it, with what was said about it later.
    begun = session.turns[places[0]].request.kinds if places else ()
    for place in reversed(places):
        request = session.turns[place].request
        if not what:
            about = topic is not None and not set(request.kinds) & set(topic.kinds)
        elif what == "first":
            about = bool(set(request.kinds) & set(begun)) or place == places[0]
        else:
            about = bool(kinds & set(request.kinds) or (not kinds and spoken & set(terms(request.query))))
        if about:
            return _restored(session, place), rest
    return None


def _restored(session: Session, place: int) -> Session:
    """The session as it was after a turn, but for the makers refused: those of now, refused meanwhile or not taken back."""
    turn, refused = session.turns[place], session.constraints.not_brands
    held = replace(
        turn.request.constraints,
        brands=tuple(name for name in turn.request.constraints.brands if name not in refused),
        not_brands=refused,
    )
    request = replace(turn.request, constraints=held)
    return replace(session, turns=(*session.turns[:place], replace(turn, request=request)))
