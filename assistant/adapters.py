"""Adapters: which one is shipped, whether one fits a base model, and the base model with one merged into it.

Knows hashes, cards and PEFT, and keeps in the cache folder what is slow to make; does not know how a model is run.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.weights import ModelError, cache_dir

CARD = "card.json"
TRAIN_COMMAND = "python -m finetune.train"
SHIPPED = Path(__file__).resolve().parent / "adapter"
"""The folder of the adapter that comes with the package, made for the default model."""

WORTH_KEEPING = 50_000_000
"""Bytes of weights from which on their hash and their merged form are kept in the cache folder."""

MERGED_KEPT = 2

TASKS = frozenset({"understand", "explain"})
"""What an adapter may be trained for."""


class AdapterError(ModelError):
    """An adapter that is broken or was made for another base model."""


def check_adapter(adapter: Path, base: Path) -> frozenset[str]:
    """The tasks an adapter was trained for; AdapterError when it is not whole or its card names other base weights.

    PEFT itself loads an adapter onto any base of the same shapes without a word.
    """
    try:
        card = json.loads((adapter / CARD).read_text("utf-8"))
        wanted, model = str(card["base_sha256"]), str(card["base_model"])
        tasks = frozenset(card.get("tasks", TASKS))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AdapterError(
            f"The adapter {adapter} has no readable {CARD} with base_model and base_sha256 ({first_line(error)}): make "
            f"one with `{TRAIN_COMMAND}`."
        ) from error
    if not tasks <= TASKS:
        raise AdapterError(
            f"The adapter {adapter} was trained for {', '.join(sorted(map(str, tasks)))}, expected some of "
            f"{', '.join(sorted(TASKS))}: make one with `{TRAIN_COMMAND}`."
        )
    if not (adapter / "adapter_model.safetensors").is_file():
        raise AdapterError(f"The adapter {adapter} lacks adapter_model.safetensors: make one with `{TRAIN_COMMAND}`.")
    found = base_sha256(base)
    if found != wanted:
        raise AdapterError(
            f"The adapter {adapter} was trained on {model} with weights {wanted[:12]}, and this model's weights are "
            f"{found[:12]}: make one for this model with `{TRAIN_COMMAND}`."
        )
    return tasks


def tuned(load: Callable[[str, str], Any], base: Path, adapter: Path, dtype: str) -> Any:
    """The model of a folder with an adapter's weights added into its own; `load` reads a folder in a dtype.

    A large one is kept in the cache folder: a merge takes seconds on a busy machine, and is made in float32.
    """
    if _size(base) < WORTH_KEEPING:
        return merged(load(str(base), dtype), adapter)
    digest = hashlib.sha256(f"{base_sha256(base)} {dtype}".encode())
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        with suppress(OSError):  # what is missing is told when it is loaded
            digest.update((adapter / name).read_bytes())
    place = cache_dir() / "merged" / digest.hexdigest()[:24]
    if not place.is_dir():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(prefix="part-", dir=place.parent))
        except OSError:
            return merged(load(str(base), dtype), adapter)
        try:
            whole = merged(load(str(base), "float32"), adapter)
            _keep(whole, part / "model", dtype)
            (part / "model").replace(place)
        except OSError:  # no room, or another process was first
            if not place.is_dir():
                return merged(load(str(base), dtype), adapter)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _forget(place.parent)
    return load(str(place), dtype)


def _keep(model: Any, folder: Path, dtype: str) -> None:
    import torch
    from safetensors import SafetensorError

    with quiet():
        try:
            model.to(getattr(torch, dtype)).save_pretrained(folder)
        except SafetensorError as error:  # which is how a full disk is told
            raise OSError(str(error)) from error


def _forget(folder: Path) -> None:
    """Leaves the MERGED_KEPT models that were made last."""
    made = sorted((one for one in folder.glob("*") if not one.name.startswith("part-")), key=_made, reverse=True)
    for one in made[MERGED_KEPT:]:
        shutil.rmtree(one, ignore_errors=True)


def _made(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.safetensors"))


def merged(model: Any, adapter: Path) -> Any:
    """The model with the adapter's weights added into its own."""
    from peft import PeftModel
    from safetensors import SafetensorError

    try:
        with quiet():
            return PeftModel.from_pretrained(model, str(adapter), local_files_only=True).merge_and_unload()
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise AdapterError(
            f"The adapter {adapter} cannot be loaded ({first_line(error)}): make one with `{TRAIN_COMMAND}`."
        ) from error


def base_sha256(folder: Path) -> str:
    """The hash of a model's weights: names, types, shapes and bytes of all tensors, in the order of their names.

    The files themselves are not hashed, nor config.json: transformers writes its own version into them, and the same
    weights would get another hash with its next release. The hash of large files is remembered until their sizes or
    times change. Raises ModelError when there are no safetensors.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelError(f"There are no *.safetensors weights in {folder}: give a folder or hub name that has them.")
    stats = [(path.name, path.stat()) for path in files]
    seen = [[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats]
    note = cache_dir() / "hashes" / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}.json"
    large = _size(folder) >= WORTH_KEEPING
    if large and (known := _noted(note, seen)):
        return known
    found = _hashed(files)
    if large:
        with suppress(OSError):  # a cache that cannot be written saves no time, and does no harm
            note.parent.mkdir(parents=True, exist_ok=True)
            part = note.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps({"files": seen, "sha256": found}), "utf-8")
            part.replace(note)
    return found


def _noted(note: Path, seen: list[list[Any]]) -> str | None:
    try:
        known = json.loads(note.read_text("utf-8"))
        return str(known["sha256"]) if known["files"] == seen else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hashed(files: Sequence[Path]) -> str:
    tensors: dict[str, tuple[Path, int, dict[str, Any]]] = {}
    for path in files:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(size))
        tensors |= {name: (path, 8 + size, entry) for name, entry in header.items() if name != "__metadata__"}
    digest = hashlib.sha256()
    for name, (path, offset, entry) in sorted(tensors.items()):
        start, end = entry["data_offsets"]
        digest.update(json.dumps([name, entry["dtype"], entry["shape"]]).encode())
        with path.open("rb") as file:
            file.seek(offset + start)
            digest.update(file.read(end - start))
    return digest.hexdigest()


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps transformers' progress bars and warnings off the terminal."""
    import transformers.utils.logging

    logging: Any = transformers.utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def first_line(error: BaseException) -> str:
    """The first line of an error's text, fit to stand in a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".:")[:200]
