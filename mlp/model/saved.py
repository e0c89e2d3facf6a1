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
from mlp.core.files import Floats, Labels
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.model import graph
from mlp.model.session import session_of

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
    is_finite : bool
        Whether all weights are finite numbers; those of a training that diverged are not.
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
    is_finite: bool

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
        """Return outputs of the session by name, in batches if there are many rows.

        Raises
        ------
        InputError
            If the network cannot compute them.
        """
        starts = range(0, max(1, len(features)), self.batch)
        feeds = (self.feed(features[start : start + self.batch]) for start in starts)
        try:
            batches = [self.session.run(list(outputs), feed) for feed in feeds]
        except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
            reason = " ".join(str(error).split())
            raise InputError(f"the model cannot predict {len(features)} rows: {reason}") from None
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

    def outputs(self, features: Features) -> Floats:
        """Return the probabilities alone, shape (rows, classes), without a text for each label."""
        (probabilities,) = self.run(["probabilities"], features)
        return np.asarray(probabilities, dtype=np.float64)


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
    def decimals(self) -> int:
        """How many digits after the point numbers in the target's unit are written with."""
        return residuals.stored_decimals(self.target_values["deviation"])

    def outputs(self, features: Features) -> Floats:
        """Return the numbers, shape (rows, 1)."""
        return self.predict(features)[:, np.newaxis]


Network: TypeAlias = Classifier | Regressor


def load(path: Path, *, is_limited: bool = False) -> Network:
    """Read a model.

    Parameters
    ----------
    path : Path
    is_limited : bool
        See `mlp.model.session.session_of`.

    Raises
    ------
    InputError
        If the file is not an ONNX file of this project.
    """
    content = path.read_bytes() if path.stat().st_size <= graph.LARGEST else b""
    try:
        is_finite = graph.are_finite(graph.parsed(content))
        session = session_of(content, is_limited=is_limited)
        metadata = session.get_modelmeta().custom_metadata_map
        return _of(session, metadata, len(content), is_finite=is_finite)
    except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
        reason = " ".join(str(error).split())
        raise InputError(
            f"{path} should be an ONNX file that the stage train wrote: {reason}"
        ) from None


def _of(
    session: onnxruntime.InferenceSession,
    metadata: Mapping[str, str],
    size: int,
    *,
    is_finite: bool,
) -> Network:
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
        "is_finite": is_finite,
    }
    if "target_values" in metadata:
        return Regressor(target_values=json.loads(metadata["target_values"]), **common)
    classes = json.loads(metadata["classes"])
    return Classifier(classes=classes, majority=metadata["majority"], **common)
