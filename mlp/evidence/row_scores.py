"""Write macro F1 as a mean over rows, and tell how far runs disagree about the rows."""

import numpy as np

from mlp.core.files import Floats, Labels, Rows


def macro_f1(actual: Labels, predicted: Labels) -> Floats:
    """Return numbers a row, shape (rows,), with the macro F1 as their mean.

    The F1 of a class is ``2 hits / total``, where total counts its actual and its predicted rows. A
    row changes it, to first order, by its own ``2 hits - F1 total``, over the total of the class.

    Notes
    -----
    The influence function of a ratio: Hampel (1974), doi:10.1080/01621459.1974.10482962.
    """
    labels, codes = np.unique([actual, predicted], return_inverse=True)
    rows, (own, said) = len(actual), codes.reshape(2, -1)
    hit = own == said
    total = np.bincount(own, minlength=len(labels)) + np.bincount(said, minlength=len(labels))
    f1 = 2 * np.bincount(own[hit], minlength=len(labels)) / total
    influence = (2 * hit - f1[own]) / total[own] - f1[said] / total[said]
    values: Floats = f1.mean() + influence * rows / len(labels)
    return values


def spread(values: Floats, units: Rows | None) -> float:
    """Return the standard error of one run's mean that comes of what only this run finds in rows.

    Parameters
    ----------
    values : ndarray of float64, shape (runs, rows)
    units : ndarray of int64, shape (rows,), or None
        The number of each row's group; rows of a group are drawn together.
    """
    sums = by_unit(values - values.mean(axis=1, keepdims=True), units)
    count = sums.shape[1]
    if count <= 1 or len(values) <= 1:
        return float("nan")
    variance = sums.var(axis=0, ddof=1).sum() * count / (count - 1) / values.shape[1] ** 2
    return float(np.sqrt(variance))


def by_unit(values: Floats, units: Rows | None) -> Floats:
    """Return the sums of values over the rows of each unit, shape (..., units)."""
    if units is None:
        return values
    order = np.argsort(units, kind="stable")
    starts = np.flatnonzero(np.diff(units[order], prepend=-1))
    sums: Floats = np.add.reduceat(values[..., order], starts, axis=-1)
    return sums
