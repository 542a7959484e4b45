"""Every prompt of the assistant; a hole that is not filled is an error.

Product text enters as data in a user message, never as an instruction, and every sentence that comes back is
checked against the evidence by `ground`.
"""

from collections.abc import Sequence

from assistant.dialogue import TIES, Evidence
from assistant.llm import Message
from assistant.plan import Plan

RATIONALE_TOKENS = 48
"""Tokens that one rationale may take."""

_RATIONALE = "Write one short sentence for a shopper about a product. Use only the facts given."
_FACTS = 2
"""Attributes that the model is given: with more, a small model mixes their values up."""
# Written for the prompt; the products are made up and in no catalogue. They show how facts become a sentence.
_SHOWN: Sequence[tuple[str, str]] = (
    (
        "mouse; connection: 2.4 GHz wireless; weight: 78 g",
        "This mouse has a 2.4 GHz wireless connection and a weight of 78 g.",
    ),
    (
        "listed as working with your Kaira M3; memory card; format: SDXC; capacity: 64 GB",
        "It is listed as working with your Kaira M3, and this memory card has the format SDXC and a capacity of 64 GB.",
    ),
    ("desk lamp; dimmable; color: white", "This desk lamp is dimmable and white in color."),
    (
        "often bought together with your Linden 40; ink cartridge; color: black; page yield: 400 pages",
        "It is often bought together with your Linden 40, and this ink cartridge has the color black and a page yield "
        "of 400 pages.",
    ),
    (
        "you bought the Fennel Desk of Fennel; office chair; back: mesh; armrests: adjustable",
        "You bought the Fennel Desk of Fennel, and this office chair has a mesh back and adjustable armrests.",
    ),
)


_READ = "Read the shopper."
_TELL = "Say why it fits."


def understand_prompt(
    now: str, shown: Sequence[str], owned: Sequence[str], message: str, *, about: str = ""
) -> list[Message]:
    """The prompt that asks a tuned model what a message changes.

    `now` is the request in force as a line of `change`, `shown` and `owned` are short product names, numbered from 1;
    `about` is the product that is talked about, number 0.
    """
    numbered = [f"{place} {name}" for place, name in enumerate(shown, start=1)]
    lines = {
        "now": now,
        "shown": "; ".join([f"0 {about}", *numbered] if about else numbered),
        "owns": "; ".join(f"{place} {name}" for place, name in enumerate(owned, start=1)),
        "says": message,
    }
    return [
        Message("system", _READ),
        Message("user", "\n".join(f"{key}: {text}" for key, text in lines.items() if text)),
    ]


def tuned_rationale_prompt(plan: Plan) -> list[Message]:
    """The prompt that asks a tuned model for one product's rationale, which tells what is planned."""
    before = {"against": "but ", "brand": "by "}
    told = [f"{before.get(one.source, '')}{one.text}" for one in plan.told]
    return [Message("system", _TELL), Message("user", f"begin: {plan.begin}\nfacts: {'; '.join(told)}")]


def rationale_prompt(evidence: Sequence[Evidence]) -> list[Message]:
    """The prompt for one product's rationale; all products of a turn share its beginning.

    ValueError when there is nothing to say.
    """
    shown = [
        message
        for facts, sentence in _SHOWN
        for message in (Message("user", f"Facts: {facts}"), Message("assistant", sentence))
    ]
    return [Message("system", _RATIONALE), *shown, Message("user", f"Facts: {_facts(evidence)}")]


def _facts(evidence: Sequence[Evidence]) -> str:
    ties = [one.text for one in evidence if one.source in TIES][:1]
    kind = [one.text for one in evidence if one.source == "kind"]
    facts = [one.text for one in evidence if one.source == "attribute"][:_FACTS]
    told = [*ties, *kind, *facts] or [one.text for one in evidence]
    if not told:
        raise ValueError("no evidence, expected at least one statement about the product")
    return "; ".join(told)
