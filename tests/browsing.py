"""A visitor's browser for the tests of the page: a shop in a process of its own, and a visit that notes what it saw.

Knows the page by what a visitor can see and press. Used by the files `test_browser*.py`.
"""

import queue
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Locator, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 180, 120, 20
OPEN_AT = re.compile(r"open at (http://\S+/)")
SCRIPTED = ("--rules-only", "--model", "scripted:It fits what you asked for.")
"""Flags of a shop whose answers come at once: rules read the messages, plain facts are the reasons."""


def launched() -> Iterator["Browser"]:
    """A Chromium, closed at the end; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_api.sync_playwright() as playwright:
        if found is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium: install Debian's chromium, or run playwright install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened_shop(*flags: str) -> Iterator[str]:
    """The address of a page that runs in a process of its own."""
    command = [sys.executable, "-m", "assistant", "--port", "0", *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
        try:
            yield _address(lines)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def demo_copy(folder: Path) -> Path:
    """A copy of the demo store, since a folder belongs to one process and the demo may be open beside the tests."""
    from assistant.__main__ import demo_index

    return Path(shutil.copytree(demo_index(), folder / "index", ignore=shutil.ignore_patterns(".lock")))


def _read(stream: IO[str], lines: "queue.Queue[str]") -> None:
    for line in stream:
        lines.put(line)


def _address(lines: "queue.Queue[str]") -> str:
    printed: list[str] = []
    try:
        while True:
            printed.append(lines.get(timeout=START_SECONDS))
            found = OPEN_AT.search(printed[-1])
            if found:
                return found.group(1)
    except queue.Empty:
        pytest.fail("the shop did not open; it printed:\n" + "".join(printed))


class Visit:
    """A page as a visitor has it, with every request, dialog and error it made; dialogs are accepted."""

    def __init__(self, browser: "Browser", address: str, *, query: str = "", **context: Any) -> None:
        self.context = browser.new_context(**{"locale": "en-US", "accept_downloads": True, **context})
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.address = address
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.open(query)

    def open(self, query: str = "") -> "Page":
        """Another tab of the same browser."""
        page: Page = self.context.new_page()
        page.on("dialog", self._accept)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address + query)
        page.wait_for_selector("#panel .panel")
        return page

    def _accept(self, dialog: "Dialog") -> None:
        self.dialogs.append(dialog.message)
        dialog.accept()

    def pick(self, place: int) -> None:
        """Shops as the shopper at this place of the picker; 0 is a new visitor."""
        self.page.select_option("#choose-user", index=place)
        self.page.wait_for_function(f"document.querySelector('#choose-user').selectedIndex === {place}")
        self.page.wait_for_timeout(300)

    def ask(self, message: str) -> None:
        """Sends a message and waits until it stands on the page."""
        place = self.page.locator(".exchange").count()
        self.page.fill("#box textarea", message)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"#turn-{place}")

    def told(self, message: str) -> None:
        """Sends a message and waits until it is answered."""
        self.ask(message)
        self.answered()

    def answered(self, seconds: float = ANSWER_SECONDS) -> None:
        """Waits until the answer is finished and the controls are back."""
        self.page.wait_for_selector("#send:visible", timeout=seconds * 1000)
        self.page.wait_for_selector("#talk .exchange:last-child .answer[aria-busy=false]", timeout=seconds * 1000)
        self.page.wait_for_selector("#stop", state="hidden", timeout=seconds * 1000)

    def cards(self) -> "Locator":
        """The cards of the panel that are products."""
        return self.page.locator("#panel .card:not(.ghost)")

    def press(self, act: str, place: int = 0) -> None:
        """Presses the button for an act at this place of the page."""
        self.page.locator(f"button[data-act='{act}']:visible").nth(place).click()

    def view(self, name: str) -> None:
        """Opens a view of the panel by its tab or its button in the head."""
        self.page.locator(f"button[data-act=view][data-key={name}]:visible").first.click()
        self.page.wait_for_selector(f"#panel .panel[data-view={name}]")

    def close(self) -> None:
        """Ends the visit; nothing may have gone elsewhere, and no script may have failed."""
        self.context.close()
        assert self.elsewhere() == []
        assert self.errors == []

    def elsewhere(self) -> list[str]:
        """The requests for another host."""
        here = (self.address, self.address.replace("http:", "ws:"), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(here)]
