"""The machine that a model is trained on, in words for its card."""

import os
import platform
import re
from pathlib import Path


def machine_in_words() -> str:
    """Processor, cores and, where there is one, GPU: "AMD EPYC, 2 cores"."""
    import torch

    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    name = found[1].strip() if found else platform.processor() or platform.machine()
    gpu = f", {torch.cuda.get_device_name(0)}" if torch.cuda.is_available() else ""
    return f"{name}, {os.cpu_count()} cores{gpu}"
