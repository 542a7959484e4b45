"""Trains an adapter (LoRA) for the language model: decoder-only and T5-style models by the same command.

    python -m finetune.examples --index DIR --out examples.jsonl
    python -m finetune.train --examples examples.jsonl --out DIR [--model M] [--epochs N] [--minutes N] ...
    torchrun --nproc-per-node 2 -m finetune.train ...          several processes: gloo on CPUs, nccl on GPUs

A run that was killed goes on where its last checkpoint stands when the same command is given again. The adapter with
the best held-out loss is kept; its card is written last. Reads top to bottom.
"""

import argparse
import hashlib
import json
import math
import os
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.adapters import CARD, AdapterError, base_sha256, first_line, quiet
from assistant.llm import hub_folder
from assistant.weights import ModelError, default_weights
from finetune.curves import draw_curves
from finetune.examples import Example
from finetune.loss import Encoded, answer_loss, batched, encoded, in_half, share_of
from finetune.machine import machine_in_words
from finetune.rows import ExamplesError, examples_sha256, read_examples
from index.progress import progress_bar

CHECKPOINT = "checkpoint.pt"
LOG = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done; all of it stands in the card.

    `tokens` is the size of a batch, padding included. A run ends after `epochs`, after `minutes` when that is not 0, or
    when the held-out loss has not fallen for `patience` evaluations. The rate rises over `warmup` steps and falls as a
    cosine to `floor` of it, over the steps of the run or, with `minutes`, over its time.
    """

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    rate: float = 8e-4
    floor: float = 0.03
    warmup: int = 30
    weight_decay: float = 0.01
    clip: float = 1.0
    tokens: int = 1200
    epochs: int = 1
    minutes: float = 0.0
    every: int = 100
    patience: int = 4
    heldout: int = 200
    scored: int = 24
    seed: int = 0
    dtype: str = ""


@dataclass(slots=True)
class Progress:
    """How far a run is: what a checkpoint holds beside the weights."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    tokens: int = 0
    seconds: float = 0.0
    average: float = 0.0
    best: float = math.inf
    stale: int = 0
    log: list[dict[str, Any]] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    given = _parser().parse_args(arguments)
    settings = Settings(**{name: getattr(given, name) for name in Settings.__dataclass_fields__})
    try:
        examples = read_examples(given.examples)
        human = read_examples([given.human]) if given.human else ()
        if given.cross_validate:
            cross_validate(examples, settings, given.model, given.out, given.cross_validate)
        else:
            train(examples, settings, given.model, given.out, human=human)
    except (ExamplesError, ModelError, OSError, ValueError) as error:
        print(f"finetune.train: {first_line(error)}", file=sys.stderr)
        return 2
    return 0


@dataclass(slots=True)
class Run:
    """What a run works with; `tell` speaks for the first of several processes only."""

    settings: Settings
    out: Path
    model: Any
    tokenizer: Any
    optimizer: Any
    rows: list[Encoded]
    checked: list[Example]
    measured: list[Encoded]
    human: Sequence[Example]
    rank: int
    world: int
    tell: Callable[[str], None]
    mark: str
    now: Progress

    @property
    def weights(self) -> list[Any]:
        """What is learned."""
        return [weight for weight in self.model.parameters() if weight.requires_grad]


