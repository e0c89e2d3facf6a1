"""Optuna's search for a score: TPE with its Hyperband pruner, one process of several.

Its trials go on from epoch to epoch (`partial_fit`), in all folds at once, so that nothing that it
keeps is trained twice. Early stopping, which `partial_fit` does not know, is done by hand.
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from benchmarks.peers import environment
from mlp.core import dataset, dataset_file, params_file
from mlp.search.params import Search
from mlp.training import folds

optuna = environment.load("optuna")
journal = environment.load("optuna.storages.journal")

PATIENCE, GAIN = 10, 1e-4  # epochs and score: scikit-learn's defaults


class Fold:
    """One network of a trial, trained an epoch at a time."""

    def __init__(self, rows: dataset.Dataset, part: folds.Part, arguments: dict[str, Any]) -> None:
        others, fold = part
        scaler = StandardScaler().fit(rows.features[others])
        self.features, self.labels = scaler.transform(rows.features[others]), rows.target[others]
        self.held, self.truth = scaler.transform(rows.features[fold]), rows.target[fold]
        self.classes = np.unique(rows.target)
        self.early = arguments.pop("early_stopping")
        if self.early:
            self.features, self.judged, self.labels, self.judge = train_test_split(
                self.features, self.labels, test_size=0.1, random_state=0, stratify=self.labels
            )
        self.best, self.idle, self.score = -1.0, 0, 0.0
        state = np.random.RandomState(0)
        self.network = MLPClassifier(**arguments, solver="sgd", random_state=state)

    def epoch(self) -> None:
        if self.idle > PATIENCE:
            return
        self.network.partial_fit(self.features, self.labels, self.classes)
        self.score = float(np.mean(self.network.predict(self.held) == self.truth))
        if self.early:
            gained = float(np.mean(self.network.predict(self.judged) == self.judge))
        else:
            gained = -self.network.loss_
        self.idle = 0 if gained > self.best + GAIN else self.idle + 1
        self.best = max(self.best, gained) if np.isfinite(gained) else self.best


def drawn(trial: "optuna.Trial", space: Mapping[str, Any]) -> dict[str, Any]:
    """Draw a trial's arguments from the space of params.yaml."""
    arguments = {}
    for name, values in space.items():
        if isinstance(values, list):
            arguments[name] = values[trial.suggest_categorical(name, list(range(len(values))))]
        else:
            arguments[name] = trial.suggest_float(name, *values["loguniform"], log=True)
    return arguments


def main() -> None:
    folder, seed, target, limit, process = sys.argv[1:]
    params = params_file.read_section(Path("params.yaml"), "search", Search)
    space = params.space.model_dump(exclude_unset=True)
    rows = dataset_file.read(Path("data/train.parquet"))
    parts = folds.folded(rows, params.cv, int(seed))
    reached = Path(folder, "reached")
    end = time.monotonic() + float(limit)

    def objective(trial: "optuna.Trial") -> float:
        arguments = drawn(trial, space)
        trained = [Fold(rows, part, dict(arguments)) for part in parts]
        score = 0.0
        for epoch in range(1, params.fixed.max_iter + 1):
            if reached.exists() or time.monotonic() > end:
                trial.study.stop()
                break
            for fold in trained:
                try:
                    fold.epoch()
                except ValueError:  # weights that are not finite
                    raise optuna.TrialPruned from None
            score = float(np.mean([fold.score for fold in trained]))
            trial.report(score, epoch)
            if score >= float(target):
                reached.touch()
            elif trial.should_prune():
                raise optuna.TrialPruned
        return score

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    optuna.create_study(
        storage=optuna.storages.JournalStorage(journal.JournalFileBackend(f"{folder}/journal")),
        study_name="search",
        direction="maximize",
        load_if_exists=True,
        sampler=optuna.samplers.TPESampler(seed=int(seed) * 2 + int(process)),
        pruner=optuna.pruners.HyperbandPruner(2, params.fixed.max_iter, 3),
    ).optimize(objective, timeout=float(limit))


if __name__ == "__main__":
    main()
