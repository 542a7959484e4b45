"""Kinds by what a word means, over an embedder made on the spot."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.meaning import KindsByMeaning
from index.embed import Vectors

_AXES = {"smartwatch": (1.0, 0.0), "mouse": (0.0, 1.0), "wristwatch": (0.8, 0.6), "drone": (0.55, -0.83)}


def _embed(texts: Sequence[str]) -> Vectors:
    return np.array([_AXES[text] for text in texts], np.float32)


@pytest.fixture
def kinds() -> KindsByMeaning:
    return KindsByMeaning({"smartwatch": "smartwatch", "mice": "mouse"}, _embed)


def test_a_word_near_in_meaning_names_the_kind(kinds: KindsByMeaning) -> None:
    assert kinds.of("wristwatch") == ("smartwatch",)
    assert kinds.of("mouse") == ("mice",)


def test_what_is_far_from_every_kind_names_none(kinds: KindsByMeaning) -> None:
    assert kinds.of("drone") == ()


def test_nothing_names_nothing() -> None:
    assert KindsByMeaning({}, _embed).of("mouse") == ()
    assert KindsByMeaning({"mice": "mouse"}, _embed).of(" ") == ()
