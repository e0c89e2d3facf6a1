"""Train a network that predicts labels."""

import math
from collections.abc import Mapping
from typing import Any

from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.dataset import Dataset, Features
from mlp.core.files import Floats, Labels, Target

ESTIMATOR = MLPClassifier
DIVERGED_LOSS = 2.0  # times ln(classes), the loss of giving every class the same probability


def fit(pipeline: Pipeline, rows: Dataset, _section: Mapping[str, Any]) -> None:
    """Fit the pipeline in place."""
    pipeline.fit(rows.features, rows.target)


def outputs(pipeline: Pipeline, features: Features) -> Floats:
    """Return the probabilities, shape (rows, classes)."""
    probabilities: Floats = pipeline.predict_proba(features)
    return probabilities


def classes(pipeline: Pipeline) -> Labels:
    """Return the labels in the order of the probabilities."""
    labels: Labels = pipeline.classes_
    return labels


def losses(pipeline: Pipeline, outputs: Floats, target: Target) -> Floats:
    """Return the log loss of each row, without the L2 penalty, shape (rows,)."""
    return predictions.log_losses(target, outputs, list(pipeline.classes_))


def largest_loss(pipeline: Pipeline, _target: Target) -> float:
    """Return the mean log loss of the training rows above which the training diverged."""
    return DIVERGED_LOSS * math.log(len(pipeline.classes_))


def splitter(folds: int, seed: int, *, grouped: bool) -> Any:
    """Return a splitter that spreads each class evenly over the folds, as far as groups allow."""
    kind = StratifiedGroupKFold if grouped else StratifiedKFold
    return kind(folds, shuffle=True, random_state=seed)
