"""Read a message by rules: what it does, what it is about, what it seeks, demands and refuses.

A `Reading` tells what one message says; what holds after it is told by `understand`. Knows nothing of language models.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.anchors import find_anchor, windows
from assistant.carried import let_go, taken_back, widened, with_units
from assistant.demands import Demands, read_demands
from assistant.dialogue import Request, Session
from assistant.phrases import (
    ABOUT_OWNED,
    ALLOWED_AGAIN,
    ANOTHER,
    BUNDLE,
    CHATTER,
    CHEAPER,
    CONTINUES,
    CORRECTED,
    FEELS,
    FOR_SOMEONE,
    GOES_WITH,
    GREETING,
    IN_TOTAL,
    MORE_LIKE,
    NUMBERED,
    ONE_WITH,
    ONLY_THAT,
    ORDINAL,
    PARTING,
    PLACES,
    REVERSE,
    ROOM,
    SAME_BUDGET,
    SET_OF,
    SHOP,
    THANKS,
    UNSAFE,
    WILL_DO,
)
from assistant.tokens import TERM, WORD
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, fold
from index.folder import Shop
from index.kinds import kind_key_of, singular


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. `sought` are the words to retrieve with; `carries_on` is True when it goes on with the
    request in force, `same_budget` when another thing may cost what the one before might; `cheaper` asks for less than
    what was shown; `dropped` are words of the state that no longer hold. `turns` is True when another thing is sought
    in so many words ("and an iron"); `of_set` are the things of a set that are now sought, and nothing else.
    """

    act: str = "find"
    demands: Demands = field(default_factory=Demands)
    sought: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    anchor_text: str = ""
    bundle: bool = False
    carries_on: bool = False
    same_budget: bool = False
    cheaper: bool = False
    dropped: tuple[str, ...] = ()
    turns: bool = False
    of_set: tuple[str, ...] = ()


def read_by_rules(session: Session, text: str, shop: Shop, words: Vocabulary) -> Reading:
    """What a message says in its session."""
    previous = session.topic
    held, about = session.constraints, previous.kinds if previous else ()
    gone = let_go(text, held, about, words)
    text = gone.rest
    anchors, anchor_text, rest = find_anchor(session, text, shop, words)
    room = ROOM.search(rest)
    # What a purpose is called names no kind, and "$150 in total" speaks of no inches.
    plain = FOR_SOMEONE.sub(" , ", _in_total(NUMBERED.sub(" , ", ROOM.sub(" , ", rest))))
    if anchors or anchor_text or GOES_WITH.search(text):
        plain = PLACES.sub(" , ", plain)
    said = read_demands(with_units(plain, held, about, words), words, about)
    spoken = taken_back(widened(said, held, text), held)
    demands = _named_only(_allowed_again(spoken, held, text), words)
    demands = replace(demands, dropped=demands.dropped | gone.keys)
    corrected = CORRECTED.search(plain)
    if corrected and demands.kinds and (meant := read_demands(plain[corrected.end() :], words).kinds):
        demands = replace(demands, kinds=meant)  # "ketchup, no wait, mustard"
    if previous is not None:
        demands = replace(demands, kinds=_of_the_same(demands.kinds, previous.kinds))
    of_set = _of_set(text, demands, previous, gone.kinds, words) if previous is not None else ()
    if of_set:
        demands = replace(demands, kinds=of_set, not_kinds=())
    is_bundle = _bundle(text, demands, room=bool(room), anchored=bool(anchors or anchor_text))
    if is_bundle and demands.price_max is None and demands.around is not None:
        demands = replace(demands, price_max=demands.around, around=None)
    own = anchor_kinds(anchors, shop)
    allowed = {fold(part) for name in demands.allowed_brands for part in name.split()}
    sought = [
        word
        for word in telling_words(f"{room['words'] if room else ''} {demands.rest}")
        if not set(words.kinds([word])) & own and fold(word) not in allowed
    ]
    # What goes with a laptop is no laptop: the anchor's own kind, left over from its name, is not sought.
    demands = replace(demands, kinds=tuple(kind for kind in demands.kinds if kind not in own))
    act = _act(text, demands, anchors, anchor_text)
    asked = SHOP.search(text)
    if act == "find" and asked and ("?" in text or not read_demands(SHOP.sub(" , ", plain), words).kinds):
        act = "shop_question"  # "do you have a loyalty card?" seeks no card
    if act == "goes_with" and not demands.kinds and REVERSE.search(text):
        demands = replace(demands, kinds=_made_for(anchors, shop))
    if act == "more_like" and not demands.kinds:
        demands = replace(demands, kinds=tuple(sorted(own & words.kind_names.keys())))
    if previous is not None and previous.kinds and ONE_WITH.search(text) and not anchors:
        # "one with more memory" seeks what was sought, not memory.
        demands = replace(demands, kinds=previous.kinds)
    return Reading(
        act=act,
        demands=demands,
        sought=tuple(sought),
        anchors=anchors,
        anchor_text=anchor_text,
        bundle=is_bundle,
        carries_on=bool(of_set)
        or (
            previous is not None
            and _carries_on(
                text, previous, demands, sought, words, bool(anchor_text) or _turns_to(act, anchors, previous)
            )
        ),
        same_budget=bool(SAME_BUDGET.search(text)),
        cheaper=bool(CHEAPER.search(text)) and demands.price_max is None and bool(session.turns),
        dropped=gone.words,
        turns=gone.other
        or (previous is not None and not of_set and _turns_to_another(text, demands.kinds, previous, words)),
        of_set=of_set,
    )


