"""Every order over the same candidates, what builds the work folder, leaks refused, results kept, the page."""

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.dialogue import Request
from assistant.ground import unsupported
from assistant.rank import RANKERS
from evals import ablate, sets
from evals.ablate import main
from evals.cases import Case, CaseTurn
from evals.leaks import LeakError
from evals.metrics import Estimate, Paired
from evals.page import ORDERS_PLOT, PAGE, PARTS_PLOT, write_page
from evals.replays import Line, Result, lines_of, replay_set
from evals.run import replay
from evals.sets import SETS, Measured, Place, build_indexes, cases_of
from index.catalog import Constraints
from index.embed import HashEmbedder
from index.folder import Shop

PLAIN = Measured("Plain", "demo", "plain.jsonl", "hr@10", split="")


@pytest.fixture
def assistant(shop: Shop) -> Iterator[Assistant]:
    yield Assistant(shop, None)


def _case(name: str, *turns: tuple[str, dict[str, float] | None], history: tuple[str, ...] = ()) -> Case:
    return Case(name, tuple(CaseTurn(text, relevant) for text, relevant in turns), history=history)


CASES = [
    _case("mouse", ("a mouse", {"m1": 1.0}), ("not Juniper", {"m2": 1.0}), history=("n1",)),
    _case("never", ("a laptop under $5", {"n1": 1.0})),
    _case("goes", ("what goes with this printer?", {"t1": 1.0}), history=("p1",)),
    _case("silent", ("", {"m1": 1.0}), history=("n1", "d1")),
    _case("unjudged", ("a printer", None), ("thanks!", {})),
]


def test_the_order_of_all_signals_is_what_a_run_gives(assistant: Assistant) -> None:
    found = replay_set(assistant, PLAIN, CASES, lambda: None)
    rows = list(replay(assistant, CASES, unsupported, explain=False))
    of_run = {f"{row['case_id']} {row['turn']}": row["product_ids"] for row in rows}
    relevant = {f"{c.case_id} {n}": turn.relevant for c in CASES for n, turn in enumerate(c.turns) if turn.relevant}
    expected = {}
    for turn, gains in relevant.items():
        ranks = [place for place, name in enumerate(of_run[turn], 1) if name in gains]
        expected[turn] = 1 / ranks[0] if ranks else 0.0
    assert found.values["all"]["mrr"] == pytest.approx(expected)
    assert found.turns == len(expected) == 5
    assert of_run["never 0"] == []
    assert any(expected.values())


def test_every_order_is_measured_on_every_turn_and_seen_signals_are_listed(assistant: Assistant) -> None:
    found = replay_set(assistant, PLAIN, CASES, lambda: None)
    lines = {line.name: line for line in lines_of(found, PLAIN)}
    for name in ("popularity", "fusion of words and meaning", "history signal", "companion signal", "all"):
        assert lines[name].means["hr@10"].n == 5
    assert {name for name in lines if name.startswith("all but ")} == {f"all but {one}" for one in found.signals}
    assert lines["all"].against["hr@10"].difference.mean == 0
    totals = Measured("T", "demo", "t.jsonl", "hr@10", split="", totals=True)
    assert not [line for line in lines_of(found, totals) if line.name.startswith("all but ")]
    assert SETS["demo-heldout"].totals
    silent = replay_set(assistant, PLAIN, CASES[3:4], lambda: None)
    assert "fusion of words and meaning" not in {line.name for line in lines_of(silent, PLAIN)}


def test_a_difference_is_the_order_minus_all_and_drawn_by_group() -> None:
    from evals.replays import Replayed

    found = Replayed(signals={"words"})
    for n in range(4):
        found.values["all"]["hr@10"][f"x-{n % 2}-{n} 0"] = 1.0
        found.values["all but words"]["hr@10"][f"x-{n % 2}-{n} 0"] = float(n == 0)
    grouped = Measured("G", "demo", "g.jsonl", "hr@10", split="group")
    line = {line.name: line for line in lines_of(found, grouped)}["all but words"]
    assert line.means["hr@10"].mean == 0.25
    assert line.means["hr@10"].cases == 2
    assert line.against["hr@10"].difference.mean == -0.75
    assert line.against["hr@10"].worse == 2


