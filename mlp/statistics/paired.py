"""Judge two networks on the same rows: what is more than noise, and what could have been seen."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import binom, binomtest, bootstrap, norm

from mlp.core.files import Floats

POWER = 0.8
RESAMPLES = 1999, 199  # drawn for a small table and, at least, for one of any size
DRAWS = 40_000_000  # row numbers drawn in all, above which there are fewer resamples
BATCH = 20_000_000  # row numbers held in memory at once
Rows = npt.NDArray[np.int64]


def mcnemar(broken: int, fixed: int, *, one_sided: bool = False) -> float:
    """Return the exact p value of McNemar's test on discordant rows; 1 where there are none.

    Rows on which both networks are right, or both wrong, say nothing of a difference. If there is
    none, each other row is broken or fixed with equal chance.

    Parameters
    ----------
    broken, fixed : int
        Rows that were right and now are wrong, and the other way round.
    one_sided : bool
        Ask only whether more were broken than fixed.

    Notes
    -----
    McNemar (1947), doi:10.1007/BF02295996, with binomial instead of asymptotic probabilities.
    """
    if broken + fixed == 0:
        return 1.0
    side: Literal["greater", "two-sided"] = "greater" if one_sided else "two-sided"
    return float(binomtest(broken, broken + fixed, 0.5, alternative=side).pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values corrected for their number, so that all stand together at one level.

    Notes
    -----
    Holm (1979), https://www.jstor.org/stable/4615733: the smallest is multiplied by their number,
    the next by one less, and none comes out below a smaller one.
    """
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(len(p_values), 0, -1)
    raised = np.maximum.accumulate(np.asarray(p_values, dtype=np.float64)[order] * factors)
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(raised, 1.0)
    return [float(p) for p in corrected]


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
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile intervals, as
    `scipy.stats.bootstrap` computes them.
    """
    if rows <= 1:
        return float("nan"), float("nan")
    found = _resampled(statistic, rows).confidence_interval
    return float(np.squeeze(found.low)), float(np.squeeze(found.high))


def p_value_of_rise(statistic: Callable[[Rows], Floats], rows: int) -> float:
    """Return the one-sided p value of a statistic that is above 0; NaN below 2 rows.

    The statistic is normal with the standard deviation that it has over bootstrap resamples. In the
    tails that is nearer the truth than their percentiles (benchmarks/gate.py counts false alarms).
    Parameters as of `interval`.
    """
    if rows <= 1:
        return float("nan")
    value = float(statistic(np.arange(rows)[np.newaxis])[0])
    error = float(np.squeeze(_resampled(statistic, rows).standard_error))
    if error <= abs(value) * np.finfo(np.float64).eps:  # every resample is the same
        return float(value <= 0)
    return float(norm.sf(value / error))


def _resampled(statistic: Callable[[Rows], Floats], rows: int) -> Any:
    return bootstrap(
        (np.arange(rows),),
        lambda drawn, axis: statistic(np.atleast_2d(drawn)),  # noqa: ARG005 - the last, always
        n_resamples=max(RESAMPLES[1], min(RESAMPLES[0], DRAWS // rows)),
        batch=max(1, BATCH // rows),
        method="percentile",
        vectorized=True,
        rng=0,
    )


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
    """Return the chance of a significant result where a share of rows differs by a drop net."""
    if share == 0:
        return 0.0
    low, high = binom.interval(1 - 1e-9, rows, share)
    differing = np.arange(int(low), int(high) + 1)
    # The least number of broken rows whose one-sided p value is at most the significance.
    needed = binom.isf(significance, differing, 0.5) + 1
    seen = binom.sf(needed - 1, differing, min((share + drop) / (2 * share), 1.0))
    return float(np.sum(binom.pmf(differing, rows, share) * seen))
