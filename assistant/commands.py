"""What a shopper tells the terminal beside messages: the cart, likes, comparison, what is remembered.

One function a command in COMMANDS, from a session and words to a session and what to say; "/cart add 2" means the
second of the products shown last. Knows no terminal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import cart, memory
from assistant.cards import clean
from assistant.compare import compare
from assistant.dialogue import Comparison, Session
from assistant.explain import short_name
from assistant.said import cart_text
from assistant.variants import chosen
from index.folder import Shop


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command leaves: the session, what to say, and the table of a comparison."""

    session: Session
    text: str
    comparison: Comparison | None = None


Command = Callable[[Session, Sequence[str], Shop, date], Outcome]

HELP = (
    "/cart            what lies in the cart; /cart add 2, /cart remove 2\n"
    "/compare 1 2     two to four of the products shown, side by side\n"
    "/like 1          and /dislike 1, /unrate 1: rate a product shown\n"
    "/memory          what is remembered of you; /forget N, /recall N\n"
    "/history off     leave your purchases out; /history on"
)


def obeyed(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome | None:
    """What a command such as ["/like", "1"] leaves; None for a command that there is not."""
    command = COMMANDS.get(words[0]) if words else None
    return command(session, words[1:], shop, today) if command else None


def shown_at(session: Session, words: Sequence[str]) -> list[str]:
    """The ids of the products shown last that numbers from 1 mean, each once; empty when one of them means none."""
    if not words or any(not word.isdecimal() or not 1 <= int(word) <= len(session.shown) for word in words):
        return []
    return list(dict.fromkeys(session.shown[int(word) - 1] for word in words))


def _which(session: Session) -> Outcome:
    many = len(session.shown)
    return Outcome(session, f"Say which by its number, 1 to {many}." if many else "No products are shown yet.")


def _which_listed(session: Session, many: int, none: str) -> Outcome:
    return Outcome(session, f"Say which by its number in /memory, 1 to {many}." if many else none)


def _cart(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    if words:
        named = shown_at(session, words[1:])
        if words[0] not in ("add", "remove") or not named:
            return _which(session)
        for one in named:
            meant = chosen(shop.products[one], session) if one in shop.products else ""
            session = cart.add(session, one, 1, meant) if words[0] == "add" else cart.remove(session, one)
    found = cart.cart_of(session, shop, today)
    return Outcome(session, cart_text(found) if found.rows else "Your cart is empty.")


def _compare(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    table = compare(shown_at(session, words), shop, session)
    if table is None:
        return Outcome(session, "Name two to four of the products shown: /compare 1 2")
    return Outcome(session, "\n".join(table.notes), table)


def _like(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    return _rated(session, words, shop, memory.like, "You like {names}. What is near comes first from now on.")


def _dislike(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    return _rated(session, words, shop, memory.dislike, "Not shown again: {names}.")


def _unrate(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    return _rated(session, words, shop, memory.unrated, "Neither liked nor disliked: {names}.")


def _rated(
    session: Session, words: Sequence[str], shop: Shop, rate: Callable[[Session, str], Session], said: str
) -> Outcome:
    named = [one for one in shown_at(session, words) if one in shop.products]
    if not named:
        return _which(session)
    for one in named:
        session = rate(session, one)
    return Outcome(session, said.format(names=", ".join(clean(short_name(shop.products[one])) for one in named)))


def _memory(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    known = memory.beliefs(session, shop)
    lines = [f"{number}  {clean(one.text)}" for number, one in enumerate(known, start=1)]
    if not known:
        lines.append("Nothing is known of you but what you say here.")
    if session.memory.history_off:
        lines.append("Your purchases are left out; /history on brings them back.")
    gone = session.memory.forgotten
    if gone:
        lines.append("Forgotten, to bring back by /recall:")
        lines += [f"{number}  {_forgotten(key, shop)}" for number, key in enumerate(gone, start=1)]
    return Outcome(session, "\n".join(lines))


def _forgotten(key: str, shop: Shop) -> str:
    kind, _, what = key.partition(":")
    product = shop.products.get(what)
    return clean(short_name(product) if product else f"{kind} {what}".strip())


def _forget(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    known = memory.beliefs(session, shop)
    place = _number(words, len(known))
    if place is None:
        return _which_listed(session, len(known), "Nothing to forget.")
    return Outcome(memory.forget(session, known[place].key, shop), f"Forgotten: {clean(known[place].text)}")


def _recall(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    gone = session.memory.forgotten
    place = _number(words, len(gone))
    if place is None:
        return _which_listed(session, len(gone), "Nothing is forgotten.")
    return Outcome(memory.recall(session, gone[place], shop), f"Remembered again: {_forgotten(gone[place], shop)}")


def _history(session: Session, words: Sequence[str], shop: Shop, today: date) -> Outcome:
    if list(words) not in (["on"], ["off"]):
        return Outcome(session, "Say /history on or /history off.")
    on = words[0] == "on"
    said = "Your purchases count again." if on else "Your purchases are left out from now on."
    return Outcome(memory.with_history(session, on), said)


def _number(words: Sequence[str], most: int) -> int | None:
    """The place, from 0, that one number from 1 means."""
    if len(words) != 1 or not words[0].isdecimal() or not 1 <= int(words[0]) <= most:
        return None
    return int(words[0]) - 1


COMMANDS: Mapping[str, Command] = {
    "/cart": _cart,
    "/compare": _compare,
    "/like": _like,
    "/dislike": _dislike,
    "/unrate": _unrate,
    "/memory": _memory,
    "/forget": _forget,
    "/recall": _recall,
    "/history": _history,
}
"""What a shopper can tell the terminal, by its first word."""
