"""Talk in another language than English: which one a message is in, and the assistant's own sentences in it.

The sentences are those of the language's file; what a record says stays as the record has it, in English mostly.
Knows nothing of retrieval and ranking.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.cards import money
from assistant.dialogue import Recommendation, Request, Session
from assistant.explain import short_name
from assistant.languages import CHINESE_TALK, detect, languages, plain_key, plainly_english, reply_texts, words_of
from assistant.phrases import CHATTER, FILLERS
from assistant.rendering import Translated, in_english
from assistant.vocabulary import Vocabulary
from index.catalog import SELLABLE_NOW, Product, Span
from index.folder import Shop
from index.kinds import kind_key_of

_MISSES = (
    "price_max", "price_min", "brands", "not_brands", "categories", "not_categories", "attributes", "not_attributes",
    "in_stock", "exclude_ids",
)  # fmt: skip
_ANYWHERE = frozenset({"ok", "okay", "no", "super", "stop", "euro", "dollar"})
"""Words that are said in any language."""
_FEW = 3
"""A message of so few words that it may go on in the language of the one before."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message in another language, and what it says in plain English."""

    language: str
    translated: Translated


def spoken(text: str, session: Session, words: Vocabulary) -> Spoken | None:
    """The message in plain English; None where it is English, or in a language that nothing is known of."""
    language = language_of(text, session, words)
    return Spoken(language, in_english(text, language, words, words.foreign_kind)) if language else None


def language_of(text: str, session: Session, words: Vocabulary) -> str:
    """The language of a message; a few words that are no English go on in the language spoken before.

    Where the records are in another language, words that the message shares with them are that language's.
    """
    found = detect(text) if words.language else detect(text, words.knows)
    if not found and words.language and _at_home(text, session, words):
        return words.language
    before = session.turns[-1].request.language if session.turns else ""
    if found == "zh" and before == "ja" and not CHINESE_TALK & set(text):
        # Without kana it may be either.
        return before
    if found or before not in languages():
        return found
    said = words_of(plain_key(text))
    names = {word for name in words.brand_words for word in name.split()}
    own = [word for word in said if not (word.isdigit() or word in _ANYWHERE or word in names)]
    english = any(word in CHATTER or word in FILLERS or words.knows(word) for word in own)
    return before if said and len(said) <= _FEW and not english else ""


def _at_home(text: str, session: Session, words: Vocabulary) -> bool:
    """True for a message that may be in the language of the records: nobody speaks English in it or did before."""
    said = [word for word in words_of(plain_key(text)) if not word.isdigit()]
    before = session.turns[-1].request.language if session.turns else None
    return bool(said) and before != "" and not any(plainly_english(word, words.language) for word in said)


def told(request: Request, said: Spoken, session: Session, shop: Shop, words: Vocabulary) -> Request:
    """The request of a message as read from its English, with its language, and its doubts said in that language."""
    texts = reply_texts(said.language)
    doubts = []
    missing = [name for name in request.constraints.brands if not words.carries(name)]
    doubts += [texts["not_carried"].format(name=name) for name in missing]
    doubts += [texts["taken"].format(word=word, name=name) for word, name in said.translated.taken]
    unread = said.translated.unread
    if unread:
        doubts.append(texts["unread"].format(words=texts["comma"].join(unread)))
    elif len(request.doubts) > len(missing) + bool(request.unknown):
        doubts.append(texts["partly"])
    stated = [one for one in said.translated.stated if not _is_held(one, request)]
    if stated and request.wants_products:
        doubts.append(texts["unapplied"].format(words=texts["comma"].join(stated)))
    if request.unknown:
        doubts.append(texts["unknown"].format(word=request.unknown))
    bounded = (request.constraints.price_max, request.constraints.price_min, request.around) != (None, None, None)
    if said.translated.currency and shop.currency and said.translated.currency != shop.currency and bounded:
        doubts.append(texts["currency"].format(currency=shop.currency))
    before = (turn.request for turn in session.turns if turn.request.wants_products)
    if request.wants_products and not any(one.language == said.language for one in before):
        doubts.append(texts["reasons"])
    return replace(request, language=said.language, doubts=tuple(doubts))


def _is_held(stated: str, request: Request) -> bool:
    """True where the request demands the value, or an amount of the number, that the message states."""
    number = re.search(r"\d+", stated)
    return any(
        number is not None and float(number[0]) in (demand.min, demand.max)
        if isinstance(demand, Span)
        else stated in demand
        for demand in request.constraints.attributes.values()
    )


def found_text(request: Request, shown: Sequence[Recommendation], shop: Shop) -> str:
    """What stands above the products, in the language of the request."""
    texts = reply_texts(request.language)
    return _joined([*request.doubts, _opening(request, shown, shop, texts)], request.language)


