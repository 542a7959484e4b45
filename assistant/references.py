"""From what a message points at to the request: which products it is about, or one short question back.

A product is put into the cart, liked or forgotten only where the message says which. Knows nothing of retrieval.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.anchors import windows
from assistant.demands import read_demands
from assistant.dialogue import Request, Session
from assistant.errands import Errand
from assistant.pointing import OPENS_QUESTION, Pointing, looked_at, point
from assistant.titled import asks_of_named, may_ask, misnamed, names_variant, titled, variant_asked
from assistant.tokens import WORD
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, fold
from index.folder import Shop
from index.kinds import kind_key_of, singular

_ABOUT_SHOWN = frozenset({"question", "compare", "more_like"})
_NAMING = frozenset({"find", "question", "compare", "more_like", "clarify", "shop_question"})
"""Acts of messages that may be a question about a product that they name."""
MOST_OPTIONS = 4
_WHOLE = re.compile(
    r"\b(?:everything|(?:the|this|that) (?:whole |entire |complete |full )?(?:set|lot|bundle|kit)"
    r"|all (?:of it|three|four|five))\b",
    re.IGNORECASE,
)
"""All that was shown, as one set."""
_PLACED_IN = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|do you have|is) )*the [\w-]+(?: one)? (?:there )?in (?:size )?\S+(?: \S+)?\W*$",
    re.IGNORECASE,
)
"""What was shown in another variant, and nothing else: "the second one in plum?"."""
_CLAUSE_END = re.compile(r"[,.;:!?]|\b(?:which|is|are|from|by|or|and|vs|versus)\b")
_BETTER = re.compile(
    r"\bwhich (?:one |brand |maker |of (?:them|the two) )?(?:is|are|would be) (?:the )?(?:better|best)\b"
    r"|\bbetter\W*$|\b(?:vs|versus)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?:it|this|that|this one|that one)\W*", re.IGNORECASE)


def was_asked(session: Session) -> bool:
    """True when the assistant asked something back in the last turn: it does not ask twice in a row."""
    return bool(session.turns) and session.turns[-1].request.act == "clarify"


def chosen_option(session: Session, text: str, shop: Shop, words: Vocabulary) -> tuple[str, ...]:
    """What the shopper chose of the options that were asked about; () when the message is no answer to that."""
    if not was_asked(session) or len(text.split()) > 12 or OPENS_QUESTION.search(text):
        # "What is the width of the first one?" asks something else.
        return ()
    found = point(text, session, shop, words, among=session.turns[-1].request.options)
    return found.ids if found.named and len(found.ids) == 1 else ()


def errand_request(
    errand: Errand, session: Session, shop: Shop, words: Vocabulary, pointed: Sequence[str] = ()
) -> Request | None:
    """The request of an errand; a "clarify" where it is not clear which product is meant. None when the message turns
    out to be none: it may have meant something that is not there.
    """
    request = Request(
        act=errand.act,
        deed=errand.deed,
        query=errand.what,
        constraints=session.constraints,
        count=errand.quantity,
    )
    if errand.deed in ("show", "empty", "ignore", "use"):
        return request
    if errand.deed == "forget":
        owned = _owned(errand.what, session, shop, words)
        return replace(request, anchor_ids=owned) if owned or errand.sure else None
    if pointed:
        return replace(request, anchor_ids=tuple(pointed))
    if errand.act == "cart" and not errand.what:
        # "Make it two", "I don't want it after all": what was put there just now.
        return replace(request, anchor_ids=session.turns[-1].request.anchor_ids)
    if errand.deed == "add" and _WHOLE.search(errand.what):
        return replace(request, anchor_ids=session.shown)
    among = list(dict.fromkeys(line.product_id for line in session.cart)) if errand.deed == "remove" else None
    found = point(errand.what, session, shop, words, among=among)
    if not found.ids and not found.options and found.beyond is None:
        found = _of_kind(
            errand.what, looked_at(errand.what, session, shop, words) if among is None else among, shop, words
        )
    if not errand.sure and not found.ids and not (found.options and _BARE.fullmatch(errand.what)):
        return None if errand.deed != "remove" or not found.options else _resolved(request, found, session)
    return _resolved(request, found, session)


def _of_kind(what: str, among: Sequence[str], shop: Shop, words: Vocabulary) -> Pointing:
    """Those of a kind that the words name: "put the mouse into my cart"."""
    spoken = WORD.findall(what)
    kinds = {kind for start, size in windows(len(spoken)) for kind in words.kinds(spoken[start : start + size])}
    found = tuple(one for one in among if one in shop.products and kind_key_of(shop.products[one]) in kinds)
    return Pointing(found) if len(found) == 1 else Pointing(options=found)


def referred(
    request: Request, session: Session, text: str, shop: Shop, words: Vocabulary, pointed: Sequence[str] = ()
) -> Request:
    """The request with the products that the message points at, where it is about products shown or named; a name
    that nothing here has is told.
    """
    found = _referred(request, session, text, shop, words, pointed)
    wrong = misnamed(text, shop.products[found.anchor_ids[0]]) if _asks_of_one(found, shop) else ""
    return replace(found, doubts=(*found.doubts, f"I find no “{wrong}” here; the nearest I know:")) if wrong else found


def _asks_of_one(request: Request, shop: Shop) -> bool:
    return request.act == "question" and len(request.anchor_ids) == 1 and request.anchor_ids[0] in shop.products


def _referred(
    request: Request, session: Session, text: str, shop: Shop, words: Vocabulary, pointed: Sequence[str]
) -> Request:
    named = request if pointed or request.act not in _NAMING else _of_named(request, session, text, shop, words)
    if named is not request:
        return named
    if request.act == "goes_with" and not request.anchor_text:
        found = point(text, session, shop, words)
        topic = session.topic
        if request.anchor_ids and not pointed and topic is not None and topic.act == "goes_with":
            # "It" is still the thing that all of this is to go with, not one of those shown for it.
            return request
        if pointed or (not found.named and (found.ids or found.options)):
            return _resolved(replace(request, anchor_ids=()), found, session, pointed)
        return request
    if request.act not in _ABOUT_SHOWN:
        return request
    found = point(text, session, shop, words)
    if request.act == "compare":
        return _compared(request, found, session, shop, pointed)
    if found.maker and not pointed:
        return _sought(request, found.maker, session)
    if request.anchor_ids and not pointed and not (found.named and (found.ids or found.options)):
        if found.ids and not found.named:
            return replace(request, anchor_ids=found.ids)
        if found.named or not found.options:
            return request
        # Only a pronoun points, and a reader guessed: it is asked.
        return _resolved(replace(request, anchor_ids=()), found, session)
    return _resolved(request, found, session, pointed)


def _of_named(request: Request, session: Session, text: str, shop: Shop, words: Vocabulary) -> Request:
    """The question about a product that the message names by its title, or about a variant of one spoken of or
    pointed at; the request itself where it asks for something else.
    """
    if request.act == "shop_question":
        spoken = variant_asked(text, session, shop)
        return replace(_question(session, text), anchor_ids=(spoken,)) if spoken else request
    of_makers = _of_makers(request, session, text, shop, words)
    if of_makers is not request:
        return of_makers
    named = titled(text, shop) if request.act == "question" or may_ask(text) else ()
    if named and (request.act == "question" or asks_of_named(text, shop.products[named[0]])):
        return _resolved(_question(session, text), _which(named), session)
    if not named and (spoken := variant_asked(text, session, shop)):
        # "Size XXL black hoodie" asks for no size of a sneaker.
        other = read_demands(text, words).kinds
        if not other or kind_key_of(shop.products[spoken]) in other:
            return replace(_question(session, text), anchor_ids=(spoken,))
    if not named and session.shown and _PLACED_IN.search(text):
        meant = point(text, session, shop, words).ids
        if len(meant) == 1 and names_variant(text, shop.products[meant[0]]):
            return replace(_question(session, text), anchor_ids=meant)
    return request


def _of_makers(request: Request, session: Session, text: str, shop: Shop, words: Vocabulary) -> Request:
    """The comparison of what several makers have of one kind; where one of them has none, that is told."""
    if not _BETTER.search(text):
        return request
    spoken = WORD.findall(text)
    runs = [spoken[start : start + size] for start, size in windows(len(spoken))]
    makers = tuple(dict.fromkeys(name for run in runs if (name := words.brand(run, cued=False))))
    told, kinds = next(((run, own) for run in runs if (own := words.kinds(run))), ([], ()))
    if len(makers) < 2 or not kinds:
        return request
    best = {maker: _most_bought(maker, kinds, told, shop) for maker in makers}
    found = tuple(one for one in best.values() if one)
    without = [maker for maker, one in best.items() if not one]
    name = _CLAUSE_END.split(text.lower()[text.lower().find(told[0].lower()) :])[0].strip()
    doubts = (f"I know no {name} by {' or '.join(without)} here.",) if without else ()
    if len(found) > 1:
        return Request(
            act="compare", query=text, anchor_ids=found[:MOST_OPTIONS], constraints=session.constraints, doubts=doubts
        )
    held = replace(session.constraints, brands=tuple(maker for maker, one in best.items() if one))
    return Request(act="find", query=name, kinds=kinds, constraints=held, doubts=doubts)


def _most_bought(maker: str, kinds: Sequence[str], told: Sequence[str], shop: Shop) -> str:
    """What is bought most of a maker's products of these kinds, or else of those whose title has the words told."""
    by_maker = [one for one in shop.rows if fold(one.brand) == fold(maker)]
    said = {singular(fold(word)) for word in told}
    own = [one for one in by_maker if kind_key_of(one) in kinds] or [
        one for one in by_maker if said <= {singular(fold(word)) for word in WORD.findall(one.title)}
    ]
    best = max(own, key=lambda one: (shop.popularity.get(one.product_id, 0), one.rating_count or 0), default=None)
    return best.product_id if best is not None else ""


