"""Score predictions: accuracy and macro F1 with intervals, and precision, recall and F1 a class.

The definitions are scikit-learn's; they are written out over the confusion matrix, so that
scoring needs no import of scikit-learn. Tests hold the two against each other.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mlp.core.files import Arrays, Floats, Table
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics.wilson import wilson


def summary(table: Table, counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy with its Wilson 95 % interval, macro F1, log loss and Brier score.

    Parameters
    ----------
    table : Table
        See `mlp.core.predictions.predictions`.
    counts : ndarray of int64, shape (labels, labels)
        Their confusion matrix.
    """
    by_row = {name: float(np.asarray(table[name]).mean()) for name in BY_ROW}
    return {**overall(counts), **by_row}


def per_class(counts: npt.NDArray[np.int64], labels: Sequence[str]) -> Arrays:
    """Return support, precision, recall with its Wilson 95 % interval and F1, a row a label.

    What has no rows to count is NaN: recall without support, precision without predictions.
    """
    hits, support, predicted = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    intervals = [wilson(int(k), int(n)) for k, n in zip(hits, support, strict=True)]
    low, high = np.array(intervals).T
    return {
        "class": np.array(labels, dtype=object),
        "support": support,
        "precision": _share(hits, predicted),
        "recall": _share(hits, support),
        "recall_low": low,
        "recall_high": high,
        "f1": _share(2 * hits, support + predicted),
    }


def overall(counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy with its Wilson 95 % interval, and macro F1: the mean F1 of the labels.

    A label that is neither among the actual nor among the predicted ones has no F1 and is left out.
    """
    hits, rows = int(np.trace(counts)), int(counts.sum())
    low, high = wilson(hits, rows)
    f1 = _share(2 * np.diag(counts), counts.sum(axis=1) + counts.sum(axis=0))
    return {
        "accuracy": hits / rows,
        "accuracy_low": low,
        "accuracy_high": high,
        "macro_f1": float(np.nanmean(f1)),
    }


def _share(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> Floats:
    shares = np.full(len(part), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares
