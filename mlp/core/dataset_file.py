"""Store a dataset as a Parquet file, with the roles of its columns in the file's metadata.

The dataset holds all columns of the source, with the target as text (labels) or as float64
(numbers). Its metadata name the features, and how gaps in them are filled. The parts that the stage
split writes hold the features, the target, the row's number in the source and the group, if there
is one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core import disk
from mlp.core.dataset import Columns, Dataset, Features
from mlp.core.derived import Derived
from mlp.core.errors import InputError
from mlp.core.files import Labels, Target

ROW, GROUP = "__row__", "__group__"
KEY = b"mlp"
BATCH = 8192  # rows that are read at once
CELLS = 1 << 20  # numbers that are turned into a matrix at once
BUFFER = 1 << 16  # bytes of a column that are read at once


def write(table: pa.Table, columns: Columns, path: Path) -> None:
    """Write a table and the roles of its columns; equal tables give equal bytes."""
    roles = {role: value for role, value in asdict(columns).items() if value is not None}
    roles["derived"] = columns.derived.as_json()
    if not roles["derived"]:
        del roles["derived"]
    metadata = {KEY: json.dumps(roles, ensure_ascii=False).encode()}
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    # Numbers hardly repeat, so a dictionary of them costs time and saves nothing.
    with disk.named(path):
        pq.write_table(table.replace_schema_metadata(metadata), path, use_dictionary=texts)


def read_table(path: Path) -> tuple[pa.Table, Columns]:
    """Read the whole table and the roles of its columns."""
    with disk.named(path), _opened(path) as file:
        return file.read(), _columns(file, path)


def read(path: Path, group: str | None = None) -> Dataset:
    """Read the rows as a network takes them.

    Parameters
    ----------
    path : Path
    group : str, optional
        The column that holds the groups, for a file that the stage split has not given them.
    """
    dataset = _read(path, group)
    pa.default_memory_pool().release_unused()  # what the columns took
    return dataset


def _read(path: Path, group: str | None) -> Dataset:
    with disk.named(path), _opened(path) as file:
        columns = _columns(file, path)
        names = set(file.schema_arrow.names)
        group = group or GROUP
        if group not in names and group != GROUP:
            raise InputError(f"split.group: there is no column '{group}' in {path}.")
        extra = [name for name in (ROW, group) if name in names]
        wanted = dict.fromkeys([*columns.texts, columns.target, *extra])
        table = file.read(columns=list(wanted))
        # By batches, because all numbers as a table beside the matrix would double the memory.
        batches = file.iter_batches(BATCH, columns=list(columns.numbers))
        dtype = _dtype(file.schema_arrow, columns)
        numbers = _matrix(batches, len(table), columns.numbers, dtype)
    is_numbered = ROW in extra
    rows = _of_table(table, [ROW], np.int64)[:, 0] if is_numbered else np.arange(len(table))
    return Dataset(
        features=_with_texts(numbers, table, columns),
        target=as_target(table[columns.target]),
        rows=rows,
        groups=as_groups(table[group]) if group in extra else None,
        columns=columns,
    )


def features(table: pa.Table, columns: Columns) -> Features:
    """Return the features of a table: see `Dataset`."""
    numbers = _of_table(table, columns.numbers, _dtype(table.schema, columns))
    return _with_texts(numbers, table, columns)


def _with_texts(numbers: npt.NDArray[Any], table: pa.Table, columns: Columns) -> Features:
    if not columns.texts:
        return numbers
    import pandas as pd  # noqa: PLC0415 - slow, and needed for texts alone

    frame = pd.DataFrame(numbers, columns=list(columns.numbers))
    texts = {name: pd.Series(_texts(table[name]), dtype=object) for name in columns.texts}
    return pd.concat([frame, pd.DataFrame(texts)], axis=1)


def as_groups(column: pa.ChunkedArray) -> Labels:
    """Return the group of every row as text; raise InputError if a group is not a single value."""
    try:
        return _texts(column.cast(pa.string()))
    except pa.ArrowException:
        raise InputError(
            f"split.group: the column should hold texts, numbers or times; it holds {column.type}."
        ) from None


def _opened(path: Path) -> pq.ParquetFile:
    # A buffer of the whole file, or of whole columns, would double the memory.
    return pq.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER)


def _columns(file: pq.ParquetFile, path: Path) -> Columns:
    roles = (file.schema_arrow.metadata or {}).get(KEY)
    if roles is None:
        raise InputError(f"{path} should be a file that the stage load or split wrote.")
    content = json.loads(roles)
    return Columns(**content | {"derived": Derived(**content.get("derived", {}))})


def _dtype(schema: pa.Schema, columns: Columns) -> type[Any]:
    are_single = any(pa.types.is_float32(schema.field(name).type) for name in columns.numbers)
    return np.float32 if are_single else np.float64


def _of_table(table: pa.Table, names: Sequence[str], dtype: type[Any]) -> npt.NDArray[Any]:
    return _matrix(table.select(names).to_batches(BATCH), len(table), names, dtype)


def _matrix(
    batches: Iterable[pa.RecordBatch], rows: int, names: Sequence[str], dtype: type[Any]
) -> npt.NDArray[Any]:
    """Return columns of numbers as a matrix, with NaN for a gap.

    Neither this nor `_texts` uses ``to_numpy`` of a column, which imports pandas.
    """
    matrix = np.empty((rows, len(names)), dtype=dtype)
    start, most = 0, max(CELLS // max(len(names), 1), 1)
    for batch in batches if names else ():
        numbers = batch.select(names)
        for first in range(0, len(batch), most):
            part = numbers.slice(first, most)
            matrix[start : start + len(part)] = part.to_tensor(null_to_nan=True).to_numpy()
            start += len(part)
    return matrix


def as_target(column: pa.ChunkedArray) -> Target:
    """Return labels as str objects, or numbers as float64."""
    if pa.types.is_string(column.type):
        return _texts(column)
    return _of_table(pa.table({"target": column}), ["target"], np.float64)[:, 0]


def _texts(column: pa.ChunkedArray) -> Labels:
    """Return texts, equal ones as one object, and the empty text for a gap."""
    texts = [np.empty(0, dtype=object)]
    for chunk in column.chunks:
        codes = chunk.dictionary_encode(null_encoding="encode")
        distinct = np.array([text or "" for text in codes.dictionary.to_pylist()], dtype=object)
        texts.append(distinct[np.from_dlpack(codes.indices)])
    return np.concatenate(texts)
