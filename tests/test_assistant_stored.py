"""Kept conversations: they come back whole, a broken one harms no other, and nobody opens somebody else's."""

import json
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.coded import CodedError, coded, decoded
from assistant.dialogue import (
    CartLine,
    Comparison,
    ComparisonRow,
    Evidence,
    Memory,
    Recommendation,
    Request,
    Session,
    Turn,
)
from assistant.stored import (
    Shelf,
    StoredError,
    listed_of,
    new_key,
    session_from_json,
    session_to_json,
    talk_from_json,
    talk_to_json,
)
from assistant.talk import Answer, Talk
from index.catalog import Constraints, Product, Span

PRODUCTS = {pid: Product(pid, f"Thing {pid}", price=Decimal("9.90"), currency="USD") for pid in ("a", "b", "c")}
REQUEST = Request(
    query="quiet mouse",
    kinds=("Mice",),
    constraints=Constraints(
        price_max=Decimal("60.50"),
        not_brands=("Norvik",),
        attributes={"colour": ("red", "blue"), "weight": Span(None, 120.0)},
        exclude_ids=("c",),
        in_stock=True,
    ),
    anchor_ids=("a",),
    around=Decimal("40"),
    count=2,
    gift=True,
    options=("a", "b"),
)
SESSION = Session(
    "anna",
    ("a", "b"),
    (Turn("a quiet mouse", REQUEST, "Two fit.", ("a", "b")), Turn("", REQUEST, "Two fit.", ("b",))),
    Memory(("owns:a",), ("a",), ("b",), True),
    (CartLine("a", 3),),
)
SHOWN = Recommendation(
    PRODUCTS["a"], "It is quiet.", True, (Evidence("kind", "mouse"),), {"words": 0.5, "price": 1}, 1.25
)


def talk() -> Talk:
    """Two answers: one with products, one with a comparison and near misses."""
    first = Answer(
        "a quiet mouse", replace(SESSION, turns=(), cart=(), memory=Memory()), "Two fit.", REQUEST, (SHOWN,), done=True
    )
    table = Comparison(("a", "b"), (ComparisonRow("price", ("$9.90", "–")),), ("a is cheaper", "b is not"))
    second = Answer(
        "compare them", replace(SESSION, turns=SESSION.turns[:1]), "Side by side.", REQUEST,
        nearest={"b": ("price_max",)}, comparison=table, quick=("Show me cheaper ones",), done=True, stopped=True,
    )  # fmt: skip
    return Talk(SESSION, (first, second))


def test_a_session_comes_back_as_it_was() -> None:
    row = json.loads(json.dumps(session_to_json(SESSION)))
    assert "anna" not in json.dumps(row)
    assert session_from_json(row, PRODUCTS, "anna") == SESSION
    assert session_from_json(row, PRODUCTS) == replace(SESSION, user_id=None)
    assert session_from_json(json.loads(json.dumps(session_to_json(Session()))), {}) == Session()


def test_a_conversation_comes_back_with_its_answers() -> None:
    key, back = talk_from_json(talk_to_json("k1", talk()), PRODUCTS, "anna")
    assert key == "k1"
    assert back == talk()


def test_every_field_of_an_answer_and_a_session_is_kept() -> None:
    row = json.loads(talk_to_json("k1", talk()))
    assert set(row["answers"][0]) == {one.name for one in fields(Answer)} - {"rationales"}
    assert set(row["session"]) == {one.name for one in fields(Session)} - {"user_id"}
    assert row["version"] == 1


def test_products_that_the_shop_no_longer_has_are_left_out() -> None:
    left = {"b": PRODUCTS["b"]}
    _, back = talk_from_json(talk_to_json("k1", talk()), left)
    assert back.session.history == ("b",)
    assert back.session.turns[0].shown_ids == ("b",)
    assert back.session.turns[0].request.anchor_ids == ()
    assert back.session.turns[0].request.options == ("b",)
    assert back.session.cart == ()
    assert back.session.memory == Memory(("owns:a",), (), ("b",), True)
    assert back.answers[0].recommendations == ()
    assert back.answers[1].comparison is None
    assert dict(back.answers[1].nearest) == {"b": ("price_max",)}


