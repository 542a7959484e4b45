"""Keeps what a model writes inside a grammar: which tokens may follow, and which must.

Knows the tokenizer and llguidance; knows nothing of what the grammar is about, nor of the model.
"""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any

from assistant.weights import ModelError


class Guide:
    """The way of one row through its grammar, a token at a time."""

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher

    @property
    def done(self) -> bool:
        """True when nothing may follow."""
        return bool(self._matcher.is_stopped())

    def allowed(self) -> list[int]:
        """The tokens that may follow, in order."""
        import numpy

        bits = numpy.frombuffer(self._matcher.compute_bitmask(), dtype=numpy.uint8)
        return list(numpy.flatnonzero(numpy.unpackbits(bits, bitorder="little")).tolist())

    def valid(self, tokens: Sequence[int]) -> int:
        """How many of the tokens, from the first on, may follow one another."""
        return int(self._matcher.validate_tokens(list(tokens)))

    def take(self, token: int) -> None:
        """Goes on by a token; one that may not follow leaves the guide done."""
        self._matcher.consume_token(token)

    def forced(self) -> list[int]:
        """Goes on by the tokens that must follow, and returns them; none where there is a choice."""
        tokens = list(self._matcher.compute_ff_tokens())
        if tokens:
            self._matcher.consume_tokens(tokens)
        return tokens


class Grammars:
    """Makes guides for one tokenizer; `ends` are its tokens that end an answer."""

    def __init__(self, tokenizer: Any, *, ends: Collection[int]) -> None:
        from llguidance import LLTokenizer

        try:
            self._tokens = LLTokenizer(described(tokenizer), eos_token=sorted(ends) or None)
        except ValueError as error:
            raise ModelError(f"The model's tokenizer cannot follow a grammar ({error}): take another model.") from error
        first = tokenizer("a", add_special_tokens=False)["input_ids"]
        self._begins_with_space = self._tokens.decode_bytes(first).startswith(b" ")

    def guide(self, grammar: str) -> Guide:
        """A guide at the start of a Lark grammar as llguidance reads it. Raises ModelError."""
        from llguidance import LLMatcher

        if self._begins_with_space:  # as T5's do: their first word is written with a space that no one sees
            grammar = re.sub(r"(?m)^start\s*:", 'start: " "? started\nstarted:', grammar, count=1)
        matcher = LLMatcher(self._tokens, grammar, log_level=0)
        if matcher.is_error():
            reason = " ".join(matcher.get_error().split())
            raise ModelError(f"The grammar cannot be followed ({reason}): {grammar!r}.")
        return Guide(matcher)


def described(tokenizer: Any) -> str:
    """A fast tokenizer's own description, in words that llguidance knows.

    It reads no decoder of the Metaspace kind, T5's, which only turns the signs for spaces back into spaces.
    """
    whole = json.loads(tokenizer.backend_tokenizer.to_str())
    whole |= {"padding": None, "truncation": None}
    kind = whole["decoder"] or {}
    if kind.get("type") == "Metaspace":
        space = {"type": "Replace", "pattern": {"String": kind["replacement"]}, "content": " "}
        whole["decoder"] = {"type": "Sequence", "decoders": [space, {"type": "ByteFallback"}, {"type": "Fuse"}]}
    return json.dumps(whole)
