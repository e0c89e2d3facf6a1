"""Build the table of predicted numbers, and score it.

The definitions are scikit-learn's. They are repeated here so that scoring does not import it.
"""

import math

import numpy as np

from mlp.core.files import Arrays, Floats, Rows, Table
from mlp.core.task import CLASSIFICATION, REGRESSION

METRICS = ("rmse", "mae", "median_absolute_error", "r2")
WHOLE, HUGE = 1e4, 1e10  # between these, a number is shown without digits after the point
DIGITS = 6  # of the target's standard deviation, that numbers in its unit keep


def predictions(rows: Rows, actual: Floats, predicted: Floats) -> Arrays:
    """Return the columns row, actual, predicted and residual, which is actual minus predicted.

    Parameters
    ----------
    rows : ndarray of int, shape (rows,)
        The row numbers in the source.
    actual, predicted : ndarray of float64, shape (rows,)
        In the unit of the target. Predictions are NaN if the network's weights are not finite.
    """
    return {
        "row": rows,
        "actual": actual,
        "predicted": predicted,
        "residual": actual - predicted,
    }


def task(table: Table) -> str:
    """Return the task of a table of predictions: a regression has residuals."""
    return REGRESSION if "residual" in table else CLASSIFICATION


def scores(actual: Floats, predicted: Floats) -> dict[str, float]:
    """Return rmse, mae, median_absolute_error (in the target's unit) and r2, at most 1.

    r2 is the share of the variance that the predictions explain, and 0 for predicting the mean of
    these rows. It is NaN where all actual values are equal.
    """
    errors = actual - predicted
    squares, spread = float((errors**2).mean()), float(actual.var())
    return {
        "rmse": math.sqrt(squares),
        "mae": float(np.abs(errors).mean()),
        "median_absolute_error": float(np.median(np.abs(errors))),
        "r2": 1 - squares / spread if spread else math.nan,
    }


def shown(value: float | None) -> str:
    """Return a number in the target's unit as text, of four digits or all before the point.

    >>> shown(3.14159), shown(235123.4), shown(1.5e30), shown(None)
    ('3.142', '235123', '1.5e+30', 'not finite')
    """
    if value is None or not math.isfinite(value):
        return "not finite"
    return f"{value:.0f}" if WHOLE <= abs(value) < HUGE else f"{value:.4g}"


def decimals(deviation: float) -> int:
    """Return how many digits after the point numbers in the target's unit are stored with.

    >>> decimals(77.1), decimals(0.002), decimals(3e9)
    (5, 9, 0)
    """
    if not deviation > 0 or not math.isfinite(deviation):
        return DIGITS
    return min(max(DIGITS - math.floor(math.log10(deviation)), 0), 15)
