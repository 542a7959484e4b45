"""The command that trains the history model: its parts, that it goes on after a kill, and what it stores."""

import json
import math
import random
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from finetune import history, network
from finetune.history import main, train
from finetune.mix import Target, hit_of, learn_weights, ndcg_of, rank_of, targets_of
from finetune.network import Checkpoint, Settings, Trained, train_transformer
from index.build import build
from index.counts import Counts, Links
from index.embed import HashEmbedder, Vectors
from index.folder import IndexFolderError, lock_folder, open_shop, read_manifest
from index.history import HISTORY, PARTS, PRIOR, NextProduct, Traits, numbered, read_card
from index.interactions import Interaction

START = datetime(2024, 1, 1, tzinfo=UTC)
SMALL = Settings(epochs=3, dim=8, heads=2, layers=1, dropout=0.1, batch=16)


def _bought(user: str, product: str, day: int, event: str = "purchase") -> Interaction:
    return Interaction(user, product, event, START + timedelta(days=day))


def _vectors(size: int) -> Vectors:
    rows = np.random.default_rng(0).normal(0, 1, (size, 12)).astype(np.float32)
    found: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def _walks(size: int, count: int = 60, length: int = 5) -> list[list[int]]:
    """Shoppers who go from each product to the one after it."""
    rng = random.Random(4)
    starts = [rng.randrange(size) for _ in range(count)]
    return [[(start + step) % size for step in range(length)] for start in starts]


def _targets(walks: Sequence[Sequence[int]]) -> tuple[Target, ...]:
    return tuple(Target(str(n), np.asarray(own[:-1]), own[-1]) for n, own in enumerate(walks))


