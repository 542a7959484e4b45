"""Products, constraints and what meets them: known answers, and the JSON of the case files."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import (
    Constraints,
    Product,
    Span,
    Variant,
    attribute_number,
    attribute_values,
    category_key,
    category_keys,
    constraints_from_json,
    constraints_to_json,
    fold,
    forms,
    to_minor,
)

MOUSE = Product(
    "m",
    "Quiet mouse",
    brand="Pebble",
    category="Computers > Mice",
    price=Decimal("24.90"),
    currency="USD",
    availability="in_stock",
    attributes={"Color": ("Black", "grey"), "weight": ("85 g",), "grip": ("both hands",)},
)
BARE = Product("b", "Something")

KEYS: list[tuple[str, Constraints, Constraints]] = [
    # key, what the mouse satisfies, what it does not
    ("price_min", Constraints(price_min=Decimal("24.90")), Constraints(price_min=Decimal("24.91"))),
    ("price_max", Constraints(price_max=Decimal("24.90")), Constraints(price_max=Decimal("24.89"))),
    ("brands", Constraints(brands=("Tern", "PEBBLE")), Constraints(brands=("Tern",))),
    ("not_brands", Constraints(not_brands=("Tern",)), Constraints(not_brands=("Tern", " pebble "))),
    ("categories", Constraints(categories=("Docks", "mice")), Constraints(categories=("Docks",))),
    ("not_categories", Constraints(not_categories=("Docks",)), Constraints(not_categories=("computers",))),
    ("attributes", Constraints(attributes={"color": ("red", "black")}), Constraints(attributes={"color": ("red",)})),
    ("attributes", Constraints(attributes={"weight": Span(80, 85)}), Constraints(attributes={"weight": Span(86)})),
    (
        "not_attributes",
        Constraints(not_attributes={"color": ("red",)}),
        Constraints(not_attributes={"COLOR": ("red", "Grey")}),
    ),
    (
        "not_attributes",
        Constraints(not_attributes={"weight": Span(max=84)}),
        Constraints(not_attributes={"weight": Span(max=85)}),
    ),
    ("exclude_ids", Constraints(exclude_ids=("x",)), Constraints(exclude_ids=("x", "m"))),
]


@pytest.mark.parametrize(("key", "met", "missed"), KEYS)
def test_each_key_has_its_known_answers(key: str, met: Constraints, missed: Constraints) -> None:
    assert met and met.matches(MOUSE) and met.misses(MOUSE) == ()
    assert not missed.matches(MOUSE) and missed.misses(MOUSE) == (key,)


@pytest.mark.parametrize(("key", "met", "missed"), [row for row in KEYS if row[0] != "exclude_ids"])
def test_what_is_not_stated_satisfies_nothing(key: str, met: Constraints, missed: Constraints) -> None:
    assert met.misses(BARE) == missed.misses(BARE) == (key,)


@pytest.mark.parametrize(
    ("availability", "met"),
    [("in_stock", True), ("limited_stock", True), ("out_of_stock", False), ("preorder", False), ("unknown", False)],
)
def test_in_stock_means_that_it_can_be_sold_now(availability: str, met: bool) -> None:
    product = Product("p", "P", availability=availability)
    assert Constraints(in_stock=True).matches(product) is met
    assert Constraints(in_stock=False).matches(product)


def test_misses_are_in_the_order_of_the_fields_and_can_be_dropped() -> None:
    asked = Constraints(in_stock=True, brands=("Tern",), price_max=Decimal(5), exclude_ids=("b",))
    assert asked.misses(BARE) == ("price_max", "brands", "in_stock", "exclude_ids")
    assert asked.without("price_max", "in_stock", "exclude_ids") == Constraints(brands=("Tern",))
    assert asked.price_max == 5, "the first ones are left as they were"


def test_no_constraints_are_false_and_a_bound_of_0_is_one() -> None:
    assert not Constraints() and Constraints().matches(BARE)
    free = Constraints(price_max=Decimal(0))
    assert free and constraints_to_json(free) == {"price_max": 0}
    assert free.matches(Product("p", "P", price=Decimal(0))) and not free.matches(MOUSE)


def test_an_empty_name_is_no_brand() -> None:
    assert Constraints(brands=("",)).misses(BARE) == ("brands",)


def test_a_range_needs_a_number() -> None:
    assert Constraints(attributes={"grip": Span(0, 9)}).misses(MOUSE) == ("attributes",)
    # "both hands" is stated and outside every range, so a refusal of a range admits it.
    assert Constraints(not_attributes={"grip": Span(0, 9)}).matches(MOUSE)


def test_category_keys_are_every_run_of_neighbours() -> None:
    assert category_keys("A > B > C") == ("a", "a > b", "a > b > c", "b", "b > c", "c")
    assert category_keys("") == category_keys(" > ") == ()
    assert category_key(" Computers>  MICE ") == "computers > mice"
    path = Product("p", "P", category="A > B > C")
    assert Constraints(categories=("B > C",)).matches(path)
    assert not Constraints(categories=("A > C",)).matches(path)
    assert (path.kind, path.category_path, BARE.kind) == ("C", ("A", "B", "C"), "")


def test_names_are_compared_folded() -> None:
    assert fold("  ＵＳＢ－Ｃ  Straße ") == "usb-c strasse"
    assert attribute_values(Product("p", "P", attributes={"Screen Size": ("14",)}), "screen-size") == ("14",)
    twice = Product("p", "P", attributes={"Size": ("large",), "size": ("15",)})
    assert attribute_values(twice, "SIZE") == ("large",)


def test_the_first_number_of_an_attribute() -> None:
    assert attribute_number(("15.6 in",)) == 15.6
    assert attribute_number(("about", "1,5 kg", "9")) == 1.5
    assert attribute_number(("-20 °C",)) == -20
    assert attribute_number(("none",)) is attribute_number(()) is None
    assert attribute_number(("9" * 400,)) is None, "beyond what a float holds"


def test_prices_in_minor_units() -> None:
    assert to_minor(Decimal("8.99"), "USD") == 899
    assert to_minor(Decimal(900), "JPY") == 900
    assert to_minor(Decimal("1.234"), "KWD") == 1234
    assert to_minor(Decimal("0.005"), "EUR") == 1, "halves go up"
    assert to_minor(Decimal("0.005"), "EUR", "ROUND_FLOOR") == 0
    assert (MOUSE.price_minor, BARE.price_minor) == (2490, None)


def test_constraints_from_the_json_of_a_case() -> None:
    row = {
        "price_min": "9.50",
        "price_max": 40,
        "brands": "Pebble",
        "not_brands": ["Tern", "Corvid"],
        "attributes": {"color": "red", "ports": ["HDMI", "USB-C"], "weight": {"max": 90}},
        "not_attributes": {"size": {"min": 1, "max": 2.5}},
        "in_stock": True,
        "categories": None,
    }
    assert constraints_from_json(row) == Constraints(
        price_min=Decimal("9.50"),
        price_max=Decimal(40),
        brands=("Pebble",),
        not_brands=("Tern", "Corvid"),
        attributes={"color": ("red",), "ports": ("HDMI", "USB-C"), "weight": Span(max=90)},
        not_attributes={"size": Span(1, 2.5)},
        in_stock=True,
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"max_price": 3}, "unknown key 'max_price', expected one of attributes, brands"),
        ({"price_max": "cheap"}, "price_max is 'cheap', expected a number"),
        ({"price_min": "NaN"}, "price_min is 'NaN', expected a number"),
        ({"price_min": True}, "price_min is True, expected a number"),
        ({"brands": 7}, "brands is 7, expected a list of strings"),
        ({"exclude_ids": {"a": 1}}, "exclude_ids is {'a': 1}, expected a list of strings"),
        ({"attributes": ["red"]}, r"attributes is \['red'\], expected an object of name -> value"),
        ({"attributes": {"size": {}}}, "attribute 'size' is {}, expected"),
        ({"attributes": {"size": {"min": 1, "mx": 2}}}, "attribute 'size' is {'min': 1, 'mx': 2}, expected"),
        ({"attributes": {"size": {"min": "small"}}}, "attribute 'size' has the bound 'small', expected a number"),
        ({"not_attributes": {"size": {"max": float("inf")}}}, "attribute 'size' has the bound inf, expected a number"),
        ({"in_stock": "false"}, "in_stock is 'false', expected true or false"),
    ],
)
def test_wrong_constraints_name_key_value_and_what_was_expected(row: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"constraints: {message}"):
        constraints_from_json(row)


NAMES = st.lists(st.text(max_size=6), max_size=3).map(tuple)
PRICES = st.none() | st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
BOUNDS = st.floats(-1e6, 1e6)
DEMANDS = st.dictionaries(
    st.text(max_size=6), NAMES | st.builds(Span, BOUNDS, st.none() | BOUNDS) | st.builds(Span, st.none(), BOUNDS)
)
CONSTRAINTS = st.builds(
    Constraints,
    price_min=PRICES,
    price_max=PRICES,
    brands=NAMES,
    not_brands=NAMES,
    categories=NAMES,
    not_categories=NAMES,
    attributes=DEMANDS,
    not_attributes=DEMANDS,
    in_stock=st.booleans(),
    exclude_ids=NAMES,
)


@settings(max_examples=100, deadline=None)
@given(CONSTRAINTS)
def test_constraints_survive_json(constraints: Constraints) -> None:
    row = json.loads(json.dumps(constraints_to_json(constraints)))
    assert constraints_from_json(row) == constraints
    assert bool(row) is bool(constraints)


SHIRT = Product(
    "shirt",
    "Linen shirt",
    price=Decimal(40),
    list_price=Decimal(60),
    availability="in_stock",
    attributes={"Color": ("Red", "Blue"), "material": ("linen",)},
    variants=(
        Variant("s-red", availability="out_of_stock", options={"color": "Red"}),
        Variant("s-blue", price=Decimal(50), title="Linen shirt in blue", options={"color": "Blue"}),
        Variant("s-plain", price=Decimal(30), availability="preorder"),
    ),
)


def test_a_form_has_what_its_variant_states_and_the_products_rest() -> None:
    red, blue, plain = forms(SHIRT)
    assert (red.price, red.list_price, red.availability) == (Decimal(40), Decimal(60), "out_of_stock")
    assert (red.title, red.attributes) == ("Linen shirt - Red", {"material": ("linen",), "color": ("Red",)})
    assert (blue.price, blue.list_price, blue.availability) == (Decimal(50), None, "in_stock")
    assert blue.title == "Linen shirt in blue"
    assert "color" not in plain.attributes, "of what the others are called it has nothing"
    assert {form.product_id for form in forms(SHIRT)} == {"shirt"}
    assert forms(replace(SHIRT, variants=())) == (replace(SHIRT, variants=()),)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (Constraints(), "Linen shirt"),
        (Constraints(attributes={"color": ("red",)}), "Linen shirt - Red"),
        (Constraints(attributes={"color": ("red",)}, in_stock=True), None),
        (Constraints(attributes={"color": ("blue",)}, in_stock=True), "Linen shirt in blue"),
        (Constraints(price_max=Decimal(45), in_stock=True), None),
        (Constraints(price_max=Decimal(30)), "Linen shirt"),
        (Constraints(price_max=Decimal(45)), "Linen shirt"),
        (Constraints(not_attributes={"color": ("red",)}), "Linen shirt in blue"),
        (Constraints(attributes={"material": ("linen",)}), "Linen shirt"),
        (Constraints(exclude_ids=("shirt",)), None),
    ],
)
def test_one_variant_must_satisfy_every_constraint_and_is_the_one_shown(asked: Constraints, shown: str | None) -> None:
    assert asked.matches(SHIRT) is (shown is not None)
    if shown is not None:
        form = asked.shown(SHIRT)
        assert form.title == shown
        assert asked.matches(form) and form.product_id == "shirt"
