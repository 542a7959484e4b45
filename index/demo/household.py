"""Kinds of the household: light, safe power, coffee and clean floors."""

from index.demo.kinds import Draft, Draw

SYSTEMS = {"Mokkavi": "Tondo", "Tamperly": "Cupola", "Halden Home": "Petalo"}
BAGS = {"Dustrel": ("DB-4", "DB-6"), "Sweepling": ("SW-2", "SW-2"), "Halden Home": ("HH-1", "HH-1")}


def _lamp(d: Draw, words: str, code: str, name: str, base: float) -> Draft:
    built_in = d.chance(0.4)
    socket = "built-in LED" if built_in else d.one("E27|E27|GU10|E14")
    material = d.one("steel|oak|aluminum|linen|ceramic|paper")
    dim = d.chance(0.7 if built_in else 0.3)
    smart = built_in and d.chance(0.45)
    lumen: dict[str, str | list[str]] = {"brightness": f"{d.rng.randrange(400, 1400, 50)} lm"} if built_in else {}
    model = d.model(words, code)
    return Draft(
        f"{model} {'Smart ' if smart else ''}{name}, {material}, {socket if built_in else 'socket ' + socket}",
        base
        + {"oak": 24, "linen": 14, "ceramic": 18}.get(material, 5)
        + (22 if built_in else 0)
        + (18 if smart else 0)
        + (8 if dim else 0),
        {
            "model": model,
            "bulb_socket": socket,
            **lumen,
            "material": material,
            "dimmable": "Yes" if dim else "No",
            "connection": ["Wi-Fi"] if smart else ["switch on the cable"],
            "height": f"{d.rng.randrange(34, 62, 2) if base < 30 else d.rng.randrange(138, 182, 4)} cm",
            "color": d.one("White|Black|Beige|Green|Blue|Red|Gray"),
        },
    )


def desk_lamp(d: Draw) -> Draft:
    return _lamp(d, "Firefly|Heron|Dusk|Wren|Scholar|Candela|Owl", "DL", "Desk Lamp", 21)


def floor_lamp(d: Draw) -> Draft:
    return _lamp(d, "Birchlight|Lantern|Stork|Moonrise|Reading Tree|Mast", "FL", "Floor Lamp", 58)


def light_bulb(d: Draw) -> Draft:
    socket = d.one("E27|E27|GU10|E14")
    smart = d.chance(0.4)
    lumen = {"GU10": d.one("230|350|500"), "E14": d.one("250|470")}.get(socket) or d.one("470|806|1055|1521")
    tint = "2200 to 6500 K" if smart and d.chance(0.6) else d.one("2700 K|2700 K|3000 K|4000 K")
    pieces = d.one("1|2|3|4") if not smart else d.one("1|2")
    shape = "spot" if socket == "GU10" else d.one("candle") if socket == "E14" else d.one("classic|globe|filament")
    model = d.model("Ember|Glow|Marigold|Daybreak|Hearth|Lumina Leaf|Kindle Lane", "LB")
    return Draft(
        f"{model} {'Smart ' if smart else ''}LED Bulb {socket}, {lumen} lm, {shape}"
        + (f", {pieces}-pack" if pieces != "1" else ""),
        (3.5 + int(lumen) * 0.0035 + (8 if smart else 0)) * int(pieces) * 0.92,
        {
            "model": model,
            "bulb_socket": socket,
            "brightness": f"{lumen} lm",
            "light_color": tint,
            "shape": shape,
            "dimmable": "Yes" if smart else d.one("Yes|No"),
            "connection": ["Wi-Fi"] if smart else ["wall switch"],
            "pieces": pieces,
            "power_draw": f"{max(2, round(int(lumen) / 105))} W",
            "lifetime": d.one("15000 h|25000 h"),
        },
    )


def smart_plug(d: Draw) -> Draft:
    meter, outdoor = d.chance(0.6), d.chance(0.25)
    pieces = d.one("1|2|4")
    load = d.one("10|13|16")
    model = d.model("Sprig|Latch|Pixie|Toggle", "SM")
    return Draft(
        f"{model} {'Outdoor ' if outdoor else ''}Smart Plug, {load} A" + (f", {pieces}-pack" if pieces != "1" else ""),
        (9 + (4 if meter else 0) + (6 if outdoor else 0)) * int(pieces) * 0.88,
        {
            "model": model,
            "connection": d.one("Wi-Fi|Bluetooth"),
            "max_current": f"{load} A",
            "energy_meter": "Yes" if meter else "No",
            "place": "outdoors" if outdoor else "indoors",
            "pieces": pieces,
            "color": "Black" if outdoor else "White",
        },
    )


