"""What one message changes, as a short line of text: the language between the shopper's words and the language model.

Writes and reads the line, and says which lines are possible for a message. Knows nothing of products or of the shop.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

ACTS = ("find", "more", "with", "like", "cheaper", "compare", "ask", "shop", "chat", "thanks", "unsafe")
"""What a message does: a new search, going on with the one in force, what goes with a thing, more like a thing,
cheaper than a thing, a comparison, a question about a product, one about the shop, small talk, thanks, or harm."""

SORTS = ("cheapest", "dearest", "rated", "newest")

LONGEST = 400
"""Characters of a message that the model reads."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a message changes; what is empty was not said. Texts are runs of the message's own words.

    `it` are numbers of products shown (0: the one that is talked about), `own` one of the things owned; `named` is a
    thing that is neither. `low`, `high` and `near` are prices as written. `has` is demanded, `soft` only wished for.
    `drop` names what is no longer in force. With `set`, things of different kinds are asked for.
    """

    act: str = "find"
    it: tuple[int, ...] = ()
    own: int | None = None
    named: str = ""
    want: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    min: str = ""
    max: str = ""
    near: str = ""
    brand: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    hasnt: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    stock: bool = False
    sort: str = ""
    count: str = ""
    set: bool = False
    drop: tuple[str, ...] = ()


_FIELDS = tuple(field.name for field in fields(Change) if field.name != "act")
_TEXTS = frozenset({"named", "min", "max", "near", "count", "sort"})
_NUMBERS = frozenset({"min", "max", "near", "count"})
_FLAGS = frozenset({"stock", "set"})


def plain_message(message: str) -> str:
    """The message as the model reads it: on one line, without the sign that parts the fields of a change."""
    return re.sub(r"\s+", " ", message.replace(";", ",")).strip()[:LONGEST]


def render(change: Change) -> str:
    """The change as a line: "find; want mouse; max 40; not Norvik"."""
    parts = [change.act]
    for name in _FIELDS:
        value = getattr(change, name)
        word = name.rstrip("_")
        if name in _FLAGS:
            parts += [word] if value else []
        elif value not in ("", (), None):
            texts = value if isinstance(value, tuple) else (value,)
            parts.append(f"{word} {', '.join(map(str, texts))}")
    return "; ".join(parts)


def parse(line: str) -> Change:
    """The change that a line tells; ValueError names the part that is none."""
    act, *parts = [part.strip() for part in line.strip().split(";")]
    if act not in ACTS:
        raise ValueError(f"act is {act!r}, expected one of {', '.join(ACTS)}")
    found: dict[str, object] = {}
    for part in parts:
        word, _, text = part.partition(" ")
        name = f"{word}_" if word == "not" else word
        texts = tuple(one.strip() for one in text.split(", ") if one.strip())
        if name not in _FIELDS or name in found or bool(text.strip()) == (name in _FLAGS):
            raise ValueError(f"{part!r} in {line!r}, expected one of {', '.join(_FIELDS)} once, with its value")
        if name in ("it", "own"):
            if not all(one.isdecimal() for one in texts):
                raise ValueError(f"{part!r} in {line!r}, expected numbers")
            numbers = tuple(map(int, texts))
            found[name] = numbers[0] if name == "own" else numbers
        else:
            found[name] = True if name in _FLAGS else text.strip() if name in _TEXTS else texts
    return Change(act=act, **found)  # type: ignore[arg-type]


_WHOLE = re.compile(
    # A number stands whole, with its "k" or its unit, but without its currency; signs stand alone.
    r"\d+(?:[.,]\d+)*(?=(?:eur|euros?|usd|dollars?|bucks?|gbp|pounds?|quid|chf|cents?|ish)\b)"
    r"|\w*\d+(?:[.,]\d+)*\w*|\w+|\W",
    re.IGNORECASE,
)
"""What of a message is not taken apart: 1,200 is not 200, and 1.5k not 1."""

_RUN = r"[^\s,.!?]([^\n]*[^\s,.!?])?"
_NUMBER = r"\w([^\n]*\w)?"  # a price as written, but without its currency sign
_MANY = 5
"""Further values of one field: a list has an end."""


def grammar(message: str, shown: Sequence[int] = (), owned: int = 0) -> str:
    """The lines possible for a message, as a Lark grammar for llguidance: texts are runs of words of the message or
    of `drop`'s own words, numbers are those of what was shown and owned.

    A run begins and ends at the edge of a word, and not with a space, a comma or the end of a sentence.
    """
    plain = plain_message(message)
    runs = re.search(r"\w", plain) is not None
    it = "|".join(json.dumps(str(one)) for one in shown)
    own = "|".join(json.dumps(str(one)) for one in range(1, owned + 1))
    rules = []
    if runs:
        rules += [
            f'text: RUN (", " RUN){{0,{_MANY}}}',
            f'WORDS: %regex {{ "substring_chunks": {json.dumps(_WHOLE.findall(plain), ensure_ascii=False)} }}',
            f"RUN: WORDS & /{_RUN}/",
            f"NUMBER: WORDS & /{_NUMBER}/",
        ]
    optional = []
    for name in _FIELDS:
        word = name.rstrip("_")
        if name == "it":
            body = f'"; it " ({it}) (", " ({it})){{0,{_MANY}}}' if it else ""
        elif name == "own":
            body = f'"; own " ({own})' if own else ""
        elif name in _FLAGS:
            body = f'"; {word}"'
        elif name == "sort":
            body = '"; sort " (' + "|".join(map(json.dumps, SORTS)) + ")"
        elif name == "drop":
            body = f'"; drop " dropped (", " dropped){{0,{_MANY}}}'
            rules.append('dropped: "price" | "brand" | "color" | "stock" | "all"' + (" | RUN" if runs else ""))
        elif not runs:
            body = ""
        elif name in _NUMBERS:
            body = f'"; {word} " NUMBER'
        else:
            body = f'"; {word} " {"RUN" if name in _TEXTS else "text"}'
        if body:
            optional.append(f"f_{name}?")
            rules.append(f"f_{name}: {body}")
    acts = "|".join(map(json.dumps, ACTS))
    return "\n".join([f"start: ({acts}) {' '.join(optional)}", *rules]) + "\n"
