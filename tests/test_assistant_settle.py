"""The policy: who is believed where the rules and the model read a message differently."""

from decimal import Decimal

from assistant.demands import Demands
from assistant.reading import Reading
from assistant.settle import settle, settled_demands

FORTY, SIXTY = Decimal(40), Decimal(60)


def test_without_a_reading_of_the_model_the_rules_are_believed() -> None:
    rules = Reading(act="goes_with", sought=("case",))
    assert settle(rules, None, "a case") is rules


def test_a_price_that_the_rules_find_is_theirs() -> None:
    settled = settled_demands(Demands(price_max=FORTY), Demands(price_max=SIXTY, price_min=FORTY))
    assert (settled.price_min, settled.price_max) == (None, FORTY)


def test_a_price_that_only_the_model_finds_is_believed() -> None:
    assert settled_demands(Demands(), Demands(price_max=SIXTY)).price_max == SIXTY
    assert settled_demands(Demands(), Demands(around=SIXTY)).around == SIXTY


def test_what_either_reads_as_refused_is_refused_and_not_wanted() -> None:
    settled = settled_demands(
        Demands(not_brands=("Norvik",)), Demands(brands=("Norvik", "Keylab"), not_brands=("Taluma",))
    )
    assert settled.not_brands == ("Norvik", "Taluma")
    assert settled.brands == ("Keylab",)


def test_what_is_sought_and_done_is_the_models_reading() -> None:
    rules = Reading(act="find", demands=Demands(kinds=("router",)), sought=("router",))
    model = Reading(act="goes_with", demands=Demands(), anchors=("r1",), anchor_text="router")
    settled = settle(rules, model, "got myself a router, what am I missing in my home now?")
    assert (settled.act, settled.anchors) == ("goes_with", ("r1",))


def test_words_to_retrieve_with_hold_no_refused_brand() -> None:
    rules = Reading(sought=("quiet", "norvik", "mouse"))
    model = Reading(demands=Demands(not_brands=("Norvik",)), sought=("mouse",))
    assert settle(rules, model, "a quiet mouse, no norvik").sought == ("quiet", "mouse")


def test_a_short_message_that_names_a_kind_seeks_it() -> None:
    rules = Reading(demands=Demands(kinds=("milk",)), sought=("milk",))
    model = Reading(demands=Demands(not_kinds=("milk",)), carries_on=True)
    settled = settle(rules, model, "and milk too")
    assert (settled.demands.kinds, settled.demands.not_kinds, settled.carries_on) == (("milk",), (), False)
    long = settle(rules, model, "the last one that I had was always full of milk stains")
    assert (long.demands.kinds, long.carries_on) == ((), True)


def test_a_comparison_between_prices_is_a_range() -> None:
    rules = Reading(demands=Demands(price_min=FORTY, price_max=SIXTY))
    assert settle(rules, Reading(act="compare", anchors=("a", "b")), "between 40 and 60") is rules


def test_a_price_for_a_set_is_what_it_may_cost() -> None:
    settled = settle(
        Reading(demands=Demands(around=SIXTY)), Reading(bundle=True), "sauce and spaghetti, 60 for all of it"
    )
    assert (settled.demands.price_max, settled.demands.around) == (SIXTY, None)


def test_what_goes_with_this_laptop_is_no_laptop_and_the_rules_know_which() -> None:
    rules = Reading(act="goes_with", anchors=("notebook-1",), anchor_text="this laptop")
    model = Reading(act="goes_with", anchors=("backpack-1",), demands=Demands(kinds=("notebook",)), sought=("laptop",))
    settled = settle(rules, model, "what goes with this laptop")
    assert (settled.anchors, settled.demands.kinds, settled.sought) == (("notebook-1",), (), ())


def test_a_bag_for_a_laptop_that_is_nobodys_is_sought_by_its_words() -> None:
    rules = Reading(demands=Demands(kinds=("bag",)), sought=("bag", "laptop"))
    assert settle(rules, Reading(act="goes_with", anchor_text="laptop"), "a bag for a 14 inch laptop") is rules
