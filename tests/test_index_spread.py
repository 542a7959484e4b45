"""Embedding by Ray's workers gives the vectors of the embedder itself. Skipped where Ray, an extra, is not there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.build import main
from index.embed import HashEmbedder, MiniLmEmbedder
from index.folder import open_shop
from index.spread import SpreadEmbedder

TEXTS = [f"{colour} {thing} {n}" for n in range(60) for colour in ("red", "quiet") for thing in ("mouse", "brass lamp")]


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Ray, stopped when the tests are done."""
    ray = pytest.importorskip("ray")
    yield ray
    ray.shutdown()


@pytest.mark.slow
def test_two_workers_give_the_same_vectors_in_the_same_order(ray: Any) -> None:
    told: list[tuple[int, int]] = []
    spread = SpreadEmbedder(MiniLmEmbedder.name, workers=2)
    found = spread.embed(TEXTS, lambda done, total: told.append((done, total)))
    assert np.abs(found - MiniLmEmbedder().embed(TEXTS)).max() < 1e-3
    assert told[-1] == (len(TEXTS), len(TEXTS))
    assert spread.embed([]).shape == (0, 384)


@pytest.mark.slow
def test_a_build_by_workers_is_one_like_any_other(ray: Any, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps({"product_id": f"p{n}", "title": text}) + "\n" for n, text in enumerate(TEXTS)))
    out = tmp_path / "out"
    assert main([str(feed), "--out", str(out), "--embedder", "hash-256", "--ray", "local", "--workers", "2"]) == 0
    opened = open_shop(out)
    assert np.allclose(opened.vectors, HashEmbedder().embed(TEXTS), atol=1e-6)
    opened.close()


def test_no_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="workers is 0, expected at least 1"):
        SpreadEmbedder(MiniLmEmbedder.name, workers=0)


def test_an_unknown_embedder_is_refused() -> None:
    with pytest.raises(KeyError):
        SpreadEmbedder("none", workers=1)