def power_strip(d: Draw) -> Draft:
    sockets = d.one("3|4|5|6|8")
    usb = d.chance(0.4)
    surge = d.chance(0.6)
    length = d.one("1.5 m|2 m|3 m|5 m")
    model = d.model("Row|Tableau|Column|Terrace", "ES")
    extra: dict[str, str | list[str]] = {"ports": ["USB-C", "USB-A"]} if usb else {}
    return Draft(
        f"{model} Power Strip, {sockets} sockets, {length}"
        + (", USB" if usb else "")
        + (", surge protection" if surge else ""),
        9 + int(sockets) * 1.9 + (9 if usb else 0) + (7 if surge else 0) + float(length.split()[0]),
        {
            "model": model,
            "sockets": sockets,
            "cable_length": length,
            **extra,
            "surge_protection": "Yes" if surge else "No",
            "switch": d.one("one for all|each socket|none"),
            "color": d.one("White|Black"),
        },
    )


def coffee_machine(d: Draw) -> Draft:
    form = "capsule" if d.brand.name in SYSTEMS and d.chance(0.6) else d.one("espresso|bean-to-cup|filter|filter")
    model = d.model("Piazza|Matins|Ristretto Row|Corner Cup|Portico|Aurora", "CM")
    tank = f"{d.one('0.7|0.9|1.2') if form == 'capsule' else d.one('1.2|1.5|1.8')} L"
    milk = form != "filter" and d.chance(0.45)
    system: dict[str, str | list[str]] = {"capsule_system": SYSTEMS[d.brand.name]} if form == "capsule" else {}
    coffee = {"capsule": "capsules", "bean-to-cup": "whole beans"}.get(form, "ground coffee")
    name = {
        "capsule": "Capsule Coffee Machine",
        "espresso": "Espresso Machine",
        "bean-to-cup": "Bean-to-Cup Coffee Machine",
        "filter": "Filter Coffee Maker",
    }[form]
    return Draft(
        f"{model} {name}"
        + (f", {SYSTEMS[d.brand.name]} system" if system else "")
        + (", milk frother" if milk else ""),
        {"capsule": 75, "espresso": 210, "bean-to-cup": 420, "filter": 48}[form] + (40 if milk else 0),
        {
            "model": model,
            "machine_type": form,
            **system,
            "coffee_form": coffee,
            "water_tank": tank,
            "milk_frother": "Yes" if milk else "No",
            "heating_time": f"{d.rng.randrange(20, 60, 5)} s",
            "power_draw": f"{d.rng.randrange(900, 1600, 50)} W",
            "color": d.one("Black|White|Red|Silver|Green"),
        },
    )


_ROASTS = "Harbor Morning|Dark Alley|Long Sunday|Velvet Hour|Copper Hill|Night Train|Blue Door|Second Cup|Rainy Day"


def coffee_capsules(d: Draw) -> Draft:
    system = list(SYSTEMS.values())[d.number % 3]
    pieces = d.one("10|16|32|50|80")
    strength = d.rng.randint(3, 11)
    decaf = d.chance(0.15)
    taste = d.one("chocolate|hazelnut|red berries|caramel|citrus|toast|malt")
    name = d.one(_ROASTS)
    if name + system + d.brand.name in d.taken:
        name = f"{name} {d.one('Lungo|Forte|Dolce|Reserve|Lite')}"
    d.taken.add(name + system + d.brand.name)
    return Draft(
        f"{name} {'Decaf ' if decaf else ''}Coffee Capsules for {system}, {pieces} pieces",
        2.4 + int(pieces) * 0.31,
        {
            "model": name,
            "capsule_system": system,
            "pieces": pieces,
            "strength": f"{strength} of 12",
            "taste": taste,
            "caffeine": "No" if decaf else "Yes",
            "material": d.one("aluminum|compostable|compostable"),
        },
    )


def coffee_beans(d: Draw) -> Draft:
    grams = d.one("250|500|1000")
    roast = d.one("light|medium|medium|dark")
    taste = d.one("chocolate|hazelnut|red berries|caramel|citrus|toast|malt")
    name = f"{d.one(_ROASTS)} {d.one('Beans|House Beans|Espresso Beans|Single Farm')}"
    if name + grams in d.taken:
        name = f"{name} No. {d.rng.randint(2, 9)}"
    d.taken.add(name + grams)
    return Draft(
        f"{name}, whole coffee beans, {roast} roast, {grams} g",
        3.5 + int(grams) * 0.019,
        {
            "model": name,
            "coffee_form": "whole beans",
            "weight": f"{grams} g",
            "roast": roast,
            "taste": taste,
            "strength": f"{ {'light': d.rng.randint(3, 5), 'medium': d.rng.randint(5, 8)}.get(roast, 10) } of 12",
            "organic": d.one("Yes|No"),
        },
    )


