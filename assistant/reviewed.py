"""What buyers wrote, as evidence: whole sentences of a product's reviews, quoted word for word and attributed.

A sentence is chosen by the words that it shares with what was asked, and by whether it praises or faults that. What is
neither is quoted only where a question asks for it. A review is data: its text enters no prompt, and a sentence that
speaks to a machine, tells an address or is about another product is not quoted. Knows nothing of language models.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue import Evidence
from assistant.topics import TOPICS, Topic
from index.catalog import Product, fold
from index.lexical import terms

FOR, AGAINST = "review", "review_against"
"""Sources of evidence: a sentence of a review that speaks for the product, and one that speaks against it."""
FRAMES: Mapping[str, str] = {FOR: "One buyer writes: “{}”", AGAINST: "Against it, one buyer writes: “{}”"}
REVIEWS_READ = 100
"""Reviews of a product that are looked through."""
LONGEST = 160
"""Characters that a quoted sentence has at most."""
_SHORTEST = 3
_CUT_OFF = 2_000
"""Characters from which on the end of a review may have been cut off in its feed."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\sa-z])|\n+")
_ENDS = re.compile(r"[.!…]$")
_CLAUSE = re.compile(
    r"[,;:()]|\s[-–—]+\s|\b(?:but|although|though|however|yet|except|while|whereas|still)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_QUOTED = re.compile(
    r"[\"“”«»<>{}\[\]|`\\@#]|https?:|www\.|\b[\w-]+\.(?:com|net|org|io|info|biz)\b|\+?\d[\d ()-]{6,}\d"
    # What speaks to a machine, or tells who is to buy what.
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b"
    r"|\b(?:system|developer|assistant|prompt|instructions?)\s*:"
    r"|\b(?:as an ai|language model|chatbot|assistants?|gpt)\b"
    r"|\b(?:system prompt|you (?:must|should|have to|are now)|always recommend)\b"
    # What is about another product, or about what is not so.
    r"|\b(?:old|previous|former|earlier|competing) \w+"
    r"|\b(?:last|other|another) (?:one|pair|model|brand|version|product)\b"
    r"|\b(?:if (?:only|it|you)|as long as|could have|unlike|instead of)\b"
    r"|\bwould(?:n['’]t)? (?:be|have|love|like|prefer)\b",
    re.IGNORECASE,
)
_PRAISES = frozenset(
    terms(
        """good great excellent fantastic superb amazing awesome perfect perfectly lovely loved wonderful brilliant
        impressive impressed happy pleased satisfied glad nice nicely reliable reliably solid sturdy robust comfortable
        comfy effortless smooth smoothly crisp vivid accurate precise responsive beautiful handy useful ideal recommend
        recommended enjoy enjoyed worth neat pleasant pleasantly
        wonderfully beautifully superbly flawless flawlessly stable delicious snug"""
    )
)
_FAULTS = frozenset(
    terms(
        """bad poor poorly terrible awful horrible disappointing disappointed disappointment weak broke broken breaks
        useless cheap flimsy wobbly wobbles unreliable slow sluggish laggy lag lags dim blurry dull unclear difficult
        annoying annoys uncomfortable stiff hurts hurt loose rattles rattle creaks creak faulty defective scratches
        scratched stopped failed fails fail drops leak leaks leaked returned refund regret worse worst waste problem
        problems issue issues fiddly awkward bitter stale tears tore peels peeled overheats stuck missing lacks lacking
        unfortunately sadly mediocre barely struggles struggle wish hoped expected supposed should complaint complaints
        only merely needs"""
    )
)
_DENIALS = frozenset(
    [
        *("not", "no", "never", "without", "hardly", "nothing", "nor", "none", "cannot", "isn't", "wasn't", "doesn't"),
        *("don't", "didn't", "can't", "couldn't", "won't", "aren't", "weren't", "hasn't", "haven't", "less", "too"),
    ]
)
"""Words that turn the next ones round; "too loud" is no praise of loudness either."""
_REACH = 3
"""Words behind a denial that it turns round."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of a review, as it is written. `favour` is above 0 where it praises what was asked, below 0 where
    it faults that, 0 where it does neither plainly; `plain` is True where nothing in it speaks the other way. `review`
    is the place of the review that it stands in.
    """

    text: str
    favour: int
    plain: bool = True
    review: int = 0


def quotes(product: Product, asked: str) -> tuple[Quote, ...]:
    """The sentences of the product's reviews that bear on what is asked, those that say most about it first."""
    topics = _topics(asked, product)
    if not topics or not product.reviews:
        return ()
    found: list[tuple[int, bool, int, int, Quote]] = []
    for place, (review, sentence) in enumerate(_sentences(product.reviews)):
        said = _said(sentence)
        shared = tuple(topic for topic in topics if topic.about & said)
        if shared:
            quote = _judged(sentence, shared, review)
            found.append((-len(shared), quote.favour == 0, len(sentence), place, quote))
    return tuple(quote for *_, quote in sorted(found, key=lambda one: one[:4]))


def general_quotes(product: Product) -> tuple[Quote, ...]:
    """The sentences of the reviews that plainly praise or fault the product, whatever they speak of."""
    anything = Topic(frozenset(), frozenset(), frozenset())
    told = [_judged(sentence, (anything,), review) for review, sentence in _sentences(product.reviews)]
    return tuple(one for one in told if one.favour)


def review_evidence(product: Product, asked: str) -> tuple[Evidence, ...]:
    """What buyers wrote of what was asked: one sentence that plainly praises it and one that faults it, where there is
    one; the fault first where more of them find one.
    """
    found = quotes(product, asked)
    praises = [one for one in found if one.favour > 0 and one.plain]
    faults = [one for one in found if one.favour < 0]
    told = [evidence_of(one) for one in (*praises[:1], *faults[:1])]
    return tuple(reversed(told) if len(faults) > len(praises) else told)