def _which(named: Sequence[str]) -> Pointing:
    return Pointing(tuple(named)) if len(named) == 1 else Pointing(options=tuple(named))


def _question(session: Session, text: str) -> Request:
    return Request(act="question", query=text, constraints=session.constraints)


def _resolved(request: Request, found: Pointing, session: Session, pointed: Sequence[str] = ()) -> Request:
    if pointed or found.ids:
        return replace(request, anchor_ids=tuple(pointed) or found.ids)
    if found.beyond is not None:
        told = f"I have shown {len(session.shown)}, so there is no number {found.beyond}."
        return replace(request, anchor_ids=(), doubts=(*request.doubts, told))
    if found.options and was_asked(session):
        return replace(request, anchor_ids=found.options[:1])
    if found.options:
        return replace(
            request,
            act="clarify",
            deed="",
            kinds=(),
            anchor_ids=(),
            constraints=session.constraints,
            options=found.options[:MOST_OPTIONS],
        )
    return request


def _compared(request: Request, found: Pointing, session: Session, shop: Shop, pointed: Sequence[str]) -> Request:
    ids = found.ids
    if pointed or len(ids) == 1:
        # "compare it with the second": what was spoken of, and what is pointed at.
        spoken = session.turns[-1].request.anchor_ids if session.turns else ()
        ids = tuple(dict.fromkeys((*spoken, *request.anchor_ids, *pointed, *ids)))
    if len(ids) < 2:
        ids = request.anchor_ids if len(request.anchor_ids) > 1 else session.shown[:MOST_OPTIONS]
    return replace(request, anchor_ids=tuple(one for one in ids if one in shop.products)[:MOST_OPTIONS])


