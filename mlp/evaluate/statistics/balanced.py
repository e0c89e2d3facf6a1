"""Balanced accuracy, the mean recall of the classes: its value, its intervals, and its rule."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core.files import Floats, Labels, Rows, Table
from mlp.evaluate.statistics.estimate import Estimate, sums
from mlp.evaluate.statistics.exchange import Swaps

NAME = "balanced_accuracy"
TIMES, OF_TWO = 2.0, 0.75  # the share of the commonest class from which classes are unequal


def are_unequal(support: npt.NDArray[np.int64]) -> bool:
    """Return whether balanced accuracy is declared: the commonest class is above twice its share.

    Its share is 1 / classes where all are equal. Of two classes none is above twice 1/2; there the
    limit is 3/4.

    Parameters
    ----------
    support : ndarray of int64, shape (labels,)
        How many of the scored rows have each label; labels without rows do not count.

    >>> are_unequal(np.array([50, 25, 15, 7, 3])), are_unequal(np.array([40, 30, 20, 7, 3]))
    (True, False)
    >>> are_unequal(np.array([76, 24])), are_unequal(np.array([75, 25]))
    (True, False)
    """
    classes = int((support > 0).sum())
    return bool(classes > 1 and support.max() > min(TIMES / classes, OF_TWO) * support.sum())


def is_declared(actual: Any) -> bool:
    """Return whether rows with these labels, a sequence of str, are of unequal classes."""
    return are_unequal(np.bincount(codes(np.asarray(actual, dtype=object))))


def of_counts(counts: npt.NDArray[np.int64]) -> float:
    """Return the mean recall of the labels that have rows, of a confusion matrix.

    Notes
    -----
    `sklearn.metrics.balanced_accuracy_score`, not adjusted for chance.
    """
    support = counts.sum(axis=1)
    known = support > 0
    return float((np.diag(counts)[known] / support[known]).mean())


def declared(counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return the balanced accuracy of a confusion matrix, by its name, if classes are unequal."""
    return {NAME: of_counts(counts)} if are_unequal(counts.sum(axis=1)) else {}


def of_table(table: Table) -> float:
    """Return the balanced accuracy of predictions: see `mlp.core.predictions.predictions`."""
    return BalancedAccuracy(table, table).after


def row_values(right: Floats, codes: Rows) -> Floats:
    """Return numbers a row, of the shape of ``right``, with the balanced accuracy as their mean.

    A row adds its deviation from the recall of its class, times `row_weights`.

    Parameters
    ----------
    right : ndarray of float64, shape (..., rows)
        1 where the row is right, or the share of the runs in which it is.
    codes : ndarray of int64, shape (rows,)
        The number of each row's class, from 0.
    """
    support = np.bincount(codes)
    recall = np.stack([np.bincount(codes, one) for one in np.atleast_2d(right)]) / support
    center = recall.mean(axis=1, keepdims=True)
    values: Floats = center + (right - recall[:, codes]) * row_weights(codes)
    return values.reshape(right.shape)


def row_weights(codes: Rows) -> Floats:
    """Return rows / (classes * rows of its class) for each row; their mean is 1."""
    support = np.bincount(codes)
    weights: Floats = len(codes) / (len(support) * support[codes])
    return weights


class BalancedAccuracy:
    """The balanced accuracy before and after, and their difference.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """

    def __init__(self, old: Table, new: Table) -> None:
        self._codes = codes(np.asarray(new["actual"], dtype=object))
        self._weights = row_weights(self._codes)
        self._was, self._now = (_right(side) for side in (old, new))
        self.before = float((self._was * self._weights).mean())
        self.after = float((self._now * self._weights).mean())

    def exchanged(self, swaps: Swaps) -> Floats:
        """Return the difference where rows are exchanged, shape (draws, rows), a number a draw."""
        change = (self._now - self._was) * self._weights
        differences: Floats = (change.sum() - 2 * (swaps @ change)) / len(change)
        return differences

    def difference(self, groups: Rows | None = None) -> Estimate:
        """Return the difference, with its interval: see `of_classes`."""
        return of_classes(self._now - self._was, self._codes, (-1.0, 1.0), groups)

    def interval(self, groups: Rows | None = None) -> tuple[float, float]:
        """Return the 95 % interval of the balanced accuracy after, within 0 and 1."""
        low, high = of_classes(self._now, self._codes, (0.0, 1.0), groups).interval()
        return min(max(low, 0.0), self.after), max(min(high, 1.0), self.after)


def of_classes(
    values: Floats, codes: Rows, extremes: tuple[float, float], groups: Rows | None
) -> Estimate:
    """Return the mean over the classes of the mean of their rows, with an interval.

    Few rows of a class may agree by luck, so each class gets 2 / classes rows more of either
    extreme value. By groups, these are groups of average size, and the interval is by Student's t.

    Parameters
    ----------
    values : ndarray of float64, shape (rows,)
    codes : ndarray of int64, shape (rows,)
        The number of each row's class, from 0.
    extremes : pair of float
        The least and the greatest value of a row.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group, from 0.

    Notes
    -----
    Price and Bonett (2004), Computational Statistics & Data Analysis 45, 449-456.
    """
    support = np.bincount(codes).astype(np.float64)
    size = np.ones(len(support)) if groups is None else support / _groups_of(codes, groups)
    added = 2 / len(support)  # of each extreme, in rows or groups
    total = support + 2 * added * size
    center = (np.bincount(codes, values) + added * size * sum(extremes)) / total
    share = 1 / (len(support) * total)
    variance = (sums((values - center[codes]) * share[codes], groups) ** 2).sum()
    for extreme in extremes:
        variance += (added * ((extreme - center) * size * share) ** 2).sum()
    value = float((np.bincount(codes, values) / support).mean())
    df = None if groups is None else int(groups.max())
    return Estimate(value, float(center.mean()), math.sqrt(variance), df, len(values))


def _groups_of(codes: Rows, groups: Rows) -> Floats:
    """Return how many groups have rows of each class, shape (classes,)."""
    pairs = np.unique(np.stack([codes, groups]), axis=1)
    return np.bincount(pairs[0]).astype(np.float64)


def codes(labels: Labels) -> Rows:
    """Return the number of each row's class, from 0 in the order of the labels."""
    numbers: Rows = np.unique(labels.astype(str), return_inverse=True)[1]
    return numbers


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)
