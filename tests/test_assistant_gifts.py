"""Presents: what is one, and what only sounds like one."""

import pytest

from assistant.gifts import begins_gift, interest_of, is_for_me, is_gift, only_says_gift


@pytest.mark.parametrize(
    ("message", "gift"),
    [
        ("a gift for my dad", True), ("it's a gift", True), ("it is for my wife", True), ("a present for mum", True),
        ("for my wife's birthday", True), ("an xmas gift", True), ("secret santa, under 20", True),
        ("a laptop as a present", True), ("gift card", False), ("a gift card for my mum", False), ("gift wrap", False),
        ("do you gift-wrap?", False), ("gift voucher", False), ("at present I use a mouse", False),
        ("presentation remote", False), ("my present phone", False), ("I got it as a gift", False), ("not a gift",
        False),
        ("a gifted student", False), ("a case for my son's phone", False),
    ],
)  # fmt: skip
def test_gifts_are_told_from_what_only_sounds_so(message: str, gift: bool) -> None:
    assert is_gift(message) is gift


@pytest.mark.parametrize(
    "message", ["it's a gift", "it is a gift for my mum", "ok, it's for my wife", "a present for my dad"]
)
def test_a_message_may_say_only_that_it_is_a_gift(message: str) -> None:
    assert only_says_gift(message)


@pytest.mark.parametrize(
    "message",
    ["it's a gift, under 50", "it's a gift, something cheaper", "it is a gift for my mum, only in stock",
     "a laptop as a gift",
     "does it work for my wife", "is it a gift set"],
)  # fmt: skip
def test_a_gift_with_a_wish_says_more(message: str) -> None:
    assert not only_says_gift(message)


def test_a_gift_begins_where_it_is_sought() -> None:
    assert begins_gift("I need a gift for my dad, he likes coffee")
    assert not begins_gift("it's a gift for my dad")
    assert not begins_gift("a laptop, as a gift for my dad")


def test_for_me_is_no_gift() -> None:
    assert is_for_me("this one is for me")
    assert is_for_me("not a gift, just something")
    assert not is_for_me("show me the first")


@pytest.mark.parametrize(
    ("message", "liked"),
    [
        ("present for my sister, she runs", "running"), ("a gift for my dad, he cooks", "cooking"),
        ("a gift for my friends, they travel a lot", "traveling"), ("gift for mum who bakes", "baking"),
        ("a present for my brother, he plays games", "playing games"), ("he likes to cook", "cooking"),
        ("gift for my dad, he's into music", "music"), ("gift for my wife, she does yoga", "yoga"),
        ("gift for him, she is 30 and likes running", "running"),
        ("gift for a friend who watches birds", "watching birds"),
        ("a gift for my sister, she lives in Spain", ""), ("a gift for my mum, she is 60", ""),
        ("gift for dad who has everything", ""), ("a gift that costs less than 40", ""),
        ("gift for my parents, they just moved", ""),
    ],
)  # fmt: skip
def test_what_somebody_likes_to_do(message: str, liked: str) -> None:
    assert interest_of(message) == liked
