"""Change each parameter of the notebook by itself: ``python -m benchmarks.notebook``.

Each change is an experiment of DVC in a temporary clone of the last commit, on the network that
learning_rate_init 0.01 mends, and is compared with it. Takes some five minutes, and writes
benchmarks/notebook.json, the tables of docs/notebook.md and docs/notebook.es.md, and their
pictures. With ``--tables``, only the tables and the pictures are written, from what was measured.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from mlp.core import files
from mlp.core import predictions as scores
from mlp.figures import confusion, losses

MEASURED = Path("benchmarks/notebook.json")
PICTURES = Path("docs/pictures")
MEND = ["mlp.learning_rate_init=0.01"]
CHANGES = [
    ["mlp.alpha=0"],
    ["mlp.alpha=1"],
    ["mlp.batch_size=20"],
    ["mlp.batch_size=1000"],
    ["mlp.learning_rate=invscaling"],
    ["mlp.learning_rate=adaptive"],
    ["mlp.learning_rate_init=0.001"],
    ["mlp.early_stopping=true"],
    ["mlp.hidden_layer_sizes=[5]"],
    ["mlp.hidden_layer_sizes=[200]"],
    ["mlp.hidden_layer_sizes=[50,50]"],
    ["mlp.activation=tanh"],
    ["mlp.activation=logistic"],
    ["mlp.scale=standard"],
]
HEADS = {
    "en": ["change", "ran again", "accuracy", "training loss", "epochs", "all rows", "verdict"],
    "es": ["cambio", "se repite", "exactitud", "pérdida", "épocas", "todas las filas", "veredicto"],
}
VERDICTS = {
    "en": {"better": "better", "worse": "worse", "noise": "noise"},
    "es": {"better": "mejor", "worse": "peor", "noise": "ruido"},
}
PAGES = {"en": Path("docs/notebook.md"), "es": Path("docs/notebook.es.md")}
BEGIN, END = "<!-- python -m benchmarks.notebook -->\n", "<!-- end -->\n"


class Clone:
    """A clone of the last commit, with DVC's data from here."""

    def __init__(self, folder: Path) -> None:
        cache = Path(".dvc/cache").resolve()
        self.folder = Path()
        self.run("git", "clone", "--quiet", ".", str(folder))
        self.folder = folder
        self.run("dvc", "config", "--local", "cache.dir", str(cache))
        self.run("dvc", "checkout", "--quiet")

    def run(self, *words: str) -> str:
        env = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        }
        done = subprocess.run(  # noqa: S603 - our own commands
            words, cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"error: {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def experiment(self, changes: Sequence[str]) -> dict[str, Any]:
        """Return what a change does to the network, against the last commit of the clone."""
        words = [word for change in changes for word in ("--set-param", change)]
        self.run("dvc", "exp", "run", "--quiet", *words)
        found = json.loads(
            self.run(
                sys.executable, "-m", "commands", "compare", "--json", "--evidence", "oof", "HEAD"
            )
        )
        ours = files.read_json(self.folder / "metrics/scores.json")["mlp"]
        accuracy = next(m for m in found["networks"]["mlp"]["metrics"] if m["metric"] == "accuracy")
        return {
            "change": changes,
            "reran": found["reran"],
            **{key: ours[key] for key in ("accuracy", "final_loss", "n_iter", "converged")},
            **{key: accuracy[key] for key in ("difference", "low", "high", "verdict")},
        }


def measure() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        clone = Clone(Path(folder) / "clone")
        rows = []
        for position, changes in enumerate([MEND, *CHANGES]):
            sys.stderr.write(f"{position + 1} of {1 + len(CHANGES)}: {' '.join(changes)}\n")
            rows.append(clone.experiment(changes))
            if changes is MEND:
                clone.run("git", "commit", "--quiet", "--all", "--message", "Mend the network")
            else:
                clone.run("git", "checkout", "--quiet", ".")
                clone.run("dvc", "checkout", "--quiet")
    return rows


def table(rows: Sequence[dict[str, Any]], language: str) -> str:
    """Return the measured rows as a Markdown table."""
    lines = [f"| {' | '.join(HEADS[language])} |", "|---" * len(HEADS[language]) + "|"]
    for row in rows:
        interval = f"{row['difference']:+.4f} ({row['low']:+.4f} to {row['high']:+.4f})"
        cells = [
            f"`{' '.join(row['change'])}`",
            ", ".join(f"`{name}`" for name in row["reran"]),
            f"{row['accuracy']:.4f}",
            f"{row['final_loss']:.4f}",
            str(row["n_iter"]),
            interval if language == "en" else interval.replace(" to ", " a "),
            VERDICTS[language][row["verdict"]],
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def pictures() -> dict[str, bytes]:
    """Return the pictures of the pages by name, from what the pipeline wrote."""
    drawn = {}
    for name in ("mlp", "tuned"):
        predictions = files.read_csv(Path(f"plots/predictions/{name}.csv"), ["actual", "predicted"])
        actual, predicted = (predictions[key].to_numpy(object) for key in ("actual", "predicted"))
        labels = sorted(set(actual))
        counts = scores.confusion(actual, predicted, labels)
        drawn[f"confusion-{name}"] = confusion.draw(counts, labels, name)
    histories = {}
    for name in ("linear", "mlp", "tuned"):
        history = files.read_csv(Path(f"plots/history/{name}.csv"))
        histories[name] = (history["iteration"].to_numpy(), history["loss"].to_numpy())
    drawn["loss"] = losses.draw(histories, float(np.log(10)))
    return drawn


def documented(page: str, rows: Sequence[dict[str, Any]], language: str) -> str:
    """Return a page with the table between its marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table(rows, language) + END + rest.split(END)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", action="store_true", help="measure nothing anew")
    args = parser.parse_args()
    if not args.tables:
        files.write_json({"experiments": measure()}, MEASURED)
    rows = files.read_json(MEASURED)["experiments"]
    for language, path in PAGES.items():
        page = documented(path.read_text(encoding="utf-8"), rows, language)
        path.write_text(page, encoding="utf-8", newline="\n")
    PICTURES.mkdir(exist_ok=True)
    for name, png in pictures().items():
        (PICTURES / f"{name}.png").write_bytes(png)


if __name__ == "__main__":
    main()
