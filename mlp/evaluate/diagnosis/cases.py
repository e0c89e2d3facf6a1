"""The case of a network: the facts that a diagnosis needs, and the findings that it gives."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mlp.core.files import Arrays, Rows
from mlp.evaluate.diagnosis.remedies import Steps, as_texts, in_words
from mlp.evaluate.diagnosis.symptoms import Symptoms

ILLS = ("diverged", "at_chance", "at_mean", "worse_than_linear")  # codes of serious findings


@dataclass(frozen=True, kw_only=True)
class Case(ABC):
    """The facts that a network is judged by.

    Attributes
    ----------
    metrics : mapping
        All its scores on the test rows, with n_iter, final_loss, converged and diverged.
    training : mapping
        See `mlp.model.metadata.summary`.
    history : Arrays
        Its loss by epoch: iteration, loss.
    symptoms : Symptoms
    groups : ndarray of int64, shape (test rows,), optional
        The number of each row's group.
    """

    metrics: Mapping[str, Any]
    training: Mapping[str, Any]
    history: Arrays
    symptoms: Symptoms
    groups: Rows | None = None

    @property
    def arguments(self) -> Mapping[str, Any]:
        arguments: Mapping[str, Any] = self.training["arguments"]
        return arguments

    @property
    @abstractmethod
    def loss(self) -> float | None:
        """The loss of the training rows, without the L2 penalty; None if it is not finite."""

    @property
    @abstractmethod
    def chance_loss(self) -> float:
        """The loss of an answer that does not look at the inputs."""

    @property
    @abstractmethod
    def better(self) -> str:
        """How the network's main score would follow, as a clause."""

    @property
    @abstractmethod
    def calmer(self) -> str:
        """How the answers of a network with smaller weights would look."""

    @property
    @abstractmethod
    def need_not(self) -> str:
        """That the main score need not follow a lower training loss, as a clause."""


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


def layers(symptoms: Symptoms) -> dict[str, dict[str, Any]]:
    """Return what is known of each layer, by name: see `mlp.evaluate.diagnosis.symptoms.Layer`."""
    return {name: _known(asdict(layer)) for name, layer in symptoms.layers.items()}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def words(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return the findings for plots/NAME/details.json, the most serious first."""
    return [
        {
            "code": found.code,
            "evidence": found.evidence,
            "sentence": found.sentence,
            "serious": found.code in ILLS,
            "try": found.attempt,
            "steps": as_texts(found.steps),
            "expect": found.expect,
        }
        for found in findings
    ]
