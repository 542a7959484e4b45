"""The page: what a visitor did becomes a visit, a visit becomes a drawing; decides nothing about products.

A visitor's conversation is a frozen `Visit` in the page's session state. Visitors share nothing but the kept
conversations, the line they stand in, and the table of the answers under way, in which a stop button finds its own and
in which what is pressed meanwhile is kept. Knows neither models nor how products are found, and no web framework:
`app_gradio` puts the page into a browser. Run by `python -m assistant`.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.cards import clean
from assistant.deeds import Asked, Deed, asked_by, deed_of, done
from assistant.dialogue import Event, Products, Recommendation, Reply
from assistant.drawing import Scene
from assistant.exchange import conversation_html
from assistant.feedback import Feedback
from assistant.frame import foot_html, head_html, panel_html
from assistant.interface import chosen_language, texts_of
from assistant.line import Considerate, Line
from assistant.openers import openers
from assistant.stored import Listed, Shelf, StoredError, listed_of, new_key, talk_from_json, talk_to_json
from assistant.talk import Talk, latest_purchases
from assistant.visit import Visit
from assistant.weights import ModelError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.folder import Shop

SHOPPERS_SHOWN = 8
OPENERS_SHOWN = 4
REDRAW_SECONDS = 0.15
"""The shortest time between two drawings of an answer being written: each one travels to the browser."""
FINDING_AT_ONCE = 2
"""Messages that are read, and whose products are found, at the same time: as many as the shop's cores."""
WRITING_AT_ONCE = 2
VISITORS_AT_ONCE = 24
"""Answers under way, the waiting ones among them, beyond which the shop is full."""

_RATINGS = {"like": True, "dislike": False}
_SENT_TEXTS = ("copied", "copy", "delete", "delete_all", "lost")


