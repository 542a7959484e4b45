"""Many shoppers at once on the real page: what they wait for, and whether they are kept apart.

    python -m evals.crowd [--shoppers 20] [--minutes 5] [--think 12] [--index DIR] [--journeys FILE] [--seed N]
                          [--rules-only] [--model M]

Starts `python -m assistant` in a process of its own and opens a page a shopper. Each goes through the open part of the
journeys, in an order of their own, thinks between two messages for `--think` seconds on average, and begins a new
conversation for every journey. A shopper names an amount that is theirs alone ("under $2,007.37"), so that what was
meant for another is recognised: in the messages, in the chips, by the key of the conversation. Timings are of this
machine at this moment: quote them with the machine, and with what else it did (told in the last line).
Exit code 0: no error and nothing mixed up; 1: otherwise; 2: the page did not open.
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from assistant.cards import clean
from assistant.decoding import cores
from assistant.dialogue import PRODUCT_ACTS
from assistant.interface import texts_of
from evals.cases import CaseError
from evals.journey_file import Journey, JourneyTurn, read_journeys
from evals.page_visitor import Answered, Drawing, PageError, PageVisitor
from index.machine import processor

if TYPE_CHECKING:
    import httpx2

JOURNEYS = Path(__file__).parent / "data" / "journeys" / "demo.jsonl"
START_SECONDS = 300.0
SEED = 5
_OPEN_AT = re.compile(r"open at (http://\S+/)")
_MARK = re.compile(r"\$\d[\d,]*\.37\b")
_BUSY_TEXTS = ("busy.full",)


@dataclass(frozen=True, slots=True)
class Said:
    """A message to send, and whether the amount of its shopper was added to it; `begins` a conversation."""

    message: str
    marked: bool
    begins: bool


@dataclass(slots=True)
class Tally:
    """What happened, counted as it happens."""

    turns: int = 0
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    refusals: int = 0
    waited: int = 0
    unread: int = 0
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    written: int = 0
    facts: int = 0
    replies_with_facts: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, 1 or 2 as the module says."""
    given = _parser().parse_args(arguments)
    try:
        journeys = read_journeys(given.journeys, "open")
    except (OSError, CaseError) as error:
        print(f"evals.crowd: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        log = Path(made) / "page.log"
        command = [sys.executable, "-m", "assistant", "--port", "0", "--conversations", str(Path(made) / "kept")]
        command += ["--index", str(given.index)] if given.index else []
        command += ["--model", given.model] if given.model else []
        command += ["--rules-only"] if given.rules_only else []
        with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:
            try:
                address = _address(log, process)
                if address is None:
                    told = log.read_text("utf-8", errors="replace").strip().rpartition("\n")[2]
                    print(f"evals.crowd: the page did not open: {told or 'it said nothing'}", file=sys.stderr)
                    return 2
                machine = Machine(process.pid)
                tally = asyncio.run(_crowd(address, journeys, given))
                broken = process.poll() is not None
                report = [*table(tally, given.shoppers, given.minutes, given.think), *machine.told()]
            finally:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=20)
        fell = log.read_text("utf-8", errors="replace").count("Traceback (most recent call last)")
    print("\n".join([*report, f"{'errors written by the server':40}{fell:8}"]))
    for line in [*tally.errors[:10], *tally.mixed[:10]]:
        print(f"  {line}")
    return 1 if tally.errors or tally.mixed or fell or broken else 0


async def _crowd(address: str, journeys: Sequence[Journey], given: argparse.Namespace) -> Tally:
    import httpx2

    tally = Tally()
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=given.shoppers)
    timeout = httpx2.Timeout(60.0, pool=None)
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=timeout) as client:
        await asyncio.gather(
            *(
                shop(client, journeys, n, given.seed, given.think, 60 * given.minutes, tally)
                for n in range(given.shoppers)
            )
        )
    return tally


