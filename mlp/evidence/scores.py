"""Score out-of-fold predictions."""

import numpy as np
import pandas as pd

from mlp.core.predictions import confusion
from mlp.evaluate.statistics import scores


def of(table: pd.DataFrame) -> dict[str, float]:
    """Return the scores of out-of-fold predictions: what gate/oof/NAME.json holds.

    Parameters
    ----------
    table : DataFrame
        One row a row of the dataset: see `mlp.evidence.out_of_fold.predictions`.
    """
    actual, predicted, majority = (
        table[name].to_numpy(object) for name in ("actual", "predicted", "majority")
    )
    labels = sorted(set(actual) | set(predicted))
    counts = confusion(actual, predicted, labels)
    return {
        **scores.summary(table, counts),
        "majority_accuracy": float(np.mean(actual == majority)),
    }
