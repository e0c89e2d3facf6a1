"""The machine that a benchmark runs on: a description without its name, and whether it is idle."""

import os
import platform
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

from mlp.core import versions

IDLE = 0.5  # load average over the last minute
PATIENCE = 300  # seconds; a benchmark that just ended is forgotten in two minutes
CPUINFO = Path("/proc/cpuinfo")


def describe() -> dict[str, Any]:
    """Return processor, memory, system and the versions of what computes."""
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in ("dvc", *versions.NUMERIC)},
    }


def _processor() -> str:
    """Return the name that Linux gives the processor, or its kind."""
    if CPUINFO.exists():
        for line in CPUINFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return platform.processor() or platform.machine()


def wait_until_idle() -> None:
    """Wait until nothing else runs, or end the program: times would mean nothing."""
    end = time.monotonic() + PATIENCE
    while (load := os.getloadavg()[0]) > IDLE:
        if time.monotonic() > end:
            sys.exit(
                f"error: the machine is busy: its load average is {load:.2f} and should be at "
                f"most {IDLE}. --busy measures all the same, and writes nothing."
            )
        sys.stderr.write(f"waiting for the machine to be idle (load average {load:.2f})\n")
        time.sleep(15)