class FullError(Exception):
    """There is no place for another answer; `key` names the interface text that says so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(slots=True, eq=False)
class UnderWay:
    """An answer on its way to one visitor: what is asked, its stop, and the visit as it is now.

    It is `told` once its products are on the page, `gone` when nobody waits for it any more, `ended` when nothing more
    will come.
    """

    asked: Asked
    stop: Considerate
    visit: Visit
    lock: threading.Lock
    told: bool = False
    gone: bool = False
    ended: bool = False

    def change(self, to: Callable[[Visit], Visit]) -> Visit:
        """Makes the visit another, one change after the other."""
        with self.lock:
            self.visit = to(self.visit)
            return self.visit


class Page:
    """The page over one assistant, opened for a new visitor or for the shopper `user_id`.

    Conversations of shoppers are kept on the `shelf`, ratings go to `feedback`; `image_hosts` are the hosts that
    pictures may come from beside the index folder.
    """

    def __init__(
        self,
        assistant: "Assistant",
        *,
        user_id: str | None = None,
        shelf: Shelf | None = None,
        feedback: Feedback | None = None,
        image_hosts: Sequence[str] = (),
    ) -> None:
        self.assistant = assistant
        self.image_hosts = tuple(image_hosts)
        self._user_id = user_id
        self._shelf = shelf
        self._feedback = feedback
        self._numbers = itertools.count()
        self._under_way: dict[str, UnderWay] = {}
        self.finding = Line(FINDING_AT_ONCE, VISITORS_AT_ONCE)
        self.writing = Line(WRITING_AT_ONCE, VISITORS_AT_ONCE)

    @property
    def shop(self) -> "Shop":
        """The shop as it is now; a build may put another state in force between two turns."""
        return self.assistant.shop

    # what is drawn

    def scene(self, visit: Visit) -> Scene:
        """What a visit is drawn with."""
        return Scene(self.shop, texts_of(visit.language), frozenset(self.image_hosts))

    def drawing(
        self, visit: Visit, *, keep: bool = True, waiting: int | None = None, more: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """All that the browser needs to show a visit; with `keep`, what it is to keep of it."""
        scene = self.scene(visit)
        texts = scene.texts
        place = visit.place
        signed = self._signed(visit)
        drawn: dict[str, Any] = {
            "n": next(self._numbers),
            "key": visit.key,
            "ack": visit.ack,
            "code": texts["language.code"],
            "title": texts["head.title"],
            "view": visit.view,
            "place": place,
            "notice": visit.notice,
            "signed": signed,
            "head": head_html(visit, scene, self.shoppers(visit.language)),
            "talk": conversation_html(visit.talk, scene, active=place),
            "foot": foot_html(visit, scene, self.openers(visit), waiting),
            "panel": panel_html(visit, scene, self.assistant.today, signed=signed),
            "said": f"{visit.said}{len(visit.talk.answers)}{visit.session.memory}{visit.session.cart}",
            "say": self._said(visit, scene),
            "links": [self._link(visit, place, one.message) for place, one in enumerate(visit.talk.answers)],
            "texts": {name: texts[f"say.{name}"] for name in _SENT_TEXTS},
            **(more or {}),
        }
        if keep and not signed and visit.talk.answers and not visit.answering:
            listed = listed_of(visit.key, visit.talk)
            drawn["keep"] = {
                "key": listed.key,
                "title": listed.title,
                "changed": listed.changed,
                "turns": listed.turns,
                "talk": talk_to_json(visit.key, visit.talk),
            }
        return drawn

    def _said(self, visit: Visit, scene: Scene) -> str:
        """What is told to those who do not see the page: what was just done, or the answer once it stands."""
        if visit.said:
            return scene.texts.get(visit.said, "")
        last = visit.talk.answers[-1] if visit.talk.answers else None
        if last is None or not last.recommendations:
            return ""
        titles = "; ".join(clean(one.product.title) for one in last.recommendations)
        return scene.texts["say.products"].format(count=len(last.recommendations), titles=titles)

    def _link(self, visit: Visit, place: int, message: str) -> str:
        from urllib.parse import urlencode

        if visit.key and visit.talk.answers[place].done:
            return f"?{urlencode({'talk': visit.key, 'turn': place})}"
        return f"?{urlencode({'ask': message[:500]})}"

    def shoppers(self, language: str = "en") -> list[tuple[str, str]]:
        """The choices of the shopper picker: what is read, and the user id ("" is a new visitor)."""
        if self._user_id is not None and not self.shop.manifest.fictional:
            return [(clean(self._user_id), self._user_id)]
        listed = list(self.assistant.shoppers(SHOPPERS_SHOWN))
        if self._user_id is not None and self._user_id not in listed:
            listed.insert(0, self._user_id)
        nobody = texts_of(language)["head.nobody"]
        return [(nobody, ""), *((self._shopper_label(user_id), user_id) for user_id in listed)]

    def _shopper_label(self, user_id: str) -> str:
        history = self.shop.histories.get(user_id, ())
        bought = latest_purchases(history, self.shop.products, len(history))
        kinds = list(dict.fromkeys(clean(product.kind) for product in bought if product.kind))
        return f"{', '.join(kinds[:2])} ({clean(user_id)})" if kinds else clean(user_id)

    def openers(self, visit: Visit) -> tuple[str, ...]:
        """First messages to offer in this conversation; none once it has begun."""
        if visit.talk.answers:
            return ()
        return openers(self.shop.products, visit.session.recent, self.shop.currency)[:OPENERS_SHOWN]

    # a visit begins

    def begin(self, user_id: str | None, language: str = "en") -> Visit:
        """A new conversation of a shopper, or of a new visitor."""
        return Visit(Talk(self.assistant.session(user_id=user_id)), new_key(), language)

    def opened(self, sent: Mapping[str, Any], accepted: str = "") -> tuple[Visit, int | None]:
        """The visit that a browser begins with, and the answer to scroll to.

        `sent` is what the browser tells: the language chosen before, and the conversation and answer of a link.
        """
        language = chosen_language(_text(sent, "language"), accepted)
        visit = self.begin(self._user_id, language)
        key = _text(sent, "key")
        if not key:
            return visit, None
        visit = self._open(visit, key, _text(sent, "talk"))
        turn = _text(sent, "turn")
        place = int(turn) if turn.isdecimal() and len(turn) < 6 else None
        if place is None or place >= len(visit.talk.answers):
            return visit, None
        return replace(visit, turn=place), place

    def _open(self, visit: Visit, key: str, text: str) -> Visit:
        """The visit with a kept conversation open: one of the shelf, or `text` that the browser kept."""
        texts = texts_of(visit.language)
        user_id = visit.session.user_id
        try:
            if self._shelf is not None and user_id is not None:
                talk = self._shelf.open(user_id, key, self.shop.products)
            elif text:
                key, talk = talk_from_json(text, self.shop.products)
            else:
                raise KeyError(key)
        except KeyError:
            return replace(visit, notice=texts["talks.gone"])
        except StoredError as error:
            return replace(visit, notice=texts["talks.broken"].format(reason=error))
        return Visit(talk, key, visit.language)

    # what a visitor does at once

    def current(self, visit: Visit, visitor: str) -> Visit:
        """The visit as it is now: an answer under way knows better than the state that the browser had."""
        entry = self._under_way.get(visitor)
        return entry.visit if entry is not None else visit

    def did(self, visit: Visit, sent: Mapping[str, Any], visitor: str) -> tuple[Visit, dict[str, Any]]:
        """The visit after an act, and what the browser is to do beside drawing it."""
        deed = deed_of(sent)
        entry = self._under_way.get(visitor)
        visit = self.current(visit, visitor)
        serial = _text(sent, "serial")
        ack = int(serial) if serial.isdecimal() and len(serial) < 10 else visit.ack
        visit = entry.change(lambda now: replace(now, ack=ack)) if entry is not None else replace(visit, ack=ack)
        if deed.act in _ELSEWHERE:
            after, more = getattr(self, _ELSEWHERE[deed.act])(visit, deed, sent)
            after = replace(after, ack=ack)
            if entry is not None and after.key != visit.key:
                # Another conversation is open: what is still written for this one is of no more use.
                self.release(visitor)
            elif entry is not None:
                after = entry.change(lambda now: replace(after, talk=now.talk))
            return after, more
        after = (
            entry.change(lambda now: done(now, deed, self.shop)) if entry is not None else done(visit, deed, self.shop)
        )
        self._learn(visit, after, deed)
        if after is not visit and entry is None:
            self._keep(after)
        return after, {}

    def _new(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        return self.begin(visit.session.user_id, visit.language), {}

    def _user(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        known = {key for _, key in self.shoppers()}
        if deed.key not in known:
            return visit, {}
        return self.begin(deed.key or None, visit.language), {}

    def _open_kept(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        return self._open(visit, deed.key, _text(sent, "talk")), {}

    def _list(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        after = done(visit, deed, self.shop)
        if after.view != "talks":
            return after, {}
        return replace(after, listed=self._listed(visit, sent)), {}

    def _delete(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        user_id = visit.session.user_id
        everything = deed.act == "delete-all"
        if self._shelf is not None and user_id is not None:
            if everything:
                self._shelf.delete_all(user_id)
            else:
                self._shelf.delete(user_id, deed.key)
        # The open conversation goes too, or it would be kept again with its next answer.
        if everything or deed.key == visit.key:
            visit = replace(self.begin(user_id, visit.language), view=visit.view)
        return replace(visit, listed=self._listed(visit, sent), said="say.deleted", notice=""), {}

    def _export(self, visit: Visit, deed: Deed, sent: Mapping[str, Any]) -> tuple[Visit, dict[str, Any]]:
        user_id = visit.session.user_id
        if self._shelf is None or user_id is None:
            return visit, {}
        texts = texts_of(visit.language)
        keys = [one.key for one in self._shelf.listed(user_id)] if deed.act == "export-all" else [deed.key]
        try:
            told = [self._shelf.text(user_id, key) for key in keys]
        except KeyError:
            return replace(visit, notice=texts["talks.gone"]), {}
        except StoredError as error:
            return replace(visit, notice=texts["talks.broken"].format(reason=error)), {}
        one = deed.act == "export"
        name = f"conversation-{deed.key}.json" if one else "conversations.json"
        text = told[0] if one else "[" + ",\n".join(told) + "]"
        return visit, {"download": {"n": next(self._numbers), "name": name, "text": text}}

    def _listed(self, visit: Visit, sent: Mapping[str, Any]) -> tuple[Listed, ...]:
        if self._shelf is not None and visit.session.user_id is not None:
            return self._shelf.listed(visit.session.user_id)
        rows = sent.get("listed")
        return tuple(_listed_rows(rows)) if isinstance(rows, list) else ()

    def _learn(self, before: Visit, after: Visit, deed: Deed) -> None:
        """Writes a like or a dislike down, with the rationale that stood on the card."""
        if self._feedback is None or deed.act not in _RATINGS or after.session.memory == before.session.memory:
            return
        shown = _shown(after, deed.product)
        if shown is not None:
            self._feedback.rated(shown, _RATINGS[deed.act])

    def _keep(self, visit: Visit) -> None:
        """Puts a conversation on its shopper's shelf."""
        if self._signed(visit) and visit.talk.answers and self._shelf is not None:
            self._shelf.keep(str(visit.session.user_id), visit.key, visit.talk)

    def _signed(self, visit: Visit) -> bool:
        return self._shelf is not None and visit.session.user_id is not None

    # an answer

    def asked_by(self, visit: Visit, sent: Mapping[str, Any]) -> tuple[Visit, Asked | None]:
        """What a pressed button asks, and the visit that it is asked in."""
        deed = deed_of(sent)
        asked = asked_by(visit, deed, self.shop)
        return (visit.undone() if asked is not None and deed.act == "retry" else visit), asked

    def claim(self, visit: Visit, asked: Asked, visitor: str) -> Visit:
        """Takes the visitor's one place for an answer, at the end of the line; FullError where there is none."""
        if visitor in self._under_way:
            raise FullError("busy.one")
        entry = UnderWay(asked, Considerate(self.finding), visit.asked(asked.message), threading.Lock())
        if not self.finding.join(entry):
            raise FullError("busy.full")
        self._under_way[visitor] = entry
        return entry.visit

    def entry(self, visitor: str) -> UnderWay | None:
        """The answer under way to a visitor."""
        return self._under_way.get(visitor)

    def answer(self, entry: UnderWay) -> Iterator[Visit]:
        """The visit as the answer grows; the last one holds the session to go on with."""
        drawn = 0.0
        try:
            for event in self._events(entry):
                stopped = isinstance(event, Reply) and entry.stop.set_already
                visit = entry.change(partial(Visit.heard, event=event, stopped=stopped))
                if isinstance(event, Products):
                    self.finding.leave(entry)
                    entry.told = True
                    entry.stop.writing()
                if isinstance(event, (Products, Reply)) or time.monotonic() - drawn > REDRAW_SECONDS:
                    drawn = time.monotonic()
                    yield visit
        except ModelError as error:
            sentence = str(error)
            yield entry.change(lambda now: now.troubled(sentence))
        finally:
            # Also when the visitor left: nobody reads on, so nothing should be written on.
            self.end(entry)

    def _events(self, entry: UnderWay) -> Iterator[Event]:
        asked, session = entry.asked, entry.visit.session
        if asked.swap:
            return self.assistant.swap(session, asked.swap, stop=entry.stop)
        if asked.request is not None:
            return self.assistant.again(session, asked.request, stop=entry.stop)
        return self.assistant.stream(session, asked.message, stop=entry.stop)

    def stop(self, visitor: str) -> None:
        """Stops the answer that this visitor is getting, if any."""
        entry = self._under_way.get(visitor)
        if entry is not None:
            entry.stop.set()

    def release(self, visitor: str) -> None:
        """Stops what is still written for the visitor and gives their place back."""
        entry = self._under_way.pop(visitor, None)
        if entry is not None:
            entry.gone = True
            self.end(entry)

    def end(self, entry: UnderWay) -> None:
        """Nothing more is written for an answer, and its places in the lines are free."""
        entry.stop.set()
        entry.ended = True
        self.finding.leave(entry)
        self.writing.leave(entry)

    def settled(self, visit: Visit, visitor: str) -> Visit:
        """The visit after a turn, which is kept; an answer that broke off says so, the session stays as it was."""
        entry = self._under_way.get(visitor)
        if entry is not None and not entry.ended:
            return entry.visit  # the next answer is under way already, in another conversation
        visit = self.current(visit, visitor)
        self.release(visitor)
        calm = replace(visit, talk=visit.talk.settled())
        self._keep(calm)
        return calm


_ELSEWHERE = {
    "new": "_new",
    "user": "_user",
    "open": "_open_kept",
    "view": "_list",
    "delete": "_delete",
    "delete-all": "_delete",
    "export": "_export",
    "export-all": "_export",
}
"""Acts that need more than the visit: the kept conversations, or a new session."""


def _shown(visit: Visit, product_id: str) -> Recommendation | None:
    """The product as it was shown last, with its rationale."""
    for answer in reversed(visit.talk.answers):
        for one in answer.recommendations:
            if one.product.product_id == product_id:
                return replace(one, rationale=one.rationale or answer.rationales.get(product_id, ""))
    return None


def _listed_rows(rows: Sequence[object]) -> Iterator[Listed]:
    for row in rows[:500]:
        if isinstance(row, dict) and isinstance(row.get("key"), str):
            turns = row.get("turns")
            title, changed = (str(row.get(name, ""))[:200] for name in ("title", "changed"))
            yield Listed(row["key"][:100], title, changed, turns if isinstance(turns, int) else 0)


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
