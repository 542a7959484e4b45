"""The index folder: what opening gives, and one sentence with the mending command for what cannot be opened."""

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.catalog import Constraints, Product
from index.embed import HashEmbedder, MiniLmEmbedder, product_text
from index.folder import IndexFolderError, Shop, lock_generation, open_shop, read_manifest
from index.interactions import Interaction
from index.names import own_names

ROOT = Path(__file__).resolve().parent.parent
OPEN = """
import sys
from pathlib import Path
from index.folder import IndexFolderError, open_shop
try:
    shop = open_shop(Path(sys.argv[1]))
except IndexFolderError as error:
    sys.exit(str(error))
print(len(shop.rows), flush=True)
sys.stdin.read()
"""


def test_an_opened_shop_has_what_was_built(
    shop: Shop, products: tuple[Product, ...], interactions: tuple[Interaction, ...]
) -> None:
    assert shop.rows == products
    assert shop.products["n1"].title == "Corvid Slate 14 notebook"
    assert [shop.row_of[product.product_id] for product in products] == list(range(len(products)))
    assert shop.interactions == interactions
    assert shop.histories["u1"] == ("n1", "d1", "m1")
    assert shop.popularity["m1"] == 4
    assert (shop.currency, shop.manifest.embedder, shop.manifest.fictional) == ("USD", "hash-256", False)
    assert (shop.manifest.products, shop.manifest.interactions) == (18, len(interactions))
    assert shop.declared_names.find(own_names(shop.products["p2"])) == {"t1": 0.9, "t2": 1.0}
    assert [one.product_id for one in shop.companions.of("p2")][:2] == ["t2", "t1"]


def test_vectors_words_and_store_are_of_the_same_rows(shop: Shop) -> None:
    expected = HashEmbedder().embed([product_text(product) for product in shop.rows])
    assert np.array_equal(shop.vectors, expected)
    row = shop.row_of["m1"]
    [(nearest, cosine)] = shop.store.nearest(expected[row].tolist(), Constraints(), "USD", 1)
    assert nearest == "m1" and cosine == pytest.approx(1, abs=1e-5)
    [(best, _)] = shop.lexical.rank("quiet wireless mouse", np.ones(len(shop.rows), np.bool_), 1)
    assert best == row


def test_allowed_rows_are_those_that_match(shop: Shop) -> None:
    assert shop.allowed(Constraints()).all()
    asked = Constraints(categories=("Mice",), price_max=Decimal(25))
    for _ in range(2):  # the second time from memory
        allowed = {shop.rows[row].product_id for row in np.flatnonzero(shop.allowed(asked))}
        assert allowed == {"m1", "m3"}
    other = Constraints(categories=("Mice",), price_max=Decimal(25), in_stock=True)
    assert {shop.rows[row].product_id for row in np.flatnonzero(shop.allowed(other))} == {"m1"}


@pytest.mark.parametrize(
    "asked",
    [
        Constraints(),
        Constraints(price_max=Decimal(200)),
        Constraints(brands=("Tern",)),
        Constraints(brands=("nobody",)),
    ],
)
def test_the_nearest_rows_are_those_of_the_store(shop: Shop, asked: Constraints) -> None:
    for k in (1, 4, 30):
        for row in (0, 7, 17):
            vector = np.asarray(shop.vectors[row])
            expected = {shop.row_of[name] for name, _ in shop.store.nearest(vector.tolist(), asked, "USD", k)}
            found = shop.nearest(vector, asked, k)
            assert len(found) == len(expected)
            # Of equally near ones either may be taken.
            assert sorted(shop.vectors[found] @ vector) == pytest.approx(
                sorted(shop.vectors[sorted(expected)] @ vector), abs=1e-5
            )
            assert all(asked.matches(shop.rows[one]) for one in found)


def _fails(folder: Path, **more: Any) -> str:
    with pytest.raises(IndexFolderError) as error:
        open_shop(folder, **more)
    text = str(error.value)
    assert text.startswith(str(folder)) and "\n" not in text
    assert "python -m index.build FEED --out" in text
    return text


