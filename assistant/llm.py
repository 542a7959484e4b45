"""Language models behind one door: prompts in, text out as it is written.

Knows how models are found, loaded and run, and how messages become a prompt; does not know what is asked of them.
Local models run through transformers (decoder-only and T5-style), others through any OpenAI-compatible address.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from assistant.adapters import (
    CARD,
    SHIPPED,
    AdapterError,
    check_adapter,
    first_line,
    merged,
    quiet,
    tuned,
)
from assistant.constrain import Grammars
from assistant.decoding import Decoder, choose_dtype, cores
from assistant.weights import ModelError, Say, default_weights


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


Prompt = Sequence[Message]


class Stop:
    """Ends a generation early, from any thread: every row, or one row whose text is of no more use."""

    def __init__(self) -> None:
        self._all = threading.Event()
        self._rows: set[int] = set()

    def set(self) -> None:
        """Ends every row."""
        self._all.set()

    def set_row(self, row: int) -> None:
        """Ends one row; the others go on, and faster."""
        self._rows.add(row)

    def is_set(self, row: int | None = None) -> bool:
        """True when everything is to end or, with a row, when that row is."""
        return self._all.is_set() or row in self._rows


class ChatModel(Protocol):
    """A model that answers prompts."""

    @property
    def name(self) -> str:
        """What the model is called on the page and in reports."""

    @property
    def tasks(self) -> frozenset[str]:
        """Those of TASKS that the model was trained for; empty for a model as it came."""

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,
        stop: Stop | None = None,
        grammars: Sequence[str] | None = None,
    ) -> Iterator[tuple[int, str]]:
        """Writes the answers to all prompts at once, greedily; yields (row, new text) as text is ready.

        A row ends at the model's end token or after `max_tokens`. A set `stop` ends the generation within a token,
        as does closing the iterator. `grammars` has a Lark grammar for each prompt; a model whose tokens cannot be
        chosen here ignores it, and an answer that `max_tokens` cut off is only the beginning of one, so what comes
        back is to be parsed all the same. Raises ModelError.
        """


def generate(
    model: ChatModel,
    prompts: Sequence[Prompt],
    *,
    max_tokens: int,
    stop: Stop | None = None,
    grammars: Sequence[str] | None = None,
) -> list[str]:
    """The whole answers, in the order of the prompts."""
    texts = [""] * len(prompts)
    for row, text in model.stream(prompts, max_tokens=max_tokens, stop=stop, grammars=grammars):
        texts[row] += text
    return [text.strip() for text in texts]


class TransformersChat:
    """A local model from a folder or a hub name: decoder-only or encoder-decoder, safetensors, no remote code.

    `dtype` is "float32" or "bfloat16"; None measures and takes the faster, and `dtype_reason` says why. A phrase of
    `no_repeat` tokens is written at most once an answer (0: no limit). Raises ModelError, AdapterError.
    """

    def __init__(
        self, source: str | Path, adapter: Path | None = None, *, dtype: str | None = None, no_repeat: int = 0
    ) -> None:
        loaded = load_weights(source, adapter, dtype=dtype)
        model, config = loaded.model, loaded.model.config
        self.name, self.dtype_reason = loaded.name, loaded.dtype_reason
        self.tasks = loaded.tasks
        self._tokenizer = loaded.tokenizer
        if adapter is not None:
            self.name += f" + {adapter.name}"
        self._limit: int | None = getattr(config, "max_position_embeddings", None)
        self._rendering = Rendering(self._tokenizer, encoder_decoder=bool(config.is_encoder_decoder))
        ends = end_tokens(model.generation_config.eos_token_id, self._tokenizer.eos_token_id)
        pad = self._tokenizer.pad_token_id
        self._decoder = Decoder(
            model.eval(), ends=ends, pad=pad if pad is not None else min(ends, default=0), no_repeat=no_repeat
        )
        self._grammars = cache(partial(Grammars, self._tokenizer, ends=ends))
        if "understand" in self.tasks:
            self._grammars()  # a third of a second, better now than at the first message

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,
        stop: Stop | None = None,
        grammars: Sequence[str] | None = None,
    ) -> Iterator[tuple[int, str]]:
        """As ChatModel says; what the prompts share with each other and with earlier ones is read only once."""
        if not prompts:
            return
        guides = [self._grammars().guide(grammar) for grammar in grammars] if grammars is not None else None
        rows = [self._fit(self.tokens_of(prompt), max_tokens) for prompt in prompts]
        pieces = [Pieces(self._tokenizer) for _ in rows]
        stop = stop or Stop()
        for row, token in self._decoder.tokens(rows, max_tokens, stop, guides):
            if text := pieces[row].add(token):
                yield row, text
        for row, piece in enumerate(pieces):
            if not stop.is_set(row) and (text := piece.rest()):
                yield row, text

    def tokens_of(self, prompt: Prompt) -> list[int]:
        """The prompt as the model reads it."""
        return self._rendering.tokens_of(prompt)

    def _fit(self, tokens: list[int], max_tokens: int) -> list[int]:
        """Takes the middle out of a prompt that the model cannot hold: its ends carry the task."""
        room = max(16, self._limit - max_tokens) if self._limit else len(tokens)
        return tokens if len(tokens) <= room else tokens[: room // 2] + tokens[len(tokens) - (room - room // 2) :]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory as transformers gives it; `folder` holds its files, `name` is the same on any machine, `tasks`
    are those of the adapter that it was loaded for.
    """

    name: str
    folder: Path
    tokenizer: Any
    model: Any
    dtype_reason: str
    tasks: frozenset[str] = frozenset()


