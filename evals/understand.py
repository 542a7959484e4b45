"""Would the untuned language model read constraints better than the rules? Ask both, with the same gold.

    python -m evals.understand --index DIR --cases FILE [--model M]

Scores first turns that say what constraints are in force: the share read exactly, over price bounds, brands wanted and
not, and "in stock". The model gets six examples in its prompt. It answers the question whether the assistant should ask
the model at all (docs/decisions.md).
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from assistant.dialogue import Session
from assistant.llm import ChatModel, Message, generate, load_chat
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from assistant.weights import ModelError
from evals.cases import CaseError, read_cases
from evals.metrics import estimate
from index.catalog import Constraints, fold
from index.folder import IndexFolderError, Shop, open_shop

Slots = Mapping[str, str]

_TASK = "Read the shopper's message. Write max, min, brands, not and stock, each with its value or none."
_EXAMPLES = (
    ("a lamp under $30", "max: 30; min: none; brands: none; not: none; stock: none"),
    ("headphones, anything but Sony", "max: none; min: none; brands: none; not: Sony; stock: none"),
    ("only Canon cameras between 200 and 500", "max: 500; min: 200; brands: Canon; not: none; stock: none"),
    ("a desk that is in stock", "max: none; min: none; brands: none; not: none; stock: yes"),
    ("what goes with my printer", "max: none; min: none; brands: none; not: none; stock: none"),
    ("at least 100 dollars, no Acer or Dell", "max: none; min: 100; brands: none; not: Acer, Dell; stock: none"),
)


def read_by_model(model: ChatModel, message: str) -> Slots:
    """What the model reads out of a message; an unreadable answer reads as nothing."""
    shown = [part for asked, said in _EXAMPLES for part in (Message("user", asked), Message("assistant", said))]
    text = generate(model, [[Message("system", _TASK), *shown, Message("user", message)]], max_tokens=48)[0]
    found = dict(re.findall(r"(max|min|brands|not|stock): *([^;\n]*)", text))
    return {name: _plain(value) for name, value in found.items() if _plain(value) not in ("", "none")}


def slots_of(constraints: Constraints) -> Slots:
    """The constraints that are scored, in the form of the model's answer."""
    found = {
        "max": _number(constraints.price_max),
        "min": _number(constraints.price_min),
        "brands": _names(constraints.brands),
        "not": _names(constraints.not_brands),
        "stock": "yes" if constraints.in_stock else "",
    }
    return {name: value for name, value in found.items() if value}


def _plain(value: str) -> str:
    names = [fold(part) for part in value.strip().lstrip("$").split(",")]
    return ", ".join(sorted(name for name in names if name))


def _names(names: Sequence[str]) -> str:
    return ", ".join(sorted(fold(name) for name in names))


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.understand", description="Rules against the untuned model.")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE")
    parser.add_argument("--model", metavar="M", help="a language model; without it, the default one")
    given = parser.parse_args(arguments)
    try:
        cases = read_cases(given.cases)
        shop = open_shop(given.index)
        model = load_chat(given.model)
    except (CaseError, IndexFolderError, ModelError) as error:
        print(f"evals.understand: {error}", file=sys.stderr)
        return 2
    turns = [(case.turns[0].user, case.turns[0].constraints) for case in cases]
    scored = [(message, slots_of(gold)) for message, gold in turns if message and gold is not None]
    _print(scored, shop, model)
    shop.close()
    return 0


def _print(scored: Sequence[tuple[str, Slots]], shop: Shop, model: ChatModel) -> None:
    words = Vocabulary(shop.rows, shop.lexical)
    by_rules = [slots_of(understand(Session(), message, shop, words).constraints) == gold for message, gold in scored]
    by_model = [read_by_model(model, message) == gold for message, gold in scored]
    for name, hits in (("rules", by_rules), (model.name, by_model)):
        exact = estimate((str(place), float(hit)) for place, hit in enumerate(hits))
        print(f"{name:30} exact {exact.mean:.3f}  [{exact.low:.3f}, {exact.high:.3f}]  n {exact.n}")


if __name__ == "__main__":
    sys.exit(main())
