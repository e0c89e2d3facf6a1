"""Split rows by time: the newest are the test rows."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError
from mlp.data.dates import date_refusal, timestamps
from mlp.data.kinds import is_text
from mlp.data.splits.split_column import Positions, check_column, check_gaps

KINDS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_temporal)


def parts(table: pa.Table, name: str, test_size: float) -> tuple[Positions, Positions]:
    """Return the positions of the older rows and those of the newest; equal times stay together.

    Parameters
    ----------
    table : pa.Table
    name : str
        A column of numbers, of dates or times, or of texts in ISO 8601.
    test_size : float
        The share of the newest rows.

    Raises
    ------
    InputError
        If there is no such column, a row has no time, or no row is old enough to train on.
    """
    check_column(table, "time", name)
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_text(column.type):
        column = _read(name, column.cast(pa.string()))
    check_gaps(pc.is_null(column, nan_is_null=True), "time", name)
    kind = column.type
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    elif not any(is_kind(kind) for is_kind in KINDS):
        raise InputError(
            f"column '{name}', which split.time names, should hold numbers or times such as "
            f"2026-01-31 or 2026-01-31 10:00:00; it holds '{column[0].as_py()}'."
        )
    times = column.to_numpy()
    order = np.argsort(times, kind="stable")
    first = len(times) - int(np.ceil(len(times) * test_size))
    border = times[order[first]]
    is_test = times >= border
    if is_test.all():
        raise InputError(
            f"split.time: no row of column '{name}' is earlier than {border}, where a test split "
            f"of test_size {test_size} begins, so none is left to train on."
        )
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def _read(name: str, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return timestamps.times(name, texts, None)
    except InputError as error:
        raise InputError(f"split.time: {error}{date_refusal.hint(name, texts)}") from None
