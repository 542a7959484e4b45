"""The benchmark's own parts: the catalogue it makes, how it counts, and the table it prints."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.bench import main, neighbours_kept
from index.catalog import Product
from index.perturb import perturbed


def test_a_perturbed_catalogue_begins_with_the_real_one_and_repeats_none(products: tuple[Product, ...]) -> None:
    made = list(perturbed(products, 100))
    assert made[:18] == list(products)
    assert len({one.product_id for one in made}) == 100
    assert len({(one.title, one.description) for one in made}) > 90
    assert list(perturbed(products, 40)) == made[:40], "a smaller one is the first part of a larger"
    assert list(perturbed(products, 40, seed=1))[18:] != made[18:40]
    for place, one in enumerate(made):
        origin = products[place % 18]
        assert (one.brand, one.category, one.attributes.keys()) == (
            origin.brand, origin.category, origin.attributes.keys(),
        )  # fmt: skip
        assert (one.price is None) == (origin.price is None) and (one.price is None or one.price > 0)


def test_neighbours_kept_is_the_share_of_the_ten_nearest() -> None:
    angles = np.linspace(0, 3, 40)
    exact = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert neighbours_kept(exact, exact) == 1
    # Turned around, neighbours stay neighbours; put in another order, they do not.
    assert neighbours_kept(exact, exact[:, ::-1].copy()) == 1
    assert neighbours_kept(exact, exact[np.random.default_rng(0).permutation(40)]) < 0.6


@pytest.mark.slow
def test_the_table_has_both_sides_and_every_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--sample", "60", "--rebuild", "80", "--products", "300", "400"]
    kept, plot = tmp_path / "kept.jsonl", tmp_path / "plot.png"
    # Without a feed: nothing but what is installed.
    assert main(["--quick", *sizes, "--json", str(kept), "--plot", str(plot)]) == 0
    printed = capsys.readouterr().out
    for told in (
        "the plain way",
        "index.build against the plain way",
        "recall@10 of the float32 neighbours",
        "nothing changed",
        "400: price, brand and category",
        "400: filter keeps 0.1%",
        "400: memory",
    ):
        assert told in printed
    rows = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [row["part"] for row in rows] == ["building", "rebuilding", "size", "size"]
    assert (rows[2]["embedded"], rows[3]["embedded"]) == (300, 100), "grown, not built anew"
    assert all(one["recall"] == 1 for one in rows[3]["filtered"])
    assert rows[3]["recall"] == 1 and rows[3]["chroma_recall"] > 0.9
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_no_feed_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--feed", str(tmp_path / "none.jsonl")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("index.bench: ") and said.err.count("\n") == 1
    (tmp_path / "empty.jsonl").write_text("{}\n")
    assert main(["--feed", str(tmp_path / "empty.jsonl")]) == 2
    assert "no product could be read" in capsys.readouterr().err
