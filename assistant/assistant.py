"""One shop's assistant: loads it, begins sessions, and goes on with what a build puts in force meanwhile.

The page, the terminal and the evals all call `Assistant`; none of them decides anything. What a turn does is in
`pipeline`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from assistant.adapters import CARD, SHIPPED
from assistant.dialogue import Candidate, Event, Reply, Request, Session
from assistant.known import session_in
from assistant.llm import ChatModel, Stop, load_chat
from assistant.pipeline import Pipeline
from assistant.rank import RANKERS
from index.embed import Embedder
from index.folder import IndexFolderError, Shop, open_shop

Say = Callable[[str], None]

PATIENCE = 5.0
"""Seconds that one turn waits for a newer state of the shop; a large one takes longer and is ready for a later turn."""
_AGAIN = 30.0
"""Seconds after which a state that could not be opened is tried again."""


class Assistant:
    """Answers shoppers out of one shop's catalogue; sessions are values, so one assistant serves many shoppers.

    When `index.build` puts another state of the folder in force, it is opened beside the turns under way, which end on
    the state that they began with; later turns are answered from the new one.
    """

    def __init__(
        self,
        shop: Shop,
        model: ChatModel | None,
        *,
        ranker: str = "joined",
        show: int = 4,
        k: int = 50,
        rules_only: bool = False,
        explain: bool = True,
        today: Callable[[], date] = date.today,
        say: Say = lambda _: None,
    ) -> None:
        """The model reads messages beside the rules when it was taught to, unless `rules_only`; with `explain` it
        writes the rationales, which are plain facts otherwise. `today` tells which offers run; `say` is told when
        another state of the shop is opened, or cannot be.
        """
        self._today = today
        self._say = say
        self._pipeline_of = partial(
            Pipeline,
            reader=None if rules_only else model,
            writer=model if explain else None,
            ranker=RANKERS[ranker],
            show=show,
            k=k,
            today=today,
        )
        self._pipeline = self._pipeline_of(shop)
        self._lock = threading.Lock()
        self._opening: threading.Thread | None = None
        self._not_before = 0.0
        self._closed = False

    @property
    def shop(self) -> Shop:
        """The shop as the next turn finds it, when no build ends before."""
        return self._pipeline.shop

    @property
    def today(self) -> date:
        """The day by which offers run or do not."""
        return self._today()

    @classmethod
    def load(
        cls,
        folder: str | Path,
        *,
        model: str | None = None,
        adapter: Path | None = SHIPPED,
        rules_only: bool = False,
        ranker: str = "joined",
        show: int = 4,
        k: int = 50,
        explain: bool = True,
        embedder: Embedder | None = None,
        today: Callable[[], date] = date.today,
        say: Say = lambda _: None,
    ) -> "Assistant":
        """Open an index folder and load the models.

        The shipped adapter goes with the default model; `adapter` None is for no adapter. With `rules_only` no model
        reads messages, without `explain` none writes rationales; a model that would do neither is not loaded.
        """
        if ranker not in RANKERS:
            raise ValueError(f"ranker is {ranker!r}, expected one of {', '.join(RANKERS)}")
        with ExitStack() as on_failure:
            shop = open_shop(Path(folder), embedder)
            on_failure.callback(shop.close)
            # One after the other: transformers is not safe to import, or to load weights with, in two threads.
            shop.embedder.embed(["warm"])
            reads = not rules_only and adapter is not None and (adapter / CARD).is_file()
            chat = load_chat(model, adapter, say) if explain or reads else None
            assistant = cls(
                shop, chat, ranker=ranker, show=show, k=k, rules_only=rules_only, explain=explain, today=today, say=say
            )
            on_failure.pop_all()
        return assistant

    def session(self, user_id: str | None = None, history: Sequence[str] = ()) -> Session:
        """A new session; a known shopper's stored purchases are the history unless one is given."""
        own = tuple(history) or (self.shop.histories.get(user_id, ()) if user_id else ())
        return Session(user_id=user_id, history=own)

    def shoppers(self, n: int) -> list[str]:
        """Some shoppers with several purchases of several kinds, for a visitor to try."""
        shop = self.shop

        def variety(user: str) -> int:
            return len({shop.products[one].kind for one in shop.histories[user]})

        known = sorted(shop.histories, key=lambda user: (-min(variety(user), 8), user))
        return known[:n]

    def close(self) -> None:
        """Let the index folder go for other processes."""
        with self._lock:
            self._closed = True
            self._pipeline.shop.close()

    def candidates(self, session: Session, message: str) -> tuple[Request, list[Candidate]]:
        """What a message asks for, and what could answer it, in no order: for measuring one ranker against another."""
        pipeline, session = self._in_force(session)
        return pipeline.candidates(session, message)

    def reply(self, session: Session, message: str) -> Reply:
        """The whole answer to a message."""
        *_, last = self.stream(session, message)
        assert isinstance(last, Reply)
        return last

    def stream(self, session: Session, message: str, stop: Stop | None = None) -> Iterator[Event]:
        """The answer as it comes: products first, rationale text as it is written, the reply last.

        A set `stop` ends the writing; the reply then carries what was finished, and plain facts for the rest.
        """
        pipeline, session = self._in_force(session)
        yield from pipeline.stream(session, message, stop)

    def again(self, session: Session, request: Request, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        """The answer to a request that was changed without a message, as when a chip is taken away."""
        pipeline, session = self._in_force(session)
        yield from pipeline.again(session, request, stop, message)

    def swap(self, session: Session, product_id: str, stop: Stop | None = None, message: str = "") -> Iterator[Event]:
        """The set shown last with another product in the place of one; the same set where there is no other.

        ValueError when the product is in no set shown last.
        """
        pipeline, session = self._in_force(session)
        yield from pipeline.swap(session, product_id, stop, message)

    def _in_force(self, session: Session) -> tuple[Pipeline, Session]:
        """The stages that answer the next turn, and the session with what their shop has."""
        pipeline = self._newest()
        return pipeline, session_in(session, pipeline.shop.products)

    def _newest(self) -> Pipeline:
        """The stages over the newest state of the shop that is open; a newer one begins to be opened."""
        with self._lock:
            idle = self._opening is None and not self._closed and time.monotonic() >= self._not_before
            if not idle or not self._pipeline.shop.is_stale():
                return self._pipeline
            # It may be over, and no longer be kept, before it is waited for.
            opening = self._opening = threading.Thread(target=self._renew, name="renew", daemon=True)
            opening.start()
        # Only the turn that found it waits: others are answered from what is open.
        opening.join(PATIENCE)
        return self._pipeline

    def _renew(self) -> None:
        """Opens the state in force beside the one that is open, which closes when no turn refers to it any more."""
        try:
            newer = self._pipeline_of(self._pipeline.shop.renewed())
        except IndexFolderError as error:
            self._say(f"answers come from the state that is open: {error}")
            self._not_before = time.monotonic() + _AGAIN
        else:
            with self._lock:
                if self._closed:
                    newer.shop.close()
                else:
                    self._pipeline = newer
            self._say(f"{newer.shop.folder} was built anew: {len(newer.shop.rows):,} products")
        finally:
            self._opening = None