def train(
    examples: Sequence[Example],
    settings: Settings,
    source: str | None,
    out: Path,
    *,
    human: Sequence[Example] = (),
    say: Callable[[str], None] = lambda text: print(text, flush=True),
) -> float:
    """Trains an adapter into a folder and returns its best held-out loss; goes on from a checkpoint that is there."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    rank = int(os.environ.get("RANK", "0"))
    tell = say if rank == 0 else lambda text: None
    folder = Path(source or default_weights(tell))
    folder = folder if folder.is_dir() else hub_folder(str(folder))
    run = _prepared(examples, settings, str(source or folder), out, human, rank, world, tell)
    _learn(run)
    if rank == 0:
        _write_card(run, folder, source, examples)
        (out / CHECKPOINT).unlink(missing_ok=True)
    if world > 1:
        import torch.distributed as dist

        _keep_rank(run)
        dist.barrier()
    return run.now.best


def _prepared(
    examples: Sequence[Example],
    settings: Settings,
    source: str,
    out: Path,
    human: Sequence[Example],
    rank: int,
    world: int,
    tell: Callable[[str], None],
) -> Run:
    import torch
    import torch.distributed as dist

    learned = [one for one in examples if one.part == "train"]
    held = [one for one in examples if one.part == "heldout"]
    if not learned or not held:
        raise ValueError(f"{len(learned)} examples to train on and {len(held)} held out, expected some of each")
    if world > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    torch.manual_seed(settings.seed)
    model, tokenizer = _wrapped(source, settings, tell)
    seq2seq = bool(model.config.is_encoder_decoder)
    checked = _sampled(held, settings.heldout, settings.seed)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=settings.rate, betas=(0.9, 0.99), weight_decay=settings.weight_decay)
    if not (out / CHECKPOINT).exists():
        refuse_finished(out)
    out.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(f"{source} {settings} {examples_sha256(examples)}".encode()).hexdigest()
    return Run(
        settings=settings,
        out=out,
        model=model,
        tokenizer=tokenizer,
        optimizer=optimizer,
        rows=encoded(learned, tokenizer, encoder_decoder=seq2seq),
        checked=checked,
        measured=encoded(checked, tokenizer, encoder_decoder=seq2seq),
        human=human,
        rank=rank,
        world=world,
        tell=tell,
        mark=mark,
        now=_resumed(out, model, optimizer, mark, tell),
    )


def _learn(run: Run) -> None:
    """Steps until the epochs, the minutes or the patience are used up."""
    settings, now = run.settings, run.now
    total = settings.epochs * len(batched(run.rows, settings.tokens, random.Random(settings.seed)))
    run.tell(f"{len(run.rows):,} examples, {sum(row.length for row in run.rows):,} tokens; {total:,} steps at most")
    begun = time.perf_counter() - now.seconds
    ended = False
    with progress_bar("training") if sys.stderr.isatty() and not run.rank else nullcontext() as progress:
        while now.epoch < settings.epochs and not ended:
            order = batched(run.rows, settings.tokens, random.Random(settings.seed + now.epoch))
            for batch in order[now.batch :]:
                now.seconds = _first_of(run, time.perf_counter() - begun)
                done = now.seconds / (60 * settings.minutes) if settings.minutes else now.step / total
                ended = ended or done >= 1
                if ended:
                    break
                for group in run.optimizer.param_groups:
                    group["lr"] = rate_at(done, now.step, settings)
                loss = _step(run, batch)
                now.step += 1
                now.batch += 1
                now.tokens += sum(row.length for row in batch)
                now.average = 0.95 * now.average + 0.05 * loss if now.average else loss
                if progress:
                    progress(now.step, total)
                if now.step % settings.every == 0:
                    now.seconds = time.perf_counter() - begun
                    ended = bool(_first_of(run, float(_evaluate(run))))
                    _checkpoint(run)
            else:
                now.epoch, now.batch = now.epoch + 1, 0
    now.seconds = time.perf_counter() - begun
    if not now.log or now.log[-1]["step"] != now.step:
        _evaluate(run)


def _first_of(run: Run, value: float) -> float:
    """The first process's value in all of them, so that all decide alike."""
    if run.world == 1:
        return value
    import torch
    import torch.distributed as dist

    told = torch.tensor([value], dtype=torch.float64, device=run.weights[0].device)
    dist.broadcast(told, 0)
    return float(told)


def rate_at(done: float, step: int, settings: Settings) -> float:
    """The learning rate when a share of the run is done: a linear rise over the first steps, then a cosine."""
    risen = min(1.0, (step + 1) / settings.warmup) if settings.warmup else 1.0
    fallen = settings.floor + (1 - settings.floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
    return settings.rate * risen * fallen


def _wrapped(source: str, settings: Settings, tell: Callable[[str], None]) -> tuple[Any, Any]:
    """The model with LoRA on every linear layer of its blocks, and its tokenizer."""
    from peft import LoraConfig, get_peft_model

    base, tokenizer = _base(source, settings.dtype, tell)
    lora = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules="all-linear",
        task_type="SEQ_2_SEQ_LM" if base.config.is_encoder_decoder else "CAUSAL_LM",
    )
    return _learning(get_peft_model(base, lora).to(base.device)), tokenizer


