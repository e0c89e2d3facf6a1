"""Rank test rows by the probability of a class: ROC and precision-recall curves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.core.files import Floats, Labels

MOST = 10  # classes with a curve
TWO = 2


@dataclass(frozen=True)
class Curve:
    """One class against all others.

    Attributes
    ----------
    label : str
    share : float
        Of the test rows; the precision of a guess.
    auc, average_precision : float
        The area below the ROC curve, and the mean of the precision over the recall.
    roc, precision_recall : ndarray of float64, shape (points, 2)
        The false and the true positive rate, and recall and precision.
    """

    label: str
    share: float
    auc: float
    average_precision: float
    roc: Floats
    precision_recall: Floats


def curves(
    actual: Labels, probabilities: Floats, classes: Sequence[str], order: Sequence[str]
) -> list[Curve]:
    """Return the curve of the rarer one of two classes, or of each of at most ten classes.

    Parameters
    ----------
    actual : ndarray of str objects, shape (rows,)
    probabilities : ndarray of float64, shape (rows, classes)
        There are no curves where one is not finite.
    classes : sequence of str
        The labels of the columns.
    order : sequence of str
        Classes with rows, the most important first.
    """
    if not np.isfinite(probabilities).all():
        return []
    known = [label for label in order if label in set(classes)]
    if len(classes) == TWO:
        known = sorted(known, key=lambda label: (actual == label).sum())[:1]
    places = {label: i for i, label in enumerate(classes)}
    found = []
    for label in known[:MOST]:
        is_class = actual == label
        if not is_class.all():
            found.append(_curve(label, is_class, probabilities[:, places[label]]))
    return found


def _curve(label: str, is_class: Labels, score: Floats) -> Curve:
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)  # of equal scores
    hits = np.cumsum(is_class[order])[ends]
    taken = ends + 1
    recall, precision = hits / hits[-1], hits / taken
    false = (taken - hits) / (taken[-1] - hits[-1])
    roc = np.column_stack([np.append(0.0, false), np.append(0.0, recall)])
    return Curve(
        label=label,
        share=float(is_class.mean()),
        auc=float(np.trapezoid(roc[:, 1], roc[:, 0])),
        average_precision=float((np.diff(recall, prepend=0.0) * precision).sum()),
        roc=roc,
        precision_recall=np.column_stack(
            [np.append(0.0, recall), np.append(precision[0], precision)]
        ),
    )
