"""Check an ONNX file before a session is made of it.

A file that somebody else wrote may hold loops, make matrices of any size from a few bytes, read
other files, or call code. The operators that networks are written with do none of that.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

ML = "ai.onnx.ml"
OPERATORS = {
    "": "Add And ArgMax Cast Concat Div Equal Exp Floor Gather Gemm Greater Identity IsNaN Less "
    "MatMul Mul Neg Not Or Pow Relu Reshape Sigmoid Softmax Softplus Sqrt Squeeze Sub Tanh "
    "Unsqueeze Where",
    ML: "ArrayFeatureExtractor Imputer LabelEncoder Normalizer OneHotEncoder Scaler",
}
ALLOWED = {(domain, name) for domain, names in OPERATORS.items() for name in names.split()}
"""The operators that skl2onnx writes, and others of single values that it may come to write."""
LARGEST = 2**31 - 1  # bytes of an ONNX file


def parsed(content: bytes) -> Any:
    """Return the content of an ONNX file as a ModelProto.

    Raises
    ------
    ValueError
        If it holds anything that a network of this project does not.
    """
    if len(content) > LARGEST:
        raise ValueError("it is larger than 2 GB")
    model = onnx.load_model_from_string(content)
    for fault in _faults(model):
        raise ValueError(fault)
    return model


def are_finite(model: Any) -> bool:
    """Return whether all weights are finite numbers."""
    arrays = (numpy_helper.to_array(tensor) for tensor in model.graph.initializer)
    return all(np.isfinite(array).all() for array in arrays if array.dtype.kind == "f")


def _faults(model: Any) -> Iterator[str]:
    graph = model.graph
    for node in graph.node:
        domain = "" if node.domain == "ai.onnx" else node.domain
        if (domain, node.op_type) not in ALLOWED:
            yield f"its operator {node.op_type} is none that a network needs"
        if any(item.HasField("g") or item.graphs for item in node.attribute):
            yield f"its operator {node.op_type} holds operators of its own"
    if model.functions or graph.sparse_initializer or not graph.node:
        yield "it is not a list of operators and weights"
    tensors = [*graph.initializer, *(item.t for node in graph.node for item in node.attribute)]
    if any(tensor.data_location or tensor.external_data for tensor in tensors):
        yield "its weights are in another file"
