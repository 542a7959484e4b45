"""The names of makers, as shoppers write them: a catalogue's own, and well-known ones that it may lack.

Knows records and names. Knows nothing of whether a message wants a maker or will have none of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.tokens import WORD
from index.catalog import Product, fold

# Makers that shoppers name although the shop may not carry them; "not Logitech" must be understood anywhere.
_WELL_KNOWN = """
Acer|Adidas|Amazon|AMD|Anker|Apple|Asus|Beats|Belkin|Bosch|Bose|Braun|Brother|Canon|Casio|Cisco|Corsair|Dell
Duracell|Dyson|Energizer|Epson|Fitbit|Fujifilm|Garmin|Google|GoPro|Hama|Heinz|Hitachi|HP|HTC|Huawei|HyperX|IKEA
Intel|JBL|Kellogg's|Kensington|Kingston|Lenovo|Lexmark|LG|Logitech|Makita|Microsoft|Miele|Motorola|MSI|Nespresso
Nestle|Netgear|Nike|Nikon|Nintendo|Nokia|Nvidia|OnePlus|Oppo|Panasonic|Pepsi|Philips|Puma|Razer|Roku|Samsung|SanDisk
Seagate|Sennheiser|Sharp|Siemens|Sony|Starbucks|SteelSeries|Targus|TCL|Texas Instruments|Toshiba|TP-Link|Tripp Lite
Ubiquiti|Xerox|Xiaomi|Zebra
"""


def makers_by_name(products: Iterable[Product]) -> dict[str, str]:
    """The makers in the catalogue's spelling, else as they are known, by every name that one may write."""
    own = Counter(product.brand for product in products if product.brand)
    known = [name for name in _WELL_KNOWN.replace("\n", "|").split("|") if name]
    found = {spaced(name): name for name in known}
    for name in (*known, *own):
        # "oral b", "tplink": hyphens are left out, or never typed.
        plain = fold(name)
        if "-" in plain:
            found.setdefault(plain.replace("-", " "), name)
            if len(plain) > 4:
                found.setdefault(plain.replace("-", ""), name)
    # Shoppers leave out what stands behind a maker's own name: "StarTech" is StarTech.com, "Kingston" the shop's
    # Kingston Technology.
    for name in own:
        found.setdefault(re.sub(r" (?:com|inc|ltd|gmbh|corp|co)$", "", spaced(name)), name)
    for name in known:
        longer = [other for other in own if spaced(other).startswith(f"{spaced(name)} ")]
        if len(longer) == 1:
            found[spaced(name)] = longer[0]
    # The commonest spelling of the catalogue wins.
    for name, _ in reversed(own.most_common()):
        found[spaced(name)] = name
    return found


def spaced(name: str) -> str:
    """A name as the words of a message spell it: folded, its words as `WORD` finds them."""
    return " ".join(WORD.findall(fold(name))) or fold(name)


def plain_names(products: Sequence[Product], brands: Mapping[str, str]) -> frozenset[str]:
    """Brands that are also plain words: other brands' products use them in small letters."""
    found = set()
    for product in products:
        for word in WORD.findall(f"{product.title} {product.description}"):
            if word.islower() and word in brands and word != fold(product.brand):
                found.add(word)
    return frozenset(found)
