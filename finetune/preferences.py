"""Goes on training an adapter on what shoppers liked and disliked: direct preference optimization of its rationales.

    python -m finetune.preferences --transcripts FILE [FILE ...] --adapter DIR --out DIR [--model M] [--beta B] ...

A pair is a sentence that was liked and one that was not, about the same evidence and under the prompt of the liked
one. Where nothing was disliked, the plain facts that the assistant itself falls back to stand on the other side. What
was only disliked makes no pair: nobody has said what is better, and plain facts, which begin as no plan does, would
teach the model to leave its plan. What the checker refuses is never preferred.

The adapter as it came is the reference that the trained one is held to. Whether it helped is told by held-out pairs;
whether its sentences still hold, and messages are still understood, is for `evals` to say. The loss is TRL's (Rafailov
et al. 2023, "Direct Preference Optimization"), for decoder-only models. One process: a CPU or one GPU.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from assistant.adapters import CARD, base_sha256, check_adapter, first_line, quiet
from assistant.dialogue import Evidence
from assistant.explain import plain_facts
from assistant.ground import unsupported
from assistant.llm import hub_folder
from assistant.plan import plan_of
from assistant.prompts import tuned_rationale_prompt
from assistant.weights import ModelError, default_weights
from finetune.examples import Example
from finetune.loss import Encoded, encoded, in_half, log_likelihoods
from finetune.machine import machine_in_words
from finetune.train import load_adapted, refuse_finished, save_adapter, write_card
from finetune.transcripts import Rated, read_transcripts

HELD_OUT = 0.2
"""The share of the evidence lists whose pairs are not learned from."""

Rows = Sequence[tuple[Encoded, Encoded]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done; all of it stands in the card.

    A higher `beta` holds the model closer to the adapter as it came. The `rate` falls as a cosine. A run ends after
    `steps` of `batch` pairs or, when that is 0, after `epochs`.
    """

    beta: float = 0.1
    rate: float = 2e-5
    epochs: int = 1
    steps: int = 0
    batch: int = 8
    seed: int = 0
    dtype: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences about one product: one that is to be preferred to the other."""

    evidence: tuple[Evidence, ...]
    preferred: str
    other: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a model makes of pairs, against the adapter as it came.

    `accuracy` is the share of pairs whose preferred sentence is the likelier one, `reward_accuracy` that of pairs
    whose preferred sentence has gained more on the adapter as it came than the other one, in [0, 1]; `margin` is the
    mean difference of these gains times `beta`, in nats (0 for the adapter as it came).
    """

    accuracy: float
    reward_accuracy: float
    margin: float


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    given = _parser().parse_args(arguments)
    settings = Settings(**{name: getattr(given, name) for name in Settings.__dataclass_fields__})
    try:
        rated = [one for path in given.transcripts for one in read_transcripts(path)]
        learn_preferences(rated, given.adapter, settings, given.model, given.out)
    except (ModelError, OSError, ValueError) as error:
        told = error if isinstance(error, ModelError) else first_line(error)
        print(f"finetune.preferences: {told}", file=sys.stderr)
        return 2
    return 0


def pairs_of(rated: Iterable[Rated]) -> tuple[Pair, ...]:
    """All pairs of a liked and a disliked sentence about the same evidence, in the order of the ratings.

    A sentence that was liked more often than disliked is liked, one that was liked as often is neither.
    """
    votes: dict[tuple[Evidence, ...], Counter[str]] = defaultdict(Counter)
    for one in rated:
        votes[one.evidence][one.sentence] += 1 if one.liked else -1
    found = []
    for evidence, count in votes.items():
        liked = [text for text, sum_of in count.items() if sum_of > 0 and not unsupported(text, evidence)]
        others = [text for text, sum_of in count.items() if sum_of < 0]
        if not others and plain_facts(evidence) not in count:
            others = [plain_facts(evidence)]
        found += [Pair(evidence, preferred, other) for preferred, other in product(liked, others)]
    return tuple(found)


