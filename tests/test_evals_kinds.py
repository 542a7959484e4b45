"""How the kinds an index derived are measured."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from evals.cases import CaseError
from evals.kinds import Judged, Label, accuracy, by_hand, calibration_error, hide, hold_out, main, read_labels
from index.build import build
from index.catalog import Kind, Product
from index.embed import HashEmbedder, product_text
from index.feeds import product_to_json, write_rows
from index.folder import open_shop

LABELS = Path(__file__).parent.parent / "evals" / "data" / "kinds_icecat.jsonl"


def _products() -> list[Product]:
    lanterns = [Product(f"l{n}", f"Brass ship light model {n}", category="Decor > Lanterns") for n in range(20)]
    mills = [Product(f"m{n}", f"Oak pepper grinder {n}", category="Kitchen > Mills") for n in range(20)]
    return [*lanterns, *mills]


def _judged(*rows: tuple[str, str, float]) -> list[Judged]:
    return [Judged("p", found, (wanted,), "title", certainty) for found, wanted, certainty in rows]


def test_a_held_back_product_says_nothing_of_its_category() -> None:
    product = Product(
        "p",
        "Tern 14",
        category="Computers > Notebooks",
        attributes={"Product Type": ("anything",), "form": ("Laptop",), "colour": ("blue",)},
        derived=Kind("Notebooks", "category", 1.0),
    )
    hidden = hide(product)
    assert (hidden.category, hidden.derived) == ("", None)
    assert dict(hidden.attributes) == {"colour": ("blue",)}


def test_holding_back_gives_the_kinds_of_a_share_of_the_known_ones() -> None:
    products = [*_products(), Product("x", "Oak pepper grinder 90")]
    vectors = HashEmbedder().embed([product_text(product) for product in products])
    before = vectors.copy()
    judged = hold_out(products, vectors, HashEmbedder(), 0.25, 3)
    assert len(judged) == 10
    assert all(one.right for one in judged)
    assert "x" not in {one.product_id for one in judged}
    assert {one.product_id for one in judged} != {
        one.product_id for one in hold_out(products, vectors, HashEmbedder(), 0.25, 4)
    }
    np.testing.assert_array_equal(vectors, before)
    assert hold_out(products, vectors, HashEmbedder(), 0.0, 3) == []


def test_what_is_held_back_is_not_seen() -> None:
    # The only product of its category cannot be told by anything but the category, which is hidden.
    products = [*_products(), Product("z", "Zq", category="Gizmos")]
    vectors = HashEmbedder().embed([product_text(product) for product in products])
    judged = {one.product_id: one for one in hold_out(products, vectors, HashEmbedder(), 0.999, 1)}
    assert judged["z"].wanted == ("gizmo",)
    assert not judged["z"].right


def test_accuracy_with_wilsons_interval() -> None:
    judged = _judged(*[("a", "a", 0.5)] * 8, *[("a", "b", 0.5)] * 2)
    # Wilson for 8 of 10 at z 1.96: 0.4902 to 0.9433.
    assert accuracy(judged) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    assert all(math.isnan(value) for value in accuracy([]))


def test_near_is_right_or_right_but_for_words_before() -> None:
    (same, narrower, wider, other, none) = _judged(
        ("pen", "pen", 1), ("fountain pen", "pen", 1), ("pen", "fountain pen", 1), ("pencil", "pen", 1), ("", "pen", 1)
    )
    assert [one.near for one in (same, narrower, wider, other, none)] == [True, True, True, False, False]
    assert [one.right for one in (same, narrower, wider, other, none)] == [True, False, False, False, False]


def test_calibration_error() -> None:
    # Certainty 0.8 and half right: off by 0.3. Certainty 1 and all right: not off. Two of four products each.
    judged = _judged(("a", "a", 0.8), ("a", "b", 0.8), ("a", "a", 1.0), ("b", "b", 1.0))
    assert calibration_error(judged) == pytest.approx(0.15)
    assert math.isnan(calibration_error([]))


def test_labels_by_hand_count_synonyms_unless_strict() -> None:
    products = {"p": Product("p", "x", derived=Kind("laptop", "title", 0.7)), "q": Product("q", "Desk lamp")}
    labels = [Label("p", "netbook"), Label("q", "light", ("lamp",))]
    assert [one.right for one in by_hand(products, labels)] == [True, True]
    assert [one.right for one in by_hand(products, labels, strict=True)] == [True, False]
    assert by_hand(products, labels)[0].certainty == 0.7
    with pytest.raises(CaseError, match="'r'"):
        by_hand(products, [Label("r", "lamp")])


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", '{"product_id": "p"}', '{"product_id": 1, "kind": "lamp"}', '{"product_id": "p", "kind": ""}'],
)
def test_a_broken_label_is_named_with_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"product_id": "p", "kind": "lamp"}\n' + line + "\n")
    with pytest.raises(CaseError, match=r"labels\.jsonl:2"):
        read_labels(path)
    with pytest.raises(CaseError, match="nowhere"):
        read_labels(tmp_path / "nowhere.jsonl")


def test_the_shipped_labels_hold_ids_and_kinds_alone() -> None:
    labels = read_labels(LABELS)
    assert len({label.product_id for label in labels}) == 300
    assert [label.part for label in labels] == ["dev"] * 150 + ["final"] * 150
    rows = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    assert all(set(row) <= {"product_id", "kind", "also", "part"} for row in rows)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(tmp_path / "feed.jsonl", map(product_to_json, [*_products(), Product("x", "Brass ship light 40")]))
    build([tmp_path / "feed.jsonl"], tmp_path / "index", embedder=HashEmbedder())
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"product_id": "x", "kind": "lantern", "part": "dev"}\n')
    command = ["--index", str(tmp_path / "index")]
    assert main([*command, "--labels", str(labels)]) == 0
    said = capsys.readouterr().out
    assert "held back: 1.000" in said
    assert "by hand dev: 1.000" in said
    labels.write_text('{"product_id": "nobody", "kind": "lantern"}\n')
    assert main([*command, "--labels", str(labels)]) == 2
    assert "nobody" in capsys.readouterr().err
    # The folder is let go of again.
    open_shop(tmp_path / "index", HashEmbedder()).close()
    assert main(["--index", str(tmp_path / "nowhere")]) == 2
    with pytest.raises(SystemExit):
        main([*command, "--held-out", "1.5"])
