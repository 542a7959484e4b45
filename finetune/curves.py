"""The curves of a training run in one picture: loss on what is learned and on what is held out, and the scores.

Over-fitting shows where the first falls and the second rises. Knows the log of a run, nothing of models.
"""

from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path
from typing import Any


def draw_curves(log: Sequence[Mapping[str, Any]], path: Path) -> bool:
    """Draws the log of a run; False when matplotlib, an extra, is not installed or there is nothing to draw."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    if not log:
        return False
    figure = Figure(figsize=(7, 4), layout="constrained")
    losses = figure.subplots()
    scores = losses.twinx()
    steps = [row["step"] for row in log]
    for name, style in (("train_loss", "-"), ("heldout_loss", "--")):
        losses.plot(steps, [_number(row.get(name)) for row in log], style, label=name.replace("_", " "))
    for name in sorted({name for row in log for name in row if name.endswith("_exact") or "_exact_" in name}):
        scores.plot(steps, [_number(row.get(name)) for row in log], "o:", label=name.replace("_", " "))
    losses.set(xlabel="step", ylabel="loss of an answer's token")
    scores.set(ylabel="answers right to the letter", ylim=(0, 1))
    losses.legend(loc="upper left")
    scores.legend(loc="upper right")
    figure.savefig(path, dpi=110, metadata={"Software": None})
    return True


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else nan
