"""Build the table of predictions, with the losses of each row, and the confusion matrix.

The definitions are scikit-learn's. They are repeated here so that scoring does not import it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from mlp.core.files import Arrays, Floats, Labels, Rows, Table

GROUP = "group"  # the column of predictions that tells which rows belong together
UNCALIBRATED = (
    "It was trained with class_weight, so its probabilities are not calibrated to the shares of "
    "the classes."
)
MOST_PAIRS = 10_000  # of an actual and a predicted label, that git stores
BY_ROW = ("log_loss", "brier_score")  # scores that are a mean over rows


def commonest(labels: Iterable[str]) -> tuple[str, int]:
    """Return the commonest label, the first as text among equals, and how many rows have it.

    >>> commonest(["b", "a", "b", "a", "c"])
    ('a', 2)
    """
    return Counter(sorted(labels)).most_common(1)[0]


def confusion(actual: Labels, predicted: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Count rows by actual label (axis 0) and predicted label (axis 1), shape (labels, labels)."""
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    np.add.at(counts, (_positions(actual, labels), _positions(predicted, labels)), 1)
    return counts


def pairs(counts: npt.NDArray[np.int64], labels: Sequence[str]) -> Arrays:
    """Return a confusion matrix as the columns actual, predicted and rows, without empty cells.

    Of more than MOST_PAIRS cells, these are the ones with the most rows.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        See `confusion`.
    labels : sequence of str
    """
    filled = np.flatnonzero(counts)
    most = filled[np.argsort(-counts.flat[filled], kind="stable")[:MOST_PAIRS]]
    actual, predicted = np.unravel_index(np.sort(most), counts.shape)
    names = np.array(labels, dtype=object)
    return {
        "actual": names[actual],
        "predicted": names[predicted],
        "rows": counts[actual, predicted],
    }


def log_losses(actual: Labels, probabilities: Floats, classes: Sequence[str]) -> Floats:
    """Return -ln(probability of the actual label) of every row, shape (rows,).

    Probabilities are raised to at least 2.2e-16, so that one impossible row costs 36 and not
    infinity. A label that the model does not know has probability 0. The loss is NaN if the
    probability is.

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

    It is the squared distance of the probabilities from 1 for the actual label and 0 for the
    others. Unlike with the log loss, no single row can outweigh many. The parameters are those of
    `log_losses`.

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
    rows: Rows, actual: Labels, predicted: Labels, probabilities: Floats, classes: Sequence[str]
) -> Arrays:
    """Return the columns row, actual, predicted, confidence, log_loss and brier_score.

    Confidence is the probability of the predicted label. The last two are the row's part of the
    scores. All three are NaN if the network's weights are not finite.

    Parameters
    ----------
    rows : ndarray of int, shape (rows,)
        The row numbers in the source.
    actual, predicted : ndarray of str objects, shape (rows,)
    probabilities : ndarray of float64, shape (rows, classes)
    classes : sequence of str
        The labels of the columns.
    """
    return {
        "row": rows,
        "actual": actual,
        "predicted": predicted,
        "confidence": probabilities.max(axis=1),
        "log_loss": log_losses(actual, probabilities, classes),
        "brier_score": brier_scores(actual, probabilities, classes),
    }


def grouped(table: Arrays, groups: Labels | None) -> Arrays:
    """Return predictions with the column group, where there are groups.

    Parameters
    ----------
    table : Arrays
        See `predictions`.
    groups : ndarray of str objects, shape (rows,), or None
    """
    return table if groups is None else {**table, GROUP: groups}


def group_codes(table: Table) -> Rows | None:
    """Return the number of each row's group, from 0; None where predictions have no groups."""
    if GROUP not in table:
        return None
    # What a table read from a file has as NaN was written as the empty text.
    texts = [text if isinstance(text, str) else "" for text in table[GROUP]]
    codes: Rows = np.unique(np.array(texts, dtype=object), return_inverse=True)[1]
    return codes


def _positions(texts: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the position of each text among the labels, or -1 if it is not among them."""
    places = {label: place for place, label in enumerate(labels)}
    return np.array([places.get(text, -1) for text in texts], dtype=np.int64)
