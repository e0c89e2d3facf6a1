"""How long `mlp compare` and `mlp gate` take, beside what they cannot do without.

Run ``python -m benchmarks.commands`` in a clone with two commits. The ratio is to the time in which
Python imports what both need (DVC's file system, pandas and scipy.stats): it does not depend on the
machine as the seconds do.
"""

import argparse
import statistics
import subprocess
import sys
import time

IMPORTS = "import dvc.api, pandas, scipy.stats"
COMMANDS = {
    "imports": [sys.executable, "-c", IMPORTS],
    "compare": [sys.executable, "-m", "commands", "compare", "HEAD^"],
    "gate": [sys.executable, "-m", "commands", "gate", "HEAD^"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7, help="runs of each (default: 7)")
    repeats = parser.parse_args().repeats
    medians = {name: statistics.median(_times(COMMANDS[name], repeats)) for name in COMMANDS}
    for name, median in medians.items():
        print(f"{name:8} {median:.2f} s, {median / medians['imports']:.2f} times the imports")


def _times(command: list[str], repeats: int) -> list[float]:
    """Return seconds of several runs, after one that fills the caches."""
    found = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - as written above
        found.append(time.perf_counter() - start)
    return found[1:]


if __name__ == "__main__":
    main()
