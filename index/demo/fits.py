"""What fits what, decided by the specifications alone, and what else people buy for a thing they own.

`FITS` names, for an accessory and the thing it is for, the test on their attributes; `COMPANIONS` says how often
a thing leads to which kind. Knows neither texts nor shoppers.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from index.catalog import Product, attribute_number
from index.demo.kinds import slug_of

MOST_DECLARED = 25
# The share of accessories whose maker names series instead of listing products.
NAMED_SHARE = 0.08

Test = Callable[[Product, Product], bool]


def values(product: Product, name: str) -> tuple[str, ...]:
    """The product's values of an attribute, empty without it."""
    return product.attributes.get(name, ())


def amount(product: Product, name: str) -> float:
    """The first number of an attribute, -1 without one, so that no lower bound is met by chance."""
    found = attribute_number(values(product, name))
    return -1 if found is None else found


def shares(own: str, other: str = "") -> Test:
    """A test: the accessory's attribute `own` and the thing's `other` (the same unless told) share a value."""
    return lambda part, thing: bool(set(values(part, own)) & set(values(thing, other or own)) - {"none"})


def _charges(part: Product, thing: Product) -> bool:
    return shares("charging_connector")(part, thing) and amount(part, "charging_watts") >= amount(
        thing, "charging_watts"
    )


def _charges_phone(part: Product, thing: Product) -> bool:
    if values(part, "charging_connector") == ("wireless pad",):
        return values(thing, "wireless_charging") == ("Yes",)
    return _charges(part, thing)


def _docks(part: Product, thing: Product) -> bool:
    powered = values(thing, "charging_connector") == ("USB-C",)
    enough = amount(part, "charging_watts") >= amount(thing, "charging_watts")
    return powered and enough and shares("host_connector", "ports")(part, thing)


def _carries(part: Product, thing: Product) -> bool:
    return 0 < amount(thing, "screen_size") <= amount(part, "fits_screen_size")


def _holds(part: Product, thing: Product) -> bool:
    light = 0 < amount(thing, "weight") <= amount(part, "max_load")
    small = amount(thing, "screen_size") <= amount(part, "screen_size_max")
    return light and small and shares("vesa_mount")(part, thing)


def _made_for(part: Product, thing: Product) -> bool:
    return f"{thing.brand} {values(thing, 'model')[0]}" in values(part, "for_model")


def _slots_into_notebook(part: Product, thing: Product) -> bool:
    # A heatsink is too tall for the slot of a notebook.
    return values(part, "heatsink") == ("No",) and shares("form_factor", "storage_slot")(part, thing)


def _brews(part: Product, thing: Product) -> bool:
    return "whole beans" in values(thing, "coffee_form")


def _grinds(part: Product, thing: Product) -> bool:
    form = values(thing, "machine_type")[0]
    return form in values(part, "suits")


def _serves(part: Product, thing: Product) -> bool:
    return shares("dust_bag_type")(part, thing) or shares("filter_set")(part, thing)


def _takes_pen(part: Product, thing: Product) -> bool:
    return shares("stylus_protocol")(part, thing)


def _suits_paper(part: Product, thing: Product) -> bool:
    return shares("suits", "printing_technology")(part, thing)


# (accessory, thing) -> test. The pairs in DECLARED are also written into the feed.
FITS: dict[tuple[str, str], Test] = {
    ("dock", "notebook"): _docks,
    ("laptop-charger", "notebook"): _charges,
    ("laptop-sleeve", "notebook"): shares("fits_screen_size", "screen_size"),
    ("backpack", "notebook"): _carries,
    ("laptop-stand", "notebook"): _carries,
    ("usb-hub", "notebook"): shares("connector", "ports"),
    ("usb-hub", "tablet"): shares("connector", "charging_connector"),
    ("ram", "notebook"): shares("memory_type"),
    ("ram", "desktop"): shares("memory_type"),
    ("ram", "mainboard"): shares("memory_type"),
    ("cpu", "mainboard"): shares("socket"),
    ("mainboard", "cpu"): shares("socket"),
    ("ssd", "notebook"): _slots_into_notebook,
    ("ssd", "desktop"): shares("form_factor", "storage_slot"),
    ("ssd", "mainboard"): shares("form_factor", "storage_slot"),
    ("ssd", "console"): shares("form_factor", "storage_slot"),
    ("monitor-arm", "monitor"): _holds,
    ("ink", "printer"): shares("cartridge_family"),
    ("toner", "printer"): shares("cartridge_family"),
    ("paper", "printer"): _suits_paper,
    ("phone-case", "phone"): _made_for,
    ("screen-protector", "phone"): _made_for,
    ("phone-charger", "phone"): _charges_phone,
    ("power-bank", "phone"): _charges,
    ("memory-card", "phone"): shares("memory_card_type"),
    ("stylus", "tablet"): _takes_pen,
    ("tablet-case", "tablet"): _made_for,
    ("watch-strap", "smartwatch"): shares("lug_width"),
    ("lens", "camera"): shares("lens_mount"),
    ("memory-card", "camera"): shares("memory_card_type"),
    ("memory-card", "console"): shares("memory_card_type"),
    ("camera-battery", "camera"): shares("battery_type"),
    ("wifi-extender", "router"): shares("mesh_system"),
    ("controller", "console"): shares("platform"),
    ("game", "console"): shares("platform"),
    ("tv-mount", "tv"): _holds,
    ("hdmi-cable", "tv"): shares("speed", "hdmi_speed"),
    ("light-bulb", "desk-lamp"): shares("bulb_socket"),
    ("light-bulb", "floor-lamp"): shares("bulb_socket"),
    ("coffee-capsules", "coffee-machine"): shares("capsule_system"),
    ("coffee-beans", "coffee-machine"): _brews,
    ("coffee-beans", "coffee-grinder"): _brews,
    ("coffee-grinder", "coffee-machine"): _grinds,
    ("vacuum-bags", "vacuum-robot"): _serves,
}
DECLARED = frozenset(
    pair
    for pair in FITS
    if pair[0] not in ("backpack", "laptop-stand", "usb-hub", "paper", "power-bank", "hdmi-cable", "coffee-beans")
    and pair not in {("coffee-grinder", "coffee-machine"), ("mainboard", "cpu"), ("memory-card", "phone")}
)

