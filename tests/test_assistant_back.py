"""Going back to what was sought before, and messages that only sound like it."""

import pytest

from assistant.back import back_to


@pytest.mark.parametrize(
    ("message", "what", "rest"),
    [
        ("back to the laptops", "laptops", ""), ("let us return to the laptop", "laptop", ""),
        ("take me back to the monitors", "monitors", ""), ("back to the printers please", "printers", ""),
        ("can we go back to the headphones, but cheaper?", "headphones", "but cheaper"),
        ("Back to the keyboards: something quieter", "keyboards", "something quieter"),
        ("back to the mice under 30", "mice", "under 30"), ("okay, the headphones again", "headphones", ""),
        ("what about the laptops again?", "laptops", ""), ("the laptops from earlier", "laptops", ""),
        ("bring me back to the desks", "desks", ""), ("ok great, back to the mice", "mice", ""),

        ("can we return to the store brand milk", "store brand milk", ""), ("can I go back to the mice?", "mice", ""),
        ("go back please", "", ""), ("previous search", "", ""), ("let's go back to the first search", "first", ""),
    ],
)  # fmt: skip
def test_a_message_goes_back(message: str, what: str, rest: str) -> None:
    assert back_to(message) == (what, rest)


@pytest.mark.parametrize(
    "message",
    ["back to school laptop", "I'm going back to university, need a laptop", "send it back to you",
     "front to back camera",
     "backpack", "back to basics mouse", "can I return to the store?", "return the mouse to you",
     "can I return to your local shop?",
     "do I get my money back to the card?", "can I bring it back to a store?", "bring the laptop back to the branch",
     "can you get back to me by mail?", "back to back meetings, I need a headset", "return to sender labels",
     "I am going back to the office next week", "we are going back to the office on Mondays",
     "do you have it again in black"],
)  # fmt: skip
def test_a_message_goes_on(message: str) -> None:
    assert back_to(message) is None
