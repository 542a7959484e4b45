"""The text that stands for a product, and the embedder that needs no weights."""

import numpy as np
import pytest

from index.catalog import Product
from index.embed import HashEmbedder, MiniLmEmbedder, plain_words, product_text


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


def test_an_unknown_precision_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="precision is 'int3', expected one of float32, bfloat16, fastest"):
        MiniLmEmbedder("int3")
    assert MiniLmEmbedder("fastest").precision in ("float32", "bfloat16")


def test_plain_words_are_words_of_the_language_and_no_slips() -> None:
    assert {"candy", "powder", "tough", "keyboard"} <= plain_words()
    assert plain_words().isdisjoint({"keybord", "cartrige", "logitec", "", "##ing", "[CLS]", "2"})
