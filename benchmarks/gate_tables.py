"""The tables and networks that the gate is tried on: small and large, real and generated."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.model_selection import train_test_split

from mlp.core.dataset import Columns, Dataset
from mlp.core.files import Target
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.evidence import plan
from mlp.evidence.plan import Plan

FOLDS = 5
TRAINING = {"unfinished": 60, "finished": 500}  # max_iter
PENGUINS = Path("examples/penguins.csv")


def section(training: str, task: str) -> dict[str, Any]:
    """Return the arguments of the network; of a regression it learns the scaled target."""
    scaled = {"scale_target": "standard"} if task == REGRESSION else {}
    return scaled | {
        "hidden_layer_sizes": [50],
        "solver": "adam",
        "learning_rate_init": 0.001,
        "max_iter": TRAINING[training],
        "scale": "standard",
    }


def plans(table: str) -> dict[str, Plan]:
    """Return what to learn from and to judge by, by the kind of evidence."""
    whole = {**TABLES, **REGRESSIONS}[table]()
    everything = np.arange(len(whole.target))
    labels = whole.target if whole.task == CLASSIFICATION else None
    train, test = train_test_split(everything, random_state=0, stratify=labels)
    return {
        "test": plan.of_split(whole.take(train), whole.take(test)),
        "oof": plan.of_folds(whole, FOLDS, 0),
    }


def _numbers(features: Any, labels: Any) -> Dataset:
    return _dataset(features, np.array([str(label) for label in labels], dtype=object))


def _dataset(features: Any, target: Target) -> Dataset:
    names = [f"x{i}" for i in range(features.shape[1])]
    matrix = np.asarray(features, dtype=np.float64)
    return Dataset(matrix, target, np.arange(len(target)), None, Columns("y", names, [], "none"))


def _penguins() -> Dataset:
    table = pd.read_csv(PENGUINS).drop(columns="year")
    texts, target = ["island", "sex"], "species"
    numbers = [name for name in table if name not in {*texts, target}]
    features = table[numbers].astype(np.float64)
    features = features.assign(**{name: table[name].fillna("").astype(object) for name in texts})
    labels = table[target].to_numpy(object)
    columns = Columns(target, numbers, texts, "median")
    return Dataset(features, labels, np.arange(len(table)), None, columns)


def _imbalanced() -> Dataset:
    shares = [0.5, 0.25, 0.15, 0.07, 0.03]
    return _numbers(
        *datasets.make_classification(
            2000, 20, n_informative=8, n_classes=5, weights=shares, random_state=0
        )
    )


def _noisy_labels() -> Dataset:
    return _numbers(
        *datasets.make_classification(
            1200, 20, n_informative=6, n_classes=3, flip_y=0.2, random_state=0
        )
    )


TABLES: dict[str, Callable[[], Dataset]] = {
    "digits": lambda: _numbers(*datasets.load_digits(return_X_y=True)),
    "wine": lambda: _numbers(*datasets.load_wine(return_X_y=True)),
    "breast cancer": lambda: _numbers(*datasets.load_breast_cancer(return_X_y=True)),
    "penguins": _penguins,
    "five imbalanced classes": _imbalanced,
    "20 % label noise": _noisy_labels,
    "iris": lambda: _numbers(*datasets.load_iris(return_X_y=True)),
    "two moons": lambda: _numbers(*datasets.make_moons(800, noise=0.3, random_state=0)),
}
REGRESSIONS: dict[str, Callable[[], Dataset]] = {
    "diabetes": lambda: _dataset(*datasets.load_diabetes(return_X_y=True)),
    "Friedman 1": lambda: _dataset(*datasets.make_friedman1(2000, noise=1.0, random_state=0)),
}
