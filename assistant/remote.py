"""A language model behind any OpenAI-compatible address, one streamed request a prompt.

Knows the openai client and how a connection fails; does not know what is asked.
"""

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from assistant.llm import Prompt, Stop
from assistant.weights import ModelError

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

REQUESTS_AT_ONCE = 4
RETRIES = 3
SECONDS = 60.0
"""Longest silence of the server, before the first and between two pieces of text."""


class RemoteError(ModelError):
    """The server could not be reached, refused, or broke off an answer."""


class RemoteChat:
    """Asks a server for all prompts at once, at most REQUESTS_AT_ONCE at a time.

    Refusals for load (429, 5xx) are tried again after the time the server asks for. When a connection breaks, its
    row keeps the text that arrived, the other rows are finished, and then RemoteError is raised.
    The key comes from OPENAI_API_KEY where it is set; servers of one's own need none.
    """

    def __init__(self, base_url: str, model: str, *, seconds: float = SECONDS, retries: int = RETRIES) -> None:
        # Here and not first in the threads below: a module half imported by one is broken for the other.
        import httpx2  # noqa: F401
        from openai import OpenAI

        self.name = model
        self.tasks: frozenset[str] = frozenset()
        self._address = base_url
        key = os.environ.get("OPENAI_API_KEY") or "none"
        self._client = OpenAI(base_url=base_url, api_key=key, timeout=seconds, max_retries=retries)

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,
        stop: Stop | None = None,
        grammars: Sequence[str] | None = None,
    ) -> Iterator[tuple[int, str]]:
        """As ChatModel says; a stop closes the connections, so that the server ends its work too.

        Grammars are ignored: servers have no common way to be given one.
        """
        stop = stop or Stop()
        closed = Stop()  # set when the reader goes away, so that no request outlives its use
        written: queue.SimpleQueue[tuple[int, str | RemoteError | None]] = queue.SimpleQueue()
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for row in range(len(prompts)):
            waiting.put(row)

        def work() -> None:
            while True:
                try:
                    row = waiting.get_nowait()
                except queue.Empty:
                    return
                written.put((row, self._ask(prompts[row], row, max_tokens, (stop, closed), written)))

        for _ in range(min(REQUESTS_AT_ONCE, len(prompts))):
            threading.Thread(target=work, daemon=True).start()
        running, failed = len(prompts), None
        try:
            while running and not stop.is_set():
                try:
                    row, text = written.get(timeout=0.1)
                except queue.Empty:
                    continue
                if isinstance(text, str):
                    if not stop.is_set(row):
                        yield row, text
                    continue
                running -= 1
                failed = failed or text
        finally:
            closed.set()
        if failed and not stop.is_set():
            raise failed

    def _ask(
        self, prompt: Prompt, row: int, max_tokens: int, stops: tuple[Stop, Stop], written: Any
    ) -> RemoteError | None:
        """Puts the row's text into `written` as it arrives; returns what went wrong, or None."""
        import httpx2
        from openai import APIConnectionError, APIStatusError, OpenAIError

        if any(stop.is_set(row) for stop in stops):
            return None
        messages = [{"role": message.role, "content": message.content} for message in prompt]
        try:
            with self._client.chat.completions.create(
                model=self.name,
                messages=cast("list[ChatCompletionMessageParam]", messages),
                max_tokens=max_tokens,
                temperature=0,
                stream=True,
            ) as chunks:
                finished = False
                for chunk in chunks:
                    if any(stop.is_set(row) for stop in stops):
                        return None
                    for choice in chunk.choices[:1]:
                        if choice.delta.content:
                            written.put((row, choice.delta.content))
                        finished = finished or choice.finish_reason is not None
            return None if finished else RemoteError(self._says("broke off an answer"))
        except APIConnectionError as error:
            return RemoteError(self._says(f"could not be reached ({error})"))
        except APIStatusError as error:
            return RemoteError(self._says(f"answered with status {error.status_code}"))
        except (OpenAIError, httpx2.HTTPError) as error:
            return RemoteError(self._says(f"broke off an answer ({type(error).__name__})"))
        except (ValueError, AttributeError, TypeError) as error:  # a chunk that is no JSON, or JSON of another shape
            return RemoteError(self._says(f"sent what is no chat completion ({type(error).__name__})"))

    def _says(self, what: str) -> str:
        return f"The language model server {self._address} {what}: check that it runs and serves {self.name!r}."
