"""Features of made-up products: "weight: 78 g", "connection: Bluetooth", "dimmable", as a record would state them.

Knows words and ranges of numbers only; which products there are stands in `finetune.trades`.
"""

import random
import re
from collections.abc import Mapping, Sequence

# Name: values. A value in brackets is a range of numbers, low-high, with the steps behind it.
_OF_ALL = """
weight: [30-950/5] g; [1-24/0.1] kg
length: [20-240/5] cm; [1-9/0.5] m
width: [8-190/1] cm
height: [3-210/1] cm
volume: [1-60/1] L; [100-900/50] ml
capacity: [1-30/1] L; [2-64/2] pieces
material: aluminum; oak; bamboo; steel; cork; recycled plastic; glass; ceramic; nylon; linen; leather; silicone
color: black; white; navy; sage green; sand; red; silver; light gray; terracotta; lilac
pieces: [2-48/1]
origin: Portugal; Denmark; Japan; Peru; Wales
warranty: [1-10/1] years
finish: matte; brushed; glossy; hammered; raw
pattern: plain; striped; dotted; checked
style: classic; modern; rustic; minimal
closure: zip; buckle; drawstring; hook and loop; magnetic
use: outdoors; home; office calls; travel; everyday; children
max load: [2-150/1] kg
"""
_OF_TRADE: Mapping[str, str] = {
    "electronics": """
connection: Bluetooth; USB-C; 2.4 GHz; USB receiver; Wi-Fi; cable; wireless
memory: [4-64/4] GB
storage: [64-960/64] GB; [1-8/1] TB
battery life: [4-60/1] h
battery capacity: [900-26000/100] mAh
screen size: [5-55/0.1] in
resolution: 1920x1080; 2560x1440; 3840x2160
refresh rate: [60-240/15] Hz
panel: IPS; VA; OLED
ports: USB-C, HDMI; USB-A; Ethernet; USB-C, USB-A
charging watts: [18-240/1] W
brightness: [200-1600/50] lm
noise: [17-55/1] dB
resistance: IP67; splashes; dust
switches: linear mechanical; rubber dome; tactile
layout: full size; compact; split
page yield: [120-9000/10] pages
paper size: A4; Letter; A5
speed: [9-60/1] ppm; [90-7400/50] MB/s
processor: [2-24/2]-core
graphics: integrated; dedicated
camera: [8-200/2] MP
microphone: stereo; fixed; detachable
coverage: [60-320/10] m2
cable length: [0.5-5/0.1] m
lens mount: K-mount; round mount
drivers: [6-53/1] mm
impedance: [16-250/2] ohm
for model: Tern 150; Comet 3; Vesper 220
buttons: [2-12/1]
""",
    "groceries": """
net weight: [80-950/10] g; [1-10/0.5] kg
roast: dark; medium; light
taste: caramel; citrus; hazelnut; smoky; red berries; vanilla
servings: [2-40/1]
protein: [2-40/1] g
sugar: [1-30/1] g
fat: [1-40/0.5] g
bags: [10-100/5]
cocoa: [40-99/1] %
strength: [1-12/1] of 12
fat content: [1-45/0.5] %
size: [6-64/1] oz; [1-5/1] lb
form: whole beans; ground; capsules; powder; loose leaf
storage: cool and dry; frozen; chilled
flavor: lemon; sea salt; chili; cinnamon; mint; strawberry
""",
    "clothing and shoes": """
cut: slim; regular; loose; relaxed
sleeves: long; short
neckline: round; V-neck; high
fabric: cotton; merino wool; linen; fleece; denim; viscose
lining: fleece; silk; mesh
sole: rubber; crepe; foam
heel height: [1-10/0.5] cm
waist: high; mid; low
size: S; M; XL; [36-47/1]; [28-40/1]
pockets: [1-8/1]
drop: [4-12/1] mm
season: winter; summer; spring
washing: hand wash; 30 degrees
""",
    "tools": """
voltage: [12-40/2] V
torque: [10-180/5] Nm
chuck: [10-13/1] mm
blade length: [8-40/1] cm
power: [250-2400/50] W
teeth: [20-80/2]
handle: beech; rubber; fiberglass
battery type: lithium-ion
drive: hex; square
speed levels: [2-24/1]
""",
    "books": """
pages: [48-900/2]
binding: hardcover; paperback; spiral
language: English; Spanish; French
reading age: [3-14/1] years
format: pocket; large print
author: Ilse Marwick; Tom Ferrand; Oda Lindqvist
edition: second; revised; first
setting: a lighthouse; a village; the moon
""",
    "home": """
seat height: [38-62/1] cm
armrests: adjustable; fixed
back: mesh; upholstered
shelves: [2-7/1]
bulb socket: E27; GU10; E14
light color: [2200-6500/100] K
thread count: [120-800/20]
filling: down; cotton; foam
heat settings: [2-9/1]
programs: [3-18/1]
""",
}
_FLAGS: Mapping[str, str] = {
    "electronics": "backlight; noise canceling; dimmable; kickstand; wireless charging; fast charging; touchscreen; "
    "stylus; remote control; mute key; height adjustable; foldable; weather sealing; duplex printing; card reader",
    "groceries": "gluten free; organic; fair trade; vegan; decaffeinated; resealable; unsweetened; lactose free",
    "clothing and shoes": "waterproof; hood; lined; reflective strips; breathable; hidden pocket; machine washable",
    "tools": "brushless; carrying case; laser guide; dust bag; cordless; quick release",
    "books": "illustrated; index; slipcase; glossary; maps",
    "home": "dimmable; washable; stackable; adjustable; removable cover; timer; child lock; foldable",
}
_RANGE = re.compile(r"\[([\d.]+)-([\d.]+)/([\d.]+)\]")


def features(trade: str, rng: random.Random, most: int) -> list[str]:
    """Some features of a product of a trade, each name at most once; of any trade for one that is not known here."""
    own = trade if trade in _OF_TRADE else rng.choice(list(_OF_TRADE))
    rows = [*_rows(_OF_TRADE[own]), *_rows(_OF_TRADE[own]), *_rows(_OF_ALL)]
    found: dict[str, str] = {}
    for name, values in rng.sample(rows, min(len(rows), most)):
        found[name] = f"{name}: {_value(rng.choice(values), rng)}"
    if rng.random() < 0.35:
        flag = rng.choice(_FLAGS[own].split("; "))
        found[flag] = flag
    told = list(found.values())
    rng.shuffle(told)
    return told[:most]


def flags(trade: str) -> Sequence[str]:
    """What products of a trade may have, by name."""
    return _FLAGS.get(trade, _FLAGS["home"]).split("; ")


def _rows(text: str) -> list[tuple[str, list[str]]]:
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    return [(name, [value.strip() for value in values.split(";")]) for name, _, values in lines]


def _value(text: str, rng: random.Random) -> str:
    found = _RANGE.search(text)
    if not found:
        return text
    low, high, step = map(float, found.groups())
    number = low + step * rng.randint(0, int((high - low) / step))
    return _RANGE.sub(f"{round(number, 2):g}", text)