def _opening(request: Request, shown: Sequence[Recommendation], shop: Shop, texts: Mapping[str, str]) -> str:
    anchor = next((shop.products[one] for one in request.anchor_ids if one in shop.products), None)
    many = "many" if len(shown) > 1 else "one"
    if request.bundle:
        prices = [one.product.price for one in shown if one.product.price is not None]
        total, limit = sum(prices, Decimal(0)), request.constraints.price_max
        kinds = {kind_key_of(one.product) for one in shown}
        if len(shown) < 2 or len(kinds) < len(shown) or (limit is not None and total > limit):
            return texts["no_set"]
        return texts["set"].format(n=len(shown), total=money(total, shop.currency))
    if request.act in ("goes_with", "more_like") and anchor is not None:
        key = "with" if request.act == "goes_with" else "like"
        return texts[f"{key}_{many}"].format(n=len(shown), name=short_name(anchor))
    if request.act == "find" and not request.query and not request.kinds:
        if any("history" in one.signals for one in shown):
            return texts["history"]
        if any(shop.popularity.values()) and not (request.constraints or request.around or request.gift):
            return texts["popular"]
    if request.unknown:
        return texts["meaning"].format(names="; ".join(short_name(one.product) for one in shown))
    return texts[f"found_{many}"].format(n=len(shown))


def missed_text(request: Request, nearest: Mapping[str, tuple[str, ...]], shop: Shop) -> str:
    """Says in the language of the request that nothing fits, what blocks, and how far off the nearest are."""
    texts = reply_texts(request.language)
    comma = texts["comma"]
    told = list(request.doubts)
    if request.unknown and not any(nearest.values()):
        if nearest:
            names = "; ".join(short_name(shop.products[one]) for one in nearest)
            told.append(texts["meaning"].format(names=names))
        return _joined(told, request.language)
    anchor = next((shop.products[one] for one in request.anchor_ids if one in shop.products), None)
    if request.act == "goes_with" and anchor is not None and not any(nearest.values()):
        return _joined([*told, texts["nothing_with"].format(name=short_name(anchor))], request.language)
    if not request.constraints:
        return _joined([*told, texts["nothing"]], request.language)
    told.append(texts["nothing_fits"])
    blocking = [texts[key] for key in _MISSES if any(key in misses for misses in nearest.values())]
    if blocking:
        told.append(texts["blocked"].format(what=comma.join(dict.fromkeys(blocking))))
    if nearest:
        parts = [
            f"{short_name(shop.products[one])} ({comma.join(_differences(shop.products[one], misses, request, texts))})"
            for one, misses in nearest.items()
        ]
        told.append(texts["nearest"].format(names="; ".join(parts)))
    return _joined(told, request.language)


def _differences(product: Product, misses: Sequence[str], request: Request, texts: Mapping[str, str]) -> list[str]:
    limits, parts = request.constraints, []
    for key in misses:
        if key == "price_max" and product.price is not None and limits.price_max is not None:
            parts.append(texts["over_limit"].format(money=money(product.price - limits.price_max, product.currency)))
        elif key == "price_min" and product.price is not None and limits.price_min is not None:
            parts.append(texts["under_minimum"].format(money=money(limits.price_min - product.price, product.currency)))
        elif key in ("price_max", "price_min"):
            parts.append(texts["no_price"])
        elif key in ("brands", "not_brands"):
            parts.append(texts["made_by"].format(name=product.brand) if product.brand else texts["no_brand"])
        elif key == "in_stock":
            parts.append(texts["not_in_stock"])
        elif key == "attributes":
            parts.append(texts["other_features"])
        else:
            parts.append(texts["ruled_out"])
    return list(dict.fromkeys(parts))


def other_text(request: Request, shop: Shop, *, in_cart: bool = False) -> str:
    """The answer to a message that asks for no products; `in_cart` says that it put products into the cart."""
    texts = reply_texts(request.language)
    products = [shop.products[one] for one in (*request.options, *request.anchor_ids) if one in shop.products]
    names = texts["comma"].join(dict.fromkeys(short_name(one) for one in products))
    if request.act == "compare":
        return texts["compare"].format(names=names) if len(products) > 1 else texts["compare_what"]
    if request.act == "clarify":
        return texts["clarify"].format(names=names).strip()
    if in_cart and names:
        return texts["added"].format(names=names)
    return texts[request.act if request.act in texts else "unclear"]


def next_texts(request: Request, shown: Sequence[Recommendation]) -> tuple[str, ...]:
    """Messages in the language of the request that would change the answer shown, to send by a tap."""
    texts = reply_texts(request.language)
    products = [one.product for one in shown]
    found = []
    if request.order != "cheapest" and len(products) > 1 and not request.bundle:
        found.append(texts["quick_cheaper"])
    if not request.constraints.in_stock and any(one.availability not in SELLABLE_NOW for one in products):
        found.append(texts["quick_stock"])
    makers = [one.brand for one in products if one.brand]
    if len(set(makers)) < len(makers) and not request.constraints.brands:
        found.append(texts["quick_not"].format(name=max(dict.fromkeys(makers), key=makers.count)))
    return tuple(found)


def _joined(sentences: Sequence[str], language: str) -> str:
    return ("" if not languages()[language].spaced else " ").join(sentences)
