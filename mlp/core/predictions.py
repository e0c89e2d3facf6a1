"""Predictions as a table, one line a row, and how they count by actual and predicted class.

The definitions are scikit-learn's, written out so that scoring needs no import of scikit-learn.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.core.files import Floats, Labels

BY_ROW = ("log_loss", "brier_score")  # scores that are the mean of a score of each row


def commonest(labels: Labels) -> tuple[str, int]:
    """Return the commonest label, of equally common ones the first as text, and its rows."""
    return Counter(sorted(labels)).most_common(1)[0]


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


def _positions(texts: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return each text's position among the labels, -1 where it is none of them."""
    return np.array(pd.Index(labels).get_indexer(pd.Index(texts)), dtype=np.int64)
