"""Training an adapter on models of some thousand weights: it learns, goes on after a kill, and tells what it did."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tiny_models import save_llama, save_t5

from assistant.adapters import CARD, base_sha256
from assistant.llm import Message, generate, load_chat
from finetune.examples import Example
from finetune.loss import answer_loss, batched, encoded, share_of
from finetune.rows import write_examples
from finetune.train import CHECKPOINT, Settings, cross_validate, main, rate_at, train

QUICK = Settings(
    rank=8, alpha=32, rate=2e-2, tokens=512, epochs=60, every=40, patience=9, heldout=6, scored=6, dtype="float32"
)


def _examples() -> list[Example]:
    """A task that a tiny model can learn: say the letter that stands in the message, twice."""
    found = []
    for place, (letter, sign) in enumerate(product("abcdef", ".!?")):
        prompt = (Message("system", "S"), Message("user", f"{sign}{letter}"))
        part = "heldout" if place % 6 == 5 else "train"
        found.append(Example("understand", part, f"t{place}", prompt, letter * 2))
    return found


@pytest.fixture(params=[save_llama, save_t5])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A tiny base model, decoder-only and T5-style."""
    save: Callable[[Path], Path] = request.param
    return save(tmp_path / "base")


def _quiet(text: str) -> None:
    return None


@pytest.mark.slow
def test_a_model_learns_and_its_adapter_is_used_by_the_assistant(tmp_path: Path) -> None:
    base, out = save_llama(tmp_path / "base"), tmp_path / "adapter"
    train(_examples(), QUICK, str(base), out, say=_quiet)
    chat = load_chat(str(base), out)
    learned = [one for one in _examples() if one.part == "train"]
    written = generate(chat, [one.prompt for one in learned], max_tokens=4)
    assert sum(text == one.answer for text, one in zip(written, learned, strict=True)) >= 0.8 * len(learned)
    assert chat.tasks == {"understand"}


@pytest.mark.slow
def test_a_t5_model_learns_by_the_same_command(tmp_path: Path) -> None:
    base, out = save_t5(tmp_path / "base"), tmp_path / "adapter"
    train(_examples(), replace(QUICK, rate=3e-2, epochs=100, patience=99), str(base), out, say=_quiet)
    log = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    assert log[-1]["train_loss"] < 0.7 * log[0]["train_loss"]
    assert load_chat(str(base), out).tasks == {"understand"}


def test_a_finished_adapter_and_another_runs_checkpoint_are_not_written_over(tmp_path: Path) -> None:
    base = save_llama(tmp_path / "base")
    short = Settings(epochs=1, every=1, tokens=400, dtype="float32", scored=0)
    train(_examples(), short, str(base), tmp_path / "out", say=_quiet)
    with pytest.raises(ValueError, match="holds a finished adapter"):
        train(_examples(), short, str(base), tmp_path / "out", say=_quiet)
    (tmp_path / "cut").mkdir()
    torch = pytest.importorskip("torch")
    torch.save({"mark": "of another run"}, tmp_path / "cut" / CHECKPOINT)
    with pytest.raises(ValueError, match="of another run"):
        train(_examples(), short, str(base), tmp_path / "cut", say=_quiet)


def test_the_card_tells_what_was_done(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "adapter"
    best = train(_examples(), Settings(epochs=1, every=1, tokens=400, dtype="float32"), str(base), out, say=_quiet)
    card = json.loads((out / CARD).read_text("utf-8"))
    assert card["base_model"] == "base"
    assert card["base_sha256"] == base_sha256(base)
    assert card["best_heldout_loss"] == pytest.approx(best)
    assert card["examples"] == len(_examples())
    assert card["settings"]["tokens"] == 400
    assert card["steps"] == len([*(out / "log.jsonl").read_text("utf-8").splitlines()])
    assert not (out / CHECKPOINT).exists()
    config = (out / "adapter_config.json").read_text("utf-8")
    assert str(tmp_path) not in config + json.dumps(card)


def test_the_loss_counts_answers_only(base: Path, tmp_path: Path) -> None:
    from finetune.train import _wrapped

    model, tokenizer = _wrapped(str(base), QUICK, _quiet)
    model.eval()  # T5's own dropout would tell two losses of one row apart
    seq2seq = bool(model.config.is_encoder_decoder)
    rows = encoded(_examples()[:2], tokenizer, encoder_decoder=seq2seq)
    loss, count = answer_loss(model, rows)
    assert count == sum(len(row.answer) for row in rows) == 2 * 3  # two letters and the end
    alone = sum(float(answer_loss(model, [row])[0].detach()) for row in rows)
    assert float(loss.detach()) == pytest.approx(alone, rel=1e-4)


def test_batches_hold_every_row_once_and_keep_to_their_size(tmp_path: Path) -> None:
    import random

    from finetune.loss import Encoded

    rows = [Encoded(tuple(range(size)), (1, 2), "explain") for size in (3, 50, 7, 9, 30, 4, 4, 400)]
    found = batched(rows, 60, random.Random(1))
    assert sorted(row.length for batch in found for row in batch) == sorted(row.length for row in rows)
    assert all(max(row.length for row in batch) * len(batch) <= 60 or len(batch) == 1 for batch in found)


def test_processes_share_a_batch_without_rest() -> None:
    batch: Any = list(range(7))
    shares = [share_of(batch, rank, 3) for rank in range(3)]
    assert sorted(row for share in shares for row in share) == batch  # type: ignore[type-var]


def test_the_rate_rises_and_falls_as_a_cosine() -> None:
    settings = Settings(rate=1.0, floor=0.1, warmup=10)
    assert rate_at(0.0, 0, settings) == pytest.approx(0.1)  # a tenth of the rise
    assert rate_at(0.0, 9, settings) == pytest.approx(1.0)
    assert rate_at(0.5, 50, settings) == pytest.approx(0.1 + 0.9 / 2)
    assert rate_at(1.0, 99, settings) == pytest.approx(0.1)


def test_a_run_goes_on_from_its_checkpoint_to_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetensors.torch import load_file

    import finetune.train as module

    base = save_llama(tmp_path / "base")
    settings = Settings(epochs=3, every=2, tokens=300, rate=1e-2, dtype="float32", scored=0, patience=99)
    train(_examples(), settings, str(base), tmp_path / "whole", say=_quiet)

    class KilledError(Exception):
        pass

    write = module._checkpoint

    def kill(run: module.Run) -> None:
        write(run)
        if run.now.step == 4:
            raise KilledError

    monkeypatch.setattr(module, "_checkpoint", kill)
    with pytest.raises(KilledError):
        train(_examples(), settings, str(base), tmp_path / "cut", say=_quiet)
    assert not (tmp_path / "cut" / CARD).exists()
    monkeypatch.setattr(module, "_checkpoint", write)
    train(_examples(), settings, str(base), tmp_path / "cut", say=_quiet)
    whole, cut = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("whole", "cut"))
    assert whole.keys() == cut.keys()
    assert all((whole[name] == cut[name]).all() for name in whole)


