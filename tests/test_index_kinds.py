"""Which kind of thing a product is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.catalog import Kind, Product
from index.derive import derive_kinds
from index.embed import HashEmbedder, Vectors, product_text
from index.feeds import product_to_json, write_rows
from index.folder import IndexFolderError, open_shop
from index.kinds import (
    TITLE_GRADES,
    head_kind,
    kind_certainty,
    kind_key,
    kind_key_of,
    kind_of,
    kind_source,
    read_title,
    singular,
    stated_kind,
)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("mice", "mouse"),
        ("batteries", "battery"),
        ("lenses", "lens"),
        ("switches", "switch"),
        ("boxes", "box"),
        ("docks", "dock"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("chassis", "chassis"),
        ("ties", "tie"),
        ("hoodies", "hoodie"),
        ("cookies", "cookie"),
        ("series", "series"),
        ("scarves", "scarf"),
        ("gas", "gas"),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Canon BCI-6 ink cartridge for i990", "ink cartridge"),
        ("Halden 64A black toner for LaserJet P4014", "toner"),
        ("Padded sleeve for a 14 inch laptop", "case"),
        ("Corvid Slate 14 notebook with docking station", "notebook"),
        ("Wireless mice, two of them, and a keyboard", "mouse"),
        ("Laser printer", "printer"),
        ("For laptops", "notebook"),
        ("Xerox 006R90321 toner cartridge Original Black 6 pc(s)", "toner"),
        ("Labels Premium A4 64.6x33.8 mm white paper matt 2400 pcs.", "label"),
        ("Canon EF 70-200mm zoom lens", "lens"),
        ("Glass screen protector iPad Air", "screen protector"),
        ("Acme Blue - Prepaid Cell Phone with 8GB Memory", "phone"),
        ("Cable ties, black, 100pk", "cable tie"),
        ("Power bank compatible with every phone", "power bank"),
        ("Brass thing", ""),
        ("", ""),
    ],
)
def test_the_kind_that_a_title_names(title: str, kind: str) -> None:
    assert head_kind(title) == kind


def test_a_stated_category_is_never_overridden() -> None:
    assert kind_of(Product("p", "Toner for a printer", category="Office > Paper goods")) == "Paper goods"
    assert kind_of(Product("p", "Toner for a printer")) == "toner"
    assert kind_of(Product("p", "Brass thing")) == ""


def test_words_for_one_kind_have_one_key() -> None:
    assert {kind_key(name) for name in ("Notebooks", "laptop", "LAPTOPS", "Ultrabook")} == {"notebook"}
    assert kind_key("Coffee  Machines") == kind_key("coffee maker") == "coffee maker"
    assert kind_key("Garden Gnomes") == "garden gnome"
    assert kind_key("") == kind_key("—") == ""


def test_how_well_a_title_tells_its_kind() -> None:
    titles = ("Desk lamp", "Acme 40, desk lamp", "Acme paper", "Grommet for a desk lamp", "Grommet")
    grades = [read_title(title).grade for title in titles]
    assert grades == ["head", "later", "weak", "context", ""]
    trust = [TITLE_GRADES[grade] for grade in grades]
    assert trust == sorted(trust, reverse=True)
    assert kind_certainty(Product("p", "Desk lamp")) == TITLE_GRADES["head"]


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Computers > Notebooks", "Notebooks"),
        ("Computers > Notebooks > Sale", "Notebooks"),
        ("Sale", ""),
        ("Norvik", ""),
        ("Phones > Accessories", ""),
        ("", ""),
    ],
)
def test_a_category_that_says_nothing_of_the_kind(category: str, kind: str) -> None:
    product = Product("p", "Tern 14 laptop", brand="Norvik", category=category)
    assert stated_kind(product) == kind
    assert kind_of(product) == (kind or "notebook")
    assert product.category == category


def test_the_stated_category_stands_whatever_was_derived() -> None:
    product = Product("p", "Toner", category="Paper goods", derived=Kind("toner", "title", 0.9))
    assert (kind_of(product), kind_source(product), kind_certainty(product)) == ("Paper goods", "category", 1.0)
    without = replace(product, category="")
    assert (kind_of(without), kind_source(without), kind_certainty(without)) == ("toner", "title", 0.9)


def _vectors(products: Sequence[Product]) -> Vectors:
    return HashEmbedder().embed([product_text(product) for product in products])


def _derived(products: Sequence[Product]) -> dict[str, Kind]:
    kinds = derive_kinds(products, _vectors(products))
    assert len(kinds) == len(products)
    return {product.product_id: kind for product, kind in zip(products, kinds, strict=True)}


def _shop() -> list[Product]:
    lanterns = [Product(f"l{n}", f"Brass ship light model {n}", category="Decor > Lanterns") for n in range(12)]
    mills = [Product(f"m{n}", f"Oak pepper grinder {n}", category="Kitchen > Mills") for n in range(12)]
    return [*lanterns, *mills]


def test_a_product_no_noun_knows_is_what_its_neighbours_are() -> None:
    found = _derived([*_shop(), Product("x", "Brass ship light model 40"), Product("y", "Oak pepper grinder, tall")])
    assert (found["x"].name, found["x"].source) == ("Lanterns", "neighbours")
    assert (found["y"].name, found["y"].source) == ("Mills", "neighbours")
    assert found["l0"] == Kind("Lanterns", "category", 1.0)


def test_a_noun_is_read_as_the_category_that_its_products_have() -> None:
    lamps = [Product(f"p{n}", f"Floor lamp no {n}", category="Home > Lighting") for n in range(10)]
    found = _derived([*_shop(), *lamps, Product("x", "Floor lamp no 40")])
    assert (found["x"].name, found["x"].source) == ("Lighting", "title")


def test_the_catalogues_own_nouns_are_read_in_titles() -> None:
    yurts = [Product(f"p{n}", f"Family yurt {n} with a bag", category="Yurts") for n in range(5)]
    found = _derived([*yurts, Product("x", "Yurt with a stove")])
    assert (found["x"].name, found["x"].source) == ("Yurts", "title")


def test_an_attribute_states_a_kind() -> None:
    product = Product("x", "Tern 150", attributes={"product_type": ("Home > Egg timer",)})
    assert _derived([*_shop(), product])["x"].source == "attribute"
    assert kind_key(_derived([*_shop(), product])["x"].name) == "egg timer"
    vague = Product("x", "Laser printer", attributes={"type": ("Original",)})
    assert _derived([vague])["x"].name == "printer"


def test_certainty_is_a_probability_and_less_where_less_is_known() -> None:
    clear, poor = Product("x", "Brass ship light model 40"), Product("y", "Zq")
    found = _derived([*_shop(), clear, poor])
    assert all(0 <= kind.certainty <= 1 for kind in found.values())
    assert found["y"].certainty < found["x"].certainty


def test_nothing_known_gives_no_kind() -> None:
    assert _derived([Product("x", "Zq"), Product("y", "Zr")]) == {"x": Kind(), "y": Kind()}
    assert derive_kinds([], np.zeros((0, HashEmbedder.dimension), np.float32)) == ()


def test_many_products_of_many_kinds_are_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.derive._REFERENCES", 8)
    found = _derived([*_shop(), Product("x", "Brass ship light model 40")])
    assert found["x"].name == "Lanterns"


def _build(folder: Path, products: Sequence[Product]) -> Path:
    write_rows(folder / "feed.jsonl", map(product_to_json, products))
    build([folder / "feed.jsonl"], folder / "index", embedder=HashEmbedder())
    return folder / "index"


def test_an_index_keeps_kinds_and_the_merchants_words(tmp_path: Path) -> None:
    index = _build(tmp_path, [*_shop(), Product("x", "Brass ship light model 40")])
    shop = open_shop(index, HashEmbedder())
    product = shop.products["x"]
    assert (kind_of(product), kind_source(product), product.category) == ("Lanterns", "neighbours", "")
    assert kind_key_of(product) == kind_key_of(shop.products["l0"])
    assert product_to_json(product) == {"product_id": "x", "title": "Brass ship light model 40", **_stock()}
    shop.close()


def _stock() -> dict[str, str]:
    return {"availability": "unknown"}


@pytest.mark.parametrize("text", ["[]", "{}", '[["lamp", "title"]]', '[["lamp", 1, 0.5]]', "no json"])
def test_broken_kinds_name_the_command_that_mends_them(tmp_path: Path, text: str) -> None:
    index = _build(tmp_path, [Product("x", "Desk lamp")])
    next(index.glob("g-*/kinds.json")).write_text(text)
    with pytest.raises(IndexFolderError, match="build it again"):
        open_shop(index, HashEmbedder())


def test_an_index_from_before_kinds_reads_titles(tmp_path: Path) -> None:
    index = _build(tmp_path, [Product("x", "Desk lamp")])
    next(index.glob("g-*/kinds.json")).unlink()
    shop = open_shop(index, HashEmbedder())
    assert (kind_of(shop.products["x"]), shop.products["x"].derived) == ("lamp", None)
    shop.close()
