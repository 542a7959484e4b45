"""What the rationales of a turn tell and how they begin: differently, and with the shopper's own need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import TIES, Evidence
from assistant.plan import OPENERS, firsts, form_of, plan_of, plans, told_with
from assistant.prompts import tuned_rationale_prompt

NAME, KIND, BRAND = Evidence("name", "Pebble 300"), Evidence("kind", "mouse"), Evidence("brand", "Pebble")
LISTED = Evidence("companion", "listed as working with your Norvik Tern 150")
ASKED = Evidence("asked", "you asked for wireless")
BLACK = Evidence("asked", "you asked for black")
BOUND = Evidence("asked", "you asked for 16 GB memory or more")
WEIGHT, NOISE = Evidence("attribute", "weight: 85 g"), Evidence("attribute", "noise: silent clicks")
RATED = Evidence("rating", "rated 4.5 of 5 by 900 shoppers")
LIGHTEST = Evidence("compared", "the lightest of these four")
LACKS = Evidence("against", "no backlight in its record")
ALL = (NAME, LISTED, ASKED, BLACK, KIND, BRAND, WEIGHT, NOISE, RATED, LIGHTEST, LACKS)


@pytest.mark.parametrize(
    ("statement", "form"),
    [
        (LISTED, "listed"),
        (Evidence("history", "often bought together with your Norvik Tern 150"), "together"),
        (Evidence("history", "you bought it before"), "again"),
        (Evidence("history", "you bought the Pebble 100 of Pebble"), "brand"),
        (Evidence("companion", "fits your Norvik Tern 150 (socket E27)"), "fits"),
        (Evidence("companion", "of a kind that goes with a notebook"), "goes"),
        (Evidence("companion", "listed as working with the device you named"), "named"),
        (Evidence("companion", "something else"), ""),
        (ASKED, "asked"),
        (WEIGHT, "feature"),
        (Evidence("attribute", "dimmable"), "flag"),
        (LIGHTEST, "compared"),
        (Evidence("compared", "the only one of these four with usb-c on record"), "compared"),
        (Evidence("compared", "the most memory of these four"), "most"),
        (RATED, "rating"),
        (KIND, ""),
        (LACKS, ""),
    ],
)
def test_the_form_of_a_statement(statement: Evidence, form: str) -> None:
    assert form_of(statement) == form
    assert not form or form in OPENERS


def test_need_feature_and_drawback_are_told() -> None:
    assert told_with(ALL, WEIGHT) == (WEIGHT, LISTED, KIND, LACKS)
    assert told_with((ASKED, KIND, WEIGHT, NOISE, LIGHTEST, LACKS), ASKED) == (
        *(ASKED, KIND, WEIGHT, LIGHTEST, LACKS),
    )  # fmt: skip
    assert told_with((KIND, WEIGHT, NOISE), WEIGHT) == (WEIGHT, KIND, NOISE)


def test_a_bound_is_told_alone() -> None:
    assert told_with((ASKED, BLACK, KIND, WEIGHT), ASKED) == (ASKED, BLACK, KIND, WEIGHT)
    assert BOUND not in told_with((ASKED, BOUND, KIND, WEIGHT), ASKED)
    assert ASKED not in told_with((BOUND, ASKED, KIND, WEIGHT), BOUND)


def test_without_features_something_else_is_told() -> None:
    assert told_with((ASKED, KIND, BRAND, RATED), ASKED) == (ASKED, KIND, RATED)
    assert told_with((ASKED, KIND, BRAND), ASKED) == (ASKED, KIND, BRAND)


def test_five_rationales_begin_in_five_ways() -> None:
    found = plans([ALL] * 5)
    assert len({(plan.begin, plan.told[0]) for plan in found}) == 5
    assert len({plan.begin for plan in found}) >= 4
    assert all({LISTED, ASKED} & set(plan.told) for plan in found)
    # Where all have but one thing to begin with, the words differ.
    assert len({plan.begin for plan in plans([(KIND, WEIGHT)] * 5)}) == 5


def test_the_same_turn_is_planned_the_same() -> None:
    assert plans([ALL, ALL[1:]]) == plans([ALL, ALL[1:]])


def test_a_product_of_which_little_is_known() -> None:
    assert firsts((NAME, KIND, BRAND)) == []
    assert plans([(NAME, KIND, BRAND)])[0].told == (KIND, BRAND)
    assert plans([(NAME,)])[0].told == (NAME,)


def test_the_plan_of_a_sentence_that_is_written() -> None:
    assert plan_of(ALL).begin in {words for own in OPENERS.values() for words in own}
    plan = plan_of(ALL, "You asked for wireless, and this mouse weighs 85 g.")
    assert (plan.begin, plan.told[0]) == ("You asked for", ASKED)
    assert plan_of(ALL, "Weighing in at 85 g, it is a mouse.").begin == "Weighing in"


def test_the_prompt_is_short_and_tells_the_plan() -> None:
    plan = plan_of(ALL, "With a weight of 85 g, it suits.")
    prompt = tuned_rationale_prompt(plan)
    assert [message.content for message in prompt] == [
        "Say why it fits.",
        "begin: With\nfacts: weight: 85 g; listed as working with your Norvik Tern 150; mouse; "
        "but no backlight in its record",
    ]
    assert "by Pebble" in tuned_rationale_prompt(plan_of((ASKED, KIND, BRAND)))[1].content


_EVIDENCE = st.lists(st.sampled_from([*ALL, BOUND]), min_size=1, unique=True).map(tuple)


@given(st.lists(_EVIDENCE, min_size=1, max_size=6))
def test_a_plan_tells_only_what_is_known_and_always_the_need(rows: list[tuple[Evidence, ...]]) -> None:
    for evidence, plan in zip(rows, plans(rows), strict=True):
        assert set(plan.told) <= set(evidence)
        assert len(set(plan.told)) == len(plan.told)
        if firsts(evidence) and any(one.source in TIES | {"asked"} for one in evidence):
            assert any(one.source in TIES | {"asked"} for one in plan.told)
        assert sum(len(one.text.split()) for one in plan.told) <= 40
