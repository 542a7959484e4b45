"""Opens the shop: the chat page, or the same conversation in the terminal.

    python -m assistant [--index DIR] [--terminal] [--model M] [--adapter DIR | --no-adapter]
                        [--rules-only] [--ranker NAME] [--show N] [--user ID] [--host HOST] [--port PORT]
                        [--conversations DIR] [--feedback FILE] [--image-hosts HOST,HOST]

Without `--index`, the demo store, which the first start builds into the cache folder.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    given = _parser().parse_args(arguments)
    # Before the libraries that read them are imported; what the person set stays.
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    if given.model is None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")

    from assistant.weights import ModelError
    from index.feeds import FeedError
    from index.folder import IndexFolderError

    try:
        return _open(given)
    except (FeedError, IndexFolderError, ModelError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130


def demo_index(*, again: bool = False) -> Path:
    """The demo store's index folder in the cache, built when it is not there; IndexFolderError as in build.

    With `again`, it is built anew; texts that are embedded already are not embedded again.
    """
    from assistant.weights import cache_dir
    from index.build import build
    from index.demo import DOCUMENTS, INTERACTIONS, PICTURES, PRODUCTS, PROMOTIONS
    from index.folder import FORMAT, MANIFEST
    from index.progress import progress_bar

    digest = hashlib.sha256(str(FORMAT).encode())
    for path in (
        PRODUCTS,
        INTERACTIONS,
        PROMOTIONS,
        *sorted(PICTURES.glob("*.svg")),
        *sorted(DOCUMENTS.glob("*.md")),
    ):
        digest.update(path.read_bytes())
    folder = cache_dir() / f"demo-{digest.hexdigest()[:12]}"
    if again or not (folder / MANIFEST).exists():
        say(f"building the demo store in {folder}")
        with progress_bar("embedding") if sys.stderr.isatty() else nullcontext() as progress:
            build(
                [PRODUCTS],
                folder,
                interactions=INTERACTIONS,
                pictures=PICTURES,
                documents=DOCUMENTS,
                promotions=PROMOTIONS,
                fictional=True,
                prune=True,
                force=True,
                say=say,
                progress=progress,
            )
    return folder


def say(text: str) -> None:
    """Tells on standard error how far a slow start has come."""
    from rich.console import Console

    Console(stderr=True).print(text, style="dim", markup=False, highlight=False, soft_wrap=True)


def _open(given: argparse.Namespace) -> int:
    from index.folder import IndexFolderError
    from index.shoppers import shopper_of

    folder = given.index or demo_index()
    try:
        assistant = _load(folder, given)
    except IndexFolderError:
        if given.index is not None:
            raise
        # The demo store is ours to mend: it was damaged, or made by an older version.
        assistant = _load(demo_index(again=True), given)
    try:
        if given.user is not None and given.user not in assistant.shop.histories:
            given.user = shopper_of(folder, given.user)
        if given.user is not None and given.user not in assistant.shop.histories:
            known = ", ".join(assistant.shoppers(3)) or "none"
            return _refuse(f"{folder} has no purchases of the shopper {given.user!r}; some that it has: {known}")
        return _talk(assistant, given.user) if given.terminal else _show_page(assistant, given)
    finally:
        assistant.close()


def _load(folder: Path, given: argparse.Namespace) -> "Assistant":
    from assistant.assistant import Assistant

    return Assistant.load(
        folder,
        model=given.model,
        adapter=None if given.no_adapter else given.adapter,
        rules_only=given.rules_only,
        ranker=given.ranker,
        show=given.show,
        say=say,
    )


def _talk(assistant: "Assistant", user_id: str | None) -> int:
    from rich.console import Console

    from assistant.terminal import Terminal

    for stream in (sys.stdin, sys.stdout):
        # Bytes that are no text, or a terminal without the characters, should not end the conversation.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    Terminal(assistant, Console(), user_id=user_id).run()
    return 0


def _show_page(assistant: "Assistant", given: argparse.Namespace) -> int:
    from assistant.app import Page
    from assistant.app_gradio import application
    from assistant.feedback import Feedback
    from assistant.stored import Shelf
    from assistant.web import listen, serve
    from assistant.weights import cache_dir

    feedback = None
    if given.feedback is not None:
        try:
            feedback = Feedback(given.feedback)
        except OSError as error:
            return _refuse(f"{given.feedback} cannot be written ({error.strerror or error}); choose another --feedback")
    shelf = Shelf(given.conversations or cache_dir() / "conversations")
    page = Page(assistant, user_id=given.user, shelf=shelf, feedback=feedback, image_hosts=given.image_hosts)
    try:
        door = listen(given.host, given.port)
    except OSError as error:
        place = f"{given.host}:{given.port}" if given.port is not None else given.host
        return _refuse(f"cannot listen on {place} ({error.strerror or error}); choose another --host or --port")
    shown = f"[{given.host}]" if ":" in given.host else given.host
    address = f"http://{shown}:{door.getsockname()[1]}/"
    serve(
        application(page),
        door,
        lambda: print(f"The shop is open at {address}  (Ctrl-C closes it)", flush=True),
    )
    return 0


def _refuse(sentence: str) -> int:
    print(f"assistant: {sentence}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    from assistant.adapters import SHIPPED
    from assistant.rank import RANKERS

    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="The shop's assistant, as a page or in the terminal."
    )
    parser.add_argument("--index", type=Path, metavar="DIR", help="an index folder; the demo store without it")
    parser.add_argument("--terminal", action="store_true", help="chat in the terminal instead of a page")
    parser.add_argument("--model", metavar="M", help="a model folder, hub name or http address")
    tuned = parser.add_mutually_exclusive_group()
    tuned.add_argument(
        "--adapter", type=Path, default=SHIPPED, metavar="DIR", help="an adapter for the model; else the shipped one"
    )
    tuned.add_argument("--no-adapter", action="store_true", help="the language model as it came")
    parser.add_argument("--rules-only", action="store_true", help="no language model reads the messages")
    parser.add_argument("--ranker", default="joined", choices=list(RANKERS), help="how candidates are put in order")
    parser.add_argument("--show", type=_count, default=4, metavar="N", help="products shown a turn (4)")
    parser.add_argument("--user", metavar="ID", help="the shopper to begin with")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=_port, metavar="PORT", help="port of the page (the first free from 7860)")
    parser.add_argument(
        "--conversations", type=Path, metavar="DIR", help="where shoppers' conversations are kept (the cache folder)"
    )
    parser.add_argument("--feedback", type=Path, metavar="FILE", help="a file to which likes and dislikes are added")
    parser.add_argument(
        "--image-hosts",
        type=_hosts,
        default=(),
        metavar="HOST,HOST",
        help="hosts that pictures may come from over https, beside the index folder (none)",
    )
    return parser


def _hosts(text: str) -> tuple[str, ...]:
    from assistant.web import page_policy

    hosts = tuple(dict.fromkeys(one.strip().lower() for one in text.split(",") if one.strip()))
    try:
        page_policy(hosts)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return hosts


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 20:
        raise argparse.ArgumentTypeError(f"{text!r}, expected a number from 1 to 20")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r}, expected a port from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
