"""Say why each product fits this shopper: the evidence, the language model's sentence, the plain facts instead.

The model writes all rationales of a turn in one batch, from the evidence alone. What `ground` does not find
supported is replaced by a sentence of plain facts made here. What buyers wrote of what was asked is quoted behind
either, by this program: no model reads it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue import FACTS, TIES, Candidate, Evidence, RationaleText, Recommendation, Request, Session
from assistant.ground import checked_prefix, supported_part
from assistant.llm import ChatModel, Message, Stop
from assistant.plan import plans
from assistant.prompts import RATIONALE_TOKENS, rationale_prompt, tuned_rationale_prompt
from assistant.reviewed import FRAMES, review_evidence, with_quotes
from assistant.sentences import first_sentence, said_once, unhung
from assistant.standing import RATINGS, standing, wished_for
from assistant.usual import is_trade, is_usual, is_usual_of_kind
from index.catalog import Product, fold
from index.fit import fit
from index.folder import Shop
from index.kinds import kind_key, kind_key_of
from index.lexical import terms

_ATTRIBUTES = 3
"""How many of a product's attributes are told; those that the message speaks of come first."""
_VALUE_CHARACTERS = 48
_NAME_WORDS = 8
_SAYS_NOTHING = frozenset({"no", "none", "n/a", "-", "1"})
"""Values that are no reason to buy."""
_COLUMN = re.compile(r"(.+?) \(([^\W\d]{1,4}[²³]?|%)\)")
"""Matches a label that has the unit of its numbers: "Gewicht (kg)"."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WEIGHT = re.compile(r"weight|gewicht|poids|peso")
_HIDDEN = frozenset({"manufacturer", "model", "model_name", "released", "image", "sku", "ean", "tags"})


def evidence_for(
    candidate: Candidate, request: Request, session: Session, shop: Shop, shown: Sequence[Product]
) -> tuple[Evidence, ...]:
    """What is known to be true of the product and of its place in this answer, among all products `shown` in it."""
    product = candidate.product
    found = [Evidence("name", product.title)]
    found += _about_shopper(candidate, request, session, shop)
    beside = standing(product, request, shown)
    found += [one for one in beside if one.source == "asked"]
    kind = kind_key_of(product)
    if kind:
        found.append(Evidence("kind", kind))
    if product.brand:
        found.append(Evidence("brand", product.brand))
    found += [Evidence("attribute", text) for text in _attributes(product, request, shop)]
    if product.rating is not None and (product.rating_count or 0) >= RATINGS:
        found.append(Evidence("rating", f"rated {product.rating:g} of 5 by {product.rating_count} shoppers"))
    found += [one for one in beside if one.source != "asked"]
    if product.reviews:
        found += review_evidence(product, wished_for(product, request))
    return tuple(found)


def _about_shopper(candidate: Candidate, request: Request, session: Session, shop: Shop) -> list[Evidence]:
    """Statements that tie the product to what the shopper named, owns or asked for; the first that holds of each."""
    product = candidate.product
    found = []
    anchors = [shop.products[one] for one in request.anchor_ids if one in shop.products]
    if request.act == "goes_with" and candidate.source == "declared":
        what = f"your {short_name(anchors[0])}" if anchors else "the device you named"
        found.append(Evidence("companion", f"listed as working with {what}"))
    elif request.act == "goes_with" and candidate.source == "together" and anchors:
        found.append(Evidence("companion", f"often bought together with your {short_name(anchors[0])}"))
    elif request.act == "goes_with" and candidate.source == "fit" and anchors:
        found += _fits(product, anchors)
    elif request.act == "goes_with" and candidate.source == "kind":
        kind = kind_key_of(anchors[0]) if anchors else request.anchor_text
        found.append(Evidence("companion", f"of a kind that goes with a {kind}"))
    if request.act != "goes_with" or request.kinds:
        found += _owned_evidence(product, session, shop, {one.product_id for one in anchors})
    return found


def _fits(product: Product, anchors: Sequence[Product]) -> list[Evidence]:
    """By which attributes the product fits the first anchor that it fits."""
    for anchor in anchors:
        found = fit(anchor, product)
        if found is not None and found.score > 0:
            return [Evidence("companion", f"fits your {short_name(anchor)} ({found.reason})")]
    return []


def _owned_evidence(product: Product, session: Session, shop: Shop, told: set[str]) -> list[Evidence]:
    for one in reversed(session.recent):
        if one in told or one not in shop.products:
            continue
        owned = shop.products[one]
        if one == product.product_id:
            return [Evidence("history", "you bought it before")]
        if any(other == product.product_id for other, _ in shop.companions.declared.get(one, ())):
            return [Evidence("history", f"listed as working with your {short_name(owned)}")]
    for one in reversed(session.recent):
        if one in shop.products and any(
            other == product.product_id for other, _ in shop.companions.together.get(one, ())
        ):
            return [Evidence("history", f"often bought together with your {short_name(shop.products[one])}")]
    for one in reversed(session.recent):
        if one in shop.products and product.brand and shop.products[one].brand == product.brand:
            return [Evidence("history", f"you bought the {short_name(shop.products[one])} of {product.brand}")]
    return []


def _attributes(product: Product, request: Request, shop: Shop) -> list[str]:
    """A few attributes as "name: value": those that a constraint or a word of the message names, then the first.

    What nearly all products of the shop have is told only where it is asked for; what those of its kind have, last, and
    so a table's weight, which is there for the parcel.
    """
    wanted = set(terms(request.query)) | {
        term for name in request.constraints.attributes for term in terms(name.replace("_", " "))
    }
    told = []
    kind = kind_key_of(product)
    for place, (name, values) in enumerate(product.attributes.items()):
        value, label = ", ".join(values), name.replace("_", " ")
        if name in _HIDDEN or is_trade(name) or len(value) > _VALUE_CHARACTERS or fold(value) in _SAYS_NOTHING:
            continue
        if kind_key(value) == kind:
            continue  # "type: T-Shirts" of a T-shirt
        column = _COLUMN.fullmatch(label) if _NUMBER.fullmatch(value) else None
        if column:
            text = f"{column[1]}: {value} {column[2]}"
        else:
            text = label if fold(value) == "yes" else _labelled(label, values)
        named = len(wanted & set(terms(text)))
        if not named and is_usual(name, values, shop):
            continue
        late = is_usual_of_kind(name, values, kind, shop) or bool(column and _WEIGHT.search(fold(label)))
        told.append((-named, late, place, text))
    return [text for *_, text in sorted(told)[:_ATTRIBUTES]]


def _labelled(label: str, values: Sequence[str]) -> str:
    """The label and the values, without a word that both have: a form of "ground coffee", a "dry" skin type."""
    *before, last = label.split() or [label]
    if before and last == "type" and all(fold(value).split()[1:][-1:] == [fold(before[-1])] for value in values):
        values = [value.rsplit(maxsplit=1)[0] for value in values]
    value = ", ".join(values)
    words = [*before, last]
    while len(words) > 1 and fold(value).split()[-1:] == [fold(words[0])]:
        del words[0]
    return f"{' '.join(words)}: {value}"


def short_name(product: Product) -> str:
    """The product's name up to its first comma or bracket, at most eight words and a unit."""
    head = re.split(r"[;(|]|,(?!\d)| - ", product.title, maxsplit=1)[0].strip()
    words = (head or product.title).split()
    last = _NAME_WORDS
    while last < len(words) and words[last - 1].replace(",", "").replace(".", "").isdecimal():
        last += 1  # "37 cm" is told whole
    return " ".join(words[:last])


