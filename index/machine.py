"""The machine that figures are measured on, in words."""

import platform
import re
from pathlib import Path


def processor() -> str:
    """The processor's name, or its architecture where the system does not tell the name."""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def multiplies_bfloat16() -> bool:
    """True when the processor says that it has units for bfloat16; without them it is slower than float32."""
    return bool({"avx512_bf16", "amx_bf16", "bf16"} & _flags())


def multiplies_int8() -> bool:
    """True when the processor says that it has units for numbers of 8 bits."""
    return bool({"avx512_vnni", "avx_vnni", "amx_int8", "i8mm"} & _flags())


def _flags() -> set[str]:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return set()
    flags = re.search(r"^(?:flags|Features)\s*: (.+)", told, re.MULTILINE)
    return set(flags[1].split()) if flags else set()
