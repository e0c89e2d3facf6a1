"""The drop of accuracy that a paired test can detect."""

import numpy as np
from scipy.special import bdtr, bdtrc, bdtrik

POWER = 0.8
TOLERANCE = 1e-7  # of the drop
ROUNDING = 1e-12
SPREAD = 8  # standard deviations, beyond which there is no chance worth counting


def detectable_drop(rows: int, discordant: int, significance: float) -> float:
    """Return the smallest drop of accuracy that the one-sided test detects with 80 % power.

    Parameters
    ----------
    rows : int
        Paired rows.
    discordant : int
        Rows that one of the two networks has right and the other wrong; the more there are, the
        larger a drop must be to stand out. A drop by itself makes as many as it is large.
    significance : float
        Level of the test.

    Returns
    -------
    float
        Share of the rows; 1 if even a loss of every row would not be detected.

    Notes
    -----
    Connor (1987), doi:10.2307/2531961, with exact instead of normal probabilities.
    """
    if not rows:
        return 1.0

    def is_enough(drop: float) -> bool:
        return _power(rows, max(discordant / rows, drop), drop, significance) >= POWER

    low, high = 0.0, 1 / rows
    while not is_enough(high):
        if high >= 1:
            return 1.0
        low, high = high, min(2 * high, 1.0)
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _power(rows: int, share: float, drop: float, significance: float) -> float:
    """Return the power of the test if a share of the rows differs and the net drop is given."""
    if share == 0:
        return 0.0
    reach = SPREAD * (1 + np.sqrt(rows * share * (1 - share)))
    low, high = max(0, int(rows * share - reach)), min(rows, int(rows * share + reach))
    differing = np.arange(low, high + 1)
    below = bdtr(low - 1, rows, share) if low else 0.0
    chances = np.diff(bdtr(differing, rows, share), prepend=below)
    tail = np.minimum(critical(np.maximum(differing, 1), significance), differing)
    detected = bdtrc(tail, differing, min((share + drop) / (2 * share), 1.0))
    return float(np.sum(chances * detected))


def critical(rows: np.ndarray, significance: float) -> np.ndarray:
    """Return the largest number of broken rows whose one-sided p value is above the significance.

    That is a quantile of the binomial distribution of a fair coin. ``bdtrik`` finds it to within a
    rounding error, so the number below is tried too.
    """
    quantile = np.ceil(bdtrik(1 - significance, rows, 0.5))
    below = np.maximum(quantile - 1, 0)
    is_enough = bdtr(below, rows, 0.5) >= 1 - significance - ROUNDING
    critical: np.ndarray = np.where(is_enough, below, quantile)
    return critical
