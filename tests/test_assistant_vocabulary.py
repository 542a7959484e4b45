"""The words of one shop: brands, kinds, values, and what is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import value_key
from assistant.vocabulary import Vocabulary
from index.catalog import Product
from index.folder import Shop


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


def test_brands_by_name(words: Vocabulary) -> None:
    assert words.brand(["norvik"], cued=False) == "Norvik"
    assert words.brand(["CORVESSA"], cued=False) == "Corvessa"
    assert words.brand(["mouse"], cued=True) is None
    assert words.brand(["zzz"], cued=True) is None


def test_a_slip_of_spelling_needs_a_cue(words: Vocabulary) -> None:
    assert words.brand(["Corvesa"], cued=True) == "Corvessa"
    assert words.brand(["corvesa"], cued=False) is None


def test_makers_that_the_shop_does_not_carry(words: Vocabulary) -> None:
    assert words.brand(["logitech"], cued=True) == "Logitech"
    assert not words.carries("Logitech")
    assert words.carries("norvik")


@pytest.mark.parametrize(
    ("named", "kinds"),
    [
        (["laptop"], ("notebook",)),
        (["laptops"], ("notebook",)),
        (["Notebooks"], ("notebook",)),
        (["mice"], ("mouse",)),
        (["monitors"], ("monitor",)),
        (["dock"], ("docking station",)),
        (["phone", "case"], ("phone case",)),
        (["keybord"], ("keyboard",)),
        (["headfones"], ("headphone",)),
        (["sleeve"], ("laptop sleeve",)),
        (["toner", "cartridges"], ("toner",)),
        (["garden", "hose"], ()),
        (["the"], ()),
    ],
)
def test_kinds(words: Vocabulary, named: list[str], kinds: tuple[str, ...]) -> None:
    assert words.kinds(named) == kinds


def test_case_names_both_kinds_of_case(words: Vocabulary) -> None:
    assert set(words.kinds(["case"])) == {"phone case", "tablet case"}


def test_values_with_the_kinds_that_have_them(words: Vocabulary) -> None:
    black = {value.attribute: value.kinds for value in words.values["black"]}
    assert "keyboard" in black["color"]
    assert "ink cartridge" in black["ink_color"]
    assert "ink cartridge" not in black["color"]
    assert "internal ssd" not in black["color"]


def test_values_are_found_without_hyphens(words: Vocabulary) -> None:
    assert value_key("Wi-Fi") == value_key("wifi")
    assert value_key("wifi") in words.values


def test_storage_and_memory_are_told_apart(words: Vocabulary) -> None:
    attributes = {quantity.attribute for quantity, _ in words.quantities["gb"]}
    assert {"memory", "storage", "capacity"} <= attributes


def test_knows_the_words_of_its_records(words: Vocabulary) -> None:
    assert words.knows("laptop")
    assert words.knows("bluetooth")
    assert not words.knows("xylophone")


def test_a_shop_of_nothing_knows_nothing() -> None:
    empty = Vocabulary([])
    assert empty.kinds(["mouse"]) == ()
    assert not empty.knows("mouse")
    assert not empty.carries("Norvik")
    assert empty.brand(["zzz"], cued=True) is None


def test_a_brand_that_is_a_plain_word_needs_a_cue() -> None:
    products = [
        Product("a", "Pebble mouse", brand="Pebble"),
        Product("b", "Lamp with a pebble foot", brand="Other"),
    ]
    words = Vocabulary(products)
    assert words.brand(["pebble"], cued=False) is None
    assert words.brand(["pebble"], cued=True) == "Pebble"


def test_makers_by_the_names_that_shoppers_use() -> None:
    words = Vocabulary(
        [Product("a", "Cable", brand="StarTech.com"), Product("b", "Memory", brand="Kingston Technology")]
    )
    assert words.brand(["StarTech", "com"], cued=True) == "StarTech.com"
    assert words.brand(["startech"], cued=True) == "StarTech.com"
    assert words.brand(["Kingston"], cued=True) == "Kingston Technology"


def _titled(*titles: tuple[str, str]) -> Vocabulary:
    return Vocabulary([Product(f"p{place}", title, category=kind) for place, (title, kind) in enumerate(titles)])


def test_a_first_word_names_a_kind_where_the_titles_are_about_it() -> None:
    words = _titled(
        ("Veda ink cartridge 12", "Ink Cartridges"),
        ("Veda ink tank 14", "Ink Cartridges"),
        ("Crimson home cinema", "Home Theater Systems"),
        ("Veda ports 4", "Port Hubs"),
        ("Cable with two ports", "Cables"),
        ("Adapter with ports", "Adapters"),
    )
    assert words.kinds(["ink"]) == ("ink cartridge",)
    assert words.kinds(["home", "theater"]) == ("home theater system",)
    assert words.kinds(["home"]) == ()  # a place, whatever the titles say
    assert words.kinds(["port"]) == ()  # one title in three is of a hub


def test_a_word_before_narrows_kinds() -> None:
    words = _titled(
        ("Halden CD-RW writer", "Optical Disc Drives"),
        ("Halden disk 500", "Hard Drives"),
        ("Halden portable disk", "Hard Drives"),
        ("Halden portable writer", "Optical Disc Drives"),
    )
    drives = words.kinds(["drive"])
    assert set(drives) == {"optical disc drive", "hard drive"}
    assert words.narrowed(drives, "cd") == ("optical disc drive",)
    assert words.narrowed(drives, "portable") == drives
    assert words.narrowed(drives, "unheard") == drives


def test_only_what_measures_a_kind_is_a_quantity() -> None:
    products = [
        Product("m1", "8 GB kit", category="Memory", attributes={"model_name": ("8 GB",), "capacity": ("8 GB",)}),
        Product("h1", "Headphones", category="Headphones", attributes={"connection": ("3.5 mm jack",)}),
        Product("h2", "Headphones", category="Headphones", attributes={"connection": ("Bluetooth",)}),
        Product("h3", "Headphones", category="Headphones", attributes={"connection": ("USB-C",)}),
        *(Product(f"c{n}", f"Cable {n}", category="Cables") for n in range(9)),
        Product("c9", "Cable 9", category="Cables", attributes={"length": ("2 m",)}),
    ]
    words = Vocabulary(products)
    found = {(quantity.attribute, quantity.value) for own in words.quantities.values() for quantity, _ in own}
    # The name measures nothing, a jack is no length, and nine cables in ten do not say how long they are.
    assert found == {("capacity", "8 GB")}
    assert "8 gb" not in words.values


def test_a_models_name_is_no_value() -> None:
    words = Vocabulary(
        [Product("a", "Mouse", category="Mice", attributes={"model_name": ("Black",), "color": ("Red",)})]
    )
    assert "black" not in words.values
    assert "red" in words.values


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=3))
def test_any_words_can_be_looked_up(words: Vocabulary, named: list[str]) -> None:
    assert set(words.kinds(named)) <= set(words.kind_names)
    brand = words.brand(named, cued=True)
    assert brand is None or isinstance(brand, str)
