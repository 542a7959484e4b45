"""The catalogue's own words: brands, kinds, attribute values and units, as a message may name them.

Everything is derived from the products of one shop. Knows nothing of messages beyond looking words up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assistant.meaning import KindsByMeaning
from assistant.synonyms import SAME
from index.catalog import Product, attribute_key, fold
from index.embed import Vectors
from index.kinds import kind_key, kind_key_of, kind_of, singular
from index.lexical import LexicalIndex, product_terms, terms

WORD = re.compile(r"[^\W_]+(?:[-+&'’][^\W_]+)*\+?")
TERM = re.compile(rf"(?<![\w.,])\d+(?:[.,]\d+)?(?:″|”|''|\"(?=\s|[,.;!?]|$))|\d+[.,]\d+(?!\w)|{WORD.pattern}")
"""A word to retrieve with: as `WORD`, but `24"` and "15.6" are whole."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TIMES = re.compile(r"(?<=\d)\s*[x×]\s*(?=\d)")
_TIMES_KEY = re.compile(r"\d+x\d+")
_STATED = frozenset({"yes", "true"})
_UNSTATED = frozenset({"no", "false"})
_QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)\s*([a-zA-Z\"%°/]{1,8}|m2|m²)(?: [A-Za-z]+)?$")
_MAX_VALUE_WORDS = 3
_RARITY = 0.1
"""The share of what is bought of its kin below which a kind's own name means these as well."""
_MEANT_SHARE = 0.3
"""The share of the most bought kind from which a word that is a part of both names means the other too."""
_BULK = 4
"""How many times what ends with a word a kind must be bought that only has it amid its name."""
_MOST_KINDS = 5
"""A word that more kinds than this end or begin with ("set", "power") names none of them."""
_FIRST_WORD_SHARE = 0.5
"""The share, of the titles with a word, that are of the kinds beginning with it, from which it names them: most
titles with "ink" are of ink cartridges, but few with "home" of home theater systems."""
_SETTING = frozenset({
    "adult", "all", "baby", "back", "cold", "desktop", "digital", "external", "floor", "food", "game", "gaming",
    "general", "head", "home", "hot", "house", "internal", "kid", "kitchen", "large", "main", "mini", "mobile",
    "network", "office", "one", "other", "photo", "popular", "portable", "power", "premium", "regular", "school",
    "screen", "seasonal", "single", "small", "smart", "standard", "table", "video", "watch", "wireless",
})  # fmt: skip
"""Words that say where or for whom a thing is; at the beginning of a kind they do not name it."""
_NARROWED_SHARE = 0.7
_UNMEASURED = frozenset(
    {"model", "model_name", "model_number", "mpn", "sku", "gtin", "name", "title", "series", "product_name"}
)
"""Attributes that name a product; a number with a unit in one of them ("8GB Kit") measures nothing."""
_MEASURED_SHARE = 0.5
"""The share, of a kind's products with an attribute, that give a number with a unit, from which it is a measure."""
_STATED_SHARE = 0.25
"""The share of a kind's products that state a measure from which it may be demanded: the others would be lost."""

# Makers that shoppers name although the shop may not carry them; "not Logitech" must be understood anywhere.
_WELL_KNOWN = """
Acer|Adidas|Amazon|AMD|Anker|Apple|Asus|Beats|Belkin|Bosch|Bose|Braun|Brother|Canon|Casio|Cisco|Corsair|Dell
Duracell|Dyson|Energizer|Epson|Fitbit|Fujifilm|Garmin|Google|GoPro|Hama|Heinz|Hitachi|HP|HTC|Huawei|HyperX|IKEA
Intel|JBL|Kellogg's|Kensington|Kingston|Lenovo|Lexmark|LG|Logitech|Makita|Microsoft|Miele|Motorola|MSI|Nespresso
Nestle|Netgear|Nike|Nikon|Nintendo|Nokia|Nvidia|OnePlus|Oppo|Panasonic|Pepsi|Philips|Puma|Razer|Roku|Samsung|SanDisk
Seagate|Sennheiser|Sharp|Siemens|Sony|Starbucks|SteelSeries|Targus|TCL|Texas Instruments|Toshiba|TP-Link|Tripp Lite
Ubiquiti|Xerox|Xiaomi|Zebra
"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An attribute value that is a number with a unit: "27 in" is 27.0 and "in", "1 TB SSD" 1000.0 and "gb"."""

    attribute: str
    value: str
    number: float
    unit: str


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute value in the catalogue's spelling, with the kinds of product that have it."""

    attribute: str
    value: str
    kinds: frozenset[str]


_UNITS = {
    **dict.fromkeys(("in", "inch", "inches", '"', "zoll", "″", "”"), ("in", 1.0)),
    "cm": ("in", 1 / 2.54),
    **dict.fromkeys(("gb", "gig", "gigs"), ("gb", 1.0)),
    "tb": ("gb", 1000.0),
    "mb": ("gb", 0.001),
    **dict.fromkeys(("w", "watt", "watts"), ("w", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos"), ("kg", 1.0)),
    **dict.fromkeys(("g", "gram", "grams"), ("kg", 0.001)),
    **dict.fromkeys(("lb", "lbs", "pound"), ("kg", 0.4536)),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), ("m", 1.0)),
    **dict.fromkeys(("ft", "foot", "feet"), ("m", 0.3048)),
    "mm": ("mm", 1.0),
    **dict.fromkeys(("h", "hour", "hours", "hrs", "hr"), ("h", 1.0)),
    **dict.fromkeys(("mah",), ("mah", 1.0)),
    **dict.fromkeys(("l", "liter", "liters", "litre", "litres"), ("l", 1.0)),
    **dict.fromkeys(("hz",), ("hz", 1.0)),
    **dict.fromkeys(("ghz",), ("ghz", 1.0)),
    **dict.fromkeys(("mp", "megapixel", "megapixels"), ("mp", 1.0)),
    **dict.fromkeys(("dpi",), ("dpi", 1.0)),
    **dict.fromkeys(("lm", "lumen", "lumens"), ("lm", 1.0)),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("oz", 1.0)),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitre", "millilitres"), ("l", 0.001)),
    **dict.fromkeys(("ct", "count", "pack", "packs", "pk", "pcs", "piece", "pieces"), ("ct", 1.0)),
    **dict.fromkeys(("m2", "m²", "sqm", "sq meter", "sq meters", "square meters", "square metres"), ("m2", 1.0)),
    **dict.fromkeys(("va",), ("va", 1.0)),
    "kva": ("va", 1000.0),
    **dict.fromkeys(("mbps", "mb/s"), ("mbps", 1.0)),
    **dict.fromkeys(("ppm",), ("ppm", 1.0)),
}


