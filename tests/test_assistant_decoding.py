from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.decoding import Decoder, PrefixCache, choose_dtype, cores, quicken_head, shared_length
from assistant.llm import Stop
from assistant.row import repeating

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


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 4))
def test_repeating_names_exactly_the_tokens_that_repeat_a_phrase(tokens: list[int], size: int) -> None:
    phrases = {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}
    for token in range(4):
        new = tuple([*tokens, token][-size:])
        assert (token in repeating(tokens, size)) == (len(new) == size and new in phrases)


def test_repeating_bans_nothing_when_switched_off() -> None:
    assert repeating([1, 1, 1, 1], 0) == []


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
    assert cache.find([*range(10), 7]) == (0, []), "too short to be worth it"
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
