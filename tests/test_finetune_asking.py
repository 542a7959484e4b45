import random
import re
from functools import lru_cache

import pytest

from assistant.change import ACTS, SORTS, Change, parse, plain_message, render
from finetune import talking
from finetune.asking import _clause_lines, _families, messages
from finetune.phrasings import CLAUSES
from finetune.qualities import QUALITIES
from finetune.states import Asked, part_of
from finetune.trades import Trade, Ware, made_up_trades

PARTS = ("train", "heldout")
SINGLE = ("named", "min", "max", "near", "count")
LISTS = ("want", "no", "brand", "not_", "has", "hasnt", "soft")
TEA = Ware(
    kind="tea",
    names=("teas",),
    brands=("Orla", "Tindal"),
    products=("Orla Dawn tea", "Tindal No. 2 tea"),
    colors=("green", "white"),
    amounts=("20 bags", "100 g"),
    wishes=("mild", "for the evening"),
    parts=("a tin", "vanilla"),
    prices=(2, 20),
    goes_with=("teapot",),
)
TEAPOT = Ware(
    kind="teapot",
    names=("teapots",),
    brands=("Orla",),
    products=("Orla Round teapot",),
    colors=("blue",),
    amounts=("1 l",),
    wishes=("small",),
    parts=("a lid",),
    prices=(15, 60),
    goes_with=("tea",),
)


@lru_cache(maxsize=4)
def drawn(part: str, number: int = 3000, seed: int = 0) -> tuple[Asked, ...]:
    rng = random.Random(seed)
    trades = [Trade("tea shop", (TEA, TEAPOT)), *made_up_trades()]
    return tuple(messages(rng.choice(trades), rng, part) for _ in range(number))


def texts_of(change: Change) -> list[str]:
    found = [getattr(change, name) for name in SINGLE if getattr(change, name)]
    return found + [text for name in LISTS for text in getattr(change, name)]


def phrasings(one: Asked) -> set[str]:
    head, *rest = one.template.split(" | ")
    return {head.partition(": ")[2], *(text.partition(": ")[2] or text for text in rest)}


@pytest.mark.parametrize("part", PARTS)
def test_every_text_is_a_run_of_words_of_the_message(part: str) -> None:
    for one in drawn(part):
        message = plain_message(one.message)
        assert message == one.message.replace(";", ",")
        for text in texts_of(one.change):
            assert re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", message), (text, one)
            assert text == text.strip() and ", " not in text


@pytest.mark.parametrize("part", PARTS)
def test_a_change_survives_as_a_line(part: str) -> None:
    for one in drawn(part):
        assert parse(render(one.change)) == one.change, one


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_in_force_and_nothing_shown(part: str) -> None:
    for one in drawn(part):
        assert (one.now, one.shown, one.about, one.change.it, one.change.drop) == ("", (), "", (), ())
        assert one.change.own is None or 1 <= one.change.own <= len(one.owned), one


def test_no_hole_is_left_open() -> None:
    for one in (*drawn("train"), *drawn("heldout")):
        assert not re.search(r"[{}\[\]@%#|\0]", one.message), one


def test_no_phrasing_is_in_both_parts() -> None:
    train, heldout = ({text for one in drawn(part) for text in phrasings(one)} for part in PARTS)
    assert len(train) > 1200
    assert len(heldout) > 200
    assert not train & heldout
    for part, said in zip(PARTS, (train, heldout), strict=True):
        assert {part_of(text) for text in said} == {part}


def test_the_parts_are_those_of_the_messages_that_go_on() -> None:
    rng = random.Random(3)
    trades = made_up_trades()
    further = {part: [talking.messages(rng.choice(trades), rng, part) for _ in range(1500)] for part in PARTS}
    going_on = {
        part: {re.sub(r"^[\w.]+: ", "", text) for one in found for text in re.split(r" \+ | \| ", one.template)}
        for part, found in further.items()
    }
    begun = {part: {text for one in drawn(part) for text in phrasings(one)} for part in PARTS}
    assert begun["train"] & going_on["train"]
    assert not begun["train"] & going_on["heldout"]
    assert not begun["heldout"] & going_on["train"]


@pytest.mark.parametrize(
    ("table", "least"), [("not", 250), ("brand", 120), ("max", 200), ("hasnt", 80), ("isnt", 60), ("nokind", 60)]
)
def test_what_matters_is_said_in_many_ways(table: str, least: int) -> None:
    said = {line for name, lines in _clause_lines().items() if name.partition(".")[0] == table for line in lines}
    assert len(said) >= least
    assert 0.04 < sum(part_of(line) == "heldout" for line in said) / len(said) < 0.28


def test_every_family_has_phrasings_of_both_parts() -> None:
    for family, _ in _families().values():
        assert {part_of(line) for line in family.phrasings} == set(PARTS), family.name


def test_every_table_holds_what_it_asks() -> None:
    for name, table in {**CLAUSES, **QUALITIES}.items():
        kind = name.partition(".")[0]
        for line in table:
            asks = bool(re.search("[@#]", line))
            assert asks != (kind in ("stock", *SORTS)), (name, line)
            assert ("&" in line) <= (kind not in ("max", "min", "near", "nokind")), (name, line)
            assert "&" in line or kind != "range", (name, line)


def test_all_acts_and_fields_are_asked() -> None:
    changes = [one.change for one in drawn("train")]
    assert {change.act for change in changes} >= set(ACTS) - {"more", "compare"}
    for name in (*SINGLE, *LISTS, "own", "stock", "set"):
        assert any(getattr(change, name) for change in changes), name
    assert {change.sort for change in changes} == {"", *SORTS}


def test_what_is_refused_is_not_wanted() -> None:
    for one in (*drawn("train"), *drawn("heldout")):
        change = one.change
        for wanted, refused in ((change.brand, change.not_), (change.has, change.hasnt), (change.want, change.no)):
            assert not {text.casefold() for text in wanted} & {text.casefold() for text in refused}, one


def test_refusals_are_common() -> None:
    found = [one.change for one in drawn("train") if one.change.act == "find"]
    refusing = [change for change in found if change.not_ or change.hasnt or change.no]
    assert len(refusing) > 0.3 * len(found)


def test_prices_are_numbers_without_money() -> None:
    for one in (*drawn("train"), *drawn("heldout")):
        for price in (one.change.min, one.change.max, one.change.near):
            assert not re.search(r"[$€£]|\b(?:bucks|dollars|euros?|pounds|quid)\b", price), one


def test_a_range_goes_up() -> None:
    for one in drawn("train"):
        low, high = (text.replace(",", "").lower() for text in (one.change.min, one.change.max))
        if re.fullmatch(r"[\d.]+", low) and re.fullmatch(r"[\d.]+", high):
            assert float(low) < float(high), one


def test_most_messages_differ_and_the_seed_decides() -> None:
    assert len({one.message for one in drawn("train")}) > 0.93 * len(drawn("train"))
    assert drawn("train", 40, 5) == drawn("train", 40, 5) != drawn("train", 40, 6)


def test_a_shop_that_fills_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no ware with products"):
        messages(Trade("empty", ()), random.Random(0), "train")
