"""Build the table of predicted numbers, and score it.

The definitions are scikit-learn's. They are repeated here so that scoring does not import it.
"""

import math
from collections.abc import Container

import numpy as np

from mlp.core.files import Arrays, Floats, Rows, Table
from mlp.core.json_file import DECIMALS
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


def task(names: Container[str] | Table) -> str:
    """Return the task of a table of predictions, or of row scores, by the names of its columns."""
    return REGRESSION if "residual" in names or METRICS[0] in names else CLASSIFICATION


def scores(actual: Floats, predicted: Floats) -> dict[str, float]:
    """Return rmse, mae, median_absolute_error (in the target's unit) and r2, at most 1.

    r2 is the share of the variance that the predictions explain, and 0 for predicting the mean of
    these rows. It is NaN where all actual values are equal.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _scores(actual, actual - predicted)


def _scores(actual: Floats, errors: Floats) -> dict[str, float]:
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


def parts(actual: Floats, predicted: Floats) -> dict[str, Floats]:
    """Return each row's part of every score, shape (rows,); the mean of the parts is the score.

    The part of rmse, r2 and the median is linear: by how much the score changes, to first order, if
    the row weighs more. The median's takes the density of the errors at the median from the
    quantiles around it.

    Notes
    -----
    The influence function: Hampel (1974), doi:10.1080/01621459.1974.10482962. The width of the
    quantiles is of the order of Hall and Sheather (1988), doi:10.1111/j.2517-6161.1988.tb01735.x.
    """
    with np.errstate(all="ignore"):  # a diverged network's errors can be of any size
        found = scores(actual, predicted)
        squares, sizes = (actual - predicted) ** 2, np.abs(actual - predicted)
        distances = (actual - actual.mean()) ** 2
        excess = squares - squares.mean()
        rmse, left = found["rmse"], 1 - found["r2"]
        return {
            "rmse": rmse + (excess / (2 * rmse) if rmse else excess),
            "mae": sizes,
            "median_absolute_error": found["median_absolute_error"] + _sides(sizes),
            "r2": found["r2"] - (squares - left * distances) / distances.mean(),
        }


def _sides(sizes: Floats) -> Floats:
    """Return what each row adds to the median, above 0 for the rows above it; their mean is 0."""
    reach = min(0.5, len(sizes) ** (-1 / 3))
    low, high = np.quantile(sizes, [0.5 - reach, 0.5 + reach])
    side = np.sign(sizes - np.median(sizes)) / 2
    sides: Floats = (side - side.mean()) * (high - low) / (2 * reach)
    return sides


def decimals(deviation: float) -> int:
    """Return how many digits after the point numbers in the target's unit are stored with.

    >>> decimals(77.1), decimals(0.002), decimals(3e9)
    (5, 9, 0)
    """
    if not deviation > 0 or not math.isfinite(deviation):
        return DIGITS
    return min(max(DIGITS - math.floor(math.log10(deviation)), 0), 15)


def stored_decimals(deviation: float) -> int:
    """Return `decimals`, but at least the six of everything that git stores."""
    return max(DECIMALS, decimals(deviation))
