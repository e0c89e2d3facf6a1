"""The case of a network that predicts labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlp.core.files import Labels
from mlp.evaluate.classification.guess import Answers
from mlp.evaluate.diagnosis import cases
from mlp.evaluate.diagnosis.cases import Case


@dataclass(frozen=True, kw_only=True)
class LabelCase(Case):
    """The facts that a network is judged by.

    Attributes
    ----------
    answers : Answers
        Its answers to the test rows.
    floor_right : ndarray of bool, shape (test rows,), optional
        Where the network without a hidden layer is right; None where it is this one, or not known.
    floor_learnt : bool
        Whether that network is better than a guess.
    """

    answers: Answers
    floor_right: Labels | None = None
    floor_learnt: bool = True

    better = "the accuracy follows"
    calmer = "probabilities that are less sure of errors"
    need_not = "the test accuracy need not follow"

    @property
    def classes(self) -> int:
        """How many labels it knows."""
        return len(self.answers.classes)

    @property
    def right(self) -> Labels:
        """The rows on which it is right, shape (test rows,)."""
        return self.answers.right

    @property
    def is_weighted(self) -> bool:
        """Whether training rows weighed by their class."""
        return "class_weight" in self.arguments

    @property
    def loss(self) -> float | None:
        """The log loss of the training rows."""
        loss: float | None = self.training["log_loss"]
        return loss

    @property
    def chance_loss(self) -> float:
        """The log loss of giving each class its share of the rows."""
        return float(self.training["entropy"])


def numbers(case: LabelCase, probe: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the training went, in numbers: ``health`` in plots/NAME/details.json.

    Parameters
    ----------
    case : LabelCase
    probe : mapping
        See `mlp.model.probe.judge`.
    """
    return {
        "train_accuracy": case.training["accuracy"],
        "train_log_loss": case.training["log_loss"],
        "chance_loss": case.training["entropy"],
        "inputs_rms": case.symptoms.inputs_rms,
        "inputs_max": case.symptoms.inputs_max,
        "layers": cases.layers(case.symptoms),
        "probe": dict(probe),
    }
