"""Language models of some thousand random weights, decoder-only and T5-style, as folders like those of real ones."""

import json
from pathlib import Path
from typing import Any

from assistant.adapters import base_sha256

TEMPLATE = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def tokenizer(*, template: str | None) -> Any:
    """Bytes as tokens, in the manner of the models' own tokenizers, so that any text can be written."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    special = ["<|end|>", "<|im_start|>", "<|im_end|>"]
    inner = Tokenizer(models.BPE({token: place for place, token in enumerate([*special, *letters])}, []))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    fast: Any = PreTrainedTokenizerFast
    made = fast(
        tokenizer_object=inner, eos_token="<|im_end|>", pad_token="<|end|>", additional_special_tokens=special[1:2]
    )
    if template:
        made.chat_template = template
    return made


def save_llama(folder: Path, *, seed: int = 0, template: str | None = TEMPLATE, shard: str = "1GB") -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=259,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        initializer_range=0.3,
        bos_token_id=None,
        eos_token_id=2,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(folder, max_shard_size=shard)
    tokenizer(template=template).save_pretrained(folder)
    return folder


def save_t5(folder: Path, *, seed: int = 0) -> Path:
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    torch.manual_seed(seed)
    config: Any = T5Config(
        vocab_size=259, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, initializer_factor=3.0, eos_token_id=2
    )
    model: Any = T5ForConditionalGeneration(config)
    model.generation_config.decoder_start_token_id = 0
    model.save_pretrained(folder)
    tokenizer(template=None).save_pretrained(folder)
    return folder


def save_adapter(folder: Path, base: Path, *, card: dict[str, object] | None = None, seed: int = 5) -> Path:
    """A LoRA adapter with weights that change what the base writes, and its card."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    seq2seq = AutoConfig.from_pretrained(base).is_encoder_decoder
    model = (AutoModelForSeq2SeqLM if seq2seq else AutoModelForCausalLM).from_pretrained(base)
    targets = ["q", "v"] if seq2seq else ["q_proj", "v_proj"]
    torch.manual_seed(seed)
    wrapped = get_peft_model(
        model, LoraConfig(r=4, target_modules=targets, task_type="SEQ_2_SEQ_LM" if seq2seq else "CAUSAL_LM")
    )
    with torch.no_grad():
        for name, weight in wrapped.named_parameters():
            if "lora_" in name:
                weight.normal_(std=2.0)
    wrapped.save_pretrained(str(folder))
    card = card or {"base_model": base.name, "base_sha256": base_sha256(base)}
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    return folder
