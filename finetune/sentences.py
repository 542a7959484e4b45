"""Say in one sentence what a plan tells: a pattern, its holes filled from the statements, and what else is to be told.

Knows English sentences and the forms of the evidence; nothing of shops or of models. What it says is checked by
`assistant.ground` where it is used.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.dialogue import TIES, Evidence
from assistant.plan import IS_FIRST, OPENERS, form_of
from finetune.patterns import COMPARISONS, DRAWBACKS, MAINS, NEEDS, WEIGHED

WORDS = range(8, 27)
"""How long a sentence may be."""
_AIM = 17
"""Words beyond which a sentence is tried again, to be quickly written."""
_TRIES = 40
_HELDOUT = 6
"""One pattern of so many is held out."""
_MASS = re.compile(r"(memory|storage|ram|power|protein|sugar|fat|coverage)$")
_COLOR = re.compile(r"colou?rs?$")
_IS = re.compile(
    r"(?<!weather )(?:able|ible|ent|free|proof|less|ed|cancel+ing|folding|organic|vegan|quiet|light|slim|compact|black"
    r"|white|thin|small|ergonomic|soft|fast|bright|vertical|loud|smart)$"
)
_FITS = re.compile(r"fits your (?P<own>.+?) \((?P<reason>[^;)]+).*\)$")
_LINK = re.compile(r"(?:listed as working with|often bought together with|fits) your (?P<own>.+)$")
_BOUGHT = re.compile(r"you bought the (?P<bought>.+) of (?P<brand>.+)$")
_GOES = re.compile(r"of a kind that goes with (?P<other>.+)$")
_VOWEL = re.compile(r"[aeioAEIO]|[uU](?![sS]|ni)|8|11\b|18\b|hour|[FHLMNRSX](?=[A-Z0-9 ])")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, the words of the plan that it begins with, and the name of its pattern."""

    text: str
    begin: str
    template: str


def part_of(name: str) -> str:
    """The part that a pattern belongs to, by its text alone: "train" or "heldout"."""
    return "heldout" if hashlib.sha256(name.encode()).digest()[0] % _HELDOUT == 0 else "train"


def templates(form: str, part: str) -> list[tuple[str, str]]:
    """Name and text of the patterns of a form that belong to a part."""
    named = [(f"{form}: {text}", text) for text in MAINS[form]]
    return [one for one in named if part_of(one[0]) == part]


def said(told: Sequence[Evidence], rng: random.Random, part: str) -> Said | None:
    """A sentence that tells the statements, the first of them first; None where no pattern of the part has the words.

    The shopper's need or history and what speaks against the product are always told, the rest as there is room.
    """
    form = form_of(told[0])
    own = templates(form, part) if form else []
    short: Said | None = None
    for _ in range(_TRIES if own else 0):
        name, pattern = rng.choice(own)
        holes = _holes(told, rng)
        parts = _ends(told, pattern, holes, rng, part)
        text = "".join(_filled(one, holes) or "\0" for one in (pattern, *parts))
        if "\0" in text:
            continue
        begin = max((words for words in OPENERS[form] if text.startswith(words)), key=len, default="")
        length = len(text.split())
        varied = len(set(_connectives(parts))) == len(parts) and text.count(":") < 2 and text.count(";") < 2
        if begin and length in WORDS and varied:
            if length <= _AIM:
                return Said(f"{text}.", begin, name)
            short = min((short, Said(f"{text}.", begin, name)), key=_length)
    return short


def _length(one: Said | None) -> int:
    return len(one.text.split()) if one else WORDS.stop


