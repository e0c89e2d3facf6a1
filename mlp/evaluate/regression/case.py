"""The case of a network that predicts numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlp.core.files import Floats
from mlp.evaluate.diagnosis import cases
from mlp.evaluate.diagnosis.cases import Case


@dataclass(frozen=True, kw_only=True)
class NumberCase(Case):
    """The facts that a network is judged by.

    Attributes
    ----------
    name : str
    target_values : mapping
        See `mlp.model.network.Regressor`.
    squares, mean_squares : ndarray of float64, shape (test rows,)
        The squared errors of the network, and of predicting the mean of the training rows.
    floor_squares : ndarray of float64, shape (test rows,), optional
        Those of the network without a hidden layer; None where it is this one, or not known.
    floor_learnt : bool
        Whether that network is better than the mean.
    """

    name: str
    target_values: Mapping[str, float]
    squares: Floats
    mean_squares: Floats
    floor_squares: Floats | None = None
    floor_learnt: bool = True

    better = "the error falls"
    calmer = "errors that are not huge in a few rows"
    need_not = "the test error need not follow"

    @property
    def loss(self) -> float | None:
        """The mean squared error of the training rows."""
        loss: float | None = self.training["squared_error"]
        return loss

    @property
    def chance_loss(self) -> float:
        """The variance of the training target, the squared error of its mean."""
        return float(self.training["variance"])


def numbers(case: NumberCase, probe: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the training went, in numbers: ``health`` in plots/NAME/details.json.

    Parameters
    ----------
    case : NumberCase
    probe : mapping
        See `mlp.model.probe.judge`.
    """
    error = case.loss
    return {
        "train_r2": case.training["r2"],
        "train_rmse": None if error is None else error**0.5,
        "chance_loss": case.chance_loss,
        "inputs_rms": case.symptoms.inputs_rms,
        "inputs_max": case.symptoms.inputs_max,
        "layers": cases.layers(case.symptoms),
        "probe": dict(probe),
    }
