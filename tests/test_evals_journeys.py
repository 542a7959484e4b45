"""Journeys by hand: how references are resolved, and every verdict in both directions, right and wrong."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from test_evals_truth import DAY, answered

from assistant.dialogue import Reply, Request, Session, Turn
from evals.cases import CaseError
from evals.journey_file import Expected, JourneyTurn, Reference, expect, read_journeys, resolve
from evals.journeys import main, print_faults, print_figures, replay
from evals.store_words import StoreWords
from evals.verdicts import Verdict, admits, failure, faults, judge, measured
from index.catalog import Constraints, constraints_from_json
from index.folder import Shop

MICE = (frozenset({"mouse", "mice"}),)
SHOWN = ("n1", "n3", "m1")


def right(shop: Shop, shown: Sequence[str] = SHOWN, **turn: Any) -> Expected:
    """What is right for a turn when these were shown last."""
    given = {"user": "", "act": "find", "kinds": MICE} | turn
    given["constraints"] = constraints_from_json(given.get("constraints", {}))
    return expect(JourneyTurn(**given), shown, shop.products, "USD", {})[0]


def judged(shop: Shop, expected: Expected, reply: Reply, before: Request | None = None) -> Verdict:
    return judge("j1", 0, expected, reply, shop, before, ())


def request(**more: Any) -> Request:
    constraints = constraints_from_json(more.pop("constraints", {}))
    return Request(kinds=more.pop("kinds", ("mouse",)), constraints=constraints, **more)


# --- references


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (Reference(places=(2,)), ("n3",)),
        (Reference(places=(-1,)), ("m1",)),
        (Reference(places=(1, 2)), ("n1", "n3")),
        (Reference(places=(4,)), None),
        (Reference(ids=("d2",)), ("d2",)),
        (Reference(where=Constraints(brands=("juniper",))), ("n3",)),
        (Reference(where=Constraints(brands=("Tern",))), None),  # none shown
        (Reference(where=Constraints(price_max=Decimal(1000))), None),  # several
        (Reference(where=Constraints(price_max=Decimal(1000)), kinds=("mouse",)), ("m1",)),
    ],
)
def test_a_reference_is_resolved_among_the_products_shown(
    reference: Reference, found: tuple[str, ...] | None, shop: Shop
) -> None:
    assert resolve(reference, SHOWN, shop.products) == found


def test_cheaper_than_one_that_was_shown_is_a_bound_that_stays(shop: Shop) -> None:
    second = Reference(places=(2,))
    turn = JourneyTurn(user="cheaper than the second", act="find", below=second, reference=second)
    told, bounds = expect(turn, ("n1", "n3"), shop.products, "USD", {})
    assert told.below == Decimal("749.50")
    assert told.constraints.price_max == Decimal("749.49")
    assert told.fresh
    later = JourneyTurn(user="only in blue", act="find", below=second)
    carried, _ = expect(later, ("m1", "m4"), shop.products, "USD", bounds)
    assert (carried.below, carried.fresh) == (Decimal("749.50"), False)
    again, _ = expect(turn, ("m1", "m4"), shop.products, "USD", bounds)
    assert again.below == Decimal(59)


def test_what_was_never_shown_is_to_be_asked_back(shop: Shop) -> None:
    expected = right(shop, act="cart", reference=Reference(where=Constraints(brands=("Tern",)), otherwise="find"))
    assert (expected.anchors, expected.acts) == (None, ("find",))
    assert right(shop, act="cart", reference=Reference(places=(9,))).acts == ("cart", "clarify")


@pytest.mark.parametrize(
    ("act", "reference", "got", "verdict"),
    [
        ("cart", Reference(places=(2,)), request(act="cart", anchor_ids=("n3",)), True),
        ("cart", Reference(places=(2,)), request(act="cart", anchor_ids=("n1",)), False),
        ("cart", Reference(places=(2,)), request(act="cart"), False),
        ("compare", Reference(places=(1, 2)), request(act="compare", anchor_ids=("n3", "n1")), True),
        ("compare", Reference(places=(1, 2)), request(act="compare", anchor_ids=("n3", "n1", "m1")), False),
        ("cart", Reference(places=(9,)), request(act="clarify", options=("n1", "n3")), True),
        ("cart", Reference(places=(9,)), request(act="cart", anchor_ids=("n1",)), False),
        ("cart", None, request(act="cart", anchor_ids=("n1",)), None),
    ],
)
def test_a_reference_is_right_when_the_request_has_the_very_products(
    act: str, reference: Reference | None, got: Request, verdict: bool | None, shop: Shop
) -> None:
    expected = right(shop, act=act, reference=reference)
    assert judged(shop, expected, answered(shop, "Which one do you mean?", got)).referred is verdict


@pytest.mark.parametrize(("bound", "verdict"), [("749.49", True), ("700", True), ("749.50", False), (None, False)])
def test_cheaper_than_is_right_by_the_products_it_lets_through(bound: str | None, verdict: bool, shop: Shop) -> None:
    second = Reference(places=(2,))
    expected = right(shop, below=second, reference=second, kinds=(frozenset({"notebook"}),))
    held = {"price_max": bound} if bound else {}
    found = judged(shop, expected, answered(shop, "", request(kinds=("notebook",), constraints=held)))
    assert found.referred is verdict
    assert ("price_max" in found.wrong) is not verdict


# --- state and act


@pytest.mark.parametrize(
    ("got", "wrong"),
    [
        (request(constraints={"price_max": 40}), ()),
        (request(constraints={"price_max": 45}), ("price_max",)),
        (request(kinds=("keyboard",), constraints={"price_max": 40}), ("kinds",)),
        (request(constraints={"price_max": 40}, gift=True), ("gift",)),
        (request(constraints={"price_max": 40}, bundle=True), ("bundle",)),
        (request(constraints={"price_max": 40}, act="goes_with"), ("act",)),
    ],
)
def test_the_state_is_exact_or_its_wrong_parts_are_told(got: Request, wrong: tuple[str, ...], shop: Shop) -> None:
    verdict = judged(shop, right(shop, constraints={"price_max": 40}), answered(shop, "", got, ("m1",)))
    assert verdict.wrong == wrong
    assert verdict.act is (wrong != ("act",))


def test_acts_of_the_requests_are_those_of_the_journeys(shop: Shop) -> None:
    for act in ("goes_with", "more_like", "question", "shop_question", "cart", "memory", "compare", "chat"):
        assert judged(shop, right(shop, act=act), answered(shop, "", request(act=act))).wrong == ()


def test_what_is_not_carried_has_no_kind_in_the_catalogue(shop: Shop) -> None:
    expected = right(shop, kinds=(frozenset({"bicycle"}),), not_carried=True)
    assert judged(shop, expected, answered(shop, "", request(kinds=(), unknown="bicycle"))).wrong == ()
    assert judged(shop, expected, answered(shop, "", request(kinds=("mouse",)))).wrong == ("kinds",)


# --- violations


@pytest.mark.parametrize(
    ("ids", "verdict"),
    [(("m1",), False), (("m1", "m4"), True), (("m1", "m2"), True), (("gone",), True), ((), None)],
)
def test_a_product_over_the_limit_or_without_a_price_violates(
    ids: Sequence[str], verdict: bool | None, shop: Shop
) -> None:
    expected = right(shop, constraints={"price_max": 40})
    assert judged(shop, expected, answered(shop, "", request(), ids)).violates is verdict


def test_only_the_first_five_are_held_against_the_constraints(shop: Shop) -> None:
    expected = right(shop, constraints={"price_max": 40})
    ids = ("m1", "m3", "i1", "s1", "m1", "n1")
    assert judged(shop, expected, answered(shop, "", request(), ids)).violates is False


def test_cheaper_than_this_does_not_admit_this(shop: Shop) -> None:
    second = Reference(places=(2,))
    expected = right(shop, below=second, reference=second)
    assert judged(shop, expected, answered(shop, "", request(), ("n3",))).violates is True
    assert judged(shop, expected, answered(shop, "", request(), ("m1",))).violates is False


def test_a_set_may_not_cost_more_in_all(shop: Shop) -> None:
    expected = right(shop, bundle=True, budget_for_all=True, constraints={"price_max": 80})
    assert judged(shop, expected, answered(shop, "", request(bundle=True), ("m1", "m4"))).violates is True
    assert judged(shop, expected, answered(shop, "", request(bundle=True), ("m1", "s1"))).violates is False
    told = answered(shop, "I found no set of different things within $80.", request(bundle=True), ("m1", "m4"))
    assert judged(shop, expected, told).violates is False


# --- misses


@pytest.mark.parametrize(
    "text",
    [
        "Nothing here satisfies all of that.",
        "I do not know any bicycle in this shop: it does not carry them.",
        "We don't sell garden furniture.",
        "I found none at that price or below.",
        "Dafür habe ich hier nichts gefunden.",
        "本店没有这种商品。",
    ],
)
def test_an_admission_is_read_as_one(text: str) -> None:
    assert admits(text)


@pytest.mark.parametrize("text", ["4 products that fit:", "Which one do you mean?", "I am an AI.", "Aquí hay 4:", ""])
def test_an_answer_is_no_admission(text: str) -> None:
    assert not admits(text)


@pytest.mark.parametrize(
    ("text", "ids", "verdict"),
    [
        ("Nothing here satisfies all of that.", (), True),
        ("Nothing here satisfies all of that.", ("m1",), False),
        ("One product that fits:", ("m1",), False),
        ("Which one do you mean?", (), False),
    ],
)
def test_a_miss_is_admitted_by_no_products_and_words(text: str, ids: Sequence[str], verdict: bool, shop: Shop) -> None:
    expected = right(shop, miss=True, constraints={"price_max": 5})
    found = judged(shop, expected, answered(shop, text, request(), ids))
    assert found.admitted is verdict
    assert found.denied is None


def test_matches_are_not_denied(shop: Shop) -> None:
    told = judged(shop, right(shop), answered(shop, "Nothing here satisfies all of that.", request()))
    assert (told.denied, told.admitted) == (True, None)
    assert judged(shop, right(shop), answered(shop, "One product that fits:", request(), ("m1",))).denied is False
    assert judged(shop, right(shop, act="thanks"), answered(shop, "None.", request(act="thanks"))).denied is None


def test_cheaper_than_the_cheapest_is_a_miss_whatever_the_file_says(shop: Shop) -> None:
    first = Reference(places=(1,))
    cheapest = right(shop, shown=("m3",), below=first, reference=first)
    assert judged(shop, cheapest, answered(shop, "I found none.", request())).admitted is True
    dearer = right(shop, shown=("m4",), below=first, reference=first, miss=True)
    assert judged(shop, dearer, answered(shop, "I found none.", request())).denied is True


def test_a_failed_turn_is_wrong_in_all_that_is_measured(shop: Shop) -> None:
    found = failure("j1", 0, right(shop, miss=True, reference=Reference(places=(1,))), shop)
    assert (found.act, found.referred, found.admitted, found.untrue) == (False, False, False, None)
    assert found.wrong


# --- the file


def _row(**more: Any) -> dict[str, Any]:
    turn: dict[str, Any] = {
        "user": "a mouse",
        "act": "find",
        "kinds": [["mouse"]],
        "constraints": {},
        "reference": None,
    }
    return {"case_id": "t1", "store": "tiny", "part": "open", "user_id": None, "history": [], "turns": [turn | more]}


def _written(path: Path, *rows: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_journey_is_read_with_its_references(tmp_path: Path) -> None:
    turn = {
        "constraints": {"price_max_below": {"place": 1}, "not_brands": ["Norvik"]},
        "reference": {"shown_where": {"brand": "Corvid"}, "else": "clarify"},
        "miss": True,
    }
    (found,) = read_journeys(_written(tmp_path / "j.jsonl", _row(**turn)))
    (read,) = found.turns
    assert read.below == Reference(places=(1,))
    assert read.reference == Reference(where=Constraints(brands=("Corvid",)), otherwise="clarify")
    assert read.constraints == Constraints(not_brands=("Norvik",))
    assert read.miss


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"act": "look"}, "act is 'look'"),
        ({"reference": {"place": 0}}, r"places \[0\]"),
        ({"reference": {"nth": 1}}, "reference is"),
        ({"constraints": {"price": 3}}, "unknown key 'price'"),
        ({"kinds": ["mouse"]}, "kinds is"),
        ({"missed": True}, "missed"),
    ],
)
def test_a_row_that_is_none_is_told_with_file_line_and_value(more: dict[str, Any], told: str, tmp_path: Path) -> None:
    path = _written(tmp_path / "j.jsonl", _row(), _row(**more) | {"case_id": "t2"})
    with pytest.raises(CaseError, match=rf"j\.jsonl:2: turn 0: .*{told}"):
        read_journeys(path)


def test_only_the_part_that_is_asked_for_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "j.jsonl", _row(), _row() | {"case_id": "t2", "part": "sealed"})
    assert [one.case_id for one in read_journeys(path, "open")] == ["t1"]
    assert [one.case_id for one in read_journeys(path, "sealed")] == ["t2"]
    assert len(read_journeys(path)) == 2


# --- the whole


class Scripted:
    """Answers as told: a message's answer is made from the session it comes in, or is an error."""

    def __init__(self, answers: Mapping[str, Callable[[Session], Reply] | Exception]) -> None:
        self.answers = answers

    def session(self, user_id: str | None = None, history: Sequence[str] = ()) -> Session:
        return Session(user_id, tuple(history))

    def reply(self, session: Session, message: str) -> Reply:
        answer = self.answers[message]
        if isinstance(answer, Exception):
            raise answer
        found = answer(session)
        shown = tuple(one.product.product_id for one in found.recommendations)
        turn = Turn(message, found.request, found.text, shown)
        return replace(found, session=replace(session, turns=(*session.turns, turn)))


