"""Measure a trained network: how large its weights are, and which hidden units still answer."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core.dataset import Features
from mlp.core.files import Floats
from mlp.model.layers import Layers

FLAT = 0.01  # share of an activation's steepest slope, below which a unit hardly learns
MOSTLY = 0.95  # share of the rows on which a unit must be flat to be called saturated


@dataclass(frozen=True)
class Layer:
    """One layer of a trained network.

    Attributes
    ----------
    units : int
    weight_rms : float
        Root mean square of its weights.
    weight_growth : float
        The same as a multiple of what they were before training, on average.
    dead : float, optional
        Share of its units that answer 0 to every row; of relu.
    saturated : float, optional
        Share of its units that lie where their activation is flat, on 95 % of the rows; of tanh
        and logistic.
    """

    units: int
    weight_rms: float
    weight_growth: float
    dead: float | None = None
    saturated: float | None = None


@dataclass(frozen=True)
class Symptoms:
    """Measurements of a network, and of the inputs as its first layer receives them.

    Attributes
    ----------
    inputs_rms, inputs_max : float
        Root mean square and greatest size of an input, after filling, encoding and scaling.
    layers : mapping of str to Layer
        ``hidden_1`` and so on, and ``output``.
    """

    inputs_rms: float
    inputs_max: float
    layers: Mapping[str, Layer]


def measure(layers: Layers, features: Features) -> Symptoms:
    """Return a network's symptoms on the rows of ``features``."""
    activation = layers.network.training["arguments"]["activation"]
    flat = FLAT_OF.get(activation)
    squares, largest = 0.0, 0.0
    counts = [np.zeros(weights.shape[1], np.int64) for weights in layers.weights[:-1]]
    for inputs, *hidden in layers.values(features):
        squares += float((inputs**2).sum())
        largest = max(largest, float(np.abs(inputs).max(initial=0)))
        if flat:
            counts = [n + flat(v).sum(axis=0) for n, v in zip(counts, hidden, strict=True)]
    rows = len(features)
    return Symptoms(
        inputs_rms=math.sqrt(squares / (rows * len(layers.weights[0]))),
        inputs_max=largest,
        layers=_layers(layers.weights, activation, [count / rows for count in counts]),
    )


def _is_flat_tanh(values: Floats) -> npt.NDArray[np.bool_]:
    slope: npt.NDArray[np.bool_] = 1 - values**2 < FLAT  # the derivative, at most 1
    return slope


def _is_flat_logistic(values: Floats) -> npt.NDArray[np.bool_]:
    slope: npt.NDArray[np.bool_] = 4 * values * (1 - values) < FLAT  # it is at most 1/4
    return slope


FLAT_OF: dict[str, Callable[[Floats], npt.NDArray[np.bool_]]] = {
    "relu": lambda values: values == 0,
    "tanh": _is_flat_tanh,
    "logistic": _is_flat_logistic,
}


def _layers(weights: Sequence[Floats], activation: str, flat: Sequence[Floats]) -> dict[str, Layer]:
    found = {}
    for i, matrix in enumerate(weights):
        with np.errstate(over="ignore"):  # a diverged network's squares can exceed a float64
            rms = float(np.sqrt((matrix**2).mean()))
        sizes: dict[str, Any] = {
            "units": matrix.shape[1],
            "weight_rms": rms,
            "weight_growth": rms / _initial_rms(matrix, activation),
        }
        if i == len(weights) - 1:
            found["output"] = Layer(**sizes)
        else:
            found[f"hidden_{i + 1}"] = Layer(**sizes, **_flat_units(activation, flat[i]))
    return found


def _flat_units(activation: str, shares: Floats) -> dict[str, Any]:
    """Return the share of units that are dead or saturated, by which of the two can be."""
    if activation == "relu":
        return {"dead": float((shares == 1).mean())}
    if activation in FLAT_OF:
        return {"saturated": float((shares >= MOSTLY).mean())}
    return {}


def _initial_rms(matrix: Floats, activation: str) -> float:
    """Return the root mean square of the weights that scikit-learn draws before training.

    It draws them evenly from -b to b, b = sqrt(c / (inputs + units)), c = 2 for logistic and 6
    for others: Glorot and Bengio (2010), https://proceedings.mlr.press/v9/glorot10a.html.
    """
    factor = 2 if activation == "logistic" else 6
    return math.sqrt(factor / sum(matrix.shape) / 3)
