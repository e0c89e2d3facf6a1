"""Evidence of networks that predict labels."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlp.core import predictions as tables
from mlp.core.files import Arrays, Floats, Labels, Rows, Target
from mlp.core.predictions import BY_ROW
from mlp.evidence import row_scores
from mlp.evidence.layout.classification import FLOOR
from mlp.evidence.run import Run
from mlp.fits.fold_fit import FoldFit

LOSSES: tuple[str, ...] = BY_ROW  # columns of `predictions` that a run keeps
NOISE = "of the labels to learn from are replaced by a random one"


def floor(target: Labels) -> dict[str, str]:
    """Return, by its name, what knows no feature: the commonest label, the first of equal ones."""
    return {FLOOR: tables.commonest(target)[0]}


def strata(target: Labels) -> Rows:
    """Return the number of each row's class, from 0."""
    return np.unique(target, return_inverse=True)[1]


def predictions(rows: Rows, actual: Target, fit: FoldFit) -> Arrays:
    """Return the table of a fit's predictions: see `mlp.core.predictions.predictions`."""
    classes = fit.classes.astype(object)
    predicted = classes[fit.outputs.argmax(axis=1)]
    return tables.predictions(rows, actual, predicted, fit.outputs, list(classes))


def by_row(runs: Sequence[Run], actual: Target) -> dict[str, Floats]:
    """Return each row's part of each metric in each run, shape (runs, rows).

    The mean over the rows is the metric.
    """
    right = np.array([run.predicted == actual for run in runs], dtype=np.float64)
    f1 = np.array([row_scores.macro_f1(actual, run.predicted) for run in runs])
    losses = {name: np.array([run.losses[name] for run in runs]) for name in LOSSES}
    return {"accuracy": right, "macro_f1": f1, **losses}


def classes(
    values: dict[str, Floats], actual: Target, units: Rows | None
) -> dict[str, dict[str, Any]]:
    """Return, by label, support, recall (a number a run) and the spread of the recall.

    Parameters
    ----------
    values : dict
        See `by_row`.
    actual : ndarray of str objects, shape (rows,)
    units : ndarray of int64, shape (rows,), or None
        The number of each row's group.
    """
    found, right = {}, values["accuracy"]
    for label in np.unique(actual.astype(str)).tolist():
        own = np.flatnonzero(actual == label)
        found[label] = {
            "support": len(own),
            "recall": right[:, own].mean(axis=1),
            "spread": row_scores.spread(right[:, own], None if units is None else units[own]),
        }
    return found
