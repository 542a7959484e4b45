"""Replaying cases with a stand-in assistant: rows, order, failures, sessions, and the summary made from rows."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from assistant.dialogue import Evidence, Recommendation, Reply, Request, Session, Turn
from evals import report, run
from evals.cases import Case, CaseTurn
from evals.metrics import Estimate, measure
from evals.report import beside_cases, print_summary, read_results, seconds_by_stage
from evals.run import replay, write_rows
from index.catalog import Constraints, Product

PRODUCTS = {name: Product(name, name.title(), price=Decimal(price)) for name, price in (("mouse", 20), ("dock", 90))}
QUIET = Console(file=io.StringIO(), stderr=True)


class EchoAssistant:
    """Recommends what `answers` says for a message; raises what it finds there when that is an error."""

    def __init__(self, answers: dict[str, Sequence[str] | Exception]) -> None:
        self.answers = answers
        self.opened: list[tuple[str | None, tuple[str, ...]]] = []
        self.heard: list[list[str]] = []

    def session(self, user_id: str | None = None, history: Sequence[str] = ()) -> Session:
        self.opened.append((user_id, tuple(history)))
        if user_id == "nobody":
            raise KeyError(user_id)
        return Session(user_id, tuple(history))

    def reply(self, session: Session, message: str) -> Reply:
        self.heard.append([turn.message for turn in session.turns])
        answer = self.answers.get(message, ())
        if isinstance(answer, Exception):
            raise answer
        request = Request("find", message, constraints=Constraints(price_max=Decimal(40)))
        turn = Turn(message, request, "Here.", tuple(answer))
        shown = [
            Recommendation(PRODUCTS[name], f"{name} costs 20", name == "mouse", (Evidence("price", "20"),))
            for name in answer
        ]
        return Reply(
            "Here.",
            request,
            replace(session, turns=(*session.turns, turn)),
            tuple(shown),
            tuple(answer),
            seconds={"understand": 0.25, "total": 1.0},
        )


def mouse_is_supported(text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    assert evidence
    return () if text.startswith("mouse") else ("dock",)


def case(case_id: str, *messages: str, user_id: str | None = None, history: tuple[str, ...] = ()) -> Case:
    return Case(case_id, tuple(CaseTurn(text) for text in messages), user_id, history)


def test_a_row_has_what_the_format_says() -> None:
    [row] = replay(EchoAssistant({"a mouse": ("mouse", "dock")}), [case("c7", "a mouse")], mouse_is_supported)
    assert row == {
        "case_id": "c7",
        "turn": 0,
        "product_ids": ["mouse", "dock"],
        "text": "Here.",
        "rationales": {"mouse": "mouse costs 20", "dock": "dock costs 20"},
        "written": {"mouse": True, "dock": False},
        "grounded": {"mouse": True, "dock": False},
        "request": {
            "act": "find",
            "query": "a mouse",
            "kinds": [],
            "anchor_ids": [],
            "constraints": {"price_max": 40},
        },
        "seconds": {"understand": 0.25, "total": 1.0},
    }


def test_the_ranking_is_cut_at_k_and_the_nearest_are_named() -> None:
    class Near(EchoAssistant):
        def reply(self, session: Session, message: str) -> Reply:
            return replace(super().reply(session, message), nearest={"dock": ("price_max",)})

    [row] = replay(Near({"a mouse": ("mouse", "dock")}), [case("c", "a mouse")], mouse_is_supported, k=1)
    assert row["product_ids"] == ["mouse"]
    assert row["nearest"] == ["dock"]
    assert row["misses"] == {"dock": ["price_max"]}


def test_without_explaining_no_rationale_is_in_the_row() -> None:
    rows = list(
        replay(EchoAssistant({"a mouse": ("mouse",)}), [case("c", "a mouse")], mouse_is_supported, explain=False)
    )
    assert rows[0]["product_ids"] == ["mouse"]
    assert rows[0]["rationales"] == rows[0]["written"] == rows[0]["grounded"] == {}


def test_turns_of_a_case_share_a_session_and_cases_do_not() -> None:
    assistant = EchoAssistant({})
    rows = list(replay(assistant, [case("a", "one", "two"), case("b", "three")], mouse_is_supported))
    assert [(row["case_id"], row["turn"]) for row in rows] == [("a", 0), ("a", 1), ("b", 0)]
    assert assistant.heard == [[], ["one"], []]


def test_a_given_history_stands_in_for_the_stored_one() -> None:
    assistant = EchoAssistant({})
    cases = [
        case("a", "x", user_id="u1", history=("mouse",)),
        case("b", "x", user_id="u1"),
        case("c", "x"),
    ]
    list(replay(assistant, cases, mouse_is_supported))
    assert assistant.opened == [(None, ("mouse",)), ("u1", ()), (None, ())]


@pytest.mark.parametrize("error", [ValueError("no"), KeyError("no"), RuntimeError("no"), OSError("no")])
def test_a_failed_turn_keeps_its_row_and_the_rest_goes_on(error: Exception) -> None:
    assistant = EchoAssistant({"bad": error, "good": ("mouse",)})
    rows = list(replay(assistant, [case("a", "first", "bad", "good"), case("b", "good")], mouse_is_supported))
    assert ["error" in row for row in rows] == [False, True, False, False]
    assert rows[1]["error"].startswith(type(error).__name__)
    assert rows[1]["product_ids"] == []
    assert assistant.heard[2] == ["first"]  # the conversation goes on from before the failed turn


def test_a_shopper_nobody_knows_fails_every_turn_of_the_case() -> None:
    cases = [case("a", "x", "y", user_id="nobody"), case("b", "x")]
    rows = list(replay(EchoAssistant({}), cases, mouse_is_supported))
    assert ["error" in row for row in rows] == [True, True, False]


def test_what_is_no_error_of_a_turn_ends_the_run() -> None:
    class Interrupted(EchoAssistant):
        def reply(self, session: Session, message: str) -> Reply:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(replay(Interrupted({}), [case("a", "x")], mouse_is_supported))


def test_rows_written_are_rows_read_and_measure_the_same(tmp_path: Path) -> None:
    cases = [
        Case("a", (CaseTurn("a mouse", {"mouse": 1.0}, Constraints(price_max=Decimal(40))),)),
        Case("b", (CaseTurn("thanks", {}),)),
        Case("c", (CaseTurn("bad", {"dock": 1.0}),)),
    ]
    assistant = EchoAssistant({"a mouse": ("dock", "mouse"), "bad": ValueError("no")})
    out = tmp_path / "runs" / "results.jsonl"
    rows = write_rows(replay(assistant, cases, mouse_is_supported), out, 3, QUIET)
    assert read_results(out) == rows
    found = measure(beside_cases(read_results(out), cases, PRODUCTS))
    assert found["mrr"].mean == pytest.approx((1 / 2 + 0) / 2)  # second of two; the failed turn counts 0
    assert found["constraint_rate"].mean == 0.0  # the dock costs 90
    assert found["empty_rate"].mean == 1.0
    assert (found["grounded_rate"].mean, found["grounded_rate"].n) == (0.5, 2)
    assert found["written_rate"].mean == 0.5


def test_a_turn_without_a_row_counts_as_failed() -> None:
    [turn] = beside_cases([], [Case("a", (CaseTurn("thanks", {}),))], PRODUCTS)
    assert turn.failed


def test_seconds_leave_failed_turns_out() -> None:
    rows = [{"seconds": {"total": value}} for value in (1.0, 2.0, 3.0)]
    # The median of 1, 2, 3 is 2; the 95th percentile lies 0.95 * 2 = 1.9 steps from the first: 2.9.
    found = seconds_by_stage([*rows, {"error": "x", "seconds": {}}])
    assert found["total"] == pytest.approx((2.0, 2.9, 3))


def printed(estimates: dict[str, Estimate], rows: list[dict[str, object]]) -> str:
    console = Console(file=io.StringIO(), width=100)
    print_summary(console, "demo", estimates, rows)
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_the_summary_shows_what_was_measured_and_names_the_rest() -> None:
    text = printed(
        {
            "mrr": Estimate(0.5, 0.25, 0.75, 8, 4),
            "hr@10": Estimate(1.0, float("nan"), float("nan"), 1, 1),
            "ndcg@10": Estimate(float("nan"), float("nan"), float("nan"), 0, 0),
        },
        [{"case_id": "c", "turn": 1, "error": "ValueError: [no]"}],
    )
    assert "0.250 - 0.750" in text
    assert "nan" not in text
    assert "not measurable here: ndcg@10" in text
    assert "1 of 1 turns failed; the first, c turn 1: ValueError: [no]" in text


@pytest.mark.parametrize("main", [run.main, report.main])
@pytest.mark.parametrize("missing", ["cases", "index"])
def test_missing_input_gives_one_sentence_and_code_2(
    main: Callable[[Sequence[str]], int], missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, results = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    if missing != "cases":
        cases.write_text(json.dumps({"case_id": "a", "turns": [{"user": "hi"}]}) + "\n")
    results.write_text("")
    folder = tmp_path / "shop"
    first = ["--out", str(results)] if main is run.main else [str(results)]
    assert main([*first, "--cases", str(cases), "--index", str(folder)]) == 2
    said = capsys.readouterr().err
    assert str(cases if missing == "cases" else folder) in said
    assert "Traceback" not in said
    assert said.count("\n") == 1
