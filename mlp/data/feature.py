"""Turn one raw column into a feature: finite numbers, or texts to encode one-hot."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError
from mlp.data import gaps, numbers_as_text, wide_integers
from mlp.data.dates import date_refusal
from mlp.data.kinds import is_number
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
        that is infinite, too large or not exact as float64; or holds texts, and `load.categories`
        does not allow them or they differ in every row.
    """
    is_value = is_number(column.type) or pa.types.is_temporal(column.type)
    if name in params.texts and is_value:
        column = column.cast(pa.string())
    if pa.types.is_string(column.type):
        before = column.null_count
        column = gaps.without_blanks(column)
        has_gaps = params.missing or column.null_count > before
        if has_gaps and name not in params.texts:
            column = numbers_as_text.without_gaps(column, params.decimal_sign)
    kind = column.type
    _check_empty(name, column)
    if pa.types.is_string(kind):
        return _text(name, column, params)
    if pa.types.is_temporal(kind):
        raise InputError(date_refusal.of_type(name, column))
    if not is_number(kind):
        raise InputError(f"column '{name}' should hold numbers or texts; it holds {kind}.")
    return _number(name, column, params.dtype)


def check_zero_bytes(name: str, texts: pa.ChunkedArray) -> None:
    """Raise InputError if a text holds a zero byte, at which a library may end it."""
    row = pc.index(pc.match_substring(texts, "\0"), True).as_py()
    if row >= 0:
        raise InputError(
            f"{name}, row {row} holds a text with a zero byte, '{texts[row].as_py()}'; remove it."
        )


def _check_empty(name: str, column: pa.ChunkedArray) -> None:
    if column.null_count == len(column):
        raise InputError(f"column '{name}' holds no values; add it to load.drop.")


def _number(name: str, column: pa.ChunkedArray, dtype: str) -> pa.ChunkedArray:
    kind = pa.float32() if dtype == "float32" else pa.float64()
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    if not pa.types.is_floating(column.type):
        wide_integers.check(f"column '{name}'", column)
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
    check_zero_bytes(f"column '{name}'", column)
    distinct = pc.unique(column.drop_null())
    is_listed = name in params.texts
    if not is_listed and (sentence := date_refusal.of_texts(name, column, distinct)):
        raise InputError(sentence)
    sign = params.decimal_sign
    if not is_listed and (
        hint := numbers_as_text.hint(column, distinct, params.gaps, decimal=sign)
    ):
        raise InputError(
            f"column '{name}' should hold numbers; {hint}. Add it to load.texts if it holds "
            "categories, or to load.drop."
        )
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