def load_adapted(source: str, adapter: Path, dtype: str, tell: Callable[[str], None]) -> tuple[Any, Any]:
    """A model with an adapter whose weights go on being learned, and its tokenizer; ModelError, AdapterError.

    That the adapter is of this model is for `check_adapter` to say.
    """
    from peft import PeftModel
    from safetensors import SafetensorError

    base, tokenizer = _base(source, dtype, tell)
    try:
        with quiet():
            model = PeftModel.from_pretrained(base, str(adapter), is_trainable=True, local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise AdapterError(f"The adapter {adapter} cannot be loaded ({first_line(error)}).") from error
    # PEFT asks the hub for a base model that it does not find when it saves.
    model.peft_config["default"].base_model_name_or_path = source
    return _learning(model.to(base.device)), tokenizer


def _base(source: str, dtype: str, tell: Callable[[str], None]) -> tuple[Any, Any]:
    """A base model where it is to be trained, and its tokenizer; "" measures which dtype is the faster."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    from assistant.decoding import choose_dtype, cores
    from assistant.llm import matrix_shape

    torch.set_num_threads(max(1, cores() // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))))
    device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if torch.cuda.is_available() else "cpu"
    with quiet():
        try:
            config = AutoConfig.from_pretrained(source, trust_remote_code=False)
            kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
            chosen = dtype or ("bfloat16" if device != "cpu" else _agreed(choose_dtype(*matrix_shape(config))[0]))
            # On a CPU, weights in float32 that compute in bfloat16 learn half as fast again as weights in bfloat16.
            kept = torch.float32 if device == "cpu" else getattr(torch, chosen)
            base: Any = kind.from_pretrained(source, dtype=kept, use_safetensors=True, trust_remote_code=False)
            base.computes_in_half = chosen == "bfloat16"
            tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise ModelError(f"The model {source!r} cannot be loaded ({first_line(error)}).") from error
    tell(f"base model in {chosen} on {device}")
    return base.to(device), tokenizer


def _learning(model: Any) -> Any:
    """The model ready to learn: what is learned is kept whole, while the base may be in half precision."""
    for weight in model.parameters():
        if weight.requires_grad:
            weight.data = weight.data.float()
    model.train()
    return model


def _agreed(dtype: str) -> str:
    """The first process's choice in all of them."""
    import torch.distributed as dist

    told = [dtype]
    if dist.is_available() and dist.is_initialized():
        dist.broadcast_object_list(told, 0)
    return told[0]


def _step(run: Run, batch: Sequence[Encoded]) -> float:
    """One step of the optimizer; the mean loss of the whole batch's answer tokens."""
    import torch
    import torch.distributed as dist

    count = sum(len(row.answer) for row in batch)
    share, weights = share_of(batch, run.rank, run.world), run.weights
    kind = weights[0].device.type
    total = torch.zeros((), device=weights[0].device)
    if share:
        with torch.autocast(kind, dtype=torch.bfloat16, enabled=in_half(run.model)):
            loss, _ = answer_loss(run.model, share)
        (loss / count).backward()  # type: ignore[no-untyped-call]
        total += loss.detach()
    if run.world > 1:
        # Sums, not means: each process has divided by the answer tokens of the whole batch.
        for weight in weights:
            if weight.grad is None:
                weight.grad = torch.zeros_like(weight)
            dist.all_reduce(weight.grad)
        dist.all_reduce(total)
    torch.nn.utils.clip_grad_norm_(weights, run.settings.clip)
    run.optimizer.step()
    run.optimizer.zero_grad()
    return float(total) / count


def _evaluate(run: Run) -> bool:
    """Measures what is held out and keeps the adapter when it is the best; True when the run is to end early."""
    import torch

    model, now = run.model, run.now
    model.eval()
    losses: dict[str, list[float]] = {}
    with torch.no_grad():
        for batch in batched(run.measured, 4 * run.settings.tokens):
            for task in {row.task for row in batch}:
                with torch.autocast(model.device.type, dtype=torch.bfloat16, enabled=in_half(model)):
                    loss, count = answer_loss(model, [row for row in batch if row.task == task])
                losses.setdefault(task, [0.0, 0.0])
                losses[task][0] += float(loss)
                losses[task][1] += count
    heldout = sum(total for total, _ in losses.values()) / sum(count for _, count in losses.values())
    row: dict[str, Any] = {
        "step": now.step,
        "seconds": round(now.seconds, 1),
        "tokens_per_second": round(now.tokens / max(now.seconds, 1e-9), 1),
        "train_loss": round(now.average, 4),
        "heldout_loss": round(heldout, 4),
        **{f"heldout_loss_{task}": round(total / count, 4) for task, (total, count) in sorted(losses.items())},
    }
    scored = run.checked[: run.settings.scored]
    for task in sorted(losses):
        row[f"heldout_exact_{task}"] = exact(model, run.tokenizer, [one for one in scored if one.task == task])
    if run.human:
        row["human_exact"] = exact(model, run.tokenizer, run.human[: run.settings.scored])
    model.train()
    now.log.append(row)
    run.tell("  ".join(f"{name} {value}" for name, value in row.items()))
    if heldout < now.best:
        now.best, now.stale = heldout, 0
        if run.rank == 0:
            save_adapter(model, run.out)
    else:
        now.stale += 1
    if run.rank == 0:
        (run.out / LOG).write_text("".join(json.dumps(one) + "\n" for one in now.log), "utf-8")
        draw_curves(now.log, run.out / "curves.png")
    return now.stale >= run.settings.patience


def exact(model: Any, tokenizer: Any, examples: Sequence[Example]) -> float | None:
    """The share of answers that the model writes to the letter, greedily; None for no examples."""
    import torch

    from assistant.llm import Rendering

    if not examples:
        return None
    seq2seq = bool(model.config.is_encoder_decoder)
    rendering = Rendering(tokenizer, encoder_decoder=seq2seq)
    right = 0
    with torch.no_grad():
        for example in examples:
            prompt = torch.tensor([rendering.tokens_of(example.prompt)], device=next(model.parameters()).device)
            wanted = tokenizer(example.answer, add_special_tokens=False)["input_ids"]
            written = model.generate(
                input_ids=prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=len(wanted) + 2,
                do_sample=False,
                pad_token_id=tokenizer.pad_token_id or tokenizer.eos_token_id,
            )[0]
            behind = written[1:] if seq2seq else written[prompt.shape[1] :]
            text = tokenizer.decode(behind, skip_special_tokens=True)
            right += text.strip() == example.answer
    return round(right / len(examples), 4)


def save_adapter(model: Any, out: Path) -> None:
    """Writes the adapter's weights in bfloat16, without the path of this machine's base model; its card is not yet
    there.
    """
    import torch
    from safetensors.torch import load_file, save_file

    (out / CARD).unlink(missing_ok=True)
    with quiet():
        model.save_pretrained(out, safe_serialization=True, selected_adapters=["default"])
    place = out / "adapter_model.safetensors"
    save_file({name: weight.to(torch.bfloat16) for name, weight in load_file(place).items()}, place)
    config = json.loads((out / "adapter_config.json").read_text("utf-8"))
    config["base_model_name_or_path"] = Path(str(config["base_model_name_or_path"])).name
    (out / "adapter_config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8")
    (out / "README.md").unlink(missing_ok=True)


def _keep_rank(run: Run) -> None:
    """With FINETUNE_KEEP_RANKS set, writes what this process has learned, to compare it with the others'."""
    from safetensors.torch import save_file

    if os.environ.get("FINETUNE_KEEP_RANKS"):
        learned = {name: one.detach().cpu() for name, one in run.model.named_parameters() if one.requires_grad}
        save_file(learned, run.out / f"rank{run.rank}.safetensors")


def _checkpoint(run: Run) -> None:
    """Writes all that is needed to go on, whole or not at all."""
    import torch

    if run.rank:
        return
    learned = {name: weight for name, weight in run.model.named_parameters() if weight.requires_grad}
    held = {
        "weights": learned,
        "optimizer": run.optimizer.state_dict(),
        "random": torch.get_rng_state(),
        "mark": run.mark,
    }
    part = run.out / f"{CHECKPOINT}.part"
    torch.save(held | {"now": asdict(run.now)}, part)
    part.replace(run.out / CHECKPOINT)


def _resumed(out: Path, model: Any, optimizer: Any, mark: str, tell: Callable[[str], None]) -> Progress:
    """Where the checkpoint of this very run stands; ValueError when it is of another one."""
    import torch

    place = out / CHECKPOINT
    if not place.is_file():
        return Progress()
    held = torch.load(place, map_location="cpu", weights_only=True)
    if held["mark"] != mark:
        raise ValueError(f"{place} is of another run (model, settings or examples), expected another --out")
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.requires_grad:
                weight.copy_(held["weights"][name])
    optimizer.load_state_dict(held["optimizer"])
    torch.set_rng_state(held["random"])
    now = Progress(**held["now"])
    tell(f"going on from step {now.step}")
    return now


def _write_card(run: Run, folder: Path, source: str | None, examples: Sequence[Example]) -> None:
    now = run.now
    card = {
        "base_model": Path(source).name if source else folder.name,
        "base_sha256": base_sha256(folder),
        "tasks": sorted({one.task for one in examples}),
        "examples": len(examples),
        "examples_sha256": examples_sha256(examples),
        "settings": asdict(run.settings),
        "steps": now.step,
        "tokens": now.tokens,
        "minutes": round(now.seconds / 60, 1),
        "best_heldout_loss": now.best,
        "last": now.log[-1] if now.log else {},
        "processes": run.world,
        "machine": machine_in_words(),
    }
    write_card(run.out, card)


def refuse_finished(out: Path) -> None:
    """ValueError when a folder holds an adapter with its card: what is made is not written over."""
    if (out / CARD).exists():
        raise ValueError(f"{out} holds a finished adapter already, expected another --out")


def write_card(out: Path, card: Mapping[str, Any]) -> None:
    """Writes an adapter's card, whole or not at all: from then on the adapter counts as made."""
    part = out / f"{CARD}.part"
    part.write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    part.replace(out / CARD)


def cross_validate(
    examples: Sequence[Example], settings: Settings, source: str | None, out: Path, folds: int
) -> tuple[float, ...]:
    """The held-out loss of each fold, the folds being of templates; prints their mean and spread."""
    if folds < 2:
        raise ValueError(f"--cross-validate is {folds}, expected at least 2")
    examples = [one for one in examples if one.part == "train"]  # what is held out stays unseen
    names = sorted({one.template for one in examples})
    random.Random(settings.seed).shuffle(names)
    fold_of: Mapping[str, int] = {name: place % folds for place, name in enumerate(names)}
    losses = []
    for fold in range(folds):
        parted = [replace(one, part="heldout" if fold_of[one.template] == fold else "train") for one in examples]
        losses.append(train(parted, settings, source, out / f"fold-{fold}"))
    mean = sum(losses) / folds
    spread = math.sqrt(sum((loss - mean) ** 2 for loss in losses) / (folds - 1))
    print(f"held-out loss over {folds} folds of templates: {mean:.4f} +- {spread:.4f}")
    return tuple(losses)


def _sampled(held: Sequence[Example], number: int, seed: int) -> list[Example]:
    """Held-out examples, of each task in turn, so that few measure both."""
    rng = random.Random(seed)
    by_task: dict[str, list[Example]] = {}
    for one in held:
        by_task.setdefault(one.task, []).append(one)
    for rows in by_task.values():
        rng.shuffle(rows)
    turns = [(place, task, row) for task, rows in by_task.items() for place, row in enumerate(rows)]
    return [row for *_, row in sorted(turns, key=lambda turn: turn[:2])[:number]]


def _parser() -> argparse.ArgumentParser:
    plain = Settings()
    parser = argparse.ArgumentParser(prog="python -m finetune.train", description="Train an adapter.")
    parser.add_argument("--examples", type=Path, nargs="+", required=True, metavar="FILE", help="of finetune.examples")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the adapter goes")
    parser.add_argument("--model", metavar="M", help="a model folder or hub name; without it, the default one")
    parser.add_argument("--human", type=Path, metavar="FILE", help="examples written by hand, scored beside")
    parser.add_argument("--cross-validate", type=int, default=0, metavar="K", help="K folds of templates instead")
    for name, value in asdict(plain).items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=type(value), default=value, metavar="X", help=f"({value})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