def _sought(request: Request, maker: str, session: Session) -> Request:
    """A maker of which nothing was shown is looked for: "that Lenovo"."""
    topic = session.topic
    told = f"I have not shown anything by {maker} yet, so I looked for it."
    held = replace(session.constraints if topic else Constraints(), brands=(maker,))
    return replace(
        request,
        act="find",
        query=topic.query if topic else "",
        kinds=topic.kinds if topic else (),
        anchor_ids=(),
        constraints=held,
        doubts=(*request.doubts, told),
    )


def _owned(what: str, session: Session, shop: Shop, words: Vocabulary) -> tuple[str, ...]:
    """The purchases that the words name: by a kind or by a maker, else by most words of a title."""
    spoken = WORD.findall(what)
    said = {singular(fold(word)) for word in spoken}
    own = [one for one in dict.fromkeys(reversed(session.history)) if one in shop.products]
    kinds = {kind for start, size in windows(len(spoken)) for kind in words.kinds(spoken[start : start + size])}
    makers = [one for one in own if said >= {fold(part) for part in shop.products[one].brand.split()} != set()]
    of_kind = [one for one in own if kind_key_of(shop.products[one]) in kinds]
    both = [one for one in of_kind if one in makers]
    if both or of_kind or makers:
        return tuple(both or of_kind or makers)

    def shared(one: str) -> int:
        return len(said & {singular(fold(word)) for word in WORD.findall(shop.products[one].title)})

    best = max(own, key=shared, default="")
    return (best,) if best and shared(best) else ()
