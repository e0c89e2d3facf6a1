"""Run the experiments of benchmarks/notebook.py: each parameter of the notebook by itself."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.clone import Clone

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


class Experiments:
    """Experiments in a clone of the last commit, with DVC's data from here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = Clone(folder, Path()).run
        self.run("dvc", "config", "--local", "cache.dir", str(Path(".dvc/cache").resolve()))
        self.run("dvc", "checkout", "--quiet", "--allow-missing")
        self.run("dvc", "exp", "run", "--set-param", "gate.model=mlp")
        self.commit("Judge mlp")

    def commit(self, message: str) -> None:
        """Bring the evidence for the gate up to date too, and commit."""
        self.run("dvc", "repro", "gate/dvc.yaml")
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", message)

    def experiment(self, changes: Sequence[str]) -> dict[str, Any]:
        """Return what a change does to the network, against the last commit of the clone."""
        words = [word for change in changes for word in ("--set-param", change)]
        self.run("dvc", "exp", "run", *words)
        self.run("dvc", "repro", "gate/dvc.yaml")
        compare = [sys.executable, "-m", "commands", "compare", "--json", "--evidence", "oof"]
        compared = json.loads(self.run(*compare, "HEAD"))
        metrics = compared["networks"]["mlp"]["metrics"]
        accuracy = next(metric for metric in metrics if metric["metric"] == "accuracy")
        scores = json.loads((self.folder / "metrics/mlp.json").read_text(encoding="utf-8"))["mlp"]
        return {
            "change": changes,
            "reran": [stage for stage in compared["reran"] if not stage.startswith("gate/")],
            **{key: scores[key] for key in ("accuracy", "final_loss", "n_iter")},
            **{key: accuracy[key] for key in ("difference", "low", "high", "verdict")},
        }

    def undo(self) -> None:
        self.run("git", "checkout", "--quiet", ".")
        self.run("dvc", "checkout", "--quiet")


def measure() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        experiments = Experiments(Path(folder) / "clone")
        rows = []
        for position, changes in enumerate([MEND, *CHANGES]):
            sys.stderr.write(f"{position + 1} of {1 + len(CHANGES)}: {' '.join(changes)}\n")
            rows.append(experiments.experiment(changes))
            if changes is MEND:
                experiments.commit("Mend the network")
            else:
                experiments.undo()
    return rows
