"""Describe a trained regressor: its target, and the numbers that a diagnosis needs."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import helper
from skl2onnx import to_onnx
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline

from mlp.core.files import Floats, Target
from mlp.model import least_squares
from mlp.model.numbers import finite
from mlp.training.fitted import Fitted

DIRECT = 1000  # units up to which least squares are solved directly


def converted(pipeline: Pipeline, inputs: Sequence[tuple[str, Any]]) -> Any:
    """Return the network as ONNX, with the output value.

    The loss poisson has an exponential at the output, which skl2onnx does not convert, so the
    network is converted without it, and the exponential becomes the last operator.
    """
    network = pipeline["mlp"]
    ending = network.out_activation_
    network.out_activation_ = "identity"
    try:
        model = to_onnx(pipeline, initial_types=inputs)
    finally:
        network.out_activation_ = ending
    (output,) = model.graph.output
    operator = "Exp" if ending == "exp" else "Identity"
    model.graph.node.append(helper.make_node(operator, [output.name], ["value"], operator))
    output.name = "value"
    return model


def metadata(fitted: Fitted) -> dict[str, str]:
    """Return ``target_values`` (JSON): mean, median, deviation and range of the training target."""
    target = fitted.rows.target
    values = {
        "mean": float(target.mean()),
        "median": float(np.median(target)),
        "deviation": float(target.std()),
        "low": float(target.min()),
        "high": float(target.max()),
    }
    return {"target_values": json.dumps(values)}


def scores(fitted: Fitted) -> dict[str, Any]:
    """Return squared_error and r2 of the training rows, without the L2 penalty, and variance.

    The variance of the target is the squared error of predicting its mean.
    """
    variance = float(np.var(fitted.rows.target))
    error = float(fitted.losses.mean())
    return {
        "squared_error": finite(error),
        "r2": finite(1 - error / variance) if variance else None,
        "variance": variance,
    }


def arguments(fitted: Fitted) -> dict[str, Any]:
    """Return the arguments that are not scikit-learn's."""
    return {"scale_target": fitted.scale_target}


def probe(values: Any, target: Target) -> tuple[Floats, Floats, Any]:
    """Fit a linear regression by least squares on standardised values.

    Parameters
    ----------
    values : ndarray or sparse matrix of float64, shape (rows, units)
        Above 1000 units, least squares come by iteration: see `mlp.model.least_squares`.
    target : ndarray of float64, shape (rows,)

    Returns
    -------
    coefficients : ndarray of float64, shape (units, 1)
    intercepts : ndarray of float64, shape (1,)
    classes : ndarray of str, shape (0,)
    """
    if values.shape[1] > DIRECT:
        coefficients, intercept = least_squares.fit(values, target)
    else:
        regression = LinearRegression().fit(values, target)
        coefficients, intercept = regression.coef_, regression.intercept_
    return coefficients.reshape(-1, 1), np.array([intercept]), np.empty(0, "U1")
