"""Macro F1 of two predictions of the same rows: on resamples, and where rows are exchanged."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core.files import Floats, Rows, Table


class MacroF1:
    """The macro F1 before and after, and their difference.

    A row counts by its actual, old and new label alone, so a resample is the number of rows of each
    such combination, and true and predicted rows of a class are sums over combinations.

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

    def on(self, rows: Rows) -> Floats:
        """Return the macro F1 after, on resamples: row positions, shape (resamples, rows)."""
        return self._f1(self._resampled(rows), self._new)

    def difference(self, rows: Rows) -> Floats:
        """Return the difference on resamples, a number a resample."""
        counts = self._resampled(rows)
        return self._f1(counts, self._new) - self._f1(counts, self._old)

    def exchanged(self, swaps: npt.NDArray[np.bool_]) -> Floats:
        """Return the difference where rows are exchanged, shape (draws, rows), a number a draw."""
        draws, rows = np.nonzero(swaps[:, self._differing])
        swapped = self._count(self._kind[self._differing[rows]], draws, len(swaps))
        kept = self._counts - swapped
        after = self._f1(kept, self._new, swapped, self._old)
        return after - self._f1(kept, self._old, swapped, self._new)

    def _resampled(self, rows: Rows) -> Floats:
        return self._count(self._kind[rows], np.arange(len(rows))[:, np.newaxis], len(rows))

    def _count(self, kinds: Rows, draws: Rows, number: int) -> Floats:
        """Return how many rows there are of each combination, shape (draws, combinations)."""
        width = len(self._counts)
        flat = np.bincount((kinds + width * draws).ravel(), minlength=width * number)
        return flat.reshape(number, width).astype(np.float64)

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
