"""Balanced accuracy of repeated trainings, from the recall of each class that is stored of them."""

import numpy as np

from mlp.core.files import Floats
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics.balanced import codes
from mlp.evaluate.statistics.repeated import Sample
from mlp.evidence.averages import Averages


def means(averages: Averages) -> Floats:
    """Return the balanced accuracy of each run."""
    return np.asarray(_by_class(averages).mean(axis=0), dtype=np.float64)


def balanced(averages: Averages) -> Sample:
    """Return the balanced accuracy of each run, and of each row its part of it."""
    labels = sorted(averages.classes)
    classes = [averages.classes[label] for label in labels]
    recall = _by_class(averages)
    support = np.array([entry["support"] for entry in classes])
    own = np.searchsorted(labels, averages.table["actual"].astype(str))
    weights = averages.rows / (len(labels) * support)
    typical = recall.mean(axis=1)
    right = np.asarray(averages.table["accuracy"], dtype=np.float64)
    return Sample(
        means=means(averages),
        spread=_spread(averages, recall),
        values=typical.mean() + (right - typical[own]) * weights[own],
        rows=averages.rows,
        classes=own,
        labels=len(labels),
    )


def _by_class(averages: Averages) -> Floats:
    """Return the recalls, shape (classes, runs), of the classes in the order of their labels."""
    return np.array([averages.classes[label]["recall"] for label in sorted(averages.classes)])


def _spread(averages: Averages, recall: Floats) -> float:
    """Return the spread of the mean recall: see `mlp.evidence.row_scores.spread`.

    Rows of different classes are independent, so variances add up. Where a group has rows of
    several classes they may not be, and the sum of the spreads is the most that it can be. A class
    of a single row has no spread by rows; that of its recall over the runs is the same.
    """
    entries = (averages.classes[label] for label in sorted(averages.classes))
    spreads = np.array([entry["spread"] for entry in entries], dtype=np.float64)
    known = np.where(np.isnan(spreads), recall.std(axis=1, ddof=1), spreads)
    together = known.sum() if _has_mixed_groups(averages) else np.sqrt((known**2).sum())
    return float(together / len(known))


def _has_mixed_groups(averages: Averages) -> bool:
    groups = group_codes(averages.table)
    if groups is None:
        return False
    pairs = np.unique(np.stack([groups, codes(averages.table["actual"])]), axis=1)
    return bool(pairs.shape[1] > len(np.unique(groups)))
