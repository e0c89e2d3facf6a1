"""Test the rows that two predictions do not both have right, one by one or by groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core.files import Rows
from mlp.evaluate.statistics import exact

Right = npt.NDArray[Any]  # whether each row is right, shape (rows,)


@dataclass(frozen=True)
class Turned:
    """The rows that turned.

    Attributes
    ----------
    broken, fixed : int
        Rows that were right and now are wrong, and the other way round.
    losses : ndarray of int64, shape (groups,), or None
        Of each group, how many more rows are broken than fixed; None where there are no groups.
    """

    broken: int
    fixed: int
    losses: Rows | None = None

    def p_value(self, *, one_sided: bool = False) -> float:
        """Return the p value of McNemar's test, by groups where there are groups."""
        if self.losses is None:
            return exact.mcnemar(self.broken, self.fixed, one_sided=one_sided)
        return sign_flips(self.losses, one_sided=one_sided)

    def least(self, *, one_sided: bool = False) -> float:
        """Return the least p value that as many discordant rows or groups could have."""
        units = self.broken + self.fixed if self.losses is None else np.count_nonzero(self.losses)
        return exact.mcnemar(int(units), 0, one_sided=one_sided)


def of(was: Right, now: Right, groups: Rows | None = None) -> Turned:
    """Count the rows that turned.

    Parameters
    ----------
    was, now : ndarray of bool, shape (rows,)
        Whether the row is right, before and now.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0.
    """
    losses = np.asarray(was, dtype=np.int64) - np.asarray(now, dtype=np.int64)
    broken, fixed = int((losses > 0).sum()), int((losses < 0).sum())
    if groups is None:
        return Turned(broken, fixed)
    return Turned(broken, fixed, np.bincount(groups, weights=losses).astype(np.int64))


def sign_flips(losses: Rows, *, one_sided: bool = False) -> float:
    """Return the exact p value of McNemar's test by groups; 1 if no group changed.

    If there is no difference, the sum of a group could as well have the other sign. With one row
    a group it is `mlp.evaluate.statistics.exact.mcnemar`.

    Parameters
    ----------
    losses : ndarray of int64, shape (groups,)
        Of each group, how many more rows are broken than fixed.
    one_sided : bool
        Ask only whether more were broken than fixed.

    Notes
    -----
    Fisher (1935), The Design of Experiments, chapter 3; sums by convolution instead of lists.
    """
    sizes, times = np.unique(np.abs(losses[losses != 0]), return_counts=True)
    chances = np.ones(1)  # of each number of rows in groups with a loss
    for size, number in zip(sizes.tolist(), times.tolist(), strict=True):
        before, chances = chances, np.zeros(len(chances) + size * number)
        for k, chance in enumerate(exact.fair_coin(number)):
            chances[k * size : k * size + len(before)] += chance * before
    lost, won = int(losses[losses > 0].sum()), int(-losses[losses < 0].sum())
    tail = chances[lost:].sum() if one_sided else 2 * chances[max(lost, won) :].sum()
    return min(1.0, float(tail))