def test_no_folder_and_no_manifest(tmp_path: Path) -> None:
    assert "is no folder; make an index with" in _fails(tmp_path / "none")
    assert "has no manifest.json: it is no index, or its build did not finish" in _fails(tmp_path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is broken (Expecting value"),
        ("[]", "is broken ("),
        ("{}", "is broken ("),
        ('{"format": 1}', "expected format, generation, embedder, dimension"),
    ],
)
def test_a_broken_manifest(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert why in _fails(tmp_path)


def _say(folder: Path, **fields: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"format": 99}, "has index format 99, this program reads 2"),
        ({"embedder": "other-768"}, "embedder 'other-768', known are all-MiniLM-L6-v2, hash-256"),
        ({"dimension": 8}, "embedder 'hash-256' (8 numbers a product), not 'hash-256' (256)"),
        ({"generation": "g-gone"}, "is damaged ("),
        ({"generation": 7}, "is broken (generation is 7"),
        ({"products": 3}, "18 products, 18 in Chroma, 3 in the manifest"),
        ({"colour": "red"}, "is broken ("),
    ],
)
def test_a_manifest_that_does_not_fit(fields: dict[str, Any], why: str, own_folder: Path) -> None:
    _say(own_folder, **fields)
    assert why in _fails(own_folder)


def test_another_embedder_than_the_folders(own_folder: Path) -> None:
    text = _fails(own_folder, embedder=MiniLmEmbedder())
    assert "made with the embedder 'hash-256' (256 numbers a product), not 'all-MiniLM-L6-v2' (384)" in text
    assert text.endswith("--embedder all-MiniLM-L6-v2")


def _remove(path: Path) -> None:
    path.unlink()


def _overwrite(path: Path) -> None:
    path.write_bytes(b"\x00 no such thing")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_json(path: Path) -> None:
    path.write_text("{}")


PARTS = [
    "products.jsonl.gz", "vectors.npy", "companions.json", "behaviour.json", "bm25/params.index.json",
    "bm25/vocab.index.json", "bm25/data.csc.index.npy", "chroma/chroma.sqlite3",
]  # fmt: skip


DAMAGES = [(part, damage) for part in PARTS for damage in (_remove, _overwrite, _empty)] + [
    (part, _other_json) for part in ("products.jsonl.gz", "companions.json", "behaviour.json")
]


@pytest.mark.parametrize(("part", "damage"), DAMAGES)
def test_a_damaged_part_is_told_and_the_lock_let_go(
    part: str, damage: Callable[[Path], None], own_folder: Path
) -> None:
    damage(own_folder / read_manifest(own_folder).generation / part)
    assert "is damaged (" in _fails(own_folder)
    lock_generation(own_folder, read_manifest(own_folder).generation).release()


def _opens(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_process_is_told_until_the_first_lets_go(own_folder: Path) -> None:
    first = _opens(own_folder)
    try:
        assert first.stdout and first.stdout.readline() == "18\n"
        text = _fails(own_folder)
        assert "is in use by another process; stop that one" in text
    finally:
        first.communicate()
    mine = open_shop(own_folder)
    second = _opens(own_folder)
    _, said = second.communicate()
    assert (second.returncode, said.strip()) == (1, text)
    mine.close()
    third = _opens(own_folder)
    assert third.communicate()[0] == "18\n"


def test_a_closed_shop_can_be_opened_again(own_folder: Path) -> None:
    for _ in range(2):
        opened = open_shop(own_folder)
        assert opened.store.count() == 18
        opened.close()


def test_a_folder_that_cannot_be_locked(own_folder: Path) -> None:
    lock = own_folder / read_manifest(own_folder).generation / ".open"
    lock.unlink(missing_ok=True)  # copied along where the folder was open
    lock.mkdir()
    assert "cannot be locked (Is a directory)" in _fails(own_folder)
