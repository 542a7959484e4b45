from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.decoding import Decoder, PrefixCache, choose_dtype, cores, quicken_head, shared_length
from assistant.llm import Stop
from assistant.row import Guide

PREFIX = list(range(10, 40))
PROMPTS = [[*PREFIX, 41, 42, 43], [*PREFIX, 44], [*PREFIX, 45, 46, 47, 48, 49]]
NEVER = frozenset({999})


def tiny_llama(spread: float = 0.3) -> Any:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.set_num_threads(1)  # tiny products gain nothing from a second
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=96,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=spread,
        eos_token_id=None,
        bos_token_id=None,
    )
    model: Any = LlamaForCausalLM(config)
    return model.eval()


def tiny_t5() -> Any:
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    torch.manual_seed(1)
    config: Any = T5Config(
        vocab_size=96,
        d_model=32,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_heads=4,
        initializer_factor=3.0,
        eos_token_id=1,
        pad_token_id=0,
    )
    model: Any = T5ForConditionalGeneration(config)
    model.generation_config.decoder_start_token_id = 0
    model.generation_config.eos_token_id = None
    return model.eval()


def tiny_windowed() -> Any:
    import torch
    from transformers import MistralConfig, MistralForCausalLM

    torch.manual_seed(2)
    config = MistralConfig(
        vocab_size=96,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        sliding_window=8,
        initializer_range=0.3,
        eos_token_id=None,
    )
    model: Any = MistralForCausalLM(config)
    return model.eval()


def alone(model: Any, prompt: Sequence[int], count: int) -> list[int]:
    """What transformers' own greedy generation writes after one prompt."""
    import torch

    ids = torch.tensor([list(prompt)])
    out = model.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=count,
        do_sample=False,
        pad_token_id=0,
    )[0].tolist()
    return [int(token) for token in (out[1:] if model.config.is_encoder_decoder else out[len(prompt) :])]


def written(
    decoder: Decoder, prompts: Sequence[Sequence[int]], count: int, stop: Stop | None = None
) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in prompts]
    for row, token in decoder.tokens(prompts, count, stop or Stop()):
        rows[row].append(token)
    return rows


def count_read(model: Any) -> list[int]:
    """The number of tokens in each forward pass from now on."""
    passes: list[int] = []
    model.register_forward_pre_hook(
        lambda module, args, kwargs: passes.append(kwargs["input_ids"].numel()), with_kwargs=True
    )
    return passes


@pytest.mark.parametrize("make", [tiny_llama, tiny_t5, tiny_windowed])
def test_a_batch_writes_what_each_prompt_gets_alone(make: Any) -> None:
    model = make()
    expected = [alone(model, prompt, 12) for prompt in PROMPTS]
    assert len({tuple(row) for row in expected}) == 3, "the tiny model must tell the prompts apart"
    decoder = Decoder(model, ends=NEVER, pad=0)
    assert written(decoder, PROMPTS, 12) == expected
    assert written(decoder, PROMPTS[:1], 12) == expected[:1]
    assert written(decoder, PROMPTS, 12) == expected


def test_a_shared_prefix_is_read_once_and_changes_nothing() -> None:
    model = tiny_llama()
    expected = [alone(model, prompt, 6) for prompt in PROMPTS]
    decoder = Decoder(model, ends=NEVER, pad=0)
    passes = count_read(model)
    assert written(decoder, PROMPTS, 6) == expected
    assert passes[:2] == [30, 3 * 5], "the prefix once, then the three rests padded to the longest"
    passes.clear()
    longer = [[*PREFIX, 50, 51, 60], [*PREFIX, 50, 51, 61]]
    expected = [alone(model, prompt, 6) for prompt in longer]
    passes.clear()
    assert written(decoder, longer, 6) == expected
    assert passes[:2] == [2, 2], "two new shared tokens, then one token a row"


