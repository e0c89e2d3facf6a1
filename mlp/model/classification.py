"""Describe a trained classifier: its labels, and the numbers that a diagnosis needs."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from skl2onnx import to_onnx
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.files import Floats, Target
from mlp.model.numbers import finite
from mlp.training import class_weight
from mlp.training.fitted import Fitted


def converted(pipeline: Pipeline, inputs: Sequence[tuple[str, Any]]) -> Any:
    """Return the network as ONNX, with the outputs label and probabilities."""
    return to_onnx(pipeline, initial_types=inputs, options={"zipmap": False})


def metadata(fitted: Fitted) -> dict[str, str]:
    """Return ``classes`` (a JSON list) and ``majority``, the commonest training label.

    Of equally common labels it is the first as text.
    """
    majority, _ = predictions.commonest(fitted.rows.target)
    classes = list(fitted.pipeline.classes_)
    return {"classes": json.dumps(classes, ensure_ascii=False), "majority": majority}


def scores(fitted: Fitted) -> dict[str, Any]:
    """Return accuracy and log_loss of the training rows, without the L2 penalty, and entropy.

    The entropy is the log loss of giving each class its share of the training rows, which is
    ln(classes) if all are equally common. With class weights, log_loss and entropy are weighted.
    """
    labels = fitted.rows.target
    classes = np.array(fitted.pipeline.classes_, dtype=object)
    predicted = classes[fitted.outputs.argmax(axis=1)]
    return {
        "accuracy": float(np.mean(predicted == labels)),
        "log_loss": finite(fitted.mean_loss),
        "entropy": _entropy(list(labels), fitted.weights),
    }


def arguments(fitted: Fitted) -> dict[str, Any]:
    """Return the arguments that are not scikit-learn's: class_weight, if there is one."""
    return {} if fitted.class_weight is None else {class_weight.KEY: fitted.class_weight}


def probe(values: Any, target: Target) -> tuple[Floats, Floats, Any]:
    """Fit a logistic regression on standardised values.

    Parameters
    ----------
    values : ndarray or sparse matrix of float64, shape (rows, units)
    target : ndarray of str objects, shape (rows,)

    Returns
    -------
    coefficients : ndarray of float64, shape (units, classes)
    intercepts : ndarray of float64, shape (classes,)
    classes : ndarray of str, shape (classes,)
    """
    regression = LogisticRegression(max_iter=1000).fit(values, target)
    coefficients, intercepts = regression.coef_.T, regression.intercept_
    if len(regression.classes_) == 2:  # noqa: PLR2004 - scikit-learn has weights for the second only
        coefficients = np.hstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.hstack([np.zeros_like(intercepts), intercepts])
    return coefficients, intercepts, regression.classes_.astype(str)


def _entropy(labels: list[str], weights: Floats | None) -> float:
    """Return the entropy of the labels' shares of all weights; without weights, of all rows."""
    if weights is None:
        return -sum(n / len(labels) * math.log(n / len(labels)) for n in Counter(labels).values())
    codes = np.unique(np.array(labels, dtype=object), return_inverse=True)[1]
    shares = np.bincount(codes, weights) / weights.sum()
    return float(-(shares * np.log(shares)).sum())
