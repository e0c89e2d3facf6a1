"""What a network makes of the rows that it was trained on, and with which arguments."""

import math
from collections import Counter
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.dataset import Dataset
from mlp.training.network import SCALERS

SAYS_NOTHING = ("verbose", "warm_start")  # arguments that no result depends on


def summary(pipeline: Pipeline, dataset: Dataset) -> dict[str, Any]:
    """Return what the health of a trained network is judged by, beside its weights.

    The keys are rows; accuracy and log_loss, of the training rows and without the L2 penalty;
    entropy, the log loss of giving each class its share of the training rows, which is ln(classes)
    where all are of one size; arguments, all that were in effect, with scale; and defaults,
    scikit-learn's values of those that differ from them. A number that is not finite is None.

    Parameters
    ----------
    pipeline : Pipeline
        A trained network: see `mlp.training.network.build`.
    dataset : Dataset
        The rows that it was trained on.
    """
    probabilities = pipeline.predict_proba(dataset.features)
    classes = list(pipeline.classes_)
    predicted = np.array(classes, dtype=object)[probabilities.argmax(axis=1)]
    losses = predictions.log_losses(dataset.labels, probabilities, classes)
    arguments, defaults = _arguments(pipeline["mlp"])
    return {
        "rows": len(dataset.labels),
        "accuracy": float(np.mean(predicted == dataset.labels)),
        "log_loss": _finite(float(losses.mean())),
        "entropy": _entropy(list(dataset.labels)),
        "arguments": arguments | {"scale": _scale(pipeline, dataset)},
        "defaults": defaults,
    }


def _arguments(classifier: MLPClassifier) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all arguments, and the defaults of those that differ from them."""
    standard = MLPClassifier().get_params()
    given = {n: v for n, v in classifier.get_params().items() if n not in SAYS_NOTHING}
    default = {n: standard[n] for n, v in given.items() if _as_list(v) != _as_list(standard[n])}
    return given, default


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _scale(pipeline: Pipeline, dataset: Dataset) -> str:
    """Return how numbers are scaled: a key of `mlp.training.network.SCALERS`."""
    if not dataset.columns.numbers:
        return "none"
    texts = dataset.columns.texts
    steps = pipeline["columns"].named_transformers_["numbers"] if texts else pipeline
    return next(name for name, kind in SCALERS.items() if isinstance(steps["scale"], kind))


def _entropy(labels: list[str]) -> float:
    return -sum(n / len(labels) * math.log(n / len(labels)) for n in Counter(labels).values())


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
