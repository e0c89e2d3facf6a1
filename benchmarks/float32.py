"""How much faster a network trains with `load.dtype: float32`: ``python -m benchmarks.float32``.

Pictures of 28 x 28 pixels in ten classes, made at random; one hidden layer of 256 units, a few
epochs, on the numeric kernels of the pipeline. The ratio is of medians; both kinds take turns.
"""

import argparse
import statistics
import time

import numpy as np
import pandas as pd

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from mlp.core.dataset import Columns, Dataset
from mlp.training.fit import fit

COLUMNS, CLASSES = 784, 10
SECTION = {
    "hidden_layer_sizes": [256], "scale": "standard", "random_state": 0, "solver": "adam",
    "max_iter": 5, "n_iter_no_change": 5,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    pixels = rng.random((args.rows, COLUMNS))
    labels = rng.integers(CLASSES, size=args.rows).astype(str).astype(object)
    numbers = pd.RangeIndex(args.rows)
    columns = Columns("label", [f"x{i}" for i in range(COLUMNS)], [], "none")
    times: dict[str, list[float]] = {"float64": [], "float32": []}
    for _ in range(args.repeats):
        for dtype, found in times.items():
            rows = Dataset(pixels.astype(dtype), labels, numbers, None, columns)
            start = time.perf_counter()
            fit(SECTION, rows)
            found.append(time.perf_counter() - start)
    ratio = statistics.median(times["float64"]) / statistics.median(times["float32"])
    print(f"{COLUMNS} columns, {args.rows} rows: float64 / float32 time {ratio:.2f}")


if __name__ == "__main__":
    main()
