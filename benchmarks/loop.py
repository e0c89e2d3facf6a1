"""The loop of editing a parameter and seeing what it changed: ``python -m benchmarks.loop``.

Runs the project's last commit in temporary clones, beside the notebook as one script, and beside
Snakemake with the same jobs. What is compared takes turns, after one round that warms everything
up, and is checked to have done the same. It takes a quarter of an hour.
"""

import argparse
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import machine, record
from benchmarks.loop_rounds import Rounds, say
from benchmarks.peers import environment
from benchmarks.record import Record, Table

ROUNDS = 5
FIRST_ALPHA, STEP = 101, 1_000_000  # each round's alpha is new to every cache


class Row(NamedTuple):
    """Two measured times, by their names in `Rounds.seconds`, and the largest ratio meant."""

    what: str
    ours: str
    against: str
    theirs: str
    most: float


ROWS = (
    Row("edit of mlp.alpha, dvc repro", "edit", "the notebook as one script", "notebook", 2.5),
    Row("edit of mlp.alpha, dvc repro", "edit", "Snakemake, same commands", "snakemake", 1.0),
    Row("no-op dvc repro", "no-op", "Snakemake, nothing to do", "snakemake no-op", 0.75),
    Row("a network more, dvc repro", "network", "edit of mlp.alpha, dvc repro", "edit", 1.3),
    Row(
        "edit of a regression, dvc repro", "regression", "edit of mlp.alpha, dvc repro", "edit", 1.2
    ),
    Row("make gate, where mlp ships", "gate", "the notebook as one script", "notebook", 6.0),
    Row("cold dvc repro --force", "cold", "search and networks as one script", "search", 2.0),
)
COLUMNS = ("what", "s", "against", "s", "ratio", "rounds", "at most")
TITLE = "The loop: edit a parameter, run, look"
COMPARES = """\
Median seconds of whole processes that take turns, and the ratio of the medians, with the least
and the greatest ratio of a round. An edit gives `mlp.alpha` a new value and runs to the end:
metrics, plots, figures and page. The notebook as one script (`benchmarks/peers/notebook.py`)
loads, splits, fits, scores and draws a confusion matrix; accuracy and macro F1 are the same.
Snakemake runs the commands of `dvc.yaml` with its default settings on all cores, from a Snakefile
generated from it: `check` runs first on both sides, the same jobs run, and every output has the
same bytes. The added network is a copy of `mlp`. The regression predicts the digits as numbers, by
a network of the same size in as many epochs. `make gate` is measured after `dvc repro`, in a
project whose gate judges `mlp`: five repeated trainings, more on parts of the rows, a network a
fold, and the verdict. A
cold run has no fit remembered, and `benchmarks/peers/search.py` does the same with
RandomizedSearchCV (20 candidates, 3 folds, `n_jobs=-1`), three networks and their pictures; best
score and accuracies are the same. All processes use the numeric kernels that the stages pin, with
one BLAS thread."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path(), help="repository to clone")
    parser.add_argument("--quick", action="store_true", help="one round, and none to warm up")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not (args.busy or args.quick):
        machine.wait_until_idle()
    environment.make()
    with tempfile.TemporaryDirectory() as folder:
        rounds = measure(Rounds(Path(folder), args.project), quick=args.quick)
    seconds = dict(rounds.seconds)
    table = Table(COLUMNS, lines(ROWS, seconds))
    measured = {"ran": rounds.ran, "seconds": seconds}
    record.publish(Record("loop", TITLE, COMPARES, [table], measured), keep=whole)


def measure(rounds: Rounds, *, quick: bool) -> Rounds:
    """Run all rounds; the first, which warms everything up, does not count."""
    last = 1 if quick else ROUNDS
    for position in range(1 if quick else 0, last + 1):
        say(f"round {position} of {last}" if position else "a round that does not count")
        alpha = (FIRST_ALPHA + position) / STEP
        rounds.edit(alpha)
        rounds.nothing()
        rounds.network(alpha)
        rounds.regression(alpha)
        rounds.gate(alpha)
        rounds.cold()
        if not position:
            rounds.seconds.clear()
    return rounds


def lines(rows: Sequence[Row], seconds: Mapping[str, Sequence[float]]) -> list[list[str]]:
    """Return the table: medians, their ratio, and the least and the greatest ratio of a round."""
    table = []
    for row in rows:
        ours, theirs = seconds[row.ours], seconds[row.theirs]
        medians = statistics.median(ours), statistics.median(theirs)
        each = sorted(a / b for a, b in zip(ours, theirs, strict=True))
        table.append(
            [
                row.what,
                f"{medians[0]:.2f}",
                row.against,
                f"{medians[1]:.2f}",
                f"{medians[0] / medians[1]:.2f}",
                f"{each[0]:.2f} to {each[-1]:.2f}",
                f"{row.most:g}",
            ]
        )
    return table


if __name__ == "__main__":
    main()
