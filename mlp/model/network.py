"""A network as it ships, which predicts labels or numbers without scikit-learn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mlp.core import residuals
from mlp.core.dataset import Features
from mlp.core.files import Floats, Labels
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.model.base import Model


@dataclass(frozen=True, kw_only=True)
class Classifier(Model):
    """A network that predicts labels.

    Attributes
    ----------
    classes : list of str
        The labels, in the order of the probabilities' columns.
    majority : str
        The commonest label of the training rows.
    """

    task = CLASSIFICATION
    classes: list[str]
    majority: str

    def predict(self, features: Features) -> tuple[Labels, Floats]:
        """Return the labels, shape (rows,), and the probabilities, shape (rows, classes).

        Parameters
        ----------
        features : ndarray or DataFrame
            See `mlp.core.dataset.Dataset`.
        """
        labels, probabilities = self.run({"label": (), **self._shares}, features)
        return labels, probabilities.astype(np.float64)

    def outputs(self, features: Features) -> Floats:
        """Return the probabilities alone, shape (rows, classes), without a text for each label."""
        (probabilities,) = self.run(self._shares, features)
        return np.asarray(probabilities, dtype=np.float64)

    @property
    def _shares(self) -> dict[str, tuple[int, ...]]:
        return {"probabilities": (len(self.classes),)}


@dataclass(frozen=True, kw_only=True)
class Regressor(Model):
    """A network that predicts numbers.

    Attributes
    ----------
    target_values : mapping of str to float
        mean, median, deviation, low and high of the training target.
    """

    task = REGRESSION
    target_values: Mapping[str, float]

    def predict(self, features: Features) -> Floats:
        """Return the numbers, in the unit of the target, shape (rows,).

        Parameters
        ----------
        features : ndarray or DataFrame
            See `mlp.core.dataset.Dataset`.
        """
        (values,) = self.run({"value": (1,)}, features)
        numbers: Floats = values[:, 0].astype(np.float64)
        return numbers

    @property
    def decimals(self) -> int:
        """How many digits after the point numbers in the target's unit are written with."""
        return residuals.stored_decimals(self.target_values["deviation"])

    def outputs(self, features: Features) -> Floats:
        """Return the numbers, shape (rows, 1)."""
        return self.predict(features)[:, np.newaxis]


Network: TypeAlias = Classifier | Regressor
