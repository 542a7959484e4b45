"""The catalogue's own words: brands, kinds, attribute values and units, as a message may name them.

Everything is derived from the products of one shop. Knows nothing of messages beyond looking words up.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from assistant.kind_names import (
    SETTING,
    kinds_by_part,
    kinds_by_title_word,
    names_by_kind,
    shelves_of_kinds,
    weights_of_kinds,
)
from assistant.languages import languages, written_in
from assistant.makers import makers_by_name, plain_names, spaced
from assistant.meaning import KindsByMeaning
from assistant.synonyms import SAME
from assistant.tokens import WORD
from assistant.units import bare_numbers, quantities_by_unit
from assistant.values import kinds_having, values_by_key, values_by_word
from index.catalog import Product, attribute_key, fold
from index.embed import Vectors
from index.kinds import kind_key, kind_key_of, singular
from index.lexical import LexicalIndex, product_terms, terms

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
_NARROWED_SHARE = 0.7
_COMPOUNDING = "de"
"""The language that writes what narrows a thing and the thing as one word."""
_SAMPLE = 400
"""Products whose records tell the language that they are written in."""


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
        self._brands = makers_by_name(products)
        self.brand_words = frozenset(word for name in self._brands for word in name.split())
        self._own_brands = frozenset(fold(product.brand) for product in products if product.brand)
        self._plain_brands = plain_names(products, self._brands)
        self.kind_names = names_by_kind(products)
        self._by_meaning = KindsByMeaning(self.kind_names, embed) if embed else None
        self.language = written_in(f"{one.title} {one.category} {one.description}" for one in islice(products, _SAMPLE))
        """The language of the records, "" for English."""
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
        self.values = values_by_key(products)
        self.short_values = values_by_word(self.values, self.kind_names)
        self.having = kinds_having(products)
        self._sizes = Counter(kind_key_of(product) for product in products)
        self._stated = Counter(
            (attribute_key(name), kind)
            for kind, product in zip(map(kind_key_of, products), products, strict=True)
            for name in product.attributes
        )
        self.quantities = quantities_by_unit(products)
        self.bare = bare_numbers(products)
        self._terms = (
            lexical.vocabulary
            if lexical
            else frozenset(term for product in products for term in product_terms(product))
        )
        self._kinds_by_word = kinds_by_title_word(products)
        self._weights = weights_of_kinds(products, bought or {})
        self._is_bought = bool(bought)
        self._shelves = shelves_of_kinds(products)
        self._kinds_of_part = kinds_by_part(self.kind_names)
        self._heads = {
            key: tuple(
                languages()[_COMPOUNDING].stem(name.split()[-1])
                for name in (key, *map(fold, self._shelves[key]))
                if name
            )
            for key in self.kind_names
            if self.language == _COMPOUNDING
        }
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
        name = spaced(" ".join(words))
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
        if self.language == _COMPOUNDING and (compounds := self._compounds(plain)):
            return compounds
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

    def _compounds(self, plain: str) -> tuple[str, ...]:
        """The kinds whose names, or the names of their shelves, end with the word, be it written apart or not:
        "Familienspiele" are "Spiele", and "Brettspiele" where they stand among these.
        """
        ending = languages()[_COMPOUNDING].stem(plain)
        if len(plain) < 4:
            return ()
        return tuple(key for key, heads in self._heads.items() if any(head.endswith(ending) for head in heads))

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
            inner = () if plain in SETTING or not found else self._kinds_of_part.get(plain, ())
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
        if plain in SETTING:
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
