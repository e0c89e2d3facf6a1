"""Load and split a table of 1,000,000 rows and 50 columns, against what Arrow alone needs.

Prints the time of the stages load and split as a multiple of `pyarrow.csv.read_csv` and one Parquet
write of the same file, and the greatest memory of either stage as a multiple of the matrix in
float64: `python -m benchmarks.large_table`. The file, about 970 MB, is kept in .cache.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from benchmarks import machine, record
from benchmarks.record import Record, Table
from mlp.core import params_file

STORE = Path(".cache/benchmarks").resolve()
COLUMNS = 50
RUNS = 3
COMPARES = """\
The stages load and split on a CSV file of 50 columns, against `pyarrow.csv.read_csv` and one
Parquet write of the same file: the median ratio of times of runs that take turns, and the largest
memory of either stage against that of the matrix in float64."""
LOAD = {"source": "table.csv", "target": "label", "image_shape": None}
STAGES = {
    "load": "--params params.yaml --dataset dataset.parquet --schema schema.json",
    "split": "--params params.yaml --names names --dataset dataset.parquet --schema schema.json "
    "--train train.parquet --test test.parquet --metrics split.json",
}
ARROW = """
import pyarrow.parquet
from pyarrow import csv
pyarrow.parquet.write_table(csv.read_csv("table.csv"), "arrow.parquet")
"""
# Prints the seconds and the bytes of memory at most of a command.
MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(json.dumps([time.perf_counter() - start, peak]))
"""


def make(path: Path, rows: int) -> None:
    """Write numbers of 17 digits, and a label that follows from two of them."""
    rng = np.random.default_rng(0)
    columns = {f"x{i}": rng.normal(size=rows) for i in range(COLUMNS - 1)}
    columns["label"] = np.where(columns["x0"] + columns["x1"] > 0, "a", "b")
    csv.write_csv(pa.table(columns), path)


def measure(folder: Path, *command: str) -> tuple[float, float]:
    """Return the seconds and the bytes of memory that a command took."""
    argv = [sys.executable, "-c", MEASURE, sys.executable, *command]
    done = subprocess.run(  # noqa: S603 - this interpreter, with commands of this file
        argv, cwd=folder, env=None, capture_output=True, text=True, check=True
    )
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    path = STORE / f"table-{args.rows}.csv"
    if not path.exists():
        STORE.mkdir(parents=True, exist_ok=True)
        make(path, args.rows)
    if not args.busy:
        machine.wait_until_idle()
    ratios, peaks = compare(path)
    rows = [
        ["time, against Arrow alone", f"{statistics.median(ratios):.2f}", "4"],
        ["memory, against the matrix", f"{max(peaks) / (args.rows * COLUMNS * 8):.2f}", "3"],
    ]
    caption = f"{args.rows} rows, {COLUMNS} columns, {path.stat().st_size / 1e6:.0f} MB"
    table = Table(["what", "ratio", "at most"], rows, caption)
    record.publish(Record("large_table", "A large table", COMPARES, [table]), keep=whole)


def compare(path: Path) -> tuple[list[float], list[float]]:
    """Return times as multiples of Arrow's, and bytes of memory, of several runs on a table."""
    params = params_file.parse(Path("params.yaml"))
    content = {name: params[name] for name in ("load", "split", "search", "crossval")}
    content["load"] |= LOAD
    with tempfile.TemporaryDirectory(dir=STORE) as temporary:
        folder = Path(temporary)
        (folder / "table.csv").hardlink_to(path)
        params_file.write(folder / "params.yaml", content)
        (folder / "names").touch()
        ratios, peaks = [], []
        for _ in range(RUNS):
            alone, _ = measure(folder, "-c", ARROW)
            runs = [measure(folder, "-m", f"stages.{s}", *STAGES[s].split()) for s in STAGES]
            ratios.append(sum(seconds for seconds, _ in runs) / alone)
            peaks.append(max(peak for _, peak in runs))
    return ratios, peaks


if __name__ == "__main__":
    main()