def _logits(found: Trained, vectors: Vectors, rows: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    table = found.transformer.products(vectors)
    return table @ found.transformer.state(table, np.asarray(rows))


def test_targets_are_later_purchases_after_all_that_came_before() -> None:
    early = [_bought("u", "a", 0), _bought("u", "gone", 1), _bought("v", "b", 1)]
    late = [_bought("u", "c", 4), _bought("u", "b", 3), _bought("w", "a", 3), _bought("v", "a", 5, "view")]
    found = targets_of(early, late, {"a": 0, "b": 1, "c": 2}, most=9, seed=1)
    # u bought b, then c; w had bought nothing, v only looked.
    assert [(one.user_id, one.history.tolist(), one.row) for one in found] == [("u", [0], 1), ("u", [0, 1], 2)]
    assert len(targets_of(early, late, {"a": 0, "b": 1, "c": 2}, most=1, seed=1)) == 1


def test_ranks_put_ties_in_the_middle_and_measure_as_the_evals_do() -> None:
    scores = np.array([3, 1, 1, 1, 0], np.float32)
    assert [rank_of(scores, row) for row in range(5)] == [0, 2, 2, 2, 4]
    assert ndcg_of([0, 2, 10]) == pytest.approx((1 + 1 / math.log2(4)) / 3)
    assert hit_of([0, 9, 10, 11]) == 0.5
    assert math.isnan(ndcg_of([])) and math.isnan(hit_of([]))


def _counted(walks: Sequence[Sequence[int]], size: int) -> NextProduct:
    none = np.zeros(0, np.int64)
    links = Links.build(none, none, np.zeros(0, np.float32), size)
    unknown = numbered([""] * size)
    counts = Counts.build(walks, [row for own in walks for row in own], unknown)
    return NextProduct({}, Traits(_vectors(size), unknown, unknown, links, links), counts)


def test_weights_go_to_the_part_that_tells_what_comes_next() -> None:
    walks = _walks(40, 200)
    model = _counted(walks[:100], 40)
    mixed = learn_weights(model, _targets(walks[100:]), seed=1)
    assert set(mixed.weights) == set(PARTS) - {"transformer"}
    assert mixed.weights["follows"] > 2 * PRIOR["follows"]
    assert mixed.targets == 100
    by_text = ndcg_of([rank_of(model.parts(one.history)["text_last"], one.row) for one in _targets(walks[100:])])
    assert mixed.ndcg10 > 0.9 > by_text


def test_weights_stay_where_there_is_nothing_to_learn_from() -> None:
    mixed = learn_weights(_counted([], 5), (), seed=1)
    assert mixed.weights == {name: weight for name, weight in PRIOR.items() if name != "transformer"}
    assert math.isnan(mixed.ndcg10)


def test_the_transformer_learns_the_order_and_stops_at_its_best() -> None:
    walks = _walks(30, 200)
    settings = Settings(epochs=25, patience=25, dim=16, layers=1, dropout=0.0, batch=16, learning_rate=1e-2)
    found = train_transformer(_vectors(30), walks[:150], _targets(walks[150:]), settings)
    assert found.ndcg10 > 0.9
    assert 1 <= found.epoch <= 25
    # The stored weights are those of the best epoch: numpy ranks as torch did.
    ranks = [rank_of(_logits(found, _vectors(30), one.history.tolist()), one.row) for one in _targets(walks[150:])]
    assert ndcg_of(ranks) == pytest.approx(found.ndcg10, abs=1e-4)


def test_torch_and_numpy_compute_the_same() -> None:
    import torch

    settings = Settings(dim=8, heads=2, layers=2)
    seen = np.ones(9, np.float32)
    net = network.Net(_vectors(9), seen, settings)
    generator = torch.Generator().manual_seed(3)
    for value in net.parameters.values():
        value.data += 0.3 * torch.randn(value.shape, generator=generator)
    rows = [3, 1, 4, 1, 5]
    table = net.table(training=False)
    expected = net.states(table, torch.tensor([rows]), training=False)[0, -1].detach().numpy()
    stored = net.as_stored()
    assert stored.state(stored.products(_vectors(9)), np.asarray(rows)) == pytest.approx(expected, abs=1e-4)


def test_a_product_that_nobody_bought_is_its_text() -> None:
    found = train_transformer(_vectors(10), [[0, 1, 2], [1, 2, 3]], (), SMALL)
    assert found.transformer.residual[4:].tolist() == np.zeros((6, 8)).tolist()
    assert np.abs(found.transformer.residual[:4]).min() > 0
    assert math.isnan(found.ndcg10)


def test_sampled_negatives_estimate_the_full_softmax() -> None:
    import torch

    settings = Settings(dim=8, heads=2, layers=1, dropout=0.0, text_only=0.0)
    net = network.Net(_vectors(3000), np.ones(3000, np.float32), settings)
    rows, wanted = torch.tensor([[1, 2, 3]]), torch.tensor([[2, 3, 4]])
    full = net.loss(rows, wanted).item()
    torch.manual_seed(0)
    sampled = np.mean([net.loss(rows, wanted, full_softmax=10).item() for _ in range(20)])
    assert sampled == pytest.approx(full, rel=0.02)


class _KilledError(Exception):
    pass


def test_a_killed_training_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    walks = _walks(20)
    whole = train_transformer(_vectors(20), walks, _targets(walks), SMALL)

    def killed(done: int, total: int) -> None:
        if done == 2:
            raise _KilledError

    with pytest.raises(_KilledError):
        train_transformer(_vectors(20), walks, _targets(walks), SMALL, Checkpoint(tmp_path / "part", "x"), killed)
    seen: list[int] = []
    again = Checkpoint(tmp_path / "part", "x")
    found = train_transformer(_vectors(20), walks, _targets(walks), SMALL, again, lambda done, total: seen.append(done))
    assert seen == [3], "only the epoch that was left"
    assert found.ndcg10 == pytest.approx(whole.ndcg10)
    assert _logits(found, _vectors(20), [1, 2]) == pytest.approx(_logits(whole, _vectors(20), [1, 2]), abs=1e-5)
    assert "now" not in again.state
    assert Checkpoint(tmp_path / "part", "other settings").state == {"fingerprint": "other settings"}


def test_a_stage_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    calls: list[int] = []

    def work() -> Trained:
        calls.append(1)
        return train_transformer(_vectors(6), [[0, 1, 2]], (), SMALL)

    first = Checkpoint(tmp_path / "part", "x").stage("all", work)
    second = Checkpoint(tmp_path / "part", "x").stage("all", work)
    assert calls == [1]
    assert _logits(first, _vectors(6), [0]) == pytest.approx(_logits(second, _vectors(6), [0]))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"dim": 9}, "multiple"),
        ({"epochs": 0}, "epochs"),
        ({"dropout": 1.0}, "dropout"),
        ({"held_out": 0.0}, "held_out"),
        ({"learning_rate": 0.0}, "learning_rate"),
    ],
)
def test_settings_that_no_model_can_have(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Settings(**wrong)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def walked_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of twenty products whose shoppers go from each to the one after it."""
    folder = tmp_path_factory.mktemp("walked")
    products = [{"product_id": f"p{n}", "title": f"Thing number {n}"} for n in range(20)]
    rows = [
        {"user_id": f"u{user}", "product_id": f"p{row}", "event": "purchase", "timestamp": 1e9 + 500 * step + user}
        for user, own in enumerate(_walks(20, 80))
        for step, row in enumerate(own)
    ]
    for name, some in (("products", products), ("interactions", rows)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
    build(
        [folder / "products.jsonl"],
        folder / "index",
        interactions=folder / "interactions.jsonl",
        embedder=HashEmbedder(),
    )
    return folder / "index"


def _inside(folder: Path) -> Path:
    return folder / read_manifest(folder).generation


def _model(folder: Path) -> NextProduct:
    shop = open_shop(folder, HashEmbedder())
    shop.close()
    return shop.next_product


def test_a_new_generation_keeps_what_was_trained_and_counts_anew(walked_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(walked_folder, tmp_path / "index")
    train(folder, SMALL)
    before = _model(folder)
    products = [{"product_id": f"p{n}", "title": f"Thing number {n}"} for n in (25, *range(1, 20))]
    row = {"user_id": "u", "product_id": "p25", "event": "purchase", "timestamp": 1e9}
    (tmp_path / "products.jsonl").write_text("".join(json.dumps(one) + "\n" for one in products), encoding="utf-8")
    (tmp_path / "interactions.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    build([tmp_path / "products.jsonl"], folder, interactions=tmp_path / "interactions.jsonl", embedder=HashEmbedder())
    after = _model(folder)
    assert before.transformer is not None and after.transformer is not None
    assert after.weights == before.weights
    assert not after.transformer.residual[after.row_of["p25"]].any()
    assert after.transformer.residual[after.row_of["p3"]] == pytest.approx(
        before.transformer.residual[before.row_of["p3"]]
    )
    assert np.flatnonzero(after.counts.popular).tolist() == [after.row_of["p25"]]


def test_the_command_stores_a_model_that_knows_what_comes_next(
    walked_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--epochs", "4", "--dim", "8", "--layers", "1", "--dropout", "0.1", "--sweep"]
    assert main(["--index", str(walked_folder), *options]) == 0
    assert "held out: 80 purchases" in capsys.readouterr().out
    model = _model(walked_folder)
    assert model.transformer is not None and model.trained
    ids = list(model.row_of)
    assert ids[int(model.scores(["p3", "p4"]).argmax())] == "p5"
    card = read_card(_inside(walked_folder) / HISTORY)
    assert len(card["swept"]) == 4
    best = max(card["swept"], key=lambda one: one["ndcg@10"])
    assert card["settings"]["dropout"] == best["dropout"]
    assert card["held_out"]["ndcg@10"] > 0.8
    assert {path.name for path in _inside(walked_folder).iterdir() if path.name.startswith("history")} == {HISTORY}


def test_a_second_training_replaces_the_first_whole(walked_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(walked_folder, SMALL)
    monkeypatch.setattr(history, "_FEWEST_TARGETS", 10**6)
    report = train(walked_folder, SMALL)
    assert _model(walked_folder).transformer is None
    assert report.epochs == 0 and math.isnan(report.transformer_ndcg10)


def test_a_small_shop_gets_what_can_be_counted(own_folder: Path) -> None:
    report = train(own_folder, SMALL)
    model = _model(own_folder)
    assert model.transformer is None
    assert report.mixed.targets < 50
    ranked = np.argsort(-model.scores(["p2"]))
    assert list(model.row_of)[int(ranked[0])] in {"t2", "p1", "t1"}
    assert model.scores([]).max() > 0


def test_a_folder_in_use_or_without_purchases_is_one_sentence(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = lock_folder(own_folder)
    assert main(["--index", str(own_folder)]) == 2
    assert "in use by another process" in capsys.readouterr().err
    lock.release()
    (_inside(own_folder) / "interactions.jsonl.gz").unlink()
    assert main(["--index", str(own_folder)]) == 2
    assert "stores no purchase" in capsys.readouterr().err
    assert main(["--index", str(tmp_path / "none")]) == 2
    assert main(["--index", str(own_folder), "--dim", "7"]) == 2
    assert "multiple of heads" in capsys.readouterr().err
    with pytest.raises(IndexFolderError):
        train(tmp_path / "none", SMALL)
