"""Read a network back from its ONNX file and predict with it, without scikit-learn."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from mlp.command import InputError
from mlp.tables import Floats, Labels


@dataclass(frozen=True)
class Model:
    """A network as it ships.

    Attributes
    ----------
    classes : list of str
        The labels that it knows, in the order of the probabilities' columns.
    majority : str
        The commonest label of the rows it was trained on.
    converged, diverged : bool
        How its training went: see `mlp.network.Fitted`.
    parameters : int
        How many weights and biases it has.
    size : int
        Bytes of its file.
    """

    session: onnxruntime.InferenceSession
    classes: list[str]
    majority: str
    converged: bool
    diverged: bool
    parameters: int
    size: int

    def predict(self, features: Floats) -> tuple[Labels, Floats]:
        """Return the label, shape (rows,), and the probabilities, shape (rows, classes), a row."""
        labels, probabilities = self.session.run(
            ["label", "probabilities"], {"features": np.ascontiguousarray(features)}
        )
        return labels, probabilities


def load(path: Path) -> Model:
    """Read a model; raise InputError if the file is not an ONNX file of this project.

    The session runs on one thread, so that a probability does not depend on the machine's cores.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    content = path.read_bytes()
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        metadata = session.get_modelmeta().custom_metadata_map
        return Model(
            session=session,
            classes=json.loads(metadata["classes"]),
            majority=metadata["majority"],
            converged=json.loads(metadata["converged"]),
            diverged=json.loads(metadata["diverged"]),
            parameters=json.loads(metadata["parameters"]),
            size=len(content),
        )
    except Exception as error:  # noqa: BLE001 - onnxruntime's exceptions share no base class
        raise InputError(
            f"{path} should be an ONNX file that the stage train wrote: {error}"
        ) from None
