"""Quantiles of Student's t distribution, without the import of SciPy."""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from mlp.core.files import Floats

MANY = 1000  # degrees of freedom above which two terms of a series are exact to 9 digits
STEPS = 80  # of a bisection, more than a float has bits


@lru_cache(maxsize=4096)
def quantile(p: float, df: int) -> float:
    """Return the p quantile; NaN without a degree of freedom.

    Parameters
    ----------
    p : float
        Between 0 and 1.
    df : int
        Degrees of freedom.

    Notes
    -----
    Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; with many degrees of freedom 26.7.5.

    >>> round(quantile(0.975, 10), 4), round(quantile(0.975, 10**6), 4)
    (2.2281, 1.96)
    """
    if df < 1:
        return math.nan
    if df > MANY:
        z = NormalDist().inv_cdf(p)
        return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    low, high = 0.0, math.pi / 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        is_low = _between(middle, df) < abs(2 * p - 1)
        low, high = (middle, high) if is_low else (low, middle)
    return math.copysign(math.sqrt(df) * math.tan(low), p - 0.5)


def _between(angle: float, df: int) -> float:
    """Return the probability between -t and t, where t is sqrt(df) times the angle's tangent."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = df % 2
    series = 1 + float(np.cumprod(_ratios(df) * cosine**2).sum())
    if not odd:
        return sine * series
    return 2 / math.pi * (angle + (sine * cosine * series if df > 1 else 0))


@lru_cache(maxsize=1)  # a bisection asks for the same ones at every step
def _ratios(df: int) -> Floats:
    k = np.arange(1, (df - 2 - df % 2) // 2 + 1)
    ratios: Floats = 2 * k / (2 * k + 1) if df % 2 else (2 * k - 1) / (2 * k)
    return ratios


def two_sided(t: float, df: int) -> float:
    """Return the two-sided p value of a t statistic.

    >>> round(two_sided(2.2281, 10), 3)
    0.05
    """
    if df < 1:
        return 1.0
    if df > MANY:
        return 2 * NormalDist().cdf(-abs(t))
    return 1 - _between(math.atan(abs(t) / math.sqrt(df)), df)
