"""Teach skl2onnx to write scikit-learn's ``OneHotEncoder`` with texts that share an input.

The converter of skl2onnx refuses infrequent categories. Here a column with infrequent texts first
replaces each text that is not frequent, also one that no training row had, by one of the infrequent
texts, which then stands for all of them. ONNX encodes as float32, so the result is cast to the type
of the encoder.

Source: https://onnx.ai/sklearn-onnx/auto_tutorial/plot_icustom_converter.html
"""

from typing import Any

import numpy as np
from onnx import TensorProto
from skl2onnx import update_registered_converter
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.preprocessing import OneHotEncoder

ML = "ai.onnx.ml"


def _shape(operator: Any) -> None:
    tensor = DoubleTensorType if _is_double(operator.raw_operator) else FloatTensorType
    rows = operator.inputs[0].get_first_dimension()
    inputs = sum(len(shown) for shown, _ in _columns(operator.raw_operator))
    operator.outputs[0].type = tensor([rows, inputs])


def _is_double(encoder: OneHotEncoder) -> bool:
    return bool(np.dtype(encoder.dtype) == np.float64)


def _columns(encoder: OneHotEncoder) -> list[tuple[list[str], bool]]:
    """Return each column's texts in the order of its inputs, and whether others count as the last.

    Then the last is the first of the infrequent texts, and stands for all of them.
    """
    if encoder.max_categories is None:
        return [(list(known), False) for known in encoder.categories_]
    columns = []
    for known, infrequent in zip(encoder.categories_, encoder.infrequent_categories_, strict=True):
        if infrequent is None:
            columns.append((list(known), False))
        else:
            rare = set(infrequent)
            columns.append(([t for t in known if t not in rare] + [infrequent[0]], True))
    return columns


def _convert(scope: Any, operator: Any, container: Any) -> None:
    def add(kind: str, inputs: list[str], output: str | None = None, **options: Any) -> str:
        output = output or scope.get_unique_variable_name(kind)
        name = scope.get_unique_operator_name(kind)
        container.add_node(kind, inputs, [output], name=name, **options)
        return output

    texts, encoder = operator.inputs[0].full_name, operator.raw_operator
    codes = []
    for position, (shown, has_others) in enumerate(_columns(encoder)):
        index = scope.get_unique_variable_name("index")
        container.add_initializer(index, TensorProto.INT64, [1], [position])
        column = add("Gather", [texts, index], axis=1, op_version=13)
        encoded = [text.encode() for text in shown]
        if has_others:
            others: dict[str, Any] = {"keys_strings": encoded, "values_strings": encoded}
            others |= {"default_string": encoded[-1], "op_domain": ML, "op_version": 2}
            column = add("LabelEncoder", [column], **others)
        options: dict[str, Any] = {"cats_strings": encoded, "zeros": 1}
        code = add("OneHotEncoder", [column], op_domain=ML, op_version=1, **options)
        shape = scope.get_unique_variable_name("shape")
        container.add_initializer(shape, TensorProto.INT64, [2], [-1, len(shown)])
        codes.append(add("Reshape", [code, shape], op_version=14))
    joined = add("Concat", codes, axis=1, op_version=13)
    kind = TensorProto.DOUBLE if _is_double(encoder) else TensorProto.FLOAT
    add("Cast", [joined], operator.outputs[0].full_name, to=kind, op_version=13)


def register() -> None:
    """Register the converter in this process."""
    update_registered_converter(
        OneHotEncoder, "SklearnOneHotEncoder", _shape, _convert, overwrite=True
    )
