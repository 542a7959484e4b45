"""What fits what by the records' attributes: the rules one by one, and all of them against the demo store's truth."""

import gzip
import json
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from index.catalog import Product
from index.demo.fits import FITS, fits
from index.demo.kinds import slug_of
from index.feeds import product_from_json
from index.fit import fit, fit_sides, sides

DEMO = Path(__file__).resolve().parent.parent / "index" / "demo" / "products.jsonl.gz"


def _made(kind: str, **attributes: str | tuple[str, ...]) -> Product:
    listed = {name: (value,) if isinstance(value, str) else value for name, value in attributes.items()}
    return Product(kind, f"Some {kind}", brand="Tern", category=f"All > {kind}", attributes=listed)


NOTEBOOK = _made(
    "Notebooks", model="Slate 14", screen_size="14 in", ports=("USB-C", "HDMI"), charging_connector="USB-C",
    charging_watts="65 W", memory_type="DDR5 SO-DIMM", storage_slot="M.2 2280 NVMe",
)  # fmt: skip
MONITOR = _made(
    "Monitors", screen_size="27 in", ports=("HDMI", "DisplayPort"), weight="4900 g", vesa_mount="100x100 mm"
)
PHONE = _made(
    "Smartphones", model="Comet 3", screen_size="6.1 in", charging_connector="USB-C", memory_card_type="none",
    wireless_charging="Yes",
)  # fmt: skip


@pytest.mark.parametrize(
    ("part", "thing"),
    [
        (_made("Laptop Chargers", charging_connector="USB-C", charging_watts="65 W"), NOTEBOOK),
        (_made("Docks", host_connector="USB-C", charging_watts="90 W"), NOTEBOOK),
        (_made("USB Hubs", connector=("USB-A", "USB-C")), NOTEBOOK),
        (_made("Laptop Sleeves", fits_screen_size=("14 in", "15.6 in")), NOTEBOOK),
        (_made("Laptop Sleeves", **{"Max laptop size": '14"'}), NOTEBOOK),
        (_made("Backpacks", fits_up_to="40 cm"), NOTEBOOK),
        (_made("Memory Modules", **{"Memory type": "ddr5 so-dimm"}), NOTEBOOK),
        (_made("Internal SSDs", form_factor="M.2 2280 NVMe", heatsink="No"), NOTEBOOK),
        (_made("Monitor Arms", vesa_mount=("75x75 mm", "100x100 mm"), max_load="7 kg", screen_size_max="32 in"),
         MONITOR),
        (_made("HDMI Cables", connector="HDMI"), MONITOR),
        (_made("Phone Cases", for_model="Tern Comet 3"), PHONE),
        (_made("Phone Chargers", charging_connector="wireless pad", charging_watts="10 W"), PHONE),
        (_made("Lenses", lens_mount="S-mount"), _made("Cameras", lens_mount="S-mount")),
        (_made("Styluses", stylus_protocol="KP-2"), _made("Tablets", stylus_protocol="KP-2")),
        (_made("Bags and Filters", filter_set="FS"), _made("Vacuums", filter_set="FS", dust_bag_type="DB")),
    ],
)  # fmt: skip
def test_what_fits_fits_from_both_sides(part: Product, thing: Product) -> None:
    one, other = fit(thing, part), fit(part, thing)
    assert one == other
    assert one is not None
    assert 0.5 < one.score <= 1


