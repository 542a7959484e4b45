"""Is what a reply promises the store's own word? Policies, quotations with where they are from, promotions.

A sentence about shipping, returns, payment, reductions and the like must stand in the store's documents word for word,
or be read off its promotions as they are on the day. Of a reply in another language, only what it quotes and its
numbers are held against the documents. Knows nothing of names and prices.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.explain import short_name
from evals.facts import Facts, Said
from evals.store_words import joined, tokens
from index.catalog import fold
from index.kinds import kind_key
from index.promotions import Coverage, Promotion, offers_for

SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")

_QUOTED = re.compile(r"„([^“]*)“|“([^”]*)”|«\s*([^»]*?)\s*»|「([^」]*)」|《([^》]*)》")
_CITED = re.compile(r"\bFrom “(?P<document>[^”]*)”, (?P<heading>[^“”]*?): “(?P<text>[^”]*)”")
_CLAUSES = re.compile(r"[;,]|\bsays?: ")
_POLICY = re.compile(
    r"\b(?:ship(?:s|ped|ping|ment)?|deliver(?:s|y|ed|ies)?|refund\w*|money back|return (?:it|them|policy|label)"
    r"|returns?\b|exchanges?|warrant\w+|guarantee\w*|pay(?:ment)? (?:by|with|later|in)|instal?lments?"
    r"|opening hours|open (?:from|until|on)|discounts?|coupons?|vouchers?|promo\w*|gift (?:cards?|wrap\w*)"
    r"|price match\w*|trade[- ]?ins?|free of charge|working days|business days)\b|% off",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t|could not) (?:know|say|tell|find|state|read|see)\b"
    r"|\bonly (?:know|put)\b|\bask (?:the (?:shop|store)|them|there)\b",
    re.IGNORECASE,
)
_TO_SAY = re.compile(r"\b(?:say|ask|type|write)$", re.IGNORECASE)
_OF_RECORD = re.compile(rf"(?:{_POLICY.pattern})\s\((?P<value>[^)]+)\)", re.IGNORECASE)
"""A field of a record with its value behind it: "the longest warranty (3 years)"."""
_LEAST_QUOTED = 3
_LEADING = re.compile(r"^\s*(?:what comes nearest:|you asked for\b)", re.IGNORECASE)
_NONE_RUNS = re.compile(r"^No promotion(?: on (?P<named>[^.]+?))? runs today\.$|^No promotion covers the .+ today\.$")
_AHEAD = re.compile(r"(?:(?<=[.:] )|^)(?:To come|The last one|What comes nearest): ")
_MORE = re.compile(r"^And (?P<n>\d+) more promotions? running\.$")
_COVERAGE_WORDS = frozenset(
    ["on", "by", "and", "except", "everything", "the", "more", "products", "not", "carried", "now"]
)


def strange_policies(said: Said, facts: Facts) -> Iterator[str]:
    """The promises of a text that are none of the store's."""
    house = facts.store.house
    about = said.about or facts.known
    own = [facts.store.record(one) for one in said.about] or facts.records
    offers = [
        offer.text
        for one in about
        for offer in offers_for(
            facts.store.products[one], facts.store.promotions, facts.store.today, facts.store.currency
        )
    ]
    held = (house, facts.spoken, joined(offers), *own)

    def stated(text: str) -> bool:
        run = tokens(text)
        return not run or any(f" {run} " in one for one in held)

    text = _without_promotions(said.text, facts)
    for cited in _CITED.finditer(text):
        if not _is_cited(cited, facts):
            yield cited[0]
    text = _CITED.sub(" ", text)
    for found in _QUOTED.finditer(text):
        quoted, ahead = next(filter(None, found.groups()), ""), text[: found.start()].rstrip()
        if _TO_SAY.search(ahead) or (len(quoted.split()) < _LEAST_QUOTED and not ahead.endswith("From")):
            # "I read “hedset” as “headset”" quotes nothing that is promised.
            continue
        # A long quotation may be cut off within a word.
        if not stated(quoted) and not (len(quoted) >= 200 and stated(quoted.rpartition(" ")[0])):
            yield f"“{quoted}”"
    every = facts.act == "shop_question" and not said.about
    for sentence in SENTENCES.split(_QUOTED.sub(" ", text)):
        if facts.language:
            # The words around a quotation are the assistant's own in that language; a number would be a claim.
            if every and re.search(r"\d", sentence) and not stated(sentence):
                yield sentence.strip()
        elif not _says_nothing(sentence, facts):
            yield from _strange_clauses(sentence, every, own, stated)


