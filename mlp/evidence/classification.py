"""Evidence of a network that predicts labels."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core import predictions
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Arrays, Floats, Rows, Target
from mlp.core.json_file import DECIMALS
from mlp.core.predictions import BY_ROW
from mlp.evidence import row_scores
from mlp.evidence.run import Run
from mlp.fits.fold_fit import FoldFit

METRICS = ("accuracy", "macro_f1", *BY_ROW)
FLOOR = "majority"  # the column of the commonest label of the rows that were learned from


def check_folds(dataset: Dataset, folds: int) -> None:
    """Raise InputError if the commonest class has fewer rows than there are folds."""
    label, count = predictions.commonest(dataset.target)
    if count < folds:
        raise InputError(
            f"crossval.folds is {folds}, but the commonest class, {label}, has {count} rows; "
            "lower crossval.folds."
        )


def floor(target: Target) -> str:
    """Return the commonest label, of equally common ones the first as text."""
    return predictions.commonest(target)[0]


def table(unseen: Dataset, fit: FoldFit) -> Arrays:
    """Return the predictions of rows: see `mlp.core.predictions.predictions`."""
    classes = fit.classes.astype(object)
    predicted = classes[fit.outputs.argmax(axis=1)]
    found = predictions.predictions(
        unseen.rows, unseen.target, predicted, fit.outputs, list(classes)
    )
    return predictions.grouped(found, unseen.groups)


def run(actual: Target, judged: Rows, fits: Sequence[tuple[Rows, FoldFit]]) -> Run:
    """Join the predictions of all folds, in the order of the judged rows.

    Parameters
    ----------
    actual : ndarray of str objects, shape (rows,)
    judged : ndarray of int64
        The positions of the judged rows.
    fits : sequence of (ndarray of int64, FoldFit)
        The positions of each fold's rows, and their predictions.
    """
    rows = len(actual)
    predicted = np.empty(rows, dtype=object)
    losses = {name: np.full(rows, np.nan) for name in BY_ROW}
    for fold, fit in fits:
        classes = fit.classes.astype(object)
        predicted[fold] = classes[fit.outputs.argmax(axis=1)]
        known = (actual[fold], fit.outputs, list(classes))
        losses["log_loss"][fold] = predictions.log_losses(*known)
        losses["brier_score"][fold] = predictions.brier_scores(*known)
    return Run(
        predicted[judged],
        **{name: values[judged] for name, values in losses.items()},
        n_iter=max(fit.n_iter for _, fit in fits),
        converged=all(fit.converged for _, fit in fits),
    )


def values(runs: Sequence[Run], actual: Target) -> dict[str, Floats]:
    """Return each row's part of each metric in each run, shape (runs, rows)."""
    return {name: row_scores.of(name, runs, actual) for name in METRICS}


def classes(
    values: Mapping[str, Floats], actual: Target, units: Rows | None
) -> dict[str, dict[str, Any]]:
    """Return support, recall (a number a run) and spread of each class."""
    found = {}
    right = values["accuracy"]
    for label in np.unique(actual.astype(str)).tolist():
        own = np.flatnonzero(actual == label)
        found[label] = {
            "support": len(own),
            "recall": right[:, own].mean(axis=1),
            "spread": row_scores.spread(right[:, own], None if units is None else units[own]),
        }
    return found


def decimals(_actual: Target) -> int:
    """Return the digits after the point that stored scores keep."""
    return DECIMALS


def noise(actual: Target, rng: np.random.Generator) -> Target:
    """Return a label at random for each row."""
    drawn: Target = rng.choice(np.unique(actual), len(actual))
    return drawn
