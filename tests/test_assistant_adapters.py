"""What an adapter was trained for, which is taken unasked, and what of it is kept in the cache folder."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tiny_models import save_adapter, save_llama, save_t5

import assistant.adapters
import assistant.llm
from assistant.adapters import MERGED_KEPT, SHIPPED, AdapterError, base_sha256, check_adapter
from assistant.llm import Message, ScriptedChat, TransformersChat, generate, load_chat

PROMPT = [Message("user", "Which mouse is quiet?")]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, where also what is tiny is worth keeping."""
    monkeypatch.setenv("SHOP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(assistant.adapters, "WORTH_KEEPING", 0)
    return tmp_path / "cache"


@pytest.fixture
def merges(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The adapters merged from now on."""
    seen: list[Path] = []
    merge = assistant.adapters.merged

    def counted(model: Any, adapter: Path) -> Any:
        seen.append(adapter)
        return merge(model, adapter)

    monkeypatch.setattr(assistant.adapters, "merged", counted)
    return seen


def test_the_card_names_the_tasks(tmp_path: Path) -> None:
    base = save_llama(tmp_path / "base")
    own: dict[str, object] = {"base_model": "base", "base_sha256": base_sha256(base)}
    assert check_adapter(save_adapter(tmp_path / "both", base, card=own), base) == {"understand", "explain"}
    one = save_adapter(tmp_path / "one", base, card=own | {"tasks": ["understand"]})
    assert check_adapter(one, base) == {"understand"}
    assert load_chat(str(base), one).tasks == {"understand"}
    assert load_chat(str(base)).tasks == frozenset()
    for tasks in (["sing"], [1], 5):
        (one / "card.json").write_text(json.dumps(own | {"tasks": tasks}), "utf-8")
        with pytest.raises(AdapterError, match=r"expected some of explain, understand|no readable card\.json"):
            check_adapter(one, base)


def test_a_scripted_model_passes_for_trained_where_it_is_told_to() -> None:
    assert ScriptedChat(["a"]).tasks == frozenset()
    assert ScriptedChat(["a"], tasks=frozenset({"explain"})).tasks == {"explain"}
    assert load_chat("http://h/v1#m").tasks == frozenset()


def test_the_shipped_adapter_goes_with_the_default_model_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = save_llama(tmp_path / "base")
    shipped = tmp_path / "adapter"
    monkeypatch.setattr(assistant.llm, "SHIPPED", shipped)
    monkeypatch.setattr(assistant.llm, "default_weights", lambda say: base)
    assert load_chat(None, shipped).name == "base", "none is shipped"
    save_adapter(shipped, base)
    assert load_chat(None, shipped).name == "base + adapter"
    assert load_chat(None, None).name == "base"
    assert load_chat(str(base), shipped).name == "base"
    assert load_chat("scripted:Hm.", shipped).name == "scripted"


def test_the_shipped_adapter_is_looked_for_beside_the_code() -> None:
    assert Path(assistant.llm.__file__).parent / "adapter" == SHIPPED


@pytest.mark.parametrize("save", [save_llama, save_t5])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_a_merged_model_is_made_once_and_writes_the_same(
    save: Any, dtype: str, tmp_path: Path, cache: Path, merges: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = save(tmp_path / "base")
    adapter = save_adapter(tmp_path / "shop", base)
    first = generate(TransformersChat(base, adapter, dtype=dtype), [PROMPT], max_tokens=20)
    again = TransformersChat(base, adapter, dtype=dtype)
    assert generate(again, [PROMPT], max_tokens=20) == first
    assert again.tasks
    assert merges == [adapter]
    assert len(list((cache / "merged").iterdir())) == 1
    assert next(again._decoder._model.parameters()).dtype.__str__() == f"torch.{dtype}"
    if dtype == "float32":
        monkeypatch.setattr(assistant.adapters, "WORTH_KEEPING", 10**12)
        assert generate(TransformersChat(base, adapter, dtype=dtype), [PROMPT], max_tokens=20) == first
    assert generate(TransformersChat(base, dtype=dtype), [PROMPT], max_tokens=20) != first


def test_another_adapter_in_the_same_folder_is_merged_anew_and_old_ones_are_forgotten(
    tmp_path: Path, cache: Path, merges: list[Path]
) -> None:
    base = save_llama(tmp_path / "base")
    written = set()
    for seed in range(MERGED_KEPT + 2):
        adapter = save_adapter(tmp_path / "shop", base, seed=seed)
        written.update(generate(TransformersChat(base, adapter, dtype="float32"), [PROMPT], max_tokens=20))
    assert len(written) == len(merges) == MERGED_KEPT + 2
    assert len(list((cache / "merged").iterdir())) == MERGED_KEPT


def test_without_a_cache_folder_it_is_merged_each_time(
    tmp_path: Path, cache: Path, merges: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = save_llama(tmp_path / "base")
    adapter = save_adapter(tmp_path / "shop", base)
    (tmp_path / "file").write_text("where a folder should be", "utf-8")
    monkeypatch.setenv("SHOP_CACHE", str(tmp_path / "file"))
    texts = {generate(TransformersChat(base, adapter, dtype="float32"), [PROMPT], max_tokens=20)[0] for _ in range(2)}
    assert len(texts) == 1
    assert len(merges) == 2


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, cache: Path, merges: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(model: Any, folder: Path, dtype: str) -> None:
        folder.mkdir()
        (folder / "half").write_text("x", "utf-8")
        raise OSError("no space left")

    base = save_llama(tmp_path / "base")
    adapter = save_adapter(tmp_path / "shop", base)
    monkeypatch.setattr(assistant.adapters, "_keep", full)
    assert generate(TransformersChat(base, adapter, dtype="float32"), [PROMPT], max_tokens=5)
    assert list((cache / "merged").iterdir()) == []


def test_a_broken_adapter_is_told_and_not_kept(tmp_path: Path, cache: Path) -> None:
    base = save_llama(tmp_path / "base")
    adapter = save_adapter(tmp_path / "shop", base)
    (adapter / "adapter_config.json").write_text("{}", "utf-8")
    with pytest.raises(AdapterError, match="cannot be loaded"):
        TransformersChat(base, adapter)
    assert list((cache / "merged").iterdir()) == []


def test_a_hash_is_remembered_until_the_files_change(tmp_path: Path, cache: Path) -> None:
    base = save_llama(tmp_path / "base")
    found = base_sha256(base)
    (note,) = (cache / "hashes").iterdir()
    note.write_text(note.read_text("utf-8").replace(found, "remembered"), "utf-8")
    assert base_sha256(base) == "remembered"
    os.utime(base / "model.safetensors", ns=(1, 1))
    assert base_sha256(base) == found
    note.write_text("{", "utf-8")
    assert base_sha256(base) == found
    other = save_llama(tmp_path / "other", seed=1)
    assert base_sha256(other) != found == base_sha256(base)
    save_llama(base, seed=1)
    assert base_sha256(base) == base_sha256(other)
