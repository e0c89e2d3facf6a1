"""Fit linear probes to a trained network, on its training rows."""

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.model.layers import Layers
from mlp.model.probe import AXES, Probe

ROWS = 5000  # training rows of a probe, enough for a few hundred weights
VALUES = 10_000_000  # most values of a representation, which bounds time and memory of wide ones
DENSE = 1000  # units up to which they are never a sparse matrix
SHARE = 0.1  # of values that are not 0, up to which they are one
MOSTLY = 0.5  # share of a column's values
LARGEST = 1e100  # activation, above which its square could overflow a float64


def fit(layers: Layers, dataset: Dataset) -> dict[str, Probe]:
    """Return the probes of ``inputs`` and, if there is a hidden layer, of ``hidden``, the last one.

    A representation with numbers that are not finite, as after a diverged training, has no probe.

    Parameters
    ----------
    layers : Layers
    dataset : Dataset
        The train split, of which at most 5000 rows are used, evenly spaced, and fewer if there are
        more than 2000 inputs or hidden units.
    """
    rows = len(dataset.target)
    widest = max(len(weights) for weights in layers.weights)
    most = max(1, min(ROWS, VALUES // widest))
    sample = dataset.take(np.arange(0, rows, -(-rows // most)))
    if len(set(sample.target)) == 1:
        return {}
    batches = list(layers.values(sample.features))
    names = ["inputs"] if len(layers.weights) == 1 else ["inputs", "hidden"]
    values = {
        name: np.concatenate([b[i] for b in batches])
        for name, i in zip(names, (0, -1), strict=False)
    }
    return {name: _fit(v, sample) for name, v in values.items() if _is_finite(v)}


def _is_finite(values: Floats) -> bool:
    return bool(values.max() < LARGEST and values.min() > -LARGEST)  # false for NaN


def _fit(values: Floats, sample: Dataset) -> Probe:
    scaler = StandardScaler().fit(values)
    standardized, center = _standardized(values, scaler)
    part = task.part("mlp.model", sample.task)
    coefficients, intercepts, classes = part.probe(standardized, sample.target)
    coefficients = coefficients / scaler.scale_[:, None]
    intercepts = intercepts - center @ coefficients
    axes, variance = _components(values)
    return Probe(coefficients, intercepts, classes, values.mean(axis=0), axes, variance)


def _standardized(values: Floats, scaler: StandardScaler) -> tuple[Any, Floats]:
    """Return values at variance 1, and what was subtracted from each column before.

    That is its mean, except that many units that are mostly 0, such as one-hot inputs, stay 0 and
    become a sparse matrix. The intercept of a regression makes up for a mean that is left in.
    """
    is_set = values != 0 if values.shape[1] > DENSE else None
    if is_set is None or is_set.mean() > SHARE:
        return scaler.transform(values), scaler.mean_
    center = np.where(is_set.mean(axis=0) > MOSTLY, scaler.mean_, 0.0)
    return csr_matrix((values - center) / scaler.scale_), center


def _components(values: Floats) -> tuple[Floats, float]:
    """Return the first principal components, shape (units, 2), and their share of the variance.

    scikit-learn makes the largest weight of each positive. It chooses an exact solver for few units
    and a randomized one for many, for example one-hot inputs.
    """
    count = min(AXES, *values.shape)
    if np.ptp(values, axis=0).max() == 0:
        return np.zeros((values.shape[1], AXES)), 0.0
    pca = PCA(count, random_state=0).fit(values)
    axes = np.zeros((values.shape[1], AXES))
    axes[:, :count] = pca.components_.T
    return axes, float(pca.explained_variance_ratio_.sum())
