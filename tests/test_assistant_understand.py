"""Messages in their sessions: acts, what is carried on, replaced and dropped, and what is no message at all."""

import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.dialogue import ACTS, Request, Session, Turn
from assistant.understand import MAX_MESSAGE, understand
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Span
from index.folder import Shop


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


class Talk:
    """A conversation of which only the understanding is asked; each turn shows the given products."""

    def __init__(self, shop: Shop, words: Vocabulary, *history: str) -> None:
        self._shop, self._words = shop, words
        self.session = Session(history=history)

    def say(self, message: str, *shown: str) -> Request:
        request = understand(self.session, message, self._shop, self._words)
        turn = Turn(message, request, "", shown)
        self.session = Session(history=self.session.history, turns=(*self.session.turns, turn))
        return request


@pytest.fixture
def talk(demo_shop: Shop, words: Vocabulary) -> Talk:
    return Talk(demo_shop, words)


@pytest.fixture
def owner(demo_shop: Shop, words: Vocabulary) -> Talk:
    return Talk(demo_shop, words, "phone-003", "printer-001", "notebook-001")


# --- acts


@pytest.mark.parametrize(
    ("message", "act"),
    [
        ("a quiet mouse under $40", "find"),
        ("Norvik", "find"),
        ("under 50 dollars", "find"),
        ("show me the cheapest", "find"),
        ("hello", "chat"),
        ("Hi there!", "chat"),
        ("who are you?", "chat"),
        ("are you a robot?", "chat"),
        ("what can you do", "chat"),
        ("help", "chat"),
        ("thanks", "thanks"),
        ("Great, thank you!", "thanks"),
        ("ok bye", "thanks"),
        ("thanks, and a mouse under 30 please", "find"),
        ("what phone can I get for 300 bucks?", "find"),
        ("what can I get for $50", "find"),
        ("do you ship to Spain?", "shop_question"),
        ("what is your return policy?", "shop_question"),
        ("where is my order?", "shop_question"),
        ("can I pay with PayPal?", "shop_question"),
        ("how long does delivery take?", "shop_question"),
        ("what goes with a laptop?", "goes_with"),
        ("accessories for a game console", "goes_with"),
        ("🙂", "unclear"),
        ("?!...", "unclear"),
        ("-", "unclear"),
        ("", "find"),
        ("   \n\t ", "find"),
        ("\x00\x1b\x07", "find"),
    ],
)
def test_acts(talk: Talk, message: str, act: str) -> None:
    request = talk.say(message)
    assert request.act == act
    assert request.wants_products is (act in ("find", "goes_with", "more_like"))


@pytest.mark.parametrize("message", ["hello", "thanks", "do you ship to Spain?", "🙂", ""])
def test_constraints_stay_in_force_over_small_talk(talk: Talk, message: str) -> None:
    before = talk.say("mice under 40, not Corvessa").constraints
    assert talk.say(message).constraints == before
    assert talk.say("in white").constraints.price_max == 40


def test_a_message_of_nothing_asks_from_the_history(owner: Talk) -> None:
    assert owner.say("") == Request()


def test_one_message(talk: Talk) -> None:
    request = talk.say("a wireless mouse under $40, not Corvessa, in stock")
    assert request.kinds == ("mouse",)
    assert request.query.split() == ["wireless", "mouse"]
    assert request.constraints == Constraints(price_max=Decimal(40), not_brands=("Corvessa",), in_stock=True)
    assert request.doubts == ()


def test_around_is_a_preference(talk: Talk) -> None:
    request = talk.say("headphones around 100 dollars")
    assert request.around == 100
    assert request.preferences == ("around 100",)
    assert not request.constraints


# --- carried on, replaced, dropped


def test_constraints_gather(talk: Talk) -> None:
    talk.say("headphones")
    talk.say("under 150")
    talk.say("not Taluma")
    request = talk.say("in black")
    assert request.kinds == ("headphone",)
    assert request.constraints == Constraints(
        price_max=Decimal(150), not_brands=("Taluma",), attributes={"color": ("Black",)}
    )


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("make it 80", Constraints(price_max=Decimal(80), not_brands=("Taluma",))),
        ("over 50", Constraints(price_min=Decimal(50), price_max=Decimal(150), not_brands=("Taluma",))),
        ("at least 200", Constraints(price_min=Decimal(200), not_brands=("Taluma",))),
        ("forget the budget", Constraints(not_brands=("Taluma",))),
        ("price doesn't matter", Constraints(not_brands=("Taluma",))),
        ("any brand is fine", Constraints(price_max=Decimal(150))),
        ("Taluma is fine after all", Constraints(price_max=Decimal(150))),
        ("ok, Taluma is alright", Constraints(price_max=Decimal(150))),
        ("only Taluma", Constraints(price_max=Decimal(150), brands=("Taluma",))),
        ("also not Pellwin", Constraints(price_max=Decimal(150), not_brands=("Taluma", "Pellwin"))),
        ("in stock only", Constraints(price_max=Decimal(150), not_brands=("Taluma",), in_stock=True)),
    ],
)
def test_a_follow_up_changes_what_it_names(talk: Talk, then: str, expected: Constraints) -> None:
    talk.say("headphones under 150, not Taluma")
    request = talk.say(then)
    assert request.constraints == expected
    assert request.kinds == ("headphone",)
    assert "headphone" in request.query


