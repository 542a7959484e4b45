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

from assistant.dialogue import Comparison, Recommendation, Reply
from assistant.explain import short_name
from evals.facts import Facts, Said, Turn
from evals.promises import SENTENCES, strange_policies
from evals.store_words import TOKEN, StoreWords, amounts, found_amounts, tokens, without_amounts
from index.catalog import Product, fold, forms
from index.promotions import offers_for

_GLUE = re.compile(r"[-/.'’+&_]| (?:& )?")
_STARTS = re.compile(r"(?:^|[.!?\n“\"(])\s*$")
_EXAMPLE = re.compile(r"(?:(?<=[\s:(])|^)\"[^\"\n]+\"(?=[\s,.;:?!)]|$)")
"""Words in straight quotes: a message that a shopper may write."""
_OPENERS = frozenset(
    [
        "about",
        "after",
        "and",
        "around",
        "at",
        "between",
        "for",
        "from",
        "in",
        "number",
        "of",
        "only",
        "or",
        "over",
        "the",
        "under",
        "with",
    ]
)
"""Words that begin a sentence before a number, which is then no part of a name."""
_OWN_WORDS = frozenset({"ai", "i", "ok"})


def untrue(turn: Turn, store: StoreWords) -> tuple[str, ...]:
    """The statements of a reply that nothing in the store bears out, each as "name: ...", "amount: ..." and so on."""
    reply = turn.reply
    facts = Facts(turn, store)
    found: list[str] = []
    for said in _shown_texts(reply):
        found += [f"name: {one}" for one in _strange_names(said.text, facts)]
        found += [f"amount: {one}" for one in _strange_amounts(said, facts)]
        if not said.by_shopper:
            found += [f"policy: {one}" for one in strange_policies(said, facts)]
    found += [f"passage: {one.text[:80]}" for one in (*reply.passages, *reply.guides) if one not in store.passages]
    if reply.comparison is not None:
        found += [f"cell: {one}" for one in _strange_cells(reply.comparison, store)]
    found += [f"offer: {one}" for shown in reply.recommendations for one in _strange_offers(shown, store)]
    return tuple(dict.fromkeys(found))


def _shown_texts(reply: Reply) -> Iterator[Said]:
    yield Said(reply.text)
    yield from (Said(one) for one in reply.request.doubts if one not in reply.text)
    yield from (Said(one, by_shopper=True) for one in reply.quick)
    if reply.comparison is not None:
        for product_id, note in zip(reply.comparison.product_ids, reply.comparison.notes, strict=False):
            yield Said(note, (product_id,))
    yield from (Said(one.rationale, (one.product.product_id,)) for one in reply.recommendations if one.rationale)


# --- names


def _strange_names(text: str, facts: Facts) -> Iterator[str]:
    store = facts.store
    for words, starts in _name_runs(without_amounts(text, store.currency)):
        if facts.language == "de" and not any(re.search(r"\d|\w[A-Z]", word) for word in words):
            continue
        if starts and (len(words) == 1 or (fold(words[0]) in _OPENERS and not _is_name(words[1:]))):
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


def _is_known(run: str, text: str, facts: Facts) -> bool:
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


def _strange_amounts(said: Said, facts: Facts) -> Iterator[str]:
    text = _EXAMPLE.sub(" ", said.text)
    for part in (one for sentence in SENTENCES.split(text) for one in sentence.split(";")):
        named = facts.named_in(part)
        # A name may hold a number that looks like an amount: "watch 3.53".
        bare = part if facts.store.currency else _without_names(part, [facts.store.products[one] for one in named])
        found = list(found_amounts(bare, facts.store.currency))
        about = said.about or (named if len(named) == 1 else facts.known)
        allowed = facts.allowed(about, facts.near)
        yield from (f"{written} in {part.strip()!r}" for written, amount in found if amount not in allowed)


def _without_names(text: str, named: Sequence[Product]) -> str:
    for product in named:
        text = re.sub(re.escape(short_name(product)), " , ", text, flags=re.IGNORECASE)
    return text


# --- records


def _strange_cells(comparison: Comparison, store: StoreWords) -> Iterator[str]:
    for row in comparison.rows:
        for product_id, value in zip(comparison.product_ids, row.values, strict=True):
            product = store.products.get(product_id)
            # Of a product with variants, the cells are those of one of them.
            told = (product, *forms(product)) if product is not None else ()
            if not any(_is_cell(row.label, value, one, store.currency) for one in told):
                yield f"{row.label} {value!r} of {product_id}"


def _is_cell(label: str, value: str, product: Product, currency: str) -> bool:
    name = fold(label)
    if name == "price":
        return amounts(value, currency) == ((product.price,) if product.price is not None else ())
    if name == "stock":
        return value != "In stock" or product.availability == "in_stock"
    if not tokens(value):
        return True
    if name == "variant" and product.variants:
        options = (tokens(" ".join(pair)) for one in product.variants for pair in one.options.items())
        return set(tokens(value).split()) <= {word for one in options for word in one.split()}
    if name == "brand":
        return fold(value) == fold(product.brand)
    if name == "rating" and "rating" not in product.attributes:
        counted = (product.rating_count if product.rating is not None else None, len(product.reviews) or None)
        told = [f"{product.rating:.1f}"] if product.rating is not None else []
        told += [str(one) for one in counted if one is not None]
        return [number.replace(",", "") for number in re.findall(r"\d(?:[\d.,]*\d)?", value)] == told
    own = {tokens(key): tokens(" ".join(values)) for key, values in product.attributes.items()}
    return own.get(tokens(label)) == tokens(value)


def _strange_offers(shown: Recommendation, store: StoreWords) -> Iterator[str]:
    right = offers_for(shown.product, store.promotions, store.today, store.currency)
    yield from (f"{one.text} for {shown.product.product_id}" for one in shown.offers if one not in right)
