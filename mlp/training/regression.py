"""Train a network that predicts numbers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold, KFold
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from mlp.core.dataset import Dataset, Features
from mlp.core.files import Floats, Labels, Target
from mlp.training import batches

ESTIMATOR = MLPRegressor
DIVERGED_LOSS = 2.0  # times the mean square of the target, the loss of predicting 0


def fit(pipeline: Pipeline, rows: Dataset, section: Mapping[str, Any]) -> None:
    """Fit the pipeline in place.

    With ``scale_target: standard`` the network learns the target at mean 0 and variance 1, and the
    output layer then takes up the scale, so that the network predicts in the unit of the target.
    The predictions are those of scikit-learn's ``TransformedTargetRegressor``, to rounding.
    """
    center, scale = _scaling(rows.target, section.get("scale_target", "none"))
    pipeline.fit(rows.features, (rows.target - center) / scale)
    network = pipeline["mlp"]
    network.coefs_[-1] = network.coefs_[-1] * scale
    network.intercepts_[-1] = network.intercepts_[-1] * scale + center


def _scaling(target: Target, kind: str) -> tuple[float, float]:
    """Return the number that is subtracted from the target, and the one that then divides it."""
    if kind == "none":
        return 0.0, 1.0
    scaler = StandardScaler().fit(target.reshape(-1, 1))
    return float(scaler.mean_[0]), float(scaler.scale_[0])


def outputs(pipeline: Pipeline, features: Features) -> Floats:
    """Return the predicted numbers, shape (rows, 1)."""
    values = batches.predict(pipeline, pipeline.predict, features)
    return np.asarray(values, dtype=np.float64).reshape(-1, 1)


def classes(_pipeline: Pipeline) -> Labels:
    """Return no labels."""
    return np.empty(0, dtype=object)


def losses(_pipeline: Pipeline, outputs: Floats, target: Target) -> Floats:
    """Return the squared error of each row, in the target's unit squared, shape (rows,)."""
    errors: Floats = (target - outputs[:, 0]) ** 2
    return errors


def largest_loss(_pipeline: Pipeline, target: Target) -> float:
    """Return the mean squared error of the training rows above which the training diverged."""
    return DIVERGED_LOSS * float(np.mean(target**2))


def units(_target: Target) -> int:
    """Return the number of output units."""
    return 1


def splitter(folds: int, seed: int, *, grouped: bool) -> Any:
    """Return a splitter that shuffles rows, or whole groups."""
    kind = GroupKFold if grouped else KFold
    return kind(folds, shuffle=True, random_state=seed)
