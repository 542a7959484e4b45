"""The size that a message asks for, as the variants of what is sought are called."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.dialogue import Reply
from assistant.reading import Reading
from assistant.sizes import sized
from index.build import build
from index.embed import HashEmbedder


def _product(product_id: str, title: str, category: str, *options: dict[str, str]) -> dict[str, Any]:
    variants = [
        {"variant_id": f"{product_id}-{place}", "price": "20.00", "availability": "in_stock", "options": own}
        for place, own in enumerate(options)
    ]
    names = {name for own in options for name in own}
    stated = {name: sorted({own[name] for own in options if name in own}) for name in names}
    return {
        "product_id": product_id, "title": title, "brand": "Ardent", "category": category, "price": "20.00",
        "currency": "USD", "availability": "in_stock", "attributes": stated, "variants": variants,
    }  # fmt: skip


_BOOTS, _SOCKS, _JEANS = "Shoes > Boots", "Shoes > Socks", "Clothing > Jeans"
_GLOVES, _HOSES = "Garden > Gloves", "Garden > Hoses"
_ROWS = (
    _product(
        "boot", "Ardent trail boot", _BOOTS, {"Size": "41", "Color": "Black"}, {"Size": "42", "Color": "White"},
        {"Size": "42", "Color": "Black"},
    ),
    _product(
        "other", "Brindle winter boot", _BOOTS, {"Size": "41", "Color": "White"}, {"Size": "42", "Color": "Brown"}
    ),
    _product("glove", "Ardent rose gloves", _GLOVES, {"size": "8 / M"}, {"size": "9 / L"}, {"size": "10 / XL"}),
    _product("hose", "Ardent garden hose", _HOSES, {"size": "15 m"}, {"size": "25 m"}, {"size": "50 m"}),
    _product("screw", "Ardent wood screws", "Hardware > Screws", {"size": "5 x 60 mm, 200 pcs"}, {"size": "4 x 40 mm"}),
    _product("sock", "Ardent wool socks", _SOCKS, {"Size": "35-38"}, {"Size": "39-42"}),
    _product("jeans", "Ardent straight jeans", _JEANS, {"Size": "W32 L32"}, {"Size": "W34 L32"}),
    _product("hoodie", "Ardent hoodie", "Clothing > Hoodies", {"Size": "M"}, {"Size": "XXL"}),
    _product("hat", "Ardent hoodie cap", "Clothing > Hoodies", {"Size": "One Size"}, {"Size": "L"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("sizes")
    feed = folder / "products.jsonl"
    feed.write_text("".join(json.dumps(row) + "\n" for row in _ROWS), encoding="utf-8")
    build([feed], folder / "index", embedder=HashEmbedder())
    opened = Assistant.load(folder / "index", explain=False, rules_only=True, embedder=HashEmbedder())
    yield opened
    opened.close()


def _says(assistant: Assistant, *messages: str) -> Reply:
    session = assistant.session()
    for message in messages:
        reply = assistant.reply(session, message)
        session = reply.session
    return reply


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("boots in 42", "42"),
        ("black boots size 42", "42"),
        ("boots in black, 42", "42"),
        ("gloves size 9", "9 / L"),
        ("gloves in XL", "10 / XL"),
        ("a 25 m hose", "25 m"),
        ("garden hose 50m", "50 m"),
        ("5 x 60 screws", "5 x 60 mm, 200 pcs"),
        ("socks for size 41 feet", "39-42"),
        ("jeans 34 waist", "W34 L32"),
        ("a hoodie in size M", "M"),
        ("boots in black 42", "42"),
        ("the Ardent hoodie in XXL", "XXL"),
    ],
)
def test_a_size_is_read_as_the_shop_writes_it(text: str, size: str, assistant: Assistant) -> None:
    assert _says(assistant, text).request.constraints.attributes.get("size") == (size,)


@pytest.mark.parametrize(
    "text",
    ["boots under $42", "boots in 42 days", "boots, not in 42", "I need boots for 42 people", "boots in a box of 42"],
)
def test_a_number_that_is_no_size_demands_none(text: str, assistant: Assistant) -> None:
    assert "size" not in _says(assistant, text).request.constraints.attributes


def test_size_and_color_are_of_one_variant(assistant: Assistant) -> None:
    shown = _says(assistant, "white boots size 42").recommendations
    assert [one.product.product_id for one in shown] == ["boot"]
    assert "42" in shown[0].product.title and "White" in shown[0].product.title


def test_a_size_carries_on_and_is_changed(assistant: Assistant) -> None:
    assert _says(assistant, "boots in 42", "in 41").request.constraints.attributes["size"] == ("41",)


def test_a_size_that_nothing_has_is_told(assistant: Assistant) -> None:
    reply = _says(assistant, "boots size 47")
    assert "comes in size 47" in reply.text
    assert "size" not in reply.request.constraints.attributes


def test_the_one_in_another_size_carries_on_whoever_read_it(assistant: Assistant) -> None:
    shown = _says(assistant, "garden hose 25 m")
    both = replace(shown.session, turns=(replace(shown.session.turns[-1], shown_ids=("hose", "screw")),))
    asked, told = sized(Reading(act="question"), both, "the 50 m one", assistant.shop)
    assert (asked.act, asked.carries_on, dict(asked.demands.attributes), told) == (
        "find",
        True,
        {"size": ("50 m",)},
        [],
    )
    left, _ = sized(Reading(act="question"), both, "is the 50 m one heavy?", assistant.shop)
    assert left.act == "question"


def test_a_waist_that_nothing_has_is_told(assistant: Assistant) -> None:
    assert "comes in size 40" in _says(assistant, "jeans 40 waist").text
