"""One flat picture a kind, drawn from a few shapes on a pale tile, so that it stands on light and dark pages alike.

A picture is a line of shapes separated by ";" in a square of 120:

    R x y width height rounding color        a rectangle
    C x y radius color                       a disc
    O x y radius width color                 a ring
    L x1 y1 x2 y2 width color                a line with round ends
    P path color                             a filled path
    S path width color                       a stroked path

Colors: d dark, m middle, g gray, l light, a the accent of the department. No text, no scripts, no references.
"""

from index.demo.store import KINDS

_INK = {"d": "#2d3748", "m": "#667389", "g": "#b9c3d1", "l": "#f8fafc"}
# Department (the first segment of a path) -> tile and accent.
_TINTS = {
    "Computers": ("#dbe7f6", "#2f74c0"),
    "Office": ("#e6e9dc", "#6d8a2f"),
    "Phones & Tablets": ("#e9e1f5", "#7d4fb8"),
    "Photo": ("#f8e6d6", "#c8692c"),
    "Audio": ("#fbdfe3", "#c43f5b"),
    "Network": ("#d8eeea", "#1f8a7a"),
    "TV & Home Cinema": ("#e0e3ee", "#4a56a8"),
    "Gaming": ("#dff0dc", "#3a9a44"),
    "Home": ("#f7edce", "#b98a14"),
}

