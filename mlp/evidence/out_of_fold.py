"""Out-of-fold predictions: each row is predicted by a network that was not trained on it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
import pandas as pd

from mlp.core import predictions as scores
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.fits import cores
from mlp.training import network
from mlp.training.folds import Part, stratified

FEW = 1000  # rows up to which a process takes longer to start than to train its folds


def predictions(
    section: Mapping[str, Any], dataset: Dataset, folds: int, seed: int
) -> pd.DataFrame:
    """Train a network a fold on the other folds, and predict the fold with it.

    Folds of many rows are trained in processes on all cores (``LOKY_MAX_CPU_COUNT`` sets another
    number), of few rows in this one; it changes no result.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    dataset : Dataset
        With groups, the rows of each group are in one fold.
    folds : int
        Each is of like size and has its share of every class, where a class has rows enough.
    seed : int
        Which rows fall into which fold.

    Returns
    -------
    DataFrame
        One row a row of the dataset, in its order: the columns of `predictions.predictions`, and
        majority, the commonest label of the other folds (of equals the first as text).

    Raises
    ------
    InputError
        If no class has as many rows as there are folds, or there are fewer groups than folds.
    """
    label, most = Counter(dataset.labels).most_common(1)[0]
    if most < folds:
        raise InputError(
            f"crossval.folds is {folds}, but the commonest class, {label}, has {most} rows; "
            "lower crossval.folds."
        )
    parts = stratified(dataset, folds, seed)
    jobs = cores.count() if len(dataset.labels) > FEW else 1
    run = joblib.Parallel(n_jobs=jobs, verbose=10)
    tables = run(joblib.delayed(_fold)(section, dataset, part) for part in parts)
    whole: pd.DataFrame = pd.concat(tables).sort_index()
    return whole


def predict(section: Mapping[str, Any], seen: Dataset, unseen: Dataset) -> pd.DataFrame:
    """Train a network and predict rows that it has not seen, as `predictions.predictions`.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    seen, unseen : Dataset
        The rows to learn from, and those to predict.
    """
    pipeline = network.fit({**section, "verbose": False}, seen).pipeline
    probabilities = pipeline.predict_proba(unseen.features).astype(np.float64)
    classes = list(pipeline["mlp"].classes_)
    predicted = np.array(classes, dtype=object)[probabilities.argmax(axis=1)]
    return scores.predictions(unseen.rows, unseen.labels, predicted, probabilities, classes)


def _fold(section: Mapping[str, Any], dataset: Dataset, part: Part) -> pd.DataFrame:
    """Return the predictions of one fold, indexed by position."""
    others, fold = part
    seen = dataset.take(others)
    table = predict(section, seen, dataset.take(fold))
    majority, _ = Counter(sorted(seen.labels)).most_common(1)[0]
    return table.assign(majority=majority).set_axis(fold)