def test_what_is_broken_is_refused_with_the_place_and_the_value() -> None:
    row = json.loads(talk_to_json("k1", talk()))
    for change, message in (
        ({"version": 7}, "version is '7', expected 1"),
        ({"id": 5}, "id is '5'"),
        ({"answers": 3}, "answers is '3'"),
        ({"session": []}, "session: '\\[\\]', expected dict"),
        ({"session": {**row["session"], "cart": [{"quantity": 2}]}}, r"session.cart\[0\]: no 'product_id'"),
        ({"session": {**row["session"], "history": ["a", 4]}}, r"session.history\[1\]: '4', expected str"),
        ({"answers": [{**row["answers"][0], "done": 1}]}, r"answers\[0\].done: '1', expected bool"),
        ({"answers": [{**row["answers"][0], "before": None}]}, "expected an answer with what was before it"),
    ):
        with pytest.raises(StoredError, match=message):
            talk_from_json(json.dumps({**row, **change}), PRODUCTS)
    for text in ("", "no json", "[]", "null", '{"version": 1}', "[" * 100_000, "9" * 5_000_000):
        with pytest.raises(StoredError):
            talk_from_json(text, PRODUCTS)


def test_a_quantity_or_a_number_that_cannot_be_is_not_believed() -> None:
    row: dict[str, Any] = session_to_json(SESSION)
    row["cart"] = [{"product_id": "a", "quantity": 100_000}, {"product_id": "b", "quantity": 2}]
    assert session_from_json(row, PRODUCTS).cart == (CartLine("b", 2),)
    for value in ("NaN", "Infinity", "forty"):
        with pytest.raises(CodedError, match="decimal number"):
            decoded(Decimal, value, {}, "price")  # type: ignore[arg-type, unused-ignore]
    with pytest.raises(CodedError, match="expected int"):
        decoded(CartLine, {"product_id": "a", "quantity": True}, {})


def test_an_older_record_gets_defaults_and_a_newer_field_is_passed_over() -> None:
    assert decoded(Memory, {"liked": ["a"], "mood": "good"}, {}) == Memory(liked=("a",))
    assert coded(PRODUCTS["a"]) == "a"


def test_a_title_is_the_first_message_cut_to_a_line() -> None:
    long = replace(talk().answers[0], message="  a  very\nlong wish " + "x" * 100)
    listed = listed_of("k1", Talk(SESSION, (replace(long, message=" "), long)))
    assert listed.title.startswith("a very long wish xxx")
    assert len(listed.title) <= 60
    assert listed.title.endswith("…")
    assert listed.turns == 2
    assert new_key() != new_key()


def test_a_shelf_keeps_lists_opens_and_deletes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.listed("anna") == ()
    shelf.keep("anna", "k1", talk())
    shelf.keep("anna", "k2", Talk(SESSION, talk().answers[1:]))
    shelf.keep("anna", "k1", talk())
    assert [(one.key, one.title, one.turns) for one in shelf.listed("anna")] == [
        ("k1", "a quiet mouse", 2),
        ("k2", "compare them", 1),
    ]
    assert shelf.open("anna", "k1", PRODUCTS) == talk()
    shelf.delete("anna", "k1")
    assert [one.key for one in shelf.listed("anna")] == ["k2"]
    with pytest.raises(KeyError):
        shelf.open("anna", "k1", PRODUCTS)
    shelf.delete_all("anna")
    assert shelf.listed("anna") == ()


def test_nobody_opens_somebody_elses_conversation(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("anna", "k1", talk())
    for other in ("bert", "", "../anna", "anna/"):
        assert shelf.listed(other) == ()
        with pytest.raises(KeyError):
            shelf.open(other, "k1", PRODUCTS)
        shelf.delete_all(other)
    assert shelf.open("anna", "k1", PRODUCTS) == talk()
    assert all("anna" not in str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    assert all("anna" not in path.read_text("utf-8") for path in tmp_path.rglob("*.json"))


def test_a_broken_file_is_told_and_the_others_stay(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("anna", "k1", talk())
    shelf.keep("anna", "k2", talk())
    broken = next(path for path in tmp_path.rglob("*.json") if '"k1"' in path.read_text("utf-8"))
    for damage in (b"{", b"\xff\xfe", b'{"version": 9}'):
        broken.write_bytes(damage)
        assert [one.key for one in shelf.listed("anna")] == ["k2"]
        with pytest.raises(StoredError):
            shelf.open("anna", "k1", PRODUCTS)
    assert shelf.open("anna", "k2", PRODUCTS) == talk()
    shelf.keep("anna", "k1", talk())
    assert len(shelf.listed("anna")) == 2
    assert not list(tmp_path.rglob("*.new"))


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("anna", "k1", talk())

    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="no space"):
        patched.setattr(Path, "replace", full)
        shelf.keep("anna", "k1", Talk(SESSION))
    assert shelf.open("anna", "k1", PRODUCTS) == talk()
    assert not list(tmp_path.rglob("*.new"))


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.stored.MOST_KEPT", 3)
    shelf = Shelf(tmp_path)
    for number in range(5):
        shelf.keep("anna", f"k{number}", talk())
    assert [one.key for one in shelf.listed("anna")] == ["k4", "k3", "k2"]
