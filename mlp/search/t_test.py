"""Compare two candidates by their scores in the same folds."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student_t

ROUNDING = 1e-9  # relative, of differences that are equal but for their last digits


def corrected_t_test(differences: Sequence[float], ratio: float) -> float | None:
    """Return the two-sided p value of the corrected resampled t test.

    None where one is ahead by as much in every fold, such as by one row: folds that do not differ
    say nothing of how much they differ by chance.

    Folds share most of their training rows, so that the plain t test finds differences where there
    are none. The variance of their mean is taken for ``1/n + ratio`` times that of one.

    Parameters
    ----------
    differences : sequence of float, shape (n,)
        One network's score less another's, by fold.
    ratio : float
        Rows of a fold by rows that were learnt from, such as 1/2 with three folds.

    Notes
    -----
    Nadeau and Bengio (2003), doi:10.1023/A:1024068626366.
    """
    mean, sd = float(np.mean(differences)), float(np.std(differences, ddof=1))
    if sd <= ROUNDING * abs(mean):
        return 1.0 if mean == 0 else None
    statistic = mean / (sd * math.sqrt(1 / len(differences) + ratio))
    return float(2 * student_t.sf(abs(statistic), len(differences) - 1))