def load_weights(source: str | Path, adapter: Path | None = None, *, dtype: str | None = None) -> Loaded:
    """Puts a model's weights and its tokenizer in memory; an adapter must be made for them, and is merged into them.

    Raises ModelError, AdapterError.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    source = str(source)
    local = Path(source).is_dir()
    torch.set_num_threads(cores())
    options = {"local_files_only": local, "trust_remote_code": False}
    tasks: frozenset[str] = frozenset()
    with quiet():
        try:
            config = AutoConfig.from_pretrained(source, **options)
            folder = Path(source) if local else hub_folder(source)
            if adapter is not None and local:
                tasks = check_adapter(adapter, folder)  # before the slow part
            width, inner = matrix_shape(config)
            chosen, reason = (dtype, f"{dtype}, as told") if dtype else choose_dtype(width, inner)
            kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
            tokenizer = AutoTokenizer.from_pretrained(source, **options)

            def load(place: str, dtype: str) -> Any:
                return kind.from_pretrained(place, dtype=getattr(torch, dtype), use_safetensors=True, **options)

            model = tuned(load, folder, adapter, chosen) if adapter is not None and local else load(source, chosen)
        except (OSError, ValueError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The model {source!r} cannot be loaded ({first_line(error)}): give a folder with config.json, "
                "a tokenizer and *.safetensors, a name the model hub knows, or no model for the default one."
            ) from error
    if adapter is not None and not local:
        tasks = check_adapter(adapter, folder)
        model = merged(model, adapter)
    return Loaded(Path(source).name if local else source, folder, tokenizer, model, reason, tasks)


class Rendering:
    """How a prompt becomes the tokens that a model reads: the same in training as in use."""

    def __init__(self, tokenizer: Any, *, encoder_decoder: bool) -> None:
        self._tokenizer = tokenizer
        self._encoder_decoder = encoder_decoder
        self._special = special_tokens(tokenizer)

    def tokens_of(self, prompt: Prompt) -> list[int]:
        """The prompt by the model's chat template, or plainly where there is none.

        Text that spells a special token of the model is data, so it is taken apart first.
        """
        plain = [Message(message.role, self._special.sub(" ", message.content)) for message in prompt]
        tokenizer = self._tokenizer
        if tokenizer.chat_template:
            from jinja2 import TemplateError

            try:
                text = self._templated(plain)
            except TemplateError:  # a template without a system role: its text leads the first message
                text = self._templated(without_system(plain))
            return list(tokenizer(text, add_special_tokens=False)["input_ids"])
        if self._encoder_decoder:
            return list(tokenizer("\n\n".join(message.content for message in plain))["input_ids"])
        lines = [m.content if m.role == "system" else f"{m.role.capitalize()}: {m.content}" for m in plain]
        return list(tokenizer("\n\n".join([*lines, "Assistant:"]))["input_ids"])

    def _templated(self, prompt: Prompt) -> str:
        messages = [{"role": message.role, "content": message.content} for message in prompt]
        return str(self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))


class Pieces:
    """Turns a row's tokens into text piece by piece, holding back a character that is not yet whole."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._tokens: list[int] = []
        self._begin = 0  # decoding starts a piece early, because a token's spaces depend on the one before
        self._sent = 0

    def add(self, token: int) -> str:
        """The text that this token completes; empty while a character is incomplete."""
        self._tokens.append(token)
        text = self._new()
        if not text or text.endswith("\ufffd"):
            return ""
        self._begin, self._sent = self._sent, len(self._tokens)
        return text

    def rest(self) -> str:
        """What is still held back at the end of the row, without a broken character."""
        return self._new().rstrip("\ufffd")

    def _new(self) -> str:
        before = self._decode(self._tokens[self._begin : self._sent])
        return self._decode(self._tokens[self._begin :])[len(before) :]

    def _decode(self, tokens: list[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False))


