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
        losses.plot(steps, [float(row.get(name, nan)) for row in log], style, label=name.replace("_", " "))
    for name, style in (("heldout_exact", "o:"), ("human_exact", "s:")):
        if any(row.get(name) is not None for row in log):
            scores.plot(
                steps,
                [float(row.get(name, nan)) for row in log],
                style,
                color="tab:green" if "held" in name else "tab:red",
            )
            scores.plot([], [], style, label=name.replace("_", " "))
    losses.set(xlabel="step", ylabel="loss of an answer's token")
    scores.set(ylabel="answers right to the letter", ylim=(0, 1))
    losses.legend(loc="upper center")
    figure.savefig(path, dpi=110, metadata={"Software": None})
    return True
