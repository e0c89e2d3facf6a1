"""The 95 % intervals of the scores of predicted numbers."""

import math

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.core.residuals import METRICS, scores
from mlp.evaluate.statistics import design, student
from mlp.evaluate.statistics.estimate import sums
from mlp.evaluate.statistics.wilson import Z

Interval = tuple[float, float]
UNKNOWN = (math.nan, math.nan)


def intervals(
    actual: Floats, predicted: Floats, groups: Rows | None = None
) -> dict[str, tuple[float, float]]:
    """Return the interval of rmse, mae, median_absolute_error and r2.

    Those of rmse, mae and 1 - r2 are by Student's t of their logarithms (delta method), that of the
    median by order statistics. A sample seldom holds the rarest and largest errors, so the side
    away from 0 counts two rows or groups more than there are, one as extreme as the largest and
    one as the smallest, and takes the degrees of freedom that the kurtosis leaves (Satterthwaite).
    Simulations in the tests have at least 93 % coverage, but for the rmse of fewer than 100 rows
    of very skewed errors.

    Parameters
    ----------
    actual, predicted : ndarray of float64, shape (rows,)
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0. Groups are drawn as a whole.

    Returns
    -------
    dict
        NaN twice where there is no interval: for a prediction that is not finite, for fewer than
        two rows or groups, and for r2 where all actual values are equal.
    """
    with np.errstate(all="ignore"):
        errors = actual - predicted
        units = len(errors) if groups is None else len(np.unique(groups))
        if units < 2 or not np.isfinite(errors**2).all():  # noqa: PLR2004 - one has no spread
            return dict.fromkeys(METRICS, UNKNOWN)
        return _intervals(actual, predicted, groups)


def _intervals(actual: Floats, predicted: Floats, groups: Rows | None) -> dict[str, Interval]:
    squares, sizes = (actual - predicted) ** 2, np.abs(actual - predicted)
    spread = (actual - actual.mean()) ** 2
    values = scores(actual, predicted)
    rmse, mae, unexplained = values["rmse"], values["mae"], 1 - values["r2"]
    mse_low, mse_high = _factors(_relative(squares), groups)
    mae_low, mae_high = _factors(_relative(sizes), groups)
    left = math.exp(_reach(_relative(squares) - _relative(spread), groups, rare=True))
    return {
        "rmse": (rmse * math.sqrt(mse_low), rmse * math.sqrt(mse_high)),
        "mae": (mae * mae_low, mae * mae_high),
        "median_absolute_error": _of_median(sizes, groups),
        "r2": (1 - unexplained * left, 1 - unexplained / left),
    }


def _relative(values: Floats) -> Floats:
    """Return what each row adds to the logarithm of the mean, times the number of rows."""
    mean = float(values.mean())
    return values / mean - 1 if mean else np.zeros(len(values))


def _factors(influence: Floats, groups: Rows | None) -> Interval:
    """Return the factors between a mean above 0 and both ends of its interval."""
    down, up = (_reach(influence, groups, rare=rare) for rare in (False, True))
    return math.exp(-down), math.exp(up)


def _reach(influence: Floats, groups: Rows | None, *, rare: bool) -> float:
    """Return how far a logarithm, whose rows have this influence, may be from its true value.

    Parameters
    ----------
    influence : ndarray of float64, shape (rows,)
        The mean is 0.
    groups : ndarray of int64, shape (rows,), or None
    rare : bool
        Whether to allow for rows more extreme than seen.
    """
    totals = sums(influence, groups)
    size, df = len(influence) / len(totals), len(totals) - 1
    if rare:
        totals = np.append(totals, [totals.min(), totals.max()])
        df = _freedom(totals)
    count = len(totals)
    center = abs(float(totals.mean())) / size
    error = float(totals.std(ddof=1)) / size / math.sqrt(count)
    return center + student.quantile(0.975, df) * error


def _freedom(values: Floats) -> int:
    """Return the degrees of freedom of a variance: 2 n / (kurtosis - 1), at most n - 3.

    Notes
    -----
    Satterthwaite (1946), doi:10.2307/3002019, with the variance of a variance for any kurtosis.
    """
    squares = (values - values.mean()) ** 2
    variance = float(squares.mean())
    if not variance:
        return len(values) - 3
    kurtosis = float((squares**2).mean()) / variance**2
    return max(1, min(len(values) - 3, round(2 * len(values) / max(kurtosis - 1, 1e-9))))


def _of_median(sizes: Floats, groups: Rows | None) -> Interval:
    """Return the order statistics between which the median is."""
    ordered = np.sort(sizes)
    rows = len(ordered)
    below = (sizes < np.median(sizes)).astype(np.float64)
    half = Z * rows / 2 / math.sqrt(design.effective_rows(below, groups))
    low = max(0, round(rows / 2 - half) - 1)
    return float(ordered[low]), float(ordered[-1 - low])
