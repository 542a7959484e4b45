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
