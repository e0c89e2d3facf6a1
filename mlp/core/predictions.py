"""Score predictions: accuracy, log loss, and precision, recall and F1 a class.

The definitions are scikit-learn's; they are written out over the confusion matrix, so that
scoring needs no import of scikit-learn. Tests hold the two against each other.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.core.files import Floats, Labels
from mlp.statistics.wilson import wilson

BY_ROW = ("log_loss", "brier_score")  # scores that are the mean of a score of each row


def confusion(actual: Labels, predicted: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Count rows by actual label (axis 0) and predicted label (axis 1), shape (labels, labels)."""
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    np.add.at(counts, (_positions(actual, labels), _positions(predicted, labels)), 1)
    return counts


def log_losses(actual: Labels, probabilities: Floats, classes: Sequence[str]) -> Floats:
    """Return -ln(probability of the actual label) of every row, shape (rows,).

    A probability is kept at 2.2e-16 or more, so that one impossible row costs 36 and not infinity;
    a label that the model does not know counts as probability 0. NaN where a probability is NaN.

    Parameters
    ----------
    actual : ndarray of str objects, shape (rows,)
    probabilities : ndarray of float64, shape (rows, classes)
    classes : sequence of str
        The labels of the columns.
    """
    column = _positions(actual, classes)
    given = np.where(column >= 0, probabilities[np.arange(len(actual)), column], 0.0)
    losses: Floats = -np.log(np.maximum(given, np.finfo(np.float64).eps))
    return losses


def brier_scores(actual: Labels, probabilities: Floats, classes: Sequence[str]) -> Floats:
    """Return the Brier score of every row, shape (rows,), from 0 (right and sure) to 2.

    It is the squared distance of the probabilities from 1 for the actual label and 0 for others.
    Unlike the log loss, no single row can outweigh many. Parameters as of `log_losses`.

    Notes
    -----
    Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2, not halved.
    """
    column = _positions(actual, classes)
    known = column >= 0
    distance = probabilities.copy()
    distance[np.flatnonzero(known), column[known]] -= 1
    scores: Floats = (distance**2).sum(axis=1) + ~known
    return scores


def predictions(
    rows: pd.Index, actual: Labels, predicted: Labels, probabilities: Floats, classes: Sequence[str]
) -> pd.DataFrame:
    """Return a line a row: row, actual, predicted, confidence, log_loss, brier_score.

    Confidence is the probability of the predicted label; the last two are that row's part of the
    scores. All three are NaN where the network has no finite weights.

    Parameters
    ----------
    rows : Index of int, shape (rows,)
        The row numbers in the source.
    actual, predicted : ndarray of str objects, shape (rows,)
    probabilities : ndarray of float64, shape (rows, classes)
    classes : sequence of str
        The labels of the columns.
    """
    columns = {
        "row": rows,
        "actual": actual,
        "predicted": predicted,
        "confidence": probabilities.max(axis=1),
        "log_loss": log_losses(actual, probabilities, classes),
        "brier_score": brier_scores(actual, probabilities, classes),
    }
    return pd.DataFrame(columns)


def summary(table: pd.DataFrame, counts: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy with its Wilson 95 % interval, macro F1, log loss and Brier score.

    Parameters
    ----------
    table : DataFrame
        See `predictions`.
    counts : ndarray of int64, shape (labels, labels)
        Their confusion matrix.
    """
    by_row = {name: float(table[name].to_numpy().mean()) for name in BY_ROW}
    return {**overall(counts), **by_row}


def per_class(counts: npt.NDArray[np.int64], labels: Sequence[str]) -> pd.DataFrame:
    """Return support, precision, recall with its Wilson 95 % interval and F1, a row a label.

    What has no rows to count is NaN: recall without support, precision without predictions.
    """
    hits, support, predicted = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    intervals = [wilson(int(k), int(n)) for k, n in zip(hits, support, strict=True)]
    return pd.DataFrame(
        {
            "class": labels,
            "support": support,
            "precision": _share(hits, predicted),
            "recall": _share(hits, support),
            "recall_low": [low for low, _ in intervals],
            "recall_high": [high for _, high in intervals],
            "f1": _share(2 * hits, support + predicted),
        }
    )


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


def _positions(texts: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return each text's position among the labels, -1 where it is none of them."""
    return np.array(pd.Index(labels).get_indexer(pd.Index(texts)), dtype=np.int64)


def _share(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> Floats:
    shares = np.full(len(part), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares
