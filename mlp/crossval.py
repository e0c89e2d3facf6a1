"""Out-of-fold predictions: each row is predicted by a network that was not trained on it."""

import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from mlp import network, scores
from mlp.command import InputError
from mlp.tables import Floats, Labels

Dataset = tuple[Floats, Labels, pd.Index]


def predictions(
    section: Mapping[str, Any], dataset: Dataset, folds: int, seed: int
) -> pd.DataFrame:
    """Train a network a fold on the other folds, and predict the fold with it.

    Folds are trained in processes on all cores (``LOKY_MAX_CPU_COUNT`` sets another number); how
    many changes no result.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    dataset : tuple
        Features, labels and row numbers: see `mlp.tables.read_dataset`.
    folds : int
        Each is of like size and has its share of every class, where a class has rows enough.
    seed : int
        Which rows fall into which fold.

    Returns
    -------
    DataFrame
        One row a row of the dataset, in its order: the columns of `mlp.scores.predictions`, and
        majority, the commonest label of the other folds (of equals the first as text).

    Raises
    ------
    InputError
        If no class has as many rows as there are folds.
    """
    features, labels, rows = dataset
    label, most = Counter(labels).most_common(1)[0]
    if most < folds:
        raise InputError(
            f"crossval.folds is {folds}, but the commonest class, {label}, has {most} rows; "
            "lower crossval.folds."
        )
    parts = stratified(labels, folds, seed)
    run = joblib.Parallel(n_jobs=-1, verbose=10)
    tables = run(joblib.delayed(_fold)(section, features, labels, rows, part) for part in parts)
    whole: pd.DataFrame = pd.concat(tables).sort_index()
    return whole


def stratified(
    labels: Labels, folds: int, seed: int
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Return for every fold the positions of the other rows and of its own."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
        return list(splitter.split(labels, labels))


def predict(
    section: Mapping[str, Any],
    features: Floats,
    labels: Labels,
    unseen: Dataset,
) -> pd.DataFrame:
    """Train a network and predict rows that it has not seen, as `mlp.scores.predictions`.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    features : ndarray of float64, shape (rows, features)
    labels : ndarray of str objects, shape (rows,)
    unseen : tuple
        Features, labels and row numbers of the rows to predict.
    """
    pipeline = network.fit({**section, "verbose": False}, features, labels).pipeline
    probabilities = pipeline.predict_proba(unseen[0])
    classes = list(pipeline["mlp"].classes_)
    predicted = np.array(classes, dtype=object)[probabilities.argmax(axis=1)]
    return scores.predictions(unseen[2], unseen[1], predicted, probabilities, classes)


def _fold(
    section: Mapping[str, Any],
    features: Floats,
    labels: Labels,
    rows: pd.Index,
    part: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
) -> pd.DataFrame:
    """Return the predictions of one fold, indexed by position."""
    others, fold = part
    unseen = features[fold], labels[fold], rows[fold]
    table = predict(section, features[others], labels[others], unseen)
    majority, _ = Counter(sorted(labels[others])).most_common(1)[0]
    return table.assign(majority=majority).set_axis(fold)
