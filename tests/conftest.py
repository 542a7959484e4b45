"""A small hand-made shop, its shoppers, and the index folder built from both, without any weights.

Eighteen products in six kinds. One lacks a brand, one a price, one a category, and one is out of stock. Docks
name the notebooks they work with by id, toner and ink name printers as makers write them. `demo_shop` is a
part of the demo store, for what needs fuller shelves.
"""

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import SCRIPTED, demo_copy, launched, opened_shop
from chroma_server import chroma_server

from index.build import build
from index.catalog import Product
from index.embed import HashEmbedder
from index.feeds import interaction_from_json, product_from_json
from index.folder import Shop, open_shop
from index.interactions import Interaction

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def _row(product_id: str, title: str, brand: str, category: str, price: str, **more: Any) -> dict[str, Any]:
    row = {"product_id": product_id, "title": title, "brand": brand, "category": category, "price": price}
    stated = {name: value for name, value in row.items() if value}
    return {"currency": "USD", "availability": "in_stock"} | stated | more


def _product_rows() -> list[dict[str, Any]]:
    notebooks, docks, mice = "Computers > Notebooks", "Computers > Docks", "Computers > Mice"
    printers, toner, ink = "Office > Printers", "Office > Toner", "Office > Ink"
    return [
        _row("n1", "Corvid Slate 14 notebook", "Corvid", notebooks, "899.00", rating=4.5, rating_count=120,
             attributes={"screen_size": "14 in", "ports": ["USB-C", "HDMI"], "memory": "16 GB", "color": "silver"},
             description="A light notebook with a bright screen and ten hours of battery."),
        _row("n2", "Corvid Slate 16 notebook", "Corvid", notebooks, "1299.00", rating=4.2, rating_count=40,
             attributes={"screen_size": "16 in", "ports": ["USB-C", "HDMI", "USB-A"], "memory": "32 GB"},
             description="A large notebook for people who edit films and photos."),
        _row("n3", "Juniper Air 13 notebook", "Juniper", notebooks, "749.50", availability="limited_stock",
             attributes={"screen_size": "13.3 in", "ports": "USB-C", "memory": "8 GB", "color": ["blue", "silver"]}),
        _row("d1", "Tern docking station 90 W", "Tern", docks, "189.00", rating=4.0, rating_count=33,
             attributes={"ports": ["HDMI", "USB-A", "Ethernet"], "power": "90 W"}, compatible_with=["n1", "n2"]),
        _row("d2", "Tern mini dock", "Tern", docks, "79.00", attributes={"ports": ["HDMI", "USB-A"]},
             compatible_with=["n1", "n3"]),
        _row("d3", "Docking station with two screens", "", docks, "129.00", attributes={"power": "65 W"}),
        _row("m1", "Pebble quiet wireless mouse", "Pebble", mice, "24.90", rating=4.8, rating_count=900,
             attributes={"color": "black", "weight": "85 g", "connection": "wireless"},
             description="Clicks that nobody hears."),
        _row("m2", "Pebble travel mouse", "Pebble", mice, "", attributes={"color": "red", "connection": "wireless"}),
        _row("m3", "Corvid wired mouse", "Corvid", mice, "12.00", availability="out_of_stock",
             attributes={"color": "black", "connection": "wired"}),
        _row("m4", "Juniper trackball mouse", "Juniper", mice, "59.00", list_price="79.00",
             attributes={"color": "grey", "connection": "wireless"}),
        _row("p1", "Halden LaserJet P4014 printer", "Halden", printers, "449.00", rating=3.9, rating_count=12,
             attributes={"technology": "laser", "speed": "43 ppm"}),
        _row("p2", "Halden LaserJet P4015tn printer", "Halden", printers, "549.00",
             attributes={"technology": "laser", "speed": "50 ppm"}),
        _row("p3", "Veda FS-2000D printer", "Veda", printers, "199.00", attributes={"technology": "ink"}),
        _row("t1", "Halden 64A black toner for LaserJet P4014", "Halden", toner, "89.00",
             compatible_with=["LaserJet P4014", "LaserJet P4015"]),
        _row("t2", "Halden 64X toner for LaserJet P4015tn", "Halden", toner, "149.00",
             compatible_with=["LaserJet P4015tn"]),
        _row("i1", "Veda TK-310 ink for FS 2000D", "Veda", ink, "39.00", compatible_with=["FS 2000D"]),
        _row("i2", "Veda TK-311 colour ink", "Veda", ink, "49.00", availability="preorder"),
        _row("s1", "Padded sleeve for a 14 inch laptop", "Tern", "", "29.00", attributes={"color": "grey"}),
    ]  # fmt: skip


