"""The demo store: the committed files, what fits what, sentences, shoppers, and that the script makes them still."""

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from index.catalog import AVAILABILITIES, SELLABLE_NOW, Product
from index.demo import INTERACTIONS, PICTURES, PRODUCTS
from index.demo.brands import BRANDS
from index.demo.fits import COMPANIONS, DECLARED, FITS, MOST_DECLARED, fits, values
from index.demo.kinds import slug_of
from index.demo.make import interaction_row, main, product_row
from index.demo.pictures import draw
from index.demo.shoppers import MANY, PERSONAS, SHOPPERS, draw_interactions
from index.demo.store import CONSUMABLES, KINDS, SEED, draw_products, gtin13, shop_price
from index.demo.texts import Writer, holds, read_clauses
from index.interactions import EVENTS, parse_timestamp


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return _rows(PRODUCTS)


@pytest.fixture(scope="module")
def interactions() -> list[dict[str, Any]]:
    return _rows(INTERACTIONS)


@pytest.fixture(scope="module")
def products() -> dict[str, Product]:
    return {product.product_id: product for product in draw_products()}


@pytest.fixture(scope="module")
def kinds(products: dict[str, Product]) -> dict[str, list[Product]]:
    found: dict[str, list[Product]] = defaultdict(list)
    for product in products.values():
        found[slug_of(product)].append(product)
    return found


def test_the_script_makes_the_committed_products(rows: list[dict[str, Any]], products: dict[str, Product]) -> None:
    assert [product_row(product) for product in products.values()] == rows


def test_the_script_makes_the_committed_interactions(
    products: dict[str, Product], interactions: list[dict[str, Any]]
) -> None:
    made = draw_interactions(list(products.values()), SEED, shoppers=100)
    some = [row for row in interactions if row["user_id"] <= "shopper-0100"]
    assert [interaction_row(row) for row in made] == some


