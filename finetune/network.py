"""The transformer of the history model in torch: its settings, its loss, its training with early stopping.

Product vectors are a learned projection of the texts plus a learned residual of each product; the loss is a full
softmax over all products, or over sampled ones past a number. Knows sequences of rows; nothing of files but its
checkpoint.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from finetune.mix import Floats, Target, ndcg_of
from index.embed import Progress, Vectors
from index.transformer import LATEST, Transformer

if TYPE_CHECKING:
    from torch import Tensor

    Parameters = dict[str, Tensor]

_FULL_SOFTMAX = 100_000
_SAMPLED = 8192


@dataclass(frozen=True, slots=True)
class Settings:
    """How the transformer is trained; `epochs` and `patience` bound the search, `held_out` is the later share."""

    epochs: int = 40
    patience: int = 4
    dim: int = 64
    layers: int = 2
    heads: int = 2
    dropout: float = 0.5
    weight_decay: float = 0.1
    learning_rate: float = 1e-3
    batch: int = 64
    text_only: float = 0.1
    held_out: float = 0.2
    most_targets: int = 3000
    sweep: bool = False
    seed: int = 7

    def __post_init__(self) -> None:
        """ValueError for settings that no model can have."""
        for name in ("epochs", "patience", "dim", "layers", "heads", "batch", "most_targets"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, expected at least 1")
        if self.dim % self.heads:
            raise ValueError(f"dim is {self.dim}, expected a multiple of heads ({self.heads})")
        for name in ("dropout", "text_only"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, expected a share from 0 to below 1")
        if not 0 < self.held_out < 1:
            raise ValueError(f"held_out is {self.held_out}, expected a share between 0 and 1")
        if self.learning_rate <= 0 or self.weight_decay < 0:
            raise ValueError(
                f"learning_rate is {self.learning_rate} and weight_decay {self.weight_decay}, "
                "expected one above 0 and the other from 0"
            )


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained transformer, after which epoch it was best, and its ndcg@10 there (NaN when nothing was held out)."""

    transformer: Transformer
    epoch: int
    ndcg10: float