async def shop(
    client: "httpx2.AsyncClient",
    journeys: Sequence[Journey],
    n: int,
    seed: int,
    think: float,
    seconds: float,
    tally: Tally,
) -> None:
    """The visit of shopper number `n`, for so many seconds from the opened page on; an error ends it and is counted."""
    rng = Random(1000 * seed + n)
    visitor = PageVisitor(client, f"{rng.getrandbits(64):016x}")
    try:
        key = (await visitor.open()).key
        ends = time.monotonic() + seconds
        await asyncio.sleep(rng.uniform(0, think))
        told: tuple[str, ...] = ()
        for one in script(journeys, n, rng):
            if time.monotonic() >= ends:
                break
            if one.begins and told:
                key, told = (await visitor.press("new")).key, ()
            answered = await _answered(visitor, one.message, tally, rng, think, ends)
            if answered is None:
                break
            told = (*told, _spoken(one.message))
            count(tally, answered, one, n, key, told)
            await asyncio.sleep(rng.uniform(0.5 * think, 1.5 * think))
    except (PageError, OSError, ValueError, KeyError) as error:
        tally.errors.append(f"shopper {n}: {type(error).__name__}: {error}")
    except _lost() as error:
        tally.errors.append(f"shopper {n}: {type(error).__name__}: {error}")
    finally:
        await visitor.leave()


async def _answered(
    visitor: PageVisitor, message: str, tally: Tally, rng: Random, think: float, ends: float
) -> Answered | None:
    """The answer to a message, sent again after a while as long as the shop is full; None when time is over."""
    full = {texts_of("en")[key] for key in _BUSY_TEXTS}
    while True:
        answered = await visitor.ask(message)
        if not answered.refused:
            return answered
        if answered.refused not in full:
            raise PageError(f"refused {message!r} with {answered.refused!r}")
        tally.refusals += 1
        await asyncio.sleep(rng.uniform(0.5 * think, 1.5 * think))
        if time.monotonic() >= ends:
            return None


def _lost() -> type[Exception]:
    import httpx2

    return httpx2.HTTPError


def script(journeys: Sequence[Journey], n: int, rng: Random) -> Iterator[Said]:
    """What a shopper says, without end: every journey in an order of their own, then again."""
    order = list(journeys)
    while True:
        rng.shuffle(order)
        for journey in order:
            for place, turn in enumerate(journey.turns):
                marked = bears_amount(turn)
                message = f"{turn.user.rstrip(' .!?')}, under {amount(n)}" if marked else turn.user
                yield Said(message, marked, begins=not place)


def bears_amount(turn: JourneyTurn) -> bool:
    """True where a highest price can be added to the message without contradicting what is said or in force."""
    held = turn.constraints
    priced = held.price_max is not None or held.price_min is not None or turn.around is not None
    plain = turn.act == "find" and turn.act in PRODUCT_ACTS and turn.reference is None
    return plain and bool(turn.user.strip()) and not (priced or turn.below or turn.bundle or turn.budget_for_all)


def amount(n: int) -> str:
    """The amount that only shopper `n` names."""
    return f"${2000 + n:,}.37"


def count(tally: Tally, answered: Answered, one: Said, n: int, key: str, told: Sequence[str]) -> None:
    """Counts one answer; `told` are all messages of its conversation so far, `key` is that of the conversation."""
    tally.turns += 1
    last = answered.drawings[-1]
    for drawing in answered.drawings:
        if fault := mixed_up(drawing, n, key, told):
            tally.mixed.append(f"shopper {n}, {one.message!r}: {fault}")
            break
    if last.trouble or last.answering:
        tally.errors.append(f"shopper {n}, {one.message!r}: the answer broke off")
    tally.waited += any(drawing.waiting for drawing in answered.drawings)
    tally.unread += one.marked and amount(n) not in last.chips[-1]
    tally.whole.append(answered.whole)
    if answered.first is not None:
        tally.first.append(answered.first)
        tally.written += last.written
        tally.facts += last.facts
        tally.replies_with_facts += bool(last.facts and not last.written)


def mixed_up(drawing: Drawing, n: int, key: str, told: Sequence[str]) -> str:
    """What in a drawing belongs to somebody else, or is not what was said; "" where all is well."""
    if drawing.key != key:
        return f"the conversation is {drawing.key}, expected {key}"
    if drawing.messages != tuple(told):
        return f"the messages are {drawing.messages!r}, expected {tuple(told)!r}"
    named = {found for text in (*drawing.messages, *drawing.chips) for found in _MARK.findall(text)}
    if foreign := sorted(named - {amount(n)}):
        return f"it names {', '.join(foreign)}, which another shopper said"
    return ""