@pytest.mark.slow
def test_two_runs_write_the_same_bytes_and_the_committed_content(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert main(["--out", str(first)]) == main(["--out", str(second)]) == 0
    names = [path.relative_to(first) for path in first.rglob("*.*")]
    assert len(names) == 2 + len(KINDS)
    for name in names:
        written, committed = (first / name).read_bytes(), (PRODUCTS.parent / name).read_bytes()
        assert written == (second / name).read_bytes()
        if name.suffix == ".gz":
            # Another build of zlib may pack the same content differently.
            written, committed = gzip.decompress(written), gzip.decompress(committed)
        assert written == committed


def test_there_are_enough_products_in_enough_kinds(rows: list[dict[str, Any]]) -> None:
    by_kind = Counter(row["category"] for row in rows)
    assert len(rows) >= 1300
    assert len(by_kind) == len(KINDS) >= 50
    assert min(by_kind.values()) >= 15
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert all(2 <= len(kind.path.split(" > ")) <= 3 for kind in KINDS)


def test_ids_titles_and_numbers_are_unique(rows: list[dict[str, Any]]) -> None:
    for field in ("product_id", "title", "description", "gtin", "mpn"):
        assert len({row[field] for row in rows}) == len(rows), field


def test_every_row_is_whole_and_in_range(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        price = Decimal(row["price"])
        assert Decimal("4.99") <= price <= 3000
        assert row["price"][-3:] in (".99", ".00", ".49", ".95")
        assert row["currency"] == "USD"
        assert row["brand"] in BRANDS
        assert row["title"].startswith(row["brand"])
        assert row["availability"] in AVAILABILITIES
        assert row["attributes"]
        if "list_price" in row:
            assert Decimal(row["list_price"]) > price
        if "rating" in row:
            assert 2.8 <= row["rating"] <= 4.9
            assert row["rating_count"] >= 1
        assert row["gtin"] == gtin13(int(row["gtin"][3:12]))
    in_stock = sum(row["availability"] == "in_stock" for row in rows) / len(rows)
    reduced = sum("list_price" in row for row in rows) / len(rows)
    assert 0.7 < in_stock < 0.95
    assert 0.08 < reduced < 0.2
    assert any("rating" not in row for row in rows)


def test_a_gtin_has_the_right_check_digit() -> None:
    # 952000000000: 9*1 + 5*3 + 2*1 = 26, so the digit that fills it up to 30 is 4.
    assert gtin13(0) == "9520000000004"


@pytest.mark.parametrize(
    ("amount", "price"), [(0.5, "4.99"), (7.1, "7.49"), (12.8, "12.95"), (13.7, "13.99"), (848, "849.99")]
)
def test_prices_end_as_in_a_shop(amount: float, price: str) -> None:
    assert shop_price(amount) == Decimal(price)


def test_declared_companions_exist_or_are_names(rows: list[dict[str, Any]], products: dict[str, Product]) -> None:
    named = 0
    for row in rows:
        declared = row.get("compatible_with", [])
        assert len(declared) == len(set(declared)) <= MOST_DECLARED
        names = [name for name in declared if name not in products]
        assert all(name.endswith(" series") and name.startswith(tuple(BRANDS)) for name in names)
        named += bool(names)
    assert 0 < named < 0.15 * sum("compatible_with" in row for row in rows)


def test_declared_companions_fit(products: dict[str, Product]) -> None:
    pairs = 0
    for part in products.values():
        for name in part.compatible_with:
            thing = products.get(name)
            if thing is not None:
                assert (slug_of(part), slug_of(thing)) in DECLARED
                assert fits(part, thing), (part.product_id, name)
                pairs += 1
    assert pairs > 3000


def test_every_ink_is_declared_for_its_cartridge_family(products: dict[str, Product]) -> None:
    for slug in ("ink", "toner"):
        for part in products.values():
            printers = [products[name] for name in part.compatible_with if name in products]
            if slug_of(part) == slug:
                assert part.compatible_with
                families = {values(printer, "cartridge_family") for printer in printers}
                assert families <= {values(part, "cartridge_family")}


def test_chargers_for_notebooks_have_the_plug_and_the_watts(products: dict[str, Product]) -> None:
    watts = re.compile(r"\d+")
    for part in products.values():
        if slug_of(part) == "laptop-charger":
            for name in part.compatible_with:
                if name in products:
                    own, needs = values(part, "charging_watts")[0], values(products[name], "charging_watts")[0]
                    assert int(watts.findall(own)[0]) >= int(watts.findall(needs)[0])
                    assert values(part, "charging_connector") == values(products[name], "charging_connector")


@pytest.mark.parametrize(
    ("part", "thing"),
    [
        ("phone-case", "phone"),
        ("screen-protector", "phone"),
        ("tablet-case", "tablet"),
        ("laptop-sleeve", "notebook"),
        ("laptop-charger", "notebook"),
        ("watch-strap", "smartwatch"),
        ("camera-battery", "camera"),
        ("memory-card", "camera"),
        ("vacuum-bags", "vacuum-robot"),
        ("game", "console"),
        ("controller", "console"),
        ("tv-mount", "tv"),
        ("paper", "printer"),
    ],
)
def test_nothing_goes_without_its_companion(part: str, thing: str, kinds: dict[str, list[Product]]) -> None:
    for own in kinds[thing]:
        assert any(fits(one, own) for one in kinds[part]), own.title


def test_every_rule_tells_some_products_from_others(kinds: dict[str, list[Product]]) -> None:
    for (part, thing), test in FITS.items():
        outcomes = {test(one, own) for one in kinds[part] for own in kinds[thing]}
        assert any(outcomes), (part, thing)
    assert set(COMPANIONS) <= set(kinds)
    assert {slug for own in COMPANIONS.values() for slug in own} <= set(kinds)


def test_descriptions_of_a_kind_read_as_different_products(kinds: dict[str, list[Product]]) -> None:
    for slug, own in kinds.items():
        pairs = [_bigrams(product.description) for product in own]
        alike = [len(one & other) / len(one | other) for one, other in combinations(pairs, 2)]
        assert sum(alike) / len(alike) < 0.15, slug
        assert all(2 <= len(re.findall(r"[.!?](?= |$)", product.description)) <= 5 for product in own)


def _bigrams(text: str) -> set[tuple[str, str]]:
    words = re.findall(r"[\w']+", text.lower())
    return set(pairwise(words))


def test_descriptions_are_free_of_holes_and_slips(products: dict[str, Product]) -> None:
    for product in products.values():
        assert not re.search(r"[{}<>|]|::|  ", product.description), product.description
        assert not re.search(r"\b[Aa] (?:8|11|18)\b|\b[a] [aei]\w|\d An\b", product.description), product.description


def test_numbers_in_descriptions_are_those_of_the_record(products: dict[str, Product]) -> None:
    # A figure with a unit may only be said when the record states it.
    figure = re.compile(r"\b\d[\d.]*(?: (?:GB|TB|W|Hz|MB/s|Gbit/s|mAh|lm|kg|GHz|mm|Pa|dB)\b|-core|(?=-inch))")
    # The power of the old bulb that an LED replaces, and of the laptops that a weak charger does not suit.
    compared = {"light-bulb": "60 W", "laptop-charger": "65 W"}
    checked = 0
    for product in products.values():
        stated = " ".join(value for own in product.attributes.values() for value in own)
        for found in figure.findall(product.description):
            if found != compared.get(slug_of(product)):
                assert re.search(rf"(?<![\d.]){re.escape(found)}", stated), (product.title, found)
                checked += 1
    assert checked > 300


def test_every_clause_can_be_said_of_some_product(kinds: dict[str, list[Product]]) -> None:
    for kind in KINDS:
        for clause in read_clauses(kind.clauses):
            facts = [{name: list(own) for name, own in product.attributes.items()} for product in kinds[kind.slug]]
            assert any(holds(clause.condition, one) for one in facts), (kind.slug, clause.sentence)


def test_a_condition_is_read_as_written() -> None:
    facts = {"ports": ["USB-C", "HDMI"], "weight": ["1.2 kg"]}
    assert holds("ports~HDMI & weight<1.3", facts)
    assert holds("ports!~Ethernet & color!=Red", facts)
    assert not holds("weight>1.2", facts)
    assert not holds("screen_size>5", facts)
    assert not holds("color", facts)


def test_a_clause_without_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a clause that starts with"):
        read_clauses("This has no part.")


def test_a_sentence_is_only_said_of_a_product_that_states_it() -> None:
    writer = Writer("+ It shows {size:inch} of picture.\n+ It is small.\n* It is loud.", random.Random(1))
    text = writer.write(BRANDS["Norvik"], "Slate", {})
    assert "picture" not in text
    assert "It is small." in text


def test_every_kind_has_a_well_formed_picture(rows: list[dict[str, Any]]) -> None:
    used = {row["image_url"] for row in rows}
    assert used == {f"pictures/{kind.slug}.svg" for kind in KINDS}
    for url in used:
        text = (PICTURES.parent / url).read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.attrib["viewBox"] == "0 0 120 120"
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "rect", "circle", "path"}
        assert "href" not in text
        assert "url(" not in text
    assert {path.name for path in PICTURES.glob("*")} == {f"{kind.slug}.svg" for kind in KINDS}


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a shape that starts with"):
        draw("X 1 2 d", "#ffffff", "#000000")


def test_interactions_are_many_and_of_known_products(
    interactions: list[dict[str, Any]], products: dict[str, Product]
) -> None:
    assert 20_000 <= len(interactions) <= 30_000
    assert len({row["user_id"] for row in interactions}) == SHOPPERS
    stamps = [parse_timestamp(row["timestamp"]) for row in interactions]
    assert stamps == sorted(stamps)
    assert (stamps[-1] - stamps[0]).days > 500
    assert (stamps[-1].year, stamps[-1].month) == (2026, 10)
    for row in interactions:
        assert row["product_id"] in products
        assert row["event"] in EVENTS
        if row["event"] == "rating":
            assert 1 <= row["value"] <= 5
        if row["event"] == "purchase":
            assert row["value"] >= 1
            assert products[row["product_id"]].availability in SELLABLE_NOW


def test_a_purchase_follows_a_view_of_the_product(interactions: list[dict[str, Any]]) -> None:
    viewed: set[tuple[str, str]] = set()
    for row in interactions:
        key = (row["user_id"], row["product_id"])
        if row["event"] == "view":
            viewed.add(key)
        else:
            assert key in viewed, row


def _purchases(interactions: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    bought: dict[str, list[str]] = defaultdict(list)
    for row in interactions:
        if row["event"] == "purchase":
            bought[row["user_id"]].append(row["product_id"])
    yield from bought.items()


def test_no_durable_is_bought_twice_and_consumables_are(interactions: list[dict[str, Any]]) -> None:
    again = 0
    for _, bought in _purchases(interactions):
        for product_id, times in Counter(bought).items():
            slug = product_id.rsplit("-", 1)[0]
            assert times == 1 or slug in CONSUMABLES
            again += times > 1
        of_kind = Counter(product_id.rsplit("-", 1)[0] for product_id in bought)
        assert all(times == 1 for slug, times in of_kind.items() if slug not in MANY)
    assert again > 200


@pytest.mark.parametrize("thing", ["notebook", "printer", "camera", "phone", "coffee-machine", "console"])
def test_owning_a_thing_leads_to_what_fits_it(
    thing: str, interactions: list[dict[str, Any]], products: dict[str, Product], kinds: dict[str, list[Product]]
) -> None:
    # Of the later purchases from kinds that have a rule with the thing: the share that fits, and the share that
    # would fit if the products of those kinds were drawn at random.
    fitting, chance = [], []
    for _, bought in _purchases(interactions):
        owned = None
        for product_id in bought:
            part = products[product_id]
            if owned is not None and (slug_of(part), thing) in FITS:
                fitting.append(fits(part, owned))
                same = kinds[slug_of(part)]
                chance.append(sum(fits(one, owned) for one in same) / len(same))
            if slug_of(part) == thing:
                owned = part
    assert len(fitting) > 30
    expected = sum(chance) / len(chance)
    missed, missed_by_chance = 1 - sum(fitting) / len(fitting), 1 - expected
    assert missed < 0.5 * missed_by_chance


def test_companions_of_a_notebook_are_bought_more_often_by_its_owners(interactions: list[dict[str, Any]]) -> None:
    owners, others, owners_bought, others_bought = 0, 0, 0, 0
    for _, bought in _purchases(interactions):
        slugs = {product_id.rsplit("-", 1)[0] for product_id in bought}
        wanted = bool(slugs & {"dock", "laptop-sleeve", "laptop-charger", "laptop-stand"})
        if "notebook" in slugs:
            owners, owners_bought = owners + 1, owners_bought + wanted
        else:
            others, others_bought = others + 1, others_bought + wanted
    assert owners > 200
    assert owners_bought / owners > 5 * others_bought / others


def test_popularity_has_a_long_tail(interactions: list[dict[str, Any]]) -> None:
    bought = Counter(row["product_id"] for row in interactions if row["event"] == "purchase").most_common()
    top = sum(count for _, count in bought[: len(bought) // 5])
    assert 0.4 < top / sum(count for _, count in bought) < 0.85
    assert len(bought) > 1000


def test_personas_name_known_kinds() -> None:
    known = {kind.slug for kind in KINDS}
    for _, wants in PERSONAS.values():
        assert set(wants) <= known


def test_the_demo_store_stays_small() -> None:
    files = [PRODUCTS, INTERACTIONS, *PICTURES.glob("*.svg")]
    assert sum(path.stat().st_size for path in files) < 1_500_000
    assert PRODUCTS.read_bytes()[4:8] == bytes(4)


# --- what buyers wrote


def test_a_few_hundred_reviews_are_spread_over_many_kinds(rows: list[dict[str, Any]]) -> None:
    written = {row["product_id"]: row["reviews"] for row in rows if "reviews" in row}
    counted = Counter(review for own in written.values() for review in own)
    assert 300 <= sum(counted.values()) <= 600
    assert len({one.rsplit("-", 1)[0] for one in written}) >= 20
    assert max(counted.values()) <= 4
    assert all(len(review) <= 200 for review in counted)
    for row in rows:
        assert len(set(row.get("reviews", []))) == len(row.get("reviews", [])) <= min(4, row.get("rating_count", 0))


@pytest.mark.parametrize(
    ("kind", "said", "field", "pattern"),
    [
        ("mouse", r"quiet, |clicks are (?:quiet|silent)", "noise", "silent clicks"),
        ("mouse", r"clicks are (?:loud|noisy)", "noise", "normal clicks"),
        ("keyboard", r"quiet keys", "noise", "quiet"),
        ("keyboard", r"I miss a light", "backlight", "No"),
        ("headphones", r"noise canceling is", "noise_canceling", "Yes"),
        ("earbuds", r"noise canceling is", "noise_canceling", "Yes"),
        ("headset", r"no key to mute", "mute_key", "No"),
        ("headset", r"battery is", "battery_life", r"\d+ h"),
        ("printer", r"on both sides works", "duplex", "Yes"),
        ("desk", r"motor", "height_adjustment", "electric"),
        ("phone", r"zoom is", "zoom_lens", "Yes"),
        ("smartwatch", r"distance it measures", "gps", "Yes"),
        ("desk-lamp", r"miss a dimmer", "dimmable", "No"),
        ("vacuum-robot", r"bumps into", "navigation", "bump sensors"),
    ],
)  # fmt: skip
def test_a_review_never_says_what_the_record_contradicts(
    rows: list[dict[str, Any]], kind: str, said: str, field: str, pattern: str
) -> None:
    about = [
        row
        for row in rows
        if row["product_id"].rsplit("-", 1)[0] == kind and any(re.search(said, one) for one in row.get("reviews", []))
    ]
    assert about, "nobody wrote that"
    assert all(re.fullmatch(pattern, row["attributes"][field]) for row in about)


def test_better_rated_products_are_praised_more(rows: list[dict[str, Any]]) -> None:
    faults = re.compile(r"loud|noisy|annoy|disappoint|weak|poor|problem|confusing|difficult|fiddly|uncomfortable|heavy")

    def faulted(low: float, high: float) -> float:
        own = [one for row in rows if low <= row.get("rating", 0) < high for one in row.get("reviews", [])]
        return sum(bool(faults.search(one)) for one in own) / len(own)

    assert faulted(4.4, 5) < faulted(2.8, 3.9)
