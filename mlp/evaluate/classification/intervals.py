"""The 95 % interval of each score over the test rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlp.core.files import Table
from mlp.core.predictions import BY_ROW, group_codes
from mlp.evaluate.statistics import balanced, means
from mlp.evaluate.statistics.balanced import BalancedAccuracy
from mlp.evaluate.statistics.macro_f1 import MacroF1


def of(predictions: Table, metrics: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the interval of each score that rows decide: its name, the lower and the upper bound.

    Those of the accuracy and of macro F1 are Wilson's, that of balanced accuracy is Price and
    Bonett's, and the others are by Student's t.

    Parameters
    ----------
    predictions : Table
        See `mlp.core.predictions.predictions`.
    metrics : mapping
        See `mlp.evaluate.classification.evaluation.Evaluation`; a score that is not finite has no
        interval.
    """
    bounds = {"accuracy": [metrics["accuracy_low"], metrics["accuracy_high"]]}
    groups = group_codes(predictions)
    units = len(predictions["actual"]) if groups is None else int(groups.max()) + 1
    if units > 1:
        bounds["macro_f1"] = list(MacroF1(predictions, predictions).interval(groups))
        if balanced.NAME in metrics:
            both = BalancedAccuracy(predictions, predictions)
            bounds[balanced.NAME] = list(both.interval(groups))
        for name in BY_ROW:
            if np.isfinite(metrics[name]):
                scores = np.asarray(predictions[name])
                bounds[name] = list(means.interval(name, scores, groups))
    return bounds
