"""The loop and the gate on other tables than the digits: ``python -m benchmarks.own_tables``.

Makes a project of `mlp new` for each table, from the project's last commit, in a temporary folder,
beside one script that does the same. The two take turns, after a round that warms everything up.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from sklearn import datasets

from benchmarks import first_report, loop, machine, record
from benchmarks.clone import Clone, call
from benchmarks.loop_rounds import same, say
from benchmarks.loop_sides import Copy, ran_by_dvc, script
from benchmarks.record import Record, Table

AGREE = 0.03  # of accuracies: the script scales no columns of categories, so its networks differ
NETWORKS = {"linear": "params.yaml", "mlp": "params.yaml"}  # none that needs a search
ALL_RAN = ["check", "evaluate@mlp", "report", "train@mlp"]
COMPARES = """\
Median seconds of whole processes that take turns, and the ratio of the medians, with the least
and the greatest ratio of a round, in projects of `mlp new` with the networks `linear` and `mlp`. An
edit gives `mlp.alpha` a new value and runs to the end: metrics, plots, figures and page. The script
(`benchmarks/peers/own_table.py`) reads the same CSV file with pandas, fills gaps, encodes texts,
scales, fits the same network, scores it and draws a confusion matrix; accuracies agree to three
points. `make gate` comes after `dvc repro`, with a gate that judges `mlp` by five repeated
trainings. The made tables have 20 columns of numbers and five classes, of which the rarest has 4 %
of the rows."""


class Source(NamedTuple):
    """A table: its name in the results, its target, and how it is made."""

    name: str
    target: str
    make: Callable[[], pd.DataFrame]


def bundled(load: Callable[..., Any]) -> pd.DataFrame:
    """Return a table of scikit-learn, with the names of its classes."""
    loaded = load(as_frame=True)
    return loaded.data.assign(target=pd.Series(loaded.target_names)[loaded.target].array)


SOURCES = (
    Source("wine", "target", lambda: bundled(datasets.load_wine)),
    Source("penguins", "species", lambda: pd.read_csv("examples/penguins.csv")),
    Source("breast cancer", "target", lambda: bundled(datasets.load_breast_cancer)),
    Source("five classes", "kind", lambda: first_report.made(3000)),
    Source("five classes, larger", "kind", lambda: first_report.made(15_000)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path(), help="repository to clone")
    parser.add_argument("--quick", action="store_true", help="one round, and none to warm up")
    parser.add_argument("--table", choices=[source.name for source in SOURCES], help="this alone")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not (args.busy or args.quick):
        machine.wait_until_idle()
    seconds, sizes = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        clone = Clone(Path(folder) / "clone", args.project)
        for source in SOURCES:
            if args.table in (None, source.name):
                file = clone.folder.parent / f"{source.name}.csv"
                source.make().to_csv(file, index=False)
                sizes[source.name] = first_report.count(file)
                seconds[source.name] = measure(clone, source, file, quick=args.quick)
    tables = [table(seconds, sizes)]
    record.publish(
        Record("own_tables", "The loop on other tables", COMPARES, tables, {"seconds": seconds}),
        keep=whole,
    )


def measure(clone: Clone, source: Source, file: Path, *, quick: bool) -> dict[str, list[float]]:
    """Return the seconds of an edit, of the gate and of the script, a number a round."""
    say(f"{source.name}: making the project and its evidence")
    folder = clone.folder.parent / source.name
    words = ("new", str(folder), "--source", str(file), "--target", source.target)
    call(sys.executable, "-m", "commands", *words, folder=clone.folder)
    Copy(folder).edit(networks=NETWORKS)
    project = Copy(folder).gated(folder.with_name(f"{source.name}, gated"))
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for position in [1] if quick else range(loop.ROUNDS + 1):
        alpha = (loop.FIRST_ALPHA + position) / loop.STEP
        _round(project, source, file, alpha, seconds)
        if not position:
            seconds.clear()
    return dict(seconds)


def _round(
    project: Copy, source: Source, file: Path, alpha: float, seconds: dict[str, list[float]]
) -> None:
    section = project.section(alpha)
    arguments = json.dumps({name: value for name, value in section.items() if name != "scale"})
    picture = project.folder.with_suffix(".png")
    scores, took = script("own_table", str(file), source.target, arguments, str(picture))
    seconds["script"].append(took)
    project.edit(mlp=section)
    done = project.repro()
    seconds["edit"].append(done.seconds)
    same("stages of an edit", sorted(ran_by_dvc(done.log)), ALL_RAN)
    ours, theirs = project.metric("mlp", "accuracy"), scores["accuracy"]
    if abs(ours - theirs) > AGREE:
        same("accuracy", ours, theirs)
    evidence = project.repro("gate/dvc.yaml")
    judged = call("mlp", "gate", folder=project.folder)
    seconds["gate"].append(evidence.seconds + judged.seconds)
    same("verdict", judged.output.splitlines()[-1], "pass: 1 rules hold.")
    say("  " + ", ".join(f"{name} {times[-1]:.2f} s" for name, times in seconds.items()))


def table(seconds: Mapping[str, Mapping[str, Sequence[float]]], sizes: Mapping[str, int]) -> Table:
    """Return the table of results.

    >>> measured = {"script": [2.0, 3.0], "edit": [4.0, 6.0], "gate": [4.0, 3.0]}
    >>> made = table({"wine": measured}, {"wine": 178})
    >>> made.rows[0][0], made.rows[0][3:]
    ('wine, 178 rows: edit of mlp.alpha', ['2.50', '2.00', '2.00 to 2.00', '2.5'])
    """
    rows = []
    for name, times in seconds.items():
        for what, key, most in (("edit of mlp.alpha", "edit", 2.5), ("make gate", "gate", 6.0)):
            row = loop.Row(f"{name}, {sizes[name]} rows: {what}", key, "one script", "script", most)
            rows += loop.lines([row], times)
    return Table(loop.COLUMNS, rows)


if __name__ == "__main__":
    main()
