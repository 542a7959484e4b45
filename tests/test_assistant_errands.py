"""Errands by their words: what is one, what only sounds like one, and how many pieces are meant."""

import pytest

from assistant.errands import Errand, read_errand


def _deed(text: str, *, in_cart: bool = True, after_adding: bool = False) -> str:
    found = read_errand(text, in_cart=in_cart, after_adding=after_adding)
    return f"{found.act} {found.deed}" if found else ""


@pytest.mark.parametrize(
    "message",
    [
        "put it in my cart", "add the second one to the cart", "I'll take it", "I will take the first one",
        "I'd like to order this one", "I would like to buy the second one", "can you add that to my trolley?",
        "pop that in the basket", "buy it now", "I take the first", "we take both", "order the first one for me",
        "I'll have the second one", "let me get that one", "yes, add it", "add to cart", "can i buy this one?",
        "i wanna buy the 2nd one", "purchase the second one", "add the Norvik to my cart", "in my cart please",
        "the second one to my basket", "add everything to my cart", "put one more in the cart",
        "I'll take the cheapest",
    ],
)  # fmt: skip
def test_something_is_put_into_the_cart(message: str) -> None:
    assert _deed(message, in_cart=False) == "cart add"


@pytest.mark.parametrize(
    "message",
    [
        "add a keyboard to the search", "I'll take anything under 50", "a laptop bag", "I want to buy a laptop",
        "I'd like to order a printer", "can I get it in black?", "can I return it?", "I get it", "buy me a mouse",
        "I'll get a mouse", "basket for my bike", "a shopping trolley", "laundry basket", "put in a keyboard too",
        "a bag to put my laptop in", "something to put in my bag", "I want to put my laptop in a bag",
        "can I add it to my existing order?", "where is my order", "cancel my order", "take it in black",
        "golf cart", "get it under 100", "get both under 100", "I'll go with something cheaper", "add wireless to that",
        "look at the basketball", "look at the basket ball", "I have them", "do you have both?",
    ],
)  # fmt: skip
def test_nothing_is_put_into_the_cart(message: str) -> None:
    for in_cart in (False, True):
        for after_adding in (False, True):
            assert not _deed(message, in_cart=in_cart, after_adding=after_adding).startswith("cart")


@pytest.mark.parametrize(
    ("message", "quantity"),
    [
        ("I'll take it", None), ("I'll take two of them", 2), ("add 3 of the first to my cart", 3),
        ("put two of the second in my basket", 2), ("give me two of the first", 2), ("add 2x the mouse to my cart", 2),
        ("add 12 pieces of the first to my cart", 12),
    ],
)  # fmt: skip
def test_pieces_are_counted(message: str, quantity: int | None) -> None:
    found = read_errand(message)
    assert found is not None
    assert (found.deed, found.quantity) == ("add", quantity)


@pytest.mark.parametrize(
    ("message", "deed", "quantity"),
    [
        ("make it two", "set", 2), ("actually two of them", "set", 2), ("change the quantity to 3", "set", 3),
        ("can you make that three", "set", 3), ("another one please", "add", 1), ("two more", "add", 2),
        ("one more of them", "add", 1), ("I don't want it after all", "remove", None),
    ],
)  # fmt: skip
def test_what_was_just_added_is_altered(message: str, deed: str, quantity: int | None) -> None:
    assert read_errand(message, in_cart=True, after_adding=True) == Errand("cart", deed, "", quantity)
    assert not _deed(message).startswith("cart")


@pytest.mark.parametrize(
    ("message", "deed"),
    [
        ("remove it from my cart", "remove"), ("take the first one out of my basket", "remove"),
        ("please take that off my order", "remove"), ("get rid of the mouse in my cart", "remove"),
        ("can you remove the second one from the cart?", "remove"), ("empty my cart", "empty"),
        ("remove all from my cart", "empty"), ("delete everything in my basket", "empty"),
        ("what's in my cart?", "show"), ("show cart", "show"), ("view basket", "show"), ("my cart", "show"),
        ("what did I put in the cart", "show"), ("is the mouse in my cart?", "show"), ("checkout", "show"),
        ("how many things are in my basket?", "show"), ("what's the total so far", "show"),
    ],
)  # fmt: skip
def test_the_cart_is_seen_and_cleared(message: str, deed: str) -> None:
    assert _deed(message, in_cart=False) == f"cart {deed}"


@pytest.mark.parametrize("message", ["remove it", "remove the mouse", "take it out again", "no, remove it"])
def test_a_bare_removal_needs_a_cart_and_is_not_sure(message: str) -> None:
    found = read_errand(message, in_cart=True)
    assert found is not None
    assert (found.deed, found.sure) == ("remove", False)
    assert read_errand(message) is None


@pytest.mark.parametrize(
    "message",
    ["remove the price limit", "delete the price limit", "remove the brand filter", "remove the colour",
     "remove the budget",
     "remove the wireless requirement", "forget the budget", "drop the brand", "forget black"],
)  # fmt: skip
def test_constraints_are_no_products_to_remove(message: str) -> None:
    assert _deed(message) == ""


@pytest.mark.parametrize(
    ("message", "deed"),
    [
        ("ignore my history", "ignore"), ("forget my purchases", "ignore"), ("leave my history out", "ignore"),
        ("don't use my purchase history", "ignore"), ("don't base it on what I bought", "ignore"),
        ("my history doesn't matter", "ignore"), ("use my history again", "use"), ("what do you know about me?",
        "show"),
        ("which data do you store about me?", "show"), ("show me what you know about me", "show"),
        ("forget that I bought the printer", "forget"), ("forget the printer I bought", "forget"),
        ("I sold my laptop", "forget"), ("I don't have the printer anymore", "forget"), ("forget me", "forget"),
        ("forget everything you know about me", "forget"), ("I like the first one", "like"), ("I love it!", "like"),
        ("I don't like the second one", "dislike"), ("not interested in the first one", "dislike"),
        ("don't show me that one again", "dislike"), ("i hate the second one", "dislike"), ("hide the third one",
        "dislike"),
        ("the first one is ugly", "dislike"), ("never show me this again", "dislike"),
    ],
)  # fmt: skip
def test_what_is_remembered_is_changed(message: str, deed: str) -> None:
    assert _deed(message, in_cart=False) == f"memory {deed}"


@pytest.mark.parametrize(
    "message",
    [
        "history books", "without history books", "I like coffee", "I like a quiet mouse", "I'd like the cheapest",
        "I like the cheapest one but in red", "I like the first one, show me more like it", "I like the colour red",
        "I don't need the first one to be black", "I lost my phone charger, I need a new one",
        "I don't use a mouse now",
        "I got rid of the old one, need a new printer", "forget about my phone, what about tablets",
        "what do you know about printers?", "what have you stored in the kitchen category?", "forget my last message",
        "forget my previous request", "I bought a printer last year", "I no longer want wireless", "ignore the price",
        "use my printer with it", "is there something like the first one?",
        "I don't like the first one to be so loud in red",
    ],
)  # fmt: skip
def test_nothing_is_remembered_or_forgotten(message: str) -> None:
    assert not _deed(message, in_cart=False).startswith("memory")
