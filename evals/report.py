"""The summary of a run, or two runs compared: `python -m evals.report RESULTS [OTHER] --cases FILE --index DIR`.

With two, each metric is compared case by case by a paired bootstrap; a difference above 0 speaks for RESULTS. Reads
what `evals.run` wrote, so that a metric added later can be had for an old run without a model. Knows rows, cases and
products; nothing of the assistant.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from evals.cases import Case, CaseError, open_text, read_cases
from evals.metrics import METRICS, Answered, Estimate, Paired, measure, paired
from index.catalog import Product
from index.feeds import FeedError, read_products
from index.folder import PRODUCTS, IndexFolderError, read_manifest

STAGES = ("understand", "retrieve", "rank", "explain", "first_products", "total")


def products_of(folder: Path) -> Mapping[str, Product]:
    """The products of an index folder by id, read without opening the shop or holding its lock."""
    path = folder / read_manifest(folder).generation / PRODUCTS
    return {row.product_id: row for row in read_products([path]) if isinstance(row, Product)}


def read_results(path: Path | str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a results file; CaseError names the file and line of one that is not an object."""
    rows = []
    for number, line in enumerate(open_text(Path(path)), start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CaseError(f"{path}:{number}: {error}, expected one JSON object a line") from error
        if not isinstance(row, Mapping) or "case_id" not in row or "turn" not in row:
            shown = line.strip()[:80]
            raise CaseError(f"{path}:{number}: {shown!r}, expected an object with case_id and turn")
        rows.append(row)
    return tuple(rows)


def beside_cases(
    rows: Sequence[Mapping[str, Any]], cases: Sequence[Case], products: Mapping[str, Product]
) -> tuple[Answered, ...]:
    """Every turn of the cases with its row; a turn without a row counts as failed."""
    found = {(row["case_id"], row["turn"]): row for row in rows}
    missing: Mapping[str, Any] = {"error": "no row"}
    return tuple(
        _answered(found.get((case.case_id, number), missing), case, number, products)
        for case in cases
        for number in range(len(case.turns))
    )


def _answered(row: Mapping[str, Any], case: Case, number: int, products: Mapping[str, Product]) -> Answered:
    request = row.get("request") or {}
    return Answered(
        case_id=case.case_id,
        expected=case.turns[number],
        product_ids=tuple(row.get("product_ids") or ()),
        products=products,
        written=row.get("written") or {},
        grounded=row.get("grounded") or {},
        act=request.get("act", ""),
        anchor_ids=tuple(request.get("anchor_ids") or ()),
        failed="error" in row,
    )


def seconds_by_stage(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float, int]]:
    """Median, 95th percentile and number of turns by stage, over the turns that did not fail."""
    found: dict[str, list[float]] = {}
    for row in rows:
        if "error" not in row:
            for stage, value in (row.get("seconds") or {}).items():
                found.setdefault(stage, []).append(value)
    names = [name for name in STAGES if name in found] + sorted(set(found) - set(STAGES))
    return {
        name: (float(np.median(found[name])), float(np.percentile(found[name], 95)), len(found[name])) for name in names
    }


def print_summary(
    console: Console, title: str, estimates: Mapping[str, Estimate], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Prints the metrics that could be measured, the seconds by stage and the failed turns."""
    table = Table("metric", title=title, title_justify="left")
    for name in ("mean", "95 % interval", "n", "cases"):
        table.add_column(name, justify="right")
    for metric, found in estimates.items():
        if found.n:
            interval = f"{found.low:.3f} - {found.high:.3f}" if found.cases > 1 else "-"
            table.add_row(metric, f"{found.mean:.3f}", interval, str(found.n), str(found.cases))
    console.print(table)
    unmeasured = [metric for metric, found in estimates.items() if not found.n]
    if unmeasured:
        console.print(f"not measurable here: {', '.join(unmeasured)}", highlight=False)
    times = Table("seconds", title_justify="left")
    for name in ("median", "p95", "n"):
        times.add_column(name, justify="right")
    for stage, (median, late, n) in seconds_by_stage(rows).items():
        times.add_row(stage, f"{median:.3f}", f"{late:.3f}", str(n))
    if times.row_count:
        console.print(times)
    failed = [row for row in rows if "error" in row]
    if failed:
        first = failed[0]
        console.print(
            f"{len(failed)} of {len(rows)} turns failed; the first, {first['case_id']} turn {first['turn']}: "
            f"{first['error']}",
            highlight=False,
            markup=False,
        )


def compare(first: Sequence[Answered], second: Sequence[Answered]) -> dict[str, Paired]:
    """Every metric as first minus second, over the turns in which it is measurable in both; a turn gives its mean."""
    found = {}
    for name, metric in METRICS.items():
        values = []
        for one, other in zip(first, second, strict=True):
            own, others = metric(one), metric(other)
            if own and others:
                values.append((one.case_id, sum(own) / len(own) - sum(others) / len(others)))
        found[name] = paired(values)
    return found


def print_comparison(console: Console, title: str, found: Mapping[str, Paired]) -> None:
    """Prints a row a metric that could be measured in both runs."""
    table = Table("metric", title=title, title_justify="left")
    for name in ("difference", "95 % interval", "better", "worse", "equal", "above 0", "below 0", "n"):
        table.add_column(name, justify="right")
    for metric, one in found.items():
        mean = one.difference
        if mean.n:
            interval = f"{mean.low:+.3f} - {mean.high:+.3f}" if mean.cases > 1 else "-"
            shares = [f"{share:.1%}" if mean.cases > 1 else "-" for share in (one.above, one.below)]
            counts = (one.better, one.worse, one.equal)
            table.add_row(metric, f"{mean.mean:+.4f}", interval, *map(str, counts), *shares, str(mean.n))
    console.print(table)
    unmeasured = [metric for metric, one in found.items() if not one.difference.n]
    if unmeasured:
        console.print(f"not measurable in both: {', '.join(unmeasured)}", highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when the summary was printed, 2 for input that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.report", description="Summarise a run, or compare two.")
    parser.add_argument("results", type=Path, metavar="RESULTS", help="what evals.run wrote")
    parser.add_argument("other", type=Path, nargs="?", metavar="OTHER", help="another run of the same cases")
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="the cases replayed")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index folder used")
    options = parser.parse_args(arguments)
    try:
        cases, rows = read_cases(options.cases), read_results(options.results)
        others = read_results(options.other) if options.other else ()
        products = products_of(options.index)
    except (OSError, CaseError, FeedError, IndexFolderError) as error:
        sys.stderr.write(f"evals.report: {error}\n")
        return 2
    turns = beside_cases(rows, cases, products)
    if options.other:
        found = compare(turns, beside_cases(others, cases, products))
        print_comparison(Console(), f"{options.results} minus {options.other}", found)
    else:
        print_summary(Console(), options.results.name, measure(turns), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
