"""Score out-of-fold predictions of labels."""

import numpy as np
import pandas as pd

from mlp.core.predictions import confusion
from mlp.evaluate.statistics import scores


def of(table: pd.DataFrame) -> dict[str, float]:
    """Return the scores; see `mlp.evidence.scores.of`."""
    actual, predicted, majority = (
        table[name].to_numpy(object) for name in ("actual", "predicted", "majority")
    )
    labels = sorted(set(actual) | set(predicted))
    counts = confusion(actual, predicted, labels)
    return {
        **scores.summary(table, counts),
        "majority_accuracy": float(np.mean(actual == majority)),
    }
