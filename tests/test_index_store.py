"""The vector store: nearest by cosine, and `where_of` held to `Constraints.matches` on random shops."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import AVAILABILITIES, Constraints, Product, Span, Variant
from index.embed import Vectors
from index.feeds import product_from_json
from index.store import ProductStore, StoreError, metadata, where_of

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


def _store(folder: Path, products: Sequence[Product], vectors: Vectors | None = None) -> ProductStore:
    store = ProductStore.create(folder / str(next(NUMBERS)))
    store.add(products, np.eye(len(products), dtype=np.float32) if vectors is None else vectors)
    return store


def _ids(store: ProductStore, constraints: Constraints, currency: str = "USD") -> set[str]:
    """Every id that satisfies the constraints, by the store."""
    direction = np.full(store.count(), store.count() ** -0.5)
    found = store.nearest(direction.tolist(), constraints, currency, store.count())
    assert len({name for name, _ in found}) == len(found)
    return {name for name, _ in found}


@pytest.fixture(scope="module")
def three(folder: Path) -> Iterator[ProductStore]:
    store = _store(
        folder,
        [
            Product("corvid", "A", brand="Corvid", category="A > B", attributes={"size": ("14 in",)}, price=Decimal(9)),
            Product("tern", "B", brand="Tern", category="C", attributes={"size": ("large",)}, availability="in_stock"),
            Product("bare", "C"),
        ],
    )
    yield store
    store.close()


def test_nearest_is_by_cosine_and_says_it(folder: Path) -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], np.float32)
    store = _store(folder, [Product(name, name) for name in "abcd"], vectors)
    found = store.nearest([1.0, 0.0], Constraints(), "", 3)
    assert [name for name, _ in found] == ["a", "b", "c"]
    assert [cosine for _, cosine in found] == pytest.approx([1, 0.6, 0], abs=1e-6)
    assert [name for name, _ in store.nearest([1.0, 0.0], Constraints(), "", 9)] == ["a", "b", "c", "d"]
    store.close()


def test_excluded_products_do_not_use_up_k(three: ProductStore) -> None:
    # `where_of` leaves exclude_ids to the caller, and `nearest` asks for as many more.
    assert where_of(Constraints(exclude_ids=("corvid",)), "USD") == {}
    found = three.nearest([1.0, 0.1, 0.0], Constraints(exclude_ids=("corvid", "gone")), "USD", 1)
    assert [name for name, _ in found] == ["tern"]


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        (Constraints(not_brands=("Corvid",)), {"tern"}),
        (Constraints(not_brands=("nobody",)), {"corvid", "tern"}),
        (Constraints(not_categories=("B",)), {"tern"}),
        (Constraints(not_attributes={"size": ("14 in",)}), {"tern"}),
        (Constraints(not_attributes={"size": Span(10, 15)}), {"tern"}),
        (Constraints(not_attributes={"size": Span(15)}), {"corvid", "tern"}),
    ],
)
def test_a_refusal_does_not_admit_what_lacks_the_field(
    refused: Constraints, left: set[str], three: ProductStore
) -> None:
    assert _ids(three, refused) == left


@pytest.mark.parametrize(
    "odd",
    [
        Constraints(attributes={"size": ()}),
        Constraints(attributes={"size": Span()}),
        Constraints(not_attributes={"size": ()}),
        Constraints(not_attributes={"size": Span()}),
        Constraints(brands=("",)),
        Constraints(categories=("", "C")),
        Constraints(not_categories=(">",)),
        Constraints(price_max=Decimal("1e30")),
        Constraints(price_min=Decimal("-1e30")),
        Constraints(price_max=Decimal(0)),
    ],
)
def test_odd_demands_mean_the_same_in_store_and_catalogue(odd: Constraints, folder: Path) -> None:
    products = [
        Product("a", "A", brand="X", category="C", attributes={"size": ("14",)}, price=Decimal(3)),
        Product("b", "B", category="D", attributes={"size": ("large",)}, price=Decimal(0)),
        Product("c", "C"),
    ]
    store = _store(folder, products)
    assert _ids(store, odd) == {product.product_id for product in products if odd.matches(product)}
    store.close()


def test_of_two_names_that_are_one_the_first_counts(folder: Path) -> None:
    product = Product("p", "P", attributes={"Size": ("large",), "size": ("15",)})
    store = _store(folder, [product])
    for asked in (Constraints(attributes={"size": Span(10)}), Constraints(attributes={"SIZE": ("15",)})):
        assert _ids(store, asked) == set()
        assert not asked.matches(product)
    assert _ids(store, Constraints(attributes={"size": ("LARGE",)})) == {"p"}
    store.close()


@pytest.mark.parametrize(
    ("currency", "price", "minor"), [("USD", "8.99", 899), ("JPY", "900", 900), ("KWD", "1.234", 1234), ("", "5", 500)]
)
def test_prices_are_whole_minor_units(currency: str, price: str, minor: int) -> None:
    product = Product("p", "P", price=Decimal(price), currency=currency)
    assert metadata(product)["price"] == minor
    assert where_of(Constraints(price_max=Decimal(price)), currency) == {"price": {"$lte": minor}}


def test_a_bound_between_two_prices_is_taken_to_the_inside() -> None:
    assert where_of(Constraints(price_max=Decimal("8.999")), "USD") == {"price": {"$lte": 899}}
    assert where_of(Constraints(price_min=Decimal("8.991")), "USD") == {
        "$or": [{"price": {"$gte": 900}}, {"top.price": {"$gte": 900}}]
    }
    assert where_of(Constraints(price_max=Decimal("900.5")), "JPY") == {"price": {"$lte": 900}}


def test_a_product_whose_variants_meet_one_constraint_each_takes_nobodys_place(folder: Path) -> None:
    halves = (
        Variant("r", availability="out_of_stock", options={"color": "red"}),
        Variant("b", availability="in_stock", options={"color": "blue"}),
    )
    split = [Product(f"split-{place}", "S", price=Decimal(5), variants=halves) for place in range(8)]
    whole = Product("whole", "W", variants=(halves[0], Variant("w", availability="in_stock", options={"color": "red"})))
    store = _store(folder, [*split, whole])
    towards = np.linspace(1, 0.1, 9, dtype=np.float32)
    asked = Constraints(attributes={"color": ("red",)}, in_stock=True)
    found = store.nearest((towards / np.linalg.norm(towards)).tolist(), asked, "", 1)
    assert [name for name, _ in found] == ["whole"]
    store.close()


def test_what_is_not_stated_has_no_key() -> None:
    assert metadata(Product("p", "P")) == {"in_stock": False}


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"{tmp_path / 'empty'}: no collection 'products'"):
        ProductStore.open(tmp_path / "empty")


def test_a_store_is_opened_again_with_what_was_added(folder: Path) -> None:
    place = folder / "again"
    store = ProductStore.create(place)
    store.add([Product("a", "A"), Product("b", "B")], np.eye(2, dtype=np.float32))
    store.close()
    again = ProductStore.open(place)
    assert again.count() == 2
    assert [name for name, _ in again.nearest([0.0, 1.0], Constraints(), "", 1)] == ["b"]
    again.close()


# Random shops. Few different values, so that demands often meet and often just miss.
BRANDS = ["Corvid", "TERN", "Ärger & Söhne", "株式会社", 'a"b', "straße", "STRASSE"]
CATEGORIES = ["A", "A > B", "A > B > C", "B > a", "日本 > 茶", "a>b"]
NAMES = ["size", "Size", "screen size", "screen-size", "screen_size", "$ne", "a.b", "색", "#document", "in stock"]
VALUES = ["14", "15.6 in", "2,5 kg", "-3", "red", "RED", "ﬁne", "𝟙𝟜", "$in", "🐭", "9" * 400]
CENTS = st.integers(0, 40)
BETWEEN = st.builds(lambda n, digits: Decimal(n).scaleb(-digits), st.integers(0, 400), st.integers(1, 4))
"""Price bounds, most of them between two prices."""


def _variant(digits: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"variant_id": st.sampled_from("abc")},
        optional={
            "price": CENTS.map(lambda minor: str(Decimal(minor).scaleb(-digits))),
            "availability": st.sampled_from(AVAILABILITIES),
            "options": st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=2),
        },
    )


def _row(currency: str) -> st.SearchStrategy[dict[str, Any]]:
    digits = {"USD": 2, "JPY": 0, "KWD": 3}[currency]
    values = st.sampled_from(VALUES) | st.lists(st.sampled_from(VALUES), max_size=3)
    return st.fixed_dictionaries(
        {"title": st.just("T"), "currency": st.just(currency)},
        optional={
            "brand": st.none() | st.sampled_from(BRANDS),
            "category": st.none() | st.sampled_from(CATEGORIES),
            "price": st.none() | CENTS.map(lambda minor: str(Decimal(minor).scaleb(-digits))),
            "availability": st.sampled_from(AVAILABILITIES),
            "attributes": st.none() | st.dictionaries(st.sampled_from(NAMES), values, max_size=4),
            "variants": st.lists(_variant(digits), max_size=3),
        },
    )


BOUNDS = st.sampled_from([-3.0, 0.0, 2.5, 14.0, 15.6, 100.0])
SPANS = st.builds(Span, st.none() | BOUNDS, st.none() | BOUNDS)
DEMANDS = st.dictionaries(
    st.sampled_from(NAMES), SPANS | st.lists(st.sampled_from(VALUES), max_size=2).map(tuple), max_size=2
)


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from([*values, "nothing"]), min_size=1, max_size=2).map(tuple)


CONSTRAINTS = st.builds(
    Constraints,
    price_min=st.none() | BETWEEN,
    price_max=st.none() | BETWEEN,
    brands=_some(BRANDS),
    not_brands=_some(BRANDS),
    categories=_some(CATEGORIES),
    not_categories=_some(CATEGORIES),
    attributes=st.just({}) | DEMANDS,
    not_attributes=st.just({}) | DEMANDS,
    in_stock=st.booleans(),
    exclude_ids=st.lists(st.sampled_from(["p0", "p3", "gone"]), max_size=2).map(tuple),
)
# Single demands too: of many at once a small shop meets none.
SINGLE = st.sampled_from([*Constraints.__dataclass_fields__]).flatmap(
    lambda key: CONSTRAINTS.map(lambda all_: Constraints(**{key: getattr(all_, key)}))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_the_store_admits_what_the_catalogue_admits(folder: Path, data: st.DataObject) -> None:
    currency = data.draw(st.sampled_from(["USD", "JPY", "KWD"]))
    rows = data.draw(st.lists(_row(currency), min_size=15, max_size=30))
    products = [product_from_json(row | {"product_id": f"p{place}"}) for place, row in enumerate(rows)]
    store = _store(folder, products)
    try:
        for constraints in data.draw(st.lists(SINGLE | CONSTRAINTS, min_size=8, max_size=8)):
            expected = {product.product_id for product in products if constraints.matches(product)}
            assert _ids(store, constraints, currency) == expected, constraints
    finally:
        store.close()
