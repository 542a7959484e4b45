"""The machine that a model is trained on, in words for its card."""

import os

from index.machine import processor


def machine_in_words() -> str:
    """Processor, cores and, where there is one, GPU: "AMD EPYC, 2 cores"."""
    import torch

    gpu = f", {torch.cuda.get_device_name(0)}" if torch.cuda.is_available() else ""
    return f"{processor()}, {os.cpu_count()} cores{gpu}"
