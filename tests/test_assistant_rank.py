"""One order out of the signals: deterministic, by price where asked, by turns for companions, never by prose."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import Candidate, Request, Session
from assistant.rank import RANKERS, SIGNALS, rank_joined
from assistant.retrieve import Retriever
from index.catalog import Constraints, Product
from index.folder import Shop


@pytest.fixture(scope="module")
def retriever(demo_shop: Shop) -> Retriever:
    return Retriever(demo_shop)


def _candidate(
    product_id: str, price: str | None = None, *, of: str = "Mice", source: str = "", signals: Mapping[str, float]
) -> Candidate:
    amount = Decimal(price) if price else None
    product = Product(product_id, f"A thing of {of}", category=of, price=amount, availability="in_stock")
    return Candidate(product, signals, source=source)


def _ids(ranked: Sequence[Candidate]) -> list[str]:
    return [one.product.product_id for one in ranked]


_CANDIDATES = st.lists(
    st.builds(
        _candidate,
        st.integers(0, 40).map("p{}".format),
        st.none() | st.integers(1, 500).map(str),
        of=st.sampled_from(["Mice", "Docks", ""]),
        source=st.sampled_from(["declared", "together", "kind", ""]),
        signals=st.dictionaries(st.sampled_from(sorted(SIGNALS)), st.floats(0, 1)),
    ),
    max_size=20,
    unique_by=lambda one: one.product.product_id,
)
_REQUESTS = st.builds(
    Request,
    act=st.sampled_from(["find", "goes_with", "more_like"]),
    query=st.sampled_from(["", "quiet mouse"]),
    kinds=st.sampled_from([(), ("mouse",)]),
    order=st.sampled_from(["", "cheapest", "dearest", "best_rated", "newest"]),
)


@given(_CANDIDATES, _REQUESTS, st.sampled_from(sorted(RANKERS)), st.randoms())
def test_a_ranking_has_every_candidate_once_and_does_not_depend_on_their_order(
    candidates: list[Candidate], request: Request, ranker: str, chance: random.Random
) -> None:
    ranked = RANKERS[ranker](candidates, request)
    assert sorted(_ids(ranked)) == sorted(_ids(candidates))
    shuffled = candidates.copy()
    chance.shuffle(shuffled)
    assert RANKERS[ranker](shuffled, request) == ranked


@given(_CANDIDATES, st.sampled_from(["cheapest", "dearest"]))
def test_of_a_kind_the_price_orders_exactly(candidates: list[Candidate], order: str) -> None:
    given_kind = [replace(one, signals={**one.signals, "kind": 1.0, "words": 1.0}) for one in candidates]
    ranked = rank_joined(given_kind, Request(query="mouse", kinds=("mouse",), order=order))
    prices = [one.product.price for one in ranked if one.product.price is not None]
    assert prices == sorted(prices, reverse=order == "dearest")
    unpriced = [one.product.price is None for one in ranked]
    assert unpriced == sorted(unpriced)


@pytest.mark.parametrize(
    ("message", "kind"), [("mouse", "Mice"), ("headset", "Headsets"), ("game console", "Game Consoles")]
)
def test_the_cheapest_of_the_shop_is_first(retriever: Retriever, demo_shop: Shop, message: str, kind: str) -> None:
    request = Request(query=message, kinds=(message,), order="cheapest")
    ranked = rank_joined(retriever.retrieve(request, Session(), 50), request)
    prices = sorted(one.price for one in demo_shop.rows if one.kind == kind and one.price is not None)
    assert [one.product.price for one in ranked[: len(prices)]] == prices


def test_an_order_is_meant_among_what_has_the_words() -> None:
    laser = _candidate("laser", "200", of="Printers", signals={"words": 1.0, "meaning": 0.9, "kind": 1.0})
    inkjet = _candidate("inkjet", "90", of="Printers", signals={"words": 0.3, "meaning": 0.8, "kind": 1.0})
    paper = _candidate("paper", "5", of="Paper", signals={"words": 0.6, "meaning": 0.5, "kind": 0.0})
    request = Request(query="laser printer", kinds=("printer",), order="cheapest")
    assert _ids(rank_joined([paper, inkjet, laser], request))[0] == "laser"


def test_best_rated_and_newest() -> None:
    products = [
        Product("old", "Phone", attributes={"released": ("2019-05-01",)}, availability="in_stock"),
        Product("new", "Phone", attributes={"released": ("2024-01-31",)}, availability="in_stock"),
        Product("when", "Phone", availability="in_stock"),
    ]
    rated = {"old": 0.9, "new": 0.7}
    candidates = [
        Candidate(
            replace(one, rating=4.0 if one.product_id in rated else None),
            {"kind": 1.0, "rating": rated.get(one.product_id, 0.0)},
        )
        for one in products
    ]
    newest = rank_joined(candidates, Request(query="phone", kinds=("phone",), order="newest"))
    assert _ids(newest) == ["new", "old", "when"]
    best = rank_joined(candidates, Request(query="phone", kinds=("phone",), order="best_rated"))
    assert _ids(best) == ["old", "new", "when"]


def test_more_of_a_signal_never_ranks_lower() -> None:
    for name in SIGNALS:
        if name in ("companion", "likeness"):
            continue
        low = _candidate("a", "10", signals={"words": 0.5} | {name: 0.1})
        high = _candidate("b", "10", signals={"words": 0.5} | {name: 0.9})
        assert _ids(rank_joined([low, high], Request(query="mouse")))[0] == "b", name


def test_equal_scores_go_by_id() -> None:
    same = [_candidate(name, "10", signals={"words": 0.5}) for name in ("c", "a", "b")]
    assert _ids(rank_joined(same, Request(query="mouse"))) == ["a", "b", "c"]


def test_what_cannot_be_bought_stands_lower() -> None:
    here = _candidate("z", "10", signals={"words": 0.5})
    gone = _candidate("a", "10", signals={"words": 0.5})
    gone = replace(gone, product=replace(gone.product, availability="out_of_stock"))
    assert _ids(rank_joined([gone, here], Request(query="mouse"))) == ["z", "a"]


def test_companions_take_turns_by_kind() -> None:
    cables = [
        _candidate(f"cable-{n}", of="Cables", source="declared", signals={"companion": 1.0 - n / 100}) for n in range(3)
    ]
    dock = _candidate("dock", of="Docks", source="declared", signals={"companion": 0.5})
    mouse = _candidate("mouse", source="together", signals={"companion": 0.99})
    ranked = _ids(rank_joined([*cables, dock, mouse], Request(act="goes_with", anchor_ids=("n",))))
    assert ranked[:2] == ["cable-0", "dock"]
    assert ranked[-1] == "mouse"


def test_declared_companions_come_first(retriever: Retriever, demo_shop: Shop) -> None:
    request = Request(act="goes_with", anchor_ids=("notebook-001",))
    ranked = rank_joined(retriever.retrieve(request, Session(), 50), request)
    sources = [one.source for one in ranked]
    assert sources == sorted(sources, key=["declared", "together", "fit", "kind", ""].index)
    assert sources[0] == "declared"


def test_history_moves_the_order(retriever: Retriever) -> None:
    request = Request(query="laptop charger", kinds=("laptop charger",))
    stranger = _ids(rank_joined(retriever.retrieve(request, Session(), 50), request))
    owner = _ids(rank_joined(retriever.retrieve(request, Session(history=("notebook-003",)), 50), request))
    assert stranger != owner
    for fitting in ("laptop-charger-004", "laptop-charger-005"):  # the round plug of notebook-003
        assert owner.index(fitting) < stranger.index(fitting)


def test_history_alone_ranks_where_nothing_is_asked(retriever: Retriever) -> None:
    request = Request()
    session = Session(history=("printer-001",))
    ranked = _ids(rank_joined(retriever.retrieve(request, session, 50), request))
    assert set(ranked[:3]) & {"toner-001", "toner-009"}


def test_around_moves_the_order(retriever: Retriever) -> None:
    base = Request(query="mouse", kinds=("mouse",))
    near = replace(base, around=Decimal("70"))
    before = _ids(rank_joined(retriever.retrieve(base, Session(), 50), base))
    ranked = _ids(rank_joined(retriever.retrieve(near, Session(), 50), near))
    for name in ("mouse-003", "mouse-004"):  # 68.99 and 70.99
        assert ranked.index(name) < before.index(name)
        assert ranked.index(name) < 4


def test_baselines_follow_their_signal(retriever: Retriever) -> None:
    request = Request(query="wireless mouse", kinds=("mouse",))
    candidates = retriever.retrieve(request, Session(), 50)
    for ranker, signal in (("bm25", "words"), ("minilm", "meaning"), ("popularity", "popularity")):
        values = [one.signals[signal] for one in RANKERS[ranker](candidates, request)]
        assert values == sorted(values, reverse=True)


def test_constraints_do_not_move_what_they_admit(retriever: Retriever) -> None:
    free = Request(query="mouse", kinds=("mouse",))
    bound = replace(free, constraints=Constraints(price_max=Decimal(500)))
    mice = [one for one in _ids(rank_joined(retriever.retrieve(free, Session(), 50), free)) if one.startswith("mouse")]
    bound_mice = [
        one for one in _ids(rank_joined(retriever.retrieve(bound, Session(), 50), bound)) if one.startswith("mouse")
    ]
    assert mice == bound_mice


def test_a_candidate_has_no_room_for_prose() -> None:
    # What the language model writes lives in Recommendation.rationale, made after the ranking.
    assert set(Candidate.__slots__) == {"product", "signals", "score", "source"}