def _of_the_same(kinds: tuple[str, ...], before: Sequence[str]) -> tuple[str, ...]:
    """Of several kinds of one name those that are for what was sought before: treats after dog food are dog treats."""
    common = set.intersection(*(set(kind.split()) for kind in kinds)) if kinds else set()
    if len(kinds) < 2 or not common or set(kinds) & set(before):
        return kinds
    spoken = {word for kind in before for word in kind.split()} - common
    return tuple(kind for kind in kinds if spoken & set(kind.split())) or kinds


def _of_set(text: str, demands: Demands, previous: Request, fewer: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """What is sought of the things sought together: "only the hubs", "drop the webcam", "buns instead of rolls"; ()
    where nothing is said of that.
    """
    before = previous.kinds
    if len(before) < 2:
        return ()
    if fewer:
        return tuple(kind for kind in before if kind not in fewer)
    named = set(demands.kinds)
    instead = re.search(r"\binstead of (?:the |a |an )?((?:[\w'’-]+\s*){1,3})", text, re.IGNORECASE)
    if instead and named and previous.bundle:
        other = {singular(word) for word in WORD.findall(fold(instead[1]))}
        out = [
            kind for kind in before if kind in demands.not_kinds or (other <= set(kind.split()) and kind not in named)
        ]
        if out:
            return tuple(dict.fromkeys((*(kind for kind in before if kind not in out), *demands.kinds)))
    said = {singular(word) for word in WORD.findall(fold(text))}
    left = [kind for kind in before if kind in named or kind.split()[-1] in said]
    return tuple(left) if ONLY_THAT.search(text) and 0 < len(left) < len(before) else ()


def _turns_to_another(text: str, kinds: Sequence[str], previous: Request, words: Vocabulary) -> bool:
    """True when the message asks for another thing in so many words: "and an iron", "do you have mousepads?"."""
    new = set(kinds) - set(previous.kinds)
    if not new:
        return False

    def named(tokens: Sequence[str]) -> bool:
        return any(new & set(words.kinds(tokens[start : start + size])) for start, size in windows(len(tokens)))

    for found in ANOTHER.finditer(text):
        behind = re.split(r"[,.;:!?]|\b(?:for|with|to|in|on|that)\b", text[found.end() :], maxsplit=1)[0]
        if named(WORD.findall(behind)[:4]):
            return True
    for found in WILL_DO.finditer(text):
        before = re.split(r"[,.;:!?]", text[: found.start()])[-1]
        if named(WORD.findall(before)[-4:]):
            return True
    return False


def _in_total(text: str) -> str:
    """The text without "in total"; behind a number it says that this is the most."""
    return IN_TOTAL.sub(
        lambda found: " max , " if re.search(r"\d(?: ?(?:\w{2,7}|[$€£]))?\W*$", text[: found.start()]) else " , ", text
    )


def _allowed_again(demands: Demands, in_force: Constraints, text: str) -> Demands:
    """ "Razer is fine after all" lifts the refusal of a brand; it does not ask for that brand alone."""
    refused = {fold(name) for name in in_force.not_brands}
    if not ALLOWED_AGAIN.search(text) or not any(fold(name) in refused for name in demands.brands):
        return demands
    return replace(demands, brands=(), allowed_brands=demands.brands)


def _named_only(demands: Demands, words: Vocabulary) -> Demands:
    """A maker that the shop does not carry, but whose name stands in its records ("for Xbox"), is a word to find."""
    return replace(demands, brands=tuple(b for b in demands.brands if words.carries(b) or not words.knows(b)))


def anchor_kinds(anchors: Sequence[str], shop: Shop) -> frozenset[str]:
    return frozenset(kind_key_of(shop.products[one]) for one in anchors if one in shop.products)


def _made_for(anchors: Sequence[str], shop: Shop) -> tuple[str, ...]:
    """The kinds of what the anchors are declared to work with: a toner is for printers, not for paper."""
    hosts = [
        kind_key_of(shop.products[other])
        for one in anchors
        if shop.products[one].compatible_with
        for other, _ in shop.companions.declared.get(one, ())
    ]
    return tuple(dict.fromkeys(kind for kind in hosts if kind))


def _act(text: str, demands: Demands, anchors: Sequence[str], anchor_text: str) -> str:
    told = demands.attributes or demands.not_attributes or demands.price_min or demands.around
    about_products = bool(demands.kinds or demands.brands or demands.price_max or demands.order or told)
    if UNSAFE.search(text):
        return "unsafe"
    if SHOP.search(text) and not demands.kinds:
        return "shop_question"
    short = len(text.split()) <= 8
    if not about_products and ((THANKS.search(text) and short) or (PARTING.search(text) and len(text.split()) <= 16)):
        return "thanks"
    if (re.search(r"\w", text) and GREETING.match(text)) or (FEELS.search(text) and not about_products):
        return "chat"
    if anchors and (MORE_LIKE.search(text) or _points_only(text)):
        return "more_like"
    # "something for my dad" goes with nobody.
    things = FOR_SOMEONE.sub(" , ", text)
    if GOES_WITH.search(things) or REVERSE.search(text) or (anchor_text and (anchors or ABOUT_OWNED.search(things))):
        return "goes_with"
    return "find"


def _bundle(text: str, demands: Demands, *, room: bool, anchored: bool) -> bool:
    """True when a set of different kinds is asked for; "an office chair" and "a screwdriver set" are one thing."""
    total = bool(IN_TOTAL.search(text))
    if len(demands.kinds) == 1:
        return anchored and bool(BUNDLE.search(text))
    if len(demands.kinds) > 1:
        return room or total or bool(BUNDLE.search(text) or SET_OF.search(text))
    return room or bool(BUNDLE.search(text)) or (total and (demands.price_max or demands.around) is not None)


def _points_only(text: str) -> bool:
    """True for "the second one in white": what was shown is pointed at, and nothing is said to go with it."""
    ordinal = ORDINAL.search(text)
    if not ordinal or GOES_WITH.search(text) or REVERSE.search(text):
        return False
    return not re.search(r"\b(?:for|with|to|fits?)\s*$", text[: ordinal.start()], re.IGNORECASE)


def telling_words(rest: str) -> list[str]:
    """The telling words of what is left of a message, in order; quantities stay whole."""
    return [word for word in TERM.findall(GOES_WITH.sub(" ", rest)) if not _is_chatter(word)]


def _is_chatter(word: str) -> bool:
    plain = fold(word).replace("’", "'")
    stem, apostrophe, ending = plain.rpartition("'")
    return plain in CHATTER or (bool(apostrophe) and (stem in CHATTER or ending == "t"))


def _carries_on(
    text: str, previous: Request, demands: Demands, sought: Sequence[str], words: Vocabulary, anchored: bool
) -> bool:
    """True when the message goes on about what the previous turn was about."""
    if anchored:
        return False
    if demands.kinds:
        another_companion = previous.act == "goes_with" and CONTINUES.match(text) is not None
        return another_companion or bool(set(demands.kinds) & set(previous.kinds))
    brands = {fold(part) for name in (*demands.brands, *demands.allowed_brands) for part in name.split()}
    named = [word for word in sought if singular(fold(word)) in words.words and fold(word) not in brands]
    return not named or bool(CONTINUES.match(text)) or re.search(r"\b(?:ones?|it|them|those|these)\b", text) is not None


def _turns_to(act: str, anchors: Sequence[str], previous: Request) -> bool:
    """True when the message asks what goes with what was found, which is no longer sought itself."""
    return act == "goes_with" and bool(anchors) and previous.act != "goes_with"
