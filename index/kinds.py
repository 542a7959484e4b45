"""Which kind of thing a product is ("Notebooks", "toner"), also where the feed states no category.

A stated category is never overridden. Otherwise the kind is read from the title's head: the last product noun
before a "for", "with" or comma, out of the catalogue's own category names and a list of common shop nouns.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from index.catalog import Product, fold

# Common nouns of electronics, office and home shops, singular. Longest match wins, so "laser printer" and
# "printer" may both stand here; "=" gives the kind that a word stands for.
_NOUNS = """
printer|multifunctional=printer|multifunction=printer|all-in-one printer=printer|officejet=printer
laserjet=printer|deskjet=printer|designjet=printer|photosmart=printer|imageclass=printer|mfp=printer
dot matrix printer=printer|large format printer=printer|plotter=printer|fax machine|facsimile=fax machine
label printer|scanner|copier|projector|toner|toner cartridge=toner|ink cartridge|cartridge=ink cartridge|ink
photoconductor|drum|imaging drum=drum|printhead|print head=printhead|fuser|fuser kit=fuser|maintenance kit
transfer kit|transfer belt|developer|developer unit=developer|waste toner container|stapler|staple|label|paper
photo paper|printer ribbon=ribbon|ribbon|tape|cable|patch cable=cable|networking cable=cable|adapter
power adapter=power adapter|ac adapter=power adapter|charger=power adapter|battery|battery pack=battery|notebook
laptop=notebook|netbook=notebook|chromebook=notebook|ultrabook=notebook|pc|desktop=pc|microtower=pc|minitower=pc
workstation=pc|computer=pc|server|tablet|ipad=tablet|phone|smartphone=phone|mobile phone=phone|telephone|headset
headphone|earphone=earbud|earbud|speaker|loudspeaker=speaker|microphone|webcam|camera
digital camera=camera|camcorder|lens|tripod|flash|memory card|card reader|usb flash drive
hard disk drive=hard drive|hard drive|hdd=hard drive|ssd|solid state drive=ssd|external hard drive=hard drive
optical disc drive|tape drive|memory module=memory|memory|ram=memory|processor|cpu=processor|motherboard
graphics card|network card|networking card=network card|interface card|raid controller|monitor|display=monitor
lcd monitor=monitor|tv|television=tv|mouse|keyboard|mousepad|mouse pad=mousepad|presenter|stylus|joystick
gamepad|controller=gamepad|game console|video game|docking station|dock=docking station
port replicator=docking station|hub=usb hub|usb hub|switch=network switch|network switch|router|access point
modem|kvm switch|kvm extender|splitter|extender|converter|media converter=converter|transceiver|rack
rack cabinet=rack|shelf|bracket|mount|wall mount=mount|stand|cart|arm|case|cover|sleeve=case|bag|briefcase=bag
backpack|messenger bag=bag|pouch|screen protector|cable lock|lock=cable lock|ups
uninterruptible power supply=ups|power supply|power supply unit=power supply|pdu=power distribution
power distribution unit=power distribution|power extension=power strip|surge protector=power strip|power strip
fan|cooler|cooling pad=cooler|lamp|light bulb|bulb=light bulb|flashlight|torch=flashlight|coffee maker
coffee machine=coffee maker|espresso machine=coffee maker|kettle|toaster|blender|microwave|vacuum cleaner|iron
shaver|razor|toothbrush|hair dryer|software|license|licence=license|warranty|warranty extension=warranty
support extension=warranty|doll|puzzle|toy|book|shoe|chair|desk|envelope|folder|binder|pen|pencil|marker
input tray|paper tray=input tray|tray|feeder|sheet feeder=feeder|duplexer|print server|calculator|watch
smartwatch|radio|clock|remote control|cleaning kit|filter|cd-r|dvd-r|dvd+r|blank disc|tool|kit|module|panel
"""
_HEAD_ENDS = re.compile(r"\b(?:for|with|w/|compatible|incl|including|suitable|fits)\b|[,;(/|–]| - ", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:[-+][^\W_]+)*")


def _table() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for entry in _NOUNS.replace("\n", "|").split("|"):
        noun, _, kind = entry.strip().partition("=")
        if noun:
            found[tuple(noun.split())] = kind or noun
    return found


_KINDS = _table()
_LONGEST = max(len(noun) for noun in _KINDS)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """A folded English noun without its plural ending: "mice" gives "mouse", "batteries" "battery"."""
    irregular = {
        "mice": "mouse",
        "lenses": "lens",
        "shelves": "shelf",
        "knives": "knife",
        "women": "woman",
        "men": "man",
    }
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=100_000)
def head_kind(title: str) -> str:
    """The kind that a title's head names, or "" when no known noun is in it.

    "Canon BCI-6 ink cartridge for i990" gives "ink cartridge".
    """
    parts = _HEAD_ENDS.split(title)
    for part in [parts[0], title]:
        words = [singular(fold(word)) for word in _WORDS.findall(part)]
        # The head noun of an English noun phrase stands last.
        for stop in range(len(words), 0, -1):
            for start in range(max(0, stop - _LONGEST), stop):
                kind = _KINDS.get(tuple(words[start:stop]))
                if kind:
                    return kind
    return ""


def kind_of(product: Product) -> str:
    """The product's kind: its most specific category, else the one its title names, else ""."""
    return product.kind or head_kind(product.title)


@lru_cache(maxsize=100_000)
def kind_key(name: str) -> str:
    """The form in which kinds are compared: singular, with words that mean the same made one.

    "Notebooks", "laptop" and "Laptops" give "notebook".
    """
    words = tuple(singular(fold(word)) for word in _WORDS.findall(name))
    return _KINDS.get(words) or " ".join(words)


def kind_key_of(product: Product) -> str:
    """The product's kind in the form in which kinds are compared, "" where none is known."""
    return kind_key(kind_of(product))
