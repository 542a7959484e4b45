"""Greedy decoding of a batch: token ids in, token ids out, one step at a time.

Knows tensors, key-value caches and this machine's processor; knows nothing of messages, text or products.
"""

import inspect
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from assistant.row import Guide, Row, repeating

if TYPE_CHECKING:
    import torch

# Threads that wait by spinning take the processor from the ones they wait for: with other work on the same cores a
# step was nine times slower. Read once, when torch is first imported, so it is set before.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

READ_TOKENS = 256
"""Prompt tokens read in one forward pass: a stop is looked for between passes, so this bounds its delay."""

PREFIX_TOKENS = 2048
"""Prompt tokens whose keys and values are kept for the next batch (46 kB a token for SmolLM2 in float32)."""

SHORTEST_PREFIX = 8
"""Tokens of a prefix worth a pass of its own: the pass took 39 ms, once, and each token read again 1 ms a row."""

GUESSES = 6
"""Tokens that a single row reads ahead where the prompt has already told them: up to 8 cost little more than one."""


class Stopping(Protocol):
    """What the loop asks between two tokens: is the whole batch (None) or one row of it to end?"""

    def is_set(self, row: int | None = None) -> bool: ...


class PrefixCache:
    """Keys and values of the prompts read last, found again by their longest common token prefix."""

    def __init__(self, limit: int = PREFIX_TOKENS) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[int, ...], list[tuple[torch.Tensor, torch.Tensor]]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, tokens: Sequence[int]) -> tuple[int, list[tuple["torch.Tensor", "torch.Tensor"]]]:
        """How many of the first tokens are known, and their keys and values by layer (views, not to be written)."""
        with self._lock:
            best = max(self._kept, key=lambda known: shared_length([known, tokens]), default=())
            length = shared_length([best, tokens])
            if length < SHORTEST_PREFIX:
                return 0, []
            self._kept.move_to_end(best)
            return length, [(keys[..., :length, :], values[..., :length, :]) for keys, values in self._kept[best]]

    def keep(self, tokens: Sequence[int], layers: list[tuple["torch.Tensor", "torch.Tensor"]]) -> None:
        """Remembers what was read; what was used longest ago is forgotten first."""
        if len(tokens) > self._limit:
            return
        with self._lock:
            self._kept[tuple(tokens)] = layers
            while sum(map(len, self._kept)) > self._limit:
                self._kept.popitem(last=False)


class Batch:
    """Rows on their way: the logits of the next token, shape (rows, vocabulary), and what the next step needs.

    A single row may have read `guesses` ahead: `further` are the logits after each of them.
    """

    def __init__(self, logits: "torch.Tensor", cache: Any, mask: "torch.Tensor") -> None:
        self.logits = logits
        self.cache = cache
        self.mask = mask
        self.positions: torch.Tensor | None = None
        self.encoded: Any = None
        self.guesses: list[int] = []
        self.further: torch.Tensor = logits[:0]

    def select(self, rows: list[int]) -> None:
        """Goes on with some rows only, so that ended rows cost nothing."""
        import torch

        index = torch.tensor(rows)
        self.cache.batch_select_indices(index)
        self.mask = self.mask[index]
        if self.positions is not None:
            self.positions = self.positions[index]
        if self.encoded is not None:
            self.encoded.last_hidden_state = self.encoded.last_hidden_state[index]

    def catch_up(self, unread: list[int]) -> None:
        """Takes what was guessed right out of `unread`; what was guessed wrong is forgotten."""
        right = shared_length([unread, self.guesses])
        if right:
            self.logits = self.further[right - 1 : right]
            self.further = self.further[right:]
            del unread[:right], self.guesses[:right]
        if unread and self.guesses:
            wrong = len(self.guesses)
            self.cache.crop(-wrong)
            self.mask = self.mask[:, :-wrong]
            if self.positions is not None:
                self.positions = self.positions - wrong
            self.guesses = []


