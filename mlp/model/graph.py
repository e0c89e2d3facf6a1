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
PLAIN = {
    onnx.AttributeProto.AttributeType.Value(kind)
    for kind in ("FLOAT", "FLOATS", "INT", "INTS", "STRING", "STRINGS", "TENSOR")
}
"""The kinds of an operator's attributes; others hold operators, or several tensors."""
PRODUCTS = {"MatMul", "Gemm"}
MOST, MOST_A_COLUMN = 1000, 10  # operators; a layer takes three, and a column of text up to four
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
        if (_domain(node), node.op_type) not in ALLOWED:
            yield f"its operator {node.op_type} is none that a network needs"
        if any(item.type not in PLAIN for item in node.attribute):
            yield f"its operator {node.op_type} holds operators of its own"
    is_other = model.functions or model.training_info or graph.sparse_initializer
    if is_other or not graph.node:
        yield "it is not a list of operators and weights"
    tensors = [*graph.initializer, *(item.t for node in graph.node for item in node.attribute)]
    if any(tensor.data_location or tensor.external_data for tensor in tensors):
        yield "its weights are in another file"
    yield from _costs(graph)


def _costs(graph: Any) -> Iterator[str]:
    """Yield what lets a small file take long: the time for a row is then as that of its weights."""
    columns = sum(dim.dim_value for item in graph.input for dim in item.type.tensor_type.shape.dim)
    if len(graph.node) > MOST + MOST_A_COLUMN * columns:
        yield f"its {len(graph.node)} operators are more than a network needs"
    of_rows = {item.name for item in graph.input}
    weights = {tensor.name for tensor in graph.initializer} - of_rows
    for node in graph.node:
        depends = [name in of_rows for name in node.input]
        if not any(depends):
            yield f"its operator {node.op_type} computes something that depends on no row"
        if node.op_type in PRODUCTS:
            if depends[0] and node.input[1] in weights:
                weights.remove(node.input[1])
            else:
                yield f"its operator {node.op_type} multiplies by something other than own weights"
        of_rows.update(node.output)


def _domain(node: Any) -> str:
    return "" if node.domain == "ai.onnx" else str(node.domain)
