"""The page's texts: every language has the same keys and holes, and a visitor gets the one they read."""

import re

import pytest

from assistant.interface import DEFAULT, chosen_language, languages, texts_of

HOLE = re.compile(r"{(\w*)}")


def test_every_language_has_the_same_keys_and_the_same_holes() -> None:
    own = texts_of(DEFAULT)
    assert set(languages()) >= {"en", "zh"}
    for code in languages():
        texts = texts_of(code)
        assert sorted(texts) == sorted(own), code
        for key, text in texts.items():
            assert sorted(HOLE.findall(text)) == sorted(HOLE.findall(own[key])), f"{code}: {key}"
            assert text.strip() == text


def test_the_languages_begin_with_the_default_and_call_themselves_by_their_own_names() -> None:
    assert next(iter(languages())) == DEFAULT
    assert languages()["zh"] == "简体中文"


def test_a_language_without_a_file_and_a_name_that_is_none_give_the_default() -> None:
    for code in ("xx", "", "../en", "en/../zh"):
        assert texts_of(code) == texts_of(DEFAULT)


@pytest.mark.parametrize(
    ("stored", "accepted", "expected"),
    [
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en", "zh-CN,zh;q=0.9", "en"),
        ("", "fi, sv;q=0.8, ZH-tw;q=0.5", "zh"),
        ("klingon", "", DEFAULT),
        ("", "fi", DEFAULT),
    ],
)
def test_what_was_chosen_comes_before_what_the_browser_accepts(stored: str, accepted: str, expected: str) -> None:
    assert chosen_language(stored, accepted) == expected
