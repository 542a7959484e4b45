"""A product named by its whole title, and a variant named after it, are meant before what was shown."""

from collections.abc import Iterator

import pytest
from variant_shop import build_variant_shop

from assistant import Assistant
from assistant.certain import certain
from assistant.dialogue import Reply, Request, Session
from assistant.reading import Reading
from assistant.references import referred
from assistant.titled import misnamed, titled, variant_asked
from assistant.vocabulary import Vocabulary
from index.embed import HashEmbedder


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = build_variant_shop(tmp_path_factory.mktemp("titled"))
    opened = Assistant.load(folder, explain=False, rules_only=True, embedder=HashEmbedder())
    yield opened
    opened.close()


def _talk(assistant: Assistant, *messages: str) -> Reply:
    session = assistant.session()
    for message in messages:
        reply = assistant.reply(session, message)
        session = reply.session
    return reply


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("how much is the Tidewater rain jacket?", ("jacket",)),
        ("what do people say about the brindle winter parka", ("parka",)),
        ("a rain jacket", ()),
        ("a jacket by Tidewater", ()),
    ],
)
def test_a_whole_title_names_its_product(text: str, ids: tuple[str, ...], assistant: Assistant) -> None:
    assert titled(text, assistant.shop) == ids


def test_a_named_product_goes_before_the_one_spoken_of(assistant: Assistant) -> None:
    reply = _talk(assistant, "how much is the Ardent trail shoe?", "how much is the Tidewater rain jacket in red, L?")
    assert reply.request.anchor_ids == ("jacket",)
    assert "82.00" in reply.text


def test_another_variant_of_the_product_named_before(assistant: Assistant) -> None:
    reply = _talk(assistant, "do you have the Tidewater rain jacket in blue?", "and in M?")
    assert reply.request.act == "question"
    assert "size M, blue: $95.00, out of stock" in reply.text
    reply = _talk(assistant, "do you have the Tidewater rain jacket in blue?", "in red, L?")
    assert "size L, red: $82.00" in reply.text


def test_a_short_message_about_something_else_names_no_variant(assistant: Assistant) -> None:
    asked = _talk(assistant, "do you have the Tidewater rain jacket in blue?").session
    assert variant_asked("and in M?", asked, assistant.shop) == "jacket"
    assert variant_asked("a shoe", asked, assistant.shop) == ""
    assert variant_asked("and in M?", Session(), assistant.shop) == ""


@pytest.mark.parametrize("text", ["is it in stock?", "is it in stock in M?", "and is it available?"])
def test_stock_is_asked_of_the_product_spoken_of(text: str, assistant: Assistant) -> None:
    asked = _talk(assistant, "do you have the Tidewater rain jacket in blue?").session
    taken = Request(act="shop_question", query=text)
    words = Vocabulary(assistant.shop.rows)
    meant = referred(taken, asked, text, assistant.shop, words)
    assert (meant.act, meant.anchor_ids) == ("question", ("jacket",))
    assert referred(taken, Session(), text, assistant.shop, words) == taken


def test_what_is_recommended_is_no_question_to_the_store(assistant: Assistant) -> None:
    taken = Reading(act="shop_question")
    assert certain(taken, Session(), "what can you recommend me?", assistant.shop).act == "find"
    assert certain(taken, Session(), "what can you recommend for rain?", assistant.shop).act == "shop_question"


def test_what_was_bought_is_what_is_remembered(assistant: Assistant) -> None:
    session = assistant.session(history=("shoe",))
    reply = assistant.reply(session, "what did I buy before?")
    assert "You bought the Ardent trail shoe" in reply.text


def test_what_buyers_say_of_a_named_product_needs_nothing_shown(assistant: Assistant) -> None:
    reply = _talk(assistant, "what do people say about the Tidewater rain jacket?")
    assert "rated 4.4 of 5" in reply.text


def test_the_second_one_in_another_color_is_asked_for(assistant: Assistant) -> None:
    shown = _talk(assistant, "a jacket")
    place = [one.product.product_id for one in shown.recommendations].index("jacket")
    word = ("first", "second", "third")[place]
    reply = assistant.reply(shown.session, f"the {word} one in red?")
    assert (reply.request.act, reply.request.anchor_ids) == ("question", ("jacket",))


def test_a_name_that_nothing_has_is_told(assistant: Assistant) -> None:
    jacket = assistant.shop.products["jacket"]
    assert misnamed("is the Tidewater quilted jacket warm?", jacket) == "Tidewater quilted jacket"
    assert misnamed("what do people say about the Tidewater quilted jacket?", jacket) == "Tidewater quilted jacket"
    assert misnamed("is the Tidewater rain jacket warm?", jacket) == ""
    assert misnamed("is the second jacket warm?", jacket) == ""


def test_a_question_is_no_answer_to_which_one(assistant: Assistant) -> None:
    reply = _talk(assistant, "a jacket", "is it loud?", "what is the material of the first one?")
    assert reply.request.act == "question"
    assert "material" in reply.text


def test_makers_are_compared_by_what_they_have_of_a_kind(assistant: Assistant) -> None:
    reply = _talk(assistant, "Tidewater or Brindle jacket, which is better?")
    assert reply.request.act == "compare"
    assert set(reply.request.anchor_ids) == {"jacket", "parka"}
    reply = _talk(assistant, "Tidewater or Brindle running shoe, which is better?")
    assert "I know no running shoe by Tidewater or Brindle here." in reply.text
