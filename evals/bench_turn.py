"""Measure where a turn's time goes, stage by stage, in a shop as large as asked for: `python -m evals.bench --turns`.

The shop is the demo store repeated: ids, brand names, prices and shoppers of every further copy are its own, and so
are its vectors, those of the demo with a little noise, so that nothing is embedded twice. No turn has a history that
came before, and no rationale is written.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from assistant.assistant import Assistant
from assistant.companion import CompanionFinder
from assistant.decoding import cores
from assistant.dialogue import RECENT, Reply
from evals.cases import Case, read_cases
from index.build import build
from index.catalog import Product
from index.demo import INTERACTIONS, PRODUCTS
from index.embed import Embedder, MiniLmEmbedder, Progress, Vectors, product_text
from index.feeds import interaction_to_json, product_to_json, read_interactions, read_products, write_rows
from index.folder import Shop
from index.history import NextProduct
from index.interactions import Interaction
from index.machine import processor

CASES = Path(__file__).parent / "data" / "demo.jsonl"
SEED = 20_000
_ENDINGS = ("ka", "lo", "mi", "nu", "ra", "so", "ti", "ve", "zu", "po", "da", "fe", "gi", "hu", "ja")
_NOISE = 0.02
"""What is added to each number of a copy's vectors, as a standard deviation: cosine to the original about .93."""
_HISTORY_TURNS = 70
"""Turns without a message, and turns that ask what goes with a product, beside those of the cases."""
_WARM = 3
_WORK = ("companions", "history", "rank")

Seconds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """The messages of one conversation and the history that it starts with."""

    history: tuple[str, ...]
    messages: tuple[str, ...]


def measure_turns(index: Path | None, products: int, cases: Path, say: Callable[[str], None]) -> list[Seconds]:
    """The seconds of every turn by stage, in an index folder or in a made shop of so many products."""
    with TemporaryDirectory() as made:
        if index is None:
            say(f"making a shop of {products} products")
            make_shop(Path(made), products)
        assistant = Assistant.load(index or Path(made), rules_only=True, explain=False)
        try:
            return list(_measured(assistant, asked(assistant.shop, read_cases(cases))))
        finally:
            assistant.close()


def _measured(assistant: Assistant, conversations: Sequence[Asked]) -> Iterator[Seconds]:
    # What is read at the first use of all, such as the declared names, is no part of a turn.
    for one in [*conversations[:_WARM], *conversations[-_WARM:]]:
        _replayed(assistant, replace(one, history=one.history[:1]))
    with Stopwatch() as watch:
        watch.time(type(assistant.shop.embedder), "embed", "embedding")
        watch.time(NextProduct, "scores", "history")
        watch.time(CompanionFinder, "find", "companions")
        watch.time(CompanionFinder, "companions", "companions")
        for one in conversations:
            session = assistant.session(history=one.history)
            for message in one.messages:
                watch.seconds.clear()
                reply = assistant.reply(session, message)
                session = reply.session
                yield stages(reply, watch.seconds)


def _replayed(assistant: Assistant, one: Asked) -> None:
    session = assistant.session(history=one.history)
    for message in one.messages:
        session = assistant.reply(session, message).session


def stages(reply: Reply, timed: Seconds) -> Seconds:
    """The seconds of one turn by stage; `timed` are those inside retrieval, each apart from the others."""
    told = reply.seconds
    embedding = timed.get("embedding", 0.0)
    inside = {name: timed.get(name, 0.0) for name in ("companions", "history")}
    found = {
        "understand": told["understand"],
        "embedding": embedding,
        "retrieve": max(told.get("retrieve", 0.0) - embedding, 0.0),
        **inside,
        "rank": told.get("rank", 0.0),
        "total": told["total"],
    }
    return found | {"work": sum(found[name] for name in _WORK), "found": found["retrieve"] + found["rank"]}


