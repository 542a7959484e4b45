"""Lists adapters and says whether each fits its base model: `python -m finetune.adapters [DIR] [--model M]`.

An adapter is refused on other base weights than it was trained on (`assistant.adapters.check_adapter`).
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters import CARD, SHIPPED, AdapterError, check_adapter
from assistant.llm import hub_folder
from assistant.weights import ModelError, default_weights


@dataclass(frozen=True, slots=True)
class AdapterCard:
    """What an adapter's card says of it; `folder` is where it lies."""

    folder: Path
    base_model: str
    base_sha256: str
    tasks: tuple[str, ...]
    examples: int
    minutes: float
    machine: str


def read_card(folder: Path) -> AdapterCard:
    """The card of an adapter folder; AdapterError when there is none that can be read."""
    try:
        row = json.loads((folder / CARD).read_text("utf-8"))
        return AdapterCard(
            folder=folder,
            base_model=str(row["base_model"]),
            base_sha256=str(row["base_sha256"]),
            tasks=tuple(row.get("tasks", ())),
            examples=int(row.get("examples", 0)),
            minutes=float(row.get("minutes", 0)),
            machine=str(row.get("machine", "")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AdapterError(f"{folder / CARD}: {error!r}, expected the card that finetune.train writes") from error


def list_adapters(folder: Path) -> Iterator[AdapterCard]:
    """The adapters in a folder and right below it, by name."""
    for place in sorted({folder, *(one for one in folder.glob("*") if one.is_dir())}):
        if (place / CARD).is_file():
            yield read_card(place)


def find_adapter(folder: Path, base_sha256: str) -> AdapterCard | None:
    """The adapter made last for base weights with this hash; None when there is none."""
    fitting = [card for card in list_adapters(folder) if card.base_sha256 == base_sha256]
    return max(fitting, key=lambda card: (card.folder / CARD).stat().st_mtime, default=None)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when every adapter fits, 1 when one does not, 2 with a sentence when nothing can be listed."""
    parser = argparse.ArgumentParser(prog="python -m finetune.adapters", description="List and verify adapters.")
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED, metavar="DIR", help="(the shipped one)")
    parser.add_argument("--model", metavar="M", help="the base model; without it, the default one")
    given = parser.parse_args(arguments)
    fits = True
    try:
        base = Path(given.model or default_weights(lambda text: None))
        base = base if base.is_dir() else hub_folder(str(base))
        cards = list(list_adapters(given.folder))
    except ModelError as error:
        print(f"finetune.adapters: {error}", file=sys.stderr)
        return 2
    if not cards:
        print(f"finetune.adapters: no adapter in {given.folder}", file=sys.stderr)
        return 2
    for card in cards:
        try:
            check_adapter(card.folder, base)
            verdict = "fits"
        except AdapterError as error:
            verdict, fits = str(error), False
        print(f"{card.folder}: {', '.join(card.tasks)}, {card.examples:,} examples, {card.minutes:g} min; {verdict}")
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
