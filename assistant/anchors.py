"""Find what a message is about: "this laptop", "the second one", "the HP LaserJet P4014 printer".

Knows what was shown, spoken of and owned; knows nothing of what is sought.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.dialogue import Session
from assistant.phrases import ABOUT_OWNED, CHATTER, GOES_WITH, MORE_LIKE, ORDINAL, ORDINALS, PEOPLE, REVERSE
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Product, fold
from index.folder import Shop
from index.kinds import kind_key_of, singular
from index.names import model_names

_ARTICLES = frozenset({"the", "a", "an"})
_MODEL = re.compile(r"(?=.*[^\W\d])\w*\d{3}\w*")
"""A model number: letters and at least three digits."""
_BEHIND = re.compile(r"\b(?:with|for|to|fits?|complements?|like)\s*$", re.IGNORECASE)
_PHRASE_ENDS = frozenset({"for", "with", "to", "my", "this", "that", "our", "these", "that's"}) | _ARTICLES
_PERSON = re.compile(PEOPLE, re.IGNORECASE)


def find_anchor(session: Session, text: str, shop: Shop, words: Vocabulary) -> tuple[tuple[str, ...], str, str]:
    """What the message is about: product ids, the words that name it, and the message without these words.

    An ordinal ("the second one") points at what was shown last, a name at the product that carries it, and
    "this laptop", "my printer" or "it" at what was spoken of, shown or is owned.
    """
    shown = session.shown
    ordinal = ORDINAL.search(text)
    if ordinal and shown:
        place = ORDINALS[ordinal[1].lower()]
        if place < len(shown) and re.search(
            r"\b(?:one|product|option|of|with|like|than|for)\b|the ", ordinal[0] + text[: ordinal.start()]
        ):
            return (shown[place],), ordinal[0].strip(), _cut(text, ordinal.span())
    about = GOES_WITH.search(text) or MORE_LIKE.search(text) or REVERSE.search(text)
    named = _named_product(text, shop, whole=not about)
    if named:
        product, span = named
        before = text[: span[0]]
        if about or re.search(
            r"\b(?:for|with|my|this)\s+(?:the |my |this |that |a |an |new )*$", before, re.IGNORECASE
        ):
            return (product.product_id,), text[span[0] : span[1]], _cut(text, span)
    pointed = _pointed(session, text, shop, words, about=bool(about))
    if about and not (pointed and pointed[0]):
        numbered = [name for name in model_names(text) if shop.declared_names.find([name])]
        if numbered:
            # The shop does not carry the device, but products declare to work with it.
            return (), text, " ".join(word for word in text.split() if not re.search(r"\d", word))
    return pointed or ((), "", text)


def _cut(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]]} , {text[span[1] :]}"


def _named_product(text: str, shop: Shop, *, whole: bool) -> tuple[Product, tuple[int, int]] | None:
    """The product whose name stands in the text, and where: most of its telling words, or all when told so.

    A model number among them ("P4015tn") tells as much as a whole name.
    """
    tokens = [(found[0], found.span()) for found in WORD.finditer(text)]
    plain = [(singular(fold(word)), span) for word, span in tokens if fold(word) not in CHATTER]
    if len(plain) < 2:
        return None
    own = {word for word, _ in plain}
    best: tuple[float, int, Product, list[tuple[int, int]]] | None = None
    for row, _ in shop.lexical.rank(" ".join(word for word, _ in plain), shop.allowed(Constraints()), 40):
        product = shop.rows[row]
        for name in _names(product):
            telling = [word for word in name if word not in CHATTER]
            held = [word for word in telling if word in own]
            numbers = {word for word in telling if any(char.isdigit() for char in word)}
            share = len(held) / max(len(telling), 1)
            # "large format printer" is a kind; a name has its maker or a number.
            told = set(held) & ({singular(word) for word in fold(product.brand).split()} | numbers)
            model = share >= 0.5 and any(_MODEL.fullmatch(word) for word in held)
            if len(set(held)) < 2 or not told or (whole and share < 1 and not model):
                continue
            # A number in the name that the text does not have names a sibling.
            score = len(set(held)) + share - 1.5 * len(numbers - own)
            enough = model or share >= 0.6 or (len(set(held)) >= 3 and share >= 0.4)
            if enough and (best is None or score > best[0] + 1e-9):
                best = (score, row, product, [span for word, span in plain if word in telling])
    if best is None:
        return None
    spans = _together(best[3])
    return best[2], _whole_name(tokens, (spans[0][0], spans[-1][1]), best[2])


def _whole_name(
    tokens: Sequence[tuple[str, tuple[int, int]]], span: tuple[int, int], product: Product
) -> tuple[int, int]:
    """The span of a name grown over the words beside it that stand in the title too: "550 cps" of a pasted title."""
    title = {singular(word) for word in WORD.findall(fold(f"{product.brand} {product.title}"))}
    start, stop = span
    for word, (_, end) in (token for token in tokens if token[1][0] >= span[1]):
        if singular(fold(word)) not in title:
            break
        stop = stop if fold(word) in CHATTER else end
    for word, (begin, _) in (token for token in reversed(tokens) if token[1][1] <= span[0]):
        if singular(fold(word)) not in title or fold(word) in CHATTER:
            break
        start = begin
    return start, stop


def _together(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of spans that stand near each other: a name is written in one place."""
    groups: list[list[tuple[int, int]]] = [[spans[0]]]
    for span in spans[1:]:
        if span[0] - groups[-1][-1][1] <= 12:
            groups[-1].append(span)
        else:
            groups.append([span])
    return max(groups, key=len)


