"""Conversations that are kept: as JSON with a version, and on a shelf of files, one a conversation.

    {"version": 1, "id": "x7Qe...", "title": "a quiet mouse", "changed": "2026-11-24T16:00:00+00:00",
     "session": {...}, "answers": [...]}

A kept conversation comes back with its turns, requests, memory and cart; products that the shop no longer has are left
out. Who it belongs to is told by the folder it lies in, never by the file. Knows nothing of the page.
"""

import contextlib
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.cart import MOST
from assistant.coded import CodedError, coded, decoded
from assistant.dialogue import CartLine, Memory, Session
from assistant.known import answer_in, cart_in, memory_in, session_in
from assistant.talk import Answer, Talk
from index.catalog import Product

VERSION = 1
MOST_BYTES = 4_000_000
MOST_KEPT = 200
"""Conversations of one shopper that are listed; the oldest go when there are more."""
_TITLE = 60
_NOT_KEPT = frozenset({"before", "rationales"})


class StoredError(ValueError):
    """A kept conversation that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A kept conversation in the list: its id, its first message, when it last changed, and how many answers it has."""

    key: str
    title: str
    changed: str
    turns: int


def new_key() -> str:
    """A new conversation's id, which nobody guesses."""
    return secrets.token_urlsafe(12)


def listed_of(key: str, talk: Talk, changed: str = "") -> Listed:
    """A conversation as it stands in the list."""
    said = next((one.message for one in talk.answers if one.message.strip()), "")
    title = " ".join(said.split())
    title = title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
    return Listed(key, title or "…", changed or datetime.now(UTC).isoformat(timespec="milliseconds"), len(talk.answers))


def session_to_json(session: Session) -> dict[str, Any]:
    """A session without who it belongs to."""
    return {name: value for name, value in coded(session).items() if name != "user_id"}


def session_from_json(value: object, products: Mapping[str, Product], user_id: str | None = None) -> Session:
    """The session that was kept, for its shopper, with the products that the shop has; StoredError for what is none."""
    try:
        session = decoded(Session, value, products, "session")
    except CodedError as error:
        raise StoredError(str(error)) from error
    return session_in(replace(session, user_id=user_id, cart=_counted(session.cart)), products)


def talk_to_json(key: str, talk: Talk) -> str:
    """A conversation as text to keep."""
    listed = listed_of(key, talk)
    answers = []
    for answer in talk.answers:
        told = {one.name: coded(getattr(answer, one.name)) for one in fields(answer) if one.name not in _NOT_KEPT}
        before = answer.before
        told["before"] = {"turns": len(before.turns), "memory": coded(before.memory), "cart": coded(before.cart)}
        answers.append(told)
    return json.dumps(
        {
            "version": VERSION,
            "id": key,
            "title": listed.title,
            "changed": listed.changed,
            "session": session_to_json(talk.session),
            "answers": answers,
        },
        ensure_ascii=False,
    )


def talk_from_json(text: str, products: Mapping[str, Product], user_id: str | None = None) -> tuple[str, Talk]:
    """The id and the conversation that was kept; StoredError, with a clear sentence, for what is none."""
    row = _row(text)
    session = session_from_json(row.get("session"), products, user_id)
    answers = row.get("answers")
    if not isinstance(answers, list):
        raise StoredError(f"answers is {str(answers)[:40]!r}, expected a list")
    try:
        told = tuple(_answer(one, session, products, f"answers[{place}]") for place, one in enumerate(answers))
    except CodedError as error:
        raise StoredError(str(error)) from error
    return row["id"], Talk(session, told)


class Shelf:
    """The conversations of signed-in shoppers in a folder: a folder a shopper, a file a conversation.

    Folders and files are named by hashes, and a file is replaced as a whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, user_id: str, key: str, talk: Talk) -> None:
        """Keeps a conversation in place of what was kept of it. OSError when the folder cannot be written."""
        path = self._path(user_id, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(talk_to_json(key, talk))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for old in self._files(user_id)[MOST_KEPT:]:
            old.unlink(missing_ok=True)

    def listed(self, user_id: str) -> tuple[Listed, ...]:
        """What is kept for a shopper, the newest first; files that cannot be read are not in it."""
        return tuple(self._listed(user_id))

    def _listed(self, user_id: str) -> Iterator[Listed]:
        for path in self._files(user_id):
            with contextlib.suppress(OSError, StoredError, UnicodeDecodeError):
                row = _row(path.read_text("utf-8"))
                answers = row.get("answers")
                yield Listed(
                    row["id"],
                    str(row.get("title", "…")),
                    str(row.get("changed", "")),
                    len(answers) if isinstance(answers, list) else 0,
                )

    def open(self, user_id: str, key: str, products: Mapping[str, Product]) -> Talk:
        """A kept conversation over these products; KeyError where this shopper has none of that id, StoredError where
        it is broken.
        """
        _, talk = talk_from_json(self.text(user_id, key), products, user_id)
        return talk

    def text(self, user_id: str, key: str) -> str:
        """A kept conversation as it is kept; errors as in `open`."""
        path = self._path(user_id, key)
        if not path.is_file():
            raise KeyError(key)
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StoredError(f"its file cannot be read ({error})") from error

    def delete(self, user_id: str, key: str) -> None:
        """Forgets a conversation, if it is kept."""
        self._path(user_id, key).unlink(missing_ok=True)

    def delete_all(self, user_id: str) -> None:
        """Forgets every conversation of a shopper, the broken ones too."""
        for path in self._files(user_id):
            path.unlink(missing_ok=True)

    def _path(self, user_id: str, key: str) -> Path:
        return self._folder / _hashed(user_id) / f"{_hashed(key)}.json"

    def _files(self, user_id: str) -> list[Path]:
        found = (self._folder / _hashed(user_id)).glob("*.json")
        return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _row(text: str) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise StoredError(f"it has {len(text):,} characters, expected at most {MOST_BYTES:,}")
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoredError(f"it is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise StoredError(f"it is {str(row)[:40]!r}, expected an object")
    if row.get("version") != VERSION:
        raise StoredError(f"version is {str(row.get('version'))[:40]!r}, expected {VERSION}")
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise StoredError(f"id is {str(row.get('id'))[:40]!r}, expected a text")
    return row


def _answer(value: object, session: Session, products: Mapping[str, Product], where: str) -> Answer:
    if not isinstance(value, dict) or not isinstance(value.get("before"), dict):
        raise CodedError(f"{where}: {str(value)[:40]!r}, expected an answer with what was before it")
    before = value["before"]
    turns = decoded(int, before.get("turns"), products, f"{where}.before.turns")
    asked_in = replace(
        session,
        turns=session.turns[: max(turns, 0)],
        memory=memory_in(decoded(Memory, before.get("memory"), products, f"{where}.before.memory"), products),
        cart=cart_in(
            _counted(decoded(tuple[CartLine, ...], before.get("cart"), products, f"{where}.before.cart")), products
        ),
    )
    told = {name: one for name, one in value.items() if name not in _NOT_KEPT}
    answer = decoded(Answer, {**told, "before": {}}, products, where)
    return replace(answer_in(answer, products), before=asked_in)


def _counted(cart: tuple[CartLine, ...]) -> tuple[CartLine, ...]:
    return tuple(one for one in cart if 1 <= one.quantity <= MOST)
