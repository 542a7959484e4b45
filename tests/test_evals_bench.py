"""The benchmark: the shop it makes, the turns it asks, and what it counts where; the page itself is in test_browser."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.dialogue import Reply, Request, Session
from evals import bench, bench_turn
from evals.bench_turn import Stopwatch, asked, copied, make_shop, measure_turns, stages
from evals.cases import Case, CaseTurn
from index.catalog import Product
from index.embed import HashEmbedder
from index.folder import Shop, open_shop

CASE = '{"case_id": "a", "history": ["n1"], "turns": [{"user": "a quiet mouse"}, {"user": "not Pebble"}]}\n'


def test_a_copy_is_another_catalogue_of_the_same_things(products: Sequence[Product]) -> None:
    assert copied(products, 0) == list(products)
    copies = [copied(products, number) for number in (1, 2)]
    assert copies == [copied(products, number) for number in (1, 2)]
    ids = {product.product_id for rows in (products, *copies) for product in rows}
    assert len(ids) == 3 * len(products)
    for one, other in zip(products, copies[1], strict=True):
        assert other.product_id == f"{one.product_id}-2"
        assert other.brand == (f"{one.brand}lo" if one.brand else "") and other.category == one.category
        assert other.title == (one.title.replace(one.brand, other.brand) if one.brand else one.title)
        if one.price is None or other.price is None:
            assert one.price is other.price is None
        else:
            assert 0.79 < other.price / one.price < 1.26
    dock = copies[0][[product.product_id for product in products].index("d1")]
    assert dock.compatible_with == ("n1-1", "n2-1")


def test_a_made_shop_has_the_size_asked_for_and_its_copies_are_near(tmp_path: Path) -> None:
    make_shop(tmp_path, 150, HashEmbedder())
    shop = open_shop(tmp_path)
    try:
        assert len(shop.rows) == 150 and shop.histories
        assert {one for own in shop.histories.values() for one in own} <= shop.products.keys()
    finally:
        shop.close()
    repeated = bench_turn._Repeated(HashEmbedder(), HashEmbedder().embed(["a mouse", "a dock"]))
    found = repeated.embed(["", "", "", ""])
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    cosines = found[:2] @ found[2:].T
    assert 0.85 < cosines[0, 0] < 0.999 and cosines[0, 1] < cosines[0, 0]


def test_every_turn_has_a_history_of_its_own(shop: Shop) -> None:
    cases = [Case("a", (CaseTurn("a mouse"), CaseTurn("black"))), Case("b", (CaseTurn("toner"),), history=("p1", "t1"))]
    found = asked(shop, cases)
    assert found == asked(shop, cases)
    assert [one.messages for one in found[:2]] == [("a mouse", "black"), ("toner",)]
    assert found[1].history == ("p1", "t1")
    assert all(1 <= len(one.history) <= 30 and set(one.history) <= shop.products.keys() for one in found)
    assert sum(one.messages == ("",) for one in found) == 70
    assert sum(one.messages[0].startswith("what goes with the ") for one in found) == 70


class _Work:
    def outer(self) -> str:
        time.sleep(0.02)
        return self.inner()

    def inner(self) -> str:
        time.sleep(0.05)
        return "done"


def test_a_timed_method_within_another_counts_for_itself() -> None:
    untimed = _Work.outer
    with Stopwatch() as watch:
        watch.time(_Work, "outer", "outer")
        watch.time(_Work, "inner", "inner")
        assert _Work().outer() == "done"
        seconds = dict(watch.seconds)
    assert 0.02 <= seconds["outer"] < 0.05 <= seconds["inner"]
    assert _Work.outer is untimed
    _Work().outer()
    assert watch.seconds == seconds


def test_the_stages_of_a_turn() -> None:
    told = {"understand": 0.001, "retrieve": 0.030, "rank": 0.002, "total": 0.040}
    reply = Reply(text="", request=Request(), session=Session(), seconds=told)
    found = stages(reply, {"embedding": 0.016, "companions": 0.003, "history": 0.004})
    # 30 ms less 16 ms of embedding; 3 + 4 + 2; 14 + 2.
    assert found["retrieve"] == pytest.approx(0.014)
    assert found["work"] == pytest.approx(0.009)
    assert found["found"] == pytest.approx(0.016)
    no_products = stages(
        Reply(text="", request=Request(), session=Session(), seconds={"understand": 0.1, "total": 0.1}), {}
    )
    assert no_products["retrieve"] == no_products["work"] == 0


def test_the_command_prints_the_table(shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = Path(shutil.copytree(shop_folder, tmp_path / "index"))
    cases = tmp_path / "cases.jsonl"
    cases.write_text(CASE, encoding="utf-8")
    turns = measure_turns(index, 0, cases, lambda _: None)
    assert len(turns) == 2 + 140
    for turn in turns:
        assert turn["total"] >= turn["found"] >= turn["rank"] >= 0
        assert turn["work"] == pytest.approx(turn["companions"] + turn["history"] + turn["rank"])
    assert all(turn["history"] > 0 for turn in turns) and sum(turn["companions"] > 0 for turn in turns) >= 70
    assert bench.main(["--turns", "--index", str(index), "--cases", str(cases)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("142 turns, ") and lines[0].endswith(" cores")
    [work] = [line for line in lines if line.startswith("companions + history + rank")]
    median, p95 = map(float, work.split()[-2:])
    assert 0 < median <= p95


def test_what_cannot_be_measured_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--turns", "--products", "0"]) == 2
    assert bench.main(["--turns", "--index", str(tmp_path / "none")]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == "evals.bench: --products is 0, expected at least 1"
    assert str(tmp_path / "none") in second