def plain_facts(evidence: Sequence[Evidence]) -> str:
    """One sentence of plain facts out of the evidence: what ties it to the shopper, then what it is; behind it what
    buyers wrote.
    """
    ties = [one.text for one in evidence if one.source in TIES] or [
        one.text for one in evidence if one.source == "asked"
    ]
    told = [_told(one) for one in evidence if one.source in FACTS]
    # What the tie tells whole, "size M", is not told again.
    facts = [one for one in told if not any(f" {fold(one)} ".startswith(f" {fold(_of_tie(tie))}") for tie in ties[:1])]
    facts = facts[:3] or told[:3]
    if not facts:
        facts = [one.text for one in evidence if one.source in ("kind", "brand")]
    if not facts and not ties:
        facts = [one.text for one in evidence if one.source not in FRAMES]
    text = "; ".join([*ties[:1], ", ".join(facts)] if facts else ties[:1])
    return with_quotes(f"{text[:1].upper()}{text[1:]}." if text else "", evidence)


def _of_tie(tie: str) -> str:
    return tie.removeprefix("you asked for ")


def _told(fact: Evidence) -> str:
    """ "color: Black" as it stands in a sentence."""
    return fact.text.replace(": ", " ", 1)


def write_rationales(
    model: ChatModel, recommendations: Sequence[Recommendation], stop: Stop
) -> Iterator[RationaleText | tuple[Recommendation, ...]]:
    """Rationales as they are written and checked, and at the end all recommendations with theirs.

    Only whole, supported clauses are sent. A row whose text is not supported ends early; its product gets plain
    facts. A stop leaves plain facts where nothing was finished.
    """
    # Where it is stopped already, a model elsewhere is not even asked.
    prompts = [] if stop.is_set() else _prompts(model, recommendations)
    texts = [""] * len(recommendations)
    sent = [""] * len(recommendations)
    done: dict[int, str] = {}
    for row, piece in model.stream(prompts, max_tokens=RATIONALE_TOKENS, stop=stop):
        if row in done:
            continue
        texts[row] += piece
        sentence, finished = first_sentence(texts[row])
        evidence = recommendations[row].evidence
        if finished:
            done[row] = _told_with_quotes(sentence, recommendations[row])
            stop.set_row(row)
            yield RationaleText(recommendations[row].product.product_id, done[row] or plain_facts(evidence))
            continue
        ready = checked_prefix(said_once(sentence, evidence), evidence)
        if len(ready) > len(sent[row]):
            sent[row] = ready
            yield RationaleText(recommendations[row].product.product_id, ready)
    for row, one in enumerate(recommendations):
        if row not in done and not stop.is_set():
            done[row] = _told_with_quotes(first_sentence(texts[row])[0], one)
    yield tuple(
        replace(one, rationale=done.get(row) or plain_facts(one.evidence), written=bool(done.get(row)))
        for row, one in enumerate(recommendations)
    )


