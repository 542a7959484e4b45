"""The command that opens the shop: what stands in the way is one sentence and exit code 2."""

import io
import json
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.web import listen
from index.build import build
from index.embed import HashEmbedder


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    # The command sets these for its own process; here they must not outlive the test.
    for name in (
        "GRADIO_ANALYTICS_ENABLED",
        "TOKENIZERS_PARALLELISM",
        "HF_HUB_OFFLINE",
        "HF_HUB_DISABLE_PROGRESS_BARS",
    ):
        monkeypatch.setenv(name, "1")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    feed, events, folder = tmp_path / "feed.jsonl", tmp_path / "events.jsonl", tmp_path / "index"
    rows = [
        {"product_id": f"k{n}", "title": f"Larken Kettle {n}", "category": "Home > Kettles", "price": f"{20 + n}.00",
         "currency": "USD", "availability": "in_stock", "attributes": {"color": "black"}}
        for n in range(3)
    ]  # fmt: skip
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    bought = {"user_id": "u1", "product_id": "k0", "event": "purchase", "timestamp": "2026-01-01T00:00:00+00:00"}
    events.write_text(json.dumps(bought) + "\n", encoding="utf-8")
    build([feed], folder, interactions=events, embedder=HashEmbedder())
    return folder


def typed(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True))


def printed() -> str:
    assert isinstance(sys.stdout, io.TextIOWrapper)
    written = sys.stdout.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode()


def test_a_conversation_in_the_terminal(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "a kettle under $22\n\xff\n\n😀 漢字\n".encode() + b"\xff\xfe\n" + b"x" * 20_000 + b"\n/quit\n")
    flags = ["--index", str(shop), "--terminal", "--model", "scripted:It is a kettle.", "--user", "u1"]
    assert main(flags) == 0
    assert "Larken Kettle" in printed()
    assert "price up to $22" in printed()
    assert "Shopping as u1" in printed()


@pytest.mark.parametrize("made", ["nothing", "empty", "a file"])
def test_what_is_no_index_is_one_sentence(made: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "shop"
    if made == "empty":
        folder.mkdir()
    if made == "a file":
        folder.write_text("x")
    assert main(["--index", str(folder), "--terminal"]) == 2
    said = capsys.readouterr().err.strip()
    assert str(folder) in said
    assert "python -m index.build" in said
    assert "Traceback" not in said


def test_an_unknown_shopper_is_one_sentence(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(shop), "--terminal", "--model", "scripted:x", "--user", "nobody"]) == 2
    assert "'nobody'; some that it has: u1" in capsys.readouterr().err


def test_a_missing_model_is_one_sentence(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(shop), "--terminal", "--model", str(tmp_path / "no-model")]) == 2
    said = capsys.readouterr().err
    assert "no-model" in said
    assert "Traceback" not in said


def test_a_taken_port_is_one_sentence(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", None) as door:
        port = door.getsockname()[1]
        assert main(["--index", str(shop), "--model", "scripted:x", "--port", str(port)]) == 2
    assert f"127.0.0.1:{port}" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--show", "0"], ["--show", "many"], ["--port", "70000"], ["--ranker", "none"]])
def test_a_flag_out_of_range_names_what_was_expected(flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(flags)
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert flags[0] in said
    assert flags[1] in said
