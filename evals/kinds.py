"""Does the index know what its products are? Hold known categories back, and compare with labels made by hand.

    python -m evals.kinds --index DIR [--held-out 0.2] [--seed N] [--labels FILE]

A held-back product is derived anew as if the merchant had stated nothing of its kind: without category, without the
attributes that give it away, and with a vector of the text that is left. Kinds are compared by `kind_key`. A file of
labels has a row a product: `product_id`, `kind`, optional `also` (names that do as well) and `part` ("dev", "final").
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from evals.cases import CaseError
from index.catalog import Product, attribute_key
from index.derive import KIND_ATTRIBUTES, derive_kinds
from index.embed import Embedder, Vectors, product_text
from index.folder import IndexFolderError, open_shop
from index.kinds import kind_certainty, kind_key, kind_key_of, kind_source, stated_kind

_NEAR = '"pen" for "fountain pen"'
_BINS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Label:
    """The kind that a person gave a product, and what other names would do as well."""

    product_id: str
    kind: str
    also: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One product's derived kind beside the true one: keys of both, and what the index says of its own."""

    product_id: str
    found: str
    wanted: tuple[str, ...]
    source: str
    certainty: float

    @property
    def near(self) -> bool:
        """True when one name is the other with words before it: "pen" and "fountain pen"."""
        return any(f" {one}".endswith(f" {other}") for want in self.wanted for one, other in self._both(want))

    def _both(self, want: str) -> tuple[tuple[str, str], ...]:
        return ((want, self.found), (self.found, want)) if self.found and want else ()

    @property
    def right(self) -> bool:
        """True when the kind found is one of those wanted."""
        return self.found in self.wanted


def read_labels(path: Path) -> list[Label]:
    """The labels of a file; CaseError names the file and the line that is none."""
    found: list[Label] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(f"{path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            label = Label(row["product_id"], row["kind"], tuple(row.get("also", ())), row.get("part", ""))
            if not all(isinstance(part, str) and part for part in (label.product_id, label.kind, *label.also)):
                raise TypeError("product_id and kind must be texts")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CaseError(
                f'{path}:{number}: {line[:80]!r} is no label ({error}), expected {{"product_id": "p", "kind": "k"}}'
            ) from None
        found.append(label)
    return found


def hide(product: Product) -> Product:
    """The product as its merchant might have left it: without a category or an attribute that gives it away."""
    kind = kind_key_of(product)
    kept = {
        name: values
        for name, values in product.attributes.items()
        if attribute_key(name) not in KIND_ATTRIBUTES and kind not in {kind_key(value) for value in values}
    }
    return replace(product, category="", attributes=kept, derived=None)


def hold_out(
    products: Sequence[Product], vectors: Vectors, embedder: Embedder, share: float, seed: int
) -> list[Judged]:
    """Derive the kinds of a random `share` of the products with a stated kind, as if they had none."""
    known = [row for row, product in enumerate(products) if stated_kind(product)]
    count = round(share * len(known))
    rows = np.random.default_rng(seed).choice(known, count, replace=False).tolist() if count else []
    if not rows:
        return []
    hidden = list(products)
    changed = np.array(vectors)
    for row in rows:
        hidden[row] = hide(products[row])
    changed[rows] = embedder.embed([product_text(hidden[row]) for row in rows])
    kinds = derive_kinds(hidden, changed)
    return [
        Judged(
            products[row].product_id,
            kind_key(kinds[row].name),
            (kind_key(stated_kind(products[row])),),
            kinds[row].source,
            kinds[row].certainty,
        )
        for row in rows
    ]


def by_hand(products: Mapping[str, Product], labels: Iterable[Label], strict: bool = False) -> list[Judged]:
    """The kinds of labelled products beside their labels; `strict` lets no other name do. CaseError if one is none."""
    found: list[Judged] = []
    for label in labels:
        product = products.get(label.product_id)
        if product is None:
            raise CaseError(f"label of product {label.product_id!r}: the index has no such product")
        wanted = (label.kind,) if strict else (label.kind, *label.also)
        found.append(
            Judged(
                label.product_id,
                kind_key_of(product),
                tuple(kind_key(name) for name in wanted),
                kind_source(product),
                kind_certainty(product),
            )
        )
    return found


def accuracy(judged: Sequence[Judged]) -> tuple[float, float, float]:
    """The share that is right and its 95 % interval by Wilson's formula (1927); NaN for none."""
    return _wilson([one.right for one in judged])


def _wilson(right: Sequence[bool]) -> tuple[float, float, float]:
    count = len(right)
    if not count:
        return math.nan, math.nan, math.nan
    share, z = sum(right) / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return share, middle - half, middle + half


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error over the certainty bins: 0 is perfect, 1 the worst; NaN for none."""
    if not judged:
        return math.nan
    return sum(len(one) * abs(_mean_certainty(one) - accuracy(one)[0]) for one in _binned(judged).values()) / len(
        judged
    )


def report(title: str, judged: Sequence[Judged], say: Callable[[str], None] = print) -> None:
    """Say accuracy, accuracy by source, coverage and calibration."""
    known = [one for one in judged if one.found]
    say(f"{title}: {_figure(judged)}; a kind for {len(known)} of {len(judged)}; where there is one {_figure(known)}")
    say(f"  right, or right but for words before ({_NEAR}): {_interval([one.near for one in judged])}")
    for source in sorted({one.source for one in known}):
        say(f"  from {source or 'nothing'}: {_figure([one for one in known if one.source == source])}")
    for name, part in _binned(judged).items():
        say(f"  certainty {name}: mean {_mean_certainty(part):.2f}, {_figure(part)}")
    say(f"  calibration error {calibration_error(judged):.3f}")


def _binned(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    bins: defaultdict[str, list[Judged]] = defaultdict(list)
    for low, high in pairwise(_BINS):
        for one in judged:
            if low <= one.certainty < high:
                bins[f"{low:.1f}-{min(high, 1.0):.1f}"].append(one)
    return dict(bins)


def _mean_certainty(judged: Sequence[Judged]) -> float:
    return sum(one.certainty for one in judged) / len(judged)


def _figure(judged: Sequence[Judged]) -> str:
    return _interval([one.right for one in judged])


def _interval(right: Sequence[bool]) -> str:
    share, low, high = _wilson(right)
    return f"{share:.3f} [{low:.3f}, {high:.3f}] (n {len(right)})"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m evals.kinds", description="Measure the kinds an index derived.")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--held-out", type=float, default=0.2, help="share of the known categories to hold back")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--labels", type=Path, metavar="FILE", help="kinds given by hand")
    options = parser.parse_args(arguments)
    if not 0 <= options.held_out < 1:
        parser.error(f"--held-out is {options.held_out}, expected a share from 0 to below 1")
    try:
        labels = read_labels(options.labels) if options.labels else []
        shop = open_shop(options.index)
    except (CaseError, IndexFolderError) as error:
        print(error, file=sys.stderr)
        return 2
    try:
        report("held back", hold_out(shop.rows, shop.vectors, shop.embedder, options.held_out, options.seed))
        for part in dict.fromkeys(label.part for label in labels):
            chosen = [label for label in labels if label.part == part]
            report(f"by hand {part}".rstrip(), by_hand(shop.products, chosen))
            report(f"by hand {part} strict", by_hand(shop.products, chosen, strict=True))
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        shop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
