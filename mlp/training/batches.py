"""Predict many rows in batches, whose hidden units take less memory than those of all rows."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlp.core.dataset import Features
from mlp.core.files import Floats

VALUES = 1 << 22  # of features at once, which take 32 MB


def predict(function: Callable[[Features], Any], features: Features) -> Floats:
    """Return a function's float64 array of all rows, of which it gets some at a time.

    Parameters
    ----------
    function : callable
        Takes features and returns an array of shape (rows, ...).
    features : ndarray or DataFrame
        See `mlp.core.dataset.Dataset`.
    """
    size = max(1, VALUES // features.shape[1])
    starts = range(0, max(1, len(features)), size)
    outputs: Floats = np.concatenate([function(features[start : start + size]) for start in starts])
    return outputs
