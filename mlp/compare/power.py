"""The drop of accuracy that a paired test can detect."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import bdtr, bdtrc, bdtrik

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import design

POWER = 0.8
TOLERANCE = 1e-7  # of the drop
ROUNDING = 1e-12
SPREAD = 8  # standard deviations, beyond which there is no chance worth counting


def detectable_drop(
    rows: int, discordant: int, significance: float | Mapping[float, float], *, one_sided: bool
) -> float | None:
    """Return the smallest drop of accuracy that McNemar's test detects with 80 % power.

    The next change turns as many rows as this one, as many for the better as for the worse, and
    the drop comes on top: of the rows, ``discordant/rows/2`` are fixed, and as many and the drop
    are broken.

    Parameters
    ----------
    rows : int
        Paired rows.
    discordant : int
        Rows that one of two networks has right and the other wrong, of which neither is better; the
        more there are, the larger a drop must be to stand out.
    significance : float or mapping of float to float
        Level of the test; or several levels, each with its chance, where it depends on other tests.
    one_sided : bool
        Whether it asks only for a drop.

    Returns
    -------
    float or None
        Share of the rows; None if even the loss of every row would not be detected.

    Notes
    -----
    Connor (1987), doi:10.2307/2531961, with exact instead of normal probabilities.
    """
    levels = significance if isinstance(significance, Mapping) else {significance: 1.0}
    sides = 1 if one_sided else 2
    churn = discordant / rows if rows else 0.0

    def is_enough(drop: float) -> bool:
        powers = (w * power(rows, churn, drop, level / sides) for level, w in levels.items())
        return sum(powers) >= POWER

    low, high = 0.0, 1 - churn
    if not rows or not is_enough(high):
        return None
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def seen(
    was: pd.Series,
    now: pd.Series,
    groups: Rows | None,
    significance: float | Mapping[float, float],
    *,
    one_sided: bool,
) -> float | None:
    """Return the detectable drop of these rows: see `detectable_drop`.

    Parameters
    ----------
    was, now : Series of bool, shape (rows,)
        Whether the row is right, before and now.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group. Grouped rows count as the independent rows that their
        differences are worth.
    significance, one_sided
        As in `detectable_drop`.
    """
    change = now.to_numpy(dtype=np.float64) - was.to_numpy(dtype=np.float64)
    return detectable_drop(*counts(change, groups), significance, one_sided=one_sided)


def counts(change: Floats, groups: Rows | None) -> tuple[int, int]:
    """Return how many independent rows these are worth, and how many of those turned.

    Parameters
    ----------
    change : ndarray of float64, shape (rows,)
        1 where a row became right, -1 where it became wrong, and else 0.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group.
    """
    rows = int(design.independent_rows(change, groups))
    return rows, round(float((change != 0).mean()) * rows) if rows else 0


def power(rows: int, churn: float, drop: float, level: float) -> float:
    """Return the power of the one-sided test if a share of the rows turns and a drop comes on top.

    Parameters
    ----------
    rows : int
    churn, drop : float
        Shares of the rows: see `detectable_drop`.
    level : float
    """
    share = churn + drop
    if share == 0:
        return 0.0
    reach = SPREAD * (1 + np.sqrt(rows * share * max(0.0, 1 - share)))
    low, high = max(0, int(rows * share - reach)), min(rows, int(rows * share + reach))
    differing = np.arange(low, high + 1)
    below = bdtr(low - 1, rows, share) if low else 0.0
    chances = np.diff(bdtr(differing, rows, share), prepend=below)
    tail = np.minimum(critical(np.maximum(differing, 1), level), differing)
    detected = bdtrc(tail, differing, (churn / 2 + drop) / share)
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
