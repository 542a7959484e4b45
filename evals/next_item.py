"""Compares ways to say what a shopper picks next: `python -m evals.next_item --index DIR --cases FILE [--seed N]`.

hr@10 and ndcg@10 with n and bootstrap 95 % intervals, over the full ranking of all products; no product is left out
of it, also not those of the history. The stored model of the index (`python -m finetune.history`) as a whole and by
its parts, beside a GRU and a plain SASRec that this command trains on the same interactions, by ids only. Reads
cases only to measure: nothing is learned or chosen by them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from evals.cases import Case, CaseError, read_cases
from evals.metrics import Estimate, estimate, hit_at, ndcg_at
from index.counts import Rows
from index.feeds import FeedError
from index.folder import IndexFolderError, Shop, open_shop
from index.history import NextProduct
from index.interactions import Interaction, histories, split_by_time
from index.lexical import Scores
from index.transformer import LATEST

if TYPE_CHECKING:
    from torch import Tensor, nn

Scorer = Callable[[Rows], Scores]
"""Scores of all rows for the rows of a history, oldest to newest and never empty."""

_K = 10
_DIM, _BATCH, _RATE, _DROPOUT, _EPOCHS, _PATIENCE = 64, 64, 1e-3, 0.5, 60, 5
_MOST_TARGETS = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """One way of scoring, what it got, and the seconds a case took."""

    name: str
    hr: Estimate
    ndcg: Estimate
    seconds: float


def compare(
    cases: Sequence[Case], product_ids: Sequence[str], scorers: Mapping[str, Scorer], seed: int
) -> tuple[Line, ...]:
    """Every scorer over the first turn of every case that has a relevant product.

    A case whose history holds no known product is answered with an empty history. Ties go to the earlier row.
    """
    row_of = {name: row for row, name in enumerate(product_ids)}
    lines = []
    for name, scorer in scorers.items():
        hits, gains = [], []
        started = time.perf_counter()
        for case in cases:
            relevant = case.turns[0].relevant or {}
            if not any(gain > 0 for gain in relevant.values()):
                continue
            rows = np.asarray([row_of[one] for one in case.history if one in row_of], np.int64)
            scores = scorer(rows)
            best = np.lexsort((np.arange(len(scores)), -scores))[:_K]
            ranking = [product_ids[row] for row in best]
            hits.append((case.case_id, hit_at(ranking, relevant, _K)))
            gains.append((case.case_id, ndcg_at(ranking, relevant, _K)))
        seconds = (time.perf_counter() - started) / max(len(hits), 1)
        lines.append(Line(name, estimate(hits, seed=seed), estimate(gains, seed=seed), seconds))
    return tuple(lines)


def scorers_of(shop: Shop, model: NextProduct) -> Mapping[str, Scorer]:
    """What needs no training here: popularity, the last product by text, counts, the transformer, the whole."""

    def bm25(rows: Rows) -> Scores:
        if not len(rows):
            return np.zeros(len(shop.rows), np.float32)
        return shop.lexical.scores(shop.rows[int(rows[-1])].title)

    def part(name: str) -> Scorer:
        return lambda rows: model.parts(rows)[name]

    found: dict[str, Scorer] = {
        "popularity": part("popular"),
        "last product, BM25": bm25,
        "last product, MiniLM": part("text_last"),
        "transitions": part("follows"),
        "item-kNN": part("neighbours"),
    }
    if model.transformer:
        found["transformer"] = part("transformer")
        found["all but the transformer"] = lambda rows: model.logits(rows, counted=True)
    return found | {"all": model.logits}


def train_ids(kind: str, interactions: Sequence[Interaction], row_of: Mapping[str, int], seed: int) -> Scorer:
    """A baseline by ids only, "gru" or "sasrec", trained by full cross-entropy on the purchases.

    Early stopping on the later fifth by ndcg@10, then trained anew on everything for the epochs that were best.
    """
    purchases = [row for row in interactions if row.event == "purchase" and row.product_id in row_of]
    early, late = split_by_time(purchases)
    targets = _targets(early, late, row_of)
    if len(targets) > _MOST_TARGETS:
        chosen = np.random.default_rng(seed).choice(len(targets), _MOST_TARGETS, replace=False)
        targets = [targets[place] for place in chosen]
    _, epochs = _train(kind, _rows_of(early, row_of), targets, len(row_of), _EPOCHS, seed)
    net, _ = _train(kind, _rows_of(purchases, row_of), [], len(row_of), epochs, seed)

    def scorer(rows: Rows) -> Scores:
        import torch

        if not len(rows):
            return np.zeros(len(row_of), np.float32)
        with torch.no_grad():
            found: Scores = net(torch.from_numpy(rows[None, -LATEST:] + 1))[0, -1].numpy()
        return found

    return scorer


def _rows_of(rows: Sequence[Interaction], row_of: Mapping[str, int]) -> list[list[int]]:
    return [[row_of[one] for one in own] for own in histories(rows).values()]


def _targets(
    early: Sequence[Interaction], late: Sequence[Interaction], row_of: Mapping[str, int]
) -> list[tuple[list[int], int]]:
    running = {user: [row_of[one] for one in own] for user, own in histories(early).items()}
    found = []
    for row in sorted(late, key=lambda row: row.timestamp):
        own = running.setdefault(row.user_id, [])
        if own:
            found.append((own[-LATEST:], row_of[row.product_id]))
        own.append(row_of[row.product_id])
    return found


def _train(
    kind: str,
    sequences: Sequence[Sequence[int]],
    targets: Sequence[tuple[list[int], int]],
    size: int,
    epochs: int,
    seed: int,
) -> "tuple[nn.Module, int]":
    """The trained net and its best epoch; without targets, the net after all epochs."""
    import torch
    from torch.nn.functional import cross_entropy

    torch.manual_seed(seed)
    net = _net(kind, size)
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=0.01)
    usable = [list(own[-LATEST - 1 :]) for own in sequences if len(own) > 1]
    best, best_epoch = -1.0, 0
    for epoch in range(1, epochs + 1):
        net.train()
        order = torch.randperm(len(usable)).tolist()
        for start in range(0, len(order), _BATCH):
            rows = _padded([usable[place] for place in order[start : start + _BATCH]])
            wanted = rows[:, 1:] - 1
            real = wanted >= 0
            optimiser.zero_grad()
            loss: Tensor = cross_entropy(net(rows[:, :-1])[real], wanted[real])
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        net.eval()
        if not targets:
            continue
        score = _ndcg(net, targets)
        if score > best:
            best, best_epoch = score, epoch
        if epoch - best_epoch >= _PATIENCE:
            break
    return net, max(best_epoch, 1)


def _ndcg(net: "nn.Module", targets: Sequence[tuple[list[int], int]]) -> float:
    import torch

    total = 0.0
    with torch.no_grad():
        for start in range(0, len(targets), 256):
            some = targets[start : start + 256]
            scores = net(_padded([own for own, _ in some]))
            last = torch.tensor([len(own) - 1 for own, _ in some])
            scores = scores[torch.arange(len(some)), last]
            own = scores[torch.arange(len(some)), torch.tensor([row for _, row in some])]
            ranks = (scores > own[:, None]).sum(1)
            total += float(torch.where(ranks < _K, 1 / torch.log2(ranks + 2.0), torch.zeros(())).sum())
    return total / len(targets)


def _padded(sequences: Sequence[Sequence[int]]) -> "Tensor":
    """Rows plus one, padded at the end with 0."""
    import torch

    rows = torch.zeros(len(sequences), max(map(len, sequences)), dtype=torch.long)
    for place, own in enumerate(sequences):
        rows[place, : len(own)] = torch.tensor(own) + 1
    return rows


def _net(kind: str, size: int) -> "nn.Module":
    """Rows plus one (batch, length), 0 where there is none, to scores of the next product (batch, length, size)."""
    import torch
    from torch import nn

    class Ids(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(size + 1, _DIM, padding_idx=0)
            nn.init.normal_(self.embedding.weight, std=0.05)
            self.dropout = nn.Dropout(_DROPOUT)
            self.body: Any
            if kind == "gru":
                self.body = nn.GRU(_DIM, _DIM, batch_first=True)
            else:
                self.position = nn.Embedding(LATEST, _DIM)
                nn.init.normal_(self.position.weight, std=0.05)
                layer = nn.TransformerEncoderLayer(_DIM, 2, _DIM * 2, _DROPOUT, batch_first=True, norm_first=True)
                self.body = nn.TransformerEncoder(layer, 2, nn.LayerNorm(_DIM), enable_nested_tensor=False)

        def forward(self, rows: "Tensor") -> "Tensor":
            x = self.embedding(rows)
            if kind == "gru":
                x, _ = self.body(self.dropout(x))
            else:
                places = torch.arange(rows.shape[1])
                later = places[None] > places[:, None]
                x = self.body(self.dropout(x * _DIM**0.5 + self.position(places)), mask=later)
            scores: Tensor = x @ self.embedding.weight[1:].T
            return scores

    return Ids()


def measured(shop: Shop, cases: Sequence[Case], seed: int, say: Callable[[str], object]) -> tuple[Line, ...]:
    """The stored model by its parts and as a whole, beside the baselines, which are trained on the way."""
    ready = dict(scorers_of(shop, shop.next_product))
    whole = {name: ready.pop(name) for name in ("transformer", "all but the transformer", "all") if name in ready}
    for name, kind in (("GRU, ids only", "gru"), ("SASRec, ids only", "sasrec")):
        started = time.perf_counter()
        ready[name] = train_ids(kind, shop.interactions, shop.row_of, seed)
        say(f"trained {name} in {time.perf_counter() - started:.0f} s")
    return compare(cases, [product.product_id for product in shop.rows], ready | whole, seed)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.next_item", description="Who says best what comes next?")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="an index folder with a model")
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="cases.jsonl or .jsonl.gz")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="of the training and the bootstrap")
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(options.cases)
        shop = open_shop(options.index)
    except (OSError, CaseError, FeedError, IndexFolderError) as error:
        sys.stderr.write(f"evals.next_item: {error}\n")
        return 2
    try:
        lines = measured(shop, cases, options.seed, lambda line: sys.stderr.write(f"{line}\n"))
    finally:
        shop.close()
    print_lines(Console(), f"{options.cases.name}: full ranking of {len(shop.rows)} products", lines)
    return 0


def print_lines(console: Console, title: str, lines: Sequence[Line]) -> None:
    """One row a way of scoring."""
    table = Table(title=title)
    for name in ("scored by", "hr@10", "95 %", "ndcg@10", "95 %", "n", "ms a case"):
        table.add_column(name, justify="left" if name == "scored by" else "right", no_wrap=True)
    for line in lines:
        table.add_row(line.name, *_shown(line.hr), *_shown(line.ndcg), str(line.hr.n), f"{line.seconds * 1000:.1f}")
    console.print(table)


def _shown(value: Estimate) -> tuple[str, str]:
    return f"{value.mean:.4f}", f"{value.low:.3f}-{value.high:.3f}"


if __name__ == "__main__":
    sys.exit(main())
