"""A conversation as it is drawn: the answers so far, folded from a turn's events.

Frozen records only: knows no HTML, no web framework and no model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.dialogue import (
    Comparison,
    Event,
    Products,
    RationaleText,
    Recommendation,
    Reply,
    Request,
    Session,
)
from index.catalog import Product
from index.documents import Passage

TROUBLE = "Something went wrong while answering. Nothing is lost: press “Try again”."
MESSAGE_DRAWN = 2000
"""Characters of a message that are drawn: a pasted book should not bury its answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message and its answer as far as it has come; `before` is the session it was asked in.

    `rationales` holds what is written so far by product id; `trouble` is a sentence when the answer
    broke off.
    """

    message: str
    before: Session
    text: str = ""
    request: Request | None = None
    recommendations: tuple[Recommendation, ...] = ()
    rationales: Mapping[str, str] = field(default_factory=dict)
    nearest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    comparison: Comparison | None = None
    passages: tuple[Passage, ...] = ()
    guides: tuple[Passage, ...] = ()
    quick: tuple[str, ...] = ()
    done: bool = False
    stopped: bool = False
    trouble: str = ""

    @property
    def over(self) -> bool:
        """True when nothing more will come."""
        return self.done or bool(self.trouble)

    @property
    def products(self) -> tuple[str, ...]:
        """The ids of the products that are shown, those recommended before the nearest misses."""
        shown = [one.product.product_id for one in self.recommendations]
        return tuple(dict.fromkeys([*shown, *self.nearest]))

    def heard(self, event: Event) -> "Answer":
        """The answer after one more event of the turn."""
        match event:
            case Products():
                return replace(self, text=event.text, request=event.request, recommendations=event.recommendations)
            case RationaleText():
                return replace(self, rationales={**self.rationales, event.product_id: event.text})
            case Reply():
                return replace(
                    self,
                    text=event.text,
                    request=event.request,
                    recommendations=event.recommendations,
                    nearest=event.nearest,
                    comparison=event.comparison,
                    passages=event.passages,
                    guides=event.guides,
                    quick=event.quick,
                    done=True,
                )


@dataclass(frozen=True, slots=True)
class Talk:
    """A visitor's conversation: the session to go on with and the answers drawn so far."""

    session: Session
    answers: tuple[Answer, ...] = ()

    @property
    def latest(self) -> int | None:
        """The place of the answer whose products are shown: the last one that has any, or that is still awaited."""
        for place in reversed(range(len(self.answers))):
            answer = self.answers[place]
            if answer.products or (answer.request is None and not answer.trouble):
                return place
        return None

    def undone(self) -> "Talk":
        """The conversation without its last message and answer."""
        if not self.answers:
            return self
        return Talk(self.answers[-1].before, self.answers[:-1])

    def settled(self) -> "Talk":
        """The conversation after a turn; an answer that broke off says so, the session stays as it was."""
        if not self.answers or self.answers[-1].over:
            return self
        return Talk(self.session, (*self.answers[:-1], replace(self.answers[-1], trouble=TROUBLE)))


def latest_purchases(history: Sequence[str], products: Mapping[str, Product], count: int) -> tuple[Product, ...]:
    """The newest products of a history that the shop still knows, each once."""
    known = dict.fromkeys(pid for pid in reversed(history) if pid in products)
    return tuple(products[pid] for pid in list(known)[:count])
