"""Examples as token ids, in batches of like length; the loss of a batch, on the answers alone.

Knows tensors and tokenizers; does not know how a run goes on.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm import Rendering
from finetune.examples import Example

if TYPE_CHECKING:
    import torch

_SORTED = 2_000
"""Examples whose lengths are sorted at a time: batches of like length, in an order that still differs each epoch."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a prompt and of its answer, which ends with the model's end token."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]
    task: str

    @property
    def length(self) -> int:
        """Tokens in all."""
        return len(self.prompt) + len(self.answer)


def encoded(examples: Sequence[Example], tokenizer: Any, *, encoder_decoder: bool) -> list[Encoded]:
    """The examples as the assistant itself puts them to the model, with their answers."""
    rendering = Rendering(tokenizer, encoder_decoder=encoder_decoder)
    end = tokenizer.eos_token_id
    return [
        Encoded(
            tuple(rendering.tokens_of(example.prompt)),
            (*tokenizer(example.answer, add_special_tokens=False)["input_ids"], end),
            example.task,
        )
        for example in examples
    ]


def batched(rows: Sequence[Encoded], tokens: int, rng: random.Random | None = None) -> list[list[Encoded]]:
    """Batches of at most `tokens` tokens, padding included; a longer row is a batch of its own.

    With `rng`, rows and batches are in a new order each time; without it, by length.
    """
    rows = list(rows)
    if rng:
        rng.shuffle(rows)
    found: list[list[Encoded]] = []
    for start in range(0, len(rows), _SORTED):
        batch: list[Encoded] = []
        for row in sorted(rows[start : start + _SORTED], key=lambda row: row.length):
            if batch and row.length * (len(batch) + 1) > tokens:
                found.append(batch)
                batch = []
            batch.append(row)
        found.append(batch)
    if rng:
        rng.shuffle(found)
    return found


def share_of(batch: Sequence[Encoded], rank: int, world: int) -> Sequence[Encoded]:
    """The rows of a batch that one of several processes takes."""
    return batch[rank::world]


def answer_loss(model: Any, batch: Sequence[Encoded]) -> tuple["torch.Tensor", int]:
    """The summed cross-entropy of the answers' tokens, and how many there are.

    The output layer, a fifth of a small model's work, is run where an answer's token is to be told, not on prompts.
    """
    import torch
    from torch.nn.functional import cross_entropy

    base = model.get_base_model()
    device = next(base.parameters()).device
    count = sum(len(row.answer) for row in batch)
    labels = torch.tensor([token for row in batch for token in row.answer], device=device)
    if base.config.is_encoder_decoder:
        ids, mask = _padded([row.prompt for row in batch])
        start = base.generation_config.decoder_start_token_id
        behind, known = _padded([(start, *row.answer[:-1]) for row in batch])
        logits = base(
            input_ids=ids.to(device),
            attention_mask=mask.to(device),
            decoder_input_ids=behind.to(device),
            decoder_attention_mask=known.to(device),
        ).logits
        return cross_entropy(logits[known.bool().to(device)].float(), labels, reduction="sum"), count
    ids, mask = _padded([(*row.prompt, *row.answer) for row in batch])
    hidden = base.base_model(input_ids=ids.to(device), attention_mask=mask.to(device)).last_hidden_state
    # The token at a place is told by the place before it.
    lines = [line for line, row in enumerate(batch) for _ in row.answer]
    places = [len(row.prompt) - 1 + step for row in batch for step in range(len(row.answer))]
    logits = base.get_output_embeddings()(hidden[lines, places])
    return cross_entropy(logits.float(), labels, reduction="sum"), count


def log_likelihoods(model: Any, rows: Sequence[Encoded]) -> list[float]:
    """The log-probability of each row's answer, as a whole, behind its prompt (nats, at most 0)."""
    import torch

    was = model.training
    model.eval()
    found = []
    with torch.no_grad(), torch.autocast(model.device.type, torch.bfloat16, enabled=in_half(model)):
        for row in rows:
            found.append(-float(answer_loss(model, [row])[0]))
    model.train(was)
    return found


def in_half(model: Any) -> bool:
    """True when the model is to compute in bfloat16, whatever its weights are kept in."""
    return bool(getattr(model.get_base_model(), "computes_in_half", False))


def _padded(rows: Sequence[Sequence[int]]) -> tuple["torch.Tensor", "torch.Tensor"]:
    """The rows filled up on the right, and a mask of what is theirs."""
    import torch

    width = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask
