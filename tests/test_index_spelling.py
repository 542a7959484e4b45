"""Spelling: slips are put right by the shop's words, and what is no slip stays."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from index.spelling import Spelling, counted_words

COUNTS = {
    "logitech": 40, "keyboard": 300, "cartridge": 900, "cartrige": 1, "microwave": 1, "mouse": 200, "house": 3,
    "razor": 20, "bose": 1, "base": 900, "tells": 3, "headphones": 150, "cable": 500, "table": 90, "bicycle": 20,
    "touch": 90,
}  # fmt: skip


def _spelling(counts: Mapping[str, int] = MappingProxyType(COUNTS), size: int = 20_000) -> Spelling:
    return Spelling(counts, size, lambda: {"tough"})


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("logitec", "logitech"),
        ("keybord", "keyboard"),
        ("keyboadr", "keyboard"),
        ("headfones", "headphones"),
        ("micorwave", "microwave"),
        ("bycicle", "bicycle"),
        ("cabel", "cable"),
        ("cartrige", "cartridge"),  # the records have the slip too
    ],
)
def test_slips_are_put_right(slip: str, meant: str) -> None:
    assert _spelling().corrected(slip) == meant


@pytest.mark.parametrize(
    "word",
    [
        "mouse",  # known
        "bose",  # known and rare, but short
        "mose",  # too short to tell
        "telly",  # "tells" is near, but few products have it
        "dable",  # another first letter
        "kybrd",  # two slips
        "tough",  # a word of the language that the shop does not have
        "mx5000",
        "",
    ],
)
def test_what_is_no_slip_stays(word: str) -> None:
    assert _spelling().corrected(word) == word


def test_of_words_as_near_the_commoner_is_meant_in_a_stable_order() -> None:
    assert _spelling({"printer": 9, "printed": 30}, 100).corrected("printe") == "printed"
    assert _spelling({"printer": 9, "printed": 9}, 100).corrected("printe") == "printed"


def test_words_are_counted_once_a_text() -> None:
    assert counted_words(["usb mouse usb", "mouse 3d"]) == {"usb": 1, "mouse": 2, "d": 1}


def test_a_shop_without_words_corrects_nothing() -> None:
    assert _spelling({}, 0).corrected("keybord") == "keybord"
