"""Train the model of what a shopper picks next: `python -m finetune.history --index DIR [--sweep] [--epochs N ...]`.

From the purchases in an index folder: a causal transformer over the sequence of products, and the weights that join
it with what is counted. One cut in time serves early stopping, the sweep and the weights; then all is learned again
from every purchase, for the epochs that were best. Knows nothing of any evaluation case. `index.build` counts
purchases anew and keeps the transformer and the weights; what came since is learned by training again.

A run that was killed goes on where it stopped when it is started again with the same settings.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from finetune.mix import Mixed, learn_weights, targets_of
from finetune.network import Checkpoint, Settings, train_transformer
from index.catalog import Product
from index.embed import Progress, Vectors
from index.feeds import FeedError, read_interactions, read_products
from index.folder import INTERACTIONS, PRODUCTS, VECTORS, IndexFolderError, lock_folder, read_manifest
from index.history import HISTORY, NextProduct, Traits, counted
from index.interactions import Interaction, histories, split_by_time
from index.progress import progress_bar
from index.transformer import Transformer

Say = Callable[[str], None]

_PART = "history.part"
_FEWEST_TARGETS = 50
"""With fewer purchases to stop by no transformer is trained: what is counted says more."""

_SWEEP = tuple((dropout, decay) for dropout in (0.3, 0.5) for decay in (0.01, 0.1))


@dataclass(frozen=True, slots=True)
class Bought:
    """A generation's products with their traits, and the purchases of those products."""

    row_of: Mapping[str, int]
    traits: Traits
    purchases: tuple[Interaction, ...]

    @classmethod
    def read(cls, inside: Path) -> "Bought":
        """What a generation folder stores."""
        products = [row for row in read_products([inside / PRODUCTS]) if isinstance(row, Product)]
        row_of = {product.product_id: row for row, product in enumerate(products)}
        vectors: Vectors = np.load(inside / VECTORS)
        traits = NextProduct.load(inside / HISTORY, row_of, vectors).traits
        rows = read_interactions(inside / INTERACTIONS) if (inside / INTERACTIONS).exists() else ()
        purchases = tuple(
            row for row in rows if isinstance(row, Interaction) and row.event == "purchase" and row.product_id in row_of
        )
        return cls(row_of, traits, purchases)

    def sequences(self, purchases: Sequence[Interaction]) -> list[list[int]]:
        """Each shopper's rows, oldest to newest."""
        return [[self.row_of[one] for one in own] for own in histories(purchases).values()]

    def model(
        self,
        purchases: Sequence[Interaction],
        transformer: Transformer | None,
        weights: Mapping[str, float] | None = None,
        without: Mapping[str, float] | None = None,
    ) -> NextProduct:
        """The model whose counts are of these purchases; `without` are the weights without the transformer."""
        counts = counted(purchases, self.row_of, self.traits.kinds)
        return NextProduct(self.row_of, self.traits, counts, transformer, weights, without)


@dataclass(frozen=True, slots=True)
class Report:
    """What a training found out: the held-out scores, the settings in force, and how long it took."""

    mixed: Mixed
    counted: Mixed
    settings: Settings
    epochs: int
    transformer_ndcg10: float
    swept: tuple[Mapping[str, float], ...]
    seconds: float


