"""Which kind of thing a product is."""

import pytest

from index.catalog import Product
from index.kinds import head_kind, kind_key, kind_of, singular


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
