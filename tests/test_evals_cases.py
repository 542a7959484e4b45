"""The reader of case files: what it keeps, and what it says of rows that are no cases."""

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from evals.cases import Case, CaseError, CaseTurn, case_from_json, read_cases
from index.catalog import Constraints

ROW = {
    "case_id": "c7",
    "user_id": None,
    "history": ["p1", "p9"],
    "turns": [
        {
            "user": "a quiet mouse under $40, not Logitech",
            "relevant": {"p31": 1.0, "p77": 0.5, "p3": 0},
            "constraints": {"price_max": 40, "not_brands": ["Logitech"]},
        },
        {"user": ""},
        {"user": "thanks", "relevant": {}},
    ],
}
CASE = Case(
    "c7",
    (
        CaseTurn(
            "a quiet mouse under $40, not Logitech",
            {"p31": 1.0, "p77": 0.5, "p3": 0.0},
            Constraints(price_max=Decimal(40), not_brands=("Logitech",)),
        ),
        CaseTurn(""),
        CaseTurn("thanks", {}),
    ),
    None,
    ("p1", "p9"),
)


def test_plain_and_packed_files_read_alike(tmp_path: Path) -> None:
    text = json.dumps(ROW) + "\n\n"
    plain, packed = tmp_path / "cases.jsonl", tmp_path / "cases.jsonl.gz"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_cases(plain) == read_cases(packed) == (CASE,)


def test_missing_fields_mean_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"case_id": "a", "turns": [{"user": "hi", "constraints": {}}]}\n')
    assert read_cases(path) == (Case("a", (CaseTurn("hi", None, None),), None, ()),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "Expecting property name"),
        ("[1]", "row is [1], expected an object"),
        ('{"turns": []}', "case_id is None, expected a string"),
        ('{"case_id": "a", "turns": []}', "turns is [], expected a list of at least one turn"),
        ('{"case_id": "a", "turns": ["hi"]}', "turn 0 is 'hi', expected an object"),
        ('{"case_id": "a", "turns": [{"user": 3}]}', "turn 0: user is 3, expected a string"),
        ('{"case_id": "a", "user_id": 3, "turns": [{"user": ""}]}', "user_id is 3, expected a string or null"),
        ('{"case_id": "a", "history": "p1", "turns": [{"user": ""}]}', "history is 'p1', expected a list"),
        ('{"case_id": "a", "turns": [{"user": "", "relevant": ["p1"]}]}', "relevant is ['p1'], expected an object"),
        ('{"case_id": "a", "turns": [{"user": "", "relevant": {"p": -1}}]}', "gain of 'p' is -1, expected a number"),
        ('{"case_id": "a", "turns": [{"user": "", "relevant": {"p": true}}]}', "gain of 'p' is True"),
        ('{"case_id": "a", "turns": [{"user": "", "constraints": {"colour": 1}}]}', "unknown key 'colour'"),
        ('{"case_id": "a", "turns": [{"user": "", "constraints": {"price_max": "x"}}]}', "price_max is 'x'"),
        ('{"case_id": "a", "turns": [{"user": "", "constraints": [1]}]}', "constraints is [1], expected an object"),
    ],
)
def test_a_row_that_is_no_case_is_named_by_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + row + "\n")
    with pytest.raises(CaseError) as error:
        read_cases(path)
    assert str(error.value).startswith(f"{path}:2: ")
    assert said in str(error.value)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text((json.dumps(ROW) + "\n") * 2)
    with pytest.raises(CaseError, match="case_id is 'c7' a second time"):
        read_cases(path)


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b""), ("a.jsonl", b"\xff\xfe{}"), ("a.jsonl.gz", b"{}")])
def test_a_file_without_cases_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CaseError, match=r"a\.jsonl"):
        read_cases(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.jsonl"):
        read_cases(tmp_path / "none.jsonl")


def test_a_cut_is_a_moment_with_a_time_zone() -> None:
    row = {"case_id": "c", "turns": [{"user": "x"}]}
    assert case_from_json(row).cut is None
    assert case_from_json(row | {"cut": "2024-03-01T00:00:00+00:00"}).cut == datetime(2024, 3, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match=r"cut is '2024-03-01', expected ISO 8601"):
        case_from_json(row | {"cut": "2024-03-01"})
