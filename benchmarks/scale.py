"""Measure large tables against scripts that do the same: ``python -m benchmarks.scale``.

Runs the project's last commit in temporary clones, on made tables that are kept in .cache (5 GB).
It takes half an hour.
"""

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import machine, record
from benchmarks.record import Record, Table
from benchmarks.scale_project import Cost
from benchmarks.scale_runs import SMALL, Runs, median
from benchmarks.scale_tables import Size, made

ROUNDS = 3
LARGE = Size(1_000_000, 50)
AXES = {
    "rows": [Size(rows, 20) for rows in (1_000, 10_000, 100_000, 1_000_000)],
    "columns": [Size(2_000, columns) for columns in (10, 100, 1_000, 5_000)],
    "classes": [Size(40_000, 10, classes) for classes in (2, 20, 60, 200)],
    "categories": [Size(6_000, 4, 3, categories) for categories in (10, 100, 1_000, 3_000)],
}
LONG = Size(10_000_000, 20)
WIDE = [Size(10_000, 5_000), Size(50_000, 1_000)]
SEARCHED = "candidates"
CANDIDATES = [1, 60, 180]  # many, for some take longer than others
TITLE = "Large tables"
COMPARES = """\
Whole processes on made tables, of numbers with six decimals (and of texts where there are
categories). The pipeline trains `linear` and `mlp` ([50], 3 epochs of adam) and searches nothing;
the script in memory (`benchmarks/peers/table.py`) reads with Arrow, splits, trains the same two
scikit-learn pipelines and scores them; accuracies agree to two points. The script of predictions
(`benchmarks/peers/predict.py`) sends Arrow's batches through `predict_proba` of the pipeline.
Seconds are medians of runs that take turns. Memory is the most that any stage takes. Git stores
the files of one network in `metrics/` and `plots/`; their bytes are counted as git compresses them.
An exponent is the slope, on logarithmic axes, of what a stage takes of the processors
beyond what it takes at the smallest size, between the two largest sizes; the stage with the most
seconds at the largest size is named, and `all` is their sum. Each is the median of three rounds
over all sizes."""


MOST = 1.1  # of an exponent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path(), help="repository to clone")
    parser.add_argument("--only", choices=["limits", "axes"], help="a part alone")
    parser.add_argument("--axis", choices=[*AXES, SEARCHED], help="one line of the axes anew")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not args.busy:
        machine.wait_until_idle()
    if args.axis:
        again(args.axis, args.project)
        return
    tables = []
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), args.project)
        if args.only != "axes":
            columns = ["what", "ours", "against", "theirs", "value", "at most"]
            tables.append(Table(columns, list(limits(runs))))
        if args.only != "limits":
            columns = ["what grows", "sizes", "all", "stage", "its exponent", "at most"]
            tables.append(Table(columns, list(exponents(runs))))
    record.publish(Record("scale", TITLE, COMPARES, tables), keep=whole)


def again(axis: str, project: Path) -> None:
    """Measure one thing that grows, and put its line where the whole benchmark has written one."""
    with tempfile.TemporaryDirectory() as folder:
        line = measured(Runs(Path(folder), project), axis)
    content = record.read("scale")
    if content["machine"] != machine.describe():
        sys.exit("error: the whole benchmark ran on another machine, or with other packages.")
    first, second = (Table(**table) for table in content["tables"])
    rows = [line if row[0] == axis else row for row in second.rows]
    caption = f"The line of {axis} is of a later run, `python -m benchmarks.scale --axis {axis}`"
    tables = [first, Table(second.columns, rows, caption)]
    record.publish(Record("scale", TITLE, COMPARES, tables), keep=True)


def limits(runs: Runs) -> Iterator[list[str]]:
    """Yield a line for each cost that is limited."""
    ours, theirs, project = runs.whole(LARGE, ROUNDS)
    table = f"{LARGE.rows} x {LARGE.columns}"
    yield _ratio(f"{table}, dvc repro", ours, "a script in memory", theirs, 2.5)
    peak, matrix = max(c.memory for c in project.stages().values()), 8 * LARGE.rows * LARGE.columns
    against = [f"{peak / 1e6:.0f} MB", "the matrix in float64", f"{matrix / 1e6:.0f} MB"]
    yield [f"{table}, memory of a stage", *against, f"{peak / matrix:.2f}", "3"]
    stored = project.stored_by_git("mlp")
    yield [f"{table}, a network in git", f"{stored / 1e6:.2f} MB", "", "", "", "0.5 MB"]
    yield from _predictions(runs)
    ours, theirs = runs.training(AXES["categories"][-1], ROUNDS)
    size = AXES["categories"][-1]
    what = f"{size.rows} rows, {size.categories} categories, train"
    yield _ratio(what, ours, "MLPClassifier.fit, the same matrix", theirs, 2.0)


def _predictions(runs: Runs) -> Iterator[list[str]]:
    folder, few = runs.predictor(LONG), made(Size(SMALL, LONG.columns))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(runs.script("predict", *map(str, (few, made(LONG), runs.fresh()))))
        ours.append(runs.predictions(LONG, folder))
    what = f"{LONG.rows} x {LONG.columns}, mlp predict"
    yield _ratio(what, ours, "Arrow and predict_proba", theirs, 1 / 1.5)
    peak = max(cost.memory for cost in ours)
    yield [f"{what}, memory", f"{peak / 1e6:.0f} MB", "", "", "", "500 MB"]
    folders = [runs.predictor(size) for size in WIDE]
    rounds = [
        [runs.predictions(*pair) for pair in zip(WIDE, folders, strict=True)] for _ in range(ROUNDS)
    ]
    wide, less = zip(*rounds, strict=True)
    sizes = [f"{size.rows} x {size.columns}" for size in WIDE]
    yield _ratio(f"{sizes[0]}, mlp predict", wide, f"{sizes[1]}", less, 2.0)


def _ratio(
    what: str, ours: Sequence[Cost], against: str, theirs: Sequence[Cost], most: float
) -> list[str]:
    seconds = median(ours), median(theirs)
    texts = [f"{value:.2f} s" for value in seconds]
    return [what, texts[0], against, texts[1], f"{seconds[0] / seconds[1]:.2f}", f"{most:.3g}"]


def exponents(runs: Runs) -> Iterator[list[str]]:
    """Yield a line for each thing that grows."""
    for name in (*AXES, SEARCHED):
        yield measured(runs, name)


def measured(runs: Runs, name: str) -> list[str]:
    """Measure a thing that grows."""
    if name == SEARCHED:
        return _exponent(name, CANDIDATES, runs.searches(CANDIDATES, ROUNDS))
    numbers = [getattr(size, name) for size in AXES[name]]
    return _exponent(name, numbers, runs.stages(AXES[name], ROUNDS))


def _exponent(name: str, numbers: Sequence[int], costs: Sequence[Mapping[str, float]]) -> list[str]:
    stages = costs[-1]
    longest = max(stages, key=lambda stage: stages[stage])
    everything = slope(numbers, [sum(each.values()) for each in costs])
    own = slope(numbers, [each[longest] for each in costs])
    sizes = f"{numbers[0]} to {numbers[-1]}"
    return [name, sizes, f"{everything:.2f}", longest, f"{own:.2f}", f"{MOST}"]


def slope(numbers: Sequence[int], seconds: Sequence[float]) -> float:
    """Return how what is added to the smallest size grows between the two largest sizes."""
    first, last = (value - seconds[0] for value in seconds[-2:])
    if min(first, last) <= 0:
        return 0.0
    return math.log(last / first) / math.log(numbers[-1] / numbers[-2])


if __name__ == "__main__":
    main()