# thing -> companion kinds with how many of a hundred owners look for one; fit is tested where FITS has the pair.
COMPANIONS: dict[str, dict[str, int]] = {
    "notebook": {
        "laptop-sleeve": 30,
        "mouse": 34,
        "dock": 26,
        "laptop-charger": 14,
        "backpack": 18,
        "usb-hub": 12,
        "laptop-stand": 14,
        "monitor": 16,
        "keyboard": 12,
        "ram": 8,
        "ssd": 7,
        "external-drive": 12,
        "usb-c-cable": 8,
        "headset": 8,
        "webcam": 4,
    },
    "desktop": {
        "monitor": 36,
        "keyboard": 34,
        "mouse": 34,
        "ram": 14,
        "ssd": 14,
        "webcam": 12,
        "speaker": 6,
        "power-strip": 8,
        "headset": 12,
    },
    "monitor": {"monitor-arm": 32, "hdmi-cable": 16, "keyboard": 10, "webcam": 9, "desk-lamp": 5},
    "mainboard": {"cpu": 48, "ram": 44, "ssd": 26},
    "cpu": {"mainboard": 44, "ram": 14},
    "mouse": {"mouse-pad": 24, "keyboard": 12},
    "keyboard": {"mouse": 14, "mouse-pad": 10},
    "dock": {"monitor": 14, "keyboard": 10, "hdmi-cable": 12, "usb-c-cable": 8},
    "printer": {"ink": 70, "toner": 70, "paper": 44, "usb-hub": 2},
    "phone": {
        "phone-case": 48,
        "screen-protector": 36,
        "phone-charger": 26,
        "power-bank": 18,
        "earbuds": 16,
        "usb-c-cable": 14,
        "smartwatch": 8,
        "memory-card": 8,
    },
    "tablet": {"tablet-case": 42, "stylus": 26, "headphones": 6, "usb-c-cable": 6, "usb-hub": 3},
    "smartwatch": {"watch-strap": 44, "earbuds": 8},
    "camera": {
        "memory-card": 46,
        "lens": 40,
        "camera-bag": 30,
        "camera-battery": 28,
        "tripod": 22,
        "external-drive": 8,
    },
    "lens": {"tripod": 8, "camera-bag": 10},
    "router": {"wifi-extender": 30, "network-switch": 18, "smart-plug": 6},
    "console": {"game": 80, "controller": 34, "headset": 16, "ssd": 10, "memory-card": 14, "tv": 5, "hdmi-cable": 8},
    "tv": {"tv-mount": 32, "soundbar": 30, "hdmi-cable": 24, "streaming-stick": 18, "power-strip": 6},
    "desk-lamp": {"light-bulb": 44},
    "floor-lamp": {"light-bulb": 46, "smart-plug": 8},
    "coffee-machine": {"coffee-capsules": 80, "coffee-beans": 56, "coffee-grinder": 22},
    "coffee-grinder": {"coffee-beans": 50, "kettle": 14},
    "vacuum-robot": {"vacuum-bags": 58},
    "desk": {"office-chair": 34, "desk-lamp": 26, "monitor-arm": 12, "power-strip": 16},
    "office-chair": {"desk": 14, "desk-lamp": 8},
    "microphone": {"headphones": 14, "webcam": 10},
    "headphones": {"speaker": 6},
    "kettle": {"coffee-grinder": 6},
}


def fits(part: Product, thing: Product) -> bool:
    """True when the accessory fits the thing by its specifications; kinds without a rule fit anything."""
    test = FITS.get((slug_of(part), slug_of(thing)))
    return test is None or test(part, thing)


def declared(part: Product, made: Mapping[str, Sequence[Product]], rng: random.Random) -> tuple[str, ...]:
    """What the maker says the product works with: at most 25 product ids, or now and then names of series."""
    slug = slug_of(part)
    found = [
        thing
        for accessory, host in FITS
        if accessory == slug and (accessory, host) in DECLARED
        for thing in made.get(host, ())
        if fits(part, thing)
    ]
    found.sort(key=lambda thing: thing.product_id)
    if not found:
        return ()
    if rng.random() < NAMED_SHARE:
        names = [f"{thing.brand} {values(thing, 'model')[0]} series" for thing in found]
        return tuple(dict.fromkeys(names))[:6]
    if len(found) > MOST_DECLARED:
        found = sorted(rng.sample(found, MOST_DECLARED), key=lambda thing: thing.product_id)
    return tuple(thing.product_id for thing in found)
