"""The 95 % intervals of the scores of predicted numbers."""

import math

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.core.residuals import scores
from mlp.evaluate.statistics import student
from mlp.evaluate.statistics.estimate import sums
from mlp.evaluate.statistics.wilson import Z


def intervals(
    actual: Floats, predicted: Floats, groups: Rows | None = None
) -> dict[str, tuple[float, float]]:
    """Return the interval of rmse, mae, median_absolute_error and r2.

    Parameters
    ----------
    actual, predicted : ndarray of float64, shape (rows,)
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0.
    """
    errors = actual - predicted
    squares, sizes = errors**2, np.abs(errors)
    spread = (actual - actual.mean()) ** 2
    values = scores(actual, predicted)
    relative = squares / squares.mean()
    mse = math.exp(_reach(relative, groups))
    mae = math.exp(_reach(sizes / sizes.mean(), groups))
    left = math.exp(_reach(relative - spread / spread.mean(), groups))
    unexplained = 1 - values["r2"]
    return {
        "rmse": (values["rmse"] / math.sqrt(mse), values["rmse"] * math.sqrt(mse)),
        "mae": (values["mae"] / mae, values["mae"] * mae),
        "median_absolute_error": _of_median(sizes),
        "r2": (1 - unexplained * left, 1 - unexplained / left),
    }


def _reach(influence: Floats, groups: Rows | None) -> float:
    """Return half of the interval of a logarithm whose rows have this influence."""
    centered = influence - influence.mean()
    totals = sums(centered, groups)
    count = len(totals)
    error = math.sqrt(float((totals**2).sum()) * count / (count - 1)) / len(influence)
    return student.quantile(0.975, count - 1) * error


def _of_median(sizes: Floats) -> tuple[float, float]:
    ordered = np.sort(sizes)
    half = Z * math.sqrt(len(sizes)) / 2
    low = max(0, math.floor(len(sizes) / 2 - half))
    return float(ordered[low]), float(ordered[-1 - low])