# A kind and its shapes; set-in lines go on.
_SHAPES = """
notebook: R 28 30 64 44 4 d; R 32 34 56 36 2 a; P M18 80 H102 L98 90 H22 Z m; R 52 80 16 4 1 g
desktop: R 40 18 40 84 4 d; R 46 26 28 5 1 m; R 46 35 28 5 1 m; C 60 58 4 a; R 46 76 28 3 1 m; R 46 83 28 3 1 m;
  R 46 90 28 3 1 m
mainboard: R 22 22 76 76 4 a; R 34 34 28 28 2 d; R 40 40 16 16 1 g; R 70 30 5 42 1 l; R 79 30 5 42 1 l;
  R 32 76 44 5 1 l; R 32 85 44 5 1 d
cpu: R 32 32 56 56 4 d; R 42 42 36 36 2 g; R 50 50 20 20 2 a; S M42 24 V32 M54 24 V32 M66 24 V32 M78 24 V32 M42
  88 V96 M54 88 V96 M66 88 V96 M78 88 V96 M24 42 H32 M24 54 H32 M24 66 H32 M24 78 H32 M88 42 H96 M88 54 H96 M88
  66 H96 M88 78 H96 4 m
ram: R 14 42 92 32 3 a; R 22 48 14 16 1 d; R 42 48 14 16 1 d; R 62 48 14 16 1 d; R 82 48 14 16 1 d;
  R 18 74 38 6 0 g; R 62 74 40 6 0 g
ssd: R 14 46 92 28 2 d; R 24 50 26 20 1 m; R 56 50 26 20 1 m; R 88 50 8 8 1 a; R 102 50 8 20 0 g
external-drive: R 32 24 56 72 8 d; R 40 32 40 40 4 m; C 60 84 3 a; S M60 24 V14 H84 4 g
monitor: R 18 24 84 54 4 d; R 22 28 76 46 2 a; R 54 78 12 12 0 m; R 40 90 40 6 3 m
dock: R 18 50 84 30 6 d; R 26 60 12 8 1 g; R 44 60 16 8 1 g; R 66 60 16 8 1 g; C 92 64 3 a;
  S M18 64 H8 V30 H40 4 m
usb-hub: R 40 40 66 28 6 d; R 46 50 10 8 1 g; R 62 50 10 8 1 g; R 78 50 10 8 1 g; S M40 54 H22 5 m;
  R 12 46 12 16 2 a
laptop-charger: R 34 40 46 34 6 d; L 57 57 57 57 6 a; S M34 57 Q16 57 16 84 T40 98 4 m; S M80 57 H94 V36 4 m;
  R 88 20 12 16 2 g
laptop-sleeve: R 20 32 80 58 8 a; R 26 38 68 46 5 m; L 30 44 90 44 3 l; C 90 44 4 d
backpack: P M34 98 V50 Q34 24 60 24 Q86 24 86 50 V98 Z a; R 44 62 32 28 5 d; L 50 70 70 70 3 g;
  S M50 26 Q60 8 70 26 5 m; R 28 58 8 34 4 m; R 84 58 8 34 4 m
laptop-stand: P M22 50 L92 40 L94 47 L24 57 Z d; S M34 58 L60 96 H96 6 m; S M84 50 L64 94 6 m;
  P M30 36 L88 28 L92 38 L28 47 Z a
mouse: P M60 22 Q86 22 86 52 V70 Q86 98 60 98 Q34 98 34 70 V52 Q34 22 60 22 Z d; R 56 34 8 18 4 a;
  L 60 24 60 32 2 m; L 36 60 84 60 2 m
keyboard: R 12 42 96 38 5 d; R 18 48 10 8 1 g; R 32 48 10 8 1 g; R 46 48 10 8 1 g; R 60 48 10 8 1 g;
  R 74 48 10 8 1 g; R 88 48 14 8 1 a; R 18 60 14 8 1 g; R 36 60 10 8 1 g; R 50 60 10 8 1 g; R 64 60 10 8 1 g;
  R 78 60 24 8 1 g; R 34 71 52 6 1 g
mouse-pad: R 18 30 84 62 8 a; R 22 34 76 54 6 m;
  P M70 42 Q84 42 84 58 V68 Q84 82 70 82 Q56 82 56 68 V58 Q56 42 70 42 Z d
monitor-arm: R 18 92 34 6 2 d; S M34 92 V60 L66 34 H78 7 m; C 34 60 6 d; C 66 34 6 d; R 76 18 28 42 3 a
webcam: C 60 48 28 d; C 60 48 17 a; C 60 48 8 d; C 66 42 3 l; R 54 76 12 10 0 m; R 36 86 48 10 5 m
usb-c-cable: S M30 36 V64 Q30 96 60 82 Q92 64 90 84 6 a; R 23 16 14 22 3 d; R 27 10 6 8 1 g; R 83 82 14 22 3 d;
  R 87 102 6 8 1 g
hdmi-cable: S M32 40 V64 Q32 98 60 84 Q88 66 88 80 6 m; P M20 18 H44 V32 L40 40 H24 L20 32 Z d;
  R 24 10 16 8 1 g; P M76 102 H100 V88 L96 80 H80 L76 88 Z d; R 80 102 16 8 1 g
printer: R 34 16 52 30 2 l; R 20 42 80 38 6 d; R 32 68 56 34 2 l; L 42 80 78 80 3 g; L 42 90 70 90 3 g;
  C 88 52 4 a
ink: R 36 30 48 64 5 d; R 42 40 36 26 2 l; P M60 44 Q70 56 60 62 Q50 56 60 44 Z a; R 48 22 24 8 2 m;
  R 36 78 48 6 0 m
toner: R 14 48 92 28 5 d; R 22 40 76 10 3 m; C 26 62 7 g; C 94 62 7 g; R 40 56 40 12 2 a
paper: R 30 24 58 74 2 g; R 34 20 58 74 2 l; L 44 36 82 36 3 g; L 44 48 82 48 3 g; L 44 60 82 60 3 g;
  L 44 72 66 72 3 a
desk: R 12 44 96 9 2 a; R 20 53 7 46 1 d; R 93 53 7 46 1 d; R 62 53 31 24 2 m; L 74 65 82 65 3 l
office-chair: R 40 14 40 44 10 a; R 34 60 52 12 6 d; R 56 72 8 18 0 m;
  S M60 88 L36 100 M60 88 L84 100 M60 88 V102 5 d; C 34 102 4 m; C 60 104 4 m; C 86 102 4 m;
  S M34 48 H26 V64 5 m; S M86 48 H94 V64 5 m
phone: R 40 18 40 84 8 d; R 44 26 32 66 2 a; L 54 97 66 97 2 g
phone-case: R 36 14 48 92 12 a; R 42 20 36 80 8 m; R 44 24 16 16 5 d; C 50 30 3 g; C 56 35 2 g
screen-protector: R 40 18 40 84 8 d; R 44 26 32 66 2 m; P M56 14 H92 V98 H56 Z l;
  S M62 30 L86 22 M62 44 L86 36 3 g
phone-charger: R 36 42 48 48 8 d; R 46 26 6 18 1 g; R 68 26 6 18 1 g; P M62 50 L50 68 H59 L56 82 L70 62 H61 Z a
power-bank: R 36 20 48 80 8 d; C 48 32 3 a; C 56 32 3 a; C 64 32 3 a; C 72 32 3 m;
  P M63 46 L48 70 H58 L55 90 L72 62 H62 Z a
tablet: R 26 16 68 88 7 d; R 31 22 58 74 2 a; C 60 100 2 g
stylus: P M84 16 L96 28 L44 84 L32 88 L34 76 Z d; P M34 76 L32 88 L44 84 Z a; L 24 98 60 98 4 m
tablet-case: P M22 22 H54 V98 H22 Z m; P M54 22 L96 30 V104 L54 98 Z a; P M60 32 L90 37 V95 L60 91 Z d
smartwatch: R 46 10 28 24 4 m; R 46 86 28 24 4 m; R 36 30 48 60 14 d; R 42 36 36 48 9 a; S M60 48 V60 H70 4 l
watch-strap: R 46 10 28 36 5 a; R 46 74 28 36 5 a; C 60 86 2 d; C 60 94 2 d; C 60 102 2 d; R 50 18 20 5 2 d;
  O 60 60 13 4 m
camera: R 16 38 88 56 8 d; R 44 26 32 16 4 d; C 60 66 23 m; C 60 66 16 a; C 60 66 8 d; C 66 60 3 l;
  R 86 44 10 6 2 g
lens: R 26 38 16 48 3 d; R 42 32 40 60 4 m; R 52 32 6 60 0 d; R 66 32 6 60 0 d; R 82 26 14 72 4 d;
  R 96 34 4 56 2 a
memory-card: P M34 16 H76 L88 30 V104 H34 Z d; R 40 22 6 14 1 g; R 50 22 6 14 1 g; R 60 22 6 14 1 g;
  R 70 22 5 14 1 g; R 42 52 38 40 3 a
camera-bag: R 20 44 80 54 8 a; P M20 52 Q20 44 28 44 H92 Q100 44 100 52 V66 H20 Z d; R 52 60 16 12 2 g;
  S M30 44 Q60 -4 90 44 5 m
tripod: R 44 18 32 20 4 d; C 60 28 6 a; R 56 38 8 14 1 m; S M60 50 L34 104 M60 50 L86 104 M60 50 V100 6 d;
  C 60 52 7 m
camera-battery: R 34 28 52 66 5 d; R 42 20 10 8 1 g; R 56 20 10 8 1 g; R 34 40 52 30 0 a;
  P M63 44 L52 58 H59 L57 68 L68 53 H61 Z l
headset: S M28 66 V56 Q28 24 60 24 Q92 24 92 56 V66 7 d; R 20 58 18 30 7 a; R 82 58 18 30 7 a;
  S M91 88 Q88 102 68 102 4 m; R 54 97 16 10 5 d
headphones: S M26 68 V58 Q26 22 60 22 Q94 22 94 58 V68 8 d; R 16 60 24 38 10 a; R 80 60 24 38 10 a
earbuds: C 42 42 14 d; R 36 46 11 40 5 d; C 46 44 5 a; C 78 42 14 d; R 73 46 11 40 5 d; C 74 44 5 a
speaker: R 34 14 52 92 10 d; C 60 38 11 m; C 60 38 4 a; C 60 76 19 m; C 60 76 8 a
microphone: R 46 14 28 52 14 a; L 50 32 70 32 3 l; L 50 42 70 42 3 l; S M36 50 Q36 78 60 78 Q84 78 84 50 5 d;
  R 57 78 6 18 0 d; R 40 95 40 7 3 d
router: R 18 64 84 28 6 d; C 30 78 3 a; C 41 78 3 a; C 52 78 3 m; L 30 64 24 32 5 m; L 90 64 96 32 5 m;
  S M48 52 Q60 42 72 52 4 a; S M40 43 Q60 27 80 43 4 a
wifi-extender: R 38 46 44 54 8 d; C 60 84 4 a; R 50 100 5 10 1 g; R 65 100 5 10 1 g; S M50 66 Q60 58 70 66 4 l;
  S M46 34 Q60 22 74 34 4 a; S M38 24 Q60 6 82 24 4 a
network-switch: R 12 48 96 28 4 d; R 20 56 13 12 1 g; R 37 56 13 12 1 g; R 54 56 13 12 1 g; R 71 56 13 12 1 g;
  C 94 58 3 a; C 94 67 3 a
tv: R 10 26 100 60 3 d; R 14 30 92 52 1 a; P M14 82 L70 30 H106 V82 Z m; R 28 86 6 10 1 d; R 86 86 6 10 1 d
tv-mount: R 18 26 12 68 2 m; S M30 60 L58 44 L80 60 7 d; C 58 44 5 a; R 80 34 7 52 2 d; R 87 40 14 6 1 m;
  R 87 74 14 6 1 m
soundbar: R 8 54 104 22 8 d; C 24 65 6 m; C 42 65 6 m; C 60 65 3 a; C 78 65 6 m; C 96 65 6 m; R 20 76 8 6 1 m;
  R 92 76 8 6 1 m
streaming-stick: R 26 30 24 58 6 d; R 31 18 14 12 1 g; C 38 76 3 a; R 66 20 26 82 10 m; O 79 40 8 3 l;
  C 79 62 3 a; C 79 74 3 l; C 79 86 3 l
console: R 18 26 30 74 4 d; R 24 32 4 30 2 a;
  P M60 66 Q58 56 70 56 H94 Q104 56 106 66 L110 86 Q108 96 98 90 L92 84 H74 L68 90 Q58 96 56 86 Z m;
  C 72 68 4 l; C 94 68 4 l
controller: P M26 44 Q28 34 42 36 H78 Q92 34 94 44 L106 80 Q106 98 92 92 L78 78 H42 L28 92 Q14 98 14 80 Z d;
  R 32 52 18 6 2 g; R 38 46 6 18 2 g; C 78 50 4 a; C 86 58 4 a; C 70 58 4 a; C 78 66 4 a
game: R 30 16 60 88 4 a; R 36 22 48 64 2 d; P M36 86 L54 56 L66 72 L74 60 L84 86 Z m; C 70 38 7 l;
  R 40 92 30 5 2 l
desk-lamp: R 32 94 48 8 4 d; S M56 94 L40 60 L70 36 5 m; P M58 30 L74 22 L98 48 Q84 62 70 56 Z a; C 86 58 7 l;
  C 40 60 5 d
floor-lamp: P M42 14 H78 L90 46 H30 Z a; R 57 46 6 52 0 d; R 40 97 40 7 3 d; L 76 46 76 60 2 m
light-bulb: C 60 48 30 a; P M44 68 H76 L72 84 H48 Z a; R 48 84 24 6 2 m; R 48 91 24 6 2 m; R 53 98 14 6 3 d;
  S M50 52 L56 62 L64 50 L70 62 3 l
smart-plug: R 28 22 64 76 14 l; C 60 56 22 g; C 51 56 4 d; C 69 56 4 d; R 54 84 12 5 2 a
power-strip: R 10 48 88 26 6 l; C 26 61 8 g; C 50 61 8 g; C 74 61 8 g; C 24 61 2 d; C 28 61 2 d; C 48 61 2 d;
  C 52 61 2 d; C 72 61 2 d; C 76 61 2 d; R 87 56 6 10 1 a; S M98 61 Q112 61 108 88 4 m
coffee-machine: P M26 18 H94 V40 H58 V84 H94 V102 H26 Z d; R 66 40 16 8 2 m; P M64 62 H90 L87 82 H67 Z l;
  L 77 50 77 58 3 a; C 38 30 4 a; R 32 48 18 30 3 m
coffee-capsules: P M18 44 H56 L50 84 H24 Z a; R 14 38 46 7 3 d; P M66 52 H104 L98 92 H72 Z m; R 62 46 46 7 3 d
coffee-beans: P M30 34 L36 16 H84 L90 34 V104 H30 Z a; R 30 34 60 5 0 d;
  P M60 54 Q78 56 74 76 Q66 92 50 84 Q44 66 60 54 Z d; S M60 56 Q56 70 64 84 3 l
coffee-grinder: P M38 20 H82 L74 46 H46 Z m; R 44 46 32 54 4 d; R 50 78 20 16 2 a; R 36 14 48 7 3 d;
  C 60 60 5 g
kettle: P M34 44 H78 L86 96 H28 Z a; R 36 36 40 9 4 d; S M78 50 Q104 50 98 84 6 d; P M34 54 L14 48 L30 72 Z a;
  C 56 32 5 d; R 26 96 62 7 3 m
vacuum-robot: C 60 62 42 d; C 60 62 36 m; C 60 52 12 d; C 60 52 5 a; R 46 80 28 5 2 g;
  S M24 84 L14 96 M30 92 L22 104 3 g
vacuum-bags: P M34 30 H86 L94 102 H26 Z l; R 42 18 36 18 3 m; C 60 27 6 d;
  S M44 56 H76 M42 70 H78 M40 84 H80 3 g; R 50 92 20 5 2 a
"""


