"""What the page says in the visitor's language: the interface texts, read from `texts/LANGUAGE.json`.

A file is one flat object of keys and sentences, which may have {holes}; another language joins by adding a file with
the same keys. Knows nothing of what shoppers and the assistant say to each other.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DEFAULT = "en"

Texts = Mapping[str, str]

_FOLDER = Path(__file__).with_name("texts")
_NAME = "language.name"


@cache
def languages() -> Mapping[str, str]:
    """The languages of the page and what each calls itself; the default comes first."""
    codes = sorted((path.stem for path in _FOLDER.glob("*.json")), key=lambda code: (code != DEFAULT, code))
    return {code: texts_of(code)[_NAME] for code in codes}


@cache
def texts_of(language: str) -> Texts:
    """The texts of a language, those of the default where there is no such file. ValueError for a file that is none."""
    path = _FOLDER / f"{language}.json"
    if not language.replace("-", "").isalnum() or not path.is_file():
        return texts_of(DEFAULT)
    found = json.loads(path.read_text("utf-8"))
    if not isinstance(found, dict) or not all(isinstance(text, str) and text for text in found.values()):
        raise ValueError(f"{path}: expected one object of keys and texts that are not empty")
    return found


def chosen_language(stored: str, accepted: str) -> str:
    """The language that was chosen on the page, else the first one that the browser accepts and the page has.

    `accepted` is an Accept-Language header: "zh-CN,zh;q=0.9,en;q=0.8".
    """
    if stored in languages():
        return stored
    for wanted in accepted.split(","):
        code = wanted.partition(";")[0].strip().partition("-")[0].lower()
        if code in languages():
            return code
    return DEFAULT
