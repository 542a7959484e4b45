"""Preferences on a small made set: which sentences make a pair, and a tiny adapter that learns what was liked."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tiny_models import save_llama, save_t5

from assistant.adapters import CARD, base_sha256
from assistant.dialogue import Evidence
from assistant.explain import plain_facts
from assistant.llm import Message, load_chat
from assistant.weights import ModelError
from finetune.examples import Example
from finetune.preferences import Pair, Settings, learn_preferences, main, pairs_of, parted
from finetune.train import Settings as TrainSettings
from finetune.train import train
from finetune.transcripts import Rated

_MOUSE = (Evidence("kind", "mouse"), Evidence("attribute", "color: red"))
_LIKED = "This mouse is red."
_DISLIKED = "It is red in color."


def _rated(sentence: str, *, liked: bool) -> Rated:
    return Rated(_MOUSE, sentence, liked)


def test_each_liked_sentence_stands_against_each_disliked_one_about_the_same_evidence() -> None:
    other = (Evidence("kind", "lamp"), Evidence("attribute", "color: red"))
    rated = [
        _rated(_LIKED, liked=True),
        _rated("With a red color, this mouse fits.", liked=True),
        _rated(_DISLIKED, liked=False),
        _rated("It is the best.", liked=False),
        Rated(other, "It is a red lamp.", False),
    ]
    assert {(one.evidence, one.preferred, one.other) for one in pairs_of(rated)} == set(
        product([_MOUSE], [_LIKED, "With a red color, this mouse fits."], [_DISLIKED, "It is the best."])
    )


def test_what_was_only_liked_stands_against_plain_facts_and_what_was_only_disliked_is_left_out() -> None:
    assert pairs_of([_rated(_LIKED, liked=True)]) == (Pair(_MOUSE, _LIKED, "Color red."),)
    assert pairs_of([_rated(_DISLIKED, liked=False)]) == ()
    assert plain_facts(_MOUSE) == "Color red."
    assert pairs_of([_rated("Color red.", liked=True), _rated(_LIKED, liked=True)]) == ()


def test_what_the_checker_refuses_is_never_preferred() -> None:
    assert pairs_of([_rated("This mouse is blue.", liked=True), _rated(_DISLIKED, liked=False)]) == ()
    false = [_rated(_LIKED, liked=True), _rated("This mouse is blue.", liked=False)]
    assert pairs_of(false) == (Pair(_MOUSE, _LIKED, "This mouse is blue."),)


def test_the_votes_of_several_shoppers_are_summed() -> None:
    even = [_rated(_LIKED, liked=True), _rated(_LIKED, liked=False), _rated(_DISLIKED, liked=False)]
    assert pairs_of(even) == ()
    assert pairs_of([*even, _rated(_LIKED, liked=True)]) == (Pair(_MOUSE, _LIKED, _DISLIKED),)


def test_held_out_evidence_is_not_learned_from_whatever_the_order_of_rows() -> None:
    pairs = pairs_of(_made_set())
    learned, held = parted(pairs, 3)
    assert len(learned) + len(held) == len(pairs) == 20
    assert len({one.evidence for one in held}) == 4
    assert {one.evidence for one in held}.isdisjoint(one.evidence for one in learned)
    assert set(parted(pairs[::-1], 3)[1]) == set(held)
    assert set(parted(pairs, 4)[1]) != set(held)


def _made_set() -> list[Rated]:
    """Twenty products; of two sentences of one length, the one that begins with the kind of product is liked."""
    found = []
    for kind, color in product(("mouse", "lamp", "desk", "mug"), ("red", "blue", "green", "black", "white")):
        evidence = (Evidence("kind", kind), Evidence("attribute", f"color: {color}"))
        found.append(Rated(evidence, f"This {kind} is {color}.", True))
        found.append(Rated(evidence, f"It is a {color} {kind}.", False))
    return found


def _quiet(text: str) -> None:
    return None


def _adapter(base: Path, out: Path) -> Path:
    """An adapter by the recipe itself, which has learned next to nothing."""
    rows = [
        Example("explain", part, f"t{part}", (Message("system", "S"), Message("user", "U")), "ab")
        for part in ("train", "heldout")
    ]
    settings = TrainSettings(rank=8, alpha=32, epochs=1, scored=0, dtype="float32")
    train(rows, settings, str(base), out, say=_quiet)
    return out


def _write(path: Path, rows: Sequence[Rated]) -> Path:
    told = [
        {"evidence": [[e.source, e.text] for e in one.evidence], "sentence": one.sentence, "liked": one.liked}
        for one in rows
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in told), "utf-8")
    return path


@pytest.mark.slow
def test_the_liked_sentence_becomes_the_likelier_one_on_evidence_never_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("trl")
    base, out = save_llama(tmp_path / "base"), tmp_path / "liked"
    came = _adapter(base, tmp_path / "came")
    weights = (came / "adapter_model.safetensors").read_bytes()
    given = ["--transcripts", str(_write(tmp_path / "rated.jsonl", _made_set())), "--adapter", str(came)]
    quick = ["--steps", "12", "--rate", "1e-2", "--dtype", "float32"]
    assert main([*given, "--out", str(out), "--model", str(base), *quick]) == 0
    card = json.loads((out / CARD).read_text("utf-8"))
    before, after = card["heldout_before"], card["heldout_after"]
    assert after["accuracy"] > before["accuracy"]
    assert card["helped"] is True
    assert (before["reward_accuracy"], before["margin"]) == (0, 0)
    assert after["reward_accuracy"] == 1 and after["margin"] > 0
    assert (card["pairs"], card["pairs_heldout"], card["steps"]) == (16, 4, 12)
    assert card["base_sha256"] == base_sha256(base)
    assert (card["from_adapter"], card["from_adapter_sha256"]) == ("came", base_sha256(came))
    assert card["settings"] == asdict(Settings(rate=0.01, steps=12, dtype="float32"))
    assert card["machine"] and card["minutes"] >= 0
    # The adapter that it began with stays as it was, and the new one is one that the assistant takes.
    assert (came / "adapter_model.safetensors").read_bytes() == weights
    made = {path.name for path in out.iterdir()}
    assert made == {"adapter_config.json", "adapter_model.safetensors", "card.json"}
    assert str(tmp_path) not in (out / "adapter_config.json").read_text("utf-8") + json.dumps(card)
    assert load_chat(str(base), out).tasks == {"explain"}
    told = capsys.readouterr().out
    assert "40 rated sentences, 20 pairs about 20 evidence lists; 4 pairs held out" in told
    assert told.rstrip().endswith("it helped")
    # What is saved is what was measured: read again, it gives the same held-out figure.
    _, held = parted(pairs_of(_made_set()), 0)
    assert _accuracy(base, out, held) == after["accuracy"]
    assert _accuracy(base, came, held) == before["accuracy"]


def _accuracy(base: Path, adapter: Path, held: Sequence[Pair]) -> float:
    from finetune.loss import log_likelihoods
    from finetune.preferences import _rows
    from finetune.train import load_adapted

    model, tokenizer = load_adapted(str(base), adapter, "float32", _quiet)
    right = 0
    for pair in _rows(held, tokenizer):
        preferred, other = log_likelihoods(model, pair)
        right += preferred > other
    return right / len(held)


def test_both_sentences_stand_behind_the_prompt_of_the_preferred_one(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    from finetune.preferences import _rows

    tokenizer: Any = AutoTokenizer.from_pretrained(save_llama(tmp_path / "base"))
    ((better, worse),) = _rows([Pair(_MOUSE, _LIKED, _DISLIKED)], tokenizer)
    assert better.prompt == worse.prompt
    assert "begin: This\nfacts: color: red; mouse" in tokenizer.decode(better.prompt)
    assert tokenizer.decode(better.answer) == f"{_LIKED}<|im_end|>"
    assert tokenizer.decode(worse.answer) == f"{_DISLIKED}<|im_end|>"


def test_what_cannot_be_learned_from_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = save_llama(tmp_path / "base")
    came = _adapter(base, tmp_path / "came")
    other = save_llama(tmp_path / "other", seed=1)
    rated = _write(tmp_path / "rated.jsonl", _made_set())
    capsys.readouterr()

    def told(model: Path, transcripts: Path, out: Path) -> str:
        given = ["--transcripts", str(transcripts), "--adapter", str(came), "--model", str(model), "--out", str(out)]
        assert main(given) == 2
        error = capsys.readouterr().err
        assert error.startswith("finetune.preferences: ") and error.count("\n") == 1
        return error

    assert "was trained on base with weights" in told(other, rated, tmp_path / "out")
    disliked = _write(tmp_path / "disliked.jsonl", [one for one in _made_set() if not one.liked])
    assert "0 pairs of sentences about 0 evidence lists, expected at least 2" in told(base, disliked, tmp_path / "out")
    one = _write(tmp_path / "one.jsonl", _made_set()[:2])
    assert "1 pairs of sentences about 1 evidence lists" in told(base, one, tmp_path / "out")
    assert "cannot be read" in told(base, tmp_path / "none.jsonl", tmp_path / "out")
    assert "holds a finished adapter already" in told(base, rated, came)
    assert not (tmp_path / "out").exists()


def test_an_encoder_decoder_is_refused(tmp_path: Path) -> None:
    base = save_t5(tmp_path / "base")
    came = _adapter(base, tmp_path / "came")
    with pytest.raises(ModelError, match="is an encoder-decoder, expected a decoder-only one"):
        learn_preferences(_made_set(), came, Settings(dtype="float32"), str(base), tmp_path / "out", say=_quiet)
