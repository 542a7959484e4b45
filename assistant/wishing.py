"""Which words of a message wish for something that a record could tell: "black", "noise cancelling", and not "for".

Knows words, English ones and the small words and units of the languages that shops beside it are kept in; knows no
product.
"""

import re
from collections.abc import Iterator, Sequence

_RUN = 3
"""Words at most that are told as one: "noise cancelling"."""
_ONLY_NUMBERS = re.compile(r"[\d. ]+")
_ONLY_UNITS = re.compile(
    r"(?:(?:[gtmk]b|[gmk]?hz|in|inch(?:es)?|[cmk]?m[23²³]?|[km]?g|k?w|watts?|v|m?ah|[cm]?l|oz|lbs?|mp|h|hours?|years?"
    r"|months?|days?|pages?|pieces?|persons?|people|sqm|qm|jahren?|monate?n?|personen|stück|zoll|ans|mois|años|anni"
    r"|(?<!\w)[a-z](?!\w)) ?)+"
)
_NO_WISH = frozenset(
    re.findall(
        r"\S+",
        """a an the and or but not no nor with without for from of in on at by to into under over below above up than
        that this these those it its is are be i me my we our us you your he his she her they them some any all each
        one ones two three four five six something anything thing things stuff kind type sort good great best better
        nice cool perfect top quality cheap cheapest cheaper dear dearest expensive affordable budget price priced
        cost costs money dollar dollars euro euros pound pounds bucks usd eur gbp stock available availability
        delivery shipping sale discount deal offer offers new newest latest old used rated rating ratings reviews
        stars popular need needs want wants like looking look find show give get buy buying please thanks hi hello
        so very really too also just only more most less least much many few lot maybe around about between max
        maximum min minimum can could would should will do does have has had what which who how when where if as
        work works working go goes use using there here out per
        ab bis für mit ohne und oder von vom zu zum zur im am an auf der die das den dem des ein eine einen einem
        einer kein keine keinen nicht ist sind ich wir mir mich meine meinen meiner mein gibt gibts haben habt suche
        brauche alt unter über als auch nur
        de du des la le les un une pour avec sans et ou dans sur moi je mon ma mes sous pas
        el los las una unos unas para con sin y o en del al mi mis desde hasta más
        il lo gli i e per di da con senza nel della che""",
    )
)
"""Words of a message that wish for nothing a record could tell, and those that speak of price, stock or fame."""


def wishing(words: Sequence[str], also: frozenset[str] = frozenset()) -> Iterator[Sequence[str]]:
    """The stretches of words that wish for something; those of `also` wish for nothing here."""
    stretch: list[str] = []
    for word in words:
        if word and word not in _NO_WISH and word not in also and (len(word) > 2 or not word.isdigit()):
            stretch.append(word)
            continue
        yield stretch
        stretch = []
    yield stretch


def runs(words: Sequence[str]) -> Iterator[str]:
    """What a stretch of words may wish for, the longest first; a unit or a letter alone is no wish."""
    for size in range(min(_RUN, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            if not _ONLY_NUMBERS.fullmatch(run) and not _ONLY_UNITS.fullmatch(run):
                yield run
