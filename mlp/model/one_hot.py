"""Teach skl2onnx to write scikit-learn's ``OneHotEncoder`` with texts that share an input.

The converter of skl2onnx refuses infrequent categories. Here a column with infrequent texts first
replaces each text that is not frequent, also one that no training row had, by one of the infrequent
texts, which then stands for all of them. Without such columns the operators are those of skl2onnx.

Source: https://onnx.ai/sklearn-onnx/auto_tutorial/plot_icustom_converter.html
"""

from typing import Any

from onnx import TensorProto
from skl2onnx import update_registered_converter
from skl2onnx.common.data_types import FloatTensorType
from sklearn.preprocessing import OneHotEncoder

ML = "ai.onnx.ml"


def _shape(operator: Any) -> None:
    rows = operator.inputs[0].get_first_dimension()
    inputs = sum(len(shown) for shown, _ in _columns(operator.raw_operator))
    operator.outputs[0].type = FloatTensorType([rows, inputs])  # the type of ONNX, never float64


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
    def variable(name: str) -> str:
        unique: str = scope.get_unique_variable_name(name)
        return unique

    def add(kind: str, inputs: list[str], output: str, **options: Any) -> str:
        name = scope.get_unique_operator_name(kind)
        container.add_node(kind, inputs, [output], name=name, **options)
        return output

    texts, columns = operator.inputs[0].full_name, _columns(operator.raw_operator)
    codes = []
    for position, (shown, has_others) in enumerate(columns):
        index = variable(f"{texts}{position}")
        container.add_initializer(index, TensorProto.INT64, [1], [position])
        column = add("Gather", [texts, index], variable(f"{texts}{position}"), axis=1)
        encoded = [text.encode() for text in shown]
        if has_others:
            options: dict[str, Any] = {"keys_strings": encoded, "values_strings": encoded}
            options |= {"default_string": encoded[-1], "op_domain": ML, "op_version": 2}
            column = add("LabelEncoder", [column], variable(f"{column}frequent"), **options)
        options = {"cats_strings": encoded, "zeros": 1, "op_domain": ML}
        codes.append(add("OneHotEncoder", [column], variable(f"{column}out"), **options))
    joined = codes[0]
    if codes[1:]:
        joined = add("Concat", codes, variable("concat_result"), axis=-1, op_version=13)
    shape = variable("shape_tensor")
    inputs = sum(len(shown) for shown, _ in columns)
    container.add_initializer(shape, TensorProto.INT64, [2], [-1, inputs])
    add("Reshape", [joined, shape], operator.outputs[0].full_name, op_version=14)


def register() -> None:
    """Register the converter in this process."""
    update_registered_converter(
        OneHotEncoder, "SklearnOneHotEncoder", _shape, _convert, overwrite=True
    )
