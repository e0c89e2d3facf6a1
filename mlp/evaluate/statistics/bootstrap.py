"""Bootstrap over rows: the interval of a statistic."""

from collections.abc import Callable

import numpy as np

from mlp.core.files import Floats, Rows

RESAMPLES = 1999, 199  # drawn for a small table and, at least, for one of any size
DRAWS = 40_000_000  # row numbers drawn in all, above which there are fewer resamples
BATCH = 20_000_000  # row numbers held in memory at once


def interval(statistic: Callable[[Rows], Floats], rows: int) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a statistic of the rows; NaN twice below 2 rows.

    Parameters
    ----------
    statistic : callable
        Takes row positions, shape (resamples, rows), and returns a number a resample.
    rows : int
        The number of rows, which are drawn with replacement; the draws are the same at each call.
        There are 1999 resamples of up to 20,000 rows, and fewer of more, to 199.

    Notes
    -----
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile intervals: what
    `scipy.stats.bootstrap` gives with ``rng=0``, without the import of scipy.stats.
    """
    if rows <= 1:
        return float("nan"), float("nan")
    low, high = np.percentile(_resampled(statistic, rows), (2.5, 97.5))
    return float(low), float(high)


def _resampled(statistic: Callable[[Rows], Floats], rows: int) -> Floats:
    """Return the statistic of every resample, shape (resamples,)."""
    resamples = max(RESAMPLES[1], min(RESAMPLES[0], DRAWS // rows))
    batch = max(1, BATCH // rows)
    rng = np.random.default_rng(0)
    sizes = [min(batch, resamples - start) for start in range(0, resamples, batch)]
    return np.concatenate([statistic(rng.integers(0, rows, (size, rows))) for size in sizes])
