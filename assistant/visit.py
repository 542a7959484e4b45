"""What one visitor's page shows: the conversation, and which part of the panel is open beside it.

A visit is a value: what a visitor does gives a new one. Knows no HTML, no web framework and no model.
"""

from dataclasses import dataclass, replace

from assistant.dialogue import Event, Reply, Request, Session, Turn
from assistant.stored import Listed
from assistant.talk import Answer, Talk

VIEWS = ("products", "compare", "cart", "memory", "talks", "about")
TABS = VIEWS[:4]
"""The views that are tabs of the panel; the others are opened from the head of the page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor's conversation under its `key`, and what is open.

    `turn` is the place of the answer whose products the panel shows, None for the latest that has any; `ticked` are the
    products to compare; `listed` are the kept conversations as far as the page has been told; `said` is the key of the
    sentence about what was just done, for those who do not see it, and `notice` one that everybody reads; `ack` is the
    number of the last act of the browser's that is in it.
    """

    talk: Talk
    key: str
    language: str = "en"
    view: str = "products"
    turn: int | None = None
    ticked: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    said: str = ""
    notice: str = ""
    ack: int = 0

    @property
    def session(self) -> Session:
        """The session to go on with."""
        return self.talk.session

    @property
    def answering(self) -> bool:
        """True while an answer is on its way."""
        return bool(self.talk.answers) and not self.talk.answers[-1].over

    @property
    def place(self) -> int | None:
        """The place of the answer whose products are shown; None when no answer has any."""
        if self.turn is not None and 0 <= self.turn < len(self.talk.answers):
            return self.turn
        return self.talk.latest

    @property
    def on_show(self) -> Session:
        """The session as it is while an answer is on its way: with the products that stand on the page already."""
        last = self.talk.answers[-1] if self.answering else None
        if last is None or not last.recommendations:
            return self.session
        ids = tuple(one.product.product_id for one in last.recommendations)
        shown = Turn(last.message, last.request or Request(), last.text, ids)
        return replace(self.session, turns=(*self.session.turns, shown))

    def with_session(self, session: Session) -> "Visit":
        """The visit with another session; turns stay as they are, since only answers add to them."""
        return replace(self, talk=replace(self.talk, session=replace(session, turns=self.session.turns)))

    def asked(self, message: str) -> "Visit":
        """The visit with a new message whose answer is on its way."""
        answer = Answer(message, self.session)
        talk = replace(self.talk, answers=(*self.talk.answers, answer))
        return replace(self, talk=talk, turn=None, view="products", said="", notice="")

    def heard(self, event: Event, *, stopped: bool = False) -> "Visit":
        """The visit after one more event of the answer on its way; the last one brings the session to go on with.

        What the visitor did to memory and cart meanwhile is kept.
        """
        before = self.talk.answers[-1]
        answer = before.heard(event)
        session, view, ticked = self.session, self.view, self.ticked
        if isinstance(event, Reply):
            answer = replace(answer, stopped=stopped, rationales={})
            session = joined(before.before, session, event.session)
            if event.comparison is not None:
                view, ticked = "compare", event.comparison.product_ids
        return replace(self, talk=Talk(session, (*self.talk.answers[:-1], answer)), view=view, ticked=ticked)

    def troubled(self, sentence: str) -> "Visit":
        """The visit after an answer that broke off."""
        answers = self.talk.answers
        return replace(self, talk=replace(self.talk, answers=(*answers[:-1], replace(answers[-1], trouble=sentence))))

    def undone(self) -> "Visit":
        """The visit without its last message and answer; likes, memory and cart stay."""
        if not self.talk.answers:
            return self
        before = self.talk.answers[-1].before
        session = replace(self.session, turns=before.turns)
        return replace(self, talk=Talk(session, self.talk.answers[:-1]), turn=None)


def joined(before: Session, now: Session, then: Session) -> Session:
    """The session after an answer: its own, with what the shopper did to memory and cart while it was written.

    `before` is the session that was answered in, `now` the one after those acts, `then` that of the answer.
    """
    return replace(
        then,
        memory=now.memory if now.memory != before.memory else then.memory,
        cart=now.cart if now.cart != before.cart else then.cart,
    )
