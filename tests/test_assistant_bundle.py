"""A bundle: one product a kind, never over the budget, and of the largest score that the budget allows."""

import time
from decimal import Decimal
from itertools import product as combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import answer_text
from assistant.bundle import Bundle, bundle, bundle_first
from assistant.companion import CompanionFinder
from assistant.dialogue import Candidate, Recommendation, Request, Session, Turn
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from index.catalog import Constraints, Product
from index.folder import Shop
from index.kinds import kind_key_of


def _one(name: str, price: str | None, score: float, currency: str = "USD") -> Candidate:
    amount = None if price is None else Decimal(price)
    return Candidate(Product(name, name, price=amount, currency=currency), score=score)


CANDIDATES = [
    _one("desk-a", "300.00", 0.9), _one("desk-b", "180.00", 0.7),
    _one("chair-a", "250.00", 0.8), _one("chair-b", "120.00", 0.75),
    _one("lamp-a", "60.00", 0.5), _one("lamp-b", "20.00", 0.4), _one("lamp-c", "90.00", 0.3),
    _one("vase-a", None, 0.9),
]  # fmt: skip


def _kinds(candidates: list[Candidate]) -> dict[str, str]:
    return {one.product.product_id: one.product.product_id.split("-")[0] for one in candidates}


def _names(found: Bundle) -> list[str]:
    return [one.product.product_id for one in found.candidates]


def test_the_best_set_that_the_budget_allows() -> None:
    kinds = _kinds(CANDIDATES)
    # 300 + 120 + 20 = 440 scores 2.05; desk-a with chair-b and lamp-a is 480 and scores 2.15.
    found = bundle(CANDIDATES, kinds, Decimal(480))
    assert _names(found) == ["desk-a", "chair-b", "lamp-a"]
    assert found.total == Decimal("480.00")
    assert found.score == pytest.approx(2.15)
    assert _names(bundle(CANDIDATES, kinds, Decimal("479.99"))) == ["desk-a", "chair-b", "lamp-b"]
    assert _names(bundle(CANDIDATES, kinds, Decimal(320))) == ["chair-b", "desk-b", "lamp-b"]


def test_less_money_buys_less_and_too_little_no_bundle() -> None:
    kinds = _kinds(CANDIDATES)
    assert _names(bundle(CANDIDATES, kinds, Decimal(210))) == ["chair-b", "lamp-a"]
    assert bundle(CANDIDATES, kinds, Decimal(100)) == Bundle()
    assert bundle([], {}, Decimal(100)) == Bundle()


def test_wanted_kinds_come_first() -> None:
    kinds = _kinds(CANDIDATES)
    # Desk and lamp score less together than desk and chair.
    assert _names(bundle(CANDIDATES, kinds, Decimal(300), most=2)) == ["chair-b", "desk-b"]
    assert _names(bundle(CANDIDATES, kinds, Decimal(300), most=2, wanted=("desk", "lamp"))) == ["desk-b", "lamp-a"]


def test_without_a_budget_the_best_of_each_kind_priced_or_not() -> None:
    found = bundle(CANDIDATES, _kinds(CANDIDATES), most=3)
    assert _names(found) == ["desk-a", "vase-a", "chair-a"]
    assert found.total == Decimal("550.00")


def test_no_price_another_currency_and_no_kind_have_no_place_in_a_budget() -> None:
    odd = [_one("a-1", "5.00", 1.0, "EUR"), _one("b-1", None, 1.0), _one("c-1", "5.00", 0.1), _one("d-1", "5.00", 0.1)]
    kinds = _kinds(odd) | {"d-1": ""}
    assert bundle(odd, kinds, Decimal(20), currency="USD") == Bundle()
    kinds["d-1"] = "d"
    assert _names(bundle(odd, kinds, Decimal(20), currency="USD")) == ["c-1", "d-1"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 60), st.integers(0, 20)), min_size=1, max_size=9),
    st.integers(1, 150),
    st.integers(2, 4),
)
def test_no_other_set_is_better(rows: list[tuple[int, int, int]], money: int, most: int) -> None:
    candidates = [_one(f"{kind}-{place}", str(price), score / 10) for place, (kind, price, score) in enumerate(rows)]
    kinds = _kinds(candidates)
    found = bundle(candidates, kinds, Decimal(money), most=most)
    best = 0.0
    for picks in combinations((False, True), repeat=len(candidates)):
        chosen = [one for one, picked in zip(candidates, picks, strict=True) if picked]
        own = [kinds[one.product.product_id] for one in chosen]
        total = sum((one.product.price or Decimal(0) for one in chosen), Decimal(0))
        if 2 <= len(chosen) <= most and len(set(own)) == len(own) and total <= money:
            best = max(best, sum(one.score for one in chosen))
    assert found.score == pytest.approx(best)
    assert found.total <= money
    assert len({kinds[one.product.product_id] for one in found.candidates}) == len(found.candidates)


def test_three_hundred_candidates_take_a_few_milliseconds() -> None:
    many = [_one(f"k{n % 30}-{n}", f"{5 + (n * 37) % 211}.99", (n * 7919 % 101) / 100) for n in range(300)]
    start = time.perf_counter()
    found = bundle(many, _kinds(many), Decimal(200))
    assert time.perf_counter() - start < 0.2, "about 10 ms on an idle core"
    assert len(found.candidates) >= 3
    assert found.total <= 200


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows, demo_shop.lexical)


