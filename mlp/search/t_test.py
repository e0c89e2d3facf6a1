"""Compare two candidates by their scores in the same folds."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student_t

ROUNDING = 1e-9  # relative difference of numbers that are equal except for their last digits


def corrected_t_test(differences: Sequence[float], ratio: float) -> float | None:
    """Return the two-sided p value of the corrected resampled t test.

    It is None if the difference is the same in every fold, for example one row: such folds say
    nothing about how much folds differ by chance.

    Folds share most of their training rows, so the ordinary t test finds differences where there
    are none. This test takes the variance of the mean to be ``1/n + ratio`` times that of a fold.

    Parameters
    ----------
    differences : sequence of float, shape (n,)
        The score of one network minus that of another, by fold.
    ratio : float
        Rows of a fold divided by its training rows, for example 1/2 with three folds.

    Notes
    -----
    Nadeau and Bengio (2003), doi:10.1023/A:1024068626366.
    """
    mean, sd = float(np.mean(differences)), float(np.std(differences, ddof=1))
    if sd <= ROUNDING * abs(mean):
        return 1.0 if mean == 0 else None
    statistic = mean / (sd * math.sqrt(1 / len(differences) + ratio))
    return float(2 * student_t.sf(abs(statistic), len(differences) - 1))
