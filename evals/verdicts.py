"""What is right and wrong of one answer in a journey, and the figures over many: `MEASURES`.

Knows what a turn asks for, what the run showed before and the reply; nothing of files or of how an answer came about.
What of a reply is untrue is `evals.truth`'s to say.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.dialogue import Reply, Request
from evals.journey_file import Expected
from evals.metrics import Estimate, estimate
from evals.states import StateTurn, differences
from index.catalog import Constraints, fold
from index.folder import Shop
from index.kinds import kind_key_of

TOP = 5
"""The products of a ranking that are held against the constraints in force."""

_STATE_ACTS = {"goes_with": "with", "more_like": "like", "question": "ask", "shop_question": "shop"}
"""What `evals.states` calls an act, where it calls it otherwise."""

_ADMITS = re.compile(
    r"\b(?:nothing|none|neither|no (?:such|match|product|[\w-]+(?: [\w-]+){0,3} (?:that|which|here|in (?:this|the)))"
    r"|(?:found|have|has|sells?|carr(?:y|ies)|stocks?|there (?:is|are)|know of) no(?:ne)?\b"
    r"|(?:do|does|did|could|can|is|are)(?: not|n['’]t)(?: \w+)? (?:have|carry|sell|stock|find|match|meet|sold|carried)"
    r"|cannot find|not (?:carried|sold|stocked|found|available)|not in (?:this|our|the) (?:shop|store|catal))"
    r"|\b(?:no hay|ning[uú]n[oa]?|nada|no (?:tengo|encuentro|encontr[eé]|vend\w+)|nichts|keine?[nrsm]?|aucune?|rien"
    r"|ne \w+ pas)\b|没有|沒有|找不到|ありません|見つかりません|取り扱ってい",
    re.IGNORECASE,
)
"""Words by which a text says that there is nothing, in the languages that replies are written in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer judged; None: not measured on this turn.

    `violates`: one of the first TOP products violates a constraint in force. `wrong` are the parts of the state that
    are not as they should be. `referred`: what the message refers to was found. `admitted`: there is no match, and the
    reply gives none and says so. `denied`: there are matches, and the reply says that there are none. `untrue` are the
    statements of the reply that nothing in the store bears out.
    """

    case_id: str
    turn: int
    act: bool
    wrong: tuple[str, ...]
    violates: bool | None = None
    referred: bool | None = None
    admitted: bool | None = None
    denied: bool | None = None
    untrue: tuple[str, ...] | None = None
    failed: bool = False


def admits(text: str) -> bool:
    """True when a text says that the shop has nothing of the kind."""
    return _ADMITS.search(text) is not None


def judge(
    case_id: str,
    number: int,
    right: Expected,
    reply: Reply,
    shop: Shop,
    before: Request | None,
    untrue: tuple[str, ...],
) -> Verdict:
    """The verdict on a reply; `before` is the request that was in force when the message came."""
    request = _same_bound(reply.request, right, shop)
    missing, products = nothing_matches(right, shop), right.turn.wants_products
    said = admits(reply.text)
    return Verdict(
        case_id=case_id,
        turn=number,
        act=request.act in right.acts,
        wrong=state_differences(right, request, shop, before),
        violates=violates(right, reply, shop) if reply.product_ids else None,
        referred=_referred(right, reply.request, request),
        # What is said of a set that cannot be had may stand above products that can.
        admitted=said and (not reply.product_ids or right.turn.bundle) if missing and products else None,
        denied=said and not reply.product_ids if products and not missing else None,
        untrue=untrue,
    )


def failure(case_id: str, number: int, right: Expected, shop: Shop) -> Verdict:
    """The verdict on a turn without an answer: nothing of it is right, and nothing in it is untrue."""
    missing = right.turn.wants_products and nothing_matches(right, shop)
    refers = right.turn.reference is not None or right.fresh
    return Verdict(
        case_id, number, False, ("failed",), None, False if refers else None, False if missing else None, failed=True
    )


def state_differences(right: Expected, got: Request, shop: Shop, before: Request | None) -> tuple[str, ...]:
    """The parts of the state that are not as they should be, as `evals.states.differences` tells them, and "gift"."""
    turn = right.turn
    act = got.act if got.act in right.acts else right.acts[0]
    kinds = turn.kinds
    if turn.not_carried and not got.kinds:
        # What the shop does not have is under no name of its catalogue.
        kinds = ()
    gold = StateTurn(
        user=turn.user,
        act=_STATE_ACTS.get(act, act),
        kinds=kinds,
        constraints=right.constraints,
        anchors=right.anchors or (),
        named="",
        order=turn.order,
        count=turn.count,
        bundle=turn.bundle,
        around=turn.around if turn.around is not None or got.around is None else float(got.around),
        shown=(),
    )
    wrong = differences(gold, got, shop, before)
    return (*wrong, "gift") if got.wants_products and got.gift != turn.gift else wrong


def violates(right: Expected, reply: Reply, shop: Shop) -> bool:
    """True when one of the first products does not satisfy what is in force, or a set costs more than it may in all."""
    top = [shop.products.get(one) for one in reply.product_ids[:TOP]]
    if any(product is None or not right.constraints.matches(product) for product in top):
        return True
    if right.below is not None and any(one is None or one.price is None or one.price >= right.below for one in top):
        return True
    limit = right.constraints.price_max
    if not (right.turn.bundle and right.turn.budget_for_all) or limit is None or admits(reply.text):
        return False
    prices = [one.product.price for one in reply.recommendations]
    return sum((price for price in prices if price is not None), Decimal(0)) > limit


def nothing_matches(right: Expected, shop: Shop) -> bool:
    """True when no product of the store is a good answer; counted where a bound depends on what the run showed."""
    turn = right.turn
    if turn.not_carried or right.below is None:
        return turn.not_carried or turn.miss
    named = frozenset[str]().union(*turn.kinds)
    return not any(
        right.constraints.matches(product) and (not named or fold(kind_key_of(product)) in named)
        for product in shop.products.values()
    )


def _same_bound(got: Request, right: Expected, shop: Shop) -> Request:
    """The request with its highest price as it should be, where that is derived and lets the same products through."""
    if right.below is None or not _lets_through(right, got, shop):
        return got
    return replace(got, constraints=replace(got.constraints, price_max=right.constraints.price_max))


def _lets_through(right: Expected, got: Request, shop: Shop) -> bool:
    own, wanted = (Constraints(price_max=one.constraints.price_max) for one in (got, right))
    return bool(own) and all(own.matches(product) == wanted.matches(product) for product in shop.products.values())


def _referred(right: Expected, got: Request, same_bound: Request) -> bool | None:
    turn = right.turn
    found = None
    if right.fresh and right.below is not None:
        found = same_bound.constraints.price_max == right.constraints.price_max
    if turn.reference is None or (right.fresh and right.anchors == ()):
        return found
    if right.anchors is None:
        # It was never shown: asking back or searching is right, pretending is not.
        own = got.act in right.acts and (got.act == "clarify" or not got.anchor_ids)
    else:
        own = set(got.anchor_ids) == set(right.anchors)
    return own if found is None else own and found


Measure = Callable[[Verdict], bool | None]

MEASURES: Mapping[str, Measure] = {
    "violations in the top 5": lambda one: one.violates,
    "state exact": lambda one: not one.wrong,
    "act right": lambda one: one.act,
    "references resolved": lambda one: one.referred,
    "misses admitted": lambda one: one.admitted,
    "matches denied": lambda one: one.denied,
    "replies with something untrue": lambda one: None if one.untrue is None else bool(one.untrue),
    "turns that failed": lambda one: one.failed,
}


def measured(verdicts: Iterable[Verdict]) -> dict[str, Estimate]:
    """The share of the turns on which each measure holds, with its 95 % interval over journeys."""
    own = list(verdicts)
    found = {}
    for name, measure in MEASURES.items():
        values = [(one.case_id, measure(one)) for one in own]
        found[name] = estimate((case_id, float(value)) for case_id, value in values if value is not None)
    return found


def faults(verdicts: Sequence[Verdict]) -> Mapping[str, tuple[Verdict, ...]]:
    """The verdicts with something wrong by class, the most frequent class first."""
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        told = {
            "violation": one.violates,
            "reference": one.referred is False,
            "miss not admitted": one.admitted is False,
            "matches denied": one.denied,
            "untrue": bool(one.untrue),
        }
        for name in (*(f"state: {part}" for part in one.wrong), *(name for name, held in told.items() if held)):
            found.setdefault(name, []).append(one)
    return {name: tuple(own) for name, own in sorted(found.items(), key=lambda pair: -len(pair[1]))}
