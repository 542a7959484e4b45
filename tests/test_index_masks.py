"""Masks of constraints: held to `Constraints.matches`, product by product, on random shops and on the demo store."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Constraints, Product, Span, Variant
from index.folder import Shop
from index.masks import Masks

PRICES = st.none() | st.sampled_from(["0", "9.99", "10", "10.00", "1e30", "24.90"]).map(Decimal)
BRANDS = st.sampled_from(["", "Corvid", "corvid ", "TERN", "Ｔern"])
CATEGORIES = st.sampled_from(["", "A > B > C", "a>b", "B", "C > A", ">"])
NAMES = st.sampled_from(["size", "Size", "screen size", "screen_size", "Screen-Size", "color"])
VALUES = st.lists(st.sampled_from(["14 in", "15", "black", "Black", "large", "3,5"]), max_size=2).map(tuple)
BOUNDS = st.none() | st.sampled_from([3.5, 14.0, 15.0])
DEMANDS = st.dictionaries(NAMES, VALUES | st.builds(Span, BOUNDS, BOUNDS), max_size=2)

STOCK = st.sampled_from(["in_stock", "limited_stock", "out_of_stock", "preorder", "unknown"])
VARIANTS = st.just(()) | st.lists(
    st.builds(
        Variant,
        variant_id=st.sampled_from("abc"),
        price=PRICES,
        availability=STOCK | st.just(""),
        options=st.dictionaries(NAMES, st.sampled_from(["14 in", "15", "black", "large"]), max_size=2),
    ),
    max_size=3,
).map(tuple)
PRODUCTS = st.lists(
    st.builds(
        lambda **fields: fields,
        brand=BRANDS,
        category=CATEGORIES,
        price=PRICES,
        availability=STOCK,
        attributes=st.dictionaries(NAMES, VALUES, max_size=4),
        variants=VARIANTS,
    ),
    max_size=25,
).map(lambda rows: [Product(f"p{place}", f"P {place}", **row) for place, row in enumerate(rows)])
CONSTRAINTS = st.builds(
    Constraints,
    price_min=PRICES,
    price_max=PRICES,
    brands=st.lists(BRANDS, max_size=2).map(tuple),
    not_brands=st.lists(BRANDS, max_size=2).map(tuple),
    categories=st.lists(CATEGORIES, max_size=2).map(tuple),
    not_categories=st.lists(CATEGORIES, max_size=2).map(tuple),
    attributes=DEMANDS,
    not_attributes=DEMANDS,
    in_stock=st.booleans(),
    exclude_ids=st.lists(st.sampled_from(["p0", "p3", "gone"]), max_size=3).map(tuple),
)
# One demand at a time too: of many at once a small shop meets none.
SINGLE = st.sampled_from([*Constraints.__dataclass_fields__]).flatmap(
    lambda key: CONSTRAINTS.map(lambda every: Constraints(**{key: getattr(every, key)}))
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PRODUCTS, st.lists(SINGLE | CONSTRAINTS, min_size=4, max_size=4))
def test_a_mask_admits_what_matches(products: list[Product], asked: list[Constraints]) -> None:
    masks = Masks(products)
    for constraints in asked:
        assert masks.of(constraints).tolist() == [constraints.matches(product) for product in products], constraints


@pytest.mark.parametrize(
    "asked",
    [
        Constraints(price_max=Decimal(40), not_brands=("Pellwin",), in_stock=True),
        Constraints(attributes={"memory": Span(32)}, categories=("Notebooks",)),
        Constraints(not_attributes={"color": ("black",)}, price_min=Decimal("19.99")),
        Constraints(attributes={"Screen Size": ("14 in", "27 in")}, not_categories=("Notebooks",)),
        Constraints(exclude_ids=("mouse-001", "nobody")),
    ],
)
def test_the_demo_store_admits_the_same(asked: Constraints, demo_shop: Shop) -> None:
    expected = [asked.matches(product) for product in demo_shop.rows]
    assert demo_shop.allowed(asked).tolist() == expected
    assert 0 < np.count_nonzero(expected) < len(expected)


def test_of_two_names_that_are_one_the_first_counts() -> None:
    masks = Masks([Product("p", "P", attributes={"Size": ("large",), "size": ("15",)})])
    assert masks.of(Constraints(attributes={"size": Span(10)})).tolist() == [False]
    assert masks.of(Constraints(attributes={"SIZE": ("large",)})).tolist() == [True]
