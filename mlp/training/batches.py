"""Predict many rows in batches, whose hidden units take less memory than those of all rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from mlp.core.dataset import Features
from mlp.core.files import Floats

VALUES = 1 << 23  # of the widest layer at once, which take 64 MB


def predict(pipeline: Pipeline, method: Callable[[Features], Any], features: Features) -> Floats:
    """Return what a method of a pipeline makes of all rows, given some of them at a time.

    Parameters
    ----------
    pipeline : Pipeline
        The last step is ``mlp``.
    method : callable
        Its ``predict`` or ``predict_proba``.
    features : ndarray or DataFrame
        See `mlp.core.dataset.Dataset`.
    """
    widest = max(max(weights.shape) for weights in pipeline["mlp"].coefs_)
    size = max(1, VALUES // widest)
    starts = range(0, max(1, len(features)), size)
    outputs: Floats = np.concatenate([method(features[start : start + size]) for start in starts])
    return outputs
