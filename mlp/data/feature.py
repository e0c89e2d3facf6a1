"""Turn one raw column into a feature: finite numbers, or texts to encode one-hot."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError
from mlp.data import date_refusal, numbers_as_text
from mlp.data.dates import is_text
from mlp.data.params import Load

# Beyond it the variance of a feature, or the sum of its squares, overflows.
LARGEST = {"float64": 1e150, "float32": 1e15}
SHOWN = 3  # example values in a sentence


def of(name: str, column: pa.ChunkedArray, params: Load) -> pa.ChunkedArray:
    """Return a column as floats of `load.dtype` or as strings, with null for a gap.

    Raises
    ------
    InputError
        If the column is empty; holds dates, lists or the like, numbers written as text, or a number
        that is infinite or too large; or holds texts, and `load.categories` does not allow them or
        they differ in every row.
    """
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if is_text(kind):
        text = column.cast(pa.string())
        column = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    _check_empty(name, column)
    if pa.types.is_string(column.type):
        return _text(name, column, params)
    if pa.types.is_temporal(kind):
        raise InputError(date_refusal.of_type(name, column))
    if not _is_number(kind):
        raise InputError(f"column '{name}' should hold numbers or texts; it holds {kind}.")
    return _number(name, column, params.dtype)


def _check_empty(name: str, column: pa.ChunkedArray) -> None:
    if column.null_count == len(column):
        raise InputError(f"column '{name}' holds no values; add it to load.drop.")


def _is_number(kind: pa.DataType) -> bool:
    numeric = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return bool(numeric or pa.types.is_boolean(kind))


def _number(name: str, column: pa.ChunkedArray, dtype: str) -> pa.ChunkedArray:
    kind = pa.float32() if dtype == "float32" else pa.float64()
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    values = column.cast(pa.float64(), safe=False)
    is_nan = pc.is_nan(values)
    if pc.any(is_nan).as_py():
        values = pc.if_else(is_nan, pa.scalar(None, pa.float64()), values)
    _check_empty(name, values)
    extremes = pc.min_max(values).as_py()
    if max(abs(extremes["min"]), abs(extremes["max"])) > LARGEST[dtype]:
        row = pc.index(pc.greater(pc.abs(values), LARGEST[dtype]), True).as_py()
        raise InputError(
            f"column '{name}', row {row} holds {values[row].as_py()}; a feature should lie within "
            f"{LARGEST[dtype]:g} of 0."
        )
    return values.cast(kind, safe=False)


def _text(name: str, column: pa.ChunkedArray, params: Load) -> pa.ChunkedArray:
    distinct = pc.unique(column.drop_null())
    if sentence := date_refusal.of_texts(name, column, distinct):
        raise InputError(sentence)
    if hint := numbers_as_text.hint(column, distinct):
        raise InputError(f"column '{name}' should hold numbers; {hint}.")
    examples = ", ".join(f"'{value}'" for value in distinct[:SHOWN].to_pylist())
    if len(distinct) == len(column):
        raise InputError(
            f"column '{name}' holds a different text in every row ({examples}), which says nothing "
            "about other rows; add it to load.drop."
        )
    if params.categories == "none":
        raise InputError(
            f"column '{name}' should hold numbers; it holds {examples}. Set load.categories to "
            "onehot, or add the column to load.drop."
        )
    return column