def evidence_of(quote: Quote) -> Evidence:
    """A quotation as evidence: attributed, and told as what it is."""
    source = AGAINST if quote.favour < 0 else FOR
    return Evidence(source, FRAMES[source].format(quote.text))


def balanced(found: Sequence[Quote], most: int = 2) -> tuple[Quote, ...]:
    """The first quotations of those found, each of another buyer, and one of each side before a second of any."""
    sides = [
        [one for one in found if one.favour > 0],
        [one for one in found if one.favour < 0],
        [one for one in found if one.favour == 0],
    ]
    sides[:2] = sorted(sides[:2], key=len, reverse=True)
    longest = max(map(len, sides))
    ordered = [side[place] for place in range(longest) for side in sides if place < len(side)]
    buyers: dict[int, Quote] = {}
    for one in ordered:
        buyers.setdefault(one.review, one)
    return tuple(buyers.values())[:most]


def with_quotes(text: str, evidence: Sequence[Evidence]) -> str:
    """A rationale with what buyers wrote behind it; "" stays "" where they wrote nothing."""
    told = [one.text for one in evidence if one.source in FRAMES and one.text not in text]
    return " ".join(filter(None, [text, *told]))


def without_quotes(text: str, evidence: Sequence[Evidence]) -> str:
    """A rationale without what buyers wrote."""
    for one in evidence:
        if one.source in FRAMES:
            text = text.replace(one.text, "")
    return " ".join(text.split())


def _topics(asked: str, product: Product) -> tuple[Topic, ...]:
    """What the words ask about: topics that shops know, and words that are none of these; not the product's name."""
    words = set(terms(asked))
    named = set(terms(f"{product.title} {product.brand} {product.category}"))
    telling = {topic: words & (topic.about - named | topic.good | topic.bad) for topic in TOPICS}
    found = [topic.wanted(words) for topic in TOPICS if telling[topic] & topic.about and not topic.but & words]
    # "Easy to clean" is not asked of what is easy to set up.
    known = (_PRAISES | _FAULTS).union(*(topic.about | topic.good | topic.bad | topic.but for topic in TOPICS))
    rest = [word for word in words - known - named if not word.isdecimal() and len(word) > 2]
    return (*found, *(Topic(frozenset({word}), frozenset(), frozenset()) for word in sorted(rest)))


def _sentences(reviews: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The sentences of the reviews that may be quoted, each once, behind the place of its review."""
    told: set[str] = set()
    for place, review in enumerate(reviews[:REVIEWS_READ]):
        for sentence in _whole_sentences(review):
            if fold(sentence) not in told:
                told.add(fold(sentence))
                yield place, sentence


@lru_cache(maxsize=4096)
def _whole_sentences(review: str) -> tuple[str, ...]:
    parts = [" ".join(part.split()) for part in _SENTENCE_END.split(review)]
    parts = [part for part in parts if part]
    kept = []
    for place, part in enumerate(parts):
        is_whole = _ENDS.search(part) or (place == len(parts) - 1 and len(review) < _CUT_OFF and part[-1].isalnum())
        shouted = sum(map(str.isupper, part)) > len(part) / 3
        fits = len(part.split()) >= _SHORTEST and len(part) <= LONGEST
        if is_whole and fits and not shouted and not _NOT_QUOTED.search(part):
            kept.append(part)
    return tuple(kept)


def _judged(sentence: str, topics: tuple[Topic, ...], review: int) -> Quote:
    """The sentence with what it says of the topics: by the clauses that speak of them, else by the whole."""
    clauses = [part for part in _CLAUSE.split(sentence) if part.strip()]
    about = frozenset[str]().union(*(topic.about for topic in topics))
    spoken = [part for part in clauses if about & _said(part)] or clauses
    favours = [_favour(part, topics) for part in spoken]
    favour = sum(favours)
    others = [_favour(part, topics) for part in clauses]
    signs = {(one > 0) - (one < 0) for one in others} - {0}
    return Quote(sentence, (favour > 0) - (favour < 0), plain=len(signs) < 2, review=review)


def _favour(clause: str, topics: tuple[Topic, ...]) -> int:
    """How much a clause praises (above 0) or faults (below 0), by its words and what is denied of them."""
    good, bad = _words_of_favour(topics)
    score, reach = 0, 0
    for word in _words(clause):
        if word in _DENIALS:
            # "too" faults what follows, and turns no fault into praise.
            reach = -_REACH if word == "too" else _REACH
            continue
        own = _terms(word)
        value = 1 if own & good else -1 if own & bad else 0
        if value:
            score += -1 if reach < 0 else -value if reach > 0 else value
            reach = 0
        reach -= (reach > 0) - (reach < 0)
    return score


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace("’", "'"))


def _said(text: str) -> frozenset[str]:
    return frozenset[str]().union(*map(_terms, _words(text)))


@lru_cache(maxsize=50_000)
def _terms(word: str) -> frozenset[str]:
    # Shoppers write the same few thousand words: a product may have hundreds of reviews, and a turn shows several.
    return frozenset(terms(word))


@lru_cache(maxsize=64)
def _words_of_favour(topics: tuple[Topic, ...]) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """The words that praise and those that fault; what a topic knows goes before what is so in general."""
    good = frozenset[str]().union(*(topic.good for topic in topics))
    bad = frozenset[str]().union(*(topic.bad for topic in topics))
    return (_PRAISES - bad) | good, (_FAULTS - good) | bad
