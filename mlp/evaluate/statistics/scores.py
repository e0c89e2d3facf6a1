"""Score predictions: accuracy and macro F1 with intervals, and precision, recall and F1 a class.

The definitions are scikit-learn's; they are written out over the confusion matrix, so that
scoring needs no import of scikit-learn. Tests hold the two against each other.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mlp.core.files import Arrays, Floats, Rows, Table
from mlp.core.predictions import BY_ROW, group_codes
from mlp.evaluate.statistics import balanced, design
from mlp.evaluate.statistics.wilson import wilson


def summary(table: Table, counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy with its Wilson 95 % interval, macro F1, log loss and Brier score.

    Where rows belong to groups, the interval is of as many independent rows as they are worth.

    Parameters
    ----------
    table : Table
        See `mlp.core.predictions.predictions`.
    counts : ndarray of int64, shape (labels, labels)
        Their confusion matrix.
    """
    by_row = {name: float(np.asarray(table[name]).mean()) for name in BY_ROW}
    scores = {**overall(counts), **by_row}
    if (groups := group_codes(table)) is not None:
        low, high = design.interval(_right(table), groups)
        scores |= {"accuracy_low": low, "accuracy_high": high}
    return scores


def per_class(
    counts: npt.NDArray[np.int64], labels: Sequence[str], table: Table | None = None
) -> Arrays:
    """Return support, precision, recall with its Wilson 95 % interval and F1, a row a label.

    What has no rows to count is NaN: recall without support, precision without predictions.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        The confusion matrix.
    labels : sequence of str
    table : Table, optional
        The predictions: see `mlp.core.predictions.predictions`. If their rows belong to groups,
        there is a column more, effective: how many independent rows those of a label are worth.
    """
    hits, support, predicted = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    groups = None if table is None else group_codes(table)
    worth: Arrays = {}
    if table is not None and groups is not None:
        worth = {"effective": _effective(table, groups, labels)}
    rows = worth.get("effective", support)
    shares = _share(hits, support)
    intervals = [
        wilson(int(k), int(n)) if m == n else wilson(share * m, m)
        for k, n, m, share in zip(hits, support, rows, shares, strict=True)
    ]
    low, high = np.array(intervals).T
    return {
        "class": np.array(labels, dtype=object),
        "support": support,
        "precision": _share(hits, predicted),
        "recall": _share(hits, support),
        "recall_low": low,
        "recall_high": high,
        "f1": _share(2 * hits, support + predicted),
        **worth,
    }


def _effective(table: Table, groups: Rows, labels: Sequence[str]) -> Floats:
    right, actual = _right(table), np.asarray(table["actual"], dtype=object)
    of_label = [actual == label for label in labels]
    return np.array([design.effective_rows(right[rows], groups[rows]) for rows in of_label])


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)


def overall(counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy with its Wilson 95 % interval, and macro F1: the mean F1 of the labels.

    A label that is neither among the actual nor among the predicted ones has no F1 and is left out.
    Where classes are unequal (see `mlp.evaluate.statistics.balanced`), balanced accuracy too.
    """
    hits, rows = int(np.trace(counts)), int(counts.sum())
    low, high = wilson(hits, rows)
    f1 = _share(2 * np.diag(counts), counts.sum(axis=1) + counts.sum(axis=0))
    return {
        "accuracy": hits / rows,
        "accuracy_low": low,
        "accuracy_high": high,
        "macro_f1": float(np.nanmean(f1)),
        **balanced.declared(counts),
    }


def _share(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> Floats:
    shares = np.full(len(part), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares
