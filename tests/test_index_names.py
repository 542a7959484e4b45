"""Names as makers and people write them."""

import pytest

from index.catalog import Product
from index.names import DeclaredNames, ModelName, model_names, own_names


def _covers(declared: str, own: str) -> bool:
    [name] = model_names(declared)
    return any(name.covers(other) for other in model_names(own))


def test_the_parts_of_a_name() -> None:
    words = frozenset({"halden", "laserjet"})
    assert model_names("Halden Color LaserJet CP4025dn printer") == [ModelName("laserjet", "cp", "4025", "dn", words)]
    assert model_names("a quiet mouse") == []
    assert [name.digits for name in model_names("Slate 14 and TK-310")] == ["14", "310"]


@pytest.mark.parametrize(
    ("declared", "own"),
    [
        ("LaserJet P4015", "Halden LaserJet P4015"),
        ("LaserJet P4015", "Halden LaserJet P4015tn printer"),
        ("laserjet p 4015", "LASERJET P-4015"),
        ("FS-2000D", "Veda FS 2000D"),
        ("FS 2000D", "fs2000d"),
        ("LaserJet series P4015", "LaserJet P4015x"),
        ("Slate 14 series", "Corvid Slate 14 notebook"),
    ],
)
def test_spacing_case_and_a_trailing_variant_do_not_matter(declared: str, own: str) -> None:
    assert _covers(declared, own)


@pytest.mark.parametrize(
    ("declared", "own"),
    [
        ("LaserJet P4015tn", "LaserJet P4015"),
        ("LaserJet P4015tn", "LaserJet P4015x"),
        ("LaserJet P4015", "LaserJet P4014"),
        ("LaserJet P4015", "LaserJet CP4015"),
        ("LaserJet P4015", "OfficeJet P4015"),
        ("Slate 14", "Juniper Air 14 notebook"),
        ("14", "Slate 14"),
    ],
)
def test_another_model_is_not_covered(declared: str, own: str) -> None:
    assert not _covers(declared, own)


def _digits(product: Product) -> list[str]:
    return [name.digits for name in own_names(product)]


def test_what_stands_behind_the_for_names_another_product() -> None:
    assert _digits(Product("t", "Toner for LaserJet P4014")) == []
    assert _digits(Product("t", "Halden 64A toner compatible with LaserJet P4014")) == ["64"]
    assert _digits(Product("p", "LaserJet P4014 printer for offices of 20")) == ["4014"]
    assert _digits(Product("p", "A printer", attributes={"model_name": ("LaserJet P4014",)})) == ["4014"]


def test_declared_names_find_the_declaring_products_with_their_strength() -> None:
    declared = DeclaredNames([
        Product("exact", "Toner", compatible_with=("LaserJet P4015tn",)),
        Product("base", "Toner", compatible_with=("LaserJet P4014", "LaserJet P4015")),
        Product("other", "Toner", compatible_with=("LaserJet P9",)),
        Product("words", "Cloth", compatible_with=("every printer",)),
    ])  # fmt: skip
    assert declared.find(model_names("LaserJet P4015tn")) == {"exact": 1.0, "base": 0.9}
    assert declared.find(model_names("LaserJet P4015")) == {"base": 1.0}
    assert declared.find(model_names("LaserJet P4015 or P9")) == {"base": 1.0, "other": 1.0}
    assert declared.find(model_names("every printer")) == declared.find([]) == {}