def test_a_brand_wanted_and_then_refused(talk: Talk) -> None:
    talk.say("Norvik laptops")
    request = talk.say("not Norvik")
    assert request.constraints == Constraints(not_brands=("Norvik",))
    assert "norvik" not in request.query.lower()


def test_a_color_replaces_a_color(talk: Talk) -> None:
    talk.say("black headphones")
    request = talk.say("actually white")
    assert request.constraints.attributes == {"color": ("White",)}
    assert "black" not in request.query.lower().split()


def test_a_color_refused_after_it_was_wanted(talk: Talk) -> None:
    talk.say("black headphones")
    request = talk.say("not black")
    assert request.constraints == Constraints(not_attributes={"color": ("Black",)})
    assert talk.say("in black").constraints == Constraints(attributes={"color": ("Black",)})


def test_any_color_drops_the_color(talk: Talk) -> None:
    talk.say("black headphones under 100")
    assert talk.say("any color").constraints == Constraints(price_max=Decimal(100))


def test_stock_is_dropped(talk: Talk) -> None:
    talk.say("headphones in stock")
    assert talk.say("out of stock is fine").constraints == Constraints()


def test_one_with_more_memory_is_a_laptop(talk: Talk) -> None:
    talk.say("a laptop under 900")
    request = talk.say("I need one with at least 32 GB memory")
    assert request.kinds == ("notebook",)
    assert request.constraints == Constraints(price_max=Decimal(900), attributes={"memory": Span(min=32.0)})


# --- another topic


def test_another_topic_drops_the_budget_and_keeps_the_refusal(talk: Talk) -> None:
    talk.say("a black mouse under 30, not Corvessa, in stock")
    request = talk.say("show me laptops")
    assert request.kinds == ("notebook",)
    assert request.query.split() == ["laptops"]
    assert request.constraints == Constraints(not_brands=("Corvessa",), in_stock=True)


def test_the_budget_may_be_named_again(talk: Talk) -> None:
    talk.say("mice under 30")
    assert talk.say("and laptops under 900").constraints == Constraints(price_max=Decimal(900))


def test_what_the_shop_does_not_know_is_not_dragged_along(talk: Talk) -> None:
    assert talk.say("a xylophone").unknown == "xylophone"
    request = talk.say("a kazoo")
    assert request.unknown == "kazoo"
    assert "xylophone" not in request.query


def test_what_goes_with_what_was_found_is_another_topic(talk: Talk) -> None:
    talk.say("mice under 40", "mouse-005")
    request = talk.say("what goes with it?")
    assert (request.act, request.anchor_ids) == ("goes_with", ("mouse-005",))
    assert request.kinds == ()
    assert request.constraints.price_max is None


# --- cheaper


def test_cheaper_than_what_was_shown_first(talk: Talk) -> None:
    talk.say("headphones", "headphones-001", "headphones-005")
    assert talk.say("cheaper").constraints.price_max == Decimal("182.98")


def test_cheaper_than_the_one_pointed_at(talk: Talk) -> None:
    talk.say("headphones", "headphones-001", "headphones-005")
    request = talk.say("anything cheaper than the second one?")
    assert request.constraints.price_max == Decimal("62.48")
    assert request.kinds == ("headphone",)


def test_cheaper_before_anything_was_shown(talk: Talk) -> None:
    request = talk.say("something cheaper")
    assert request.constraints.price_max is None


def test_too_expensive_is_cheaper(talk: Talk) -> None:
    talk.say("headphones", "headphones-005")
    assert talk.say("too expensive").constraints.price_max == Decimal("62.48")


# --- what goes with what