def to_unit(number: float, unit: str) -> tuple[float, str] | None:
    """A number in the canonical unit of its measure: (1, "TB") gives (1000.0, "gb"); None for no unit we know."""
    known = _UNITS.get(fold(unit))
    return (number * known[1], known[0]) if known else None


def quantity_of(attribute: str, value: str) -> Quantity | None:
    """The value as a quantity in canonical units, or None when it is none."""
    parts = _QUANTITY.match(value.strip())
    measured = to_unit(float(parts[1]), parts[2]) if parts else None
    return Quantity(attribute, value, *measured) if measured else None


class Vocabulary:
    """Looks up what a shopper's words mean in this shop."""

    def __init__(
        self,
        products: Sequence[Product],
        lexical: LexicalIndex | None = None,
        embed: Callable[[Sequence[str]], Vectors] | None = None,
        bought: Mapping[str, int] | None = None,
    ) -> None:
        """`lexical`, the index over the same products, spares making their terms once more (seconds); with `embed`,
        kinds are found by meaning where no word names them; `bought`, how often each product was, tells what people
        mean by a word that is a part of many kinds' names.
        """
        self._brands = _brands(products)
        self.brand_words = frozenset(word for name in self._brands for word in name.split())
        self._own_brands = frozenset(fold(product.brand) for product in products if product.brand)
        self._plain_brands = _plain_words(products, self._brands)
        self.kind_names = _kind_names(products)
        self._by_meaning = KindsByMeaning(self.kind_names, embed) if embed else None
        self.foreign_kind: Callable[[str], str] | None = None
        """Finds a kind's name for a word of another language, where something that does is installed."""
        self._by_last_word: dict[str, list[str]] = defaultdict(list)
        self._by_first_word: dict[str, list[str]] = defaultdict(list)
        for key in self.kind_names:
            words = key.split()
            for place in range(1, len(words)):
                self._by_last_word[" ".join(words[place:])].append(key)
                if len(words[0]) > 2:
                    self._by_first_word[" ".join(words[:place])].append(key)
        self.values = _values(products)
        self.short_values = _short_values(self.values, self.kind_names)
        self.having = _having(products)
        self._sizes = Counter(kind_key_of(product) for product in products)
        self._stated = Counter(
            (attribute_key(name), kind_key_of(product)) for product in products for name in product.attributes
        )
        self.quantities = _quantities(products)
        self.bare = _bare(products)
        self._terms = (
            lexical.vocabulary
            if lexical
            else frozenset(term for product in products for term in product_terms(product))
        )
        self._kinds_by_word = _kinds_by_word(products)
        self._weights = _weights(products, bought or {})
        self._is_bought = bool(bought)
        self._shelves = _shelves(products)
        self._kinds_of_part = _kinds_of_part(self.kind_names)
        self.words = frozenset(
            singular(word) for product in products for word in WORD.findall(fold(f"{product.title} {product.category}"))
        )

    def stated_share(self, attribute: str, kinds: Sequence[str]) -> float:
        """The share of the kinds' products whose records state an attribute, 0..1; 0 for kinds without products."""
        size = sum(self._sizes[kind] for kind in kinds)
        return sum(self._stated[attribute_key(attribute), kind] for kind in kinds) / size if size else 0.0

    def brand(self, words: Sequence[str], *, cued: bool) -> str | None:
        """The brand that the words name, in the catalogue's spelling; None for none.

        `cued` says that something else speaks for a brand ("by", "not", a capital letter), which a brand that
        is also a plain word, or one with a slip of spelling, needs.
        """
        name = _spaced(" ".join(words))
        exact = self._brands.get(name)
        if exact:
            return exact if cued or name not in self._plain_brands else None
        if not cued or len(name) < 5 or singular(name) in self.words:
            return None
        near = process.extractOne(name, self._brands.keys(), scorer=fuzz.ratio, score_cutoff=86)
        return self._brands[near[0]] if near else None

    def knows(self, word: str) -> bool:
        """True when some record of the catalogue has the word, in whatever form."""
        return not set(terms(word)).isdisjoint(self._terms)

    def carries(self, brand: str) -> bool:
        """True when the shop has products of the brand."""
        return fold(brand) in self._own_brands

    def kinds(self, words: Sequence[str]) -> tuple[str, ...]:
        """The kind keys that the words name: the kind itself, else those that end or begin so ("charger", "ink"), else
        those that have it under another name ("telly").
        """
        plain = " ".join(singular(fold(word)) for word in words)
        exact = self._exact(plain)
        if exact:
            return exact
        found = self._partly(plain)
        other = next((kinds for one in SAME.get(plain, ()) if (kinds := self._exact(one) or self._partly(one))), ())
        if other and (not found or self._is_bought):
            # "soda" is more often a soft drink than what one bakes with.
            most = max(self._weights[one] for one in other)
            found = found if found and max(self._weights[one] for one in found) >= _MEANT_SHARE * most else other
        if found or len(words) > 1 or len(plain) < 6 or plain in self.words:
            return self._weightiest(found)
        near = process.extractOne(plain, self.kind_names.keys(), scorer=fuzz.ratio, score_cutoff=80)
        return (near[0],) if near else ()

    def _exact(self, plain: str) -> tuple[str, ...]:
        """The kind of that name; with it the kinds beside which it is a rarity: "yogurt, not multi-packs"."""
        name = next((name for name in dict.fromkeys((plain, kind_key(plain))) if name in self.kind_names), "")
        if not name or not self._is_bought or " " in plain:
            return (name,) if name else ()
        beside = [one for one in self._partly(plain) if self._weights[one] * _RARITY > self._weights[name]]
        return self._weightiest((*beside, name)) if beside else (name,)

    def _partly(self, plain: str) -> tuple[str, ...]:
        """The kinds whose name ends, else begins with the words."""
        found = tuple(self._by_last_word.get(plain, ()))
        if self._is_bought:
            # "milk" is "fluid milk, white only" to most.
            inner = () if plain in _SETTING or not found else self._kinds_of_part.get(plain, ())
            most = max((self._weights[one] for one in found), default=0.0)
            found = (*found, *self._beginning(plain), *(one for one in inner if self._weights[one] > _BULK * most))
            return self._weightiest(tuple(dict.fromkeys(found)))
        found = found or self._beginning(plain)
        return found if len(found) <= _MOST_KINDS else ()

    def _weightiest(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the kinds that people mean, by what they buy; () when there are too many of them."""
        if not self._is_bought or len(kinds) < 2:
            return kinds
        least = _MEANT_SHARE * max(self._weights[one] for one in kinds)
        meant = tuple(one for one in kinds if self._weights[one] >= least)
        return meant if len(meant) <= _MOST_KINDS else ()

    def akin(self, kind: str, others: Collection[str]) -> bool:
        """True for kinds that one may take for the other: they stand on one shelf, or share a word."""
        parts = set(kind.split())
        return any(parts & set(other.split()) or self._shelves[kind] & self._shelves[other] for other in others)

    def begins_only(self, words: Sequence[str]) -> bool:
        """True where the words only begin a kind's name: "protein" is not what a "protein salad" is."""
        plain = " ".join(singular(fold(word)) for word in words)
        whole = plain in self.kind_names or kind_key(plain) in self.kind_names or plain in self._by_last_word
        return not whole and plain in self._by_first_word and plain not in SAME

    def with_words(self, head: Sequence[str], others: Collection[str]) -> tuple[str, ...]:
        """The kinds whose names have the head and most of the other words: "soy rice milk" of milk, soy and rice; ()
        where none has the head and at least one other.
        """
        plain = " ".join(singular(fold(word)) for word in head)
        told = {singular(fold(word)) for word in others} - {plain}
        scored = [
            (len(told & set(key.split())), key)
            for key in (
                *self._by_last_word.get(plain, ()),
                *self._by_first_word.get(plain, ()),
                *self._kinds_of_part.get(plain, ()),
            )
        ]
        most = max((score for score, _ in scored), default=0)
        return tuple(dict.fromkeys(key for score, key in scored if score == most)) if most else ()

    def kinds_like(self, text: str, *, surely: bool = False) -> tuple[str, ...]:
        """The kinds whose names mean nearly the same as the text, or surely the same; () when none does or no embedder
        was given.
        """
        return self._by_meaning.of(text, surely=surely) if self._by_meaning else ()

    def names_kind(self, name: str) -> bool:
        """True for a kind's own name, in whatever form."""
        return kind_key(fold(name)) in self.kind_names

    def _beginning(self, plain: str) -> tuple[str, ...]:
        """The kinds that begin with the words, where these are about them and little else."""
        found = tuple(self._by_first_word.get(plain) or ())
        titles = self._kinds_by_word.get(plain)
        if plain in _SETTING:
            return ()
        if not titles or sum(titles[kind] for kind in found) >= _FIRST_WORD_SHARE * titles.total():
            return found
        return ()

    def narrows(self, kinds: tuple[str, ...], word: str) -> bool:
        """True when the titles of some of the kinds have the word."""
        titles = self._kinds_by_word.get(singular(fold(word)), Counter[str]())
        return any(titles[kind] for kind in kinds)

    def narrowed(self, kinds: tuple[str, ...], word: str) -> tuple[str, ...]:
        """Of several kinds the one that a word before them speaks of: "cd" before "drive" means optical ones."""
        titles = self._kinds_by_word.get(singular(fold(word)), Counter[str]())
        total = sum(titles[kind] for kind in kinds)
        most = max(kinds, key=lambda kind: titles[kind])
        return (most,) if total and titles[most] >= _NARROWED_SHARE * total else kinds


def _weights(products: Iterable[Product], bought: Mapping[str, int]) -> dict[str, float]:
    """How much of each kind there is: how often its products were bought, else how many they are."""
    found: Counter[str] = Counter()
    for product in products:
        found[kind_key_of(product)] += bought.get(product.product_id, 0) if bought else 1
    return {kind: float(count) for kind, count in found.items()}


def _shelves(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """What stands above each kind in the categories."""
    found: dict[str, set[str]] = defaultdict(set)
    for product in products:
        path = product.category_path
        found[kind_key_of(product)].update(path[-2:-1] if len(path) > 1 else ())
    return defaultdict(frozenset, {kind: frozenset(above) for kind, above in found.items()})


def _kinds_of_part(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The kinds that have a word or two amid their name, neither at its beginning nor at its end."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in names:
        parts = key.split()
        for size in (1, 2):
            for start in range(1, len(parts) - size):
                found[" ".join(parts[start : start + size])].append(key)
    return {part: tuple(dict.fromkeys(keys)) for part, keys in found.items()}


def _kinds_by_word(products: Iterable[Product]) -> dict[str, Counter[str]]:
    """For each word of the titles the kinds of the products with it, counted; parts of "CD-RW" are words too."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for product in products:
        kind = kind_key_of(product)
        title = fold(product.title)
        for word in {singular(word) for word in (*WORD.findall(title), *re.findall(r"[^\W_]+", title))}:
            found[word][kind] += 1
    return dict(found)


def _brands(products: Iterable[Product]) -> dict[str, str]:
    own = Counter(product.brand for product in products if product.brand)
    known = [name for name in _WELL_KNOWN.replace("\n", "|").split("|") if name]
    found = {_spaced(name): name for name in known}
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
        found.setdefault(re.sub(r" (?:com|inc|ltd|gmbh|corp|co)$", "", _spaced(name)), name)
    for name in known:
        longer = [other for other in own if _spaced(other).startswith(f"{_spaced(name)} ")]
        if len(longer) == 1:
            found[_spaced(name)] = longer[0]
    # The commonest spelling of the catalogue wins.
    for name, _ in reversed(own.most_common()):
        found[_spaced(name)] = name
    return found


def _spaced(name: str) -> str:
    """A name as the words of a message spell it: folded, its words as `WORD` finds them."""
    return " ".join(WORD.findall(fold(name))) or fold(name)


def _plain_words(products: Sequence[Product], brands: Mapping[str, str]) -> frozenset[str]:
    """Brands that are also plain words: other brands' products use them in small letters."""
    found = set()
    for product in products:
        for word in WORD.findall(f"{product.title} {product.description}"):
            if word.islower() and word in brands and word != fold(product.brand):
                found.add(word)
    return frozenset(found)


def _kind_names(products: Iterable[Product]) -> dict[str, str]:
    counted: Counter[tuple[str, str]] = Counter()
    for product in products:
        kind = kind_of(product)
        if kind:
            counted[kind_key(kind), kind] += 1
    found: dict[str, str] = {}
    for (key, name), _ in counted.most_common():
        found.setdefault(key, name)
    return found


def value_key(text: str) -> str:
    """The form in which attribute values are looked up: folded, without hyphens, so that "wifi" finds "Wi-Fi"; sizes
    are written together ("10x15") and grey is gray.
    """
    return _TIMES.sub("x", fold(text).replace("-", "")).replace("grey", "gray")


def _values(products: Iterable[Product]) -> dict[str, list[Value]]:
    """Short attribute values, folded, with the attributes, spellings and kinds that have them, commonest first.

    An attribute that says no more than yes or no is a value by its name: "dimmable" means `dimmable: Yes`.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    kinds: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    flags = _flags(products)
    for product in products:
        kind = kind_key_of(product)
        for name, values in product.attributes.items():
            attribute = attribute_key(name)
            for value in values if attribute not in _UNMEASURED else ():
                if attribute in flags:
                    if fold(value) not in _STATED:
                        continue
                    key = value_key(attribute.replace("_", " ")), attribute, value
                elif len(value_key(value).split()) <= _MAX_VALUE_WORDS and not _is_amount(value):
                    key = value_key(value), attribute, value
                else:
                    continue
                counted[key] += 1
                kinds[key].add(kind)
    found: dict[str, list[Value]] = defaultdict(list)
    for key, _ in counted.most_common():
        folded, name, value = key
        if all(name != other.attribute for other in found[folded]):
            found[folded].append(Value(name, value, frozenset(kinds[key])))
    return dict(found)


def _flags(products: Iterable[Product]) -> frozenset[str]:
    """The attributes that say no more than yes or no."""
    said: dict[str, set[str]] = defaultdict(set)
    for product in products:
        for name, values in product.attributes.items():
            said[attribute_key(name)].update(map(fold, values))
    return frozenset(name for name, values in said.items() if values & _STATED and values <= _STATED | _UNSTATED)


def _is_amount(value: str) -> bool:
    """True for a number, with its unit or without: those are read as measures."""
    return value[:1].isdigit() and (
        quantity_of("", value) is not None or not re.search(r"[a-z+]", value, re.IGNORECASE)
    )


def _short_values(values: Mapping[str, Sequence[Value]], kinds: Mapping[str, str]) -> dict[str, list[Value]]:
    """Values by the one word that people say of them: "carbon" for "carbon fiber", "wheel" for "racing wheel",
    "scientific" for a calculator's "Scientific calculator", "10x15" for "10x15 cm". They hold for the kinds that have
    such a value.
    """
    found: dict[str, list[Value]] = defaultdict(list)
    for key, own in values.items():
        parts = key.split()
        if not 2 <= len(parts) <= _MAX_VALUE_WORDS:
            continue
        named = [one for one in own if value_key(one.attribute.replace("_", " ")) != key]  # no flags
        for word in (parts[0], parts[-1]) if named else ():
            telling = len(word) > 3 and (word.isalpha() or _TIMES_KEY.fullmatch(word))
            if (
                telling
                and not (word.isalpha() and key[:1].isdigit())
                and word not in kinds
                and word not in values
                and word not in _SETTING
            ):
                found[word] += named
    return dict(found)


def _having(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """The kinds of product that have an attribute, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for product in products:
        for name in product.attributes:
            found[attribute_key(name)].add(kind_key_of(product))
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _bare(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """The attributes whose values are numbers without a unit ("15.6"), with the kinds of which most state one."""
    size: Counter[str] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    for product in products:
        key = kind_key_of(product)
        size[key] += 1
        for name, values in product.attributes.items():
            if any(_NUMBER.fullmatch(value.strip()) for value in values):
                stated[attribute_key(name), key] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for (name, key), count in stated.items():
        if count >= _STATED_SHARE * size[key] and name not in _UNMEASURED:
            found[name].add(key)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _quantities(products: Iterable[Product]) -> dict[str, list[tuple[Quantity, frozenset[str]]]]:
    """Every quantity of the catalogue by its canonical unit, with the kinds that have it, commonest first."""
    counted: Counter[Quantity] = Counter()
    kinds: dict[Quantity, set[str]] = defaultdict(set)
    size: Counter[str] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    measured: Counter[tuple[str, str]] = Counter()
    for product in products:
        key = kind_key_of(product)
        size[key] += 1
        for name, values in product.attributes.items():
            attribute = attribute_key(name)
            if attribute in _UNMEASURED:
                continue
            stated[attribute, key] += 1
            found = [quantity for value in values if (quantity := quantity_of(attribute, value))]
            measured[attribute, key] += bool(found)
            counted.update(found)
            for quantity in found:
                kinds[quantity].add(key)
    by_unit: dict[str, list[tuple[Quantity, frozenset[str]]]] = defaultdict(list)
    for quantity, _ in counted.most_common():
        # "3.5 mm" among "Bluetooth" and "USB" is no length: a number demands only what measures the kind.
        having = frozenset(
            key
            for key in kinds[quantity]
            if measured[quantity.attribute, key] >= _MEASURED_SHARE * stated[quantity.attribute, key]
            and stated[quantity.attribute, key] >= _STATED_SHARE * size[key]
        )
        if having:
            by_unit[quantity.unit].append((quantity, having))
    return dict(by_unit)