class Decoder:
    """Runs a transformers model, decoder-only or encoder-decoder, over batches of prompts.

    `ends` are the tokens that end a row; `pad` fills shorter rows on the left. A phrase of `no_repeat` tokens is
    written at most once a row (0: no limit).
    """

    def __init__(self, model: Any, *, ends: frozenset[int], pad: int, no_repeat: int = 0) -> None:
        from transformers import DynamicCache
        from transformers.cache_utils import DynamicLayer

        quicken_head(model)
        self._model = model
        self._ends = ends
        self._pad = pad
        self._no_repeat = no_repeat
        known = inspect.signature(model.forward).parameters
        self._last_only = {"logits_to_keep": 1} if "logits_to_keep" in known else {}
        self._takes_positions = "position_ids" in known
        self._prefixes = PrefixCache()
        # Windowed and recurrent layers forget, so a prefix cannot be cut out of them.
        plain = not model.config.is_encoder_decoder and all(
            type(layer) is DynamicLayer for layer in DynamicCache(config=model.config).layers
        )
        self.reuses_prefixes = plain and self._takes_positions

    def tokens(
        self,
        prompts: Sequence[Sequence[int]],
        max_tokens: int,
        stop: Stopping,
        guides: Sequence[Guide | None] | None = None,
    ) -> Iterator[tuple[int, int]]:
        """Yields (row, token) in steps over all rows; a row ends at an end token, a stop, `max_tokens`, or where its
        guide lets nothing follow. Tokens that a guide forces are not asked for: a single row reads them at once.
        """
        if max_tokens < 1:
            return
        batch = self._encode(prompts) if self._model.config.is_encoder_decoder else self._read(prompts, stop)
        rows = [
            Row(prompt, guide, max_tokens)
            for prompt, guide in zip(prompts, guides or [None] * len(prompts), strict=True)
        ]
        guessing = self.reuses_prefixes and len(rows) == 1
        alive = list(range(len(rows)))
        while batch is not None and not stop.is_set():
            picked = self._pick(batch, [rows[row] for row in alive])
            places = []
            for place, (row, token) in enumerate(zip(alive, picked, strict=True)):
                if not rows[row].unread:
                    if stop.is_set(row):
                        continue
                    for new in rows[row].go_on(token, self._ends):
                        yield row, new
                        if stop.is_set(row):
                            break
                if rows[row].open and not stop.is_set(row):
                    places.append(place)
            if not places or stop.is_set():
                return
            if len(places) < len(alive):
                batch.select(places)
            alive = [alive[place] for place in places]
            unread = [rows[row].unread for row in alive]
            if guessing:
                batch.catch_up(unread[0])
                if unread[0]:
                    self._step(batch, unread, rows[0].guess(GUESSES))
                    unread[0].clear()
            else:
                width = min(map(len, unread))
                self._step(batch, [tokens[:width] for tokens in unread])
                for tokens in unread:
                    del tokens[:width]

    def _pick(self, batch: Batch, rows: Sequence[Row]) -> list[int | None]:
        """The likeliest token that may follow, a row; None where none may, or where what follows is known."""
        import torch

        picked: list[int | None] = [None] * len(rows)
        with torch.inference_mode():
            free = [place for place, row in enumerate(rows) if row.guide is None]
            for place in free:
                if banned := repeating(rows[place].written, self._no_repeat):
                    batch.logits[place, banned] = float("-inf")
            if free:
                best = batch.logits.argmax(-1).tolist()
                for place in free:
                    picked[place] = best[place]
            for place, row in enumerate(rows):
                # A few numbers are compared, and not the whole vocabulary masked: that took as long as half a step.
                if row.guide is not None and not row.unread:
                    allowed = [token for token in row.guide.allowed() if token < batch.logits.shape[-1]]
                    if allowed:
                        picked[place] = allowed[int(batch.logits[place, allowed].argmax())]
        return picked

    def _read(self, prompts: Sequence[Sequence[int]], stop: Stopping) -> Batch | None:
        """Reads the prompts of a decoder-only model as [shared prefix][padding][rest]; None when stopped."""
        import torch
        from transformers import DynamicCache

        config = self._model.config
        if len(prompts) == 1 and self.reuses_prefixes:
            return self._read_one(prompts[0], stop)
        shared = min(shared_length(prompts), min(map(len, prompts)) - 1) if self.reuses_prefixes else 0
        if shared < SHORTEST_PREFIX:
            shared = 0
        cache = DynamicCache(config=config)
        if shared:
            prefix = prompts[0][:shared]
            known, layers = self._prefixes.find(prefix)
            if known < shared:
                cache = DynamicCache(layers or None, config=config)
                mask = torch.ones(1, shared, dtype=torch.long)
                if self._forward(torch.tensor([prefix]), mask, cache, known, stop) is None:
                    return None
                layers = [(layer.keys, layer.values) for layer in cast(Any, cache.layers)]
                self._prefixes.keep(prefix, layers)
            rows = len(prompts)
            spread = [(keys.expand(rows, -1, -1, -1), values.expand(rows, -1, -1, -1)) for keys, values in layers]
            cache = DynamicCache(spread, config=config)
        rest = [list(prompt[shared:]) for prompt in prompts]
        width = max(map(len, rest))
        gaps = [width - len(row) for row in rest]
        ids = torch.tensor([[self._pad] * (shared + gap) + row for gap, row in zip(gaps, rest, strict=True)])
        mask = torch.tensor([[1] * shared + [0] * gap + [1] * (width - gap) for gap in gaps])
        logits = self._forward(ids, mask, cache, shared, stop)
        if logits is None:
            return None
        batch = Batch(logits, cache, mask)
        batch.positions = mask.sum(-1, keepdim=True)
        return batch

    def _read_one(self, prompt: Sequence[int], stop: Stopping) -> Batch | None:
        """Reads one prompt from where it differs from what was read before; None when stopped."""
        import torch
        from transformers import DynamicCache

        known, layers = self._prefixes.find(prompt[:-1])
        cache = DynamicCache(layers or None, config=self._model.config)
        mask = torch.ones(1, len(prompt), dtype=torch.long)
        logits = self._forward(torch.tensor([list(prompt)]), mask, cache, known, stop)
        if logits is None:
            return None
        self._prefixes.keep(prompt, [(layer.keys, layer.values) for layer in cast(Any, cache.layers)])
        batch = Batch(logits, cache, mask)
        batch.positions = mask.sum(-1, keepdim=True)
        return batch

    def _forward(
        self, ids: "torch.Tensor", mask: "torch.Tensor", cache: Any, known: int, stop: Stopping
    ) -> "torch.Tensor | None":
        """Reads the columns from `known` on into the cache, in passes; the last logits, or None when stopped."""
        import torch

        logits = None
        columns = max(16, READ_TOKENS // ids.shape[0])
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        for start in range(known, ids.shape[1], columns):
            if stop.is_set():
                return None
            end = min(start + columns, ids.shape[1])
            placed = {"position_ids": positions[:, start:end]} if self._takes_positions else {}
            with torch.inference_mode():
                logits = self._model(
                    input_ids=ids[:, start:end],
                    attention_mask=mask[:, :end],
                    past_key_values=cache,
                    use_cache=True,
                    **placed,
                    **self._last_only,
                ).logits[:, -1]
        return logits

    def _encode(self, prompts: Sequence[Sequence[int]]) -> Batch:
        """Reads the prompts of an encoder-decoder model and begins every row with the decoder's start token."""
        import torch

        width = max(map(len, prompts))
        ids = torch.tensor([[self._pad] * (width - len(prompt)) + list(prompt) for prompt in prompts])
        mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts])
        with torch.inference_mode():
            encoded = self._model.get_encoder()(input_ids=ids, attention_mask=mask)
        batch = Batch(torch.empty(0), None, mask)
        batch.encoded = encoded
        self._step(batch, [[self._model.generation_config.decoder_start_token_id]] * len(prompts))
        return batch

    def _step(self, batch: Batch, tokens: Sequence[Sequence[int]], guesses: Sequence[int] = ()) -> None:
        """Feeds tokens, equally many a row, and leaves the logits of the next; of a single row also guesses."""
        import torch

        columns = torch.tensor([[*row, *guesses] for row in tokens])
        asked = len(guesses) + 1
        with torch.inference_mode():
            if batch.encoded is not None:
                out = self._model(
                    encoder_outputs=batch.encoded,
                    attention_mask=batch.mask,
                    decoder_input_ids=columns,
                    past_key_values=batch.cache,
                    use_cache=True,
                )
                batch.cache = out.past_key_values
            else:
                width = columns.shape[1]
                batch.mask = torch.cat([batch.mask, torch.ones_like(columns)], dim=-1)
                placed = {}
                if self._takes_positions and batch.positions is not None:
                    placed["position_ids"] = batch.positions + torch.arange(width)
                    batch.positions = batch.positions + width
                out = self._model(
                    input_ids=columns,
                    attention_mask=batch.mask,
                    past_key_values=batch.cache,
                    use_cache=True,
                    **placed,
                    **dict.fromkeys(self._last_only, asked),
                )
            batch.logits = out.logits[:, -asked]
            batch.guesses, batch.further = list(guesses), out.logits[0, len(out.logits[0]) - asked + 1 :]


