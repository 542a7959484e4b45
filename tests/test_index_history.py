"""What is counted from purchases, the transformer's forward pass, and the model of what comes next as a whole."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embed import Vectors
from index.folder import IndexFolderError, read_manifest
from index.history import CARD, HISTORY, PARTS, Counts, Links, NextProduct, Transformer, brand_numbers

IDS = ("a", "b", "c", "d")


def _vectors() -> Vectors:
    return np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0]], np.float32)


def _model(
    sequences: Sequence[Sequence[int]],
    weights: dict[str, float],
    transformer: Transformer | None = None,
    newest: Sequence[int] = (),
) -> NextProduct:
    every = newest or [row for own in sequences for row in own]
    none = np.zeros(0, np.int64)
    words = Links.build(none, none, np.zeros(0, np.float32), 4)
    counts = Counts.build(sequences, every, 4)
    brands = brand_numbers(["Tern", "tern", "", "Pebble"])
    return NextProduct(
        {name: row for row, name in enumerate(IDS)}, _vectors(), brands, words, counts, transformer, weights
    )


def _transformer(rng: np.random.Generator, dim: int = 4, heads: int = 2) -> Transformer:
    def drawn(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return rng.normal(0, 0.5, shape).astype(np.float32)

    blocks = {
        "0.attention.in.weight": drawn(3 * dim, dim), "0.attention.in.bias": drawn(3 * dim),
        "0.attention.out.weight": drawn(dim, dim), "0.attention.out.bias": drawn(dim),
        "0.attention.distance": drawn(heads, 50),
        "0.inner.weight": drawn(2 * dim, dim), "0.inner.bias": drawn(2 * dim),
        "0.outer.weight": drawn(dim, 2 * dim), "0.outer.bias": drawn(dim),
        "0.norm1.weight": drawn(dim), "0.norm1.bias": drawn(dim),
        "0.norm2.weight": drawn(dim), "0.norm2.bias": drawn(dim),
        "norm.weight": drawn(dim), "norm.bias": drawn(dim),
    }  # fmt: skip
    projection = rng.normal(0, 1, (3, dim)).astype(np.float32)
    residual = rng.normal(0, 1, (4, dim)).astype(np.float32)
    return Transformer(projection, residual, blocks, 1, heads)


def test_links_sum_equal_pairs_and_keep_the_strongest() -> None:
    origins, ends = np.array([0, 0, 0, 0, 2]), np.array([1, 2, 1, 3, 0])
    links = Links.build(origins, ends, np.array([1, 1.5, 1, 0.5, 4], np.float32), 4, kept=2)
    assert links.spread(np.array([0]), np.ones(1, np.float32)).tolist() == [0, 2, 1.5, 0]
    assert links.spread(np.array([0, 2]), np.array([1, 0.5], np.float32)).tolist() == [2, 2, 1.5, 0]
    assert links.spread(np.array([1]), np.ones(1, np.float32)).tolist() == [0, 0, 0, 0]


def test_what_follows_fades_with_distance_and_counts_less_backwards() -> None:
    counts = Counts.build([[0, 1, 2]], [0, 1, 2], 4)
    one = np.ones(1, np.float32)
    # Forwards 1 and, a step further, 0.7; backwards 0.3 of either.
    assert counts.follows.spread(np.array([0]), one) == pytest.approx([0, 1, 0.7, 0])
    assert counts.follows.spread(np.array([1]), one) == pytest.approx([0.3, 0, 1, 0])
    assert counts.follows.spread(np.array([2]), one) == pytest.approx([0.3 * 0.7, 0.3, 0, 0])


def test_sequences_of_different_shoppers_do_not_follow_each_other() -> None:
    counts = Counts.build([[0, 1], [2, 3]], [0, 1, 2, 3], 4)
    assert counts.follows.spread(np.array([1]), np.ones(1, np.float32)).tolist() == pytest.approx([0.3, 0, 0, 0])


def test_neighbours_are_the_cosine_of_their_shoppers() -> None:
    counts = Counts.build([[0, 1], [1, 0, 0], [0, 2], [1]], [], 4)
    found = counts.neighbours.spread(np.array([0]), np.ones(1, np.float32))
    # a has 3 shoppers, b 3, c 1: two of both a and b, one of both a and c.
    assert found == pytest.approx([0, 2 / np.sqrt(4 * 4), 1 / np.sqrt(4 * 2), 0])


def test_popularity_is_counted_over_all_and_over_the_newest_fifth() -> None:
    counts = Counts.build([[0, 0, 1], [0, 2]], [0, 0, 1, 0, 2], 4)
    assert counts.popular == pytest.approx(np.log1p([3, 1, 1, 0]))
    assert counts.recent == pytest.approx(np.log1p([0, 0, 1, 0]))


def test_bought_again_is_pulled_to_the_mean() -> None:
    counts = Counts.build([[0, 0], [0, 1], [2]], [], 4)
    # One of two buyers of a came back; over all, one of four.
    mean = 1 / 4
    assert counts.again == pytest.approx([(1 + 10 * mean) / 12, 10 * mean / 11, 10 * mean / 11, mean])


def test_no_purchases_at_all_count_nothing() -> None:
    counts = Counts.build([], [], 4)
    assert counts.popular.tolist() == counts.recent.tolist() == counts.again.tolist() == [0, 0, 0, 0]
    assert counts.follows.spread(np.array([0]), np.ones(1, np.float32)).tolist() == [0, 0, 0, 0]


def test_brands_are_one_when_folded_and_none_is_no_brand() -> None:
    assert brand_numbers(["Tern", "", "  TERN", "Pebble"]).tolist() == [1, -1, 1, 0]


def test_parts_of_a_history() -> None:
    model = _model([[0, 1], [0, 1], [2]], {"popular": 1.0})
    parts = model.parts(np.array([3, 0]))
    assert set(parts) == set(PARTS)
    assert parts["text_last"] == pytest.approx([1, 0.8, 0, 0])
    assert parts["text"] == pytest.approx([1, 0.8 + 0.7 * 0.6, 0, 0.7])
    assert parts["follows"] == pytest.approx([0, np.log1p(2 * 2), 0, 0])
    assert parts["brand"] == pytest.approx([1, 1, 0, 0.8])
    assert parts["owned"].tolist() == [1, 0, 0, 1]
    assert parts["owned_last"].tolist() == [1, 0, 0, 0]


def test_an_empty_or_unknown_history_goes_by_popularity() -> None:
    model = _model([[0, 1], [1], [1, 2]], {"popular": 1.0, "text": 5.0, "owned": -3.0})
    assert np.argsort(-model.scores([]))[0] == 1
    assert model.scores(["gone"]).tolist() == model.scores([]).tolist()
    assert model.known(["gone", "b", "b"]).tolist() == [1, 1]


def test_scores_are_the_log_of_the_chance_against_a_blind_pick() -> None:
    model = _model([[0], [1], [1], [1]], {"popular": 1.0})
    odds = np.array([2, 4, 1, 1]) / 8
    expected = np.clip(1 + np.log(odds) / np.log(4), 0, 1)
    assert model.scores([]) == pytest.approx(expected, abs=1e-6)
    assert model.scores([]).dtype == np.float32
    assert _model([], {}).scores([]).tolist() == pytest.approx([0, 0, 0, 0], abs=1e-6)


def test_the_transformer_looks_at_the_order_and_at_fifty_products() -> None:
    transformer = _transformer(np.random.default_rng(1))
    table = transformer.products(_vectors())
    state = transformer.state(table, np.array([0, 1, 2]))
    assert state.shape == (4,)
    assert not np.allclose(state, transformer.state(table, np.array([1, 0, 2])))
    long = np.array([0, 1, 2, 3] * 20)
    assert transformer.state(table, long) == pytest.approx(transformer.state(table, long[-50:]))


def test_a_product_without_residual_is_its_text() -> None:
    rng = np.random.default_rng(2)
    known = _transformer(rng)
    residual = known.residual.copy()
    residual[3] = 0
    table = Transformer(known.projection, residual, known.blocks, 1, 2).products(_vectors())
    assert table[3] == pytest.approx(known.projection[1])


def _stored(folder: Path) -> Path:
    return folder / read_manifest(folder).generation / HISTORY


def _save_into(folder: Path, transformer: Transformer | None) -> NextProduct:
    size = read_manifest(folder).products
    words = Links.build(np.array([0]), np.array([1]), np.array([0.5], np.float32), size)
    counts = Counts.build([[0, 1, 2]], [0, 1, 2], size)
    vectors = np.load(_stored(folder).parent / "vectors.npy")
    if transformer:
        rng = np.random.default_rng(3)
        transformer = Transformer(
            rng.normal(0, 1, (vectors.shape[1], 4)).astype(np.float32),
            rng.normal(0, 1, (size, 4)).astype(np.float32),
            transformer.blocks,
            1,
            2,
        )
    weights = {"popular": 0.5, "follows": 1.0, "text": 0.2, "words_last": 0.3, "transformer": 0.1}
    model = NextProduct({}, vectors, np.full(size, -1), words, counts, transformer, weights, {"popular": 2.0})
    model.save(_stored(folder), {"note": "x"})
    return model


@pytest.mark.parametrize("with_transformer", [True, False])
def test_what_is_saved_is_loaded(own_folder: Path, with_transformer: bool) -> None:
    assert NextProduct.load(own_folder) is None
    saved = _save_into(own_folder, _transformer(np.random.default_rng(1)) if with_transformer else None)
    loaded = NextProduct.load(own_folder)
    assert loaded is not None
    assert (loaded.transformer is not None) == with_transformer
    assert loaded.row_of["n1"] == 0
    rows = np.array([0, 2])
    assert loaded.logits(rows) == pytest.approx(saved.logits(rows), abs=1e-5)
    assert loaded.logits(rows, counted=True) == pytest.approx(2 * loaded.counts.popular)
    assert loaded.scores(["n1"]).shape == (18,)
    assert json.loads((_stored(own_folder) / CARD).read_text())["note"] == "x"


@pytest.mark.parametrize(
    ("key", "value"), [("format", 99), ("products", 5), ("weights", {"luck": 1.0}), ("transformer", 3)]
)
def test_a_damaged_model_names_the_command_that_mends_it(own_folder: Path, key: str, value: object) -> None:
    _save_into(own_folder, None)
    card = _stored(own_folder) / CARD
    card.write_text(json.dumps(json.loads(card.read_text()) | {key: value}))
    with pytest.raises(IndexFolderError, match=r"damaged.*python -m finetune.history --index"):
        NextProduct.load(own_folder)


def test_arrays_that_are_cut_short_are_damage(own_folder: Path) -> None:
    _save_into(own_folder, None)
    path = _stored(own_folder) / "model.npz"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(IndexFolderError, match="damaged"):
        NextProduct.load(own_folder)
