"""What every entry of a table promises: readers, embedders, rankers, backends, metrics.

A new entry is tested by being listed; a reader needs a sample of its format in `tests/feeds` and SAMPLES as well, a
backend the name of a model in MODELS.
"""

import gzip
import json
import math
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue import ACTS, PRODUCT_ACTS, Candidate, Request
from assistant.llm import BACKENDS, ChatModel, Message, Stop, generate
from assistant.rank import RANKERS, SIGNALS
from evals.cases import CaseTurn
from evals.metrics import METRICS, Answered, estimate, measure
from index.catalog import AVAILABILITIES, Constraints, Product
from index.embed import EMBEDDERS, Embedder
from index.feeds import READERS, FeedError, Rejected, product_from_json, product_to_json, read_products

# Readers: files to products


FEEDS = Path(__file__).resolve().parent / "feeds"
SAMPLES: dict[str, tuple[str, ...]] = {
    "native": ("native.jsonl",),
    "google": ("google_rss.xml", "google_atom.xml", "google.tsv", "google.csv"),
    "shopify": ("shopify.csv", "shopify_legacy.csv"),
    "openai": ("openai.jsonl", "openai.csv"),
    "acp": ("acp.jsonl",),
    "ucp": ("ucp.json",),
    "schema_org": ("schema_org.json", "schema_org.html"),
    "amazon": ("amazon.jsonl",),
    "table": ("table.csv",),
}
"""Feeds of each format as shops write them, odd rows among them."""

SAMPLED = [(name, sample) for name, samples in SAMPLES.items() for sample in samples]


def test_every_reader_has_a_sample() -> None:
    assert SAMPLES.keys() == READERS.keys()


@pytest.mark.parametrize(("name", "sample"), SAMPLED)
def test_a_reader_gives_the_products_of_its_feed_and_rejects_a_second_row_of_an_id(name: str, sample: str) -> None:
    feed = FEEDS / sample
    rows = list(read_products([feed], name))
    products = [row for row in rows if isinstance(row, Product)]
    assert products
    twice = list(read_products([feed, feed], name))
    assert [row for row in twice if isinstance(row, Product)] == products
    again = [row for row in twice[len(rows) :] if row not in rows]
    assert len(again) == len(products)
    assert {(row.file, row.field) for row in again if isinstance(row, Rejected)} == {(str(feed), "product_id")}


@pytest.mark.parametrize(("name", "sample"), SAMPLED)
def test_a_format_is_known_by_its_content(name: str, sample: str, tmp_path: Path) -> None:
    plain, zipped = tmp_path / "feed", tmp_path / "zipped"
    plain.write_bytes((FEEDS / sample).read_bytes())
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    known = [row for row in read_products([plain], name) if isinstance(row, Product)]
    for path in (plain, zipped):
        assert [row for row in read_products([path]) if isinstance(row, Product)] == known


@pytest.mark.parametrize(("name", "sample"), SAMPLED)
def test_what_a_reader_gives_survives_the_native_format(name: str, sample: str) -> None:
    for row in read_products([FEEDS / sample], name):
        if isinstance(row, Product):
            assert product_from_json(json.loads(json.dumps(product_to_json(row)), parse_float=Decimal)) == row


@pytest.mark.parametrize(("name", "sample"), SAMPLED)
def test_a_rejected_row_names_file_line_field_value_and_what_was_expected(name: str, sample: str) -> None:
    feed = FEEDS / sample
    lines = feed.read_text(encoding="utf-8").count("\n") + 1
    bad = [row for row in read_products([feed], name) if isinstance(row, Rejected)]
    assert bad or sample == "schema_org.html"
    for row in bad:
        assert row.file == str(feed) and 0 < row.line <= lines
        assert row.field and row.value and row.expected


@pytest.mark.parametrize("name", READERS)
def test_a_reader_of_anything_rejects_or_refuses_and_never_breaks(name: str, tmp_path: Path) -> None:
    assert list(read_products([], name)) == []
    with pytest.raises(FeedError, match="missing"):
        list(read_products([tmp_path / "missing"], name))
    for seed in range(20):
        noise = random.Random(seed).randbytes(2000)
        for number, data in enumerate((noise, b"\x1f\x8b" + noise, noise[:9] + b"\n{}\n[]\n" + noise)):
            path = tmp_path / f"noise-{number}"
            path.write_bytes(data)
            try:
                rows = list(read_products([path], name))
            except FeedError as error:
                assert str(path) in str(error)
            else:
                assert all(isinstance(row, Rejected) and row.file == str(path) and row.line > 0 for row in rows)


