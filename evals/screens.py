"""Pictures of the page in each of its states, as a visitor's browser shows them.

    python -m evals.screens [--index DIR] [--out docs/screens] [--states NAME,NAME] [--model M]

Opens the shop in a process of its own, walks through the states with Chromium, and writes one small WebP a state and
screen: desktop and phone, light and dark in turn. Knows the page by what can be seen and pressed.
"""

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1_500_000
"""What all pictures together may weigh."""
_OPEN_AT = re.compile(r"open at (http://\S+/)")
_ANSWER_MS = 180_000


@dataclass(frozen=True, slots=True)
class Screen:
    """A size of screen and a theme."""

    name: str
    width: int
    height: int
    theme: str


SCREENS = (
    Screen("desktop-light", 1280, 860, "light"),
    Screen("desktop-dark", 1280, 860, "dark"),
    Screen("phone-light", 390, 800, "light"),
    Screen("phone-dark", 390, 800, "dark"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 1 when the pictures weigh too much."""
    given = _parser().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    names = [one for one in given.states.split(",") if one] or list(STATES)
    unknown = [one for one in names if one not in STATES]
    if unknown:
        print(f"--states {unknown[0]!r}, expected of {', '.join(STATES)}", file=sys.stderr)
        return 2
    with _copied(given.index) as index, _opened(index, given.model) as address:
        for path in _pictures(address, names, given.out):
            print(f"{path} {path.stat().st_size // 1024} kB", flush=True)
    total = sum(path.stat().st_size for path in given.out.glob("*.webp"))
    print(f"{total / 1e6:.2f} MB in all")
    return 0 if total <= MOST_BYTES else 1


def _pictures(address: str, names: Sequence[str], out: Path) -> Iterator[Path]:
    from PIL import Image
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for screen in SCREENS:
            for name in names:
                context = browser.new_context(
                    viewport={"width": screen.width, "height": screen.height},
                    locale="en-US",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                page.goto(f"{address}?__theme={screen.theme}")
                page.wait_for_selector("#panel .panel")
                STATES[name](page)
                page.wait_for_timeout(500)
                image = Image.open(io.BytesIO(page.screenshot()))
                path = out / f"{name}-{screen.name}.webp"
                image.convert("RGB").save(path, quality=58, method=6)
                context.close()
                yield path
        browser.close()


# the states


def _say(page: "Page", message: str) -> None:
    place = page.locator(".exchange").count()
    page.fill("#box textarea", message)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#turn-{place} .answer[aria-busy=false]", timeout=_ANSWER_MS)
    page.wait_for_selector("#send:visible", timeout=_ANSWER_MS)
    page.locator("#panel .card img").first.or_(page.locator("#panel")).first.wait_for()


def _view(page: "Page", name: str) -> None:
    page.locator(f"button[data-act=view][data-key={name}]:visible").first.click()
    page.wait_for_selector(f"#panel .panel[data-view={name}]")


def _press(page: "Page", act: str, place: int) -> None:
    before = page.locator(f"button[data-act='{act}']").count()
    page.locator("#panel .card").nth(place).locator(f"button[data-act='{act}']").click()
    page.wait_for_function(
        "([act, before]) => document.querySelectorAll(`button[data-act='${act}']`).length !== before"
        " || document.querySelector('.tab-cart .count')",
        arg=[act, before],
    )


def _empty(page: "Page") -> None:
    page.wait_for_selector("#foot .opener")


def _answer(page: "Page") -> None:
    _say(page, "a quiet mouse under $60, not Pellwin")


def _why(page: "Page") -> None:
    _answer(page)
    page.locator("#panel .card summary").nth(1).click()
    page.locator("#panel .card summary").first.click()
    page.locator("#panel .card details").first.scroll_into_view_if_needed()


def _bundle(page: "Page") -> None:
    _say(page, "a home office under $600")


def _compare(page: "Page") -> None:
    _answer(page)
    for place in range(3):
        _press(page, "compare", place)
    _view(page, "compare")


def _cart(page: "Page") -> None:
    _answer(page)
    _press(page, "cart-add", 0)
    _press(page, "cart-add", 1)
    _view(page, "cart")
    page.wait_for_selector("#panel .rows")


def _memory(page: "Page") -> None:
    page.select_option("#choose-user", index=1)
    page.wait_for_function("document.querySelector('#choose-user').selectedIndex === 1")
    _view(page, "memory")
    page.wait_for_selector("#panel button[data-act=forget]")


def _talks(page: "Page") -> None:
    for message in ("a quiet mouse under $60", "a gift for a gamer, about $50"):
        _say(page, message)
        page.locator("button[data-act=new]:visible").first.click()
        page.wait_for_selector(".greeting")
    _view(page, "talks")


def _miss(page: "Page") -> None:
    _say(page, "an office chair under $20")


def _policy(page: "Page") -> None:
    _say(page, "can I return something after three weeks?")


def _about(page: "Page") -> None:
    _view(page, "about")


def _error(page: "Page") -> None:
    page.goto(f"{page.url.partition('?')[0]}?{page.url.partition('?')[2]}&talk=gone")
    page.wait_for_selector(".panel-notice")


STATES: dict[str, Callable[["Page"], None]] = {
    "empty": _empty,
    "answer": _answer,
    "why": _why,
    "bundle": _bundle,
    "compare": _compare,
    "cart": _cart,
    "memory": _memory,
    "conversations": _talks,
    "miss": _miss,
    "policy": _policy,
    "about": _about,
    "error": _error,
}
"""What brings the page into a state, by the state's name."""


@contextmanager
def _copied(index: Path | None) -> Iterator[Path]:
    """A copy of the index folder, since a folder belongs to one process."""
    from assistant.__main__ import demo_index

    with tempfile.TemporaryDirectory() as folder:
        source = index or demo_index()
        yield Path(shutil.copytree(source, Path(folder) / "index", ignore=shutil.ignore_patterns(".lock")))


@contextmanager
def _opened(index: Path, model: str | None) -> Iterator[str]:
    command = [sys.executable, "-m", "assistant", "--index", str(index), "--port", "0"]
    command += ["--conversations", str(index.parent / "talks"), *(["--model", model] if model else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            found = next((found for line in process.stdout if (found := _OPEN_AT.search(line))), None)
            if found is None:
                raise SystemExit("the shop did not open")
            yield found.group(1)
        finally:
            process.terminate()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.screens", description="Pictures of the page's states.")
    parser.add_argument("--index", type=Path, metavar="DIR", help="an index folder; the demo store without it")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens", metavar="DIR", help="docs/screens")
    parser.add_argument("--states", default="", metavar="NAME,NAME", help=f"of {', '.join(STATES)}; all without it")
    parser.add_argument("--model", metavar="M", help="as for python -m assistant")
    return parser


if __name__ == "__main__":
    sys.exit(main())
