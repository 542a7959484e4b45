"""Which variant of a product is meant: the one that was shown, the one that was spoken of, or none yet.

Read off the turns of a session, so that nothing has to be remembered beside them. Knows nothing of how messages are
understood.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.dialogue import Session, Turn
from index.catalog import Constraints, Product, Variant, attribute_key, fold, forms

_SPEAKS = frozenset({"question", "cart", "compare"})
"""Acts that speak of products by their options: "do you have it in blue?"."""
_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_COLOR = re.compile(r"colou?rs?|farbe|couleur")
_COLORS = frozenset(
    re.findall(
        r"\w+",
        """black white gray grey red blue green yellow orange purple pink brown beige navy silver gold turquoise teal
        violet cream khaki olive maroon lilac rose""",
    )
)
_SIZES = {
    "extra small": "xs", "small": "s", "medium": "m", "large": "l", "extra large": "xl",
}  # fmt: skip
_SIZE = re.compile(r"x{0,3}s|m|x{0,4}l|\d{2,3}", re.IGNORECASE)
_IN = re.compile(r"\bin (?:a |an |the )?(?:colou?r |size )?(?P<what>\w+)|\bsize (?P<size>\w+)", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:dollars?|euros?|pounds?|usd|eur|gbp)\b", re.IGNORECASE)

Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """One variant and the product as it is when that one is bought."""

    variant: Variant
    product: Product

    @property
    def words(self) -> str:
        """Its options as they are said: "size M, blue"; "" where it has none."""
        return options_text(self.variant.options)


def forms_of(product: Product) -> tuple[Form, ...]:
    """The variants of a product, each with what is bought; () of a product without any."""
    return tuple(Form(*pair) for pair in zip(product.variants, forms(product), strict=True)) if product.variants else ()


def form_of(product: Product, variant_id: str) -> Product:
    """The product as it is bought in that variant; itself where it has no such variant, or none is meant."""
    return next((one.product for one in forms_of(product) if one.variant.variant_id == variant_id), product)


def nearest_form(product: Product, constraints: Constraints) -> Product:
    """The form that misses fewest of the constraints; the product itself where it has no variants."""
    return min(forms(product), key=lambda one: len(constraints.misses(one)))


def options_text(options: Options) -> str:
    """Options as they are said, colors last: "size M, blue"."""
    told = [(_COLOR.fullmatch(attribute_key(name)) is not None, name, value) for name, value in options.items()]
    return ", ".join(
        value.lower() if is_color else f"{name.replace('_', ' ').lower()} {value}"
        for is_color, name, value in sorted(told, key=lambda one: one[0])
    )


def variant_words(product: Product, variant_id: str) -> str:
    """The options of a variant as they are said; "" for none such."""
    return next((one.words for one in forms_of(product) if one.variant.variant_id == variant_id), "")


def variant_id_of(product: Product, shown: Product) -> str:
    """The id of the variant that a product is shown in, "" where it is shown as a whole."""
    return next((one.variant.variant_id for one in forms_of(product) if one.product == shown), "")


def dimension_names(product: Product) -> tuple[str, ...]:
    """What the variants differ in: "size", "color"."""
    return tuple(name.replace("_", " ").lower() for name in _values(product))


def dimensions_text(product: Product) -> str:
    """What the variants differ in, with its values: "size S, M, L; color Blue, Red"."""
    told = zip(dimension_names(product), _values(product).values(), strict=True)
    return "; ".join(f"{name} {', '.join(own)}" for name, own in told)


def named_options(text: str, product: Product) -> dict[str, str]:
    """The options of the product's variants that a text names: "the blue one in M" names a color and a size."""
    said = fold(_MONEY.sub(" ", text))
    for words, size in _SIZES.items():
        said = re.sub(rf"\b{words}\b", lambda found, size=size: f"{found[0]} size {size}", said)  # type: ignore[misc]
    tokens = [*_WORD.findall(said.replace("’", "'").replace("'", "")), ""]
    found: dict[str, str] = {}
    for name, values in _values(product).items():
        whole = [one for one in values if _names(one, tokens)]
        # "Navy blue" is meant by "blue" where no other value is.
        part = [one for one in values if len(fold(one).split()) > 1 and fold(one).split()[-1] in tokens]
        named = whole or (part if len(part) == 1 else [])
        if named:
            found[name] = max(named, key=len)
    return found


