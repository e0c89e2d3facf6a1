"""The interval of a proportion."""

import math

Z = 1.959963984540054  # the 97.5th percentile of the normal distribution


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of a proportion; NaN twice if there are no trials.

    Notes
    -----
    Wilson (1927), doi:10.1080/01621459.1927.10502953; what `scipy.stats.binomtest` gives, without
    the import of scipy.stats.

    >>> tuple(round(bound, 4) for bound in wilson(52, 450))
    (0.0892, 0.1484)
    """
    if trials == 0:
        return float("nan"), float("nan")
    share = successes / trials
    center = share + Z**2 / (2 * trials)
    half = Z * math.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    scale = 1 + Z**2 / trials
    low = 0.0 if successes == 0 else (center - half) / scale
    high = 1.0 if successes == trials else (center + half) / scale
    return low, high
