"""Macro F1 of two predictions of the same rows: intervals, and where rows are exchanged."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core.files import Floats, Rows, Table
from mlp.evaluate.statistics.estimate import Estimate, sums
from mlp.evaluate.statistics.wilson import wilson


class MacroF1:
    """The macro F1 before and after, and their difference.

    A row counts by its actual, old and new label alone, so rows are counted by such combinations,
    and true and predicted rows of a class are sums over combinations.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """

    def __init__(self, old: Table, new: Table) -> None:
        columns = np.array([new["actual"], old["predicted"], new["predicted"]], dtype=object)
        labels, codes = np.unique(columns, return_inverse=True)
        shape = (len(labels),) * len(columns)
        kinds, self._kind = np.unique(np.ravel_multi_index(codes, shape), return_inverse=True)
        one_hot = [np.eye(len(labels))[places] for places in np.unravel_index(kinds, shape)]
        self._actual, self._old, self._new = one_hot
        self._counts = np.bincount(self._kind, minlength=len(kinds)).astype(np.float64)
        self._differing = np.flatnonzero(codes[1] != codes[2])
        self.before = float(self._f1(self._counts[np.newaxis], self._old)[0])
        self.after = float(self._f1(self._counts[np.newaxis], self._new)[0])

    def exchanged(self, swaps: npt.NDArray[np.bool_]) -> Floats:
        """Return the difference where rows are exchanged, shape (draws, rows), a number a draw."""
        draws, rows = np.nonzero(swaps[:, self._differing])
        width = len(self._counts)
        flat = np.bincount(
            self._kind[self._differing[rows]] + width * draws, minlength=width * len(swaps)
        )
        swapped = flat.reshape(len(swaps), width).astype(np.float64)
        kept = self._counts - swapped
        after = self._f1(kept, self._new, swapped, self._old)
        return after - self._f1(kept, self._old, swapped, self._new)

    def difference(self, groups: Rows | None = None) -> Estimate:
        """Return the difference, with an interval by Student's t.

        Its error is that of a mean of what each row adds to it (the influence function), with one
        more row of average weight that goes from right to wrong, and one the other way: see
        `mlp.evaluate.statistics.paired`.
        """
        adds = (self._influence(self._new) - self._influence(self._old))[self._kind]
        totals = sums(adds, groups)
        size = len(adds) / len(totals)
        variance = (totals**2).sum() + 2 * size**2 * self._weight()
        value, error = self.after - self.before, math.sqrt(variance) / len(adds)
        return Estimate(value, value, error, len(totals) - 1, len(adds))

    def interval(self, groups: Rows | None = None) -> tuple[float, float]:
        """Return the 95 % interval of the macro F1 after.

        It is Wilson's, of as many rows as a share with the same variance would need: at most as
        many as the recall of classes of unequal size is worth. The F1 of each label takes one of
        them (as with degrees of freedom).
        """
        adds = self._influence(self._new)[self._kind]
        totals, labels = sums(adds, groups), len(self._actual.T)
        rows = len(totals) / self._weight()
        if variance := (totals**2).sum() / len(adds) ** 2:
            rows = min(rows, self.after * (1 - self.after) / variance)
        rows *= max(1, len(totals) - labels) / len(totals)
        return wilson(self.after * rows, rows)

    def _influence(self, predicted: Floats) -> Floats:
        """Return, by combination, the derivative of the macro F1 by its share of the rows."""
        hits = self._counts @ (self._actual * predicted)
        total = self._counts @ self._actual + self._counts @ predicted
        used = total > 0
        f1, per_row = (np.zeros(len(total)) for _ in range(2))
        np.divide(2 * hits, total, out=f1, where=used)
        np.divide(self._counts.sum() / used.sum(), total, out=per_row, where=used)
        adds: Floats = (2 * self._actual * predicted - f1 * (self._actual + predicted)) @ per_row
        return adds

    def _weight(self) -> float:
        """Return the mean square of what a row weighs in the macro F1; 1 for equal classes."""
        support = self._counts @ self._actual
        support = support[support > 0]
        return float((support.sum() / support).sum() / len(support) ** 2)

    def _f1(self, counts: Floats, predicted: Floats, *more: Floats) -> Floats:
        """Return the macro F1 of counts with their predicted labels; more are such a pair again."""
        hits, total = self._sums(counts, predicted)
        if more:
            other_hits, other_total = self._sums(*more)
            hits, total = hits + other_hits, total + other_total
        with np.errstate(invalid="ignore"):  # a label that is neither actual nor predicted: no F1
            mean: Any = np.nanmean(2 * hits / total, axis=1)
        return np.asarray(mean, dtype=np.float64)

    def _sums(self, counts: Floats, predicted: Floats) -> tuple[Floats, Floats]:
        """Return the right rows of each label, and its actual plus its predicted rows."""
        return counts @ (self._actual * predicted), counts @ self._actual + counts @ predicted
