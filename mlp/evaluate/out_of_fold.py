"""Score out-of-fold predictions."""

import numpy as np

from mlp.core import residuals
from mlp.core.files import Table
from mlp.core.json_file import DECIMALS
from mlp.core.predictions import confusion
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.evaluate.statistics import scores as of_labels


def scores(table: Table) -> tuple[dict[str, float], int]:
    """Return what gate/oof/NAME.json holds, and the digits after the point that it keeps.

    Parameters
    ----------
    table : Table
        One row a row of the dataset: see `mlp.evidence.out_of_fold.predictions`.
    """
    return SCORES[residuals.task(table)](table)


def _of_labels(table: Table) -> tuple[dict[str, float], int]:
    actual, predicted, majority = (
        np.asarray(table[name], dtype=object) for name in ("actual", "predicted", "majority")
    )
    labels = sorted(set(actual) | set(predicted))
    counts = confusion(actual, predicted, labels)
    of_guess = {"majority_accuracy": float(np.mean(actual == majority))}
    return {**of_labels.summary(table, counts), **of_guess}, DECIMALS


def _of_numbers(table: Table) -> tuple[dict[str, float], int]:
    actual, predicted, mean = (
        np.asarray(table[name], dtype=np.float64) for name in ("actual", "predicted", "mean")
    )
    of_guess = {"mean_rmse": residuals.scores(actual, mean)["rmse"]}
    decimals = max(DECIMALS, residuals.decimals(float(actual.std())))
    return {**residuals.scores(actual, predicted), **of_guess}, decimals


SCORES = {CLASSIFICATION: _of_labels, REGRESSION: _of_numbers}