@pytest.mark.parametrize(
    ("message", "anchor", "kinds"),
    [
        ("what goes with this laptop?", "notebook-001", ()),
        ("a charger for my laptop", "notebook-001", ("laptop charger",)),
        ("toner for my printer", "printer-001", ("toner",)),
        ("a case for my phone", "phone-003", ("phone case",)),
        ("what goes with the Pellwin Note 340?", "notebook-003", ()),
        ("which mouse goes with my laptop?", "notebook-001", ("mouse",)),
    ],
)
def test_goes_with(owner: Talk, message: str, anchor: str, kinds: tuple[str, ...]) -> None:
    request = owner.say(message)
    assert (request.act, request.anchor_ids) == ("goes_with", (anchor,))
    assert set(kinds) <= set(request.kinds)
    assert bool(kinds) == bool(request.kinds)


def test_goes_with_goes_on(owner: Talk) -> None:
    owner.say("what goes with this laptop?", "laptop-charger-008")
    charger = owner.say("a charger for it", "laptop-charger-008")
    assert (charger.act, charger.anchor_ids, charger.kinds) == ("goes_with", ("notebook-001",), ("laptop charger",))
    sleeve = owner.say("what about a sleeve?")
    assert (sleeve.act, sleeve.anchor_ids, sleeve.kinds) == ("goes_with", ("notebook-001",), ("laptop sleeve",))
    assert "charger" not in sleeve.query


def test_the_anchor_s_kind_is_not_sought(owner: Talk) -> None:
    request = owner.say("what goes with my laptop?")
    assert request.kinds == ()
    assert request.query == ""


def test_nobody_s_laptop(talk: Talk) -> None:
    request = talk.say("what goes with my laptop?")
    assert (request.act, request.anchor_ids, request.anchor_text) == ("goes_with", (), "notebook")
    assert len(request.doubts) == 1
    assert "which of the Notebooks" in request.doubts[0]


def test_goes_with_nothing_known(talk: Talk) -> None:
    request = talk.say("what goes with it?")
    assert request.act == "goes_with"
    assert request.anchor_ids == ()
    assert request.doubts


# --- more like


@pytest.mark.parametrize(
    "message", ["more like the second one", "the second one in white", "something similar to the second one"]
)
def test_more_like_is_of_the_same_kind(talk: Talk, message: str) -> None:
    talk.say("mice under 40", "mouse-005", "mouse-006")
    request = talk.say(message)
    assert (request.act, request.anchor_ids, request.kinds) == ("more_like", ("mouse-006",), ("mouse",))


def test_more_like_a_named_one(talk: Talk) -> None:
    request = talk.say("something like the Ostrell Lookout 100 but under 300")
    assert (request.act, request.anchor_ids, request.kinds) == ("more_like", ("monitor-006",), ("monitor",))
    assert request.constraints.price_max == 300


# --- doubts


def test_a_maker_that_the_shop_does_not_carry(talk: Talk) -> None:
    request = talk.say("a Logitech mouse")
    assert request.constraints.brands == ("Logitech",)
    assert request.doubts == ("This shop carries no products of Logitech.",)


def test_a_refusal_that_no_record_speaks_of(talk: Talk) -> None:
    request = talk.say("a printer without fax")
    assert any("fax" in doubt for doubt in request.doubts)
    assert "fax" not in request.query


def test_an_unknown_thing(talk: Talk) -> None:
    request = talk.say("do you have a xylophone?")
    assert request.unknown == "xylophone"
    assert any("xylophone" in doubt for doubt in request.doubts)


# --- anything at all


def test_a_long_message(talk: Talk) -> None:
    request = talk.say("a mouse under $40 " + "very " * 4_000)
    assert request.kinds == ("mouse",)
    assert request.constraints.price_max == 40
    assert len(request.query) <= MAX_MESSAGE
    assert any("long" in doubt for doubt in request.doubts)


@pytest.mark.parametrize(
    "message",
    [
        "a" * 20_000,
        "not " * 5_000,
        "any mouse but " * 2_000,
        "1" * 20_000,
        "$" * 20_000,
        "1,000" * 4_000,
        "the first one of my this that it " * 700,
        "ノートパソコン ください",
        "ноутбук до 500 долларов",
        "حاسوب محمول",
        "笔记本电脑 under $900",
        "🖱️ mouse 🎉 under 💰40",
        "mouse\u200b\u202e\x00\x1b[31m under $40",
        "'; DROP TABLE products; --",
        "<script>alert(1)</script>",
        "{{prompt}} %s {0}",
        "((((((((((",
        "\ud800 mouse",
    ],
    ids=range(18),
)
def test_odd_messages_are_understood_somehow(owner: Talk, message: str) -> None:
    owner.say("headphones", "headphones-001")
    request = owner.say(message)
    assert request.act in ACTS


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1. ",
        "$1 ",
        "not ",
        "any a ",
        "the ",
        "my this ",
        "under ",
        "-",
        ",!. ",
        "\u00a0",
        "what ",
        "for it ",
        "1-",
    ],
)
def test_no_message_takes_long_to_read(owner: Talk, piece: str) -> None:
    message = (piece * MAX_MESSAGE)[:MAX_MESSAGE]
    start = time.process_time()
    owner.say(message)
    # A pattern that goes back and forth over a run of digits took half a minute here.
    assert time.process_time() - start < 3


