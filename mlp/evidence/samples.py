"""Take from repeated trainings what a test of a metric needs: scores, and each row's part."""

import numpy as np

from mlp.core.files import Floats
from mlp.evaluate.statistics import balanced
from mlp.evaluate.statistics.repeated import Sample
from mlp.evidence import recalls
from mlp.evidence.averages import Averages


def of_metric(averages: Averages, metric: str) -> Sample:
    """Return the sample of a metric; that of balanced accuracy by the recall of each class."""
    if metric == balanced.NAME:
        return recalls.balanced(averages)
    return Sample(
        averages.scores[metric], averages.spread[metric], averages.table[metric], averages.rows
    )


def means(averages: Averages, metric: str) -> Floats:
    """Return the metric of each training, of which there may be one, that has no spread."""
    return recalls.means(averages) if metric == balanced.NAME else averages.scores[metric]


def are_unequal(averages: Averages) -> bool:
    """Return whether the classes are so unequal that balanced accuracy is declared."""
    support = [entry["support"] for entry in averages.classes.values()]
    return balanced.are_unequal(np.array(support))