@pytest.mark.parametrize(
    ("part", "thing", "reason"),
    [
        (_made("Laptop Chargers", charging_connector="barrel 4 mm", charging_watts="90 W"), NOTEBOOK, "barrel 4 mm"),
        (_made("Laptop Chargers", charging_connector="USB-C", charging_watts="45 W"), NOTEBOOK, "45 W not for"),
        (_made("USB Hubs", connector="USB-A"), NOTEBOOK, "USB-A not for"),
        (_made("Laptop Sleeves", fits_screen_size="13.3 in"), NOTEBOOK, "13.3 in not for screen size 14 in"),
        (_made("Backpacks", fits_up_to="33 cm"), NOTEBOOK, "33 cm not for screen size 14 in"),
        (_made("Internal SSDs", form_factor="M.2 2280 NVMe", heatsink="Yes"), NOTEBOOK, "heatsink Yes"),
        (_made("Monitor Arms", vesa_mount="100x100 mm", max_load="4 kg"), MONITOR, "4 kg not for weight 4900 g"),
        (_made("Phone Cases", for_model="Tern Comet 4"), PHONE, "Comet 4 not for model Comet 3"),
        (_made("Memory Cards", memory_card_type="microSD"), PHONE, "microSD not for"),
        (_made("Lenses", lens_mount="I-mount"), _made("Cameras", lens_mount="S-mount"), "I-mount not for"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_why(part: Product, thing: Product, reason: str) -> None:
    found = fit(thing, part)
    assert found is not None
    assert found.score == 0
    assert reason in found.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTEBOOK, _made("Mice", color="black")),
        (NOTEBOOK, Product("x", "Something")),
        (NOTEBOOK, _made("Desktops", memory_type="DDR5 SO-DIMM")),
        (_made("Monitor Arms", max_load="9 kg"), _made("Kettles", weight="1 kg")),
        (_made("Laptop Chargers", charging_watts="65 W"), _made("USB-C Cables", charging_watts="240 W")),
        (_made("Docks", host_connector="USB-C"), MONITOR),
        (_made("Lenses", lens_mount="S-mount"), _made("Lenses", lens_mount="I-mount")),
        (_made("Phone Chargers", charging_connector="USB-C"), _made("Phone Cases", for_model="Tern Comet 3")),
    ],
)
def test_nothing_is_said_where_the_records_do_not_tell(one: Product, other: Product) -> None:
    assert fit(one, other) is None
    assert fit(other, one) is None


def test_more_that_agrees_is_surer() -> None:
    plug = fit(NOTEBOOK, _made("Laptop Chargers", charging_connector="USB-C"))
    both = fit(PHONE, _made("Phone Cases", for_model="Comet 3", fits_screen_size="6.1 in"))
    assert plug is not None
    assert both is not None
    assert (plug.score, both.score) == (1 - 0.5**2, 1 - 0.5**3)
    assert plug.reason == "charging connector USB-C"


def test_the_demo_store_s_truth_is_met_and_300_fits_take_a_few_milliseconds() -> None:
    with gzip.open(DEMO, "rt", encoding="utf-8") as lines:
        products = [product_from_json(json.loads(line)) for line in lines]
    by_slug: dict[str, list[Product]] = defaultdict(list)
    for product in products:
        by_slug[slug_of(product)].append(product)
    read = {product.product_id: sides(product) for product in products}
    told: Counter[tuple[bool, bool | None]] = Counter()
    # A faster HDMI cable than the set can use is no fit in the store's truth, though it works.
    for accessory, host in FITS.keys() - {("hdmi-cable", "tv")}:
        for part in by_slug[accessory]:
            for thing in by_slug[host]:
                found = fit_sides(read[thing.product_id], read[part.product_id])
                told[fits(part, thing), None if found is None else found.score > 0] += 1
    right, wrong = told[True, True], told[False, True]
    assert right + wrong > 10_000
    assert right / (right + wrong) >= 0.99
    assert right / (right + told[True, False] + told[True, None]) >= 0.99
    assert told[False, False] / (told[False, False] + told[False, None] + wrong) >= 0.9
    anchor = read[by_slug["notebook"][0].product_id]
    others = [read[product.product_id] for product in products[:300]]
    start = time.perf_counter()
    for other in others:
        fit_sides(anchor, other)
    assert time.perf_counter() - start < 0.05, "about 1 ms on an idle core"
