"""The gold of understanding: read from its file, and what counts as the same state."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.dialogue import Request, Session
from assistant.vocabulary import Vocabulary
from evals.cases import CaseError
from evals.states import StateCase, StateTurn, differences, number_or_negation_wrong, read_states
from evals.understand import f1, replay, six_examples, table
from index.catalog import Constraints, Product
from index.demo import PRODUCTS
from index.feeds import read_products
from index.folder import Shop

DATA = Path(__file__).parent.parent / "evals" / "data" / "understand.jsonl"


def _turn(act: str = "find", **more: object) -> StateTurn:
    plain: dict[str, object] = {
        "user": "a mouse",
        "kinds": (frozenset({"mouse", "mice"}),),
        "constraints": Constraints(),
        "anchors": (),
        "named": "",
        "order": "",
        "count": None,
        "bundle": False,
        "around": None,
        "shown": (),
    }
    return StateTurn(act=act, **(plain | more))  # type: ignore[arg-type]


def test_the_file_has_what_it_promises() -> None:
    cases = read_states(DATA)
    assert len(cases) >= 100
    assert sum(len(case.turns) for case in cases) >= 300
    assert {case.store for case in cases} == {"demo", "icecat", "grocery"}
    sealed = sum(case.part == "sealed" for case in cases)
    assert 0.3 <= sealed / len(cases) <= 0.4


def test_the_demo_cases_speak_of_products_of_the_demo_store() -> None:
    known = {row.product_id for row in read_products([PRODUCTS]) if isinstance(row, Product)}
    spoken = {
        one
        for case in read_states(DATA)
        if case.store == "demo"
        for one in (*case.history, *(name for turn in case.turns for name in (*turn.anchors, *turn.shown)))
    }
    assert spoken
    assert spoken <= known


def test_the_same_state_has_no_differences(demo_shop: Shop) -> None:
    gold = _turn(constraints=Constraints(price_max=Decimal(40), not_brands=("Norvik",)), order="cheapest", count=3)
    got = Request(kinds=("mouse",), constraints=gold.constraints, order="cheapest", count=3)
    assert differences(gold, got, demo_shop) == ()


@pytest.mark.parametrize(
    ("got", "wrong"),
    [
        (Request(act="thanks", kinds=("mouse",)), "act"),
        (Request(kinds=("keyboard",)), "kinds"),
        (Request(kinds=("mouse", "keyboard")), "kinds"),
        (Request(), "kinds"),
        (Request(kinds=("mouse",), order="cheapest"), "order"),
        (Request(kinds=("mouse",), count=2), "count"),
        (Request(kinds=("mouse",), bundle=True), "bundle"),
        (Request(kinds=("mouse",), around=Decimal(5)), "around"),
        (Request(kinds=("mouse",), constraints=Constraints(price_max=Decimal(4))), "price_max"),
        (Request(kinds=("mouse",), constraints=Constraints(not_brands=("Norvik",))), "not_brands"),
        (Request(kinds=("mouse",), constraints=Constraints(attributes={"color": ("Black",)})), "attributes"),
    ],
)
def test_each_part_of_the_state_is_told_when_it_is_wrong(got: Request, wrong: str, demo_shop: Shop) -> None:
    assert wrong in differences(_turn(), got, demo_shop)


def test_attributes_are_the_same_when_the_same_products_meet_them(demo_shop: Shop) -> None:
    gold = _turn(constraints=Constraints(attributes={"color": ("Black",)}))
    got = Request(kinds=("mouse",), constraints=Constraints(attributes={"Color": ("black", "BLACK")}))
    assert differences(gold, got, demo_shop) == ()


def test_what_a_message_leaves_unsaid_may_be_as_before(demo_shop: Shop) -> None:
    got = Request(kinds=("mouse",), order="cheapest")
    assert differences(_turn(), got, demo_shop, before=got) == ()
    assert differences(_turn(), got, demo_shop) == ("order",)


def test_a_wrong_number_or_refusal_is_one() -> None:
    assert number_or_negation_wrong(("kinds", "price_max"))
    assert not number_or_negation_wrong(("kinds", "attributes"))


def test_f1_by_hand(demo_shop: Shop) -> None:
    cases = StateCase("c", "demo", "open", (), (_turn(constraints=Constraints(price_max=Decimal(40), in_stock=True)),))
    words = Vocabulary(demo_shop.rows, demo_shop.lexical)

    def half(session: Session, message: str, shop: Shop, words: Vocabulary) -> Request:
        return Request(kinds=("mouse",), constraints=Constraints(price_max=Decimal(40), brands=("Norvik",)))

    found = replay(cases, demo_shop, words, half)
    assert f1(found) == pytest.approx(2 * 1 / (2 + 2))
    assert "| half | 0.000" in table({"half": [*found, *found]})


def test_a_row_that_is_no_conversation_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "states.jsonl"
    path.write_text(json.dumps({"case_id": "a"}) + "\n", "utf-8")
    with pytest.raises(CaseError, match=r"states\.jsonl:1"):
        read_states(path)


def test_the_untuned_model_is_shown_six_examples() -> None:
    shown = six_examples()
    assert len(shown) == 12
    assert {message.role for message in shown} == {"user", "assistant"}
