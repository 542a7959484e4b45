"""Why a product stands where it stands: what each signal added to its score, as shares.

Computed from the recommendation's own signals and the weights it was ranked by. Knows no words for the shopper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue import Candidate, Recommendation, Request
from assistant.rank import TASTE, WEIGHTS, situation

LEAST = 0.03
"""The share of a score below which a signal is not told."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one signal added to a product's score: `share` of all that spoke for it, 0 to 1."""

    signal: str
    share: float


def contributions(
    recommendation: Recommendation, request: Request, shown: Sequence[Recommendation] = ()
) -> tuple[Contribution, ...]:
    """The signals that speak for a product, the strongest first, without those under LEAST of the whole.

    `shown` are all of the answer: they tell by which weights it was ranked.
    """
    alike = [Candidate(one.product, one.signals) for one in (shown or (recommendation,))]
    weights = {**WEIGHTS[situation(request, alike)], "taste": TASTE}
    added = {name: weights.get(name, 0.0) * value for name, value in recommendation.signals.items()}
    whole = sum(value for value in added.values() if value > 0)
    told = [Contribution(name, value / whole) for name, value in added.items() if value > 0 and value / whole >= LEAST]
    return tuple(sorted(told, key=lambda one: (-one.share, one.signal)))