def test_a_run_ends_when_the_held_out_loss_no_longer_falls(tmp_path: Path) -> None:
    base = save_llama(tmp_path / "base")
    settings = Settings(epochs=500, every=1, patience=2, rate=5.0, tokens=400, clip=1e9, dtype="float32", scored=0)
    train(_examples(), settings, str(base), tmp_path / "out", say=_quiet)
    log = (tmp_path / "out" / "log.jsonl").read_text("utf-8").splitlines()
    assert len(log) < 100


def test_folds_are_of_templates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = save_llama(tmp_path / "base")
    settings = Settings(epochs=1, every=50, tokens=400, dtype="float32", scored=0)
    losses = cross_validate(_examples(), settings, str(base), tmp_path / "folds", 3)
    assert len(losses) == 3
    assert "over 3 folds" in capsys.readouterr().out
    with pytest.raises(ValueError, match="expected at least 2"):
        cross_validate(_examples(), settings, str(base), tmp_path / "folds", 1)


@pytest.mark.parametrize("part", ["train", "heldout"])
def test_examples_of_one_part_alone_are_refused(part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [one for one in _examples() if one.part == part]
    write_examples(tmp_path / "rows.jsonl", rows)
    base = save_llama(tmp_path / "base")
    assert main(["--examples", str(tmp_path / "rows.jsonl"), "--out", str(tmp_path / "o"), "--model", str(base)]) == 2
    assert "expected some of each" in capsys.readouterr().err


def _started(tmp_path: Path, base: Path, name: str, *more: str) -> list[str]:
    write_examples(tmp_path / "rows.jsonl", _examples())
    given = ["--examples", str(tmp_path / "rows.jsonl"), "--out", str(tmp_path / name), "--model", str(base)]
    quick = ["--tokens", "300", "--every", "5", "--dtype", "float32", "--scored", "0", "--patience", "99"]
    return ["-m", "finetune.train", *given, *quick, *more]


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    yield


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
def test_a_killed_process_is_taken_up_by_the_same_command(tmp_path: Path) -> None:
    base = save_llama(tmp_path / "base")
    command = [sys.executable, *_started(tmp_path, base, "out", "--epochs", "60")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not (tmp_path / "out" / CHECKPOINT).exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "going on from step" in done.stdout
    assert (tmp_path / "out" / CARD).exists()


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
def test_two_processes_learn_one_adapter(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    base = save_llama(tmp_path / "base")
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    subprocess.run(
        [*torchrun, *_started(tmp_path, base, "two", "--epochs", "4", "--minutes", "2")],
        check=True,
        capture_output=True,
        env={**os.environ, "FINETUNE_KEEP_RANKS": "1"},
    )
    subprocess.run(
        [sys.executable, *_started(tmp_path, base, "one", "--epochs", "4", "--minutes", "2")],
        check=True,
        capture_output=True,
    )
    card = json.loads((tmp_path / "two" / CARD).read_text("utf-8"))
    assert card["processes"] == 2
    first, second = (load_file(tmp_path / "two" / f"rank{rank}.safetensors") for rank in (0, 1))
    assert all((first[name] == second[name]).all() for name in first)
    one, two = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("one", "two"))
    # The same sums in another order: equal but for the last digits, and weights are kept in bfloat16.
    assert all((one[name].float() - two[name].float()).abs().max() < 0.02 for name in one)