def read_shapes(text: str) -> dict[str, str]:
    """The lines of a block like `_SHAPES` by kind, set-in lines joined to the one before."""
    joined = text.strip().replace("\n  ", " ").splitlines()
    parts = (line.partition(": ") for line in joined)
    return {slug: shapes for slug, _, shapes in parts}


SHAPES = read_shapes(_SHAPES)


def draw_pictures() -> dict[str, str]:
    """The SVG text of every kind, by the kind's name in ids; KeyError where a kind has no picture."""
    return {kind.slug: draw(SHAPES[kind.slug], *_TINTS[kind.path.split(" > ")[0]]) for kind in KINDS}


def draw(shapes: str, tile: str, accent: str) -> str:
    """One SVG from a line of shapes; ValueError names a shape that is none of the six."""
    colors = {**_INK, "a": accent}
    body = [f'<rect width="120" height="120" rx="14" fill="{tile}"/>']
    body += [_element(shape.split(), colors) for shape in shapes.split(";")]
    lines = "\n".join(body)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">\n{lines}\n</svg>\n'


def _element(words: list[str], colors: dict[str, str]) -> str:
    kind, *numbers, last = words
    color = colors[last]
    if kind == "R":
        x, y, width, height, rounding = numbers
        return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{rounding}" fill="{color}"/>'
    if kind == "C":
        x, y, radius = numbers
        return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"/>'
    if kind == "O":
        x, y, radius, width = numbers
        return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{color}" stroke-width="{width}"/>'
    if kind == "L":
        x, y, to_x, to_y, width = numbers
        path, ends = f"M{x} {y} L{to_x} {to_y}", width
        return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{ends}" stroke-linecap="round"/>'
    if kind == "P":
        return f'<path d="{" ".join(numbers)}" fill="{color}"/>'
    if kind == "S":
        *path_words, width = numbers
        joins = 'stroke-linecap="round" stroke-linejoin="round"'
        return f'<path d="{" ".join(path_words)}" fill="none" stroke="{color}" stroke-width="{width}" {joins}/>'
    raise ValueError(f"{' '.join(words)!r}, expected a shape that starts with R, C, O, L, P or S")