class Stopwatch(ExitStack):
    """Seconds by name of the methods it times until it is left; one within another counts for itself only."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def time(self, owner: type, method: str, name: str) -> None:
        """From now on the calls of a method of a class count under a name."""
        called: Callable[..., object] = getattr(owner, method)

        def timed(*arguments: object, **named: object) -> object:
            with self._counted(name):
                return called(*arguments, **named)

        setattr(owner, method, timed)
        self.callback(setattr, owner, method, called)

    @contextmanager
    def _counted(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole, inner = time.perf_counter() - begun, self._inner.pop()
            self.seconds[name] += whole - inner
            self._inner[-1] += whole


def asked(shop: Shop, cases: Sequence[Case]) -> list[Asked]:
    """What is asked: the cases, turns from a history alone, and what goes with a product, each history once.

    A history is a run of the purchases of the shop's shoppers, one after the other, of 1 to 30 products; in a shop
    without shoppers, products drawn at random.
    """
    rng = Random(SEED)
    bought = [one for own in shop.histories.values() for one in own]
    if len(bought) < RECENT:
        bought = [rng.choice(shop.rows).product_id for _ in range(len(shop.rows))]

    def history() -> tuple[str, ...]:
        start, length = rng.randrange(len(bought)), rng.randint(1, RECENT)
        return tuple(bought[start : start + length])

    found = [
        Asked(
            case.history if set(case.history) & shop.products.keys() else history(),
            tuple(one.user for one in case.turns),
        )
        for case in cases
    ]
    found += [Asked(history(), ("",)) for _ in range(_HISTORY_TURNS)]
    for _ in range(_HISTORY_TURNS):
        title = shop.products[rng.choice(bought)].title
        found.append(Asked(history(), (f"what goes with the {title}?",)))
    return found


def make_shop(folder: Path, products: int, embedder: Embedder | None = None) -> None:
    """Build an index of so many products out of the demo store; 20,000 take three minutes."""
    embedder = embedder or MiniLmEmbedder()
    own = [row for row in read_products([PRODUCTS]) if isinstance(row, Product)][:products]
    events = [row for row in read_interactions(INTERACTIONS) if isinstance(row, Interaction)]
    rows = [row for copy in range(-(-products // len(own))) for row in copied(own, copy)][:products]
    kept = {row.product_id for row in rows}
    feed, bought = folder / "feed.jsonl", folder / "bought.jsonl"
    write_rows(feed, map(product_to_json, rows))
    copies = (
        replace(row, user_id=f"{row.user_id}{_mark(copy)}", product_id=f"{row.product_id}{_mark(copy)}")
        for copy in range(-(-products // len(own)))
        for row in events
    )
    write_rows(bought, (interaction_to_json(row) for row in copies if row.product_id in kept))
    vectors = embedder.embed([product_text(product) for product in own])
    build([feed], folder, interactions=bought, embedder=_Repeated(embedder, vectors), fictional=True)


def copied(products: Sequence[Product], copy: int) -> list[Product]:
    """A further copy of a catalogue, under other brand names, at other prices; copy 0 is the catalogue."""
    if not copy:
        return list(products)
    rng = Random(SEED + copy)
    ending = _ENDINGS[(copy - 1) % len(_ENDINGS)] * (1 + (copy - 1) // len(_ENDINGS))
    brands = {product.brand for product in products} - {""}
    named = re.compile("|".join(sorted(map(re.escape, brands), key=len, reverse=True)))
    ids = {product.product_id for product in products}

    def renamed(text: str) -> str:
        return f"{text}{_mark(copy)}" if text in ids else named.sub(lambda found: f"{found[0]}{ending}", text)

    return [
        replace(
            product,
            product_id=renamed(product.product_id),
            title=renamed(product.title),
            description=renamed(product.description),
            brand=renamed(product.brand),
            price=None if product.price is None else _near(product.price, rng),
            list_price=None,
            compatible_with=tuple(map(renamed, product.compatible_with)),
            attributes={name: tuple(map(renamed, values)) for name, values in product.attributes.items()},
        )
        for product in products
    ]


def _mark(copy: int) -> str:
    return f"-{copy}" if copy else ""


def _near(price: Decimal, rng: Random) -> Decimal:
    return (price * Decimal(rng.uniform(0.8, 1.25))).quantize(Decimal("0.01"))


class _Repeated:
    """Gives the texts of a repeated catalogue the vectors of the first copy, with seeded noise from the second on."""

    def __init__(self, embedder: Embedder, vectors: Vectors) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._vectors = vectors

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text; the texts are those of the whole catalogue in order."""
        found = self._vectors[np.arange(len(texts)) % len(self._vectors)]
        noise = np.random.default_rng(SEED).normal(0, _NOISE, found.shape)
        noise[: len(self._vectors)] = 0
        moved = found + noise
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def print_turns(turns: Sequence[Seconds], shop: str) -> None:
    """The table: median and p95 of every stage in milliseconds."""
    print(f"{len(turns)} turns, {shop}, {processor()}, {cores()} cores")
    print(f"{'milliseconds':44}{'median':>8}{'p95':>8}")
    for title, name in (
        ("understand", "understand"),
        ("embed the query", "embedding"),
        ("retrieve, without embedding", "retrieve"),
        ("  of which companions", "companions"),
        ("  of which what comes next (history)", "history"),
        ("rank", "rank"),
        ("companions + history + rank", "work"),
        ("retrieve, without embedding, + rank", "found"),
        ("whole turn, without rationales", "total"),
    ):
        values = 1000 * np.asarray([turn[name] for turn in turns])
        print(f"{title:44}{np.median(values):8.1f}{np.percentile(values, 95):8.1f}")
