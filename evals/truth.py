"""Is what a reply says true of the store? Every text that the assistant shows is read by a program: `untrue`.

    names      a run of words with capitals or model numbers is of the whole name of a product of the store, of the
               record of one that was shown or is owned, of the documents or promotions, or of what the shopper said; or
               it is a maker, a kind or a value of the records
    amounts    an amount of money is a price, a price before or after a reduction, the distance to the shopper's limit
               or between products, a total of what is shown or in the cart, or was said by the shopper, a document or a
               promotion; in a sentence that names one product it must be that one's
    policies   what is said of shipping, returns, payment, reductions and the like stands in the documents or promotions
               word for word, and what is quoted where it is quoted from
    cells      a comparison's cell is the record's

Knows records, documents and promotions, and nothing of how a reply is made. A made-up name of a single word at the
beginning of a sentence is not seen, and of a German text only names with numbers or capitals inside are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assistant.dialogue import Comparison, Recommendation, Reply, Session
from assistant.explain import short_name
from assistant.prices import read_prices
from evals.store_words import (
    NUMBER,
    TOKEN,
    StoreWords,
    amounts,
    found_amounts,
    joined,
    tokens,
    value_of,
    without_amounts,
)
from index.catalog import Product, fold, minor_digits
from index.promotions import offers_for

_GLUE = re.compile(r"[-/.'’+&_]| (?:& )?")
_STARTS = re.compile(r"(?:^|[.!?\n“\"(])\s*$")
_QUOTED = re.compile(r"“([^”]*)”")
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s+|\n")
_CLAUSES = re.compile(r"[;,]|\bsays?: ")
_SAIDNUMBER = re.compile(rf"(?P<n>{NUMBER})(?P<k>\s?k\b)?", re.IGNORECASE)
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
_EXAMPLE = re.compile(r"(?:(?<=[\s:(])|^)\"[^\"\n]+\"(?=[\s,.;:?!)]|$)")
"""Words in straight quotes: a message that a shopper may write."""
_TO_SAY = re.compile(r"\b(?:say|ask|type|write)$", re.IGNORECASE)
_OF_RECORD = re.compile(rf"(?:{_POLICY.pattern})\s\((?P<value>[^)]+)\)", re.IGNORECASE)
"""A field of a record with its value behind it: "the longest warranty (3 years)"."""
_LEAST_QUOTED = 3
_OWN_WORDS = frozenset({"ai", "i", "ok"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply beside what was there before it: the shopper's message and the session it came in."""

    message: str
    before: Session
    reply: Reply


@dataclass(frozen=True, slots=True)
class _Said:
    """One text that is shown; `about` are the products that it stands beside. A quick reply is the shopper's to say."""

    text: str
    about: tuple[str, ...] = ()
    by_shopper: bool = False


def untrue(turn: Turn, store: StoreWords) -> tuple[str, ...]:
    """The statements of a reply that nothing in the store bears out, each as "name: ...", "amount: ..." and so on."""
    reply = turn.reply
    facts = _Facts(turn, store)
    found: list[str] = []
    for said in _shown_texts(reply):
        found += [f"name: {one}" for one in _strange_names(said.text, facts)]
        found += [f"amount: {one}" for one in _strange_amounts(said, facts)]
        if not said.by_shopper:
            found += [f"policy: {one}" for one in _strange_policies(said, facts)]
    found += [f"passage: {one.text[:80]}" for one in (*reply.passages, *reply.guides) if one not in store.passages]
    if reply.comparison is not None:
        found += [f"cell: {one}" for one in _strange_cells(reply.comparison, store)]
    found += [f"offer: {one}" for shown in reply.recommendations for one in _strange_offers(shown, store)]
    return tuple(dict.fromkeys(found))


def _shown_texts(reply: Reply) -> Iterator[_Said]:
    yield _Said(reply.text)
    yield from (_Said(one) for one in reply.request.doubts if one not in reply.text)
    yield from (_Said(one, by_shopper=True) for one in reply.quick)
    if reply.comparison is not None:
        for product_id, note in zip(reply.comparison.product_ids, reply.comparison.notes, strict=False):
            yield _Said(note, (product_id,))
    yield from (_Said(one.rationale, (one.product.product_id,)) for one in reply.recommendations if one.rationale)