def absent_option(text: str, product: Product) -> str:
    """The color or size that a text asks for and no variant has: "green" of "do you have it in green?"; else ""."""
    values = _values(product)
    held = {word for own in values.values() for value in own for word in fold(value).split()}
    colored = any(_COLOR.fullmatch(attribute_key(name)) for name in values)
    sized = any("size" in attribute_key(name) for name in values)
    for found in _IN.finditer(_MONEY.sub(" ", text)):
        word = found["size"] or found["what"]
        key = _SIZES.get(fold(word), fold(word))
        asks_color = colored and key in _COLORS
        asks_size = sized and (found["size"] is not None or _SIZE.fullmatch(key) is not None)
        if (asks_color or asks_size) and key not in held:
            return word
    return ""


def candidates(product: Product, session: Session, text: str = "") -> tuple[Form, ...]:
    """The variants that may be meant after the session's turns and a text: all where nothing was said of them."""
    found = forms_of(product)
    if not found:
        return ()
    options: dict[str, str] = {}
    for turn in session.turns:
        options = _after(turn, product, options)
    return _meeting(found, _with_named(options, text, product))


def chosen(product: Product, session: Session, text: str = "") -> str:
    """The id of the variant that is meant, "" where several may be or the product has none."""
    found = candidates(product, session, text)
    return found[0].variant.variant_id if len(found) == 1 else ""


def chosen_form(product: Product, session: Session, text: str = "") -> Product:
    """The product in the variant that is meant, itself where several may be."""
    return form_of(product, chosen(product, session, text))


def _after(turn: Turn, product: Product, options: dict[str, str]) -> dict[str, str]:
    """What is said of the variants after a turn: a new show of the product begins anew, with the variant shown."""
    if product.product_id in turn.shown_ids:
        meant = variant_id_of(product, turn.request.constraints.shown(product))
        return next((dict(one.options) for one in product.variants if one.variant_id == meant), {})
    if turn.request.act in _SPEAKS and product.product_id in turn.request.anchor_ids:
        return _with_named(options, turn.message, product)
    return options


def _with_named(options: dict[str, str], text: str, product: Product) -> dict[str, str]:
    """The options with those that a text names; alone where no variant has them beside the others."""
    named = named_options(text, product)
    together = {**options, **named}
    return together if _meeting(forms_of(product), together) else named


def _meeting(found: Sequence[Form], options: Options) -> tuple[Form, ...]:
    return tuple(one for one in found if all(one.variant.options.get(name) == own for name, own in options.items()))


def _values(product: Product) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for one in product.variants:
        for name, value in one.options.items():
            found.setdefault(name, {})[value] = None
    return {name: list(values) for name, values in found.items()}


def _names(value: str, tokens: Sequence[str]) -> bool:
    """True when the words stand for the value; a bare letter or a number only behind "size" or "in", or last."""
    words = _WORD.findall(fold(value).replace("'", ""))
    if not words:
        return False
    for place in _places(words, tokens):
        short = len(words) == 1 and (len(words[0]) <= 2 or words[0].isdecimal())
        before, behind = tokens[place - 1] if place else "", tokens[place + len(words)]
        if not short or before in ("size", "in", "sizes", "a", "an", "and", "or") or behind in ("", "please"):
            return True
    return False


def _places(words: Sequence[str], tokens: Sequence[str]) -> Iterator[int]:
    size = len(words)
    return (place for place in range(len(tokens) - size) if list(tokens[place : place + size]) == list(words))