class ScriptedChat:
    """Answers from a script, one word at a time: what stands in for a model where no weights are wanted.

    `reply` is a function of the prompt, or texts given to the prompts in turn, from the start again after the last;
    `tasks` are those it passes for trained in.
    """

    name = "scripted"

    def __init__(self, reply: Callable[[Prompt], str] | Sequence[str], *, tasks: frozenset[str] = frozenset()) -> None:
        self.tasks = tasks
        self._reply = reply
        self._asked = count()

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,
        stop: Stop | None = None,
        grammars: Sequence[str] | None = None,
    ) -> Iterator[tuple[int, str]]:
        """As ChatModel says; a word counts as a token, and grammars are ignored."""
        stop = stop or Stop()
        rows = [re.findall(r"\s*\S+", self._answer(prompt))[:max_tokens] for prompt in prompts]
        for place in range(max(map(len, rows), default=0)):
            for row, words in enumerate(rows):
                if place < len(words) and not stop.is_set(row):
                    yield row, words[place]

    def _answer(self, prompt: Prompt) -> str:
        if callable(self._reply):
            return self._reply(prompt)
        return self._reply[next(self._asked) % len(self._reply)]


def hub_folder(name: str) -> Path:
    """Where the hub's files of a fetched model lie."""
    from transformers.utils.hub import cached_file

    return Path(str(cached_file(name, "config.json"))).parent


def matrix_shape(config: Any) -> tuple[int, int]:
    """Width and inner width of a model's layers, whatever its configuration calls them."""
    width = int(getattr(config, "hidden_size", 512))
    inner = next((value for key in ("intermediate_size", "d_ff", "n_inner") if (value := getattr(config, key, 0))), 0)
    return width, int(inner) or 4 * width


def special_tokens(tokenizer: Any) -> re.Pattern[str]:
    """Matches every spelling that the tokenizer would read as a special token."""
    added = {str(token) for token in tokenizer.added_tokens_decoder.values() if token.special}
    spelled = sorted({*added, *tokenizer.all_special_tokens} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spelled)) or r"(?!)")


def end_tokens(*ids: int | Sequence[int] | None) -> frozenset[int]:
    """All ids that end an answer, from the configuration's and the tokenizer's own notions of it."""
    found: set[int] = set()
    for each in ids:
        found |= {each} if isinstance(each, int) else set(each or ())
    return frozenset(found)


def without_system(prompt: Prompt) -> list[Message]:
    """The prompt with its system text leading the first other message."""
    system = [message.content for message in prompt if message.role == "system"]
    rest = [message for message in prompt if message.role != "system"]
    if not rest:
        return [Message("user", "\n\n".join(system))]
    return [Message(rest[0].role, "\n\n".join([*system, rest[0].content])), *rest[1:]]


def _transformers(model: str, adapter: Path | None) -> ChatModel:
    return TransformersChat(model, adapter)


def _remote(model: str, adapter: Path | None) -> ChatModel:
    from assistant.remote import RemoteChat

    address, _, name = model.partition("#")
    if not name:
        raise ModelError(f"The address {model!r} names no model: write it as http://host/v1#model-name.")
    return RemoteChat(address, name)


def _scripted(model: str, adapter: Path | None) -> ChatModel:
    return ScriptedChat([model.partition(":")[2]])


BACKENDS: dict[str, Callable[[str, Path | None], ChatModel]] = {
    "transformers": _transformers,
    "http": _remote,
    "https": _remote,
    "scripted": _scripted,
}
"""What loads a model, by what stands before the first colon of its name; names without one are transformers'."""


def load_chat(model: str | None = None, adapter: Path | None = SHIPPED, say: Say = lambda text: None) -> ChatModel:
    """Puts a language model in memory: None is the default one, else a folder, a hub name, http://host/v1#name,
    or scripted:TEXT. Progress goes to `say`. Raises ModelError.

    The shipped adapter is taken where it lies and the model is the default one; None is no adapter.
    """
    if adapter == SHIPPED and (model is not None or not (SHIPPED / CARD).is_file()):
        adapter = None
    scheme = (model or "").partition(":")[0]
    backend = scheme if scheme in BACKENDS else "transformers"
    if adapter is not None and backend != "transformers":
        raise AdapterError(f"An adapter needs a local model, and {model!r} is not one: leave out one of the two.")
    source = model or str(default_weights(say))
    say("loading the language model")
    chat = BACKENDS[backend](source, adapter)
    say(f"language model: {chat.name}" + (f", {chat.dtype_reason}" if isinstance(chat, TransformersChat) else ""))
    return chat