def _spoken(message: str) -> str:
    return " ".join(clean(message).split())


def table(tally: Tally, shoppers: int, minutes: float, think: float) -> list[str]:
    """The lines of the report."""
    rows: list[tuple[str, object]] = [
        ("turns", tally.turns),
        ("errors", len(tally.errors)),
        ("mixed-up replies", len(tally.mixed)),
        ("messages refused, the shop being full", tally.refusals),
        ("turns that were told of a line", tally.waited),
        ("amounts not read", tally.unread),
        ("first products, seconds", _seconds(tally.first)),
        ("whole reply, seconds", _seconds(tally.whole)),
        ("replies with plain facts alone", f"{tally.replies_with_facts} of {len(tally.first)} with products"),
        ("reasons written", f"{tally.written} of {tally.written + tally.facts}"),
    ]
    head = f"{shoppers} shoppers for {minutes:g} minutes, {think:g} s of thought, {processor()}, {cores()} cores"
    return [head, *(f"{name:40}{value:>8}" for name, value in rows)]


def _seconds(values: Sequence[float]) -> str:
    if not values:
        return "none"
    median, late, most = (*np.percentile(values, [50, 95]), max(values))
    return f"{median:.2f} median, {late:.2f} p95, {most:.2f} at most, n = {len(values)}"


class Machine:
    """What the machine's processors did since this was made: the server, this command, all others (Linux only)."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._began = self._now()

    def told(self) -> list[str]:
        """The lines that tell it; none where the system does not."""
        now = self._now()
        if self._began is None or now is None:
            return []
        (all_now, busy, server, own), (all_then, busy_then, server_then, own_then) = now, self._began
        whole = max(all_now - all_then, 1)
        shares = [(server - server_then) / whole, (own - own_then) / whole]
        shares.append(max((busy - busy_then) / whole - sum(shares), 0.0))
        told = ", ".join(f"{name} {100 * share:.0f} %" for name, share in zip(_WHO, shares, strict=True))
        return [
            f"{'memory of the server, GB at most':40}{_peak(self._server):8.2f}",
            f"{'processors':40}{told}",
        ]

    def _now(self) -> tuple[int, int, int, int] | None:
        try:
            ticks = [int(one) for one in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
            fields = Path(f"/proc/{self._server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (OSError, ValueError):
            return None
        own = os.times()
        ticks_a_second = os.sysconf("SC_CLK_TCK")
        idle = ticks[3] + ticks[4]
        return (
            sum(ticks),
            sum(ticks) - idle,
            int(fields[11]) + int(fields[12]),
            round((own.user + own.system) * ticks_a_second),
        )


_WHO = ("server", "shoppers", "others")


def _peak(pid: int) -> float:
    """GB of memory that a process held at most so far (Linux; NaN elsewhere)."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return float("nan")
    return int(found[1]) / 1e6 if found else float("nan")


def _address(log: Path, process: "subprocess.Popen[bytes]") -> str | None:
    """The page's address, once the process has written it to its output; None when it does not come."""
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        if found := _OPEN_AT.search(log.read_text("utf-8", errors="replace")):
            return found[1]
        time.sleep(0.2)
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.crowd", description="Many shoppers at once on the page.")
    parser.add_argument("--shoppers", type=int, default=20, metavar="N", help="shoppers at once (20)")
    parser.add_argument("--minutes", type=float, default=5.0, metavar="M", help="how long they shop (5)")
    parser.add_argument("--think", type=float, default=12.0, metavar="S", help="seconds between two messages (12)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="an index folder; without it, the demo store")
    parser.add_argument("--journeys", type=Path, default=JOURNEYS, metavar="FILE", help="what they say (the demo's)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of orders and pauses ({SEED})")
    parser.add_argument("--rules-only", action="store_true", help="no language model reads the messages")
    parser.add_argument("--model", metavar="M", help="a model folder, hub name or address, as for the assistant")
    return parser


if __name__ == "__main__":
    sys.exit(main())