def test_windowed_layers_do_not_reuse_prefixes() -> None:
    assert not Decoder(tiny_windowed(), ends=NEVER, pad=0).reuses_prefixes
    assert not Decoder(tiny_t5(), ends=NEVER, pad=0).reuses_prefixes
    assert Decoder(tiny_llama(), ends=NEVER, pad=0).reuses_prefixes


@pytest.mark.parametrize("make", [tiny_llama, tiny_t5])
def test_rows_end_on_their_own_and_leave_the_others_unchanged(make: Any) -> None:
    model = make()
    expected = [alone(model, prompt, 12) for prompt in PROMPTS]
    end = expected[1][4]
    cut = [row[: row.index(end)] if end in row else row for row in expected]
    assert written(Decoder(model, ends=frozenset({end}), pad=0), PROMPTS, 12) == cut


def test_a_stopped_row_ends_and_costs_nothing_more() -> None:
    model = tiny_llama()
    expected = [alone(model, prompt, 8) for prompt in PROMPTS]
    decoder = Decoder(model, ends=NEVER, pad=0)
    stop, rows = Stop(), [[], [], []]  # type: tuple[Stop, list[list[int]]]
    passes = count_read(model)
    for row, token in decoder.tokens(PROMPTS, 8, stop):
        rows[row].append(token)
        if row == 1 and len(rows[1]) == 3:
            stop.set_row(1)
    assert rows == [expected[0], expected[1][:3], expected[2]]
    assert passes[2:] == [3, 3, 2, 2, 2, 2, 2]


def test_a_stop_ends_the_batch_within_a_token_and_also_while_prompts_are_read() -> None:
    model = tiny_llama()
    decoder = Decoder(model, ends=NEVER, pad=0)
    passes = count_read(model)
    stop = Stop()
    seen = 0
    for _ in decoder.tokens(PROMPTS, 500, stop):
        seen += 1
        if seen == 5:
            stop.set()
            done = len(passes)
    assert seen <= 5 + 3
    assert len(passes) == done
    reading = Stop()
    model.register_forward_pre_hook(lambda module, args: reading.set())
    passes.clear()
    assert list(decoder.tokens([[7] * 1000], 5, reading)) == []
    assert passes == [256], "one pass of the four that the prompt takes"


def test_closing_the_iterator_ends_the_work() -> None:
    model = tiny_llama()
    passes = count_read(model)
    stream = Decoder(model, ends=NEVER, pad=0).tokens(PROMPTS, 500, Stop())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert len(passes) == 2


def test_no_phrase_is_written_twice() -> None:
    model = tiny_llama(spread=0.05)
    free = written(Decoder(model, ends=NEVER, pad=0), [[5, 6]], 80)[0]
    held = written(Decoder(model, ends=NEVER, pad=0, no_repeat=3), [[5, 6]], 80)[0]
    assert phrases_twice(free, 3), "the free model loops, or this shows nothing"
    assert len(held) == 80
    assert not phrases_twice(held, 3)


def phrases_twice(tokens: Sequence[int], size: int) -> bool:
    phrases = [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)]
    return len(set(phrases)) < len(phrases)


def test_what_is_read_ahead_changes_nothing_and_saves_passes() -> None:
    model = tiny_llama(spread=0.05)  # it loops, so that what it wrote tells what it will write
    expected = alone(model, [5, 6, 7], 40)
    decoder = Decoder(model, ends=NEVER, pad=0)
    passes = count_read(model)
    assert written(decoder, [[5, 6, 7]], 40) == [expected]
    assert len(passes) < 35
    for prompt in PROMPTS:
        guessed_wrong = [*prompt, *reversed(prompt)]
        assert written(decoder, [guessed_wrong], 20) == [alone(model, guessed_wrong, 20)]


