"""Hold the ONNX session of a network of either task, and the facts known of its inputs."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from mlp.core.dataset import Features, split_kinds
from mlp.core.derived import Derived
from mlp.core.errors import InputError

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

    def run(
        self, outputs: Mapping[str, tuple[int, ...]], features: Features
    ) -> list[npt.NDArray[Any]]:
        """Return outputs of the session, in batches if there are many rows.

        Parameters
        ----------
        outputs : mapping of str to tuple of int
            By name, the shape of what it gives for a row.
        features : ndarray or DataFrame
            See `mlp.core.dataset.Dataset`.

        Raises
        ------
        InputError
            If the network cannot compute them, or computes something of another shape.
        """
        starts = range(0, max(1, len(features)), self.batch)
        feeds = (self.feed(features[start : start + self.batch]) for start in starts)
        try:
            batches = [self.session.run(list(outputs), feed) for feed in feeds]
        except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
            reason = " ".join(str(error).split())
            raise InputError(f"the model cannot predict {len(features)} rows: {reason}") from None
        found = [np.concatenate(parts) for parts in zip(*batches, strict=True)]
        if [array.shape for array in found] != [(len(features), *s) for s in outputs.values()]:
            raise InputError("the model gives something other than one prediction a row.")
        return found

    def feed(self, features: Features) -> dict[str, npt.NDArray[Any]]:
        """Return features as the inputs of the session, by name."""
        numbers, texts = split_kinds(features, len(self.numbers))
        inputs: dict[str, npt.NDArray[Any]] = {}
        if self.numbers:
            inputs["features"] = np.ascontiguousarray(numbers, dtype=self.dtype)
        if self.texts:
            inputs["texts"] = np.ascontiguousarray(texts)
        return inputs