# Embedders: texts to unit vectors


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=() if name.startswith("hash") else pytest.mark.slow) for name in EMBEDDERS],
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    made = EMBEDDERS[request.param]()
    assert made.name == request.param
    return made


TEXTS = ["a quiet mouse", "", "☕ 茶", "a quiet mouse", "word " * 3000, "\x00"]


def test_an_embedder_gives_unit_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype.name == "float32"
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_an_embedder_says_the_same_of_the_same_text(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert np.array_equal(vectors, embedder.embed(TEXTS))
    assert np.allclose(vectors[0], vectors[3], atol=1e-5)
    assert np.allclose(vectors[0], embedder.embed(TEXTS[:1])[0], atol=1e-5)


def test_an_embedder_takes_no_texts(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_an_embedder_knows_the_nearer_text(embedder: Embedder) -> None:
    mouse, same, other = embedder.embed(["quiet wireless mouse", "wireless mouse, quiet", "cast iron pan"])
    assert mouse @ same > mouse @ other


# Rankers: candidates to one order

PRODUCTS = st.builds(
    Product,
    product_id=st.integers(0, 10**6).map(str),
    title=st.sampled_from(["A mouse", "A notebook", "Toner for a printer", "Thing"]),
    category=st.sampled_from(["", "A > Mice", "A > Docks"]),
    price=st.none() | st.integers(0, 50).map(Decimal),
    rating=st.none() | st.sampled_from([1.0, 4.5]),
    availability=st.sampled_from(AVAILABILITIES),
    attributes=st.sampled_from([{}, {"released": ("2023-05-01",)}, {"year": ("soon",)}]),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        product=PRODUCTS,
        signals=st.dictionaries(st.sampled_from([*SIGNALS]), st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        source=st.sampled_from(["", "declared", "together", "kind"]),
    ),
    max_size=12,
    unique_by=lambda one: one.product.product_id,
)
REQUESTS = st.builds(
    Request,
    act=st.sampled_from(sorted(PRODUCT_ACTS)),
    query=st.sampled_from(["", "quiet mouse", "notebook"]),
    kinds=st.sampled_from([(), ("Mice",)]),
    order=st.sampled_from(["", "cheapest", "dearest", "best_rated", "newest"]),
)


def _order(name: str, candidates: Sequence[Candidate], request: Request) -> list[str]:
    return [one.product.product_id for one in RANKERS[name](candidates, request)]


@pytest.mark.parametrize("name", RANKERS)
@settings(max_examples=30, deadline=None)
@given(candidates=CANDIDATES, request_=REQUESTS, seed=st.randoms(use_true_random=False))
def test_a_ranker_gives_every_candidate_once_whatever_their_order(
    name: str, candidates: list[Candidate], request_: Request, seed: random.Random
) -> None:
    before = list(candidates)
    ranked = RANKERS[name](candidates, request_)
    assert candidates == before, "what came in is left as it was"
    assert sorted(one.product.product_id for one in ranked) == sorted(one.product.product_id for one in candidates)
    given_ = {one.product.product_id: one for one in candidates}
    for one in ranked:
        assert (one.product, one.signals) == (given_[one.product.product_id].product, one.signals)
        assert math.isfinite(one.score)
    shuffled = list(candidates)
    seed.shuffle(shuffled)
    assert RANKERS[name](shuffled, request_) == ranked


@pytest.mark.parametrize("name", RANKERS)
@pytest.mark.parametrize("request_", [Request(), Request("goes_with"), Request(query="a mouse", order="cheapest")])
def test_a_ranker_puts_equals_in_the_order_of_their_ids(name: str, request_: Request) -> None:
    signals = dict.fromkeys(SIGNALS, 0.5)
    equals = [Candidate(Product(product_id, "A mouse"), signals) for product_id in ("b", "c", "a", "B")]
    assert _order(name, equals, request_) == ["B", "a", "b", "c"]
    assert _order(name, [], request_) == []


# Backends: prompts to texts

MODELS = {
    "transformers": "",
    "http": "http://127.0.0.1:9/v1#a-model",
    "https": "https://127.0.0.1:9/v1#a-model",
    "scripted": "scripted:It is quiet, light and black.",
}
"""A model of each backend; "" is the default one, and the remote ones have no server behind them."""

LOCAL = ("transformers", "scripted")
PROMPTS = [[Message("user", f"Say something about {thing}.")] for thing in ("mice", "docks")]


def _model(name: str) -> ChatModel:
    if name != "transformers":
        return BACKENDS[name](MODELS[name], None)
    from assistant.weights import default_weights

    return BACKENDS[name](str(default_weights(lambda _: None)), None)


def _marked(names: Sequence[str]) -> list[object]:
    return [pytest.param(name, marks=pytest.mark.slow if name == "transformers" else ()) for name in names]


def test_every_backend_has_a_model() -> None:
    assert MODELS.keys() == BACKENDS.keys()


@pytest.mark.parametrize("name", _marked([*BACKENDS]))
def test_a_model_has_a_name_and_writes_nothing_where_nothing_is_asked(name: str) -> None:
    model = _model(name)
    assert model.name
    assert list(model.stream([], max_tokens=5)) == []
    stop = Stop()
    stop.set()
    assert list(model.stream(PROMPTS, max_tokens=5, stop=stop)) == []


@pytest.mark.parametrize("name", _marked(LOCAL))
def test_a_local_model_answers_every_prompt_the_same_each_time(name: str) -> None:
    model = _model(name)
    texts = generate(model, PROMPTS, max_tokens=8)
    assert len(texts) == 2 and all(texts)
    assert generate(model, PROMPTS, max_tokens=8) == texts
    assert len(generate(model, PROMPTS[:1], max_tokens=2)[0]) < len(texts[0])
    assert {row for row, _ in model.stream(PROMPTS, max_tokens=8)} == {0, 1}
    stop = Stop()
    stop.set_row(0)
    assert {row for row, _ in model.stream(PROMPTS, max_tokens=8, stop=stop)} == {1}


# Metrics: an answer to numbers

RECORDS = {name: Product(name, "A mouse", price=Decimal(5)) for name in "abc"}
EMPTY = Answered("c", CaseTurn("hello"))
FULL = Answered(
    "c",
    CaseTurn("a mouse", {"a": 1.0, "b": 0.5, "z": 0.0}, Constraints(price_max=Decimal(9))),
    ("b", "x", "a", "a"),
    RECORDS,
    written={"a": True, "b": False},
    grounded={"a": True, "b": True},
    act="goes_with",
    anchor_ids=("c",),
)
NO_ANSWER = Answered("c", CaseTurn("a unicorn", {}))


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_not_measurable_without_what_it_measures(name: str) -> None:
    assert tuple(METRICS[name](EMPTY)) == ()
    found = measure([EMPTY])[name]
    assert (found.n, found.cases) == (0, 0)
    assert all(math.isnan(value) for value in (found.mean, found.low, found.high))
    assert math.isnan(measure([])[name].mean)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_measurable_somewhere(name: str) -> None:
    assert METRICS[name](FULL) or METRICS[name](NO_ANSWER)


IDS = st.sampled_from(["a", "b", "c", "x", "y"])
ANSWERS = st.builds(
    Answered,
    case_id=st.sampled_from(["c1", "c2", "c3"]),
    expected=st.builds(
        CaseTurn,
        user=st.just("a mouse"),
        relevant=st.none() | st.dictionaries(IDS, st.sampled_from([0.0, 0.5, 1.0, 3.0])),
        constraints=st.none() | st.just(Constraints(price_max=Decimal(9))) | st.just(Constraints(in_stock=True)),
    ),
    product_ids=st.lists(IDS, max_size=60).map(tuple),
    products=st.just(RECORDS),
    written=st.dictionaries(IDS, st.booleans()),
    grounded=st.dictionaries(IDS, st.booleans()),
    act=st.sampled_from(ACTS),
    anchor_ids=st.lists(IDS, max_size=2).map(tuple),
    failed=st.booleans(),
)


@pytest.mark.parametrize("name", METRICS)
@settings(max_examples=30, deadline=None)
@given(turns=st.lists(ANSWERS, max_size=5))
def test_a_metric_is_within_0_and_1_and_says_the_same_again(name: str, turns: list[Answered]) -> None:
    values = [(turn.case_id, value) for turn in turns for value in METRICS[name](turn)]
    assert all(0 <= value <= 1 + 1e-9 for _, value in values)
    assert values == [(turn.case_id, value) for turn in turns for value in METRICS[name](turn)]
    found = estimate(values, resamples=20)
    assert found.n == len(values)
    if found.cases > 1:
        assert -1e-9 <= found.low <= found.high <= 1 + 1e-9