def parted(pairs: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from and those held out; all pairs about one evidence are on one side.

    ValueError when there are not enough for both.
    """
    keys = sorted({one.evidence for one in pairs}, key=lambda one: _sha256(seed, one))
    if len(keys) < 2:
        raise ValueError(
            f"{len(pairs)} pairs of sentences about {len(keys)} evidence lists, expected at least 2 lists, each with a "
            "liked sentence that its evidence supports"
        )
    held = set(keys[: max(1, round(HELD_OUT * len(keys)))])
    return [one for one in pairs if one.evidence not in held], [one for one in pairs if one.evidence in held]


def learn_preferences(
    rated: Sequence[Rated],
    adapter: Path,
    settings: Settings,
    source: str | None,
    out: Path,
    *,
    say: Callable[[str], None] = lambda text: print(text, flush=True),
) -> tuple[Measured, Measured]:
    """Trains a copy of an adapter into a folder; what held-out pairs say before and after.

    Raises ModelError, AdapterError; ValueError where there are too few pairs or `out` is taken.
    """
    pairs = pairs_of(rated)
    learned, held = parted(pairs, settings.seed)
    refuse_finished(out)
    folder = Path(source or default_weights(say))
    folder = folder if folder.is_dir() else hub_folder(str(folder))
    tasks = check_adapter(adapter, folder)
    say(
        f"{len(rated):,} rated sentences, {len(pairs):,} pairs about {len({one.evidence for one in pairs}):,} evidence "
        f"lists; {len(held):,} pairs held out"
    )
    begun = time.perf_counter()
    model, tokenizer = load_adapted(str(source or folder), adapter, settings.dtype, say)
    if model.config.is_encoder_decoder:
        raise ModelError(f"The model {folder.name} is an encoder-decoder, expected a decoder-only one for preferences.")
    kept = _rows(held, tokenizer)
    first = _likelihoods(model, kept)
    steps = _learn(model, tokenizer, _rows(learned, tokenizer), settings)
    before, after = (_measured(first, now, settings.beta) for now in (first, _likelihoods(model, kept)))
    save_adapter(model, out)
    came = json.loads((adapter / CARD).read_text("utf-8"))
    write_card(
        out,
        {
            "base_model": came["base_model"],
            "base_sha256": came["base_sha256"],
            "tasks": sorted(tasks),
            **{name: came[name] for name in ("examples", "examples_sha256") if name in came},
            "from_adapter": adapter.resolve().name,
            "from_adapter_sha256": base_sha256(adapter),
            "pairs": len(learned),
            "pairs_heldout": len(held),
            "pairs_sha256": _sha256(pairs),
            "settings": asdict(settings),
            "steps": steps,
            "heldout_before": asdict(before),
            "heldout_after": asdict(after),
            "helped": after.accuracy > before.accuracy,
            "minutes": round((time.perf_counter() - begun) / 60, 1),
            "machine": machine_in_words(),
        },
    )
    say(
        f"held-out pairs ({len(held):,}): the liked sentence is the likelier one in {before.accuracy:.1%} before and "
        f"{after.accuracy:.1%} after {steps:,} steps; reward accuracy {after.reward_accuracy:.1%}, margin "
        f"{after.margin:.3f}: {'it helped' if after.accuracy > before.accuracy else 'it did not help'}"
    )
    return before, after


def _rows(pairs: Sequence[Pair], tokenizer: Any) -> Rows:
    """Both sentences of each pair behind the assistant's own prompt for the preferred one."""
    examples = []
    for one in pairs:
        prompt = tuple(tuned_rationale_prompt(plan_of(one.evidence, one.preferred)))
        examples += [Example("explain", "train", "rated", prompt, text) for text in (one.preferred, one.other)]
    rows = encoded(examples, tokenizer, encoder_decoder=False)
    return list(zip(rows[::2], rows[1::2], strict=True))


def _likelihoods(model: Any, rows: Rows) -> list[tuple[float, float]]:
    values = log_likelihoods(model, [one for pair in rows for one in pair])
    return list(zip(values[::2], values[1::2], strict=True))


def _measured(first: Sequence[tuple[float, float]], now: Sequence[tuple[float, float]], beta: float) -> Measured:
    gains = [
        beta * ((preferred - before) - (other - other_before))
        for (before, other_before), (preferred, other) in zip(first, now, strict=True)
    ]
    return Measured(
        accuracy=round(sum(preferred > other for preferred, other in now) / len(now), 4),
        reward_accuracy=round(sum(gain > 0 for gain in gains) / len(now), 4),
        margin=round(sum(gains) / len(now), 4),
    )


def _learn(model: Any, tokenizer: Any, rows: Rows, settings: Settings) -> int:
    """Trains the model's adapter and returns the steps it took; TRL keeps a copy of it as it came as the reference."""
    try:
        from datasets import Dataset
        from trl.trainer.dpo_config import DPOConfig
        from trl.trainer.dpo_trainer import DataCollatorForPreference, DPOTrainer
    except ImportError as error:
        raise ModelError(
            f"Learning from preferences needs TRL ({first_line(error)}): pip install 'shop-assistant[preferences]'."
        ) from error
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    filled_up = DataCollatorForPreference(pad_token_id=pad)

    def collate(batch: Sequence[dict[str, Any]]) -> Any:
        # TRL makes tokens out of the texts by rules of its own; what counts is what the assistant itself reads.
        return filled_up(
            [
                {"prompt_ids": [*better.prompt], "chosen_ids": [*better.answer], "rejected_ids": [*worse.answer]}
                for better, worse in (rows[one["place"]] for one in batch)
            ]
        )

    texts = [
        {
            "prompt": tokenizer.decode(better.prompt),
            "chosen": tokenizer.decode(better.answer),
            "rejected": tokenizer.decode(worse.answer),
            "place": place,
        }
        for place, (better, worse) in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory() as scratch, redirect_stdout(sys.stderr), quiet(), catch_warnings():
        simplefilter("ignore", FutureWarning)  # of what TRL itself still calls by its old name
        trainer = DPOTrainer(
            model=model,
            args=DPOConfig(
                output_dir=scratch,
                beta=settings.beta,
                learning_rate=settings.rate,
                lr_scheduler_type="cosine",
                num_train_epochs=settings.epochs,
                max_steps=settings.steps or -1,
                per_device_train_batch_size=settings.batch,
                seed=settings.seed,
                bf16=in_half(model),
                use_cpu=model.device.type == "cpu",
                gradient_checkpointing=False,
                max_length=None,
                remove_unused_columns=False,  # `place` is ours
                dataloader_pin_memory=False,
                save_strategy="no",
                report_to="none",
            ),
            data_collator=collate,
            train_dataset=Dataset.from_list(texts),
            processing_class=tokenizer,
        )
        trainer.train()
        return int(trainer.state.global_step)


def _sha256(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m finetune.preferences", description="Learn from likes.")
    parser.add_argument("--transcripts", type=Path, nargs="+", required=True, metavar="FILE", help="rated rationales")
    parser.add_argument("--adapter", type=Path, required=True, metavar="DIR", help="the adapter to start from")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the new adapter goes")
    parser.add_argument("--model", metavar="M", help="a model folder or hub name; without it, the default one")
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value, metavar="X", help=f"({value})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
