"""What a message names in so many words: a product by its whole title, or a variant of the one that is spoken of.

A title that stands in the message goes before everything that was shown or asked about earlier. Knows nothing of who
read the message, and nothing of retrieval.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.dialogue import Session
from assistant.records import OPINION
from assistant.tokens import WORD, unowned
from assistant.variants import absent_option, named_options
from index.catalog import Constraints, Product
from index.folder import Shop
from index.kinds import kind_key_of, singular

_LOOKED_THROUGH = 40
"""Products whose titles are looked for in a message."""
_FOR_WHOM = frozenset({"man", "woman", "men", "women", "mens", "womens", "kid", "boy", "girl", "unisex"})
"""Words before a name that shoppers leave out."""
_OF_ONE = re.compile(
    r"\bhow much (?:is|are|does|do|for)\b|\bwhat (?:does|do|is|are|sizes?|colou?rs?)\b|\b(?:price|cost) of\b"
    r"|^\W*(?:(?:and|so|but|ok(?:ay)?|hi|hello)\W+)*(?:is|are|does|has|have) (?:the|your|this|that)\b",
    re.IGNORECASE,
)
"""A question about a product that is named behind it."""
_HAVE = re.compile(r"\b(?:have|got|sell|carry|stock|get)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(
    r"^\W*(?:(?:and|or|ok(?:ay)?|so|then|what about|how about|do you have (?:it|them|that|this)"
    r"|is it (?:there|available))\W+)*"
    r"(?:(?:in|size|a|an|the)\b|\d|x{0,3}[sml]\b|\w+\W*$)",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*(?:is|are) (?:it|they|this one|that one)\b", re.IGNORECASE)
_IN_STOCK = re.compile(r"\b(?:in stock|available|sold out)\b", re.IGNORECASE)
_SHORT = 8
"""Words of a message that goes on about what was spoken of."""
_PHRASE = re.compile(r"\b(?:the|your|that|this|an?)\s+(?P<words>[\w'’&+-]+(?: [\w'’&+-]+){1,6})", re.IGNORECASE)


def titled(text: str, shop: Shop) -> tuple[str, ...]:
    """The products whose whole title stands in the text: several only where one title names them all."""
    tokens = [_plain(token) for token in WORD.findall(text)]
    best: dict[str, int] = {}
    for row, _ in shop.lexical.rank(text, shop.allowed(Constraints()), _LOOKED_THROUGH):
        product = shop.rows[row]
        own = max((len(name) for name in _names(product) if _stands(name, tokens)), default=0)
        if own:
            best[product.product_id] = own
    longest = max(best.values(), default=0)
    return tuple(one for one, own in best.items() if own == longest)


def may_ask(text: str) -> bool:
    """True for a text that may be a question about a product which it names."""
    return any(pattern.search(text) for pattern in (OPINION, _OF_ONE, _HAVE))


def asks_of_named(text: str, product: Product) -> bool:
    """True for a question about a product that the text names: what it costs, what buyers say, one of its variants."""
    if OPINION.search(text) or _OF_ONE.search(text):
        return True
    rest = _without_title(text, product)
    return bool(_HAVE.search(text) and (named_options(rest, product) or absent_option(rest, product)))


def variant_asked(text: str, session: Session, shop: Shop) -> str:
    """The product spoken of just now, of which a short message names another variant: "and in black?"; else ""."""
    last = session.turns[-1] if session.turns else None
    if last is None or last.shown_ids or last.request.act not in ("question", "cart"):
        return ""
    spoken = [one for one in last.request.anchor_ids if one in shop.products]
    if len(spoken) != 1 or len(text.split()) > _SHORT:
        return ""
    if _OF_IT.match(text) and _IN_STOCK.search(text):
        return spoken[0]
    return spoken[0] if _ELLIPTIC.match(text) and names_variant(text, shop.products[spoken[0]]) else ""


def names_variant(text: str, product: Product) -> bool:
    """True when the text names an option that the product's variants have, or a color or size that none has."""
    return bool(product.variants and (named_options(text, product) or absent_option(text, product)))


def misnamed(text: str, product: Product) -> str:
    """The name that a text gives a product and that it does not have: "Lumo Lengthening Mascara" for the Lumo
    Waterproof Mascara; "" where the text does not name it by its maker, or every word of the name is its own.
    """
    maker = [_plain(word) for word in WORD.findall(product.brand)]
    kind = {_plain(word) for word in WORD.findall(f"{kind_key_of(product)} {product.kind}")}
    held = {
        _plain(word)
        for told in (
            product.title,
            product.description,
            *(value for own in product.attributes.values() for value in own),
        )
        for word in WORD.findall(told)
    }
    for found in _PHRASE.finditer(text):
        spoken = WORD.findall(found["words"])
        plain = [_plain(word) for word in spoken]
        heads = [place for place, word in enumerate(plain) if word in kind]
        if not maker or plain[: len(maker)] != maker or not heads:
            continue
        between = plain[len(maker) : heads[0]]
        if between and any(word not in held for word in between):
            return " ".join(spoken[: heads[-1] + 1])
    return ""


def _names(product: Product) -> Iterator[Sequence[str]]:
    """The title as it may be said: whole, its part before what is added, and without whom it is for. A name of which
    nothing but the kind is left names no product.
    """
    kind = {_plain(word) for word in WORD.findall(f"{kind_key_of(product)} {product.kind}")}
    head = re.split(r"[,;(|]| - ", product.title, maxsplit=1)[0]
    for told in dict.fromkeys((product.title, head)):
        words = [_plain(word) for word in WORD.findall(told)]
        for name in (words, words[1:] if words[:1] and words[0] in _FOR_WHOM else []):
            if len(name) > 1 and set(name) - kind:
                yield name


def _stands(name: Sequence[str], tokens: Sequence[str]) -> bool:
    size = len(name)
    return any(list(tokens[place : place + size]) == list(name) for place in range(len(tokens) - size + 1))


def _without_title(text: str, product: Product) -> str:
    own = {_plain(word) for word in WORD.findall(product.title)}
    return " ".join(word for word in text.split() if _plain(word.strip(".,;:!?")) not in own)


def _plain(word: str) -> str:
    return singular(unowned(word))
