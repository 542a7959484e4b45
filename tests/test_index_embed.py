"""The text that stands for a product, and the embedder that needs no weights."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.bench import neighbours_kept
from index.catalog import Product
from index.embed import HashEmbedder, MiniLmEmbedder, plain_words, product_text
from index.feeds import product_from_json

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "index" / "demo" / "products.jsonl.gz"


def test_the_text_of_a_product_has_what_tells_it_apart() -> None:
    product = Product(
        "p",
        "Quiet mouse",
        brand="Pebble",
        category="Computers > Mice",
        attributes={"body_color": ("black", "grey"), "legal": ("x" * 61,)},
        description="d" * 500,
    )
    facts = "body color black, body color grey"
    assert product_text(product) == f"Quiet mouse. Computers > Mice. Pebble. {facts}. {'d' * 400}"
    assert product_text(Product("p", "Mouse")) == "Mouse"


def test_texts_that_share_words_are_nearer() -> None:
    quiet, mice, lamp = HashEmbedder().embed(["a quiet mouse", "quiet MICE and a mouse", "brass table lamp"])
    assert quiet @ mice > 0.5
    assert quiet @ lamp < 0.2


def test_a_text_without_words_has_a_direction_too() -> None:
    [vector] = HashEmbedder().embed(["..."])
    assert np.flatnonzero(vector).tolist() == [0]


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    HashEmbedder().embed(["a", "b"], lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


@pytest.mark.slow
def test_minilm_knows_meaning_and_reports_progress() -> None:
    told: list[tuple[int, int]] = []
    embedder = MiniLmEmbedder()
    vectors = embedder.embed(
        ["notebook computer", "laptop", "espresso machine"], lambda done, total: told.append((done, total))
    )
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]
    assert told == [(3, 3)]


@pytest.mark.slow
def test_minilm_gives_each_text_its_own_vector_whatever_stands_beside_it() -> None:
    # Batches are sorted by length inside: the order of the answer must be that of the question.
    texts = ["lamp", "a much longer text about a quiet wireless mouse for travel " * 3, "dock"]
    embedder = MiniLmEmbedder()
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.allclose(embedder.embed(texts), alone, atol=1e-5)


@pytest.mark.slow
def test_minilm_in_bfloat16_is_near_float32_and_of_unit_length() -> None:
    texts = [
        f"{colour} {thing} {n}" for colour in ("red", "quiet", "large") for thing in ("mouse", "lamp") for n in "12"
    ]
    exact, quick = MiniLmEmbedder().embed(texts), MiniLmEmbedder("bfloat16").embed(texts)
    assert np.linalg.norm(quick, axis=1) == pytest.approx(1, abs=1e-6)
    assert (exact * quick).sum(axis=1).min() > 0.999
    assert not np.array_equal(exact, quick)


@pytest.mark.slow
def test_minilm_in_eight_bits_keeps_the_nearest_and_few_texts_are_exact() -> None:
    pytest.importorskip("openvino")
    with gzip.open(DEMO, "rt", encoding="utf-8") as lines:
        texts = [product_text(product_from_json(json.loads(line))) for line, _ in zip(lines, range(600), strict=False)]
    exact, quick = MiniLmEmbedder(), MiniLmEmbedder("int8")
    assert np.array_equal(quick.embed(texts[:3]), exact.embed(texts[:3]))
    told: list[tuple[int, int]] = []
    found, expected = quick.embed(texts, lambda done, total: told.append((done, total))), exact.embed(texts)
    assert told[-1] == (600, 600)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert (found * expected).sum(axis=1).min() > 0.995
    assert neighbours_kept(expected, found) >= 0.95  # many products of the demo store are nearly the same


@pytest.mark.slow
def test_openvino_tells_nobody_that_it_is_used() -> None:
    pytest.importorskip("openvino_telemetry")
    code = """
import socket, sys
def refused(*given): raise AssertionError(f"a line to {given}")
socket.socket.connect = socket.create_connection = refused
from index.embed import MiniLmEmbedder
assert MiniLmEmbedder("int8").embed([f"text {n}" for n in range(300)]).shape == (300, 384)
from openvino.tools.ovc import telemetry
print(type(telemetry).__module__, sys.modules["openvino_telemetry"])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["openvino.tools.ovc.telemetry_stub", "None"]


def test_an_unknown_precision_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="precision is 'int3', expected one of float32, bfloat16, int8, fastest"):
        MiniLmEmbedder("int3")
    assert MiniLmEmbedder("fastest").precision in ("float32", "bfloat16", "int8")


def test_plain_words_are_words_of_the_language_and_no_slips() -> None:
    assert {"candy", "powder", "tough", "keyboard"} <= plain_words()
    assert plain_words().isdisjoint({"keybord", "cartrige", "logitec", "", "##ing", "[CLS]", "2"})
