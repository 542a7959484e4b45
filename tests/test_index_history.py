"""What is counted from purchases, the transformer's forward pass, and the model of what comes next as a whole."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.counts import Counts, Links, Rows
from index.embed import HashEmbedder, Vectors
from index.folder import IndexFolderError, Shop, open_shop, read_manifest
from index.history import HISTORY, LONGEST, PARTS, PRIOR, NextProduct, Traits, numbered, read_card
from index.transformer import Transformer

IDS = ("a", "b", "c", "d")
KINDS: Rows = np.array([0, 1, -1, 0])


def _vectors() -> Vectors:
    return np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0]], np.float32)


def _model(
    sequences: Sequence[Sequence[int]],
    weights: dict[str, float],
    transformer: Transformer | None = None,
    newest: Sequence[int] = (),
) -> NextProduct:
    every = newest or [row for own in sequences for row in own]
    declared = Links.build(np.array([3]), np.array([1]), np.ones(1, np.float32), 4)
    traits = Traits(_vectors(), numbered(["tern", "tern", "", "pebble"]), KINDS, _no_links(4), declared)
    counts = Counts.build(sequences, every, KINDS)
    return NextProduct({name: row for row, name in enumerate(IDS)}, traits, counts, transformer, weights)


def _no_links(size: int) -> Links:
    none = np.zeros(0, np.int64)
    return Links.build(none, none, np.zeros(0, np.float32), size)


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
    counts = Counts.build([[0, 1, 2]], [0, 1, 2], KINDS)
    one = np.ones(1, np.float32)
    # Forwards 1 and, a step further, 0.7; backwards 0.3 of either.
    assert counts.follows.spread(np.array([0]), one) == pytest.approx([0, 1, 0.7, 0])
    assert counts.follows.spread(np.array([1]), one) == pytest.approx([0.3, 0, 1, 0])
    assert counts.follows.spread(np.array([2]), one) == pytest.approx([0.3 * 0.7, 0.3, 0, 0])


def test_sequences_of_different_shoppers_do_not_follow_each_other() -> None:
    counts = Counts.build([[0, 1], [2, 3]], [0, 1, 2, 3], KINDS)
    assert counts.follows.spread(np.array([1]), np.ones(1, np.float32)).tolist() == pytest.approx([0.3, 0, 0, 0])


def test_neighbours_are_the_cosine_of_their_shoppers() -> None:
    counts = Counts.build([[0, 1], [1, 0, 0], [0, 2], [1]], [], KINDS)
    found = counts.neighbours.spread(np.array([0]), np.ones(1, np.float32))
    # a has 3 shoppers, b 3, c 1: two of both a and b, one of both a and c.
    assert found == pytest.approx([0, 2 / np.sqrt(4 * 4), 1 / np.sqrt(4 * 2), 0])


def test_popularity_is_counted_over_all_and_over_the_newest_fifth() -> None:
    counts = Counts.build([[0, 0, 1], [0, 2]], [0, 0, 1, 0, 2], KINDS)
    assert counts.popular == pytest.approx(np.log1p([3, 1, 1, 0]))
    assert counts.recent == pytest.approx(np.log1p([0, 0, 1, 0]))


def test_bought_again_is_pulled_to_the_mean() -> None:
    counts = Counts.build([[0, 0], [0, 1], [2]], [], KINDS)
    # One of two buyers of a came back; over all, one of four.
    mean = 1 / 4
    assert counts.again == pytest.approx([(1 + 10 * mean) / 12, 10 * mean / 11, 10 * mean / 11, mean])


def test_no_purchases_at_all_count_nothing() -> None:
    counts = Counts.build([], [], KINDS)
    assert counts.popular.tolist() == counts.recent.tolist() == counts.again.tolist() == [0, 0, 0, 0]
    assert counts.follows.spread(np.array([0]), np.ones(1, np.float32)).tolist() == [0, 0, 0, 0]


def test_a_kind_follows_by_its_lift_and_an_unknown_kind_by_nothing() -> None:
    counts = Counts.build([[0, 1]] * 30 + [[2, 3]] * 30 + [[0, 3]] * 30, [], KINDS)
    # Of the 60 pairs of known kinds 30 end in either kind; after kind 0 both come 30 of 60 times: no lift at all.
    assert len(counts.kind_follows.weights) == 0
    counts = Counts.build([[0, 1]] * 30 + [[1, 0]] * 30, [], KINDS)
    lift = (30 + 20 / 2) / ((30 + 20) / 2)
    assert counts.kind_follows.spread(np.array([0]), np.ones(1, np.float32)) == pytest.approx([0, np.log2(lift)])


def test_a_kind_is_bought_again_when_any_of_it_is() -> None:
    counts = Counts.build([[0, 3], [0], [1]], [], KINDS)
    mean = 1 / 3
    assert counts.kind_again == pytest.approx([(1 + 10 * mean) / 12, 10 * mean / 11])


def test_numbers_of_names_and_none_for_no_name() -> None:
    assert numbered(["tern", "", "tern", "pebble"]).tolist() == [1, -1, 1, 0]


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
    assert parts["kind_owned"].tolist() == [1, 0, 0, 1]
    assert parts["declared"].tolist() == [0, 1, 0, 0]


def test_what_was_bought_long_ago_is_counted_still() -> None:
    model = _model([[0, 1], [2]], {})
    parts = model.parts(np.array([2] + [0] * 99 + [1] * 60))
    assert parts["often"] == pytest.approx(np.log1p([99, 60, 1, 0]))
    assert parts["lately"][2] == pytest.approx(np.log1p(0.98**159), rel=1e-4)
    assert parts["lately"][1] == pytest.approx(np.log1p((1 - 0.98**60) / 0.02))
    assert parts["owned"].tolist() == [1, 1, 1, 0]
    # One by one only the last fifty are looked at, all of them the second product.
    assert parts["brand"] == pytest.approx(parts["brand"][1] * np.array([1, 1, 0, 0]))
    assert len(model.known(["a"] * (LONGEST + 5))) == LONGEST


def test_an_empty_or_unknown_history_goes_by_popularity() -> None:
    model = _model([[0, 1], [1], [1, 2]], {"popular": 1.0, "text": 5.0, "owned": -3.0})
    assert np.argsort(-model.scores([]))[0] == 1
    assert model.scores(["gone"]).tolist() == model.scores([]).tolist()
    assert model.known(["gone", "b", "b"]).tolist() == [1, 1]


def test_scores_are_the_log_of_the_chance_against_a_blind_pick() -> None:
    model = _model([[0], [1], [1], [1]], {"popular": 1.0})
    odds = np.array([2, 4, 1, 1]) / 8
    expected = np.clip(1 + np.log(odds) / (2 * np.log(4)), 0, 1)
    assert model.scores([]) == pytest.approx(expected, abs=1e-6)
    assert model.scores([]).dtype == np.float32
    assert _model([], {}).scores([]).tolist() == pytest.approx([0.5] * 4, abs=1e-6)


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


def test_a_transformer_moves_with_its_products_and_knows_a_new_one_by_its_text() -> None:
    known = _transformer(np.random.default_rng(2))
    moved = known.moved({"a": 0, "b": 1, "c": 2, "d": 3}, {"d": 0, "new": 1, "a": 2})
    assert moved.residual.tolist() == [known.residual[3].tolist(), [0] * 4, known.residual[0].tolist()]
    assert moved.blocks is known.blocks


@pytest.mark.parametrize("with_transformer", [True, False])
def test_what_is_saved_is_loaded(tmp_path: Path, with_transformer: bool) -> None:
    transformer = _transformer(np.random.default_rng(1)) if with_transformer else None
    weights = {"popular": 0.5, "follows": 1.0, "transformer": 0.1, "declared": 2.0}
    saved = _model([[0, 1, 2], [3, 1]], weights, transformer)
    saved.save(tmp_path / HISTORY, {"note": "x"})
    loaded = NextProduct.load(tmp_path / HISTORY, saved.row_of, _vectors())
    assert (loaded.transformer is not None) == with_transformer
    assert loaded.trained
    for rows in (np.array([0, 2]), np.array([3])):
        assert loaded.logits(rows) == pytest.approx(saved.logits(rows), abs=1e-5)
        for name, part in loaded.parts(rows).items():
            assert part == pytest.approx(saved.parts(rows)[name]), name
    assert loaded.scores(["a"]).shape == (4,)
    assert read_card(tmp_path / HISTORY)["note"] == "x"
    assert [path.name for path in tmp_path.iterdir()] == [HISTORY]


@pytest.mark.parametrize(
    ("key", "value"), [("format", 99), ("products", 5), ("weights", {"luck": 1.0}), ("transformer", 3)]
)
def test_damage_is_a_value_error_that_names_it(tmp_path: Path, key: str, value: object) -> None:
    saved = _model([[0, 1]], {})
    saved.save(tmp_path / HISTORY, {key: value})
    with pytest.raises(ValueError, match=re.escape(str(value))):
        NextProduct.load(tmp_path / HISTORY, saved.row_of, _vectors())


def test_a_file_that_is_cut_short_is_damage(tmp_path: Path) -> None:
    path = tmp_path / HISTORY
    saved = _model([[0, 1]], {})
    saved.save(path, {})
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(ValueError, match=HISTORY):
        NextProduct.load(path, saved.row_of, _vectors())


def test_a_shop_with_a_damaged_model_names_the_command_that_mends_it(own_folder: Path) -> None:
    (own_folder / read_manifest(own_folder).generation / HISTORY).write_bytes(b"PK")
    with pytest.raises(IndexFolderError, match=r"damaged.*python -m index.build"):
        open_shop(own_folder, HashEmbedder())


def test_a_new_shop_goes_by_the_prior_weights(shop: Shop) -> None:
    assert not shop.next_product.trained
    assert shop.next_product.weights == PRIOR


def test_the_logits_are_the_weighted_sum_of_the_parts() -> None:
    weights = {name: 0.1 + place / 10 for place, name in enumerate(PARTS)}
    for transformer in (None, _transformer(np.random.default_rng(3))):
        model = _model([[0, 1, 2], [1, 3], [3, 0, 0]], weights, transformer)
        for rows in ([], [2], [0, 3, 1, 0]):
            history: Rows = np.array(rows, np.int64)
            expected = sum(weight * model.parts(history)[name] for name, weight in weights.items())
            assert model.logits(history) == pytest.approx(expected, abs=1e-5)
