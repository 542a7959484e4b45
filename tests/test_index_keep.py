"""What a build is not given anew stays: interactions, documents, promotions, what was learned, and the embedder."""

import json
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.build import BuildReport, build, main
from index.check import check, rebuild
from index.embed import HashEmbedder, Progress, Vectors
from index.folder import IndexFolderError, Shop, open_shop, read_manifest
from index.history import HISTORY, NextProduct
from index.stored import OTHERS


class Silent(HashEmbedder):
    """Fails when it is asked for anything: what is not to be embedded again."""

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Nothing."""
        assert not texts, texts
        return super().embed(texts, progress)


def _row(number: int, **fields: Any) -> dict[str, Any]:
    return {"product_id": f"p{number}", "title": f"Thing {number}", "price": "5", "currency": "EUR"} | fields


def _bought(user: str, *names: str) -> list[dict[str, Any]]:
    return [
        {"user_id": user, "product_id": name, "event": "purchase", "timestamp": day * 86400}
        for day, name in enumerate(names)
    ]


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def six(tmp_path: Path) -> Path:
    return _write(tmp_path / "feed.jsonl", [_row(n) for n in range(6)])


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Any]:
    """Interactions, documents and promotions."""
    events = _write(tmp_path / "events.jsonl", [*_bought("u1", "p0", "p1", "p2"), *_bought("u2", "p0", "p1")])
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "returns.md").write_text("# Returns\n\nThirty days.\n", encoding="utf-8")
    offers = _write(
        tmp_path / "offers.jsonl",
        [{"promotion_id": "o", "title": "Ten off", "percent": "10", "covers": {"everything": True}}],
    )
    return {"interactions": events, "documents": tmp_path / "documents", "promotions": offers}


def _has(shop: Shop) -> tuple[int, int, int, int]:
    together = len(shop.companions.of("p0"))
    return len(shop.interactions), len(shop.documents.passages), len(shop.promotions), together


def _opened(out: Path) -> tuple[int, int, int, int]:
    shop = open_shop(out)
    found = _has(shop)
    shop.close()
    return found


def _train(out: Path) -> None:
    """As `finetune.history` leaves it."""
    shop = open_shop(out)
    path, row_of, vectors = out / shop.manifest.generation / HISTORY, shop.row_of, shop.vectors
    shop.close()
    found = NextProduct.load(path, row_of, vectors)
    NextProduct(row_of, found.traits, found.counts, None, {"follows": 0.75}).save(path, {"seconds": 1})


def _learned(out: Path) -> Mapping[str, float]:
    shop = open_shop(out)
    found = shop.next_product.weights
    shop.close()
    return found


# Every way in which a nightly feed may differ: other prices only, a new product, one that is gone.
NIGHTS: Mapping[str, list[dict[str, Any]]] = {
    "metadata": [_row(n, price="7") for n in range(6)],
    "all": [_row(n) for n in range(1, 7)],
    "nothing": [_row(n) for n in range(6)],
}


@pytest.mark.parametrize("night", NIGHTS)
def test_a_nightly_feed_keeps_what_it_does_not_give(
    night: str, six: Path, given: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), fictional=True, **given)
    _train(out)
    before = _opened(out)
    assert before[:3] == (5, 1, 1) and before[3]
    _write(six, NIGHTS[night])
    # Neither the embedder is named: it is the folder's.
    report = build([six], out)
    assert report.changes and report.changes.written == night
    assert (report.interactions, report.passages, report.promotions) == (5, 1, 1)
    assert report.stays == OTHERS
    assert _opened(out) == before
    assert _learned(out) == {"follows": 0.75}
    assert read_manifest(out).fictional and read_manifest(out).embedder == "hash-256"
    assert [one for one in check(out) if one.mend] == []
    # With the same given again, nothing has changed.
    again = build([six], out, **given)
    assert again.changes and again.changes.written == "nothing" and again.stays == ()
    assert build([six], out).changes == again.changes


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_dropped_goes_alone(name: str, six: Path, given: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), **given)
    _train(out)
    assert main([str(six), "--out", str(out), "--drop", name]) == 0
    kept = [int(name != other) for other in OTHERS]
    found = _opened(out)
    assert found[:3] == (5 * kept[0], *kept[1:])
    assert bool(found[3]) == (name != "interactions")
    assert _learned(out) == {"follows": 0.75}


def test_an_empty_file_or_folder_says_that_there_are_none(six: Path, given: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), **given)
    (tmp_path / "nothing").mkdir()
    report = build(
        [six],
        out,
        interactions=_write(tmp_path / "none.jsonl", []),
        documents=tmp_path / "nothing",
        promotions=tmp_path / "none.jsonl",
    )
    assert (report.interactions, report.passages, report.promotions, report.stays) == (0, 0, 0, ())
    assert _opened(out)[:3] == (0, 0, 0)


def test_given_ones_of_which_none_can_be_read_do_not_take_the_place_of_others(
    six: Path, given: dict[str, Any], tmp_path: Path
) -> None:
    out, bad = tmp_path / "out", _write(tmp_path / "bad.jsonl", [{"user": "u"}])
    build([six], out, embedder=HashEmbedder(), **given)
    with pytest.raises(IndexFolderError, match=r"has 5 interactions and of those given none .* --drop interactions"):
        build([six], out, interactions=bad)
    with pytest.raises(IndexFolderError, match=r"has 1 promotions and of those given none .* --drop promotions"):
        build([six], out, promotions=bad)
    assert _opened(out)[:3] == (5, 1, 1)
    build([six], out, interactions=bad, force=True)
    assert _opened(out)[:3] == (0, 1, 1)


def test_promotions_and_documents_alone_are_written_alone(six: Path, given: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), **given)
    _write(
        given["promotions"],
        [{"promotion_id": "o", "title": "Twenty off", "percent": "20", "covers": {"everything": True}}],
    )
    report = build([six], out, embedder=Silent(), promotions=given["promotions"])
    assert report.changes and report.changes.written == "promotions"
    shop = open_shop(out)
    assert [one.percent for one in shop.promotions] == [Decimal(20)]
    shop.close()
    (given["documents"] / "delivery.md").write_text("# Delivery\n\nTwo days.\n", encoding="utf-8")
    _write(six, [_row(n, price="8") for n in range(6)])
    report = build([six], out, documents=given["documents"])
    assert report.changes and report.changes.written == "metadata, documents"
    shop = open_shop(out)
    assert (len(shop.documents.passages), len(shop.promotions), str(shop.rows[0].price)) == (2, 1, "8.00")
    shop.close()
    assert [one for one in check(out) if one.mend] == []


def test_interactions_name_variants_of_products_that_the_feed_lacks(tmp_path: Path) -> None:
    out, variant = tmp_path / "out", [{"variant_id": "v0"}, {"variant_id": "v1"}]
    six = _write(tmp_path / "feed.jsonl", [_row(0, variants=variant), *(_row(n) for n in range(1, 4))])
    build([six], out, embedder=HashEmbedder())
    _write(six, [_row(n) for n in range(1, 4)])
    build([six], out, interactions=_write(tmp_path / "events.jsonl", _bought("u", "v1", "p1", "v9")))
    assert _histories(out) == ("p0", "p1")
    # What was of no known product is, once there is one.
    _write(six, [*(_row(n) for n in range(1, 4)), _row(9, variants=[{"variant_id": "v9"}])])
    build([six], out)
    assert _histories(out) == ("p0", "p1", "p9")


def _histories(out: Path) -> tuple[str, ...]:
    shop = open_shop(out)
    found = shop.histories["u"]
    shop.close()
    return found


def test_what_cannot_be_read_is_not_let_go_of_without_a_word(six: Path, given: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), **given)
    for name, file in zip(OTHERS, ("interactions.jsonl.gz", "passages.json", "promotions.jsonl"), strict=True):
        for damage in (b"", b"{", None):
            path = out / read_manifest(out).generation / file
            if damage is None:
                path.unlink()
            else:
                path.write_bytes(damage)
            with pytest.raises(IndexFolderError, match=rf"give them anew with --{name}, or .* --drop {name}"):
                build([six], out)
            found = [one for one in check(out) if one.mend]
            assert found and f"--{name} " in found[0].mend, found
            with pytest.raises(IndexFolderError):
                rebuild(out)
            build([six], out, **{name: given[name]})
            assert _opened(out)[:3] == (5, 1, 1)
            assert [one for one in check(out) if one.mend] == []


def test_what_was_learned_outlives_damaged_vectors_and_is_missed_aloud(
    six: Path, given: dict[str, Any], tmp_path: Path
) -> None:
    out, said = tmp_path / "out", list[str]()
    build([six], out, embedder=HashEmbedder(), **given)
    _train(out)
    vectors = out / read_manifest(out).generation / "vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:500])
    assert build([six], out).embedded == 6
    assert _learned(out) == {"follows": 0.75}
    path = out / read_manifest(out).generation / HISTORY
    path.write_bytes(path.read_bytes()[:500])
    [wrong] = [one for one in check(out) if one.part == "history"]
    assert wrong.mend.endswith("--rebuild") and "learn it again" in wrong.text
    rebuild(out, said.append)
    assert any("python -m finetune.history --index" in line for line in said)
    assert [one for one in check(out) if one.mend] == []

    class Other(HashEmbedder):
        name = "other"

    _train(out)
    said.clear()
    build([six], out, embedder=Other(), say=said.append)
    assert any("python -m finetune.history --index" in line for line in said)
    assert read_manifest(out).embedder == "other"


def test_more_than_half_is_not_pruned_unless_forced(six: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder())
    # As many products, of which most are others: the feed of another shop.
    _write(six, [_row(n) for n in range(4, 10)])
    with pytest.raises(IndexFolderError, match="has 6 products and the feed lacks 4 of them, which --prune removes"):
        build([six], out, prune=True)
    report = build([six], out)
    assert report.changes and (report.changes.new, report.changes.missing) == (4, 4)


def test_a_shrunk_feed_is_measured_by_products_not_by_rows(tmp_path: Path) -> None:
    out, variants = tmp_path / "out", "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    rows = [
        f"shirt-{n},Shirt {n},Size,S,s{n},5\nshirt-{n},,Size,M,m{n},5\nshirt-{n},,Size,L,l{n},5\n" for n in range(6)
    ]
    six = tmp_path / "products.csv"
    six.write_text(variants + "".join(rows))
    assert build([six], out, embedder=HashEmbedder()).kept == 6
    # Seven rows, more than half of six; but of three products.
    six.write_text(variants + "".join(rows[:2]) + rows[2].splitlines()[0] + "\n")
    assert build([six], out).kept == 3
    six.write_text(variants + "".join(rows[:2]))
    with pytest.raises(IndexFolderError, match="has 6 products and the feed 2, less than half"):
        build([six], out)


def test_an_index_of_a_newer_version_is_not_written_over(six: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder())
    path = out / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99, "colour": "red"}))
    kept = {one.name for one in out.iterdir()}
    with pytest.raises(IndexFolderError, match=r"has index format 99, this program reads 2: a newer version made it"):
        open_shop(out)
    with pytest.raises(IndexFolderError, match=r"a newer version made it; .* or write over it with --force"):
        build([six], out)
    assert {one.name for one in out.iterdir()} == kept
    said: list[str] = []
    report = build([six], out, embedder=HashEmbedder(), force=True, say=said.append)
    assert report.embedded == 6 and said[0].startswith("nothing of what stands is kept: ")
    assert _opened(out)[0] == 0


def test_the_report_says_what_is_as_it_was(
    six: Path, given: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    flags = [f"--{name}={path}" for name, path in given.items()]
    assert main([str(six), "--out", str(out), "--embedder", "hash-256", *flags]) == 0
    assert "interactions 5, passages 1, promotions 1, rejected 0\n" in capsys.readouterr().out
    assert main([str(six), "--out", str(out), flags[2]]) == 0
    assert "interactions 5 (as before), passages 1 (as before), promotions 1, rejected 0\n" in capsys.readouterr().out
    assert main([str(six), "--out", str(out), flags[0], "--drop", "interactions"]) == 2
    assert "index.build: interactions are both given and dropped" in capsys.readouterr().err


def test_a_generation_of_an_earlier_version_keeps_its_own(six: Path, given: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([six], out, embedder=HashEmbedder(), **given)
    inside = out / read_manifest(out).generation
    row = json.loads((inside / "state.json").read_text())
    for state in ({**row, "inputs": "0" * 64}, None):
        if state is None:
            (inside / "state.json").unlink()
        else:
            (inside / "state.json").write_text(json.dumps(state))
        other = Path(shutil.copytree(out, tmp_path / f"copy-{state is None}"))
        report: BuildReport = build([six], other, embedder=Silent())
        assert report.embedded == 0 and _opened(other)[:3] == (5, 1, 1)
