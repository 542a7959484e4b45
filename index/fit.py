"""Whether two products fit each other by what their records state: ports, watts, sizes, sockets, mounts.

A declared table of rules says which attribute of a part speaks to which of the thing it is for. Where a record
states neither side of any rule, nothing is said. Knows nothing of declarations, orders or shoppers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.catalog import Product, attribute_key, fold
from index.kinds import kind_of, singular

_ROLES: Mapping[str, str] = {
    "ports": "ports connections inputs video_inputs interfaces usb_ports",
    "plug": "host_connector connector connectors connector_type host_interface",
    "power_plug": "charging_connector charging_port power_connector charging_interface",
    "watts": "charging_watts power_delivery charging_power max_charging_power",
    "wireless": "wireless_charging qi_charging",
    "voltage": "voltage input_voltage output_voltage battery_voltage",
    "lens_mount": "lens_mount mount_type_lens camera_mount lens_mounting",
    "memory_type": "memory_type internal_memory_type ram_type memory_technology ram_memory_technology",
    "socket": "socket cpu_socket processor_socket socket_type supported_sockets",
    "drive": "form_factor ssd_form_factor drive_form_factor hdd_form_factor",
    "drive_slot": "storage_slot drive_bay drive_bays m2_slot ssd_slot",
    "vesa": "vesa_mount vesa vesa_mounting mounting_interface panel_mounting_interface",
    "load": "max_load maximum_load weight_capacity maximum_weight_capacity max_weight load_capacity",
    "weight": "weight item_weight product_weight",
    "screen": "screen_size display_diagonal display_size screen_diagonal standing_screen_display_size",
    "holds_screen": "fits_screen_size screen_size_max max_screen_size maximum_screen_size fits_up_to max_laptop_size "
    "maximum_laptop_size laptop_size notebook_size compatible_screen_size maximum_screen_size_compatibility",
    "cartridge": "cartridge_family cartridge_type compatible_cartridges cartridge_series",
    "printing": "printing_technology print_technology printer_technology",
    "suits": "suits suitable_for",
    "made_for": "for_model for_models compatible_models compatible_devices compatible_phone_models fits_models",
    "model": "model model_name model_number",
    "pen": "stylus_protocol pen_protocol stylus_technology",
    "lug": "lug_width band_width strap_width",
    "card": "memory_card_type compatible_memory_cards memory_card_slot card_type flash_memory_type",
    "battery": "battery_type battery_model compatible_battery",
    "mesh": "mesh_system",
    "platform": "platform platforms gaming_platform hardware_platform compatible_platform",
    "bulb": "bulb_socket bulb_base light_socket lamp_base fitting_or_cap_type",
    "capsule": "capsule_system capsule_type pod_system",
    "coffee": "coffee_form",
    "brewer": "machine_type",
    "bag": "dust_bag_type vacuum_bag_type bag_model",
    "filter": "filter_set filter_type vacuum_filter",
    "heatsink": "heatsink heatsink_included",
}
"""What an attribute is about, and the names that feeds give it; a name has one role."""

_ROLE_OF = {name: role for role, names in _ROLES.items() for name in names.split()}
_ABSENT = frozenset({"", "none", "no", "n/a", "-", "not applicable", "not supported"})
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kg|g|lbs?|pounds?|cm|mm|inch(?:es)?|in|\"|”|″|kw|w|v|m)?(?![^\W_])")
_TO_BASE = {
    "kg": 1.0, "g": 0.001, "lb": 0.45359237, "lbs": 0.45359237, "pound": 0.45359237, "pounds": 0.45359237,
    "cm": 1 / 2.54, "mm": 1 / 25.4, "m": 100 / 2.54, "kw": 1000.0,
}  # fmt: skip
"""Weights in kilograms, lengths in inches, power in watts; a number without a unit stays as it is."""
_SMALLER = 0.5
"""A sleeve holds a screen up to this many inches smaller than the one it is made for."""
_SLACK = 0.05
_HOSTS = frozenset({
    "notebook", "laptop", "desktop", "pc", "computer", "tablet", "phone", "smartphone", "mainboard",
    "motherboard", "console",
})  # fmt: skip
_PASS_ON = frozenset({"cable", "charger", "adapter", "bank", "supply", "dock", "station", "hub"})
"""What carries power to other things; a charger need not be as strong as a cable."""
_AND = re.compile(r" and | & |[,/]")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two products fit: 0 for not at all, else up to 1; `reason` names the attributes and their values."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Sides:
    """A product as the rules see it: its values by role, folded, and the rules by which it can be a part.

    `said` holds the attribute's name and values as the record writes them, `lacks` the roles whose value is "none",
    `names` what its maker calls it, `kind` the last word of its kind.
    """

    values: Mapping[str, tuple[str, ...]]
    said: Mapping[str, tuple[str, tuple[str, ...]]]
    lacks: frozenset[str]
    names: frozenset[str]
    kind: frozenset[str]
    rules: tuple["_Rule", ...]


Check = Callable[[Sides, Sides], bool | None]
"""Whether a part fits a thing; None where the records do not tell."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    """For a part whose kind ends in one of the nouns (any kind when none are told): what must hold.

    What only excludes, such as enough watts, makes no fit by itself.
    """

    nouns: frozenset[str]
    check: Check
    own: tuple[str, ...]
    other: tuple[str, ...]
    only_excludes: bool


def _shares(own: str, *others: str) -> Check:
    def check(part: Sides, thing: Sides) -> bool | None:
        mine = part.values.get(own)
        theirs = [value for role in others for value in thing.values.get(role, ())]
        if mine and not theirs and not thing.lacks.isdisjoint(others):
            return False
        if not mine or not theirs:
            return None
        return not set(mine).isdisjoint(theirs)

    return check


def _any_of(*checks: Check) -> Check:
    """Holds where one of the checks does; fails where some can tell and none holds."""

    def check(part: Sides, thing: Sides) -> bool | None:
        told = [answer for one in checks if (answer := one(part, thing)) is not None]
        return any(told) if told else None

    return check


def _at_least(own: str, other: str) -> Check:
    def check(part: Sides, thing: Sides) -> bool | None:
        mine, theirs = _numbers(part, own), _numbers(thing, other)
        return max(mine) * (1 + _SLACK / 10) >= max(theirs) if mine and theirs else None

    return check


def _sleeves(part: Sides, thing: Sides) -> bool | None:
    mine, theirs = _numbers(part, "holds_screen"), _numbers(thing, "screen")
    if not mine or not theirs:
        return None
    return min(mine) - _SMALLER <= theirs[0] <= max(mine) + _SLACK


def _same_screen(part: Sides, thing: Sides) -> bool | None:
    mine, theirs = _numbers(part, "screen"), _numbers(thing, "screen")
    return abs(mine[0] - theirs[0]) <= _SLACK if mine and theirs else None


def _made_for(part: Sides, thing: Sides) -> bool | None:
    mine = part.values.get("made_for")
    if not mine or not thing.names:
        return None
    if not thing.names.isdisjoint(mine):
        return True
    # A phone case made for another phone does not fit; of a phone charger it says nothing.
    return False if "screen" in thing.values and "made_for" not in thing.values else None


def _plugs_in(part: Sides, thing: Sides) -> bool | None:
    """Into a host by its plug; a monitor that hangs on a dock is no host, so nothing follows from its ports."""
    fits = _plug_of(part, thing)
    return None if fits is False and thing.kind.isdisjoint(_HOSTS) else fits


_plug_of = _shares("plug", "ports", "power_plug")


def _charges(part: Sides, thing: Sides) -> bool | None:
    mine = part.values.get("power_plug", ())
    if any("wireless" in value for value in mine):
        # A thing whose record speaks of other charging only is not known to charge without a cable.
        return "wireless" in thing.values if "power_plug" in thing.values else None
    return _shares("power_plug", "power_plug")(part, thing)


def _powers(part: Sides, thing: Sides) -> bool | None:
    if not thing.kind.isdisjoint(_PASS_ON):
        return None
    if any("wireless" in value for value in part.values.get("power_plug", ())):
        return None  # a pad gives what it can; a slow charge is one
    plugs = part.values.get("plug", ())
    if "power_plug" in thing.values and plugs and any(_is_usb_c(value) for value in plugs):
        return any(_is_usb_c(value) for value in thing.values["power_plug"]) and _enough(part, thing) is not False
    return _enough(part, thing)


def _is_usb_c(value: str) -> bool:
    return value.startswith(("usb-c", "usb c", "usb4", "usb 4", "thunderbolt"))


def _slim_enough(part: Sides, thing: Sides) -> bool | None:
    # A heatsink is too tall for the slot of a notebook.
    return False if "heatsink" in part.values and not thing.kind.isdisjoint(("notebook", "laptop")) else None


_enough = _at_least("watts", "watts")


def _rule(nouns: str, check: Check, own: str, other: str, *, only_excludes: bool = False) -> _Rule:
    return _Rule(frozenset(nouns.split()), check, tuple(own.split()), tuple(other.split()), only_excludes)


_RULES = (
    _rule("", _made_for, "made_for", "model"),
    _rule("lens", _shares("lens_mount", "lens_mount"), "lens_mount", "lens_mount"),
    _rule("ram memory dimm module", _shares("memory_type", "memory_type"), "memory_type", "memory_type"),
    _rule("processor cpu cooler", _shares("socket", "socket"), "socket", "socket"),
    _rule("ssd", _slim_enough, "heatsink", "drive_slot", only_excludes=True),
    _rule("ssd drive disk", _shares("drive", "drive_slot"), "drive", "drive_slot"),
    _rule("arm mount bracket", _shares("vesa", "vesa"), "vesa", "vesa"),
    _rule("arm mount bracket", _at_least("load", "weight"), "load", "weight", only_excludes=True),
    _rule("arm mount bracket", _at_least("holds_screen", "screen"), "holds_screen", "screen", only_excludes=True),
    _rule("backpack bag briefcase stand", _at_least("holds_screen", "screen"), "holds_screen", "screen"),
    _rule("sleeve case cover folio", _sleeves, "holds_screen", "screen"),
    _rule("protector", _same_screen, "screen", "screen"),
    _rule("ink toner cartridge drum ribbon", _shares("cartridge", "cartridge"), "cartridge", "cartridge"),
    _rule("paper label", _shares("suits", "printing"), "suits", "printing"),
    _rule("charger adapter bank supply", _charges, "power_plug", "power_plug wireless"),
    _rule("charger adapter bank supply dock station", _powers, "watts", "power_plug watts", only_excludes=True),
    _rule("dock station", _plugs_in, "plug", "ports power_plug"),
    _rule("cable", _plugs_in, "plug", "ports power_plug"),
    _rule("hub", _plugs_in, "plug", "ports power_plug"),
    _rule("battery charger supply", _shares("voltage", "voltage"), "voltage", "voltage"),
    _rule("stylus pen pencil", _shares("pen", "pen"), "pen", "pen"),
    _rule("strap band", _shares("lug", "lug"), "lug", "lug"),
    _rule("card", _shares("card", "card"), "card", "card"),
    _rule("battery", _shares("battery", "battery"), "battery", "battery"),
    _rule("extender repeater", _shares("mesh", "mesh"), "mesh", "mesh"),
    _rule("controller gamepad game", _shares("platform", "platform"), "platform", "platform"),
    _rule("bulb", _shares("bulb", "bulb"), "bulb", "bulb"),
    _rule("capsule pod", _shares("capsule", "capsule"), "capsule", "capsule"),
    _rule("bean", _shares("coffee", "coffee"), "coffee", "coffee"),
    _rule("grinder", _shares("suits", "brewer"), "suits", "brewer"),
    _rule("bag filter", _any_of(_shares("bag", "bag"), _shares("filter", "filter")), "bag filter", "bag filter"),
)


def sides(product: Product) -> Sides:
    """What the rules read of a product; made once, it may be compared with many others."""
    values: dict[str, tuple[str, ...]] = {}
    lacks: set[str] = set()
    said: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, stated in product.attributes.items():
        role = _ROLE_OF.get(attribute_key(name))
        kept = tuple(value for value in stated if fold(value) not in _ABSENT) if role else ()
        if role and kept and role not in values:
            values[role] = tuple(fold(value) for value in kept)
            said[role] = (attribute_key(name).replace("_", " "), kept)
        elif role and stated and not kept:
            lacks.add(role)
    brand = fold(product.brand)
    models = values.get("model", ())
    names = frozenset(name for model in models for name in (model, f"{brand} {model}") if brand or " " in model)
    kind = fold(kind_of(product))
    heads = {form for phrase in _AND.split(kind) for form in _forms(phrase)}
    rules = tuple(
        rule
        for rule in _RULES
        if (not rule.nouns or not rule.nouns.isdisjoint(heads)) and any(role in values for role in rule.own)
    )
    return Sides(values, said, frozenset(lacks), names, frozenset(heads), rules)


def _forms(phrase: str) -> tuple[str, ...]:
    """The last word of a kind without its plural ending, which is "es" in "styluses"."""
    last = phrase.split()[-1:]
    return tuple(form for word in last for form in (singular(word), word.removesuffix("es")))


def fit(anchor: Product, other: Product) -> Fit | None:
    """Whether two products fit, whichever of them is the part; None where their records do not tell."""
    return fit_sides(sides(anchor), sides(other))


def fit_sides(anchor: Sides, other: Sides) -> Fit | None:
    """`fit` of two products that are read already.

    All rules that can tell must hold. score = 1 - 0.5 ** (1 + rules that hold): the more that agrees, the surer.
    """
    held: list[str] = []
    for part, thing in ((other, anchor), (anchor, other)):
        for rule in part.rules:
            if rule in thing.rules and rule.nouns:
                continue  # two parts of one sort, such as two chargers: neither is for the other
            answer = rule.check(part, thing)
            if answer is False:
                return Fit(0.0, _reason(rule, part, thing, holds=False))
            if answer and not rule.only_excludes:
                held.append(_reason(rule, part, thing, holds=True))
    return Fit(1 - 0.5 ** (1 + len(held)), "; ".join(held)) if held else None


def _reason(rule: _Rule, part: Sides, thing: Sides, *, holds: bool) -> str:
    """The attributes of a rule with their values, the part's first: "charging watts 65 W for charging watts 45 W"."""
    mine = next((part.said[role] for role in rule.own if role in part.said), ("", ()))
    theirs = next((thing.said[role] for role in rule.other if role in thing.said), ("", ()))
    shared = [value for value in mine[1] if fold(value) in {fold(one) for one in theirs[1]}]
    if holds and shared:
        return f"{mine[0]} {', '.join(shared)}"
    sign = "for" if holds else "not for"
    return f"{mine[0]} {', '.join(mine[1])} {sign} {theirs[0]} {', '.join(theirs[1])}".rstrip()


def _numbers(side: Sides, role: str) -> Sequence[float]:
    """The measures of a role: lengths in inches, weights in kilograms, power in watts."""
    found = []
    for value in side.values.get(role, ()):
        measure = _MEASURE.search(value)
        if measure:
            found.append(float(measure[1].replace(",", ".")) * _TO_BASE.get(measure[2] or "", 1.0))
    return found
