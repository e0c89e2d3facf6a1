"""Turn a DataFrame into an Arrow table of raw columns."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core.errors import InputError
from mlp.data import gaps, kinds

MOST_KINDS = 3  # example values in a sentence


def as_table(
    frame: pd.DataFrame, dropped: Collection[str] = (), missing: Collection[str] = ()
) -> pa.Table:
    """Return a DataFrame as an Arrow table, without its index.

    Parameters
    ----------
    frame : DataFrame
    dropped : collection of str
        Columns that will not be features; if one holds values of several kinds, it becomes text.
    missing : collection of str
        Texts that mark gaps, also among numbers.

    Raises
    ------
    InputError
        If the table is empty, or a column holds values of several kinds.
    """
    names = [str(name) for name in frame.columns]
    columns = [
        _from_series(name, frame.iloc[:, i], missing, is_dropped=name in dropped)
        for i, name in enumerate(names)
    ]
    if not columns or not len(frame):
        raise InputError("the source's table has no rows or no columns.")
    return kinds.plain_table(pa.table(columns, names=names), dropped)


def _from_series(
    name: str, values: pd.Series, missing: Collection[str], *, is_dropped: bool
) -> pa.Array:
    if isinstance(values.dtype, pd.SparseDtype):
        values = pd.Series(np.asarray(values))
    if values.dtype == np.float16:
        values = values.astype(np.float32)
    if missing and values.dtype == object:
        values = pd.Series(gaps.without_texts(values, missing), dtype=object)
    try:
        array = pa.Array.from_pandas(values)
    except (pa.ArrowException, OverflowError):
        if not is_dropped:
            raise InputError(_several_kinds(name, values)) from None
        array = None
    if is_dropped and (array is None or not _can_be_stored(array)):
        return pa.Array.from_pandas(values.astype(str))
    return array


def _several_kinds(name: str, values: pd.Series) -> str:
    examples = ", ".join(repr(value) for value in _examples(values))
    return f"column '{name}' should hold values of one kind, numbers or texts; it holds {examples}."


def _can_be_stored(array: pa.Array) -> bool:
    """Return whether Parquet has the type."""
    try:
        pq.write_table(pa.table({"x": array[:0]}), pa.BufferOutputStream())
    except pa.ArrowException:
        return False
    return True


def _examples(values: pd.Series) -> list[Any]:
    """Return a few values, one of each type if there are several types."""
    types = {type(value): value for value in reversed(list(values.dropna()))}
    examples = list(reversed(types.values())) if len(types) > 1 else list(values.head(MOST_KINDS))
    return examples[:MOST_KINDS]