def _told_with_quotes(sentence: str, recommendation: Recommendation) -> str:
    kept = settled(sentence, recommendation)
    return with_quotes(kept, recommendation.evidence) if kept else ""


def _prompts(model: ChatModel, recommendations: Sequence[Recommendation]) -> list[list[Message]]:
    evidence = [[told for told in one.evidence if told.source not in FRAMES] for one in recommendations]
    if "explain" not in model.tasks:
        return [rationale_prompt(one) for one in evidence]
    return [tuned_rationale_prompt(plan) for plan in plans(evidence)]


def settled(sentence: str, recommendation: Recommendation) -> str:
    """What of the model's sentence may be shown: its supported beginning when that says something, else "".

    Saying something is to tell a feature or a comparison, or what ties the product to the shopper.
    """
    whole = re.search(r"[.!]$", sentence) is not None
    if not whole:
        # The sentence was cut off: its last clause is not finished.
        sentence = sentence.rpartition(", ")[0]
    once = said_once(sentence, recommendation.evidence)
    kept = unhung(supported_part(once, recommendation.evidence).rstrip(" ,;:.!"))
    said = set(terms(kept))
    facts = [one for one in recommendation.evidence if one.source in FACTS]
    told = [one for one in facts if set(terms(one.text.rpartition(":")[2])) <= said]
    compared = [one for one in recommendation.evidence if one.source == "compared"]
    told += [one for one in compared if set(terms(one.text)) <= said]
    ties = [one for one in recommendation.evidence if one.source in TIES]
    tied = any(len(said & set(terms(one.text))) >= 3 for one in ties)
    asked = [one for one in recommendation.evidence if one.source == "asked"]
    tied |= any(set(terms(one.text.removeprefix("you asked for"))) <= said for one in asked)
    if not kept or not (told or tied):
        return ""
    if not told and facts:
        # Only the tie was left of it: what the product is completes the sentence.
        if any(set(terms(one.text.rpartition(":")[0])) & said for one in facts[:2]):
            return ""  # a value was left half told: it would be told twice
        kept += f"; {', '.join(map(_told, facts[:2]))}"
    return f"{kept}."
