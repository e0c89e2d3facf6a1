"""How much faster a network trains with `load.dtype: float32`: ``python -m benchmarks.float32``.

Pictures of 28 x 28 pixels in ten classes, made at random; one hidden layer of 256 units, a few
epochs, on the numeric kernels of the pipeline. The ratio is of medians; both kinds take turns.
"""

import argparse
import statistics
import time

import numpy as np

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from benchmarks import machine, record
from benchmarks.record import Record, Table
from mlp.core.dataset import Columns, Dataset
from mlp.training.fit import fit

COLUMNS, CLASSES = 784, 10
SECTION = {
    "hidden_layer_sizes": [256], "scale": "standard", "random_state": 0, "solver": "adam",
    "max_iter": 5, "n_iter_no_change": 5,
}  # fmt: skip
COMPARES = """\
Median seconds of fits that take turns, of the same network on the same random pictures of 28 x 28
pixels in ten classes: one hidden layer of 256 units, 5 epochs of adam, on the numeric kernels of
the pipeline."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not args.busy:
        machine.wait_until_idle()
    times = measure(args.rows, args.repeats)
    double, single = (statistics.median(times[dtype]) for dtype in ("float64", "float32"))
    row = [f"{args.rows}", f"{COLUMNS}", f"{double:.2f}", f"{single:.2f}", f"{double / single:.2f}"]
    table = Table(["rows", "columns", "float64 s", "float32 s", "float64 / float32"], [row])
    record.publish(Record("float32", "Training in float32", COMPARES, [table]), keep=whole)


def measure(count: int, repeats: int) -> dict[str, list[float]]:
    """Return the seconds of each fit, by the type of its numbers."""
    rng = np.random.default_rng(0)
    pixels = rng.random((count, COLUMNS))
    labels = rng.integers(CLASSES, size=count).astype(str).astype(object)
    numbers = np.arange(count)
    columns = Columns("label", [f"x{i}" for i in range(COLUMNS)], [], "none")
    times: dict[str, list[float]] = {"float64": [], "float32": []}
    for _ in range(repeats):
        for dtype, seconds in times.items():
            rows = Dataset(pixels.astype(dtype), labels, numbers, None, columns)
            start = time.perf_counter()
            fit(SECTION, rows)
            seconds.append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    main()
