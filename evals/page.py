"""The page of results: `write_page` turns results into docs/evals.md and its plots.

Knows results and their words; measures nothing.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.metrics import Estimate
from evals.next_item import Line as NextLine
from evals.replays import ALL, BASELINES, HISTORY_ONLY, MESSAGE_ONLY, Line, Result
from evals.sets import SETS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAGE, ORDERS_PLOT, PARTS_PLOT = "evals.md", "evals_orders.png", "evals_parts.png"
COMMAND = "python -m evals.ablate --work DIR"
_MINUS = "all but "
_PARTS: Mapping[str, str] = {
    "dev": "the development half of each set that has halves: these figures flatter",
    "final": "the final half of each set that has halves, which nothing was tuned on",
    "all": "both halves of every set, of which the development half was tuned on",
}
_FURTHER: Mapping[str, Sequence[str]] = {
    "icecat-search": ("ndcg@10.judged", "mrr"),
    "icecat-goes-with": ("ndcg@10", "recall@50", "same_kind@10"),
    "grocery-basket": ("recall@10", "hr@10"),
}
"""What is shown beside the primary metric where it is not ndcg@10 and recall@50."""

_BLUE, _GREY, _ORANGE = "#1f5fa8", "#9aa3ad", "#c8641b"


def write_page(
    results: Sequence[Result], folder: Path, part: str, machine: str, next_item: Sequence[NextLine] = ()
) -> None:
    """Writes the page and its plots into `folder`."""
    _plot_orders(results, folder / ORDERS_PLOT)
    parts = _plot_parts(results, folder / PARTS_PLOT)
    lines = [
        "# What each part adds",
        "",
        f"Made by `{COMMAND}`; do not edit. Machine: {machine}. The figures are those of {_PARTS[part]}.",
        "",
        "Every order ranks the whole shop: no product is left out to make it easier. `popularity`, `BM25`, `MiniLM`,",
        "`repeat purchases` and `item-kNN` are baselines that score the whole shop by themselves: BM25 and MiniLM by",
        "the message, or by the text of the last product where there is no message, the last two by the history. The",
        "others order the candidates that the assistant retrieves. `all` is the order of the assistant. Brackets hold",
        "95 % intervals of a bootstrap over cases; the difference is paired, case by case, this order minus `all`, and",
        "in bold where its interval leaves out 0. Signals that no candidate of a set has are not listed. Before a set",
        "is measured, its index is searched for the answers (`evals/leaks.py`).",
        "",
        *_summary(results),
        "",
        f"![The orders on every set]({ORDERS_PLOT})",
        "",
        *([f"![What is lost without a signal]({PARTS_PLOT})", ""] if parts else []),
    ]
    for result in results:
        lines += _section(result)
    if next_item:
        lines += _next_section(next_item)
    (folder / PAGE).write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _summary(results: Sequence[Result]) -> list[str]:
    rows = [
        f"| set | cases | metric | all | best other order | {' | '.join(BASELINES)} |",
        f"|---|--:|---|---|---|{'---|' * len(BASELINES)}",
    ]
    for result in results:
        metric = SETS[result.name].primary
        means = {line.name: line.means[metric] for line in result.lines if metric in line.means}
        others = [name for name in means if name != ALL and not name.startswith(_MINUS)]
        best = max(others, key=lambda name: means[name].mean, default="")
        cells = [
            SETS[result.name].title,
            str(result.cases),
            metric,
            _interval(means.get(ALL)),
            f"{best} {means[best].mean:.3f}" if best else "–",
            *(f"{means[name].mean:.3f}" if name in means else "–" for name in BASELINES),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _section(result: Result) -> list[str]:
    one = SETS[result.name]
    found = {metric for line in result.lines for metric in line.means}
    further = _FURTHER.get(result.name, ("ndcg@10", "recall@50", "hr@1"))
    metrics = [name for name in dict.fromkeys((one.primary, *further)) if name in found]
    n = max((mean.n for line in result.lines for mean in line.means.values()), default=0)
    rows = [
        f"## {one.title}",
        "",
        f"{one.about} `{result.name}`: {result.cases} cases, n = {n}, {result.products:,} products.",
        "",
        f"| order | {' | '.join(metrics)} | {one.primary}, minus all | better / worse / equal |",
        f"|---|{'---|' * len(metrics)}---|---|",
    ]
    for line in result.lines:
        name = f"**{line.name}**" if line.name == ALL else line.name
        means = [_interval(line.means.get(metric)) for metric in metrics]
        rows.append(f"| {' | '.join([name, *means, *_difference(line, one.primary)])} |")
    return [*rows, ""]


def _difference(line: Line, metric: str) -> tuple[str, str]:
    other = line.against.get(metric)
    if line.name == ALL or other is None or not other.difference.n:
        return "–", "–"
    mean = other.difference
    text = f"{mean.mean:+.3f} [{mean.low:+.3f}, {mean.high:+.3f}]"
    sure = mean.low > 0 or mean.high < 0
    return f"**{text}**" if sure else text, f"{other.better} / {other.worse} / {other.equal}"


def _interval(mean: Estimate | None) -> str:
    if mean is None or not mean.n:
        return "–"
    return f"{mean.mean:.3f} [{mean.low:.3f}, {mean.high:.3f}]"


def _next_section(lines: Sequence[NextLine]) -> list[str]:
    rows = [
        "## The history model by itself",
        "",
        f"The next purchase on Office, as above, scored over all products: {lines[0].hr.n} cases. The GRU and the",
        "plain SASRec are trained by the same command on the same interactions, by ids only (`evals/next_item.py`).",
        "",
        "| scored by | hr@10 | ndcg@10 | ms a case |",
        "|---|---|---|--:|",
    ]
    rows += [
        f"| {line.name} | {_interval(line.hr)} | {_interval(line.ndcg)} | {line.seconds * 1000:.1f} |" for line in lines
    ]
    return [*rows, ""]


def _plot_orders(results: Sequence[Result], path: Path) -> None:
    """The primary metric of the orders, one panel a set."""
    names = [*BASELINES, "fusion of words and meaning", "history signal", "companion signal"]
    names += [MESSAGE_ONLY, HISTORY_ONLY, ALL]
    panels = []
    for result in results:
        metric = SETS[result.name].primary
        rows = [(line.name, line.means[metric]) for line in result.lines if line.name in names and metric in line.means]
        panels.append((f"{SETS[result.name].title}: {metric}, {result.cases} cases", rows))
    _draw(panels, path, zero=False)


def _plot_parts(results: Sequence[Result], path: Path) -> bool:
    """What is lost without each signal (all minus all but it), one panel a set; False when there is nothing to draw."""
    panels = []
    for result in results:
        metric = SETS[result.name].primary
        rows = []
        for line in result.lines:
            if line.name.startswith(_MINUS) and metric in line.against:
                mean = line.against[metric].difference
                lost = Estimate(-mean.mean, -mean.high, -mean.low, mean.n, mean.cases)
                rows.append((line.name.removeprefix(_MINUS), lost))
        if rows:
            panels.append((f"{SETS[result.name].title}: {metric} lost without it", rows))
    if panels:
        _draw(panels, path, zero=True)
    return bool(panels)


def _draw(panels: Sequence[tuple[str, Sequence[tuple[str, Estimate]]]], path: Path, zero: bool) -> None:
    from matplotlib.figure import Figure

    columns = min(2, len(panels))
    lines = math.ceil(len(panels) / columns)
    most = max(len(rows) for _, rows in panels)
    figure = Figure(figsize=(6 * columns, lines * (0.9 + 0.25 * most)), layout="constrained")
    axes = figure.subplots(lines, columns, squeeze=False).flatten()
    for axis, (title, rows) in zip(axes, panels, strict=False):
        _panel(axis, title, rows, zero)
    for axis in axes[len(panels) :]:
        axis.set_axis_off()
    # Without the version that matplotlib writes, the same results give the same file.
    figure.savefig(path, metadata={"Software": None})


def _panel(axis: "Axes", title: str, rows: Sequence[tuple[str, Estimate]], zero: bool) -> None:
    for place, (name, mean) in enumerate(rows):
        sure = zero and (mean.low > 0 or mean.high < 0)
        color = (_ORANGE if mean.mean < 0 else _BLUE) if sure or name == ALL else _GREY
        if not math.isnan(mean.low):
            axis.plot([mean.low, mean.high], [place, place], color=color, linewidth=2, solid_capstyle="butt")
        axis.plot([mean.mean], [place], "o", color=color, markersize=5)
    axis.set_yticks(range(len(rows)), [name for name, _ in rows], fontsize=8)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    axis.tick_params(axis="x", labelsize=8)
    axis.set_title(title, fontsize=9, loc="left")
    axis.grid(axis="x", color="#e3e6e9")
    axis.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    axis.tick_params(axis="y", length=0)
    if zero:
        axis.axvline(0, color="#444444", linewidth=1)
    else:
        axis.set_xlim(left=0)