def test_a_journey_is_replayed_and_a_failed_turn_does_not_end_it(shop: Shop, tmp_path: Path) -> None:
    rows = _row()
    rows["turns"] += [
        {"user": "boom", "act": "find", "kinds": [["mouse"]]},
        {"user": "add the second", "act": "cart", "reference": {"place": 2}},
        {"user": "compare them", "act": "compare", "reference": {"places": [1, 2]}},
    ]
    answers: dict[str, Callable[[Session], Reply] | Exception] = {
        "a mouse": lambda _: answered(shop, "2 products that fit:", request(), ("m1", "m4")),
        "boom": ValueError("boom"),
        "add the second": lambda _: answered(shop, "It costs $59.00.", request(act="cart", anchor_ids=("m4",))),
        "compare them": lambda _: answered(shop, "Zenvar Ultra 9.", request(act="compare", anchor_ids=("m4",))),
    }
    journeys = read_journeys(_written(tmp_path / "j.jsonl", rows))
    words = StoreWords(shop.products, (), (), "USD", DAY)
    found = list(replay(Scripted(answers), journeys, shop, words))
    assert [one.verdict.failed for one in found] == [False, True, False, False]
    assert [one.verdict.referred for one in found] == [None, None, True, False]
    assert [one.verdict.untrue for one in found] == [(), None, (), ("name: Zenvar Ultra 9",)]
    assert found[1].row["error"] == "ValueError: boom"
    figures = measured(one.verdict for one in found)
    assert figures["references resolved"].mean == 0.5
    assert figures["act right"].mean == 0.75
    assert figures["replies with something untrue"].n == 3
    assert next(iter(faults([one.verdict for one in found]))) in {
        "state: failed",
        "state: anchors",
        "reference",
        "untrue",
    }