class _Facts:
    """What is known to be so around one reply."""

    def __init__(self, turn: Turn, store: StoreWords) -> None:
        self.store = store
        self.language = turn.reply.request.language
        self.act = turn.reply.request.act
        reply, before, after = turn.reply, turn.before, turn.reply.session
        self.messages = [*(one.message for one in before.turns), turn.message]
        shown = tuple(one.product.product_id for one in reply.recommendations)
        compared = reply.comparison.product_ids if reply.comparison is not None else ()
        owned = (*before.history, *before.memory.liked, *before.memory.disliked)
        carts = (before.cart, after.cart)
        in_carts = tuple(line.product_id for cart in carts for line in cart)
        near = (*shown, *reply.nearest, *compared, *reply.request.anchor_ids, *reply.request.options, *in_carts)
        self.near = tuple(dict.fromkeys(one for one in near if one in store.products))
        known = (*self.near, *before.seen, *after.seen, *owned)
        self.known = tuple(dict.fromkeys(one for one in known if one in store.products))
        self.names = {one: name for one in self.known if (name := tokens(short_name(store.products[one])))}
        self.records = [store.record(one) for one in self.known]
        self.spoken = joined(self.messages)
        self.said = frozenset(amount for message in self.messages for amount in _said_amounts(message))
        limits = (reply.request.constraints.price_max, reply.request.constraints.price_min, reply.request.around)
        self.limits = frozenset(one for one in limits if one is not None)
        self.pieces: dict[str, set[int]] = {}
        for cart in carts:
            for line in cart:
                self.pieces.setdefault(line.product_id, set()).add(line.quantity)
        self.totals = frozenset(self._totals(shown, tuple(reply.nearest), before, after))

    def _totals(
        self, shown: Sequence[str], nearest: Sequence[str], before: Session, after: Session
    ) -> Iterator[Decimal]:
        products = self.store.products
        for ids in (shown, nearest, before.shown):
            yield sum((products[one].price or Decimal(0) for one in ids if one in products), Decimal(0))
        for cart in (before.cart, after.cart):
            rows = [self.store.rows(line.product_id, line.quantity) for line in cart]
            full = sum((row[0] for row in rows), Decimal(0))
            for way in range(1, 3):
                paid = sum((row[way] for row in rows), Decimal(0))
                yield from (full, paid, full - paid)
        prices = [price for one in before.remembered if one in products and (price := products[one].price) is not None]
        if prices:
            usual = median(prices)
            yield from (usual, usual.quantize(Decimal(1)))

    def allowed(self, about: Sequence[str], beside: Sequence[str]) -> frozenset[Decimal]:
        """The amounts that a text about these products may name, which it may compare with those `beside` them."""
        own = {amount for one in about for amount in self._of(one)}
        prices = [self._price(one) for one in about]
        others = [self._price(one) for one in beside]
        apart = {abs(one - other) for one in prices for other in others if one is not None and other is not None}
        over = {abs(one - limit) for one in prices for limit in self.limits if one is not None}
        # "Cheaper than this" sets a limit of one minor unit less.
        step = Decimal(1).scaleb(-minor_digits(self.store.currency))
        just_under = {price - step for one in self.known if (price := self._price(one)) is not None}
        limits = {limit for limit in self.limits if limit in self.said or limit in just_under}
        return frozenset(own | apart | over | limits | just_under | self.said | self.totals | self.store.house_amounts)

    def _of(self, product_id: str) -> Iterator[Decimal]:
        yield from self.store.prices(product_id)
        for pieces in self.pieces.get(product_id, ()):
            yield from self.store.rows(product_id, pieces)

    def _price(self, product_id: str) -> Decimal | None:
        return self.store.products[product_id].price

    def named_in(self, text: str) -> tuple[str, ...]:
        """The known products that a text names, those of the reply before all others."""
        words = f" {tokens(text)} "
        named = [one for one, name in self.names.items() if f" {name} " in words]
        return tuple(one for one in named if one in self.near) or tuple(named)


def _said_amounts(message: str) -> Iterator[Decimal]:
    """Every number of a message, since any may be meant as an amount: "50", "1.2k", "fifty bucks"."""
    for found in _SAIDNUMBER.finditer(message):
        yield value_of(found["n"]) * (1000 if found["k"] else 1)
    read = read_prices(message)
    yield from (one for one in (read.low, read.high, read.around) if one is not None)


# --- names


def _strange_names(text: str, facts: _Facts) -> Iterator[str]:
    store = facts.store
    for words, starts in _name_runs(without_amounts(text, store.currency)):
        if facts.language == "de" and not any(re.search(r"\d|\w[A-Z]", word) for word in words):
            continue
        if starts and len(words) == 1:
            continue
        tries = [words]
        if words[0].isdecimal():
            # "3 Norvik lamps": how many there are is no part of the name.
            tries.append(words[1:])
        if starts:
            tries.append(words[1:])
        runs = [tokens(" ".join(one)) for one in tries]
        if not any(_is_known(run, text, facts) for run in runs):
            yield " ".join(words)


def _is_known(run: str, text: str, facts: _Facts) -> bool:
    store = facts.store
    if run in _OWN_WORDS or run in store.values:
        return True
    if any(f" {run} " in own for own in (facts.spoken, store.house, *facts.records)):
        return True
    whole = f" {tokens(text)} "
    return any(f" {run} " in f" {name} " and f" {name} " in whole for name in store.names)


