"""Teach skl2onnx to write scikit-learn's ``SimpleImputer`` in double precision.

ONNX has an Imputer operator, but ONNX Runtime implements it for float32 and int64 only. Two
operators that it implements for doubles do the same: where a value is NaN, take the column's
statistic.

Source: https://onnx.ai/sklearn-onnx/auto_tutorial/plot_icustom_converter.html
"""

from typing import Any

from onnx import TensorProto
from skl2onnx import update_registered_converter
from skl2onnx.common.data_types import DoubleTensorType
from sklearn.impute import SimpleImputer


def _shape(operator: Any) -> None:
    tensor = operator.inputs[0].type
    operator.outputs[0].type = type(tensor)(list(tensor.shape))


def _convert(scope: Any, operator: Any, container: Any) -> None:
    values = operator.inputs[0]
    is_double = isinstance(values.type, DoubleTensorType)
    statistics = operator.raw_operator.statistics_
    fill = scope.get_unique_variable_name("fill")
    kind = TensorProto.DOUBLE if is_double else TensorProto.FLOAT
    container.add_initializer(fill, kind, [1, len(statistics)], statistics.tolist())
    is_gap = scope.get_unique_variable_name("is_gap")
    name = scope.get_unique_operator_name
    container.add_node("IsNaN", [values.full_name], [is_gap], op_version=13, name=name("IsNaN"))
    container.add_node(
        "Where",
        [is_gap, fill, values.full_name],
        [operator.outputs[0].full_name],
        op_version=16,
        name=name("Where"),
    )


def register() -> None:
    """Register the converter in this process."""
    update_registered_converter(
        SimpleImputer, "SklearnSimpleImputer", _shape, _convert, overwrite=True
    )
