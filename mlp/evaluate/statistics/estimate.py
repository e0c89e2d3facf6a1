"""An estimate with its standard error, and the bounds that follow from it."""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import student

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over rows.

    Attributes
    ----------
    value : float
        The mean itself.
    center, error : float
        The middle of its intervals, which at few rows differs from the mean, and its standard
        error.
    df : int or None
        Degrees of freedom of Student's t distribution; None takes the normal distribution.
    rows : int
    """

    value: float
    center: float
    error: float
    df: int | None
    rows: int

    def negated(self) -> "Estimate":
        """Return the estimate of what is above 0 where this is below."""
        return replace(self, value=-self.value, center=-self.center)

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval, NaN twice where rows or groups are fewer than two."""
        half = self._quantile((1 + CONFIDENCE) / 2) * self.error
        return self.center - half, self.center + half

    def upper(self, confidence: float) -> float:
        """Return the one-sided upper bound at a confidence, such as 0.95."""
        return self.center + self._quantile(confidence) * self.error

    def rows_for(self, limit: float, confidence: float) -> int | None:
        """Return how many rows would bring the upper bound down to a limit.

        They are rows like these, of which the mean is the same; None if no number would do.
        """
        room = limit - self.value
        if room <= 0:
            return None
        return math.ceil(self.rows * max(0.0, (self.upper(confidence) - self.value) / room) ** 2)

    def _quantile(self, p: float) -> float:
        return NormalDist().inv_cdf(p) if self.df is None else student.quantile(p, self.df)


def sums(values: Floats, groups: Rows | None) -> Floats:
    """Return the sum of each group's values, or the values themselves where there are no groups.

    Parameters
    ----------
    values : ndarray of float64, shape (rows,)
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group, from 0.
    """
    if groups is None:
        return values
    return np.bincount(groups, weights=values).astype(np.float64)


def of_mean(values: Floats, extra: tuple[float, float], groups: Rows | None = None) -> Estimate:
    """Return the mean of the rows, with two rows or groups more that stand for those not seen.

    Parameters
    ----------
    values : ndarray of float64, shape (rows,)
    extra : pair of float
        The values of the two: a bad and a good row that few rows may lack by luck.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0. Groups are drawn as a whole, so the error is that of
        their sums, and each of the two is a group of average size.
    """
    totals, sizes = sums(values, groups), sums(np.ones(len(values)), groups)
    size = len(values) / len(totals)
    totals = np.append(totals, [size * value for value in extra])
    sizes = np.append(sizes, [size, size])
    center = float(totals.sum() / sizes.sum())
    variance = ((totals - center * sizes) ** 2).sum() * len(totals) / (len(totals) - 1)
    error = math.sqrt(variance) / sizes.sum()
    return Estimate(float(values.mean()), center, float(error), len(totals) - 3, len(values))
