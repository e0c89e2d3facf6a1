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
from collections import defaultdict

from benchmarks import machine, record
from benchmarks.record import Record, Table

IMPORTS = "import dvc.api, pandas, scipy.stats"
COMMANDS = {
    "imports": [sys.executable, "-c", IMPORTS],
    "mlp compare HEAD^": [sys.executable, "-m", "commands", "compare", "HEAD^"],
    "mlp gate HEAD^": [sys.executable, "-m", "commands", "gate", "HEAD^"],
}
COMPARES = f"""\
Median seconds of whole processes that take turns, and their ratio to the time of
`{IMPORTS}`, which both commands need."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7, help="runs of each (default: 7)")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not args.busy:
        machine.wait_until_idle()
    medians = measure(args.repeats)
    rows = [
        [name, f"{median:.2f}", f"{median / medians['imports']:.2f}"]
        for name, median in medians.items()
    ]
    table = Table(["what", "s", "times the imports"], rows)
    record.publish(Record("commands", "Commands", COMPARES, [table]), keep=whole)


def measure(repeats: int) -> dict[str, float]:
    """Return the median seconds of each command, after a round that fills the caches."""
    seconds = defaultdict(list)
    for _ in range(repeats + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - as above
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times[1:]) for name, times in seconds.items()}


if __name__ == "__main__":
    main()
