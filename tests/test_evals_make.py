"""Made cases: messages that several products answer, baskets after a cut, whole sessions, halves, the command."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evals import make
from evals.cases import read_cases
from evals.leaks import LeakError
from evals.make import case_key, main, make_bundles, make_grocery, make_office, part_of
from index.build import build
from index.embed import HashEmbedder

TITLES = [
    *(
        f"Acme {color} Gel Pen, 0.7 mm, Pack of {n}"
        for n, color in enumerate(("Black", "Blue", "Red", "Green", "Pink"))
    ),
    *(f"Bolt Stapler {n}, Full Strip" for n in range(5)),
    "Acme Gyroscope",
]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _office(folder: Path) -> Path:
    folder.mkdir(parents=True)
    with gzip.open(folder / "products.jsonl.gz", "wt", encoding="utf-8") as file:
        for n, title in enumerate(TITLES):
            file.write(json.dumps({"product_id": f"o{n}", "title": title, "brand": title.split()[0]}) + "\n")
    cases = [
        {"case_id": f"next-{n}", "history": ["o9", "o8"], "turns": [{"user": "", "relevant": {f"o{n}": 1.0}}]}
        for n in range(len(TITLES))
    ]
    _write(folder / "cases_next.jsonl", cases)
    return folder


def test_a_message_names_a_kind_that_several_products_answer(tmp_path: Path) -> None:
    made = make_office(_office(tmp_path / "office"), seed=1)
    rows = made.cases["office_text"]
    by_id = {row["case_id"]: row for row in rows}
    assert len(by_id) == 10
    assert "1 left out" in made.note
    for row in rows:
        [turn] = row["turns"]
        [target] = turn["relevant"]
        said = turn["user"].lower().split()
        fitting = [title for title in TITLES if all(word in title.lower() for word in said)]
        assert len(fitting) >= 5
        assert TITLES[int(target[1:])] in fitting
        assert row["history"] == ["o9", "o8"]
    assert {row["turns"][0]["user"] for row in rows} <= {
        "gel pen",
        "Acme pen",
        "stapler",
        "bolt stapler",
        "Bolt stapler",
    }
    assert make_office(tmp_path / "office", seed=1) == made


@pytest.fixture(scope="module")
def grocery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grocery")
    products = [
        {"product_id": f"{kind[0]}{n}", "title": f"{kind}, {n} oz", "category": f"Dairy > {kind}"}
        for kind in ("Yogurt", "Milk")
        for n in range(6 if kind == "Yogurt" else 2)
    ]
    start = datetime(2024, 1, 1, 9, tzinfo=UTC)
    rows = []
    for user in range(4):
        days = (0, 7, 14, 21, 28, 50 + user, 55)
        for day, name in zip(days, ("Y0", "M0", "Y1", "Y2", "M1", "Y3", "Y4"), strict=True):
            when = start + timedelta(days=day)
            rows.append({"user_id": f"h{user}", "product_id": name, "event": "purchase", "timestamp": when.isoformat()})
    rows.append({"user_id": "h0", "product_id": "M0", "event": "purchase", "timestamp": rows[5]["timestamp"]})
    rows.append({"user_id": "new", "product_id": "M0", "event": "purchase", "timestamp": rows[5]["timestamp"]})
    _write(folder / "products.jsonl", products)
    _write(folder / "bought.jsonl", rows)
    build([folder / "products.jsonl"], folder / "index", interactions=folder / "bought.jsonl", embedder=HashEmbedder())
    return folder / "index"


def test_baskets_are_the_first_after_the_cut_and_the_rest_is_not_known(grocery: Path) -> None:
    made = make_grocery(grocery, seed=1)
    baskets = {row["user_id"]: row for row in made.cases["grocery_basket"]}
    # The last purchase is on day 55, so the last fourteen days begin with day 42.
    assert set(baskets) == {"h0", "h1", "h2", "h3"}
    assert {row["cut"] for row in baskets.values()} == {"2024-02-12T00:00:00+00:00"}
    assert baskets["h0"]["turns"][0] == {"user": "", "relevant": {"M0": 1.0, "Y3": 1.0}}
    assert baskets["h1"]["turns"][0]["relevant"] == {"Y3": 1.0}
    known = made.interactions["grocery_early"]
    assert len(known) == 20
    assert max(row["timestamp"] for row in known) < "2024-02-12"
    # Milk is no question: only two products answer it.
    asked = [row["turns"][0] for row in made.cases["grocery_text"]]
    assert asked == [{"user": "yogurt", "relevant": {"Y3": 1.0}}] * 4


def test_a_session_of_bundles_is_held_out_whole(tmp_path: Path) -> None:
    bundles: list[dict[str, Any]] = []
    for session in range(60):
        ids = [f"s{session}p{n}" for n in range(4)]
        for own in (ids[:2], ids, ids[1:]):
            bundles.append({"bundle_id": str(len(bundles)), "intent": "x", "product_ids": own})
    _write(tmp_path / "bundles.jsonl", bundles)
    made = make_bundles(tmp_path, seed=1)
    asked = {one for row in made.cases["bundlerec_items"] for one in (*row["history"], *row["turns"][0]["relevant"])}
    known = {row["product_id"] for row in made.interactions["bundlerec_known"]}
    assert asked
    assert not asked & known
    assert len(asked) + len(known) == 240
    assert 20 < len(asked) < 90
    one = made.cases["bundlerec_asked"][0]
    assert one["turns"][0]["user"] == "what goes with these?"
    assert not set(one["history"]) & set(one["turns"][0]["relevant"])
    per_bundle = {case_key(row["case_id"], True) for row in made.cases["bundlerec_items"]}
    assert len(per_bundle) == len(asked) // 4 * 3


def test_halves_are_by_hash_and_make_the_whole(tmp_path: Path) -> None:
    made = {"office_text": [{"case_id": f"c{n}", "turns": [{"user": "x"}]} for n in range(200)]}
    ids = {}
    for part in ("dev", "final", "all"):
        make.write_cases(tmp_path, made, part)
        ids[part] = [case.case_id for case in read_cases(tmp_path / "office_text.jsonl")]
    assert len(ids["all"]) == 200
    assert sorted(ids["dev"] + ids["final"]) == sorted(ids["all"])
    assert 70 < len(ids["dev"]) < 130
    assert all(part_of(one) == "dev" for one in ids["dev"])


def test_the_command_writes_what_it_can_and_says_what_is_missing(
    tmp_path: Path, grocery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _office(tmp_path / "data" / "office")
    options = ["--data", str(tmp_path / "data"), "--out", str(tmp_path / "out"), "--grocery", str(grocery)]
    assert main(options) == 0
    printed = capsys.readouterr().out
    assert "office_text: 10 cases" in printed
    assert "grocery_basket: 4 cases" in printed
    assert "bundlerec: left out, " in printed
    assert len(read_cases(tmp_path / "out" / "grocery_text.jsonl")) == 4
    assert main([*options[:4], "--grocery", str(tmp_path)]) == 2
    assert "evals.make: " in capsys.readouterr().err


def test_a_planted_leak_stops_the_command(
    tmp_path: Path, grocery: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = make.make_grocery

    def leaking(index: Path, seed: int) -> make.Made:
        made = real(index, seed)
        late = {"user_id": "h1", "product_id": "Y3", "event": "purchase", "timestamp": "2024-02-21T09:00:00+00:00"}
        known = {name: [*rows, late] for name, rows in made.interactions.items()}
        return make.Made(made.cases, known)

    monkeypatch.setattr(make, "make_grocery", leaking)
    (tmp_path / "data").mkdir()
    options = ["--data", str(tmp_path / "data"), "--out", str(tmp_path / "out"), "--grocery", str(grocery)]
    assert main(options) == 2
    assert "grocery_basket: the index holds the answers of 4 of 4 cases" in capsys.readouterr().err
    with pytest.raises(LeakError):
        make.check(tmp_path / "out", ["grocery_text"])


@pytest.mark.parametrize(("part", "kept"), [("dev", ["q0", "q2", "q4"]), ("final", ["q1", "q3"])])
def test_icecat_is_halved_by_place(tmp_path: Path, part: str, kept: list[str]) -> None:
    rows = [{"case_id": f"q{n}", "turns": [{"user": "ink", "relevant": {"i1": 1}}]} for n in range(5)]
    _write(tmp_path / "icecat" / "cases_search.jsonl", rows)
    _write(tmp_path / "icecat" / "cases_goes_with.jsonl", rows[:2])
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--part", part]) == 0
    assert [case.case_id for case in read_cases(tmp_path / "out" / "icecat_search.jsonl")] == kept
