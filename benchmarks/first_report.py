"""From a table and one line to its first report: ``python -m benchmarks.first_report``.

Runs the project's last commit in a temporary clone: `mlp new` for each table, `make setup` in the
new project, which installs its packages from the caches of pip and uv, and `make repro`.
"""

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sklearn.datasets import make_classification

from benchmarks import machine, record
from benchmarks.clone import Clone, call
from benchmarks.record import Record, Table

ROWS = 3000
SHARES = [0.5, 0.25, 0.13, 0.08, 0.04]  # of the five classes of the made table
STEPS = ("mlp new", "make setup", "make repro")
COMPARES = f"""\
Median seconds of `mlp new DIR --source FILE --target COLUMN && cd DIR && make repro`, in its parts:
the new project, its `.venv` from packages that are in the caches of pip and uv, and the pipeline
with its search of 20 candidates, to the page `data/report.html`. The made table has {ROWS} rows, 20
columns of numbers and five classes, of which the rarest has 4 % of the rows."""


class Source(NamedTuple):
    """A table: its name in the results, its file in the clone, and its target."""

    name: str
    file: str
    target: str


MADE = Source("five classes", "made.csv", "kind")
SOURCES = (
    Source("penguins", "examples/penguins.csv", "species"),
    Source("diabetes", "examples/diabetes.csv", "progression"),
    MADE,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="projects for each (default: 3)")
    parser.add_argument("--project", type=Path, default=Path(), help="repository to clone")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not args.busy:
        machine.wait_until_idle()
    with tempfile.TemporaryDirectory() as folder:
        clone = Clone(Path(folder) / "clone", args.project)
        made(ROWS).to_csv(clone.folder / MADE.file, index=False)
        seconds = {source.name: measure(clone, source, args.rounds) for source in SOURCES}
        rows = {source.name: count(clone.folder / source.file) for source in SOURCES}
    table = Table(["table", "rows", *STEPS, "all, s"], lines(rows, seconds))
    measured = {"seconds": seconds}
    record.publish(
        Record("first_report", "The first report", COMPARES, [table], measured), keep=whole
    )


def made(rows: int) -> pd.DataFrame:
    """Return the made table, with so many rows."""
    columns, classes = make_classification(
        rows, 20, n_informative=8, n_classes=5, weights=SHARES, flip_y=0.02, random_state=0
    )
    table = pd.DataFrame(columns.round(4)).add_prefix("x")
    return table.assign(kind=[f"class {kind}" for kind in classes])


def measure(clone: Clone, source: Source, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each step, of projects that are made one after the other."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for position in range(rounds):
        sys.stderr.write(f"{source.name}: {position + 1} of {rounds}\n")
        project = clone.folder.parent / f"{source.name} {position}"
        words = ("new", str(project), "--source", source.file, "--target", source.target)
        new = call(sys.executable, "-m", "commands", *words, folder=clone.folder)
        done = [new, *(call(*step.split(), folder=project) for step in STEPS[1:])]
        for step, one in zip(STEPS, done, strict=True):
            seconds[step].append(one.seconds)
    return dict(seconds)


def count(path: Path) -> int:
    """Return the number of rows of a CSV file with a header."""
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def lines(
    rows: Mapping[str, int], seconds: Mapping[str, Mapping[str, Sequence[float]]]
) -> list[list[str]]:
    """Return the table: the median of each step, and that of their sum.

    >>> lines({"a": 9}, {"a": {step: [3.0, 1.0] for step in STEPS}})
    [['a', '9', '2.0', '2.0', '2.0', '6.0']]
    """
    table = []
    for name, steps in seconds.items():
        sums = [sum(parts) for parts in zip(*steps.values(), strict=True)]
        medians = [statistics.median(times) for times in (*steps.values(), sums)]
        table.append([name, str(rows[name]), *(f"{median:.1f}" for median in medians)])
    return table


if __name__ == "__main__":
    main()
