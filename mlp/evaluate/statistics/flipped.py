"""Test whether one of two predictions of the same rows has the smaller loss on average."""

import math
from statistics import NormalDist

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics.estimate import sums


def p_value(gain: Floats, groups: Rows | None = None) -> float:
    """Return the one-sided p value of a gain above 0.

    If neither prediction is better, the gain of a row is as likely to be above 0 as below, by the
    same amount. The sum of such numbers, over the root of the sum of their squares, exceeds a bound
    no more often than a normal variable does, as nearly as matters at the levels used here, however
    heavy the tails are. So a few rows with huge errors make the test blunt, not wrong.

    Parameters
    ----------
    gain : ndarray of float64, shape (rows,)
        The loss of the one prediction minus that of the other, which is in question.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0. The rows of a group count as one.

    Notes
    -----
    Efron (1969), doi:10.1080/01621459.1969.10501068.
    """
    totals = sums(gain, groups)
    with np.errstate(over="ignore"):  # a diverged network's errors can exceed a float64
        size = math.sqrt(float((totals**2).sum()))
    if not math.isfinite(size):
        return 1.0
    return NormalDist().cdf(-float(totals.sum()) / size) if size else 1.0
