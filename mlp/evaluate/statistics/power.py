"""The drop of accuracy that a paired test can see."""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom

POWER = 0.8


def detectable_drop(rows: int, discordant: int, significance: float) -> float:
    """Return the smallest drop of accuracy that the one-sided test sees with 80 % power.

    Parameters
    ----------
    rows : int
        Paired rows.
    discordant : int
        Rows on which the two networks differ in being right; the more there are, the larger a drop
        must be to stand out. A drop by itself makes as many as it is large.
    significance : float
        Level of the test.

    Returns
    -------
    float
        Share of the rows; 1 if even a loss of every row would not be seen.

    Notes
    -----
    Connor (1987), doi:10.2307/2531961, with exact instead of normal probabilities.
    """
    share = discordant / rows if rows else 0.0

    def lacking(drop: float) -> float:
        return _power(rows, max(share, drop), drop, significance) - POWER

    if not rows or lacking(1.0) < 0:
        return 1.0
    return float(brentq(lacking, 0.0, 1.0, xtol=1e-6))


def _power(rows: int, share: float, drop: float, significance: float) -> float:
    """Return the power of the test if a share of the rows differs and the net drop is given."""
    if share == 0:
        return 0.0
    low, high = binom.interval(1 - 1e-9, rows, share)
    differing = np.arange(int(low), int(high) + 1)
    # The least number of broken rows whose one-sided p value is at most the significance.
    needed = binom.isf(significance, differing, 0.5) + 1
    seen = binom.sf(needed - 1, differing, min((share + drop) / (2 * share), 1.0))
    return float(np.sum(binom.pmf(differing, rows, share) * seen))
