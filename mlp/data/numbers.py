"""Check the column of numbers to predict, and return it as float64."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, counted
from mlp.data import numbers_as_text, wide_integers
from mlp.data.feature import LARGEST

OTHER = "set load.task to classification to predict classes"


def as_floats(name: str, column: pa.ChunkedArray, decimal: str = ".") -> pa.ChunkedArray:
    """Return the target as float64, given the decimal sign of numbers that are text.

    Raises
    ------
    InputError
        If there are no rows; the column holds texts, dates, or true and false; a number is missing,
        not finite, too large or not exact; or there are fewer than three distinct numbers.
    """
    if not len(column):
        raise InputError("the table has no rows.")
    _check_type(name, column, decimal)
    _check_gaps(name, column)
    if not pa.types.is_floating(column.type):
        common = "subtract what they have in common, or divide them"
        wide_integers.check(f"column '{name}', the target", column, common)
    values = column.cast(pa.float64(), safe=False)
    _check_size(name, values)
    _check_distinct(name, values)
    return values


def _check_type(name: str, column: pa.ChunkedArray, decimal: str) -> None:
    kind = column.type
    start = f"column '{name}', the target, should hold numbers, since load.task is regression; it"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return
    if pa.types.is_boolean(kind):
        raise InputError(f"{start} holds true and false; {OTHER}.")
    if pa.types.is_temporal(kind):
        raise InputError(
            f"{start} holds dates or times; store a number, such as days from a first day."
        )
    if pa.types.is_null(kind):
        raise InputError(f"{start} is empty.")
    try:
        texts = column.cast(pa.string())
    except pa.ArrowException:
        raise InputError(f"{start} holds {kind}.") from None
    present = texts.filter(pc.not_equal(texts, "")).drop_null()
    if len(present):
        distinct = pc.unique(present)
        hint = numbers_as_text.hint(column, distinct, is_target=True, decimal=decimal)
        if hint:
            raise InputError(f"column '{name}', the target, should hold numbers; {hint}.")
    examples = ", ".join(f"'{text}'" for text in pc.unique(present)[:3].to_pylist()) or "nothing"
    raise InputError(f"{start} holds {examples}; {OTHER}.")


def _check_gaps(name: str, column: pa.ChunkedArray) -> None:
    gaps = pc.is_null(column, nan_is_null=True)
    if count := pc.sum(gaps).as_py():
        raise InputError(
            f"column '{name}', the target, is empty or NaN in {counted(count, 'row')}, first in "
            f"row {pc.index(gaps, True).as_py()}; every row should have a number."
        )


def _check_size(name: str, values: pa.ChunkedArray) -> None:
    limit = LARGEST["float64"]
    wide = pc.greater(pc.abs(values), limit)
    if pc.any(wide).as_py():
        row = pc.index(wide, True).as_py()
        raise InputError(
            f"column '{name}', the target, row {row} holds {values[row].as_py()}; a number to "
            f"predict should be finite and lie within {limit:g} of 0."
        )


def _check_distinct(name: str, values: pa.ChunkedArray) -> None:
    distinct = pc.unique(values).to_pylist()
    if len(distinct) == 1:
        raise InputError(
            f"column '{name}', the target, holds {distinct[0]:g} in every row; there is nothing to "
            "predict."
        )
    if len(distinct) == 2:  # noqa: PLR2004 - two values are a yes and a no
        low, high = sorted(distinct)
        raise InputError(
            f"column '{name}', the target, holds only the numbers {low:g} and {high:g}, which look "
            f"like classes; {OTHER}."
        )
