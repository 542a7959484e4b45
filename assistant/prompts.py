"""Every prompt of the assistant; a hole that is not filled is an error.

Product text enters as data in a user message, never as an instruction, and every sentence that comes back is
checked against the evidence by `ground`.
"""

from collections.abc import Sequence

from assistant.dialogue import Evidence
from assistant.llm import Message
from index.catalog import Product

RATIONALE_TOKENS = 48
"""Tokens that one rationale may take."""

_RATIONALE = (
    "You write one short sentence for a shopper that says why a product fits. Use only the facts listed, in their own "
    "words. Add no other fact, no praise and no price."
)
# Written for the prompt; the products are made up and in no catalogue. They show how facts become a sentence.
_SHOWN: Sequence[tuple[str, str]] = (
    (
        "Product: Tavo Glide mouse\nFacts: kind: mouse; connection: 2.4 GHz wireless; buttons: silent clicks; weight: 78 g",
        "This mouse is wireless at 2.4 GHz, with silent clicks and a weight of 78 g.",
    ),
    (
        "Product: Orvo 64 memory card\nFacts: listed as working with your Kaira M3; kind: memory card; format: SDXC; "
        "capacity: 64 GB",
        "It is listed as working with your Kaira M3, and this SDXC memory card has a capacity of 64 GB.",
    ),
    (
        "Product: Fennel Glow lamp\nFacts: you bought the Fennel Desk 120; kind: desk lamp; brand: Fennel; color: white; "
        "light: dimmable",
        "You bought the Fennel Desk 120, and this Fennel desk lamp is white and dimmable.",
    ),
    (
        "Product: Beska P2 cartridge\nFacts: often bought together with your Linden 40 printer; kind: ink cartridge; "
        "color: black; pages: 400",
        "It is often bought together with your Linden 40 printer, and this black ink cartridge is for 400 pages.",
    ),
)


def rationale_prompt(product: Product, evidence: Sequence[Evidence]) -> list[Message]:
    """The prompt for one product's rationale; all products of a turn share its beginning."""
    shown = [
        message for asked, answered in _SHOWN for message in (Message("user", asked), Message("assistant", answered))
    ]
    return [Message("system", _RATIONALE), *shown, Message("user", _facts(product.title, evidence))]


def _facts(name: str, evidence: Sequence[Evidence]) -> str:
    if not evidence:
        raise ValueError(f"no evidence for {name!r}: expected at least one statement")
    facts = "; ".join(one.text for one in evidence if one.source != "name")
    return f"Product: {name}\nFacts: {facts}"
