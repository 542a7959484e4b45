import json
import random
import re

import pytest

from assistant.change import Change, parse, plain_message, render
from finetune.asides import ASIDES
from finetune.followups import CORRECT, REFINE, RELAX
from finetune.pointing import POINT, TOPIC
from finetune.states import Asked, part_of
from finetune.talking import messages
from finetune.trades import Trade, Ware, made_up_trades

PARTS = ("train", "heldout")
TEXTS = ("named", "min", "max", "near", "count")
LISTS = ("want", "no", "brand", "not_", "has", "hasnt", "soft")
OWN_WORDS = {"price", "brand", "color", "stock", "all"}


def drawn(part: str, number: int, seed: int = 0) -> list[Asked]:
    rng = random.Random(seed)
    trades = made_up_trades()
    return [messages(rng.choice(trades), rng, part) for _ in range(number)]


@pytest.fixture(scope="module")
def asked() -> dict[str, list[Asked]]:
    return {part: drawn(part, 1500) for part in PARTS}


def texts_of(change: Change) -> list[str]:
    found = [getattr(change, name) for name in TEXTS if getattr(change, name)]
    found += [text for name in LISTS for text in getattr(change, name)]
    return found + [text for text in change.drop if text not in OWN_WORDS]


def phrasings(one: Asked) -> set[str]:
    return {
        text.partition(": ")[2] if place == 0 else text
        for place, text in enumerate(part for joined in one.template.split(" + ") for part in joined.split(" | "))
        if text
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_text_is_a_run_of_words_of_the_message(asked: dict[str, list[Asked]], part: str) -> None:
    for one in asked[part]:
        message = plain_message(one.message)
        for text in texts_of(one.change):
            run = re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", message)
            assert run, (text, one)


@pytest.mark.parametrize("part", PARTS)
def test_a_change_and_the_request_in_force_survive_as_lines(asked: dict[str, list[Asked]], part: str) -> None:
    for one in asked[part]:
        assert parse(render(one.change)) == one.change, one
        assert not one.now or render(parse(one.now)) == one.now, one


@pytest.mark.parametrize("part", PARTS)
def test_numbers_are_those_of_the_lists(asked: dict[str, list[Asked]], part: str) -> None:
    for one in asked[part]:
        places = {*range(1, len(one.shown) + 1), *({0} if one.about else ())}
        assert set(one.change.it) <= places, one
        assert one.change.own is None or 1 <= one.change.own <= len(one.owned), one
        assert len(one.shown) <= 5 and len(one.owned) <= 5
        assert one.about not in one.shown


def test_no_phrasing_is_in_both_parts(asked: dict[str, list[Asked]]) -> None:
    train, heldout = ({text for one in asked[part] for text in phrasings(one)} for part in PARTS)
    assert len(train) > 500
    assert len(heldout) > 150
    assert not train & heldout


def test_the_same_seed_makes_the_same_messages() -> None:
    assert drawn("train", 30, seed=4) == drawn("train", 30, seed=4)
    assert drawn("train", 30, seed=4) != drawn("train", 30, seed=5)


def test_most_messages_differ(asked: dict[str, list[Asked]]) -> None:
    assert len({(one.now, one.message) for one in asked["train"]}) > 0.95 * len(asked["train"])


def test_all_acts_and_fields_are_made(asked: dict[str, list[Asked]]) -> None:
    changes = [one.change for one in asked["train"]]
    assert {change.act for change in changes} >= {
        "find", "more", "with", "like", "cheaper", "compare", "ask", "shop", "chat", "thanks", "unsafe",
    }  # fmt: skip
    for name in (*TEXTS, *LISTS, "it", "stock", "sort", "drop"):
        assert any(getattr(change, name) for change in changes), name
    assert any(change.own for change in changes)
    assert {number for change in changes for number in change.it} == {0, 1, 2, 3, 4, 5}


def test_refusals_are_the_commonest_of_what_goes_on(asked: dict[str, list[Asked]]) -> None:
    goes_on = [one.change for one in asked["train"] if one.change.act == "more"]
    refusing = [change for change in goes_on if change.not_ or change.hasnt or change.no]
    assert len(refusing) > 0.25 * len(goes_on)


def test_what_is_refused_is_not_wanted(asked: dict[str, list[Asked]]) -> None:
    for one in (*asked["train"], *asked["heldout"]):
        change = one.change
        for wanted, refused in ((change.brand, change.not_), (change.has, change.hasnt), (change.want, change.no)):
            assert not {text.casefold() for text in wanted} & {text.casefold() for text in refused}, one


def test_a_bare_shop_is_enough() -> None:
    ware = Ware(
        "lamp", ("lamps",), ("Orla", "Tindal"), ("Orla L1 lamp", "Tindal Glow lamp"), (), (), (), (), (5, 90), ()
    )
    other = Ware("rug", (), ("Orla",), ("Orla Knot rug",), (), (), (), (), (20, 300), ())
    rng = random.Random(1)
    made = [messages(Trade("bare", (ware, other)), rng, "train") for _ in range(200)]
    assert any(one.change.not_ for one in made)
    json.dumps([one.message for one in made])


def test_a_shop_without_products_is_refused() -> None:
    with pytest.raises(ValueError, match="no ware with products"):
        messages(Trade("empty", ()), random.Random(0), "train")


def test_parts_are_a_property_of_the_phrasing() -> None:
    sample = [f"phrasing {number}" for number in range(2000)]
    heldout = [text for text in sample if part_of(text) == "heldout"]
    assert 0.1 < len(heldout) / len(sample) < 0.2
    assert [text for text in sample if part_of(text) == "heldout"] == heldout


def test_large_families_have_phrasings_of_both_parts() -> None:
    for family in (*REFINE, *CORRECT, *RELAX, *POINT, *TOPIC, *ASIDES):
        assert len(set(family.phrasings)) == len(family.phrasings), family.name
        if len(family.phrasings) > 40:
            assert {part_of(line) for line in family.phrasings} == set(PARTS), family.name
