"""Evidence of a network that predicts numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core import residuals
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Arrays, Floats, Rows, Target
from mlp.core.json_file import DECIMALS
from mlp.core.predictions import grouped
from mlp.evidence.run import NumberRun
from mlp.fits.fold_fit import FoldFit

METRICS = ("rmse", "mae", "r2")
FLOOR = "mean"  # the column of the mean of the rows that were learned from


def check_folds(dataset: Dataset, folds: int) -> None:
    """Raise InputError if there are fewer rows than folds."""
    rows = len(dataset.target)
    if rows < folds:
        raise InputError(
            f"crossval.folds is {folds}, but the data have {rows} rows; lower crossval.folds."
        )


def floor(target: Target) -> float:
    """Return the mean."""
    return float(target.mean())


def table(unseen: Dataset, fit: FoldFit) -> Arrays:
    """Return the predictions of rows: see `mlp.core.residuals.predictions`."""
    found = residuals.predictions(unseen.rows, unseen.target, fit.outputs[:, 0])
    return grouped(found, unseen.groups)


def run(actual: Target, judged: Rows, fits: Sequence[tuple[Rows, FoldFit]]) -> NumberRun:
    """Join the predictions of all folds, in the order of the judged rows.

    Parameters
    ----------
    actual : ndarray of float64, shape (rows,)
    judged : ndarray of int64
        The positions of the judged rows.
    fits : sequence of (ndarray of int64, FoldFit)
        The positions of each fold's rows, and their predictions.
    """
    predicted = np.full(len(actual), np.nan)
    for fold, fit in fits:
        predicted[fold] = fit.outputs[:, 0]
    return NumberRun(
        predicted[judged],
        n_iter=max(fit.n_iter for _, fit in fits),
        converged=all(fit.converged for _, fit in fits),
    )


def values(runs: Sequence[NumberRun], actual: Target) -> dict[str, Floats]:
    """Return each row's part of each metric in each run, shape (runs, rows).

    The metric is their mean. Those of rmse and r2 are to first order (the influence function), as
    of macro F1: see `mlp.evidence.row_scores.macro_f1`.
    """
    errors = np.array([actual - run.predicted for run in runs])
    spread = (actual - actual.mean()) ** 2
    return residuals.row_values(errors, spread)


def classes(
    _values: Mapping[str, Floats], _actual: Target, _units: Rows | None
) -> dict[str, dict[str, Any]]:
    """Return no classes."""
    return {}


def decimals(actual: Target) -> int:
    """Return the digits after the point that stored scores keep: six of the target's deviation."""
    return max(DECIMALS, residuals.decimals(float(actual.std())))


def noise(actual: Target, rng: np.random.Generator) -> Target:
    """Return the number of another row at random for each row."""
    drawn: Target = rng.choice(actual, len(actual))
    return drawn
