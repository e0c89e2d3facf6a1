"""Read a network back from its ONNX file and predict with it, without scikit-learn."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime

from mlp.core import residuals
from mlp.core.dataset import Features, split_kinds
from mlp.core.derived import Derived
from mlp.core.errors import InputError
from mlp.core.files import Arrays, Floats, Labels
from mlp.core.json_file import DECIMALS
from mlp.core.task import CLASSIFICATION, REGRESSION

VALUES = 1 << 20  # of one-hot inputs at once, which take 8 MB, several times over


@dataclass(frozen=True, kw_only=True)
class Model:
    """A network as it ships.

    Attributes
    ----------
    converged, diverged : bool
        How its training went: see `mlp.training.fitted.Fitted`.
    parameters : int
        The number of weights and biases.
    size : int
        The size of the file in bytes.
    warnings : list of str
        Warnings of its training.
    target : str
        The column that it predicts.
    impute : str
        none, or the way in which gaps in numbers are filled.
    numbers : mapping of str to (float, float), or to None
        The columns of numbers, in order, with the range of each in the training rows.
    texts : mapping of str to sequence of str
        The columns of text, in order, with the categories of each in the training rows.
    max_categories : int or None
        The most inputs that a column of text becomes: see `mlp.core.dataset.Columns`.
    derived : Derived
        How some of these are made of other columns.
    missing : sequence of str
        Texts that mark a gap.
    training : mapping
        Its arguments, and its scores on the training rows: see `mlp.model.metadata.summary`.
    """

    session: onnxruntime.InferenceSession
    converged: bool
    diverged: bool
    parameters: int
    size: int
    warnings: list[str]
    target: str
    impute: str
    numbers: Mapping[str, Sequence[float] | None]
    texts: Mapping[str, Sequence[str]]
    max_categories: int | None
    derived: Derived
    missing: Sequence[str]
    training: Mapping[str, Any]

    @property
    def dtype(self) -> np.dtype[Any]:
        """float32 or float64, of the numbers that it takes."""
        types = {node.name: node.type for node in self.session.get_inputs()}
        return np.dtype(np.float32 if types.get("features") == "tensor(float)" else np.float64)

    def has_rare_texts(self, column: str) -> bool:
        """Return whether rare texts of a column share an input; new texts then count as rare."""
        return self.max_categories is not None and len(self.texts[column]) > self.max_categories

    @cached_property
    def batch(self) -> int:
        """How many rows to predict at once: fewer, the more inputs texts become."""
        most = self.max_categories or sys.maxsize
        inputs = sum(min(len(known), most) for known in self.texts.values())
        return max(1, VALUES // inputs) if inputs else sys.maxsize

    def run(self, outputs: Sequence[str], features: Features) -> list[npt.NDArray[Any]]:
        """Return outputs of the session by name, in batches if there are many rows."""
        starts = range(0, max(1, len(features)), self.batch)
        batches = [
            self.session.run(list(outputs), self.feed(features[start : start + self.batch]))
            for start in starts
        ]
        return [np.concatenate(parts) for parts in zip(*batches, strict=True)]

    def feed(self, features: Features) -> dict[str, npt.NDArray[Any]]:
        """Return features as the inputs of the session, by name."""
        numbers, texts = split_kinds(features, len(self.numbers))
        inputs: dict[str, npt.NDArray[Any]] = {}
        if self.numbers:
            inputs["features"] = np.ascontiguousarray(numbers, dtype=self.dtype)
        if self.texts:
            inputs["texts"] = np.ascontiguousarray(texts)
        return inputs


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
        labels, probabilities = self.run(["label", "probabilities"], features)
        return labels, probabilities.astype(np.float64)

    @property
    def answers(self) -> list[str]:
        """The names of the columns of `table`."""
        return ["predicted", *(f"probability_{label}" for label in self.classes)]

    @property
    def decimals(self) -> int:
        """How many digits after the point probabilities are written with."""
        return DECIMALS

    def table(self, features: Features) -> Arrays:
        """Return labels and probabilities as columns, shape (rows,) each."""
        labels, probabilities = self.predict(features)
        return dict(zip(self.answers, [labels, *probabilities.T], strict=True))


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
        (values,) = self.run(["value"], features)
        numbers: Floats = values[:, 0].astype(np.float64)
        return numbers

    @property
    def answers(self) -> list[str]:
        """The names of the columns of `table`."""
        return ["predicted"]

    @property
    def decimals(self) -> int:
        """How many digits after the point numbers in the target's unit are written with."""
        return residuals.stored_decimals(self.target_values["deviation"])

    def table(self, features: Features) -> Arrays:
        """Return the numbers as a column, shape (rows,)."""
        return {"predicted": self.predict(features)}


Network: TypeAlias = Classifier | Regressor


def session_of(content: bytes) -> onnxruntime.InferenceSession:
    """Return a session on one thread, so that no number depends on the number of cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def load(path: Path) -> Network:
    """Read a model; raise InputError if the file is not an ONNX file of this project."""
    content = path.read_bytes()
    try:
        session = session_of(content)
        return _of(session, session.get_modelmeta().custom_metadata_map, len(content))
    except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
        raise InputError(
            f"{path} should be an ONNX file that the stage train wrote: {error}"
        ) from None


def _of(session: onnxruntime.InferenceSession, metadata: Mapping[str, str], size: int) -> Network:
    columns = json.loads(metadata["columns"])
    common: dict[str, Any] = {
        "session": session,
        "converged": json.loads(metadata["converged"]),
        "diverged": json.loads(metadata["diverged"]),
        "parameters": json.loads(metadata["parameters"]),
        "size": size,
        "warnings": json.loads(metadata["warnings"]),
        "target": columns["target"],
        "impute": columns["impute"],
        "numbers": columns["numbers"],
        "texts": columns["texts"],
        "max_categories": columns.get("max_categories"),
        "derived": Derived(**columns.get("derived", {})),
        "missing": columns.get("missing", []),
        "training": json.loads(metadata["training"]),
    }
    if "target_values" in metadata:
        return Regressor(target_values=json.loads(metadata["target_values"]), **common)
    classes = json.loads(metadata["classes"])
    return Classifier(classes=classes, majority=metadata["majority"], **common)
