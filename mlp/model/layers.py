"""Look inside a saved network: its weights, and the activations of its layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from mlp.core import disk
from mlp.core.dataset import Features
from mlp.core.files import Floats
from mlp.model import saved
from mlp.model.session import session_of

BATCH = 8192  # rows per batch, which bounds the memory that activations take


@dataclass(frozen=True)
class Layers:
    """A network that gives the activations of its hidden layers.

    Attributes
    ----------
    weights : list of ndarray of float64, shape (inputs, units)
        One per layer, the output layer last. With two classes it has one unit.
    session : InferenceSession
        The network, with its prepared inputs and its hidden activations as further outputs.
    names : list of str
        The names of these outputs, in order.
    network : Classifier or Regressor
    """

    weights: list[Floats]
    session: onnxruntime.InferenceSession
    names: list[str]
    network: Any

    def values(self, features: Features) -> Iterator[list[Floats]]:
        """Yield batches of the prepared inputs and of the activations of each hidden layer.

        Each batch is a list of ndarrays of float64, shape (rows of the batch, units): the inputs,
        filled, encoded and scaled, then the hidden layers in order.
        """
        size = min(BATCH, self.network.batch)
        for start in range(0, len(features), size):
            feed = self.network.feed(features[start : start + size])
            yield [np.asarray(v, dtype=np.float64) for v in self.session.run(self.names, feed)]


def load(path: Path) -> Layers:
    """Read a network; raise InputError if the file is not an ONNX file of this project.

    Every layer multiplies the output of the layer before it by a matrix of weights. So the left
    operands of these products are the network's inputs and the activations of its hidden layers.
    """
    network = saved.load(path)
    with disk.named(path):
        content = onnx.load(path)
    initial = {item.name: item for item in content.graph.initializer}
    products = [node for node in content.graph.node if node.op_type == "MatMul"]
    names = [node.input[0] for node in products]
    content.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    return Layers(
        weights=[_matrix(initial[node.input[1]]) for node in products],
        session=session_of(content.SerializeToString()),
        names=names,
        network=network,
    )


def _matrix(initializer: Any) -> Floats:
    return numpy_helper.to_array(initializer).astype(np.float64)
