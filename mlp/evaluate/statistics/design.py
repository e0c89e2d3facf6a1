"""Count how many independent rows grouped rows are worth."""

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import student
from mlp.evaluate.statistics.estimate import sums
from mlp.evaluate.statistics.wilson import Z, wilson


def independent_rows(values: Floats, groups: Rows | None) -> float:
    """Return the number of independent rows of which the mean varies as much.

    Parameters
    ----------
    values : ndarray of float64, shape (rows,)
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group. Without groups it is the number of rows.

    Returns
    -------
    float
        At most the number of rows. Where all values are equal, nothing is known of how rows of a
        group resemble each other, and it is the number of groups.
    """
    rows = len(values)
    if groups is None or rows == 0:
        return float(rows)
    sizes = sums(np.ones(rows), groups)
    sizes, totals = sizes[sizes > 0], sums(values, groups)[sizes > 0]
    number = len(sizes)
    alone = float(values.var()) / rows
    if number == 1 or alone == 0:
        return float(number)
    mean = float(values.mean())
    together = float(((totals - mean * sizes) ** 2).sum()) * number / (number - 1) / rows**2
    return min(float(rows), rows * alone / together) if together > 0 else float(rows)


def effective_rows(values: Floats, groups: Rows | None) -> float:
    """Return the number of independent rows of which the mean is as uncertain.

    With few groups that is less than `independent_rows`, by as much as Student's t distribution is
    wider than the normal one. The parameters are the same.

    Notes
    -----
    Korn and Graubard (1998), Survey Methodology 24, 193-201.
    """
    rows = independent_rows(values, groups)
    df = 0 if groups is None else len(np.unique(groups)) - 1
    return rows * (Z / student.quantile(0.975, df)) ** 2 if df > 0 else rows


def interval(right: Floats, groups: Rows | None) -> tuple[float, float]:
    """Return Wilson's 95 % interval of the share of rows that are right, by groups if there are.

    Parameters as in `effective_rows`, of at least one row, with values of 0 and 1.
    """
    rows = effective_rows(right, groups)
    return wilson(float(right.mean()) * rows, rows)
