"""What shoppers ask about and buyers write about, in other words for the same: battery, noise, weight and the like.

Word lists of shops in general; none is of one shop. Knows nothing of reviews.
"""

from dataclasses import dataclass

from index.lexical import terms

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that speak `about` one thing, those that praise it (`good`) and those that fault it (`bad`), as terms; with
    a word of `but`, something else is meant.
    """

    about: Words
    good: Words
    bad: Words
    but: Words = frozenset()

    def wanted(self, asked: set[str]) -> "Topic":
        """The topic as it is asked for: to who asks of the end that others fault ("loud"), neither end is praise."""
        if self.bad & asked and not self.good & asked and self.turns:
            return Topic(self.about, frozenset(), frozenset(), self.but)
        return self

    @property
    def turns(self) -> bool:
        """True where either end may be wanted: loud and quiet, small and large."""
        return bool(self.good & self.about and self.bad & self.about)


def _topic(about: str, good: str = "", bad: str = "", but: str = "") -> Topic:
    """A topic; its praise and its faults speak about it as well."""
    return Topic(
        frozenset(terms(f"{about} {good} {bad}")), frozenset(terms(good)), frozenset(terms(bad)), frozenset(terms(but))
    )


def _apart(about: str, good: str, bad: str) -> Topic:
    """A topic whose words of praise and fault speak of other things too, and so alone not about it."""
    return Topic(frozenset(terms(about)), frozenset(terms(good)), frozenset(terms(bad)))


TOPICS: tuple[Topic, ...] = (
    _apart(
        "battery charge charging charges charged runtime recharge",
        "long longer outlasts",
        "short drains drained died dies dead takes took",
    ),
    _topic(
        "noise noiseless",
        "quiet quieter quietly silent silently hushed inaudible",
        "loud louder noisy noisily hum hums buzz buzzes whine whines",
        but="cancel canceling cancelling cancellation cancelation",
    ),
    _apart("canceling cancelling cancellation cancelation anc", "blocks silences drowns", "hiss hisses"),
    _topic("weight weigh weighs", "light lighter lightweight", "heavy heavier weighty"),
    _topic("comfort", "comfortable comfy comfortably", "uncomfortable pinches pinch sore ache aches"),
    _topic(
        "quality build durability break", "sturdy solid robust durable", "flimsy wobbly wobbles fragile breaks broke"
    ),
    _apart(
        "screen display picture panel brightness", "bright sharp crisp vivid readable", "dim blurry reflective dull"
    ),
    _apart(
        "sound audio bass treble music voices", "clear full rich warm balanced", "tinny thin muffled flat distorted"
    ),
    _topic("speed", "fast faster quick quickly responsive snappy", "slow slower sluggish laggy lag lags"),
    _topic("size", "small smaller compact", "big bigger bulky huge"),
    _apart(
        "setup set install installed installing installation assemble assembled assembly instructions pairing paired",
        "easy easily simple",
        "difficult confusing hours fiddly",
    ),
    _topic("heat temperature", "cool cooler", "hot hotter overheats"),
    _apart("taste tastes flavor flavour aroma coffee", "delicious mild rich smooth fresh", "bitter sour stale burnt"),
    _apart("photos photo pictures camera image images", "sharp detailed clear", "blurry grainy noisy"),
    _apart("connection connects connect bluetooth wifi signal range reception", "stable", "drops weak"),
    _topic("water rain", "waterproof dry", "soaked leaked leaks wet"),
    _apart("grip handle hand hands", "comfortable firm natural", "slippery cramped"),
    _apart("keys typing type keyboard", "crisp quiet precise", "mushy loud stiff"),
    _apart("money price value", "worth bargain fair", "overpriced expensive"),
    _apart("fit fits fitting", "snug", "tight loose slips"),
)
