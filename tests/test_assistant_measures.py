"""Demands on attributes of a small shop made for it: measures, things counted, values by their names."""

from collections.abc import Mapping

import pytest

from assistant.demands import read_demands
from assistant.measures import state_unit
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, Product, Span


def _product(number: int, title: str, category: str, **attributes: str) -> Product:
    values = {name: (value,) for name, value in attributes.items()}
    return Product(str(number), title, category=category, attributes=values)


PRODUCTS = (
    _product(1, "Desk Alm", "Furniture > Desks", width="140 cm", height_adjustment="electric", color="White"),
    _product(2, "Desk Bru", "Furniture > Desks", width="160 cm", height_adjustment="crank", color="Black"),
    _product(3, "Hub Cor", "Hubs > USB Hubs", usb_a_sockets="7", connector="USB-C", ports="USB-A"),
    _product(4, "Hub Dol", "Hubs > USB Hubs", usb_a_sockets="4", connector="USB-A", ports="USB-C"),
    _product(5, "Bulb Esk", "Light > Light Bulbs", dimmable="Yes", brightness="806 lm"),
    _product(6, "Bulb Fel", "Light > Light Bulbs", dimmable="No", brightness="470 lm"),
    _product(7, "Tripod Gar", "Photo > Tripods", material="carbon fiber"),
    _product(8, "Tripod Hes", "Photo > Tripods", material="aluminum"),
    _product(9, "Paper Ilm", "Paper > Photo Papers", paper_size="10 x 15 cm"),
    _product(10, "Paper Jor", "Paper > Photo Papers", paper_size="A4"),
    _product(11, "Router Kam", "Network > Routers", wifi_standard="Wi-Fi 6", coverage="120 m2"),
    _product(12, "Router Lun", "Network > Routers", wifi_standard="Wi-Fi 7", coverage="200 m2"),
    _product(13, "Game Mor", "Games > Video Games", age_rating="12+"),
    _product(14, "Cheddar, 8 oz", "Dairy > Shredded Cheeses", size="8 oz"),
    _product(15, "Cheddar, 16 oz", "Dairy > Shredded Cheeses", size="16 oz"),
    _product(16, "Batteries, 8 pack", "Home > Alkaline Batteries", size="8 pack"),
    _product(17, "Batteries, 4 ct", "Home > Alkaline Batteries", size="4 ct"),
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(PRODUCTS)


DEMANDS: list[tuple[str, Mapping[str, AttributeDemand], Mapping[str, AttributeDemand]]] = [
    ("a desk, from 140 cm", {"width": Span(min=140)}, {}),
    ("a desk at most 150 cm wide", {"width": Span(max=150)}, {}),
    ("a desk, it has to be an electric one", {"height_adjustment": ("electric",)}, {}),
    ("usb hub, 7 usb-a ports or more", {"usb_a_sockets": Span(min=7)}, {}),
    ("usb hub, usb-c connector only", {"connector": ("USB-C",)}, {}),
    ("light bulb, at least 800 lumens", {"brightness": Span(min=800)}, {}),
    ("light bulb, it must be dimmable", {"dimmable": ("Yes",)}, {}),
    ("light bulb with dimmable, it has to have that", {"dimmable": ("Yes",)}, {}),
    ("light bulb, dimmable would be nice", {}, {}),
    ("tripod. Carbon only, aluminum is too heavy for my back", {"material": ("carbon fiber",)}, {}),
    ("photo paper, only 10x15", {"paper_size": ("10 x 15 cm",)}, {}),
    ("photo paper, size 10 x 15 only", {"paper_size": ("10 x 15 cm",)}, {}),
    ("router, wifi 6 or 7 only", {"wifi_standard": ("Wi-Fi 6", "Wi-Fi 7")}, {}),
    ("router for a 120 sqm flat", {}, {}),
    ("router, at least 150 m2 coverage", {"coverage": Span(min=150)}, {}),
    ("video game, nothing above 12+", {}, {}),
    ("shredded cheese, 8 oz", {"size": Span(min=8, max=8)}, {}),
    ("alkaline batteries, 8 pack minimum", {"size": Span(min=8)}, {}),
    (
        "desk, black or white, not the electric ones",
        {"color": ("Black", "White")},
        {"height_adjustment": ("electric",)},
    ),
]


@pytest.mark.parametrize(("message", "demanded", "refused"), DEMANDS, ids=[row[0] for row in DEMANDS])
def test_what_is_demanded_of_attributes(
    words: Vocabulary,
    message: str,
    demanded: Mapping[str, AttributeDemand],
    refused: Mapping[str, AttributeDemand],
) -> None:
    demands = read_demands(message, words)
    assert (dict(demands.attributes), dict(demands.not_attributes)) == (demanded, refused)


def test_a_measure_is_of_the_kinds_that_are_talked_about(words: Vocabulary) -> None:
    assert read_demands("at least 150 cm", words, ("desk",)).attributes == {"width": Span(min=150)}
    assert read_demands("only carbon", words, ("tripod",)).attributes == {"material": ("carbon fiber",)}
    assert read_demands("only carbon", words, ("desk",)).attributes == {}


def test_the_unit_of_what_is_in_force(words: Vocabulary) -> None:
    assert state_unit("width", Span(min=140), words, ("desk",)) == (140, "cm")
    assert state_unit("size", ("8 oz",), words, ("shredded cheese",)) == (8, "oz")
    assert state_unit("color", ("Black",), words, ("desk",)) is None


def test_how_much_of_a_thing_names_no_kind() -> None:
    shop = Vocabulary([*PRODUCTS, _product(20, "Freezer bags", "Home > Freezer Bags")])
    assert read_demands("a bigger bag", shop).kinds == ()
    assert read_demands("freezer bags", shop).kinds == ("freezer bag",)
