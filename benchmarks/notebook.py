"""Change each parameter of the notebook by itself: ``python -m benchmarks.notebook``.

Each change is an experiment of DVC in a temporary clone of the last commit, on the network that
learning_rate_init 0.01 mends, and is compared with it. Takes some five minutes, and writes
benchmarks/results/notebook.json, the tables of docs/notebook.md and docs/notebook.es.md, and their
pictures. With ``--tables``, only the tables and the pictures are written, from what was measured.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from benchmarks import record
from benchmarks.notebook_runs import measure
from benchmarks.record import Record, Table
from mlp.core import dataset_file, files, params_file
from mlp.core import predictions as scores
from mlp.data import profile, source
from mlp.data.params import Load, Split
from mlp.data.splits import splitting
from mlp.figures import actual, confusion, losses, residuals
from mlp.training.fit import fit

PICTURES, EXAMPLE = Path("docs/pictures"), Path("examples/diabetes.yaml")
HEADS = {
    "en": ["change", "ran again", "accuracy", "training loss", "epochs", "all rows", "verdict"],
    "es": ["cambio", "se repite", "exactitud", "pérdida", "épocas", "todas las filas", "veredicto"],
}
VERDICTS = {
    "en": {"better": "better", "worse": "worse", "not shown": "not shown"},
    "es": {"better": "mejor", "worse": "peor", "not shown": "no se ve"},
}
PAGES = {"en": Path("docs/notebook.md"), "es": Path("docs/notebook.es.md")}
TITLE = "Each parameter of the notebook by itself"
COMPARES = """\
Each change is an experiment of DVC on the network that `learning_rate_init` 0.01 mends, and is
compared with it; the first row is that mend, compared with the committed network. Scores are of
the test split; the difference and its 95 % interval are of the out-of-fold predictions of all
rows."""
BEGIN, END = "<!-- python -m benchmarks.notebook -->\n", "<!-- end -->\n"


def cells(row: dict[str, Any], language: str) -> list[str]:
    """Return an experiment as the texts of its row."""
    interval = f"{row['difference']:+.4f} ({row['low']:+.4f} to {row['high']:+.4f})"
    return [
        f"`{' '.join(row['change'])}`",
        ", ".join(f"`{name}`" for name in row["reran"]),
        f"{row['accuracy']:.4f}",
        f"{row['final_loss']:.4f}",
        str(row["n_iter"]),
        interval if language == "en" else interval.replace(" to ", " a "),
        VERDICTS[language][row["verdict"]],
    ]


def table(rows: Sequence[dict[str, Any]], language: str) -> str:
    """Return the measured rows as a Markdown table."""
    lines = [f"| {' | '.join(HEADS[language])} |", "|---" * len(HEADS[language]) + "|"]
    lines += [f"| {' | '.join(cells(row, language))} |" for row in rows]
    return "\n".join(lines) + "\n"


def pictures() -> dict[str, bytes]:
    """Return the pictures of the pages by name, from what the pipeline wrote."""
    drawn = {}
    for name in ("mlp", "tuned"):
        predictions = files.read_csv(Path(f"plots/{name}/predictions.csv"), ["actual", "predicted"])
        actual, predicted = (predictions[key].to_numpy(object) for key in ("actual", "predicted"))
        labels = sorted(set(actual))
        counts = scores.confusion(actual, predicted, labels)
        drawn[f"confusion-{name}"] = confusion.draw(counts, labels, name)
    histories = {}
    for name in ("linear", "mlp", "tuned"):
        history = files.read_csv(Path(f"plots/{name}/history.csv"))
        histories[name] = (history["iteration"].to_numpy(), history["loss"].to_numpy())
    drawn["loss"] = losses.draw(histories, float(np.log(10)))
    return {**drawn, **other_half()}


def other_half() -> dict[str, bytes]:
    """Return the pictures of the regression that examples/diabetes.yaml describes."""
    params = params_file.parse(EXAMPLE)
    load = params_file.read_section(EXAMPLE, "load", Load)
    split = params_file.read_section(EXAMPLE, "split", Split)
    table, columns, _ = profile.dataset(source.read(load), load)
    parts = splitting.positions(table, columns, split)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole.parquet"
        dataset_file.write(table, columns, path)
        train, test = (dataset_file.read(path).take(rows) for rows in parts)
    fitted = fit(params["mlp"], train)
    predicted = fitted.pipeline.predict(test.features)
    return {
        "actual-mlp": actual.draw(test.target, predicted, load.target),
        "residuals-mlp": residuals.draw(predicted, test.target - predicted),
    }


def documented(page: str, rows: Sequence[dict[str, Any]], language: str) -> str:
    """Return a page with the table between its marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table(rows, language) + END + rest.split(END)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", action="store_true", help="measure nothing anew")
    args = parser.parse_args()
    if not args.tables:
        experiments = measure()
        rows = [cells(row, "en") for row in experiments]
        measured = {"experiments": experiments}
        record.publish(
            Record("notebook", TITLE, COMPARES, [Table(HEADS["en"], rows)], measured), keep=True
        )
    rows = record.read("notebook")["measured"]["experiments"]
    for language, path in PAGES.items():
        page = documented(path.read_text(encoding="utf-8"), rows, language)
        path.write_text(page, encoding="utf-8", newline="\n")
    PICTURES.mkdir(exist_ok=True)
    for name, png in pictures().items():
        (PICTURES / f"{name}.png").write_bytes(png)


if __name__ == "__main__":
    main()
