"""Why a product stands where it stands: shares that are those of the score it was ranked by."""

from decimal import Decimal

import pytest

from assistant.dialogue import Candidate, Recommendation, Request
from assistant.interface import languages, texts_of
from assistant.placing import LEAST, contributions
from assistant.rank import SIGNALS, WEIGHTS, rank_joined
from index.catalog import Product

MOUSE = Product("m", "Mouse", price=Decimal(9), availability="in_stock", rating=4.0)
REQUEST = Request(query="mouse")


def test_shares_are_the_weighted_signals_over_their_sum() -> None:
    signals = {"words": 0.5, "meaning": 0.25, "rating": 1.0}
    told = contributions(Recommendation(MOUSE, signals=signals), REQUEST)
    weights = WEIGHTS["find"]
    whole = 0.5 * weights["words"] + 0.25 * weights["meaning"] + weights["rating"]
    assert [one.signal for one in told] == ["words", "meaning"]
    assert told[0].share == pytest.approx(0.5 * weights["words"] / whole)
    assert weights["rating"] / whole < LEAST


def test_the_shares_add_up_to_the_score_that_the_ranker_gave() -> None:
    signals = {"words": 0.9, "meaning": 0.8, "kind": 1.0, "rating": 0.7, "freshness": 0.5, "price": 0.5, "taste": 0.4}
    [ranked] = rank_joined([Candidate(MOUSE, signals)], REQUEST)
    added = {name: {**WEIGHTS["find"], "taste": 1.0}[name] * value for name, value in signals.items()}
    assert ranked.score == pytest.approx(sum(added.values()))
    told = contributions(Recommendation(MOUSE, signals=signals, score=ranked.score), REQUEST)
    assert {one.signal: one.share for one in told} == {
        name: pytest.approx(value / ranked.score) for name, value in added.items() if value / ranked.score >= LEAST
    }


def test_the_weights_are_those_of_the_whole_answer() -> None:
    known = Recommendation(MOUSE, signals={"history": 0.1, "popularity": 1.0})
    stranger = Recommendation(MOUSE, signals={"popularity": 1.0})
    assert contributions(stranger, Request(), [known, stranger])[0].share == 1.0
    assert contributions(known, Request(), [known, stranger])[0].signal == "history"


def test_nothing_is_told_where_nothing_speaks_for_it() -> None:
    assert contributions(Recommendation(MOUSE), REQUEST) == ()
    assert contributions(Recommendation(MOUSE, signals={"words": 0.0}), REQUEST) == ()


def test_every_signal_has_words_in_every_language() -> None:
    for language in languages():
        assert {f"signal.{name}" for name in SIGNALS} <= texts_of(language).keys()