def _connectives(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        found = re.match(r"[,;:]? ?(?:and|but|though|yet|which|with)?", part)
        yield found[0] if found else part


def _filled(pattern: str, holes: Mapping[str, str]) -> str:
    """The pattern with its holes filled; "" when one of them is not known."""
    names = re.findall(r"{(\w+)}", pattern)
    return pattern.format_map(holes) if all(holes.get(name) for name in names) else ""


def _ends(told: Sequence[Evidence], pattern: str, holes: Mapping[str, str], rng: random.Random, part: str) -> list[str]:
    """What else is to be told behind the pattern: the need, then the comparison, then the drawback."""
    first, rest = told[0], told[1:]
    # The first of several things that were asked for is told with the others.
    needs = [form_of(one) for one in rest if one.source in TIES]
    if first.source != "asked" and any(one.source == "asked" for one in rest):
        needs.append("asked")
    found = [rng.choice(_of(NEEDS[form], part)) for form in needs]
    compared = "cmp}" not in pattern and bool(holes.get("cmp")) and rng.random() < 0.8
    against = holes.get("against", "")
    if against and compared and rng.random() < 0.4:
        return [*found, rng.choice(_of(WEIGHED[against], part))]
    if compared:
        found.append(rng.choice(_of(COMPARISONS, part)))
    if against:
        found.append(rng.choice(_of(DRAWBACKS[against], part)))
    return found


def _of(patterns: Sequence[str], part: str) -> Sequence[str]:
    """The patterns that may be used in a part: the held-out ones may stand beside those of training."""
    return patterns if part == "heldout" else [one for one in patterns if part_of(one) == "train"] or patterns


def _holes(told: Sequence[Evidence], rng: random.Random) -> dict[str, str]:
    holes: dict[str, str] = {"this": "this one", "kind": "product"}
    asked = []
    facts = []
    for one in told:
        match one.source:
            case "kind":
                holes |= {"this": f"this {one.text}", "kind": one.text, "a_kind": _a(one.text)}
            case "asked":
                asked.append(one.text.removeprefix("you asked for "))
            case "attribute":
                facts.append(one.text)
            case "rating":
                holes |= {"rated": one.text, "Rated": f"{one.text[:1].upper()}{one.text[1:]}"}
                holes |= {"vp": f"is {one.text}"} if one is not told[0] else {}
            case "brand":
                holes.setdefault("vp", f"is by {one.text}")
            case "compared":
                holes |= _place("cmp", one.text)
            case "against":
                holes |= _drawback(one.text)
            case _:
                for pattern in (_FITS, _LINK, _BOUGHT, _GOES):
                    if found := pattern.match(one.text):
                        holes |= found.groupdict()
                        break
    if "a_kind" not in holes:
        holes["a_kind"] = "one"
    if asked:
        holes["asked"] = " and ".join(asked)
    if "cmp" in holes and told[0].source != "compared" and not facts:
        holes["vp"] = holes.pop("is_cmp")
        del holes["cmp"]
    holes |= _features(facts, rng)
    if holes.get("name1") == holes["kind"]:
        del holes["name1"]
    return holes


def _place(hole: str, text: str) -> dict[str, str]:
    """A comparison as it stands behind "it" and behind a comma: "is the lightest ...", "has the most memory ..."."""
    first = IS_FIRST.match(text)
    return {
        hole: text,
        f"is_{hole}": f"{'is' if first else 'has'} {text}",
        f"by_{hole}": text if first else f"with {text}",
    }


def _drawback(text: str) -> dict[str, str]:
    """The holes of what speaks against a product, and which of DRAWBACKS tell it."""
    if not text.startswith("no "):
        return {**_place("worse", text), "against": "worse"}
    silent = text.endswith(" in its record")
    lack = text.removeprefix("no ").removesuffix(" in its record")
    if _IS.search(lack):
        return {"lack": lack, "against": "unlisted" if silent else "not"}
    return {"lack": lack, "against": "silent" if silent else "without"}


# --- features


def _features(facts: Sequence[str], rng: random.Random) -> dict[str, str]:
    """The holes that features fill; of two, sometimes only the first is told."""
    verbs = [_verb(fact, rng) for fact in facts[:2]]
    nouns = [_noun(fact, rng) for fact in facts[:2]]
    used = facts[: rng.choice((1, 2, 2))]
    holes = {}
    if used:
        holes["vp"] = " and ".join(verbs[: len(used)])
        if all(nouns[: len(used)]):
            holes["np"] = " and ".join(nouns[: len(used)])
        name, _, value = facts[0].rpartition(": ")
        holes |= {"vp1": verbs[0], "np1": nouns[0]}
        if name and not _is_plural(name) and not name.startswith(("for ", "fits ", "suits")):
            holes |= {"name1": name, "value1": value}
    if len(facts) > 1:
        holes |= {"vp2": verbs[1]}
    return holes


def _verb(fact: str, rng: random.Random) -> str:
    """What a product does by a feature: "weighs 78 g", "has a backlight", "comes in black"."""
    name, _, value = fact.rpartition(": ")
    if not name:
        if _IS.search(value):
            return f"is {value}"
        return f"{rng.choice(('has', 'comes with', 'offers'))} {_thing(value)}"
    last = name.split()[-1]
    if name.startswith("for "):
        return f"is made for {value}"
    if name.startswith(("fits ", "suits ")) or name == "suits":
        verb, _, rest = name.partition(" ")
        return f"{verb} {_a(rest)} of {value}" if rest else f"{verb} {value}"
    if name == "weight":
        return rng.choice((f"weighs {value}", f"weighs {value}", f"has a weight of {value}"))
    if _COLOR.search(last) and last == name:
        return rng.choice((f"is {value}", f"comes in {value}", f"has the {name} {value}"))
    if name == "material":
        return rng.choice((f"is made of {value}", f"has {value} as its material"))
    return f"{rng.choice(('has', 'has', 'comes with', 'offers', 'features'))} {_noun(fact, rng)}"


def _noun(fact: str, rng: random.Random) -> str:
    """What a product has by a feature: "a weight of 78 g", "16 GB of memory"; "" for what it only is."""
    name, _, value = fact.rpartition(": ")
    if not name:
        return "" if _IS.search(value) else _thing(value)
    if name.startswith(("for ", "fits ", "suits")):
        return ""
    last = name.split()[-1]
    single = "," not in value
    if _is_plural(last):
        if value.isdecimal():
            return f"{value} {name}" if value != "1" else f"{name} of 1"
        return f"{value} {name}" if single else f"{value} as its {name}"
    if value[:1].isdigit():
        forms = [f"{_a(name)} of {value}"] * 2
        if _MASS.search(last):
            forms = [f"{value} of {name}", f"{value} {name}", f"{value} of {name}"]
        elif len(value.split()) == 1 and re.search(r"-[a-z]", value):
            forms = [_a(f"{value} {name}")]
        elif len(value.split()) == 2 and not value.endswith((")", '"', "s", "%")):
            forms.append(_a(f"{value} {name}"))
        return rng.choice(forms)
    forms = [f"{value} as its {name}", f"the {name} {value}"]
    if not set(value.split()).isdisjoint(name.split()):
        return forms[0]
    if single and len(value.split()) <= 2 and not _COLOR.search(last):
        forms = [_a(f"{value} {name}")]
    return rng.choice(forms)


def _thing(name: str) -> str:
    """The name of a thing with its article where it takes one."""
    return name if _is_plural(name) or name.endswith("ing") else _a(name)


def _is_plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith(("ss", "us", "is")) and not name.endswith("series")


def _a(noun: str) -> str:
    """The noun behind "a" or "an"."""
    return f"{'an' if _VOWEL.match(noun) else 'a'} {noun}"
