"""Intervals of the difference between two predictions of the same rows."""

import math

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import estimate
from mlp.evaluate.statistics.estimate import Estimate


def accuracy(broken: int, fixed: int, rows: int) -> Estimate:
    """Return the gain of accuracy, with Bonett and Price's interval.

    Parameters
    ----------
    broken, fixed : int
        Rows that were right and now are wrong, and the other way round.
    rows : int
        All rows, those that did not change included.

    Notes
    -----
    Bonett and Price (2012), doi:10.3102/1076998611411915: one more broken and one more fixed row
    than there are. Without them, few rows that all agree would claim to know the difference.

    >>> low, high = accuracy(4, 10, 45).interval()
    >>> round(low, 4), round(high, 4)
    (-0.0351, 0.2904)
    """
    was_right, is_right = (broken + 1) / (rows + 2), (fixed + 1) / (rows + 2)
    center = is_right - was_right
    error = math.sqrt((is_right + was_right - center**2) / (rows + 2))
    return Estimate((fixed - broken) / rows, center, error, None, rows)


def gain(was: Floats, now: Floats, groups: Rows | None = None) -> Estimate:
    """Return the gain of accuracy: `accuracy`, or where there are groups `mean`, which is alike.

    Parameters
    ----------
    was, now : ndarray of float64, shape (rows,)
        1 where the row is right, and 0 where it is not.
    groups
        As in `mlp.evaluate.statistics.estimate.of_mean`.
    """
    if groups is None:
        return accuracy(int((was > now).sum()), int((now > was).sum()), len(now))
    return mean(now - was, 1.0, groups)


def mean(change: Floats, flip: float, groups: Rows | None = None) -> Estimate:
    """Return the mean change of a score of rows, with an interval by Student's t.

    Parameters
    ----------
    change : ndarray of float64, shape (rows,)
        The score of each row now minus before.
    flip : float
        The change of a row that goes from right to wrong; there is one more of these than seen, and
        one more the other way, as in `accuracy`. See `mlp.evaluate.statistics.means.flip`.
    groups
        As in `mlp.evaluate.statistics.estimate.of_mean`.
    """
    return estimate.of_mean(change, (flip, -flip), groups)


def upper(broken: int, fixed: int, rows: int, confidence: float) -> float:
    """Return the most by which the accuracy may be worse, at a one-sided confidence.

    Parameters
    ----------
    broken, fixed, rows
        As in `accuracy`.
    confidence : float
        Such as 0.95. The bound is a share of the rows, above 0 for worse.
    """
    return min(1.0, accuracy(fixed, broken, rows).upper(confidence))
