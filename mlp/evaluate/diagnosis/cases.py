"""The case of a network: the facts that a diagnosis needs, and the findings that it gives."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mlp.core.files import Arrays, Labels, Rows
from mlp.evaluate.diagnosis.remedies import Steps, in_words
from mlp.evaluate.diagnosis.symptoms import Symptoms


@dataclass(frozen=True)
class Case:
    """The facts that a network is judged by.

    Attributes
    ----------
    metrics : mapping
        See `mlp.evaluate.classification.evaluation.Evaluation`.
    classes : int
        How many labels it knows.
    training : mapping
        See `mlp.model.metadata.summary`.
    history : Arrays
        Its loss by epoch: iteration, loss.
    symptoms : Symptoms
    right, majority_right : ndarray of bool, shape (test rows,)
        The rows on which it is right, and on which the commonest training label is right.
    floor_right : ndarray of bool, shape (test rows,), optional
        Where the network without a hidden layer is right; None where it is this one, or not known.
    floor_learnt : bool
        Whether that network is better than a guess.
    groups : ndarray of int64, shape (test rows,), optional
        The number of each row's group.
    """

    metrics: Mapping[str, Any]
    classes: int
    training: Mapping[str, Any]
    history: Arrays
    symptoms: Symptoms
    right: Labels
    majority_right: Labels
    floor_right: Labels | None = None
    floor_learnt: bool = True
    groups: Rows | None = None

    @property
    def arguments(self) -> Mapping[str, Any]:
        arguments: Mapping[str, Any] = self.training["arguments"]
        return arguments


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a network.

    Attributes
    ----------
    code : str
        Its name, which does not change.
    evidence : dict
        The numbers that it rests on; a number that is not finite is None.
    sentence : str
        The same in plain words.
    cause : str
        The same in a few words, as a part of a sentence.
    steps : dict
        Parameters and values to try, each on its own.
    expect : str
        What a step should do.
    """

    code: str
    evidence: dict[str, Any]
    sentence: str
    cause: str
    steps: Steps = field(default_factory=dict)
    expect: str = ""

    @property
    def attempt(self) -> str:
        """The steps in words; empty where there are none."""
        return in_words(self.steps)


def numbers(case: Case, probe: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the training went, in numbers: ``health`` in plots/NAME/details.json.

    Parameters
    ----------
    case : Case
    probe : mapping
        See `mlp.model.probe.scores`.
    """
    symptoms = case.symptoms
    return {
        "train_accuracy": case.training["accuracy"],
        "train_log_loss": case.training["log_loss"],
        "chance_loss": case.training["entropy"],
        "inputs_rms": symptoms.inputs_rms,
        "inputs_max": symptoms.inputs_max,
        "layers": {name: _known(asdict(layer)) for name, layer in symptoms.layers.items()},
        "probe": dict(probe),
    }


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def words(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return the findings for plots/NAME/details.json, the most serious first."""
    return [
        {
            "code": found.code,
            "evidence": found.evidence,
            "sentence": found.sentence,
            "try": found.attempt,
            "expect": found.expect,
        }
        for found in findings
    ]
