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
from mlp.training import batches, class_weight

ESTIMATOR = MLPClassifier
DIVERGED_LOSS = 2.0  # times ln(classes), the loss of giving every class the same probability


def fit(pipeline: Pipeline, rows: Dataset, section: Mapping[str, Any]) -> None:
    """Fit the pipeline in place, to rows that are weighted by their class if the section says so.

    scikit-learn weights the score of early stopping too.
    """
    weights = class_weight.of_rows(class_weight.given(section), rows.target)
    weighted = {} if weights is None else {"mlp__sample_weight": weights}
    pipeline.fit(rows.features, rows.target, **weighted)


def outputs(pipeline: Pipeline, features: Features) -> Floats:
    """Return the probabilities, shape (rows, classes)."""
    return batches.predict(pipeline, pipeline.predict_proba, features)


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


def units(target: Target) -> int:
    """Return the number of output units; two classes share one."""
    classes = len(set(target))
    return classes if classes > 2 else 1  # noqa: PLR2004 - two


def splitter(folds: int, seed: int, *, grouped: bool) -> Any:
    """Return a splitter that gives every fold its share of each class and keeps groups whole."""
    kind = StratifiedGroupKFold if grouped else StratifiedKFold
    return kind(folds, shuffle=True, random_state=seed)
