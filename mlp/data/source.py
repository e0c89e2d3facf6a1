"""Read a data source of any kind as one Arrow table of raw columns."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core import disk, task
from mlp.data import column_names, csv_file, declared, file_kind, kinds, parquet_file, python_file
from mlp.data.csv_format import Format
from mlp.data.params import Load


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
    with disk.named(path):
        return _read(path, params)


def _read(path: Path, params: Load) -> pa.Table:
    if path.suffix == ".py":
        return python_file.read(path, params.drop, params.gaps)
    file_kind.check(path, params.encoding)
    if path.suffix == ".parquet":
        table = _from_parquet(path)
        kept = [name for name in table.column_names if name not in params.drop]
        parquet_file.check_texts(path, table.select(kept))
        return kinds.plain_table(table, params.drop)
    form = Format(params.delimiter, params.decimal, params.encoding, tuple(params.gaps))
    target = [params.target] if task.part("mlp.data", params.task).IS_TEXT else []
    texts = [*target, *params.texts, *declared.texts(params)]
    return csv_file.read(path, form, texts, exact=[*params.drop, params.target])


def _from_parquet(path: Path) -> pa.Table:
    with parquet_file.reading(path):
        column_names.check_distinct(pq.read_schema(path).names, f"{path}: ")
        return pq.read_table(path)
