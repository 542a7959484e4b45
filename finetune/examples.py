"""Training examples for the language model: what it reads, rendered by the assistant's own prompts, and its answer.

    python -m finetune.examples --out FILE.jsonl [--index DIR ...] [--count N] [--seed S] [--part train|heldout|both]
                                [--transcripts FILE.jsonl ...]

They come from made-up shops of many trades, and from any index folders: their kinds, makers, properties, prices, and
what their shoppers bought next. Does not know how a model is trained.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.change import Change, plain_message, render
from assistant.llm import Message
from assistant.prompts import understand_prompt

if TYPE_CHECKING:
    from finetune.states import Asked
    from finetune.trades import Trade
    from index.folder import Shop

_EXPLAINED = 0.33
"""Share of examples that explain."""
_BEGUN = 0.5
"""Share of messages that begin a conversation."""
_HELDOUT = 0.08
_IDLE = 20_000
"""Examples in a row that bring nothing new, after which there are no more."""
_OWN = 0.25
"""Share of examples from the given index folders."""


@dataclass(frozen=True, slots=True)
class Example:
    """One prompt and the answer to learn. `task` is "understand" or "explain"; `template` names the phrasing it was
    made with, and `part`, "train" or "heldout", is a property of the template.
    """

    task: str
    part: str
    template: str
    prompt: tuple[Message, ...]
    answer: str


def example_of(asked: "Asked", part: str) -> Example:
    """The example of a message; ValueError names a template whose change has words that the message has not."""
    message = plain_message(asked.message)
    for text in texts_of(asked.change):
        if not re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", message):
            raise ValueError(f"template {asked.template!r}: {text!r} is not in {message!r}, expected its own words")
    prompt = understand_prompt(asked.now, asked.shown, asked.owned, message, about=asked.about)
    return Example("understand", part, asked.template, tuple(prompt), render(asked.change))


def texts_of(change: Change) -> tuple[str, ...]:
    """The texts of a change that are the message's own words."""
    lists = (change.want, change.no, change.brand, change.not_, change.has, change.hasnt, change.soft)
    single = (change.named, change.min, change.max, change.near, change.count)
    own = [one for one in change.drop if one not in ("price", "brand", "color", "stock", "all")]
    return tuple(text for text in (*single, *(one for found in lists for one in found), *own) if text)


def made(
    trades: Sequence["Trade"], shops: Sequence[tuple["Shop", "Trade"]], rng: random.Random, part: str
) -> Iterator[Example]:
    """Examples without end, of both tasks, from made-up trades and shops; `part` is "train", "heldout" or "both"."""
    from finetune import asking, talking, telling

    explained = [telling.examples(None, trade, rng, one) for trade in trades for one in ("train", "heldout")]
    made_by = [
        (shop, replace(trade, wares=tuple(ware for ware in trade.wares if ware.brands))) for shop, trade in shops
    ]
    explained_own = [
        telling.examples(shop, trade, rng, one)
        for shop, trade in made_by
        if trade.wares  # what nobody made is not explained
        for one in ("train", "heldout")
    ]
    while True:
        own = bool(shops) and rng.random() < _OWN
        chosen = part if part != "both" else "heldout" if rng.random() < _HELDOUT else "train"
        if rng.random() < _EXPLAINED:
            sources = explained_own if own and explained_own else explained
            yield next(sources[2 * rng.randrange(len(sources) // 2) + (chosen == "heldout")])
            continue
        trade = rng.choice([one for _, one in shops]) if own else rng.choice(trades)
        messages: Callable[[Trade, random.Random, str], Asked]
        messages = asking.messages if rng.random() < _BEGUN else talking.messages
        yield example_of(messages(trade, rng, chosen), chosen)


def distinct(examples: Iterator[Example], count: int) -> list[Example]:
    """The first examples that differ in prompt or answer, `count` of them; a message stands in one part only.

    ValueError when there are not so many.
    """
    found: dict[tuple[str, str], Example] = {}
    parts: dict[str, str] = {}
    idle = 0
    while len(found) < count:
        example = next(examples)
        key, asked = (example.prompt[-1].content, example.answer), example.prompt[-1].content.rpartition("says: ")[2]
        idle += 1
        if key not in found and parts.setdefault(asked, example.part) == example.part:
            found[key], idle = example, 0
        if idle > _IDLE:
            raise ValueError(f"only {len(found):,} examples differ, expected {count:,}")
    return list(found.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    given = _parser().parse_args(arguments)
    from finetune.rows import ExamplesError, examples_sha256, write_examples
    from finetune.trades import made_up_trades, trade_of
    from finetune.transcripts import TranscriptError, liked_examples
    from index.folder import IndexFolderError, open_shop

    rng = random.Random(given.seed)
    with ExitStack() as opened:
        try:
            shops = []
            for folder in given.index:
                shop = open_shop(folder)
                opened.callback(shop.close)
                shops.append((shop, trade_of(shop)))
            # What shoppers liked is of no template, so it is never held out.
            liked = liked_examples(given.transcripts) if given.part != "heldout" else []
        except (IndexFolderError, ExamplesError, TranscriptError, OSError) as error:
            print(f"finetune.examples: {error}", file=sys.stderr)
            return 2
        usable = [(shop, trade) for shop, trade in shops if any(ware.products for ware in trade.wares)]
        examples = list(
            dict.fromkeys([*liked, *distinct(made(made_up_trades(), usable, rng, given.part), given.count)])
        )
    rng.shuffle(examples)
    write_examples(given.out, examples)
    counted = Counter((one.task, one.part) for one in examples)
    for (task, part), number in sorted(counted.items()):
        print(f"{task:12} {part:8} {number:7,}")
    families = Counter(one.template.partition(":")[0] for one in examples)
    print(", ".join(f"{name} {number:,}" for name, number in families.most_common(40)))
    print(f"{len(examples):,} examples, sha256 {examples_sha256(examples)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m finetune.examples", description="Make training examples.")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the rows go")
    parser.add_argument("--index", type=Path, action="append", default=[], metavar="DIR", help="a shop to speak of")
    parser.add_argument("--count", type=int, default=20_000, metavar="N", help="examples (20,000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--part", choices=("train", "heldout", "both"), default="both", help="of which templates (both)"
    )
    parser.add_argument(
        "--transcripts", type=Path, action="append", default=[], metavar="FILE", help="rationales with likes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
