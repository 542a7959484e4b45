"""What no constraint can say is left out product by product, and what cannot be is said."""

import json
from collections.abc import Iterator

import pytest

from assistant.demands import Demands
from assistant.dialogue import Request, Session
from assistant.reading import Reading
from assistant.state import after
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.build import build
from index.embed import HashEmbedder
from index.folder import Shop, open_shop

_SPECS = [
    ("c1", "Dune cordless drill 18V", "Cordless Drills", "", "99.00", "129.00"),
    ("c2", "Dune hammer drill 18V", "Cordless Drills", "", "149.00", ""),
    ("c3", "Elm cordless drill 12V", "Cordless Drills", "", "59.00", ""),
    ("b1", "Dune battery pack 18V", "Batteries", "", "49.00", ""),
    ("b2", "Elm battery pack 40V", "Batteries", "", "69.00", ""),
    ("f1", "Vale day cream", "Face Creams", "A fragrance-free cream for dry skin.", "19.00", ""),
    ("f2", "Vale rose cream", "Face Creams", "A cream with the fragrance of roses.", "21.00", ""),
    ("p1", "Vale rose eau de parfum", "Perfume", "A perfume of roses.", "59.00", ""),
    ("s1", "Kest bead set with 300 beads", "Craft Sets", "", "9.00", ""),
    ("s2", "Kest loom set", "Craft Sets", "", "12.00", ""),
]


def _row(product_id: str, title: str, category: str, description: str, price: str, before: str) -> dict[str, str]:
    row = {"product_id": product_id, "title": title, "brand": title.partition(" ")[0], "category": category}
    row |= {"price": price, "currency": "USD", "availability": "in_stock"}
    told = {"description": description, "list_price": before}
    return row | {name: value for name, value in told.items() if value}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shop, Vocabulary]]:
    folder = tmp_path_factory.mktemp("left_out")
    feed = folder / "products.jsonl"
    feed.write_text("".join(json.dumps(_row(*spec)) + "\n" for spec in _SPECS), encoding="utf-8")
    build([feed], folder / "index", embedder=HashEmbedder())
    shop = open_shop(folder / "index")
    yield shop, Vocabulary(shop.rows, shop.lexical)
    shop.close()


def _asked(small: tuple[Shop, Vocabulary], message: str) -> Request:
    return understand(Session(), message, *small)


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("a cordless drill, no hammer drill", {"c2"}),
        ("cordless drill on offer", {"c2", "c3"}),
        ("a discounted cordless drill", {"c2", "c3"}),
        ("a face cream without fragrance", {"f2"}),
        ("a face cream without perfume", {"f2"}),
        ("a craft set but no bead set", {"s1"}),
        ("a cordless drill", set()),
        ("a cordless drill without any limit", set()),
    ],
)
def test_products_are_left_out(small: tuple[Shop, Vocabulary], message: str, gone: set[str]) -> None:
    request = _asked(small, message)
    assert set(request.constraints.exclude_ids) == gone
    assert request.kinds


def test_a_battery_of_another_voltage_is_left_out(small: tuple[Shop, Vocabulary]) -> None:
    assert _asked(small, "battery that fits my 18V drill").constraints.exclude_ids == ("b2",)


@pytest.mark.parametrize(
    ("message", "doubt"),
    [
        ("a cordless drill without lanolin", 'I could not read "without lanolin"'),
        ("a battery on sale", "None of the Batteries here is reduced now."),
        ("a cordless drill without perfume", 'I could not read "without perfume"'),
        ("a face cream without fragrance", 'For "without fragrance" I kept to what says so of itself.'),
    ],
)
def test_what_is_and_is_not_applied_is_said_once(small: tuple[Shop, Vocabulary], message: str, doubt: str) -> None:
    told = _asked(small, message).doubts
    assert sum(doubt in one for one in told) == 1
    assert len(told) == 1


def test_a_kind_that_only_means_something_near_is_told_as_that(small: tuple[Shop, Vocabulary]) -> None:
    shop, words = small
    meant = Demands(kinds=("cordless drill",))
    request = after(Reading(demands=meant, sought=("chainsaws",)), Session(), "do you sell chainsaws?", shop, words)
    assert request.unknown == "chainsaws"
    assert request.doubts == ('Nothing in this shop is called "chainsaws".',)
    named = after(Reading(demands=meant, sought=("drill",)), Session(), "do you sell drills?", shop, words)
    assert not named.unknown
    more = Reading(demands=meant, sought=("whoa",), cheaper=True)
    assert not after(more, Session(), "whoa. cheaper please", shop, words).unknown