_PURCHASES: Mapping[str, Sequence[tuple[str, str]]] = {
    # shopper -> day and product, oldest first
    "u1": [("2024-01-02", "n1"), ("2024-01-09", "d1"), ("2024-02-01", "m1")],
    "u2": [("2024-01-05", "n1"), ("2024-01-06", "m1")],
    "u3": [("2024-01-20", "n2"), ("2024-01-21", "d1"), ("2024-02-11", "m1")],
    "u4": [("2024-02-02", "p1"), ("2024-02-12", "t1"), ("2024-04-12", "t1")],
    "u5": [("2024-02-03", "p3"), ("2024-02-04", "i1"), ("2024-03-04", "i1"), ("2024-04-04", "i1")],
    "u6": [("2024-03-01", "n3"), ("2024-03-02", "m4")],
    "u7": [("2024-03-05", "p2"), ("2024-03-15", "t2")],
    "u8": [("2024-03-10", "m1")],
}


def _interaction_rows() -> list[dict[str, Any]]:
    bought = [
        {"user_id": user, "product_id": product, "event": "purchase", "timestamp": f"{day}T10:00:00+00:00", "value": 1}
        for user, own in _PURCHASES.items()
        for day, product in own
    ]
    return [
        *bought,
        {"user_id": "u8", "product_id": "n1", "event": "view", "timestamp": 1709900000},
        {"user_id": "u8", "product_id": "d2", "event": "cart", "timestamp": 1709900060},
        {"user_id": "u1", "product_id": "n1", "event": "rating", "timestamp": 1709990000, "value": 5},
    ]


@pytest.fixture(params=["files", "server"])
def chroma(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the products are: the address of a Chroma server, "" for files in the folder."""
    if request.param == "files":
        yield ""
        return
    with chroma_server(tmp_path_factory.mktemp("server")) as started:
        yield started.address


@pytest.fixture(scope="session")
def products() -> tuple[Product, ...]:
    """The products of the shop."""
    return tuple(product_from_json(row) for row in _product_rows())


@pytest.fixture(scope="session")
def interactions() -> tuple[Interaction, ...]:
    """What the eight shoppers did."""
    return tuple(interaction_from_json(row) for row in _interaction_rows())


@pytest.fixture(scope="session")
def feed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shop's products.jsonl and interactions.jsonl."""
    folder = tmp_path_factory.mktemp("feed")
    for name, rows in (("products", _product_rows()), ("interactions", _interaction_rows())):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def shop_folder(feed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index folder of the shop; who writes into it works on a copy."""
    folder = tmp_path_factory.mktemp("shop") / "index"
    build(
        [feed_folder / "products.jsonl"],
        folder,
        interactions=feed_folder / "interactions.jsonl",
        embedder=HashEmbedder(),
    )
    return folder


@pytest.fixture
def own_folder(shop_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index folder for one test."""
    return Path(shutil.copytree(shop_folder, tmp_path / "own"))


@pytest.fixture(scope="session")
def shop(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The opened shop, from a copy: `shop_folder` itself stays free to be opened."""
    opened = open_shop(Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("opened") / "index")))
    yield opened
    opened.close()


_DEMO = Path(__file__).resolve().parent.parent / "index" / "demo"
_DEMO_KINDS = frozenset({
    "Notebooks", "Docking Stations", "Mice", "Keyboards", "Monitors", "Smartphones", "Phone Cases", "Tablets",
    "Tablet Cases", "Printers", "Ink Cartridges", "Toner Cartridges", "Headsets", "Headphones", "Laptop Chargers",
    "Laptop Sleeves", "Memory Modules", "Internal SSDs", "Game Consoles", "Game Controllers",
})  # fmt: skip


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The first ten products of twenty kinds of the demo store, with what was bought of them, opened."""
    folder = tmp_path_factory.mktemp("demo")
    taken: Counter[str] = Counter()
    kept, ids = [], set()
    for row in _gzipped_rows("products"):
        kind = row["category"].split(" > ")[-1]
        taken[kind] += 1
        if kind in _DEMO_KINDS and taken[kind] <= 10:
            kept.append(row)
            ids.add(row["product_id"])
    bought = [row for row in _gzipped_rows("interactions") if row["product_id"] in ids]
    for name, rows in (("products", kept), ("interactions", bought)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build(
        [folder / "products.jsonl"],
        folder / "index",
        interactions=folder / "interactions.jsonl",
        embedder=HashEmbedder(),
    )
    opened = open_shop(folder / "index")
    yield opened
    opened.close()


def _gzipped_rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(_DEMO / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real browser."""
    yield from launched()


@pytest.fixture(scope="session")
def quick_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo store's page, opened by a process of its own, whose answers come at once."""
    folder = tmp_path_factory.mktemp("quick")
    flags = ("--index", str(demo_copy(folder)), "--conversations", str(folder / "talks"), *SCRIPTED)
    with opened_shop(*flags, "--feedback", str(folder / "feedback.jsonl")) as address:
        yield address