def coffee_grinder(d: Draw) -> Draft:
    hand = d.chance(0.35)
    burr = "ceramic conical" if hand and d.chance(0.5) else d.one("steel conical|steel flat")
    steps = d.rng.randrange(12, 61, 4)
    model = d.model("Mill House|Quern|Pepperbox|Miller|Gristle Creek", "CG")
    return Draft(
        f"{model} {'Hand' if hand else 'Electric'} Coffee Grinder, {burr} burrs",
        30 + (0 if hand else 55) + steps * 0.8 + (35 if burr == "steel flat" else 0),
        {
            "model": model,
            "drive": "hand" if hand else "electric",
            "burrs": burr,
            "grind_settings": f"{steps}",
            "capacity": f"{d.rng.randrange(25, 45, 5) if hand else d.rng.randrange(150, 320, 10)} g",
            "suits": ["filter", "espresso"] if steps > 30 else ["filter"],
            "coffee_form": "whole beans",
            "color": d.one("Black|Silver|White|Red"),
        },
    )


def kettle(d: Draw) -> Draft:
    spout = d.one("standard|standard|gooseneck")
    volume = d.one("0.8|1") if spout == "gooseneck" else d.one("1|1.5|1.7")
    material = d.one("steel|steel|glass|plastic")
    temps = d.chance(0.4)
    model = d.model("Whistler|Puffin|Teatime|Billow|Brookside", "KE")
    return Draft(
        f"{model} {'Gooseneck ' if spout == 'gooseneck' else ''}Electric Kettle, {volume} L, {material}",
        20 + (28 if spout == "gooseneck" else 0) + {"steel": 12, "glass": 10}.get(material, 0) + (20 if temps else 0),
        {
            "model": model,
            "capacity": f"{volume} L",
            "material": material,
            "spout": spout,
            "temperature_control": "Yes" if temps else "No",
            "keep_warm": "Yes" if temps and d.chance(0.6) else "No",
            "power_draw": d.one("1200 W|1800 W|2200 W"),
            "color": "Silver" if material == "steel" else d.one("White|Black|Green|Red|Blue"),
        },
    )


def vacuum_robot(d: Draw) -> Draft:
    empty = d.chance(0.55)
    mop = d.chance(0.5)
    guide = d.one("laser|laser|camera|bump sensors") if d.brand.name == "Dustrel" else d.one("laser|bump sensors")
    bag = d.rng.choice(BAGS[d.brand.name])
    extra: dict[str, str | list[str]] = {"dust_bag_type": bag} if empty else {}
    model = d.model("Badger|Hedgehog|Marten|Beetle|Mole", "VR")
    return Draft(
        f"{model} Robot Vacuum" + (" with mop" if mop else "") + (", self-emptying dock" if empty else ""),
        145 + (170 if empty else 0) + (55 if mop else 0) + {"laser": 90, "camera": 110}.get(guide, 0),
        {
            "model": model,
            "navigation": guide,
            "mop": "Yes" if mop else "No",
            "self_emptying": "Yes" if empty else "No",
            **extra,
            "filter_set": f"{d.brand.name} FS",
            "suction": f"{d.rng.randrange(2500, 9000, 500)} Pa",
            "battery_life": f"{d.rng.randrange(90, 200, 10)} min",
            "noise": f"{d.rng.randint(55, 68)} dB",
            "height": f"{d.rng.randrange(76, 100, 2)} mm",
            "color": d.one("Black|White"),
        },
    )


def vacuum_bags(d: Draw) -> Draft:
    own = d.brand.name in BAGS
    makers = [d.brand.name] if own else list(BAGS)
    maker = makers[d.number % len(makers)]
    model_code = d.one("DB-4|DB-6") if maker == "Dustrel" else BAGS[maker][0]
    filters = d.chance(0.4)
    pieces = d.one("1|2|3") if filters else d.one("3|4|6|8|12")
    what = f"{maker} FS" if filters else model_code
    extra: dict[str, str | list[str]] = {"filter_set": f"{maker} FS"} if filters else {"dust_bag_type": model_code}
    unit = ("set" if pieces == "1" else "sets") if filters else "pieces"
    name = f"{what} {'Filter and Brush Set' if filters else 'Dust Bags'}, {pieces} {unit}"
    material = (
        d.one("washable filter|fine dust filter")
        if filters
        else d.one("three-layer fleece|paper|fleece with odor trap")
    )
    return Draft(
        f"{name}, {material}".removeprefix("" if not own else f"{maker} ") + ("" if own else f", for {maker} robots"),
        (11 if filters else 2.6) * int(pieces) * (0.85 if int(pieces) > 4 else 1) + 3,
        {
            "model": what,
            **extra,
            "pieces": pieces,
            "vacuum_brand": maker,
            "material": material,
            "origin": "original" if own else "compatible",
        },
    )
