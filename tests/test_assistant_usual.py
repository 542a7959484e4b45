"""What all of the shop have is no reason for one; what all of the kind have comes last; price and stock are none."""

import json
from collections.abc import Iterator

import pytest

from assistant.dialogue import Candidate, Evidence, Request, Session
from assistant.explain import evidence_for
from assistant.plan import told_with
from assistant.usual import is_trade, is_usual, is_usual_of_kind
from index.build import build
from index.catalog import Product
from index.embed import HashEmbedder
from index.folder import Shop, open_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("usual")
    lines = []
    for number in range(24):
        drill = number % 2 == 0
        attributes = {
            "pickup": "Free at the counter",
            "gearbox": "two speeds" if drill else "none of it",
            "torque": f"{40 + number} Nm",
            "stock": str(number),
            "availability date": "2026-12-20T00:00+0000",
            "skin type": "dry skin",
        }
        if number % 3:
            del attributes["skin type"]
        title = f"Marsk {number} {'Drill' if drill else 'Saw'}"
        kind = "Tools > Drills" if drill else "Tools > Saws"
        lines.append(
            json.dumps({"product_id": f"p{number}", "title": title, "category": kind, "attributes": attributes})
        )
    (folder / "products.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    build([folder / "products.jsonl"], folder / "index", embedder=HashEmbedder())
    opened = open_shop(folder / "index")
    yield opened
    opened.close()


def _attributes(product_id: str, shop: Shop, query: str = "") -> list[str]:
    product = shop.products[product_id]
    found = evidence_for(Candidate(product), Request(query=query), Session(), shop, [product])
    return [one.text for one in found if one.source == "attribute"]


def test_what_all_have_is_told_only_where_it_is_asked_for(shop: Shop) -> None:
    assert is_usual("pickup", ("Free at the counter",), shop)
    assert not is_usual("gearbox", ("two speeds",), shop)
    assert _attributes("p2", shop) == ["torque: 42 Nm", "gearbox: two speeds"]
    assert _attributes("p2", shop, "drill with free pickup")[0] == "pickup: Free at the counter"


def test_what_all_of_the_kind_have_comes_last(shop: Shop) -> None:
    kind = "drill"
    assert is_usual_of_kind("gearbox", ("two speeds",), kind, shop)
    assert not is_usual_of_kind("torque", ("42 Nm",), kind, shop)
    assert _attributes("p2", shop, "a drill with a gearbox")[0] == "gearbox: two speeds"


def test_a_unit_of_the_label_is_told_with_the_number(shop: Shop) -> None:
    box = Product("x", "A box", attributes={"weight (kg)": ("1,4",), "packed in (box)": ("foam",)})
    found = evidence_for(Candidate(box), Request(), Session(), shop, [box])
    told = [one.text for one in found if one.source == "attribute"]
    assert told == ["packed in (box): foam", "weight: 1,4 kg"]


def test_a_type_keeps_its_name(shop: Shop) -> None:
    assert "skin type: dry" in _attributes("p6", shop)


@pytest.mark.parametrize(
    "name",
    [
        "price up to",
        "Lagerbestand",
        "availability date",
        "stock_quantity",
        "Lieferzeit",
        "delivery time",
        "cost of goods",
        "Price",
    ],
)
def test_what_tells_of_trade(name: str) -> None:
    assert is_trade(name)


@pytest.mark.parametrize("name", ["color", "stockings", "costume size", "page yield", "in the box"])
def test_what_tells_of_the_product(name: str) -> None:
    assert not is_trade(name)


def test_a_maker_that_the_name_tells_is_not_told_again() -> None:
    rating = Evidence("rating", "rated 4 of 5 by 20 shoppers")
    kind = Evidence("kind", "perfume")
    brand = Evidence("brand", "Marsk")
    named = told_with([Evidence("name", "Marsk Mist"), kind, brand, rating], rating)
    assert brand not in named
    other = told_with([Evidence("name", "Fig Mist"), kind, brand, rating], rating)
    assert brand in other