def test_baselines_order_the_whole_shop_within_the_constraints(assistant: Assistant) -> None:
    from evals.replays import _baselines

    shop = assistant.shop
    session = assistant.session(history=("p1",))
    found = _baselines(shop, PLAIN, session, "toner", Request())
    assert found["popularity"][0] == "m1"
    assert len(found["popularity"]) == len(shop.rows) - 1
    assert "p1" not in found["popularity"]
    assert set(found["BM25"][:2]) == {"t1", "t2"}
    # Without a message the last product's text stands in, and here it may itself be the answer.
    again = Measured("A", "demo", "a.jsonl", "hr@10", again=True)
    assert _baselines(shop, again, session, "", Request())["BM25"][0] == "p1"
    assert _baselines(shop, again, assistant.session(), "", Request()).keys() == {"popularity"}
    bought = _baselines(shop, again, assistant.session(history=("i1", "p3", "i1")), "", Request())
    assert bought["repeat purchases"][:3] == ("i1", "p3", "m1")
    assert bought["item-kNN"][0] in {"i1", "p3"}
    assert "repeat purchases" not in found
    bounded = _baselines(shop, PLAIN, session, "toner", Request(constraints=Constraints(not_brands=("Halden",))))
    assert not {"t1", "t2"} & set(bounded["MiniLM"])


def test_history_and_message_are_also_measured_apart(assistant: Assistant) -> None:
    both = Measured("B", "demo", "b.jsonl", "hr@10", both=True)
    case = _case("c", ("a toner", {"t2": 1.0}), history=("p2",))
    lines = {line.name for line in lines_of(replay_set(assistant, both, [case], lambda: None), both)}
    assert {"all", "all, message only", "all, history only"} <= lines