@given(prompt=st.lists(st.integers(3, 8), min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_a_row_that_reads_ahead_writes_what_it_would_alone(prompt: list[int]) -> None:
    model = looping()
    assert written(Decoder(model, ends=NEVER, pad=0), [prompt], 12) == [alone(model, prompt, 12)]


@cache
def looping() -> Any:
    return tiny_llama(spread=0.12)


class Way:
    """A guide that lets only some tokens follow, and forces one after another (`after`)."""

    def __init__(self, allowed: Sequence[int], after: dict[int, int], length: int = 1000) -> None:
        self._allowed = list(allowed)
        self._after = after
        self._left = length
        self._last = -1

    @property
    def done(self) -> bool:
        return self._left <= 0

    def allowed(self) -> Sequence[int]:
        return [self._after[self._last]] if self._last in self._after else self._allowed

    def valid(self, tokens: Sequence[int]) -> int:
        last = self._last
        for place, token in enumerate(tokens):
            if place >= self._left or token not in ([self._after[last]] if last in self._after else self._allowed):
                return place
            last = token
        return len(tokens)

    def take(self, token: int) -> None:
        assert token in self.allowed()
        self._last = token
        self._left -= 1

    def forced(self) -> list[int]:
        found = []
        while self._last in self._after and not self.done:
            found.append(self._after[self._last])
            self.take(found[-1])
        return found


class Asked(Way):
    """The same, but what is forced is asked for like everything else."""

    def forced(self) -> list[int]:
        return []


@pytest.mark.parametrize("make", [tiny_llama, tiny_t5, tiny_windowed])
@pytest.mark.parametrize("rows", [1, 3])
def test_forced_tokens_change_nothing_and_save_passes(make: Any, rows: int) -> None:
    model = make()
    allowed, after = range(20, 60), {token: token + 40 for token in range(20, 56)} | {70: 10, 10: 11}
    decoder = Decoder(model, ends=NEVER, pad=0)
    passes = count_read(model) if not model.config.is_encoder_decoder else []
    asked = guided(decoder, PROMPTS[:rows], 15, [Asked(allowed, after) for _ in range(rows)])
    used = len(passes)
    passes.clear()
    assert guided(decoder, PROMPTS[:rows], 15, [Way(allowed, after) for _ in range(rows)]) == asked
    assert any(token in after for row in asked for token in row), "or nothing was forced"
    if passes and rows == 1:
        assert len(passes) < used


@pytest.mark.parametrize("make", [tiny_llama, tiny_t5])
def test_each_row_keeps_to_its_own_guide_and_ends_with_it(make: Any) -> None:
    model = make()
    decoder = Decoder(model, ends=NEVER, pad=0)
    guides = [Way(range(20, 40), {}, 4), None, Way(range(60, 90), {61: 62}, 9)]
    first, free, last = guided(decoder, PROMPTS, 12, guides)
    assert len(first) == 4
    assert set(first) <= set(range(20, 40))
    assert free == alone(model, PROMPTS[1], 12)
    assert len(last) == 9
    assert set(last) <= set(range(60, 90))
    assert guided(decoder, PROMPTS[2:], 12, [Way(range(60, 90), {61: 62}, 9)]) == [last]


def test_a_row_ends_where_its_guide_lets_nothing_follow() -> None:
    decoder = Decoder(tiny_llama(), ends=NEVER, pad=0)
    assert guided(decoder, PROMPTS[:2], 12, [Way([], {}), Way([30], {})]) == [[], [30] * 12]
    assert guided(decoder, PROMPTS[:1], 12, [Way([1000], {})]) == [[]], "a token that the model does not have"


def test_of_legal_tokens_the_likeliest_is_written() -> None:
    model = tiny_llama()
    expected = alone(model, PROMPTS[0], 12)
    decoder = Decoder(model, ends=NEVER, pad=0)
    assert guided(decoder, PROMPTS[:1], 12, [Way(sorted(set(expected) | {3, 4}), {})]) == [expected]


def guided(
    decoder: Decoder, prompts: Sequence[Sequence[int]], count: int, guides: Sequence[Guide | None]
) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in prompts]
    for row, token in decoder.tokens(prompts, count, Stop(), guides):
        rows[row].append(token)
    return rows


def test_two_tasks_keep_their_beginnings_from_turn_to_turn() -> None:
    model = tiny_llama()
    decoder = Decoder(model, ends=NEVER, pad=0)
    reads, explains = list(range(40, 50)), list(range(60, 69))
    first = [[*reads, 1, 2, 3]], [[*explains, turn, 5] for turn in (3, 4, 6)]
    second = [[*reads, 4, 5]], [[*explains, turn, 5] for turn in (7, 8)]
    passes = count_read(model)
    for one, several in (first, second):
        assert written(decoder, one, 1) == [alone(model, one[0], 1)]
        assert written(decoder, several, 1) == [alone(model, row, 1) for row in several]
    own = [count for count in passes if count not in (13, 12, 11)]  # what transformers itself read, to compare
    assert own == [9, 6, 2, 4], "the second turn reads no beginning again"


def test_one_prompt_is_read_from_where_it_differs_from_an_earlier_one() -> None:
    model = tiny_llama()
    expected = [alone(model, prompt, 5) for prompt in PROMPTS]
    decoder = Decoder(model, ends=NEVER, pad=0)
    passes = count_read(model)
    for prompt, text, read in zip(PROMPTS, expected, [33, 1, 5], strict=True):
        passes.clear()
        assert written(decoder, [prompt], 5) == [text]
        assert passes[0] == read
    passes.clear()
    assert written(decoder, PROMPTS[:1], 5) == expected[:1]
    assert passes[0] == 1, "its last token, for what comes after it"


@given(st.lists(st.lists(st.integers(0, 2), max_size=8), min_size=1, max_size=4))
def test_shared_length_is_the_longest_common_prefix(rows: list[list[int]]) -> None:
    length = shared_length(rows)
    assert all(row[:length] == rows[0][:length] and len(row) >= length for row in rows)
    assert len({tuple(row[: length + 1]) for row in rows}) > 1 or any(len(row) == length for row in rows)


def test_prefixes_are_found_by_what_they_share_and_the_oldest_is_forgotten() -> None:
    import torch

    def layers(length: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
        return [(torch.arange(length).reshape(1, 1, length, 1), torch.zeros(1, 1, length, 1))]

    cache = PrefixCache(limit=70)
    cache.keep(range(30), layers(30))
    cache.keep(range(100, 130), layers(30))
    length, found = cache.find([*range(20), 7, 8, 9])
    assert length == 20
    assert found[0][0].flatten().tolist() == list(range(20))
    assert cache.find([*range(7), 70]) == (0, []), "too short to be worth it"
    cache.keep(range(200, 230), layers(30))
    assert cache.find(range(30))[0] == 30, "used last, so kept"
    assert cache.find(range(100, 130)) == (0, [])
    cache.keep(range(300, 400), layers(100))
    assert cache.find(range(300, 400)) == (0, []), "longer than everything that may be kept"


@pytest.mark.parametrize("rows", [1, 2, 16, 17])
def test_the_quick_head_gives_the_same_logits(rows: int) -> None:
    import torch

    model = tiny_llama()
    hidden = torch.randn(rows, 1, 32)
    usual = model.lm_head(hidden)
    quicken_head(model)
    assert model.lm_head(hidden).shape == usual.shape
    torch.testing.assert_close(model.lm_head(hidden), usual)


def test_the_choice_of_dtype_is_measured_and_explained() -> None:
    import torch

    threads = torch.get_num_threads()
    dtype, reason = choose_dtype(64, 128)
    assert dtype in {"float32", "bfloat16"}
    assert reason.startswith(dtype)
    assert "measured" in reason
    assert torch.get_num_threads() == threads


def test_at_least_one_core_may_be_used() -> None:
    import os

    assert 1 <= cores() <= (os.cpu_count() or 1)