def _name_runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Runs of words that look like names, and whether each begins a sentence, where any word has a capital."""
    run: list[str] = []
    starts, end = False, 0
    for found in TOKEN.finditer(text):
        word = found[0]
        names = word != word.lower() or any(char.isdigit() for char in word)
        if run and not (names and _GLUE.fullmatch(text[end : found.start()])):
            if _is_name(run):
                yield run, starts
            run = []
        if names:
            if not run:
                starts = _STARTS.search(text[: found.start()]) is not None
            run.append(word)
            end = found.end()
    if _is_name(run):
        yield run, starts


def _is_name(run: Sequence[str]) -> bool:
    return any(
        word != word.lower() or (len(word) > 3 and re.search(r"\d", word) and re.search(r"[^\W\d_]", word))
        for word in run
    )


# --- amounts


def _strange_amounts(said: _Said, facts: _Facts) -> Iterator[str]:
    text = _EXAMPLE.sub(" ", said.text)
    for part in (one for sentence in _SENTENCES.split(text) for one in sentence.split(";")):
        named = facts.named_in(part)
        # A name may hold a number that looks like an amount: "watch 3.53".
        bare = part if facts.store.currency else _without_names(part, [facts.store.products[one] for one in named])
        found = list(found_amounts(bare, facts.store.currency))
        about = said.about or (named if len(named) == 1 else facts.known)
        allowed = facts.allowed(about, facts.near)
        yield from (f"{written} in {part.strip()!r}" for written, amount in found if amount not in allowed)


# --- policies


def _strange_policies(said: _Said, facts: _Facts) -> Iterator[str]:
    store = facts.store
    own = [store.record(one) for one in said.about] or facts.records
    held = (store.house, facts.spoken, *own)

    def stated(text: str) -> bool:
        run = tokens(text)
        return not run or any(f" {run} " in one for one in held)

    for found in _QUOTED.finditer(said.text):
        ahead = said.text[: found.start()].rstrip()
        if _TO_SAY.search(ahead) or (len(found[1].split()) < _LEAST_QUOTED and not ahead.endswith("From")):
            # "I read “hedset” as “headset”" quotes nothing that is promised.
            continue
        # A long quotation may be cut off within a word.
        if not stated(found[1]) and not (len(found[1]) >= 200 and stated(found[1].rpartition(" ")[0])):
            yield f"“{found[1]}”"
    rest = _QUOTED.sub(" “” ", said.text)
    for sentence in _SENTENCES.split(rest):
        every = facts.act == "shop_question" and not said.about
        if _NO_CLAIM.search(sentence) or sentence.rstrip().endswith("?"):
            continue
        clauses = [sentence] if every else [one for one in _CLAUSES.split(sentence) if _POLICY.search(one)]
        for one in clauses:
            fields = [tokens(found[0]) for found in _OF_RECORD.finditer(one)]
            if fields and all(any(f" {field} " in record for record in own) for field in fields):
                continue
            if not stated(_without_citation(one)):
                yield one.strip()


def _without_citation(text: str) -> str:
    """A sentence without the words that say where a quotation is from, or that the shopper said it."""
    return re.sub(r"\bFrom\s+“”[^:“”]*:|^\s*you asked for\b", " ", text, flags=re.IGNORECASE)


def _without_names(text: str, named: Sequence[Product]) -> str:
    for product in named:
        text = re.sub(re.escape(short_name(product)), " , ", text, flags=re.IGNORECASE)
    return text


# --- records


def _strange_cells(comparison: Comparison, store: StoreWords) -> Iterator[str]:
    for row in comparison.rows:
        for product_id, value in zip(comparison.product_ids, row.values, strict=True):
            product = store.products.get(product_id)
            if product is None or not _is_cell(row.label, value, product, store.currency):
                yield f"{row.label} {value!r} of {product_id}"


def _is_cell(label: str, value: str, product: Product, currency: str) -> bool:
    name = fold(label)
    if name == "price":
        return amounts(value, currency) == ((product.price,) if product.price is not None else ())
    if name == "stock":
        return value != "In stock" or product.availability == "in_stock"
    if not tokens(value):
        return True
    if name == "brand":
        return fold(value) == fold(product.brand)
    if name == "rating" and "rating" not in product.attributes:
        told = [str(one) for one in (f"{product.rating:.1f}", product.rating_count) if one is not None]
        return [number.replace(",", "") for number in re.findall(r"[\d.,]+", value)] == told
    own = {tokens(key): tokens(" ".join(values)) for key, values in product.attributes.items()}
    return own.get(tokens(label)) == tokens(value)


def _strange_offers(shown: Recommendation, store: StoreWords) -> Iterator[str]:
    right = offers_for(shown.product, store.promotions, store.today, store.currency)
    yield from (f"{one.text} for {shown.product.product_id}" for one in shown.offers if one not in right)
