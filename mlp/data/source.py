"""Read a data source of any kind as one Arrow table of raw columns."""

import runpy
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core import task
from mlp.core.errors import InputError
from mlp.data import csv_file, declared, file_kind
from mlp.data.csv_format import Format
from mlp.data.params import Load

MOST_KINDS = 3  # example values in a sentence


def read(params: Load) -> pa.Table:
    """Read the file that load.source names.

    Raises
    ------
    InputError
        If its content does not match its name, does not fit into memory, or is not a table with
        rows.
    """
    path = Path(params.source)
    file_kind.check_place(params.source, Path.cwd())
    if path.suffix == ".py":
        return from_pandas(from_python(path), params.drop)
    file_kind.check(path, params.encoding)
    if path.suffix == ".parquet":
        return _from_parquet(path)
    form = Format(params.delimiter, params.decimal, params.encoding)
    target = [params.target] if task.part("mlp.data", params.task).IS_TEXT else []
    texts = [*target, *declared.texts(params)]
    return csv_file.read(path, form, texts, exact=[*params.drop, params.target])


def from_python(path: Path) -> pd.DataFrame:
    """Run a Python file, and return the table that its ``load()`` returns.

    Raises
    ------
    InputError
        If the file or its ``load()`` raises, or if ``load()`` does not return a DataFrame.
    """
    try:
        namespace = runpy.run_path(str(path))
        table = namespace["load"]() if "load" in namespace else None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the user's code raises what it likes
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == str(path)]
        where = f"{path}, line {lines[-1]}" if lines else str(path)
        raise InputError(f"{where}: {type(error).__name__}: {error}") from None
    if table is None:
        raise InputError(f"{path} should define load(), which returns a DataFrame.")
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"{path}: load() should return a DataFrame, not {type(table).__name__}.")
    return table


def from_pandas(table: pd.DataFrame, dropped: Collection[str] = ()) -> pa.Table:
    """Return a DataFrame as an Arrow table, without its index.

    Parameters
    ----------
    table : DataFrame
    dropped : collection of str
        Columns that will not be features; if one holds values of several kinds, it becomes text.

    Raises
    ------
    InputError
        If the table is empty, or a column holds values of several kinds.
    """
    names = [str(name) for name in table.columns]
    columns = [
        _from_series(name, table.iloc[:, i], is_dropped=name in dropped)
        for i, name in enumerate(names)
    ]
    if not columns or not len(table):
        raise InputError("the source's table has no rows or no columns.")
    return pa.table(columns, names=names)


def _from_series(name: str, values: pd.Series, *, is_dropped: bool) -> pa.Array:
    if isinstance(values.dtype, pd.SparseDtype):
        values = pd.Series(np.asarray(values))
    if values.dtype == np.float16:  # Arrow computes little with it
        values = values.astype(np.float32)
    try:
        return pa.Array.from_pandas(values)
    except (pa.ArrowException, OverflowError):
        if is_dropped:
            return pa.Array.from_pandas(values.astype(str))
        examples = ", ".join(repr(value) for value in _examples(values))
        raise InputError(
            f"column '{name}' should hold values of one kind, numbers or texts; it holds "
            f"{examples}."
        ) from None


def _examples(values: pd.Series) -> list[Any]:
    """Return a few values, one of each type if there are several types."""
    kinds = {type(value): value for value in reversed(list(values.dropna()))}
    examples = list(reversed(kinds.values())) if len(kinds) > 1 else list(values.head(MOST_KINDS))
    return examples[:MOST_KINDS]


def _from_parquet(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(file_kind.damaged(path, error)) from None
