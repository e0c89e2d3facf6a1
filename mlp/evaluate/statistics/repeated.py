"""Compare two configurations by repeated training: the luck of seeds and of rows together."""

from dataclasses import dataclass

import numpy as np
from scipy.special import nctdtrinc, stdtr, stdtrit

from mlp.core.files import Floats, Rows

POWER = 0.8
ROUNDING = 1e-9  # of a metric, below which two of its values are the same


@dataclass(frozen=True)
class Sample:
    """A metric of one configuration.

    Attributes
    ----------
    means : ndarray of float64, shape (runs,)
        The metric of each run, at least two, over all rows.
    spread : float
        See `mlp.evidence.row_scores.spread`.
    values : ndarray of float64, shape (rows,)
        The row's part of the metric, a mean over the runs. It may be of a sample of the rows.
    rows : int
        The number of all rows.
    classes : ndarray of int64, shape (rows,), optional
        The number of each row's class, from 0, if the metric is a mean over classes.
    labels : int
        How many classes there are. In a sample of the rows, some may have none.
    """

    means: Floats
    spread: float
    values: Floats
    rows: int
    classes: Rows | None = None
    labels: int = 0


@dataclass(frozen=True)
class Change:
    """A difference of means, its standard error, and the degrees of freedom of that error.

    The error is NaN where the rows are one, or all of one group, which tell nothing of others.
    """

    old: float
    new: float
    error: float
    freedom: float

    @property
    def difference(self) -> float:
        return self.new - self.old

    @property
    def _rounding(self) -> float:
        return ROUNDING * max(abs(self.old), abs(self.new))

    def p_value(self, sign: int) -> float:
        """Return the one-sided p value of a rise (sign 1) or of a fall (sign -1)."""
        rise = sign * self.difference
        if self.error <= self._rounding:
            return float(rise <= self._rounding)
        return float(stdtr(self.freedom, -rise / self.error))

    def interval(self, level: float = 0.05) -> tuple[float, float]:
        """Return the interval that misses the true difference with this probability."""
        half = self.reach(level / 2)
        return self.difference - half, self.difference + half

    def reach(self, level: float) -> float:
        """Return how far the difference may be from its true value, on one side, at a level."""
        return float(stdtrit(self.freedom, 1 - level)) * self.error

    def detectable(self, level: float) -> float | None:
        """Return the least difference that the one-sided test at a level detects with 80 % power.

        None if the present one is significant, in either direction: what made it may have changed
        the luck of seeds and rows as well.

        Notes
        -----
        By the noncentral t distribution, given the standard error as it is.
        """
        if not self.error > self._rounding or min(self.p_value(1), self.p_value(-1)) <= level:
            return None
        critical = float(stdtrit(self.freedom, 1 - level))
        return float(nctdtrinc(self.freedom, 1 - POWER, critical)) * self.error


def change(old: Sample, new: Sample, units: Rows | None = None) -> Change:
    """Compare two configurations on the same rows.

    Parameters
    ----------
    old, new : Sample
    units : ndarray of int64, shape (rows,), or None
        The number of each row's group, from 0; rows of a group are drawn together.

    Notes
    -----
    The variance of the difference is that of the seeds, by the runs of each side as in Welch's
    test, and that of the rows, by the row differences of the averages. The latter hold a share of
    what the seeds decide, which is in the former already, so it is subtracted; the former is at
    least that share, or runs that agree by luck would have no variance. In a mean over classes, the
    variance of the rows is that within classes, and few rows of a class have few degrees. Degrees
    of freedom are by Satterthwaite (1946), doi:10.2307/3002019. Assumes that the means of runs are
    normal, as nearly as a t test needs.
    """
    both = (old, new)
    seeds = [max(side.means.var(ddof=1), side.spread**2) / len(side.means) for side in both]
    shared = sum(side.spread**2 / len(side.means) for side in both)
    difference = new.values - old.values
    if new.classes is None or units is not None:
        by_rows, count = _row_variance(difference, units)
    else:
        by_rows, count = _variance_within(difference, new.classes, new.labels)
    # Of a sample of the rows the variance is that of its own size. That of groups falls more slowly
    # than their rows grow, so there it is taken as the sample has it, which is no less.
    share = len(new.values) / new.rows if units is None else 1.0
    rows = np.maximum(0.0, by_rows * share - shared)  # NaN if one is
    parts = np.array([*seeds, rows])
    freedom = np.array([len(old.means) - 1, len(new.means) - 1, count - 1])
    total = float(parts.sum())
    degrees = total**2 / float((parts**2 / freedom).sum()) if total else float(freedom.sum())
    return Change(float(old.means.mean()), float(new.means.mean()), float(np.sqrt(total)), degrees)


def _variance_within(values: Floats, classes: Rows, labels: int) -> tuple[float, float]:
    """Return the variance of the mean of values that rows of each class decide, and its degrees.

    One degree of freedom of each class is the variance within all classes together, so that a class
    whose few rows agree by luck has a variance. A class that a sample has no row of counts as half
    a row. The degrees are as many as a number of rows.
    """
    size = np.maximum(np.bincount(classes, minlength=labels), 0.5)
    means = np.bincount(classes, values, labels) / size
    rest = (values - means[classes]) * size[classes]  # without the weight of the class
    squares = np.bincount(classes, rest**2, labels)
    pooled = squares.sum() / max(1, len(values) - len(size))
    parts = (squares + pooled) / size**2 / len(values) ** 2
    total = float(parts.sum())
    degrees = total**2 / float((parts**2 / size).sum()) if total else float(size.sum())
    return total, degrees + 1


def _row_variance(values: Floats, units: Rows | None) -> tuple[float, float]:
    """Return the variance of the mean of values that rows or groups decide, and their number."""
    rest = values - values.mean()
    sums = rest if units is None else np.bincount(units, rest)
    count = len(sums)
    if count <= 1:
        return float("nan"), count
    return float((sums**2).sum()) * count / (count - 1) / len(values) ** 2, count