def _data(folder: Path) -> Path:
    """A small office set: twelve shoppers who buy a pen, then a refill, then paper."""
    office = folder / "office"
    office.mkdir(parents=True)
    kinds = ("gel pen", "pen refill", "copy paper")
    products = [
        {"product_id": f"{kind[0]}{kind[-1]}{n}", "title": f"Acme {kind}, No. {n}", "brand": "Acme"}
        for kind in kinds
        for n in range(6)
    ]
    ids = [row["product_id"] for row in products]
    bought = [
        {"user_id": f"u{user}", "product_id": ids[(user + 6 * step) % 18], "event": "purchase", "timestamp": 10 * step}
        for user in range(12)
        for step in range(4)
    ]
    cases = [
        {"case_id": f"next-{n}", "history": [ids[n], ids[n + 6]], "turns": [{"user": "", "relevant": {ids[n + 12]: 1}}]}
        for n in range(6)
    ]
    for name, rows in (("products", products), ("interactions", bought)):
        with gzip.open(office / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    (office / "cases_next.jsonl").write_text("".join(json.dumps(row) + "\n" for row in cases), encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "work", _data(tmp_path / "data"), HashEmbedder())


def test_sets_are_built_measured_and_kept(place: Place) -> None:
    said: list[str] = []
    names = ["icecat-search", "office-next", "office-text"]
    results = ablate.ablate(place, names, "all", said.append, history=False)
    assert [result.name for result in results] == ["office-next", "office-text"]
    assert [(result.cases, result.turns, result.products) for result in results] == [(6, 6, 18)] * 2
    assert any(line.startswith("icecat-search: left out, ") and "is not there" in line for line in said)
    said.clear()
    assert ablate.ablate(place, names, "all", said.append, history=False) == results
    assert "office-next: kept from before" in said
    # A new generation of the index is another thing to measure.
    shutil.rmtree(place.index("office"))
    said.clear()
    ablate.ablate(place, names[1:2], "all", said.append, history=False)
    assert "office-next: kept from before" not in said


def test_halves_of_a_set_make_the_whole(place: Place) -> None:
    for name in ("office-next", "demo-heldout"):
        one = SETS[name]
        parts = {part: [case.case_id for case in cases_of(one, place, part)] for part in ("dev", "final", "all")}
        assert parts["all"]
        if one.split:
            assert sorted(parts["dev"] + parts["final"]) == sorted(parts["all"])
        else:
            assert parts["dev"] == parts["final"] == parts["all"]
    by_place = Measured("P", "office", "office/cases_next.jsonl", "hr@10", split="place")
    assert [case.case_id for case in cases_of(by_place, place, "dev")] == ["next-0", "next-2", "next-4"]
    assert [case.case_id for case in cases_of(by_place, place, "final")] == ["next-1", "next-3", "next-5"]


def test_a_leaking_set_is_not_measured(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place.data / "office" / "cases_next.jsonl"
    stored = {"case_id": "leak", "history": [], "turns": [{"user": "", "relevant": {}}]}
    # Shopper u0 bought these four, in this order.
    own = [row["product_id"] for row in _bought(place.data) if row["user_id"] == "u0"]
    stored |= {"history": own[:3], "turns": [{"user": "", "relevant": {own[3]: 1}}]}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(stored) + "\n")
    with pytest.raises(LeakError, match="office-next: the index holds the answers of 1 of 7 cases: case leak"):
        ablate.ablate(place, ["office-next"], "all", lambda _: None, history=False)
    monkeypatch.setattr(ablate, "Place", lambda work, data: place)
    options = ["--work", str(place.work), "--data", str(place.data), "--out", str(place.work / "docs")]
    assert main([*options, "--only", "office-next", "--part", "all", "--no-history"]) == 2
    assert "evals.ablate: office-next: the index holds the answers" in capsys.readouterr().err
    assert not (place.work / "docs" / PAGE).exists()


def _bought(data: Path) -> list[dict[str, Any]]:
    with gzip.open(data / "office" / "interactions.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_the_command_writes_the_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ablate, "Place", lambda work, data: place)
    monkeypatch.setattr(ablate, "next_item", lambda place, part, say: ())
    out = place.work / "docs"
    options = ["--work", str(place.work), "--data", str(place.data), "--out", str(out), "--no-history"]
    assert main([*options, "--only", "office-text", "--part", "all"]) == 0
    text = (out / PAGE).read_text(encoding="utf-8")
    assert "## Office, history and message" in text
    assert "| **all** |" in text
    assert "`office-text`: 6 cases" in text
    assert (out / ORDERS_PLOT).read_bytes().startswith(b"\x89PNG")
    assert main([*options, "--only", "icecat-search"]) == 2


def test_the_grocery_index_knows_nothing_from_the_cut_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shop_folder: Path
) -> None:
    monkeypatch.setattr("evals.make.HELD_OUT_DAYS", 30)
    monkeypatch.setattr("evals.make.FEWEST", 1)
    place = Place(tmp_path, tmp_path / "none", HashEmbedder())
    shutil.copytree(shop_folder, place.index("grocery_whole"))
    assert build_indexes(["grocery"], place, lambda _: None, history=False) == {}
    one = SETS["grocery-basket"]
    cases = cases_of(one, place, "all")
    assert {case.user_id for case in cases} == {"u4", "u5"} or cases
    sets.check_leaks("grocery-basket", one, cases, place)
    # The same cases on the whole shop are refused.
    shutil.rmtree(place.index("grocery"))
    shutil.copytree(shop_folder, place.index("grocery"))
    with pytest.raises(LeakError, match="not before"):
        sets.check_leaks("grocery-basket", one, cases, place)


def _line(name: str, mean: float, difference: float) -> Line:
    spread = Estimate(mean, mean - 0.1, mean + 0.1, 40, 40)
    other = Estimate(difference, difference - 0.05, difference + 0.05, 40, 40)
    return Line(name, {"hr@10": spread}, {"hr@10": Paired(other, 3, 12, 25, 0.0, 1.0)})


def test_the_page_says_what_was_measured(tmp_path: Path) -> None:
    lines = (_line("BM25", 0.3, -0.2), _line("all", 0.5, 0.0), _line("all but words", 0.48, -0.02))
    write_page([Result("office-next", 40, 40, 3459, 9.0, lines)], tmp_path, "final", "a machine, 2 cores")
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "Machine: a machine, 2 cores." in text
    assert "40 cases, n = 40, 3,459 products" in text
    assert "| BM25 | 0.300 [0.200, 0.400] | **-0.200 [-0.250, -0.150]** | 3 / 12 / 25 |" in text
    assert "| all but words | 0.480 [0.380, 0.580] | -0.020 [-0.070, +0.030] | 3 / 12 / 25 |" in text
    assert "| **all** | 0.500 [0.400, 0.600] | – | – |" in text
    assert "| Office, next purchase | 40 | hr@10 | 0.500 [0.400, 0.600] | BM25 0.300 | – | 0.300 | – | – | – |" in text
    first = [(tmp_path / name).read_bytes() for name in (ORDERS_PLOT, PARTS_PLOT)]
    write_page([Result("office-next", 40, 40, 3459, 9.0, lines)], tmp_path, "final", "a machine, 2 cores")
    assert [(tmp_path / name).read_bytes() for name in (ORDERS_PLOT, PARTS_PLOT)] == first


def test_rankers_that_the_tables_need_exist() -> None:
    from evals.replays import _orders

    assert set(_orders()) >= {"all", "history signal", "companion signal", "fusion of words and meaning"}
    assert all(callable(order) for order in RANKERS.values())
