"""MiniLM by OpenVINO with weights and activations of 8 bits: three to four times as quick as float32 on a CPU.

Weights have one scale a channel, activations one a token and 64 channels, taken as they come. Channels whose
activations are large are made smaller and their weights larger beforehand, by what the first texts show
(SmoothQuant, Xiao et al. 2023), so that few of the nearest neighbours change. Needs the extra `quick`. Knows nothing of
products.
"""

import logging
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, cast

import numpy as np

from index.steps import Progress

Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

_BATCH = 16
_GROUP = 64
_SMOOTH = 0.5
_LEAST = 1e-5


def is_installed() -> bool:
    """True when OpenVINO, an extra, is there."""
    return find_spec("openvino") is not None


class QuickModel:
    """The same vectors as a SentenceTransformer of a BERT with mean pooling, nearly: made from one (seconds)."""

    def __init__(self, model: Any, texts: Sequence[str]) -> None:
        """`texts` show the sizes of the channels: a few dozen, of the sort that is to be embedded."""
        self._tokenizer = model.tokenizer
        self._longest = int(model.max_seq_length or 256)
        self._compiled = _compiled(model, self._padded(self._tokens(texts[:4])), _largest(model, texts))

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text; `progress` is told the texts done and their number."""
        vectors = np.zeros((len(texts), self._compiled.output(0).partial_shape[1].get_length()), np.float32)
        tokens = self._tokens(texts)
        # Texts of as many tokens share a batch, so that next to nothing is padded; by their characters a quarter was.
        order = sorted(range(len(texts)), key=lambda place: -len(tokens[place]))
        queue = _openvino().AsyncInferQueue(self._compiled)

        def done(request: Any, places: Sequence[int]) -> None:
            vectors[places] = request.get_output_tensor(0).data

        queue.set_callback(done)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            queue.start_async(self._padded([tokens[place] for place in places]), places)
            if progress:
                progress(start + len(places), len(texts))
        queue.wait_all()
        return vectors

    def _tokens(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        found: Sequence[Sequence[int]] = self._tokenizer(list(texts), truncation=True, max_length=self._longest)[
            "input_ids"
        ]
        return found

    def _padded(self, tokens: Sequence[Sequence[int]]) -> dict[str, Any]:
        ids = np.full((len(tokens), max(map(len, tokens))), self._tokenizer.pad_token_id, np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(tokens):
            ids[row, : len(own)] = own
            mask[row, : len(own)] = 1
        return {"input_ids": ids, "attention_mask": mask}


def _openvino() -> Any:
    # It tells its maker's server that it was imported, unless the package that does so is missing.
    sys.modules.setdefault("openvino_telemetry", cast(Any, None))
    import openvino

    return openvino


def _linears(model: Any) -> list[Any]:
    import torch

    return [one for one in model.modules() if isinstance(one, torch.nn.Linear)]


def _largest(model: Any, texts: Sequence[str]) -> Mapping[bytes, Any]:
    """The largest input of each channel of each linear layer, by the layer's first row of weights."""
    found: dict[bytes, Any] = {}

    def look(layer: Any, given: tuple[Any, ...]) -> None:
        own = given[0].abs().reshape(-1, given[0].shape[-1]).amax(0).float().numpy()
        key = _key(layer.weight.detach().float().numpy())
        found[key] = np.maximum(found[key], own) if key in found else own

    hooks = [layer.register_forward_pre_hook(look) for layer in _linears(model)]
    try:
        model.encode(list(texts), show_progress_bar=False)
    finally:
        for hook in hooks:
            hook.remove()
    return found


def _key(weights: Any) -> bytes:
    return bytes(np.ascontiguousarray(weights[0], np.float32).tobytes())


def _compiled(model: Any, example: Mapping[str, Any], largest: Mapping[bytes, Any]) -> Any:
    import torch
    from torch.nn import Module

    transformer: Any = model.transformers_model

    class Pooled(Module):
        """The transformer with mean pooling and a length of 1."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    tensors = {name: torch.from_numpy(value) for name, value in example.items()}
    log = logging.getLogger("transformers")
    level = log.level
    with torch.inference_mode(), warnings.catch_warnings():
        # Tracing tells of every condition in the model that it follows one way only, and of a loss that nobody asked
        # for.
        warnings.simplefilter("ignore")
        log.setLevel(logging.ERROR)
        try:
            converted = _openvino().convert_model(Pooled().eval(), example_input=tensors)
        finally:
            log.setLevel(level)
    _quantize(converted, largest)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    settings = {
        "NUM_STREAMS": str(cores),
        "INFERENCE_NUM_THREADS": str(cores),
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(_GROUP),
    }
    return _openvino().Core().compile_model(converted, "CPU", settings)


def _quantize(converted: Any, largest: Mapping[bytes, Any]) -> None:
    """Put weights of 8 bits, with a scale a channel, in the place of the linear layers' own."""
    opset13 = _openvino().opset13
    for operation in converted.get_ordered_ops():
        if operation.get_type_name() != "MatMul":
            continue
        source = operation.input_value(1).get_node()
        while source.get_type_name() == "Convert":
            source = source.input_value(0).get_node()
        if source.get_type_name() != "Constant" or _key(source.data) not in largest:
            continue
        weights = source.data.astype(np.float32)
        seen = np.maximum(largest[_key(source.data)], _LEAST)
        shrunk = seen**_SMOOTH / np.maximum(np.abs(weights).max(0), _LEAST) ** (1 - _SMOOTH)
        shrunk /= np.exp(np.log(shrunk).mean())
        inverse = opset13.constant((1 / shrunk).astype(np.float32)[None, None])
        operation.input(0).replace_source_output(opset13.multiply(operation.input_value(0), inverse).output(0))
        weights = weights * shrunk
        scales = np.abs(weights).max(1, keepdims=True) / 127
        small = opset13.convert(opset13.constant(np.round(weights / scales).astype(np.int8)), "f32")
        whole = opset13.multiply(small, opset13.constant(scales.astype(np.float32)))
        operation.input(1).replace_source_output(whole.output(0))