def train(folder: Path, settings: Settings, say: Say = lambda _: None, progress: Progress | None = None) -> Report:
    """Train on the purchases of an index folder and store the model in it; IndexFolderError, FeedError."""
    started = time.perf_counter()
    read_manifest(folder)
    with lock_folder(folder):
        # Not before: a build that was at work until now has put another generation in force.
        manifest = read_manifest(folder)
        inside = folder / manifest.generation
        bought = Bought.read(inside)
        if not bought.purchases:
            raise IndexFolderError(
                f"{folder} stores no purchase of its products; "
                f"build it with: python -m index.build FEED --interactions FILE --out {folder}"
            )
        early, late = split_by_time(bought.purchases, settings.held_out)
        targets = targets_of(early, late, bought.row_of, settings.most_targets, settings.seed)
        say(f"{len(bought.purchases)} purchases, {len(targets)} of them held out to stop and to weigh by")
        part = inside / _PART
        checkpoint = Checkpoint(part, _fingerprint(manifest.generation, settings))
        transformer, epochs, score = None, 0, float("nan")
        swept: list[Mapping[str, float]] = []
        if len(targets) >= _FEWEST_TARGETS:
            sequences = bought.sequences(early)
            for dropout, decay in _SWEEP if settings.sweep else [(settings.dropout, settings.weight_decay)]:
                tried = replace(settings, dropout=dropout, weight_decay=decay)
                found = checkpoint.stage(
                    f"early {dropout} {decay}",
                    lambda tried=tried: train_transformer(  # type: ignore[misc]
                        bought.traits.vectors, sequences, targets, tried, checkpoint, progress
                    ),
                )
                say(f"dropout {dropout}, weight decay {decay}: ndcg@10 {found.ndcg10:.4f} after epoch {found.epoch}")
                swept.append({"dropout": dropout, "weight_decay": decay, "ndcg@10": found.ndcg10})
                if transformer is None or found.ndcg10 > score:
                    transformer, epochs, score, settings = found.transformer, found.epoch, found.ndcg10, tried
        mixed = learn_weights(bought.model(early, transformer), targets, settings.seed)
        counted = learn_weights(bought.model(early, None), targets, settings.seed) if transformer else mixed
        say(f"counted parts: hr@10 {counted.hr10:.4f}, ndcg@10 {counted.ndcg10:.4f} on held-out purchases")
        say(f"all parts: hr@10 {mixed.hr10:.4f}, ndcg@10 {mixed.ndcg10:.4f} on held-out purchases")
        if transformer is not None:
            every = bought.sequences(bought.purchases)
            whole = replace(settings, epochs=epochs)
            transformer = checkpoint.stage(
                "all",
                lambda: train_transformer(bought.traits.vectors, every, (), whole, checkpoint, progress),
            ).transformer
        model = bought.model(bought.purchases, transformer, mixed.weights, counted.weights)
        report = Report(mixed, counted, settings, epochs, score, tuple(swept), time.perf_counter() - started)
        model.save(inside / HISTORY, _card(report, len(bought.purchases)))
        part.unlink(missing_ok=True)
    return report


def _card(report: Report, purchases: int) -> Mapping[str, object]:
    def number(value: float) -> float | None:
        return None if np.isnan(value) else round(value, 4)

    return {
        "settings": asdict(report.settings),
        "epochs": report.epochs,
        "purchases": purchases,
        "held_out": {
            "targets": report.mixed.targets,
            "hr@10": number(report.mixed.hr10),
            "ndcg@10": number(report.mixed.ndcg10),
            "counted hr@10": number(report.counted.hr10),
            "counted ndcg@10": number(report.counted.ndcg10),
            "transformer ndcg@10": number(report.transformer_ndcg10),
        },
        "swept": report.swept,
        "seconds": round(report.seconds, 1),
    }


def _fingerprint(generation: str, settings: Settings) -> str:
    return hashlib.sha256(json.dumps([generation, asdict(settings)]).encode()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m finetune.history", description="Train the model of what a shopper picks next."
    )
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index folder")
    for item in fields(Settings):
        flag = f"--{item.name.replace('_', '-')}"
        if item.name == "sweep":
            parser.add_argument(flag, action="store_true", help="try several dropouts and weight decays")
        else:
            kind = type(item.default)
            parser.add_argument(flag, type=kind, default=item.default, metavar="N", help=f"{item.default} unless told")
    given = vars(parser.parse_args(arguments))
    folder = given.pop("index")
    try:
        settings = Settings(**given)
        with _progress() as progress:
            report = train(folder, settings, lambda text: print(text, file=sys.stderr), progress)
    except (IndexFolderError, FeedError, ValueError, OSError) as error:
        print(f"finetune.history: {error}", file=sys.stderr)
        return 2
    held = report.mixed
    print(f"held out: {held.targets} purchases, hr@10 {held.hr10:.4f}, ndcg@10 {held.ndcg10:.4f}")
    print("weights: " + ", ".join(f"{name} {weight:g}" for name, weight in held.weights.items()))
    print(f"{report.seconds:.0f} s; stored in {folder}")
    return 0


def _progress() -> AbstractContextManager[Progress | None]:
    return progress_bar("epochs") if sys.stderr.isatty() else nullcontext()


if __name__ == "__main__":
    sys.exit(main())
