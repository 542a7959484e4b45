"""Questions about the shop, answered from its own documents: quoted and cited, or "I do not know".

Every sentence about the shop is one of its documents', or is read off its promotions (`assistant/promoted.py`). Also
the guides worth reading beside products. Knows nothing of what was shown.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.dialogue import Request
from assistant.languages import reply_texts
from assistant.promoted import asks_for_promotions, promotion_text
from index.asked import asked_terms
from index.documents import Found, Passage, sentences
from index.folder import Shop
from index.kinds import kind_key
from index.lexical import terms

THRESHOLD = 0.47
"""From this score on a passage answers a question; chosen by `python -m evals.questions`."""

_NEARLY = 0.05
"""How much less a second passage may score to be quoted beside the first."""

SURE = 0.6
"""From this score on a question that names no kind of product is one about the shop."""

NEAREST = 0.38
"""From this score on the nearest passage is shown, as such, under the words that it is not known."""

GUIDES = 2
_FEW_KINDS = 4
_GUIDE_WORDS = 0.25
"""The share of what is sought beside the kind that a section must have to be preferred to the first of its document."""

_QUOTED_WHOLE = 320
"""Characters up to which a passage is quoted whole: a condition often stands beside the sentence asked for."""

_CONTACT = re.compile(r"\b(?:contact|reach us|customer (?:service|care|support)|help ?desk)\b", re.IGNORECASE)

_QUESTION = re.compile(
    r"\s*(?:any|are|can|could|do|does|did|has|have|how|is|may|must|what|what's|when|where|which|who|will|would)\b|.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)

# What frames a quotation, in English; the words of other languages stand in their dictionaries.
_ENGLISH = {
    "quoted": "From “{document}”, {heading}: “{quoted}”",
    "not_known": "I do not know: the store's documents do not say that.",
    "nearest_passage": "What comes nearest:",
    "ask_store": "Please ask the store.",
}


def answer(
    question: str, shop: Shop, today: date, language: str = "", about: Sequence[str] = ()
) -> tuple[str, tuple[Passage, ...]]:
    """What the shop's promotions or documents say to a question, and the passages quoted; else that it is not known.

    The quoted sentences are as the documents have them; `language` ("es", "de", "fr", "zh", "ja") is that of the words
    around them. `about` are the products that "this" points at.
    """
    offered = promotion_text(question, shop, today, about)
    if offered:
        return offered, ()
    found = find_passages(question, shop)
    if not found or found[0].score < THRESHOLD:
        contact = contact_passages(shop)
        near = [one for one in found[:1] if one.score >= NEAREST and one.passage not in contact]
        said = [unknown_text(shop, language)]
        said += [
            f"{_texts(language)['nearest_passage']} {quotation(one.passage, one.sentence, language)}" for one in near
        ]
        return " ".join(said), (*contact, *(one.passage for one in near))
    quoted = " ".join(quotation(one.passage, one.sentence, language) for one in found)
    return quoted, tuple(one.passage for one in found)


def asks_the_house(message: str, shop: Shop, kinds: Sequence[str] = ()) -> bool:
    """True for a question about promotions, or one that a policy of the shop surely answers.

    `kinds` are those that the message was understood to seek: a question about a product is not taken for one about
    the shop, but its promotions may be asked for.
    """
    if not _QUESTION.match(message):
        return False
    if shop.promotions and asks_for_promotions(message, shop):
        return True
    if kinds or not shop.documents:
        return False
    vector = shop.embedder.embed([message])[0]
    found = shop.documents.find(message, vector, 1, "policy")
    return bool(found) and found[0].score >= SURE


def find_passages(question: str, shop: Shop) -> list[Found]:
    """The passage that answers a question best, well or not, and the second where it is nearly as good."""
    if not shop.documents:
        return []
    vector = shop.embedder.embed([question])[0]
    found = shop.documents.find(question, vector, 2)
    return [one for one in found if one.score >= found[0].score - _NEARLY]


def quotation(passage: Passage, sentence: int = 0, language: str = "") -> str:
    """A passage's own words, with document and heading; of a long one, the sentence and the next."""
    told = sentences(passage)
    whole = len(passage.text) <= _QUOTED_WHOLE
    quoted = " ".join(told if whole else told[sentence : sentence + 2])
    return _texts(language)["quoted"].format(
        document=passage.document, heading=passage.heading or passage.document, quoted=quoted
    )


def unknown_text(shop: Shop, language: str = "") -> str:
    """That the documents do not say it, and whom to ask, as they name them."""
    texts, contact = _texts(language), contact_passages(shop)
    return f"{texts['not_known']} {quotation(contact[0], 0, language) if contact else texts['ask_store']}"


def _texts(language: str) -> Mapping[str, str]:
    return {**_ENGLISH, **reply_texts(language)}


def contact_passages(shop: Shop) -> tuple[Passage, ...]:
    """The passage that says how to reach the shop, none where no heading speaks of it."""
    for passage in shop.documents.passages:
        if passage.kind == "policy" and _CONTACT.search(" ".join([passage.document, *passage.headings])):
            return (passage,)
    return ()


def guides_for(request: Request, shop: Shop) -> tuple[Passage, ...]:
    """What is worth reading before choosing among the kinds sought: a section each of at most two guides or articles.

    None where the choice is made already: for a thing that goes with or is like another, for the cheapest of a kind.
    The section is the one that speaks of what is sought beside the kind, else the first.
    """
    kinds = {kind_key(kind.split(">")[-1]) for kind in request.kinds}
    if request.act != "find" or not kinds or request.anchor_ids or request.order:
        return ()
    documents: dict[str, list[Passage]] = {}
    for passage in shop.documents.passages:
        if passage.kind != "policy" and kinds & {kind_key(name) for name in passage.about}:
            documents.setdefault(passage.file, []).append(passage)
    sought = asked_terms(" ".join([request.query, *request.preferences]))
    named = {term for kind in (*request.kinds, *kinds) for term in terms(kind)}
    # The document for fewest other things first: a guide to monitors before an article about the office.
    ordered = sorted(documents.values(), key=lambda own: (len(own[0].about), own[0].file))
    beside = [term for term in sought if term not in named]
    chosen = [_section(_telling(own, named, request.bundle), beside) for own in ordered]
    return tuple(passage for passage in chosen if passage is not None)[:GUIDES]


def _telling(passages: list[Passage], named: set[str], bundle: bool) -> list[Passage]:
    """The sections that may be shown: of a document about many kinds, where one is sought, those that name it."""
    if bundle or len(passages[0].about) <= _FEW_KINDS:
        return passages
    return [one for one in passages if named & set(terms(f"{one.heading} {one.text}"))]


def _section(passages: list[Passage], sought: list[str]) -> Passage | None:
    """The passage that has most of the sought terms, else the first; None without any."""
    if not passages or not sought:
        return passages[0] if passages else None
    shares = [len(set(sought) & set(terms(f"{one.heading} {one.text}"))) / len(sought) for one in passages]
    best = max(range(len(passages)), key=lambda place: (shares[place], -place))
    return passages[best] if shares[best] >= _GUIDE_WORDS else passages[0]