def quicken_head(model: Any) -> None:
    """Lets the output layer multiply from the other side for a few rows: the same numbers, a fifth off each step.

    The matrix is by far the tallest of the model (49,152 rows in SmolLM2), and the usual order reads it badly when
    there are 2 to 16 rows: 50 ms against 18 ms. The model's other layers gain nothing.
    """
    import torch

    head = model.get_output_embeddings()
    if type(head) is not torch.nn.Linear or head.bias is not None:
        return

    def forward(hidden: "torch.Tensor") -> "torch.Tensor":
        flat = hidden.reshape(-1, hidden.shape[-1])
        if not 2 <= len(flat) <= 16:
            return torch.nn.functional.linear(hidden, head.weight)
        return torch.mm(head.weight, flat.t()).t().reshape(*hidden.shape[:-1], -1)

    head.forward = forward


def shared_length(rows: Sequence[Sequence[int]]) -> int:
    """How many first tokens all rows share."""
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*rows, strict=False)))


def cores() -> int:
    """Physical processor cores that this process may use; a container's processor quota counts."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    siblings = set()
    for cpu in allowed:
        try:
            siblings.add(Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text("ascii"))
        except OSError:
            siblings.add(str(cpu))
    count = len(siblings)
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        count = min(count, max(1, int(quota) // int(period)))
    except (OSError, ValueError):  # no cgroup, or "max": no quota
        pass
    return max(1, count)


def choose_dtype(width: int, inner: int) -> tuple[str, str]:
    """The faster of bfloat16 and float32 for a model with matrices of (inner, width), and the reason as a sentence.

    Measured, because processors that know bfloat16 only by name are several times slower with it. A turn is taken as
    600 prompt tokens and 30 steps of 4 rows.
    """
    import torch

    width, inner = min(width, 1024), min(inner, 4096)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # one thread's own time is the same on a busy machine
    seconds = {}
    with torch.inference_mode():
        for dtype in (torch.float32, torch.bfloat16):
            # More matrices than a processor's cache holds, as in a real step.
            matrices = [torch.ones(inner, width, dtype=dtype) for _ in range(max(2, 16_000_000 // (inner * width)))]
            step = min(_seconds_each(matrices, torch.ones(4, width, dtype=dtype)) for _ in range(2))
            read = min(_seconds_each(matrices[:1], torch.ones(64, width, dtype=dtype)) for _ in range(3))
            seconds[dtype] = 30 * step + 600 / 64 * read
    torch.set_num_threads(threads)
    ratio = seconds[torch.bfloat16] / seconds[torch.float32]
    if ratio < 1.05:  # at equal speed the smaller
        return "bfloat16", f"bfloat16, because it takes {ratio:.2f} of float32's time on this processor (measured)"
    return "float32", f"float32, because bfloat16 takes {ratio:.1f} times as long on this processor (measured)"


def _seconds_each(matrices: Sequence["torch.Tensor"], rows: "torch.Tensor") -> float:
    import torch

    start = time.thread_time()
    for matrix in matrices:
        torch.nn.functional.linear(rows, matrix)
    return (time.thread_time() - start) / len(matrices)
