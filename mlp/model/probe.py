"""Linear probes: regressions on a network's inputs and on its last hidden layer.

A network is a change of variables, its hidden layers, and a regression on the result: logistic for
labels, linear for numbers. Two probes measure the worth of the change of variables: the same
regression before it and after it.
Source: Alain and Bengio (2016), https://arxiv.org/abs/1610.01644.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mlp.core.dataset import Dataset
from mlp.core.files import Arrays, Floats, Target
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.model import npz
from mlp.model.layers import Layers

DRAWN = 1000  # test rows in a picture; more would hide each other
AXES = 2


@dataclass(frozen=True)
class Probe:
    """A regression on one representation of the rows, and a plane to draw it in.

    Attributes
    ----------
    coefficients : ndarray of float64, shape (units, classes)
        For numbers, shape (units, 1).
    intercepts : ndarray of float64, shape (classes,)
    classes : ndarray of str, shape (classes,)
        None for numbers.
    center : ndarray of float64, shape (units,)
    axes : ndarray of float64, shape (units, 2)
        The first two principal components of the training rows.
    variance : float
        The share of the variance along these two.
    """

    coefficients: Floats
    intercepts: Floats
    classes: Any
    center: Floats
    axes: Floats
    variance: float

    def outputs(self, values: Floats) -> Floats:
        """Return the evidence for each class, shape (rows, classes); or numbers, (rows, 1)."""
        outputs: Floats = values @ self.coefficients + self.intercepts
        return outputs

    def project(self, values: Floats) -> Floats:
        """Return the coordinates of every row along the two axes, shape (rows, 2)."""
        coordinates: Floats = (values - self.center) @ self.axes
        return coordinates


def write(probes: Mapping[str, Probe], path: Path) -> None:
    """Write probes, by the name of their representation; equal probes give equal bytes."""
    arrays = {f"{name}.{key}": v for name, p in probes.items() for key, v in vars(p).items()}
    npz.write(arrays, path)


def read(path: Path) -> dict[str, Probe]:
    """Read the probes of a file that `write` wrote."""
    arrays = npz.read(path)
    names = dict.fromkeys(key.split(".")[0] for key in arrays)
    return {
        name: Probe(**{key: arrays[f"{name}.{key}"] for key in Probe.__annotations__})
        for name in names
    }


def judge(
    probes: Mapping[str, Probe], layers: Layers, test: Dataset
) -> tuple[dict[str, float], Arrays]:
    """Score probes on the test split, and project its rows.

    Returns
    -------
    scores : dict
        The accuracy of each representation, ``inputs`` and ``hidden``, or its r2 if it predicts
        numbers, and the share of its variance along the two axes.
    places : Arrays
        A place for each of at most 1000 test rows, evenly spaced: row, actual, and the coordinates
        ``inputs_1``, ``inputs_2``, ``hidden_1`` and ``hidden_2``, NaN if there is no such probe.
    """
    outputs: dict[str, list[Floats]] = {name: [] for name in probes}
    places: dict[str, list[Floats]] = {name: [] for name in probes}
    for inputs, *hidden in layers.values(test.features):
        for name, probe in probes.items():
            values = inputs if name == "inputs" else hidden[-1]
            outputs[name].append(probe.outputs(values))
            places[name].append(probe.project(values))
    scores = {}
    for name, probe in probes.items():
        metric, score = SCORES[test.task]
        scores[f"{name}_{metric}"] = score(probe, np.concatenate(outputs[name]), test.target)
        scores[f"{name}_variance"] = float(probe.variance)
    return scores, _table(test, {name: np.concatenate(batches) for name, batches in places.items()})


def _accuracy(probe: Probe, outputs: Floats, target: Target) -> float:
    return float(np.mean(probe.classes[outputs.argmax(axis=1)].astype(object) == target))


def _r2(_probe: Probe, outputs: Floats, target: Target) -> float:
    variance = float(np.var(target))
    error = float(np.mean((target - outputs[:, 0]) ** 2))
    return 1 - error / variance if variance else float("nan")


SCORES = {CLASSIFICATION: ("accuracy", _accuracy), REGRESSION: ("r2", _r2)}


def _table(test: Dataset, places: Mapping[str, Floats]) -> Arrays:
    rows = len(test.target)
    drawn = np.arange(0, rows, -(-rows // DRAWN))
    columns: Arrays = {"row": test.rows[drawn], "actual": test.target[drawn]}
    for name in ("inputs", "hidden"):
        coordinates = places.get(name, np.full((rows, AXES), np.nan))[drawn]
        for i in range(AXES):
            columns[f"{name}_{i + 1}"] = coordinates[:, i].round(6) + 0.0  # no -0.0
    return columns
