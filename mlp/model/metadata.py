"""The metadata of a model file: its columns, its arguments, and how its training went."""

import json
import math
from collections import Counter
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.dataset import Dataset, split_kinds
from mlp.training.build import SCALERS
from mlp.training.fitted import Fitted

WITHOUT_EFFECT = ("verbose", "warm_start")  # arguments that change no result


def of(fitted: Fitted) -> dict[str, str]:
    """Return the metadata of a model file.

    The keys are ``classes`` (a JSON list), ``columns`` (JSON: see `columns`), ``converged`` and
    ``diverged`` (true or false), ``majority`` (the commonest training label, of equally common ones
    the first as text), ``parameters`` (the number of weights and biases), ``training`` (JSON: see
    `summary`), and ``warnings`` (a JSON list).
    """
    classifier = fitted.pipeline["mlp"]
    weights = [*classifier.coefs_, *classifier.intercepts_]
    majority, _ = predictions.commonest(fitted.rows.target)
    return {
        "classes": json.dumps(list(classifier.classes_), ensure_ascii=False),
        "columns": json.dumps(columns(fitted.rows), ensure_ascii=False),
        "converged": json.dumps(fitted.converged),
        "diverged": json.dumps(fitted.diverged),
        "majority": majority,
        "parameters": str(sum(array.size for array in weights)),
        "training": json.dumps(summary(fitted)),
        "warnings": json.dumps(fitted.warned, ensure_ascii=False),
    }


def columns(dataset: Dataset) -> dict[str, Any]:
    """Return the columns that a network takes, as they are in its training rows.

    The keys are target; numbers, the range [low, high] by the name of the column, or None for an
    empty one; texts, the sorted list of categories by name; and impute, none or the way in which
    gaps in numbers are filled.
    """
    names = dataset.columns
    numbers, texts = split_kinds(dataset.features, len(names.numbers))
    return {
        "target": names.target,
        "impute": names.impute,
        "numbers": {name: _range(numbers[:, i]) for i, name in enumerate(names.numbers)},
        "texts": {name: sorted(set(texts[:, i])) for i, name in enumerate(names.texts)},
    }


def summary(fitted: Fitted) -> dict[str, Any]:
    """Return the numbers that a diagnosis of the training needs besides the weights.

    The keys are rows; accuracy and log_loss, of the training rows and without the L2 penalty;
    entropy, the log loss of giving each class its share of the training rows, which is ln(classes)
    if all are equally common; arguments, all that had an effect, with scale; and defaults,
    scikit-learn's values of those that differ from them. A number that is not finite is None.
    """
    labels = fitted.rows.target
    classes = np.array(fitted.pipeline.classes_, dtype=object)
    predicted = classes[fitted.probabilities.argmax(axis=1)]
    arguments, defaults = _arguments(fitted.pipeline["mlp"])
    return {
        "rows": len(labels),
        "accuracy": float(np.mean(predicted == labels)),
        "log_loss": _finite(float(fitted.losses.mean())),
        "entropy": _entropy(list(labels)),
        "arguments": arguments | {"scale": _scale(fitted.pipeline, fitted.rows)},
        "defaults": defaults,
    }


def _range(values: Any) -> list[float] | None:
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    return [float(known.min()), float(known.max())]


def _arguments(classifier: MLPClassifier) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all arguments, and the defaults of those that differ from them."""
    standard = MLPClassifier().get_params()
    given = {n: v for n, v in classifier.get_params().items() if n not in WITHOUT_EFFECT}
    default = {n: standard[n] for n, v in given.items() if _as_list(v) != _as_list(standard[n])}
    return given, default


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _scale(pipeline: Pipeline, dataset: Dataset) -> str:
    """Return how numbers are scaled: a key of `mlp.training.build.SCALERS`."""
    if not dataset.columns.numbers:
        return "none"
    texts = dataset.columns.texts
    steps = pipeline["columns"].named_transformers_["numbers"] if texts else pipeline
    return next(name for name, kind in SCALERS.items() if isinstance(steps["scale"], kind))


def _entropy(labels: list[str]) -> float:
    return -sum(n / len(labels) * math.log(n / len(labels)) for n in Counter(labels).values())


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
