"""Descriptions from sentences: which sentences may be said of a product, which are chosen, and in what order.

A kind's clauses are lines of text. The first character of a line is its part: `+` opens a description, `-` names
a drawback, `*` is a detail. A condition may stand before ` :: `; without one the sentence is true of every
product of the kind. A line that starts with a space continues the one before.

    + opens any description of the kind: A {screen_size:inch} panel for <work|study>.
    - ports!~HDMI :: There is no HDMI socket.

Conditions are joined by ` & `: `name=value`, `name!=value`, `name~part` and `name!~part` (value contains the
part), `name<5`, `name>5` (first number of the value); a missing attribute fails all but `!=` and `!~`. In a sentence
`{name}` is the attribute, `:l` in lower case, `:inch` as "14-inch", `:n` its number alone; `<a|b>` is one of the two.
A sentence whose attribute is missing is not eligible, so nothing is said that the record does not state.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.demo.brands import Brand
from index.demo.kinds import number

_TEST = re.compile(r"(\w+)(!=|!~|=|~|<|>)(.+)")
_HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
# "a 8-core", "a 11-inch", "a orange one" come out of filled holes; "a one" and "a USB" stay as they are.
_ARTICLE = re.compile(r"(?<!\d )\b([Aa]) (?=(?:8\d*|11|18)\b|8\.|(?!one\b|one-|once|eu)[aeioAEIO])")

# Sentences that any kind may use, where the record states what they speak of.
_ANYWHERE = """
* warranty>2 :: The warranty runs for {warranty}<| from the day of delivery>.
* warranty>2 :: {brand} stands behind it for {warranty}.
* warranty=2 years :: It comes with the usual two years of warranty.
* warranty=1 year :: The warranty is short: {warranty}.
* color!=Clear :: <This one|The version here> is in {color:l}.
* color!=Clear :: The color is {color:l}<|, and a quiet shade of it>.
"""

_SHAPES = ("+**", "+*-", "+*v", "+**-", "+*a", "+-*", "+*-*", "+**v", "v+*", "+-a", "+*-v", "v+*-", "*+*", "+a*-")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence with its part (`+`, `-`, `*`) and its condition, both as written."""

    part: str
    condition: str
    sentence: str


def read_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a block of lines; ValueError shows a line that starts with none of the parts."""
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += " " + line.strip()
        elif line:
            lines.append(line)
    found = []
    for line in lines:
        if line[0] not in "+-*":
            raise ValueError(f"{line!r}, expected a clause that starts with +, - or *")
        condition, mark, sentence = line[1:].strip().rpartition(" :: ")
        found.append(Clause(line[0], condition if mark else "", sentence))
    return tuple(found)


def holds(condition: str, facts: Mapping[str, list[str]]) -> bool:
    """True when every test of the condition holds for the attributes."""
    return all(_passes(test.strip(), facts) for test in condition.split(" & ")) if condition else True


def _passes(test: str, facts: Mapping[str, list[str]]) -> bool:
    found = _TEST.fullmatch(test)
    if not found:
        return test in facts
    name, sign, wanted = found.groups()
    values = facts.get(name, [])
    if sign in ("=", "!="):
        return (wanted in values) == (sign == "=")
    if sign in ("~", "!~"):
        return any(wanted in value for value in values) == (sign == "~")
    if not values:
        return False
    return number(values[0]) < float(wanted) if sign == "<" else number(values[0]) > float(wanted)


def fill(sentence: str, facts: Mapping[str, list[str]], rng: random.Random) -> str:
    """The sentence with its holes filled from the facts and one of each of its choices."""

    def value(found: re.Match[str]) -> str:
        values = facts[found[1]]
        text = values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"
        if found[2] == "l":
            return text.lower()
        if found[2] == "inch":
            return f"{number(values[0]):g}-inch"
        return f"{number(values[0]):g}" if found[2] == "n" else text

    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), sentence)
    filled = _ARTICLE.sub(lambda found: found[1] + "n ", _HOLE.sub(value, chosen))
    return filled[0].upper() + filled[1:]


@dataclass(slots=True)
class Writer:
    """Writes the descriptions of one kind; prefers sentences it has used least, so that products differ."""

    clauses: str
    rng: random.Random
    used: Counter[str] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)

    def write(self, brand: Brand, model: str, attributes: Mapping[str, list[str]]) -> str:
        """A description of two to four sentences that no other product of this kind has."""
        facts = {**attributes, "brand": [brand.name], "model": [model]}
        own = [clause for clause in read_clauses(self.clauses) if self._may_say(clause, facts)]
        general = [clause for clause in read_clauses(_ANYWHERE) if self._may_say(clause, facts)]
        for _ in range(60):
            shape = self.rng.choice(_SHAPES)
            said: list[str] = []
            for part in shape:
                if part == "v":
                    pool = list(brand.voice)
                else:
                    source = general if part == "a" else own
                    wanted = "*" if part == "a" else part
                    pool = [clause.sentence for clause in source if clause.part == wanted]
                fresh = [sentence for sentence in pool if sentence not in said]
                if fresh:
                    said.append(min(fresh, key=lambda one: (self.used[one], self.rng.random())))
            text = " ".join(fill(sentence, facts, self.rng) for sentence in said)
            if len(said) > 1 and text not in self.written:
                self.written.add(text)
                self.used.update(said)
                return text
        raise ValueError(f"no new description left for {brand.name} {model}: the kind needs more clauses")

    @staticmethod
    def _may_say(clause: Clause, facts: Mapping[str, list[str]]) -> bool:
        named = {name for name, _ in _HOLE.findall(clause.sentence)}
        return named <= set(facts) and holds(clause.condition, facts)