def _names(product: Product) -> list[list[str]]:
    """The product's names as words: its title up to the first comma or "for", and its maker with its model."""
    title = re.split(r"[,;(]| - | for ", product.title, maxsplit=1)[0]
    models = (*product.attributes.get("model", ()), *product.attributes.get("model_name", ()))
    texts = [title, *(f"{product.brand} {model}" for model in models if product.brand)]
    return [[singular(fold(word)) for word in WORD.findall(text)] for text in texts]


def _pointed(
    session: Session, text: str, shop: Shop, words: Vocabulary, *, about: bool
) -> tuple[tuple[str, ...], str, str] | None:
    """What "this laptop", "my printer" or "it" points at: what was shown, spoken of, or is owned."""
    shown = session.shown
    spoken = session.topic.anchor_ids if session.topic else ()
    owned = tuple(reversed(session.remembered))
    # The words behind are only looked at: "a case for my phone" holds two such phrases.
    for found in re.finditer(r"\b(this|that|my|the|a|an|our|these)\s+(?=((?:[\w'’-]+\s*){1,4}))", text, re.IGNORECASE):
        determiner = found[1].lower()
        tokens = list(takewhile(lambda token: not _ends_phrase(token[0]), WORD.finditer(found[2])))
        for start, size in windows(len(tokens)):
            part = tokens[start : start + size]
            kinds = words.kinds([token[0] for token in part])
            if start + size < len(tokens) and words.begins_only([token[0] for token in part]):
                continue  # "vacuum" of a vacuum cleaner is no "vacuum pack nuts"
            if not kinds or (determiner in _ARTICLES and not (about and _BEHIND.search(text[: found.start()]))):
                continue
            order = (*spoken, *shown, *owned) if determiner in ("this", "that", "these") else (*owned, *spoken, *shown)
            fitting = [one for one in order if one in shop.products and kind_key_of(shop.products[one]) in kinds]
            span = (found.start(), found.start(2) + part[-1].end())
            if fitting and (about or determiner in ("this", "that") or ABOUT_OWNED.search(text)):
                return (fitting[0],), text[span[0] : span[1]], _cut(text, span)
            if determiner in ("this", "that", "my", "our") and (about or ABOUT_OWNED.search(text)):
                # An owned thing that the history names otherwise: "printer" for a product of unknown kind.
                loose = [
                    one for one in order if one in shop.products and fold(part[-1][0]) in fold(shop.products[one].title)
                ]
                return tuple(loose[:1]), text[span[0] : span[1]], _cut(text, span)
    for found in (
        re.finditer(
            r"\b(?:with|for|to|fits?|complements?)\s+(?:an?\s+|the\s+)?((?:[\w'’-]+\s*){1,3})", text, re.IGNORECASE
        )
        if about
        else ()
    ):
        # "what goes with pasta", "with a laptop": a kind, and nobody's in particular.
        tokens = list(WORD.finditer(found[1]))
        kind: list[re.Match[str]] = next(
            (tokens[:size] for size in (3, 2, 1) if words.kinds([token[0] for token in tokens[:size]])), []
        )
        if kind:
            span = (found.start(1), found.start(1) + kind[-1].end())
            return (), text[span[0] : span[1]], _cut(text, span)
    if about and re.search(r"\b(?:it|this|that|them|these|those)\b", text, re.IGNORECASE):
        order = (*spoken, *shown[:1], *owned)
        return tuple(order[:1]), "", text
    return None


def _ends_phrase(word: str) -> bool:
    # "my dad, who loves coffee" owns no coffee; "my dad's phone" is a phone.
    return word.lower() in _PHRASE_ENDS or _PERSON.fullmatch(word) is not None


def windows(count: int) -> list[tuple[int, int]]:
    """Starts and sizes of the runs of up to three words, the longest first."""
    return [(start, size) for size in (3, 2, 1) for start in range(count - size + 1)]
