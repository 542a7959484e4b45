"""Answers read off the records: what a product's record says to a question, or else what buyers wrote about it.

Every statement is a field of a record, quoted, or a sentence of a review, attributed. Knows nothing of language models.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.cards import money, stock_text
from assistant.dialogue import Session
from assistant.explain import short_name
from assistant.phrases import CHATTER
from assistant.reviewed import Quote, balanced, general_quotes, quotes
from assistant.standing import RATINGS
from assistant.variants import (
    Form,
    absent_option,
    candidates,
    chosen_form,
    dimensions_text,
    forms_of,
    named_options,
    options_text,
)
from index.asked import asked_terms
from index.catalog import SELLABLE_NOW, Product, fold
from index.folder import Shop
from index.lexical import terms

_ASKED = 5
"""Products of which one question is answered."""
_TOLD = 3
_OVERVIEW = 5
"""Fields told of a product of which nothing in particular is asked."""
IN_GENERAL = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|so|and|can you|could you)\W+)*(?:tell me (?:more|something|everything|about)|more (?:about|on|info\w*|details)"
    r"|(?:show|give) (?:me )?(?:the |more |some )?(?:details|specs|specifications|info\w*|data)|describe|details|specs"
    r"|what (?:is|are) (?:the )?(?:specs|specifications|details|features)|what (?:is|about) (?:it|that|this|the \w+(?: one)?)\W*$)",
    re.IGNORECASE,
)
_BUYERS = r"(?:(?:other|most|the|previous|real) )?(?:people|buyers?|customers?|others|users?|reviewers?|shoppers?|owners?|everyone|everybody|anyone)"
OPINION = re.compile(
    rf"\b(?:what|how) (?:do|does|did|are|have|has) {_BUYERS} (?:say|saying|said|think|thinking|write|writing|written|feel|find|like|dislike)\b"
    rf"|\b(?:do|does|did|are|is|has|have) {_BUYERS} (?:like|love|hate|dislike|recommend|complain\w*|happy|satisfied|pleased|had problems)\b"
    r"|\b(?:what|any|show|read|see|tell|give|are there|does it have|how are|has it got)\b(?! .{0,20}\b(?:best|highest|top)\b)[^.;!?]{0,24}\b(?:reviews?|complaints?|opinions?|feedback|criticisms?)\b(?! (?:policy|form|department))",
    re.IGNORECASE,
)
"""What buyers say of a product is asked for."""
_QUOTED = 3
_FORMS = 8
"""Variants that are told one by one."""
_VALUE_CHARACTERS = 60
_PRICE = re.compile(r"\b(?:price|prices|cost|costs|how much|expensive|cheap)\b", re.IGNORECASE)
_STOCK = re.compile(r"\b(?:stock|available|availability|sold out)\b", re.IGNORECASE)
_DIMENSIONS = re.compile(
    r"\b(?:what|which|other|more|all|any)\b.{0,16}\b(?:colou?rs?|sizes?|variants?|versions?|options)\b", re.IGNORECASE
)
_RATED = re.compile(r"\b(?:rated|rating|ratings|reviews?|stars?|any good)\b", re.IGNORECASE)
# What a question asks about in other words than a record states it in.
_ASKED_AS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), fields)
    for words, fields in (
        (r"heavy|heavier|weighs?|light(?:er|weight)?(?! bulb)|how much does (?:it|this|that) weigh", "weight"),
        (
            r"how (?:big|large|wide|tall|high|deep|small|long is it)|dimensions?|measurements?|what size|fit in",
            "dimensions size width height depth screen volume",
        ),
        (
            r"(?:battery|charge|run|play|work)\b.{0,20}\b(?:last|long|hours?)|how long (?:does|will|can) (?:it|the battery|this|that)",
            "battery life runtime playing",
        ),
        (r"loud|noisy|quiet|silent|noise level", "noise"),
        (r"fast|quick|speed", "speed refresh rate read write"),
        (r"guarantee[d]?|warrant(?:y|ies)", "warranty"),
        (r"made (?:of|from)|what material|leather|plastic|metal|wooden|fabric", "material case sheath"),
        (
            r"waterproof|water[- ]?(?:resistant|proof)|rain|splash|swim(?:ming)?",
            "water resistance repellent rain cover sealing",
        ),
        (
            r"wireless(?:ly)?|bluetooth|cable|cabled|wired|connect(?:s|ed)?|plug",
            "connection connector wireless charging ports",
        ),
        (r"colou?rs?|black|white|red|blue|green|gr[ae]y|pink|silver", "color"),
        (r"how much (?:space|storage|room)|hard ?drive|disk|ssd|gigabytes?", "storage capacity memory"),
        (r"ram|memory", "memory"),
        (r"sharp|resolution|4k|full hd|pixels?", "resolution"),
        (r"bright", "brightness"),
        (r"power(?:ful)?|watts?|wattage", "power watts draw"),
    )
)


def question_text(question: str, asked: Sequence[str], shop: Shop, session: Session | None = None) -> str:
    """What the records of the products say to a question; where a record has nothing on it, that it does not say.

    The session tells which variant of a product was shown or spoken of.
    """
    products = [shop.products[one] for one in asked if one in shop.products]
    if not products:
        return "Which product do you mean? Name it, or say the first, the second and so on of those shown."
    spoken = session or Session()
    return " ".join(
        _variants_say(question, product, shop, spoken)
        or _answer(question, chosen_form(product, spoken, question), shop)
        for product in products[:_ASKED]
    )


def _price(product: Product, shop: Shop) -> str:
    return money(product.price, product.currency or shop.currency) if product.price is not None else "–"


def _overview(product: Product, shop: Shop) -> Iterator[str]:
    """What a record says first: price, rating, stock, and the first of its fields."""
    if product.price is not None:
        yield f"price {_price(product, shop)}"
    if product.rating is not None:
        yield f"rating {_rating(product)}"
    yield stock_text(product).lower()
    told = [f"{label.replace('_', ' ')}: {', '.join(values)}" for label, values in product.attributes.items()]
    yield from [text for text in told if len(text) <= 2 * _VALUE_CHARACTERS][:_OVERVIEW]


def _rating(product: Product) -> str:
    """The stars, never without how many gave them: a few say little."""
    count = product.rating_count
    if count is None:
        return f"{product.rating:g} of 5, by how many is not stated"
    few = "only " if count < RATINGS else ""
    return f"{product.rating:g} of 5 by {few}{count} shopper{'' if count == 1 else 's'}"


def _buyers_say(question: str, product: Product) -> str:
    """The rating and the reviews with how many there are, and what some buyers wrote, for and against it."""
    name, written = short_name(product), len(product.reviews)
    if product.rating is None and not written:
        return f"No rating and no review of the {name} is on record."
    rated = f"rated {_rating(product)}" if product.rating is not None else "not rated yet"
    counted = {0: "no written review of it is", 1: "one written review of it is"}
    on_record = counted.get(written, f"{written} written reviews of it are")
    found = quotes(product, _telling(question)) or general_quotes(product)
    return f"The {name} is {rated}; {on_record} on record. {_cited(balanced(found, _QUOTED))}".strip()


def _cited(found: Sequence[Quote]) -> str:
    heads = ("One buyer writes", *["Another writes"] * len(found))
    return " ".join(f"{head}: “{one.text}”" for head, one in zip(heads, found, strict=False))


def _telling(question: str) -> str:
    """The words of a question that say what it is about."""
    said = OPINION.sub(" ", question).split()
    return " ".join(word for word in said if fold(word.strip("?!.,;:")) not in CHATTER and asked_terms(word))


def _variants_say(question: str, product: Product, shop: Shop, session: Session) -> str:
    """What the variants of a product cost and which are in stock, where that or one of them is asked for; else ""."""
    if not product.variants or OPINION.search(question):
        return ""
    name, named = short_name(product), named_options(question, product)
    absent = absent_option(question, product)
    if absent:
        return f"The {name} does not come in {absent}, but in {dimensions_text(product)}."
    if not named and not any(pattern.search(question) for pattern in (_PRICE, _STOCK, _DIMENSIONS)):
        return ""
    every = forms_of(product)
    if _DIMENSIONS.search(question) and not named:
        return f"The {name} comes in {dimensions_text(product)}. {_forms_say(every, shop)}"
    found = candidates(product, session, question)
    if not found:
        return f"There is no {name} in {options_text(named)}. {_forms_say(every, shop)}"
    if len(found) == 1 and found[0].words:
        return f"The {name} in {found[0].words}: {_form_says(found[0].product, shop)}."
    within = f" in {options_text(named)}" if named else ""
    return f"The {name}{within} comes in several variants. {_forms_say(found, shop)}"


def _forms_say(found: Sequence[Form], shop: Shop) -> str:
    """Each variant with its price and stock, or of many what they cost and how many are in stock."""
    if len(found) <= _FORMS:
        told = "; ".join(f"{one.words or one.product.title}: {_form_says(one.product, shop)}" for one in found)
        return f"{told[:1].upper()}{told[1:]}."
    there = sum(one.product.availability in SELLABLE_NOW for one in found)
    priced = sorted({one.product.price for one in found if one.product.price is not None})
    currency = found[0].product.currency or shop.currency
    costs = [money(price, currency) for price in priced]
    range_ = f" at {costs[0]}" if len(costs) == 1 else f" at {costs[0]} to {costs[-1]}" if costs else ""
    return f"{len(found)} variants{range_}, {there} of them in stock."


def _form_says(product: Product, shop: Shop) -> str:
    price = f"{_price(product, shop)}, " if product.price is not None else ""
    return f"{price}{stock_text(product).lower()}"


def _answer(question: str, product: Product, shop: Shop) -> str:
    if OPINION.search(question):
        return _buyers_say(question, product)
    name = short_name(product)
    said = []
    if _PRICE.search(question) and product.price is not None:
        said.append(f"price {_price(product, shop)}")
    if _STOCK.search(question):
        said.append(stock_text(product).lower())
    if _RATED.search(question) and product.rating is not None:
        said.append(f"rating {_rating(product)}")
    own = set(terms(f"{product.brand} {product.title}"))
    asked = {term for word in question.split() if fold(word.strip("?!.,")) not in CHATTER for term in terms(word)}
    meant = {term for pattern, fields in _ASKED_AS if pattern.search(question) for term in terms(fields)}
    scored = []
    for place, (label, values) in enumerate(product.attributes.items()):
        text = f"{label.replace('_', ' ')}: {', '.join(values)}"
        labelled = set(terms(label.replace("_", " ")))
        # The question's own words tell best; then a label that another word for it means.
        shared = len((asked - own) & set(terms(text))) + len(meant & labelled) / (2 * len(labelled) or 1)
        if shared and len(text) <= 2 * _VALUE_CHARACTERS:
            scored.append((-shared, place, text))
    said += [text for *_, text in sorted(scored)[:_TOLD]]
    if not said and IN_GENERAL.search(question):
        said = list(_overview(product, shop))
    if said:
        return f"The record of the {name} says: {'; '.join(said)}."
    described = [part.strip() for part in re.split(r"(?<=[.!?])\s", product.description)]
    quoted = next(
        (part for part in described if len((asked - own) & set(terms(part))) >= max(1, len(asked - own) // 2)), ""
    )
    if quoted and asked - own:
        return f"The description of the {name} says: “{quoted[:200]}”"
    unknown = f"The record of the {name} does not say."
    written = balanced(quotes(product, _telling(question)))
    if not written:
        return unknown
    of = "the one review" if len(product.reviews) == 1 else f"{len(product.reviews)} reviews"
    return f"{unknown} Of {of} of it: {_cited(written)}"