def test_the_faults_of_the_sealed_part_are_not_printed(shop: Shop, tmp_path: Path) -> None:
    path = _written(tmp_path / "j.jsonl", _row(), _row(user="secret") | {"case_id": "t2", "part": "sealed"})
    answers: dict[str, Callable[[Session], Reply] | Exception] = {
        text: lambda _: answered(shop, "", request(act="thanks")) for text in ("a mouse", "secret")
    }
    words = StoreWords(shop.products, (), (), "USD", DAY)
    found = list(replay(Scripted(answers), read_journeys(path), shop, words))
    out = io.StringIO()
    print_faults(Console(file=out, width=200), found, 5)
    assert "a mouse" in out.getvalue()
    assert "secret" not in out.getvalue()
    print_figures(Console(file=out, width=200), {"tiny": found})
    assert "2 journeys, 2 turns" in out.getvalue()


def test_the_command_writes_a_row_a_turn_with_its_verdict(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = _row(user="a wireless mouse") | {"case_id": "t2", "part": "sealed"}
    path, out = _written(tmp_path / "j.jsonl", _row(), sealed), tmp_path / "rows.jsonl"
    given = ["--index", str(own_folder), "--journeys", str(path), "--part", "all", "--rules-only", "--out", str(out)]
    assert main(given) == 0
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert first["verdict"]["act"] is True
    assert first["text"]
    assert (second["text"], second["verdict"]["true"]) == ("", True)
    assert "state exact" in capsys.readouterr().out


def test_ids_of_another_store_and_a_missing_folder_are_refused(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = _written(tmp_path / "j.jsonl", _row(reference={"id": "x99"}))
    assert main(["--index", str(own_folder), "--journeys", str(strange), "--rules-only"]) == 2
    assert "x99" in capsys.readouterr().err
    two = _written(tmp_path / "two.jsonl", _row(), _row() | {"case_id": "t2", "store": "other"})
    assert main(["--index", f"tiny={own_folder}", "--journeys", str(two), "--rules-only"]) == 2
    assert "other" in capsys.readouterr().err