@pytest.mark.parametrize(
    ("message", "kinds", "limit"),
    [
        ("a home office under $600", (), 600),
        ("I want a gaming setup, 800 dollars altogether", (), 800),
        ("everything I need for a home office under $900", (), 900),
        ("a mouse, a keyboard and a headset under $150 in total", ("mouse", "keyboard", "headset"), 150),
        ("a bundle of mouse and keyboard for under $80 total", ("mouse", "keyboard"), 80),
        ("a set of keyboard and mouse", ("keyboard", "mouse"), None),
        ("a printer and ink, $300 for everything", ("printer", "ink cartridge"), 300),
    ],
)
def test_a_set_is_asked_for_and_the_price_is_its_total(
    demo_shop: Shop, words: Vocabulary, message: str, kinds: tuple[str, ...], limit: int | None
) -> None:
    request = understand(Session(), message, demo_shop, words)
    assert request.bundle
    assert request.act == "find"
    assert len(request.kinds) == len(kinds)
    assert request.constraints.price_max == (None if limit is None else Decimal(limit))
    assert request.constraints.attributes == {}, '"$150 in total" speaks of no inches'


@pytest.mark.parametrize(
    "message",
    [
        "a headset for my home office under $100",
        "a mouse and a keyboard",
        "a set of ink cartridges",
        "an all in one printer",
        "a laptop under $600",
        "I totally need a mouse",
        "a black mouse with a total of six buttons",
        "everything but a Razer mouse",
    ],
)
def test_one_thing_is_no_set(demo_shop: Shop, words: Vocabulary, message: str) -> None:
    assert not understand(Session(), message, demo_shop, words).bundle


def test_a_set_for_what_is_owned_goes_with_it_and_stays_a_set(demo_shop: Shop, words: Vocabulary) -> None:
    session = Session(history=("phone-008",))
    request = understand(session, "everything for my new phone under 80 altogether", demo_shop, words)
    assert (request.bundle, request.act, request.anchor_ids) == (True, "goes_with", ("phone-008",))
    session = Session(history=session.history, turns=(Turn("", request, ""),))
    further = understand(session, "make it under $50", demo_shop, words)
    assert (further.bundle, further.constraints.price_max) == (True, Decimal(50))


def _ranked(shop: Shop, ids: list[str]) -> list[Candidate]:
    return [Candidate(shop.products[one], score=1 - place / 100) for place, one in enumerate(ids)]


def test_the_bundle_stands_first_and_nothing_is_lost(demo_shop: Shop) -> None:
    ids = [product.product_id for product in demo_shop.rows[:150]]
    kinds = {one: kind_key_of(demo_shop.products[one]) for one in ids}
    ranked = _ranked(demo_shop, ids)
    request = Request(bundle=True, constraints=Constraints(price_max=Decimal(900)))
    order, found = bundle_first(ranked, request, kinds, demo_shop.companions, lambda *_: False, "USD")
    assert len(found.candidates) > 1
    assert list(found.candidates) == order[: len(found.candidates)]
    assert sorted(one.product.product_id for one in order) == sorted(ids)
    assert {one.product.product_id: one.score for one in order} == {one.product.product_id: one.score for one in ranked}
    assert found.total == sum(one.product.price or 0 for one in found.candidates) <= 900
    own = [kinds[one.product.product_id] for one in found.candidates]
    assert len(set(own)) == len(own)
    tied = {other for kind in own for other in demo_shop.companions.kinds_with(kind)}
    assert set(own) <= tied, "each goes with another"


def test_what_is_not_made_for_each_other_is_not_in_one_bundle(demo_shop: Shop) -> None:
    rows = demo_shop.rows
    kinds = {one.product_id: kind_key_of(one) for one in rows}
    toners = [one for one in rows if kinds[one.product_id] == "toner"]
    finder = CompanionFinder(demo_shop, list(kinds.values()), np.zeros(len(rows), np.float32))
    printer, fitting = next(
        (one, fitting)
        for one in rows
        if kinds[one.product_id] == "printer"
        and 0 < len(fitting := [p for p in toners if _share(p, one, "cartridge_family")]) < len(toners)
    )
    misfits = [one for one in toners if one not in fitting]
    assert all(finder.clash(printer.product_id, one.product_id) for one in misfits)
    assert not any(finder.clash(printer.product_id, one.product_id) for one in fitting)
    # The misfits are ranked above what fits.
    ranked = _ranked(demo_shop, [one.product_id for one in (printer, *misfits, *fitting)])
    request = Request(bundle=True, kinds=("printer", "toner"))
    _, found = bundle_first(ranked, request, kinds, demo_shop.companions, finder.clash)
    assert _names(found) == [printer.product_id, fitting[0].product_id]


def _share(one: Product, other: Product, name: str) -> bool:
    return not set(one.attributes[name]).isdisjoint(other.attributes[name])


def test_the_text_counts_what_is_shown(demo_shop: Shop) -> None:
    shown = [Recommendation(demo_shop.products[one]) for one in ("keyboard-001", "mouse-001")]
    total = sum(one.product.price or 0 for one in shown)
    within = Request(bundle=True, constraints=Constraints(price_max=Decimal(total)))
    assert answer_text(within, shown, demo_shop) == f"A set of 2, ${total} in all:"
    over = Request(bundle=True, constraints=Constraints(price_max=total - Decimal("0.01")))
    assert "no set of different things" in answer_text(over, shown, demo_shop)
    assert "no set of different things" in answer_text(within, shown[:1], demo_shop)