class Checkpoint:
    """What a run has done so far, in one file that is replaced at once; empty when begun with other settings."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        import torch

        self._path = path
        self.state: dict[str, Any] = {"fingerprint": fingerprint}
        if path.exists():
            stored = torch.load(path, weights_only=True)
            if stored.get("fingerprint") == fingerprint:
                self.state = stored

    def keep(self, name: str, value: object) -> None:
        """Remember a value under a name; None forgets it."""
        import torch

        if value is None:
            self.state.pop(name, None)
        else:
            self.state[name] = value
        beside = self._path.with_suffix(".new")
        torch.save(self.state, beside)
        beside.replace(self._path)

    def stage(self, name: str, work: Callable[[], Trained]) -> Trained:
        """What a training gave, kept under its name: done once, also over several runs."""
        import torch

        if name not in self.state:
            found = work()
            one = found.transformer
            arrays = {"projection": one.projection, "residual": one.residual, **one.blocks}
            tensors = {key: torch.from_numpy(np.asarray(value)) for key, value in arrays.items()}
            self.keep(
                name,
                {
                    "arrays": tensors,
                    "layers": one.layers,
                    "heads": one.heads,
                    "epoch": found.epoch,
                    "ndcg10": found.ndcg10,
                },
            )
        kept = self.state[name]
        stored = {key: value.numpy() for key, value in kept["arrays"].items()}
        projection, residual = stored.pop("projection"), stored.pop("residual")
        transformer = Transformer(projection, residual, stored, kept["layers"], kept["heads"])
        return Trained(transformer, kept["epoch"], kept["ndcg10"])


class Net:
    """The transformer of `index.transformer` in torch, for whole batches; its parameters have the same names."""

    def __init__(self, vectors: Vectors, seen: Floats, settings: Settings) -> None:
        import torch

        dim, generator = settings.dim, torch.Generator().manual_seed(settings.seed)

        def drawn(*shape: int) -> "Tensor":
            return torch.randn(*shape, generator=generator) * 0.02

        self.settings = settings
        self.vectors = torch.from_numpy(np.asarray(vectors, np.float32))
        self.seen = torch.from_numpy(seen)[:, None]
        found = {"projection": torch.from_numpy(_directions(vectors, dim)), "residual": drawn(len(vectors), dim)}
        for layer in range(settings.layers):
            for name, ins, outs in (
                ("attention.in", dim, 3 * dim), ("attention.out", dim, dim), ("inner", dim, 2 * dim),
                ("outer", 2 * dim, dim),
            ):  # fmt: skip
                found[f"{layer}.{name}.weight"], found[f"{layer}.{name}.bias"] = drawn(outs, ins), torch.zeros(outs)
            found[f"{layer}.attention.distance"] = torch.zeros(settings.heads, LATEST)
        for name in [f"{layer}.norm{n}" for layer in range(settings.layers) for n in (1, 2)] + ["norm"]:
            found[f"{name}.weight"], found[f"{name}.bias"] = torch.ones(dim), torch.zeros(dim)
        self.parameters: Parameters = {name: value.requires_grad_() for name, value in found.items()}

    def table(self, training: bool) -> "Tensor":
        """The product vectors; in training some lack their residual, so that text alone learns to serve."""
        import torch

        residual = self.parameters["residual"] * self.seen
        if training and self.settings.text_only:
            residual = residual * (torch.rand(len(residual), 1) >= self.settings.text_only)
        return self.vectors @ self.parameters["projection"] + residual

    def states(self, table: "Tensor", rows: "Tensor", training: bool) -> "Tensor":
        """What each prefix of each sequence expects; rows (batch, length) padded at the end, result (..., dim)."""
        import torch
        from torch.nn.functional import dropout, layer_norm, linear, relu

        weights, rate, heads = self.parameters, self.settings.dropout, self.settings.heads
        batch, length = rows.shape
        dim = table.shape[1]
        distance = torch.arange(length)[:, None] - torch.arange(length)
        later = distance < 0

        def normed(x: "Tensor", name: str) -> "Tensor":
            return layer_norm(x, (dim,), weights[f"{name}.weight"], weights[f"{name}.bias"])

        def through(x: "Tensor", name: str) -> "Tensor":
            return linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

        x = dropout(table[rows] * math.sqrt(dim), rate, training)
        for layer in range(self.settings.layers):
            mixed = through(normed(x, f"{layer}.norm1"), f"{layer}.attention.in")
            query, key, value = mixed.view(batch, length, 3, heads, dim // heads).permute(2, 0, 3, 1, 4)
            scores = query @ key.transpose(-1, -2) / math.sqrt(dim // heads)
            scores = scores + weights[f"{layer}.attention.distance"][:, distance.clamp(min=0)]
            shares = scores.masked_fill(later, -math.inf).softmax(-1)
            joined = (shares @ value).transpose(1, 2).reshape(batch, length, dim)
            x = x + dropout(through(joined, f"{layer}.attention.out"), rate, training)
            inner = relu(through(normed(x, f"{layer}.norm2"), f"{layer}.inner"))
            x = x + dropout(through(inner, f"{layer}.outer"), rate, training)
        return normed(x, "norm")

    def loss(self, rows: "Tensor", wanted: "Tensor", full_softmax: int = _FULL_SOFTMAX) -> "Tensor":
        """Mean cross-entropy of the wanted rows (-1: none) over all products, or over sampled ones past a number."""
        import torch
        from torch.nn.functional import cross_entropy

        table = self.table(training=True)
        real = wanted >= 0
        states, goals = self.states(table, rows, training=True)[real], wanted[real]
        if len(table) <= full_softmax:
            return cross_entropy(states @ table.T, goals)
        count = min(_SAMPLED, len(table) - 1)
        sampled = torch.randint(len(table), (count,))
        # Each sampled product stands for size / count of them: log q of a uniform draw is the same for all.
        others = states @ table[sampled].T + math.log(len(table) / count)
        others = others.masked_fill(sampled[None] == goals[:, None], -math.inf)
        own = (states * table[goals]).sum(-1, keepdim=True)
        return cross_entropy(torch.cat([own, others], 1), torch.zeros_like(goals))

    def ndcg(self, targets: Sequence[Target]) -> float:
        """ndcg@10 over the full ranking."""
        import torch

        ranks: list[float] = []
        with torch.no_grad():
            table = self.table(training=False)
            for start in range(0, len(targets), 256):
                some = targets[start : start + 256]
                rows, _ = _padded([one.history[-LATEST:].tolist() for one in some])
                last = torch.tensor([min(len(one.history), LATEST) - 1 for one in some])
                states = self.states(table, rows, training=False)[torch.arange(len(some)), last]
                scores = states @ table.T
                own = scores[torch.arange(len(some)), torch.tensor([one.row for one in some])][:, None]
                ranks += ((scores > own).sum(1) + ((scores == own).sum(1) - 1) / 2).tolist()
        return ndcg_of(ranks)

    def as_stored(self) -> Transformer:
        """The weights as the index folder keeps them."""
        arrays = {name: value.detach().numpy().copy() for name, value in self.parameters.items()}
        residual = arrays.pop("residual") * self.seen.numpy()
        return Transformer(
            arrays.pop("projection"), residual, arrays, self.settings.layers, self.settings.heads
        )  # fmt: skip


def _directions(vectors: Vectors, dim: int) -> Floats:
    """The directions in which texts differ most, scaled so that product vectors have length about 1."""
    centred = np.asarray(vectors, np.float64) - np.mean(vectors, axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    kept = directions[:, ::-1][:, :dim]
    length = float(np.sqrt(np.mean(np.sum((centred @ kept) ** 2, axis=1))))
    found = np.zeros((vectors.shape[1], dim), np.float32)
    found[:, : kept.shape[1]] = kept / max(length, 1e-6)
    return found


def _padded(sequences: Sequence[Sequence[int]]) -> "tuple[Tensor, Tensor]":
    """Sequences as one array padded at the end, and what follows each place: -1 for nothing."""
    import torch

    length = max(map(len, sequences))
    rows = torch.zeros(len(sequences), length, dtype=torch.long)
    wanted = torch.full((len(sequences), length), -1)
    for place, own in enumerate(sequences):
        rows[place, : len(own)] = torch.tensor(own)
        wanted[place, : len(own) - 1] = torch.tensor(own[1:], dtype=torch.long)
    return rows, wanted


def train_transformer(
    vectors: Vectors,
    sequences: Sequence[Sequence[int]],
    targets: Sequence[Target],
    settings: Settings,
    checkpoint: Checkpoint | None = None,
    progress: Progress | None = None,
) -> Trained:
    """Train on sequences of rows; with targets the best epoch is kept, without them the last one.

    The checkpoint's entry "now" holds the state after each epoch, so that a killed run goes on from there.
    """
    import torch

    torch.manual_seed(settings.seed)
    seen = np.zeros(len(vectors), np.float32)
    seen[[row for own in sequences for row in own]] = 1
    net = Net(vectors, seen, settings)
    optimiser = torch.optim.AdamW(
        net.parameters.values(), lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    # One more than the model looks at: the last is only wanted.
    usable = [list(own[-LATEST - 1 :]) for own in sequences if len(own) > 1]
    epoch, best, best_epoch, kept = 0, -1.0, 0, _copy(net.parameters)
    if checkpoint and "now" in checkpoint.state:
        now = checkpoint.state["now"]
        epoch, best, best_epoch, kept = now["epoch"], now["best"], now["best_epoch"], now["kept"]
        for name, value in net.parameters.items():
            value.data.copy_(now["parameters"][name])
        optimiser.load_state_dict(now["optimiser"])
        torch.set_rng_state(now["random"])
    while epoch < settings.epochs and (not targets or epoch - best_epoch < settings.patience):
        order = torch.randperm(len(usable)).tolist()
        for start in range(0, len(order), settings.batch):
            rows, wanted = _padded([usable[place] for place in order[start : start + settings.batch]])
            optimiser.zero_grad()
            net.loss(rows[:, :LATEST], wanted[:, :LATEST]).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        epoch += 1
        score = net.ndcg(targets) if targets else float(epoch)
        if score > best:
            best, best_epoch, kept = score, epoch, _copy(net.parameters)
        if checkpoint:
            state = {"epoch": epoch, "best": best, "best_epoch": best_epoch, "kept": kept}
            state |= {"parameters": _copy(net.parameters), "optimiser": optimiser.state_dict()}
            checkpoint.keep("now", state | {"random": torch.get_rng_state()})
        if progress:
            progress(epoch, settings.epochs)
    for name, value in net.parameters.items():
        value.data.copy_(kept[name])
    if checkpoint:
        checkpoint.keep("now", None)
    return Trained(net.as_stored(), best_epoch, best if targets else float("nan"))


def _copy(parameters: "Parameters") -> "Parameters":
    return {name: value.detach().clone() for name, value in parameters.items()}