def _says_nothing(sentence: str, facts: Facts) -> bool:
    """True for what claims nothing, and for "no promotion runs" where that is so."""
    own, store = sentence.strip(), facts.store
    running = [one for one in store.promotions if one.runs_on(store.today)]
    if more := _MORE.match(own):
        return int(more["n"]) < len(running)
    if none := _NONE_RUNS.match(own):
        if not none["named"]:
            ids = facts.named_in(own)
            products = [store.products[one] for one in ids] or list(store.products.values())
        else:
            named = {kind_key(none["named"]), fold(none["named"])}
            products = [
                one for one in store.products.values()
                if named & {fold(one.brand), *map(kind_key, one.category_path)}
            ]  # fmt: skip
        return not any(promotion.covers(product) for promotion in running for product in products)
    return _NO_CLAIM.search(own) is not None or own.endswith("?")


def _strange_clauses(sentence: str, every: bool, own: Sequence[str], stated: Callable[[str], bool]) -> Iterator[str]:
    clauses = [sentence] if every else [one for one in _CLAUSES.split(sentence) if _POLICY.search(one)]
    for one in clauses:
        fields = [tokens(found[0]) for found in _OF_RECORD.finditer(one)]
        if fields and all(any(f" {field} " in record for record in own) for field in fields):
            continue
        if not stated(_LEADING.sub(" ", one)):
            yield one.strip()


def _is_cited(cited: re.Match[str], facts: Facts) -> bool:
    """True when a passage of that document and heading has the quoted words."""
    words = f" {tokens(cited['text'])} "
    return any(
        passage.document == cited["document"]
        and cited["heading"] in (passage.heading, passage.document)
        and words in f" {tokens(passage.text)} "
        for passage in facts.store.passages
    )


# --- promotions


def _without_promotions(text: str, facts: Facts) -> str:
    """The text without what it rightly says of promotions: of one, or of all that cover a product today."""
    store = facts.store
    for one in store.promotions:
        head = f"“{one.title}”: {one.summary(store.today)}, on "
        while (start := text.find(head)) >= 0:
            told = re.match(r".*?\.(?=\s|$)", text[start + len(head) :], re.DOTALL)
            if told is None or not _is_coverage(told[0], one, facts):
                break
            text = f"{_AHEAD.sub('', text[:start] + chr(32)).rstrip()} {text[start + len(head) + told.end() :]}"
    for product_id in facts.known:
        product = store.products[product_id]
        offers = [one.text for one in offers_for(product, store.promotions, store.today, store.currency)]
        for count in range(len(offers), 0, -1):
            text = text.replace(f"The {short_name(product)}: {'; '.join(offers[:count])}.", " ")
    return text


def _is_coverage(text: str, promotion: Promotion, facts: Facts) -> bool:
    """True when the words name nothing but what the promotion is for, and behind "except" what it leaves out."""
    told, _, left_out = text.partition(" except ")
    return _names_only(told, promotion.covered, facts) and _names_only(left_out, promotion.excluded, facts)


def _names_only(text: str, coverage: Coverage, facts: Facts) -> bool:
    products = facts.store.products
    named = [*coverage.brands, *(name.split(">")[-1] for name in coverage.categories)]
    named += [short_name(products[one]) for one in coverage.product_ids if one in products]
    left = f" {tokens(text)} "
    for name in sorted(map(tokens, named), key=len, reverse=True):
        left = left.replace(f" {name} ", "  ")
    words = left.split()
    if "everything" in words and not (coverage.everything or not coverage.categories):
        return False
    return all(word in _COVERAGE_WORDS or word.isdecimal() for word in words)
