"""One question, ten shoppers: `python -m evals.shoppers [--index DIR] [--question TEXT] [--n N] [--out FILE]`.

Shows side by side how a history changes an answer, for a person to judge: what each shopper bought, what they are
shown, and why. Picks shoppers whose last purchases have the least in common. Knows the assistant by its public door.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant
from assistant.dialogue import Candidate, Reply
from assistant.explain import short_name
from assistant.rank import SIGNALS, WEIGHTS, situation
from assistant.weights import ModelError
from index.feeds import FeedError
from index.folder import IndexFolderError

QUESTION = "something useful for my desk under $60"
_LATEST = 5
_SHOWN = 3


def chosen_shoppers(assistant: Assistant, n: int) -> list[str]:
    """Shoppers with at least three purchases, each the one whose kinds of product overlap least with those before."""
    shop = assistant.shop
    kinds = {
        user: {shop.products[one].kind for one in ids[-_LATEST:]}
        for user, ids in shop.histories.items()
        if len(ids) >= 3
    }
    found: list[str] = []
    seen: set[str] = set()
    while kinds and len(found) < n:
        user = min(kinds, key=lambda one: (len(kinds[one] & seen) / len(kinds[one]), -len(kinds[one]), one))
        found.append(user)
        seen |= kinds.pop(user)
    return found


def told(assistant: Assistant, reply: Reply) -> list[str]:
    """One line a product shown: its name, price, reason, and the signals that counted most."""
    candidates = [Candidate(one.product, one.signals) for one in reply.recommendations]
    weights = WEIGHTS[situation(reply.request, candidates)]
    lines = []
    for one in reply.recommendations[:_SHOWN]:
        counted = {name: weights.get(name, 0.0) * value for name, value in one.signals.items()}
        most = sorted(counted, key=lambda name: -counted[name])[:3]
        why = ", ".join(f"{SIGNALS[name]} {counted[name]:.2f}" for name in most if counted[name] > 0)
        lines.append(f"   - {short_name(one.product)} ({assistant.shop.currency} {one.product.price}). {one.rationale}")
        lines.append(f"     *{why}*")
    return lines


def page(assistant: Assistant, question: str, n: int) -> str:
    """The answers as Markdown, a stranger's first."""
    lines = [f"# One question, {n} shoppers", "", f"Everybody asks: **{question}**", ""]
    lines += ["In italics: the signals that counted most in the order, with their share of the score.", ""]
    for place, user in enumerate([None, *chosen_shoppers(assistant, n)]):
        session = assistant.session(user_id=user)
        owned = "; ".join(
            short_name(assistant.shop.products[one])
            for one in session.history[-_LATEST:]
            if one in assistant.shop.products
        )
        lines.append(
            f"{place}. **{f'Shopper {user}' if user else 'A stranger'}**" + (f" bought: {owned}" if owned else "")
        )
        lines += told(assistant, assistant.reply(session, question))
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.shoppers", description="One question, several shoppers.")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index folder")
    parser.add_argument("--question", default=QUESTION, metavar="TEXT")
    parser.add_argument("--n", type=int, default=10, metavar="N", help="shoppers (10 unless told)")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where the Markdown goes (standard output unless told)"
    )
    options = parser.parse_args(arguments)
    try:
        assistant = Assistant.load(options.index, rules_only=True, explain=False)
    except (OSError, FeedError, IndexFolderError, ModelError) as error:
        sys.stderr.write(f"evals.shoppers: {error}\n")
        return 2
    try:
        text = page(assistant, options.question, options.n)
    finally:
        assistant.close()
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
