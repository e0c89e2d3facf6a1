"""The 95 % intervals of the scores of predicted numbers."""

import math
from collections.abc import Iterator

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import student
from mlp.evaluate.statistics.estimate import CONFIDENCE, sums
from mlp.evaluate.statistics.wilson import Z

DRAWS, BATCH = 999, 111
MANY = 2000  # rows or groups from which Student's t is as good
TAIL = (1 - CONFIDENCE) / 2


def intervals(
    actual: Floats, predicted: Floats, groups: Rows | None = None
) -> dict[str, tuple[float, float]]:
    """Return the interval of rmse, mae, median_absolute_error and r2.

    That of the median is by order statistics. The others are of a logarithm, of the mean square, of
    the mean size or of 1 - r2, and are the wider of two: by Student's t, and by a studentised
    bootstrap, which follows skewed errors; the upper bound allows for one more row like the worst,
    since a sample that lacks such rows claims too much. Rows of a group are drawn together.

    Parameters
    ----------
    actual, predicted : ndarray of float64, shape (rows,)
        Finite; at least two rows.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0.

    Returns
    -------
    dict of str to (float, float)
        NaN twice where rows or groups are fewer than two, or all actual values are equal.

    Notes
    -----
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, 12.5. The median's does not know
    of groups. Equal rows give equal intervals.
    """
    sizes = np.abs(actual - predicted)
    whole = np.zeros(len(sizes))  # in place of the part of the score that is divided by
    mse = _interval(sizes**2, whole, groups)
    mae = _interval(sizes, whole, groups)
    unexplained = _interval(sizes**2, actual - actual.mean(), groups)
    return {
        "rmse": (math.sqrt(mse[0]), math.sqrt(mse[1])),
        "mae": mae,
        "median_absolute_error": _of_median(sizes),
        "r2": (1 - unexplained[1], 1 - unexplained[0]),
    }


def _interval(values: Floats, centered: Floats, groups: Rows | None) -> tuple[float, float]:
    """Return the interval of a mean, or of its ratio to the variance of another number.

    Parameters
    ----------
    values : ndarray of float64, shape (rows,)
    centered : ndarray of float64, shape (rows,)
        The other number, less its mean; 0 in every row to divide by nothing.
    groups
        As of `intervals`.
    """
    units = _units(values, centered, groups)
    count = units.shape[1]
    estimate, error = (float(part[0]) for part in _logarithm(units, np.ones((1, count))))
    if count <= 1 or not math.isfinite(error):
        return math.nan, math.nan
    half = student.quantile(1 - TAIL, count - 1) * error
    low, high = estimate - half, estimate + half
    if count < MANY and error > 0:
        first, last = _turned(units, estimate)
        low, high = min(low, estimate - last * error), max(high, estimate - first * error)
    return math.exp(low), math.exp(max(high, _with_one_more(units)))


def _with_one_more(units: Floats) -> float:
    """Return the upper bound of the logarithm if one more unit were as bad as the worst."""
    worst = units[:, [int(np.argmax(units[1]))]]
    more = np.hstack([units, worst])
    count = more.shape[1]
    estimate, error = (float(part[0]) for part in _logarithm(more, np.ones((1, count))))
    return estimate + student.quantile(1 - TAIL, count - 1) * error


def _units(values: Floats, centered: Floats, groups: Rows | None) -> Floats:
    """Return, for each row or group, its rows and its sums of values, centered and its square."""
    parts = (np.ones(len(values)), values, centered, centered**2)
    return np.array([sums(part, groups) for part in parts])


def _logarithm(units: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the logarithm of a score and its standard error, a number a draw.

    Parameters
    ----------
    units : ndarray of float64, shape (4, units)
    weights : ndarray of float64, shape (draws, units)
        How often each row or group is drawn.
    """
    rows, value, first, second = units
    total = weights @ rows
    mean, shift = (weights @ value) / total, (weights @ first) / total
    spread = (weights @ second) / total - shift**2
    is_ratio = bool(second.any())
    # A unit adds value / mean - rows, or value / mean - squares / spread, where its squares are
    # second - 2 shift first + shift² rows.
    if not is_ratio:
        square = (weights @ value**2) / mean**2 - 2 * (weights @ (value * rows)) / mean
        square += weights @ rows**2
        estimate = np.log(mean)
    else:
        square = (weights @ value**2) / mean**2
        square -= 2 * _with_squares(weights, value, units, shift) / (mean * spread)
        square += _squares_squared(weights, units, shift) / spread**2
        estimate = np.log(mean / spread)
    drawn = weights.sum(axis=1)
    error = np.sqrt(np.maximum(square, 0) * drawn / np.maximum(drawn - 1, 1)) / total
    return estimate, error


def _with_squares(weights: Floats, value: Floats, units: Floats, shift: Floats) -> Floats:
    """Return the sum over units of a value times the unit's squares about the shifted mean."""
    rows, _, first, second = units
    found: Floats = (
        weights @ (value * second)
        - 2 * shift * (weights @ (value * first))
        + shift**2 * (weights @ (value * rows))
    )
    return found


def _squares_squared(weights: Floats, units: Floats, shift: Floats) -> Floats:
    """Return the sum over units of the square of the unit's squares about the shifted mean."""
    rows, _, first, second = units
    found: Floats = (
        weights @ second**2
        - 4 * shift * (weights @ (second * first))
        + shift**2 * (weights @ (4 * first**2 + 2 * second * rows))
        - 4 * shift**3 * (weights @ (first * rows))
        + shift**4 * (weights @ rows**2)
    )
    return found


def _turned(units: Floats, estimate: float) -> tuple[float, float]:
    """Return the quantiles of the studentised logarithm over draws with replacement."""
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw of one row again and again
        drawn = [_logarithm(units, weights) for weights in _drawn(units.shape[1])]
        values, errors = (np.concatenate(part) for part in zip(*drawn, strict=True))
        ratios = (values - estimate) / errors
    low, high = np.quantile(ratios[np.isfinite(ratios)], [TAIL, 1 - TAIL])
    return float(low), float(high)


def _drawn(count: int) -> Iterator[Floats]:
    """Yield how often each unit is drawn, shape (batch, units); the same at each call."""
    rng = np.random.default_rng(0)
    for _ in range(DRAWS // BATCH):
        places = rng.integers(count, size=(BATCH, count)) + count * np.arange(BATCH)[:, np.newaxis]
        flat = np.bincount(places.ravel(), minlength=BATCH * count)
        yield flat.reshape(BATCH, count).astype(np.float64)


def _of_median(sizes: Floats) -> tuple[float, float]:
    """Return the order statistics that hold the median, by the normal approximation of ranks."""
    ordered = np.sort(sizes)
    half = Z * math.sqrt(len(sizes)) / 2
    low = max(0, round(len(sizes) / 2 - half) - 1)
    return float(ordered[low]), float(ordered[-1 - low])