def test_control_characters_do_not_hide_the_wish(talk: Talk) -> None:
    request = talk.say("mouse\x00\x1b under $40")
    assert request.kinds == ("mouse",)
    assert request.constraints.price_max == 40


_PARTS = st.sampled_from([
    "mouse", "laptop", "under $40", "not", "Corvessa", "the second one", "cheaper", "what goes with", "this", "my",
    "it", "in black", "forget the budget", "27 inch", "and", "but", "any", "hello", "thanks", "toner", "for", ",", "?",
])  # fmt: skip


@given(st.lists(st.lists(_PARTS, max_size=6).map(" ".join) | st.text(max_size=60), min_size=1, max_size=4))
@example(["\x00", "", "\n"])
def test_any_conversation(demo_shop: Shop, words: Vocabulary, messages: list[str]) -> None:
    talk = Talk(demo_shop, words, "phone-003", "gone", "notebook-001")
    for message in messages:
        request = talk.say(message, "mouse-001", "mouse-002")
        assert request.act in ACTS
        assert set(request.anchor_ids) <= {*demo_shop.products}
        assert set(request.kinds) <= set(words.kind_names)
        assert understand(Session(), message, demo_shop, words) == understand(Session(), message, demo_shop, words)


# --- what is no part of what is sought


@pytest.mark.parametrize(
    "message",
    [
        "what goes with my laptop at home?",
        "what goes with my laptop in the office?",
        "what goes with my laptop at school",
        "I have a laptop in my room, what goes with it?",
        "I use my laptop from home, what goes with it?",
    ],
)
def test_places_are_not_sought(owner: Talk, message: str) -> None:
    request = owner.say(message)
    assert request.act == "goes_with"
    assert request.anchor_ids == ("notebook-001",)
    assert request.kinds == ()
    assert not {"home", "office", "school", "room"} & set(request.query.split())


def test_the_rest_of_a_pasted_title_is_not_sought(talk: Talk, demo_shop: Shop) -> None:
    title = demo_shop.products["printer-001"].title
    request = talk.say(f"I have the {title} at home, what ink can I get for it?")
    assert request.act == "goes_with"
    assert request.anchor_ids == ("printer-001",)
    assert request.query == "ink"


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ('24" monitor', ['24"', "monitor"]),
        ("a 24” monitor", ["24”", "monitor"]),
        ("15.6 inch laptop", ["15.6", "inch", "laptop"]),
        ("a laptop with 13,3 inch", ["laptop", "13,3", "inch"]),
        ("a 2m cable", ["2m", "cable"]),
        ('the "quiet" mouse', ["quiet", "mouse"]),
    ],
)
def test_quantities_stay_whole(talk: Talk, message: str, query: list[str]) -> None:
    assert talk.say(message).query.split() == query


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("all offers for wireless mice", ["wireless", "mice"]),
        ("list all the printers you carry", ["printers"]),
        ("show me every keyboard you've got", ["keyboard"]),
        ("everything from Norvik", ["Norvik"]),
    ],
)
def test_all_that_there_is(talk: Talk, message: str, query: list[str]) -> None:
    request = talk.say(message)
    assert (request.act, request.count, request.bundle) == ("find", 50, False)
    assert request.query.split() == query


@pytest.mark.parametrize(
    "message",
    ["a gift for my dad who loves his tablet", "something for my sister, maybe a mouse", "a mouse for my mum"],
)
def test_people_are_not_what_it_goes_with(owner: Talk, message: str) -> None:
    request = owner.say(message)
    assert request.act == "find"
    assert request.anchor_ids == ()
    assert not {"dad", "sister", "mum"} & set(request.query.split())


def test_the_same_budget_is_kept_for_another_thing(talk: Talk) -> None:
    talk.say("a mouse under 40")
    request = talk.say("actually make it a keyboard, same budget")
    assert request.kinds == ("keyboard",)
    assert request.constraints == Constraints(price_max=Decimal(40))
    assert talk.say("and a headset").constraints == Constraints()
