"""For whom a thing is made, men or women, where the records of its kind state that: "men's jeans", "not for women".

What is made for both is made for each. Knows the tokens of one message and the values of the shop's records.
"""

from collections.abc import Sequence

from assistant.phrases import CONTRAST, FILLERS, NEGATOR
from assistant.tokens import unowned
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand

_SAID = {
    "male": frozenset({"male", "males", "man", "men", "mens", "gents", "gentleman", "gentlemen"}),
    "female": frozenset({"female", "females", "woman", "women", "womens", "lady", "ladies"}),
}
_RECORDED = {
    "male": ("male", "men", "man", "mens", "men's", "herren", "homme", "hommes", "hombre", "uomo"),
    "female": ("female", "women", "woman", "womens", "women's", "ladies", "damen", "femme", "femmes", "mujer", "donna"),
}
_BOTH = ("unisex", "both", "mixte", "all genders")
_STATED = 0.6
"""The share of a kind's records that state it from which it is demanded: elsewhere the others would be lost."""
_REACH = 3


def is_wearer(word: str) -> bool:
    """True for a word that says for whom a thing is made."""
    plain = unowned(word)
    return any(plain in said for said in _SAID.values())


def is_of_wearers(attribute: str) -> bool:
    """True for an attribute that says for whom a thing is made."""
    return "gender" in attribute or attribute in ("sex", "department", "geschlecht")


def worn_by(
    tokens: Sequence[str], signs: Sequence[str], kinds: Sequence[str], words: Vocabulary
) -> tuple[dict[str, AttributeDemand], dict[str, AttributeDemand]]:
    """The attributes demanded and refused by whom the things sought are for; nothing where records do not tell."""
    wanted: dict[str, AttributeDemand] = {}
    refused: dict[str, AttributeDemand] = {}
    told: dict[str, bool] = {}
    for place, token in enumerate(tokens):
        for sex, said in _SAID.items():
            if unowned(token) in said:
                told[sex] = told.get(sex, False) or not _is_refused(tokens, signs, place)
    wished = [sex for sex, asked in told.items() if asked]
    attribute = next((name for name in words.having if is_of_wearers(name) and _is_stated(name, kinds, words)), "")
    if not told or not attribute:
        return wanted, refused
    if wished:
        values = (*(value for sex in wished for value in _RECORDED[sex]), *_BOTH)
        wanted[attribute] = _recorded(attribute, values, words)
    else:
        refused[attribute] = _recorded(attribute, [value for sex in told for value in _RECORDED[sex]], words)
    return (
        {name: demand for name, demand in wanted.items() if demand},
        {name: demand for name, demand in refused.items() if demand},
    )


def tells_wearer(phrase: str) -> bool:
    """True for words that only say for whom: "for men"."""
    telling = [word for word in phrase.split() if word.lower() not in FILLERS and word.lower() != "for"]
    return bool(telling) and all(map(is_wearer, telling))


def _is_refused(tokens: Sequence[str], signs: Sequence[str], place: int) -> bool:
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        if tokens[before] == NEGATOR:
            return True
        if signs[before + 1] or tokens[before].lower() in CONTRAST:
            return False
    return False


def _is_stated(attribute: str, kinds: Sequence[str], words: Vocabulary) -> bool:
    return words.stated_share(attribute, kinds) >= _STATED


def _recorded(attribute: str, values: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """Those of the values that some record has, as records write them."""
    found = (one.value for value in values for one in words.values.get(value, ()) if one.attribute == attribute)
    return tuple(dict.fromkeys(found))
